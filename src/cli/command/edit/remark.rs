//! The comments on what is wrong with an edited text, above the lines that they are about.

use credctl::credential::{Violation, Violations};
use credctl::kind::entry_name;
use credctl::secret::Buffer;
use credctl::value::yaml::YamlError;
use zeroize::Zeroizing;

use crate::cli::error;

/// Comments for an edited text, each with the number of the line that it stands above.
#[derive(Default)]
pub(super) struct Remarks(Vec<(usize, String)>);

impl Remarks {
    /// Makes the comment on a text that is no YAML.
    pub fn on_yaml(text: &str, error: &YamlError) -> Self {
        let line = error.line.saturating_sub(1).min(text.lines().count().saturating_sub(1));
        Self(vec![(line, comment("", &format!("column {}: {}", error.column, error.problem)))])
    }

    /// Makes the comments on members that are wrong.
    pub fn on_members(text: &str, violations: &Violations) -> Self {
        Self(violations.iter().map(|violation| on_member(text, violation)).collect())
    }

    /// Adds a comment above the line of a member that somebody else has changed.
    pub fn add(&mut self, text: &str, member: &str, words: &str) {
        self.0.push((line_of(text, member).unwrap_or(0), format!("# changed: {}", error::line(words))));
    }

    /// Returns the text with the comments.
    pub fn put_into(&self, text: &str) -> Buffer {
        let mut out = Buffer::with_capacity(text.len() + 1024);
        for (number, line) in text.lines().enumerate() {
            for (_, comment) in self.0.iter().filter(|(at, _)| *at == number) {
                out.push(comment);
                out.push("\n");
            }
            out.push(line);
            out.push("\n");
        }
        out
    }

    /// Returns a text without the comments, as far as they are still in it.
    pub fn take_from(&self, text: &str) -> Zeroizing<String> {
        let mut out = Zeroizing::new(String::with_capacity(text.len() + 1));
        let mut left: Vec<&str> = self.0.iter().map(|(_, comment)| comment.as_str()).collect();
        for line in text.lines() {
            if let Some(at) = left.iter().position(|comment| *comment == line) {
                left.swap_remove(at);
            } else {
                out.push_str(line);
                out.push('\n');
            }
        }
        out
    }
}

/// Makes the comment on one member: above its line, or at the top if the line is gone.
fn on_member(text: &str, violation: &Violation) -> (usize, String) {
    let path = entry_name(&violation.name).filter(|name| line_of(text, name).is_some());
    let path = path.unwrap_or(&violation.name);
    match line_of(text, path) {
        Some(at) => {
            let line = text.lines().nth(at).unwrap_or_default();
            let indent = &line[..line.len() - line.trim_start().len()];
            (at, comment(indent, &format!("{path} {}", violation.reason)))
        }
        None => (0, comment("", &format!("{path} {}", violation.reason))),
    }
}

fn comment(indent: &str, words: &str) -> String {
    format!("{indent}# error: {}", error::line(words))
}

/// Finds the line of a member, or the nearest one around it, by a path such as `labels.env` or `ipList[0]`.
fn line_of(text: &str, path: &str) -> Option<usize> {
    let lines: Vec<&str> = text.lines().collect();
    let steps = path.replace('[', ".[");
    let mut steps = steps.split('.');
    let first = steps.next()?;
    let mut found = lines.iter().position(|line| is_named(line, first))?;
    let mut indent = 0;
    for step in steps {
        let index = step.strip_prefix('[').and_then(|step| step.strip_suffix(']')?.parse().ok());
        let blank = |line: &str| line.trim_start().is_empty() || line.trim_start().starts_with('#');
        let inside = lines.iter().enumerate().skip(found + 1);
        let mut inside = inside.take_while(|(_, line)| blank(line) || depth(line) > indent);
        let next = match index {
            Some(index) => inside.filter(|(_, line)| line.trim_start().starts_with("- ")).nth(index),
            None => inside.find(|(_, line)| is_named(line.trim_start().trim_start_matches("- "), step)),
        };
        let Some((at, line)) = next else { break };
        (found, indent) = (at, depth(line));
    }
    Some(found)
}

fn is_named(line: &str, name: &str) -> bool {
    let line = line.strip_prefix(['"', '\'']).unwrap_or(line);
    let rest = line.strip_prefix(name).map(|rest| rest.trim_start_matches(['"', '\'', ' ']));
    rest.is_some_and(|rest| rest.starts_with(':'))
}

fn depth(line: &str) -> usize {
    line.len() - line.trim_start().len()
}

#[cfg(test)]
mod tests {
    use credctl::credential::Violations;

    use super::Remarks;

    const TEXT: &str = "# email: a comment\nid: a\nemail: x\nlabels:\n  env: y\nipList:\n  - 1\n  - 2\n\
                        apikey: z\n";

    fn remarked(path: &str) -> String {
        let remarks = Remarks::on_members(TEXT, &Violations::one(path, "is wrong"));
        let text = remarks.put_into(TEXT).into_secret().unwrap();
        assert_eq!(remarks.take_from(text.expose()).as_str(), TEXT);
        let lines: Vec<&str> = text.expose().lines().collect();
        let at = lines.iter().position(|line| line.contains("# error: ")).unwrap();
        format!("{}\n{}", lines[at], lines[at + 1])
    }

    #[test]
    fn a_comment_stands_above_the_line_of_its_member_and_can_be_taken_out_again() {
        for (path, expected) in [
            ("email", "# error: email is wrong\nemail: x"),
            ("labels.env", "  # error: labels.env is wrong\n  env: y"),
            ("labels.other", "# error: labels.other is wrong\nlabels:"),
            ("ipList[1]", "  # error: ipList[1] is wrong\n  - 2"),
            ("keyStore.apikey", "# error: apikey is wrong\napikey: z"),
            ("gone", "# error: gone is wrong\n# email: a comment"),
        ] {
            assert_eq!(remarked(path), expected, "{path}");
        }
    }
}
