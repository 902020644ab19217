//! A vault as text in which each change shows and no value does: ids, types, names, revisions and dates as they are,
//! and a keyed tag in the place of each value.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use credctl::credential::{Credential, FieldChange, Part, differences};
use credctl::time;
use credctl::value::{Object, Value, json};
use credctl::vault::{
    self, Environment, Policy, Reference, Resident, RosterMember, Seal, Signer, TypeRecord, User, Vault,
};

use super::output::sanitize;

/// The tag of a value in a vault that has no secret of its readers.
const UNKNOWN: &str = "#unknown";

/// Returns the text of a vault, the same for the same state.
pub fn text(vault: &mut Vault) -> Result<String, vault::Error> {
    let mut text = head(vault)?;
    let seal = vault.lineage().seal.cloned();
    let versions: BTreeMap<String, usize> = vault.versioned()?.into_iter().collect();
    vault.credentials(|credential| {
        credential_text(&credential, seal.as_ref(), versions.get(credential.id()).copied(), &mut text);
    })?;
    for version in vault.deleted()? {
        let at = time::format(version.replaced_at);
        put(&mut text, &format!("deleted {}, {at}", version.credential.id));
    }
    for (name, tag) in residents(vault, seal.as_ref())? {
        put(&mut text, &format!("{name} {tag}"));
    }
    Ok(text)
}

/// Returns the lines about the vault itself: who can read it, and who may change it.
fn head(vault: &mut Vault) -> Result<String, vault::Error> {
    let mut text = String::new();
    let kind = vault.bundle_of().map_or_else(|| "vault".to_owned(), |name| format!("bundle {name} of"));
    put(&mut text, &format!("{kind} {}", vault.id()));
    put(&mut text, &format!("  generation {}", vault.generation()));
    put(&mut text, &format!("  format {}", vault.format()));
    for RosterMember { name, recipient, .. } in vault.members()? {
        put(&mut text, &format!("  recipient {recipient} {}", name.unwrap_or_default()));
    }
    for Signer { name, key, .. } in vault.signers() {
        put(&mut text, &format!("  signer {key} {name}"));
    }
    Ok(text)
}

fn credential_text(credential: &Credential, seal: Option<&Seal>, versions: Option<usize>, text: &mut String) {
    let stamp = &credential.head().stamp;
    // git shows the line before a change that begins with a letter
    put(text, &format!("credential {}", credential.id()));
    put(text, &format!("  type {}", credential.kind().name));
    put(text, &format!("  revision {}, {}", stamp.revision, stamp.etag));
    put(text, &format!("  created {}", time::format(stamp.created_at)));
    put(text, &format!("  updated {}", time::format(stamp.updated_at)));
    if let Some(versions) = versions {
        put(text, &format!("  earlier versions {versions}"));
    }
    for change in differences(None, credential) {
        let shown = shown(credential, &change, seal);
        put(text, &format!("  {} {shown}", change.path));
    }
}

/// Returns the text in the place of a part of a credential: a date as it is, else a tag.
pub fn shown(credential: &Credential, part: &FieldChange, seal: Option<&Seal>) -> String {
    match &part.after {
        Some(Part::Public(value)) if is_date(&part.path) => value.to_string(),
        Some(Part::Public(value)) => tag(seal, value.as_bytes()),
        Some(Part::Secret) => format!("{} (secret)", secret_tag(credential, &part.path, seal)),
        None => String::new(),
    }
}

/// Returns the tag of the secret at a path of a credential.
pub fn secret_tag(credential: &Credential, path: &str, seal: Option<&Seal>) -> String {
    if let Some(secret) = credential.secret(path) {
        return tag(seal, secret.stored().expose().as_bytes());
    }
    let named = |name: &str| credential.attachments().iter().find(|attachment| attachment.name == name);
    if let Some(attachment) = path.strip_prefix("attachments.").and_then(named) {
        return tag(seal, attachment.sha256.to_string().as_bytes());
    }
    // a list of secrets, or a hash with its salt: all of it counts
    let root = path.split(['.', '[']).next().unwrap_or(path);
    let value = credential.fields().get(root).cloned();
    value.map_or_else(|| document_tag(credential.fields(), seal), |value| value_tag(&value, seal))
}

fn is_date(path: &str) -> bool {
    let path = path.to_ascii_lowercase();
    ["validfrom", "validuntil"].contains(&path.as_str())
        || path.ends_with("notbefore")
        || path.ends_with("notafter")
}

/// Returns the keyed tag of a value.
pub fn tag(seal: Option<&Seal>, value: &[u8]) -> String {
    seal.map_or_else(|| UNKNOWN.to_owned(), |seal| format!("#{}", seal.tag(value)))
}

fn value_tag(value: &Value, seal: Option<&Seal>) -> String {
    let mut out = credctl::secret::Buffer::default();
    // memory takes everything
    let _ = json::write(value, &mut out);
    tag(seal, &out.into_bytes())
}

fn document_tag(document: &Object, seal: Option<&Seal>) -> String {
    value_tag(&document.clone().into(), seal)
}

/// Returns the tags of everything beside the credentials, by the kind and the key of each: users, policies, references,
/// environments, types.
pub fn residents(vault: &mut Vault, seal: Option<&Seal>) -> Result<BTreeMap<String, String>, vault::Error> {
    let mut tags = BTreeMap::new();
    residents_of::<User>(vault, seal, &mut tags)?;
    residents_of::<Policy>(vault, seal, &mut tags)?;
    residents_of::<Reference>(vault, seal, &mut tags)?;
    residents_of::<Environment>(vault, seal, &mut tags)?;
    residents_of::<TypeRecord>(vault, seal, &mut tags)?;
    Ok(tags)
}

fn residents_of<R: Resident>(
    vault: &mut Vault,
    seal: Option<&Seal>,
    tags: &mut BTreeMap<String, String>,
) -> Result<(), vault::Error> {
    for resident in vault.residents::<R>()? {
        let (name, more) = resident.key();
        let key = format!("{} {name} {more}", R::NAME).trim_end().to_owned();
        tags.insert(key, document_tag(&resident.document(), seal));
    }
    Ok(())
}

/// Adds a line, made harmless for a screen.
fn put(text: &mut String, line: &str) {
    let _ = writeln!(text, "{}", sanitize::line(line.trim_end()));
}
