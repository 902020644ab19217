//! The target of an export: stdout, a file, a stream, or an object at an address.

use std::io::{self, Write};
use std::path::Path;

use credctl::disk::{Access, UploadError};
use credctl::export::{ExportFormat, mergeable};
use credctl::secret::Buffer;
use credctl::store::{ExportObject, ExportObjectError};
use credctl::vault::Key;

use super::args::Args;
use crate::cli::context::{Settings, Ui};
use crate::cli::error::{Error, Failure};
use crate::cli::output::{self, Existing, OutTarget};

/// The target of an export.
pub enum ExportTarget<'a> {
    Stdout,
    File(OutTarget<'a>),
    Object(ExportObject),
}

impl<'a> ExportTarget<'a> {
    /// Opens the target, and checks what is there.
    pub fn open(settings: &Settings, args: &'a Args, format: &ExportFormat) -> Result<Self, Error> {
        if let Some(address) = args.out.address()? {
            return open_object(settings, args, address);
        }
        let target =
            if args.merge { to_edit(settings, args, format) } else { to_write(settings, args, format) };
        Ok(target?.map_or(Self::Stdout, Self::File))
    }

    /// Returns true if the target is a terminal, which a person reads.
    pub fn is_terminal(&self, ui: &Ui) -> bool {
        match self {
            Self::Stdout => ui.stdout_is_terminal,
            Self::File(target) => target.is_terminal(),
            Self::Object(_) => false,
        }
    }

    /// Writes what `text` writes to the target, and says where it is.
    pub fn write(
        self,
        ui: &Ui,
        format: &ExportFormat,
        key: &Key,
        text: impl FnOnce(&mut dyn Write) -> io::Result<()>,
    ) -> Result<(), Error> {
        let target = match self {
            Self::Stdout => return output::with_stdout(text),
            Self::Object(object) => return store_object(ui, object, text),
            Self::File(target) => target,
        };
        if target.is_to_edit()
            && let Some(location) = target.to_edit()?
        {
            let mut merged = Buffer::default();
            text(&mut merged)?;
            return output::merge(ui, location, format, merged.bytes());
        }
        let name = target.name();
        target.write_with(Access::Private, Some(key), text)?;
        if let Some(name) = name {
            ui.notice(&format!("written to {name}"));
        }
        Ok(())
    }
}

fn to_write<'a>(
    settings: &Settings,
    args: &'a Args,
    format: &ExportFormat,
) -> Result<Option<OutTarget<'a>>, Error> {
    let existing = match Existing::unless(args.out.overwrite) {
        // a certificate alone or an encrypted file must not replace a key
        Existing::Overwrite if format.name == "pem" && !args.no_secrets && args.encrypt_to.is_empty() => {
            Existing::OverwriteKeys
        }
        existing => existing,
    };
    args.out.target(settings, existing)
}

fn to_edit<'a>(
    settings: &Settings,
    args: &'a Args,
    format: &ExportFormat,
) -> Result<Option<OutTarget<'a>>, Error> {
    if !format.can_merge() {
        let known = mergeable().collect::<Vec<_>>().join(", ");
        let what = format!("--merge cannot be used with --format {}, only with {known}", format.name);
        return Err(Error::usage(what));
    }
    let target = args.out.target(settings, Existing::Edit)?;
    let target = target.ok_or_else(|| Error::usage("--merge needs a file, named with --out"))?;
    target.to_edit()?;
    Ok(Some(target))
}

fn open_object(settings: &Settings, args: &Args, address: &str) -> Result<ExportTarget<'static>, Error> {
    if args.merge {
        return Err(Error::usage(format!("`{address}` is an address, and --merge needs a file")));
    }
    if args.encrypt_to.is_empty() {
        return Err(Error::usage(format!(
            "`{address}` is an address, where only encrypted exports are stored"
        ))
        .hint("--encrypt-to R encrypts the export; --out FILE writes it to this machine"));
    }
    let object = ExportObject::open(&settings.terms, Path::new(address), args.out.overwrite);
    object.map_err(|error| of_object(&error))?.map(ExportTarget::Object).ok_or_else(|| {
        Error::new(Failure::Io, format!("`{address}` cannot be reached without a cache folder"))
            .hint("set HOME or XDG_CACHE_HOME")
    })
}

fn store_object(
    ui: &Ui,
    object: ExportObject,
    text: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> Result<(), Error> {
    let mut content = Vec::new();
    text(&mut content)?;
    let address = object.address().to_owned();
    object.store(&content).map_err(|error| of_object(&error))?;
    ui.notice(&format!("written to {address}"));
    Ok(())
}

fn of_object(error: &ExportObjectError) -> Error {
    use ExportObjectError as E;
    let what = error.to_string();
    match error {
        E::Exists { .. } => {
            Error::new(Failure::Conflict, what).hint("--overwrite replaces it, if it is an export of credctl")
        }
        E::NotAnExport { .. } => Error::new(Failure::Conflict, what).hint("choose another address"),
        E::Offline { .. } => {
            Error::new(Failure::Io, what).hint("run it without --offline and CREDCTL_OFFLINE")
        }
        E::Store { reason: UploadError::Outpaced, .. } => {
            Error::new(Failure::Conflict, what).hint("run the command again")
        }
        E::Store { reason: UploadError::Unsure(_), .. } => {
            Error::new(Failure::Io, what).hint("look at the object before you run the command again")
        }
        _ => Error::new(Failure::Io, what),
    }
}
