//! Ids that are made of titles.

use unicode_normalization::UnicodeNormalization as _;

use crate::text::is_hidden;

/// Longest id that is made, so that something can follow it.
const LONGEST_ID: usize = 110;

/// Turns a title into an id: composed, without blanks, not too long.
pub(super) fn id_of(title: &str) -> String {
    let mut id = String::new();
    // first composed, because ids are stored in that form
    for c in title.trim().nfc() {
        let c = if c.is_whitespace() { '-' } else { c };
        if !is_hidden(c) && !(c == '-' && (id.is_empty() || id.ends_with('-'))) {
            id.push(c);
        }
    }
    let id: String = id.chars().take(LONGEST_ID).collect();
    id.trim_end_matches('-').to_owned()
}

#[cfg(test)]
mod tests {
    use super::id_of;

    #[test]
    fn titles_become_ids() {
        for (title, id) in [
            ("GitHub", "GitHub"),
            (" My  Bank (new) ", "My-Bank-(new)"),
            ("--x- -y--", "x-y"),
            ("a\u{202e}b\tc", "ab-c"),
            ("o\u{308}de", "öde"),
            ("\u{a0}", ""),
        ] {
            assert_eq!(id_of(title), id, "{title:?}");
        }
        assert_eq!(id_of(&"x".repeat(500)).len(), 110);
    }
}
