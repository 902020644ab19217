//! The list of blobs in a vault: those that this generation names, and those that only an earlier one names, which
//! stay until no backup can name them.

use uuid::Uuid;

use super::named::BlobNames;
use crate::vault::collection::Vault;
use crate::vault::error::Error;
use crate::vault::lines::Lines;
use crate::vault::wire::{BlobRecord, Section};

/// The most bytes of a line that are read at a time.
const SCAN: usize = 4096;

impl Vault {
    /// Returns the list of blobs as it is stored.
    pub(in crate::vault) fn stored_blobs(&mut self) -> Result<Vec<BlobRecord>, Error> {
        let mut records = Vec::new();
        let mut lines = Lines::new(&mut self.plain, self.index.range(Section::Blobs), SCAN)?;
        while let (at, Some(line)) = (lines.position(), lines.next()?) {
            let record =
                BlobRecord::read(line).map_err(|problem| Error::record(Section::Blobs, at, problem))?;
            records.push(record);
        }
        Ok(records)
    }

    /// Returns the ids of the blobs that the vault lists, each with true if the vault names it, and false if only an
    /// earlier generation does.
    ///
    /// # Errors
    /// Fails if the text cannot be read or a record is damaged.
    pub fn listed_blobs(&mut self) -> Result<Vec<(Uuid, bool)>, Error> {
        let records = self.stored_blobs()?.into_iter();
        Ok(records.map(|record| (record.id, record.unused_since.is_none())).collect())
    }
}

/// Returns the list of the next generation, sorted by id. A blob that the generation does not name stays in the
/// list as long as its file is there, so that no killed writer leaves one behind. If the generation may name more than
/// was found, every blob counts as named.
pub(super) fn next(
    current: &[BlobRecord],
    BlobNames { ids: named, is_doubtful }: &BlobNames,
    generation: u64,
    is_there: impl Fn(Uuid) -> bool,
) -> Vec<BlobRecord> {
    let unused = current.iter().filter(|record| !named.contains(&record.id) && is_there(record.id));
    let unused = unused.map(|record| {
        // a blob that this generation dropped is still named by the backup
        let unused_since = record.unused_since.or(Some(generation)).filter(|_| !is_doubtful);
        BlobRecord { id: record.id, unused_since }
    });
    let used = named.iter().map(|id| BlobRecord { id: *id, unused_since: None });
    let mut next: Vec<_> = unused.chain(used).collect();
    next.sort_by_key(|record| record.id);
    next
}

/// Returns the blobs in the list of a generation that neither it nor its backup names.
pub(super) fn obsolete(list: &[BlobRecord], generation: u64) -> impl Iterator<Item = Uuid> {
    let is_obsolete = move |record: &&BlobRecord| record.unused_since.is_some_and(|since| since < generation);
    list.iter().filter(is_obsolete).map(|record| record.id)
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::{BlobNames, BlobRecord, next, obsolete};

    fn id(number: u128) -> Uuid {
        Uuid::from_u128(number)
    }

    fn set(numbers: &[u128]) -> BlobNames {
        BlobNames { ids: numbers.iter().copied().map(id).collect(), is_doubtful: false }
    }

    fn shown(list: &[BlobRecord]) -> Vec<(u128, Option<u64>)> {
        list.iter().map(|record| (record.id.as_u128(), record.unused_since)).collect()
    }

    #[test]
    fn a_blob_goes_one_generation_after_nobody_names_it() {
        let five = next(&[], &set(&[1, 2]), 5, |_| true);
        assert_eq!(shown(&five), [(1, None), (2, None)]);
        // the backup of generation 6 is generation 5, which names it
        let six = next(&five, &set(&[2, 3]), 6, |_| true);
        assert_eq!(shown(&six), [(1, Some(6)), (2, None), (3, None)]);
        assert_eq!(obsolete(&six, 6).count(), 0);
        let seven = next(&six, &set(&[2, 3]), 7, |_| true);
        assert_eq!(obsolete(&seven, 7).collect::<Vec<_>>(), [id(1)]);
        // it stays listed until it was seen to be gone
        assert_eq!(shown(&next(&seven, &set(&[2]), 8, |_| true)), [(1, Some(6)), (2, None), (3, Some(8))]);
        assert_eq!(shown(&next(&seven, &set(&[2, 3]), 8, |blob| blob != id(1))), [(2, None), (3, None)]);
    }

    #[test]
    fn a_blob_that_comes_back_is_used_again() {
        let six = next(&next(&[], &set(&[1]), 5, |_| true), &set(&[]), 6, |_| true);
        let undone = next(&six, &set(&[1]), 7, |_| true);
        assert_eq!(shown(&undone), [(1, None)]);
    }

    #[test]
    fn a_doubt_keeps_every_blob() {
        let six = next(&next(&[], &set(&[1, 2]), 5, |_| true), &set(&[2]), 6, |_| true);
        let doubtful = BlobNames { is_doubtful: true, ..set(&[2, 3]) };
        let seven = next(&six, &doubtful, 7, |_| true);
        assert_eq!(shown(&seven), [(1, None), (2, None), (3, None)]);
        assert_eq!(obsolete(&seven, u64::MAX).count(), 0);
    }
}
