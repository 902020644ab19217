//! The roster of a vault: its recipients, with their names and origins.

use std::io::Write;

use super::cipher::{Lockset, Plugins, Recipients, is_plausible, without_comment};
use super::collection::Vault;
use super::damage::RecordProblem;
use super::error::Error;
use super::key_error::KeyError;
use super::layout_writer::{LayoutWriter, put};
use super::lines::Lines;
use super::version::Remember;
use super::wire::{self, RosterMember, Section};
use crate::kind::rule::text::NAME;

/// The most lines of a roster: several times of what an age header can hold.
const MAX_ROSTER: usize = 1024;

impl Vault {
    /// Returns the recipients that the vault is locked to; none if it is locked with a passphrase.
    ///
    /// # Errors
    /// Fails if the text cannot be read or a line is no recipient.
    pub fn recipients(&mut self) -> Result<Vec<String>, Error> {
        Ok(self.members()?.into_iter().map(|member| member.recipient).collect())
    }

    /// Returns the recipients as [`Self::recipients`] does, with the name and origin of each.
    ///
    /// # Errors
    /// As [`Self::recipients`].
    pub fn members(&mut self) -> Result<Vec<RosterMember>, Error> {
        let mut members = Vec::new();
        let mut lines = Lines::new(&mut self.plain, self.index.range(Section::Recipients), 4096)?;
        while let Some(line) = lines.next()? {
            let problem = |problem| Error::record(Section::Recipients, members.len() as u64, problem);
            if members.len() == MAX_ROSTER {
                return Err(problem(RecordProblem::TooMany));
            }
            let mut member = wire::member(line).map_err(problem)?;
            if !is_plausible(&member.recipient) {
                return Err(problem(RecordProblem::Recipient));
            }
            // a roster that was edited by hand may have comments, which no comparison expects
            member.recipient = without_comment(member.recipient.trim());
            members.push(member);
        }
        Ok(members)
    }

    /// Gives the recipients of the next save these names and origins. Those of others stay.
    ///
    /// # Errors
    /// As [`Self::recipients`].
    pub(crate) fn introduce(&mut self, members: &[RosterMember]) -> Result<(), Error> {
        let mut roster = self.members()?;
        for member in members {
            match roster.iter_mut().find(|known| known.recipient == member.recipient) {
                Some(known) => known.clone_from(member),
                None => roster.push(member.clone()),
            }
        }
        self.roster = Some(roster);
        Ok(())
    }

    /// Returns the roster that the next save writes, with the name and origin of each recipient. The operator of the
    /// change is the origin of new ones.
    pub(super) fn next_roster(
        &mut self,
        lockset: &Lockset,
        remember: &Remember,
    ) -> Result<Vec<RosterMember>, Error> {
        let Lockset::Recipients(recipients) = lockset else { return Ok(Vec::new()) };
        let known = match &self.roster {
            Some(roster) => roster.clone(),
            None => self.members()?,
        };
        let member = |text: &str| {
            let known = known.iter().find(|member| member.recipient == text).cloned();
            known.unwrap_or_else(|| RosterMember {
                added_at: Some(remember.at),
                added_by: Some(remember.by),
                ..RosterMember::from(text.to_owned())
            })
        };
        Ok(recipients.texts().map(member).collect())
    }
}

impl RosterMember {
    /// Parses a recipient as people write it. The comment of an SSH key becomes the name, if it can be one.
    #[must_use]
    pub fn parse(text: &str) -> Self {
        let text = text.trim();
        let recipient = without_comment(text);
        let comment = text.starts_with("ssh-").then(|| {
            let mut words = text.splitn(3, |c: char| c.is_ascii_whitespace());
            words.nth(2).unwrap_or_default()
        });
        Self { name: comment.and_then(Self::name_of), ..Self::from(recipient) }
    }

    /// Returns the name that a comment makes, if it can be one.
    #[must_use]
    pub fn name_of(comment: &str) -> Option<String> {
        let comment = comment.trim();
        let accepted = (NAME.check)(comment).ok().filter(|_| !Self::is_recipient(comment))?;
        Some(accepted.normalised.map_or_else(|| comment.to_owned(), |name| name.expose().to_owned()))
    }

    /// Returns true if a text begins like a recipient.
    #[must_use]
    pub fn is_recipient(text: &str) -> bool {
        is_plausible(text.split(' ').next().unwrap_or_default())
    }

    /// Returns false if nothing can be encrypted to the recipient, whatever plugins there are.
    #[must_use]
    pub fn could_read(&self) -> bool {
        let parsed = Recipients::parse([&self.recipient], &Plugins::default());
        !matches!(parsed, Err(Error::Key(KeyError::Recipient { .. })))
    }

    /// Returns the name, or the key of a recipient without one.
    #[must_use]
    pub fn shown(&self) -> &str {
        self.name.as_deref().unwrap_or(&self.recipient)
    }

    /// Returns the kind of the key: `age`, `ssh-ed25519`, `ssh-rsa`, or `plugin` with the name of the plugin.
    #[must_use]
    pub fn key_kind(&self) -> String {
        let text = self.recipient.to_ascii_lowercase();
        if text.starts_with("ssh-") {
            return text.split(' ').next().unwrap_or_default().to_owned();
        }
        // the last 1 ends the part that people read
        match text.rsplit_once('1').map_or("", |(begin, _)| begin) {
            "age" => "age".to_owned(),
            other => format!("plugin {}", other.strip_prefix("age1").unwrap_or(other)),
        }
    }
}

/// Writes a roster.
pub(super) fn write_roster<W: Write>(
    writer: &mut LayoutWriter<W>,
    roster: impl IntoIterator<Item = RosterMember>,
) -> Result<(), Error> {
    for (position, member) in roster.into_iter().enumerate() {
        let line = wire::member_line(&member).map_err(|error| Error::Write(error.into()))?;
        // a reader refuses the whole vault for a name that it does not accept
        wire::member(&line)
            .map_err(|problem| Error::record(Section::Recipients, position as u64, problem))?;
        put(writer, line)?;
    }
    Ok(())
}
