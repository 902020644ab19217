//! Which credentials a filter means: each operator, each sort of member, and what cannot be asked for.

use serde_json::{Value, json};

use super::{filled, refuses, selects};
use crate::rules::seeds::scripted;

#[test]
fn each_operator_does_its_own_on_texts() {
    let scene = filled();
    for (filter, expected) in [
        ("id eq 'aws'", "aws"),
        ("id ne 'aws'", "hash login partner rest store"),
        ("id lt 'login'", "aws hash"),
        ("id lte 'login'", "aws hash login"),
        ("id gt 'partner'", "rest store"),
        ("id gte 'partner'", "partner rest store"),
        ("id in ('aws', 'rest', 'nobody')", "aws rest"),
        ("id contains 'st'", "rest store"),
        ("id startswith 'st'", "store"),
        ("name eq 'Build'", "aws"),
        ("name eq 'build'", ""),
        ("description eq 'builds it''s own'", "aws"),
        ("description ne 'index'", "aws hash login partner store"),
        ("state eq 'Ok'", "aws hash rest"),
        ("state in ('Disabled', 'Expired')", "login store"),
        ("state eq 'NotYetValid'", "partner"),
        ("throttlePolicy eq 'P1'", "rest"),
        ("project eq 'admin'", "aws hash login partner rest store"),
        ("keyType eq 's3'", "store"),
        ("connectorType startswith 'rest'", "rest"),
    ] {
        selects(&scene, filter, expected);
    }
}

#[test]
fn instants_flags_and_numbers_are_compared_as_such() {
    let scene = filled();
    for (filter, expected) in [
        ("validUntil eq '2098-06-01'", "aws"),
        ("validUntil eq '2098-06-01T02:00:00+02:00'", "aws"),
        ("validUntil lt '2002-01-01'", "store"),
        ("validUntil lte '2001-01-01T00:00:00.0000Z'", "store"),
        ("validUntil gt '2001-01-01'", "aws"),
        ("validUntil gte '2001-01-01'", "aws store"),
        ("validUntil in ('2001-01-01', '2002-01-01')", "store"),
        ("validUntil ne '2001-01-01'", "aws hash login partner rest"),
        ("validFromTimestamp gt '2050-01-01'", "partner"),
        ("expireDate lt '2050-01-01'", "store"),
        ("createdAt gt '2020-01-01' and updatedAt lt '9000-01-01'", "aws hash login partner rest store"),
        ("enabled eq false", "login"),
        ("enabled ne true", "login"),
        ("valid eq 'false'", "login"),
        ("enabled in (true)", "aws hash partner rest store"),
        ("revision gt 1", "rest"),
        ("revision eq '1' and id lt 'b'", "aws"),
        ("revision lt 10 and id startswith 'r'", "rest"),
    ] {
        selects(&scene, filter, expected);
    }
    for filter in [
        "enabled lt true",
        "enabled contains 'a'",
        "validUntil contains '2'",
        "validUntil startswith '20'",
        "revision contains 1",
        "enabled eq 'yes'",
        "validUntil eq 'tomorrow'",
        "validUntil eq '2021-02-30'",
        "revision eq -1",
        "revision eq 1.5",
    ] {
        refuses(&scene, &["list", "--filter", filter], "filter");
    }
}

#[test]
fn labels_tags_and_public_fields_can_be_asked_for() {
    let scene = filled();
    for (filter, expected) in [
        ("labels.env eq 'prod'", "aws"),
        ("labels.env eq 'eu'", "aws"),
        ("labels.env in ('eu', 'dev')", "aws login"),
        ("labels.env ne 'prod'", "hash login partner rest store"),
        ("labels.env gt 'dew'", "aws"),
        ("tags.rack gte '4'", "aws rest"),
        ("tags.'cost centre' eq 'a'", "aws"),
        ("username startswith 'svc-'", "login"),
        ("userName eq 'svc-web'", "login"),
        ("fields.domain eq 'corp'", "login"),
        ("email contains '@example.'", "partner"),
        ("roleNameList eq 'writer'", "partner"),
        ("roleNameList ne 'writer'", "aws hash login rest store"),
        ("ipList startswith '10.'", "partner"),
        ("properties.user eq 'svc-rest'", "rest"),
        ("properties.isFormBody eq true", "rest"),
        ("accessKeyId startswith 'AKIA'", "aws"),
    ] {
        selects(&scene, filter, expected);
    }
}

#[test]
fn conditions_are_joined_by_how_they_bind() {
    let scene = filled();
    for (filter, expected) in [
        ("id eq 'aws' or id eq 'hash' and enabled eq false", "aws"),
        ("(id eq 'aws' or id eq 'hash') and enabled eq true", "aws hash"),
        ("id eq 'aws' or id eq 'login', enabled eq false", "login"),
        ("not id lt 'rest'", "rest store"),
        ("NOT (id LT 'rest' OR id EQ 'store')", "rest"),
        ("not not id eq 'aws'", "aws"),
        ("id eq 'aws',id eq 'hash'", ""),
    ] {
        selects(&scene, filter, expected);
    }
}

#[test]
fn types_go_by_all_their_names() {
    let scene = filled();
    for (filter, expected) in [
        ("type eq 'UsernamePassword'", "login"),
        ("type eq 'usernamepassword'", "login"),
        ("type eq 'username-password'", "login"),
        ("type eq 'login'", "login"),
        ("type eq 'nc:usernamePassword'", "login"),
        ("type eq 'citrix:Aws'", "aws"),
        ("type in ('login', 'astra:s3')", "login store"),
        ("type ne 'api-credential'", "aws hash login rest store"),
        ("type eq 'certificate'", "hash"),
        ("type eq 'pem-certificate'", "hash"),
        ("type eq 'thumbprint'", ""),
        ("type eq 'connector'", "rest"),
        ("type eq 'aspire:rest-api'", "rest"),
        ("type eq 'aspire:filesystem'", ""),
        ("connectorType eq 'rest-api'", "rest"),
    ] {
        selects(&scene, filter, expected);
    }
    // what is no type selects nothing
    selects(&scene, "type eq 'rest-api'", "");
}

#[test]
fn secrets_cannot_be_searched_and_the_column_is_told() {
    let scene = filled();
    for (filter, column) in [
        ("password eq 'S-pw'", 1),
        ("enabled eq true and password startswith 'S'", 21),
        ("fields.password ne 'x'", 1),
        ("id eq 'a' or  secretAccessKey gt ''", 15),
        ("properties.password eq 'S-rest'", 1),
        ("keyStore.accessSecret eq 'x'", 1),
        ("keyStore.anything eq 'x'", 1),
        ("clientSecret eq 'x'", 1),
    ] {
        let reason = refuses(&scene, &["list", "--filter", filter], "filter");
        assert!(
            reason.contains("secret") && reason.contains(&format!("column {column}")),
            "{filter}: {reason}"
        );
    }
    for filter in [
        "",
        "id",
        "id eq",
        "id eq 'a",
        "id is 'a'",
        "(id eq 'a'",
        "id eq 'a' and",
        "colour eq 'red'",
        "id in ()",
        "id eq 'a' id eq 'b'",
        "id in 'a'",
    ] {
        refuses(&scene, &["list", "--filter", filter], "filter");
    }
    refuses(&scene, &["list", "--order-by", "password"], "orderBy");
    refuses(&scene, &["list", "--include", "id,password"], "include");
}

#[test]
fn what_is_not_of_the_type_is_not_searched_in_its_secrets() {
    let scene = scripted();
    let documents = json!([
        {"id": "a", "type": "Simple", "value": "S-simple"},
        {"id": "b", "type": "SnmpCommunityString", "value": "S-public"},
        {"id": "c", "type": "X509CertificateSubjectName", "value": "S-host.example.org"},
    ]);
    scene.run_with(["add", "-f", "-", "--format", "native"], documents.to_string()).ok();
    selects(&scene, "value startswith 'S-'", "c");
    selects(&scene, "value ne 'S-simple'", "a b c");
}

#[test]
fn every_condition_that_is_given_must_hold() {
    let scene = filled();
    let words = ["list", "-o", "name", "--type", "login", "--filter", "enabled eq false"];
    assert_eq!(scene.run(words).ok().stdout(), "login\n");
    let none = words.into_iter().chain(["--filter-json", "{\"ids\":[\"aws\"]}"]);
    assert_eq!(scene.run(none).ok().stdout(), "");
    // a list of nothing is a list
    let page = scene.run(["list", "--filter", "id eq 'x'", "--count"]).ok().json();
    assert_eq!((&page["items"], &page["totalItems"]), (&json!([]), &json!(0)));
    let page = scene.run(["list", "--filter", "enabled eq true", "--limit", "2", "--count"]).ok().json();
    assert_eq!((&page["totalItems"], &page["pageSize"]), (&json!(5), &json!(2)));
    let astra = |words: &[&'static str]| {
        let list = scene.run(["list", "--format", "astra"].iter().chain(words)).ok().json();
        list["metadata"]["count"].clone()
    };
    assert_eq!((astra(&["--count", "--limit", "1"]), astra(&[])), (json!(6), Value::Null));
}
