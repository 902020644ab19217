//! The small sections of a vault, each read and written as a whole.

use zeroize::Zeroizing;

use super::collection::Vault;
use super::damage::RecordProblem;
use super::error::Error;
use super::lines::Lines;
use super::resident::Resident;
use super::wire::Section;
use crate::secret::Buffer;
use crate::text::compose;
use crate::value::{Value, json};

/// The text of a record, which may have secrets.
type ResidentLine = Zeroizing<Vec<u8>>;

impl Vault {
    /// Returns all residents of a kind, in the order of their keys.
    ///
    /// # Errors
    /// Fails if the text cannot be read or a record is damaged.
    pub fn residents<R: Resident>(&mut self) -> Result<Vec<R>, Error> {
        match &self.sections[R::SECTION as usize] {
            // changed lines have no offset yet, so errors count them instead
            Some(lines) => lines.iter().zip(0..).map(|(line, at)| resident(at, line)).collect(),
            None => self.stored(),
        }
    }

    /// Returns the residents of a kind as they are on the disk, without the changes that are not saved.
    pub(super) fn stored<R: Resident>(&mut self) -> Result<Vec<R>, Error> {
        let mut residents = Vec::new();
        let mut lines = Lines::new(&mut self.plain, self.index.range(R::SECTION), 4096)?;
        while let (at, Some(line)) = (lines.position(), lines.next()?) {
            residents.push(resident(at, line)?);
        }
        Ok(residents)
    }

    /// Returns the residents of a kind that can be read, and the lines of the others.
    ///
    /// # Errors
    /// Fails if the text cannot be read.
    pub(super) fn readable_residents<R: Resident>(&mut self) -> Result<(Vec<R>, Vec<ResidentLine>), Error> {
        let stored = match &self.sections[R::SECTION as usize] {
            Some(lines) => lines.clone(),
            None => {
                let mut stored = Vec::new();
                let mut lines = Lines::new(&mut self.plain, self.index.range(R::SECTION), 4096)?;
                while let Some(line) = lines.next()? {
                    stored.push(ResidentLine::new(line.to_vec()));
                }
                stored
            }
        };
        let (mut readable, mut others) = (Vec::new(), Vec::new());
        for line in stored {
            match resident(0, &line) {
                Ok(resident) => readable.push(resident),
                Err(_) => others.push(line),
            }
        }
        Ok((readable, others))
    }

    /// Returns true if there is a resident of a kind with this first key.
    ///
    /// # Errors
    /// Fails if the text cannot be read or a record is damaged.
    pub fn has<R: Resident>(&mut self, key: &str) -> Result<bool, Error> {
        if self.keys[R::SECTION as usize].is_none() {
            let residents = self.residents::<R>()?;
            let keys = residents.iter().map(|resident| resident.key().0.to_owned()).collect();
            self.keys[R::SECTION as usize] = Some(keys);
        }
        Ok(self.keys[R::SECTION as usize].as_ref().is_some_and(|keys| keys.contains(&*compose(key))))
    }

    /// Puts these residents in the place of all of their kind.
    ///
    /// # Errors
    /// Never in practice.
    pub(crate) fn set_residents<R: Resident>(&mut self, residents: Vec<R>) -> Result<(), Error> {
        self.set_residents_beside(residents, Vec::new())
    }

    /// Puts these residents, and behind them these lines that cannot be read, in the place of all of their kind.
    ///
    /// # Errors
    /// Never in practice.
    pub(super) fn set_residents_beside<R: Resident>(
        &mut self,
        mut residents: Vec<R>,
        others: Vec<ResidentLine>,
    ) -> Result<(), Error> {
        residents.sort_by(|a, b| a.key().cmp(&b.key()));
        let lines = residents.iter().map(|resident| {
            let mut line = Buffer::with_capacity(512);
            json::write(&resident.document().into(), &mut line).map_err(Error::Write)?;
            Ok(line.into_bytes())
        });
        let mut lines = lines.collect::<Result<Vec<_>, Error>>()?;
        lines.extend(others);
        self.sections[R::SECTION as usize] = Some(lines);
        self.keys[R::SECTION as usize] = None;
        if R::SECTION == Section::Types {
            self.types = None;
        }
        Ok(())
    }
}

/// Reads the resident on a line that begins at `at`.
fn resident<R: Resident>(at: u64, line: &[u8]) -> Result<R, Error> {
    let document = json::parse_record(line).map_err(RecordProblem::Json);
    let resident = document.and_then(|document| match document {
        Value::Object(document) => R::read(document).map_err(|_| RecordProblem::Resident),
        _ => Err(RecordProblem::Resident),
    });
    resident.map_err(|problem| Error::record(R::SECTION, at, problem))
}
