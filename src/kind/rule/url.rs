//! Rules for addresses that everybody may see.

use std::borrow::Cow;

use super::definition::{Accepted, Rule};
use super::text;
use crate::otp::holds_seed;

/// The address of a place where a login is used: one line, with no user, password or seed in it.
pub const ADDRESS: Rule = Rule::new("address", "an address such as https://example.org", &address);

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
    Ok(Accepted::verbatim())
}

/// Returns true if a secret may stand before the host. In an address of the web that may be a token alone; only
/// of other protocols a user name is known to be none. Programs disagree about slashes, so any number of them
/// counts, in both directions.
fn has_secret(url: &str) -> bool {
    let is_slash = |c: char| matches!(c, '/' | '\\');
    let is_scheme =
        |text: &str| text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+.-".contains(&byte));
    let (scheme, rest) = match url.split_once(':') {
        Some((scheme, rest)) if rest.starts_with(is_slash) && is_scheme(scheme) => (scheme, rest),
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
    use super::ADDRESS;

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
                "an address by hand",
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
            ],
        );
    }
}
