//! The recipients of a vault with their names, changed in memory before the vault is locked to them.

use super::error::Error;
use super::preview::Preview;
use super::recipient_error::RecipientError;
use super::rekey::KeyChange;
use super::terms::Terms;
use crate::credential::{Violations, normalised};
use crate::kind::rule::text::NAME;
use crate::vault::{Key, Lockset, Plugins, Recipients, RosterMember};

/// The recipients of a vault as they are, and as they are to be.
#[derive(Debug)]
pub struct Membership {
    stored: Vec<RosterMember>,
    members: Vec<RosterMember>,
    /// True if the caller names every recipient, whoever is there.
    is_whole: bool,
}

/// The result of adding a recipient.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RecipientAddition {
    /// A recipient that is new. The name is missing if another one has it.
    Added(RosterMember),
    /// A recipient that was there without a name, and has one now.
    Named(RosterMember),
    /// A recipient that was there already.
    Present(RosterMember),
}

/// The result of removing a recipient.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RecipientRemoval {
    /// A recipient that is no longer among them.
    Removed(RosterMember),
    /// A recipient of the generation before, such as after a call that was killed before its end.
    Already(RosterMember),
}

impl Membership {
    /// Takes the recipients of a vault as they are. One that cannot be used may be there, so that it can be removed.
    ///
    /// # Errors
    /// [`RecipientError::Passphrase`]; an error of reading the vault.
    pub fn of(preview: &mut Preview) -> Result<Self, Error> {
        if matches!(*preview.key, Key::Passphrase(_) | Key::Held(_)) {
            return Err(RecipientError::Passphrase.into());
        }
        let stored = preview.vault.members()?;
        Ok(Self { members: stored.clone(), stored, is_whole: false })
    }

    /// Begins without a recipient, for a vault that is to be locked to others.
    ///
    /// # Errors
    /// Fails if the vault cannot be read.
    pub fn anew(preview: &mut Preview) -> Result<Self, Error> {
        let stored = preview.vault.members()?;
        Ok(Self { stored, members: Vec::new(), is_whole: true })
    }

    /// Adds a recipient. The name in `given` is a suggestion, which an earlier name of the recipient and those of
    /// others go before; `name` is what the operator chose.
    ///
    /// # Errors
    /// A text that is no recipient; a name that its rule refuses; [`RecipientError::NameTaken`],
    /// [`RecipientError::OtherName`].
    pub fn add(
        &mut self,
        given: &RosterMember,
        name: Option<&str>,
        plugins: &Plugins,
        terms: &Terms,
    ) -> Result<RecipientAddition, Error> {
        let name = name.map(checked_name).transpose()?;
        if let Some(at) = self.members.iter().position(|member| member.recipient == given.recipient) {
            return self.name_present(at, name);
        }
        Recipients::parse([&given.recipient], plugins)?;
        let earlier = self.stored.iter().find(|member| member.recipient == given.recipient).cloned();
        let mut member = earlier.unwrap_or_else(|| RosterMember {
            recipient: given.recipient.clone(),
            name: None,
            added_at: Some(terms.now),
            added_by: Some(terms.actor),
        });
        if name.as_ref().is_some_and(|name| self.is_taken(name)) {
            return Err(RecipientError::NameTaken { name: name.unwrap_or_default() }.into());
        }
        let suggested =
            member.name.take().into_iter().chain(given.name.clone()).find(|name| !self.is_taken(name));
        member.name = name.or(suggested);
        self.members.push(member.clone());
        Ok(RecipientAddition::Added(member))
    }

    /// Gives a name to a recipient that is there without one.
    fn name_present(&mut self, at: usize, name: Option<String>) -> Result<RecipientAddition, Error> {
        let is_taken = name.as_ref().is_some_and(|name| self.is_taken(name));
        let member = &mut self.members[at];
        match (&member.name, name) {
            (_, None) => Ok(RecipientAddition::Present(member.clone())),
            (Some(known), Some(name)) if *known == name => Ok(RecipientAddition::Present(member.clone())),
            (Some(known), Some(_)) => Err(RecipientError::OtherName { name: known.clone() }.into()),
            (None, Some(name)) if is_taken => Err(RecipientError::NameTaken { name }.into()),
            (None, name) => {
                member.name = name;
                Ok(RecipientAddition::Named(member.clone()))
            }
        }
    }

    /// Removes a recipient by its name or its key. Looks among the recipients of the generation before as well, which
    /// `preview` has.
    ///
    /// # Errors
    /// [`RecipientError::NotFound`], [`RecipientError::Ambiguous`].
    pub fn remove(&mut self, who: &str, preview: &Preview) -> Result<RecipientRemoval, Error> {
        match find(&self.members, who) {
            Ok(at) => {
                let member = self.members[at].clone();
                self.members.retain(|other| other.recipient != member.recipient);
                Ok(RecipientRemoval::Removed(member))
            }
            Err(error @ RecipientError::NotFound { .. }) => {
                let former = preview.former_members();
                let is_gone = |member: &&RosterMember| {
                    !self.stored.iter().any(|stored| stored.recipient == member.recipient)
                };
                let former: Vec<_> = former.iter().filter(is_gone).cloned().collect();
                match find(&former, who) {
                    Ok(at) => Ok(RecipientRemoval::Already(former[at].clone())),
                    Err(_) => Err(error.into()),
                }
            }
            Err(error) => Err(error.into()),
        }
    }

    /// Gives a recipient another name. Returns it, and the name that it had.
    ///
    /// # Errors
    /// As [`Membership::remove`]; a name that its rule refuses; [`RecipientError::NameTaken`].
    pub fn rename(&mut self, who: &str, name: &str) -> Result<(RosterMember, Option<String>), Error> {
        let name = checked_name(name)?;
        let at = find(&self.members, who)?;
        let is_taken = self
            .members
            .iter()
            .enumerate()
            .any(|(other, member)| other != at && member.name.as_deref() == Some(&*name));
        if is_taken {
            return Err(RecipientError::NameTaken { name }.into());
        }
        let before = self.members[at].name.replace(name);
        Ok((self.members[at].clone(), before))
    }

    /// Returns the recipients as they are to be.
    #[must_use]
    pub fn members(&self) -> &[RosterMember] {
        &self.members
    }

    /// Returns the recipients that are to be removed.
    #[must_use]
    pub fn removed(&self) -> Vec<RosterMember> {
        let stays =
            |stored: &RosterMember| self.members.iter().any(|member| member.recipient == stored.recipient);
        self.stored.iter().filter(|stored| !stays(stored)).cloned().collect()
    }

    /// Returns true if anything is to be changed.
    #[must_use]
    pub fn is_changed(&self) -> bool {
        self.members != self.stored
    }

    /// Makes the change of keys that leads to these recipients.
    ///
    /// # Errors
    /// [`RecipientError::Last`]; a recipient that cannot be used.
    pub fn into_change(self, plugins: &Plugins) -> Result<KeyChange, Error> {
        let recipients = Recipients::parse(self.members.iter().map(|member| &member.recipient), plugins)?;
        if recipients.is_empty() {
            return Err(RecipientError::Last.into());
        }
        Ok(KeyChange {
            lockset: Lockset::Recipients(recipients),
            seen: (!self.is_whole).then_some(self.stored),
            members: self.members,
            marks: true,
        })
    }

    fn is_taken(&self, name: &str) -> bool {
        self.members.iter().any(|member| member.name.as_deref() == Some(name))
    }
}

/// Checks a name for a recipient. A name that reads like a key would be taken for it.
fn checked_name(name: &str) -> Result<String, Violations> {
    let name = normalised(&NAME, "name", name)?;
    if RosterMember::is_recipient(&name) {
        return Err(Violations::one("name", "must not begin like a recipient"));
    }
    Ok(name)
}

/// Finds the position of a recipient by its key, or else by its name.
fn find(members: &[RosterMember], who: &str) -> Result<usize, RecipientError> {
    let RosterMember { recipient, .. } = RosterMember::parse(who);
    if let Some(at) = members.iter().position(|member| member.recipient == recipient) {
        return Ok(at);
    }
    let name = crate::text::compose(who.trim());
    let named: Vec<usize> =
        (0..members.len()).filter(|at| members[*at].name.as_deref() == Some(&*name)).collect();
    match named[..] {
        [at] => Ok(at),
        [] => Err(RecipientError::NotFound {
            known: members.iter().map(|member| member.shown().to_owned()).collect(),
        }),
        _ => Err(RecipientError::Ambiguous {
            name: name.into_owned(),
            recipients: named.iter().map(|at| members[*at].recipient.clone()).collect(),
        }),
    }
}
