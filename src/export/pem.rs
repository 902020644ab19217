//! Certificates and private keys in PEM, one after another.

use std::io::{self, Write};

use super::format::{ExportData, ExportFormat, ExportOptions, ExportReport, each};
use super::leaves::leaves;
use super::text::{is_certificate, is_private_key};
use crate::credential::Credential;
use crate::secret::Buffer;

pub(super) const FORMAT: ExportFormat =
    ExportFormat { name: "pem", summary: "certificates and private keys in PEM", write };

fn write(
    selection: &ExportData<'_>,
    options: &ExportOptions<'_>,
    report: &mut ExportReport,
    out: &mut dyn Write,
) -> io::Result<()> {
    each(selection, report, out, |credential, notices| {
        let (blocks, others) = blocks(credential, options.secrets)?;
        if !others.is_empty() {
            notices.push(format!("{}: {} left out", credential.id(), others.join(", ")));
        }
        Ok(blocks)
    })
}

/// Returns the PEM of a credential, and the paths of its other values.
fn blocks(credential: &Credential, secrets: bool) -> Result<(Buffer, Vec<String>), String> {
    let mut out = Buffer::with_capacity(4096);
    let (mut others, mut found) = (Vec::new(), false);
    for leaf in leaves(credential, secrets)? {
        match leaf.text() {
            Ok(text) if is_certificate(text) || is_private_key(text) => {
                found = true;
                out.push(text);
                out.push(if text.ends_with('\n') { "" } else { "\n" });
            }
            _ => others.push(leaf.path),
        }
    }
    match (found, secrets) {
        (true, _) => Ok((out, others)),
        (false, true) => Err("has no certificate and no private key in PEM".to_owned()),
        (false, false) => Err("has no certificate in PEM, and a private key is a secret".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{failures_of, text_of};
    use crate::base64;

    #[test]
    fn blocks_follow_one_another() {
        let base64 = |text: &str| base64::encode(text.as_bytes()).expose().to_owned();
        let certificate = include_str!("../kind/rule/testdata/pair_ec.crt.pem");
        let key = include_str!("../kind/rule/testdata/pair_ec.key.pem");
        let first = format!(
            r#"{{"type":"certificate","id":"c","keyStore":{{"certificate":"{}","note":"YQ=="}}}}"#,
            base64(certificate.trim_end())
        );
        let second = format!(r#"{{"type":"privkey","id":"k","keyStore":{{"privkey":"{}"}}}}"#, base64(key));
        assert_eq!(text_of("pem", &[&first, &second]), format!("{}\n{key}", certificate.trim_end()));
        let login = r#"{"type":"login","id":"l","username":"u","password":"p"}"#;
        assert_eq!(failures_of("pem", &[login]), ["l"]);
    }
}
