//! The location of a vault: decided once, from a path, and not asked again while we work.

use std::ffi::{OsStr, OsString};
use std::fs::File;
use std::io::Read as _;
use std::os::unix::ffi::OsStrExt as _;
use std::path::{Path, PathBuf};
use std::rc::Rc;

use rustix::fs::{FileType, OFlags, Stat};
use zeroize::Zeroizing;

use super::companions::{backup_name, blob_of, lasting_names, lock_name, owner_name, pending_name};
use super::error::{Action, FileError, FileKind};
use super::folder::{Folder, same_file};
use super::upload::Upload;
use super::walk::{MAX_LINKS, require_own};

/// The most bytes that a vault may have: 256 MiB.
pub const MAX_SIZE: u64 = 256 * 1024 * 1024;

/// The treatment of a link that refers to an open file, such as `/proc/self/fd/5`.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Magic {
    /// A link that is followed to the path that it shows.
    Follow,
    /// A link that is the end of the way.
    Stop,
}

/// The location of a vault that is there, or is to be: its folder, opened once, and its name in it.
#[derive(Debug)]
pub struct Location {
    folder: Folder,
    name: OsString,
    path: PathBuf,
    /// The path as it was given, with all its links.
    given: PathBuf,
    /// The object whose working copy the file is, if it is one.
    upload: Option<Rc<dyn Upload>>,
}

impl Location {
    /// Finds the folder of a vault. The vault itself need not exist.
    ///
    /// If its name is a symbolic link, the vault is where the link leads, so that the link stays and
    /// all who come by different links meet the same lock. Links of the user and of root are
    /// followed, 40 at most; those of others are not, nor are they on the way to the folder.
    ///
    /// # Errors
    /// [`FileError::NotFound`] if the folder is missing, [`FileError::ForeignLink`],
    /// [`FileError::TooManyLinks`], [`FileError::NotRegular`] if the path names a folder by its form
    /// (`/`, `..`), [`FileError::Io`].
    pub fn resolve(path: &Path) -> Result<Self, FileError> {
        Self::resolve_with(path, Magic::Follow)
    }

    pub(super) fn resolve_with(path: &Path, magic: Magic) -> Result<Self, FileError> {
        let (parent, name) = split(path)?;
        Self::follow(path, Folder::open(parent)?, name.to_owned(), magic)
    }

    /// Finds the folder of a vault as [`Self::resolve`] does, but makes the missing folders of the path
    /// first, for the owner alone. Folders that only a symbolic link names are not made.
    ///
    /// # Errors
    /// As [`Self::resolve`].
    pub fn resolve_or_create(path: &Path) -> Result<Self, FileError> {
        let (parent, name) = split(path)?;
        Self::follow(path, Folder::make(parent)?, name.to_owned(), Magic::Follow)
    }

    fn follow(typed: &Path, mut folder: Folder, mut name: OsString, magic: Magic) -> Result<Self, FileError> {
        for _ in 0..=MAX_LINKS {
            match folder.stat(&name)? {
                Some(stat)
                    if FileType::from_raw_mode(stat.st_mode) == FileType::Symlink
                        && !(magic == Magic::Stop && folder.is_of_processes()) =>
                {
                    require_own(&folder, &name, &stat)?;
                }
                _ => {
                    let path = folder.path_of(&name);
                    return Ok(Self { folder, name, path, given: typed.to_owned(), upload: None });
                }
            }
            let target = folder.read_link(&name)?;
            let (parent, target_name) = split(&target)?;
            if !parent.as_os_str().is_empty() {
                folder = folder.open_from(parent)?;
            }
            target_name.clone_into(&mut name);
        }
        Err(FileError::TooManyLinks { path: typed.to_owned() })
    }

    /// Makes the file the working copy of an object: each generation is stored there before it is in place here.
    #[must_use]
    pub fn with_upload(self, upload: Rc<dyn Upload>) -> Self {
        Self { upload: Some(upload), ..self }
    }

    /// Finds the same location once more.
    ///
    /// # Errors
    /// As [`Self::resolve`].
    pub fn again(&self) -> Result<Self, FileError> {
        Ok(Self { upload: self.upload.clone(), ..Self::resolve(&self.path)? })
    }

    /// Returns the object whose working copy the file is, if it is one.
    #[must_use]
    pub fn upload(&self) -> Option<&Rc<dyn Upload>> {
        self.upload.as_ref()
    }

    /// Returns the name by which people know the vault: its path, or the address of the object whose working copy it
    /// is.
    #[must_use]
    pub fn shown(&self) -> &Path {
        self.upload.as_ref().map_or(&self.path, |upload| Path::new(upload.address()))
    }

    /// Returns the path of the vault itself, behind all symbolic links of its name.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Returns the paths from the root by which this machine knows the vault: the one that is free of links, and the
    /// one as it was given, if that is another one. A link or a folder in the place of another changes the first
    /// path, and not the second one. A path that cannot be found is left out.
    #[must_use]
    pub fn known_paths(&self) -> Vec<PathBuf> {
        if let Some(upload) = &self.upload {
            // the working copy may move, and the object stays
            return vec![PathBuf::from(upload.address())];
        }
        let mut paths: Vec<PathBuf> =
            self.absolute().into_iter().chain(std::path::absolute(&self.given)).collect();
        paths.dedup();
        paths
    }

    /// Returns the path from the root, free of links and `..`.
    ///
    /// # Errors
    /// [`FileError::NotFound`], [`FileError::Io`].
    pub fn absolute(&self) -> Result<PathBuf, FileError> {
        let parent = self.path.parent().filter(|parent| !parent.as_os_str().is_empty());
        let parent = parent.unwrap_or(Path::new("."));
        let parent =
            std::fs::canonicalize(parent).map_err(|error| FileError::io(Action::Inspect, parent, error))?;
        Ok(parent.join(&self.name))
    }

    /// Opens the vault for reading. Needs no lock: what is opened is one complete generation, and
    /// stays so.
    ///
    /// # Errors
    /// [`FileError::NotFound`], [`FileError::NotRegular`], [`FileError::TooLarge`] beyond
    /// [`MAX_SIZE`], [`FileError::Io`].
    pub fn open(&self) -> Result<File, FileError> {
        self.open_named(&self.name)
    }

    /// Returns true if an open file is the vault, and not a generation that was replaced since it was opened.
    ///
    /// # Errors
    /// [`FileError::Io`].
    pub fn is_current(&self, file: &File) -> Result<bool, FileError> {
        self.folder.is_named(&self.name, file)
    }

    pub(super) fn open_named(&self, name: &OsStr) -> Result<File, FileError> {
        let file = self.folder.open_regular(name, OFlags::RDONLY)?;
        let path = || self.folder.path_of(name);
        let size = file.metadata().map_err(|error| FileError::io(Action::Inspect, path(), error))?.len();
        if size > MAX_SIZE {
            return Err(FileError::TooLarge { path: path(), limit: MAX_SIZE });
        }
        Ok(file)
    }

    /// Returns true if a path leads to the vault or to a file that belongs to it.
    ///
    /// # Errors
    /// [`FileError::Io`].
    pub fn is_ours(&self, other: &Self) -> Result<bool, FileError> {
        let own = &self.name;
        let names = [own.clone(), backup_name(own), lock_name(own), pending_name(own)];
        if self.folder.is_same(&other.folder)? {
            return Ok(names.contains(&other.name));
        }
        match self.blobs() {
            Ok(Some(blobs)) => blobs.holds(other),
            // where no folder can be opened, nothing of ours is inside
            _ => Ok(false),
        }
    }

    /// Returns true if there is anything of the vault's name, be it a vault or not.
    ///
    /// # Errors
    /// [`FileError::Io`].
    pub fn exists(&self) -> Result<bool, FileError> {
        Ok(self.folder.stat(&self.name)?.is_some())
    }

    /// Returns true if there are files beside the vault that only a vault has: `NAME.lock`, `NAME.bak`.
    ///
    /// # Errors
    /// [`FileError::Io`].
    pub fn has_companions(&self) -> Result<bool, FileError> {
        for name in lasting_names(&self.name) {
            if self.folder.stat(&name)?.is_some() {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Returns the paths of the vault and of its backup, as far as they are there, with the time in seconds
    /// since 1970 at which each was changed.
    ///
    /// # Errors
    /// [`FileError::Io`].
    pub fn times(&self) -> Result<Vec<(PathBuf, i64)>, FileError> {
        let mut times = Vec::new();
        for name in [self.name.clone(), backup_name(&self.name)] {
            if let Some(stat) = self.folder.stat(&name)? {
                times.push((self.folder.path_of(&name), stat.st_mtime));
            }
        }
        Ok(times)
    }

    /// Returns the path of the backup, which may be missing.
    #[must_use]
    pub fn backup(&self) -> PathBuf {
        self.folder.path_of(&backup_name(&self.name))
    }

    /// Returns the path of the lock, which may be missing.
    #[must_use]
    pub fn lock_file(&self) -> PathBuf {
        self.folder.path_of(&lock_name(&self.name))
    }

    /// Finds the file whose backup or lock this is by its name, if there is one.
    ///
    /// # Errors
    /// [`FileError::Io`].
    pub fn belongs_to(&self) -> Result<Option<Self>, FileError> {
        if blob_of(&self.name).is_some() {
            return self.blob_owner();
        }
        let Some(name) = owner_name(&self.name) else { return Ok(None) };
        let is_file = |stat: &Stat| FileType::from_raw_mode(stat.st_mode) == FileType::RegularFile;
        if !self.folder.stat(name)?.is_some_and(|stat| is_file(&stat)) {
            return Ok(None);
        }
        let folder = self.folder.open_from(Path::new("."))?;
        let path = self.folder.path_of(name);
        Ok(Some(Self { folder, name: name.to_owned(), given: path.clone(), path, upload: None }))
    }

    /// Finds the file whose folder of blobs this file is in, if it has the name of a blob.
    fn blob_owner(&self) -> Result<Option<Self>, FileError> {
        let path = self.absolute()?;
        let owner = path.parent().and_then(|folder| folder.as_os_str().as_bytes().strip_suffix(b".d"));
        let Some(owner) = owner else { return Ok(None) };
        let owner = Self::resolve(Path::new(OsStr::from_bytes(owner)))?;
        Ok(Some(owner).filter(|owner| owner.folder.stat_regular(&owner.name).is_ok()))
    }

    /// Reads the first bytes of the file, `length` at most; `None` if there is no file.
    ///
    /// # Errors
    /// As [`Self::open`].
    pub fn read_start(&self, length: usize) -> Result<Option<Zeroizing<Vec<u8>>>, FileError> {
        let file = match self.folder.open_regular(&self.name, OFlags::RDONLY) {
            Err(FileError::NotFound { .. }) => return Ok(None),
            file => file?,
        };
        let mut start = Zeroizing::new(Vec::with_capacity(length));
        let read = file.take(length as u64).read_to_end(&mut start);
        read.map_err(|error| FileError::io(Action::Read, &self.path, error))?;
        Ok(Some(start))
    }

    /// Returns true if a path leads to this file, by whatever name.
    #[must_use]
    pub fn is_same_file(&self, path: &Path) -> bool {
        let own = self.folder.stat(&self.name).ok().flatten();
        own.is_some_and(|own| rustix::fs::stat(path).is_ok_and(|other| same_file(&own, &other)))
    }

    pub(super) fn folder(&self) -> &Folder {
        &self.folder
    }

    pub(super) fn name(&self) -> &OsStr {
        &self.name
    }
}

/// Splits a path into the folder and the name in it. A path without a name (`/`, `..`) is a folder and is
/// refused.
pub(super) fn split(path: &Path) -> Result<(&Path, &OsStr), FileError> {
    match (path.parent(), path.file_name()) {
        (Some(parent), Some(name)) => Ok((parent, name)),
        _ if path.as_os_str().is_empty() => Err(FileError::NotFound { path: path.to_owned() }),
        _ => Err(FileError::NotRegular { path: path.to_owned(), what: FileKind::Folder }),
    }
}
