//! The merge of two branches of a vault: everything that both have, in one text, and what cannot be told kept as a
//! conflict. Must not know paths, keys or people; `store/` opens both sides and judges them.
//!
//! Nothing here compares clocks to find out which side is newer. The earlier versions in the history tell that, or
//! a common ancestor of both sides.

mod base;
mod cases;
mod changes;
mod conflicts;
mod content;
mod engine;
mod fields;
mod histories;
mod ids;
mod keys;
mod lists;
mod record;
mod refusal;
mod registries;
mod report;
mod residents;
mod resolution;
mod scan;
mod settle;
#[cfg(test)]
mod tests;
mod version_key;

pub use base::MergeBase;
pub use fields::TakenPaths;
pub(in crate::vault) use histories::write_joined;
pub use refusal::MergeRefusal;
pub use report::MergeReport;
pub use resolution::TakenCredential;
pub(crate) use resolution::take_members;
