//! `merge`: two branches of a vault come together.

use std::path::{Path, PathBuf};

use credctl::disk::{FileError, Location};
use credctl::store::{Deployment, MergeFiles, Outcome, Store};
use credctl::value::{Object, Value};
use credctl::vault::{self, MergeReport};

use crate::cli::context::Context;
use crate::cli::error::{Error, Failure};
use crate::cli::options::WriteArgs;
use crate::cli::output::{Clock, sanitize};
use crate::cli::people::People;
use crate::cli::{answer, conflicting, deployment, output, session};

#[derive(Debug, clap::Args)]
#[command(after_help = "\
With one file, credctl merges that file into the vault. With two, it merges
THEIRS into OURS, or into a new file with --out. BASE is the file that both come
from. It tells what was deleted and what was added. Without it, credctl looks at
the .bak files beside both, and at the history of each credential.

Credentials are merged field by field. If both sides have changed one field, the
value of our side stays, and the other one becomes a conflict. What nothing
tells becomes a conflict, too. `credctl conflicts` lists them. A removed
recipient stays removed. Both sides are judged like every vault. credctl refuses
the file of another vault, and one that somebody made who could not read the
vault.

The exit status is 8 if the merge leaves new conflicts open. A second merge of
the same file changes nothing.

Examples:
  credctl merge vault.sync-conflict-20270101.age
  credctl merge ~/backup/vault.age --dry-run
  credctl merge base.age vault.age theirs.age --out merged.age")]
pub struct Args {
    /// The files: THEIRS, or OURS and THEIRS, or BASE, OURS and THEIRS
    #[arg(value_name = "FILE", required = true, num_args = 1..=3, value_hint = clap::ValueHint::FilePath)]
    files: Vec<PathBuf>,
    /// Write the result to a new file, and leave OURS alone
    #[arg(long, value_name = "OUT", value_hint = clap::ValueHint::FilePath)]
    out: Option<PathBuf>,
    #[command(flatten)]
    write: WriteArgs,
}

pub fn run(context: &Context, args: &Args) -> Result<(), Error> {
    let (base, ours, theirs) = match &args.files[..] {
        [theirs] => (None, None, theirs),
        [ours, theirs] => (None, Some(ours), theirs),
        [base, ours, theirs] => (Some(base.as_path()), Some(ours), theirs),
        _ => return Err(Error::usage("one, two or three files are needed")),
    };
    let dry_run = args.write.dry_run;
    let store = match ours {
        Some(ours) => Store::new(ours.as_path(), context, context.settings.terms.clone()),
        None if dry_run || args.out.is_some() => session::store(context)?,
        None => session::store_to_change(context, false)?,
    };
    let merged = match &args.out {
        Some(out) => {
            check_new(out)?;
            let files = MergeFiles { base, ours: store.path(), theirs, out, is_for_git: false };
            let report =
                if dry_run { store.merge(theirs, base, true)?.answer } else { store.merge_files(&files)? };
            Outcome { answer: report, deployment: Deployment::default() }
        }
        None => store.merge(theirs, base, dry_run)?,
    };
    let target = args.out.as_deref().unwrap_or(store.path());
    report(context, theirs, target, &merged, dry_run)
}

/// Fails if there is a file already.
fn check_new(out: &Path) -> Result<(), Error> {
    let exists = Location::resolve(out).and_then(|location| location.exists()).map_err(vault::Error::from)?;
    if exists {
        return Err(vault::Error::from(FileError::Exists { path: out.to_owned() }).into());
    }
    Ok(())
}

fn report(
    context: &Context,
    theirs: &Path,
    target: &Path,
    merged: &Outcome<MergeReport>,
    dry_run: bool,
) -> Result<(), Error> {
    let Context { settings, ui, .. } = context;
    let report = &merged.answer;
    let name = |path: &Path| sanitize::line(&path.display().to_string()).into_owned();
    let mut answer = document(report);
    answer.insert("vault", Value::text(target.display().to_string()));
    answer.insert("deploymentResult", deployment::document(&merged.deployment));
    if dry_run {
        answer.insert("dryRun", true);
    }
    let message = if report.is_changed {
        format!("merged {} into {}: {}", name(theirs), name(target), counts(report))
    } else {
        format!("nothing to merge: {} is part of {} already", name(theirs), name(target))
    };
    let mut details = String::new();
    for (what, ids) in lists(report) {
        details.push_str(&format!("{what}: {}\n", sanitize::line(&answer::few(ids))));
    }
    // the merged vault is closed again, so ids of users stay without their names
    let (people, clock) = (People::default(), Clock::of(settings, ui));
    for conflict in &report.conflicts {
        details.push_str(&format!("conflict: {}\n", conflicting::line(conflict, &people, clock)));
    }
    output::message(settings, &answer, &message, &details)?;
    for path in &report.missing_blobs {
        ui.notice(&format!("`{}` is missing: copy it from the other machine", path.display()));
    }
    if !report.kept_out_recipients.is_empty() {
        ui.notice("who is kept out can be added again with `credctl recipients add`");
    }
    if report.conflicts.is_empty() {
        return Ok(());
    }
    ui.hint(conflicting::LISTING);
    Err(Error::new(Failure::Partial, conflicting::words(report.conflicts.len())))
}

fn counts(report: &MergeReport) -> String {
    let plural =
        |count: usize, one: &str| if count == 1 { format!("1 {one}") } else { format!("{count} {one}s") };
    format!(
        "{} from theirs, {} merged, {} deleted, {}",
        plural(report.taken.len(), "credential"),
        report.merged.len(),
        report.deleted.len(),
        plural(report.conflicts.len(), "conflict")
    )
}

/// Returns the lists of a report that are not empty, each with its words.
fn lists(report: &MergeReport) -> impl Iterator<Item = (&'static str, &[String])> {
    let lists = [
        ("from theirs", &report.taken),
        ("merged", &report.merged),
        ("deleted", &report.deleted),
        ("other records", &report.residents),
        ("recipients added", &report.added_recipients),
        ("recipients removed", &report.removed_recipients),
        ("recipients kept out", &report.kept_out_recipients),
        ("marked for rotation", &report.exposed),
    ];
    lists.into_iter().filter(|(_, ids)| !ids.is_empty()).map(|(what, ids)| (what, ids.as_slice()))
}

fn document(report: &MergeReport) -> Object {
    let texts = |all: &[String]| Value::texts(all.iter().map(String::as_str));
    let renamed = report.renamed.iter().map(|(before, after)| {
        Value::from(Object::from_iter([
            ("before", Value::text(before.as_str())),
            ("after", Value::text(after.as_str())),
        ]))
    });
    let mut answer = Object::from_iter([("changed", Value::Bool(report.is_changed))]);
    if let Some(generation) = report.generation {
        answer.insert("generation", generation);
    }
    answer.insert("taken", texts(&report.taken));
    answer.insert("merged", texts(&report.merged));
    answer.insert("deleted", texts(&report.deleted));
    answer.insert("renamed", Value::List(renamed.collect()));
    answer.insert("residents", texts(&report.residents));
    answer.insert("addedRecipients", texts(&report.added_recipients));
    answer.insert("removedRecipients", texts(&report.removed_recipients));
    answer.insert("keptOutRecipients", texts(&report.kept_out_recipients));
    answer.insert("rotateRequired", texts(&report.exposed));
    let conflicts = report.conflicts.iter().map(|conflict| Value::from(conflicting::document(conflict)));
    answer.insert("conflicts", Value::List(conflicts.collect()));
    let missing = report.missing_blobs.iter().map(|path| path.display().to_string());
    answer.insert("missingAttachments", Value::texts(missing));
    answer
}
