//! Access keys from the shared credentials file of the AWS tools, read as Python's configparser reads it.

use std::collections::HashSet;

use super::entries::Entries;
use super::format::{ImportFacts, ImportFormat};
use super::item::Import;
use crate::credential::Violations;
use crate::time;
use crate::value::{Object, Value};

pub(super) const FORMAT: ImportFormat = ImportFormat {
    name: "aws-credentials",
    summary: "the shared credentials file of AWS",
    recognises: |text| {
        let first = lines(text).next().map(|(_, line)| line);
        first.is_some_and(|line| profile_name(line).is_some())
            && lines(text).any(|(_, line)| {
                setting(line).is_some_and(|(name, _)| name.eq_ignore_ascii_case("aws_access_key_id"))
            })
    },
    read,
};

/// Names of the settings that make a key, and its fields.
const FIELDS: [(&str, &str); 4] = [
    ("aws_access_key_id", "accessKeyId"),
    ("aws_secret_access_key", "secretAccessKey"),
    ("aws_session_token", "sessionToken"),
    ("aws_security_token", "sessionToken"),
];
/// Names under which tools note when a session ends.
const ENDS: [&str; 6] = [
    "aws_expiration",
    "aws_credential_expiration",
    "aws_session_expiration",
    "aws_session_token_expiration",
    "x_security_token_expires",
    "expiration",
];
/// Settings that are kept as tags.
const TAGS: [&str; 2] = ["region", "output"];

fn read(text: &str, _: &ImportFacts<'_>) -> Result<Import, Violations> {
    let mut entries = Entries::default();
    let mut profile: Option<Profile> = None;
    for (number, line) in lines(text) {
        let wrong = |why: &'static str| Violations::one(format!("line {number}"), why);
        let indent = line.len() - line.trim_start().len();
        if let Some(Profile { last: Some((begin, name)), .. }) = &profile
            && indent > *begin
        {
            // the line goes on with the value of the setting before; values that are kept here have one line
            if FIELDS.iter().any(|(own, _)| own == name) {
                return Err(wrong("continues the key or token of the line before"));
            }
            continue;
        }
        if let Some(name) = profile_name(line) {
            if let Some(profile) = profile.take() {
                profile.add(&mut entries);
            }
            profile = Some(Profile { name, ..Profile::default() });
            continue;
        }
        let (Some(profile), Some((name, value))) = (&mut profile, setting(line)) else {
            return Err(wrong("must be [PROFILE] or NAME = VALUE"));
        };
        let name = name.to_ascii_lowercase();
        // configparser refuses it, too, and nothing says which value is meant
        if !profile.names.insert(name.clone()) {
            return Err(wrong("sets a name again that the profile has already"));
        }
        profile.last = Some((indent, name.clone()));
        profile.set(name, value);
    }
    if let Some(profile) = profile {
        profile.add(&mut entries);
    }
    Ok(entries.finish())
}

#[derive(Default)]
struct Profile {
    name: String,
    fields: Object,
    tags: Object,
    ends: Option<String>,
    dropped: Vec<String>,
    names: HashSet<String>,
    /// The last setting, and how far its line is indented.
    last: Option<(usize, String)>,
}

impl Profile {
    fn set(&mut self, name: String, value: &str) {
        if let Some((_, field)) = FIELDS.iter().find(|(own, _)| *own == name) {
            let value = Value::text(value);
            match self.fields.get(field) {
                // the old name of the session token, with the same value
                Some(known) if *known == value => {}
                Some(_) => self.dropped.push(name),
                None => drop(self.fields.insert(*field, value)),
            }
        } else if TAGS.contains(&name.as_str()) {
            self.tags.insert(name, Value::text(value));
        } else if let (true, Ok(end)) =
            (ENDS.contains(&name.as_str()) && self.ends.is_none(), time::parse(value))
        {
            self.ends = Some(time::format(end));
        } else {
            self.dropped.push(name);
        }
    }

    fn add(self, entries: &mut Entries) {
        let id = entries.id(&self.name, "aws");
        if self.fields.is_empty() {
            entries.notices.push(format!("the profile {id} has no key and was skipped"));
            return;
        }
        let mut members = self.fields;
        if !self.tags.is_empty() {
            members.insert("tags", self.tags);
        }
        if let Some(end) = self.ends {
            members.insert("validUntil", Value::text(end));
        }
        entries.push("Aws", &id, members, self.dropped);
    }
}

/// Returns the name of the profile that a line begins. Text behind the bracket is no part of it.
fn profile_name(line: &str) -> Option<String> {
    let (name, _) = line.trim_start().strip_prefix('[')?.rsplit_once(']')?;
    let name = name.trim();
    let name =
        name.strip_prefix("profile ").or_else(|| name.strip_prefix("profile\t")).unwrap_or(name).trim();
    let unquoted = ['"', '\''].iter().find_map(|quote| name.strip_prefix(*quote)?.strip_suffix(*quote));
    Some(unquoted.unwrap_or(name).to_owned()).filter(|name| !name.is_empty())
}

/// Splits a setting into its name and its value, which the first `=` or `:` separates.
fn setting(line: &str) -> Option<(&str, &str)> {
    let (name, value) = line.split_once(['=', ':'])?;
    Some((name.trim(), value.trim())).filter(|(name, _)| !name.is_empty())
}

/// Returns the lines that are neither empty nor comments, with their numbers.
fn lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let lines = text.trim_start_matches('\u{feff}').lines().enumerate();
    lines
        .map(|(index, line)| (index + 1, line))
        .filter(|(_, line)| !line.trim().is_empty() && !line.trim_start().starts_with(['#', ';']))
}

#[cfg(test)]
mod tests {
    use crate::import::tests::{read, recognised, shown};
    use crate::import::{ImportFacts, ImportFormat};

    const TEXT: &str = "# keys\n[default]\naws_access_key_id=AKIA\naws_secret_access_key = s=1;#x \n\
        region = eu-west-1\ns3 =\n  max = 10\n\n[profile work]\nAWS_Access_Key_Id = ASIA\n\
        aws_secret_access_key = t\naws_session_token = tok==\nmfa_serial = arn\n[role]\nrole_arn = r\n";

    #[test]
    fn every_profile_with_a_key_is_one() {
        assert_eq!(recognised(TEXT), Some("aws-credentials"));
        let import = read("aws-credentials", TEXT);
        assert_eq!(import.notices, ["the profile role has no key and was skipped"]);
        assert_eq!(
            shown(&import),
            [
                "Aws default {accessKeyId: AKIA, secretAccessKey: s=1;#x, tags: {region: eu-west-1}} dropped s3",
                "Aws work {accessKeyId: ASIA, secretAccessKey: t, sessionToken: tok==} dropped mfa_serial",
            ]
        );
        assert_eq!(recognised("[default]\nregion = eu\n"), None);
    }

    #[test]
    fn lines_are_read_as_configparser_reads_them() {
        for (text, shown_as) in [
            (
                "[a]\naws_access_key_id: AKIA\naws_secret_access_key:s:=1",
                "Aws a {accessKeyId: AKIA, secretAccessKey: s:=1}",
            ),
            (
                "[a] # mine\n  # one\n\t; two\naws_access_key_id=AKIA\naws_secret_access_key=s",
                "Aws a {accessKeyId: AKIA, secretAccessKey: s}",
            ),
            (
                "[profile \"foo bar\"]\r\n  aws_access_key_id=AKIA\r\n  aws_secret_access_key=s\r\n",
                "Aws foo-bar {accessKeyId: AKIA, secretAccessKey: s}",
            ),
            (
                "[a]\naws_access_key_id=AKIA\naws_secret_access_key=s\naws_session_token=t\naws_security_token=t\n\
                 aws_expiration=2020-01-01T00:00:00Z\n",
                "Aws a {accessKeyId: AKIA, secretAccessKey: s, sessionToken: t, validUntil: 2020-01-01T00:00:00.000000Z}",
            ),
            (
                "[a]\naws_access_key_id=AKIA\naws_secret_access_key=s\nx_security_token_expires = soon\n",
                "Aws a {accessKeyId: AKIA, secretAccessKey: s} dropped x_security_token_expires",
            ),
        ] {
            assert_eq!(recognised(text), Some("aws-credentials"), "{text}");
            assert_eq!(shown(&read("aws-credentials", text)), [shown_as]);
        }
    }

    #[test]
    fn what_is_none_is_refused_by_its_line_and_without_a_quote() {
        let format = ImportFormat::find("aws-credentials").unwrap();
        for (text, line) in [
            ("aws_access_key_id = AKIA\n[a]\n", "line 1:"),
            ("[a]\n# x\nsecret words\n", "line 3:"),
            ("[a\naws_access_key_id = AKIA\n", "line 1:"),
            ("[a]\naws_secret_access_key = secret\naws_secret_access_key = secret2\n", "line 3:"),
            ("[a]\naws_secret_access_key =\n  secret\n", "line 3:"),
        ] {
            let error = format.read(text, &ImportFacts::default()).unwrap_err().to_string();
            assert!(error.starts_with(line) && !error.contains("secret"), "{text}: {error}");
        }
    }
}
