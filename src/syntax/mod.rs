//! Forms of text that are both written and read: what an export writes, an import and a merge understand.

pub mod csv;
pub mod dotenv;
pub mod kubernetes;
