//! The use cases: opening a vault, reading it, and changing it by the rules that hold between credentials.
//!
//! A [`Store`] is a vault at a path, the [`Keeper`] who gives its key, and the [`Terms`] of the caller.
//! [`Store::read`] opens it, [`Store::change`] locks, reads, changes, saves, and brings the change to the
//! bundles of all environments. Every change passes a [`Transaction`], so that nobody can forget the user of
//! a password hash, the references to what is deleted, or a bundle.

mod adding;
mod attaching;
mod belonging;
mod bundles;
mod change;
mod conditions;
mod conflict_error;
mod counting;
mod creation;
mod deletion;
pub mod document;
mod environments;
mod error;
#[cfg(feature = "formats")]
mod exporting;
mod filled;
mod found_reference;
mod health;
#[cfg(feature = "formats")]
mod importing;
mod judging;
mod keeper;
mod lookup;
mod membership;
mod merging;
mod merging_files;
mod opening;
mod patching;
mod places;
mod placing;
mod policies;
mod preview;
mod purging;
mod queueing;
mod recipient_error;
mod referring;
mod rekey;
mod renaming;
mod replacing;
mod resident_error;
mod resolving;
mod revival;
mod scope;
mod seed;
mod signing;
mod template;
mod terms;
mod tidying;
mod transaction;
mod trust;
mod trusting;
mod typing;
mod undo;
mod users;
mod value_error;
mod value_path;
mod values;
mod variable_references;
mod writer;

pub use attaching::attachment_name;
pub use belonging::Belonging;
pub use bundles::{Bundles, Deployment};
pub use change::Outcome;
pub use conditions::Conditions;
pub use conflict_error::ConflictError;
pub use counting::CountedCode;
pub use deletion::{Deleted, Deletion};
pub use error::Error;
#[cfg(feature = "formats")]
pub use exporting::{Chosen, ExportSelection, Exported};
pub use filled::{Filled, ResolvedField};
pub use health::{BackupProblem, HealthProblem};
#[cfg(feature = "formats")]
pub use importing::{
    ImportAction, ImportOptions, ImportOutcome, ImportReport, ImportResult, ImportSummary, ItemResult,
    OnConflict, ResidentAction, ResidentResult,
};
pub use keeper::{Keeper, Notice};
pub use lookup::check_match;
pub use membership::{Membership, RecipientAddition, RecipientRemoval};
pub use merging_files::MergeFiles;
pub use opening::Store;
pub use places::{
    Contact, EngineError, Engines, ExportObject, ExportObjectError, Queue, SharedPlaces, StaleCopy,
    WorkingCopy, address, has_credential,
};
pub use placing::user_of;
pub use preview::Preview;
pub use queueing::{QueueContact, QueueUse, StoredQueue};
pub use recipient_error::RecipientError;
pub use rekey::{KeyChange, Rekeyed};
pub use renaming::{Renamed, UnchangedReferrer};
pub use replacing::{Planned, Replaced, Replacement};
pub use resident_error::{PolicyUse, ResidentError};
pub use resolving::{ConflictWinner, MergeResolution, ResolvedConflict, conflicts_of};
pub use revival::Revived;
pub use scope::{Role, Scope, Writes, check_no_bundle};
pub use seed::{CODE, StoredSeed, seconds};
pub use signing::SignersChange;
pub use template::Resolver;
pub use terms::{Terms, VERSIONS};
pub use tidying::Fold;
pub use transaction::{AccessChange, Transaction};
pub use trusting::Unjudged;
pub use typing::{DefinedType, UndefinedType};
pub use undo::Undone;
pub use value_error::ValueError;
pub use value_path::ValuePath;
pub use values::ValueReader;
pub use variable_references::{Referrer, UnresolvedVariable, VariableReferences};
