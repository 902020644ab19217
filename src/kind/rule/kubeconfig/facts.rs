//! The facts of a configuration.

use super::rule::parse;
use super::user::{current_user, decode_data};
use crate::kind::rule::fact::{Fact, FactReader};
use crate::kind::rule::{certificate, encoding};
use crate::value::{Object, Value};

/// The reader of the facts of a configuration.
pub const READER: FactReader = FactReader {
    name: "kubeconfig",
    names: &["clusterName", "server", "certificateNotAfter"],
    facts,
    details: Some(details),
    repeats_field: false,
};

/// Returns the cluster's name and server, and the earliest end of the current user's certificates, as far as
/// the configuration has them. Returns nothing for a text that [`ENCODED_KUBECONFIG`](super::ENCODED_KUBECONFIG) refuses.
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
/// first, and its users. Returns nothing for a text that [`ENCODED_KUBECONFIG`](super::ENCODED_KUBECONFIG) refuses.
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

fn first<'a>(config: &'a Object, list: &str) -> Option<&'a Value> {
    config.get(list)?.as_list()?.first()
}

#[cfg(test)]
mod tests {
    use super::{details, facts};
    use crate::base64::encode;

    const CERTIFICATE: &str = include_str!("../testdata/certificate.pem");
    const CLUSTER: &str = r#"{"name":"c1","cluster":{"server":"https://h:6443"}}"#;

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
