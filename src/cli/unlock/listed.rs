//! Recipients in a file: one per line, as age, `authorized_keys` and the pages of public keys of Git hosts have them.

use std::path::Path;

use credctl::disk::read_named;
use credctl::text;
use credctl::vault::{Recipients, RosterMember};

use crate::cli::context::{KEY_FILE_LIMIT, Settings, Ui};
use crate::cli::error::Error;

/// The types of SSH keys to which age cannot encrypt.
const UNUSABLE: [&str; 4] = ["ecdsa-sha2-", "sk-ssh-", "sk-ecdsa-", "ssh-dss"];

/// The words at the begin of the comments that programs write about a key.
const BY_PROGRAMS: [&str; 3] = ["public key:", "created:", "recipient:"];

/// Reads the recipients of a file. The comment of an SSH key is its name, and so is a comment on the line above a
/// key. Skips empty lines, and SSH keys that age cannot use. Reports a wrong line by its number only, because it may
/// be a secret in the wrong file.
pub fn listed(settings: &Settings, ui: &Ui, path: &Path) -> Result<Vec<RosterMember>, Error> {
    let bytes = read_named(path, KEY_FILE_LIMIT)?;
    let text = text::decode(&bytes)
        .map_err(|error| Error::usage(format!("{} {error}", path.display())).describing(error))?;
    let (mut members, mut above, mut unusable) = (Vec::new(), None, 0);
    for (number, line) in text.lines().map(str::trim).enumerate() {
        if let Some(comment) = line.strip_prefix('#') {
            above = named(comment.trim());
            continue;
        }
        let comment = above.take();
        if line.is_empty() {
            continue;
        }
        let key = without_options(line);
        if UNUSABLE.iter().any(|kind| key.starts_with(kind)) {
            unusable += 1;
            continue;
        }
        let mut member = RosterMember::parse(key);
        if Recipients::parse([&member.recipient], &ui.age_plugins(settings)).is_err() {
            let what =
                format!("{}, line {}: not an age recipient that may be used", path.display(), number + 1);
            return Err(Error::usage(what).hint("expected age1…, ssh-ed25519 … or ssh-rsa …"));
        }
        member.name = member.name.or(comment);
        members.push(member);
    }
    if unusable > 0 {
        let (what, them) = if unusable == 1 { ("1 SSH key", "it") } else { ("SSH keys", "them") };
        let count = if unusable == 1 { String::new() } else { format!("{unusable} ") };
        ui.notice(&format!(
            "{}: {count}{what} left out: age encrypts to ssh-ed25519 and ssh-rsa, and cannot use {them}",
            path.display()
        ));
    }
    Ok(members)
}

/// Adds the recipients of a file without their names.
pub fn add_recipients(
    settings: &Settings,
    ui: &Ui,
    recipients: &mut Recipients,
    path: &Path,
) -> Result<(), Error> {
    for member in listed(settings, ui, path)? {
        recipients.add(&member.recipient, &ui.age_plugins(settings))?;
    }
    Ok(())
}

/// Returns the name that a comment above a key makes.
fn named(comment: &str) -> Option<String> {
    let is_by_program = BY_PROGRAMS.iter().any(|begin| comment.starts_with(begin));
    if is_by_program { None } else { RosterMember::name_of(comment) }
}

/// Returns the key of a line without the options that `authorized_keys` allows in front of it.
fn without_options(line: &str) -> &str {
    let is_key = |text: &str| {
        let kind = text.split(' ').next().unwrap_or_default();
        kind == "ssh-ed25519" || kind == "ssh-rsa" || UNUSABLE.iter().any(|other| kind.starts_with(other))
    };
    let mut is_quoted = false;
    let mut before = ' ';
    for (at, c) in line.char_indices() {
        if c == '"' && before != '\\' {
            is_quoted = !is_quoted;
        }
        if before.is_ascii_whitespace() && !is_quoted && is_key(&line[at..]) {
            return &line[at..];
        }
        before = c;
    }
    line
}

#[cfg(test)]
mod tests {
    use super::without_options;

    #[test]
    fn options_in_front_of_a_key_are_left_out() {
        for (line, key) in [
            ("ssh-rsa AAAA a b", "ssh-rsa AAAA a b"),
            ("no-pty ssh-ed25519 AAAA c", "ssh-ed25519 AAAA c"),
            (r#"command="echo ssh-rsa AAAA",no-pty ssh-ed25519 BBBB"#, "ssh-ed25519 BBBB"),
            (r#"command="a \" ssh-rsa A" sk-ssh-ed25519@openssh.com B"#, "sk-ssh-ed25519@openssh.com B"),
            ("age1abc ssh", "age1abc ssh"),
        ] {
            assert_eq!(without_options(line), key);
        }
    }
}
