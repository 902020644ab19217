//! The repository of an address: its branch, the newest commit, and the push that replaces it. A push names the
//! commit that it replaces, and git refuses it if the branch has another one by then.

use credctl::remote::{EngineFailure, FailureKind};

use super::address::{GitAddress, GitTransport, is_branch};
use super::failure::{git_failure, harmless, never_connected};
use super::program::{GitInput, GitProgram};
use super::scratch::{ObjectFormat, ScratchLock, ScratchRepository, own_ref};

/// The branch of an empty repository.
const FIRST_BRANCH: &str = "main";
const HEADS: &str = "refs/heads/";
/// Programs of git for a repository on this machine. Its settings and hooks are those of everybody who can write
/// to its folder, so that they must run nothing.
const UPLOAD: &str = "--upload-pack=git -c core.hooksPath=/dev/null -c core.fsmonitor=false \
                      -c core.alternateRefsCommand=true upload-pack";
const RECEIVE: &str = "--receive-pack=git -c core.hooksPath=/dev/null -c core.fsmonitor=false \
                       -c core.alternateRefsCommand=true -c receive.denyCurrentBranch=refuse \
                       -c receive.autogc=false receive-pack";
/// Words in the reason of a refused push: another push was faster.
const RACES: [&str; 9] = [
    "stale info",
    "fetch first",
    "non-fast-forward",
    "already exists",
    "failed to update ref",
    "cannot lock ref",
    "failed to lock",
    "incorrect old value",
    "but expected",
];
/// Words in the reason of a push that needs a permission.
const PERMISSIONS: [&str; 6] =
    ["hook declined", "protected", "permission", "denied", "not allowed", "prohibited"];

/// A branch of the repository, as it was at one moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BranchTip {
    /// The name of the branch.
    pub branch: String,
    /// Its newest commit; `None` if the branch does not exist.
    pub commit: Option<String>,
}

impl BranchTip {
    /// Returns the form of its ids.
    pub fn format(&self) -> ObjectFormat {
        self.commit.as_deref().map_or(ObjectFormat::Sha1, ObjectFormat::of)
    }
}

/// The result of a push.
#[derive(Debug, PartialEq, Eq)]
pub enum PushResult {
    /// The branch has the commit.
    Accepted,
    /// The branch has another commit than expected. Nothing was stored.
    Stale(String),
    /// The answer was lost.
    Lost(EngineFailure),
}

/// The repository of an address.
#[derive(Debug)]
pub struct GitRemote {
    /// Its scratch repository.
    pub scratch: ScratchRepository,
    address: GitAddress,
}

impl GitRemote {
    /// Prepares the work with a repository. Does not connect to it.
    ///
    /// # Errors
    /// As [`ScratchRepository::new`].
    pub fn new(address: GitAddress) -> Result<Self, EngineFailure> {
        let scratch = ScratchRepository::new(GitProgram::new(address.transport), &address.url)?;
        Ok(Self { scratch, address })
    }

    /// Returns the path of the file in the repository.
    pub fn path(&self) -> &str {
        &self.address.path
    }

    /// Asks for the newest commit of the branch.
    ///
    /// # Errors
    /// If the repository cannot be read.
    pub fn look(&self) -> Result<BranchTip, EngineFailure> {
        let named = self.address.branch.as_deref();
        let of_branch = format!("{HEADS}{}", named.unwrap_or(FIRST_BRANCH));
        let mut words = vec!["ls-remote", "--quiet", "--symref"];
        words.extend(self.program(UPLOAD));
        words.extend(["--", &self.address.url, &of_branch]);
        if named.is_none() {
            words.push("HEAD");
        }
        let output = self.scratch.outside(&words)?;
        if !output.is_success {
            return Err(git_failure("git cannot read the repository", &output.messages));
        }
        let lines = String::from_utf8_lossy(&output.output);
        let lines: Vec<_> = lines.lines().filter_map(|line| line.split_once('\t')).collect();
        // names that only end so are listed, too
        let find = |name: &str| {
            let is_id =
                |id: &str| [40, 64].contains(&id.len()) && id.bytes().all(|byte| byte.is_ascii_hexdigit());
            let ids = lines.iter().filter(|(id, own)| *own == name && is_id(id));
            ids.map(|(id, _)| (*id).to_owned()).next()
        };
        let branch = match (named, find("HEAD")) {
            (Some(named), _) => named,
            (None, None) => FIRST_BRANCH,
            (None, Some(commit)) => {
                let targets = lines.iter().filter(|(_, own)| *own == "HEAD");
                let mut targets = targets.filter_map(|(target, _)| target.strip_prefix("ref: refs/heads/"));
                let branch = targets.next().filter(|branch| is_branch(branch)).ok_or_else(|| {
                    let text = "the repository has no default branch: name one with `?branch=NAME`";
                    EngineFailure::new(FailureKind::Refused, text)
                })?;
                return Ok(BranchTip { branch: branch.to_owned(), commit: Some(commit) });
            }
        };
        Ok(BranchTip { branch: branch.to_owned(), commit: find(&of_branch) })
    }

    /// Fetches the newest commits of a branch, and returns the newest; `None` if the branch does not exist any more.
    ///
    /// # Errors
    /// If the repository cannot be read.
    pub fn fetch(
        &self,
        lock: &ScratchLock,
        format: ObjectFormat,
        branch: &str,
        depth: u32,
    ) -> Result<Option<String>, EngineFailure> {
        let (depth, own) = (format!("--depth={depth}"), own_ref(branch));
        let refspec = format!("+{HEADS}{branch}:{own}");
        let mut words =
            vec!["fetch", "--quiet", "--no-tags", "--no-write-fetch-head", "--no-auto-maintenance"];
        words.extend(["--no-recurse-submodules", "--no-prune", "--refmap=", &depth]);
        words.extend(self.program(UPLOAD));
        words.extend(["--", &self.address.url, &refspec]);
        let output = self.scratch.inside(format, &words, lock.input()?)?;
        if output.is_success {
            return self.scratch.line(format, &["rev-parse", "--verify", &own], GitInput::Nothing).map(Some);
        }
        if output.messages.contains("couldn't find remote ref") {
            return Ok(None);
        }
        Err(git_failure("git cannot fetch from the repository", &output.messages))
    }

    /// Puts a commit in the place of the tip, if the branch still has that. With `is_trial` it only asks for the
    /// right to do so.
    ///
    /// # Errors
    /// If the repository refuses the push for another reason, or cannot be reached.
    pub fn push(
        &self,
        lock: &ScratchLock,
        tip: &BranchTip,
        commit: &str,
        is_trial: bool,
    ) -> Result<PushResult, EngineFailure> {
        let (format, branch) = (ObjectFormat::of(commit), &tip.branch);
        // no force: the commit follows the tip. This names the tip, so that no other commit is replaced
        let lease =
            format!("--force-with-lease={HEADS}{branch}:{}", tip.commit.as_deref().unwrap_or_default());
        let refspec = format!("{commit}:{HEADS}{branch}");
        let mut words = vec!["push", "--porcelain", "--no-verify", "--no-follow-tags", "--no-signed", &lease];
        words.push("--recurse-submodules=no");
        if is_trial {
            words.push("--dry-run");
        }
        words.extend(self.program(RECEIVE));
        words.extend(["--", &self.address.url, &refspec]);
        let output = self.scratch.inside(format, &words, lock.input()?)?;
        if output.is_success {
            return Ok(PushResult::Accepted);
        }
        let failure = git_failure("git cannot push to the repository", &output.messages);
        let reported = String::from_utf8_lossy(&output.output);
        match reported.lines().find_map(|line| line.strip_prefix("!\t")) {
            Some(line) if line.contains("[rejected]") || line.contains("[remote rejected]") => {
                refusal(line, &output.messages)
            }
            // without a line about the branch it is not known how far the push came
            Some(_) => Ok(PushResult::Lost(failure)),
            None if failure.kind != FailureKind::Unreachable || never_connected(&output.messages) => {
                Err(failure)
            }
            None => Ok(PushResult::Lost(failure)),
        }
    }

    /// Notes a commit as the newest one of a branch.
    ///
    /// # Errors
    /// As [`ScratchRepository::line`].
    pub fn note(&self, lock: &ScratchLock, branch: &str, commit: &str) -> Result<(), EngineFailure> {
        let own = own_ref(branch);
        let words = ["update-ref", "--", &own, commit];
        let output = self.scratch.inside(ObjectFormat::of(commit), &words, lock.input()?)?;
        if output.is_success {
            Ok(())
        } else {
            Err(git_failure("the commit cannot be noted", &output.messages))
        }
    }

    /// Returns the option for the program at the other end.
    fn program(&self, option: &'static str) -> Option<&'static str> {
        (self.address.transport == GitTransport::File).then_some(option)
    }
}

/// Returns the meaning of a refusal that git reports for the branch.
fn refusal(line: &str, messages: &str) -> Result<PushResult, EngineFailure> {
    let reason = line.rsplit_once('(').map_or("", |(_, reason)| reason.trim_end_matches(')'));
    let (reason, lower) = (harmless(reason), line.to_lowercase());
    let has = |signs: &[&str]| signs.iter().any(|sign| lower.contains(sign));
    if has(&RACES) {
        return Ok(PushResult::Stale(reason));
    }
    let may_not = has(&PERMISSIONS) || messages.to_lowercase().contains("permission");
    let kind = if may_not { FailureKind::Denied } else { FailureKind::Refused };
    Err(EngineFailure::new(kind, &format!("the repository refuses the push: {reason}")))
}

#[cfg(test)]
mod tests {
    use credctl::remote::FailureKind;

    use super::{PushResult, refusal};

    #[test]
    fn refused_pushes_are_races_or_final() {
        for line in [
            "c:refs/heads/main\t[rejected] (stale info)",
            "c:refs/heads/main\t[rejected] (fetch first)",
            "c:refs/heads/main\t[remote rejected] (failed to update ref)",
            "c:refs/heads/main\t[remote rejected] (cannot lock ref 'refs/heads/main': is at 1 but expected 2)",
            "c:refs/heads/main\t[remote rejected] (incorrect old value provided)",
        ] {
            assert!(matches!(refusal(line, ""), Ok(PushResult::Stale(_))), "{line}");
        }
        for (line, messages, kind) in [
            ("c:r\t[remote rejected] (pre-receive hook declined)", "", FailureKind::Denied),
            ("c:r\t[remote rejected] (protected branch hook declined)", "", FailureKind::Denied),
            (
                "c:r\t[remote rejected] (unpacker error)",
                "remote: insufficient permission",
                FailureKind::Denied,
            ),
            ("c:r\t[remote rejected] (branch is currently checked out)", "", FailureKind::Refused),
        ] {
            assert_eq!(refusal(line, messages).map_err(|failure| failure.kind), Err(kind), "{line}");
        }
    }
}
