//! The types in the words of an operator.

use credctl::kind::{KINDS, Kind, find};

use crate::cli::error::Error;
use crate::cli::prompt::Prompter;

/// The types with their words, the frequent ones first: the title, the type, and other words that find it.
const WORDS: [(&str, &str, &str); 19] = [
    ("Login", "UsernamePassword", "user name and password: website, account, database"),
    ("API key or token", "apikey", "an API key: bearer, access token, webhook"),
    ("Note or single secret", "Simple", "a text: passphrase, PIN, licence, recovery codes"),
    ("SSH key or private key", "privkey", "a private key in PEM: TLS, RSA, ed25519, deploy key"),
    ("Certificate", "certificate", "certificates in PEM: TLS, SSL, X.509, chain"),
    ("Kubeconfig", "kubeconfig", "the way to a Kubernetes cluster: k8s, kubectl"),
    ("AWS access key", "Aws", "an access key of Amazon Web Services"),
    ("Azure service principal", "Azure", "an application of Azure: Entra, Microsoft"),
    ("Google service account", "Gcp", "a key of Google Cloud: GCP"),
    ("Object store keys", "s3", "keys of an S3 object store: bucket, MinIO"),
    ("Secrets by name", "generic", "any texts by name: variables, settings"),
    ("SNMP community", "SnmpCommunityString", "a community string of network devices"),
    ("Certificate thumbprint", "X509Certificate", "a certificate of a network controller, by its thumbprint"),
    (
        "Certificate subject",
        "X509CertificateSubjectName",
        "a certificate of a network controller, by its name",
    ),
    ("Managed service account", "GroupManagedServiceAccount", "a group managed service account of Windows"),
    ("Files in base64", "keystore", "any base64 texts by name"),
    ("Password hash", "passwordHash", "a local user's password, of which only the hash is kept"),
    ("Connector", "connector", "the properties that a connector needs"),
    ("API account", "apiCredential", "an account that may call API proxies"),
];

/// Lets the operator choose a type.
pub(super) fn choose(prompter: &Prompter) -> Result<&'static Kind, Error> {
    let choices: Vec<_> = choices().collect();
    let lines: Vec<_> = choices
        .iter()
        .map(|(title, kind, words)| {
            // what the screen cuts off is still found by typing
            format!("{title:<24} {words} ({}) {}", kind.name, kind.aliases.join(" "))
        })
        .collect();
    let chosen = prompter.choose("Type", &lines)?;
    let kind = choices.get(chosen).map(|(_, kind, _)| *kind);
    kind.ok_or_else(|| Error::usage("a type is needed").hint("`credctl types` lists the types"))
}

/// Returns every type once: those with words of their own, then the others.
fn choices() -> impl Iterator<Item = (&'static str, &'static Kind, &'static str)> {
    let known = WORDS.iter().filter_map(|(title, name, words)| Some((*title, find(name)?.kind, *words)));
    let is_known = |kind: &&Kind| WORDS.iter().any(|(_, name, _)| *name == kind.name);
    let others = KINDS.iter().filter(move |kind| !is_known(kind));
    known.chain(others.map(|kind| (kind.name, kind, kind.summary)))
}

#[cfg(test)]
mod tests {
    use credctl::kind::KINDS;

    #[test]
    fn every_type_can_be_chosen_once() {
        let mut names: Vec<_> = super::choices().map(|(_, kind, _)| kind.name).collect();
        names.sort_unstable();
        let mut all: Vec<_> = KINDS.iter().map(|kind| kind.name).collect();
        all.sort_unstable();
        assert_eq!(names, all);
    }
}
