//! Entries that are a private key. Their other values go beside it into the same key store.

use super::entries::Entries;
use super::entry::{ImportEntry, OwnValue, envelope};
use crate::secret::Secret;

/// Adds an entry as a private key.
pub(super) fn add_private_key(entries: &mut Entries, mut entry: ImportEntry, private: Secret) {
    // the key comes first, so that another value of the same name gets a number
    let mut values = vec![OwnValue::secret("privkey", private)];
    let named = |name: &str, value: Option<Secret>| value.map(|value| OwnValue::secret(name, value));
    values.extend(named("username", entry.username.take()));
    values.extend(named("password", entry.password.take()));
    values.append(&mut entry.values);
    values.extend(named("totp", entry.totp.take()));
    values.extend(named("notes", entry.notes.take()));
    values.extend(entry.urls.drain(..).map(|url| OwnValue::secret("url", url)));
    let id = entries.id(&entry.title, "key");
    let members = envelope(&mut entry);
    let files = std::mem::take(&mut entry.files);
    entries.push_store("privkey", &id, members, values, entry.dropped);
    entries.known_by_title();
    entries.attach(files);
}
