//! The place of an environment's bundle, the check of what may be replaced there, and the state of the bundle
//! that is there.

use std::collections::BTreeSet;
use std::fmt;
use std::path::Path;

use super::blobs::{bundle_folder, clean};
use super::cipher::{Key, MarkStamp, Sealed};
use super::resident::Environment;
use super::{Error, Taken, Vault};
use crate::disk::{FileError, Location, is_link};

/// The state of an environment's bundle, compared with the vault.
#[derive(Debug)]
#[non_exhaustive]
pub enum Reach {
    /// A bundle that was made from the vault as it is.
    Current,
    /// A bundle that was made from another generation of the vault.
    Behind {
        /// The generation that the bundle was made from.
        made_from: u64,
        /// The generation of the vault.
        now: u64,
    },
    /// A bundle that does not exist.
    Missing,
    /// Something else in the place of the bundle.
    Taken(Taken),
    /// A bundle that cannot be looked at.
    Unreachable(Error),
}

impl Vault {
    /// Compares the bundle of an environment with this vault, which is at `own`. `find` finds the bundle by its name.
    #[must_use]
    pub fn reach(&self, own: &Location, environment: &Environment, find: FindBundle<'_>) -> Reach {
        let seen = bundle_location(own, &environment.out, find).and_then(|location| stamp(&location));
        let wanted = self.stamp(environment);
        match seen {
            Err(Error::File(FileError::NotFound { .. })) => Reach::Missing,
            Ok(Some(stamp)) if stamp == wanted => Reach::Current,
            Ok(Some(stamp)) if stamp.is_for_same(&wanted) => {
                Reach::Behind { made_from: stamp.generation, now: wanted.generation }
            }
            Ok(_) => Reach::Taken(Taken::ByOther),
            Err(Error::Taken(taken)) => Reach::Taken(taken),
            Err(error) => Reach::Unreachable(error),
        }
    }

    /// Finds the location to which the bundle of an environment is to be written. The file there must be the
    /// bundle before: one with its mark, or one without any mark that `key` opens. With `overwrite` it may be
    /// anything but a vault or an identity.
    ///
    /// # Errors
    /// [`Error::Taken`], [`Error::Precious`], or an error of looking at the file.
    pub fn bundle_target(
        &self,
        own: &Location,
        environment: &Environment,
        key: &Key,
        overwrite: bool,
        find: FindBundle<'_>,
    ) -> Result<Location, Error> {
        let location = bundle_location(own, &environment.out, find)?;
        if !location.exists()? {
            return Ok(location);
        }
        let stamp = stamp(&location)?;
        if stamp.as_ref().is_some_and(|stamp| stamp.is_for_same(&self.stamp(environment))) {
            return Ok(location);
        }
        if overwrite {
            location.spare_precious(Some(key))?;
            return Ok(location);
        }
        // versions up to 0.1.0 wrote no mark
        let is_bundle = stamp.is_none() && {
            let opened = Sealed::inspect(location.open()?).and_then(|sealed| Self::open(sealed, key));
            opened.is_ok_and(|there| {
                there.id() == self.id() && there.bundle_of() == Some(environment.name.as_str())
            })
        };
        if is_bundle { Ok(location) } else { Err(Taken::ByOther.into()) }
    }

    /// Deletes the bundle of an environment, if it is there and has its mark, and the blobs beside it. When this returns the disk
    /// knows that it is gone.
    ///
    /// # Errors
    /// [`Error::Taken`] if there is something else, or an error of the disk.
    pub fn delete_bundle(
        &self,
        own: &Location,
        environment: &Environment,
        find: FindBundle<'_>,
    ) -> Result<(), Error> {
        let location = match bundle_location(own, &environment.out, find) {
            // the folder is gone, and the bundle with it
            Err(Error::File(FileError::NotFound { .. })) => return Ok(()),
            location => location?,
        };
        if !location.exists()? {
            return Ok(());
        }
        if location.upload().is_some() {
            return Err(Taken::AtAddress.into());
        }
        match stamp(&location)? {
            Some(stamp) if stamp.is_for_same(&self.stamp(environment)) => {
                // whatever cannot be cleaned must be known before the bundle is gone
                bundle_folder(own, &location)?;
                location.remove()?;
                // after the bundle that names them
                clean(own, &location, &BTreeSet::new());
                Ok(())
            }
            _ => Err(Taken::ByOther.into()),
        }
    }

    /// Makes the mark of a bundle that is made now.
    pub(super) fn stamp(&self, environment: &Environment) -> MarkStamp {
        MarkStamp::new(self.header.id, &environment.name, self.header.generation)
    }
}

/// The way to find the location of a bundle by its name: a path, or the address of an object.
pub type FindBundle<'a> = &'a dyn Fn(&Path) -> Result<Location, FileError>;

/// Finds the location of a bundle by its name.
///
/// # Errors
/// [`Error::Taken`] for links and for the files of the vault at `own`, or an error of looking at the path.
pub fn bundle_location(own: &Location, out: &str, find: FindBundle<'_>) -> Result<Location, Error> {
    let path = Path::new(out);
    // before the path is resolved, which follows links
    if is_link(path) {
        return Err(Taken::ByLink.into());
    }
    let location = find(path)?;
    if own.is_ours(&location)? { Err(Taken::ByVault.into()) } else { Ok(location) }
}

/// Reads the mark of an age file.
fn stamp(location: &Location) -> Result<Option<MarkStamp>, Error> {
    match Sealed::inspect(location.open()?) {
        Ok(sealed) => Ok(sealed.stamp()),
        // a file that cannot be read may have a mark; one that is no age file has none
        Err(Error::Read(error)) => Err(Error::Read(error)),
        Err(_) => Ok(None),
    }
}

impl fmt::Display for Reach {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Current => f.write_str("is up to date"),
            Self::Behind { made_from, now } => {
                write!(f, "was made from generation {made_from} of the vault, which is at {now}")
            }
            Self::Missing => f.write_str("does not exist"),
            Self::Taken(taken) => taken.fmt(f),
            Self::Unreachable(error) => error.fmt(f),
        }
    }
}
