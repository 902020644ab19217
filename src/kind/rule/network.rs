//! Rules for the things with which a network is run: thumbprints, service accounts, addresses, resource paths.

use std::borrow::Cow;
use std::net::IpAddr;

use ipnet::IpNet;

use super::definition::{Accepted, Rule};
use crate::text::hidden_char;

/// A certificate's thumbprint, stored as capital hexadecimal digits without separators.
pub const THUMBPRINT: Rule =
    Rule::new("thumbprint", "a thumbprint of 40 (SHA-1) or 64 (SHA-256) hexadecimal digits", &thumbprint);

/// The account name of a group managed service account.
pub const GMSA: Rule =
    Rule::new("gmsa", r"a group managed service account: name$, DOMAIN\name$ or name", &gmsa);

/// One address, or a range of them in CIDR notation.
pub const IP_RANGE: Rule =
    Rule::new("ip-range", "an IP address or a range such as 10.0.0.0/8 or 2001:db8::/32", &ip_range);

/// The path of a resource that refers to a credential.
pub const REFERENCE: Rule = Rule::new("reference", "a resource path such as /servers/host1", &reference);

fn thumbprint(text: &str) -> Result<Accepted, Cow<'static, str>> {
    // Windows copies a direction mark in front of the digits
    let digits: String = text
        .chars()
        .filter(|c| !matches!(c, ' ' | ':' | '\u{200E}' | '\u{200F}'))
        .map(|c| c.to_ascii_uppercase())
        .collect();
    if !matches!(digits.len(), 40 | 64) || !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return Err("must have 40 (SHA-1) or 64 (SHA-256) hexadecimal digits".into());
    }
    Ok(if digits == text { Accepted::verbatim() } else { Accepted::normalised(digits) })
}

fn gmsa(text: &str) -> Result<Accepted, Cow<'static, str>> {
    const MAX: usize = 256;
    const MAX_SAM_NAME: usize = 15;
    if text.chars().count() > MAX {
        return Err("must be at most 256 characters long".into());
    }
    let (domain, account) = match text.split_once('\\') {
        Some((domain, account)) => (Some(domain), account),
        None => (None, text),
    };
    // with a domain the account is written as it logs on, and that includes the '$'
    let name = match (account.strip_suffix('$'), domain) {
        (Some(name), _) => Some(name),
        (None, Some(_)) => None,
        (None, None) => Some(account),
    };
    match name {
        Some(name) if is_account(name) && domain.is_none_or(is_account) => {
            if name.chars().count() > MAX_SAM_NAME {
                return Ok(
                    Accepted::verbatim().warn("has a name longer than the 15 characters Windows takes")
                );
            }
            Ok(Accepted::verbatim())
        }
        _ => Err(r"must be an account name: name$, DOMAIN\name$ or name".into()),
    }
}

/// Returns true if a text has no character that Windows refuses in account and domain names.
fn is_account(text: &str) -> bool {
    !text.is_empty()
        && !text.contains(|c: char| c.is_whitespace() || r#""/\[]:;|=,+*?<>@$"#.contains(c))
        && hidden_char(text).is_none()
}

fn ip_range(text: &str) -> Result<Accepted, Cow<'static, str>> {
    let net = match text.split_once('/') {
        None => text.parse::<IpAddr>().ok().map(IpNet::from),
        Some((address, prefix)) => range(address, prefix),
    };
    match net {
        None => Err("must be an IP address or a range such as 10.0.0.0/8 or 2001:db8::/32".into()),
        Some(net) if net.addr() != net.network() => {
            Ok(Accepted::verbatim().warn("has bits set beyond its prefix length; they are ignored"))
        }
        Some(_) => Ok(Accepted::verbatim()),
    }
}

fn range(address: &str, prefix: &str) -> Option<IpNet> {
    let is_plain =
        prefix.bytes().all(|byte| byte.is_ascii_digit()) && (prefix == "0" || !prefix.starts_with('0'));
    let length = prefix.parse().ok().filter(|_| is_plain)?;
    IpNet::new(address.parse::<IpAddr>().ok()?, length).ok()
}

fn reference(text: &str) -> Result<Accepted, Cow<'static, str>> {
    if is_reference(text).unwrap_or(false) {
        Ok(Accepted::verbatim())
    } else {
        Err("must be a resource path such as /servers/host1".into())
    }
}

fn is_reference(text: &str) -> Option<bool> {
    let (kind, path) = text.strip_prefix('/')?.split_once('/')?;
    let is_kind = kind.starts_with(|c: char| c.is_ascii_alphabetic())
        && kind.bytes().all(|byte| byte.is_ascii_alphanumeric());
    let is_path =
        path.split('/').all(|segment| !segment.is_empty() && !segment.contains(char::is_whitespace));
    Some(is_kind && is_path && hidden_char(path).is_none())
}

#[cfg(test)]
mod tests {
    use super::super::assertions::{judges, stores, warns};
    use super::{GMSA, IP_RANGE, REFERENCE, THUMBPRINT};

    #[test]
    fn thumbprints() {
        let sha1 = "DAE2FE6166DFA652EE64AB22261D682FE6C6690F";
        judges(
            &THUMBPRINT,
            &[sha1, &"A".repeat(64)],
            &[
                "",
                "DAE2FE",
                &"G".repeat(40),
                &"A".repeat(41),
                &"A".repeat(63),
                &format!("{sha1}\n"),
                &format!("\u{202a}{sha1}"),
                &"é".repeat(20),
            ],
        );
        stores(&THUMBPRINT, "da e2 fe 61 66 df a6 52 ee 64 ab 22 26 1d 68 2f e6 c6 69 0f", sha1);
        stores(
            &THUMBPRINT,
            "\u{200e}DA:E2:FE:61:66:DF:A6:52:EE:64:AB:22:26:1D:68:2F:E6:C6:69:0F\u{200f}",
            sha1,
        );
        stores(&THUMBPRINT, &"a".repeat(64), &"A".repeat(64));
    }

    #[test]
    fn service_accounts() {
        judges(
            &GMSA,
            &["svc-nc$", "svc", r"CONTOSO\svc$", r"contoso.com\svc_1$", "fifteen-letters$"],
            &[
                "",
                "$",
                r"CONTOSO\",
                r"CONTOSO\$",
                r"CONTOSO\svc",
                r"\svc$",
                r"a\b\c$",
                "svc$$",
                "s$vc",
                "svc nc$",
                "svc@contoso.com",
                "svc\u{200b}$",
                "svc\n",
                &"s".repeat(257),
            ],
        );
        warns(&GMSA, "sixteen-letters-$");
        warns(&GMSA, &"s".repeat(256));
    }

    #[test]
    fn addresses() {
        judges(
            &IP_RANGE,
            &[
                "90.0.182.75",
                "10.0.0.0/8",
                "0.0.0.0/0",
                "10.1.2.3/32",
                "::1",
                "2001:db8::/32",
                "::/0",
                "::1/128",
            ],
            &[
                "",
                "10.0.0",
                "10.0.0.256",
                "010.0.0.1",
                "10.0.0.0/33",
                "10.0.0.0/",
                "10.0.0.0/08",
                "10.0.0.0/+8",
                "10.0.0.0/255.0.0.0",
                "/8",
                "::1/129",
                "fe80::1%eth0",
                "[::1]",
                " 10.0.0.1",
                "10.0.0.1 ",
                "localhost",
                "10.0.0.0/8/8",
                "10.0.0.0/999",
            ],
        );
        warns(&IP_RANGE, "10.1.2.3/8");
        warns(&IP_RANGE, "2001:db8::1/32");
    }

    #[test]
    fn references() {
        judges(
            &REFERENCE,
            &["/servers/host1", "/virtualNetworks/a/subnets/b", "/x9/-", "/servers/hôte"],
            &[
                "",
                "/",
                "/servers",
                "/servers/",
                "servers/h1",
                "servers h1",
                "/servers/h 1",
                "/servers//h1",
                "/servers/h1/",
                "/9x/h1",
                "/load-balancers/m1",
                "//h1",
                "/servers/h\u{200b}1",
                "/servers/h\u{1b}[0m",
            ],
        );
    }
}
