//! Credentials as other programs read them, one file for each format; the formats of the systems are in
//! `system/`. The report tells of each credential what
//! the format cannot express. Nothing is left out without a word.

mod aws_credentials;
mod csv;
mod docker_env;
mod dotenv;
mod fish;
mod format;
mod formats;
mod kubeconfig;
mod kubernetes;
mod leaves;
mod merge;
mod native;
mod netrc;
mod otpauth;
mod pem;
mod powershell;
mod shell;
mod systemd;
mod text;
mod variables;

pub use dotenv::assignment;
pub use format::{Credentials, ExportData, ExportFormat, ExportOptions, ExportReport};
pub use formats::FORMATS;
pub use merge::{MergeError, Merged, mergeable};
pub use variables::{Variable, field_variable, variables, variables_with};

#[cfg(test)]
mod tests {
    use chrono::DateTime;
    use uuid::Uuid;

    use super::{ExportData, ExportFormat, ExportOptions, ExportReport};
    use crate::credential::{Act, Change, Credential, Draft, Rules, change};
    use crate::dialect::ApiVersion;
    use crate::kind::{self, rule::account::PasswordPolicy};
    use crate::value::{Value, json};

    /// Makes a credential from its document.
    pub fn credential(document: &str) -> Credential {
        let Ok(Value::Object(mut members)) = json::parse(document.as_bytes()) else { panic!("{document}") };
        let name = members.remove("type").unwrap();
        let kind = kind::find(name.as_text().unwrap().expose()).unwrap().kind;
        let act = Act {
            now: DateTime::UNIX_EPOCH,
            actor: Uuid::nil(),
            actor_name: None,
            project: "admin".to_owned(),
        };
        let policy = PasswordPolicy::default();
        let draft = Draft::from_members(kind, members);
        change(&Change::Create(kind), draft, &act, &Rules { password: &policy }).unwrap().credential
    }

    fn written(format: &str, documents: &[&str]) -> (String, ExportReport) {
        let credentials: Vec<_> = documents.iter().map(|document| credential(document)).collect();
        let selection = ExportData { credentials: credentials.iter().collect(), ..ExportData::default() };
        let options = ExportOptions {
            now: DateTime::UNIX_EPOCH,
            secrets: true,
            access: false,
            version: ApiVersion::NEWEST,
            without_ids: false,
            email: None,
            full_name: None,
        };
        let (mut text, mut report) = (Vec::new(), ExportReport::default());
        let format = ExportFormat::find(format).unwrap();
        (format.write)(&selection, &options, &mut report, &mut text).unwrap();
        (String::from_utf8(text).unwrap(), report)
    }

    /// Returns the text that a format makes of credentials. It must be able to express all of them.
    pub fn text_of(format: &str, documents: &[&str]) -> String {
        let (text, report) = written(format, documents);
        assert!(report.failed.is_empty(), "{report:?}");
        text
    }

    /// Returns the ids of the credentials that a format cannot express.
    pub fn failures_of(format: &str, documents: &[&str]) -> Vec<String> {
        written(format, documents).1.failed.into_iter().map(|(id, _)| id).collect()
    }

    #[test]
    fn names_are_unique() {
        for format in super::FORMATS.iter() {
            let same = super::FORMATS.iter().filter(|other| other.name == format.name);
            assert_eq!(same.count(), 1, "{}", format.name);
        }
    }
}
