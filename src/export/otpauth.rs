//! Seeds of one-time passwords as `otpauth://` addresses, one a line, for authenticator apps.

use std::io::{self, Write};

use super::format::{ExportData, ExportFormat, ExportOptions, ExportReport, each};
use super::leaves::leaves;
use crate::credential::Credential;
use crate::otp::{OneTimePassword, is_address};
use crate::secret::Buffer;

pub(super) const FORMAT: ExportFormat =
    ExportFormat { name: "otpauth", summary: "seeds of one-time passwords for authenticator apps", write };

/// The fields that an address has a place for.
const KEPT: [&str; 2] = ["username", "issuer"];

fn write(
    selection: &ExportData<'_>,
    options: &ExportOptions<'_>,
    report: &mut ExportReport,
    out: &mut dyn Write,
) -> io::Result<()> {
    each(selection, report, out, |credential, notices| {
        if !options.secrets {
            return Err("has nothing but secrets in this format".to_owned());
        }
        let (lines, paths) = lines(credential)?;
        let others: Vec<String> = leaves(credential, true)?.into_iter().map(|leaf| leaf.path).collect();
        let others: Vec<&str> = others
            .iter()
            .map(String::as_str)
            .filter(|path| !paths.iter().any(|own| own == path) && !KEPT.contains(path))
            .collect();
        if !others.is_empty() {
            notices.push(format!("{}: {} left out", credential.id(), others.join(", ")));
        }
        Ok(lines)
    })
}

/// The beginning of the addresses that all programs know, in any letter case.
const OTPAUTH: &str = "otpauth:";

/// Returns an address for each seed of a credential, and the paths of the seeds.
fn lines(credential: &Credential) -> Result<(Buffer, Vec<String>), String> {
    let mut out = Buffer::with_capacity(256);
    let mut paths = Vec::new();
    for held in credential.seeds() {
        let text = held.plain().unwrap_or_else(|| held.stored());
        let password =
            OneTimePassword::parse(text.expose()).map_err(|error| format!("{} {error}", held.path))?;
        // as it was given; other programs do not know the addresses of Steam
        let begin = text.expose().get(..OTPAUTH.len());
        let is_kept = is_address(text.expose()) && begin.is_some_and(|own| own.eq_ignore_ascii_case(OTPAUTH));
        if is_kept {
            out.push(text.expose().trim());
        } else {
            let (issuer, account) = credential.seed_names();
            out.push(password.named(issuer, account).uri().expose());
        }
        out.push("\n");
        paths.push(held.path);
    }
    if paths.is_empty() { Err("has no seed of one-time passwords".to_owned()) } else { Ok((out, paths)) }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{failures_of, text_of};

    #[test]
    fn each_seed_is_a_line() {
        let address = "otpauth://hotp/ACME:me?secret=GEZDGNBVGY3TQOJQ&counter=4";
        let documents = [
            format!(r#"{{"type":"otp","id":"a","totp":"{address}"}}"#),
            r#"{"type":"otp","id":"b","totp":"GEZDGNBVGY3TQOJQ","issuer":"A b","username":"me"}"#.to_owned(),
            r#"{"type":"login","id":"c","username":"you","password":"p","totp":"steam://GEZDGNBVGY3TQOJQ"}"#
                .to_owned(),
            r#"{"type":"generic","id":"d","keyStore":{"totp":"R0VaREdOQlZHWTNUUU9KUQ=="}}"#.to_owned(),
        ];
        assert_eq!(
            text_of("otpauth", &documents.each_ref().map(String::as_str)),
            format!(
                "{address}\n\
                 otpauth://totp/A%20b:me?secret=GEZDGNBVGY3TQOJQ&issuer=A%20b\n\
                 otpauth://totp/c:you?secret=GEZDGNBVGY3TQOJQ&issuer=c&encoder=steam\n\
                 otpauth://totp/d?secret=GEZDGNBVGY3TQOJQ&issuer=d\n"
            )
        );
        assert_eq!(failures_of("otpauth", &[r#"{"type":"Simple","id":"s","value":"v"}"#]), ["s"]);
    }
}
