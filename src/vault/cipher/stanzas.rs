//! The recipients of an age file, counted by kind.

use std::collections::HashSet;
use std::fmt;

use super::mark::Mark;

/// The most recipient stanzas in a header.
pub(super) const MAX_STANZAS: usize = 64;

/// Recipients counted by their kind, without naming them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Stanzas {
    passphrase: usize,
    x25519: usize,
    ssh_ed25519: usize,
    ssh_rsa: usize,
    /// The recipients of plugins.
    other: usize,
}

impl Stanzas {
    /// Counts the stanzas of a header by their kinds. Marks do not count, nor do the
    /// random stanzas that age adds so that readers stay able to skip unknown ones.
    pub(super) fn of_kinds<'a>(kinds: impl Iterator<Item = &'a str>) -> Self {
        let mut stanzas = Self::default();
        for kind in kinds {
            match kind {
                "scrypt" => stanzas.passphrase += 1,
                "X25519" => stanzas.x25519 += 1,
                "ssh-ed25519" => stanzas.ssh_ed25519 += 1,
                "ssh-rsa" => stanzas.ssh_rsa += 1,
                // neither of them opens the file for anybody
                kind if kind.ends_with("-grease") || Mark::is_kind(kind) => {}
                _ => stanzas.other += 1,
            }
        }
        stanzas
    }

    /// Counts the recipients of a roster. A passphrase vault has none.
    pub(in crate::vault) fn of_roster(roster: &[String], header: Self) -> Self {
        let mut stanzas = Self { passphrase: header.passphrase, ..Self::default() };
        let mut seen = HashSet::new();
        // a recipient that the roster names twice gets one stanza
        for text in roster.iter().filter(|text| seen.insert(*text)) {
            match text.as_str() {
                text if text.starts_with("ssh-ed25519 ") => stanzas.ssh_ed25519 += 1,
                text if text.starts_with("ssh-rsa ") => stanzas.ssh_rsa += 1,
                text if text.parse::<age::x25519::Recipient>().is_ok() => stanzas.x25519 += 1,
                _ => stanzas.other += 1,
            }
        }
        stanzas
    }

    /// Returns true if a header and a roster may belong together. A plugin may write several stanzas.
    pub(in crate::vault) fn agrees(self, roster: Self) -> bool {
        let plugins = |stanzas: Self| stanzas.other > 0;
        plugins(self) == plugins(roster) && Self { other: 0, ..self } == Self { other: 0, ..roster }
    }
}

impl fmt::Display for Stanzas {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kinds = [
            (self.passphrase, "passphrase"),
            (self.x25519, "age key"),
            (self.ssh_ed25519, "ed25519 SSH key"),
            (self.ssh_rsa, "RSA SSH key"),
            (self.other, "key of a plugin"),
        ];
        let kinds: Vec<_> = kinds
            .iter()
            .filter(|(count, _)| *count > 0)
            .map(|(count, kind)| format!("{count} × {kind}"))
            .collect();
        f.write_str(if kinds.is_empty() { "no key" } else { "" })?;
        f.write_str(&kinds.join(" and "))
    }
}
