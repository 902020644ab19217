//! Taking the last change of a vault back.

use chrono::{DateTime, Utc};

use super::bundles::{Bundles, Deployment};
use super::change::Outcome;
use super::error::Error;
use super::keeper::Keeper;
use super::opening::Store;
use super::scope::{Writes, check_no_bundle};
use crate::credential::{FieldChange, KeptCounter, differences};
use crate::disk::{FileError, Location};
use crate::vault::{self, Difference, Key, Sealed, Vault};

/// The most credentials that are compared field by field: the last change may be of the whole vault.
const COMPARED: usize = 5;

/// A credential that was, or would be, as it was before the last change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Undone {
    /// The id of the credential.
    pub id: String,
    /// The difference of the earlier generation from the current one.
    pub difference: Difference,
    /// The fields that change back, if the credential is one of the first.
    pub changes: Vec<FieldChange>,
    /// The counters of one-time passwords that do not go back.
    pub counters: Vec<KeptCounter>,
}

impl<K: Keeper> Store<K> {
    /// Puts the generation before the last change in the place of the current one, which becomes the one
    /// before. To undo twice is to do the change again. Returns each credential that differs. The counters of one-time
    /// passwords stay as they are, because no code is given twice.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/doc/store.rs"));
    /// # fn main() -> Result<(), Failure> {
    /// # let (store, _folder) = new_vault()?;
    /// store.change(|vault| vault.add(login(), db()))?;
    /// store.undo()?;
    /// assert!(store.read()?.find("db")?.is_none());
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// [`Error::NothingToUndo`]; [`vault::BackupDistrust`]; [`Error::OnlyCodes`] after a change that only took codes of counters; as
    /// [`Store::change`].
    pub fn undo(&self) -> Result<Outcome<Vec<Undone>>, K::Error> {
        self.terms.scope.check(Writes::WholeVault("undo"))?;
        self.refuse_in_queue("`undo`")?;
        let mut open = self.begin()?;
        let (mut before, undone) = before(open.lock.location(), &open.key, &mut open.vault, self.terms.now)?;
        before.follow(&mut open.vault).map_err(Error::from)?;
        open.before = Some(before);
        Ok(Outcome { answer: undone, deployment: open.save(self, Bundles::default())? })
    }

    /// Returns what [`Store::undo`] would do, and changes nothing.
    ///
    /// # Errors
    /// As [`Store::undo`].
    pub fn try_undo(&self) -> Result<Outcome<Vec<Undone>>, K::Error> {
        self.terms.scope.check(Writes::WholeVault("undo"))?;
        self.refuse_in_queue("`undo`")?;
        let (mut vault, key) = self.read_with_key()?;
        check_no_bundle(&vault)?;
        let (_, answer) = before(&self.location()?, &key, &mut vault, self.terms.now)?;
        Ok(Outcome { answer, deployment: Deployment::default() })
    }
}

/// Opens the generation before, and finds the credentials in which it differs from the current one.
fn before(
    location: &Location,
    key: &Key,
    now: &mut Vault,
    at: DateTime<Utc>,
) -> Result<(Vault, Vec<Undone>), Error> {
    let sealed = match location.open_backup() {
        Err(FileError::NotFound { .. }) => return Err(Error::NothingToUndo),
        file => Sealed::inspect(file.map_err(vault::Error::from)?)?,
    };
    let mut before = Vault::open(sealed, key)?;
    // a file that somebody put there, or one that is no older
    if before.id() != now.id() || before.generation() >= now.generation() {
        return Err(Error::NothingToUndo);
    }
    // other machines made the generations between; to undo theirs is not what was asked for
    if location.upload().is_some() && before.generation() + 1 != now.generation() {
        return Err(Error::NothingToUndo);
    }
    now.lineage().judge_earlier(&before.lineage()).map_err(vault::Error::from)?;
    let (mut undone, mut only_codes) = (Vec::new(), None);
    for (id, difference) in before.differences(now)? {
        let (mut changes, mut counters) = (Vec::new(), Vec::new());
        if difference == Difference::Changed
            && let (Some(now), Some(mut earlier)) = (now.find(&id)?, before.find(&id)?)
        {
            counters = earlier.keep_counters(&now, &[]);
            if !counters.is_empty() {
                if earlier.is_same_version(&now) {
                    before.amend(&now)?;
                    only_codes.get_or_insert(id);
                    continue;
                }
                // the version before, but not with the etag that it had
                earlier.renew_etag();
                before.amend(&earlier)?;
            }
            if undone.len() < COMPARED {
                changes = differences(Some(&now), &earlier);
                changes.extend(earlier.head().envelope.access_differences(&now.head().envelope.access, at));
            }
        }
        undone.push(Undone { id, difference, changes, counters });
    }
    match only_codes {
        Some(id) if undone.is_empty() => Err(Error::OnlyCodes { id }),
        _ => Ok((before, undone)),
    }
}
