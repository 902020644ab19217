//! The shared credentials file of the AWS tools, with a profile for each access key.

use std::io::{self, Write};

use super::format::{ExportData, ExportFormat, ExportOptions, ExportReport, each};
use crate::credential::Credential;
use crate::secret::Buffer;
use crate::value::Value;

pub(super) const FORMAT: ExportFormat =
    ExportFormat { name: "aws-credentials", summary: "the shared credentials file of AWS", write };

const NAMES: [(&str, &str); 3] = [
    ("accessKeyId", "aws_access_key_id"),
    ("secretAccessKey", "aws_secret_access_key"),
    ("sessionToken", "aws_session_token"),
];

fn write(
    selection: &ExportData<'_>,
    options: &ExportOptions<'_>,
    report: &mut ExportReport,
    out: &mut dyn Write,
) -> io::Result<()> {
    each(selection, report, out, |credential, _| section(credential, options.secrets))
}

fn section(credential: &Credential, secrets: bool) -> Result<Buffer, String> {
    let kind = credential.kind().name;
    if kind != "Aws" {
        return Err(format!("{kind} is not an access key of AWS"));
    }
    // readers differ about these characters, and Python takes `DEFAULT` for the defaults of all sections
    if credential.id().contains(['[', ']', '#', ';']) || credential.id() == "DEFAULT" {
        return Err("has an id that cannot be the name of a profile".to_owned());
    }
    let mut out = Buffer::with_capacity(256);
    out.push(&format!("[{}]\n", credential.id()));
    let fields = credential.stored_fields(secrets);
    for (field, name) in NAMES {
        let Some(value) = fields.get(field).and_then(Value::as_text) else { continue };
        let value = value.expose();
        if value.contains(|c: char| c.is_control()) || value.trim() != value {
            return Err(format!("{field} has blanks around it, or line breaks"));
        }
        out.push(&format!("{name} = "));
        out.push(value);
        out.push("\n");
    }
    out.push("\n");
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::super::tests::{failures_of, text_of};

    fn key(id: &str, token: &str) -> String {
        format!(
            r#"{{"type":"Aws","id":"{id}","accessKeyId":"AKIAIOSFODNN7EXAMPLE",
                "secretAccessKey":"wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"{token}}}"#
        )
    }

    #[test]
    fn each_key_is_a_profile() {
        let (first, second) = (key("default", ""), key("b", r#","sessionToken":"t;#%=""#));
        assert_eq!(
            text_of("aws-credentials", &[&first, &second]),
            "[default]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\n\
             aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY\n\n\
             [b]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\n\
             aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY\naws_session_token = t;#%=\n\n"
        );
    }

    #[test]
    fn what_is_no_profile_fails() {
        let login = r#"{"type":"login","id":"l","username":"u","password":"p"}"#;
        let odd = key("a]b", "");
        let broken = key("c", r#","sessionToken":"a\nb""#);
        assert_eq!(failures_of("aws-credentials", &[login, &odd, &broken]), ["l", "a]b", "c"]);
    }
}
