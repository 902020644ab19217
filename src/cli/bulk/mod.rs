//! Several items in one call: a result for each, in the order in which they came.

mod progress;
mod report;
mod results;
mod summary;

pub use results::Bulk;
