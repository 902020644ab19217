//! The differences between two versions of a credential as lines for people: `username: admin → root`,
//! `password (changed)`. The library says what differs; a secret has no text to show.

use credctl::credential::{FieldChange, Part};

use super::context::{Settings, Ui};
use super::output::sanitize;

const RED: &str = "\x1b[31m";
const GREEN: &str = "\x1b[32m";
const PLAIN: &str = "\x1b[0m";

/// The most characters of a value in a line that no terminal limits.
const LONGEST: usize = 60;
/// The fewest characters of a value that are worth showing.
const SHORTEST: usize = 8;

/// Returns the differences, one a line and indented, without those at the paths of `told`, which a notice has
/// named already.
pub fn lines(settings: &Settings, ui: &Ui, changes: &[FieldChange], told: &[String]) -> String {
    let changes = changes.iter().filter(|change| !told.contains(&change.path));
    changes.map(|change| line(change, settings.colour, ui.width())).collect()
}

fn line(change: &FieldChange, colour: bool, width: Option<u16>) -> String {
    let path = sanitize::line(&change.path);
    // the indent, the colon, the arrow and the word behind
    let room =
        width.map_or(2 * LONGEST, |width| usize::from(width).saturating_sub(path.chars().count() + 17));
    let paint = |code: &str, text: String| if colour { format!("{code}{text}{PLAIN}") } else { text };
    let text = match (&change.before, &change.after) {
        (None, Some(Part::Public(new))) => short(new, room)
            .map_or_else(|| " (added)".to_owned(), |new| format!(": {} (added)", paint(GREEN, new))),
        (None, _) => " (added)".to_owned(),
        (_, None) => " (removed)".to_owned(),
        (Some(Part::Public(old)), Some(Part::Public(new))) => {
            match (short(old, room / 2), short(new, room / 2)) {
                // two beginnings of the same text say nothing
                (Some(old), Some(new)) if old != new => {
                    format!(": {} → {}", paint(RED, old), paint(GREEN, new))
                }
                _ => " (changed)".to_owned(),
            }
        }
        _ => " (changed)".to_owned(),
    };
    format!("  {path}{text}\n")
}

/// Returns the beginning of a text that fits, or nothing for a text of several lines.
fn short(text: &str, room: usize) -> Option<String> {
    let text = text.trim_end_matches(['\n', '\r']);
    if text.contains('\n') {
        return None;
    }
    // a text may be most of the vault, and its beginning fills the line
    let beginning = text.char_indices().nth(LONGEST + 1).map_or(text, |(end, _)| &text[..end]);
    let text = sanitize::line(beginning);
    let most = room.clamp(SHORTEST, LONGEST);
    if text.chars().count() <= most {
        return Some(if text.is_empty() { "\"\"".to_owned() } else { text.into_owned() });
    }
    Some(text.chars().take(most - 1).chain(['…']).collect())
}

#[cfg(test)]
mod tests {
    use credctl::credential::{FieldChange, Part};

    use super::line;

    fn change(before: Option<&str>, after: Option<&str>) -> FieldChange {
        let part = |text: &str| if text == "•" { Part::Secret } else { Part::Public(text.into()) };
        FieldChange { path: "a".to_owned(), before: before.map(part), after: after.map(part) }
    }

    #[test]
    fn a_line_names_what_became_of_a_field() {
        let long = "x".repeat(100);
        let cases = [
            (Some("1"), Some("2"), "  a: 1 → 2\n"),
            (None, Some("2"), "  a: 2 (added)\n"),
            (Some("1"), None, "  a (removed)\n"),
            (Some("•"), Some("•"), "  a (changed)\n"),
            (None, Some("•"), "  a (added)\n"),
            (Some("•"), None, "  a (removed)\n"),
            (Some("one\ntwo"), Some("one\nthree"), "  a (changed)\n"),
            (Some("\x1b[2J"), Some(""), "  a: \\x1b[2J → \"\"\n"),
        ];
        for (before, after, wanted) in cases {
            assert_eq!(line(&change(before, after), false, None), wanted);
        }
        assert_eq!(line(&change(Some(&long), Some(&format!("{long}y"))), false, None), "  a (changed)\n");
    }

    #[test]
    fn a_line_fits_the_terminal_and_is_coloured_there() {
        let (long, longer) = ("x".repeat(100), "y".repeat(100));
        let line_ = line(&change(Some(&long), Some(&longer)), false, Some(80));
        assert!(line_.contains("…") && line_.trim_end().chars().count() <= 80, "{line_}");
        assert_eq!(
            line(&change(Some("1"), Some("2")), true, Some(80)),
            "  a: \x1b[31m1\x1b[0m → \x1b[32m2\x1b[0m\n"
        );
    }
}
