//! Addresses of objects: `s3://BUCKET/KEY`, `gs://BUCKET/KEY`, `az://CONTAINER/KEY`.

use credctl::remote::{EngineFailure, FailureKind};
use object_store::path::Path;

/// The kind of storage that an address names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StorageProvider {
    /// S3, and servers with its interface.
    S3,
    /// Google Cloud Storage.
    Google,
    /// Azure Blob Storage.
    Azure,
}

/// The address of one object.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ObjectAddress {
    /// The kind of storage.
    pub provider: StorageProvider,
    /// The bucket, or the container.
    pub bucket: String,
    /// The key of the object, as it is: a percent sign is a percent sign.
    pub key: Path,
}

impl ObjectAddress {
    /// Parses an address.
    ///
    /// # Errors
    ///
    /// If it has another scheme, or no bucket or no key that can be used.
    pub fn parse(address: &str) -> Result<Self, EngineFailure> {
        let refused = |text: &str| Err(EngineFailure::new(FailureKind::Refused, text));
        let (provider, rest) = match address.split_once("://") {
            Some(("s3", rest)) => (StorageProvider::S3, rest),
            Some(("gs", rest)) => (StorageProvider::Google, rest),
            Some(("az", rest)) => (StorageProvider::Azure, rest),
            _ => return refused("the address must begin with s3://, gs:// or az://"),
        };
        let (bucket, key) = rest.split_once('/').unwrap_or((rest, ""));
        let is_plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_');
        // it becomes a part of host names and paths
        if bucket.is_empty() || !bucket.chars().all(is_plain) || bucket.starts_with('.') {
            return refused("the address has no bucket, or one with characters that no bucket has");
        }
        if key.is_empty() {
            return refused("the address has no key behind the bucket");
        }
        // the crate would drop slashes silently, and write another object
        let Some(key) = Path::parse(key).ok().filter(|path| path.as_ref() == key) else {
            return refused("the key has an empty part, `.`, `..` or a control character");
        };
        Ok(Self { provider, bucket: bucket.to_owned(), key })
    }
}

#[cfg(test)]
mod tests {
    use super::{ObjectAddress, StorageProvider};

    #[test]
    fn keys_are_taken_as_they_are() {
        for (address, provider, key) in [
            ("s3://team/vault.age", StorageProvider::S3, "vault.age"),
            ("gs://team/a/b/c.age", StorageProvider::Google, "a/b/c.age"),
            ("az://team/a b%20c?d#e&f+g.age", StorageProvider::Azure, "a b%20c?d#e&f+g.age"),
            ("s3://team/ödeme 名.age", StorageProvider::S3, "ödeme 名.age"),
            ("s3://team/a:b@c", StorageProvider::S3, "a:b@c"),
        ] {
            let parsed = ObjectAddress::parse(address).unwrap();
            assert_eq!(
                (parsed.provider, parsed.bucket.as_str(), parsed.key.as_ref()),
                (provider, "team", key)
            );
        }
    }

    #[test]
    fn other_addresses_are_refused() {
        for address in [
            "vault.age",
            "http://team/vault.age",
            "S3://team/vault.age",
            "s3:team/vault.age",
            "s3://",
            "s3://team",
            "s3://team/",
            "s3:///vault.age",
            "s3://.team/vault.age",
            "s3://user:word@team/vault.age",
            "s3://team?x/vault.age",
            "s3://team//vault.age",
            "s3://team/a//vault.age",
            "s3://team/a/",
            "s3://team/a/../vault.age",
            "s3://team/a\nb",
        ] {
            assert!(ObjectAddress::parse(address).is_err(), "{address}");
        }
    }
}
