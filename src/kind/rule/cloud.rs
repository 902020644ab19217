//! Rules for things that cloud providers hand out: tenants, access keys, service account keys.
//!
//! This file judges the form only. It must not ask a provider whether a key still works.

use std::borrow::Cow;

use super::definition::{Accepted, Rule};
use super::fact::{Fact, FactReader};
use super::{encoding, private_key};
use crate::value::{Object, Value, json};

/// An Azure tenant, by its UUID or by one of its domains.
pub const TENANT: Rule =
    Rule::new("tenant", "a tenant: a UUID or a domain such as contoso.onmicrosoft.com", &tenant);

/// The public half of an AWS access key.
pub const ACCESS_KEY_ID: Rule = Rule::new(
    "access-key-id",
    "an AWS access key id of 16 to 128 capital letters and digits",
    &access_key_id,
);

/// The secret half of an AWS access key.
pub const AWS_SECRET: Rule = Rule::new("aws-secret", "an AWS secret access key", &aws_secret);

/// A Google Cloud service account key: the JSON file as it was downloaded.
pub const GCP_KEY: Rule = Rule::new("gcp-key", "a Google Cloud service account key in JSON", &|text| {
    gcp_key(text).map(|_| Accepted::verbatim())
});

/// The reader of the facts of a service account key.
pub const SERVICE_ACCOUNT: FactReader = FactReader {
    name: "service-account",
    names: &["clientEmail", "projectId", "privateKeyId"],
    facts: service_account_facts,
    details: None,
    repeats_field: false,
};

/// Returns the facts of a service account key without its private part; none for any other text.
#[must_use]
pub fn service_account_facts(text: &str) -> Vec<Fact> {
    let Ok(key) = gcp_key(text) else { return Vec::new() };
    [("clientEmail", "client_email"), ("projectId", "project_id"), ("privateKeyId", "private_key_id")]
        .into_iter()
        .filter_map(|(name, member)| Some(Fact { name, text: member_text(&key, member)?.to_owned() }))
        .collect()
}

fn tenant(text: &str) -> Result<Accepted, Cow<'static, str>> {
    if encoding::uuid(text).is_some() || is_domain(text) {
        Ok(Accepted::verbatim())
    } else {
        Err("must be a UUID or a domain such as contoso.onmicrosoft.com".into())
    }
}

/// Returns true if a text is a host name of two labels or more. One label alone is no tenant: a UUID
/// that lost a digit would pass for one.
fn is_domain(text: &str) -> bool {
    const MAX_NAME: usize = 253;
    const MAX_LABEL: usize = 63;
    let is_label = |label: &str| {
        (1..=MAX_LABEL).contains(&label.len())
            && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    text.len() <= MAX_NAME
        && text.split('.').all(is_label)
        && text.rsplit_once('.').is_some_and(|(_, last)| !last.bytes().all(|byte| byte.is_ascii_digit()))
}

fn access_key_id(text: &str) -> Result<Accepted, Cow<'static, str>> {
    let is_key_id = (16..=128).contains(&text.len())
        && text.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit());
    if is_key_id {
        Ok(Accepted::verbatim())
    } else {
        Err("must be 16 to 128 capital letters and digits, such as AKIAIOSFODNN7EXAMPLE".into())
    }
}

fn aws_secret(text: &str) -> Result<Accepted, Cow<'static, str>> {
    const USUAL: usize = 40;
    if text.is_empty() || text.contains(char::is_whitespace) {
        return Err("must not be empty or contain blanks or line breaks".into());
    }
    if text.chars().count() != USUAL {
        return Ok(Accepted::verbatim().warn("is not 40 characters long, as AWS secret access keys are"));
    }
    Ok(Accepted::verbatim())
}

fn gcp_key(text: &str) -> Result<Object, Cow<'static, str>> {
    let document = json::parse(text.as_bytes())
        .map_err(|error| format!("must be a service account key in JSON ({error})"))?;
    let Value::Object(key) = document else {
        return Err("must be a service account key: a JSON object".into());
    };
    if member_text(&key, "type") != Some("service_account") {
        return Err("must be a service account key: its type must be service_account".into());
    }
    for member in ["project_id", "private_key_id", "client_email", "private_key"] {
        if member_text(&key, member).is_none_or(str::is_empty) {
            return Err(format!("must be a service account key with a {member} that is not empty").into());
        }
    }
    if !member_text(&key, "client_email").is_some_and(|email| email.contains('@')) {
        return Err("must be a service account key with an e-mail address as its client_email".into());
    }
    member_text(&key, "private_key")
        .map_or(Ok(Accepted::verbatim()), private_key::PEM_PRIVATE_KEY.check)
        .map_err(|reason| format!("must be a service account key; its private_key {reason}"))?;
    Ok(key)
}

fn member_text<'a>(object: &'a Object, name: &str) -> Option<&'a str> {
    Some(object.get(name)?.as_text()?.expose())
}

#[cfg(test)]
mod tests {
    use super::super::assertions::{judges, warns};
    use super::{ACCESS_KEY_ID, AWS_SECRET, GCP_KEY, TENANT, service_account_facts};
    use crate::value::{Object, Value, json};

    const RSA: &str = include_str!("testdata/rsa_pkcs8.pem");

    /// Returns a service account key in which one member has another value or, with `Null`, is missing.
    fn key(member: &str, value: Value) -> String {
        let mut key: Object = [
            ("type", "service_account"),
            ("project_id", "proj"),
            ("private_key_id", "0123456789abcdef"),
            ("private_key", RSA),
            ("client_email", "svc@proj.iam.gserviceaccount.com"),
            ("client_id", "100000000000000000001"),
        ]
        .into_iter()
        .map(|(name, text)| (name, Value::text(text)))
        .collect();
        key.insert(member, value);
        if key.get(member) == Some(&Value::Null) {
            key.remove(member);
        }
        let mut text = Vec::new();
        json::write(&key.into(), &mut text).unwrap();
        String::from_utf8(text).unwrap()
    }

    #[test]
    fn tenants() {
        judges(
            &TENANT,
            &[
                "11111111-1111-4111-8111-111111111111",
                "contoso.onmicrosoft.com",
                "a.b",
                "xn--bcher-kva.example",
            ],
            &[
                "",
                "contoso",
                "11111111-1111-4111-8111-11111111111",
                "a..b",
                ".a.b",
                "a.b.",
                "-a.b",
                "a-.b",
                "a_b.c",
                "a b.c",
                "10.0.0.1",
                "bücher.example",
                "{11111111-1111-4111-8111-111111111111}",
                &format!("{}.b", "a".repeat(64)),
            ],
        );
    }

    #[test]
    fn access_keys() {
        judges(
            &ACCESS_KEY_ID,
            &["AKIAIOSFODNN7EXAMPLE", "ASIAIOSFODNN7EXAMPLE", "A234567890123456", &"A".repeat(128)],
            &[
                "",
                "AKIA",
                "akiaiosfodnn7example",
                "AKIAIOSFODNN7EXAMPL ",
                "AKIAIOSFODNN7EXAMPLÉ",
                &"A".repeat(129),
            ],
        );
        judges(
            &AWS_SECRET,
            &["wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"],
            &["", " ", "secret key", "secret-key\n"],
        );
        warns(&AWS_SECRET, "wJalrXUtnFEMI/K7MDENG");
    }

    #[test]
    fn service_account_keys() {
        judges(
            &GCP_KEY,
            &[&key("universe_domain", Value::text("googleapis.com")), &key("x", true.into())],
            &[
                "",
                "not json: hunter2",
                "[]",
                "{}",
                &key("type", Value::text("authorized_user")),
                &key("project_id", Value::text("")),
                &key("project_id", Value::Null),
                &key("private_key_id", 5.into()),
                &key("private_key_id", Value::Null),
                &key("client_email", Value::text("svc")),
                &key("client_email", Value::Null),
                &key("private_key", Value::Null),
                &key("private_key", Value::text("hunter2")),
                &key("private_key", Value::text(RSA.replace("MII", "MIJ"))),
                &key("x", true.into()).replace("\"client_id\"", "\"type\""),
            ],
        );
    }

    #[test]
    fn a_key_tells_whose_it_is() {
        let facts = service_account_facts(&key("x", true.into()));
        let facts: Vec<_> = facts.iter().map(|fact| (fact.name, fact.text.as_str())).collect();
        assert_eq!(
            facts,
            [
                ("clientEmail", "svc@proj.iam.gserviceaccount.com"),
                ("projectId", "proj"),
                ("privateKeyId", "0123456789abcdef"),
            ]
        );
        assert_eq!(service_account_facts("hunter2"), []);
    }
}
