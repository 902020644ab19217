//! Prose in an answer for people: harmless, and in lines that fit the terminal.

use super::layout::columns;
use super::sanitize;

/// Returns a text in lines that are no wider than the terminal. The first line begins behind `indent` columns, and
/// the others begin with as many blanks. Without a width, the text is one line. A word that is too long keeps a line to
/// itself.
pub fn folded(text: &str, width: Option<u16>, indent: usize) -> String {
    let text = sanitize::line(text);
    let Some(width) = width.map(usize::from) else { return text.into_owned() };
    let (mut lines, mut used) = (String::new(), indent);
    for word in text.split(' ') {
        let next = columns(word);
        if used > indent {
            if used + 1 + next > width {
                lines.push('\n');
                lines.extend(std::iter::repeat_n(' ', indent));
                used = indent;
            } else {
                lines.push(' ');
                used += 1;
            }
        }
        lines.push_str(word);
        used += next;
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::folded;

    #[test]
    fn lines_fit_and_begin_in_one_column() {
        assert_eq!(folded("one two three", None, 2), "one two three");
        assert_eq!(folded("one two three", Some(9), 2), "one two\n  three");
        assert_eq!(folded("/a/long/path is one", Some(9), 2), "/a/long/path\n  is one");
        assert_eq!(folded("a\u{1b}[2J\nb", Some(80), 0), "a\\x1b[2J\\nb");
    }
}
