//! A store of pass or passage: a folder of encrypted files, each with a password on its first line.
//! Decrypting them is not done here.

use super::entries::Entries;
use super::entry::ImportEntry;
use super::item::Import;
use super::lone_seed::LoneSeed;
use crate::credential::Violations;
use crate::otp::is_address;
use crate::secret::Secret;

/// The name of the format, which is a folder.
pub const PASS: &str = "pass";

/// A file of a store.
#[derive(Debug)]
pub struct PassFile {
    /// Its path in the store without its ending: `work/db`.
    pub name: String,
    /// The text in it, or the reason why it cannot be read.
    pub text: Result<Secret, String>,
}

/// Makes credentials of the files of a store. After the password, `login:` or `user:` is the user name,
/// `url:` an address, and other lines are kept by their names, or as notes. Only lines that begin at the margin
/// are fields; an indented line belongs to the line before. `links` are symbolic links that were not followed.
#[must_use]
pub fn pass_store(files: Vec<PassFile>, links: &[String]) -> Import {
    let mut entries = Entries::default();
    entries.notices.extend(links.iter().map(|link| format!("{link} is a symbolic link and was skipped")));
    for PassFile { name, text } in files {
        match text {
            Ok(text) => match lone_seed(&name, &text) {
                Some(seed) => seed.add_to(&mut entries),
                None => entries.add(entry(name, &text)),
            },
            Err(why) => {
                let id = entries.id(&name, "entry");
                entries.fail(&id, Violations::one("file", why));
            }
        }
    }
    entries.finish()
}

/// Returns the seed of a file that `pass otp insert` made: the seed has the place of the password.
fn lone_seed(name: &str, text: &Secret) -> Option<LoneSeed> {
    let (first, rest) = split_line(text.expose());
    let seed = LoneSeed::of_address(first.trim());
    let notes = Some(Secret::from(rest.trim_end_matches('\n'))).filter(|notes| !notes.is_empty());
    let is_seed = is_address(first.trim()) && seed.seed.is_ok();
    is_seed.then(|| LoneSeed { title: name.to_owned(), notes, ..seed })
}

fn entry(name: String, text: &Secret) -> ImportEntry {
    // a key or a certificate has no password on its first line
    if text.expose().starts_with("-----BEGIN ") {
        let mut entry = ImportEntry { title: name, ..ImportEntry::default() };
        entry.value("text", Some(text.clone()));
        return entry;
    }
    if let Some(text) = text.expose().strip_prefix(MIME) {
        return of_mime(name, text);
    }
    let (password, rest) = split_line(text.expose());
    let password = Some(Secret::from(password)).filter(|password| !password.is_empty());
    let mut entry = ImportEntry { title: name, password, ..ImportEntry::default() };
    fill(&mut entry, rest);
    entry
}

/// The first line with which gopass began its entries for a while. Names and values, an empty line, and a text
/// follow it.
const MIME: &str = "GOPASS-SECRET-1.0\n";

fn of_mime(name: String, text: &str) -> ImportEntry {
    let mut entry = ImportEntry { title: name, ..ImportEntry::default() };
    let mut rest = text;
    while !rest.is_empty() {
        let (line, next) = split_line(rest);
        if line.is_empty() {
            rest = next;
            break;
        }
        match line.split_once(':') {
            Some((name, value)) if name.eq_ignore_ascii_case("password") && entry.password.is_none() => {
                entry.password = Some(Secret::from(value.trim_start())).filter(|value| !value.is_empty());
            }
            Some((name, value)) => field(&mut entry, name.trim(), value.trim()),
            None => break,
        }
        rest = next;
    }
    fill(&mut entry, rest);
    entry
}

fn fill(entry: &mut ImportEntry, text: &str) {
    let mut notes = zeroize::Zeroizing::new(String::with_capacity(text.len()));
    let mut lines = text.lines().peekable();
    while let Some(line) = lines.next() {
        // pass-otp keeps the seed as such a line, without a name
        if is_address(line) {
            entry.seed(Some(Secret::from(line)));
            continue;
        }
        let is_nested = |line: &str| line.starts_with([' ', '\t']) && !line.trim().is_empty();
        let has_nested = lines.peek().is_some_and(|next| is_nested(next));
        // with the blank, or the colon of an address or a time would do
        match line.split_once(": ").map(|(name, value)| (name.trim_end(), value.trim())) {
            Some((name, value)) if is_name(name) && !is_nested(line) && !has_nested && !value.is_empty() => {
                field(entry, name, value);
            }
            // the line, and the lines nested in it, stay together in their order
            _ => {
                notes.push_str(line);
                notes.push('\n');
            }
        }
    }
    entry.note(Some(Secret::from(notes.trim_end_matches('\n'))));
}

fn field(entry: &mut ImportEntry, name: &str, value: &str) {
    match name.to_lowercase().as_str() {
        "login" | "user" | "username" if entry.username.is_none() => {
            entry.username = Some(Secret::from(value));
        }
        "url" | "uri" | "website" => entry.urls.push(Secret::from(value)),
        _ => entry.value(name, Some(Secret::from(value))),
    }
}

/// Splits a text into its first line and the rest.
fn split_line(text: &str) -> (&str, &str) {
    let (line, rest) = text.split_once('\n').unwrap_or((text, ""));
    (line.strip_suffix('\r').unwrap_or(line), rest)
}

/// Returns true if the text before a colon is a name, and not a sentence.
fn is_name(text: &str) -> bool {
    !text.is_empty() && text.len() <= 40 && text.split(' ').count() <= 3
}

#[cfg(test)]
mod tests {
    use super::{PassFile, pass_store};
    use crate::import::tests::shown;
    use crate::secret::Secret;
    use crate::value::Value;

    fn stored(name: &str, text: &str) -> PassFile {
        PassFile { name: name.to_owned(), text: Ok(Secret::from(text)) }
    }

    #[test]
    fn a_key_is_one_text_and_a_name_without_a_value_is_a_note() {
        let key = "-----BEGIN OPENSSH PRIVATE KEY-----\nAAAA\n-----END OPENSSH PRIVATE KEY-----\n";
        let import = pass_store(vec![stored("key", key), stored("list", "pw\nservers:\n  a\n")], &[]);
        let members = |at: usize| &import.items[at].incoming.as_ref().unwrap().draft.members;
        assert_eq!(members(0).get("value"), Some(&Value::text(key)));
        assert_eq!(
            shown(&import)[1],
            "Simple list {name: list, value: pw, custom: [{name: notes, value: servers:\n  a, secret: true}]}"
        );
    }

    #[test]
    fn a_seed_on_a_line_of_its_own_is_found_in_any_letter_case() {
        for seed in ["otpauth://totp/x?secret=GEZDGNBVGY3TQOJQ", "OTPAUTH://totp/x?secret=GEZDGNBVGY3TQOJQ"] {
            let import = pass_store(vec![stored("a", &format!("pw\nlogin: u\n{seed}\n"))], &[]);
            let members = &import.items[0].incoming.as_ref().unwrap().draft.members;
            assert_eq!(members.get("totp"), Some(&Value::text(seed)), "{seed}");
            assert_eq!(members.get("notes"), None, "{seed}");
        }
    }

    #[test]
    fn only_lines_at_the_margin_are_fields() {
        let text = "pw\nreplica:\n  host: x\n  user: replicator\nlogin: app\nkeys: two\n  - a\n user: none\nuser: other\n";
        let import = pass_store(vec![stored("db", text)], &[]);
        assert_eq!(
            shown(&import),
            [
                "UsernamePassword db {name: db, username: app, password: pw, notes: replica:\n  host: x\n  user: \
                 replicator\nkeys: two\n  - a\n user: none, custom: [{name: user, value: other, secret: true}]}",
            ]
        );
    }

    #[test]
    fn secrets_of_gopass_with_a_header_are_read() {
        let text =
            "GOPASS-SECRET-1.0\nPassword: p: w\nUser: ada\nPin: 1\nPin: 2\n\nbody\nurl: https://a.example\n";
        let import = pass_store(vec![stored("mail", text)], &[]);
        assert_eq!(
            shown(&import),
            [
                "UsernamePassword mail {name: mail, tags: {host: a.example}, url: [https://a.example], username: ada, \
                 password: p: w, notes: body, custom: [{name: Pin, value: 1, secret: true}, {name: Pin-2, value: 2, \
                 secret: true}]}",
            ]
        );
    }

    #[test]
    fn a_file_with_a_seed_alone_is_a_one_time_password() {
        let seed = "otpauth://totp/ACME:me?secret=GEZDGNBVGY3TQOJQ";
        let import = pass_store(
            vec![stored("otp/acme", &format!("{seed}\n")), stored("b", &format!("{seed}\nrecovery: 1\n"))],
            &[],
        );
        assert_eq!(
            shown(&import),
            [
                format!("otp otp/acme {{name: otp/acme, totp: {seed}, username: me, issuer: ACME}}"),
                format!("otp b {{name: b, totp: {seed}, username: me, issuer: ACME, notes: recovery: 1}}"),
            ]
        );
    }

    #[test]
    fn files_become_logins_texts_and_what_else_they_hold() {
        let import = pass_store(
            vec![
                stored("work/db", "hunter2\nlogin: app\nurl: https://db.example.org\n"),
                stored("token", "S-token\n"),
                stored("mail", "pw\nuser: me\nPIN: 1234\nremember the milk\notpauth://totp/x?secret=ABC\n"),
                PassFile { name: "broken".to_owned(), text: Err("cannot be decrypted".to_owned()) },
            ],
            &["lnk.gpg".to_owned()],
        );
        assert_eq!(import.notices, ["lnk.gpg is a symbolic link and was skipped"]);
        let kinds: Vec<_> = import
            .items
            .iter()
            .flat_map(|item| std::iter::once(item).chain(&item.beside))
            .map(|item| (item.id.as_deref().unwrap(), item.incoming.as_ref().map(|one| one.kind.name).ok()))
            .collect();
        assert_eq!(kinds[0], ("work/db", Some("UsernamePassword")));
        assert_eq!(kinds[1], ("token", Some("Simple")));
        assert_eq!(kinds[2], ("mail", Some("UsernamePassword")));
        let mail = &import.items[2].incoming.as_ref().unwrap().draft.members;
        assert_eq!(mail.get("totp"), Some(&Value::text("otpauth://totp/x?secret=ABC")));
        assert_eq!(mail.get("notes"), Some(&Value::text("remember the milk")));
        assert_eq!(*kinds.last().unwrap(), ("broken", None));
        let login = &import.items[0].incoming.as_ref().unwrap().draft.members;
        assert_eq!(login.get("username"), Some(&Value::text("app")));
        assert_eq!(login.get("password"), Some(&Value::text("hunter2")));
    }
}
