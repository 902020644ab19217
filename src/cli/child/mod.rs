//! The only room that runs programs: it decides what they inherit. What an operator runs gets
//! nothing that unlocks our vault, unless it is asked for by name.

#![expect(clippy::disallowed_methods, reason = "others must not run programs, so that this room does")]

mod ask;
mod descriptors;
mod mask;
mod memory;
mod program;
mod relay;
mod signals;
mod terminal;

pub use ask::{ask, detached_self, feed, is_on_path, own_path, shell};
pub use descriptors::{keep_from_programs, named_by};
pub use mask::status;
pub use memory::in_memory;
pub use program::Program;
