//! Completion by the program: the script of a shell asks what may stand at the cursor, and gets the answer here.
//!
//! Nothing here prints anything but candidates, prompts, writes a file, or fails: whatever is wrong, there are
//! no candidates.

mod candidate;
mod engine;
mod fields;
mod files;
mod line;
mod names;
mod peek;
mod posix;
mod queries;
mod render;
mod request;
mod run;
mod scripts;
mod slot;
mod stored;
mod values;

pub use run::answers;
pub use scripts::script;
