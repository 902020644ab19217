//! `add`: makes new credentials. It never changes an existing one.

use credctl::store::{Deployment, Preview, ValueReader};
use std::rc::Rc;

use credctl::credential::{Changed, Credential, Draft, Violations};
use credctl::dialect::{ApiVersion, Dialect, ViewSettings};
use credctl::kind::Named;
use credctl::secret::SecretBytes;
use credctl::value::{Object, Value};

use crate::cli::answer::{self, ChangeReport};
use crate::cli::bulk::Bulk;
use crate::cli::clipboard::Clip;
use crate::cli::context::{Context, Settings};
use crate::cli::document::{self, Documents};
use crate::cli::error::Error;
use crate::cli::options::{ClipArgs, DocumentArgs, EnvelopeArgs, WriteArgs};
use crate::cli::{ask, assign, dialogue, made, own_types, recognition, session, value_source, words};

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  credctl add
      asks for everything: the type, the id, the fields
  credctl add UsernamePassword admin username=ips
      asks for the password on the terminal
  pass show db | credctl add login db username=app password=-
  credctl add login web username=ada password=generate --clip
      makes a password, stores and copies it, without showing it
  credctl add Gcp ci serviceAccountKey=@key.json --valid-until 90d
  credctl add certificate web certificate=@web.pem --label env=prod
  credctl add -f credentials.jsonl --atomic

A secret is never an argument: give the secret as FIELD=- (stdin, or a hidden
prompt on a terminal), FIELD=@FILE or FIELD=env:NAME.
`credctl types TYPE` shows the fields of a type.")]
pub struct Args {
    /// The type, then an id if you want to choose it, then the fields
    #[arg(value_name = "TYPE [ID] [FIELD=VALUE]...")]
    words: Vec<String>,
    #[command(flatten)]
    document: DocumentArgs,
    /// Add all credentials of a document, or none
    #[arg(long)]
    atomic: bool,
    #[command(flatten)]
    clip: ClipArgs,
    #[command(flatten)]
    write: WriteArgs,
    #[command(flatten)]
    envelope: EnvelopeArgs,
}

pub fn run(context: &Context, args: &Args) -> Result<(), Error> {
    let Context { settings, ui, input } = context;
    if let Some(path) = &args.document.file {
        if !args.words.is_empty() {
            return Err(Error::usage("--file cannot be used with a type or fields, which the document has"));
        }
        let documents = document::read(ui, input, path)?;
        own_types::know(context, documents.objects())?;
        return match documents {
            Documents::One(document) => {
                let clip = Clip::asked(ui, &args.clip)?;
                let changed = from_document(settings, document, None, &args.envelope)?;
                one(context, args, changed, None, clip.as_ref())
            }
            Documents::Many(_) if !args.envelope.is_empty() => Err(document::several_envelopes()),
            Documents::Many(_) if args.clip.clip => {
                Err(Error::usage("--clip copies one secret, and the document has several credentials"))
            }
            Documents::Many(documents) => several(context, args, documents),
        };
    }
    let clip = Clip::asked(ui, &args.clip)?;
    if let Some(prompter) = ui.prompter().filter(|_| args.has_no_fields()) {
        let named = args.words.first().map(|name| named(context, name)).transpose()?;
        return match dialogue::ask(context, prompter, named, !args.write.yes, args.write.dry_run)? {
            Some((changed, seen)) => one(context, args, changed, Some(seen), clip.as_ref()),
            None => {
                ui.notice("nothing was added");
                Ok(())
            }
        };
    }
    let (changed, seen) = from_words(context, args)?;
    one(context, args, changed, seen, clip.as_ref())
}

impl Args {
    /// Returns true if there is at most a type, so that a dialogue asks for the rest.
    fn has_no_fields(&self) -> bool {
        self.words.len() <= 1 && self.envelope.is_empty()
    }
}

/// Makes a credential from the arguments. Does not unlock the vault, so that mistakes cost nothing. Before a
/// prompt, however, it checks that the vault exists and opens, and that the id is free.
fn from_words(context: &Context, args: &Args) -> Result<(Changed, Option<Preview>), Error> {
    let Context { settings, ui, input } = context;
    let mut seen = None;
    let (name, words) = args
        .words
        .split_first()
        .ok_or_else(|| Error::usage("a type is needed, or --file").hint("`credctl types` lists the types"))?;
    let named = named(context, name)?;
    let (key_type, words) = assign::take_key_type(words)?;
    let kind = key_type.unwrap_or(named.kind);
    if !named.kind.may_become(kind) {
        let reason = format!("{} cannot have one", named.kind.name);
        return Err(Violations::one("keyType", reason).into());
    }
    let named = Named { kind, ..named };
    let (ids, assignments) = assign::split(named.kind, &words);
    let mut draft = Draft::default();
    match &ids[..] {
        [] => {}
        [id] => {
            words::check_id(named.kind, id)?;
            draft.members.insert("id", Value::text(id.as_str()));
        }
        [_, second, ..] => {
            return Err(words::check_id(named.kind, second).err().unwrap_or_else(|| {
                Error::usage(format!("unexpected argument {}: only one id is allowed", words::shown(second)))
                    .hint(format!("`credctl types {}` shows the fields", named.kind.name))
            }));
        }
    }
    if let Some(connector_type) = named.connector_type {
        draft.members.insert("connectorType", Value::text(connector_type));
    }
    // if the id is a field of the type, that field gives the id
    let id = ids
        .first()
        .map(String::as_str)
        .or_else(|| named.kind.id_field.and_then(|field| given(&assignments, field)));
    let mut ready = || {
        let seen = match &mut seen {
            Some(seen) => seen,
            None => seen.insert(session::preview(context, args.write.dry_run)?),
        };
        match id {
            Some(id) if seen.vault.contains(id)? => Err(Error::exists(id)),
            _ => Ok(()),
        }
    };
    ask::for_dash(ui, input, named.kind, &assignments, &mut ready)?;
    assign::apply(context, named.kind, &mut draft, &assignments, &args.envelope)?;
    made::generate_usual(named.kind, &mut draft)?;
    ask::for_missing(ui, named.kind, &mut draft, &mut ready)?;
    Ok((settings.terms.create(named.kind, draft)?, seen))
}

/// Finds the type that the arguments name.
fn named(context: &Context, name: &str) -> Result<Named, Error> {
    own_types::find(context, name)?.ok_or_else(|| recognition::unknown_type(name))
}

/// Returns the value that the arguments give a field, unless they name a source for it.
fn given<'a>(assignments: &'a [String], field: &str) -> Option<&'a str> {
    let value = assignments.iter().find_map(|word| word.strip_prefix(field)?.strip_prefix('='))?;
    (!value_source::is_source(value)).then_some(value)
}

fn from_document(
    settings: &Settings,
    document: Object,
    assumed: Option<Dialect>,
    envelope: &EnvelopeArgs,
) -> Result<Changed, Error> {
    let body = recognition::new_body(settings, document, assumed)?;
    settings.terms.create_with(body, |_, draft| assign::envelope(settings, draft, envelope))
}

fn one(
    context: &Context,
    args: &Args,
    mut changed: Changed,
    seen: Option<Preview>,
    clip: Option<&Clip>,
) -> Result<(), Error> {
    let Context { settings, ui, .. } = context;
    let dry_run = args.write.dry_run;
    answer::check(settings, &changed)?;
    let value = clip.map(|_| to_copy(settings, args, &changed.credential)).transpose()?;
    let written =
        session::write_previewed(context, seen, dry_run, |vault| Ok(vault.insert_only(&mut changed)?))?;
    let told = ChangeReport::new("added", &changed, &written.deployment, dry_run).added();
    answer::changed(settings, ui, told)?;
    match (clip, value) {
        (Some(clip), Some((path, value))) if !dry_run => {
            clip.copy(ui, &format!("{path} of {}", changed.credential.id()), &value)
        }
        _ => Ok(()),
    }
}

/// Returns the secret to copy, and its path: the only one that credctl made, or else the main one.
fn to_copy(
    settings: &Settings,
    args: &Args,
    credential: &Credential,
) -> Result<(String, SecretBytes), Error> {
    let mut made = args.words.iter().filter_map(|word| word.strip_suffix("=generate"));
    let path = match (made.next(), made.next()) {
        (Some(only), None) => Some(only.to_owned()),
        _ => credential.kind().main_secret(),
    };
    let path = path.as_deref().map(|path| credential.kind().bare_name(path)).ok_or_else(|| {
        Error::usage(format!("{} has no secret of its own to copy", credential.kind().name))
            .hint("`credctl get ID --field FIELD --clip` copies any field")
    })?;
    // the operator has just given it, even if it is not valid yet
    let value = ValueReader::new(&settings.terms, true).value(credential, &[], path)?;
    Ok((path.to_owned(), value))
}

fn several(context: &Context, args: &Args, documents: Vec<Value>) -> Result<(), Error> {
    let Context { settings, ui, .. } = context;
    let assumed = recognition::first(settings, &documents);
    // every document is checked before the vault is unlocked
    let mut bulk = Bulk::new("added");
    let judged = |document| {
        let (id, result) = id_and_result(settings, document, assumed);
        (id, result.map(Box::new).map_err(|error| bulk.share(error)))
    };
    let mut drafts: Vec<_> = documents.into_iter().map(judged).collect();
    let would_fail = args.atomic && drafts.iter().any(|(_, result)| result.is_err());
    if would_fail || drafts.iter().all(|(_, result)| result.is_err()) {
        for (id, result) in drafts {
            bulk.add(id.as_deref(), result.map(|_| Object::new()));
        }
        bulk.abandon();
        return bulk.finish(settings, ui, args.write.dry_run, &Deployment::default());
    }
    let written = session::write(context, args.write.dry_run, |vault| {
        let (mut bulk, mut notices) = (Bulk::new("added"), Vec::new());
        for (id, result) in &mut drafts {
            let result = result.as_mut().map_err(|error| Rc::clone(error)).and_then(|changed| {
                vault.insert(changed).map_err(|error| Rc::new(error.into()))?;
                notices.extend_from_slice(&changed.notices);
                shown(settings, &changed.credential).map_err(Rc::new)
            });
            bulk.add(id.as_deref(), result);
        }
        if bulk.settle(vault, args.atomic) {
            notices.clear();
        }
        Ok((bulk, notices))
    })?;
    let (bulk, notices) = written.answer;
    ui.notices(&notices);
    bulk.finish(settings, ui, args.write.dry_run, &written.deployment)
}

/// Returns the members that the system of `--format` shows of an added credential beside its id.
fn shown(settings: &Settings, credential: &Credential) -> Result<Object, Error> {
    let Some(system) = settings.foreign() else { return Ok(Object::new()) };
    let networks = Value::List(Vec::new());
    let view = ViewSettings {
        now: settings.terms.now,
        version: ApiVersion::NEWEST,
        reveal: false,
        networks: &networks,
    };
    Ok(system.added(credential, &view)?)
}

fn id_and_result(
    settings: &Settings,
    document: Value,
    assumed: Option<Dialect>,
) -> (Option<String>, Result<Changed, Error>) {
    let id = document.as_object().and_then(|document| recognition::key(settings, document));
    let result = match document {
        Value::Object(document) => from_document(settings, document, assumed, &EnvelopeArgs::default()),
        other => Err(Violations::one("document", format!("must be an object, not {}", other.shape())).into()),
    };
    (result.as_ref().map(|changed| changed.credential.id().to_owned()).ok().or(id), result)
}
