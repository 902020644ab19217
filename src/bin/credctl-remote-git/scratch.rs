//! The scratch repository of an address: a bare repository in the cache folder, with the newest commit and nothing
//! that cannot be fetched again. One process works in it at a time.

use std::path::PathBuf;
use std::time::Duration;

use credctl::digest::ContentDigest;
use credctl::disk::{FileError, LockedState, StateFolder, remove_named};
use credctl::remote::{EngineFailure, FailureKind};

use super::environment::cache_folder;
use super::failure::git_failure;
use super::program::{GitInput, GitOutput, GitProgram};

/// The file that marks a complete repository, with its size in KiB when old commits were removed last.
const READY: &str = "credctl-ready";
/// The time to wait for other processes, each of which may wait for a server.
const PATIENCE: Duration = Duration::from_secs(120);
/// Locks that a killed git leaves, beside those of refs.
const LOCKS: [&str; 4] = ["HEAD.lock", "config.lock", "packed-refs.lock", "shallow.lock"];
/// The KiB by which a repository may grow before old commits are removed.
const ROOM: u64 = 16 * 1024;

/// A scratch repository that may not exist yet.
#[derive(Debug)]
pub struct ScratchRepository {
    git: GitProgram,
    root: PathBuf,
    name: String,
}

/// The form of the ids of a repository.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ObjectFormat {
    /// 40 digits.
    Sha1,
    /// 64 digits.
    Sha256,
}

impl ObjectFormat {
    /// Returns the format of an id.
    pub fn of(id: &str) -> Self {
        if id.len() == 64 { Self::Sha256 } else { Self::Sha1 }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Sha1 => "sha1",
            Self::Sha256 => "sha256",
        }
    }
}

/// The right to work in the scratch repository.
#[derive(Debug)]
pub struct ScratchLock(LockedState);

impl ScratchLock {
    /// Returns a handle of the lock as standard input, so that a git that outlives this process keeps it.
    ///
    /// # Errors
    /// [`FailureKind::Internal`].
    pub fn input(&self) -> Result<GitInput<'static>, EngineFailure> {
        let handle = self.0.handle().map_err(|error| internal(&error.to_string()))?;
        Ok(GitInput::Lock(handle))
    }
}

/// Returns the ref that keeps the newest known commit of a branch.
pub fn own_ref(branch: &str) -> String {
    format!("refs/credctl/{}", ContentDigest::of(branch.as_bytes()))
}

impl ScratchRepository {
    /// Finds the place of the scratch repository of a URL.
    ///
    /// # Errors
    /// [`FailureKind::Internal`] if there is no cache folder.
    pub fn new(git: GitProgram, url: &str) -> Result<Self, EngineFailure> {
        let no_home = || internal("neither XDG_CACHE_HOME nor HOME is an absolute path");
        let root = cache_folder().ok_or_else(no_home)?.join("credctl/git");
        drop(StateFolder::lock(&root).map_err(|error| cannot_use(&error))?);
        Ok(Self { git, root, name: ContentDigest::of(url.as_bytes()).to_string() })
    }

    fn path(&self, format: ObjectFormat) -> PathBuf {
        self.root.join(match format {
            ObjectFormat::Sha1 => self.name.clone(),
            ObjectFormat::Sha256 => format!("{}-{}", self.name, format.name()),
        })
    }

    /// Runs git without a repository.
    ///
    /// # Errors
    /// As [`GitProgram::run`].
    pub fn outside(&self, words: &[&str]) -> Result<GitOutput, EngineFailure> {
        self.git.run(&self.root, None, words, GitInput::Nothing)
    }

    /// Runs git on the scratch repository. Only a caller with the lock may change it.
    ///
    /// # Errors
    /// As [`GitProgram::run`].
    pub fn inside(
        &self,
        format: ObjectFormat,
        words: &[&str],
        input: GitInput<'_>,
    ) -> Result<GitOutput, EngineFailure> {
        self.git.run(&self.root, Some(&self.path(format)), words, input)
    }

    /// Runs git as [`Self::inside`], and returns the first line of its output.
    ///
    /// # Errors
    /// As [`GitProgram::run`]; also if git fails.
    pub fn line(
        &self,
        format: ObjectFormat,
        words: &[&str],
        input: GitInput<'_>,
    ) -> Result<String, EngineFailure> {
        let output = self.inside(format, words, input)?;
        let line = output.is_success.then(|| output.line()).flatten();
        line.ok_or_else(|| git_failure("the copy of the repository cannot be used", &output.messages))
    }

    /// Takes the right to work in the repository, and makes it if it is missing.
    ///
    /// # Errors
    /// [`FailureKind::Unreachable`] if another process works in it for long; [`FailureKind::Internal`].
    pub fn lock(&self, format: ObjectFormat, branch: &str) -> Result<ScratchLock, EngineFailure> {
        let path = self.path(format);
        let locked = StateFolder::lock_within(&path, PATIENCE).map_err(|error| cannot_use(&error))?;
        // the process that had the lock has ended, and so has every git that it started
        let of_ref = format!("{}.lock", own_ref(branch));
        for name in LOCKS.into_iter().chain([of_ref.as_str()]) {
            match remove_named(&path.join(name)) {
                Ok(()) | Err(FileError::NotFound { .. }) => {}
                Err(error) => return Err(cannot_use(&error)),
            }
        }
        let is_ready = locked.state().read(READY).map_err(|error| cannot_use(&error))?.is_some();
        let lock = ScratchLock(locked);
        if !is_ready {
            let format = format!("--object-format={}", format.name());
            let place = path.to_str().ok_or_else(|| internal("the cache folder is not UTF-8"))?;
            let words =
                ["init", "--quiet", "--bare", "--template=", "--initial-branch=main", &format, "--", place];
            let made = self.git.run(&self.root, None, &words, lock.input()?)?;
            if !made.is_success {
                return Err(git_failure("the copy of the repository cannot be made", &made.messages));
            }
            lock.0.write(READY, b"0", true).map_err(|error| cannot_use(&error))?;
        }
        Ok(lock)
    }

    /// Removes old commits from the repository if it has grown much since that was done last, and the files of killed
    /// gits. Every commit that is needed must have a ref.
    ///
    /// # Errors
    /// As [`GitProgram::run`].
    pub fn tidy(&self, format: ObjectFormat, lock: &ScratchLock) -> Result<(), EngineFailure> {
        let noted = lock.0.state().read(READY).map_err(|error| cannot_use(&error))?.unwrap_or_default();
        let before: u64 =
            std::str::from_utf8(&noted).ok().and_then(|size| size.parse().ok()).unwrap_or_default();
        let found = self.size(format)?;
        let has_grown = found.kib > before.saturating_mul(2).saturating_add(ROOM);
        if has_grown {
            // the newest commits become the first ones
            let words = ["for-each-ref", "--format=%(objectname)", "refs/credctl/"];
            let newest = self.inside(format, &words, GitInput::Nothing)?.output;
            lock.0.write("shallow", &newest, true).map_err(|error| cannot_use(&error))?;
            // a repository that stays large works, too
            let words = ["-c", "repack.writeBitmaps=false", "repack", "-a", "-d", "-q", "--window=0"];
            self.inside(format, &words, lock.input()?)?;
        }
        if has_grown || found.garbage > 0 {
            self.inside(format, &["prune", "--expire=now"], lock.input()?)?;
        }
        if has_grown {
            let size = self.size(format)?.kib.to_string();
            lock.0.write(READY, size.as_bytes(), false).map_err(|error| cannot_use(&error))?;
        }
        Ok(())
    }

    fn size(&self, format: ObjectFormat) -> Result<ScratchSize, EngineFailure> {
        let counted = self.inside(format, &["count-objects", "-v"], GitInput::Nothing)?;
        let counted = String::from_utf8_lossy(&counted.output).into_owned();
        let mut size = ScratchSize::default();
        for (name, count) in counted.lines().filter_map(|line| line.split_once(": ")) {
            let count = count.parse::<u64>().unwrap_or_default();
            match name {
                "size" | "size-pack" => size.kib += count,
                "garbage" => size.garbage += count,
                _ => {}
            }
        }
        Ok(size)
    }
}

/// The size of a scratch repository.
#[derive(Debug, Default)]
struct ScratchSize {
    /// The KiB of its objects.
    kib: u64,
    /// The number of files that belong to no object, such as those of killed gits.
    garbage: u64,
}

fn cannot_use(error: &FileError) -> EngineFailure {
    match error {
        FileError::LockTimeout { .. } => EngineFailure::new(
            FailureKind::Unreachable,
            "another process of the same user still waits for the repository",
        ),
        error => internal(&error.to_string()),
    }
}

fn internal(text: &str) -> EngineFailure {
    EngineFailure::new(FailureKind::Internal, text)
}
