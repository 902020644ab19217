//! The reading of an import: a file, stdin or a folder, decrypted if it is an age file. The format is the one
//! of `--format`, or the one that credctl recognises.

use std::path::Path;

use credctl::credential::Violations;
use credctl::dialect::Dialect;
use credctl::disk::read_named;
use credctl::import::{Import, ImportFacts, ImportFormat, PASS, first_listed, foreign, foreign_folder};
use credctl::text::{self, Nature};
use credctl::value::Value;
use credctl::vault::{self, Key, Locked, Sealed};
use zeroize::Zeroizing;

use super::args::{Args, formats};
use crate::cli::context::Context;
use crate::cli::error::{Error, Failure};
use crate::cli::{document, own_types, pass_store, unlock};

/// The largest file, in bytes.
const LIMIT: u64 = 128 * 1024 * 1024;

/// Reads everything to import. Returns it with the name of its format.
pub fn read(context: &Context, args: &Args) -> Result<(&'static str, Import), Error> {
    let Context { ui, input, .. } = context;
    let path = &args.file;
    if path.is_dir() {
        return Ok((PASS, of_folder(context, path)?));
    }
    let bytes = if path == Path::new("-") { input.data(ui)? } else { read_named(path, LIMIT)? };
    // an armored file is text, which an editor or a shell may have given a mark or written in UTF-16
    let text = text::decode(&bytes).ok();
    let sealed = match &text {
        Some(text) if Sealed::is_age(text.as_bytes()) => text.as_bytes(),
        _ => &bytes[..],
    };
    if !Sealed::is_age(sealed) {
        return of_bytes(context, args, &bytes);
    }
    of_bytes(context, args, &decrypted(context, path, sealed)?)
}

fn of_folder(context: &Context, path: &Path) -> Result<Import, Error> {
    let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or_default();
    if let Some(nature) = foreign_folder(ending) {
        return Err(document::something_else(path, &nature));
    }
    match context.settings.format {
        PASS | "auto" => pass_store::read(context, path),
        other => Err(Error::usage(format!("--format {other} is a file, and {} is a folder", path.display()))),
    }
}

/// Decrypts an age file with the means that open the vault: identities, or a passphrase.
fn decrypted(context: &Context, path: &Path, bytes: &[u8]) -> Result<Zeroizing<Vec<u8>>, Error> {
    let what = format!("{} is encrypted with age", document::name_of(path));
    let locked = |why: &str| {
        Error::new(Failure::Locked, format!("{what}, and {why}"))
            .hint("name the identity that opens the file with --identity, beside the one of the vault")
    };
    let refused = |error: vault::Error| match error {
        vault::Error::Locked(Locked::Passphrase) => locked("has another passphrase"),
        vault::Error::Locked(_) => locked("none of the identities opens the file"),
        other => Error::new(Failure::Invalid, format!("{what}, and cannot be decrypted: {other}")),
    };
    let sealed = Sealed::in_memory(bytes).map_err(refused)?;
    let key = if sealed.has_passphrase() {
        let prompt = format!("Passphrase for {}", document::name_of(path));
        Key::Passphrase(unlock::passphrase(context, &prompt)?)
    } else if context.settings.identities.is_empty() {
        return Err(locked("needs an identity"));
    } else {
        unlock::key(context, &sealed).map_err(|error| match error.kind() {
            Failure::Locked => locked(&error.detail()),
            _ => error,
        })?
    };
    let mut plain = sealed.open(&key).map_err(refused)?;
    plain.tail(0).map_err(refused)
}

/// Parses the text in the format of `--format`, or in the one that credctl recognises.
fn of_bytes(context: &Context, args: &Args, bytes: &[u8]) -> Result<(&'static str, Import), Error> {
    let settings = &context.settings;
    let title = args.file.file_stem().and_then(|name| name.to_str()).filter(|name| *name != "-");
    let options = ImportFacts { email: args.default_email.as_deref(), title };
    if let Some(nature) = Nature::of(bytes).filter(|nature| nature.encrypted) {
        return Err(document::something_else(&args.file, &nature));
    }
    let text = document::decode(&args.file, bytes)?;
    if let Some(nature) = foreign(&text) {
        return Err(document::something_else(&args.file, &nature));
    }
    if let Some(format) = ImportFormat::find(settings.format) {
        let import =
            format.read(&text, &options).map_err(|violations| wrong_format(format, &text, violations));
        return Ok((format.name, import?));
    }
    if settings.dialect.is_none() {
        if settings.format != "auto" {
            return Err(Error::usage(format!("--format {} can be exported only", settings.format))
                .param("format", "cannot be imported"));
        }
        if let Some(format) = ImportFormat::recognise(&text) {
            return Ok((format.name, format.read(&text, &options)?));
        }
    }
    let values = document::values(&args.file, &text).map_err(formats_hint)?;
    if values.is_empty() {
        let what = format!("{} is empty", document::name_of(&args.file));
        return Err(Error::new(Failure::Invalid, what));
    }
    // the first value decides for all, also in an answer that wraps a list
    let first = values.first().and_then(Value::as_object);
    let recognised = first.and_then(|first| {
        Dialect::recognise(first, None).or_else(|| Dialect::recognise(first_listed(first)?, None))
    });
    let dialect = match (settings.dialect.or(recognised), first) {
        (Some(dialect), _) => dialect,
        (None, Some(first)) => return Err(document::not_recognised(first)),
        (None, None) => {
            return Err(formats_hint(Error::new(
                Failure::Invalid,
                "the file cannot be recognised; pass --format",
            )));
        }
    };
    let exported = first.and_then(|first| first.get("credentials")?.as_list()).unwrap_or_default();
    own_types::know(context, values.iter().chain(exported).filter_map(Value::as_object))?;
    let known = context.settings.types.get().cloned().unwrap_or_default();
    Ok((dialect.name(), Import::read_for(values, dialect, &known)?))
}

/// Adds to the error of a named format what the file looks like.
fn wrong_format(format: &ImportFormat, text: &str, violations: Violations) -> Error {
    let error = Error::from(violations);
    match (ImportFormat::recognise(text), Nature::of(text.as_bytes())) {
        (Some(other), _) if other.name == format.name => error,
        (Some(other), _) => error.hint(format!("the file looks like {}", other.name)),
        (None, Some(nature)) => error.hint(format!("the file is {}", nature.name)),
        (None, None) => error,
    }
}

fn formats_hint(error: Error) -> Error {
    error.hint(format!("--format sets the format: {}, or the name of a system", formats()))
}
