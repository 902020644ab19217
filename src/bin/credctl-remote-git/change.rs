//! A change of the file, and the commit that makes it: its tree, its message and its author.

use credctl::remote::{EngineFailure, PutCondition};

use super::program::GitInput;
use super::remote::BranchTip;
use super::scratch::ScratchRepository;
use super::tree::tree_with;

/// The author of commits where git knows none.
const AUTHOR: [&str; 4] = ["-c", "user.name=credctl", "-c", "user.email=credctl@localhost"];

/// A change of the file.
#[derive(Debug, Clone, Copy)]
pub enum FileChange<'a> {
    /// A content in the place of the one that meets the condition.
    Write(PutCondition<'a>, &'a [u8]),
    /// No file, whatever it contains.
    Remove,
}

impl<'a> FileChange<'a> {
    /// Returns true if the change can be made where the file has this blob, or is absent.
    pub fn can_follow(self, blob: Option<&str>) -> bool {
        match self {
            Self::Write(condition, _) => blob == condition.tag(),
            Self::Remove => blob.is_some(),
        }
    }

    /// Returns the new content; `None` if there is no file afterwards.
    pub fn content(self) -> Option<&'a [u8]> {
        match self {
            Self::Write(_, content) => Some(content),
            Self::Remove => None,
        }
    }
}

/// The result of a change.
#[derive(Debug)]
pub enum FileChanged {
    /// The change is in the branch. The file has this blob, or is gone.
    Done(Option<String>),
    /// The newest version of the file is another one than the change is for.
    Unmet,
    /// The change may be in the branch.
    Unknown(String),
}

/// The writer of commits.
#[derive(Debug, Default)]
pub struct CommitWriter {
    /// True if git knows the author of commits; `None` before it was asked.
    has_author: Option<bool>,
}

impl CommitWriter {
    /// Writes the commit that follows a tip and has a blob at a path, or no file without a blob.
    ///
    /// # Errors
    /// As [`tree_with`].
    pub fn write(
        &mut self,
        scratch: &ScratchRepository,
        tip: &BranchTip,
        path: &str,
        blob: Option<&str>,
    ) -> Result<String, EngineFailure> {
        let format = tip.format();
        let root = tip.commit.as_ref().map(|commit| format!("{commit}^{{tree}}"));
        let tree = tree_with(scratch, format, root.as_deref(), path, blob)?;
        let is_known = |name: &str| {
            scratch.inside(format, &["var", name], GitInput::Nothing).is_ok_and(|run| run.is_success)
        };
        let has_author = self
            .has_author
            .unwrap_or_else(|| is_known("GIT_AUTHOR_IDENT") && is_known("GIT_COMMITTER_IDENT"));
        self.has_author = Some(has_author);
        let mut words = if has_author { Vec::new() } else { AUTHOR.to_vec() };
        let message = format!("{} {path}", if blob.is_some() { "Write" } else { "Remove" });
        words.extend(["commit-tree", &tree, "-m", &message]);
        if let Some(parent) = &tip.commit {
            words.extend(["-p", parent]);
        }
        scratch.line(format, &words, GitInput::Nothing)
    }
}
