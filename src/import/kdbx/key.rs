//! The key of a database: a password, a key file, or both.

use sha2::{Digest as _, Sha256};
use zeroize::Zeroizing;

use super::error::KdbxError;
use crate::base64;
use crate::hex;
use crate::import::xml::XmlElement;
use crate::secret::{Secret, wipe_stack};

/// The parts of a key.
#[derive(Clone, Default)]
pub struct KeepassKey {
    password: Option<Secret>,
    key_file: Option<Zeroizing<[u8; 32]>>,
}

impl KeepassKey {
    /// Makes a key of a password.
    #[must_use]
    pub fn with_password(mut self, password: Secret) -> Self {
        self.password = Some(password);
        self
    }

    /// Adds the content of a key file: the XML of KeePass, 32 bytes, 64 hexadecimal digits, or any other file,
    /// of which the digest counts.
    ///
    /// # Errors
    /// Fails if the XML is damaged.
    pub fn with_key_file(mut self, content: &[u8]) -> Result<Self, KdbxError> {
        let key = key_of(content);
        wipe_stack();
        self.key_file = Some(key?);
        Ok(self)
    }

    /// Returns the digest of all parts.
    pub(super) fn composite(&self) -> Zeroizing<[u8; 32]> {
        let mut digest = Sha256::new();
        if let Some(password) = &self.password {
            let part = Zeroizing::new(<[u8; 32]>::from(Sha256::digest(password.expose())));
            digest.update(*part);
        }
        if let Some(key) = &self.key_file {
            digest.update(**key);
        }
        let key = Zeroizing::new(digest.finalize().into());
        // the hash function had parts of the key there
        wipe_stack();
        key
    }
}

fn key_of(content: &[u8]) -> Result<Zeroizing<[u8; 32]>, KdbxError> {
    if let Some(key) = std::str::from_utf8(content).ok().filter(|text| text.contains("<KeyFile")) {
        return of_xml(key);
    }
    // 64 digits are 32 bytes
    let key = array(content).or_else(|| array(&hex::decode(content)?));
    Ok(key.unwrap_or_else(|| digest(content)))
}

/// Reads the XML of KeePass: version 1 has the key in base64, version 2 in hexadecimal digits, with a part of
/// its digest.
fn of_xml(text: &str) -> Result<Zeroizing<[u8; 32]>, KdbxError> {
    let file = XmlElement::read(text).map_err(|_| KdbxError::KeyFile)?;
    let data = file.at(&["Key", "Data"]).filter(|_| file.name == "KeyFile").ok_or(KdbxError::KeyFile)?;
    let text = data.text.as_ref().map_or("", Secret::expose);
    if file.text_at(&["Meta", "Version"]).trim().starts_with("1.") {
        let key = base64::decode_spaced(text).map_err(|_| KdbxError::KeyFile)?;
        return array(&key).ok_or(KdbxError::KeyFile);
    }
    let key = hex::decode_spaced(text).and_then(|key| array(&key)).ok_or(KdbxError::KeyFile)?;
    let check =
        data.attributes.iter().find(|(name, _)| name == "Hash").map(|(_, value)| value.expose().trim());
    let own = hex::encode(&digest(&*key)[..4]);
    if check.is_some_and(|check| !check.eq_ignore_ascii_case(&own)) {
        return Err(KdbxError::KeyFile);
    }
    Ok(key)
}

fn array(key: &[u8]) -> Option<Zeroizing<[u8; 32]>> {
    Some(Zeroizing::new(key.try_into().ok()?))
}

fn digest(bytes: &[u8]) -> Zeroizing<[u8; 32]> {
    Zeroizing::new(Sha256::digest(bytes).into())
}

#[cfg(test)]
mod tests {
    use super::key_of;

    #[test]
    fn key_files_of_every_form() {
        let digits = "36057B1C35037FD962257893C0A22403EE3F8FBB504D998108B821CB00D28F89";
        let key: Vec<u8> = digits
            .as_bytes()
            .chunks(2)
            .map(|pair| u8::from_str_radix(std::str::from_utf8(pair).unwrap(), 16).unwrap())
            .collect();
        let xml = |version: &str, hash: &str, data: &str| {
            format!(
                "<?xml version=\"1.0\"?><KeyFile><Meta><Version>{version}</Version></Meta>\
                 <Key><Data{hash}>\n {data}\n</Data></Key></KeyFile>"
            )
        };
        let base64 = crate::base64::encode(&key).expose().to_owned();
        for file in [
            xml("2.0", " Hash=\"A65F0C2D\"", &digits.replace("350", " 350\n")),
            xml("2.0", "", digits),
            xml("1.00", "", &base64),
            digits.to_lowercase(),
        ] {
            assert_eq!(key_of(file.as_bytes()).unwrap().as_slice(), key, "{file}");
        }
        assert_eq!(key_of(&key).unwrap().as_slice(), key);
        assert_ne!(key_of(b"any other file").unwrap().as_slice(), key);
        for file in [
            xml("2.0", " Hash=\"00000000\"", digits),
            xml("2.0", "", "36057B"),
            xml("1.00", "", "YQ=="),
            "<KeyFile>".to_owned(),
        ] {
            assert!(key_of(file.as_bytes()).is_err(), "{file}");
        }
    }
}
