//! The vault: one age file with the credentials and everything that belongs to them.
//!
//! [`Vault::open`] reads, `Vault::save` is the only thing that writes. Text is decrypted and parsed
//! only as far as it is asked for.

mod blobs;
mod bundle;
mod canonical;
mod changes;
mod cipher;
mod collection;
mod error;
mod exposed;
mod history;
mod kept;
mod layout;
mod lineage;
mod lines;
mod lookup;
mod marking;
mod members;
mod merge;
mod new_record;
mod opening;
mod pins;
mod plain;
mod precious;
mod reach;
mod references;
mod refusal;
mod registry;
mod renaming;
mod resident;
mod retention;
mod roster;
mod save;
mod search;
mod types;
mod unchecked;
mod version;
mod wire;

pub use blobs::{AttachmentProblem, Contents, OpenContent, StagedContent};
pub use cipher::{
    Disclosed, Encrypted, FileKey, Held, Holder, Identities, Key, Lockset, Mark, MarkStamp, Parsed,
    PluginAnswers, Plugins, Recipients, Sealed, Sealer, Stanzas, WrappedKey, generate, recipients_of,
};
pub use collection::Vault;
pub use error::{Damage, Error, KeyError, Locked, RecordProblem};
pub use exposed::ExposedSecrets;
pub use kept::Kept;
pub use lineage::Lineage;
pub use pins::Pins;
pub use plain::Plain;
pub use reach::{Reach, bundle_location};
pub use refusal::{Precious, RosterProblem, Strangers, Taken};
pub use resident::{
    AuthProvider, Environment, Period, Policy, PolicyRule, Reference, Resident, TypeRecord, User,
};
pub use roster::KnownRecipients;
pub use types::MAX_TYPES;
pub use unchecked::Unchecked;
pub use version::{Difference, Remember, Version};
pub use wire::{GenerationDigest, Outline, RosterMember, Seal, Signer};
