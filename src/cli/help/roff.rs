//! The language of manual pages: the few requests that the pages of credctl need.

use std::fmt::Write as _;

/// A manual page that is being written.
pub struct Roff(String);

impl Roff {
    /// Begins a page. It carries no date and no version, so that it changes only when its text does.
    pub fn new(name: &str, section: u8) -> Self {
        let title = name.to_uppercase().replace('-', "\\-");
        Self(format!(
            ".ie \\n(.g .ds Aq \\(aq\n.el .ds Aq '\n.TH {title} {section} \"\" credctl \"credctl manual\"\n"
        ))
    }

    /// Begins a section.
    pub fn section(&mut self, title: &str) {
        let _ = writeln!(self.0, ".SH \"{}\"", escaped(title));
    }

    /// Begins a part of a section.
    pub fn part(&mut self, title: &str) {
        let _ = writeln!(self.0, ".SS \"{}\"", escaped(title));
    }

    /// Adds a line of text to the section. Words in backquotes become bold.
    pub fn line(&mut self, text: &str) {
        let _ = writeln!(self.0, "{}", prose(text));
    }

    /// Adds a paragraph. Words in backquotes become bold.
    pub fn paragraph(&mut self, text: &str) {
        self.0.push_str(".PP\n");
        self.line(text);
    }

    /// Adds a form of a command on lines of its own, its first `bold` words in bold.
    pub fn synopsis(&mut self, text: &str, bold: usize) {
        let end = text.match_indices(' ').nth(bold.saturating_sub(1)).map_or(text.len(), |(at, _)| at);
        let (name, rest) = text.split_at(end);
        let _ = writeln!(self.0, ".HP\n\\fB{}\\fR{}", escaped(name), characters(rest));
    }

    /// Adds a name with its explanation.
    pub fn item(&mut self, name: &str, about: &str) {
        let _ = writeln!(self.0, ".TP\n\\fB{}\\fR\n{}", escaped(name), prose(about));
    }

    /// Adds lines as they are, such as commands and tables.
    pub fn verbatim<'a>(&mut self, lines: impl IntoIterator<Item = &'a str>) {
        self.0.push_str(".PP\n.RS 4\n.nf\n");
        for line in lines {
            let _ = writeln!(self.0, "{}", escaped(line));
        }
        self.0.push_str(".fi\n.RE\n");
    }

    /// Returns the page.
    pub fn finish(self) -> String {
        self.0
    }
}

/// Returns a text in which words in backquotes are bold, line by line.
fn prose(text: &str) -> String {
    text.lines().map(prose_line).collect::<Vec<_>>().join("\n")
}

fn prose_line(line: &str) -> String {
    let parts: Vec<_> = line.split('`').collect();
    if parts.len().is_multiple_of(2) {
        return escaped(line);
    }
    let mut out = String::new();
    for (at, part) in parts.into_iter().enumerate() {
        // every second part is between backquotes
        let (begin, end) = if at % 2 == 1 { ("\\fB", "\\fR") } else { ("", "") };
        let part = if out.is_empty() { escaped(part) } else { characters(part) };
        out.extend([begin, &part, end]);
    }
    out
}

/// Returns a line as text, even if it looks like a request.
fn escaped(line: &str) -> String {
    let text = characters(line);
    if line.starts_with(['.', '\'']) { format!("\\&{text}") } else { text }
}

/// Replaces the characters that are something else to the formatter, or that it prints as others.
fn characters(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' => out.push_str("\\e"),
            '-' => out.push_str("\\-"),
            '\'' => out.push_str("\\*(Aq"),
            '"' => out.push_str("\\(dq"),
            '`' => out.push_str("\\(ga"),
            '^' => out.push_str("\\(ha"),
            '~' => out.push_str("\\(ti"),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{escaped, prose};

    #[test]
    fn text_stays_text() {
        assert_eq!(escaped(".netrc"), "\\&.netrc");
        assert_eq!(escaped("'' is \\ a-b"), "\\&\\*(Aq\\*(Aq is \\e a\\-b");
        assert_eq!(prose("see `a-b` and `c`."), "see \\fBa\\-b\\fR and \\fBc\\fR.");
        assert_eq!(prose("one ` alone"), "one \\(ga alone");
    }
}
