//! `git check`: finds commits that lost a side of a vault, plaintext in the repository, and files that git must not
//! track.

mod commits;
mod finding;
mod history;
mod traces;

use std::path::{Path, PathBuf};

use credctl::value::{Object, Value};

use crate::cli::child::GitCaller;
use crate::cli::context::{Context, Origin};
use crate::cli::error::{Error, Failure};
use crate::cli::git::WorkingTree;
use crate::cli::output::{self, Columns};

use commits::{CheckedCommit, CommitCheck};
use finding::GitFinding;

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Checks:
  descent    a commit whose vault does not follow from that of each parent: a
             merge kept one side, or an older state was put back
  forgery    another vault in the place of the vault, another secret of its
             readers, or a signature of somebody who is no signer
  plaintext  a vault that is not encrypted; notes of git with its text
  tracked    a backup, a lock or a draft of a vault

The vaults are those with merge=credctl or diff=credctl in .gitattributes, and
the vault in use if it is in the repository. No driver is needed, so that a job
of a forge finds what a merge on the server did. The vault must open, except
where no commit changes it. It ends with 0 if it finds nothing, else with 8.

Examples:
  credctl git check                         the commit that is checked out
  credctl git check origin/main..HEAD       each commit of a branch
  credctl git check --staged                what the next commit has, for a hook")]
pub struct Args {
    /// The commits to check, as `git log` names them [default: HEAD]
    #[arg(value_name = "REVISIONS", conflicts_with = "staged")]
    revisions: Option<String>,
    /// Check what is staged for the next commit
    #[arg(long)]
    staged: bool,
}

pub fn run(context: &Context, args: &Args) -> Result<(), Error> {
    let repository = repository(context, args.staged)?;
    let vaults = vaults(context, &repository)?;
    if vaults.is_empty() && !args.staged {
        return Err(Error::new(Failure::NotFound, "this repository has no vault that git knows as one")
            .hint("`credctl --vault FILE git setup` marks the vault"));
    }
    let commits = if args.staged {
        CheckedCommit::staged(&repository)?
    } else {
        CheckedCommit::of_revisions(&repository, args.revisions.as_deref().unwrap_or("HEAD"))?
    };
    let mut findings = Vec::new();
    for name in &vaults {
        findings.extend(traces::findings(&repository, name)?);
    }
    for name in &vaults {
        let mut check = CommitCheck::new(context, &repository, name);
        for commit in &commits {
            findings.extend(check.findings(commit)?);
        }
    }
    // a hook says nothing where nothing is wrong
    if !(args.staged && findings.is_empty() && output::is_for_people(&context.settings)) {
        print(context, &vaults, commits.len(), &findings)?;
    }
    match findings.len() {
        0 => Ok(()),
        1 => Err(Error::new(Failure::Partial, "1 problem was found")),
        count => Err(Error::new(Failure::Partial, format!("{count} problems were found"))),
    }
}

/// Finds the repository: that of a vault that the command line names, else that of the folder in which credctl runs.
fn repository(context: &Context, staged: bool) -> Result<WorkingTree, Error> {
    let here = Path::new(".");
    if staged {
        let found = WorkingTree::around(here, GitCaller::Hook)?;
        return found.ok_or_else(|| Error::new(Failure::NotFound, "credctl runs in no git repository"));
    }
    let of_vault = context.settings.vault().ok().and_then(Path::parent);
    let is_named = matches!(context.settings.origins.vault, Origin::Flag(_));
    let folders = if is_named { [of_vault, Some(here)] } else { [Some(here), of_vault] };
    for folder in
        folders.into_iter().flatten().filter(|folder| folder.as_os_str().is_empty() || folder.is_dir())
    {
        if let Some(found) = WorkingTree::around(folder, GitCaller::Operator)? {
            return Ok(found);
        }
    }
    Err(Error::new(Failure::NotFound, "credctl runs in no git repository, and the vault is in none"))
}

/// Returns the names of the vaults in a repository.
fn vaults(context: &Context, repository: &WorkingTree) -> Result<Vec<PathBuf>, Error> {
    let mut names = repository.marked("merge", "credctl")?;
    names.extend(repository.marked("diff", "credctl")?);
    let in_use = || {
        let location = context.settings.location().ok()?;
        repository.name_of(&location.absolute().ok()?).map(Path::to_owned)
    };
    names.extend(in_use());
    names.sort();
    names.dedup();
    Ok(names)
}

fn print(
    context: &Context,
    vaults: &[PathBuf],
    commits: usize,
    findings: &[GitFinding],
) -> Result<(), Error> {
    let Context { settings, ui, .. } = context;
    if output::is_for_people(settings) {
        if findings.is_empty() {
            let count =
                |count: usize, what: &str| format!("{count} {what}{}", if count == 1 { "" } else { "s" });
            let (vaults, commits) = (count(vaults.len(), "vault"), count(commits, "commit"));
            return output::text(&format!("{vaults} in {commits} checked, no problems were found\n"));
        }
        let mut text = String::new();
        for finding in findings {
            let (check, detail, command) = finding.parts();
            let detail = output::folded(detail, ui.width(), check.len() + 2);
            text.push_str(&format!("{check}  {detail}\n  {}\n", output::sanitize::line(command)));
        }
        return output::text(&text);
    }
    let names: Vec<String> = vaults.iter().map(|name| name.display().to_string()).collect();
    let answer = Object::from_iter([
        ("vaults", Value::texts(names.iter().map(String::as_str))),
        ("commits", Value::from(commits as u64)),
    ]);
    let columns = Columns { table: &[], wide: &["check", "file", "commit", "detail", "command"] };
    let items = findings.iter().map(GitFinding::document).collect();
    output::items(settings, ui, answer, "findings", items, &columns)
}
