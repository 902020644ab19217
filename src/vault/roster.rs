//! The agreement on the recipients of a vault, before a write locks it again.
//!
//! An age file does not say who made it, and does not name its recipients. The roster inside decides to whom
//! the next generation is locked, so a forged roster would hand every later secret to its author.
//! Environments name recipients too, of the bundles that follow each change.

use super::{Environment, Error, Key, Locked, Lockset, RosterProblem, Stanzas, Strangers, Vault};

/// The recipients to whom a machine has locked a vault and its bundles before.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct KnownRecipients {
    /// The recipients of the vault.
    pub recipients: Vec<String>,
    /// The recipients of the bundles of its environments.
    pub bundles: Vec<String>,
}

impl Vault {
    /// Checks that this machine has locked the vault to each of its recipients before. Recipients that a
    /// change adds are not strangers, because the operator named them just now. Without `known`, returns the
    /// strangers, so that the caller can warn.
    ///
    /// # Errors
    /// [`RosterProblem`], or an error of reading the text.
    pub fn check_roster(
        &mut self,
        lockset: &Lockset,
        known: Option<&KnownRecipients>,
    ) -> Result<Strangers, Error> {
        let stored = self.recipients()?;
        let mut strangers = Strangers { recipients: Vec::new(), bundles: self.bundle_strangers(known)? };
        if let Some(header) = self.stanzas {
            let roster = Stanzas::of_roster(&stored, header);
            if !header.agrees(roster) {
                return Err(RosterProblem::Differs { header, roster }.into());
            }
        }
        if let Lockset::Recipients(recipients) = lockset {
            // a single one is the operator's own: see `check_opens`
            let is_own = recipients.texts().count() == 1;
            if !is_own {
                let known = known.map_or(&[][..], |known| &known.recipients);
                let is_new = |text: &&str| {
                    stored.iter().any(|stored| stored == text) && !known.iter().any(|known| known == text)
                };
                strangers.recipients = recipients.texts().filter(is_new).map(str::to_owned).collect();
            }
        }
        match known {
            // a machine without a memory of the vault has nothing to compare with, and can only warn
            Some(_) if !strangers.is_empty() => Err(RosterProblem::Strangers(strangers).into()),
            _ => Ok(strangers),
        }
    }

    /// Checks that the one who writes can read what is written.
    ///
    /// # Errors
    /// [`RosterProblem::LocksOut`], or a recipient that cannot be used.
    pub fn check_opens(lockset: &Lockset, key: &Key, known: Option<&KnownRecipients>) -> Result<(), Error> {
        let (Lockset::Recipients(recipients), Key::Identities(identities)) = (lockset, key) else {
            return Ok(());
        };
        let is_known = known.is_some_and(|known| recipients.texts().eq(&known.recipients));
        // a plugin may ask for a touch or a PIN: not again for what it opened before
        if (is_known && identities.need_plugins()) || lockset.opens_with(identities)? {
            return Ok(());
        }
        // locked while the change was made
        if identities.are_held() {
            return Err(Locked::Held.into());
        }
        Err(RosterProblem::LocksOut { recipients: recipients.to_string() }.into())
    }

    /// Checks the recipients of bundles alone, for an earlier state that becomes the current one.
    ///
    /// # Errors
    /// [`RosterProblem::Strangers`], or an error of reading the text.
    pub fn check_bundles(&mut self, known: Option<&KnownRecipients>) -> Result<(), Error> {
        let bundles = self.bundle_strangers(known)?;
        if known.is_none() || bundles.is_empty() {
            return Ok(());
        }
        Err(RosterProblem::Strangers(Strangers { recipients: Vec::new(), bundles }).into())
    }

    /// Returns what a machine knows once the vault is locked to `lockset`. Recipients of bundles of the
    /// generation before count: undoing the change brings them back.
    ///
    /// # Errors
    /// Fails if the text cannot be read or a record is damaged.
    pub fn known(&mut self, lockset: &Lockset) -> Result<KnownRecipients, Error> {
        let recipients = match lockset {
            Lockset::Passphrase(_) | Lockset::Held(_) => Vec::new(),
            Lockset::Recipients(recipients) => recipients.texts().map(str::to_owned).collect(),
        };
        let environments = self.residents::<Environment>()?.into_iter().chain(self.stored()?);
        let mut bundles: Vec<_> =
            environments.flat_map(|environment: Environment| environment.recipients).collect();
        bundles.sort_unstable();
        bundles.dedup();
        Ok(KnownRecipients { recipients, bundles })
    }

    /// Returns the recipients of the vault and of its bundles, as they are stored.
    ///
    /// # Errors
    /// Fails if the text cannot be read or a record is damaged.
    pub fn stored_recipients(&mut self) -> Result<KnownRecipients, Error> {
        let recipients = self.recipients()?;
        let environments: Vec<Environment> = self.stored()?;
        let bundles = environments.into_iter().flat_map(|environment| environment.recipients).collect();
        Ok(KnownRecipients { recipients, bundles: Vec::new() }
            .and(KnownRecipients { recipients: Vec::new(), bundles }))
    }

    fn bundle_strangers(&mut self, known: Option<&KnownRecipients>) -> Result<Vec<(String, String)>, Error> {
        let stored: Vec<Environment> = self.stored()?;
        // one that is not stored comes with this change: the operator named it just now
        let is_stored = |recipient: &String| stored.iter().any(|other| other.recipients.contains(recipient));
        let is_known = |recipient: &String| {
            known.is_some_and(|known| {
                // a reader of the whole vault may read a part of it, too
                known.bundles.contains(recipient) || known.recipients.contains(recipient)
            })
        };
        let mut strangers = Vec::new();
        for Environment { name, recipients, .. } in self.residents()? {
            let new = recipients.into_iter().filter(|recipient| is_stored(recipient) && !is_known(recipient));
            strangers.extend(new.map(|recipient| (name.clone(), recipient)));
        }
        Ok(strangers)
    }
}

impl KnownRecipients {
    /// Returns true if each of these recipients is among others. A reader of the whole vault may read a bundle, too.
    #[must_use]
    pub fn are_among(&self, others: &Self) -> bool {
        let reads_all = |recipient: &String| others.recipients.contains(recipient);
        self.recipients.iter().all(reads_all)
            && self.bundles.iter().all(|one| reads_all(one) || others.bundles.contains(one))
    }

    /// Adds the recipients that are known from another path.
    #[must_use]
    pub(super) fn or(mut self, other: Self) -> Self {
        let new = |recipient: &String| !self.recipients.contains(recipient);
        let others: Vec<_> = other.recipients.into_iter().filter(new).collect();
        self.recipients.extend(others);
        self.and(Self { recipients: Vec::new(), bundles: other.bundles })
    }

    /// Adds the recipients of more bundles.
    #[must_use]
    pub fn and(mut self, other: Self) -> Self {
        self.bundles.extend(other.bundles);
        self.bundles.sort_unstable();
        self.bundles.dedup();
        self
    }
}
