//! Entries that share title, user and host: an import changes the one that is meant, or none.

use std::collections::BTreeMap;

use super::entries::add_twin;
use crate::support::{Outcome, Scene};

const TABLE: &str = "Folder,Title,Username,Password,URL,Notes\n";
const CHROME: &str = "name,url,username,password,note\n";

fn import(scene: &Scene, text: &str, on_conflict: &str) -> Outcome {
    scene.run_with(["import", "-", "--on-conflict", on_conflict, "-o", "json"], text)
}

/// The password of each login by its folder and address.
fn passwords(scene: &Scene) -> BTreeMap<String, String> {
    let login = |id: &String| {
        let stored = scene.get(id);
        let folder = stored["labels"][0]["value"].as_str().unwrap_or_default();
        let url = stored["fields"]["url"][0].as_str().unwrap_or_default();
        let password = stored["fields"]["password"].as_str()?;
        Some((format!("{folder} {url}"), password.to_owned()))
    };
    scene.ids().iter().filter_map(login).collect()
}

fn told(pairs: &[(&str, &str)]) -> BTreeMap<String, String> {
    pairs.iter().map(|(place, password)| ((*place).to_owned(), (*password).to_owned())).collect()
}

#[test]
fn the_folder_tells_entries_apart() {
    let row = |folder: &str, password: &str| format!("{folder},db,root,{password},,\n");
    let xml = |entries: &[(&str, &str)]| {
        let string =
            |key: &str, value: &str| format!("<String><Key>{key}</Key><Value>{value}</Value></String>");
        let group = |(name, password): &(&str, &str)| {
            let (title, user) = (string("Title", "db"), string("UserName", "root"));
            let password = string("Password", password);
            format!("<Group><Name>{name}</Name><Entry>{title}{user}{password}</Entry></Group>")
        };
        let groups: String = entries.iter().map(group).collect();
        format!("<KeePassFile><Root><Group><Name>Root</Name>{groups}</Group></Root></KeePassFile>")
    };
    let csv = |entries: &[(&str, &str)]| {
        TABLE.to_owned() + &entries.iter().map(|(folder, password)| row(folder, password)).collect::<String>()
    };
    for file in [&csv as &dyn Fn(&[(&str, &str)]) -> String, &xml] {
        let scene = Scene::new();
        import(&scene, &file(&[("prod", "p1"), ("test", "t1")]), "fail").ok();
        import(&scene, &file(&[("test", "t2")]), "replace").ok();
        assert_eq!(passwords(&scene), told(&[("prod ", "p1"), ("test ", "t2")]));
        import(&scene, &file(&[("test", "t3"), ("prod", "p3"), ("dev", "d3")]), "replace").ok();
        assert_eq!(passwords(&scene), told(&[("prod ", "p3"), ("test ", "t3"), ("dev ", "d3")]));
        // an entry that moved is known by its fields
        import(&scene, &file(&[("live", "p3")]), "replace").ok();
        assert_eq!(passwords(&scene), told(&[("live ", "p3"), ("test ", "t3"), ("dev ", "d3")]));
    }
}

#[test]
fn an_ambiguous_entry_changes_nothing() {
    let scene = Scene::new();
    let file = |rows: &str| TABLE.to_owned() + rows;
    import(&scene, &file("prod,db,root,p1,,\ntest,db,root,t1,,\n"), "fail").ok();
    let before = passwords(&scene);
    let third = file("other,db,root,new,,\n");
    let refused = scene.refuses(5, ["import", "-", "--on-conflict", "replace"], &third);
    refused.says("the entry may be any of db, db-2").says("credctl passwd ID").hides("new");
    import(&scene, &third, "skip").ok();
    import(&scene, &third, "fail").exits(5).says("`db` exists already");
    assert_eq!(passwords(&scene), before);
    // the same the other way round, beside one that goes well
    let scene = Scene::new();
    import(&scene, &file("prod,db,root,p1,,\n"), "fail").ok();
    let two = file("test,db,root,t1,,\ndev,db,root,d1,,\nprod,mail,root,m1,,\n");
    import(&scene, &two, "replace").exits(8).says("several entries of the file may be");
    assert_eq!(scene.get("db")["fields"]["password"], "p1");
    assert_eq!(scene.ids(), ["db", "mail"]);
    // what the error says helps
    scene.run(["patch", "db", "--label", "folder=test"]).ok();
    import(&scene, &two, "replace").exits(0);
    assert_eq!(scene.get("db")["fields"]["password"], "t1");
}

#[test]
fn ports_paths_and_hosts_tell_entries_apart() {
    let row = |url: &str, password: &str| format!("app,{url},me,{password},\n");
    for (one, two) in [
        ("https://a.example/", "https://a.example:8443/"),
        ("https://a.example/x", "https://a.example/y"),
        ("https://a.example/", "https://b.example/"),
    ] {
        let scene = Scene::new();
        import(&scene, &format!("{CHROME}{}{}", row(one, "1"), row(two, "2")), "fail").ok();
        import(&scene, &format!("{CHROME}{}", row(two, "3")), "replace").ok();
        let (first, second) = (format!(" {one}"), format!(" {two}"));
        assert_eq!(passwords(&scene), told(&[(&first, "1"), (&second, "3")]));
        // one without a host may be either
        let hostless = format!("{CHROME}{}", row("", "4"));
        scene.refuses(5, ["import", "-", "--on-conflict", "replace"], &hostless);
    }
    // letter case says nothing
    let scene = Scene::new();
    import(&scene, &format!("{CHROME}{}", row("https://A.example/", "1")), "fail").ok();
    import(&scene, &format!("{CHROME}{}", row("https://a.EXAMPLE/", "2")), "replace").ok();
    assert_eq!(scene.ids(), ["app"]);
    assert_eq!(scene.get("app")["fields"]["password"], "2");
}

#[test]
fn the_order_of_the_file_decides_nothing() {
    let rows = |passwords: [&str; 5]| {
        let places = [
            ("prod", "https://a.example/x", "n1"),
            ("test", "https://a.example/x", "n2"),
            ("test", "https://a.example/y", ""),
            ("", "", ""),
            ("prod", "https://b.example", ""),
        ];
        let row = |((folder, url, note), password): (&(&str, &str, &str), &str)| {
            format!("{folder},db,root,{password},{url},{note}\n")
        };
        places.iter().zip(passwords).map(row).collect::<Vec<_>>()
    };
    let before = rows(["1", "2", "3", "4", "5"]);
    let state = |scene: &Scene| {
        let one = |id: &String| {
            let stored = scene.get(id);
            (id.clone(), format!("{} {} {}", stored["fields"], stored["tags"], stored["labels"]))
        };
        scene.ids().iter().map(one).collect::<Vec<_>>()
    };
    for (after, keep) in [
        (rows(["1b", "2b", "3b", "4b", "5b"]), [0, 1, 2, 3, 4].as_slice()),
        (rows(["2", "1", "4", "3", "5b"]), &[0, 1, 2, 3, 4]),
        (rows(["1b", "2", "3b", "4b", "5"]), &[0, 2, 3]),
        (rows(["1b", "2b", "3", "4", "5"]), &[3, 1]),
    ] {
        let mut expected = None;
        for shift in 0..keep.len() {
            for is_reverse in [false, true] {
                let mut order: Vec<usize> = keep.to_vec();
                order.rotate_left(shift);
                if is_reverse {
                    order.reverse();
                }
                let scene = Scene::new();
                import(&scene, &(TABLE.to_owned() + &before.concat()), "fail").ok();
                let shuffled: String = order.iter().map(|at| after[*at].as_str()).collect();
                let outcome = import(&scene, &(TABLE.to_owned() + &shuffled), "replace");
                let result = (outcome.status(), state(&scene));
                assert_eq!(*expected.get_or_insert_with(|| result.clone()), result, "{order:?}");
            }
        }
    }
}

#[test]
fn equal_entries_keep_the_notes_that_belong_to_them() {
    let scene = Scene::new();
    let file = |rows: &str| TABLE.to_owned() + rows;
    import(&scene, &file(",db,root,p,,one\n,db,root,p,,two\n"), "fail").ok();
    import(&scene, &file(",db,root,p,,two\n"), "replace").ok();
    let note = |id: &str| scene.run(["get", id, "--field", "notes"]).ok().stdout().to_owned();
    assert_eq!((note("db"), note("db-2")), ("one".to_owned(), "two".to_owned()));
}

#[test]
fn an_import_changes_only_its_own_project() {
    let scene = Scene::new();
    let file = |password: &str| format!("{CHROME}app,https://a.example,me,{password},note {password}\n");
    let in_project = |words: &[&str], text: &str| scene.run_with([&["-p", "p"], words].concat(), text);
    in_project(&["import", "-"], &file("1")).ok();
    import(&scene, &file("2"), "replace").ok().says("app-2 is a new entry");
    assert_eq!(scene.get("app")["fields"]["password"], "1");
    assert_eq!(scene.get("app-2")["fields"]["password"], "2");
    // and the other way round
    let scene = Scene::new();
    let in_project = |words: &[&str], text: &str| scene.run_with([&["-p", "p"], words].concat(), text);
    import(&scene, &file("1"), "fail").ok();
    in_project(&["import", "-", "--on-conflict", "replace"], &file("2")).ok().says("app-2 is a new entry");
    in_project(&["import", "-", "--on-conflict", "replace"], &file("3")).ok();
    assert_eq!(scene.get("app")["fields"]["password"], "1");
    assert_eq!(scene.get("app-2")["fields"]["password"], "3");
    assert_eq!(scene.ids(), ["app", "app-2"]);
}

#[test]
fn a_name_of_another_program_stands_for_no_credential_of_another_project() {
    let scene = Scene::new();
    let profile = |key: &str| {
        format!("[default]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = {key}\n")
    };
    let [first, second, third] = ["a", "b", "c"].map(|letter| profile(&letter.repeat(40)));
    scene.run_with(["-p", "p", "import", "-"], &first).ok();
    for key in [&second, &third] {
        import(&scene, key, "replace").ok();
    }
    assert_eq!(scene.ids(), ["default", "default-2"]);
    let key = |id: &str| scene.get(id)["fields"]["secretAccessKey"].as_str().unwrap()[..1].to_owned();
    assert_eq!((key("default"), key("default-2")), ("a".to_owned(), "c".to_owned()));
    // a document names its credential by the id, whatever its project
    let document = r#"{"id":"default","type":"Aws","accessKeyId":"AKIAIOSFODNN7EXAMPLE","secretAccessKey":"dddddddddddddddddddddddddddddddddddddddd"}"#;
    import(&scene, document, "replace").ok();
    assert_eq!(key("default"), "d");
}

#[test]
fn an_import_leaves_credentials_beside_a_login_of_another_project_alone() {
    let scene = Scene::new();
    let file = |password: &str, note: &str| format!("{CHROME}app,https://a.example,me,{password},{note}\n");
    import(&scene, &file("1", ""), "fail").ok();
    add_twin(&scene, "app", "n1");
    scene.run(["move", "app", "--to", "p"]).ok().says("app-extra belongs to app and is kept in admin");
    let replace = |text: &str| scene.run_with(["-p", "p", "import", "-", "--on-conflict", "replace"], text);
    replace(&file("2", "")).ok();
    assert_eq!(scene.ids(), ["app", "app-extra"]);
    replace(&file("3", "n3")).ok();
    replace(&file("4", "n4")).ok();
    assert_eq!(scene.get("app")["fields"]["password"], "4");
    let note = |id: &str| scene.run(["get", id, "--field", "notes"]).ok().stdout().to_owned();
    assert_eq!((note("app-extra"), note("app")), ("n1".to_owned(), "n4".to_owned()));
    assert_eq!(scene.ids(), ["app", "app-extra"]);
}

#[test]
fn deleting_restoring_or_moving_a_login_names_the_credentials_that_belong_to_it() {
    let scene = Scene::new();
    import(&scene, &format!("{CHROME}app,https://a.example,me,pw,\nb,https://b.example,me,pw,\n"), "fail")
        .ok();
    for login in ["app", "b"] {
        add_twin(&scene, login, "note");
    }
    scene
        .run(["delete", "-y", "app"])
        .ok()
        .says("app-extra belongs to app and is kept; `credctl delete app-extra`");
    scene.run(["delete", "-y", "b", "b-extra"]).ok().hides("belongs");
    scene.run(["restore", "app"]).ok().hides("belongs");
    let restored = scene.run(["restore", "b"]).ok();
    restored.says("b-extra belongs to b and is still deleted; `credctl restore b-extra`");
    scene.run(["restore", "b-extra"]).ok();
    scene.run(["move", "b", "--to", "p"]).ok().says("`credctl move b-extra --to p`");
    scene.run(["move", "b-extra", "--to", "p"]).ok().hides("belongs");
    assert_eq!(scene.ids(), ["app", "app-extra", "b", "b-extra"]);
}
