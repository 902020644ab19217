//! Vaults and bundles at addresses: objects on an engine that many machines share. The machine has a working copy of
//! each, which is a file like any other; what is here keeps the two alike.
//!
//! A read compares the copy with the object within a limited time, and uses the copy if there is no answer. A write
//! compares them under the lock of the copy, and stores the new generation on the engine before it is in place here,
//! on the condition that nobody else has stored one since. What comes from the engine takes the place of the copy only
//! after it was opened and judged. An encrypted export at an address has no working copy.
//!
//! There may be a queue as well: changes of this machine that the engine gets at the next contact, in a merge.

mod comparing;
mod copy_state;
mod engine_error;
mod engines;
mod export_object;
mod incoming;
mod parts;
mod publisher;
mod queue;
mod source;
mod working_copy;

pub use comparing::StaleCopy;
pub use engine_error::EngineError;
pub use engines::{Contact, Engines, SharedPlaces, address, has_credential};
pub use export_object::{ExportObject, ExportObjectError};
pub(super) use incoming::IncomingObject;
pub use queue::Queue;
pub(super) use source::VaultSource;
pub use working_copy::WorkingCopy;
