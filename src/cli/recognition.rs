//! The meaning of a document given with `-f`: the dialect it is in, the credential it describes, and its type.

use std::sync::LazyLock;

use credctl::credential::{Head, Violations};
use credctl::dialect::{ApiVersion, Body, Dialect};
use credctl::import::stranger;
use credctl::kind;
use credctl::text;
use credctl::value::{Object, Value};

use super::collection::check_is_one;
use super::context::Settings;
use super::error::{Error, Failure};

/// The hint that lists the types. It is made once: a document may have many items that are not recognised.
static KNOWN_TYPES: LazyLock<String> = LazyLock::new(|| {
    let names: Vec<_> = kind::KINDS.iter().map(|kind| kind.name).collect();
    format!("known types: {}", names.join(", "))
});

static KNOWN_SYSTEMS: LazyLock<String> = LazyLock::new(|| {
    let systems: Vec<_> = Dialect::ALL.iter().map(|dialect| dialect.name()).collect();
    format!("--format names the system that the document is from: {}", systems.join(", "))
});

/// Reads a document in the dialect that was named, or that its shape shows. The stored credential decides
/// what a document without a type means.
pub fn body(
    settings: &Settings,
    document: Object,
    stored: Option<&Head>,
    assumed: Option<Dialect>,
) -> Result<Body, Error> {
    let dialect = match settings.dialect.or(assumed) {
        Some(dialect) => dialect,
        None => Dialect::recognise(&document, stored).ok_or_else(|| not_recognised(&document))?,
    };
    Ok(dialect.read(document)?)
}

/// Returns the id of the credential that a document describes, if the document names one.
pub fn key(settings: &Settings, document: &Object) -> Option<String> {
    let own = ["id", "resourceId"].into_iter().find_map(|name| document.get(name)?.as_text());
    if let Some(id) = own {
        return Some(id.expose().to_owned());
    }
    body(settings, document.clone(), None, None).ok()?.key().map(str::to_owned)
}

/// Returns the same id. Fails if the document names none.
pub fn required_key(settings: &Settings, document: &Object) -> Result<String, Error> {
    if let Some(key) = key(settings, document) {
        return Ok(key);
    }
    let field = body(settings, document.clone(), None, None).ok().and_then(|body| body.kind().ok()?.id_field);
    Err(match field {
        Some(field) => Violations::one(field, "is required").into(),
        None => Error::usage("an id is needed").hint("`credctl list -o name` shows the ids"),
    })
}

/// Returns the dialect of several documents: the first decides for all.
pub fn first(settings: &Settings, documents: &[Value]) -> Option<Dialect> {
    let first = documents.first().and_then(Value::as_object);
    settings.dialect.or_else(|| first.and_then(|first| Dialect::recognise(first, None)))
}

/// Reads a document for a new credential.
pub fn new_body(settings: &Settings, document: Object, assumed: Option<Dialect>) -> Result<Body, Error> {
    check_is_one(&document)?;
    let dialect = match settings.dialect.or(assumed) {
        Some(dialect) => dialect,
        None => Dialect::recognise(&document, None).ok_or_else(|| not_recognised(&document))?,
    };
    let known = settings.types.get().cloned().unwrap_or_default();
    let body = dialect.read(document)?.typed(&known)?;
    if let (Some(system), Some(named)) = (settings.foreign(), &body.named) {
        system.check_type(named.kind)?;
    }
    Ok(dialect.complete(body))
}

pub fn not_recognised(document: &Object) -> Error {
    if let Some(nature) = stranger(document) {
        let error = Error::new(Failure::Invalid, format!("the document is {}", nature.name));
        return nature.hint.into_iter().fold(error, Error::hint);
    }
    let error = match document.get("type").and_then(Value::as_text) {
        Some(name) => unknown_type(name.expose()),
        None => {
            let what = "is required, because the document cannot be recognised otherwise; pass --format";
            known_types("", Violations::one("type", what).into())
        }
    };
    error.hint(KNOWN_SYSTEMS.as_str())
}

/// Returns the version of Network Controller that the option names, or the newest.
pub fn version(text: Option<&str>) -> Result<ApiVersion, Error> {
    match text {
        None => Ok(ApiVersion::NEWEST),
        Some(text) => ApiVersion::parse(text).ok_or_else(|| {
            Error::usage("--nc-version is not a version such as v3 or v6.1").param("ncVersion", "unknown")
        }),
    }
}

/// Makes the error for a type in a document or a command that is not in the catalogue.
pub fn unknown_type(name: &str) -> Error {
    known_types(name, Violations::one("type", "is not a known type").into())
}

/// Makes the error for an option that names a type that is not in the catalogue.
pub fn unknown_type_option(name: &str) -> Error {
    known_types(name, Error::usage("this is not a known type").param("type", "is not a known type"))
}

/// Adds the known types to an error, and the nearest one.
fn known_types(name: &str, error: Error) -> Error {
    let known =
        kind::KINDS.iter().flat_map(|kind| std::iter::once(kind.name).chain(kind.aliases.iter().copied()));
    let error = match text::suggest(name, known) {
        Some(nearest) => error.hint(format!("did you mean {nearest}?")),
        None => error,
    };
    error.hint(KNOWN_TYPES.as_str())
}
