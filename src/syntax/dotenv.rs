//! `.env` files, read as python-dotenv reads them, except that references to other variables are not expanded.

use crate::credential::Violations;
use crate::secret::{Buffer, Secret};

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
    /// The word on the line.
    pub name: String,
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
    /// True if the value refers to other variables.
    pub refers: bool,
}

impl Assignment {
    /// Makes an assignment from a variable of another format.
    #[must_use]
    pub fn plain(name: &str, value: Secret) -> Self {
        Self { name: name.to_owned(), value, line: 0, refers: false }
    }
}

/// Reads a `.env` file.
///
/// # Errors
/// Fails at a line that is no assignment, no name, no comment and not empty. The error names the line.
pub fn variables(text: &str) -> Result<DotenvFile, Violations> {
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
            // may go on over several lines
            Some(quote @ ('\'' | '"')) => quoted(&value[1..], quote).ok_or_else(wrong)?,
            // behind a blank a `#` begins a comment, and otherwise a value such as a colour
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

/// Reads a name up to a blank, `=` or `#`, or a name in single quotes. Returns it and the rest of the text.
fn name(text: &str) -> Option<(&str, &str)> {
    let (name, rest) = match text.strip_prefix('\'') {
        Some(quoted) => quoted.split_once('\'')?,
        None => {
            text.split_at(text.find(|c: char| c.is_whitespace() || "=#".contains(c)).unwrap_or(text.len()))
        }
    };
    (!name.is_empty() && !name.contains('\n')).then_some((name, rest))
}

/// Reads a value up to the end of its line, or to a comment. Returns it and the text behind the line.
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

/// Reads a value up to its closing quote. Returns it and the text behind the line on which the quote stands.
/// Returns `None` if no quote closes the value, or if more than a comment follows on that line.
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
            // python-dotenv also reads these two escapes in single quotes
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

/// Replaces each reference without a name, such as `${:-$}`, by its default. Other references stay. Returns the
/// value, and true if any reference stays.
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
                // a `$` that was a default is plain text, so a `{` behind it begins no reference
                rest = match next.strip_prefix('{') {
                    Some(next) if text == "$" => {
                        out.push("{");
                        next
                    }
                    _ => next,
                };
            }
            // no brace closes this reference, and so none that could follow
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
    use super::variables;

    fn parsed(text: &str) -> Vec<(String, String)> {
        let variables = variables(text).unwrap().assignments;
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
    }

    #[test]
    fn an_error_names_the_line_and_quotes_nothing() {
        let wrong = variables("A=1\nsecret words\n").err().unwrap().to_string();
        assert!(wrong.starts_with("line 2:") && !wrong.contains("secret"), "{wrong}");
    }
}
