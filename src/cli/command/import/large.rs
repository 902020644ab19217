//! Exports with attachments that do not fit into the memory. The contents in our own export are lifted out while the
//! file is read. Those in a zip archive are unpacked when they are needed.

use std::io::{Read, Seek as _};
use std::path::Path;

use credctl::dialect::Dialect;
use credctl::disk::{FileError, open_named};
use credctl::import::{ExportArchive, Import, LiftError, lift};
use credctl::text;
use credctl::value::Value;
use credctl::vault::{self, Sealed, StagedContent};

use super::archive;
use super::args::Args;
use super::decrypt::{LIMIT, opened};
use crate::cli::context::Context;
use crate::cli::error::{Error, Failure};
use crate::cli::{document, session};

/// Reads a file that is larger than others may be, decrypted if it is an age file.
pub fn read(context: &Context, args: &Args) -> Result<(&'static str, Import), Error> {
    let path = &args.file;
    let mut file = open_named(path).map_err(vault::Error::from)?;
    let mut begin = [0; 64];
    let length = file.read(&mut begin).map_err(vault::Error::Content)?;
    file.rewind().map_err(vault::Error::Content)?;
    if ExportArchive::is_one(&begin[..length]) {
        args.source.refuse()?;
        let found = archive::read(&context.settings, args, ExportArchive::open(file))?;
        return found.ok_or_else(|| too_large(path));
    }
    if !Sealed::is_age(&begin[..length]) {
        return of_text(context, args, &mut file);
    }
    opened(context, path, Sealed::inspect(file), |plain| {
        // the last chunk proves that the file is complete, before the import begins
        plain.tail(plain.length().saturating_sub(1))?;
        plain.seek(0)?;
        Ok(of_text(context, args, plain))
    })?
}

fn of_text(context: &Context, args: &Args, source: &mut dyn Read) -> Result<(&'static str, Import), Error> {
    let path = &args.file;
    let take = |content: &mut dyn Read| {
        if args.write.dry_run {
            Ok(StagedContent::measure(content)?)
        } else {
            session::stage(context, content)
        }
    };
    let limit = usize::try_from(LIMIT).unwrap_or(usize::MAX);
    let lifted = lift(source, limit, take).map_err(|error| match error {
        LiftError::TooLarge => too_large(path),
        LiftError::Content(error) => error,
        LiftError::Source(error) => unreadable(path).because(error),
    })?;
    let text = text::decode(&lifted.text).map_err(|_| too_large(path))?;
    let values = document::values(path, &text)?;
    let is_export = |value: &Value| value.text_at(&["credctl"]) == Some("export");
    // any other document has no place for what was lifted out
    if !matches!(&values[..], [value] if is_export(value)) {
        return Err(too_large(path));
    }
    let mut import = Import::read(values, Dialect::Native)?;
    import.put_back(lifted.contents);
    Ok((Dialect::Native.name(), import))
}

fn too_large(path: &Path) -> Error {
    Error::from(vault::Error::from(FileError::TooLarge { path: path.to_owned(), limit: LIMIT }))
}

fn unreadable(path: &Path) -> Error {
    Error::new(Failure::Invalid, format!("{} cannot be read to its end", document::name_of(path)))
}
