//! The record and the table of the envelope's members: neither has a member that the other lacks.

use std::collections::BTreeSet;

use chrono::DateTime;
use serde::de::IgnoredAny;

use super::{Bounded, Record, RecordText, credential, write_line};
use crate::credential::{Credential, EnvelopeMember, MEMBERS};
use crate::value::{Value, json};

/// Returns a credential with a value for every member that a document may give.
fn full() -> Credential {
    let text = r#"{"id":"a","type":"connector","connectorType":"c","name":"n","project":"p","enabled":false,
        "description":"d","throttlePolicy":"t","validFrom":"2027-01-01T00:00:00Z",
        "validUntil":"2028-01-01T00:00:00Z","labels":[{"name":"l","value":"v"}],"tags":{"t":"v"},
        "resourceMetadata":{"m":"v"},"auditingSettings":{"outputDirectory":"o"},
        "access":[{"name":"g","type":"API_PROXY","project":"p","grantedAt":"2027-01-01T00:00:00Z",
        "grantedBy":"00000000-0000-0000-0000-000000000000"}],
        "createdAt":"2027-01-01T00:00:00Z","createdBy":"00000000-0000-0000-0000-000000000000",
        "updatedAt":"2027-01-01T00:00:00Z","modifiedBy":"00000000-0000-0000-0000-000000000000",
        "etag":"00000000-0000-0000-0000-000000000000","revision":1,
        "instanceId":"00000000-0000-0000-0000-000000000000","fields":{}}"#;
    credential(text.as_bytes()).unwrap()
}

#[test]
fn the_record_has_the_stored_members_of_the_table() {
    // the reader names the members that it knows
    let error = serde_json::from_str::<Record<'_, RecordText, Bounded, IgnoredAny>>(r#"{"?":0}"#)
        .err()
        .unwrap()
        .to_string();
    let known: BTreeSet<_> = error.split('`').skip(3).step_by(2).collect();
    let stored = MEMBERS.iter().filter(|member| member.stored).map(EnvelopeMember::name);
    assert_eq!(known, stored.chain(["fields"]).collect());
}

#[test]
fn every_member_is_written_as_the_table_gets_it() {
    let full = full();
    let mut line = Vec::new();
    write_line(&full, &mut line).unwrap();
    let Value::Object(written) = json::parse(&line).unwrap() else { panic!("no object") };
    for member in MEMBERS.iter().filter(|member| member.stored && member.name() != "access") {
        let value = member.value(full.head(), DateTime::UNIX_EPOCH);
        assert!(value.is_some(), "{} is not set", member.name());
        assert_eq!(written.get(member.name()), value.as_ref(), "{}", member.name());
    }
}
