//! Filters against a naive oracle, and the syntax case by case.

use chrono::{DateTime, TimeDelta, Utc};
use proptest::prelude::*;
use uuid::Uuid;

use super::{Filter, QueryError};
use crate::credential::{Credential, Envelope, Head, Label, Stamp};
use crate::kind;
use crate::time;
use crate::value::{Object, Value, json};

/// Returns the instant so many days after the first of 2027.
pub(super) fn instant(days: i64) -> DateTime<Utc> {
    time::parse("2027-01-01").unwrap() + TimeDelta::days(days)
}

/// Returns the head of a plain credential.
pub(super) fn head(id: &str) -> Head {
    Head {
        id: id.to_owned(),
        kind: kind::find("Simple").unwrap().kind,
        envelope: Envelope {
            connector_type: None,
            name: id.to_owned(),
            project: "admin".to_owned(),
            labels: Vec::new(),
            enabled: true,
            description: None,
            throttle_policy: None,
            valid_from: None,
            valid_until: None,
            tags: Object::new(),
            resource_metadata: None,
            auditing_settings: None,
            access: Vec::new(),
        },
        stamp: Stamp {
            instance_id: Uuid::nil(),
            etag: Uuid::nil(),
            revision: 1,
            created_at: instant(0),
            created_by: Uuid::nil(),
            updated_at: instant(0),
            modified_by: Uuid::nil(),
            created_by_name: None,
            modified_by_name: None,
            rotate_required: false,
        },
    }
}

fn credential(kind: &str, fields: &str) -> Credential {
    let Value::Object(fields) = json::parse(fields.as_bytes()).unwrap() else { panic!("{fields}") };
    Credential {
        head: Head { kind: kind::find(kind).unwrap().kind, ..head("a") },
        fields,
        attachments: Vec::new(),
    }
}

fn error(text: &str) -> QueryError {
    Filter::parse(text).unwrap_err()
}

#[test]
fn metadata_is_compared_by_its_kind() {
    let mut one = head("it's");
    one.envelope.valid_until = Some(instant(9));
    one.envelope.connector_type = Some("filesystem".to_owned());
    one.envelope.labels =
        ["x", "yy"].map(|value| Label { name: "cost centre".into(), value: value.into() }).into();
    one.envelope.tags.insert("a.b", Value::text("c"));
    one.kind = kind::find("connector").unwrap().kind;
    one.stamp.revision = 10;
    for (text, holds) in [
        ("id eq 'it''s'", true),
        ("type eq 'CONNECTOR'", true),
        ("type eq 'aspire:filesystem'", true),
        ("type eq 'aspire:rest-api'", false),
        ("type in ('Simple', 'connector')", true),
        ("type ne 'secret'", true),
        ("type startswith 'conn'", true),
        ("connectorType eq 'filesystem'", true),
        ("keyType eq 'generic'", false),
        ("revision gt 9", true),
        ("revision LT '9'", false),
        ("enabled eq TRUE", true),
        ("valid eq 'false'", false),
        ("validUntil eq '2027-01-10T01:00:00,0+01:00'", true),
        ("validUntil lte '2027-01-09'", false),
        ("validFrom lt '2999-01-01'", false),
        ("validFrom ne '2999-01-01'", true),
        ("not validFrom eq '2999-01-01'", true),
        ("state eq 'Ok'", true),
        ("labels.'cost centre' eq 'x'", true),
        ("labels.'cost centre' ne 'x'", false),
        ("labels.'cost centre' contains 'y'", true),
        ("labels.none ne 'x'", true),
        ("tags.a.b eq 'c'", true),
        ("description contains ''", false),
        ("revision eq 10 OR id eq 'no' AND id eq 'no'", true),
        ("revision eq 10 or id eq 'no', id eq 'no'", false),
        ("(revision eq 1, id eq 'no') or (enabled eq true)", true),
        ("not not enabled eq true", true),
    ] {
        if text.starts_with("ID") {
            assert_eq!(error(text).column, Some(1));
            continue;
        }
        let filter = Filter::parse(text).unwrap();
        assert!(!filter.needs_fields());
        assert_eq!(filter.matches_head(&one, instant(0)), holds, "{text}");
    }
}

#[test]
fn public_fields_are_compared_and_secret_leaves_never() {
    let login = credential("UsernamePassword", r#"{"username":"ips","password":"hunter2"}"#);
    let connector = credential(
        "connector",
        r#"{"properties":{"user":"u","isFormBody":true,"url":{"token":"hunter2"},
            "query":{"method":"GET","password":"hunter2","resultField":5}}}"#,
    );
    let account = credential("apiCredential", r#"{"roleNameList":["ADMIN","USER"],"email":"a@b.example"}"#);
    let simple = credential("Simple", r#"{"value":"hunter2"}"#);
    let thumbprint = credential("X509Certificate", r#"{"value":"AB"}"#);
    for (text, credential, holds) in [
        ("username eq 'ips'", &login, true),
        ("fields.userName startswith 'i'", &login, true),
        ("domain eq 'x'", &login, false),
        ("domain ne 'x'", &login, true),
        ("properties.user eq 'u'", &connector, true),
        ("properties.query.method in ('GET', 'PUT')", &connector, true),
        ("properties.isFormBody eq true", &connector, true),
        ("properties.query.resultField lt 10", &connector, true),
        ("properties.url contains 'hunter2'", &connector, false),
        ("roleNameList eq 'USER'", &account, true),
        ("roleNameList contains 'DMI'", &account, true),
        ("roleNameList ne 'USER'", &account, false),
        ("value eq 'hunter2'", &simple, false),
        ("value contains 'h'", &simple, false),
        ("value ne 'hunter2'", &simple, true),
        ("value gte ''", &simple, false),
        ("value eq 'AB'", &thumbprint, true),
    ] {
        let filter = Filter::parse(text).unwrap();
        assert!(filter.needs_fields());
        assert_eq!(filter.matches(credential, instant(0)), holds, "{text}");
    }
}

#[test]
fn mistakes_are_told_with_their_column() {
    for (text, column, part) in [
        ("", 1, "expected a name"),
        ("type = 'x'", 6, "expected an operator"),
        ("type eq x", 9, "expected a value"),
        ("type eq 'x", 9, "never closed"),
        ("eq 'x'", 1, "eq is not a name"),
        ("colour eq 'x'", 1, "colour is not a name"),
        ("name eq 'ä' or  password eq 'x'", 17, "password is secret and cannot be searched"),
        ("validFrom eq 'yesterday'", 14, "must be a date"),
        ("revision eq 1.5", 13, "whole number"),
        ("enabled eq 'x'", 12, "true or false"),
        ("enabled lt true", 9, "does not apply to enabled"),
        ("createdAt contains '2'", 11, "does not apply to createdAt"),
        ("id eq 'a' id", 11, "expected and, or"),
        ("(id eq 'a'", 11, "or )"),
        ("id in 'a'", 7, "expected ("),
        ("id in ()", 8, "expected a value"),
        ("id in ('a' 'b')", 12, "a comma or )"),
        ("id eq 'a',", 11, "expected a name"),
        ("id eq -inf", 7, "expected a value"),
        ("id eq \"a\"", 7, "expected a value"),
    ] {
        let error = error(text);
        assert_eq!((error.parameter, error.column), ("filter", Some(column)), "{text}: {error}");
        assert!(error.to_string().starts_with(&format!("column {column}: ")) && error.reason.contains(part));
    }
    assert!(error(&format!("{} eq 'x'", "n".repeat(1000))).reason.len() < 110);
    assert!(!error("validFrom eq 'hunter2'").to_string().contains("hunter2"));
}

#[test]
fn limits_are_kept() {
    assert!(Filter::parse(&format!("{}id eq 'a'{}", "(".repeat(63), ")".repeat(63))).is_ok());
    assert!(error(&format!("{}id eq 'a'{}", "(".repeat(64), ")".repeat(64))).reason.contains("64 levels"));
    assert!(error(&"not ".repeat(4000)).reason.contains("64 levels"));
    assert!(error(&"(".repeat(16_000)).reason.contains("64 levels"));
    assert!(Filter::parse(&vec!["id eq ''"; 1000].join(",")).is_ok());
    assert!(error(&vec!["id eq ''"; 1001].join(",")).reason.contains("1,000 terms"));
    assert!(error(&format!("id in ({})", vec!["1"; 1001].join(","))).reason.contains("1,000 terms"));
    assert!(error(&" ".repeat(16 * 1024 + 1)).reason.contains("16 KiB"));
}

/// An expression as the oracle knows it. Values are small numbers, printed as the member wants them.
#[derive(Debug, Clone)]
enum Expr {
    Test(usize, usize, Vec<u8>),
    In(usize, Vec<u8>),
    And(Box<Expr>, Box<Expr>),
    Or(Box<Expr>, Box<Expr>),
    Comma(Box<Expr>, Box<Expr>),
    Not(Box<Expr>),
}

const MEMBERS: [&str; 6] = ["id", "description", "revision", "validUntil", "enabled", "labels.'a b'"];
const OPERATORS: [&str; 6] = ["eq", "NE", "lt", "Gt", "lte", "gte"];

/// The values of a credential's members, as small numbers, in the order of [`MEMBERS`].
type Values = [Option<u8>; 6];

fn text_of(member: usize, value: u8) -> String {
    match MEMBERS[member] {
        "revision" => value.to_string(),
        "validUntil" => format!("'{}'", time::format(instant(value.into()))),
        "enabled" => (value % 2 == 1).to_string(),
        _ => format!("'it''s {value}'"),
    }
}

impl Expr {
    fn print(&self) -> String {
        match self {
            Self::Test(member, operator, values) => {
                format!("{} {} {}", MEMBERS[*member], OPERATORS[*operator], text_of(*member, values[0]))
            }
            Self::In(member, values) => {
                let values: Vec<_> = values.iter().map(|value| text_of(*member, *value)).collect();
                format!("{} in ({})", MEMBERS[*member], values.join(" , "))
            }
            Self::And(one, two) => format!("({}) and\t({})", one.print(), two.print()),
            Self::Or(one, two) => format!("({})OR({})", one.print(), two.print()),
            Self::Comma(one, two) => format!("({},{})", one.print(), two.print()),
            Self::Not(one) => format!("not ({})", one.print()),
        }
    }

    fn holds(&self, values: &Values) -> bool {
        let same = |member: usize, one: u8, two: u8| {
            if MEMBERS[member] == "enabled" { one % 2 == two % 2 } else { one == two }
        };
        match self {
            Self::Test(member, operator, wanted) => match (values[*member], wanted[0], *operator) {
                (None, _, operator) => operator == 1,
                (Some(value), wanted, 0) => same(*member, value, wanted),
                (Some(value), wanted, 1) => !same(*member, value, wanted),
                (Some(value), wanted, 2) => value < wanted,
                (Some(value), wanted, 3) => value > wanted,
                (Some(value), wanted, 4) => value <= wanted,
                (Some(value), wanted, _) => value >= wanted,
            },
            Self::In(member, wanted) => {
                values[*member].is_some_and(|value| wanted.iter().any(|wanted| same(*member, value, *wanted)))
            }
            Self::And(one, two) | Self::Comma(one, two) => one.holds(values) && two.holds(values),
            Self::Or(one, two) => one.holds(values) || two.holds(values),
            Self::Not(one) => !one.holds(values),
        }
    }
}

fn expressions() -> impl Strategy<Value = Expr> {
    let leaf = (0..MEMBERS.len(), 0..OPERATORS.len(), prop::collection::vec(0_u8..5, 1..4), any::<bool>())
        .prop_map(|(member, operator, values, list)| match (list, MEMBERS[member]) {
            (true, _) => Expr::In(member, values),
            (false, "enabled") => Expr::Test(member, operator % 2, values),
            (false, _) => Expr::Test(member, operator, values),
        });
    leaf.prop_recursive(6, 40, 2, |inner| {
        let pair = (inner.clone(), inner.clone()).prop_map(|(one, two)| (Box::new(one), Box::new(two)));
        prop_oneof![
            pair.clone().prop_map(|(one, two)| Expr::And(one, two)),
            pair.clone().prop_map(|(one, two)| Expr::Or(one, two)),
            pair.prop_map(|(one, two)| Expr::Comma(one, two)),
            inner.prop_map(|one| Expr::Not(Box::new(one))),
        ]
    })
}

fn head_of(values: &Values) -> Head {
    let text = |value: u8| format!("it's {value}");
    let mut head = head(&text(values[0].unwrap()));
    head.envelope.description = values[1].map(|value| text(value).into());
    head.stamp.revision = values[2].unwrap().into();
    head.envelope.valid_until = values[3].map(|value| instant(value.into()));
    head.envelope.enabled = values[4].unwrap() % 2 == 1;
    head.envelope.labels =
        values[5].map(|value| Label { name: "a b".into(), value: text(value).into() }).into_iter().collect();
    head
}

fn values() -> impl Strategy<Value = Values> {
    let set = || (0_u8..5).prop_map(Some);
    let maybe = || prop::option::of(0_u8..5);
    (set(), maybe(), set(), maybe(), set(), maybe()).prop_map(|(a, b, c, d, e, f)| [a, b, c, d, e, f])
}

proptest! {
    #[test]
    fn a_filter_says_what_the_oracle_says(
        expr in expressions(),
        values in prop::collection::vec(values(), 8),
    ) {
        let text = expr.print();
        let filter = Filter::parse(&text).unwrap();
        for values in values {
            let said = filter.matches_head(&head_of(&values), instant(0));
            prop_assert_eq!(said, expr.holds(&values), "{}", text);
        }
    }

    #[test]
    fn arbitrary_text_is_read_or_refused(text in any::<String>()) {
        let _ = Filter::parse(&text);
    }

    #[test]
    fn almost_filters_are_read_or_refused(
        words in prop::collection::vec(prop::sample::select(vec![
            "id", "labels.", "'", "'a'", "(", ")", ",", "not", "and", "or", "eq", "in", "1", "é", "\u{2003}",
            "=",
        ]), 0..20),
        blank in prop::sample::select(vec!["", " "]),
    ) {
        let _ = Filter::parse(&words.join(blank));
    }
}
