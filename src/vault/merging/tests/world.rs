//! A small world: vaults in memory, their branches, and a clock.

use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, Utc};
use uuid::Uuid;
use zeroize::Zeroizing;

use super::super::{MergeBase, MergeReport};
use crate::credential::{Act, Change, Credential, Draft, Rules, change, renamed};
use crate::kind::{self, rule::account::PasswordPolicy};
use crate::secret::Secret;
use crate::vault::cipher::Lockset;
use crate::vault::collection::Vault;
use crate::vault::plain::Plain;
use crate::vault::resident::OpenConflict;
use crate::vault::version::Remember;

/// A generation of a vault in memory: its text, and the digest of its file.
#[derive(Clone)]
pub(super) struct Branch {
    pub text: Vec<u8>,
    pub header: Vec<u8>,
}

/// A clock that never stands still, and the names of files.
pub(super) struct World {
    second: i64,
    files: u64,
}

pub(super) fn lockset() -> Lockset {
    Lockset::Passphrase(Secret::from("x"))
}

pub(super) fn act(now: DateTime<Utc>) -> Act {
    Act { now, actor: Uuid::nil(), actor_name: None, project: "admin".to_owned() }
}

impl World {
    pub(super) fn new() -> Self {
        Self { second: 0, files: 0 }
    }

    pub(super) fn now(&mut self) -> DateTime<Utc> {
        self.second += 1;
        DateTime::UNIX_EPOCH + TimeDelta::seconds(self.second)
    }

    pub(super) fn remember(&mut self) -> Remember {
        Remember { versions: 1000, at: self.now(), by: Uuid::nil() }
    }

    pub(super) fn save(&mut self, mut vault: Vault) -> Branch {
        let remember = self.remember();
        self.files += 1;
        Branch {
            text: vault.next_text(&lockset(), &remember).unwrap(),
            header: self.files.to_be_bytes().to_vec(),
        }
    }

    pub(super) fn empty(&mut self) -> Branch {
        self.save(Vault::new().unwrap())
    }

    pub(super) fn change(&mut self, branch: &Branch, edit: impl FnOnce(&mut Self, &mut Vault)) -> Branch {
        let mut vault = branch.open();
        edit(self, &mut vault);
        self.save(vault)
    }

    pub(super) fn create(&mut self, id: &str, texts: &[(&str, &str)]) -> Credential {
        let kind = kind::find("login").unwrap().kind;
        let policy = PasswordPolicy::default();
        let texts =
            [("id", id), ("username", "app"), ("password", "pw")].into_iter().chain(texts.iter().copied());
        let texts: BTreeMap<&str, &str> = texts.collect();
        let act = act(self.now());
        let draft = Draft::from_texts(kind, texts);
        change(&Change::Create(kind), draft, &act, &Rules { password: &policy }).unwrap().credential
    }

    pub(super) fn patch(&mut self, stored: &Credential, texts: &[(&str, &str)]) -> Credential {
        let policy = PasswordPolicy::default();
        let act = act(self.now());
        let draft = Draft::from_texts(stored.kind(), texts.iter().copied());
        change(&Change::Merge(stored, None), draft, &act, &Rules { password: &policy }).unwrap().credential
    }

    pub(super) fn add(&mut self, branch: &Branch, id: &str, texts: &[(&str, &str)]) -> Branch {
        self.change(branch, |world, vault| vault.put(&world.create(id, texts)).unwrap())
    }

    pub(super) fn set(&mut self, branch: &Branch, id: &str, texts: &[(&str, &str)]) -> Branch {
        self.change(branch, |world, vault| {
            let stored = vault.find(id).unwrap().unwrap();
            vault.put(&world.patch(&stored, texts)).unwrap();
        })
    }

    pub(super) fn delete(&mut self, branch: &Branch, id: &str) -> Branch {
        self.change(branch, |_, vault| vault.remove(id))
    }

    pub(super) fn rename(&mut self, branch: &Branch, id: &str, new: &str) -> Branch {
        self.change(branch, |world, vault| {
            let stored = vault.find(id).unwrap().unwrap();
            let now = world.now();
            vault.rename(id, &renamed(&stored, new.to_owned(), &act(now))).unwrap();
        })
    }

    pub(super) fn merge(
        &mut self,
        base: Option<&Branch>,
        ours: &Branch,
        theirs: &Branch,
    ) -> (Branch, MergeReport) {
        let (mut vault, mut other) = (ours.open(), theirs.open());
        let mut base = base.map(Branch::open);
        let base = base.as_mut().map_or(MergeBase::None, MergeBase::File);
        let remember = self.remember();
        let report = vault.merge(&mut other, base, &remember).unwrap();
        if !report.is_changed {
            return (ours.clone(), report);
        }
        (self.save(vault), report)
    }
}

impl Branch {
    pub(super) fn open(&self) -> Vault {
        let mut vault = Vault::read(Plain::in_memory(Zeroizing::new(self.text.clone()))).unwrap();
        vault.age_header = Some(self.header.clone());
        vault
    }

    pub(super) fn credentials(&self) -> Vec<Credential> {
        let mut all = Vec::new();
        self.open().credentials(|credential| all.push(credential)).unwrap();
        all
    }

    pub(super) fn find(&self, id: &str) -> Option<Credential> {
        self.open().find(id).unwrap()
    }

    pub(super) fn text(&self, id: &str, field: &str) -> String {
        self.find(id).unwrap().fields().get(field).unwrap().as_text().unwrap().expose().to_owned()
    }

    pub(super) fn conflicts(&self) -> Vec<OpenConflict> {
        self.open().residents().unwrap()
    }

    pub(super) fn holds(&self, value: &str) -> bool {
        memchr::memmem::find(&self.text, value.as_bytes()).is_some()
    }

    pub(super) fn versions(&self, id: &str) -> usize {
        let mut count = 0;
        self.open().versions(Some(id), |_| count += 1).unwrap();
        count
    }
}

/// A world with a vault that has `db`, and two branches of it.
pub(super) fn two() -> (World, Branch) {
    let mut world = World::new();
    let empty = world.empty();
    let base = world.add(&empty, "db", &[]);
    (world, base)
}
