//! What creating, replacing and merging do with each class of field, and the traps among them.

use credctl::credential::{Change, ChangeError, Credential, Draft, State};
use credctl::time;
use serde_json::{Value, json};

use crate::support::lab::{Lab, conflict, envelope, fields, kind_named, wrong};
use crate::support::samples::{self, with, without};

fn lab() -> Lab {
    Lab::with_store()
}

fn stored(kind: &str) -> Credential {
    lab().create(&samples::of(kind).document)
}

/// The required fields of a login and nothing else.
fn login() -> Value {
    json!({"username": "ips", "password": "new"})
}

// ---- class by verb ------------------------------------------------------------------------------

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
    assert_eq!(fields(&merged), json!({"username": "u", "password": "S-password1^", "domain": "test"}));
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
    assert_eq!(fields(&merged), json!({"username": "ips", "password": "new", "domain": "test"}));
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
            json!({"username": "ips", "password": "S-password1^"})
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

// ---- the key type of a key store ----------------------------------------------------------------

fn keystore() -> Credential {
    lab().create(&json!({"id": "ks", "type": "keystore", "keyStore": {"apikey": "YQ=="}, "labels": [{"name": "a", "value": "b"}]}))
}

fn store(entry: &str) -> Value {
    json!({"keyStore": {entry: "YWI="}})
}

#[test]
fn absent_and_absent_stays_absent() {
    let new = lab().replace(&keystore(), &store("any")).unwrap().credential;
    assert_eq!(new.kind().name, "keystore");
    let new = lab().replace_as(&keystore(), kind_named("keystore"), &store("any")).unwrap().credential;
    assert_eq!(new.kind().name, "keystore");
}

#[test]
fn absent_and_given_is_added_and_validated() {
    let old = keystore();
    for kind in ["apikey", "generic"] {
        let new = lab().replace_as(&old, kind_named(kind), &store("apikey")).unwrap().credential;
        assert_eq!((new.kind().name, fields(&new)), (kind, store("apikey")));
        assert_eq!((new.id(), &new.head().envelope.labels), ("ks", &old.head().envelope.labels));
        assert_eq!(new.head().stamp.revision, 2);
    }
    let before = old.clone();
    assert_eq!(
        wrong(lab().replace_as(&old, kind_named("s3"), &store("apikey"))),
        ["keyStore.accessKey", "keyStore.accessSecret"]
    );
    assert_eq!(
        wrong(lab().replace_as(&old, kind_named("kubeconfig"), &store("apikey"))),
        ["keyStore.base64", "keyStore.apikey"]
    );
    assert_eq!(old, before, "a promotion that fails leaves everything");
    // to a type that is no key store
    assert_eq!(conflict(lab().replace_as(&old, kind_named("Simple"), &json!({"value": "x"}))), "type");
}

#[test]
fn given_and_absent_is_preserved_while_everything_else_is_replaced() {
    let old = lab().create(&samples::of("apikey").document);
    let new = lab().replace(&old, &store("apikey")).unwrap().credential;
    assert_eq!((new.kind().name, fields(&new)), ("apikey", store("apikey")));
    assert_eq!((new.head().envelope.description.as_ref(), new.head().envelope.tags.len()), (None, 0));
}

#[test]
fn given_and_the_same_is_preserved() {
    let old = lab().create(&samples::of("apikey").document);
    let new = lab().replace_as(&old, kind_named("astra:ApiKey"), &store("apikey")).unwrap().credential;
    assert_eq!(new.kind().name, "apikey");
}

#[test]
fn given_and_another_fails() {
    for (from, to) in [
        ("apikey", "s3"),
        ("apikey", "keystore"),
        ("generic", "apikey"),
        ("generic", "keystore"),
        ("s3", "generic"),
    ] {
        let old = lab().create(&samples::of(from).document);
        let document = json!({"keyStore": {"apikey": "YQ==", "accessKey": "YQ==", "accessSecret": "YQ=="}});
        assert_eq!(conflict(lab().replace_as(&old, kind_named(to), &document)), "type", "{from} to {to}");
    }
    assert_eq!(conflict(lab().replace_as(&stored("Simple"), kind_named("generic"), &store("a"))), "type");
}

#[test]
fn a_merge_does_not_promote_by_a_member() {
    assert_eq!(conflict(lab().merge(&keystore(), &json!({"type": "apikey"}))), "type");
}

// ---- traps --------------------------------------------------------------------------------------

#[test]
fn a_replacement_that_enables_says_so() {
    let lab = lab();
    let off = lab.create(&with(&samples::of("UsernamePassword").document, "enabled", json!(false)));
    let notices = lab.replace(&off, &login()).unwrap().notices;
    assert!(notices.len() == 1 && notices[0].contains("enabled again"), "{notices:?}");
    let on = stored("UsernamePassword");
    assert!(lab.replace(&on, &login()).unwrap().notices.is_empty());
    assert!(lab.merge(&off, &json!({"enabled": true})).unwrap().notices.is_empty());
    let on_purpose = lab.replace(&off, &with(&login(), "enabled", json!(true))).unwrap();
    assert!(on_purpose.notices.is_empty(), "it was given: {:?}", on_purpose.notices);
}

#[test]
fn valid_until_is_exclusive_and_valid_from_inclusive() {
    let lab = lab();
    let credential = lab.create(&json!({"id": "a", "type": "Simple", "value": "v",
        "validFrom": "2027-01-01T12:00:00Z", "validUntil": "2027-01-31"}));
    for (at, state) in [
        ("2027-01-01T11:59:59.999999Z", State::NotYetValid),
        ("2027-01-01T12:00:00Z", State::Ok),
        ("2027-01-30T23:59:59.999999Z", State::Ok),
        ("2027-01-31T00:00:00Z", State::Expired),
    ] {
        assert_eq!(credential.head().state(time::parse(at).unwrap()), state, "{at}");
    }
    let off = lab.merge(&credential, &json!({"enabled": false})).unwrap().credential;
    assert_eq!(off.head().state(time::parse("2030-01-01").unwrap()), State::Disabled);
    for (from, until) in [("2027-01-02", "2027-01-02"), ("2027-01-03", "2027-01-02")] {
        assert_eq!(
            wrong(lab.merge(&credential, &json!({"validFrom": from, "validUntil": until}))),
            ["validUntil"]
        );
    }
    // one of the two against the stored other
    assert_eq!(wrong(lab.merge(&credential, &json!({"validUntil": "2026-01-01"}))), ["validUntil"]);
    lab.merge(&credential, &json!({"validUntil": "2026-01-01", "validFrom": null})).unwrap();
}

#[test]
fn ids_that_differ_only_in_case_are_two() {
    let lab = lab();
    let make = |id: &str| lab.create(&json!({"id": id, "type": "Simple", "value": "v"}));
    assert_eq!(make("AAABcID5GBc=").id(), "AAABcID5GBc=");
    assert_eq!(conflict(lab.merge(&make("abc="), &json!({"id": "ABC="}))), "id");
}

#[test]
fn leaves_are_merged_and_objects_replaced() {
    let lab = lab();
    let old = stored("connector");
    let leaf = |path: &str, value: &str| {
        let leaves = vec![(path.to_owned(), credctl::value::Value::text(value))];
        lab.make(&Change::Merge(&old, None), Draft { leaves, ..Draft::default() })
    };
    let new = leaf("properties.query.method", "GET").unwrap().credential;
    assert_eq!(
        fields(&new)["properties"],
        json!({"user": "svc", "password": "S-rest", "query": {"method": "GET", "body": "S-body"}})
    );
    let new = leaf("properties.new.deep", "x").unwrap().credential;
    assert_eq!(fields(&new)["properties"]["new"], json!({"deep": "x"}));
    assert_eq!(wrong(leaf("properties.user.deep", "x")), ["properties.user.deep"]);
    let new = lab.merge(&old, &json!({"properties": {"user": "v"}})).unwrap().credential;
    assert_eq!(fields(&new)["properties"], json!({"user": "v"}));
    let new = lab.unset(&old, &["properties.query.body"]).unwrap().credential;
    assert_eq!(fields(&new)["properties"]["query"], json!({"method": "POST"}));
    assert_eq!(wrong(lab.unset(&old, &["properties.nothing"])), ["properties.nothing"]);
}

#[test]
fn identity_and_computed_members_cannot_be_unset() {
    let lab = lab();
    let mut accepted = Vec::new();
    for (kind, names) in [
        ("Simple", &["id", "type", "project", "etag", "createdAt"][..]),
        ("connector", &["connectorType"]),
        ("apiCredential", &["username"]),
        ("passwordHash", &["name", "hash"]),
    ] {
        for name in names {
            if lab.unset(&stored(kind), &[name]).is_ok() {
                accepted.push(format!("{kind} {name}"));
            }
        }
    }
    // a change that changes nothing, and nobody is told
    assert!(accepted.is_empty(), "{accepted:?}");
}

#[test]
fn no_error_tells_a_secret() {
    let lab = lab();
    for sample in samples::all() {
        let old = lab.create(&sample.document);
        let everything_wrong: Value = sample
            .document
            .as_object()
            .unwrap()
            .iter()
            .filter(|(name, _)| *name != "type")
            .map(|(name, value)| {
                (name.clone(), if value.is_object() { json!({"S-name": 5}) } else { json!({"S": "S-value"}) })
            })
            .collect();
        for result in [
            lab.make(&Change::Create(old.kind()), crate::support::lab::draft(old.kind(), &everything_wrong)),
            lab.replace(&old, &without(&everything_wrong, "id")),
            lab.merge(&old, &without(&everything_wrong, "id")),
        ] {
            let error = result.map(|changed| changed.notices).unwrap_err();
            assert!(!error.to_string().contains("S-value"), "{}: {error}", sample.kind);
            assert!(!format!("{error:?}").contains("S-value"), "{}: {error:?}", sample.kind);
        }
        let debug = format!("{old:?}");
        for path in sample.secrets {
            let secret =
                sample.document.pointer(&format!("/{}", path.replace('.', "/"))).unwrap().as_str().unwrap();
            assert!(!debug.contains(secret), "{}: {path}", sample.kind);
        }
    }
}
