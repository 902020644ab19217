//! Rules for addresses that everybody may see.

use std::borrow::Cow;

use url::{Host, ParseError, Url};

use super::definition::{Accepted, Rule};
use super::text;
use crate::otp::holds_seed;

/// The address of a place where a login is used: one line, with no user, password or seed in it.
pub const ADDRESS: Rule = Rule::new("address", "an address such as https://example.org", &address);

/// The schemes of files, whose addresses need no host.
const FILES: [&str; 2] = ["file", "cert"];

fn address(text: &str) -> Result<Accepted, Cow<'static, str>> {
    if text.trim().is_empty() {
        return Err("must not be empty".into());
    }
    (text::LINE.check)(text)?;
    if has_secret(text) {
        return Err("must not have a user or password in it, because addresses are shown".into());
    }
    if holds_seed(text) {
        return Err("must not have a seed of one-time passwords in it, because addresses are shown".into());
    }
    if text.contains(char::is_whitespace) {
        return Err("must not have a blank in it".into());
    }
    // programs disagree about it
    if text.contains('\\') {
        return Err("must not have a backslash in it".into());
    }
    check_place(text)?;
    Ok(Accepted::verbatim())
}

/// Checks that an address names a place as the helpers read it: a host, with a scheme or without.
fn check_place(text: &str) -> Result<(), Cow<'static, str>> {
    let ends = |c: char| matches!(c, '/' | '?' | '#');
    let (scheme, rest) = match text.split_once("://") {
        // the address inside a path or a query is not this one
        Some((scheme, _)) if scheme.contains(ends) => (None, text),
        Some((scheme, rest)) if is_scheme(scheme) => (Some(scheme), rest),
        Some(_) => return Err("must begin with a scheme such as https://, or with a host".into()),
        None => (None, text.strip_prefix("//").unwrap_or(text)),
    };
    let authority = rest.split(ends).next().unwrap_or_default();
    let is_file = scheme.is_some_and(|scheme| FILES.iter().any(|file| scheme.eq_ignore_ascii_case(file)));
    if authority.is_empty() && is_file && rest.len() > 1 {
        return Ok(());
    }
    if authority.contains(',') {
        return Err("must have one host; give several addresses one by one".into());
    }
    // a scheme that the parser does not know: it keeps ports as they are written
    let host = match Url::parse(&format!("site://{rest}")) {
        Ok(url) => url.host_str().map(str::to_owned).unwrap_or_default(),
        Err(ParseError::InvalidPort) => return Err("must have a number from 0 to 65535 as its port".into()),
        Err(_) => String::new(),
    };
    match Host::parse(&host) {
        Ok(_) if !host.is_empty() => Ok(()),
        _ => Err("must have a host, as in https://example.org".into()),
    }
}

/// Splits a text into the addresses on its lines. A comma parts two only where another one with a scheme begins,
/// because an address may have a comma in it.
pub fn addresses(text: &str) -> impl Iterator<Item = &str> {
    text.lines().flat_map(parts).map(str::trim).filter(|address| !address.is_empty())
}

fn parts(line: &str) -> Vec<&str> {
    let (mut parts, mut start) = (Vec::new(), 0);
    for (at, _) in line.match_indices(',') {
        if begins_with_scheme(line[at + 1..].trim_start()) {
            parts.push(&line[start..at]);
            start = at + 1;
        }
    }
    parts.push(&line[start..]);
    parts
}

/// Returns true if a text begins as an address with a scheme does.
pub(crate) fn begins_with_scheme(text: &str) -> bool {
    text.split_once("://").is_some_and(|(scheme, _)| is_scheme(scheme))
}

fn is_scheme(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_alphabetic()) && has_scheme_characters(text)
}

fn has_scheme_characters(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+.-".contains(&byte))
}

/// Returns true if a secret may stand before the host. In an address of the web that may be a token alone; only
/// of other protocols a user name is known to be none. Programs disagree about slashes, so any number of them
/// counts, in both directions.
fn has_secret(url: &str) -> bool {
    let is_slash = |c: char| matches!(c, '/' | '\\');
    let (scheme, rest) = match url.split_once(':') {
        Some((scheme, rest)) if rest.starts_with(is_slash) && has_scheme_characters(scheme) => (scheme, rest),
        _ => ("", url),
    };
    let rest = rest.trim_start_matches(is_slash);
    let authority = rest.split(|c: char| is_slash(c) || matches!(c, '?' | '#')).next().unwrap_or_default();
    let is_web = ["", "http", "https"].iter().any(|web| scheme.eq_ignore_ascii_case(web));
    authority.rsplit_once('@').is_some_and(|(user, _)| is_web || user.contains(':'))
}

#[cfg(test)]
mod tests {
    use super::super::assertions::judges;
    use super::{ADDRESS, addresses};

    #[test]
    fn addresses_have_no_secret() {
        judges(
            &ADDRESS,
            &[
                "https://example.org",
                "example.org",
                "example.org:8443/x?y=a:b@c",
                "ssh://git@example.org/x",
                "androidapp://org.example.app",
                "https://[::1]:8443/",
                "//example.org/x",
                "http://intranet",
                "https://bücher.example",
                "androidapp://org.example.app",
                "https://a.example/x,y",
                "example.org/?u=https://b.example",
                "file:///home/me/page.html",
                "cert:///key.pem",
                "https://*.example.org",
                "[2001:db8::1]:8443",
                "https://example.org/a:b@c",
                "steam://rungameid/440",
                "https://example.org/otpauth",
            ],
            &[
                "",
                " ",
                "a\nb",
                "https://u:p@example.org",
                "u:p@example.org",
                "https://token@example.org",
                "token@example.org",
                "ssh://u:p@example.org",
                "//u:p@example.org",
                "https:/u:p@example.org",
                "https:\\\\u:p@example.org",
                "https:///u:p@x@example.org/",
                "otpauth://totp/x?secret=GEZDGNBVGY3TQOJQ",
                "OTPAUTH-MIGRATION://offline?data=CjEK",
                "Steam://GEZDGNBVGY3TQOJQ",
                "an address by hand",
                "https://example.org/a b",
                "https://example.org/\u{1b}[2J",
                "https://",
                "https:///path",
                "file:///",
                "://example.org",
                "1http://example.org",
                "/path/only",
                ":8443",
                "https://:8443/",
                "https://example.org:99999",
                "https://example.org:port/",
                "example.org,example.net",
                "https://[::1",
                "https://a<b",
                "about:blank",
                "\\\\server\\share",
            ],
        );
    }

    #[test]
    fn several_addresses_are_parted_at_a_line_or_before_a_scheme() {
        for (text, expected) in [
            ("https://a.example,https://b.example", &["https://a.example", "https://b.example"][..]),
            ("https://a.example/x,y, ssh://b.example", &["https://a.example/x,y", "ssh://b.example"]),
            ("a.example\n\n b.example\r\n", &["a.example", "b.example"]),
            ("a.example,b.example", &["a.example,b.example"]),
            ("", &[]),
        ] {
            assert_eq!(addresses(text).collect::<Vec<_>>(), expected, "{text:?}");
        }
    }
}
