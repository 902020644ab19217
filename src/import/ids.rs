//! The ids that an import gives out: those under which its entries are stored, and free ones for new entries.

use std::collections::{HashMap, HashSet};

use super::item::Item;
use super::placement::Placement;
use crate::vault::{Error, Vault};

/// The ids that the import gives out.
pub(super) struct Ids<'a> {
    pub project: &'a str,
    pub taken: HashSet<String>,
    /// The last number that was tried for an id.
    pub numbers: HashMap<String, usize>,
    /// The ids that items of the file have so far, where they are renamed.
    pub given: HashSet<String>,
    /// The new ids of the items that were renamed, by the ids that the file has for them.
    pub renamed: HashMap<String, String>,
}

/// The difference of a new entry from the credential that has its id.
pub(super) const ANOTHER: &str = "has another project, type, user or host";

impl Ids<'_> {
    /// Gives an entry the id under which it is stored. The items that belong to it get the ids that they have
    /// there.
    pub fn keep(
        &mut self,
        vault: &mut Vault,
        placement: &mut Placement,
        item: &mut Item,
        id: &str,
    ) -> Result<(), Error> {
        item.rename(id);
        let stored: Vec<String> = placement.beside(id, self.project).map(str::to_owned).collect();
        let mut stored = stored.into_iter();
        for beside in item.beside.iter_mut().filter(|beside| beside.login().is_some()) {
            let own = match stored.next() {
                Some(own) => own,
                None => {
                    let wanted = beside.id.clone().unwrap_or_default();
                    let own = self.free(vault, &Placement::default(), &wanted, &[])?;
                    if own != wanted {
                        let what = format!("{own} is new: {wanted} does not belong to this {id}, and stays");
                        placement.notices.push(what);
                    }
                    own
                }
            };
            beside.set_id(&own);
            self.taken.insert(own);
        }
        Ok(())
    }

    /// Gives a new entry a free id. The ids that the items beside it then get must be free, too.
    pub fn renew(
        &mut self,
        vault: &mut Vault,
        placement: &mut Placement,
        item: &mut Item,
        base: &str,
        why: &str,
    ) -> Result<(), Error> {
        let is_others = !self.taken.contains(base) && vault.contains(base)?;
        let id = self.free(vault, placement, base, &item.suffixes())?;
        item.rename(&id);
        self.taken.extend(item.ids().map(str::to_owned));
        if is_others {
            let with = placement.beside(base, self.project).collect::<Vec<_>>().join(", ");
            let with = if with.is_empty() { with } else { format!(" with {with}") };
            placement.notices.push(format!("{id} is a new entry: {base}{with} {why}, and stays"));
        }
        Ok(())
    }

    /// Gives an item that the file itself names the next free id, if its own is taken.
    pub fn step_aside(
        &mut self,
        vault: &mut Vault,
        placement: &mut Placement,
        item: &mut Item,
    ) -> Result<(), Error> {
        let Some(id) = item.id.clone().filter(|_| item.id_field().is_none()) else { return Ok(()) };
        let mut is_taken = false;
        for id in item.ids() {
            is_taken |= self.given.contains(id) || vault.contains(id)?;
        }
        self.given.extend(item.ids().map(str::to_owned));
        if is_taken {
            let free = self.free(vault, placement, &id, &item.suffixes())?;
            item.rename(&free);
            self.taken.extend(item.ids().map(str::to_owned));
            placement.notices.push(format!("{free} is new: {id} exists, and stays"));
            self.renamed.insert(id, free);
        }
        Ok(())
    }

    /// Finds the first free id among the one wanted and those with a number behind it. An id is free only if it
    /// is free with each suffix, too.
    fn free(
        &mut self,
        vault: &mut Vault,
        placement: &Placement,
        wanted: &str,
        suffixes: &[String],
    ) -> Result<String, Error> {
        // goes on where the last search ended, or many entries of one title would take quadratic time
        let number = self.numbers.entry(wanted.to_owned()).or_insert(0);
        'numbers: loop {
            *number += 1;
            let id = if *number == 1 { wanted.to_owned() } else { format!("{wanted}-{number}") };
            // credentials that an earlier login of this id left behind must not become the new one's
            if placement.beside.contains_key(&id) {
                continue;
            }
            for suffix in std::iter::once("").chain(suffixes.iter().map(String::as_str)) {
                let id = format!("{id}{suffix}");
                if self.taken.contains(&id) || vault.contains(&id)? {
                    continue 'numbers;
                }
            }
            return Ok(id);
        }
    }
}
