//! Entries of password managers: which stored login an entry is, and what comes in with it or not at all.

use serde_json::{Value, json};

use crate::support::Scene;

const HEADER: &str = "name,url,username,password,note\n";

/// Rows of `title host user password note` as another program exports them.
fn csv(rows: &[[&str; 5]]) -> String {
    let row = |[title, host, user, password, note]: &[&str; 5]| {
        let url = if host.is_empty() { String::new() } else { format!("https://{host}/") };
        format!("{title},{url},{user},{password},{note}\n")
    };
    HEADER.to_owned() + &rows.iter().map(row).collect::<String>()
}

fn import(scene: &Scene, rows: &[[&str; 5]], on_conflict: &str) -> crate::support::Outcome {
    scene.run_with(["import", "-", "--on-conflict", on_conflict, "-o", "json"], csv(rows))
}

/// Each login with its id, user, password and note.
fn stored(scene: &Scene) -> Vec<[String; 4]> {
    let login = |id: &String| {
        let fields = &scene.get(id)["fields"];
        let text = |name: &str| fields[name].as_str().map(str::to_owned);
        Some([id.clone(), text("username")?, text("password")?, text("notes").unwrap_or_default()])
    };
    scene.ids().iter().filter_map(login).collect()
}

/// Adds the key store with a note that earlier versions put beside a login.
pub(super) fn add_twin(scene: &Scene, login: &str, note: &str) {
    let words = ["add", "generic", &format!("{login}-extra"), "notes=-", "--tag", &format!("login={login}")];
    scene.run_with(words, note).ok();
}

const ADA: [&str; 5] = ["Mail", "m.example", "ada", "pw-a", "codes of ada"];
const BOB: [&str; 5] = ["Mail", "m.example", "bob", "pw-b", "codes of bob"];
const OTHER: [&str; 5] = ["Mail", "n.example", "ada", "pw-n", ""];

#[test]
fn an_entry_is_found_again_whatever_its_place_in_the_file() {
    let scene = Scene::new();
    import(&scene, &[ADA, BOB, OTHER], "fail").ok();
    let before = stored(&scene);
    let login = |id: &str, row: [&str; 5]| [id, row[2], row[3], row[4]].map(str::to_owned);
    assert_eq!(before, [login("Mail", ADA), login("Mail-2", BOB), login("Mail-3", OTHER)]);
    for rows in [&[ADA, BOB, OTHER][..], &[OTHER, BOB, ADA], &[BOB], &[BOB, ADA]] {
        for on_conflict in ["skip", "replace"] {
            import(&scene, rows, on_conflict).ok();
            assert_eq!(stored(&scene), before, "{rows:?} {on_conflict}");
        }
        let failed = import(&scene, rows, "fail");
        assert!(matches!(failed.status(), Some(5 | 8)), "{rows:?}");
        assert_eq!(stored(&scene), before, "{rows:?}");
    }
    // new passwords go to the logins that they belong to
    let changed = |row: [&'static str; 5], password| [row[0], row[1], row[2], password, row[4]];
    import(&scene, &[changed(OTHER, "new-n"), changed(BOB, "new-b")], "replace").ok();
    let passwords: Vec<_> = stored(&scene).into_iter().map(|login| login[2].clone()).collect();
    assert_eq!(passwords, ["pw-a", "new-b", "new-n"]);
}

#[test]
fn another_user_of_the_same_title_is_another_entry() {
    for on_conflict in ["fail", "skip", "replace"] {
        let scene = Scene::new();
        import(&scene, &[ADA], "fail").ok();
        let outcome = import(&scene, &[BOB], on_conflict).ok();
        outcome.says("Mail-2 is a new entry");
        let logins = stored(&scene);
        assert_eq!(logins[0][3], "codes of ada");
        assert_eq!((&logins[1][1], &logins[1][3]), (&"bob".to_owned(), &"codes of bob".to_owned()));
    }
}

#[test]
fn a_login_that_was_made_by_hand_gets_the_note_with_the_rest_or_not_at_all() {
    for (on_conflict, status) in [("fail", 5), ("skip", 0)] {
        let scene = Scene::new();
        scene.run_with(["add", "login", "Mail", "username=ada", "password=-"], "own").ok();
        let outcome = import(&scene, &[ADA], on_conflict).exits(status).json();
        let results = outcome["results"].as_array().unwrap();
        assert!(results.iter().all(|result| result["imported"] == false), "{results:?}");
        assert_eq!(scene.ids(), ["Mail"]);
    }
    let scene = Scene::new();
    scene.run_with(["add", "login", "Mail", "username=ada", "password=-"], "own").ok();
    import(&scene, &[ADA], "replace").ok();
    assert_eq!(stored(&scene), [["Mail", "ada", "pw-a", "codes of ada"].map(str::to_owned)]);
    // a dry run says the same and does nothing
    let scene = Scene::new();
    import(&scene, &[ADA], "fail").ok();
    let words = ["import", "-", "--on-conflict", "replace", "--dry-run", "-o", "json"];
    let dry = scene.run_with(words, csv(&[BOB])).ok().json();
    assert_eq!(dry["results"][0]["id"], "Mail-2");
    assert_eq!(scene.ids(), ["Mail"]);
}

#[test]
fn a_replacement_leaves_nothing_stale() {
    let scene = Scene::new();
    let mut bare = ADA;
    bare[4] = "";
    import(&scene, &[bare], "fail").ok();
    // an earlier version kept the note beside the login
    add_twin(&scene, "Mail", "codes of ada");
    scene.run(["ref", "add", "Mail-extra", "/servers/h1", "--address", "h1"]).ok();
    import(&scene, &[ADA], "replace").ok().says("Mail-extra is deleted");
    assert_eq!(stored(&scene), [["Mail", "ada", "pw-a", "codes of ada"].map(str::to_owned)]);
    import(&scene, &[bare], "replace").ok();
    assert_eq!(stored(&scene), [["Mail", "ada", "pw-a", ""].map(str::to_owned)]);
    assert_eq!(scene.ids(), ["Mail"]);
    assert_eq!(scene.answer(["ref", "list"])["items"].as_array().map(Vec::len).unwrap_or_default(), 0);
    // what an earlier login of the name left behind is nobody's
    let scene = Scene::new();
    import(&scene, &[ADA], "fail").ok();
    add_twin(&scene, "Mail", "codes of ada");
    scene.run(["delete", "-y", "Mail"]).ok();
    import(&scene, &[[BOB[0], BOB[1], BOB[2], BOB[3], ""]], "fail").ok();
    assert_eq!(scene.ids(), ["Mail-2", "Mail-extra"]);
}

#[test]
fn documents_keep_a_login_and_its_extra_together_too() {
    let source = Scene::new();
    import(&source, &[[BOB[0], BOB[1], BOB[2], BOB[3], ""]], "fail").ok();
    add_twin(&source, "Mail", "codes of bob");
    let backup = source.run(["export"]).ok().stdout().to_owned();
    let scene = Scene::new();
    scene.run_with(["add", "login", "Mail", "username=ada", "password=-"], "own").ok();
    for (on_conflict, status) in [("skip", 0), ("fail", 8)] {
        scene.run_with(["import", "-", "--on-conflict", on_conflict], &backup).exits(status);
        assert_eq!(scene.ids(), ["Mail"]);
    }
    scene.run_with(["import", "-", "--on-conflict", "replace"], &backup).ok();
    assert_eq!(stored(&scene), [["Mail", "bob", "pw-b", ""].map(str::to_owned)]);
    assert_eq!(scene.run(["get", "Mail-extra", "--field", "notes"]).ok().stdout(), "codes of bob");
    // a document of another user takes the extra of the one before away, one of the same user does not
    let login = |user: &str| json!({"id": "Mail", "type": "login", "username": user, "password": "new"});
    let replace = |document: Value| {
        scene.run_with(["import", "-", "--on-conflict", "replace"], document.to_string()).ok();
        scene.ids()
    };
    assert_eq!(replace(login("bob")), ["Mail", "Mail-extra"]);
    assert_eq!(replace(login("eve")), ["Mail"]);
}

#[test]
fn entries_of_one_name_are_imported_in_linear_time() {
    let scene = Scene::new();
    let rows: String = (0..1500).map(|n| format!("Mail,https://m.example,u{n},p{n},n{n}\n")).collect();
    let begin = std::time::Instant::now();
    for _ in 0..2 {
        let words = ["import", "-", "--on-conflict", "replace", "-q"];
        scene.run_with(words, format!("{HEADER}{rows}")).ok();
    }
    assert!(begin.elapsed().as_secs() < 60, "{:?}", begin.elapsed());
    assert_eq!(scene.ids().len(), 1500);
    assert_eq!(scene.get("Mail-1500")["fields"]["password"], "p1499");
    assert_eq!(scene.run(["get", "Mail-1500", "--field", "notes"]).ok().stdout(), "n1499");
}
