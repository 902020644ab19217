//! Types that a vault defines for itself: their definitions, read, checked, compiled and written.
//!
//! A definition is a document ([`TypeDefinition`]). `reading.rs` takes it apart, `checks.rs` finds what its parts
//! must not be together, `compiling.rs` makes a [`Kind`](super::Kind) of it, once for each definition and process
//! (`interned.rs`). `writing.rs` makes the document of any type, so that the built-in types can be written in the
//! same form. A definition has data only: no code, no address that anything is loaded from.

mod checks;
mod compiling;
mod constraint;
mod definition;
mod fault;
mod field_kind;
mod field_reading;
mod forms;
mod interned;
mod members;
mod name;
mod reading;
mod schema;
#[cfg(test)]
mod tests;
mod writing;

pub use definition::{MAX_DEFINITION, TypeDefinition};
pub use fault::{DefinitionFault, DefinitionFaults};
pub(super) use interned::unknown;
pub use name::is_type_name;
