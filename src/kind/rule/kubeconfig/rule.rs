//! The rule that a text is a configuration with one cluster.

use std::borrow::Cow;

use super::user::decode_data;
use crate::kind::rule::definition::{Accepted, Rule};
use crate::kind::rule::encoding;
use crate::value::{Object, Value, json};

/// Base64 of a kubeconfig in JSON that has exactly one cluster.
pub const ENCODED_KUBECONFIG: Rule =
    Rule::new("encoded-kubeconfig", "base64 of a kubeconfig in JSON with exactly one cluster", &|base64| {
        encoding::judged(base64, |text| parse(text).map(|_| Accepted::verbatim()))
    });

/// Members of clusters and users that hold base64.
const DATA: [&str; 3] = ["certificate-authority-data", "client-certificate-data", "client-key-data"];
/// Members of clusters and users that hold other texts.
const TEXTS: [&str; 12] = [
    "server",
    "tls-server-name",
    "proxy-url",
    "certificate-authority",
    "client-certificate",
    "client-key",
    "token",
    "tokenFile",
    "username",
    "password",
    "as",
    "as-uid",
];

/// Reads a configuration, and judges it.
pub fn parse(text: &str) -> Result<Object, Cow<'static, str>> {
    let document = json::parse(text.as_bytes()).map_err(|error| {
        format!(
            "must be base64 of a kubeconfig in JSON, not YAML ({error}); \
             `kubectl config view --raw --minify --flatten -o json` writes one"
        )
    })?;
    let Value::Object(config) = document else {
        return Err("must be base64 of a kubeconfig: a JSON object".into());
    };
    let is_config = match config.get("kind") {
        None | Some(Value::Null) => true,
        Some(kind) => kind.as_text().is_some_and(|kind| kind.expose() == "Config"),
    };
    if !is_config {
        return Err("must be base64 of a kubeconfig: its kind must be Config".into());
    }
    let [cluster] = config.get("clusters").and_then(Value::as_list).unwrap_or_default() else {
        return Err("must be base64 of a kubeconfig with exactly one cluster; \
                    `kubectl config view --raw --minify --flatten -o json` writes one"
            .into());
    };
    let has_name = cluster.text_at(&["name"]).is_some_and(|name| !name.is_empty());
    if !has_name || cluster.at(&["cluster"]).and_then(Value::as_object).is_none() {
        return Err("must be base64 of a kubeconfig whose cluster has a name and a cluster object".into());
    }
    for (list, member) in [("clusters", "cluster"), ("users", "user")] {
        let items = config.get(list).and_then(Value::as_list).unwrap_or_default();
        for (index, item) in items.iter().enumerate() {
            let inner = item.at(&[member]).and_then(Value::as_object);
            if let Some((name, reason)) = inner.and_then(unreadable) {
                let place = format!("{list}[{index}].{member}.{name}");
                return Err(format!("must be base64 of a kubeconfig whose `{place}` {reason}").into());
            }
        }
    }
    Ok(config)
}

/// Finds a member of a cluster or user that no client can read. Returns its name and the condition that it
/// fails, to stand behind `whose`.
fn unreadable(members: &Object) -> Option<(&str, &'static str)> {
    members.iter().find_map(|(name, value)| match value {
        Value::Null => None,
        Value::Text(text) if DATA.contains(&name) => {
            decode_data(text.expose()).is_err().then_some((name, "is base64"))
        }
        Value::Text(_) => None,
        _ if DATA.contains(&name) => Some((name, "is base64")),
        _ if TEXTS.contains(&name) => Some((name, "is a text; put the value in quotes")),
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::ENCODED_KUBECONFIG;
    use crate::base64::encode;
    use crate::kind::rule::assertions::judges;
    use crate::kind::rule::kubeconfig::facts;

    const HINT: &str = "kubectl config view --raw --minify --flatten -o json";
    const YAML: &str =
        "apiVersion: v1\nkind: Config\nclusters:\n- name: c1\n  cluster: {server: \"https://h:6443\"}\n";
    const CLUSTER: &str = r#"{"name":"c1","cluster":{"server":"https://h:6443"}}"#;

    fn accepts(json: &str) {
        judges(&ENCODED_KUBECONFIG, &[encode(json.as_bytes()).expose()], &[]);
    }

    fn refuses(text: &str) -> String {
        let base64 = encode(text.as_bytes());
        judges(&ENCODED_KUBECONFIG, &[], &[base64.expose()]);
        assert_eq!(facts(base64.expose()), []);
        (ENCODED_KUBECONFIG.check)(base64.expose()).unwrap_err().into_owned()
    }

    #[test]
    fn a_json_object_with_one_cluster_is_accepted() {
        accepts(&format!(
            r#"{{"apiVersion":"v1","kind":"Config","clusters":[{CLUSTER}],"users":[],"contexts":[]}}"#
        ));
        accepts(&format!(r#"{{"clusters":[{CLUSTER}]}}"#));
        accepts(&format!(r#"{{"kind":null,"clusters":[{CLUSTER}]}}"#));
        accepts(r#"{"clusters":[{"name":"c1","cluster":{}}]}"#);
    }

    #[test]
    fn yaml_is_refused_with_the_command_that_converts_it() {
        for text in [YAML, "{clusters: [{name: hunter2}]}", "hunter2", ""] {
            let reason = refuses(text);
            assert!(reason.contains(HINT), "{reason}");
            assert!(!reason.contains("hunter2"), "{reason}");
        }
    }

    #[test]
    fn anything_else_is_refused() {
        for text in [
            "[]",
            "\"x\"",
            "{}",
            r#"{"clusters":[]}"#,
            r#"{"clusters":{}}"#,
            &format!(r#"{{"clusters":[{CLUSTER},{CLUSTER}]}}"#),
            &format!(r#"{{"clusters":[{CLUSTER}],"clusters":[{CLUSTER}]}}"#),
            &format!(r#"{{"kind":"Secret","clusters":[{CLUSTER}]}}"#),
            &format!(r#"{{"kind":1,"clusters":[{CLUSTER}]}}"#),
            r#"{"clusters":[{"name":"","cluster":{}}]}"#,
            r#"{"clusters":[{"cluster":{}}]}"#,
            r#"{"clusters":[{"name":1,"cluster":{}}]}"#,
            r#"{"clusters":[{"name":"c1"}]}"#,
            r#"{"clusters":[{"name":"c1","cluster":[]}]}"#,
            r#"{"clusters":["c1"]}"#,
        ] {
            refuses(text);
        }
        judges(&ENCODED_KUBECONFIG, &[], &["{}", "e30", "/w==", "e30=\n"]);
    }

    #[test]
    fn what_no_client_can_read_is_refused() {
        let user =
            |user: &str| format!(r#"{{"clusters":[{CLUSTER}],"users":[{{"name":"u","user":{{{user}}}}}]}}"#);
        for member in [
            r#""client-key-data":"<hunter2>""#,
            r#""client-key-data":1"#,
            r#""password":1"#,
            r#""token":true"#,
            r#""token":[]"#,
        ] {
            let reason = refuses(&user(member));
            let name = member.split('"').nth(1).unwrap();
            assert!(reason.contains(&format!("`users[0].user.{name}`")), "{reason}");
        }
        let cluster = r#"{"clusters":[{"name":"c","cluster":{"certificate-authority-data":"YQ=="}}]}"#;
        accepts(cluster);
        refuses(&cluster.replace("YQ==", "YQ"));
        accepts(&user(
            r#""client-key-data":"aGVs\nbG8=\r\n","token":null,"exec":{"args":[1]},"extensions":[]"#,
        ));
    }
}
