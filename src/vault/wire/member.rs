//! A recipient on its line in the roster: a text, or a text with the name of its owner and its origin.

use std::borrow::Cow;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::record::at;
use crate::kind::rule::text::NAME;
use crate::time;
use crate::vault::RecordProblem;

/// A recipient of a vault, with its name and origin.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RosterMember {
    /// The recipient, without the comment of an SSH key.
    pub recipient: String,
    /// The name of the person or machine that has the key.
    pub name: Option<String>,
    /// The instant at which the recipient was added.
    pub added_at: Option<DateTime<Utc>>,
    /// The id of the operator who added it.
    pub added_by: Option<Uuid>,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct MemberRecord<'a> {
    #[serde(borrow)]
    recipient: Cow<'a, str>,
    #[serde(default, borrow, skip_serializing_if = "Option::is_none")]
    name: Option<Cow<'a, str>>,
    #[serde(default, borrow, skip_serializing_if = "Option::is_none")]
    added_at: Option<Cow<'a, str>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    added_by: Option<Uuid>,
}

impl From<String> for RosterMember {
    /// Makes a member of whom nothing else is known.
    fn from(recipient: String) -> Self {
        Self { recipient, name: None, added_at: None, added_by: None }
    }
}

/// Reads a line of the roster. The recipient itself is not judged.
///
/// # Errors
/// The reason why the line is not one.
pub fn member(line: &[u8]) -> Result<RosterMember, RecordProblem> {
    let problem = |error: serde_json::Error| RecordProblem::Json(error.into());
    if !line.starts_with(b"{") {
        return serde_json::from_slice::<String>(line).map(RosterMember::from).map_err(problem);
    }
    let record: MemberRecord<'_> = serde_json::from_slice(line).map_err(problem)?;
    // it is shown, so it must be visible
    let is_name = |name: &str| (NAME.check)(name).is_ok_and(|accepted| accepted.normalised.is_none());
    if record.name.as_deref().is_some_and(|name| !is_name(name)) {
        return Err(RecordProblem::Member);
    }
    Ok(RosterMember {
        recipient: record.recipient.into_owned(),
        name: record.name.map(Cow::into_owned),
        added_at: record.added_at.map(|text| at(&text)).transpose()?,
        added_by: record.added_by,
    })
}

/// Makes the line of a member, without its end. One of whom nothing is known is a text.
///
/// # Errors
/// Never in practice: every part can be written as JSON.
pub fn member_line(member: &RosterMember) -> Result<Vec<u8>, serde_json::Error> {
    let RosterMember { recipient, name, added_at, added_by } = member;
    if name.is_none() && added_at.is_none() && added_by.is_none() {
        return serde_json::to_vec(recipient);
    }
    serde_json::to_vec(&MemberRecord {
        recipient: recipient.into(),
        name: name.as_deref().map(Cow::from),
        added_at: added_at.map(|at| time::format(at).into()),
        added_by: *added_by,
    })
}

#[cfg(test)]
mod tests {
    use super::{RosterMember, member, member_line};

    #[test]
    fn a_member_is_a_text_or_an_object() {
        let bare = member(b"\"age1one\"").unwrap();
        assert_eq!(bare, RosterMember::from("age1one".to_owned()));
        assert_eq!(member_line(&bare).unwrap(), b"\"age1one\"");
        let line = r#"{"recipient":"age1one","name":"Büro","addedAt":"2027-01-01T00:00:00.000000Z","addedBy":"00000000-0000-0000-0000-000000000001"}"#;
        let named = member(line.as_bytes()).unwrap();
        assert_eq!(named.name.as_deref(), Some("Büro"));
        assert_eq!(member_line(&named).unwrap(), line.as_bytes());
        for refused in [
            "1",
            "{}",
            "[]",
            r#"{"recipient":1}"#,
            r#"{"recipient":"age1one","other":1}"#,
            r#"{"recipient":"age1one","recipient":"age1two"}"#,
            r#"{"recipient":"age1one","name":""}"#,
            r#"{"recipient":"age1one","name":"a\u202eb"}"#,
            r#"{"recipient":"age1one","addedAt":"yesterday"}"#,
            r#"{"recipient":"age1one","addedBy":"me"}"#,
        ] {
            assert!(member(refused.as_bytes()).is_err(), "{refused}");
        }
    }
}
