//! Random bytes of the operating system. Where there are none, such as under a filter of system calls or in a
//! root without `/dev`, the libraries that need some panic: UUIDs, hash tables, the keys of age. What depends on
//! them asks [`check`] first, and fails with an error.

use uuid::{Builder, Uuid};

/// A lack of random bytes.
#[derive(Debug, Clone, thiserror::Error)]
#[error("the operating system gives no random bytes")]
pub struct NoRandomness(#[source] getrandom::Error);

/// Checks that the operating system gives random bytes, by taking 16 of them. It then gives them later, too.
///
/// # Errors
/// [`NoRandomness`].
pub fn check() -> Result<(), NoRandomness> {
    fill(&mut [0; 16])
}

/// Fills a buffer with random bytes.
///
/// # Errors
/// [`NoRandomness`].
pub fn fill(bytes: &mut [u8]) -> Result<(), NoRandomness> {
    getrandom::fill(bytes).map_err(NoRandomness)
}

/// Makes a UUID of version 4.
///
/// # Errors
/// [`NoRandomness`].
pub fn uuid() -> Result<Uuid, NoRandomness> {
    let mut bytes = [0; 16];
    fill(&mut bytes)?;
    Ok(Builder::from_random_bytes(bytes).into_uuid())
}

#[cfg(test)]
mod tests {
    use super::uuid;

    #[test]
    fn ids_are_of_version_4_and_differ() {
        let (one, two) = (uuid().unwrap(), uuid().unwrap());
        assert_eq!(one.get_version_num(), 4);
        assert_ne!(one, two);
    }
}
