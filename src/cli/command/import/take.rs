//! The transfer of items to the vault, each with everything that belongs to it, or not at all.

use credctl::store::Transaction;
use std::collections::HashSet;

use credctl::credential::{
    Change, Changed, Credential, Grant, Violations, Withheld, adopt, change, label_values, restore,
    still_there,
};
use credctl::import::{Incoming, Item, Placement};
use credctl::value::{Object, Value};
use credctl::vault::Reference;

use super::args::{Args, OnConflict};
use crate::cli::answer;
use crate::cli::bulk::Bulk;
use crate::cli::context::Context;
use crate::cli::error::{Error, Failure};

/// The items of one import on their way into the vault.
pub struct Take<'a> {
    context: &'a Context,
    args: &'a Args,
    placement: &'a Placement,
    told: Vec<String>,
    failed: HashSet<String>,
    /// The ids of the credentials that were removed.
    removed: HashSet<String>,
}

/// A credential that is ready to be put into the vault.
struct Ready {
    changed: Changed,
    stored: Option<Credential>,
    dropped: Vec<String>,
}

/// The decision on an item.
enum Fate {
    Put(Box<Ready>),
    Skip,
}

impl<'a> Take<'a> {
    pub fn new(context: &'a Context, args: &'a Args, placement: &'a Placement) -> Self {
        let (told, failed, removed) = (Vec::new(), HashSet::new(), HashSet::new());
        Self { context, args, placement, told, failed, removed }
    }

    /// Imports an item and what belongs to it, or neither, and adds the results.
    pub fn item(&mut self, vault: &mut Transaction<'_>, item: Item, bulk: &mut Bulk) {
        let ids: Vec<Option<String>> =
            std::iter::once(&item).chain(&item.beside).map(|one| one.id.clone()).collect();
        match self.whole(vault, item) {
            Ok(results) => {
                for (id, answer) in results {
                    bulk.add(Some(&id), Ok::<_, Error>(answer));
                }
            }
            Err(error) => {
                self.failed.extend(ids.iter().flatten().cloned());
                let mut ids = ids.into_iter();
                let own = ids.next().flatten();
                bulk.add(own.as_deref(), Err(error));
                for id in ids {
                    let own = own.as_deref().unwrap_or_default();
                    let what = format!("belongs to {own}, which was not imported");
                    bulk.add(id.as_deref(), Err(Error::new(Failure::Conflict, what)));
                }
            }
        }
    }

    /// Imports an item with everything that belongs to it. After an error, nothing of it is imported.
    fn whole(&mut self, vault: &mut Transaction<'_>, item: Item) -> Result<Vec<(String, Object)>, Error> {
        let is_entry = item.is_entry();
        if let [first, ..] = &item.candidates[..] {
            return match self.args.on_conflict {
                OnConflict::Fail => Err(exists(first)),
                OnConflict::Skip => Ok(item.ids().map(|id| (id.to_owned(), skipped())).collect()),
                OnConflict::Replace => Err(ambiguous(&item.candidates)),
            };
        }
        let ids: Vec<String> = item.ids().map(str::to_owned).collect();
        let main = match self.prepare(vault, item.incoming)? {
            Fate::Put(main) => main,
            Fate::Skip => return Ok(ids.into_iter().map(|id| (id, skipped())).collect()),
        };
        let mut all = vec![main];
        for Item { id, incoming, .. } in item.beside {
            let id = id.unwrap_or_default();
            match self.prepare(vault, incoming).map_err(|error| error.at(&id))? {
                Fate::Put(one) => all.push(one),
                Fate::Skip => return Ok(ids.into_iter().map(|id| (id, skipped())).collect()),
            }
        }
        let login = all[0].changed.credential.id().to_owned();
        let stale = self.stale(vault, &all, is_entry)?;
        for ready in &mut all {
            vault.check_place(&mut ready.changed, ready.stored.as_ref())?;
        }
        let mut results = Vec::with_capacity(all.len());
        for ready in all {
            results.push(self.put(vault, *ready)?);
        }
        for id in stale {
            vault.remove(&id);
            self.told.push(format!("{id} is deleted, because it belonged to the earlier {login}"));
            self.removed.insert(id);
        }
        Ok(results)
    }

    /// Returns the ids that belonged to the replaced login and do not belong to the new one. A document does
    /// not say what belongs to its login, so there only another user makes them stale.
    fn stale(
        &self,
        vault: &mut Transaction<'_>,
        all: &[Box<Ready>],
        is_entry: bool,
    ) -> Result<Vec<String>, Error> {
        let [main, ..] = all else { return Ok(Vec::new()) };
        let Some(stored) = &main.stored else { return Ok(Vec::new()) };
        let user = |credential: &Credential| credential.fields().get("username").cloned();
        if !is_entry && user(stored) == user(&main.changed.credential) {
            return Ok(Vec::new());
        }
        let mut stale = Vec::new();
        for id in self.placement.beside(stored.id(), &stored.head().envelope.project) {
            let is_new = all.iter().any(|one| one.changed.credential.id() == id);
            if !is_new && vault.contains(id)? {
                self.context.scope().find_to_change(vault, id, false)?;
                stale.push(id.to_owned());
            }
        }
        Ok(stale)
    }

    /// Makes the credential of an item, and finds the stored credential with the same id.
    fn prepare(
        &self,
        vault: &mut Transaction<'_>,
        incoming: Result<Box<Incoming>, Violations>,
    ) -> Result<Fate, Error> {
        let Incoming { kind, draft, made, access, dropped } = *incoming?;
        let (act, rules) = (self.context.act(), self.context.rules());
        let read = |entries: Vec<Object>| {
            entries.iter().map(|entry| Grant::read(entry, &act)).collect::<Result<Vec<_>, Violations>>()
        };
        let grants = access.map(read).transpose()?;
        let mut again = draft.clone();
        let mut changed = match &made {
            Some(made) => adopt(kind, draft, made, &act, &rules)?,
            None => change(&Change::Create(kind), draft, &act, &rules)?,
        };
        let id = changed.credential.id().to_owned();
        if !vault.contains(&id)? {
            changed.credential.adopt_grants(grants.unwrap_or_default(), &act);
            return Ok(Fate::Put(Box::new(Ready { changed, stored: None, dropped })));
        }
        let stored = match self.args.on_conflict {
            OnConflict::Fail => return Err(exists(&id)),
            OnConflict::Skip => return Ok(Fate::Skip),
            OnConflict::Replace => self.context.scope().find_to_change(vault, &id, false)?,
        };
        changed = if let Some(made) = made {
            if again.members.get("labels").is_none() {
                again.members.insert("labels", label_values(&stored.head().envelope.labels));
            }
            let withheld = again.withheld != Withheld::Nothing;
            let adopted = adopt(kind, again, &made, &act, &rules)?;
            if withheld {
                still_there(&stored, &adopted.credential, &[])?;
            }
            restore(&adopted.credential, Some(&stored), &act, &rules)?
        } else {
            // a key store that names no key type keeps the one it has
            let kind = if kind.promotable { stored.kind() } else { kind };
            change(&Change::Replace(&stored, Some(kind)), again, &act, &rules)?
        };
        if let Some(grants) = grants {
            changed.credential.adopt_grants(grants, &act);
        }
        Ok(Fate::Put(Box::new(Ready { changed, stored: Some(stored), dropped })))
    }

    /// Puts a prepared credential into the vault. Returns its id and result.
    fn put(&mut self, vault: &mut Transaction<'_>, ready: Ready) -> Result<(String, Object), Error> {
        let Ready { mut changed, stored, dropped } = ready;
        vault.place_checked(&changed, stored.as_ref())?;
        let id = changed.credential.id().to_owned();
        let action = if stored.is_some() { "replaced" } else { "created" };
        let mut result = Object::from_iter([("action", Value::text(action))]);
        if !dropped.is_empty() {
            self.told.push(format!("{id}: {} left out", dropped.join(", ")));
            result.insert("dropped", Value::texts(dropped));
        }
        self.told.extend(answer::removal(&changed, self.args.write.dry_run));
        self.told.append(&mut changed.notices);
        Ok((id, result))
    }

    /// Deletes the references to removed credentials. Returns the ids that failed.
    pub fn finish(
        self,
        vault: &mut Transaction<'_>,
        told: &mut Vec<String>,
    ) -> Result<HashSet<String>, Error> {
        let Self { told: mut own, failed, removed, .. } = self;
        told.append(&mut own);
        if !removed.is_empty() {
            let references = vault.residents::<Reference>()?;
            let count = references.len();
            let kept: Vec<_> =
                references.into_iter().filter(|one| !removed.contains(&one.credential)).collect();
            if kept.len() < count {
                vault.set_residents(kept)?;
            }
        }
        Ok(failed)
    }
}

fn exists(id: &str) -> Error {
    Error::exists(id).hint("see --on-conflict")
}

/// Makes the error for an entry that may be more than one stored credential. A guess could overwrite another
/// credential.
fn ambiguous(candidates: &[String]) -> Error {
    let what = match candidates {
        [one] => format!("several entries of the file may be the stored credential {one}"),
        [one, two, three, _, ..] => format!("the entry may be any of {one}, {two}, {three} and others"),
        _ => format!("the entry may be any of {}", candidates.join(", ")),
    };
    let id = &candidates[0];
    Error::new(Failure::Conflict, what)
        .hint(format!("`credctl passwd ID` changes one of them, such as {id}"))
        .hint("`credctl patch ID --tag url=URL --label folder=FOLDER` adds what the file says of one")
}

fn skipped() -> Object {
    Object::from_iter([("imported", Value::Bool(false)), ("action", Value::text("skipped"))])
}
