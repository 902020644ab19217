//! Access keys from the shared credentials file of the AWS tools.

use super::entries::Entries;
use super::{Format, Import, Options};
use crate::credential::Violations;
use crate::value::{Object, Value};

pub(super) const FORMAT: Format = Format {
    name: "aws-credentials",
    summary: "the shared credentials file of AWS",
    recognises: |text| {
        let first = lines(text).next().map(|(_, line)| line.trim());
        first.is_some_and(|line| line.starts_with('[') && line.ends_with(']'))
            && lines(text).any(|(_, line)| {
                line.split_once('=').is_some_and(|(name, _)| name.trim() == "aws_access_key_id")
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
/// Settings that are kept as tags.
const TAGS: [&str; 2] = ["region", "output"];

fn read(text: &str, _: &Options<'_>) -> Result<Import, Violations> {
    let mut entries = Entries::default();
    let mut profile: Option<Profile> = None;
    for (number, line) in lines(text) {
        let wrong = || Violations::one(format!("line {number}"), "must be [PROFILE] or NAME = VALUE");
        if let Some(name) = line.trim().strip_prefix('[').and_then(|line| line.strip_suffix(']')) {
            if let Some(profile) = profile.take() {
                profile.add(&mut entries);
            }
            let name = name.trim();
            let name = name.strip_prefix("profile ").unwrap_or(name).trim();
            profile = Some(Profile { name: name.to_owned(), ..Profile::default() });
            continue;
        }
        let Some(profile) = &mut profile else { return Err(wrong()) };
        if line.starts_with([' ', '\t']) && profile.nested {
            // belongs to the setting before, which was told
            continue;
        }
        let (name, value) = line.split_once('=').ok_or_else(wrong)?;
        let (name, value) = (name.trim().to_ascii_lowercase(), value.trim());
        profile.nested = value.is_empty();
        if let Some((_, field)) = FIELDS.iter().find(|(own, _)| *own == name) {
            profile.fields.insert(*field, Value::text(value));
        } else if TAGS.contains(&name.as_str()) {
            profile.tags.insert(name, Value::text(value));
        } else {
            profile.dropped.push(name);
        }
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
    dropped: Vec<String>,
    /// Whether the last setting had its value on lines of its own.
    nested: bool,
}

impl Profile {
    fn add(self, entries: &mut Entries) {
        let id = entries.id(&self.name, "aws");
        if self.fields.is_empty() {
            entries.notices.push(format!("the profile {id} has no key and was passed over"));
            return;
        }
        let mut members = self.fields;
        if !self.tags.is_empty() {
            members.insert("tags", self.tags);
        }
        entries.push("Aws", &id, members, self.dropped);
    }
}

/// The lines that say something, with their numbers.
fn lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let lines = text.trim_start_matches('\u{feff}').lines().enumerate();
    lines
        .map(|(index, line)| (index + 1, line))
        .filter(|(_, line)| !line.trim().is_empty() && !line.starts_with(['#', ';']))
}

#[cfg(test)]
mod tests {
    use crate::import::tests::{read, recognised, shown};

    const TEXT: &str = "# keys\n[default]\naws_access_key_id=AKIA\naws_secret_access_key = s=1;#x \n\
        region = eu-west-1\ns3 =\n  max = 10\n\n[profile work]\nAWS_Access_Key_Id = ASIA\n\
        aws_secret_access_key = t\naws_session_token = tok==\nmfa_serial = arn\n[role]\nrole_arn = r\n";

    #[test]
    fn every_profile_with_a_key_is_one() {
        assert_eq!(recognised(TEXT), Some("aws-credentials"));
        let import = read("aws-credentials", TEXT);
        assert_eq!(import.notices, ["the profile role has no key and was passed over"]);
        assert_eq!(
            shown(&import),
            [
                "Aws default {accessKeyId: AKIA, secretAccessKey: s=1;#x, tags: {region: eu-west-1}} dropped s3",
                "Aws work {accessKeyId: ASIA, secretAccessKey: t, sessionToken: tok==} dropped mfa_serial",
            ]
        );
        assert_eq!(recognised("[default]\nregion = eu\n"), None);
    }
}
