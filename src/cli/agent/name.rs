//! The names of keys, by which a client asks the agent. A name says which key, and tells nothing of it.

use std::os::unix::ffi::OsStrExt as _;
use std::path::Path;

use credctl::store::address;
use sha2::{Digest as _, Sha256};

/// The name of a key that the agent may hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KeyName(pub [u8; 32]);

impl KeyName {
    /// Returns the name of an identity, by the content of its file: a file that was replaced is another key.
    pub fn of_identity(content: &[u8]) -> Self {
        Self(Sha256::new_with_prefix(b"identity\0").chain_update(content).finalize().into())
    }

    /// Returns the name of the passphrase of a vault, by the path of the vault.
    pub fn of_vault(path: &Path) -> Self {
        if let Some(address) = address(path) {
            return Self(Sha256::new_with_prefix(b"address\0").chain_update(address).finalize().into());
        }
        // of a vault that was moved away, at least the folder is there
        let in_folder = || Some(path.parent()?.canonicalize().ok()?.join(path.file_name()?));
        let found = path.canonicalize().ok().or_else(in_folder);
        let path = found.or_else(|| std::path::absolute(path).ok()).unwrap_or_default();
        Self(Sha256::new_with_prefix(b"vault\0").chain_update(path.as_os_str().as_bytes()).finalize().into())
    }
}

#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "tests make the files they need")]
mod tests {
    use super::KeyName;

    #[test]
    fn a_vault_has_one_name_by_whatever_path() {
        let folder = tempfile::tempdir().unwrap();
        let vault = folder.path().join("vault.age");
        std::fs::write(&vault, "").unwrap();
        std::os::unix::fs::symlink(&vault, folder.path().join("link")).unwrap();
        let name = KeyName::of_vault(&vault);
        assert_eq!(name, KeyName::of_vault(&folder.path().join("link")));
        assert_eq!(name, KeyName::of_vault(&folder.path().join("./vault.age")));
        assert_ne!(name, KeyName::of_vault(&folder.path().join("other")));
        assert_ne!(KeyName::of_identity(b"a"), KeyName::of_identity(b"b"));
    }
}
