//! Tests of what merging keeps, and of what it brings in. The values are judged by our own import, which reads
//! them back.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;

use super::{MergeError, mergeable};
use crate::export::ExportFormat;
use crate::value::{Value, json, yaml};

fn merged(format: &str, file: &str, export: &str) -> Result<String, MergeError> {
    let merged = ExportFormat::find(format).unwrap().merge(file.as_bytes(), export.as_bytes())?;
    Ok(String::from_utf8(merged.text.to_vec()).unwrap())
}

/// Merges twice, which must be as good as once.
#[track_caller]
fn once(format: &str, file: &str, export: &str) -> String {
    let text = merged(format, file, export).unwrap();
    assert_eq!(merged(format, &text, export).unwrap(), text, "the second time");
    text
}

/// Returns true if a text has all these lines, in their order.
fn keeps(lines: &str, text: &str) -> bool {
    let mut all = text.lines();
    lines.lines().all(|line| all.any(|other| other == line))
}

#[test]
fn a_profile_takes_its_place_among_others() {
    let export = "[deploy]\naws_access_key_id = AKIANEW\naws_secret_access_key = s=#;\n\n";
    let other = "# mine\n[other]\nregion=eu   \naws_access_key_id: AKIAOTHER";
    assert_eq!(once("aws-credentials", other, export), format!("{other}\n\n{}", export.trim_end()) + "\n");
    assert_eq!(once("aws-credentials", "", export), export.trim_end().to_owned() + "\n");
    let known = "[deploy] ; here\r\nAWS_Access_Key_Id=AKIAOLD\r\n  # why\r\naws_session_token = stale\r\n\
                 region = eu\r\ns3 =\r\n  max = 1\r\n# end\r\n[other]\r\na = b\r\n";
    assert_eq!(
        once("aws-credentials", known, export),
        "[deploy] ; here\r\nAWS_Access_Key_Id=AKIANEW\r\n  # why\r\nregion = eu\r\ns3 =\r\n  max = 1\r\n\
         aws_secret_access_key = s=#;\r\n# end\r\n[other]\r\na = b\r\n"
    );
    let spelled = "[profile \"deploy\"]\naws_access_key_id = AKIAOLD\naws_secret_access_key = x\n  y\n";
    assert_eq!(
        once("aws-credentials", spelled, export),
        "[profile \"deploy\"]\naws_access_key_id = AKIANEW\naws_secret_access_key = s=#;\n"
    );
    for (wrong, line) in [
        ("a = b\n", 1),
        ("[x]\nfree text\n", 2),
        ("[x\n", 1),
        ("[deploy]\n[deploy]\n", 2),
        ("[deploy]\naws_access_key_id=1\naws_access_key_id=2\n", 3),
        ("{\"a\": 1}", 1),
    ] {
        let error = merged("aws-credentials", wrong, export).unwrap_err();
        assert!(matches!(error, MergeError::Line { line: at, .. } if at == line), "{wrong:?}: {error}");
    }
}

#[test]
fn a_variable_takes_its_place_among_others() {
    let export = "A_USERNAME='u v'\nA_PASSWORD='x\ny'\n";
    let file = "\u{feff}# local\nexport DEBUG=1   # noisy\nURL=\"https://x/?a=$b\"\nNAME\nexport A_PASSWORD = old # mine\n\
                A_PASSWORD=\"older\"";
    assert_eq!(
        once("dotenv", file, export),
        "\u{feff}# local\nexport DEBUG=1   # noisy\nURL=\"https://x/?a=$b\"\nNAME\nexport A_PASSWORD = 'x\ny' # mine\n\
         A_PASSWORD='x\ny'\nA_USERNAME='u v'\n"
    );
    // a value that is quoted otherwise is the same
    assert_eq!(once("dotenv", "A_USERNAME=u\nA=b\n", "A_USERNAME='u'\n"), "A_USERNAME=u\nA=b\n");
    assert_eq!(once("dotenv", "A=b\r\n", export), "A=b\r\nA_USERNAME='u v'\r\nA_PASSWORD='x\ny'\r\n");
    for wrong in ["free text\n", "A='open\n", "A='b' c\n", "A=1\n: x\n", "{\"a\": \"b=c\"}"] {
        assert!(matches!(merged("dotenv", wrong, export), Err(MergeError::Line { .. })), "{wrong:?}");
    }
}

#[test]
fn a_login_takes_its_place_among_others() {
    let export = "machine h.example\n  login ada\n  password \"p \\\"x\\\"\"\n\n";
    let file = "# printer\nmachine p.example login me password keep # x\n\nmachine h.example\n  login bob\n";
    let entry = "machine h.example\n  login ada\n  password \"p \\\"x\\\"\"\n";
    assert_eq!(once("netrc", file, export), format!("{file}\n{entry}\n"));
    let known =
        "machine h.example login ada password old machine i.example login i\ndefault login x password y\n";
    assert_eq!(once("netrc", known, export), known.replace("password old", "password \"p \\\"x\\\"\""));
    let bare = "machine h.example login ada\n";
    assert_eq!(once("netrc", bare, export), "machine h.example login ada password \"p \\\"x\\\"\"\n");
    // nothing behind the entry for all others is ever read, and a macro goes on to an empty line
    let default = "machine i.example login i\n  default login x password y\n";
    assert_eq!(
        once("netrc", default, export),
        format!("machine i.example login i\n{entry}\n  default login x password y\n")
    );
    let macros = "machine i.example login i\nmacdef init\ncd /x";
    assert_eq!(once("netrc", macros, export), format!("{macros}\n\n{entry}\n"));
    for wrong in ["login a\n", "machine h login\n", "machine h secret\n", "machine h password \"open\n"] {
        assert!(matches!(merged("netrc", wrong, export), Err(MergeError::Line { .. })), "{wrong:?}");
    }
}

const KUBE: &str = r#"{"apiVersion":"v1","kind":"Config","clusters":[{"name":"kube","cluster":{"server":"https://new"}}],
    "users":[{"name":"kube","user":{"token":"t # x","exec":{"args":["a",1,null,{}]}}}],
    "contexts":[{"name":"kube","context":{"cluster":"kube","user":"kube"}}],"current-context":"kube"}"#;

#[test]
fn a_cluster_takes_its_place_among_others() {
    let file = "# mine\napiVersion: v1\nkind: Config\ncurrent-context: home   # never another one\nclusters:\n\
                - name: home\n  cluster:\n    server: https://home # x\n# behind\ncontexts: []  # none yet\n\
                users:\n  - user: {token: old}\n    name: kube # k\n  - name: ada\n    user:\n      cert: |\n        a\n        b\n";
    let text = once("kubeconfig", file, KUBE);
    let own = file.replace("  - user: {token: old}\n    name: kube # k\n", "").replace(" []", "");
    assert!(keeps(&own, &text), "{text}");
    assert!(text.contains("# behind\ncontexts:  # none yet\n- name: kube\n"), "{text}");
    // nothing but comments, and nothing at all
    for empty in ["", "# nothing yet\n"] {
        let text = once("kubeconfig", empty, KUBE);
        let Ok(Value::Object(read)) = yaml::parse(&text) else { panic!("{text}") };
        assert_eq!(Value::Object(read), json::parse(KUBE.as_bytes()).unwrap());
        assert!(text.starts_with(empty));
    }
    let flow = "kind: Config\nclusters: [ {name: home, cluster: {server: \"https://h]\"}} ]\nusers: null\n";
    let text = once("kubeconfig", flow, KUBE);
    assert!(text.contains("{server: \"https://h]\"}}, {\"name\":\"kube\""), "{text}");
    let json =
        "{\n  \"clusters\": [\n    {\"name\": \"home\", \"cluster\": {}}\n  ],\n  \"kind\": \"Config\"\n}\n";
    let text = once("kubeconfig", json, KUBE);
    assert!(
        text.starts_with(
            "{\n  \"clusters\": [\n    {\"name\": \"home\", \"cluster\": {}}, {\"name\":\"kube\""
        )
    );
    for wrong in ["kind: Secret\n", "- a\n", "clusters: {}\n", "a: [\n", "{\"kind\": 1}", "text\n"] {
        assert!(merged("kubeconfig", wrong, KUBE).is_err(), "{wrong:?}");
    }
    let twice = "users:\n- name: kube\n- name: kube\n";
    assert!(merged("kubeconfig", twice, KUBE).is_err());
    // an anchor that is used elsewhere cannot go
    let anchor = "users:\n- name: kube\n  user: &u {token: x}\n- name: other\n  user: *u\n";
    assert!(merged("kubeconfig", anchor, KUBE).is_err());
}

#[test]
fn what_is_no_text_and_what_is_no_format_is_refused() {
    let format = ExportFormat::find("dotenv").unwrap();
    assert_eq!(format.merge(b"A=\xff\n", b"B=1\n").unwrap_err(), MergeError::NotText);
    assert!(!ExportFormat::find("csv").unwrap().can_merge());
    assert!(mergeable().all(|name| ExportFormat::find(name).is_some_and(ExportFormat::can_merge)));
}

/// Generates a secret that every format can write, though not without quotes.
fn value() -> impl Strategy<Value = String> {
    "[!-~]([ -~]{0,20}[!-~])?".prop_map(|text| text.replace(['\\', '`', '\'', '"', '$'], "x"))
}

fn entries() -> impl Strategy<Value = BTreeMap<String, String>> {
    proptest::collection::btree_map("[a-e]", value(), 1..4)
}

/// Returns text of one format with these entries, among comments and blanks.
fn text_of(format: &str, entries: &BTreeMap<String, String>, noise: &[String]) -> String {
    let mut noise = noise.iter().cycle();
    let mut text = String::new();
    for (name, value) in entries {
        text.push_str(noise.next().map_or("", String::as_str));
        text.push_str(&match format {
            "aws-credentials" => format!("[{name}]\naws_access_key_id = AK\naws_secret_access_key={value}\n"),
            "dotenv" => format!("{}='{value}'\n", name.to_uppercase()),
            _ => format!("machine {name} login u\n  password \"{value}\"\n"),
        });
    }
    text
}

/// Reads the values of a text by their names, as import does.
fn read(format: &str, text: &str) -> BTreeMap<String, String> {
    let import = crate::import::ImportFormat::find(format)
        .unwrap()
        .read(text, &crate::import::ImportFacts::default())
        .unwrap();
    let items = import.items.into_iter().map(|item| {
        let members = item.incoming.unwrap().draft.members;
        let value = ["secretAccessKey", "password", "value"].iter().find_map(|name| members.get(name));
        (item.id.unwrap().to_lowercase(), value.and_then(Value::as_text).unwrap().expose().to_owned())
    });
    items.collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(192))]

    #[test]
    fn all_else_stays_and_what_is_new_is_read(
        format in proptest::sample::select(vec!["aws-credentials", "dotenv", "netrc"]),
        (old, new) in (entries(), entries()),
        noise in proptest::collection::vec(proptest::sample::select(vec!["", "\n", "# a comment\n", "\n# b\n\n"]), 1..4),
    ) {
        let noise: Vec<String> = noise.into_iter().map(str::to_owned).collect();
        let file = text_of(format, &old, &noise);
        let export = text_of(format, &new, &[String::new()]);
        let text = once(format, &file, &export);
        // lines without a value of ours are all there
        let ours: BTreeSet<&str> = old.iter().filter(|(name, _)| new.contains_key(*name)).map(|(_, value)| value.as_str()).collect();
        let rest: String = file.lines().filter(|line| !ours.iter().any(|value| line.contains(value)))
            .map(|line| format!("{line}\n")).collect();
        prop_assert!(keeps(&rest, &text), "{file}\n---\n{text}");
        // and what is read is the old with the new over it
        let mut expected = old.clone();
        expected.extend(new);
        prop_assert_eq!(read(format, &text), expected);
    }

    #[test]
    fn a_kubeconfig_means_the_old_with_the_new_over_it(
        old in proptest::collection::btree_map("[a-e]", value(), 0..4),
        new in entries(),
        indent in 0..3_usize,
        noise in proptest::sample::select(vec!["", "\n", "  # c\n", "# d\n\n"]),
    ) {
        let mut file = String::from("# top\nkind: Config\nusers:");
        if old.is_empty() {
            file.push_str(" []");
        }
        file.push('\n');
        for (name, value) in &old {
            let pad = " ".repeat(indent);
            file.push_str(&format!("{noise}{pad}- name: {name} # n\n{pad}  user:\n{pad}    token: '{value}'\n"));
        }
        file.push_str("preferences: {} # p\n");
        let users: Vec<String> = new.iter()
            .map(|(name, value)| format!(r#"{{"name":"{name}","user":{{"token":"{value}"}}}}"#)).collect();
        let export = format!(r#"{{"kind":"Config","users":[{}]}}"#, users.join(","));
        let text = once("kubeconfig", &file, &export);
        let Ok(Value::Object(read)) = yaml::parse(&text) else { panic!("{text}") };
        let found: BTreeMap<String, String> = read.get("users").unwrap().as_list().unwrap().iter()
            .map(|user| (user.text_at(&["name"]).unwrap().to_owned(), user.text_at(&["user", "token"]).unwrap().to_owned()))
            .collect();
        let mut expected = old.clone();
        expected.extend(new);
        prop_assert_eq!(found, expected);
        prop_assert!(keeps("# top\nkind: Config\n", &text) && text.contains("preferences: {} # p\n"), "{}", text);
    }
}
