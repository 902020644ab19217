//! The earlier versions that a write keeps.

use std::collections::BTreeMap;
use std::io::Write;

use zeroize::Zeroizing;

use super::collection::Purged;
use super::damage::RecordProblem;
use super::error::Error;
use super::layout_writer::{LayoutWriter, put};
use super::lines::{Lines, SCAN};
use super::marking::Marking;
use super::merge::StoredLine;
use super::new_record::LONG;
use super::plain::Plain;
use super::version::Remember;
use super::wire::{self, Section, VersionLine};

/// An earlier version until it is written. A long one is only its place in the stored text, which is read once
/// more, because one value may be most of the vault.
pub(super) enum KeptVersion {
    /// The line of the version.
    Line(Zeroizing<Vec<u8>>),
    /// The place of the credential that is replaced.
    Replaced { place: (u64, u64), id: String, deleted: bool },
    /// The place of a version, which gets another id if there is one.
    Stored { place: (u64, u64), new_id: Option<String> },
}

impl KeptVersion {
    /// Makes a version of a credential that is replaced.
    pub(super) fn of(
        id: &str,
        old: StoredLine<'_>,
        deleted: bool,
        remember: &Remember,
    ) -> Result<Self, Error> {
        if old.line.len() > LONG {
            return Ok(Self::Replaced { place: old.place, id: id.to_owned(), deleted });
        }
        let line = VersionLine::of(id, old.line, deleted, remember);
        Ok(Self::Line(line.map_err(at(Section::Credentials, old.place))?.bytes()))
    }

    /// Makes a version under another id.
    pub(super) fn renamed(version: StoredLine<'_>, id: &str) -> Result<Self, Error> {
        if version.line.len() > LONG {
            return Ok(Self::Stored { place: version.place, new_id: Some(id.to_owned()) });
        }
        let line = VersionLine::renamed(version.line, id);
        Ok(Self::Line(line.map_err(at(Section::History, version.place))?.bytes()))
    }

    /// Keeps a version as it is.
    fn same(version: StoredLine<'_>) -> Self {
        if version.line.len() > LONG {
            Self::Stored { place: version.place, new_id: None }
        } else {
            Self::Line(Zeroizing::new(version.line.to_vec()))
        }
    }

    /// Writes the line. A long one is read beside `lines`.
    fn write<W: Write>(
        &self,
        lines: &mut Lines<'_>,
        remember: &Remember,
        writer: &mut LayoutWriter<W>,
    ) -> Result<(), Error> {
        let text;
        let line = match self {
            Self::Line(line) => return put(writer, line),
            Self::Stored { place, new_id: None } => return put(writer, &*lines.aside(*place)?),
            Self::Replaced { place, id, deleted } => {
                text = lines.aside(*place)?;
                VersionLine::of(id, &text, *deleted, remember).map_err(at(Section::Credentials, *place))?
            }
            Self::Stored { place, new_id: Some(id) } => {
                text = lines.aside(*place)?;
                VersionLine::renamed(&text, id).map_err(at(Section::History, *place))?
            }
        };
        writer.begin_record().and_then(|out| line.write(out)).map_err(Error::Write)
    }
}

fn at(section: Section, place: (u64, u64)) -> impl FnOnce(RecordProblem) -> Error {
    move |problem| Error::record(section, place.0, problem)
}

/// The changes of the earlier versions.
pub(super) struct KeptVersions<'a> {
    /// The ids whose versions are forgotten.
    pub purged: &'a Purged,
    /// The new ids of the credentials that get another one, by their old ids.
    pub renamed: &'a BTreeMap<String, String>,
    /// The versions of these that there are, by the new ids.
    pub renamed_versions: BTreeMap<String, Vec<KeptVersion>>,
    /// The new versions of each id, the oldest first. The list is empty if no version is kept.
    pub replaced: &'a BTreeMap<String, Vec<KeptVersion>>,
    /// The number of versions of one id.
    pub remember: &'a Remember,
    /// The marking of the versions that stay as they are, if they are marked.
    pub marking: Option<&'a mut Marking>,
}

/// Writes the section: the old lines except for purged and surplus ones, and the new ones.
pub(super) fn write<W: Write>(
    plain: &mut Plain,
    range: (u64, u64),
    kept: KeptVersions<'_>,
    writer: &mut LayoutWriter<W>,
) -> Result<(), Error> {
    let KeptVersions { purged, renamed, mut renamed_versions, replaced, remember, mut marking } = kept;
    let mut new = replaced.iter().peekable();
    let mut lines = Lines::new(plain, range, SCAN)?;
    // the versions of an id that gets one more; the others are copied as they come
    let mut kept: Vec<KeptVersion> = Vec::new();
    loop {
        let at = lines.position();
        let line = lines.next_with_end()?;
        let id = line
            .map(|(line, _)| wire::id(line).map_err(|problem| Error::record(Section::History, at, problem)));
        let id = id.transpose()?;
        // at the end of the section all that are left have been passed
        let passed = |next: &str| id.as_ref().is_none_or(|id| next < &**id);
        if let Some((next, versions)) = new.next_if(|(next, _)| passed(next)) {
            kept.append(&mut renamed_versions.remove(next).unwrap_or_default());
            // the versions that are added take some of the places
            let most = remember.versions.saturating_sub(versions.len().max(1));
            let surplus = kept.len().saturating_sub(most);
            for old in kept.drain(..).skip(surplus) {
                old.write(&mut lines, remember, writer)?;
            }
            // what is purged in the same call leaves no version either
            if !purged.has(next) {
                let surplus = versions.len().saturating_sub(remember.versions);
                versions.iter().skip(surplus).try_for_each(|new| new.write(&mut lines, remember, writer))?;
            }
            // the line read just now follows them
            lines.back_to(at);
            continue;
        }
        let (Some((line, end)), Some(id)) = (line, id) else { return Ok(()) };
        if purged.has(&id) || renamed.contains_key(&*id) {
            continue;
        }
        // held back until all versions of the id are known, because the oldest ones go first
        match new.peek() {
            Some((next, _)) if next.as_str() == &*id => {
                kept.push(KeptVersion::same(StoredLine { line, place: (at, end) }));
            }
            _ => match &mut marking {
                Some(marking) => marking.write_version(line, writer)?,
                None => put(writer, line)?,
            },
        }
    }
}
