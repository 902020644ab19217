//! Rules for whole documents in a field: JSON, the text of a file, an address.

use std::borrow::Cow;

use url::Url;

use super::definition::{Accepted, Rule};
use crate::otp::holds_seed;
use crate::text::hidden_char;
use crate::value::json;

/// A document in JSON.
pub const JSON: Rule = Rule::new("json", "a document in JSON", &json_text);

/// The text of a small file.
pub const FILE: Rule = Rule::new("file", "a file of at most 16 KiB of text", &file);

/// An address without a password in it, which everybody may see.
pub const URL: Rule = Rule::new("url", "an address such as https://example.org/path", &|text| {
    let url = url(text)?;
    if url.password().is_some() {
        return Err("must not have a password in it, because everybody may see the field".into());
    }
    if holds_seed(text) {
        return Err(
            "must not have a seed of one-time passwords in it, because everybody may see the field".into()
        );
    }
    Ok(Accepted::verbatim())
});

/// An address that is a secret itself, such as that of a webhook. It may have a password in it.
pub const SECRET_URL: Rule =
    Rule::new("secret-url", "an address such as https://example.org/path", &|text| {
        url(text).map(|_| Accepted::verbatim())
    });

/// The largest file, in bytes.
const MAX_FILE: usize = 16 * 1024;

fn json_text(text: &str) -> Result<Accepted, Cow<'static, str>> {
    // the error has the place, and quotes nothing
    json::parse(text.as_bytes()).map_err(|error| format!("must be JSON ({error})"))?;
    Ok(Accepted::verbatim())
}

fn file(text: &str) -> Result<Accepted, Cow<'static, str>> {
    match text.len() {
        0 => Err("must not be empty".into()),
        length if length > MAX_FILE => Err("must have at most 16 KiB; base64 takes a third more".into()),
        _ => Ok(Accepted::verbatim()),
    }
}

fn url(text: &str) -> Result<Url, Cow<'static, str>> {
    let must = || "must be an address such as https://example.org/path".into();
    if text.contains(char::is_whitespace) || hidden_char(text).is_some() {
        return Err(must());
    }
    Url::parse(text).ok().filter(Url::has_host).ok_or_else(must)
}

#[cfg(test)]
mod tests {
    use super::super::assertions::judges;
    use super::{FILE, JSON, SECRET_URL, URL};

    #[test]
    fn documents() {
        judges(&JSON, &["{}", "[1, \"a\"]", "null", "\"x\""], &["", "{", "{\"a\":1,\"a\":2}", "nope"]);
        judges(&FILE, &["x", "a\nb\n", &"x".repeat(16 * 1024)], &["", &"x".repeat(16 * 1024 + 1)]);
    }

    #[test]
    fn addresses() {
        let good =
            ["https://example.org", "postgres://db.example.org:5432/app", "ssh://git@example.org/a.git"];
        let bad = [
            "",
            "example.org",
            "mailto:a@example.org",
            "https://",
            "https://a b.org",
            " https://a.org",
            "a:b",
        ];
        judges(&URL, &good, &bad);
        judges(&SECRET_URL, &good, &bad);
        let secret = ["https://user:hunter2@example.org", "OTPAUTH://totp/x?secret=GEZDGNBVGY3TQOJQ"];
        judges(&URL, &["https://user@example.org"], &secret);
        judges(&SECRET_URL, &secret, &[]);
    }
}
