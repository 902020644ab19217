//! The vault: one age file with the credentials and everything that belongs to them.
//!
//! [`Vault::open`] reads, `Vault::save` is the only thing that writes. Text is decrypted and parsed
//! only as far as it is asked for.

mod ancestry;
mod backup_distrust;
mod blobs;
mod bracket;
mod bundle;
mod canonical;
mod changes;
mod checkout;
mod chunk_hasher;
mod chunk_list;
mod cipher;
mod collection;
mod damage;
mod descent;
mod distrust;
mod error;
mod exposed;
#[cfg(test)]
mod forgeries;
mod history;
mod kept;
mod key_error;
mod layout;
mod layout_writer;
mod lineage;
mod lines;
mod long_part;
mod lookup;
mod marking;
mod members;
mod memory;
mod merge;
mod merging;
mod new_record;
mod opening;
mod pin;
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
mod sealing;
mod search;
mod signature_problem;
mod signed;
mod signed_text;
mod signers;
mod signers_error;
mod signing;
mod statement;
mod stream;
mod types;
mod unchecked;
mod version;
mod vouching;
mod wire;

pub use backup_distrust::BackupDistrust;
pub use blobs::{AttachmentProblem, Contents, OpenContent, StagedContent};
pub use bundle::WrittenBundle;
pub use checkout::Checkout;
pub use cipher::{
    Disclosed, Encrypted, FileKey, Held, Holder, Identities, Key, Lockset, Mark, MarkStamp, Parsed,
    PluginAnswers, Plugins, Recipients, Sealed, Sealer, Stanzas, WrappedKey, generate, recipients_of,
};
pub use collection::Vault;
pub use damage::{Damage, RecordProblem};
pub use descent::Descent;
pub use distrust::{Distrust, Sighting};
pub use error::Error;
pub use exposed::ExposedSecrets;
pub use kept::Kept;
pub use key_error::{KeyError, Locked};
pub use lineage::Lineage;
pub use memory::{Memory, Place};
pub(crate) use merging::take_members;
pub use merging::{MergeBase, MergeRefusal, MergeReport, TakenCredential, TakenPaths};
pub use pin::Pin;
pub use pins::Pins;
pub use plain::Plain;
pub use reach::{FindBundle, Reach, bundle_location};
pub use refusal::{Precious, RosterProblem, Strangers, Taken};
pub use resident::{
    AuthProvider, ConflictKind, ConflictSide, ConflictedRecord, Environment, OpenConflict, Period, Policy,
    PolicyRule, Reference, Resident, TypeRecord, User,
};
pub use roster::KnownRecipients;
pub use signature_problem::SignatureProblem;
pub use signers_error::SignersError;
pub use signing::SignedGeneration;
pub use types::MAX_TYPES;
pub use unchecked::Unchecked;
pub use version::{Difference, Remember, Version};
pub use vouching::{KnownSigners, SignerDistrust, judge_signers};
pub use wire::{GenerationDigest, Outline, RosterMember, Seal, SealDigest, Signer};
