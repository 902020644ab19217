//! What opens a vault locked to recipients: age identities, also encrypted ones, and SSH keys.

use age::secrecy::SecretString;
use age::{Identity, IdentityFile};
use zeroize::Zeroizing;

use super::cipher::{MAX_WORK_FACTOR, passphrase_identity};
use super::error::{Damage, Error, KeyError};
use super::plugin::Plugins;
use crate::secret::{Secret, read_all};

/// Identities that are ready to use.
#[derive(Default)]
pub struct Identities {
    all: Vec<Box<dyn Identity>>,
    uses_plugins: bool,
}

/// What the text of an identity file turned out to be.
pub enum Parsed {
    /// Ready to use.
    Ready(Identities),
    /// Encrypted: it needs a passphrase, asked for once.
    Encrypted(Encrypted),
}

/// An identity that a passphrase protects.
pub struct Encrypted {
    name: String,
    content: Content,
    plugins: Plugins,
}

enum Content {
    AgeFile(Zeroizing<Vec<u8>>),
    Ssh(Box<age::ssh::Identity>),
}

impl Identities {
    /// Reads the text of an identity file: age identities a line each, an age file that holds such
    /// text, or an SSH private key. `name` says in errors where it came from; of the plugins only
    /// those in `plugins` may be used.
    ///
    /// # Errors
    /// Text without an identity, keys that age does not support, plugins that were not allowed.
    pub fn parse(text: Zeroizing<Vec<u8>>, name: &str, plugins: &Plugins) -> Result<Parsed, Error> {
        let none = || KeyError::NoIdentity { name: name.to_owned() };
        if text.starts_with(b"age-encryption.org/") || text.starts_with(b"-----BEGIN AGE ENCRYPTED FILE-----")
        {
            let content = Content::AgeFile(text);
            return Ok(Parsed::Encrypted(Encrypted {
                name: name.to_owned(),
                content,
                plugins: plugins.clone(),
            }));
        }
        if text.trim_ascii_start().starts_with(b"-----BEGIN") {
            let identity = age::ssh::Identity::from_buffer(&text[..], None).map_err(|_| none())?;
            return match identity {
                age::ssh::Identity::Unencrypted(_) => Ok(Parsed::Ready(Self::one(identity))),
                age::ssh::Identity::Encrypted(_) => Ok(Parsed::Encrypted(Encrypted {
                    name: name.to_owned(),
                    content: Content::Ssh(Box::new(identity)),
                    plugins: Plugins::default(),
                })),
                age::ssh::Identity::Unsupported(_) => {
                    Err(KeyError::UnsupportedSsh { name: name.to_owned() }.into())
                }
            };
        }
        Self::lines(&text, name, plugins).map(Parsed::Ready)
    }

    fn lines(text: &[u8], name: &str, plugins: &Plugins) -> Result<Self, Error> {
        let none = || KeyError::NoIdentity { name: name.to_owned() };
        let text = std::str::from_utf8(text).map_err(|_| none())?;
        let mut uses_plugins = false;
        for line in text.lines().filter(|line| line.to_ascii_uppercase().starts_with("AGE-PLUGIN-")) {
            uses_plugins = true;
            let plugin: age::plugin::Identity = line.trim().parse().map_err(|_| none())?;
            plugins.allow(plugin.plugin())?;
        }
        let file = IdentityFile::from_buffer(text.as_bytes()).map_err(|_| none())?;
        let identities = file
            .with_callbacks(plugins.clone())
            .into_identities()
            .map_err(|_| KeyError::Plugin { name: name.to_owned() })?;
        if identities.is_empty() {
            return Err(none().into());
        }
        let all = identities.into_iter().map(|identity| identity as Box<dyn Identity>).collect();
        Ok(Self { all, uses_plugins })
    }

    fn one(identity: impl Identity + 'static) -> Self {
        Self { all: vec![Box::new(identity)], uses_plugins: false }
    }

    pub(super) fn uses_plugins(&self) -> bool {
        self.uses_plugins
    }

    /// Takes over the identities of another file.
    pub fn append(&mut self, mut other: Self) {
        self.all.append(&mut other.all);
        self.uses_plugins |= other.uses_plugins;
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &dyn Identity> {
        self.all.iter().map(AsRef::as_ref)
    }
}

impl Encrypted {
    /// Where the identity came from.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Decrypts the identity itself, once.
    ///
    /// # Errors
    /// A wrong passphrase, or a file that holds no identity.
    pub fn decrypt(self, passphrase: &Secret) -> Result<Identities, Error> {
        let wrong = || KeyError::IdentityPassphrase { name: self.name.clone() };
        match self.content {
            Content::Ssh(identity) => match *identity {
                age::ssh::Identity::Encrypted(key) => {
                    let key = key.decrypt(SecretString::from(passphrase.expose())).map_err(|_| wrong())?;
                    Ok(Identities::one(age::ssh::Identity::from(key)))
                }
                identity => Ok(Identities::one(identity)),
            },
            Content::AgeFile(ref text) => {
                let header_limit = text.len().min(64 * 1024);
                if memchr::memmem::find(&text[..header_limit], b"\n---").is_none()
                    && !text.starts_with(b"-----")
                {
                    return Err(Damage::Header.into());
                }
                let armored = age::armor::ArmoredReader::new(&text[..]);
                let decryptor = age::Decryptor::new_buffered(armored).map_err(|_| Damage::Header)?;
                let identity = passphrase_identity(passphrase);
                let stream =
                    decryptor.decrypt(std::iter::once(&identity as &dyn Identity)).map_err(|error| {
                        match error {
                            age::DecryptError::ExcessiveWork { required, .. } => {
                                Error::from(Damage::ExcessiveWork { asked: required, limit: MAX_WORK_FACTOR })
                            }
                            _ => wrong().into(),
                        }
                    })?;
                // what is inside is shorter than the file around it
                let inner = read_all(stream, text.len(), text.len() as u64)?;
                let inner = inner.ok_or_else(|| KeyError::NoIdentity { name: self.name.clone() })?;
                Identities::lines(&inner, &self.name, &self.plugins)
            }
        }
    }
}

/// A new X25519 identity and its recipient.
#[must_use]
pub fn generate() -> (Secret, String) {
    use age::secrecy::ExposeSecret as _;
    let identity = age::x25519::Identity::generate();
    (Secret::from(identity.to_string().expose_secret()), identity.to_public().to_string())
}
