//! Kubernetes cluster configurations: JSON with exactly one cluster, in base64.
//!
//! This file must not read YAML, and must not read the files that a configuration names.

use std::borrow::Cow;

use zeroize::Zeroizing;

use super::definition::{Accepted, Rule};
use super::fact::Fact;
use super::{certificate, encoding};
use crate::base64::{self, NotBase64};
use crate::value::{Object, Value, json};

/// Base64 of a kubeconfig in JSON that has exactly one cluster.
pub const ENCODED_KUBECONFIG: Rule = Rule {
    expects: "base64 of a kubeconfig in JSON with exactly one cluster",
    check: |base64| encoding::judged(base64, |text| parse(text).map(|_| Accepted::verbatim())),
};

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

/// Returns the cluster's name and server, and the earliest end of the current user's certificates, as far as
/// the configuration has them. Returns nothing for a text that [`ENCODED_KUBECONFIG`] refuses.
#[must_use]
pub fn facts(base64: &str) -> Vec<Fact> {
    let Ok(config) = encoding::within(base64, parse) else { return Vec::new() };
    let cluster = first(&config, "clusters");
    let name = cluster
        .and_then(|cluster| cluster.text_at(&["name"]))
        .map(|name| Fact { name: "clusterName", text: name.to_owned() });
    let server = cluster
        .and_then(|cluster| cluster.text_at(&["cluster", "server"]))
        // a user name and password may stand before the host
        .filter(|server| !server.contains('@'))
        .map(|server| Fact { name: "server", text: server.to_owned() });
    let certificates = current_user(&config)
        .and_then(|user| decode_data(user.text_at(&["client-certificate-data"])?).ok())
        .and_then(|pem| Some(certificate::facts(std::str::from_utf8(&pem).ok()?)))
        .unwrap_or_default();
    let ends = certificates.into_iter().filter(|fact| matches!(fact.name, "notAfter" | "chainNotAfter"));
    // times are written so that the earliest is also the smallest text
    let not_after = ends.min_by(|a, b| a.text.cmp(&b.text));
    let not_after = not_after.map(|fact| Fact { name: "certificateNotAfter", ..fact });
    name.into_iter().chain(server).chain(not_after).collect()
}

/// Returns what people want to know of a configuration beside the [`facts`]: its contexts, the current one
/// first, and its users. Returns nothing for a text that [`ENCODED_KUBECONFIG`] refuses.
#[must_use]
pub fn details(base64: &str) -> Vec<Fact> {
    let Ok(config) = encoding::within(base64, parse) else { return Vec::new() };
    let names = |list: &str| -> Vec<String> {
        let items = config.get(list).and_then(Value::as_list).unwrap_or_default();
        items.iter().filter_map(|item| item.text_at(&["name"]).map(str::to_owned)).collect()
    };
    let current = config.get("current-context").and_then(|name| name.text_at(&[]));
    let mut contexts = names("contexts");
    contexts.sort_by_key(|name| Some(name.as_str()) != current);
    let namespace = |name: &String| {
        let items = config.get("contexts").and_then(Value::as_list).unwrap_or_default();
        let context = items.iter().find(|item| item.text_at(&["name"]) == Some(name))?;
        context.text_at(&["context", "namespace"]).map(|namespace| format!("{name} (namespace {namespace})"))
    };
    let contexts: Vec<String> =
        contexts.iter().map(|name| namespace(name).unwrap_or_else(|| name.clone())).collect();
    [("contexts", contexts), ("users", names("users"))]
        .into_iter()
        .filter(|(_, names)| !names.is_empty())
        .map(|(name, names)| Fact { name, text: names.join(", ") })
        .collect()
}

/// Returns the user of the current context, as the member `user` describes it. If no context is current, it is
/// the user of the only context, or else the only user. Returns `None` if the configuration leaves it open.
#[must_use]
pub fn current_user(config: &Object) -> Option<&Value> {
    let list = |name: &str| config.get(name).and_then(Value::as_list).unwrap_or_default();
    let named =
        |name: &str, wanted: &str| list(name).iter().find(|item| item.text_at(&["name"]) == Some(wanted));
    let current = config.get("current-context").and_then(|name| name.text_at(&[]));
    let context = match (current.filter(|name| !name.is_empty()), list("contexts")) {
        (Some(current), _) => Some(named("contexts", current)?),
        (None, [context]) => Some(context),
        (None, []) => None,
        (None, _) => return None,
    };
    let user = match (context, list("users")) {
        (Some(context), _) => named("users", context.text_at(&["context", "user"])?)?,
        (None, [user]) => user,
        (None, _) => return None,
    };
    user.at(&["user"])
}

/// Decodes a member such as `client-key-data` into memory that is wiped. Line breaks in it are passed over, as
/// clients do.
///
/// # Errors
/// Fails if the text is not base64.
pub fn decode_data(text: &str) -> Result<Zeroizing<Vec<u8>>, NotBase64> {
    let mut base64 = Zeroizing::new(String::with_capacity(text.len()));
    for line in text.split(['\r', '\n']) {
        base64.push_str(line);
    }
    base64::decode(&base64)
}

fn parse(text: &str) -> Result<Object, Cow<'static, str>> {
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

fn first<'a>(config: &'a Object, list: &str) -> Option<&'a Value> {
    config.get(list)?.as_list()?.first()
}

#[cfg(test)]
mod tests {
    use super::super::assertions::judges;
    use super::{ENCODED_KUBECONFIG, current_user, details, facts};
    use crate::base64::encode;
    use crate::value::json;

    const CERTIFICATE: &str = include_str!("testdata/certificate.pem");
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
    fn contexts_and_users_are_named() {
        let config = format!(
            r#"{{"current-context":"b","clusters":[{CLUSTER}],"users":[{{"name":"admin","user":{{"token":"hunter2"}}}}],
            "contexts":[{{"name":"a","context":{{}}}},{{"name":"b","context":{{"namespace":"shop"}}}}]}}"#
        );
        let told = details(encode(config.as_bytes()).expose());
        let told: Vec<_> = told.iter().map(|fact| (fact.name, fact.text.as_str())).collect();
        assert_eq!(told, [("contexts", "b (namespace shop), a"), ("users", "admin")]);
        assert_eq!(details("hello"), []);
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
    fn a_configuration_tells_its_cluster() {
        let data = encode(CERTIFICATE.as_bytes());
        let users = format!(r#"[{{"name":"u","user":{{"client-certificate-data":"{}"}}}}]"#, data.expose());
        let json = format!(r#"{{"clusters":[{CLUSTER}],"users":{users}}}"#);
        let told = facts(encode(json.as_bytes()).expose());
        let told: Vec<_> = told.iter().map(|fact| (fact.name, fact.text.as_str())).collect();
        assert_eq!(
            told,
            [
                ("clusterName", "c1"),
                ("server", "https://h:6443"),
                ("certificateNotAfter", "2100-10-25T16:51:46.000000Z"),
            ]
        );

        let json = r#"{"clusters":[{"name":"c1","cluster":{"server":"https://u:hunter2@h"}}],"users":[{}]}"#;
        let told = facts(encode(json.as_bytes()).expose());
        assert_eq!(told.iter().map(|fact| fact.text.as_str()).collect::<Vec<_>>(), ["c1"]);
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

    #[test]
    fn the_current_user_is_that_of_the_current_context() {
        let current = |rest: &str| {
            let users = r#"[{"name":"a","user":{"token":"A"}},{"name":"b","user":{"token":"B"}}]"#;
            let document = json::parse(format!(r#"{{"users":{users},{rest}}}"#).as_bytes()).unwrap();
            let config = document.as_object().unwrap();
            current_user(config).and_then(|user| user.text_at(&["token"])).map(str::to_owned)
        };
        let contexts =
            r#""contexts":[{"name":"x","context":{"user":"a"}},{"name":"y","context":{"user":"b"}}]"#;
        let one = r#""contexts":[{"name":"y","context":{"user":"b"}}]"#;
        for (rest, token) in [
            (format!(r#"{contexts},"current-context":"y""#), Some("B")),
            (format!(r#"{contexts},"current-context":"x""#), Some("A")),
            (format!(r#"{contexts},"current-context":"z""#), None),
            (format!(r#"{contexts},"current-context":"""#), None),
            (contexts.to_owned(), None),
            (one.to_owned(), Some("B")),
            (one.replace(r#""b""#, r#""c""#), None),
            (r#""contexts":[]"#.to_owned(), None),
        ] {
            assert_eq!(current(&rest).as_deref(), token, "{rest}");
        }
    }
}
