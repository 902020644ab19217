//! The rule for the subject of a certificate: a common name, or a distinguished name that has one.

use std::borrow::Cow;

use super::definition::{Accepted, Rule};
use super::name;
use super::text::{length, visible};

/// The common name of a certificate's subject, or a whole distinguished name that has one.
pub const CN: Rule =
    Rule::new("cn", "a common name, or a distinguished name such as CN=host1,O=Contoso", &common_name);

const MAX_COMMON_NAME: usize = 253;

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
    name::parse(text).is_some_and(|attributes| {
        attributes.iter().any(|(attribute, value)| attribute == name::COMMON_NAME && !value.is_empty())
    })
}

#[cfg(test)]
mod tests {
    use super::super::assertions::judges;
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
        judges(&CN, &[], &["CN=a\\", "CN=a\\4", "CN=a\\x1", "CN=a;O=b", "CN=\"a\"b"]);
        judges(
            &CN,
            &[
                r#"CN=host1.contoso.com, O="Contoso, Inc.", C=US"#,
                r#"C = US, O = "Contoso \"West\", Inc.", CN = host1"#,
                "CN=www.x.example, SERIALNUMBER=HRB 123, OID.2.5.4.15=Private Organization",
                "CN=a, OID.1.3.6.1.4.1.311.60.2.1.3=DE, 2.999.1=b, T=c, G=d, I=e, jurisdictionC=DE",
            ],
            &["CN=\"\"", "O=\"CN=a\"", "CN=\"a"],
        );
    }
}
