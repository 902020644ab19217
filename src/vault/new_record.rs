//! A credential that waits to be saved. A short one is its line; a long one shares its text with the credential
//! that the caller still has, because one value may be most of the vault.

use std::io::Write;

use zeroize::Zeroizing;

use super::damage::RecordProblem;
use super::error::Error;
use super::layout_writer::{LayoutWriter, put};
use super::wire;
use crate::credential::{Credential, Head};

/// The length from which on a line is made only when it is written.
pub(super) const LONG: usize = 64 * 1024;

/// A credential that waits to be saved.
pub(super) enum NewRecord {
    /// The line of the credential.
    Line(Zeroizing<Vec<u8>>),
    /// A credential whose line is long.
    Long(Box<Credential>),
}

impl NewRecord {
    /// Makes the record of a credential.
    pub(super) fn new(credential: &Credential) -> Result<Self, Error> {
        let line = wire::line_up_to(credential, LONG).map_err(|error| Error::Write(error.into()))?;
        Ok(line.map_or_else(|| Self::Long(Box::new(credential.clone())), Self::Line))
    }

    /// Returns the credential.
    pub(super) fn credential(&self) -> Result<Credential, RecordProblem> {
        match self {
            Self::Line(line) => wire::credential(line),
            Self::Long(credential) => Ok((**credential).clone()),
        }
    }

    /// Returns the credential without the fields of its type.
    pub(super) fn head(&self) -> Result<Head, RecordProblem> {
        match self {
            Self::Line(line) => wire::head(line),
            Self::Long(credential) => Ok(credential.head().clone()),
        }
    }

    /// Writes the line.
    pub(super) fn write<W: Write>(&self, writer: &mut LayoutWriter<W>) -> Result<(), Error> {
        match self {
            Self::Line(line) => put(writer, line),
            Self::Long(credential) => put_credential(writer, credential),
        }
    }
}

/// A credential as it is stored, or as it will be.
#[derive(Clone, Copy)]
pub(super) enum MergedRecord<'a> {
    /// The line that is stored.
    Stored(&'a [u8]),
    /// The record that takes its place.
    New(&'a NewRecord),
}

impl MergedRecord<'_> {
    /// Returns the credential.
    pub(super) fn credential(self) -> Result<Credential, RecordProblem> {
        match self {
            Self::Stored(line) => wire::credential(line),
            Self::New(record) => record.credential(),
        }
    }

    /// Returns the credential without the fields of its type.
    pub(super) fn head(self) -> Result<Head, RecordProblem> {
        match self {
            Self::Stored(line) => wire::head(line),
            Self::New(record) => record.head(),
        }
    }

    /// Writes the line.
    pub(super) fn write<W: Write>(self, writer: &mut LayoutWriter<W>) -> Result<(), Error> {
        match self {
            Self::Stored(line) => put(writer, line),
            Self::New(record) => record.write(writer),
        }
    }
}

/// Writes the line of a credential right to its place.
pub(super) fn put_credential<W: Write>(
    writer: &mut LayoutWriter<W>,
    credential: &Credential,
) -> Result<(), Error> {
    let out = writer.begin_record().map_err(Error::Write)?;
    wire::write_line(credential, out).map_err(|error| Error::Write(error.into()))
}
