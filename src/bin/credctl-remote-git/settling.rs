//! A push until its result is known. If its answer is lost, the repository tells what became of it.

use std::thread::sleep;
use std::time::Duration;

use credctl::remote::EngineFailure;

use super::program::GitInput;
use super::remote::{BranchTip, GitRemote, PushResult};
use super::scratch::{ObjectFormat, ScratchLock};
use super::tree::blob_at;

/// The pushes of one commit whose answers may get lost.
const ATTEMPTS: u32 = 3;
/// The pauses before another look at a repository that does not answer, such as while its server starts again.
const PAUSES: [Duration; 2] = [Duration::from_millis(500), Duration::from_secs(2)];
/// The commits that are searched for one whose push got no answer.
const DEPTH: u32 = 200;

/// The known result of a push, or that it cannot be known.
#[derive(Debug)]
pub enum Settled {
    /// The commit is in the branch, or was and has been replaced by another writer; or the file is as it leaves it.
    Stored,
    /// Another push was faster. Nothing was stored.
    Stale(String),
    /// The commit may be stored.
    Unknown(String),
}

/// Pushes a commit in the place of a tip. It leaves the file with this blob, or removes it.
///
/// # Errors
/// As [`GitRemote::push`].
pub fn push_until_known(
    remote: &GitRemote,
    lock: &ScratchLock,
    tip: &BranchTip,
    commit: &str,
    blob: Option<&str>,
) -> Result<Settled, EngineFailure> {
    let mut lost = String::new();
    for attempt in 0..ATTEMPTS {
        match remote.push(lock, tip, commit, false) {
            Ok(PushResult::Accepted) => return Ok(Settled::Stored),
            // the first push of this very commit may have arrived late
            Ok(PushResult::Stale(reason)) if attempt == 0 => return Ok(Settled::Stale(reason)),
            Ok(PushResult::Stale(reason)) => lost = reason,
            Ok(PushResult::Lost(failure)) => lost = failure.text,
            Err(failure) if attempt == 0 => return Err(failure),
            Err(failure) => lost = failure.text,
        }
        let mut pauses = PAUSES.into_iter();
        let fate = loop {
            match (fate(remote, lock, tip, commit, blob), pauses.next()) {
                (Fate::Unknown, Some(pause)) => sleep(pause),
                (fate, _) => break fate,
            }
        };
        match fate {
            Fate::Stored => return Ok(Settled::Stored),
            Fate::Passed => return Ok(Settled::Stale(lost)),
            Fate::Unknown => break,
            // the same commit once more: if the first push still arrives, git refuses one of both
            Fate::Waiting => {}
        }
    }
    Ok(Settled::Unknown(format!("the answer to the push was lost: {lost}")))
}

/// The state of a branch after a push without an answer.
enum Fate {
    /// It has the commit.
    Stored,
    /// It still has the tip from before.
    Waiting,
    /// Others replaced that tip, so that this commit cannot follow it any more.
    Passed,
    /// It is not known.
    Unknown,
}

fn fate(remote: &GitRemote, lock: &ScratchLock, old: &BranchTip, commit: &str, blob: Option<&str>) -> Fate {
    let Ok(tip) = remote.look() else { return Fate::Unknown };
    if tip.commit.as_deref() == Some(commit) {
        return Fate::Stored;
    }
    if tip == *old {
        return Fate::Waiting;
    }
    let format = ObjectFormat::of(commit);
    let Ok(Some(newest)) = remote.fetch(lock, format, &tip.branch, DEPTH) else { return Fate::Unknown };
    if blob_at(&remote.scratch, &newest, remote.path()).is_ok_and(|found| found.as_deref() == blob) {
        return Fate::Stored;
    }
    // another commit came afterwards: on top of this one, or in its place
    let listed = remote.scratch.inside(format, &["rev-list", &newest], GitInput::Nothing);
    let listed =
        listed.map(|listed| String::from_utf8_lossy(&listed.output).into_owned()).unwrap_or_default();
    let has = |wanted: &str| listed.lines().any(|own| own == wanted);
    if has(commit) {
        Fate::Stored
    } else if old.commit.as_deref().is_some_and(has) {
        Fate::Passed
    } else {
        Fate::Unknown
    }
}
