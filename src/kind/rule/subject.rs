//! The rule for the subject of a certificate: a common name, or a distinguished name that has one.

use std::borrow::Cow;
use std::str::FromStr as _;

use x509_cert::der::asn1::ObjectIdentifier;
use x509_cert::name::{RdnSequence, RelativeDistinguishedName};

use super::text::{length, visible};
use super::{Accepted, Rule};

/// The common name of a certificate's subject, or a whole distinguished name that has one.
pub const CN: Rule =
    Rule { expects: "a common name, or a distinguished name such as CN=host1,O=Contoso", check: common_name };

const MAX_COMMON_NAME: usize = 253;
/// The attribute of e-mail addresses in subjects, which has no short name in RFC 4514.
const EMAIL_ADDRESS: &str = "1.2.840.113549.1.9.1";
const COMMON_NAME: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.4.3");

fn common_name(text: &str) -> Result<Accepted, Cow<'static, str>> {
    length(text, MAX_COMMON_NAME)?;
    visible(text)?;
    if text.contains('=') && !has_common_name(text) {
        return Err("must be a name without '=', or a distinguished name (RFC 4514) with a CN, \
                    such as CN=host1,O=Contoso"
            .into());
    }
    Ok(Accepted::verbatim())
}

fn has_common_name(text: &str) -> bool {
    escapes_are_whole(text)
        && RdnSequence::from_str(&canonical(text)).is_ok_and(|name| {
            name.iter()
                .flat_map(RelativeDistinguishedName::iter)
                .any(|part| part.oid == COMMON_NAME && !part.value.value().is_empty())
        })
}

/// Whether every backslash is followed by what RFC 4514 lets it escape, and every character that
/// needs one has it. The parser of the names takes an escape that is cut off at the end.
fn escapes_are_whole(text: &str) -> bool {
    let mut bytes = text.bytes();
    while let Some(byte) = bytes.next() {
        match byte {
            b'\\' => match bytes.next() {
                Some(b' ' | b'"' | b'#' | b'+' | b',' | b';' | b'<' | b'=' | b'>' | b'\\') => {}
                Some(high) if high.is_ascii_hexdigit() => {
                    if !bytes.next().is_some_and(|low| low.is_ascii_hexdigit()) {
                        return false;
                    }
                }
                _ => return false,
            },
            b'"' | b';' | b'<' | b'>' => return false,
            _ => {}
        }
    }
    true
}

/// A distinguished name without the blanks that tools write around separators, and with the numbers of
/// the attributes that Windows writes as `E` and `S`.
fn canonical(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    let mut rest = name;
    while !rest.is_empty() {
        let mut escaped = false;
        let end = rest.find(|c| {
            let ends = !escaped && matches!(c, ',' | '+');
            escaped = !escaped && c == '\\';
            ends
        });
        let (part, separator) = end.map_or((rest, ""), |at| (&rest[..at], &rest[at..=at]));
        rest = &rest[part.len() + separator.len()..];
        let (attribute, value) = part.split_once('=').unwrap_or((part, ""));
        let attribute = attribute.trim();
        let attribute = if attribute.eq_ignore_ascii_case("E") {
            EMAIL_ADDRESS
        } else if attribute.eq_ignore_ascii_case("S") {
            "ST"
        } else {
            attribute
        };
        // a blank behind a backslash is part of the value
        let value = value.trim_start();
        let bare = value.trim_end();
        let value = if bare.ends_with('\\') { value } else { bare };
        out.push_str(attribute);
        if part.contains('=') {
            out.push('=');
        }
        out.push_str(value);
        out.push_str(separator);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::super::text::tests::judges;
    use super::CN;

    #[test]
    fn subjects() {
        judges(
            &CN,
            &["host1.contoso.com", "*.example.org", "Ödeme 1", &"n".repeat(253)],
            &[&"n".repeat(254)],
        );
        judges(&CN, &[], &["", " a", "a ", "a\nb", "a\u{200e}b"]);
        judges(&CN, &["CN=host1.contoso.com,O=Contoso", "O=Example\\, Inc.,CN=a", "CN=Before\\0dAfter"], &[]);
        judges(&CN, &["cn=host1", "2.5.4.3=host1", "OU=Sales+CN=J. Smith,DC=example,DC=net"], &[]);
        judges(&CN, &[], &["O=Contoso", "CN=", "CN=a,", "=a", "host=1", "nonsense=x,CN=host1.contoso.com"]);
        // as openssl, PowerShell and the Windows certificate store write them
        judges(&CN, &["CN = host1, O = Contoso", "E=a@b.org, CN=host1, S=WA", "O=a\\ , CN=b"], &[]);
        judges(&CN, &[], &["CN=a\\", "CN=a\\4", "CN=a\\x1", "CN=a;O=b", "CN=\"a\""]);
    }
}
