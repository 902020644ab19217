//! Laying out a text that somebody edited by hand. Memory: the text, its records once more, and a word or two
//! for each of them; never more than three times the text.

use std::ops::Range;

use zeroize::Zeroizing;

use super::error::{Damage, Error, RecordProblem};
use super::layout::{Section, Writer};
use super::wire::{self, AnyVersion, Document, Header, MAX_COUNT, VERSION};
use crate::secret::Buffer;
use crate::value::json;

/// The records of all sections as lines, one after another.
struct Records {
    lines: Buffer,
    sections: [Vec<Range<usize>>; Section::ALL.len()],
}

/// Lays out a text.
///
/// # Errors
/// What is not a vault's JSON, or of a newer version.
pub fn canonical(text: Zeroizing<Vec<u8>>) -> Result<Zeroizing<Vec<u8>>, Error> {
    let any: AnyVersion = serde_json::from_slice(&text).map_err(|e| Damage::NotAVault(e.into()))?;
    match (any.credctl.as_deref(), any.version) {
        (Some("vault"), Some(found)) if found > VERSION => {
            return Err(Damage::Newer { found, known: VERSION }.into());
        }
        (Some("vault"), Some(VERSION)) => {}
        _ => return Err(Damage::OtherDocument.into()),
    }
    let (header, records) = Records::read(&text)?;
    let size = text.len() + 1024;
    drop(text);
    records.write(&header, size)
}

impl Records {
    fn read(text: &[u8]) -> Result<(Header, Self), Error> {
        let document: Document<'_> = serde_json::from_slice(text).map_err(|e| Damage::NotAVault(e.into()))?;
        if document.generation > MAX_COUNT {
            return Err(Damage::Generation.into());
        }
        let header = Header {
            credctl: document.credctl.into(),
            version: document.version,
            id: document.id,
            generation: document.generation,
            bundle: document.bundle,
        };
        let mut records = Self { lines: Buffer::with_capacity(text.len()), sections: Default::default() };
        for (section, values) in Section::ALL.into_iter().zip([
            document.recipients.0,
            document.credentials.0,
            document.policies.0,
            document.users.0,
            document.references.0,
            document.environments.0,
            document.history.0,
        ]) {
            for (at, value) in values.iter().enumerate() {
                records.add(section, value.get().as_bytes()).map_err(|problem| Damage::Record {
                    section: section.name(),
                    at: at as u64,
                    problem,
                })?;
            }
        }
        records.sort()?;
        Ok((header, records))
    }

    /// Adds a record as its line. Credentials begin with their id, which their own writer sees to.
    fn add(&mut self, section: Section, record: &[u8]) -> Result<(), RecordProblem> {
        let problem = |error: serde_json::Error| RecordProblem::Json(error.into());
        let begin = self.lines.len();
        match section {
            Section::Credentials => {
                wire::write_line(&wire::credential(record)?, &mut self.lines).map_err(problem)?;
            }
            Section::History => {
                wire::write_version(&wire::version(record)?, &mut self.lines).map_err(problem)?;
            }
            _ => {
                let value = json::parse_record(record).map_err(RecordProblem::Json)?;
                json::write(&value, &mut self.lines)
                    .map_err(|error| problem(serde_json::Error::io(error)))?;
            }
        }
        self.sections[section as usize].push(begin..self.lines.len());
        Ok(())
    }

    /// Puts credentials and their versions in order; versions of one id keep theirs.
    fn sort(&mut self) -> Result<(), Error> {
        let lines = self.lines.bytes();
        let id = |range: &Range<usize>| wire::raw_id(&lines[range.clone()]).ok();
        for section in [Section::Credentials, Section::History] {
            self.sections[section as usize].sort_by(|a, b| id(a).cmp(&id(b)));
        }
        let credentials = &self.sections[Section::Credentials as usize];
        match credentials.windows(2).position(|pair| id(&pair[0]) == id(&pair[1])) {
            Some(at) => Err(Damage::Record {
                section: Section::Credentials.name(),
                at: at as u64,
                problem: RecordProblem::Duplicate,
            }
            .into()),
            None => Ok(()),
        }
    }

    fn write(&self, header: &Header, size: usize) -> Result<Zeroizing<Vec<u8>>, Error> {
        let mut writer = Writer::new(Buffer::with_capacity(size), header).map_err(Error::Write)?;
        for (section, ranges) in Section::ALL.into_iter().zip(&self.sections) {
            writer.section(section).map_err(Error::Write)?;
            for range in ranges {
                writer.record(&self.lines.bytes()[range.clone()]).map_err(Error::Write)?;
            }
        }
        writer.finish().map(Buffer::into_bytes).map_err(Error::Write)
    }
}
