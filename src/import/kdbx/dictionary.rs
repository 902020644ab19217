//! The parameters of a key derivation, as KDBX 4 writes them: a list of names with typed values.

use super::bytes::{Bytes, exact};
use super::error::KdbxError;

/// The parameters by their names.
pub(super) struct KdbxParameters<'a>(Vec<(&'a [u8], &'a [u8])>);

/// The most parameters. The known functions have at most eight.
const LIMIT: usize = 64;

impl<'a> KdbxParameters<'a> {
    /// Reads a list of parameters.
    pub fn read(bytes: &'a [u8]) -> Result<Self, KdbxError> {
        let mut rest = Bytes(bytes);
        // the lower byte of the version may grow without a change of meaning
        if rest.short()? >> 8 != 1 {
            return Err(KdbxError::Unknown("list of parameters"));
        }
        let mut parameters = Vec::new();
        // the type of a value decides nothing: its length must be the one that is expected
        while rest.byte()? != 0 {
            parameters.push((rest.field()?, rest.field()?));
            if parameters.len() > LIMIT {
                return Err(KdbxError::Damaged("has too many parameters"));
            }
        }
        Ok(Self(parameters))
    }

    /// Returns a parameter.
    pub fn get(&self, name: &str) -> Result<&'a [u8], KdbxError> {
        let mut found = self.0.iter().filter(|(own, _)| *own == name.as_bytes());
        found.next().map(|(_, value)| *value).ok_or(KdbxError::Damaged("lacks a parameter"))
    }

    /// Returns a parameter that is a number of 32 bits.
    pub fn number(&self, name: &str) -> Result<u32, KdbxError> {
        Ok(u32::from_le_bytes(exact(self.get(name)?)?))
    }

    /// Returns a parameter that is a number of 64 bits.
    pub fn long(&self, name: &str) -> Result<u64, KdbxError> {
        Ok(u64::from_le_bytes(exact(self.get(name)?)?))
    }

    /// Returns true if there is a parameter of this name that is not empty.
    pub fn has(&self, name: &str) -> bool {
        self.get(name).is_ok_and(|value| !value.is_empty())
    }
}
