//! Certificates and private keys from a PEM file. Each chain of certificates makes one credential, each key
//! another.

use std::collections::HashMap;

use ssh_key::HashAlg;

use super::entries::Entries;
use super::format::{ImportFacts, ImportFormat};
use super::item::Import;
use crate::base64;
use crate::credential::Violations;
use crate::digest::ContentDigest;
use crate::kind::ENTRIES;
use crate::kind::rule::certificate;
use crate::kind::rule::key_pair::{certified_digest, public_digest};
use crate::kind::rule::pem::{Block, Pem};
use crate::secret::{Buffer, Secret};
use crate::value::{Object, Value};

pub(super) const FORMAT: ImportFormat =
    ImportFormat { name: "pem", summary: "certificates and private keys in PEM", recognises, read };

const PRIVATE_KEY: &str = "PRIVATE KEY";
/// Labels of blocks that stand before a new key and belong to it.
const PARAMETERS: [&str; 3] = ["EC PARAMETERS", "DSA PARAMETERS", "SM2 PARAMETERS"];
/// The number of digits of a fingerprint that make an id.
const DIGITS: usize = 16;

/// Returns true if the first block of a text is ours and begins a line. Text such as `openssl` writes may stand
/// in front of it, but no open quote: other formats keep texts of several lines in quotes.
fn recognises(text: &str) -> bool {
    let text = text.trim_start_matches('\u{feff}');
    let is_ours = |label: &str| {
        certificate::is_label(label) || PARAMETERS.contains(&label) || label.ends_with(PRIVATE_KEY)
    };
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        if let Some((label, _)) = line.strip_prefix("-----BEGIN ").and_then(|rest| rest.split_once("-----")) {
            return is_ours(label) && !ends_in_quotes(&text[..at]);
        }
        at += line.len();
    }
    false
}

fn ends_in_quotes(text: &str) -> bool {
    let is_open = |line: &str| line.split_once("='").is_some_and(|(_, value)| !value.contains('\''));
    !text.matches('"').count().is_multiple_of(2) || text.lines().any(is_open)
}

fn read(text: &str, _: &ImportFacts<'_>) -> Result<Import, Violations> {
    let pem = Pem::split(text).map_err(|reason| Violations::one("document", reason))?;
    let mut entries = Entries::default();
    let mut chains: Vec<Vec<Secret>> = Vec::new();
    let mut keys = Vec::new();
    let mut parameters = None;
    for block in &pem.blocks {
        let text = written(&[block])?;
        if certificate::is_label(block.label) {
            match chains.last_mut() {
                // a chain goes from the certificate to its issuers, as TLS has it
                Some(chain) if chain.last().is_some_and(|last| issued(last, &text)) => chain.push(text),
                last => {
                    let after_issuer =
                        last.is_some_and(|chain| issued(&text, &chain[0])) && !issued(&text, &text);
                    if let Some(subject) = fact(text.expose(), "subject").filter(|_| after_issuer) {
                        entries.notices.push(format!(
                            "the certificate of `{subject}` follows that of its issuer, so each is imported on its own"
                        ));
                    }
                    chains.push(vec![text]);
                }
            }
        } else if block.label.ends_with(PRIVATE_KEY) {
            keys.push(match parameters.take() {
                Some(parameters) => written(&[parameters, block])?,
                None => text,
            });
        } else if PARAMETERS.contains(&block.label) {
            parameters = Some(block);
        } else {
            entries.notices.push(format!("a block of {} was skipped", block.label));
        }
    }
    if pem.has_text() {
        entries.notices.push("text outside of the PEM blocks was skipped".to_owned());
    }
    // the ids of the chains by the public keys in them
    let mut owners: HashMap<ContentDigest, String> = HashMap::new();
    for chain in &chains {
        let text = joined(chain);
        let id = entries.id(&common_name(text.expose()).unwrap_or_default(), "certificate");
        push(&mut entries, "certificate", "certificate", &id, &text);
        for public in chain.iter().filter_map(|one| certified_digest(one.expose())) {
            // the first one keeps a key that several certificates have
            owners.entry(public).or_insert_with(|| id.clone());
        }
    }
    // after all certificates, because a key may stand before its own
    for key in keys {
        let public = public_digest(key.expose());
        let owner = public.as_ref().and_then(|public| owners.get(public));
        let title = match owner {
            Some(id) => format!("{id}-key"),
            None => fingerprint(&key, public),
        };
        let id = entries.id(&title, "key");
        push(&mut entries, "privkey", "privkey", &id, &key);
        if let Some(certificate) = owner {
            entries.belongs_to(certificate);
        }
    }
    Ok(entries.finish())
}

fn push(entries: &mut Entries, kind: &str, entry: &str, id: &str, text: &Secret) {
    let encoded = Value::Text(base64::encode(text.expose().as_bytes()));
    let members = Object::from_iter([(ENTRIES, Object::from_iter([(entry, encoded)]))]);
    entries.push(kind, id, members, Vec::new());
}

/// Writes blocks as a text of their own.
fn written(blocks: &[&Block<'_>]) -> Result<Secret, Violations> {
    let mut out = Buffer::with_capacity(4096);
    for block in blocks {
        block.write("\n", &mut out);
    }
    out.into_secret().ok_or_else(|| Violations::one("document", "must be text in UTF-8"))
}

fn joined(blocks: &[Secret]) -> Secret {
    let mut out = Buffer::with_capacity(blocks.iter().map(Secret::len).sum());
    for block in blocks {
        out.push(block.expose());
    }
    out.into_secret().unwrap_or_else(|| Secret::from(""))
}

/// Returns true if the second certificate is that of the issuer of the first.
fn issued(first: &Secret, second: &Secret) -> bool {
    let issuer = fact(first.expose(), "issuer");
    issuer.is_some() && issuer == fact(second.expose(), "subject")
}

fn fact(pem: &str, name: &str) -> Option<String> {
    certificate::facts(pem).into_iter().find(|fact| fact.name == name).map(|fact| fact.text)
}

/// Returns the common name in the subject of the first certificate, or else a name made of its fingerprint.
fn common_name(pem: &str) -> Option<String> {
    certificate::common_name(pem).or_else(|| {
        let print = fact(pem, "fingerprint")?.replace(':', "").to_lowercase();
        Some(format!("certificate-{}", &print[..DIGITS.min(print.len())]))
    })
}

/// Makes the name of a key of a digest: that of its public part, or if that cannot be told, that of the whole.
/// Such a name says nothing about a key, but two keys have two names.
fn fingerprint(key: &Secret, public: Option<ContentDigest>) -> String {
    let ssh = || {
        let key = ssh_key::PrivateKey::from_openssh(key.expose()).ok()?;
        key.public_key().fingerprint(HashAlg::Sha256).sha256().map(ContentDigest::from_bytes)
    };
    let digest = public.or_else(ssh).unwrap_or_else(|| ContentDigest::of(key.expose().as_bytes()));
    format!("key-{}", &digest.to_string()[..DIGITS])
}

#[cfg(test)]
mod tests {
    use crate::import::tests::{read, recognised};
    use crate::import::{ImportFacts, ImportFormat};
    use crate::kind::rule::x509::made::Made;

    const CERTIFICATE: &str = include_str!("../kind/rule/testdata/certificate.pem");
    const EC: &str = include_str!("../kind/rule/testdata/pair_ec.crt.pem");
    const EC_KEY: &str = include_str!("../kind/rule/testdata/pair_ec.key.pem");
    const OTHER_KEY: &str = include_str!("../kind/rule/testdata/ed25519_pkcs8.pem");
    const SSH_KEY: &str = include_str!("../kind/rule/testdata/openssh_ed25519.pem");

    #[test]
    fn chains_and_keys_are_found() {
        let text = format!("{EC}free text\n{EC_KEY}{OTHER_KEY}{CERTIFICATE}{SSH_KEY}");
        assert_eq!(recognised(&text), Some("pem"));
        let import = read("pem", &text);
        assert_eq!(import.notices, ["text outside of the PEM blocks was skipped"]);
        let told: Vec<_> = import
            .items
            .iter()
            .flat_map(|item| std::iter::once(item).chain(&item.beside))
            .map(|item| (item.incoming.as_ref().unwrap().kind.name, item.id.as_deref().unwrap()))
            .collect();
        assert_eq!(
            told.iter().map(|(kind, _)| *kind).collect::<Vec<_>>(),
            ["certificate", "privkey", "certificate", "privkey", "privkey"]
        );
        // a certificate comes in with its key or not at all
        assert_eq!(told[1].1, format!("{}-key", told[0].1));
        for (_, id) in &told[3..] {
            assert!(id.starts_with("key-") && id.len() == 20, "{told:?}");
        }
    }

    #[test]
    fn what_is_cut_is_refused() {
        let read = |text: &str| ImportFormat::find("pem").unwrap().read(text, &ImportFacts::default());
        assert!(read(&EC_KEY[..80]).is_err());
        assert!(read(&format!("{}{EC}", &EC_KEY[..80])).is_err());
        for text in ["-----BEGIN AGE ENCRYPTED FILE-----\n", "a: |\n  -----BEGIN CERTIFICATE-----\n"] {
            assert_eq!(recognised(text), None);
        }
    }

    #[test]
    fn a_certificate_behind_that_of_its_issuer_is_told() {
        let [root, leaf] = [Made::new("Root", "Root"), Made::new("Root", "leaf")].map(|made| made.pem());
        let import = |text: String| {
            let import = read("pem", &text);
            (import.items.len(), import.notices.join("\n"))
        };
        assert_eq!(import(format!("{leaf}{root}")), (1, String::new()));
        assert_eq!(import(format!("{root}{root}")).1, "");
        let (count, notice) = import(format!("{root}{leaf}"));
        assert!(count == 2 && notice.contains("`CN=leaf`"), "{notice}");
    }

    #[test]
    fn text_in_front_is_passed_over_but_not_in_quotes() {
        let bag = "Bag Attributes\n    localKeyID: 4C 4A \nsubject=O = \"Example, Inc.\", CN = L'host\n";
        for text in
            [format!("{bag}{EC}"), format!("\u{feff}{EC}"), EC.replace('\n', ""), EC.replace('\n', "\r\n")]
        {
            assert_eq!(recognised(&text), Some("pem"), "{text}");
            assert_eq!(read("pem", &text).items.len(), 1);
        }
        for text in [
            format!("name,note\na,\"\n{EC}\"\n"),
            format!("A=1\nB='\n{EC}'\n"),
            format!("-----BEGIN AGE ENCRYPTED FILE-----\nYQ==\n-----END AGE ENCRYPTED FILE-----\n{EC}"),
        ] {
            assert_ne!(recognised(&text), Some("pem"), "{text}");
        }
    }

    #[test]
    fn keys_without_a_name_have_different_ids() {
        let encrypted = include_str!("../kind/rule/testdata/ec_pkcs8_encrypted.pem");
        let other = include_str!("../kind/rule/testdata/ec_pkcs12_encrypted.pem");
        let ids = |text: &str| {
            let items = read("pem", text).items;
            items.into_iter().map(|item| item.id.unwrap()).collect::<Vec<_>>()
        };
        let (first, second) = (ids(encrypted), ids(other));
        assert_ne!(first, second);
        assert_eq!(first, ids(&format!("text\n{}", encrypted.trim_end())));
        assert!(first[0].starts_with("key-") && first[0].len() == 20, "{first:?}");
    }
}
