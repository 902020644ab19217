//! The names of the variables that credentials make.

use super::super::tests::credential;
use super::{Variable, variables, variables_with};

const AWS: &str = r#"{"type":"Aws","id":"ID","accessKeyId":"AKIAIOSFODNN7EXAMPLE",
    "secretAccessKey":"wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY","sessionToken":"t"}"#;

fn login(id: &str) -> String {
    format!(r#"{{"type":"login","id":"{id}","username":"u","password":"p"}}"#)
}

/// Returns the names of the variables that these documents make, and the ids that fail.
fn names(documents: &[&str], secrets: bool) -> (Vec<String>, Vec<String>) {
    let credentials: Vec<_> = documents.iter().map(|document| credential(document)).collect();
    let (variables, failed) = variables(&credentials.iter().collect::<Vec<_>>(), secrets);
    let names = variables.into_iter().map(|variable: Variable| variable.name).collect();
    (names, failed.into_iter().map(|(id, _)| id).collect())
}

#[test]
fn one_of_a_type_has_the_names_that_programs_look_for() {
    let one = AWS.replace("ID\"", "k\"");
    assert_eq!(names(&[&one], true).0, ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"]);
    assert_eq!(names(&[&one], false).0, ["AWS_ACCESS_KEY_ID"]);
    let two = AWS.replace("ID\"", "2nd\"");
    assert_eq!(names(&[&one, &two], false).0, ["K_ACCESSKEYID", "_2ND_ACCESSKEYID"]);
    let azure = r#"{"type":"Azure","id":"z","tenantId":"a.example","clientSecret":"s",
        "clientId":"6b1551db-b7fa-473d-a05c-43524badb11b"}"#;
    assert_eq!(names(&[azure], true).0, ["AZURE_TENANT_ID", "AZURE_CLIENT_ID", "AZURE_CLIENT_SECRET"]);
}

#[test]
fn others_are_named_by_id_and_field() {
    let key = r#"{"type":"apikey","id":"mail","keyStore":{"apikey":"YQ==","é.b":"YQ=="}}"#;
    let connector = r#"{"type":"connector","id":"c/1","connectorType":"x","description":"d",
        "properties":{"query":{"method":"POST"}}}"#;
    assert_eq!(
        names(&[&login("db"), key, connector], true),
        (
            ["DB_USERNAME", "DB_PASSWORD", "MAIL_APIKEY", "MAIL___B", "C_1_QUERY_METHOD"]
                .map(str::to_owned)
                .into(),
            vec![]
        )
    );
}

#[test]
fn a_prefix_takes_the_place_of_the_id_and_of_the_usual_name() {
    let documents = [login("a-b"), login("a.b"), AWS.replace("ID\"", "k\"")];
    let credentials: Vec<_> = documents.iter().map(|document| credential(document)).collect();
    let prefix = |id: &str| match id {
        "a.b" => Some("replica-"),
        "k" => Some(""),
        _ => None,
    };
    let (made, failed) = variables_with(&credentials.iter().collect::<Vec<_>>(), false, prefix);
    let names: Vec<_> = made.into_iter().map(|variable| variable.name).collect();
    assert_eq!(
        (names, failed),
        (["A_B_USERNAME", "REPLICA_USERNAME", "ACCESSKEYID"].map(str::to_owned).into(), vec![])
    );
}

#[test]
fn what_cannot_be_a_variable_fails_with_all_of_its_credential() {
    let binary = r#"{"type":"generic","id":"b","keyStore":{"x":"YQ==","a":"/w=="}}"#;
    let nul = r#"{"type":"generic","id":"n","keyStore":{"a":"YQBi"}}"#;
    let twice = r#"{"type":"generic","id":"t","keyStore":{"a-b":"YQ==","a.b":"YQ=="}}"#;
    assert_eq!(names(&[binary, nul, twice], true), (vec![], ["b", "n", "t"].map(str::to_owned).into()));
    let (kept, failed) = names(&[&login("a-b"), &login("a.b"), &login("c")], true);
    assert_eq!(kept, ["A_B_USERNAME", "A_B_PASSWORD", "C_USERNAME", "C_PASSWORD"]);
    assert_eq!(failed, ["a.b"]);
    let both: Vec<_> = ["a-b", "a.b"].iter().map(|id| credential(&login(id))).collect();
    let why = variables(&both.iter().collect::<Vec<_>>(), true).1;
    assert_eq!(why[0].1, "username would be A_B_USERNAME, which is a variable of a-b already");
}
