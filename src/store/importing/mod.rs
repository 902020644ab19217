//! The import of credentials: an item and what belongs to it come in together, or not at all.

mod item;
mod options;
mod prepare;
mod residents;
mod result;
mod steps;

pub use options::{ImportOptions, OnConflict};
pub use result::{
    ImportAction, ImportOutcome, ImportReport, ImportResult, ImportSummary, ItemResult, ResidentAction,
    ResidentResult,
};
