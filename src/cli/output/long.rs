//! Texts that are too long for people. A hostile vault may have one that is most of it.

use std::borrow::Cow;

/// The most bytes of a text in a table.
const MOST: usize = 64 * 1024;

/// Returns a text for a table: a longer one ends in the number of the bytes that are not shown.
pub fn shortened(text: &str) -> Cow<'_, str> {
    if text.len() <= MOST {
        return Cow::Borrowed(text);
    }
    let end = (0..=MOST).rev().find(|&at| text.is_char_boundary(at)).unwrap_or_default();
    let shown = &text[..end];
    Cow::Owned(format!("{shown}… ({} more bytes; -o json shows all)", text.len() - shown.len()))
}

#[cfg(test)]
mod tests {
    use super::{MOST, shortened};

    #[test]
    fn a_long_text_ends_in_the_number_of_the_other_bytes() {
        let most = "x".repeat(MOST);
        assert_eq!(shortened(&most), most);
        assert_eq!(shortened(&(most.clone() + "yz")), most.clone() + "… (2 more bytes; -o json shows all)");
        let wide = "x".repeat(MOST - 1) + "öl";
        assert_eq!(shortened(&wide), "x".repeat(MOST - 1) + "… (3 more bytes; -o json shows all)");
    }
}
