//! The only module that runs programs. It decides what they inherit: a program of the operator gets nothing
//! that unlocks the vault, unless the operator asks for that by name.

#![expect(clippy::disallowed_methods, reason = "others must not run programs, so that this room does")]

mod agent;
mod ask;
mod descriptors;
mod editor;
mod git;
mod helper;
mod mask;
mod memory;
mod pager;
mod program;
mod relay;
mod signals;
mod terminal;

pub use agent::detached_agent;
pub use ask::{ask, detached_self, feed, is_on_path, own_path, shell};
pub use descriptors::{keep_from_programs, named_by};
pub use editor::edit;
pub use git::{GitCaller, git, is_git_object, sides_of_hook};
pub use helper::{find_helper, start_helper};
pub use mask::status;
pub use memory::in_memory;
pub use pager::page;
pub use program::{Program, longest_variable};
