//! The placement of an import in a vault. It finds the stored credential that an entry is, and an id for a new
//! entry. Programs number entries of one title in the order of their file, so the order says nothing: the same
//! entry has the same title, user and host.

use std::collections::{HashMap, HashSet};

use super::ids::{ANOTHER, Ids};
use super::item::{Import, Item};
use super::key::{Digests, EntryKey, without_number};
use super::known::{KnownEntries, Match};
use super::placement::Placement;
use crate::credential::Head;
use crate::credential::LOGIN;
use crate::value::Value;
use crate::vault::{Error, Vault};

impl Import {
    /// Puts each item that belongs to a login beside that login. Gives each entry the id under which it is
    /// stored, and each new entry a free id. An entry can only be a stored credential of the project into which
    /// it comes.
    ///
    /// With `renames`, an item takes the place of no stored credential: where its id is taken, it gets the next free
    /// one, and so does everything that belongs to it.
    ///
    /// # Errors
    /// Fails if the vault cannot be read.
    pub fn place(&mut self, vault: &mut Vault, project: &str, renames: bool) -> Result<Placement, Error> {
        // first, so that what belongs to a login is compared and named together with it
        self.gather();
        self.set_apart(vault, project)?;
        let digests = Digests::default();
        // boxed: a document may have many items that are no entries
        let keys: Vec<Option<Box<EntryKey>>> =
            self.items.iter().map(|item| EntryKey::of_item(item, &digests).map(Box::new)).collect();
        let (mut placement, known) = look(vault, &keys, (project, &self.prefix), &digests)?;
        // a document of many small items has no entries, and needs no room for them
        if keys.iter().all(Option::is_none) && !renames {
            return Ok(placement);
        }
        let matches = if renames { vec![Match::New; keys.len()] } else { known.matches(&keys) };
        let explicit = self.items.iter().zip(&keys).filter(|(_, key)| key.is_none());
        // ids that the file itself names, and those of stored credentials, are not given out again
        let mut ids = Ids {
            project,
            taken: explicit.flat_map(|(item, _)| item.ids()).map(str::to_owned).collect(),
            numbers: HashMap::new(),
            given: HashSet::new(),
            renamed: HashMap::new(),
        };
        ids.taken.extend(matches.iter().filter_map(|one| match one {
            Match::Stored(id) => Some(id.clone()),
            Match::New | Match::Ambiguous(_) => None,
        }));
        for ((item, key), found) in self.items.iter_mut().zip(&keys).zip(matches) {
            let Some(key) = key else {
                if renames {
                    ids.step_aside(vault, &mut placement, item)?;
                }
                continue;
            };
            match found {
                Match::New if renames => ids.renew(vault, &mut placement, item, &key.base, "exists")?,
                Match::Stored(id) => {
                    item.become_as_stored(vault.find_head(&id)?.map(|head| head.kind));
                    ids.keep(vault, &mut placement, item, &id)?;
                }
                Match::New => ids.renew(vault, &mut placement, item, &key.base, ANOTHER)?,
                Match::Ambiguous(candidates) => {
                    // without a number, because none can be told before somebody chooses
                    item.rename(&key.base);
                    item.candidates = candidates;
                }
            }
        }
        let renamed = ids.renamed;
        self.follow(&renamed);
        Ok(placement)
    }

    /// Makes an entry of each item whose id was made here and is that of a credential in another project. Only
    /// an id that the file itself names stands for a credential of any project.
    fn set_apart(&mut self, vault: &mut Vault, project: &str) -> Result<(), Error> {
        let is_meant = |item: &&Item| item.has_made_id && item.base.is_none();
        let ids: HashSet<&str> =
            self.items.iter().filter(is_meant).filter_map(|item| item.id.as_deref()).collect();
        if ids.is_empty() {
            return Ok(());
        }
        let others =
            vault.find_where(|head| head.envelope.project != project && ids.contains(head.id.as_str()))?;
        let others: HashSet<String> = others.into_iter().map(|head| head.id).collect();
        for item in self.items.iter_mut().filter(|item| item.has_made_id && item.base.is_none()) {
            item.base = item.id.clone().filter(|id| others.contains(id));
        }
        Ok(())
    }

    /// Puts every item whose tag names a login of this import beside that login.
    fn gather(&mut self) {
        let ids = self.items.iter().enumerate();
        let logins: HashMap<&str, usize> =
            ids.filter_map(|(at, item)| Some((item.id.as_deref()?, at))).collect();
        let login_of =
            |at: usize, item: &Item| logins.get(item.login()?).copied().filter(|login| *login != at);
        let owners: Vec<Option<usize>> =
            self.items.iter().enumerate().map(|(at, item)| login_of(at, item)).collect();
        if owners.iter().all(Option::is_none) {
            return;
        }
        let (mut kept, mut beside) = (Vec::new(), HashMap::<usize, Vec<Item>>::new());
        for (at, item) in std::mem::take(&mut self.items).into_iter().enumerate() {
            // an item that belongs to one which itself belongs to another stays where it is
            match owners[at].filter(|login| owners[*login].is_none()) {
                Some(login) => beside.entry(login).or_default().push(item),
                None => kept.push((at, item)),
            }
        }
        for (at, mut item) in kept {
            item.beside.append(&mut beside.remove(&at).unwrap_or_default());
            self.items.push(item);
        }
    }
}

/// Goes through the vault once. Collects the credentials that belong to logins, and those that the entries may
/// be.
fn look(
    vault: &mut Vault,
    keys: &[Option<Box<EntryKey>>],
    (project, prefix): (&str, &str),
    digests: &Digests,
) -> Result<(Placement, KnownEntries), Error> {
    let titles: HashSet<&str> = keys.iter().flatten().filter_map(|key| key.title.as_deref()).collect();
    let bases: HashSet<&str> = keys.iter().flatten().map(|key| key.base.as_str()).collect();
    let login = |head: &Head| head.envelope.tags.get(LOGIN).and_then(Value::as_text).cloned();
    let may_be = |head: &Head| {
        let name = head.envelope.name.as_str();
        titles.contains(name)
            || name == head.id && (bases.contains(name) || bases.contains(without_number(name)))
    };
    let (mut placement, mut known) = (Placement::default(), KnownEntries::default());
    let mut candidates = Vec::new();
    for head in vault.find_where(|head| login(head).is_some() || may_be(head))? {
        // what belongs to a login is found through it, and never on its own
        if let Some(login) = login(&head) {
            let beside = placement.beside.entry(login.expose().to_owned()).or_default();
            beside.push((head.id, head.envelope.project));
        } else if head.envelope.project == project && head.id.starts_with(prefix) {
            candidates.push(head.id);
        }
    }
    for id in candidates {
        let mut beside = Vec::new();
        for id in placement.beside(&id, project) {
            beside.extend(vault.find(id)?);
        }
        if let Some(credential) = vault.find(&id)? {
            known.add(&credential, &beside, digests);
        }
    }
    Ok((placement, known))
}
