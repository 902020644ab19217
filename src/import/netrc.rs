//! Logins of `~/.netrc`, in words and quotes as curl and Python read them.

use super::entries::Entries;
use super::entry::ImportEntry;
use super::format::ImportFormat;
use super::item::Import;
use crate::credential::Violations;
use crate::secret::{Buffer, Secret};

pub(super) const FORMAT: ImportFormat = ImportFormat {
    name: "netrc",
    summary: "logins of ~/.netrc",
    recognises: |text| {
        let mut words = NetrcWords::new(text);
        let mut next = || words.next().ok().flatten().map(|word| word.text);
        next().is_some_and(|word| word.expose() == "machine") && next().is_some() && next().is_some()
    },
    read,
};

fn read(text: &str, _: &super::ImportFacts<'_>) -> Result<Import, Violations> {
    let mut entries = Entries::default();
    let mut words = NetrcWords::new(text);
    let mut open: Option<ImportEntry> = None;
    while let Some(word) = words.next()? {
        match word.text.expose() {
            "machine" => {
                finish(&mut entries, open.take());
                let host = words.value()?.expose().to_owned();
                let tags = vec![("host".to_owned(), host.clone())];
                open = Some(ImportEntry { title: host, tags, ..ImportEntry::default() });
            }
            // the entry for all other machines
            "default" => {
                finish(&mut entries, open.take());
                open = Some(ImportEntry { title: "default".to_owned(), ..ImportEntry::default() });
            }
            "macdef" => {
                words.macro_body();
                entries.notices.push(format!("line {}: a macro was skipped", word.line));
            }
            name @ ("login" | "user" | "password" | "account" | "port") => {
                let Some(entry) = &mut open else {
                    return Err(wrong(word.line, "has a word before any machine"));
                };
                let value = words.value()?;
                match name {
                    "password" if entry.password.is_none() => entry.password = Some(value),
                    "login" | "user" if entry.username.is_none() => entry.username = Some(value),
                    // as readers of netrc do, who know the machine alone
                    "port" => entry.dropped.push("port".to_owned()),
                    name => entry.value(name, Some(value)),
                }
            }
            _ => return Err(wrong(word.line, "has a word where machine, login or password must be")),
        }
    }
    finish(&mut entries, open);
    Ok(entries.finish())
}

fn finish(entries: &mut Entries, entry: Option<ImportEntry>) {
    let Some(entry) = entry else { return };
    if entry.username.is_none() && entry.password.is_none() && !entry.has_more() {
        entries.notices.push(format!("{} has no login and was skipped", entry.title));
    } else {
        entries.add(entry);
    }
}

fn wrong(line: usize, why: &'static str) -> Violations {
    Violations::one(format!("line {line}"), why)
}

/// A word, and the line on which it begins.
struct Word {
    text: Secret,
    line: usize,
}

/// The words of a netrc, without comments.
struct NetrcWords<'a> {
    rest: &'a str,
    line: usize,
    /// True if the next word is a value, in which `#` begins no comment.
    in_value: bool,
    /// The line on which the word began that was read last.
    begin: usize,
}

impl<'a> NetrcWords<'a> {
    fn new(text: &'a str) -> Self {
        Self { rest: text.trim_start_matches('\u{feff}'), line: 1, in_value: false, begin: 1 }
    }

    /// Reads the value behind the word that was read last.
    fn value(&mut self) -> Result<Secret, Violations> {
        self.in_value = true;
        let begin = self.begin;
        let word = self.next();
        self.in_value = false;
        word?.map(|word| word.text).ok_or_else(|| wrong(begin, "ends with a word that has no value"))
    }

    /// Passes over a macro, which ends with an empty line.
    fn macro_body(&mut self) {
        while !self.rest.is_empty() {
            let line = self.take_line();
            if line.trim().is_empty() {
                break;
            }
        }
    }

    fn take_line(&mut self) -> &'a str {
        let (line, rest) = self.rest.split_once('\n').unwrap_or((self.rest, ""));
        self.rest = rest;
        self.line += 1;
        line
    }

    /// Passes over blanks and comments. Where a name may stand, any `#` begins a comment. Where a value has to
    /// stand, only one at the beginning of a line does.
    fn skip(&mut self) {
        let mut begins_line = false;
        loop {
            let rest = self.rest.trim_start();
            let blanks = &self.rest[..self.rest.len() - rest.len()];
            let breaks = blanks.matches('\n').count();
            self.line += breaks;
            begins_line |= breaks > 0;
            self.rest = rest;
            // a password may begin with `#`
            if !rest.starts_with('#') || self.in_value && !begins_line {
                return;
            }
            self.take_line();
            begins_line = true;
        }
    }

    fn next(&mut self) -> Result<Option<Word>, Violations> {
        self.skip();
        self.begin = self.line;
        let line = self.line;
        if self.rest.is_empty() {
            return Ok(None);
        }
        let text = if self.rest.starts_with('"') { self.quoted()? } else { self.bare() };
        Ok(Some(Word { text, line }))
    }

    /// Reads a word up to a blank, in which quotes and backslashes stand for themselves.
    fn bare(&mut self) -> Secret {
        let end = self.rest.find(char::is_whitespace).unwrap_or(self.rest.len());
        let (word, rest) = self.rest.split_at(end);
        self.rest = rest;
        Secret::from(word)
    }

    /// Reads a word in quotes on one line. Behind a backslash `n`, `r` and `t` are read as curl reads them, and
    /// any other character stands for itself.
    fn quoted(&mut self) -> Result<Secret, Violations> {
        let open = || wrong(self.line, "begins a quote that is not closed on the line");
        let mut out = Buffer::with_capacity(32);
        let mut chars = self.rest.char_indices().skip(1);
        loop {
            match chars.next() {
                Some((at, '"')) => {
                    let rest = &self.rest[at + 1..];
                    if !(rest.is_empty() || rest.starts_with(char::is_whitespace)) {
                        return Err(wrong(self.line, "has text behind a closing quote"));
                    }
                    self.rest = rest;
                    break;
                }
                Some((_, '\\')) => match chars.next() {
                    None | Some((_, '\n')) => return Err(open()),
                    Some((_, 'n')) => out.push("\n"),
                    Some((_, 'r')) => out.push("\r"),
                    Some((_, 't')) => out.push("\t"),
                    Some((_, c)) => out.push_char(c),
                },
                None | Some((_, '\n')) => return Err(open()),
                Some((_, c)) => out.push_char(c),
            }
        }
        out.into_secret().ok_or_else(open)
    }
}

#[cfg(test)]
mod tests {
    use crate::import::tests::{read, recognised, shown};
    use crate::import::{ImportFacts, ImportFormat};

    const TEXT: &str = "# mine\nmachine a.example login ada password \"p \\\"x\\\" \\\\\"\n\
        machine b.example\n  login #bob # the other\n  password p#1\n  account acc\n\n\
        macdef init\ncd /x\nmachine no\n\ndefault login anonymous password me@x\nmachine c user only\n";

    #[test]
    fn logins_are_read() {
        assert_eq!(recognised(TEXT), Some("netrc"));
        let import = read("netrc", TEXT);
        assert_eq!(import.notices, ["line 8: a macro was skipped"]);
        assert_eq!(
            shown(&import),
            [
                "UsernamePassword a.example {name: a.example, tags: {host: a.example}, username: ada, \
                 password: p \"x\" \\}",
                "UsernamePassword b.example {name: b.example, tags: {host: b.example}, username: #bob, password: p#1, \
                 custom: [{name: account, value: acc, secret: true}]}",
                "UsernamePassword default {name: default, username: anonymous, password: me@x}",
                "UsernamePassword c {name: c, tags: {host: c}, username: only}",
            ]
        );
    }

    #[test]
    fn words_are_read_to_the_byte() {
        for (text, user, password) in [
            (r"login CORP\u password p\q", r"CORP\u", r"p\q"),
            (r#"login u password p\"q"#, "u", r#"p\"q"#),
            (r"login u password p\", "u", r"p\"),
            (r#"login u password "p\nq\t\q""#, "u", "p\nq\tq"),
            (r#"login 'u' password p"q"#, "'u'", "p\"q"),
            ("login u password #p #home", "u", "#p"),
            ("login # password p", "#", "p"),
            ("port 587 login u password machine", "u", "machine"),
            ("\r\n# one\r\n  login u # it\"s\r\n#two\n\tpassword p\r\n", "u", "p"),
            ("login u password p login v", "u", "p"),
        ] {
            let import = read("netrc", &format!("\u{feff}machine h {text}\nmachine i login v password q\n"));
            let members = |at: usize| &import.items[at].incoming.as_ref().unwrap().draft.members;
            let field =
                |at: usize, name: &str| members(at).get(name).unwrap().as_text().unwrap().expose().to_owned();
            assert_eq!(
                (field(0, "username"), field(0, "password")),
                (user.to_owned(), password.to_owned()),
                "{text}"
            );
            assert_eq!(
                (field(1, "username"), field(1, "password")),
                ("v".to_owned(), "q".to_owned()),
                "{text}"
            );
        }
        assert!(shown(&read("netrc", "machine a port 5 login u password p"))[0].ends_with("dropped port"));
        let import = read("netrc", "machine a\nmachine b login u password p\n");
        assert_eq!(
            (import.items.len(), &import.notices[..]),
            (1, &["a has no login and was skipped".to_owned()][..])
        );
    }

    #[test]
    fn what_is_none_is_refused_by_its_line_and_without_a_quote() {
        for (text, line) in [
            ("machine a\nlogin", "line 2:"),
            ("login a", "line 1:"),
            ("machine a\n\nsecret words", "line 3:"),
            ("# x\nmachine a login u password \"secret\nmachine b login v password q", "line 2:"),
            ("machine a login u password \"secret\"x", "line 1:"),
            ("machine a login u password \"secret\\", "line 1:"),
            ("machine a login u password secret protocol https", "line 1:"),
        ] {
            let error = ImportFormat::find("netrc")
                .unwrap()
                .read(text, &ImportFacts::default())
                .unwrap_err()
                .to_string();
            assert!(error.starts_with(line) && !error.contains("secret"), "{text}: {error}");
        }
        assert_eq!(recognised("machine"), None);
    }
}
