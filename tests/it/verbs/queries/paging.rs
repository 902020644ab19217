//! Which part of a list comes, in which order, and which members of it.

use std::collections::BTreeSet;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};

use super::{filled, names, refuses};
use crate::rules::seeds::scripted;
use crate::support::{Scene, members};

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
    assert_eq!(page["pageSize"], json!(4), "as asked for, on the last page, too");
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
fn a_token_has_the_last_place_and_no_secret() {
    let scene = numbered(3);
    let words = ["list", "--limit", "1", "--order-by", "name desc", "-o", "json"];
    let token = scene.run(words).ok().json()["continuationToken"].as_str().unwrap().to_owned();
    let inside = URL_SAFE_NO_PAD.decode(token).unwrap();
    let inside: Value = serde_json::from_slice(&inside).unwrap();
    assert_eq!(members(&inside), ["i", "k", "q", "v"]);
    let last = scene.run(["get", inside["i"].as_str().unwrap(), "-o", "json"]).ok().json();
    assert_eq!(inside["k"], last["name"]);
    refuses(&scene, &["list", "--limit", "1", "--order-by", "value"], "orderBy");
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
        let asked = words.iter().position(|word| *word == "--size").map(|at| words[at + 1].parse().unwrap());
        let size = asked.unwrap_or(ids.len());
        assert_eq!((&page["continuationToken"], &page["pageSize"]), (&Value::Null, &json!(size)));
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
