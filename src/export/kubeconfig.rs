//! A kubeconfig: that of one credential as it is, or those of several merged into one. In a merged one every
//! name is made from that of its credential.

use std::io::{self, Write};

use zeroize::Zeroizing;

use super::format::{ExportData, ExportFormat, ExportOptions, ExportReport};
use crate::base64;
use crate::credential::Credential;
use crate::kind::{Content, ENTRIES};
use crate::outgoing::pretty;
use crate::value::{Object, Value, json};

pub(super) const FORMAT: ExportFormat =
    ExportFormat { name: "kubeconfig", summary: "a kubeconfig, for kubectl", write };

/// The lists of a kubeconfig, and the member that each item has beside its name.
const LISTS: [(&str, &str); 3] = [("clusters", "cluster"), ("users", "user"), ("contexts", "context")];

fn write(
    selection: &ExportData<'_>,
    options: &ExportOptions<'_>,
    report: &mut ExportReport,
    out: &mut dyn Write,
) -> io::Result<()> {
    let mut texts = Vec::new();
    for credential in selection.credentials.iter() {
        let credential = credential?;
        match text(&credential, options.secrets) {
            Ok(text) => {
                report.dropped_with_ours(&credential, &[]);
                texts.push((credential.id().to_owned(), text));
            }
            Err(why) => report.fail(&credential, why),
        }
    }
    match (texts.len(), texts.pop()) {
        // byte for byte, with its own names and comments
        (1, Some((_, text))) if selection.credentials.len() == 1 => out.write_all(&text),
        (0, None) if !selection.credentials.is_empty() => Ok(()),
        (_, last) => {
            texts.extend(last);
            let mut merged = MergedKubeconfig::default();
            for (id, text) in texts {
                if let Ok(Value::Object(config)) = json::parse(&text) {
                    merged.add(&id, config, report);
                }
            }
            merged.finish(out)
        }
    }
}

fn text(credential: &Credential, secrets: bool) -> Result<Zeroizing<Vec<u8>>, String> {
    let kind = credential.kind();
    if kind.content != Some(Content::Kubeconfig) {
        return Err(format!("{} is not a kubeconfig", kind.name));
    }
    let fields = credential.stored_fields(secrets);
    let base64 = fields.get(ENTRIES).and_then(|store| store.at(&["base64"])?.as_text());
    let base64 = base64.ok_or("is all secret: nothing is left of it without its secrets")?;
    base64::decode(base64.expose()).map_err(|why| format!("{ENTRIES}.base64: {why}"))
}

#[derive(Default)]
struct MergedKubeconfig {
    lists: [Vec<Value>; 3],
    current: Option<String>,
}

impl MergedKubeconfig {
    /// Adds a configuration, and renames the items in it after the credential.
    fn add(&mut self, id: &str, mut config: Object, report: &mut ExportReport) {
        let lists = LISTS.map(|(name, _)| match config.remove(name) {
            Some(Value::List(items)) => items,
            _ => Vec::new(),
        });
        let names = |items: &[Value]| -> Vec<String> {
            items.iter().map(|item| item.text_at(&["name"]).map(str::to_owned).unwrap_or_default()).collect()
        };
        let [clusters, users, contexts] = [names(&lists[0]), names(&lists[1]), names(&lists[2])];
        let new = |names: &[String], name: &str| {
            if names.len() == 1 { id.to_owned() } else { format!("{id}/{name}") }
        };
        let current =
            config.remove("current-context").as_ref().and_then(|name| name.text_at(&[]).map(str::to_owned));
        // `finish` writes its own, so they are not left out
        for name in ["apiVersion", "kind"] {
            config.remove(name);
        }
        if config.iter().any(|(_, value)| !is_empty(value)) {
            let left: Vec<_> = config.iter().map(|(name, _)| name).collect();
            report.notices.push(format!("{id}: {} of the kubeconfig left out", left.join(", ")));
        }
        let all = [&clusters, &users, &contexts];
        for ((target, items), names) in self.lists.iter_mut().zip(lists).zip(all) {
            for mut item in items {
                let name = item.text_at(&["name"]).map(str::to_owned).unwrap_or_default();
                rename(&mut item, &[], "name", &new(names, &name));
                for (member, names) in [("cluster", &clusters), ("user", &users)] {
                    if let Some(name) = item
                        .text_at(&["context", member])
                        .map(str::to_owned)
                        .filter(|name| names.contains(name))
                    {
                        rename(&mut item, &["context"], member, &new(names, &name));
                    }
                }
                target.push(item);
            }
        }
        if contexts.is_empty() {
            let mut context = Object::from_iter([("cluster", Value::text(id))]);
            // with several, nothing says which one is meant
            if let [user] = &users[..] {
                context.insert("user", Value::text(new(&users, user)));
            }
            let context = Object::from_iter([("name", Value::text(id)), ("context", context.into())]);
            self.lists[2].push(context.into());
        }
        let current = current.filter(|name| contexts.contains(name)).or_else(|| contexts.first().cloned());
        let current = current.map_or_else(|| id.to_owned(), |name| new(&contexts, &name));
        // the first credential decides, as kubectl has it when it merges files
        self.current.get_or_insert(current);
    }

    fn finish(self, out: &mut dyn Write) -> io::Result<()> {
        let mut config =
            Object::from_iter([("apiVersion", Value::text("v1")), ("kind", Value::text("Config"))]);
        for ((name, _), items) in LISTS.into_iter().zip(self.lists) {
            config.insert(name, Value::List(items));
        }
        config.insert("current-context", Value::text(self.current.unwrap_or_default()));
        pretty(&json::JsonMembers(&config), out)
    }
}

fn rename(item: &mut Value, path: &[&str], member: &str, name: &str) {
    let Value::Object(object) = item else { return };
    let at: Vec<&str> = path.iter().copied().chain([member]).collect();
    // every member on the way is an object: the name was read there
    let _ = object.set_at(&at, Value::text(name));
}

fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::Object(object) => object.is_empty(),
        Value::List(items) => items.is_empty(),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{failures_of, text_of};
    use crate::base64;
    use crate::value::json;

    fn kubeconfig(id: &str, text: &str) -> String {
        let base64 = base64::encode(text.as_bytes());
        format!(r#"{{"type":"kubeconfig","id":"{id}","keyStore":{{"base64":"{}"}}}}"#, base64.expose())
    }

    const FULL: &str = r#"{"kind":"Config","clusters":[{"name":"c","cluster":{"server":"s"}}],
        "users":[{"name":"u","user":{"token":"t"}},{"name":"v","user":{}}],
        "contexts":[{"name":"x","context":{"cluster":"c","user":"v","namespace":"n"}}],"current-context":"x"}"#;
    const BARE: &str = r#"{"clusters":[{"name":"c","cluster":{}}]}"#;

    #[test]
    fn one_is_as_it_is() {
        assert_eq!(text_of("kubeconfig", &[&kubeconfig("a", FULL)]), FULL);
    }

    #[test]
    fn several_have_the_names_of_their_credentials() {
        let text = text_of("kubeconfig", &[&kubeconfig("a", FULL), &kubeconfig("b", BARE)]);
        let expected = r#"{"apiVersion":"v1","kind":"Config",
            "clusters":[{"name":"a","cluster":{"server":"s"}},{"name":"b","cluster":{}}],
            "users":[{"name":"a/u","user":{"token":"t"}},{"name":"a/v","user":{}}],
            "contexts":[{"name":"a","context":{"cluster":"a","user":"a/v","namespace":"n"}},
                {"name":"b","context":{"cluster":"b"}}],"current-context":"a"}"#;
        assert_eq!(json::parse(text.as_bytes()).unwrap(), json::parse(expected.as_bytes()).unwrap());
    }

    #[test]
    fn other_types_fail() {
        let login = r#"{"type":"login","id":"l","username":"u","password":"p"}"#;
        assert_eq!(failures_of("kubeconfig", &[login]), ["l"]);
    }
}
