//! `diff`: the difference between two copies of a vault, without a secret.

use std::collections::BTreeSet;
use std::path::PathBuf;

use credctl::credential::{Credential, FieldChange, Part, differences};
use credctl::value::{Object, Value};
use credctl::vault::{Difference, Seal, Vault};

use crate::cli::context::Context;
use crate::cli::error::Error;
use crate::cli::output::sanitize;
use crate::cli::{diff, output, session, tagged};

#[derive(Debug, clap::Args)]
#[command(after_help = "\
credctl diff shows what differs from A to B: credentials with their revisions
and fields, recipients, signers, users, policies, references, environments and
types. In the place of a secret it shows a tag, such as #3f9a02c41b7d. Equal
secrets have equal tags. The key of the tags is inside the vault, so that a tag
alone is no help to somebody who guesses.

It reads any copy that your key opens: a backup, a copy of another machine, a
revision that git wrote to a file. It neither refuses an older one nor remembers
any. In a git repository, `git diff` does the same after `git setup`.

Examples:
  credctl diff vault.age.bak
  credctl diff ours.age theirs.age
  git show HEAD~3:team.age > then.age && credctl diff then.age team.age")]
pub struct Args {
    /// The copy before
    #[arg(value_name = "A", value_hint = clap::ValueHint::FilePath)]
    before: PathBuf,
    /// The copy after [default: the vault in use]
    #[arg(value_name = "B", value_hint = clap::ValueHint::FilePath)]
    after: Option<PathBuf>,
}

/// A difference between the copies.
struct CopyDifference {
    /// The kind and the key of what differs: `credential db`, `recipient age1…`.
    name: String,
    difference: Difference,
    /// The type and the revisions of a credential.
    summary: String,
    changes: Vec<TaggedChange>,
}

/// A field that differs, with a tag in the place of a secret.
struct TaggedChange {
    change: FieldChange,
    tags: Option<(Option<String>, Option<String>)>,
}

pub fn run(context: &Context, args: &Args) -> Result<(), Error> {
    let after = args.after.as_deref().map_or_else(|| context.settings.vault(), Ok)?;
    let mut before = session::read_unjudged(context, &args.before)?;
    let mut after = session::read_unjudged(context, after)?;
    // both by the same key, so that a change of the readers' secret changes no tag
    let seal = after.lineage().seal.or(before.lineage().seal).cloned();
    let mut found = people(&mut before, &mut after)?;
    found.extend(credentials(&mut before, &mut after, seal.as_ref())?);
    found.extend(residents(&mut before, &mut after, seal.as_ref())?);
    let side = |vault: &Vault| {
        Value::from(Object::from_iter([
            ("vault", Value::text(vault.id().to_string())),
            ("generation", Value::from(vault.generation())),
        ]))
    };
    let answer = Object::from_iter([
        ("before", side(&before)),
        ("after", side(&after)),
        ("differences", Value::List(found.iter().map(document).collect())),
    ]);
    let generations = format!("generation {} to generation {}", before.generation(), after.generation());
    let other = if before.id() == after.id() { "" } else { " of another vault" };
    let message = match found.len() {
        0 => format!("no differences from {generations}{other}"),
        1 => format!("1 difference from {generations}{other}"),
        count => format!("{count} differences from {generations}{other}"),
    };
    output::message(&context.settings, &answer, &message, &sheet(context, &found))
}

/// Compares who can read the copies, and who may change them.
fn people(before: &mut Vault, after: &mut Vault) -> Result<Vec<CopyDifference>, Error> {
    let names = |vault: &mut Vault| {
        let members = vault.members()?.into_iter();
        let members = members.map(|member| {
            let name = member.name.map(|name| format!(" ({name})")).unwrap_or_default();
            format!("recipient {}{name}", member.recipient)
        });
        let signers = vault.signers().iter().map(|signer| format!("signer {} ({})", signer.key, signer.name));
        Ok::<BTreeSet<String>, Error>(members.chain(signers).collect())
    };
    let (old, new) = (names(before)?, names(after)?);
    let found = |name: &String, difference| CopyDifference::new(name.clone(), difference);
    let gone = old.difference(&new).map(|name| found(name, Difference::Deleted));
    Ok(gone.chain(new.difference(&old).map(|name| found(name, Difference::Added))).collect())
}

fn credentials(
    before: &mut Vault,
    after: &mut Vault,
    seal: Option<&Seal>,
) -> Result<Vec<CopyDifference>, Error> {
    let mut found = Vec::new();
    for (id, difference) in after.differences(before)? {
        let (old, new) = (before.find(&id)?, after.find(&id)?);
        let mut one = CopyDifference::new(format!("credential {id}"), difference);
        one.summary = match (&old, &new) {
            (Some(old), Some(new)) => {
                let (was, is) = (old.head().stamp.revision, new.head().stamp.revision);
                format!(" ({}), revision {was} → {is}", new.kind().name)
            }
            (None, Some(only)) | (Some(only), None) => format!(" ({})", only.kind().name),
            (None, None) => String::new(),
        };
        if let (Some(old), Some(new)) = (&old, &new) {
            let changes = differences(Some(old), new).into_iter();
            one.changes = changes.map(|change| TaggedChange::of(change, old, new, seal)).collect();
        }
        found.push(one);
    }
    Ok(found)
}

fn residents(
    before: &mut Vault,
    after: &mut Vault,
    seal: Option<&Seal>,
) -> Result<Vec<CopyDifference>, Error> {
    let (old, new) = (tagged::residents(before, seal)?, tagged::residents(after, seal)?);
    let mut found = Vec::new();
    for name in old.keys().chain(new.keys().filter(|name| !old.contains_key(*name))) {
        let difference = match (old.get(name), new.get(name)) {
            (Some(old), Some(new)) if old == new => continue,
            (Some(_), Some(_)) => Difference::Changed,
            (Some(_), None) => Difference::Deleted,
            (None, _) => Difference::Added,
        };
        found.push(CopyDifference::new(name.clone(), difference));
    }
    Ok(found)
}

impl CopyDifference {
    fn new(name: String, difference: Difference) -> Self {
        Self { name, difference, summary: String::new(), changes: Vec::new() }
    }

    fn word(&self) -> &'static str {
        match self.difference {
            Difference::Added => "added",
            Difference::Changed => "changed",
            Difference::Deleted => "deleted",
        }
    }
}

impl TaggedChange {
    fn of(change: FieldChange, old: &Credential, new: &Credential, seal: Option<&Seal>) -> Self {
        let is_secret = [&change.before, &change.after].into_iter().any(|part| *part == Some(Part::Secret));
        let tag = |part: &Option<Part>, credential| {
            part.as_ref().map(|part| match part {
                Part::Secret => tagged::secret_tag(credential, &change.path, seal),
                Part::Public(text) => tagged::tag(seal, text.as_bytes()),
            })
        };
        let tags = is_secret.then(|| (tag(&change.before, old), tag(&change.after, new)));
        Self { change, tags }
    }
}

fn sheet(context: &Context, found: &[CopyDifference]) -> String {
    let mut sheet = String::new();
    for one in found {
        let line = format!("{:<8} {}{}", one.word(), one.name, one.summary);
        sheet.push_str(&format!("{}\n", sanitize::line(&line)));
        for TaggedChange { change, tags } in &one.changes {
            match tags {
                Some((Some(old), Some(new))) => {
                    sheet.push_str(&format!("  {}: {old} → {new}\n", sanitize::line(&change.path)));
                }
                _ => sheet.push_str(&diff::lines(
                    &context.settings,
                    &context.ui,
                    std::slice::from_ref(change),
                    &[],
                )),
            }
        }
    }
    sheet
}

fn document(one: &CopyDifference) -> Value {
    let (kind, key) = one.name.split_once(' ').unwrap_or((&one.name, ""));
    let mut document = Object::from_iter([
        ("kind", Value::text(kind)),
        ("id", Value::text(key)),
        ("change", Value::text(one.word())),
    ]);
    let changes = one.changes.iter().map(|TaggedChange { change, tags }| {
        let mut shown = Object::from_iter([("path", Value::text(change.path.as_str()))]);
        shown.insert("secret", tags.is_some());
        let public = |part: &Option<Part>| match part {
            Some(Part::Public(text)) => Some(text.to_string()),
            _ => None,
        };
        let sides = tags.clone().unwrap_or_else(|| (public(&change.before), public(&change.after)));
        for (name, side) in [("before", sides.0), ("after", sides.1)] {
            if let Some(side) = side {
                shown.insert(name, Value::text(side));
            }
        }
        Value::from(shown)
    });
    if !one.changes.is_empty() {
        document.insert("changes", Value::List(changes.collect()));
    }
    document.into()
}
