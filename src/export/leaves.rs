//! The values of a credential one by one, as plain bytes, for formats that have no structure.

use crate::base64;
use crate::credential::Credential;
use crate::kind::{CUSTOM, Shape};
use crate::secret::{Buffer, Secret, SecretBytes};
use crate::value::{Value, json};

/// The field of a connector that only holds others.
const PROPERTIES: &str = "properties";

/// One value: its path, and its bytes without any encoding.
pub(super) struct Leaf {
    /// Its path: `password`, `keyStore.apikey`, `properties.query.method`.
    pub path: String,
    /// The place of its name in the path.
    name_at: usize,
    value: SecretBytes,
}

impl Leaf {
    /// Returns the path without the field that only holds others: `apikey` for `keyStore.apikey`.
    pub fn name(&self) -> &str {
        self.path.get(self.name_at..).unwrap_or(&self.path)
    }

    /// Returns true if the value is an own field of the credential.
    pub fn is_own(&self) -> bool {
        self.path.strip_prefix(CUSTOM).is_some_and(|rest| rest.starts_with('.'))
    }

    /// Returns the value.
    pub fn bytes(&self) -> &[u8] {
        &self.value
    }

    /// Returns the value as text.
    pub fn text(&self) -> Result<&str, String> {
        match &self.value {
            SecretBytes::Text(text) => Ok(text.expose()),
            SecretBytes::Made(bytes) => std::str::from_utf8(bytes).map_err(|_| is_no_text(&self.path)),
        }
    }

    /// Returns the path, and the value as text.
    pub fn into_parts(self) -> Result<(String, Secret), String> {
        match self.value.into_secret() {
            Some(text) => Ok((self.path, text)),
            None => Err(is_no_text(&self.path)),
        }
    }
}

fn is_no_text(path: &str) -> String {
    format!("{path} is not text")
}

/// Returns the values of a credential in the order of its fields: entries of key stores decoded, addresses on lines of their own, other lists as JSON.
///
/// # Errors
/// Fails if only a hash of the secret is kept, because then nothing of the credential can be used elsewhere.
pub(super) fn leaves(credential: &Credential, secrets: bool) -> Result<Vec<Leaf>, String> {
    let kind = credential.kind();
    if kind.keeps_hash_only() {
        return Err("its password is kept as a hash only".to_owned());
    }
    let mut found = Vec::new();
    for (name, value) in credential.stored_fields(secrets).iter() {
        match (kind.field(name).map(|field| field.shape), value) {
            (Some(Shape::Custom), _) => {}
            (Some(Shape::Several(_)), value) => {
                let value = SecretBytes::Made(value.lines());
                found.push(Leaf { path: name.to_owned(), name_at: 0, value });
            }
            (shape, value) => {
                let is_store = matches!(shape, Some(Shape::Store(_)));
                let before = found.len();
                collect(name.to_owned(), value, is_store, &mut found);
                if is_store || name == PROPERTIES || matches!(shape, Some(Shape::Variables)) {
                    let inner = found.iter_mut().skip(before).filter(|leaf| leaf.path.len() > name.len());
                    inner.for_each(|leaf| leaf.name_at = name.len() + ".".len());
                }
            }
        }
    }
    for field in credential.own_fields().filter(|field| secrets || !field.is_secret) {
        collect(field.path(), field.value, false, &mut found);
    }
    Ok(found)
}

fn collect(path: String, value: &Value, encoded: bool, found: &mut Vec<Leaf>) {
    let value = match value {
        Value::Null => return,
        Value::Object(members) => {
            for (name, value) in members.iter() {
                collect(format!("{path}.{name}"), value, encoded, found);
            }
            return;
        }
        Value::Text(text) => {
            let decoded = if encoded { base64::decode(text.expose()).ok() } else { None };
            decoded.map_or_else(|| SecretBytes::Text(text.clone()), SecretBytes::Made)
        }
        other => {
            let mut out = Buffer::with_capacity(64);
            // writing to memory does not fail
            let _ = json::write(other, &mut out);
            SecretBytes::Made(out.into_bytes())
        }
    };
    found.push(Leaf { path, name_at: 0, value });
}

#[cfg(test)]
mod tests {
    use super::super::tests::credential;
    use super::leaves;

    fn told(document: &str, secrets: bool) -> Vec<(String, String, String)> {
        let leaves = leaves(&credential(document), secrets).unwrap();
        let text = |leaf: &super::Leaf| leaf.text().unwrap().to_owned();
        leaves.iter().map(|leaf| (leaf.path.clone(), leaf.name().to_owned(), text(leaf))).collect()
    }

    #[test]
    fn every_value_has_its_path_and_is_plain() {
        let connector = r#"{"type":"connector","id":"c","connectorType":"x","description":"d",
            "properties":{"user":"u","query":{"body":"b","n":1,"on":true,"list":["a",2],"none":null}}}"#;
        let all = told(connector, true);
        let paths: Vec<_> = all.iter().map(|(path, _, text)| (path.as_str(), text.as_str())).collect();
        assert_eq!(
            paths,
            [
                ("properties.user", "u"),
                ("properties.query.body", "b"),
                ("properties.query.n", "1"),
                ("properties.query.on", "true"),
                ("properties.query.list", "[\"a\",2]"),
            ]
        );
        assert_eq!(all[1].1, "query.body");
        assert_eq!(told(connector, false).len(), 1);
        let store = r#"{"type":"apikey","id":"k","keyStore":{"apikey":"c2VjcmV0"}}"#;
        assert_eq!(told(store, true), [("keyStore.apikey".into(), "apikey".into(), "secret".into())]);
        assert_eq!(told(store, false), []);
    }

    #[test]
    fn bytes_that_are_no_text_are_named_by_their_path() {
        let binary = credential(r#"{"type":"generic","id":"k","keyStore":{"a":"/w=="}}"#);
        let leaves = leaves(&binary, true).unwrap();
        assert_eq!(leaves[0].bytes(), [0xff]);
        assert_eq!(leaves[0].text().unwrap_err(), "keyStore.a is not text");
    }
}
