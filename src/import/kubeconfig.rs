//! A kubeconfig, in YAML or JSON, taken apart into one credential for each context, with one cluster, one
//! user and one context.

use super::entries::Entries;
use super::format::{ImportFacts, ImportFormat};
use super::item::Import;
use crate::base64;
use crate::credential::Violations;
use crate::kind::ENTRIES;
use crate::secret::Buffer;
use crate::value::{Object, Value, json, parse_document};

pub(super) const FORMAT: ImportFormat =
    ImportFormat { name: "kubeconfig", summary: "the contexts of a kubeconfig", recognises, read };

/// Members that name files, which are no part of the configuration.
const FILES: [&str; 4] = ["certificate-authority", "client-certificate", "client-key", "tokenFile"];

fn recognises(text: &str) -> bool {
    if text.trim_start().starts_with('{') {
        // a document that is not even JSON is not ours either
        return text.contains("\"clusters\"")
            && matches!(json::parse(text.as_bytes()), Ok(Value::Object(c)) if is_config(&c));
    }
    let bare = |text: &str| text.trim().trim_matches(['"', '\'']).to_owned();
    let members: Vec<(String, String)> = text
        .trim_start_matches('\u{feff}')
        .lines()
        // members of the document itself begin a line
        .filter(|line| !line.starts_with(' '))
        .filter_map(|line| line.split_once(':'))
        .map(|(name, value)| (bare(name), bare(value.split(" #").next().unwrap_or_default())))
        .collect();
    let has = |wanted: &str| members.iter().any(|(name, _)| name == wanted);
    let kind = members.iter().find(|(name, _)| name == "kind").map(|(_, value)| value.as_str());
    has("clusters") && (kind == Some("Config") || (kind.is_none() && has("contexts") && has("users")))
}

/// Returns true if clients take a document for a kubeconfig. They do not ask for a `kind`, so without one the
/// lists decide.
fn is_config(config: &Object) -> bool {
    let has = |name: &str| config.get(name).is_some_and(|list| list.as_list().is_some());
    has("clusters")
        && match config.get("kind") {
            None | Some(Value::Null) => has("contexts") && has("users"),
            Some(kind) => kind.text_at(&[]) == Some("Config"),
        }
}

fn read(text: &str, _: &ImportFacts<'_>) -> Result<Import, Violations> {
    let parsed = parse_document(text).map(|mut documents| documents.pop().filter(|_| documents.is_empty()));
    let config = match parsed {
        Ok(Some(Value::Object(config))) if is_config(&config) => config,
        Ok(_) => {
            return Err(Violations::one(
                "document",
                "must be a kubeconfig: clusters, with the kind Config or with contexts and users",
            ));
        }
        Err(error) => return Err(Violations::one("document", format!("is no kubeconfig ({error})"))),
    };
    let list = |name: &str| config.get(name).and_then(Value::as_list).unwrap_or_default();
    let (clusters, users) = (list("clusters"), list("users"));
    let mut entries = Entries::default();
    let mut used: Vec<(&str, String)> = Vec::new();
    for context in list("contexts") {
        let name = context.text_at(&["name"]).map(str::to_owned).unwrap_or_default();
        let (cluster, user) = (
            context.text_at(&["context", "cluster"]).map(str::to_owned),
            context.text_at(&["context", "user"]).map(str::to_owned),
        );
        let id = entries.id(&name, "kubeconfig");
        let Some(cluster) = cluster.and_then(|name| named(clusters, &name)) else {
            entries.fail(&id, Violations::one("cluster", "is not among the clusters of the document"));
            continue;
        };
        let found = user.as_deref().and_then(|name| named(users, name));
        // a context without a user is one for a cluster that asks for none
        let found = found.or_else(|| user.as_deref().is_none_or(str::is_empty).then_some(&Value::Null));
        let Some(user) = found else {
            entries.fail(&id, Violations::one("user", "is not among the users of the document"));
            continue;
        };
        used.extend(cluster.text_at(&["name"]).map(str::to_owned).map(|name| ("cluster", name)));
        used.extend(user.text_at(&["name"]).map(str::to_owned).map(|name| ("user", name)));
        add(&mut entries, &id, Some(context), cluster, user);
    }
    for (what, items) in [("cluster", clusters), ("user", users)] {
        for item in items {
            let name = item.text_at(&["name"]).map(str::to_owned).unwrap_or_default();
            if used.contains(&(what, name.clone())) {
                continue;
            }
            if what == "cluster" {
                // a cluster alone is a configuration, too
                let id = entries.id(&name, "kubeconfig");
                add(&mut entries, &id, None, item, &Value::Null);
            } else {
                entries.notices.push(format!("the user {name} is in no context and was skipped"));
            }
        }
    }
    Ok(entries.finish())
}

fn add(entries: &mut Entries, id: &str, context: Option<&Value>, cluster: &Value, user: &Value) {
    let items = |item: Option<&Value>| {
        Value::List(item.filter(|item| **item != Value::Null).cloned().into_iter().collect())
    };
    let mut config = Object::from_iter([("apiVersion", Value::text("v1")), ("kind", Value::text("Config"))]);
    config.insert("clusters", items(Some(cluster)));
    config.insert("users", items(Some(user)));
    config.insert("contexts", items(context));
    if let Some(name) = context.and_then(|context| context.at(&["name"])) {
        config.insert("current-context", name.clone());
    }
    for (path, item) in [("cluster", cluster), ("user", user)] {
        for file in FILES {
            if item.at(&[path, file]).is_some() {
                entries.notices.push(format!("{id}: the file that {file} names is not imported"));
            }
        }
    }
    let mut out = Buffer::with_capacity(4096);
    // writing to memory does not fail
    let _ = json::write(&config.into(), &mut out);
    let store = Object::from_iter([("base64", Value::Text(base64::encode(&out.into_bytes())))]);
    let members = Object::from_iter([(ENTRIES, store)]);
    entries.push("kubeconfig", id, members, Vec::new());
}

fn named<'a>(items: &'a [Value], name: &str) -> Option<&'a Value> {
    items.iter().find(|item| item.text_at(&["name"]) == Some(name))
}

#[cfg(test)]
mod tests {
    use crate::import::tests::{read, recognised, shown};

    const YAML: &str = "apiVersion: v1\nkind: Config # mine\npreferences: {}\nclusters:\n\
        - name: c\n  cluster: {server: https://c, certificate-authority: /ca.pem}\n\
        - name: lone\n  cluster: {server: https://l}\nusers:\n- name: u\n  user: {token: t}\n\
        - name: idle\n  user: {}\ncontexts:\n\
        - name: a/b@c d\n  context: {cluster: c, user: u, namespace: n}\n\
        - name: bad\n  context: {cluster: x, user: u}\n";

    #[test]
    fn every_context_is_one() {
        assert_eq!(recognised(YAML), Some("kubeconfig"));
        let import = read("kubeconfig", YAML);
        assert_eq!(
            import.notices,
            [
                "a/b@c-d: the file that certificate-authority names is not imported",
                "the user idle is in no context and was skipped"
            ]
        );
        assert_eq!(
            shown(&import),
            [
                "kubeconfig a/b@c-d {keyStore: {base64: {\"apiVersion\":\"v1\",\"kind\":\"Config\",\"clusters\":\
                 [{\"name\":\"c\",\"cluster\":{\"server\":\"https://c\",\"certificate-authority\":\"/ca.pem\"}}],\
                 \"users\":[{\"name\":\"u\",\"user\":{\"token\":\"t\"}}],\"contexts\":[{\"name\":\"a/b@c d\",\
                 \"context\":{\"cluster\":\"c\",\"user\":\"u\",\"namespace\":\"n\"}}],\"current-context\":\
                 \"a/b@c d\"}}}",
                "bad: cluster: is not among the clusters of the document",
                "kubeconfig lone {keyStore: {base64: {\"apiVersion\":\"v1\",\"kind\":\"Config\",\"clusters\":\
                 [{\"name\":\"lone\",\"cluster\":{\"server\":\"https://l\"}}],\"users\":[],\"contexts\":[]}}}",
            ]
        );
    }

    #[test]
    fn json_is_known_too_and_nothing_else() {
        assert_eq!(recognised(r#"{"kind":"Config","clusters":[]}"#), Some("kubeconfig"));
        let bare = r#"{"clusters":[],"contexts":[],"users":[]}"#;
        assert_eq!(recognised(bare), Some("kubeconfig"));
        assert_eq!(recognised(&YAML.replace("kind: Config # mine\n", "")), Some("kubeconfig"));
        assert_eq!(read("kubeconfig", &YAML.replace("kind: Config # mine\n", "")).items.len(), 3);
        for text in [
            r#"{"clusters":[]}"#,
            r#"{"kind":"Secret","clusters":[]}"#,
            "kind: Secret\nclusters: []\n",
            "kind: Config\n",
        ] {
            assert_eq!(recognised(text), None, "{text}");
        }
    }
}
