//! The formats of other programs from the file to the vault.

use serde_json::json;

use crate::support::{Scene, samples};

/// Imports a file that must be recognised as of this format.
#[track_caller]
fn imported(format: &str, name: &str, text: &str) -> Scene {
    let scene = Scene::new();
    scene.file(name, text);
    let answer = scene.run(["import", name, "-o", "json"]).ok().json();
    assert_eq!(answer["format"], format, "{answer}");
    scene
}

#[test]
fn env_files() {
    let text = "# keys\nexport AWS_ACCESS_KEY_ID=AKIAIOSFODNN7EXAMPLE\n\
                AWS_SECRET_ACCESS_KEY='wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY'\n\
                DB_USERNAME=app\nDB_PASSWORD=\"two\\nlines\"\nTOKEN=t # mine\n";
    let scene = imported("dotenv", ".env", text);
    assert_eq!(scene.ids(), ["TOKEN", "aws", "db"]);
    assert_eq!(scene.get("db")["fields"]["password"], "two\nlines");
    let again = scene.run(["export", "--format", "dotenv"]).ok();
    assert!(again.stdout().contains("DB_PASSWORD='two\nlines'\n"), "{}", again.stdout());
}

#[test]
fn exports_come_back_through_import() {
    let scene = Scene::with_login();
    scene.run(["patch", "admin", "--tag", "host=h.example", "--unset", "domain"]).ok();
    for kind in ["Aws", "kubeconfig", "certificate", "privkey"] {
        let mut document = samples::of(kind).document;
        document.as_object_mut().unwrap().remove("throttlePolicy");
        scene.run_with(["add", "-f", "-"], document.to_string()).ok();
    }
    for (format, ids, back) in [
        ("netrc", "admin", "h.example"),
        ("aws-credentials", "Aws", "Aws"),
        ("kubeconfig", "kubeconfig", "c1"),
        ("pem", "privkey", ""),
        ("pem", "certificate", ""),
        ("dotenv", "Aws", "aws"),
    ] {
        let text = scene.run(["export", ids, "--format", format]).ok().stdout().to_owned();
        let other = imported(format, "file", &text);
        let found = other.ids();
        assert!(back.is_empty() || found == [back], "{format}: {found:?}");
        let (was, is) = (scene.get(ids), other.get(&found[0]));
        assert_eq!(is["type"], was["type"], "{format}");
        if format != "kubeconfig" && format != "pem" {
            assert_eq!(is["fields"], was["fields"], "{format}");
        }
    }
}

#[test]
fn password_managers() {
    let bitwarden = json!({"encrypted": false, "folders": [], "items": [
        {"type": 1, "name": "Git Hub", "login": {"uris": [{"uri": "https://github.com"}], "username": "me",
         "password": "pw", "totp": "JBSWY3DPEHPK3PXP"},
         "fields": [{"name": "plan", "value": "team", "type": 0}, {"name": "PIN", "value": "S-1", "type": 1}]},
        {"type": 5, "name": "deploy key", "sshKey": {"privateKey": samples::PRIVATE_KEY, "publicKey": "p"}}]});
    let scene = imported("bitwarden", "export.json", &bitwarden.to_string());
    assert_eq!(scene.ids(), ["Git-Hub", "deploy-key"]);
    assert_eq!(
        scene.run(["get", "Git-Hub", "--field", "totp", "--reveal"]).ok().stdout(),
        "JBSWY3DPEHPK3PXP"
    );
    let login = scene.get("Git-Hub");
    assert_eq!(login["tags"], json!({"host": "github.com"}));
    assert_eq!(login["fields"]["url"], json!(["https://github.com"]));
    let custom = json!([{"name": "plan", "value": "team", "secret": false}, {"name": "PIN", "value": "S-1", "secret": true}]);
    assert_eq!(login["fields"]["custom"], custom);
    // what was hidden there is hidden here
    for words in [
        &["list", "-o", "json"][..],
        &["list", "--include", "id,custom.PIN"],
        &["get", "Git-Hub", "-o", "json"],
        &["get", "Git-Hub"],
    ] {
        scene.run(words).ok().hides("JBSWY3DPEHPK3PXP").hides("S-1");
    }

    let keepass = "<?xml version=\"1.0\"?><KeePassFile><Root><Group><Name>db</Name><Entry>\
        <String><Key>Title</Key><Value>T</Value></String><String><Key>UserName</Key><Value>u</Value></String>\
        <String><Key>Password</Key><Value>p&amp;w</Value></String></Entry></Group></Root></KeePassFile>";
    let scene = imported("keepass-xml", "export.xml", keepass);
    assert_eq!(scene.get("T")["fields"]["password"], "p&w");

    let kbs2 = "{\"timestamp\":1,\"label\":\"l\",\"body\":{\"kind\":\"Login\",\"fields\":{\"username\":\"u\",\"password\":\"p\"}}}\n";
    assert_eq!(imported("kbs2", "dump.jsonl", kbs2).ids(), ["l"]);
    let chrome = "name,url,username,password,note\nShop,https://shop.example,u,'=p,\n";
    let scene = imported("chrome-csv", "passwords.csv", chrome);
    // what another program wrote stays as it is
    assert_eq!(scene.get("Shop")["fields"]["password"], "'=p");
    let one = "Title,Url,Username,Password,OTPAuth,Favorite,Archived,Tags,Notes\nX,,u,p,,false,false,,\n";
    assert_eq!(imported("1password-csv", "x.csv", one).ids(), ["X"]);
}

#[test]
fn kubeconfigs_of_several_contexts() {
    let yaml = "apiVersion: v1\nkind: Config\nclusters:\n- name: c\n  cluster: {server: 'https://c:6443'}\n\
        users:\n- name: u\n  user: {token: t}\n- name: v\n  user: {token: w}\ncontexts:\n\
        - {name: one, context: {cluster: c, user: u}}\n- {name: two, context: {cluster: c, user: v}}\n";
    let scene = imported("kubeconfig", "config", yaml);
    assert_eq!(scene.ids(), ["one", "two"]);
    assert_eq!(scene.run(["get", "two", "--field", "server"]).ok().stdout(), "https://c:6443");
}

#[test]
fn formats_without_recognition_can_be_named() {
    let scene = Scene::new();
    scene.file("prod.yaml", "db: {user: u}\ntoken: t\n");
    scene.run(["import", "prod.yaml", "--format", "sops-yaml"]).ok();
    assert_eq!(scene.run(["get", "prod", "--field", "db.user"]).ok().stdout(), "u");
    scene.run_with(["import", "-", "--format", "envio"], "A='x'\n").ok();
    assert_eq!(scene.get("A")["fields"]["value"], "'x'");
}
