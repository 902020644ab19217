//! Certificates and private keys that stand in one credential.

use crate::base64;
use crate::credential::Credential;
use crate::kind::rule::{certificate, key_pair, kubeconfig, private_key};
use crate::kind::{Content, ENTRIES};
use crate::secret::Secret;
use crate::value::{Value, json};

/// Returns the paths of private keys that are not those of the certificate beside them.
pub(super) fn mismatches(credential: &Credential) -> Vec<String> {
    let mut wrong = Vec::new();
    if let Some(entries) = credential.entries() {
        let texts: Vec<(&str, Secret)> =
            entries.iter().filter_map(|(name, value)| Some((name, decoded(value)?))).collect();
        let is_certificate = |text: &Secret| (certificate::PEM_CERTIFICATES.check)(text.expose()).is_ok();
        let is_key = |text: &Secret| (private_key::PEM_PRIVATE_KEY.check)(text.expose()).is_ok();
        let mut certificates = texts.iter().filter(|(_, text)| is_certificate(text));
        // with two certificates nobody knows which one a key is for
        if let (Some((_, certificate)), None) = (certificates.next(), certificates.next()) {
            for (name, key) in texts.iter().filter(|(_, text)| is_key(text)) {
                if key_pair::belong_together(certificate.expose(), key.expose()) == Some(false) {
                    wrong.push(format!("{ENTRIES}.{name}"));
                }
            }
        }
        for (name, text) in texts.iter().filter(|_| credential.kind().content == Some(Content::Kubeconfig)) {
            if !users_fit(text) {
                wrong.push(format!("{ENTRIES}.{name}"));
            }
        }
    }
    wrong
}

/// Returns true if each user of a kubeconfig has the key of its own certificate.
fn users_fit(config: &Secret) -> bool {
    // the check of the rules reports what is no kubeconfig
    let Ok(config) = json::parse(config.expose().as_bytes()) else { return true };
    let users = config.at(&["users"]).and_then(Value::as_list).unwrap_or_default();
    users.iter().all(|user| {
        let data = |name: &str| {
            let mut bytes = kubeconfig::decode_data(user.text_at(&["user", name])?).ok()?;
            Secret::from_utf8(std::mem::take(&mut *bytes)).ok()
        };
        match (data("client-certificate-data"), data("client-key-data")) {
            (Some(certificate), Some(key)) => {
                key_pair::belong_together(certificate.expose(), key.expose()) != Some(false)
            }
            _ => true,
        }
    })
}

fn decoded(value: &Value) -> Option<Secret> {
    let mut bytes = base64::decode(value.as_text()?.expose()).ok()?;
    Secret::from_utf8(std::mem::take(&mut *bytes)).ok()
}
