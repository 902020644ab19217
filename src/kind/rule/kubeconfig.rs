//! Kubernetes cluster configurations: JSON with exactly one cluster, in base64.
//!
//! Must not read YAML or files that a configuration names.

use std::borrow::Cow;

use super::{Accepted, Fact, Rule, certificate, encoding};
use crate::value::{Object, Value, json};

/// Base64 of a kubeconfig in JSON that has exactly one cluster.
pub const ENCODED_KUBECONFIG: Rule = Rule {
    expects: "base64 of a kubeconfig in JSON with exactly one cluster",
    check: |base64| encoding::within(base64, parse).map(|_| Accepted::verbatim()),
};

/// The cluster's name and server, and until when the first user's certificate is valid, where the
/// configuration tells. Nothing for a text that [`ENCODED_KUBECONFIG`] refuses.
#[must_use]
pub fn facts(base64: &str) -> Vec<Fact> {
    let Ok(config) = encoding::within(base64, parse) else { return Vec::new() };
    let cluster = first(&config, "clusters");
    let user = first(&config, "users");
    let name = cluster
        .and_then(|cluster| cluster.text_at(&["name"]))
        .map(|name| Fact { name: "clusterName", text: name.to_owned() });
    let server = cluster
        .and_then(|cluster| cluster.text_at(&["cluster", "server"]))
        // a user name and password may stand before the host
        .filter(|server| !server.contains('@'))
        .map(|server| Fact { name: "server", text: server.to_owned() });
    let not_after = user
        .and_then(|user| user.text_at(&["user", "client-certificate-data"]))
        .and_then(|data| certificate::encoded_facts(data).into_iter().find(|fact| fact.name == "notAfter"))
        .map(|fact| Fact { name: "certificateNotAfter", ..fact });
    name.into_iter().chain(server).chain(not_after).collect()
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
    Ok(config)
}

fn first<'a>(config: &'a Object, list: &str) -> Option<&'a Value> {
    config.get(list)?.as_list()?.first()
}

#[cfg(test)]
mod tests {
    use super::super::encoding::encode;
    use super::super::text::tests::judges;
    use super::{ENCODED_KUBECONFIG, facts};

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
}
