//! Answers that are written to a file for another program, or to a stream that has a name.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use credctl::disk::{Access, FileError, Location, Outlet};
use credctl::secret::Batched;
use credctl::store::address;
use credctl::vault::{self, Key, Precious};

use crate::cli::context::{PassphraseSource, Settings, require_public};
use crate::cli::error::{Error, Failure};

// options of a command that writes a file for another program; a doc comment would become the command's help
#[derive(Debug, clap::Args)]
pub struct OutArgs {
    /// Write to FILE, which only its owner can read; - is stdout
    #[arg(long, value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    out: Option<PathBuf>,
    /// Replace an existing file, unless it is a vault or an identity
    #[arg(long, requires = "out")]
    pub overwrite: bool,
}

impl OutArgs {
    /// Returns true if a target was named.
    pub fn is_given(&self) -> bool {
        self.out.is_some()
    }

    /// Returns the address that was named; `None` for stdout and for the path of a file. Fails if it contains a
    /// credential.
    pub fn address(&self) -> Result<Option<&str>, Error> {
        let Some(path) = self.out.as_deref() else { return Ok(None) };
        require_public(path)?;
        Ok(address(path))
    }

    /// Opens the target that was named. Returns `None` for stdout.
    ///
    /// Must be called before any prompt and before the vault is opened: an answer without a place then costs
    /// nothing.
    pub fn target(&self, settings: &Settings, existing: Existing) -> Result<Option<OutTarget<'_>>, Error> {
        let Some(path) = self.out.as_deref().filter(|path| *path != Path::new("-")) else { return Ok(None) };
        let target = OutTarget::open(path, existing)?;
        target.apart_from(settings)?;
        Ok(Some(target))
    }
}

/// The treatment of a file that exists already.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Existing {
    /// The file is left alone, and nothing is written.
    Refuse,
    /// The file is replaced.
    Overwrite,
    /// The file is replaced by keys in PEM, so that it may be an SSH key.
    OverwriteKeys,
    /// The file is edited.
    Edit,
}

impl Existing {
    /// Returns the treatment that the option asks for.
    pub fn unless(overwrite: bool) -> Self {
        if overwrite { Self::Overwrite } else { Self::Refuse }
    }
}

/// The target of an answer.
pub struct OutTarget<'a> {
    path: &'a Path,
    outlet: Outlet,
    existing: Existing,
}

impl<'a> OutTarget<'a> {
    /// Opens the target, and checks what is there.
    pub fn open(path: &'a Path, existing: Existing) -> Result<Self, Error> {
        require_public(path)?;
        if let Some(address) = address(path) {
            return Err(Error::usage(format!("`{address}` is an address, and this needs a file"))
                .hint("only encrypted exports and the bundles of environments are stored at addresses"));
        }
        let outlet = Outlet::open(path).map_err(vault::Error::from)?;
        let target = Self { path, outlet, existing };
        if let Outlet::File(location) = &target.outlet {
            if existing == Existing::Refuse && location.exists().map_err(vault::Error::from)? {
                return Err(target.exists());
            }
            target.spare(location, None)?;
        }
        Ok(target)
    }

    /// Fails if the target belongs to the vault, or is the file of an identity or a passphrase.
    pub fn apart_from(&self, settings: &Settings) -> Result<(), Error> {
        match &self.outlet {
            Outlet::File(location) => apart(settings, location, self.path),
            Outlet::Stream(_) => Ok(()),
        }
    }

    /// Returns true if the target is a terminal, which a person reads.
    pub fn is_terminal(&self) -> bool {
        matches!(&self.outlet, Outlet::Stream(stream) if stream.is_terminal())
    }

    /// Writes the answer, into a file whole or not at all. `key` is the one that opened the vault: a file
    /// that it opens too is a vault, and spared.
    pub fn write(self, access: Access, bytes: &[u8], key: Option<&Key>) -> Result<(), Error> {
        self.write_with(access, key, |out| out.write_all(bytes))
    }

    /// Writes the answer as [`Self::write`] does, as it is made.
    pub fn write_with(
        self,
        access: Access,
        key: Option<&Key>,
        write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
    ) -> Result<(), Error> {
        self.write_content(access, key, |out| write(out).map_err(vault::Error::Write))
    }

    /// Writes the answer as [`Self::write_with`] does. An error of `write` keeps its kind.
    pub fn write_content(
        self,
        access: Access,
        key: Option<&Key>,
        write: impl FnOnce(&mut dyn Write) -> Result<(), vault::Error>,
    ) -> Result<(), Error> {
        let exists = self.exists();
        let spared = match &self.outlet {
            Outlet::File(location) => self.spare(location, key),
            Outlet::Stream(_) => Ok(()),
        };
        spared?;
        let location = match self.outlet {
            Outlet::Stream(stream) => {
                let mut failure = None;
                let result = stream.write(|out| {
                    write(out).map_err(|error| match error {
                        vault::Error::Write(error) => error,
                        error => {
                            failure = Some(error);
                            io::ErrorKind::InvalidData.into()
                        }
                    })
                });
                return failure.map_or_else(|| written(result), |failure| Err(failure.into()));
            }
            Outlet::File(location) => location,
        };
        let write = |out: &mut (dyn Write + Send)| {
            let mut out = Batched::new(out);
            write(&mut out)?;
            out.flush().map_err(vault::Error::Write)
        };
        let result = match self.existing {
            Existing::Overwrite | Existing::OverwriteKeys => location.publish(access, u64::MAX, write),
            Existing::Refuse | Existing::Edit => location.publish_new(access, u64::MAX, write),
        };
        match result {
            // somebody made the file meanwhile
            Err(vault::Error::File(FileError::Exists { .. })) => Err(exists),
            result => Ok(result?),
        }
    }

    /// Returns true if an existing file is to be edited.
    pub fn is_to_edit(&self) -> bool {
        self.existing == Existing::Edit
    }

    /// Returns the file to edit, if there is one.
    pub fn to_edit(&self) -> Result<Option<&Location>, Error> {
        match &self.outlet {
            Outlet::File(location) => {
                let exists = location.exists().map_err(vault::Error::from)?;
                Ok(Some(location).filter(|_| exists))
            }
            Outlet::Stream(_) => Err(Error::usage(format!(
                "`{}` is not a file, so nothing can be merged into it",
                self.path.display()
            ))),
        }
    }

    /// Returns the name of the target for messages. A stream needs no mention.
    pub fn name(&self) -> Option<String> {
        matches!(self.outlet, Outlet::File(_)).then(|| self.path.display().to_string())
    }

    fn spare(&self, location: &Location, key: Option<&Key>) -> Result<(), Error> {
        match location.spare_precious(key) {
            Err(vault::Error::Precious(Precious::SshKey)) if self.existing == Existing::OverwriteKeys => {
                Ok(())
            }
            result => result.map_err(|error| spared(self.path, error)),
        }
    }

    fn exists(&self) -> Error {
        Error::new(Failure::Conflict, format!("`{}` exists already and was left alone", self.path.display()))
            .hint("--overwrite replaces the file")
    }
}

/// Fails if a file is a vault, belongs to one, or is an identity.
pub fn spare(location: &Location, path: &Path, key: Option<&Key>) -> Result<(), Error> {
    location.spare_precious(key).map_err(|error| spared(path, error))
}

fn spared(path: &Path, error: vault::Error) -> Error {
    match error {
        vault::Error::Precious(precious) => Error::new(
            Failure::Conflict,
            format!("`{}` {precious}, which is never overwritten", path.display()),
        ),
        error => error.into(),
    }
}

/// Fails if a file belongs to the vault, or is that of an identity or a passphrase.
pub fn apart(settings: &Settings, location: &Location, path: &Path) -> Result<(), Error> {
    let refused = |what: &str| Err(Error::new(Failure::Conflict, format!("`{}` {what}", path.display())));
    match settings.terms.locate(settings.vault()?) {
        Ok(own) if own.is_ours(location).map_err(vault::Error::from)? => {
            return refused("belongs to the vault itself");
        }
        // without a folder there is no vault
        Ok(_) | Err(FileError::NotFound { .. }) => {}
        Err(error) => return Err(vault::Error::from(error).into()),
    }
    if settings.identities.iter().any(|identity| location.is_same_file(identity)) {
        return refused("is an identity file, which is never overwritten");
    }
    let is_passphrase = |source: &PassphraseSource| match source {
        PassphraseSource::File(file) => location.is_same_file(file),
        _ => false,
    };
    if settings.passphrase.iter().any(is_passphrase) {
        return refused("contains the passphrase of the vault, and is never overwritten");
    }
    Ok(())
}

/// Converts the result of a write to a stream. A reader that closes the stream early has had enough of it.
fn written(result: Result<(), FileError>) -> Result<(), Error> {
    match result {
        Err(FileError::Io { source, .. }) if source.kind() == std::io::ErrorKind::BrokenPipe => {
            Err(source.into())
        }
        result => Ok(result.map_err(vault::Error::from)?),
    }
}
