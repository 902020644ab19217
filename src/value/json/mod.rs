//! The only JSON reader and writer of [`Value`](super::Value) trees, stricter than JSON itself.
//!
//! A member that comes twice is refused, because other readers keep the first or the last of the
//! two; whole numbers that 64 bits cannot keep are refused; nesting ends at 128. Errors name a place
//! and never quote the document, which may hold secrets.

mod error;
mod long;
mod read;
#[cfg(test)]
mod tests;
mod visit;
mod write;

pub(crate) use error::TOO_MANY;
pub use error::{JsonError, MAX_VALUES, Problem};
pub use long::text;
pub use read::{parse, parse_many, parse_record};
pub use visit::Bounded;
pub use write::{Compact, JsonMembers, JsonView, write, write_pretty};
