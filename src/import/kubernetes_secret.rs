//! One Secret of Kubernetes: its name, its form, and its values as bytes.

use std::collections::HashSet;

use zeroize::Zeroizing;

use super::entry::ImportEntry;
use crate::base64;
use crate::credential::Violations;
use crate::secret::Secret;
use crate::syntax::kubernetes::ID_ANNOTATION;
use crate::value::{Object, Value};

/// The annotation in which `kubectl apply` repeats the manifest, with all of its values.
const APPLIED: &str = "kubectl.kubernetes.io/last-applied-configuration";
/// Members of a manifest and its metadata that the cluster sets, or that say nothing beyond the values.
const OWN: [&str; 9] = [
    "creationTimestamp",
    "resourceVersion",
    "uid",
    "selfLink",
    "generation",
    "managedFields",
    "ownerReferences",
    "name",
    "namespace",
];

/// The form of a Secret, by its type.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum SecretForm {
    #[default]
    Other,
    Login,
    Pair,
    SshKey,
    Registry,
    Token,
}

/// A Secret.
#[derive(Default)]
pub(super) struct ManifestSecret {
    title: String,
    namespace: Option<String>,
    dropped: Vec<String>,
    pub form: SecretForm,
    /// The values by their keys.
    pub data: Vec<(String, Zeroizing<Vec<u8>>)>,
}

impl ManifestSecret {
    /// Reads a manifest.
    pub fn read(manifest: &Object) -> Result<Self, Violations> {
        let metadata = manifest.get("metadata").and_then(Value::as_object);
        let text =
            |name: &str| metadata.and_then(|metadata| metadata.get(name)?.text_at(&[])).map(str::to_owned);
        let annotation = |name: &str| metadata?.get("annotations")?.text_at(&[name]);
        let (name, namespace) = (text("name").unwrap_or_default(), text("namespace"));
        let title = match (annotation(ID_ANNOTATION), &namespace) {
            (Some(id), _) => id.to_owned(),
            (None, Some(namespace)) => format!("{namespace}/{name}"),
            (None, None) => name,
        };
        let form = match manifest.get("type").and_then(|kind| kind.text_at(&[])) {
            Some("kubernetes.io/basic-auth") => SecretForm::Login,
            Some("kubernetes.io/tls") => SecretForm::Pair,
            Some("kubernetes.io/ssh-auth") => SecretForm::SshKey,
            Some("kubernetes.io/dockerconfigjson" | "kubernetes.io/dockercfg") => SecretForm::Registry,
            Some("kubernetes.io/service-account-token") => SecretForm::Token,
            _ => SecretForm::Other,
        };
        let mut secret = Self { title, namespace, form, ..Self::default() };
        secret.read_data(manifest)?;
        for (name, value) in
            metadata.into_iter().flat_map(Object::iter).filter(|(name, _)| !OWN.contains(name))
        {
            let own = |name: &str| name == ID_ANNOTATION || name == APPLIED;
            let is_own = name == "annotations"
                && value.as_object().is_some_and(|all| all.iter().all(|(name, _)| own(name)));
            if !is_own {
                secret.dropped.push(name.to_owned());
            }
        }
        if secret.data.is_empty() {
            return Err(Violations::one("data", "has no values"));
        }
        Ok(secret)
    }

    /// Reads the values in base64, and those in plain text, which replace them.
    fn read_data(&mut self, manifest: &Object) -> Result<(), Violations> {
        let mut violations = Violations::default();
        // the keys of one object differ, so only a plain text can meet a value in base64
        let members = |name: &str| manifest.get(name).and_then(Value::as_object);
        let plain: HashSet<&str> =
            members("stringData").into_iter().flat_map(Object::iter).map(|(key, _)| key).collect();
        for (member, is_encoded) in [("data", true), ("stringData", false)] {
            for (key, value) in members(member).into_iter().flat_map(Object::iter) {
                let bytes = match value {
                    Value::Null => Some(Zeroizing::default()),
                    // it may be broken into lines
                    Value::Text(text) if is_encoded => base64::decode_spaced(text.expose()).ok(),
                    Value::Text(text) => Some(Zeroizing::new(text.expose().as_bytes().to_vec())),
                    _ => None,
                };
                match bytes {
                    Some(_) if is_encoded && plain.contains(key) => {}
                    Some(bytes) => self.data.push((key.to_owned(), bytes)),
                    None => violations.add(format!("{member}.{key}"), "must be a text, in base64 under data"),
                }
            }
        }
        if violations.is_empty() { Ok(()) } else { Err(violations) }
    }

    /// Makes an entry with the name and the namespace.
    pub fn entry(&mut self) -> ImportEntry {
        let mut entry = ImportEntry { title: self.title.clone(), ..ImportEntry::default() };
        entry.labels.extend(self.namespace.take().map(|namespace| ("namespace", namespace)));
        entry.dropped = std::mem::take(&mut self.dropped);
        entry
    }

    /// Takes a value out.
    pub fn take(&mut self, key: &str) -> Option<Zeroizing<Vec<u8>>> {
        let at = self.data.iter().position(|(own, _)| own == key)?;
        Some(self.data.remove(at).1)
    }

    /// Returns all values as texts, if they are texts.
    pub fn texts(&self) -> Option<Vec<(&str, Secret)>> {
        let text = |bytes: &[u8]| std::str::from_utf8(bytes).ok().map(Secret::from);
        self.data.iter().map(|(key, bytes)| Some((key.as_str(), text(bytes)?))).collect()
    }
}
