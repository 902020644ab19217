//! Characters that a reader cannot see, and the one spelling of those that can be spelt in several ways.

use std::borrow::Cow;

use unicode_normalization::{UnicodeNormalization as _, is_nfc};

/// Returns true if a character does not show, or changes how others are shown. These are controls, bidi
/// controls, zero-width and other invisible characters, separators of lines, tags, and noncharacters.
/// Variation selectors are left out: emoji need them.
#[must_use]
pub fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(
            c,
            '\u{AD}'
                | '\u{34F}'
                | '\u{61C}'
                | '\u{115F}'
                | '\u{1160}'
                | '\u{17B4}'
                | '\u{17B5}'
                | '\u{180B}'..='\u{180F}'
                | '\u{200B}'..='\u{200F}'
                | '\u{2028}'..='\u{202E}'
                | '\u{2060}'..='\u{206F}'
                | '\u{3164}'
                | '\u{FDD0}'..='\u{FDEF}'
                | '\u{FEFF}'
                | '\u{FFA0}'
                | '\u{FFF0}'..='\u{FFFB}'
                | '\u{1BCA0}'..='\u{1BCA3}'
                | '\u{1D173}'..='\u{1D17A}'
                | '\u{E0000}'..='\u{E00FF}'
        )
        // the last two code points of every plane are noncharacters
        || u32::from(c) & 0xFFFE == 0xFFFE
}

/// Returns the first character that a reader cannot see or that changes how the rest is seen: controls,
/// direction marks, zero-width and filler characters, tags, separators and noncharacters.
///
/// A line break and a tab are controls too.
#[must_use]
pub fn hidden_char(text: &str) -> Option<char> {
    text.chars().find(|&c| is_hidden(c))
}

/// Returns the text in Unicode form NFC, the one spelling in which ids, names and resource paths are
/// stored and looked up.
#[must_use]
pub fn compose(text: &str) -> Cow<'_, str> {
    if is_nfc(text) { Cow::Borrowed(text) } else { Cow::Owned(text.nfc().collect()) }
}

#[cfg(test)]
mod tests {
    use super::hidden_char;

    #[test]
    fn hidden_characters_are_found() {
        let hidden = "\0\t\n\u{7f}\u{85}\u{ad}\u{61c}\u{180e}\u{200b}\u{200e}\u{202e}\u{2028}\u{2060}\u{2066}\
                      \u{3164}\u{feff}\u{ffff}\u{fdd0}\u{1fffe}\u{e0041}";
        for c in hidden.chars() {
            assert_eq!(hidden_char(&format!("a{c}b")), Some(c), "{c:?}");
        }
        assert_eq!(hidden_char("plain, Ödeme, 名前, \u{a0}, \u{2003}, ❤\u{fe0f}, 🙂"), None);
    }
}
