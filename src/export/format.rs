//! The names that every format of this room uses.

pub use crate::outgoing::{Credentials, ExportData, ExportFormat, ExportOptions, ExportReport};
