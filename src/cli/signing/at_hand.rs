//! The key with which the next write would be signed, as far as that is known without a question.

use std::path::{Path, PathBuf};

use credctl::disk::read_secret;
use credctl::signature::{SignatureKeyFile, SignerKey};
use credctl::vault::Signer;

use super::ssh_agent::AgentKey;
use crate::cli::context::{KEY_FILE_LIMIT, Settings};

/// The key with which the next write of a signed vault would be signed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SigningKeyAtHand {
    /// The key file of a signer, which needs no passphrase.
    Ready {
        /// The name of the signer.
        signer: String,
        /// The path of the file.
        path: PathBuf,
    },
    /// A key of a signer that the ssh-agent has.
    InAgent {
        /// The name of the signer.
        signer: String,
    },
    /// The key file of a signer, which needs its passphrase.
    NeedsPassphrase {
        /// The name of the signer.
        signer: String,
        /// The path of the file.
        path: PathBuf,
    },
    /// A key file that was named and cannot sign.
    Unusable {
        /// The path of the file.
        path: PathBuf,
        /// The reason, as a clause.
        reason: String,
    },
    /// No key of a signer.
    None,
}

impl SigningKeyAtHand {
    /// Looks for the key of one of the signers, in the places where a write looks.
    pub fn of(settings: &Settings, signers: &[Signer]) -> Self {
        let agent =
            settings.ssh_agent.as_deref().map(|socket| AgentKey::list(socket, None)).unwrap_or_default();
        let agent: Vec<&SignerKey> = agent.iter().map(AgentKey::key).collect();
        if let Some(path) = &settings.signing_key {
            return match Self::of_file(path, signers, &agent) {
                Ok(key) => key,
                Err(reason) => Self::Unusable { path: path.clone(), reason },
            };
        }
        if let Some(signer) = agent.iter().find_map(|key| signer_of(key, signers)) {
            return Self::InAgent { signer };
        }
        // a key that was not named and cannot sign does not count
        let default = settings.default_signing_key.as_deref();
        default.and_then(|path| Self::of_file(path, signers, &agent).ok()).unwrap_or(Self::None)
    }

    fn of_file(path: &Path, signers: &[Signer], agent: &[&SignerKey]) -> Result<Self, String> {
        let (text, _) = read_secret(path, KEY_FILE_LIMIT).map_err(|error| error.to_string())?;
        let (file, _) = SignatureKeyFile::parse(&text).map_err(|problem| format!("it {problem}"))?;
        let signer = signer_of(file.public(), signers).ok_or("it is not the key of a signer")?;
        let path = path.to_owned();
        match file {
            SignatureKeyFile::Private(_) => Ok(Self::Ready { signer, path }),
            file if agent.contains(&file.public()) => Ok(Self::InAgent { signer }),
            SignatureKeyFile::Encrypted(_) => Ok(Self::NeedsPassphrase { signer, path }),
            SignatureKeyFile::Public(_) => Err("the ssh-agent does not have it".to_owned()),
        }
    }
}

/// Returns the name of the signer who has a key.
fn signer_of(key: &SignerKey, signers: &[Signer]) -> Option<String> {
    signers.iter().find(|signer| signer.has_key(key)).map(|signer| signer.name.clone())
}
