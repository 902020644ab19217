//! A secret as an object of the protocol: its tag, its content, and its conditions.

use credctl::remote::{
    EngineFailure, FailureKind, Fetched, MAX_OBJECT, Probed, PutCondition, Ranged, RemoteObject, Stored,
};

use super::address::SecretAddress;
use super::environment::variable;
use super::probing::probe;
use super::secret::{KvSecret, SecretState, SecretWritten};
use super::server::KvServer;
use super::settings::ServerSettings;

/// Opens the object at an address.
///
/// # Errors
/// [`FailureKind::Refused`] for a wrong address or setting; [`FailureKind::Denied`] without a token.
pub fn open(address: &str) -> Result<Box<dyn RemoteObject>, EngineFailure> {
    let address = SecretAddress::parse(address)?;
    let server = KvServer::new(ServerSettings::read(&variable)?)?;
    Ok(Box::new(KvObject { server, address, content: None, reads_metadata: true, is_checked: false }))
}

/// A secret. Its tag is the number of its version and the time of that.
struct KvObject {
    server: KvServer,
    address: SecretAddress,
    /// The last content and its tag.
    content: Option<(String, Vec<u8>)>,
    /// False if the policy does not permit to read metadata.
    reads_metadata: bool,
    /// True if the engine is known to be KV of version 2.
    is_checked: bool,
}

impl RemoteObject for KvObject {
    fn get(&mut self, unless: Option<&str>) -> Result<Fetched, EngineFailure> {
        // without a tag, the content is needed anyway
        let tag = if unless.is_some() { self.state()?.tag() } else { self.read()?.tag() };
        let Some(mut tag) = tag else { return Ok(Fetched::Absent) };
        if unless == Some(tag.as_str()) {
            return Ok(Fetched::Unchanged);
        }
        if self.kept(&tag).is_none() {
            let Some(newest) = self.read()?.tag() else { return Ok(Fetched::Absent) };
            tag = newest;
        }
        let content = self.kept(&tag).map(<[u8]>::to_vec).unwrap_or_default();
        Ok(Fetched::Found { tag, content })
    }

    fn range(&mut self, wanted: Option<&str>, start: u64, count: u64) -> Result<Ranged, EngineFailure> {
        let mut tag = self.state()?.tag();
        if tag
            .as_ref()
            .is_some_and(|tag| wanted.is_none_or(|wanted| wanted == tag) && self.kept(tag).is_none())
        {
            tag = self.read()?.tag();
        }
        let Some(tag) = tag else { return Ok(Ranged::Absent) };
        if wanted.is_some_and(|wanted| wanted != tag) {
            return Ok(Ranged::Changed);
        }
        let content = self.kept(&tag).unwrap_or_default();
        Ok(Ranged::of_whole(tag, content, start, count))
    }

    fn put(&mut self, condition: PutCondition<'_>, content: Vec<u8>) -> Result<Stored, EngineFailure> {
        if content.len() as u64 > MAX_OBJECT {
            return Err(EngineFailure::new(FailureKind::Refused, "the content is larger than 256 MiB"));
        }
        if condition == PutCondition::Absent {
            self.require_version_2()?;
        }
        // a deleted version is no object, but its number counts
        let state = self.state()?;
        if state.tag().as_deref() != condition.tag() {
            return Ok(Stored::Changed);
        }
        match self.secret().write(state.number(), &content)? {
            SecretWritten::Stored(tag) => {
                self.content = Some((tag.clone(), content));
                Ok(Stored::Stored { tag })
            }
            SecretWritten::Mismatch => Ok(Stored::Changed),
            SecretWritten::Unknown(failure) => {
                Ok(Stored::unknown(&format!("the answer to the write was lost: {}", failure.text)))
            }
        }
    }

    fn probe(&mut self) -> Result<Probed, EngineFailure> {
        self.require_version_2()?;
        probe(&self.server, &self.address)
    }

    fn delete(&mut self) -> Result<(), EngineFailure> {
        // an engine of version 1 would remove another secret
        self.require_version_2()?;
        self.secret().remove()
    }
}

impl KvObject {
    fn secret(&self) -> KvSecret<'_> {
        KvSecret { server: &self.server, address: self.address.clone() }
    }

    /// Checks the engine, once.
    fn require_version_2(&mut self) -> Result<(), EngineFailure> {
        if !self.is_checked {
            self.secret().require_version_2()?;
            self.is_checked = true;
        }
        Ok(())
    }

    /// Asks for the newest version, with as few bytes as the policy permits.
    fn state(&mut self) -> Result<SecretState, EngineFailure> {
        if self.reads_metadata {
            if let Some(state) = self.secret().state()? {
                return Ok(state);
            }
            self.reads_metadata = false;
        }
        self.read()
    }

    /// Reads the newest version, and keeps its content.
    fn read(&mut self) -> Result<SecretState, EngineFailure> {
        let (state, content) = self.secret().read(None)?;
        self.content = state.tag().map(|tag| (tag, content));
        Ok(state)
    }

    /// Returns the content with a tag, if it is known.
    fn kept(&self, tag: &str) -> Option<&[u8]> {
        self.content.as_ref().filter(|(own, _)| own == tag).map(|(_, content)| content.as_slice())
    }
}
