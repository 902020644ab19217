//! `.env` files, read as python-dotenv reads them, but without expanding what refers to other variables.
//!
//! Names that belong together make one credential: the keys of AWS, Azure and Google Cloud, and a user name
//! with its password. Every other variable is a secret text of its own.

use std::collections::HashMap;

use indexmap::IndexMap;

use super::entries::Entries;
use super::{Format, Import};
use crate::credential::Violations;
use crate::secret::{Buffer, Secret};
use crate::value::{Object, Value};

pub(super) const FORMAT: Format = Format {
    name: "dotenv",
    summary: "a .env file; also KEY=VALUE lines",
    // the last resort: every line must be an assignment, or a name in capitals
    recognises: |text| {
        let is_name = |name: &str| {
            name.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '_')
                && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_.-".contains(&byte))
        };
        let is_capital =
            |line: &Bare| line.name.bytes().all(|byte| byte.is_ascii_uppercase() || byte == b'_');
        parse(text).is_ok_and(|file| {
            file.assignments.iter().any(|one| !one.name.starts_with(|c: char| c.is_ascii_digit()))
                && file.assignments.iter().all(|one| is_name(&one.name))
                && file.bare.iter().all(is_capital)
        })
    },
    read: |text, _| {
        let file = parse(text)?;
        let mut import = import(file.assignments);
        import.notices.extend(file.bare.iter().map(Bare::notice));
        Ok(import)
    },
};

/// The variables of a `.env` file.
#[derive(Debug, Default)]
pub struct DotenvFile {
    /// Each `NAME=VALUE`, in order.
    pub assignments: Vec<Assignment>,
    /// Each name that has no value.
    pub bare: Vec<Bare>,
}

/// A line with a name and no `=`, which sets nothing.
#[derive(Debug)]
pub struct Bare {
    name: String,
    line: usize,
}

impl Bare {
    /// Says that the line sets nothing. The word may be a secret that lost its name, so only the line is named.
    #[must_use]
    pub fn notice(&self) -> String {
        format!("line {} has a name without a value, which sets nothing", self.line)
    }
}

/// One `NAME=VALUE` of a `.env` file.
#[derive(Debug, Clone)]
pub struct Assignment {
    /// Name of the variable.
    pub name: String,
    /// Value without quotes and escapes.
    pub value: Secret,
    /// Line on which the assignment starts, from 1; 0 if the variable comes from another format.
    pub line: usize,
    refers: bool,
}

impl Assignment {
    pub(super) fn plain(name: &str, value: Secret) -> Self {
        Self { name: name.to_owned(), value, line: 0, refers: false }
    }
}

/// Variables that are one credential together.
struct Group {
    kind: &'static str,
    /// Each variable and its field, the optional ones last.
    fields: &'static [(&'static str, &'static str)],
    required: usize,
}

const GROUPS: [Group; 3] = [
    Group {
        kind: "Aws",
        fields: &[
            ("AWS_ACCESS_KEY_ID", "accessKeyId"),
            ("AWS_SECRET_ACCESS_KEY", "secretAccessKey"),
            ("AWS_SESSION_TOKEN", "sessionToken"),
        ],
        required: 2,
    },
    Group {
        kind: "Azure",
        fields: &[
            ("AZURE_TENANT_ID", "tenantId"),
            ("AZURE_CLIENT_ID", "clientId"),
            ("AZURE_CLIENT_SECRET", "clientSecret"),
        ],
        required: 3,
    },
    Group { kind: "Gcp", fields: &[("GOOGLE_CREDENTIALS", "serviceAccountKey")], required: 1 },
];

const USERNAME: &str = "_USERNAME";
/// The endings of the variables of a login, the optional one last.
const LOGIN: [(&str, &str); 3] =
    [("_USERNAME", "username"), ("_PASSWORD", "password"), ("_DOMAIN", "domain")];

/// Variables in their order; those that were taken are none.
type Variables = IndexMap<String, Option<Secret>>;

/// Credentials from variables.
pub(super) fn import(variables: Vec<Assignment>) -> Import {
    let mut entries = Entries::default();
    let mut logins = Vec::new();
    let mut all = Variables::with_capacity(variables.len());
    let mut lines: HashMap<String, usize> = HashMap::new();
    for Assignment { name, value, refers, line } in variables {
        if let Some(before) = lines.insert(name.clone(), line) {
            let place = if line == 0 { "again".to_owned() } else { format!("again on line {line}") };
            let from = if before == 0 { String::new() } else { format!(" of line {before}") };
            entries.notices.push(format!("{name} is set {place}; the earlier value{from} is left out"));
        }
        if refers {
            entries.notices.push(format!("{name} refers to other variables, which is kept as it is"));
        }
        logins.extend(name.strip_suffix(USERNAME).filter(|prefix| !prefix.is_empty()).map(str::to_owned));
        all.insert(name, Some(value));
    }
    for Group { kind, fields, required } in GROUPS {
        let names: Vec<_> = fields.iter().map(|(name, field)| ((*name).to_owned(), *field)).collect();
        if let Some(members) = take(&mut all, &names, required) {
            let id = entries.id(&kind.to_lowercase(), "key");
            entries.push(kind, &id, members, Vec::new());
        }
    }
    for prefix in logins {
        let names = LOGIN.map(|(suffix, field)| (format!("{prefix}{suffix}"), field));
        if let Some(members) = take(&mut all, &names, 2) {
            let id = entries.id(&prefix.to_lowercase(), "login");
            entries.push("UsernamePassword", &id, members, Vec::new());
        }
    }
    for (name, value) in all {
        let Some(value) = value else { continue };
        if value.is_empty() {
            entries.notices.push(format!("{name} is empty and left out"));
            continue;
        }
        let id = entries.id(&name, "variable");
        entries.push("Simple", &id, Object::from_iter([("value", Value::Text(value))]), Vec::new());
    }
    entries.finish()
}

/// Takes the variables that are the fields of one credential, if the required ones are there and not empty.
fn take(all: &mut Variables, names: &[(String, &str)], required: usize) -> Option<Object> {
    let has = |(name, _): &(String, &str)| matches!(all.get(name), Some(Some(value)) if !value.is_empty());
    if !names[..required].iter().all(has) {
        return None;
    }
    let taken =
        names.iter().filter_map(|(name, field)| Some((*field, Value::Text(all.get_mut(name)?.take()?))));
    Some(taken.collect())
}

/// Reads a `.env` file.
///
/// # Errors
/// The line that is none.
pub fn variables(text: &str) -> Result<DotenvFile, Violations> {
    parse(text)
}

fn parse(text: &str) -> Result<DotenvFile, Violations> {
    let mut file = DotenvFile::default();
    let mut rest = text.trim_start_matches('\u{feff}');
    let (mut number, mut counted) = (1, 0);
    loop {
        rest = rest.trim_start();
        if rest.is_empty() {
            return Ok(file);
        }
        let at = text.len() - rest.len();
        number += text[counted..at].matches('\n').count();
        counted = at;
        if rest.starts_with('#') {
            rest = rest.split_once('\n').map_or("", |(_, next)| next);
            continue;
        }
        let wrong = || Violations::one(format!("line {number}"), "must be NAME=VALUE, a comment, or empty");
        let line = rest.strip_prefix("export").filter(|line| line.starts_with([' ', '\t'])).unwrap_or(rest);
        let (name, line) = name(line.trim_start_matches([' ', '\t'])).ok_or_else(wrong)?;
        let line = line.trim_start_matches([' ', '\t']);
        let Some(behind) = line.strip_prefix('=') else {
            let (line, next) = line.split_once('\n').unwrap_or((line, ""));
            if !(line.trim().is_empty() || line.starts_with('#')) {
                return Err(wrong());
            }
            file.bare.push(Bare { name: name.to_owned(), line: number });
            rest = next;
            continue;
        };
        let value = behind.trim_start_matches([' ', '\t']);
        let (value, next) = match value.chars().next() {
            Some(quote @ ('\'' | '"')) => quoted(&value[1..], quote).ok_or_else(wrong)?,
            // behind a blank it begins a comment, and else a value such as a colour
            Some('#') if value.len() < behind.len() => {
                (Secret::from(""), value.split_once('\n').map_or("", |(_, next)| next))
            }
            _ => bare(value),
        };
        rest = next;
        let (value, refers) = resolved(&value);
        file.assignments.push(Assignment { name: name.to_owned(), value, line: number, refers });
    }
}

/// A name up to a blank or `=`, or one in single quotes, and what follows.
fn name(text: &str) -> Option<(&str, &str)> {
    let (name, rest) = match text.strip_prefix('\'') {
        Some(quoted) => quoted.split_once('\'')?,
        None => {
            text.split_at(text.find(|c: char| c.is_whitespace() || "=#".contains(c)).unwrap_or(text.len()))
        }
    };
    (!name.is_empty() && !name.contains('\n')).then_some((name, rest))
}

/// A value up to the end of its line, or to a comment.
fn bare(text: &str) -> (Secret, &str) {
    let (line, rest) = text.split_once('\n').unwrap_or((text, ""));
    let mut blank = line.starts_with('#');
    let comment = line.char_indices().find(|(at, c)| {
        let begins = *c == '#' && blank && *at > 0;
        blank = c.is_whitespace();
        begins
    });
    (Secret::from(line[..comment.map_or(line.len(), |(at, _)| at)].trim_end()), rest)
}

/// A value up to its quote, and what follows the line that the quote ends.
fn quoted(text: &str, quote: char) -> Option<(Secret, &str)> {
    let mut out = Buffer::with_capacity(64);
    let mut chars = text.char_indices();
    while let Some((at, c)) = chars.next() {
        if c == quote {
            let (line, rest) = text[at + 1..].split_once('\n').unwrap_or((&text[at + 1..], ""));
            let line = line.trim();
            return (line.is_empty() || line.starts_with('#')).then_some((out.into_secret()?, rest));
        }
        if c != '\\' {
            out.push_char(c);
            continue;
        }
        let (_, escaped) = chars.next()?;
        match (quote, escaped) {
            (_, '\\' | '\'') | ('"', '"') => out.push_char(escaped),
            ('"', 'n') => out.push("\n"),
            ('"', 'r') => out.push("\r"),
            ('"', 't') => out.push("\t"),
            ('"', 'a') => out.push("\u{7}"),
            ('"', 'b') => out.push("\u{8}"),
            ('"', 'f') => out.push("\u{c}"),
            ('"', 'v') => out.push("\u{b}"),
            _ => {
                out.push("\\");
                out.push_char(escaped);
            }
        }
    }
    None
}

/// A value with what stands for itself: a reference to no variable, whose default it is. Other references
/// stay, and are told.
fn resolved(value: &Secret) -> (Secret, bool) {
    let mut out = Buffer::with_capacity(value.len());
    let (mut rest, mut refers) = (value.expose(), false);
    while let Some(at) = rest.find("${") {
        let inner = &rest[at + 2..];
        let literal = inner.strip_prefix(":-").and_then(|inner| inner.split_once('}'));
        match literal {
            Some((text, next)) => {
                out.push(&rest[..at]);
                out.push(text);
                // what stood for itself may begin what looks like a reference
                rest = match next.strip_prefix('{') {
                    Some(next) if text == "$" => {
                        out.push("{");
                        next
                    }
                    _ => next,
                };
            }
            // nothing after this can be one either
            None if !refers && !inner.contains('}') => break,
            None => {
                refers = true;
                out.push(&rest[..at + 2]);
                rest = inner;
            }
        }
    }
    out.push(rest);
    (out.into_secret().unwrap_or_else(|| value.clone()), refers)
}

#[cfg(test)]
mod tests {
    use super::parse;
    use crate::import::tests::{read, recognised, shown};

    fn parsed(text: &str) -> Vec<(String, String)> {
        let variables = parse(text).unwrap().assignments;
        variables.into_iter().map(|v| (v.name, v.value.expose().to_owned())).collect()
    }

    #[test]
    fn values_are_read_as_python_reads_them() {
        for (text, value) in [
            ("A=b", "b"),
            ("export A = 'b c' # d", "b c"),
            ("A=b # c", "b"),
            ("A=b#c", "b#c"),
            ("A=#c", "#c"),
            ("A=", ""),
            ("A='a\nb'", "a\nb"),
            (r"A='it\'s \\ \n'", r"it's \ \n"),
            (r#"A="a\"\n\\$x""#, "a\"\n\\$x"),
            ("A='${:-$}{B}'", "${B}"),
            ("A='x${:-\\\\}'", "x\\"),
            ("A=$${:-$}{:-$}", "$${:-$}"),
            ("export\tA\t=\tb", "b"),
            ("'A'=b", "b"),
            ("A= # c\n", ""),
        ] {
            assert_eq!(parsed(text), [("A".to_owned(), value.to_owned())], "{text}");
        }
        assert_eq!(parsed("# c\n\nA=1\r\nB='2'\nA=3\n").len(), 3);
        // the last one of a name counts
        let twice = read("dotenv", "A=1\nB=2\nA=3\n");
        assert_eq!(shown(&twice), ["Simple A {value: 3}", "Simple B {value: 2}"]);
        assert_eq!(twice.notices, ["A is set again on line 3; the earlier value of line 1 is left out"]);
    }

    #[test]
    fn only_assignments_are_recognised() {
        assert_eq!(recognised("# x\nA=b\n"), Some("dotenv"));
        assert_eq!(recognised("DEBUG\n456 = x\nA=b\n"), Some("dotenv"));
        for text in [
            "",
            "#",
            "a: b=c",
            "A=b\nfree text",
            "A=b\nword",
            "WORD\n",
            "A='open",
            "A='b' c",
            "1A=b",
            "Ä=b",
            "A B=c",
            "=b",
            "{\"a\":\"b=c\"}",
        ] {
            assert_eq!(recognised(text), None, "{text:?}");
        }
        let wrong = parse("A=1\nsecret words\n").err().unwrap().to_string();
        assert!(wrong.starts_with("line 2:") && !wrong.contains("secret"), "{wrong}");
    }

    #[test]
    fn every_name_of_python_is_one_and_a_name_without_a_value_is_told() {
        let import = read("dotenv", "DEBUG\nexport TOKEN\n456 = ABC\nGRÖSSE=5\n1A=b # c\nexport=x\n");
        assert_eq!(
            shown(&import),
            [
                "Simple 456 {value: ABC}",
                "Simple GRÖSSE {value: 5}",
                "Simple 1A {value: b}",
                "Simple export {value: x}"
            ]
        );
        assert_eq!(
            import.notices,
            [
                "line 1 has a name without a value, which sets nothing",
                "line 2 has a name without a value, which sets nothing"
            ]
        );
    }

    #[test]
    fn what_belongs_together_is_one_credential() {
        let text = "STRIPE_KEY=sk\nAWS_ACCESS_KEY_ID=AKIA\nAWS_SECRET_ACCESS_KEY=s\nMY_DB_PASSWORD=p\n\
                    MY_DB_USERNAME=u\nAZURE_CLIENT_ID=c\nX_PASSWORD=x\nURL=http://${HOST}/\n";
        let import = read("dotenv", text);
        assert_eq!(import.notices, ["URL refers to other variables, which is kept as it is"]);
        assert_eq!(
            shown(&import),
            [
                "Aws aws {accessKeyId: AKIA, secretAccessKey: s}",
                "UsernamePassword my_db {username: u, password: p}",
                "Simple STRIPE_KEY {value: sk}",
                "Simple AZURE_CLIENT_ID {value: c}",
                "Simple X_PASSWORD {value: x}",
                "Simple URL {value: http://${HOST}/}",
            ]
        );
    }
}
