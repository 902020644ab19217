//! The record and the table of the envelope's members: neither has a member that the other lacks.

use std::collections::BTreeSet;

use chrono::DateTime;
use serde::de::IgnoredAny;

use super::{Bounded, Record, RecordText, credential, head, lay_out, write_line};
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
        "attachments":[{"name":"f","size":0,"value":"",
        "sha256":"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"}],
        "createdAt":"2027-01-01T00:00:00Z","createdBy":"00000000-0000-0000-0000-000000000000",
        "createdByName":"One","modifiedByName":"Two","rotateRequired":true,
        "updatedAt":"2027-01-01T00:00:00Z","modifiedBy":"00000000-0000-0000-0000-000000000000",
        "etag":"00000000-0000-0000-0000-000000000000","revision":1,
        "instanceId":"00000000-0000-0000-0000-000000000000","fields":{}}"#;
    credential(text.as_bytes()).unwrap()
}

#[test]
fn the_record_has_the_stored_members_of_the_table() {
    // the reader names the members that it knows
    let error = serde_json::from_str::<Record<'_, RecordText, Bounded, IgnoredAny, IgnoredAny>>(r#"{"?":0}"#)
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
    for member in
        MEMBERS.iter().filter(|member| member.stored && !["access", "attachments"].contains(&member.name()))
    {
        let value = member.value(full.head(), DateTime::UNIX_EPOCH);
        assert!(value.is_some(), "{} is not set", member.name());
        assert_eq!(written.get(member.name()), value.as_ref(), "{}", member.name());
    }
}

/// Returns the line of a credential with these attachments.
fn line_with(attachments: &str) -> Vec<u8> {
    let mut line = Vec::new();
    write_line(&full(), &mut line).unwrap();
    let line = String::from_utf8(line).unwrap();
    let (begin, rest) = line.split_once(r#""attachments":["#).unwrap();
    let (_, end) = rest.split_once("],\"createdAt\"").unwrap();
    format!(r#"{begin}"attachments":{attachments},"createdAt"{end}"#).into_bytes()
}

const EMPTY: &str = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

#[test]
fn attachments_are_written_as_they_are_read() {
    let identity = format!("AGE-SECRET-KEY-1{}", "Q".repeat(58));
    let id = "00000000-0000-0000-0000-000000000001";
    let list = format!(
        r#"[{{"name":"a","size":1,"sha256":"{EMPTY}","value":"YQ=="}},{{"name":"b","size":9,"sha256":"{EMPTY}","blob":"{id}","identity":"{identity}"}}]"#
    );
    let line = line_with(&list);
    let read = credential(&line).unwrap();
    assert_eq!(read.attachment("b").unwrap().blob_id().unwrap().to_string(), id);
    assert_eq!(read.attachment("a").unwrap().inline_content().unwrap().as_slice(), b"a");
    let mut written = Vec::new();
    write_line(&read, &mut written).unwrap();
    assert_eq!(String::from_utf8(written).unwrap(), String::from_utf8(line.clone()).unwrap());
    // a text that was edited by hand is laid out the same way
    let spaced = String::from_utf8(line.clone()).unwrap().replace("\"size\":1,", "\n \"size\" : 1 ,");
    let mut laid_out = Vec::new();
    lay_out(spaced.as_bytes(), &mut laid_out).unwrap();
    assert_eq!(String::from_utf8(laid_out).unwrap(), String::from_utf8(line).unwrap());
    // a list needs none of them
    assert!(head(&line_with("[]")).is_ok());
    let mut laid_out = Vec::new();
    lay_out(&line_with("[]"), &mut laid_out).unwrap();
    assert!(!String::from_utf8(laid_out).unwrap().contains("attachments"));
}

#[test]
fn attachments_that_no_vault_may_hold_are_refused() {
    let one = |members: &str| format!(r#"[{{"name":"a","sha256":"{EMPTY}",{members}}}]"#);
    let refused = [
        "{}".to_owned(),
        "[1]".to_owned(),
        one(r#""size":0"#),
        one(r#""size":0,"value":"","blob":"00000000-0000-0000-0000-000000000001""#),
        one(r#""size":0,"blob":"00000000-0000-0000-0000-000000000001""#),
        one(r#""size":0,"blob":"../../etc/passwd","identity":"x""#),
        one(r#""size":0,"value":"","other":1"#),
        one(r#""size":0,"value":"","name":"b""#),
        one(r#""size":1,"value":"""#),
        one(r#""size":-1,"value":"""#),
        one(r#""size":0,"value":"""#).replace("\"a\"", "\"../a\""),
        one(r#""size":0,"value":"""#).replace("e3b0", "E3B0"),
        format!("[{}]", vec![one(r#""size":0,"value":"""#).trim_matches(['[', ']']); 257].join(",")),
    ];
    for list in refused {
        let line = line_with(&list);
        assert!(credential(&line).is_err(), "{list}");
        assert!(lay_out(&line, &mut Vec::new()).is_err(), "{list}");
    }
    assert!(credential(&line_with(&one(r#""size":0,"value":"""#))).is_ok());
}
