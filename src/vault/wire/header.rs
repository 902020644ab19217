//! The first line of a vault.

use std::borrow::Cow;
use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::lineage::{GenerationDigest, MAX_FORMER_SEALS, MAX_PARENTS, Seal, SealDigest};
use super::record::few;
use super::signer::{MAX_SIGNERS, Signer};
use crate::credential::MAX_COUNT;
use crate::random::NoRandomness;

/// The newest format version that is read, and the one that is written.
pub const VERSION: u64 = 2;

/// The members of the first line.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Header {
    /// The kind of document: always `vault`.
    pub credctl: Cow<'static, str>,
    /// The format version.
    pub version: u64,
    /// The identity of this vault, the same for all its generations.
    pub id: Uuid,
    /// The number of writes.
    pub generation: u64,
    /// The secret that only its readers know; none in version 1, and in the bundles of earlier programs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seal: Option<Seal>,
    /// The digests of the seals before, the latest first.
    #[serde(
        default,
        rename = "formerSeals",
        skip_serializing_if = "Vec::is_empty",
        deserialize_with = "few"
    )]
    pub former_seals: Vec<SealDigest>,
    /// The generations before this one, the nearest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty", deserialize_with = "few")]
    pub parents: Vec<GenerationDigest>,
    /// The people who may change the vault, if it is signed.
    #[serde(default, skip_serializing_if = "Vec::is_empty", deserialize_with = "few")]
    pub signers: Vec<Signer>,
    /// The environment whose bundle this is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bundle: Option<String>,
}

/// The members of any vault, also of a newer version, that can be relied on.
#[derive(Deserialize)]
pub struct AnyVersion {
    pub credctl: Option<String>,
    pub version: Option<u64>,
}

impl Header {
    /// Makes the first line of a vault that was never written.
    ///
    /// # Errors
    /// [`NoRandomness`].
    pub fn new(id: Uuid) -> Result<Self, NoRandomness> {
        Ok(Self {
            credctl: "vault".into(),
            version: VERSION,
            id,
            generation: 0,
            seal: Some(Seal::new()?),
            former_seals: Vec::new(),
            parents: Vec::new(),
            signers: Vec::new(),
            bundle: None,
        })
    }

    /// Makes the first line of a bundle of this generation. Its seals are its own, because those of the vault would
    /// let its readers pass for readers of the vault.
    #[must_use]
    pub fn of_bundle(&self, environment: &str) -> Self {
        Self {
            version: VERSION,
            seal: self.seal.as_ref().map(|seal| seal.digest().bundle_seal(environment)),
            former_seals: self
                .former_seals
                .iter()
                .map(|former| former.bundle_seal(environment).digest())
                .collect(),
            parents: Vec::new(),
            bundle: Some(environment.to_owned()),
            ..self.clone()
        }
    }

    /// Judges the members, which any program may have written.
    ///
    /// # Errors
    /// The reason, as a clause that follows "its first line".
    pub fn judge(&self) -> Result<(), &'static str> {
        if self.credctl != "vault" || !(1..=VERSION).contains(&self.version) {
            return Err("is not that of a vault");
        }
        if self.generation > MAX_COUNT {
            return Err("has a generation beyond 2^53");
        }
        if self.version == 1 {
            let has_none = self.seal.is_none()
                && self.former_seals.is_empty()
                && self.parents.is_empty()
                && self.signers.is_empty();
            return if has_none { Ok(()) } else { Err("has members of version 2 in a vault of version 1") };
        }
        // bundles had none at first
        if self.seal.is_none() && (self.bundle.is_none() || !self.former_seals.is_empty()) {
            return Err("has no seal");
        }
        let formers: BTreeSet<_> = self.former_seals.iter().collect();
        if formers.len() != self.former_seals.len() || formers.len() > MAX_FORMER_SEALS {
            return Err("has more than 16 former seals, or one of them twice");
        }
        let parents: BTreeSet<_> = self.parents.iter().collect();
        if parents.len() != self.parents.len() || parents.len() > MAX_PARENTS {
            return Err("has more than 16 parents, or one of them twice");
        }
        let keys: BTreeSet<_> = self.signers.iter().map(|signer| &signer.key).collect();
        let names: BTreeSet<_> = self.signers.iter().map(|signer| &signer.name).collect();
        let count = self.signers.len();
        if count > MAX_SIGNERS || keys.len() != count || names.len() != count {
            return Err("has more than 64 signers, or one of them twice");
        }
        let is_later = |signer: &Signer| signer.generation.is_some_and(|since| since > self.generation);
        if self.signers.iter().any(is_later) {
            return Err("has a signer of a later generation");
        }
        if !self.signers.iter().all(Signer::is_sound) {
            return Err("has a signer without a name or without an SSH public key, or with half of a proof");
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::{GenerationDigest, Header, Seal, SealDigest, Signer};

    const KEY: &str = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIEf6jTbPyrPZ2oGzaLoUnOAiuoyCnJ2uLw0YAk2MyCpe";

    fn header() -> Header {
        Header::new(Uuid::nil()).unwrap()
    }

    fn parents(count: u8) -> Vec<GenerationDigest> {
        (0..count).map(|at| GenerationDigest::of_header(&[at])).collect()
    }

    fn formers(count: usize) -> Vec<SealDigest> {
        (0..count).map(|_| Seal::new().unwrap().digest()).collect()
    }

    #[test]
    fn a_first_line_is_judged() {
        assert_eq!(header().judge(), Ok(()));
        assert_eq!(Header { parents: parents(16), former_seals: formers(16), ..header() }.judge(), Ok(()));
        let signer = Signer::new("Operations", KEY);
        assert_eq!(Header { signers: vec![signer.clone()], ..header() }.judge(), Ok(()));
        let old = Header { version: 1, seal: None, ..header() };
        assert_eq!(old.judge(), Ok(()));
        let bundle = Header { former_seals: formers(2), ..header() }.of_bundle("gw");
        assert_eq!(bundle.judge(), Ok(()));
        assert_eq!((bundle.former_seals.len(), bundle.parents.len()), (2, 0));
        assert_eq!(Header { seal: None, bundle: Some("gw".to_owned()), ..header() }.judge(), Ok(()));
        let twice = vec![parents(1)[0]; 2];
        let nobody = Signer { name: String::new(), ..signer.clone() };
        let many = (0..65).map(|at| Signer { name: at.to_string(), ..signer.clone() }).collect();
        for refused in [
            Header { credctl: "other".into(), ..header() },
            Header { version: 0, ..header() },
            Header { version: 3, ..header() },
            Header { version: 1, ..header() },
            Header { parents: parents(1), ..old.clone() },
            Header { signers: vec![signer.clone()], ..old.clone() },
            Header { seal: None, ..header() },
            Header { seal: None, ..bundle.clone() },
            Header { former_seals: formers(17), ..header() },
            Header { former_seals: [formers(1)[0]; 2].to_vec(), ..header() },
            Header { former_seals: formers(1), ..old.clone() },
            Header { generation: (1 << 53) + 1, ..header() },
            Header { parents: parents(17), ..header() },
            Header { parents: twice, ..header() },
            Header { signers: vec![signer.clone(), signer.clone()], ..header() },
            Header { signers: vec![nobody], ..header() },
            Header { signers: many, ..header() },
        ] {
            assert!(refused.judge().is_err(), "{refused:?}");
        }
    }

    #[test]
    fn members_that_come_twice_are_refused() {
        let line = serde_json::to_string(&header()).unwrap();
        assert!(serde_json::from_str::<Header>(&line).is_ok());
        let seal = serde_json::to_string(&Seal::new().unwrap()).unwrap();
        for more in [
            format!(r#","seal":{seal}}}"#),
            r#","parents":[],"parents":[]}"#.to_owned(),
            r#","a":1}"#.to_owned(),
        ] {
            assert!(serde_json::from_str::<Header>(&line.replace('}', &more)).is_err(), "{more}");
        }
    }
}
