//! Logins of `~/.netrc`, in words and quotes as curl and Python read them.

use super::entries::Entries;
use super::entry::Entry;
use super::{Format, Import};
use crate::credential::Violations;
use crate::secret::{Buffer, Secret};

pub(super) const FORMAT: Format = Format {
    name: "netrc",
    summary: "logins of ~/.netrc",
    recognises: |text| {
        let mut words = Words(text);
        words.next().is_some_and(|word| word.expose() == "machine") && words.nth(1).is_some()
    },
    read,
};

fn read(text: &str, _: &super::Options<'_>) -> Result<Import, Violations> {
    let mut entries = Entries::default();
    let mut words = Words(text);
    let mut open: Option<Entry> = None;
    while let Some(word) = words.next() {
        match word.expose() {
            "machine" => {
                if let Some(entry) = open.take() {
                    entries.add(entry);
                }
                let host = words.next().ok_or_else(cut)?.expose().to_owned();
                let tags = vec![("host".to_owned(), host.clone())];
                open = Some(Entry { title: host, tags, ..Entry::default() });
            }
            "default" => {
                if let Some(entry) = open.take() {
                    entries.add(entry);
                }
                open = Some(Entry { title: "default".to_owned(), ..Entry::default() });
            }
            "macdef" => {
                words.macro_body();
                entries.notices.push("a macro was passed over".to_owned());
            }
            name @ ("login" | "user" | "password" | "account") => {
                let (Some(entry), Some(value)) = (&mut open, words.next()) else { return Err(cut()) };
                match name {
                    "password" => entry.password = Some(value),
                    "account" => entry.value("account", Some(value)),
                    _ => entry.username = Some(value),
                }
            }
            _ => {
                return Err(Violations::one(
                    "document",
                    "has a word where machine, login or password must be",
                ));
            }
        }
    }
    if let Some(entry) = open {
        entries.add(entry);
    }
    Ok(entries.finish())
}

fn cut() -> Violations {
    Violations::one("document", "has a word without its value, or a value without its machine")
}

/// The words of a netrc, without comments.
struct Words<'a>(&'a str);

impl Words<'_> {
    /// Passes over a macro, which ends with an empty line.
    fn macro_body(&mut self) {
        while !self.0.is_empty() {
            let (line, rest) = self.0.split_once('\n').unwrap_or((self.0, ""));
            self.0 = rest;
            if line.trim().is_empty() {
                break;
            }
        }
    }
}

impl Iterator for Words<'_> {
    type Item = Secret;

    fn next(&mut self) -> Option<Secret> {
        // a comment is a word of its own, or begins a line
        loop {
            let before = self.0;
            self.0 = self.0.trim_start();
            let blanks = &before[..before.len() - self.0.len()];
            let begins_line = blanks.is_empty() || blanks.contains('\n');
            let is_comment = self.0.starts_with("# ") || self.0.starts_with('#') && begins_line;
            if !is_comment {
                break;
            }
            self.0 = self.0.split_once('\n').map_or("", |(_, rest)| rest);
        }
        let mut out = Buffer::with_capacity(32);
        let is_quoted = self.0.starts_with('"');
        let mut chars = self.0.char_indices();
        if is_quoted {
            chars.next();
        }
        loop {
            match chars.next() {
                None if self.0.is_empty() => return None,
                None => {
                    self.0 = "";
                    break;
                }
                Some((_, '\\')) => out.push_char(chars.next().map_or('\\', |(_, c)| c)),
                Some((at, c)) if (is_quoted && c == '"') || (!is_quoted && c.is_whitespace()) => {
                    self.0 = &self.0[at + usize::from(is_quoted)..];
                    break;
                }
                Some((_, c)) => out.push_char(c),
            }
        }
        out.into_secret()
    }
}

#[cfg(test)]
mod tests {
    use crate::import::Format;
    use crate::import::tests::{read, recognised, shown};

    const TEXT: &str = "# mine\nmachine a.example login ada password \"p \\\"x\\\" \\\\\"\n\
        machine b.example\n  login #bob # the other\n  password p#1\n  account acc\n\n\
        macdef init\ncd /x\nmachine no\n\ndefault login anonymous password me@x\nmachine c user only\n";

    #[test]
    fn logins_are_read() {
        assert_eq!(recognised(TEXT), Some("netrc"));
        let import = read("netrc", TEXT);
        assert_eq!(import.notices, ["a macro was passed over"]);
        assert_eq!(
            shown(&import),
            [
                "UsernamePassword a.example {name: a.example, tags: {host: a.example}, username: ada, \
                 password: p \"x\" \\}",
                "UsernamePassword b.example {name: b.example, tags: {host: b.example}, username: #bob, password: p#1}",
                "generic b.example-extra {name: b.example, tags: {login: b.example}, keyStore: {account: acc}}",
                "UsernamePassword default {name: default, username: anonymous, password: me@x}",
                "UsernamePassword c {name: c, tags: {host: c}, username: only}",
            ]
        );
    }

    #[test]
    fn what_is_none_is_refused_without_a_quote() {
        for text in ["machine a login", "login a", "machine a secret words"] {
            let error = Format::find("netrc").unwrap().read(text, &super::super::Options::default());
            assert!(!error.unwrap_err().to_string().contains("secret"), "{text}");
        }
        assert_eq!(recognised("machine"), None);
    }
}
