//! The failures of an engine, as they reach the operator.

use std::path::PathBuf;

/// The failures of an engine that has a vault or a bundle. Nothing was written.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum EngineError {
    /// An engine that does not answer.
    #[error("`{address}` cannot be reached: {text}")]
    Unreachable {
        /// The address of the object.
        address: String,
        /// The words of the helper.
        text: String,
    },
    /// An engine that refuses, or that cannot be asked.
    #[error("`{address}`: {text}")]
    Refused {
        /// The address of the object.
        address: String,
        /// The words of the helper.
        text: String,
    },
    /// An engine that ignores conditions, so that two writers would overwrite each other.
    #[error("`{address}`: the engine does not keep two writers apart: {text}")]
    Unsound {
        /// The address of the object.
        address: String,
        /// The words of the helper.
        text: String,
    },
    /// An object that is gone although this machine has a copy of it.
    #[error("there is nothing at `{address}` any more")]
    Gone {
        /// The address of the object.
        address: String,
        /// The path of the copy.
        copy: PathBuf,
    },
    /// A write without the engine.
    #[error("a change needs the engine of `{address}`")]
    Offline {
        /// The address of the object.
        address: String,
    },
    /// A change that only the engine can keep.
    #[error("{what} needs the engine of `{address}`, and cannot be queued")]
    NotQueued {
        /// The address of the object.
        address: String,
        /// The change.
        what: &'static str,
    },
    /// A read without the engine, of an object of which there is no copy.
    #[error("this machine has no copy of `{address}`")]
    NoCopy {
        /// The address of the object.
        address: String,
    },
}
