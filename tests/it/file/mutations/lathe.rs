//! The vault whose text is changed. After each change it is read and written, and compared with what was there.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::rc::Rc;

use credctl::credential::Draft;
use credctl::store::{Error, Store, Terms};
use credctl::vault::{Environment, Key, Policy, Reference, TypeRecord, User, Vault};
use serde_json::{Value, json};

use super::text_parts::TextParts;
use crate::file::residents::USER;
use crate::support::{Scene, lab};

/// Members of a record that a write may spell otherwise.
const RESPELLED: [&str; 6] = ["type", "etag", "validFrom", "validUntil", "createdAt", "lastResult"];
/// Sections that a write makes anew.
const MADE_ANEW: [&str; 3] = ["recipients", "blobs", "chunks"];

/// The vault whose text is changed, and the key to it.
pub struct Lathe {
    pub scene: Scene,
    key: Rc<Key>,
    pub count: usize,
    pub refused: usize,
}

impl Lathe {
    pub fn of(scene: Scene) -> Self {
        let key = lab::key(&scene.path("identity.txt")).keeper();
        Self { scene, key, count: 0, refused: 0 }
    }

    fn store(&self) -> Store<Rc<Key>> {
        let now = credctl::time::parse("2027-06-01T12:00:00Z").unwrap();
        Store::new(self.scene.vault(), Rc::clone(&self.key), Terms::new(USER.parse().unwrap(), now))
    }

    /// Tries a text. Returns true if it was read.
    pub fn turn(&mut self, name: &str, text: &str) -> bool {
        self.count += 1;
        lab::encrypt(text.as_bytes(), &self.scene.vault(), &self.scene.path("identity.txt"));
        let before = self.scene.bytes();
        let tried = catch_unwind(AssertUnwindSafe(|| {
            let read = self.store().read().and_then(|mut vault| read_all(&mut vault));
            let kind = lab::kind_named("Simple");
            let draft = Draft::from_texts(kind, [("id", "zzz-added"), ("value", "S-new")]);
            (read.is_ok(), self.store().change(|vault| vault.add(kind, draft)).is_ok())
        }));
        let Ok((is_read, is_written)) = tried else { panic!("{name}: a panic") };
        self.refused += usize::from(!is_read);
        if !is_written {
            assert!(self.scene.bytes() == before, "{name}: refused, and written");
            return is_read;
        }
        let Ok(was) = serde_json::from_str::<Value>(text) else {
            // a write keeps unreadable lines, byte for byte
            let (was, now) = (TextParts::of(text), TextParts::of(&self.scene.text()));
            for (section, records) in was.sections.iter().filter(|(name, _)| !is_made_anew(name)) {
                let kept = &now.sections.iter().find(|(name, _)| name == section).unwrap().1;
                assert!(records.iter().all(|record| kept.contains(record)), "{name}: lost in {section}");
            }
            return is_read;
        };
        let now: Value = serde_json::from_str(&self.scene.text()).unwrap();
        for (section, records) in was.as_object().unwrap().iter().filter(|(name, _)| !is_made_anew(name)) {
            let kept: Vec<_> = now[section].as_array().into_iter().flatten().map(lasting).collect();
            for record in records.as_array().into_iter().flatten() {
                let record = lasting(record);
                assert!(kept.contains(&record), "{name}: lost in {section}: {record}");
            }
        }
        is_read
    }

    pub fn both(&mut self, name: &str, parts: &TextParts) {
        self.turn(&format!("laid out: {name}"), &parts.laid_out());
        self.turn(&format!("by hand: {name}"), &parts.by_hand());
    }
}

fn is_made_anew(section: &str) -> bool {
    MADE_ANEW.contains(&section) || matches!(section, "formerSeals" | "parents" | "signers")
}

fn lasting(record: &Value) -> Value {
    let mut record = record.clone();
    if let Some(members) = record.as_object_mut() {
        // a write also leaves out empty members and flags
        let says_nothing = |value: &Value| {
            value.is_null() || value.is_boolean() || *value == json!([]) || *value == json!({})
        };
        members.retain(|name, value| !RESPELLED.contains(&name.as_str()) && !says_nothing(value));
    }
    record
}

/// Reads everything that a vault has.
fn read_all(vault: &mut Vault) -> Result<(), Error> {
    vault.heads(drop)?;
    vault.credentials(drop)?;
    vault.versions(None, drop)?;
    vault.residents::<Policy>()?;
    vault.residents::<User>()?;
    vault.residents::<Reference>()?;
    vault.residents::<Environment>()?;
    vault.residents::<TypeRecord>()?;
    vault.members()?;
    vault.find("db")?;
    Ok(())
}
