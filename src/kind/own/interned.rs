//! The types that definitions made in this process: one for each definition. They stay in memory until the process
//! ends, so that a credential can point to its type as it points to a built-in one.

use std::collections::HashMap;
use std::sync::{LazyLock, Mutex, PoisonError};

use super::compiling::compile;
use super::definition::TypeDefinition;
use super::name::may_name_a_type;
use crate::kind::definition::{Kind, TypeOrigin};
use crate::kind::headline::Headline;
use crate::secret::Buffer;
use crate::value::json;

/// The most types without a definition in one process. A hostile vault could name a new one in every record.
const MAX_UNKNOWN: usize = 4096;

/// The place where a type is defined, and the text of its definition.
type DefinitionKey = (TypeOrigin, Vec<u8>);

/// The types by their definitions.
static OWN: LazyLock<Mutex<HashMap<DefinitionKey, &'static Kind>>> = LazyLock::new(Mutex::default);

/// The types without a definition, by their names.
static UNKNOWN: LazyLock<Mutex<HashMap<String, &'static Kind>>> = LazyLock::new(Mutex::default);

/// Returns the type of a definition.
pub(in crate::kind) fn own(definition: &TypeDefinition, origin: TypeOrigin) -> &'static Kind {
    let mut text = Buffer::with_capacity(4096);
    // memory takes everything
    let _ = json::write(&definition.document().into(), &mut text);
    let mut known = OWN.lock().unwrap_or_else(PoisonError::into_inner);
    known
        .entry((origin, text.into_bytes().to_vec()))
        .or_insert_with(|| Box::leak(Box::new(compile(definition, origin))))
}

/// Returns the type of this name without a definition. None if there are too many.
pub(in crate::kind) fn unknown(name: &str) -> Option<&'static Kind> {
    let mut known = UNKNOWN.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(kind) = known.get(name) {
        return Some(kind);
    }
    if known.len() >= MAX_UNKNOWN || !may_name_a_type(name) {
        return None;
    }
    let leaked: &'static str = name.to_owned().leak();
    let kind = Kind {
        origin: TypeOrigin::Unknown,
        headline: Headline::None("it has no definition"),
        ..Kind::new(leaked, "a type without a definition", &[])
    };
    let kind: &'static Kind = Box::leak(Box::new(kind));
    known.insert(name.to_owned(), kind);
    Some(kind)
}
