//! The descent of the vault of each commit from the vaults of its parents.

use std::collections::HashMap;
use std::path::Path;
use std::rc::Rc;

use credctl::disk::read_named;
use credctl::vault::{self, Descent, Distrust, GenerationDigest, Key, Pin, Sealed, Vault};
use uuid::Uuid;

use super::finding::{GitCheck, GitFinding};
use super::history;
use crate::cli::child;
use crate::cli::context::Context;
use crate::cli::error::{Error, Failure};
use crate::cli::git::WorkingTree;
use crate::cli::{shell_word, unlock};

/// The most revisions of a vault that are opened to follow a long line of generations.
const MOST: usize = 2000;

/// A commit to check, or what is staged for the next one.
pub struct CheckedCommit {
    /// The commit; none for what is staged.
    id: Option<String>,
    parents: Vec<String>,
}

/// The check of one vault in many commits.
pub struct CommitCheck<'a> {
    context: &'a Context,
    repository: &'a WorkingTree,
    name: &'a Path,
    key: Option<Rc<Key>>,
    descent: Descent,
    /// The revisions that were opened already, by their objects.
    seen: HashMap<String, SeenRevision>,
}

/// A revision of a vault, as far as a later one is judged by it.
#[derive(Clone)]
struct SeenRevision {
    digest: GenerationDigest,
    /// The vault and its pin; none if no key opens it, such as the one before a change of the recipients.
    opened: Option<(Uuid, Pin)>,
}

impl CheckedCommit {
    /// Returns the commits that the words of `git log` name.
    pub fn of_revisions(repository: &WorkingTree, revisions: &str) -> Result<Vec<Self>, Error> {
        let one = if revisions.contains("..") { "--topo-order" } else { "--max-count=1" };
        let words = ["rev-list", "--parents", one, "--end-of-options", revisions, "--"];
        let Some(answer) = repository.ask(words)? else {
            return Err(Error::new(Failure::NotFound, format!("git knows no commits `{revisions}`")));
        };
        let answer = String::from_utf8_lossy(&answer).into_owned();
        let commit = |line: &str| {
            let mut words = line.split_ascii_whitespace().map(str::to_owned);
            Some(Self { id: Some(words.next()?), parents: words.collect() })
        };
        Ok(answer.lines().filter_map(commit).collect())
    }

    /// Returns what is staged, with the commits that the next one will have as parents, and the one that is being
    /// picked.
    pub fn staged(repository: &WorkingTree) -> Result<Vec<Self>, Error> {
        let commit = |name: &str| {
            let name = format!("{name}^{{commit}}");
            repository.line(["rev-parse", "--verify", "--quiet", "--end-of-options", name.as_str()])
        };
        let mut parents: Vec<String> = commit("HEAD")?.into_iter().collect();
        // variables name the sides of a merge without conflicts, and a file those of a stopped merge
        let merged = read_named(&repository.git_folder.join("MERGE_HEAD"), 64 * 1024).unwrap_or_default();
        parents.extend(String::from_utf8_lossy(&merged).lines().map(str::to_owned));
        for side in child::sides_of_hook() {
            parents.extend(commit(&side)?);
        }
        parents.sort();
        parents.dedup();
        Ok(vec![Self { id: None, parents }])
    }

    /// Returns the commit as a message names it.
    fn shown(&self) -> String {
        self.id.as_deref().map_or_else(|| "what is staged".to_owned(), |id| format!("commit {}", short(id)))
    }
}

impl<'a> CommitCheck<'a> {
    /// Begins the check of a vault.
    pub fn new(context: &'a Context, repository: &'a WorkingTree, name: &'a Path) -> Self {
        Self { context, repository, name, key: None, descent: Descent::default(), seen: HashMap::new() }
    }

    /// Returns the findings about a commit. A commit that changes nothing of the vault of its parents is not looked
    /// into.
    pub fn findings(&mut self, commit: &CheckedCommit) -> Result<Vec<GitFinding>, Error> {
        let Some(object) = self.repository.object(commit.id.as_deref().unwrap_or_default(), self.name)?
        else {
            return Ok(Vec::new());
        };
        let mut parents = Vec::new();
        for parent in &commit.parents {
            if let Some(before) =
                self.repository.object(parent, self.name)?.filter(|before| *before != object)
            {
                parents.push((parent.as_str(), before));
            }
        }
        if parents.is_empty() && !commit.parents.is_empty() {
            return Ok(Vec::new());
        }
        let bytes = self.content(&object)?;
        let finding = |check, detail: String, command: String| {
            GitFinding::new(check, self.name, detail, command).of_commit(commit.id.as_deref())
        };
        let (shown, file) = (commit.shown(), self.name.display().to_string());
        if !Sealed::is_age(&bytes) {
            let command = format!("git rm --cached --quiet -- {}", shell_word::path(self.name));
            let detail = format!("`{file}` of {shown} is not encrypted");
            return Ok(vec![finding(GitCheck::Plaintext, detail, command)]);
        }
        if parents.is_empty() {
            return Ok(Vec::new());
        }
        let vault = match self.open(&bytes, true) {
            Ok(Some(vault)) => vault,
            Ok(None) => return Ok(Vec::new()),
            Err(error) if error.kind() == Failure::Damaged => {
                let command = format!(
                    "git restore --source={} -- {}",
                    short(parents[0].0),
                    shell_word::path(self.name)
                );
                let detail = format!("`{file}` of {shown} cannot be read: {}", error.detail());
                return Ok(vec![finding(GitCheck::Descent, detail, command)]);
            }
            Err(error) => return Err(error),
        };
        self.descent.note(&vault.lineage());
        let mut findings = Vec::new();
        for (parent, before) in &parents {
            let Some(before) = self.seen(before)? else { continue };
            findings.extend(self.judge(commit, &vault, parent, &before)?);
        }
        Ok(findings)
    }

    /// Judges the vault of a commit by that of one parent.
    fn judge(
        &mut self,
        commit: &CheckedCommit,
        vault: &Vault,
        parent: &str,
        before: &SeenRevision,
    ) -> Result<Option<GitFinding>, Error> {
        let (shown, file) = (commit.shown(), self.name.display().to_string());
        let (word, path) = (short(parent), shell_word::path(self.name));
        let finding = |check, detail: String, command: String| {
            Some(GitFinding::new(check, self.name, detail, command).of_commit(commit.id.as_deref()))
        };
        let back = format!("git restore --source={word} --staged --worktree -- {path}");
        let lineage = vault.lineage();
        if let Some((id, pin)) = &before.opened {
            if *id != vault.id() {
                let detail = format!("`{file}` of {shown} is another vault than that of {word}");
                return Ok(finding(GitCheck::Forgery, detail, back));
            }
            let reason = match pin.judge_checkout(&lineage) {
                Ok(()) => None,
                Err(Distrust::Unsigned { .. }) => Some("is not signed"),
                Err(Distrust::Stranger { .. }) => Some("is signed by somebody who is no signer there"),
                Err(_) => Some("has another secret of its readers"),
            };
            if let Some(reason) = reason {
                let detail = format!("`{file}` of {shown} {reason}, unlike that of {word}");
                return Ok(finding(GitCheck::Forgery, detail, back));
            }
        }
        let Some(digest) = lineage.digest else { return Ok(None) };
        let mut follows = self.descent.follows(digest, before.digest);
        if follows != Some(true) {
            // a commit between may tell
            self.follow_history(commit, parent)?;
            follows = self.descent.follows(digest, before.digest);
        }
        let is_merge = commit.parents.len() > 1;
        Ok(match follows {
            Some(true) => None,
            None if !is_merge => None,
            Some(false) if !is_merge => {
                let detail = format!(
                    "`{file}` of {shown} does not follow from that of {word}; credctl undo, rollback and merge make states that do"
                );
                finding(GitCheck::Descent, detail, back)
            }
            follows => {
                let what = if follows.is_some() { "does not follow" } else { "may not follow" };
                let detail = format!(
                    "`{file}` of {shown} {what} from that of {word}, so the changes of that side are lost"
                );
                let object = shell_word::quoted(&format!("{word}:{file}"));
                let other = shell_word::quoted(&format!("{file}.{word}"));
                let command = format!("git show {object} > {other} && credctl --vault {path} merge {other}");
                finding(GitCheck::Descent, detail, command)
            }
        })
    }

    /// Reads the first lines of the revisions before a commit.
    fn follow_history(&mut self, commit: &CheckedCommit, parent: &str) -> Result<(), Error> {
        let mut commits: Vec<&str> = commit.parents.iter().map(String::as_str).collect();
        commits.push(parent);
        for object in history::objects(self.repository, &commits, self.name)?.iter().take(MOST) {
            self.seen(object)?;
        }
        Ok(())
    }

    /// Looks at a revision. Returns `None` if it is no age file.
    fn seen(&mut self, object: &str) -> Result<Option<SeenRevision>, Error> {
        if let Some(seen) = self.seen.get(object) {
            return Ok(Some(seen.clone()));
        }
        let bytes = self.content(object)?;
        let Ok(sealed) = Sealed::in_memory(&bytes) else { return Ok(None) };
        let digest = sealed.digest();
        let opened = self.open(&bytes, false).ok().flatten().map(|vault| {
            self.descent.note(&vault.lineage());
            let mut pin = Pin::default();
            pin.see(&vault.lineage(), self.context.settings.terms.now);
            (vault.id(), pin)
        });
        let seen = SeenRevision { digest, opened };
        self.seen.insert(object.to_owned(), seen.clone());
        Ok(Some(seen))
    }

    /// Opens a revision. With `must`, fails if no key opens it, and may ask for one; else returns `None`.
    fn open(&mut self, bytes: &[u8], must: bool) -> Result<Option<Vault>, Error> {
        let sealed = || Sealed::in_memory(bytes).map_err(Error::from);
        if let Some(key) = &self.key {
            match Vault::open(sealed()?, key) {
                Ok(vault) => return Ok(Some(vault)),
                Err(vault::Error::Locked(_)) => {}
                Err(error) => return Err(error.into()),
            }
        }
        if !must {
            return Ok(None);
        }
        let key = Rc::new(unlock::key(self.context, &sealed()?)?);
        let vault = Vault::open(sealed()?, &key)?;
        self.key = Some(key);
        Ok(Some(vault))
    }

    fn content(&self, object: &str) -> Result<Vec<u8>, Error> {
        let missing = || Error::new(Failure::Io, format!("git has no content of the object {object}"));
        self.repository.content(object)?.ok_or_else(missing)
    }
}

/// Returns the beginning of the id of a commit, which is enough for people and for git.
fn short(commit: &str) -> &str {
    commit.get(..10).unwrap_or(commit)
}
