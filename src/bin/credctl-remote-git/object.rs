//! A file on a branch as an object of the protocol: its tag, its content, and the attempts of a change.

use std::thread;
use std::time::Duration;

use credctl::random;
use credctl::remote::{
    EngineFailure, FailureKind, Fetched, MAX_OBJECT, Probed, PutCondition, Ranged, RemoteObject, Stored,
};

use super::address::GitAddress;
use super::change::{CommitWriter, FileChange, FileChanged};
use super::failure::git_failure;
use super::program::GitInput;
use super::remote::{BranchTip, GitRemote, PushResult};
use super::scratch::{ObjectFormat, ScratchLock};
use super::settling::{Settled, push_until_known};
use super::tree::blob_at;

/// The attempts to push, each on a newer commit.
const ATTEMPTS: u32 = 10;

/// Opens the object at an address.
///
/// # Errors
/// [`FailureKind::Refused`] for a wrong address; [`FailureKind::Internal`] without a cache folder.
pub fn open(address: &str) -> Result<Box<dyn RemoteObject>, EngineFailure> {
    let remote = GitRemote::new(GitAddress::parse(address)?)?;
    Ok(Box::new(GitObject { remote, known: None, content: None, commits: CommitWriter::default() }))
}

/// A file on a branch. Its tag is the id of its blob.
struct GitObject {
    remote: GitRemote,
    /// The tip that the last request found or made.
    known: Option<BranchTip>,
    /// The last content and its tag.
    content: Option<(String, Vec<u8>)>,
    commits: CommitWriter,
}

/// The file at a tip.
struct TipFile {
    tip: BranchTip,
    blob: Option<String>,
}

impl RemoteObject for GitObject {
    fn get(&mut self, unless: Option<&str>) -> Result<Fetched, EngineFailure> {
        let Some(tag) = self.newest(unless)? else { return Ok(Fetched::Absent) };
        if unless == Some(tag.as_str()) {
            return Ok(Fetched::Unchanged);
        }
        let content = self.content_of(&tag)?.to_vec();
        Ok(Fetched::Found { tag, content })
    }

    fn range(&mut self, wanted: Option<&str>, start: u64, count: u64) -> Result<Ranged, EngineFailure> {
        let Some(tag) = self.newest(None)? else { return Ok(Ranged::Absent) };
        if wanted.is_some_and(|wanted| wanted != tag) {
            return Ok(Ranged::Changed);
        }
        let content = self.content_of(&tag)?;
        Ok(Ranged::of_whole(tag, content, start, count))
    }

    fn put(&mut self, condition: PutCondition<'_>, content: Vec<u8>) -> Result<Stored, EngineFailure> {
        if content.len() as u64 > MAX_OBJECT {
            return Err(EngineFailure::new(FailureKind::Refused, "the content is larger than 256 MiB"));
        }
        match self.change(FileChange::Write(condition, &content))? {
            FileChanged::Done(Some(tag)) => {
                self.content = Some((tag.clone(), content));
                Ok(Stored::Stored { tag })
            }
            FileChanged::Done(None) | FileChanged::Unmet => Ok(Stored::Changed),
            FileChanged::Unknown(text) => Ok(Stored::unknown(&text)),
        }
    }

    fn probe(&mut self) -> Result<Probed, EngineFailure> {
        // each push names the commit that it replaces: the condition is a part of git's own protocol, which no server
        // leaves out. What may be missing is the right to push
        let tip = self.remote.look()?;
        let (lock, version) = self.version(&tip)?;
        let blob = self.blob(&version.tip, b"probe\n")?;
        let path = format!("{}.probe", self.remote.path());
        let commit = self.commits.write(&self.remote.scratch, &version.tip, &path, Some(&blob))?;
        match self.remote.push(&lock, &version.tip, &commit, true)? {
            // somebody else may write at the same time, which is no fault
            PushResult::Accepted | PushResult::Stale(_) => Ok(Probed::Sound),
            PushResult::Lost(failure) => Err(failure),
        }
    }

    fn delete(&mut self) -> Result<(), EngineFailure> {
        match self.change(FileChange::Remove)? {
            FileChanged::Done(_) | FileChanged::Unmet => Ok(()),
            FileChanged::Unknown(text) => Err(EngineFailure::new(FailureKind::Unreachable, &text)),
        }
    }
}

impl GitObject {
    /// Makes a change on top of the newest commit, and again on a newer one if another push was faster.
    fn change(&mut self, change: FileChange<'_>) -> Result<FileChanged, EngineFailure> {
        let mut reason = String::new();
        for attempt in 0..ATTEMPTS {
            pause(attempt)?;
            let (lock, TipFile { tip, blob: old }) = self.expected(change)?;
            if !change.can_follow(old.as_deref()) {
                return Ok(FileChanged::Unmet);
            }
            let blob = change.content().map(|content| self.blob(&tip, content)).transpose()?;
            if blob == old {
                return Ok(FileChanged::Done(blob));
            }
            let commit =
                self.commits.write(&self.remote.scratch, &tip, self.remote.path(), blob.as_deref())?;
            match push_until_known(&self.remote, &lock, &tip, &commit, blob.as_deref())? {
                Settled::Stored => {
                    self.note(&lock, &tip, &commit);
                    self.known = Some(BranchTip { branch: tip.branch, commit: Some(commit) });
                    return Ok(FileChanged::Done(blob));
                }
                Settled::Unknown(text) => return Ok(FileChanged::Unknown(text)),
                Settled::Stale(why) => reason = why,
            }
            // the next attempt begins with a look at the repository
            self.known = None;
        }
        let tip = self.remote.look()?;
        if !change.can_follow(self.version(&tip)?.1.blob.as_deref()) {
            return Ok(FileChanged::Unmet);
        }
        let text = format!("the repository refused {ATTEMPTS} pushes: {reason}");
        Err(EngineFailure::new(FailureKind::Unreachable, &text))
    }

    /// Asks for the newest tag, and has its content afterwards unless the caller has it; `None` if there is no file.
    fn newest(&mut self, unless: Option<&str>) -> Result<Option<String>, EngineFailure> {
        let tip = self.remote.look()?;
        self.known = Some(tip.clone());
        let Some(commit) = &tip.commit else { return Ok(None) };
        let has = |tag: &str| unless == Some(tag) || self.content.as_ref().is_some_and(|(own, _)| own == tag);
        // without the lock, which others may have while they wait for the server
        match blob_at(&self.remote.scratch, commit, self.remote.path()) {
            Ok(Some(tag)) if has(&tag) => return Ok(Some(tag)),
            Ok(None) => return Ok(None),
            Err(Some(failure)) => return Err(failure),
            Ok(Some(_)) | Err(None) => {}
        }
        let (_lock, version) = self.version(&tip)?;
        let Some(tag) = version.blob else { return Ok(None) };
        if unless != Some(tag.as_str()) {
            let words = ["cat-file", "blob", &tag];
            let output = self.remote.scratch.inside(ObjectFormat::of(&tag), &words, GitInput::Nothing)?;
            if !output.is_success {
                return Err(git_failure("the file cannot be read", &output.messages));
            }
            self.content = Some((tag.clone(), output.output));
        }
        Ok(Some(tag))
    }

    /// Returns the content that [`Self::newest`] found.
    fn content_of(&self, tag: &str) -> Result<&[u8], EngineFailure> {
        let content = self.content.as_ref().filter(|(own, _)| own == tag);
        content.map(|(_, content)| content.as_slice()).ok_or_else(incomplete)
    }

    /// Takes the lock, and finds the file at a tip, or at a newer one that it fetches.
    fn version(&mut self, tip: &BranchTip) -> Result<(ScratchLock, TipFile), EngineFailure> {
        let (mut tip, mut blob, format) = (tip.clone(), None, tip.format());
        let lock = self.remote.scratch.lock(format, &tip.branch)?;
        if let Some(commit) = &tip.commit {
            let path = self.remote.path();
            match blob_at(&self.remote.scratch, commit, path) {
                Ok(found) => blob = found,
                Err(Some(failure)) => return Err(failure),
                Err(None) => {
                    tip.commit = self.remote.fetch(&lock, format, &tip.branch, 1)?;
                    if let Some(commit) = &tip.commit {
                        let found = blob_at(&self.remote.scratch, commit, path);
                        blob = found.map_err(|failure| failure.unwrap_or_else(incomplete))?;
                        self.remote.scratch.tidy(format, &lock)?;
                    }
                }
            }
        }
        self.known = Some(tip.clone());
        Ok((lock, TipFile { tip, blob }))
    }

    /// Takes the lock, and finds the version that a change is for. If it can follow the last known one, that is it:
    /// the push finds out if it is still there.
    fn expected(&mut self, change: FileChange<'_>) -> Result<(ScratchLock, TipFile), EngineFailure> {
        if let Some(tip) = self.known.take() {
            let (lock, version) = self.version(&tip)?;
            if change.can_follow(version.blob.as_deref()) {
                return Ok((lock, version));
            }
        }
        let tip = self.remote.look()?;
        self.version(&tip)
    }

    /// Writes a blob into the scratch repository.
    fn blob(&self, tip: &BranchTip, content: &[u8]) -> Result<String, EngineFailure> {
        let words = ["hash-object", "-t", "blob", "-w", "--stdin"];
        self.remote.scratch.line(tip.format(), &words, GitInput::Bytes(content))
    }

    /// Notes a stored commit. If that fails, the next request fetches it, which is no reason to doubt that it is
    /// stored.
    fn note(&self, lock: &ScratchLock, tip: &BranchTip, commit: &str) {
        let noted = self.remote.note(lock, &tip.branch, commit);
        drop(noted.and_then(|()| self.remote.scratch.tidy(tip.format(), lock)));
    }
}

/// Waits before an attempt: not at all before the first one, then longer and differently long in each process.
fn pause(attempt: u32) -> Result<(), EngineFailure> {
    if attempt > 0 {
        let mut bytes = [0; 2];
        random::fill(&mut bytes)
            .map_err(|error| EngineFailure::new(FailureKind::Internal, &error.to_string()))?;
        let share = u64::from(u16::from_le_bytes(bytes)) % (u64::from(attempt) * 60);
        thread::sleep(Duration::from_millis(10 + share));
    }
    Ok(())
}

fn incomplete() -> EngineFailure {
    EngineFailure::new(FailureKind::Internal, "the copy of the repository is incomplete")
}
