//! Logins that were imported, and the services that ask for them: each gets its own and no other.

use crate::support::{Outcome, Scene};

/// The password that git gets.
fn git(scene: &Scene, url: &str) -> Option<String> {
    let answer = scene.run_with(["helper", "git", "get"], format!("url={url}\n\n")).ok();
    answer.stdout().lines().find_map(|line| line.strip_prefix("password=")).map(str::to_owned)
}

#[track_caller]
fn shows(outcome: &Outcome, text: &str) {
    assert!(outcome.stdout().contains(text), "no {text:?}: {outcome:?}");
}

fn imported(rows: &[(&str, &str)]) -> Scene {
    let row = |(url, password): &(&str, &str)| format!("t,{url},me,{password},\n");
    let text = format!("name,url,username,password,note\n{}", rows.iter().map(row).collect::<String>());
    let scene = Scene::new();
    scene.run_with(["import", "-"], text).ok();
    scene
}

#[test]
fn a_port_is_another_service() {
    let (usual, other) = (("https://a.example/", "S-usual"), ("https://a.example:8443/", "S-other"));
    for rows in [[usual, other], [other, usual]] {
        let scene = imported(&rows);
        assert_eq!(git(&scene, "https://a.example/").as_deref(), Some("S-usual"));
        assert_eq!(git(&scene, "https://a.example:8443/x").as_deref(), Some("S-other"));
        assert_eq!(git(&scene, "https://a.example:9443"), None);
        for (server, secret) in [("a.example", "S-usual"), ("a.example:8443", "S-other")] {
            shows(&scene.run_with(["helper", "docker", "get"], server).ok(), secret);
        }
        let netrc = scene.run(["export", "--format", "netrc"]).ok().says("do not know ports");
        for (machine, password) in [("a.example", "S-usual"), ("a.example:8443", "S-other")] {
            shows(&netrc, &format!("machine {machine}\n  login me\n  password {password}\n"));
        }
    }
    let scene = imported(&[other]);
    assert_eq!(git(&scene, "https://a.example/"), None);
    scene.run_with(["helper", "docker", "get"], "a.example").exits(4);
    assert_eq!(scene.run(["helper", "docker", "list"]).ok().stdout().matches("a.example:8443").count(), 2);
    // as an earlier version kept it
    scene.run(["patch", "t", "--tag", "host=a.example"]).ok();
    assert_eq!(git(&scene, "https://a.example/"), None);
    assert_eq!(git(&scene, "https://a.example:8443").as_deref(), Some("S-other"));
    // a netrc with ports comes back
    let netrc = scene.run(["export", "--format", "netrc"]).ok();
    shows(&netrc, "machine a.example:8443\n");
    let copy = Scene::new();
    copy.run_with(["import", "-"], netrc.stdout()).ok();
    assert_eq!(git(&copy, "https://a.example/"), None);
    assert_eq!(git(&copy, "https://a.example:8443").as_deref(), Some("S-other"));
}

#[test]
fn a_path_is_another_service_where_there_are_several() {
    let scene = imported(&[("https://a.example/one", "S-1")]);
    assert_eq!(git(&scene, "https://a.example").as_deref(), Some("S-1"));
    assert_eq!(git(&scene, "https://a.example/three").as_deref(), Some("S-1"));
    let scene = imported(&[("https://a.example/one", "S-1"), ("https://a.example/two", "S-2")]);
    assert_eq!(git(&scene, "https://a.example/two/x").as_deref(), Some("S-2"));
    assert_eq!(git(&scene, "https://a.example/three"), None);
    let several = scene.run_with(["helper", "git", "get"], "url=https://a.example\n\n").ok();
    assert_eq!(several.says("credential.useHttpPath").stdout(), "");
}

#[test]
fn every_address_of_a_login_is_found() {
    let text = "folder,favorite,type,name,notes,fields,reprompt,login_uri,login_username,login_password,login_totp\n\
                ,,login,Shop,,,0,\"https://a.example,https://b.example\",me,S-1,\n";
    let scene = Scene::new();
    scene.run_with(["import", "-"], text).ok();
    for url in ["https://a.example", "https://b.example/x"] {
        assert_eq!(git(&scene, url).as_deref(), Some("S-1"), "{url}");
    }
    for server in ["a.example", "b.example"] {
        shows(&scene.run_with(["helper", "docker", "get"], server).ok(), "S-1");
    }
    shows(&scene.run(["helper", "docker", "list"]).ok(), "https://b.example");
}
