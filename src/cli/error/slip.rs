//! Words of the command line that may be secrets in the place of something else.

use std::borrow::Cow;

use super::secret_word::{MASK, is_plain};

/// A word of the command line, or a part of it, that may be a secret.
#[derive(Debug, PartialEq)]
pub enum Slip {
    /// `NAME=VALUE`: the value may be a secret, whether NAME is known or not.
    Assignment { name: String, value: String },
    /// Several words in one argument: a passphrase, or else a text that no message repeats.
    Phrase(String),
}

/// Returns the part of a word that may be a secret.
pub fn slip(word: &str) -> Option<Slip> {
    let word = match word.strip_prefix("--") {
        Some(option) => option.split_once('=')?.1,
        None => word,
    };
    if word.contains(['\'', '"']) {
        // a filter, which is no secret and worth repeating
        return None;
    }
    if word.split_whitespace().count() > 2 {
        return Some(Slip::Phrase(word.to_owned()));
    }
    let (name, value) = word.split_once('=')?;
    // padding, as ids in base64 have it, a source of a value, or a reference
    let harmless = value.trim_matches('=').is_empty()
        || value == "-"
        || value == "generate"
        || value.starts_with('@')
        || value.starts_with("env:")
        || value.split_once('/').is_some_and(|(id, field)| is_plain(id) && is_plain(field));
    (!harmless).then(|| Slip::Assignment { name: name.to_owned(), value: value.to_owned() })
}

/// Masks such a word wherever a text repeats it.
pub fn without_slip<'a>(text: Cow<'a, str>, slip: &Slip) -> Cow<'a, str> {
    match slip {
        Slip::Phrase(phrase) if text.contains(phrase.as_str()) => text.replace(phrase, MASK).into(),
        Slip::Phrase(_) => text,
        Slip::Assignment { name, value } => {
            let whole = format!("{name}={value}");
            let text: Cow<'a, str> = if text.contains(&whole) {
                text.replace(&whole, &format!("{name}={MASK}")).into()
            } else {
                text
            };
            // a short value alone is a common word, or a part of one
            if value.len() >= 6 && text.contains(value.as_str()) { alone(&text, value).into() } else { text }
        }
    }
}

/// Masks a value wherever it is not part of a longer word.
fn alone(text: &str, value: &str) -> String {
    let inside = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let (mut out, mut rest) = (String::with_capacity(text.len()), text);
    while let Some(at) = rest.find(value) {
        let end = at + value.len();
        let is_part = inside(rest[..at].chars().next_back()) || inside(rest[end..].chars().next());
        out.push_str(&rest[..at]);
        out.push_str(if is_part { value } else { MASK });
        rest = &rest[end..];
    }
    out + rest
}

#[cfg(test)]
mod tests {
    use super::{Slip, slip, without_slip};

    #[test]
    fn what_stands_behind_an_equals_sign_is_not_repeated() {
        let told = |word: &str, text: &str| match slip(word) {
            Some(slip) => without_slip(text.into(), &slip).into_owned(),
            None => text.to_owned(),
        };
        assert_eq!(told("pasword=hunter2", "no credential pasword=hunter2"), "no credential pasword=…");
        assert_eq!(told("--env=T=hunter2", "hunter2 is no reference"), "… is no reference");
        assert_eq!(told("T=secret", "the secrets of secret"), "the secrets of …");
        assert_eq!(told("correct horse battery", "no file correct horse battery"), "no file …");
        for (word, text) in [
            ("AAABcID5GBc=", "no credential AAABcID5GBc="),
            ("--vault=/a/vault.age", "/a/vault.age does not exist"),
            ("X=db/password", "db/password is not set"),
            ("password=-", "password=- reads stdin"),
            ("id eq 'a=b c d'", "id eq 'a=b c d': column 3"),
        ] {
            assert_eq!(told(word, text), text);
        }
        assert!(matches!(slip("a=b"), Some(Slip::Assignment { .. })));
    }
}
