//! Which credentials a list, a patch or a delete is about, in which order, and which part of them.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::seeds::scripted;
use crate::support::samples::base64;
use crate::support::{Outcome, Scene};

/// Credentials of several types whose members differ.
fn filled() -> Scene {
    let scene = scripted();
    let documents = json!([
        {"id": "aws", "type": "Aws", "accessKeyId": "AKIAIOSFODNN7EXAMPLE", "name": "Build",
         "secretAccessKey": "S-JalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKE", "description": "builds it's own",
         "validUntil": "2098-06-01T00:00:00Z", "tags": {"rack": "4", "cost centre": "a"},
         "labels": [{"name": "env", "value": "prod"}, {"name": "env", "value": "eu"}]},
        {"id": "hash", "type": "certificate", "keyStore": {"certificate": base64(crate::support::samples::CERTIFICATE)}},
        {"id": "login", "type": "UsernamePassword", "username": "svc-web", "password": "S-pw", "domain": "corp",
         "enabled": false, "labels": [{"name": "env", "value": "dev"}]},
        {"id": "partner", "type": "apiCredential", "username": "partner", "password": "S-partner",
         "email": "ops@example.org", "fullName": "Partner", "roleNameList": ["reader", "writer"],
         "ipList": ["10.0.0.0/8"], "validFrom": "2097-01-01T00:00:00Z"},
        {"id": "rest", "type": "connector", "connectorType": "rest-api", "description": "index",
         "throttlePolicy": "P1", "properties": {"user": "svc-rest", "password": "S-rest", "isFormBody": true}},
        {"id": "store", "type": "s3", "validUntil": "2001-01-01T00:00:00Z",
         "keyStore": {"accessKey": base64("S-a"), "accessSecret": base64("S-b")}},
    ]);
    scene.run_with(["add", "-f", "-", "--format", "native"], documents.to_string()).ok();
    scene.run(["patch", "rest", "--tag", "rack=5"]).ok();
    scene
}

fn names(outcome: &Outcome) -> Vec<String> {
    outcome.stdout().lines().map(str::to_owned).collect()
}

#[track_caller]
fn selects(scene: &Scene, filter: &str, expected: &str) {
    let outcome = scene.run(["list", "-o", "name", "--filter", filter]).ok();
    assert_eq!(names(&outcome).join(" "), expected, "{filter}");
}

/// Sees to it that a call is wrong usage because of a parameter, and gives the reason.
#[track_caller]
fn refuses(scene: &Scene, words: &[&str], parameter: &str) -> String {
    let error = scene.run(words.iter().copied().chain(["-o", "json"])).exits(2).hides("S-").error();
    assert_eq!(error["invalidParams"][0]["name"], parameter, "{words:?}: {error}");
    error["invalidParams"][0]["reason"].as_str().unwrap().to_owned()
}

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
    let reason = refuses(&scene, &["list", "--filter", "type eq 'rest-api'"], "filter");
    assert!(reason.contains("connectorType"), "{reason}");
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

fn numbered(count: usize) -> Scene {
    let scene = scripted();
    let documents: Vec<_> = (0..count)
        .map(|n| json!({"id": format!("n{n:02}"), "type": "Simple", "value": "S", "name": format!("group {}", n % 3)}))
        .collect();
    scene.run_with(["add", "-f", "-"], Value::from(documents).to_string()).ok();
    scene
}

fn page(scene: &Scene, words: &[&str], token: Option<&str>) -> (Vec<String>, Option<String>) {
    let mut words = [&["list", "--limit", "4"], words].concat();
    words.extend(token.into_iter().flat_map(|token| ["--continue", token]));
    let page = scene.run(words).ok().json();
    let items = page["items"].as_array().unwrap();
    assert_eq!(page["pageSize"], json!(items.len()));
    let ids = items.iter().map(|item| item["id"].as_str().unwrap().to_owned()).collect();
    (ids, page["continuationToken"].as_str().map(str::to_owned))
}

#[test]
fn pages_are_the_whole_list_in_its_order() {
    let scene = numbered(11);
    for words in [
        &[][..],
        &["--order-by", "name desc"],
        &["--sort-by", "name", "--sort-mode", "asc"],
        &["--order-by", "createdAt"],
        &["--filter", "name ne 'group 1'"],
    ] {
        let whole = scene.run(["list", "-o", "name"].iter().chain(words)).ok();
        let (mut all, mut token) = page(&scene, words, None);
        while let Some(next) = token {
            let (ids, after) = page(&scene, words, Some(&next));
            assert!(!ids.is_empty());
            all.extend(ids);
            token = after;
        }
        assert_eq!(all, names(&whole), "{words:?}");
    }
}

#[test]
fn pages_stay_disjoint_and_complete_while_others_come_and_go() {
    for words in [&[][..], &["--order-by", "id desc"], &["--order-by", "name"]] {
        let scene = numbered(12);
        let (first, token) = page(&scene, words, None);
        // what was shown, what was the last shown, and what would have come next
        let gone = [first[0].as_str(), first[3].as_str(), "n06"];
        scene.run(["delete", "-y"].into_iter().chain(gone)).ok();
        scene
            .run_with(
                ["add", "-f", "-"],
                json!([
                    {"id": "a", "type": "Simple", "value": "S", "name": "a"},
                    {"id": "z", "type": "Simple", "value": "S", "name": "z"},
                    {"id": "n055", "type": "Simple", "value": "S", "name": "group 1"},
                ])
                .to_string(),
            )
            .ok();
        let mut seen = first.clone();
        let mut token = token;
        while let Some(next) = token {
            let (ids, after) = page(&scene, words, Some(&next));
            seen.extend(ids);
            token = after;
        }
        let unique: BTreeSet<_> = seen.iter().collect();
        assert_eq!(unique.len(), seen.len(), "{words:?}: {seen:?}");
        for id in (0..12).map(|n| format!("n{n:02}")).filter(|id| !gone.contains(&id.as_str())) {
            assert!(unique.contains(&id), "{words:?}: {id} is missing in {seen:?}");
        }
    }
}

#[test]
fn a_token_is_good_for_its_query_only() {
    let scene = numbered(9);
    let (_, token) = page(&scene, &["--order-by", "name", "--filter", "id ne 'x'"], None);
    let token = token.unwrap();
    let same = ["list", "--order-by", "name", "--filter", "id ne 'x'", "--continue", &token];
    scene.run(same).ok();
    scene.run(same.into_iter().chain(["--limit", "1", "--include", "id"])).ok();
    for other in [
        &["--order-by", "name"][..],
        &["--order-by", "name desc", "--filter", "id ne 'x'"],
        &["--order-by", "name", "--filter", "id ne 'y'"],
        &["--order-by", "name", "--filter", "id ne 'x'", "--type", "Simple"],
        &["--order-by", "name", "--filter", "id ne 'x'", "--filter-json", "{}"],
        &["--order-by", "name", "--filter", "id ne 'x'", "-p", "shop"],
        &[],
    ] {
        let words = [&["list", "--continue", &token], other].concat();
        refuses(&scene, &words, "continue");
    }
    for bad in ["x", "", "AAAA", "e30", &token[1..], &format!("{token}A")] {
        refuses(&scene, &["list", &format!("--continue={bad}")], "continue");
    }
}

#[test]
fn pages_by_number_take_any_start_and_size() {
    let scene = numbered(5);
    for (words, expected, total) in [
        (&["--from", "0", "--size", "2"][..], "n00 n01", 5),
        (&["--from", "3"], "n03 n04", 5),
        (&["--size", "3"], "n00 n01 n02", 5),
        (&["--size", "0"], "", 5),
        (&["--from", "5", "--size", "2"], "", 5),
        (&["--from", "99"], "", 5),
        (&["--from", "1", "--size", "1", "--order-by", "id desc"], "n03", 5),
        (&["--size", "9", "--filter", "name eq 'group 0'"], "n00 n03", 2),
    ] {
        let page = scene.run(["list"].iter().chain(words)).ok().json();
        let ids: Vec<_> =
            page["items"].as_array().unwrap().iter().map(|item| item["id"].as_str().unwrap()).collect();
        assert_eq!((ids.join(" ").as_str(), &page["totalItems"]), (expected, &json!(total)), "{words:?}");
        assert_eq!((&page["continuationToken"], &page["pageSize"]), (&Value::Null, &json!(ids.len())));
    }
    let list = scene.run(["list", "--from", "3", "--size", "4", "--format", "aspire"]).ok().json();
    assert_eq!(list["count"], json!({"from": 3, "size": 4, "totalItems": 5}));
}

#[test]
fn bad_paging_is_wrong_usage_with_its_parameter() {
    let scene = numbered(2);
    for (words, parameter) in [
        (&["--limit", "0"][..], "limit"),
        (&["--limit", "-1"], "limit"),
        (&["--limit", "ten"], "limit"),
        (&["--limit", ""], "limit"),
        (&["--limit", "1.5"], "limit"),
        (&["--from", "-1"], "from"),
        (&["--from", "x"], "from"),
        (&["--size", "-1"], "size"),
        (&["--size", "+1"], "size"),
        (&["--limit", "1", "--from", "0"], "from"),
        (&["--limit", "1", "--size", "1"], "size"),
        (&["--continue", "x", "--size", "1"], "size"),
        (&["--order-by", "colour"], "orderBy"),
        (&["--order-by", "name up"], "orderBy"),
        (&["--sort-by", "colour"], "orderBy"),
        (&["--sort-by", "id", "--sort-mode", "up"], "orderBy"),
        (&["--include", "id,,name"], "include"),
        (&["--include", "colour"], "include"),
        (&["--filter-json", "[]"], "filter"),
        (&["--filter-json", "no json"], "filter"),
        (&["--filter-json", "{\"filter\":{\"colour\":\"red\"}}"], "filter"),
    ] {
        refuses(&scene, &[&["list"], words].concat(), parameter);
    }
}

#[test]
fn orders_are_total_and_what_is_not_set_comes_last() {
    let scene = filled();
    let order = |words: &[&'static str]| {
        let outcome = scene.run(["list", "-o", "name"].iter().chain(words)).ok();
        names(&outcome).join(" ")
    };
    assert_eq!(order(&["--order-by", "id desc"]), "store rest partner login hash aws");
    assert_eq!(order(&["--order-by", "validUntil"]), "store aws hash login partner rest");
    assert_eq!(order(&["--order-by", "validUntil desc"]), "aws store hash login partner rest");
    assert_eq!(
        order(&["--sort-by", "validUntil", "--sort-mode", "desc"]),
        "aws store hash login partner rest"
    );
    assert_eq!(order(&["--sort-by", "enabled"]), "login aws hash partner rest store");
    assert_eq!(order(&["--order-by", "type asc"]), "aws login partner hash rest store");
    assert_eq!(order(&["--order-by", "name"]), "aws hash login partner rest store");
}

#[test]
fn included_members_come_in_the_order_asked_for_in_every_form() {
    let scene = filled();
    let run = |form: &str| {
        let words = ["list", "--include", "name,id,enabled,validUntil", "--type", "Aws", "-o", form];
        scene.run(words).ok().hides("S-")
    };
    let row = json!(["Build", "aws", true, "2098-06-01T00:00:00.000000Z"]);
    let page = run("json").json();
    assert_eq!((&page["items"], &page["totalItems"]), (&json!([row]), &json!(1)));
    assert_eq!(run("jsonl").json(), row);
    assert_eq!(
        run("csv").stdout(),
        "name,id,enabled,validUntil\nBuild,aws,true,2098-06-01T00:00:00.000000Z\n"
    );
    assert_eq!(
        run("tsv").stdout(),
        "name\tid\tenabled\tvalidUntil\nBuild\taws\ttrue\t2098-06-01T00:00:00.000000Z\n"
    );
    for form in ["table", "wide", "yaml"] {
        let outcome = run(form);
        let (name, id) = (outcome.stdout().find("Build").unwrap(), outcome.stdout().find("aws").unwrap());
        assert!(name < id, "{outcome:?}");
    }
    assert_eq!(run("name").stdout(), "aws\n");
    // what is not set keeps its place
    let page = scene.run(["list", "--include", "description,id", "--filter", "id eq 'login'"]).ok().json();
    assert_eq!(page["items"], json!([[null, "login"]]));
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

#[test]
fn a_patch_changes_all_that_a_filter_selects() {
    let scene = filled();
    let words = ["patch", "--filter", "labels.env in ('prod', 'dev')", "--description", "reviewed"];
    let dry = scene.refuses(0, words.into_iter().chain(["-n"]), "").json();
    assert_eq!(dry["results"].as_array().unwrap().len(), 2);
    let answer = scene.run(words).ok().hides("S-").json();
    assert_eq!(answer["results"], json!([{"id": "aws", "updated": true}, {"id": "login", "updated": true}]));
    selects(&scene, "description eq 'reviewed'", "aws login");
    // one is still several
    let one = ["patch", "--filter", "id eq 'aws'", "--description", "again"];
    assert_eq!(scene.run(one).ok().json()["results"].as_array().unwrap().len(), 1);
    // what does not fit one of the types fails there only
    let some = ["patch", "--filter", "id in ('aws', 'login')", "domain=new"];
    let results = scene.run(some).exits(8).json()["results"].clone();
    assert_eq!((&results[0]["updated"], &results[1]["updated"]), (&json!(false), &json!(true)));
    scene.refuses(8, ["patch", "--filter", "id in ('aws', 'login')", "domain=newer", "--atomic"], "");
    for words in [
        &["patch", "--filter", "id eq 'x'", "--description", "d"][..],
        &["delete", "--filter", "id eq 'x'", "-y"],
    ] {
        scene.refuses(4, words.iter().copied(), "");
    }
    scene.refuses(2, ["patch", "--filter", "password eq 'S-pw'", "--description", "d"], "");
    scene.refuses(2, ["patch", "aws", "--filter", "id eq 'x'", "--description", "d"], "");
}

#[test]
fn a_filter_document_selects_what_is_changed_or_deleted() {
    let scene = filled();
    let send = |words: &[&'static str], document: Value| {
        scene.run_with(words.iter().copied().chain(["-f", "-"]), document.to_string())
    };
    let answer = send(&["patch"], json!({"filter": {"type": "rest-api"}, "update": {"description": "new"}}));
    assert_eq!(answer.ok().json()["results"], json!([{"id": "rest", "updated": true}]));
    send(&["patch"], json!({"filter": {"ids": ["x"]}, "update": {"description": "new"}})).exits(4);
    send(&["patch"], json!({"filter": {"ids": ["rest"]}, "update": {"colour": "red"}})).exits(3);
    send(&["patch"], json!({"filter": {"ids": ["rest"]}, "update": "S-x"})).exits(3).hides("S-x");
    send(&["delete", "-y"], json!({"filter": {"throttlePolicy": "P2"}})).exits(4);
    // nothing given would be everything
    send(&["delete", "-y"], json!({"filter": {}})).exits(3);
    send(&["delete", "-y"], json!({"ids": []})).exits(3);
    send(&["delete", "-y"], json!({})).exits(3);
    // nobody to ask
    scene.refuses(2, ["delete", "-f", "-"], json!({"filter": {"throttlePolicy": "P1"}}).to_string());
    scene.refuses(2, ["delete", "--filter", "id eq 'aws'"], "");
    send(&["delete", "-y"], json!({"filter": {"throttlePolicy": "P1"}})).ok();
    assert_eq!(scene.ids(), ["aws", "hash", "login", "partner", "store"]);
    let answer = scene.run(["delete", "-y", "--filter", "id gt 'hash'"]).ok().json();
    let ids: Vec<_> =
        answer["results"].as_array().unwrap().iter().map(|r| r["id"].as_str().unwrap()).collect();
    assert_eq!(ids, ["login", "partner", "store"]);
    assert_eq!(scene.ids(), ["aws", "hash"]);
}

#[test]
fn a_filter_selects_nothing_outside_of_the_project() {
    let scene = filled();
    scene.run_with(["add", "Simple", "own", "value=-", "-p", "shop"], "S").ok();
    let answer =
        scene.run(["patch", "-p", "shop", "--filter", "id ne 'x'", "--description", "d"]).ok().json();
    assert_eq!(answer["results"], json!([{"id": "own", "updated": true}]));
    scene.refuses(4, ["delete", "-y", "-p", "other", "--filter", "id ne 'x'"], "");
    scene.refuses(6, ["delete", "-y", "--role", "operator", "--filter", "id ne 'x'"], "");
    scene.run(["delete", "-y", "-p", "shop", "--filter", "id ne 'x'"]).ok();
    assert_eq!(scene.ids().len(), 6);
}
