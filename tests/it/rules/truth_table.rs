//! The effect of creating, replacing and merging on each class of field.

use credctl::credential::{Change, ChangeError, Credential, Draft, State};
use credctl::time;
use serde_json::{Value, json};

use crate::support::lab::{Lab, conflict, envelope, fields, wrong};
use crate::support::samples::{self, SEED, with, without};

pub(super) fn lab() -> Lab {
    Lab::with_store()
}

pub(super) fn stored(kind: &str) -> Credential {
    lab().create(&samples::of(kind).document)
}

/// The required fields of a login and nothing else.
pub(super) fn login() -> Value {
    json!({"username": "ips", "password": "new"})
}

#[test]
fn identity() {
    let lab = lab();
    // created: given or made
    assert_eq!(stored("Simple").id(), "Simple");
    let made = lab.create(&without(&samples::of("Simple").document, "id"));
    assert_eq!((made.id().len(), made.head().envelope.project.as_str()), (36, "admin"));
    // replaced and merged: kept, the same is accepted, another is a conflict
    let old = stored("UsernamePassword");
    for (name, same, other) in
        [("id", "UsernamePassword", "b"), ("type", "usernamePASSWORD", "Simple"), ("project", "admin", "p1")]
    {
        let same = with(&login(), name, json!(same));
        let other = with(&login(), name, json!(other));
        assert_eq!(lab.replace(&old, &same).unwrap().credential.id(), old.id());
        assert_eq!(lab.merge(&old, &same).unwrap().credential.id(), old.id());
        // the type of a replacement was decided before its members are read
        if name != "type" {
            assert_eq!(conflict(lab.replace(&old, &other)), name);
        }
        assert_eq!(conflict(lab.merge(&old, &other)), name);
    }
    let connector = stored("connector");
    let again = json!({"connectorType": "filesystem", "description": "d", "properties": {"user": "u"}});
    assert_eq!(conflict(lab.replace(&connector, &again)), "connectorType");
    assert_eq!(conflict(lab.merge(&connector, &again)), "connectorType");
    let kept = lab.replace(&connector, &without(&again, "connectorType")).unwrap().credential;
    assert_eq!(kept.head().envelope.connector_type.as_deref(), Some("rest-api"));
    let account = stored("apiCredential");
    let again = json!({"username": "other", "password": "p", "email": "a@b.org", "fullName": "F"});
    assert_eq!(conflict(lab.replace(&account, &again)), "username");
    assert_eq!(conflict(lab.merge(&account, &json!({"username": "other"}))), "username");
    let kept = lab.replace(&account, &without(&again, "username")).unwrap().credential;
    assert_eq!((kept.id(), &fields(&kept)["username"]), ("partner1", &json!("partner1")));
    let hash = stored("passwordHash");
    assert_eq!(conflict(lab.merge(&hash, &json!({"name": "other"}))), "name");
    let again = json!({"name": "other", "keyStore": samples::of("passwordHash").document["keyStore"]});
    assert_eq!(conflict(lab.replace(&hash, &again)), "name");
}

#[test]
fn metadata() {
    let lab = lab();
    // created: given or default
    let plain = lab.create(&json!({"id": "a", "type": "Simple", "value": "v"}));
    assert_eq!(plain.head().envelope.name, "a");
    assert!(plain.head().envelope.labels.is_empty());
    // replaced and merged: given or kept
    let old = stored("UsernamePassword");
    for change in [lab.replace(&old, &login()), lab.merge(&old, &login())] {
        let new = change.unwrap().credential;
        assert_eq!(new.head().envelope.name, "A name, 名前");
        assert_eq!(new.head().envelope.labels, old.head().envelope.labels);
    }
    for given in
        [json!({"labels": [], "name": "N"}), json!({"labels": [{"name": "x", "value": ""}], "name": "N"})]
    {
        let document = with(&with(&login(), "labels", given["labels"].clone()), "name", json!("N"));
        for change in [lab.replace(&old, &document), lab.merge(&old, &document)] {
            let new = change.unwrap().credential;
            assert_eq!(new.head().envelope.labels.len(), given["labels"].as_array().unwrap().len());
            assert_eq!(new.head().envelope.name, "N");
        }
    }
}

#[test]
fn required() {
    let lab = lab();
    let old = stored("UsernamePassword");
    assert_eq!(wrong(lab.try_create(&json!({"type": "UsernamePassword"}))), ["username", "password"]);
    assert_eq!(wrong(lab.replace(&old, &json!({"domain": "d"}))), ["username", "password"]);
    assert_eq!(wrong(lab.replace(&old, &json!({"username": "u"}))), ["password"]);
    let merged = lab.merge(&old, &json!({"username": "u"})).unwrap().credential;
    assert_eq!(
        fields(&merged),
        json!({"username": "u", "password": "S-password1^", "domain": "test", "totp": SEED})
    );
    for change in [lab.unset(&old, &["password"]), lab.merge(&old, &json!({"password": null}))] {
        assert_eq!(wrong(change), ["password"]);
    }
    assert_eq!(
        wrong(lab.replace(&stored("connector"), &json!({"properties": {"user": "u"}}))),
        ["description"]
    );
    assert_eq!(wrong(lab.unset(&stored("connector"), &["description"])), ["description"]);
    // an entry of a key store is as needed as a field
    let s3 = stored("s3");
    let half = json!({"keyStore": {"accessKey": "YQ=="}});
    assert_eq!(wrong(lab.replace(&s3, &half)), ["keyStore.accessSecret"]);
    assert_eq!(wrong(lab.merge(&s3, &half)), ["keyStore.accessSecret"], "a key store is replaced as a whole");
    assert_eq!(wrong(lab.unset(&s3, &["keyStore.accessKey"])), ["keyStore.accessKey"]);
}

#[test]
fn optional() {
    let lab = lab();
    let old = stored("UsernamePassword");
    let optional = [
        "description",
        "throttlePolicy",
        "validFrom",
        "validUntil",
        "tags",
        "resourceMetadata",
        "auditingSettings",
    ];
    let replaced = lab.replace(&old, &login()).unwrap().credential;
    assert_eq!(fields(&replaced), login());
    let merged = lab.merge(&old, &login()).unwrap().credential;
    assert_eq!(
        fields(&merged),
        json!({"username": "ips", "password": "new", "domain": "test", "totp": SEED})
    );
    for name in optional {
        assert!(envelope(&old).get(name).is_some(), "{name}");
        assert_eq!(envelope(&replaced).get(name), None, "{name} is deleted by a replacement");
        assert_eq!(envelope(&merged).get(name), envelope(&old).get(name), "{name} is kept by a merge");
        for change in [lab.unset(&old, &[name]), lab.merge(&old, &json!({name: null}))] {
            assert_eq!(envelope(&change.unwrap().credential).get(name), None, "{name} can be unset");
        }
    }
    for change in [lab.unset(&old, &["domain"]), lab.merge(&old, &json!({"domain": null}))] {
        assert_eq!(
            fields(&change.unwrap().credential),
            json!({"username": "ips", "password": "S-password1^", "totp": SEED})
        );
    }
    let session =
        lab.replace(&stored("Aws"), &without(&without(&samples::of("Aws").document, "sessionToken"), "id"));
    assert_eq!(fields(&session.unwrap().credential).get("sessionToken"), None);
    // by another name of the field too
    assert_eq!(envelope(&lab.unset(&old, &["expireDate"]).unwrap().credential).get("validUntil"), None);
}

#[test]
fn defaulted() {
    let lab = lab();
    let off = lab.create(&with(&samples::of("UsernamePassword").document, "enabled", json!(false)));
    assert_eq!(off.head().state(lab.act.now), State::Disabled);
    assert!(lab.create(&without(&samples::of("Simple").document, "enabled")).head().envelope.enabled);
    assert!(lab.replace(&off, &login()).unwrap().credential.head().envelope.enabled);
    assert!(!lab.merge(&off, &login()).unwrap().credential.head().envelope.enabled);
    assert!(lab.unset(&off, &["enabled"]).unwrap().credential.head().envelope.enabled);
    for value in [json!(false), json!("false")] {
        let kept = lab.replace(&off, &with(&login(), "enabled", value)).unwrap();
        assert!(!kept.credential.head().envelope.enabled && kept.notices.is_empty());
    }
    let account = stored("apiCredential");
    let again = json!({"password": "p", "email": "a@b.org", "fullName": "F"});
    let replaced = fields(&lab.replace(&account, &again).unwrap().credential);
    assert_eq!((&replaced["roleNameList"], &replaced["ipList"]), (&json!([]), &json!([])));
    let merged = fields(&lab.merge(&account, &again).unwrap().credential);
    assert_eq!(merged["roleNameList"], json!(["b", "a"]));
    assert_eq!(fields(&lab.unset(&account, &["ipList"]).unwrap().credential)["ipList"], json!([]));
}

#[test]
fn computed() {
    let lab = lab();
    let old = stored("passwordHash");
    let hash = |credential: &Credential| fields(credential)["hash"].as_str().unwrap().to_owned();
    // a merge of something else keeps it, a replacement needs the clear text and the flag again
    let merged = lab.merge(&old, &json!({"description": "d"})).unwrap().credential;
    assert_eq!(hash(&merged), hash(&old));
    assert_eq!(
        wrong(lab.replace(&old, &json!({"keyStore": {"change": "dHJ1ZQ=="}}))),
        ["keyStore.cleartext"]
    );
    assert_eq!(
        wrong(lab.replace(&old, &json!({"keyStore": {"cleartext": samples::base64("S-NetApp123")}}))),
        ["keyStore.change"]
    );
    let again =
        lab.replace(&old, &json!({"keyStore": samples::of("passwordHash").document["keyStore"]})).unwrap();
    assert_ne!(hash(&again.credential), hash(&old));
    assert_eq!(wrong(lab.merge(&old, &json!({"hash": hash(&old)})))[0], "hash");
}

#[test]
fn read_only() {
    let lab = lab();
    let old = stored("UsernamePassword");
    for name in [
        "createdAt",
        "createdBy",
        "updatedAt",
        "modifiedBy",
        "etag",
        "revision",
        "instanceId",
        "state",
        "provisioningState",
        "access",
        "references",
        "networks",
        "secrets",
        "keyType",
    ] {
        let document = with(&samples::of("UsernamePassword").document, name, json!("x"));
        assert_eq!(wrong(lab.try_create(&document)), [name]);
        assert_eq!(wrong(lab.replace(&old, &with(&login(), name, json!("x")))), [name]);
        assert_eq!(wrong(lab.merge(&old, &json!({name: "x"}))), [name]);
    }
}

#[test]
fn ignored() {
    let lab = lab();
    let old = stored("X509Certificate");
    let document = json!({"value": "A".repeat(40), "userName": "S-somebody"});
    let create = with(&with(&document, "type", json!("X509Certificate")), "id", json!("x"));
    for changed in [lab.try_create(&create), lab.replace(&old, &document), lab.merge(&old, &document)] {
        let changed = changed.unwrap();
        assert_eq!(fields(&changed.credential), json!({"value": "A".repeat(40)}));
        assert!(
            changed.notices.len() == 1 && changed.notices[0].contains("ignored"),
            "{:?}",
            changed.notices
        );
        assert!(!changed.notices[0].contains("somebody"));
    }
}

#[test]
fn empty() {
    let lab = lab();
    let old = stored("GroupManagedServiceAccount");
    for value in [json!("S-secret"), json!(5), json!({"a": 1})] {
        let document = json!({"username": "svc$", "value": value});
        assert_eq!(wrong(lab.replace(&old, &document)), ["value"]);
        assert_eq!(wrong(lab.merge(&old, &document)), ["value"]);
    }
    for value in [json!(""), Value::Null] {
        let document = json!({"username": "svc$", "value": value});
        assert_eq!(fields(&lab.replace(&old, &document).unwrap().credential), json!({"username": "svc$"}));
        assert_eq!(fields(&lab.merge(&old, &document).unwrap().credential), json!({"username": "svc$"}));
    }
}

#[test]
fn a_merge_of_an_empty_draft_is_refused() {
    let result = lab().make(&Change::Merge(&stored("Simple"), None), Draft::default());
    assert!(matches!(result, Err(ChangeError::Nothing)), "{result:?}");
}

#[test]
fn a_change_raises_the_revision_and_keeps_the_creation() {
    let mut lab = lab();
    let old = stored("UsernamePassword");
    let first = &old.head().stamp;
    assert_eq!(
        (first.revision, first.created_at, first.created_by),
        (1, first.updated_at, first.modified_by)
    );
    lab.act.actor = "11111111-b7fa-473d-a05c-43524badb11b".parse().unwrap();
    for change in [lab.replace(&old, &login()), lab.merge(&old, &login())] {
        let new = change.unwrap().credential;
        let second = &new.head().stamp;
        assert_eq!(second.revision, 2);
        assert_eq!(
            (second.created_at, second.created_by, second.instance_id),
            (first.created_at, first.created_by, first.instance_id)
        );
        assert_ne!(second.etag, first.etag);
        assert_eq!(second.modified_by, lab.act.actor);
        // later also when the clock stands still, or goes back
        assert!(second.updated_at > first.updated_at);
        lab.act.now = time::parse("2020-01-01").unwrap();
        let third = lab.merge(&new, &login()).unwrap().credential;
        assert!(third.head().stamp.updated_at > second.updated_at);
    }
}
