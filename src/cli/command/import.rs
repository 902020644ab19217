//! `import`: takes over what other programs keep.

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use clap::ValueEnum;
use credctl::credential::{
    Change, Changed, Grant, Violations, Withheld, adopt, change, label_values, restore, still_there,
};
use credctl::dialect::Dialect;
use credctl::import::{Format, Import, Incoming, Item, Options, first_listed};
use credctl::text::Nature;
use credctl::value::{Object, Value};
use credctl::vault::file::read_named;
use credctl::vault::{Policy, Reference, Resident, User, Vault};

use crate::cli::args::WriteArgs;
use crate::cli::bulk::Bulk;
use crate::cli::context::Context;
use crate::cli::error::{Error, Kind};
use crate::cli::{answer, document, session, store};

#[derive(Debug, clap::Args)]
#[command(after_help = format!("\
The format is recognised; --format names it where it is not. Every item is told, and every member
that has no place here. What has no id gets one made from its title. What a login has no place
for, such as notes and the seeds of one-time passwords, goes into a key store beside it, ID-extra.

Formats, beside the documents of the systems: {}

Examples:
  credctl import aspire-export.json --dry-run
  credctl import backup.json --on-conflict skip
  credctl import ~/.aws/credentials
  gpg -d passwords.xml.gpg | credctl import - --format keepass-xml
  credctl import ~/.password-store
      a store of pass; of passage with -i ~/.passage/identities beside your own identity
  credctl import accounts.txt --format apinizer-csv --default-email ops@example.org", formats()))]
pub struct Args {
    /// The file, or the folder of a pass or passage store; - is stdin
    #[arg(value_hint = clap::ValueHint::FilePath)]
    file: PathBuf,
    /// What becomes of an id that exists
    #[arg(long, value_name = "WHAT", value_enum, default_value = "fail")]
    on_conflict: OnConflict,
    /// E-mail address of accounts that have none
    #[arg(long, value_name = "E")]
    default_email: Option<String>,
    /// All or nothing
    #[arg(long)]
    atomic: bool,
    #[command(flatten)]
    write: WriteArgs,
}

fn formats() -> String {
    let names: Vec<_> = credctl::import::FORMATS.iter().map(|format| format.name).collect();
    format!("{}, {PASS}", names.join(", "))
}

/// What becomes of an id that exists.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum OnConflict {
    /// The item fails
    Fail,
    /// What is there stays
    Skip,
    /// It is replaced
    Replace,
}

/// Largest file.
const LIMIT: u64 = 128 * 1024 * 1024;

pub fn run(context: &Context, args: &Args) -> Result<(), Error> {
    session::administrator(context)?;
    let (name, import) = match &args.file {
        path if path == Path::new("-") => read(context, args, &context.stdin_data()?)?,
        path if path.is_dir() => (PASS, of_folder(context, path)?),
        path => read(context, args, &read_named(path, LIMIT)?)?,
    };
    let dry_run = args.write.dry_run;
    let Import { items, policies, users, references, notices } = import;
    for notice in &notices {
        context.notice(notice);
    }
    let mut told = Vec::new();
    let written = session::write(context, dry_run, |vault: &mut Vault| {
        let mut bulk = Bulk::new("imported");
        told.extend(add_residents::<Policy>(args, vault, policies)?);
        told.extend(add_residents::<User>(args, vault, users)?);
        let mut failed = HashSet::new();
        for Item { id, incoming } in items {
            let result = incoming.map_err(Error::from).and_then(|incoming| {
                let dropped = incoming.dropped.join(", ");
                let (changed, answer) = take_over(context, args, vault, *incoming)?;
                if !dropped.is_empty() {
                    told.push(format!("{}: {dropped} left out", changed.credential.id()));
                }
                told.extend(answer::removal(&changed, dry_run));
                told.extend(changed.notices);
                Ok((changed.credential.id().to_owned(), answer))
            });
            match result {
                Ok((id, answer)) => bulk.add(Some(&id), Ok::<_, Error>(answer)),
                Err(error) => {
                    failed.extend(id.clone());
                    bulk.add(id.as_deref(), Err::<Object, _>(error));
                }
            }
        }
        let mut known = Vec::with_capacity(references.len());
        for reference in references {
            let own = session::find_to_change(context, vault, &reference.credential, false).is_ok();
            if own && !failed.contains(&reference.credential) {
                known.push(reference);
            } else {
                let Reference { resource, credential, .. } = reference;
                told.push(format!(
                    "{resource} refers to {credential}, which was not imported, and is left out"
                ));
            }
        }
        told.extend(add_residents::<Reference>(args, vault, known)?);
        // a call of which nothing went well changes nothing
        let atomic = args.atomic || bulk.all_failed();
        bulk.settle(vault, atomic);
        Ok(bulk)
    })?;
    for notice in &told {
        context.notice(notice);
    }
    let bulk = written.answer.with("format", Value::text(name));
    bulk.finish(context, dry_run, &written.deployment)
}

/// The name of the format that is a folder.
pub const PASS: &str = "pass";

fn of_folder(context: &Context, path: &Path) -> Result<Import, Error> {
    match context.format {
        PASS | "auto" => store::read(context, path),
        other => Err(Error::usage(format!("--format {other} is a file, and {} is a folder", path.display()))),
    }
}

/// Takes the text apart: as the format that was named, or that it is recognised by.
fn read(context: &Context, args: &Args, bytes: &[u8]) -> Result<(&'static str, Import), Error> {
    let title = args.file.file_stem().and_then(|name| name.to_str()).filter(|name| *name != "-");
    let options = Options { email: args.default_email.as_deref(), title };
    if let Some(nature) = Nature::of(bytes).filter(|nature| nature.encrypted) {
        return Err(document::something_else(&args.file, &nature));
    }
    let text = document::decode(&args.file, bytes)?;
    if let Some(format) = Format::find(context.format) {
        let import =
            format.read(&text, &options).map_err(|violations| wrong_format(format, &text, violations));
        return Ok((format.name, import?));
    }
    if context.dialect.is_none() {
        if context.format != "auto" {
            return Err(Error::usage(format!("--format {} can be exported only", context.format))
                .param("format", "cannot be imported"));
        }
        if let Some(format) = Format::recognise(&text) {
            return Ok((format.name, format.read(&text, &options)?));
        }
    }
    let values = document::values(&args.file, &text).map_err(formats_hint)?;
    // the first decides for all, also in an answer that wraps a list
    let first = values.first().and_then(Value::as_object);
    let recognised = first.and_then(|first| {
        Dialect::recognise(first, None).or_else(|| Dialect::recognise(first_listed(first)?, None))
    });
    let dialect = match (context.dialect.or(recognised), first) {
        (Some(dialect), _) => dialect,
        (None, Some(first)) => return Err(document::not_recognised(first)),
        (None, None) if values.is_empty() && text.starts_with('[') => Dialect::Native,
        (None, None) => {
            return Err(formats_hint(Error::new(
                Kind::Invalid,
                "the file cannot be recognised; pass --format",
            )));
        }
    };
    Ok((dialect.name(), Import::read(values, dialect)?))
}

/// The error of a format that was named, with what the file looks like.
fn wrong_format(format: &Format, text: &str, violations: Violations) -> Error {
    let error = Error::from(violations);
    match (Format::recognise(text), Nature::of(text.as_bytes())) {
        (Some(other), _) if other.name == format.name => error,
        (Some(other), _) => error.hint(format!("the file looks like {}", other.name)),
        (None, Some(nature)) => error.hint(format!("the file is {}", nature.name)),
        (None, None) => error,
    }
}

fn formats_hint(error: Error) -> Error {
    error.hint(format!("--format names what it is: {}, or a system's", formats()))
}

fn take_over(
    context: &Context,
    args: &Args,
    vault: &mut Vault,
    incoming: Incoming,
) -> Result<(Changed, Object), Error> {
    let (act, rules) = (context.act(), context.rules());
    let grants = incoming.access.map(|entries| {
        entries.iter().map(|entry| Grant::read(entry, &act)).collect::<Result<Vec<_>, Violations>>()
    });
    let grants = grants.transpose()?;
    let mut draft = incoming.draft.clone();
    let mut changed = match incoming.made {
        Some(made) => adopt(incoming.kind, incoming.draft, &made, &act, &rules)?,
        None => change(&Change::Create(incoming.kind), incoming.draft, &act, &rules)?,
    };
    let id = changed.credential.id().to_owned();
    let mut action = "created";
    if vault.contains(&id)? {
        let stored = match args.on_conflict {
            OnConflict::Fail => return Err(Error::exists(&id).hint("see --on-conflict")),
            OnConflict::Skip => {
                let answer =
                    Object::from_iter([("imported", Value::Bool(false)), ("action", Value::text("skipped"))]);
                return Ok((changed, answer));
            }
            OnConflict::Replace => session::find_to_change(context, vault, &id, false)?,
        };
        action = "replaced";
        changed = if let Some(made) = incoming.made {
            if draft.members.get("labels").is_none() {
                draft.members.insert("labels", label_values(&stored.head().envelope.labels));
            }
            let withheld = draft.withheld != Withheld::Nothing;
            let adopted = adopt(incoming.kind, draft, &made, &act, &rules)?;
            if withheld {
                still_there(&stored, &adopted.credential, &[])?;
            }
            restore(&adopted.credential, Some(&stored), &act, &rules)?
        } else {
            // a key store that names no key type keeps the one it has
            let kind = if incoming.kind.promotable { stored.kind() } else { incoming.kind };
            change(&Change::Replace(&stored, Some(kind)), draft, &act, &rules)?
        };
        if let Some(grants) = grants {
            changed.credential.adopt_grants(grants, &act);
        }
        session::put(vault, &mut changed, Some(&stored))?;
    } else {
        changed.credential.adopt_grants(grants.unwrap_or_default(), &act);
        session::insert(vault, &mut changed)?;
    }
    let mut answer = Object::from_iter([("action", Value::text(action))]);
    if !incoming.dropped.is_empty() {
        answer.insert("dropped", Value::texts(incoming.dropped));
    }
    Ok((changed, answer))
}

/// Adds what is not there. What is there and differs is replaced if that was asked for, or else stays as
/// it is; either is told.
fn add_residents<R: Resident + PartialEq>(
    args: &Args,
    vault: &mut Vault,
    new: Vec<R>,
) -> Result<Vec<String>, Error> {
    let mut told = Vec::new();
    if new.is_empty() {
        return Ok(told);
    }
    let mut residents = vault.residents::<R>()?;
    let mut is_changed = false;
    for resident in new {
        let known = residents.iter_mut().find(|known| known.key() == resident.key());
        let (name, what) = match known {
            Some(known) if *known == resident => continue,
            Some(known) if args.on_conflict == OnConflict::Replace => {
                let name = known.key().0.to_owned();
                *known = resident;
                is_changed = true;
                (name, "is replaced")
            }
            Some(known) => (known.key().0.to_owned(), "is there already and stays as it is"),
            None => {
                let name = resident.key().0.to_owned();
                residents.push(resident);
                is_changed = true;
                (name, "is added")
            }
        };
        told.push(format!("{} {name} {what}", R::NAME));
    }
    if is_changed {
        vault.set_residents(residents)?;
    }
    Ok(told)
}
