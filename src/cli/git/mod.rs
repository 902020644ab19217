//! Vaults in git repositories: the repository around a vault, the names that its files have there, and what is
//! committed.
//!
//! `git` is asked, never guessed. The credential helper of git, `helper git`, is another thing.

mod committed;
mod own_word;
mod pattern;
mod working_tree;

pub use committed::is_committed;
pub use own_word::own_word;
pub use pattern::{attribute_pattern, ignore_pattern};
pub use working_tree::{WorkingTree, paths};
