//! Help beyond the options of one verb: the verbs in groups, topics, usage lines, manual pages, and answers to
//! the words of other tools. It reads the verbs from clap, and does not know what they do.

mod dress;
mod groups;
mod lists;
mod manual;
mod overview;
mod reference;
mod roff;
mod stranger;
mod topic;
mod usage;
mod version;

pub use dress::dressed;
pub use manual::pages;
pub use overview::short;
pub use stranger::{needless_word, unknown_topic, unknown_verb};
pub use topic::Topic;
pub use version::{LONG, SHORT};
