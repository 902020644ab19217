//! The recipients of a vault: the roster inside it, because an age file does not name its recipients.

use std::fmt;

use age::Recipient;

use super::plugin::Plugins;
use super::stanzas::MAX_STANZAS;
use crate::vault::error::Error;
use crate::vault::key_error::KeyError;

/// The longest text of a recipient, in bytes, so that a reader accepts the whole roster.
const MAX_TEXT: usize = 16 * 1024;

/// Recipients, each with the text it was given as.
#[derive(Default)]
pub struct Recipients(Vec<RosterEntry>);

struct RosterEntry {
    text: String,
    recipient: Box<dyn Recipient + Send>,
}

impl Recipients {
    /// Reads recipients: `age1…`, `ssh-ed25519 …`, `ssh-rsa …`. The comment of an SSH key is
    /// dropped. Of the plugins only those in `plugins` may be used.
    ///
    /// # Errors
    /// Fails at the first text that is no recipient, or needs a plugin that was not allowed.
    pub fn parse<T: AsRef<str>>(
        texts: impl IntoIterator<Item = T>,
        plugins: &Plugins,
    ) -> Result<Self, Error> {
        let mut recipients = Self::default();
        for text in texts {
            recipients.add(text.as_ref(), plugins)?;
        }
        Ok(recipients)
    }

    /// Adds a recipient, and returns true; one that is there already is not added again.
    ///
    /// # Errors
    /// As [`Recipients::parse`].
    pub fn add(&mut self, text: &str, plugins: &Plugins) -> Result<bool, Error> {
        let text = without_comment(text.trim());
        if self.texts().any(|known| known == text) {
            return Ok(false);
        }
        let entry = entry(text, plugins)?;
        // a header with more would not be read again
        if self.0.len() == MAX_STANZAS {
            return Err(KeyError::TooManyRecipients { limit: MAX_STANZAS }.into());
        }
        self.0.push(entry);
        Ok(true)
    }

    /// Removes a recipient. Returns true if it was there.
    pub fn remove(&mut self, text: &str) -> bool {
        let before = self.0.len();
        let wanted = without_comment(text.trim());
        self.0.retain(|entry| entry.text != wanted);
        self.0.len() < before
    }

    /// Returns the texts, as they stand in the roster.
    pub fn texts(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|entry| entry.text.as_str())
    }

    /// Returns true if there are no recipients.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &dyn Recipient> {
        self.0.iter().map(|entry| entry.recipient.as_ref() as &dyn Recipient)
    }
}

/// Returns true if a text has the form of a recipient: one line of visible ASCII that begins like one.
pub(in crate::vault) fn is_plausible(text: &str) -> bool {
    let begins = |start: &str| text.get(..4).is_some_and(|begin| begin.eq_ignore_ascii_case(start));
    (begins("age1") || begins("ssh-")) && text.bytes().all(|byte| byte == b' ' || byte.is_ascii_graphic())
}

fn entry(text: String, plugins: &Plugins) -> Result<RosterEntry, Error> {
    let refused = |reason| KeyError::Recipient { text: text.chars().take(80).collect(), reason };
    if text.len() > MAX_TEXT {
        return Err(refused("longer than 16 KiB").into());
    }
    let recipient: Box<dyn Recipient + Send> = if text.starts_with("ssh-") {
        Box::new(
            text.parse::<age::ssh::Recipient>()
                .map_err(|_| refused("not an ed25519 or RSA public key of at least 2048 bits"))?,
        )
    } else if let Ok(recipient) = text.parse::<age::x25519::Recipient>() {
        Box::new(recipient)
    } else if let Ok(recipient) = text.parse::<age::plugin::Recipient>() {
        let name = recipient.plugin().to_owned();
        plugins.allow(&name)?;
        let plugin = age::plugin::RecipientPluginV1::new(&name, &[recipient], &[], plugins.clone())
            .map_err(|_| KeyError::Plugin { name })?;
        Box::new(plugin)
    } else if text.to_ascii_uppercase().starts_with("AGE-SECRET-KEY-") {
        // the text is a secret: it must not be repeated
        return Err(KeyError::Recipient {
            text: "an AGE-SECRET-KEY".to_owned(),
            reason: "an identity is no recipient",
        }
        .into());
    } else {
        return Err(refused("expected age1…, ssh-ed25519 … or ssh-rsa …").into());
    };
    Ok(RosterEntry { text, recipient })
}

/// Returns the type and the key of an SSH public key, without what follows.
pub(in crate::vault) fn without_comment(text: &str) -> String {
    if text.starts_with("ssh-") {
        text.split_ascii_whitespace().take(2).collect::<Vec<_>>().join(" ")
    } else {
        text.to_owned()
    }
}

impl fmt::Debug for Recipients {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.texts()).finish()
    }
}

impl PartialEq for Recipients {
    fn eq(&self, other: &Self) -> bool {
        self.texts().eq(other.texts())
    }
}

impl fmt::Display for Recipients {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.texts().collect::<Vec<_>>().join(", "))
    }
}
