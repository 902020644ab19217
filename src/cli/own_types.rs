//! The own types of the vault, found when a name needs them. A call that uses built-in types only never opens the
//! vault for its types.

use credctl::kind::own::is_type_name;
use credctl::kind::{self, KnownTypes, Named};
use credctl::query::QueryError;
use credctl::value::{Object, Value};
use credctl::vault::Sealed;

use super::context::Context;
use super::error::Error;
use super::{session, unlock};

/// Returns the types of the vault, which is opened when they are first needed.
pub fn all(context: &Context) -> Result<&KnownTypes, Error> {
    let known = &context.settings.types;
    if known.get().is_none() {
        let (mut vault, key) = session::store(context)?.read_with_key()?;
        // who has typed a passphrase does not type it again
        context.settings.spare_key.replace(Some(key));
        let _ = known.set(vault.types()?);
    }
    Ok(known.get_or_init(KnownTypes::default))
}

/// Returns the types of the vault if it opens without asking anybody; those that are built in if there is no
/// vault. None if the vault is locked or damaged.
pub fn quiet(context: &Context) -> Option<KnownTypes> {
    let settings = &context.settings;
    if let Some(types) = settings.types.get() {
        return Some(types.clone());
    }
    if !settings.has_vault() {
        return Some(KnownTypes::default());
    }
    let location = settings.location().ok()?;
    let sealed = Sealed::inspect(location.open().ok()?).ok()?;
    let key = unlock::quiet_key(settings, &sealed)?;
    settings.terms.open(&location, sealed, &key).ok()?.types().ok()
}

/// Finds a type by its name. Opens the vault only for a name that a type of its own may have.
pub fn find(context: &Context, name: &str) -> Result<Option<Named>, Error> {
    if kind::find(name).is_some() || !is_type_name(name) || !context.settings.has_vault() {
        return Ok(kind::find(name));
    }
    Ok(all(context)?.find(name))
}

/// Parses a query, in which fields of the vault's own types may occur. Opens the vault only for a name that no
/// built-in type explains.
pub fn query<T>(context: &Context, parse: impl Fn(&KnownTypes) -> Result<T, QueryError>) -> Result<T, Error> {
    let known = context.settings.types.get().cloned().unwrap_or_default();
    match parse(&known) {
        Err(error) if error.is_about_a_name && context.settings.has_vault() => match all(context) {
            Ok(types) => Ok(parse(types)?),
            // the fault of the name is the news
            Err(_) => Err(error.into()),
        },
        result => Ok(result?),
    }
}

/// Reads the types of the vault if a document names one that is none of the built-in ones.
pub fn know<'a>(context: &Context, documents: impl IntoIterator<Item = &'a Object>) -> Result<(), Error> {
    let is_own = |document: &Object| {
        let name = document.get("type").and_then(Value::as_text);
        name.is_some_and(|name| is_type_name(name.expose()) && kind::find(name.expose()).is_none())
    };
    if context.settings.has_vault() && documents.into_iter().any(is_own) {
        all(context)?;
    }
    Ok(())
}
