//! Laying out a text that somebody edited by hand. Memory: the text, the same laid out, and one record; never
//! more than three times the text.

use std::borrow::Cow;
use std::io::Write as _;

use zeroize::Zeroizing;

use super::damage::{Damage, RecordProblem};
use super::error::Error;
use super::layout_writer::LayoutWriter;
use super::wire::{self, AnyVersion, Document, MAX_COUNT, Section, VERSION};
use crate::secret::Buffer;
use crate::value::json::{self, Compact};

/// Lays out a text in the canonical layout.
///
/// # Errors
/// Fails if the text is not the JSON of a vault, or is of a newer version.
pub fn canonical(text: &[u8]) -> Result<Zeroizing<Vec<u8>>, Error> {
    // first what all versions share: a newer one has members that would be refused as unknown
    let any: AnyVersion = serde_json::from_slice(text).map_err(|e| Damage::NotAVault(e.into()))?;
    match (any.credctl.as_deref(), any.version) {
        (Some("vault"), Some(found)) if found > VERSION => {
            return Err(Damage::Newer { found, known: VERSION }.into());
        }
        (Some("vault"), Some(1..=VERSION)) => {}
        _ => return Err(Damage::OtherDocument.into()),
    }
    let document: Document<'_> = serde_json::from_slice(text).map_err(|e| Damage::NotAVault(e.into()))?;
    let header = document.header();
    if header.generation > MAX_COUNT {
        return Err(Damage::Generation.into());
    }
    if !document.is_of_its_version() {
        return Err(Damage::FirstLine {
            problem: "is of version 1, and the vault has sections of version 2",
        }
        .into());
    }
    // room for the ends of lines too, because memory that is outgrown is copied
    let out = Buffer::with_capacity(text.len() + text.len() / 4 + 1024);
    let mut writer = LayoutWriter::new(out, &header).map_err(|error| match error {
        Error::Header { problem } => Damage::FirstLine { problem }.into(),
        error => error,
    })?;
    for &section in Section::of_version(header.version) {
        writer.section(section).map_err(Error::Write)?;
        let written = match section {
            // search and merge rely on the order of these; the others are read as a whole
            Section::Credentials | Section::History => write_sorted(&document, section, &mut writer),
            _ => document.records(section, |record| write(section, record, &mut writer)),
        };
        written.map_err(|(at, problem)| Damage::Record { section: section.name(), at, problem })?;
    }
    writer.finish().map(Buffer::into_bytes).map_err(Error::Write)
}

/// Writes credentials or their versions in the order of their ids; versions of one id keep theirs.
fn write_sorted(
    document: &Document<'_>,
    section: Section,
    writer: &mut LayoutWriter<Buffer>,
) -> Result<(), (u64, RecordProblem)> {
    let mut records: Vec<(Cow<'_, str>, u64, &[u8])> = Vec::new();
    document.records(section, |record| {
        records.push((wire::any_id(record)?, records.len() as u64, record));
        Ok(())
    })?;
    // a stable sort: the versions of one id stay in their order
    records.sort_by(|(a, ..), (b, ..)| a.cmp(b));
    if section == Section::Credentials {
        let twice = records.windows(2).find(|pair| pair[0].0 == pair[1].0);
        if let Some([_, (_, at, _)]) = twice {
            return Err((*at, RecordProblem::Duplicate));
        }
    }
    records
        .iter()
        .try_for_each(|(_, at, record)| write(section, record, writer).map_err(|problem| (*at, problem)))
}

/// Writes one record as its line. The members of a credential come in the order of the format, so that the
/// line begins with its id.
fn write(section: Section, record: &[u8], writer: &mut LayoutWriter<Buffer>) -> Result<(), RecordProblem> {
    let problem = |error: serde_json::Error| RecordProblem::Json(error.into());
    let full = |error| problem(serde_json::Error::io(error));
    match section {
        Section::Credentials => wire::lay_out(record, writer.begin_record().map_err(full)?),
        Section::History => wire::lay_out_version(record, writer.begin_record().map_err(full)?),
        _ => {
            json::parse_record(record).map_err(RecordProblem::Json)?;
            Compact::new(writer.begin_record().map_err(full)?).write_all(record).map_err(full)
        }
    }
}
