//! Certificates and private keys from a PEM file: each chain of certificates one credential, each key
//! another.

use sha2::{Digest as _, Sha256};
use ssh_key::HashAlg;

use super::entries::Entries;
use super::{Format, Import, Options};
use crate::credential::Violations;
use crate::kind::rule::key_pair::{belong_together, public_digest};
use crate::kind::rule::{certificate, encoding};
use crate::secret::{Buffer, Secret};
use crate::value::{Object, Value};

pub(super) const FORMAT: Format = Format {
    name: "pem",
    summary: "certificates and private keys in PEM",
    recognises: |text| {
        let first = text.lines().map(str::trim).find(|line| !line.is_empty());
        let label = first.and_then(label);
        label.is_some_and(|label| label == CERTIFICATE || label == PARAMETERS || label.ends_with(PRIVATE_KEY))
    },
    read,
};

const CERTIFICATE: &str = "CERTIFICATE";
const PRIVATE_KEY: &str = "PRIVATE KEY";
/// Stands before a new EC key and belongs to it.
const PARAMETERS: &str = "EC PARAMETERS";
/// Digits of a fingerprint that make an id.
const DIGITS: usize = 16;

fn read(text: &str, _: &Options<'_>) -> Result<Import, Violations> {
    let mut entries = Entries::default();
    let blocks = blocks(text, &mut entries.notices)?;
    let mut chains: Vec<Vec<Secret>> = Vec::new();
    let mut keys = Vec::new();
    let mut parameters = None;
    for (label, block) in blocks {
        if label == CERTIFICATE {
            match chains.last_mut() {
                Some(chain) if chain.last().is_some_and(|last| issued(last, &block)) => chain.push(block),
                _ => chains.push(vec![block]),
            }
        } else if label.ends_with(PRIVATE_KEY) {
            keys.push(match parameters.take() {
                Some(parameters) => joined(&[parameters, block]),
                None => block,
            });
        } else if label == PARAMETERS {
            parameters = Some(block);
        } else {
            entries.notices.push(format!("a block of {label} was passed over"));
        }
    }
    let mut names: Vec<(String, Secret)> = Vec::new();
    for chain in &chains {
        let text = joined(chain);
        let name = common_name(text.expose()).unwrap_or_default();
        let id = entries.id(&name, "certificate");
        push(&mut entries, "certificate", "certificate", &id, &text);
        names.push((id, text));
    }
    for key in keys {
        let own = names.iter().find(|(_, chain)| belong_together(chain.expose(), key.expose()) == Some(true));
        let title = match own {
            Some((id, _)) => format!("{id}-key"),
            None => fingerprint(&key),
        };
        let id = entries.id(&title, "key");
        push(&mut entries, "privkey", "privkey", &id, &key);
    }
    Ok(entries.finish())
}

fn push(entries: &mut Entries, kind: &str, entry: &str, id: &str, text: &Secret) {
    let encoded = Value::Text(encoding::encode(text.expose().as_bytes()));
    let members = Object::from_iter([("keyStore", Object::from_iter([(entry, encoded)]))]);
    entries.push(kind, id, members, Vec::new());
}

/// The blocks of a text with their labels; that there is text between them is noted.
fn blocks<'a>(text: &'a str, notices: &mut Vec<String>) -> Result<Vec<(&'a str, Secret)>, Violations> {
    let mut blocks = Vec::new();
    let mut open: Option<(&str, Buffer)> = None;
    let mut between = false;
    for line in text.lines().map(str::trim) {
        let is_end =
            |label: &str| line.strip_prefix("-----END ").is_some_and(|end| end == format!("{label}-----"));
        match (&mut open, label(line)) {
            (None, Some(label)) => {
                let mut block = Buffer::with_capacity(4096);
                block.push(line);
                block.push("\n");
                open = Some((label, block));
            }
            (None, None) => between |= !line.is_empty(),
            (Some(_), Some(_)) => return Err(damaged()),
            (Some((name, block)), None) => {
                block.push(line);
                block.push("\n");
                if is_end(name)
                    && let Some((label, block)) = open.take()
                {
                    blocks.push((label, block.into_secret().ok_or_else(damaged)?));
                }
            }
        }
    }
    if open.is_some() {
        return Err(damaged());
    }
    if between {
        notices.push("text outside of the PEM blocks was passed over".to_owned());
    }
    Ok(blocks)
}

fn damaged() -> Violations {
    Violations::one("document", "must be PEM: a block is damaged or cut off")
}

fn label(line: &str) -> Option<&str> {
    line.strip_prefix("-----BEGIN ")?.strip_suffix("-----")
}

fn joined(blocks: &[Secret]) -> Secret {
    let mut out = Buffer::with_capacity(blocks.iter().map(Secret::len).sum());
    for block in blocks {
        out.push(block.expose());
    }
    out.into_secret().unwrap_or_else(|| Secret::from(""))
}

/// Whether the second certificate is that of the issuer of the first.
fn issued(first: &Secret, second: &Secret) -> bool {
    let issuer = fact(first.expose(), "issuer");
    issuer.is_some() && issuer == fact(second.expose(), "subject")
}

fn fact(pem: &str, name: &str) -> Option<String> {
    certificate::facts(pem).into_iter().find(|fact| fact.name == name).map(|fact| fact.text)
}

/// The common name in the subject of the first certificate, or else its fingerprint.
fn common_name(pem: &str) -> Option<String> {
    let subject = fact(pem, "subject")?;
    let part = |part: &str| part.strip_prefix("CN=").filter(|name| !name.is_empty()).map(str::to_owned);
    let name = subject.split([',', '+']).map(str::trim).find_map(part);
    name.or_else(|| {
        let print = fact(pem, "fingerprint")?.replace(':', "").to_lowercase();
        Some(format!("certificate-{}", &print[..DIGITS.min(print.len())]))
    })
}

/// A key by its public part, if that can be told; nothing is said of the key itself.
fn fingerprint(key: &Secret) -> String {
    let ssh = || {
        let key = ssh_key::PrivateKey::from_openssh(key.expose()).ok()?;
        Some(key.public_key().fingerprint(HashAlg::Sha256).as_bytes().to_vec())
    };
    let public = public_digest(key.expose(), |bytes| Sha256::digest(bytes).to_vec()).or_else(ssh);
    let Some(public) = public else { return "key".to_owned() };
    let digits: String = public.iter().map(|byte| format!("{byte:02x}")).collect();
    format!("key-{}", &digits[..DIGITS])
}

#[cfg(test)]
mod tests {
    use crate::import::tests::{read, recognised};
    use crate::import::{Format, Options};

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
        assert_eq!(import.notices, ["text outside of the PEM blocks was passed over"]);
        let told: Vec<_> = import
            .items
            .iter()
            .map(|item| (item.incoming.as_ref().unwrap().kind.name, item.id.as_deref().unwrap()))
            .collect();
        assert_eq!(
            told.iter().map(|(kind, _)| *kind).collect::<Vec<_>>(),
            ["certificate", "certificate", "privkey", "privkey", "privkey"]
        );
        assert_eq!(told[2].1, format!("{}-key", told[0].1));
        for (_, id) in &told[3..] {
            assert!(id.starts_with("key-") && id.len() == 20, "{told:?}");
        }
    }

    #[test]
    fn what_is_cut_is_refused() {
        let read = |text: &str| Format::find("pem").unwrap().read(text, &Options::default());
        assert!(read(&EC_KEY[..80]).is_err());
        assert!(read(&format!("{}{EC}", &EC_KEY[..80])).is_err());
        for text in ["-----BEGIN AGE ENCRYPTED FILE-----\n", "a: |\n  -----BEGIN CERTIFICATE-----\n"] {
            assert_eq!(recognised(text), None);
        }
    }
}
