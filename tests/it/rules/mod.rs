//! The rules of credentials: what a type needs, and how the verbs of a change treat each class of field.

mod lifecycle;
mod nesting;
mod properties;
mod registry;
pub mod seeds;
mod store;
mod truth_table;
