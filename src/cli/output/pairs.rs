//! The names and values of one credential, aligned for people. Every text passes the sanitizer here.

use super::fit::GAP;
use super::layout::{columns, push_name};
use super::sanitize;

/// Lays out the names and values of one credential, one pair per line: `Name  value`.
///
/// Values are complete, however wide the terminal is; their further lines are aligned under the first.
/// `colour` makes the names bold.
#[must_use]
pub fn pairs(rows: &[(String, String)], colour: bool) -> String {
    let names: Vec<_> = rows.iter().map(|(name, _)| sanitize::line(name)).collect();
    let indent = names.iter().map(|name| columns(name) + GAP).max().unwrap_or_default();

    let mut out = String::new();
    for ((_, value), name) in rows.iter().zip(&names) {
        let name = format!("{name}{:1$}", "", indent - columns(name));
        let value = sanitize::text(value);
        let mut lines = value.lines();
        match lines.next().filter(|first| !first.is_empty()) {
            Some(first) => {
                push_name(&mut out, &name, colour);
                out.push_str(first);
            }
            None => push_name(&mut out, name.trim_end(), colour),
        }
        out.push('\n');
        for line in lines {
            if !line.is_empty() {
                out.extend(std::iter::repeat_n(' ', indent));
                out.push_str(line);
            }
            out.push('\n');
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::pairs;

    fn pair(name: &str, value: &str) -> (String, String) {
        (name.to_owned(), value.to_owned())
    }

    #[test]
    fn pairs_stand_in_two_columns() {
        let rows = [
            pair("Name", "web"),
            pair("Private key", "-----BEGIN\n\nabc\n"),
            pair("名前", "x  "),
            pair("Tags", ""),
        ];
        let shown = "Name         web\nPrivate key  -----BEGIN\n\n             abc\n名前         x  \nTags\n";
        assert_eq!(pairs(&rows, false), shown);
        assert_eq!(pairs(&[], false), "");
    }

    #[test]
    fn pairs_are_sanitized_and_may_be_bold() {
        let rows = [pair("a\nb", "\x1b[31m\tx\r\ny"), pair("c", "")];
        let shown = "\x1b[1ma\\nb  \x1b[0m\\x1b[31m\tx\\r\n      y\n\x1b[1mc\x1b[0m\n";
        assert_eq!(pairs(&rows, true), shown);
    }
}
