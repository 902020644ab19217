//! The identities that open a vault locked to recipients: age identities, also encrypted ones, and SSH keys.

use std::sync::Arc;

use age::Identity;
use age::secrecy::SecretString;
use zeroize::Zeroizing;

use super::holder::{HeldIdentity, Holder};
use super::passphrase::{MAX_WORK_FACTOR, WORK_FACTOR, passphrase_identity, require_memory};
use super::plugin::Plugins;
use crate::secret::{Secret, read_all, wipe_stack};
use crate::text;
use crate::vault::damage::Damage;
use crate::vault::error::Error;
use crate::vault::key_error::KeyError;

/// The first bytes of an age file.
const MAGIC: &[u8] = b"age-encryption.org/";

/// Identities that are ready to use.
#[derive(Default)]
pub struct Identities {
    list: Vec<Box<dyn Identity>>,
    /// True if some were read from a text that is secret.
    secret: bool,
    /// True if some are those of plugins.
    plugins: bool,
    /// True if somebody else holds some.
    held: bool,
}

/// The identities in the text of an identity file.
pub enum Parsed {
    /// Identities that are ready to use.
    Ready(Identities),
    /// Identities that are encrypted: they need a passphrase, asked for once.
    Encrypted(Encrypted),
}

/// An identity that a passphrase protects.
pub struct Encrypted {
    name: String,
    content: IdentityContent,
    plugins: Plugins,
}

enum IdentityContent {
    AgeFile(Zeroizing<Vec<u8>>),
    /// An SSH key, with the public key where age can tell it, and its text.
    Ssh(Box<age::ssh::Identity>, Option<String>, Zeroizing<Vec<u8>>),
}

/// The parts of an identity that open a vault without another prompt, for somebody who holds the identity.
pub struct Disclosed {
    /// The text of the identity.
    pub text: Zeroizing<Vec<u8>>,
    /// The passphrase, if the text is still encrypted.
    pub passphrase: Option<Secret>,
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
        let encrypted = |text| {
            let content = IdentityContent::AgeFile(text);
            Ok(Parsed::Encrypted(Encrypted { name: name.to_owned(), content, plugins: plugins.clone() }))
        };
        // before the text is decoded: a binary age file is no text
        if text.starts_with(MAGIC) {
            return encrypted(text);
        }
        let text = text::decode(&text).map_err(|_| none())?;
        let start = text.trim_start().as_bytes();
        if start.starts_with(b"-----BEGIN AGE ENCRYPTED FILE-----") {
            return encrypted(Zeroizing::new(start.to_vec()));
        }
        if start.starts_with(b"-----BEGIN") {
            let identity = age::ssh::Identity::from_buffer(start, None).map_err(|_| none())?;
            return match identity {
                age::ssh::Identity::Unencrypted(_) => Ok(Parsed::Ready(Self::of_ssh(identity))),
                age::ssh::Identity::Encrypted(_) => {
                    let public = age::ssh::Recipient::try_from(identity.clone()).ok();
                    let public = public.map(|recipient| recipient.to_string());
                    Ok(Parsed::Encrypted(Encrypted {
                        name: name.to_owned(),
                        content: IdentityContent::Ssh(
                            Box::new(identity),
                            public,
                            Zeroizing::new(start.to_vec()),
                        ),
                        plugins: Plugins::default(),
                    }))
                }
                age::ssh::Identity::Unsupported(_) => {
                    Err(KeyError::UnsupportedSsh { name: name.to_owned() }.into())
                }
            };
        }
        Self::lines(&text, name, plugins).map(Parsed::Ready)
    }

    /// Makes the identities of one age identity.
    pub(super) fn of_x25519(identity: age::x25519::Identity) -> Self {
        Self { list: vec![Box::new(identity)], secret: true, ..Self::default() }
    }

    fn of_ssh(identity: age::ssh::Identity) -> Self {
        Self { list: vec![Box::new(identity)], secret: true, ..Self::default() }
    }

    /// Reads age identities, one a line. Not by age's reader of such files, which leaves copies of them.
    fn lines(text: &str, name: &str, plugins: &Plugins) -> Result<Self, Error> {
        let none = || KeyError::NoIdentity { name: name.to_owned() };
        let mut identities = Self::default();
        for line in text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')) {
            if let Ok(identity) = line.parse::<age::x25519::Identity>() {
                identities.list.push(Box::new(identity));
                identities.secret = true;
                continue;
            }
            let identity: age::plugin::Identity = line.parse().map_err(|_| none())?;
            let plugin = identity.plugin().to_owned();
            // before age gets the name, because it looks for the program at once
            plugins.allow(&plugin)?;
            let identity = age::plugin::IdentityPluginV1::new(&plugin, &[identity], plugins.clone())
                .map_err(|_| KeyError::Plugin { name: name.to_owned() })?;
            identities.list.push(Box::new(identity));
            identities.plugins = true;
        }
        // age's parser of identities leaves copies of them there
        wipe_stack();
        if identities.is_empty() {
            return Err(none().into());
        }
        Ok(identities)
    }

    /// Takes over the identities of another file.
    pub fn append(&mut self, mut other: Self) {
        self.list.append(&mut other.list);
        self.secret |= other.secret;
        self.plugins |= other.plugins;
        self.held |= other.held;
    }

    /// Puts the identities that somebody else holds before these. The holder learns the keys of files that
    /// these unwrap.
    #[must_use]
    pub fn held_by(self, holder: Arc<dyn Holder>) -> Self {
        Self { list: vec![Box::new(HeldIdentity { holder, inner: self.list })], held: true, ..self }
    }

    /// Returns true if there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// Returns true if the text that the identities were read from is secret. The text of a plugin's identity
    /// only tells which device holds the key.
    #[must_use]
    pub fn are_secret(&self) -> bool {
        self.secret
    }

    /// Returns true if using the identities runs a plugin, which may ask for something.
    #[must_use]
    pub fn need_plugins(&self) -> bool {
        self.plugins
    }

    /// Returns true if somebody else holds some of the identities, who may have lost them meanwhile.
    #[must_use]
    pub fn are_held(&self) -> bool {
        self.held
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &dyn Identity> {
        self.list.iter().map(AsRef::as_ref)
    }
}

impl Encrypted {
    /// Returns the origin of the identity, for messages.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Returns the public key, which an SSH key tells without its passphrase.
    #[must_use]
    pub fn public_key(&self) -> Option<&str> {
        match &self.content {
            IdentityContent::Ssh(_, public, _) => public.as_deref(),
            IdentityContent::AgeFile(_) => None,
        }
    }

    /// Decrypts the identity itself, once.
    ///
    /// # Errors
    /// Fails if the passphrase is wrong, or if the file holds no identity.
    pub fn decrypt(&self, passphrase: &Secret) -> Result<Identities, Error> {
        self.disclose(passphrase).map(|(identities, _)| identities)
    }

    /// Decrypts the identity itself, and returns beside it what a holder of the identity needs.
    ///
    /// # Errors
    /// As [`Self::decrypt`].
    pub fn disclose(&self, passphrase: &Secret) -> Result<(Identities, Disclosed), Error> {
        match &self.content {
            IdentityContent::Ssh(identity, _, text) => {
                let identity = match &**identity {
                    age::ssh::Identity::Encrypted(key) => {
                        let key = key.decrypt(SecretString::from(passphrase.expose()));
                        key.map_err(|_| KeyError::IdentityPassphrase { name: self.name.clone() })?.into()
                    }
                    identity => identity.clone(),
                };
                let disclosed = Disclosed { text: text.clone(), passphrase: Some(passphrase.clone()) };
                Ok((Identities::of_ssh(identity), disclosed))
            }
            IdentityContent::AgeFile(text) => {
                let text = self.inner(text, passphrase)?;
                let none = |_| KeyError::NoIdentity { name: self.name.clone() };
                let lines = text::decode(&text).map_err(none)?;
                let identities = Identities::lines(&lines, &self.name, &self.plugins)?;
                Ok((identities, Disclosed { text, passphrase: None }))
            }
        }
    }

    /// Decrypts an identity file, once, and returns the recipients of the age identities in it.
    ///
    /// # Errors
    /// Fails if the passphrase is wrong.
    pub fn recipients(&self, passphrase: &Secret) -> Result<Vec<String>, Error> {
        match &self.content {
            IdentityContent::Ssh(_, public, _) => {
                self.decrypt(passphrase)?;
                Ok(public.iter().cloned().collect())
            }
            IdentityContent::AgeFile(text) => Ok(recipients_of(&self.inner(text, passphrase)?)),
        }
    }

    /// Decrypts the text of an identity file.
    fn inner(&self, text: &[u8], passphrase: &Secret) -> Result<Zeroizing<Vec<u8>>, Error> {
        let wrong = || KeyError::IdentityPassphrase { name: self.name.clone() };
        let header_limit = text.len().min(64 * 1024);
        // a header without an end would keep age's parser busy for a long time
        if memchr::memmem::find(&text[..header_limit], b"\n---").is_none() && !text.starts_with(b"-----") {
            return Err(Damage::Header.into());
        }
        let armored = age::armor::ArmoredReader::new(text);
        let decryptor = age::Decryptor::new_buffered(armored).map_err(|_| Damage::Header)?;
        require_memory(WORK_FACTOR)?;
        let identity = passphrase_identity(passphrase);
        let stream =
            decryptor.decrypt(std::iter::once(&identity as &dyn Identity)).map_err(|error| match error {
                age::DecryptError::ExcessiveWork { required, .. } => {
                    Error::from(Damage::ExcessiveWork { asked: required, limit: MAX_WORK_FACTOR })
                }
                _ => wrong().into(),
            })?;
        // what is inside is shorter than the file around it
        let inner = read_all(stream, text.len(), text.len() as u64)?;
        inner.ok_or_else(|| KeyError::NoIdentity { name: self.name.clone() }.into())
    }
}

/// Returns the recipients of the age identities in the text of an identity file. Skips the lines of plugins,
/// which only name a device.
#[must_use]
pub fn recipients_of(text: &[u8]) -> Vec<String> {
    let Ok(text) = text::decode(text) else { return Vec::new() };
    let identities = text.lines().filter_map(|line| line.trim().parse::<age::x25519::Identity>().ok());
    let recipients = identities.map(|identity| identity.to_public().to_string()).collect();
    wipe_stack();
    recipients
}

/// Makes a new X25519 identity and its recipient.
#[must_use]
pub fn generate() -> (Secret, String) {
    use age::secrecy::ExposeSecret as _;
    let identity = age::x25519::Identity::generate();
    let made = (Secret::from(identity.to_string().expose_secret()), identity.to_public().to_string());
    drop(identity);
    wipe_stack();
    made
}
