//! The earlier versions that a write keeps.

use std::collections::BTreeMap;
use std::io::Write;

use zeroize::Zeroizing;

use super::collection::Purged;
use super::error::Error;
use super::layout::Writer;
use super::merge::put;
use super::plain::{Lines, Plain, SCAN};
use super::version::Remember;
use super::wire::{self, Section};

/// Makes the record of a credential's line that is replaced.
pub(super) fn line(
    id: &str,
    old: &[u8],
    deleted: bool,
    remember: &Remember,
) -> Result<Zeroizing<Vec<u8>>, Error> {
    wire::version_line(id, old, deleted, remember).map_err(|error| Error::Write(error.into()))
}

/// The lines of several records.
pub(super) type Texts = Vec<Zeroizing<Vec<u8>>>;

/// The changes of the earlier versions.
pub(super) struct Kept<'a> {
    /// The ids whose versions are forgotten.
    pub purged: &'a Purged,
    /// The new ids of the credentials that get another one, by their old ids.
    pub renamed: &'a BTreeMap<String, String>,
    /// The versions of these that there are, by the new ids.
    pub renamed_versions: BTreeMap<String, Texts>,
    /// The new versions of each id, the oldest first. The list is empty if no version is kept.
    pub replaced: &'a BTreeMap<String, Texts>,
    /// The number of versions of one id.
    pub remember: &'a Remember,
}

/// Writes the section: the old lines except for purged and surplus ones, and the new ones.
pub(super) fn write<W: Write>(
    plain: &mut Plain,
    range: (u64, u64),
    kept: Kept<'_>,
    writer: &mut Writer<W>,
) -> Result<(), Error> {
    let Kept { purged, renamed, mut renamed_versions, replaced, remember } = kept;
    let mut new = replaced.iter().peekable();
    let mut lines = Lines::new(plain, range, SCAN)?;
    // the versions of an id that gets one more; the others are copied as they come
    let mut kept: Vec<Zeroizing<Vec<u8>>> = Vec::new();
    loop {
        let at = lines.position();
        let line = lines.next()?;
        let id =
            line.map(|line| wire::id(line).map_err(|problem| Error::record(Section::History, at, problem)));
        let id = id.transpose()?;
        // at the end of the section all that are left have been passed
        let passed = |next: &str| id.as_ref().is_none_or(|id| next < &**id);
        while let Some((next, versions)) = new.next_if(|(next, _)| passed(next)) {
            kept.append(&mut renamed_versions.remove(next).unwrap_or_default());
            // the versions that are added take some of the places
            let most = remember.versions.saturating_sub(versions.len().max(1));
            let surplus = kept.len().saturating_sub(most);
            kept.drain(..).skip(surplus).try_for_each(|old| put(writer, old))?;
            // what is purged in the same call leaves no version either
            if !purged.has(next) {
                let surplus = versions.len().saturating_sub(remember.versions);
                versions.iter().skip(surplus).try_for_each(|version| put(writer, version))?;
            }
        }
        let (Some(line), Some(id)) = (line, id) else { return Ok(()) };
        if purged.has(&id) || renamed.contains_key(&*id) {
            continue;
        }
        // held back until all versions of the id are known, because the oldest ones go first
        match new.peek() {
            Some((next, _)) if next.as_str() == &*id => kept.push(Zeroizing::new(line.to_vec())),
            _ => put(writer, line)?,
        }
    }
}
