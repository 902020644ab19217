//! Bundles: the part of a vault that one environment needs, as a vault of its own. Only the environment can
//! open it, and credctl refuses to change it.

use std::collections::BTreeSet;
use std::io::Write;

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::blobs::{bring, clean, named_list, put_list};
use super::chunk_hasher::ChunkHasher;
use super::cipher::{Mark, Recipients, Sealer};
use super::collection::Vault;
use super::error::Error;
use super::layout_writer::{LayoutWriter, put};
use super::lineage::Lineage;
use super::members::write_roster;
use super::new_record::{MergedRecord, put_credential};
use super::resident::{Environment, Policy, Reference, Resident, TypeRecord, User};
use super::types::Typed;
use super::wire::{GenerationDigest, Header, RosterMember, Section};
use crate::credential::Head;
use crate::disk::{Access, Location, MAX_SIZE};
use crate::signature::SigningKey;
use crate::value::json;

/// A bundle that was written.
pub struct WrittenBundle {
    header: Header,
    digest: GenerationDigest,
}

impl WrittenBundle {
    /// Returns its place among the bundles of its environment. It does not say who signed it.
    #[must_use]
    pub fn lineage(&self) -> Lineage<'_> {
        let Self { header, digest } = self;
        Lineage {
            vault: header.id,
            generation: header.generation,
            digest: Some(*digest),
            bundle: header.bundle.as_deref(),
            seal: header.seal.as_ref(),
            former_seals: &header.former_seals,
            parents: &header.parents,
            signers: &header.signers,
            signed_by: None,
        }
    }
}

/// The ids of the credentials in a bundle, and of the policies, users and types that they depend on.
#[derive(Default)]
struct Needs {
    credentials: BTreeSet<String>,
    policies: BTreeSet<String>,
    users: BTreeSet<String>,
    types: BTreeSet<&'static str>,
}

impl Vault {
    /// Writes the bundle of an environment as the vault at `own` will be saved, in the place of the one before, and
    /// the blobs that the bundle names beside it.
    ///
    /// # Errors
    /// An error of the disk or the recipients. The bundle before is in place unless the error says otherwise.
    pub fn write_bundle(
        &mut self,
        environment: &Environment,
        recipients: &Recipients,
        own: &Location,
        location: &Location,
        now: DateTime<Utc>,
    ) -> Result<WrittenBundle, Error> {
        let sealer = Sealer::marked(recipients, &Mark::Bundle(self.stamp(environment)))?;
        // the generation that turns signatures off is signed, too
        let key = if self.signers().is_empty() { self.signing_key() } else { self.next_signers()?.1 };
        let (mut named, mut written) = (BTreeSet::new(), Vec::new());
        location.publish(Access::Private, MAX_SIZE, |out| {
            written = self.seal(out, sealer, key.is_some(), |vault, out, hasher| {
                let signing = key.as_deref().map(|key| (key, hasher));
                named = vault.bundle(out, environment, recipients, now, signing)?;
                Ok(())
            })?;
            // before the bundle that names them has its name
            Ok::<_, Error>(bring(own, location, &named)?)
        })?;
        clean(own, location, &named);
        let header = self.header.of_bundle(&environment.name);
        Ok(WrittenBundle { header, digest: GenerationDigest::of_header(&written) })
    }

    fn bundle(
        &mut self,
        out: &mut dyn Write,
        environment: &Environment,
        recipients: &Recipients,
        now: DateTime<Utc>,
        signing: Option<(&dyn SigningKey, ChunkHasher)>,
    ) -> Result<BTreeSet<Uuid>, Error> {
        let (key, hasher) = signing.unzip();
        let header = self.header.of_bundle(&environment.name);
        let mut writer = LayoutWriter::begin(out, &header, hasher)?;
        self.seek_blobs(&mut writer)?;
        let mut named = BTreeSet::new();
        // filled by the credentials, whose section comes before those that depend on it
        let mut needs = Needs::default();
        for section in Section::ALL {
            writer.section(section).map_err(Error::Write)?;
            match section {
                Section::Recipients => {
                    // an environment need not know who the others are
                    let texts = recipients.texts().map(str::to_owned);
                    write_roster(&mut writer, texts.map(RosterMember::from))?;
                }
                Section::Credentials => self.bundle_credentials(&mut writer, environment, now, &mut needs)?,
                Section::Policies => {
                    self.bundle_residents(&mut writer, |policy: &Policy| {
                        needs.policies.contains(&policy.id)
                    })?;
                }
                Section::Users => {
                    self.bundle_residents(&mut writer, |user: &User| needs.users.contains(&user.id))?;
                }
                Section::References => self.bundle_residents(&mut writer, |reference: &Reference| {
                    needs.credentials.contains(&reference.credential)
                })?,
                Section::Types => {
                    self.bundle_residents(&mut writer, |one: &TypeRecord| needs.types.contains(one.name()))?;
                }
                // an environment must see neither the other ones nor secrets that were replaced
                Section::Environments | Section::History => {}
                Section::Blobs => {
                    named = writer.named_blobs().ids;
                    put_list(&mut writer, &named_list(&named))?;
                }
                // of what the others hold, nothing belongs to a credential yet
                Section::Conflicts | Section::Rotations | Section::Rules | Section::Chunks => {}
            }
        }
        let (out, _) = writer.finish_with(None, &header, key)?;
        out.flush().map_err(Error::Write)?;
        Ok(named)
    }

    fn bundle_credentials<W: Write>(
        &mut self,
        writer: &mut LayoutWriter<W>,
        environment: &Environment,
        now: DateTime<Utc>,
        needs: &mut Needs,
    ) -> Result<(), Error> {
        let types = self.types()?;
        self.merged(|_, old, pending| {
            let record = match pending {
                Some(pending) => pending.record.as_ref().map(MergedRecord::New),
                None => old.map(|old| MergedRecord::Stored(old.line)),
            };
            let Some(record) = record else { return Ok(()) };
            let problem = |problem| Error::record(Section::Credentials, 0, problem);
            let head = record.head().map_err(problem)?.typed(&types);
            if !environment.takes(&head, now) {
                return Ok(());
            }
            needs.add(&head);
            let until = environment.until(&head, now);
            // written anew, because its blobs must be known
            let is_odd = matches!(record, MergedRecord::Stored(line) if writer.doubts(line));
            let is_as_stored = !is_odd
                && until == head.envelope.valid_until
                && head.envelope.access.iter().all(|grant| environment.serves(grant, now));
            if is_as_stored {
                return record.write(writer);
            }
            // the environment must not see what else the credential is granted to
            let mut credential = record.credential().map_err(problem)?;
            credential.head.envelope.access.retain(|grant| environment.serves(grant, now));
            credential.head.envelope.valid_until = until;
            put_credential(writer, &credential)
        })
    }

    fn bundle_residents<W: Write, R: Resident>(
        &mut self,
        writer: &mut LayoutWriter<W>,
        is_needed: impl Fn(&R) -> bool,
    ) -> Result<(), Error> {
        for resident in self.residents::<R>()?.iter().filter(|resident| is_needed(resident)) {
            let mut line = Vec::new();
            json::write(&resident.document().into(), &mut line).map_err(Error::Write)?;
            put(writer, line)?;
        }
        Ok(())
    }
}

impl Needs {
    fn add(&mut self, head: &Head) {
        self.credentials.insert(head.id.clone());
        self.policies.extend(head.envelope.throttle_policy.clone());
        self.types.insert(head.kind.name);
        if head.kind.identity_name {
            // the name is the id of a user, which is stored in lower case
            self.users.insert(head.envelope.name.to_lowercase());
        }
    }
}
