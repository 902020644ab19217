//! The choice between our own documents and those of a system.

use crate::kind::System;

/// The system whose documents are read or written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dialect {
    /// Our own documents.
    Native,
    /// The documents of another system.
    Foreign(System),
}

impl Dialect {
    /// All dialects.
    pub const ALL: [Self; System::ALL.len() + 1] = {
        let mut all = [Self::Native; System::ALL.len() + 1];
        let mut at = 0;
        while at < System::ALL.len() {
            all[at + 1] = Self::Foreign(System::ALL[at]);
            at += 1;
        }
        all
    };
}
