//! The reading of an import: a file, stdin or a folder, decrypted if it is an age file. The format is the one
//! of `--format`, or the one that credctl recognises.

use std::path::Path;

use credctl::credential::Violations;
use credctl::dialect::Dialect;
use credctl::disk::{FileError, read_named};
use credctl::import::{
    ColumnMap, ExportArchive, Import, ImportFacts, ImportFormat, KeepassDatabase, PASS, first_listed,
    foreign, foreign_folder,
};
use credctl::kind::rule::text::ID;
use credctl::text::{self, Nature};
use credctl::value::Value;
use credctl::vault::Sealed;

use super::args::{Args, formats};
use super::decrypt::{LIMIT, decrypted};
use super::{archive, database, large};
use crate::cli::context::Context;
use crate::cli::error::{Error, Failure};
use crate::cli::{document, own_types, pass_store, recognition, session};

/// The format whose columns `--map` names.
const CSV: &str = "csv";
/// The format of lists of variables.
const DOTENV: &str = "dotenv";

/// Reads everything to import. Returns it with the name of its format. The items have the ids that the options
/// give them.
pub fn read(context: &Context, args: &Args) -> Result<(&'static str, Import), Error> {
    if let Some(Err(reason)) = args.id_prefix.as_deref().map(ID.check) {
        return Err(Error::usage(format!("--id-prefix {reason}")));
    }
    let map = columns(context.settings.format, args)?;
    let (format, mut import) = contents(context, args, map.as_ref())?;
    if let Some(id) = &args.as_id
        && !import.identify(id)
    {
        let what = format!("--as names one credential, and {} items are in the file", import.items.len());
        return Err(Error::usage(what).hint("--id-prefix gives all of them a common beginning"));
    }
    if let Some(prefix) = &args.id_prefix {
        import.prefix_ids(prefix);
    }
    Ok((format, import))
}

/// Reads everything to import once more, after others changed the vault before the first import was saved. What comes
/// from stdin cannot be read twice.
pub fn again(context: &Context, args: &Args) -> Result<Import, Error> {
    if args.file == Path::new("-") {
        return Err(session::outpaced());
    }
    Ok(read(context, args)?.1)
}

/// Reads the map of columns, if one is given.
fn columns(format: &str, args: &Args) -> Result<Option<ColumnMap>, Error> {
    if args.map.is_empty() {
        return Ok(None);
    }
    if !matches!(format, "auto" | CSV) {
        return Err(Error::usage(format!("--map names the columns of a CSV file, and --format is {format}")));
    }
    let map = ColumnMap::parse(&args.map, !args.no_header);
    map.map(Some).map_err(|error| Error::usage(format!("--map {error}")))
}

fn contents(
    context: &Context,
    args: &Args,
    map: Option<&ColumnMap>,
) -> Result<(&'static str, Import), Error> {
    let Context { ui, input, .. } = context;
    let path = &args.file;
    if path.is_dir() && map.is_some() {
        return Err(Error::usage(format!(
            "--map names the columns of a file, and {} is a folder",
            path.display()
        )));
    }
    if path.is_dir() {
        return Ok((PASS, of_folder(context, path)?));
    }
    let bytes = if path == Path::new("-") {
        input.data(ui)?
    } else {
        match read_named(path, LIMIT) {
            Err(FileError::TooLarge { .. }) => return large::read(context, args),
            bytes => bytes?,
        }
    };
    // an armored file is text, which an editor or a shell may have given a mark or written in UTF-16
    let text = text::decode(&bytes).ok();
    let sealed = match &text {
        Some(text) if Sealed::is_age(text.as_bytes()) => text.as_bytes(),
        _ => &bytes[..],
    };
    if !Sealed::is_age(sealed) {
        return of_bytes(context, args, map, &bytes);
    }
    of_bytes(context, args, map, &decrypted(context, path, sealed)?)
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

/// Parses the text in the format of `--format`, or in the one that credctl recognises.
fn of_bytes(
    context: &Context,
    args: &Args,
    map: Option<&ColumnMap>,
    bytes: &[u8],
) -> Result<(&'static str, Import), Error> {
    let settings = &context.settings;
    if KeepassDatabase::is_one(bytes) {
        return database::read(context, args, bytes);
    }
    args.source.refuse()?;
    if ExportArchive::is_one(bytes)
        && let Some(found) = archive::read(settings, args, ExportArchive::read(bytes))?
    {
        return Ok(found);
    }
    let title = args.file.file_stem().and_then(|name| name.to_str()).filter(|name| *name != "-");
    let variables_as = args.as_id.as_deref();
    let options = ImportFacts { email: args.default_email.as_deref(), title, variables_as, files: None };
    if let Some(nature) = Nature::of(bytes).filter(|nature| nature.encrypted) {
        return Err(document::something_else(&args.file, &nature));
    }
    let text = document::decode(&args.file, bytes)?;
    if let Some(map) = map {
        return Ok((CSV, Import::mapped(&text, map)?));
    }
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
    let values = document::values(&args.file, &text)
        .map_err(|error| broken_variables(context, &text, &options).unwrap_or_else(|| formats_hint(error)))?;
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
        (None, Some(first)) => return Err(recognition::not_recognised(first)),
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

/// Returns the error of a list of variables with a line that is none. It names the line.
fn broken_variables(context: &Context, text: &str, facts: &ImportFacts<'_>) -> Option<Error> {
    let is_variables = || Nature::of(text.as_bytes()).is_some_and(|nature| nature.is_variables());
    let format =
        ImportFormat::find(DOTENV).filter(|_| context.settings.dialect.is_none() && is_variables())?;
    format.read(text, facts).err().map(|violations| wrong_format(format, text, violations))
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
