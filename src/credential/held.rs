//! The secrets of a credential one by one: the path and the text of each.

use super::own;
use super::whole::{Credential, described};
use crate::base64;
use crate::kind::{ENTRIES, Field, KeyStoreShape, Kind, Secrecy, Shape};
use crate::secret::{Buffer, Secret};
use crate::value::{Object, Value, json};

/// A secret that is set. It has no `Debug`, because a number among the properties is a secret, too.
pub struct SecretEntry<'a> {
    /// The path: `password`, `keyStore.apikey`, `properties.headers[0]`, `custom.pin`.
    pub path: String,
    value: &'a Value,
    /// True if the secret is an entry of a key store, which is kept in base64.
    encoded: bool,
}

impl SecretEntry<'_> {
    /// Returns the text as it is kept; for a number or flag, its JSON.
    #[must_use]
    pub fn stored(&self) -> Secret {
        if let Value::Text(text) = self.value {
            return text.clone();
        }
        let mut out = Buffer::with_capacity(32);
        // memory takes everything
        let _ = json::write(self.value, &mut out);
        out.into_secret().unwrap_or_else(|| Secret::from(""))
    }

    /// Returns the text as somebody typed it: an entry of a key store without its base64, if it is text.
    #[must_use]
    pub fn plain(&self) -> Option<Secret> {
        if !self.encoded {
            return Some(self.stored());
        }
        let mut bytes = base64::decode(self.value.as_text()?.expose()).ok()?;
        Secret::from_utf8(std::mem::take(&mut *bytes)).ok()
    }

    /// Returns true if the secret, as it is kept, is one of these texts.
    #[must_use]
    pub fn is_one_of(&self, texts: &[Secret]) -> bool {
        texts.contains(&self.stored())
    }
}

impl Credential {
    /// Returns the entries of a key store in base64, public ones among them.
    #[must_use]
    pub fn entries(&self) -> Option<&Object> {
        self.fields.get(ENTRIES)?.as_object()
    }

    /// Returns the secrets that are set, in the order of the fields.
    #[must_use]
    pub fn secrets(&self) -> Vec<SecretEntry<'_>> {
        let mut secrets = Vec::new();
        for (name, field, value) in self.described() {
            collect(name, field, value, &mut secrets);
        }
        secrets
    }

    /// Returns the paths of the secrets that are set.
    #[must_use]
    pub fn secret_names(&self) -> Vec<String> {
        self.secrets().into_iter().map(|held| held.path).collect()
    }

    /// Finds the secret at a path.
    #[must_use]
    pub fn secret(&self, path: &str) -> Option<SecretEntry<'_>> {
        // the others need no path, and one credential may have thousands
        let mut fields = self.described().filter(|(name, ..)| path.starts_with(name));
        fields.find_map(|(name, field, value)| match (field.shape, value) {
            (Shape::Store(store), Value::Object(entries)) => {
                let entry = path.strip_prefix(field.name)?.strip_prefix('.')?;
                let value = entries.get(entry).filter(|_| is_secret_entry(store, entry))?;
                Some(SecretEntry { path: path.to_owned(), value, encoded: true })
            }
            (Shape::Variables, Value::Object(variables)) => {
                let value = variables.get(path.strip_prefix(name)?.strip_prefix('.')?)?;
                Some(SecretEntry { path: path.to_owned(), value, encoded: false })
            }
            _ => {
                let mut secrets = Vec::new();
                collect(name, field, value, &mut secrets);
                secrets.into_iter().find(|held| held.path == path)
            }
        })
    }
}

/// Returns true if a secret is set among the fields of a type.
pub(crate) fn has_secrets(kind: &'static Kind, fields: &Object) -> bool {
    let mut secrets = Vec::new();
    described(kind, fields).any(|(name, field, value)| {
        collect(name, field, value, &mut secrets);
        !secrets.is_empty()
    })
}

fn collect<'a>(name: &str, field: &Field, value: &'a Value, secrets: &mut Vec<SecretEntry<'a>>) {
    match (field.shape, field.secrecy, value) {
        (Shape::Store(store), _, Value::Object(entries)) => {
            let secret = entries.iter().filter(|(entry, _)| is_secret_entry(store, entry));
            secrets.extend(secret.map(|(entry, value)| SecretEntry {
                path: format!("{}.{entry}", field.name),
                value,
                encoded: true,
            }));
        }
        (Shape::Variables, _, Value::Object(variables)) => {
            let path = |entry: &str| format!("{name}.{entry}");
            let held = variables.iter().map(|(entry, value)| (path(entry), value));
            secrets.extend(held.map(|(path, value)| SecretEntry { path, value, encoded: false }));
        }
        (_, Secrecy::SecretExcept(public), value) => leaves(value, false, name, public, secrets),
        (_, Secrecy::PerItem, value) => {
            let secret = own::fields(Some(value)).filter(|field| field.is_secret);
            secrets.extend(secret.map(|field| SecretEntry {
                path: field.path(),
                value: field.value,
                encoded: false,
            }));
        }
        (_, Secrecy::Secret, value) => {
            secrets.push(SecretEntry { path: name.to_owned(), value, encoded: false });
        }
        _ => {}
    }
}

/// Returns true unless an entry of a key store is known to be public.
fn is_secret_entry(store: &KeyStoreShape, name: &str) -> bool {
    !store.entries.iter().any(|entry| entry.name == name && !entry.is_secret())
}

fn leaves<'a>(
    value: &'a Value,
    named: bool,
    path: &str,
    public: &[&str],
    secrets: &mut Vec<SecretEntry<'a>>,
) {
    match value {
        Value::Object(object) => {
            for (name, value) in object.iter() {
                leaves(value, public.contains(&name), &format!("{path}.{name}"), public, secrets);
            }
        }
        Value::List(items) => {
            for (index, item) in items.iter().enumerate() {
                // items have no name, so that of the list counts
                leaves(item, named, &format!("{path}[{index}]"), public, secrets);
            }
        }
        Value::Null => {}
        value if !named => secrets.push(SecretEntry { path: path.to_owned(), value, encoded: false }),
        _ => {}
    }
}
