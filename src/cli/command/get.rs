//! `get`: shows one credential, or one value of it.

use credctl::credential::{Credential, State, Target};
use credctl::dialect::View;
use credctl::kind::rule::encoding;
use credctl::kind::{ENVELOPE, Kind, Secrecy};
use credctl::secret::Buffer;
use credctl::value::{Value, json};
use credctl::vault::Reference;
use zeroize::Zeroizing;

use crate::cli::context::Context;
use crate::cli::error::{Error, Kind as ErrorKind};
use crate::cli::{document, output, session};

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Secrets are only named, unless you ask for them.

Examples:
  credctl get admin
  credctl get admin --reveal -o json
  credctl get admin --field password | xclip
      the value to the byte; a newline is added on a terminal only
  credctl get web --field notAfter
      what a certificate tells by itself")]
pub struct Args {
    /// The id, or a name that only one credential has
    id: String,
    /// Print one value and nothing else, whatever the form of output
    #[arg(long, value_name = "FIELD")]
    field: Option<String>,
    /// Show the secrets too
    #[arg(long)]
    reveal: bool,
    /// Show secrets also of a credential that must not be used now
    #[arg(long)]
    force: bool,
    /// An earlier version; see `credctl history`
    #[arg(long, value_name = "N")]
    revision: Option<u64>,
    /// Version of the documents, with --format network-controller
    #[arg(long, value_name = "VERSION")]
    nc_version: Option<String>,
}

pub fn run(context: &Context, args: &Args) -> Result<(), Error> {
    let mut vault = session::read(context)?;
    let credential = match args.revision {
        None => session::find(context, &mut vault, &args.id, true)?,
        Some(revision) => session::version(context, &mut vault, &args.id, revision)?,
    };
    let references = vault.references_to(credential.id())?;
    drop(vault);
    if let Some(field) = &args.field {
        let value = value(context, args, &credential, &references, field)?;
        return output::raw(context, &value);
    }
    if args.reveal {
        usable(context, args, &credential)?;
    }
    if let Some(system) = context.foreign() {
        let view = View {
            now: context.now,
            version: document::version(args.nc_version.as_deref())?,
            reveal: args.reveal,
            networks: &Reference::networks(&references),
        };
        return output::document(context, &system.one(&credential, &view)?);
    }
    output::object(context, &output::full(&credential, &references, context.now, args.reveal))
}

/// A credential that is switched off or out of its time gives no secrets away.
fn usable(context: &Context, args: &Args, credential: &Credential) -> Result<(), Error> {
    let why = match credential.head().state(context.now) {
        State::Ok => return Ok(()),
        _ if args.force => return Ok(()),
        State::Disabled => "is disabled",
        State::NotYetValid => "is not valid yet",
        State::Expired => "has expired",
    };
    Err(Error::new(ErrorKind::Forbidden, format!("{} {why}, so its secrets are not shown", credential.id()))
        .hint("--force shows them all the same"))
}

fn value(
    context: &Context,
    args: &Args,
    credential: &Credential,
    references: &[Reference],
    name: &str,
) -> Result<Zeroizing<Vec<u8>>, Error> {
    let kind = credential.kind();
    if let Some(fact) = credential.facts().into_iter().find(|fact| fact.name == name) {
        return Ok(Zeroizing::new(fact.text.into_bytes()));
    }
    let own = Target::of(kind, name)
        .filter(|target| kind.fields.iter().any(|field| field.name == target.field.name));
    let Some(target) = own else { return envelope(context, credential, references, name) };
    if target.field.secrecy == Secrecy::Sealed {
        return Err(Error::new(ErrorKind::Forbidden, format!("{} is never shown", target.field.name)));
    }
    if target.is_secret() {
        usable(context, args, credential)?;
    }
    let path: Vec<&str> = target.leaf.iter().map(String::as_str).collect();
    let value = credential.fields().get(target.field.name).and_then(|value| value.at(&path));
    let value = value.ok_or_else(|| not_set(credential, name))?;
    match value {
        // an entry named by itself is the plain value, as it was assigned
        Value::Text(text)
            if kind.store().is_some() && !name.starts_with("keyStore.") && !target.leaf.is_empty() =>
        {
            encoding::decode(text.expose()).map_err(|_| not_set(credential, name))
        }
        value => Ok(plain(value)),
    }
}

fn envelope(
    context: &Context,
    credential: &Credential,
    references: &[Reference],
    name: &str,
) -> Result<Zeroizing<Vec<u8>>, Error> {
    let (first, rest) = name.split_once('.').map_or((name, None), |(first, rest)| (first, Some(rest)));
    let Some(member) = ENVELOPE.iter().find(|member| member.is_called(first)) else {
        return Err(unknown(credential.kind(), name));
    };
    let shown = output::full(credential, references, context.now, false);
    let rest: Vec<&str> = rest.map(|rest| rest.split('.').collect()).unwrap_or_default();
    let value = shown.get(member.name).and_then(|value| value.at(&rest));
    value.map(plain).ok_or_else(|| not_set(credential, name))
}

/// A value without quotes; lists and objects as JSON.
fn plain(value: &Value) -> Zeroizing<Vec<u8>> {
    match value {
        Value::Text(text) => Zeroizing::new(text.expose().as_bytes().to_vec()),
        other => {
            let mut bytes = Buffer::default();
            drop(json::write(other, &mut bytes));
            bytes.into_bytes()
        }
    }
}

fn not_set(credential: &Credential, name: &str) -> Error {
    Error::new(ErrorKind::NotFound, format!("{} of {} is not set", name, credential.id()))
}

fn unknown(kind: &Kind, name: &str) -> Error {
    Error::usage(format!("{} has no field {name}", kind.name))
        .param("field", "unknown")
        .hint(format!("`credctl types {}` shows the fields", kind.name))
}
