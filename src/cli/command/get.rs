//! `get`: shows one credential, or one value of it.

use credctl::credential::Credential;
use credctl::dialect::View;
use credctl::vault::Reference;

use crate::cli::context::Context;
use crate::cli::error::Error;
use crate::cli::{clipboard, document, fetch, output, session};

#[derive(Debug, clap::Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of its own on the command line")]
#[command(after_help = "\
Secrets are only named, unless you ask for them.

Examples:
  credctl get admin
  credctl get admin --reveal -o json
  credctl get admin --field password | xclip
      the value to the byte; a newline is added on a terminal only
  credctl get admin --clip
  credctl get web --field notAfter
      what a certificate tells by itself")]
pub struct Args {
    /// The id, or a name that only one credential has
    id: String,
    /// Print one value and nothing else, whatever the form of output
    #[arg(long, value_name = "FIELD")]
    field: Option<String>,
    /// Put the value of --field, or the main secret, into the clipboard
    #[arg(short, long, conflicts_with = "reveal")]
    clip: bool,
    /// When the clipboard is cleared, unless something else is there then
    #[arg(long, value_name = "TIME", default_value = "45s", requires = "clip")]
    clip_time: String,
    /// Ask the terminal to take it into its clipboard, also over SSH; it is not cleared
    #[arg(long, requires = "clip")]
    osc52: bool,
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
        None => context.scope().find(&mut vault, &args.id, true)?,
        Some(revision) => context.scope().version(&mut vault, &args.id, revision)?,
    };
    let references = vault.references_to(credential.id())?;
    drop(vault);
    if args.clip {
        return clip(context, args, &credential, &references);
    }
    if let Some(field) = &args.field {
        let value = fetch::value(context, args.force, &credential, &references, field)?;
        return output::raw(context, &value);
    }
    if args.reveal {
        fetch::usable(context, args.force, &credential)?;
        if context.stdout_is_terminal && !credential.secret_names().is_empty() {
            context.notice("the secrets are on the terminal now, and in what it keeps of its output");
        }
    }
    if let Some(system) = context.foreign() {
        let view = View {
            now: context.terms.now,
            version: document::version(args.nc_version.as_deref())?,
            reveal: args.reveal,
            networks: &Reference::networks(&references),
        };
        return output::document(context, &system.one(&credential, &view)?);
    }
    output::object(
        context,
        &output::full(&credential, &references, &context.terms.scope.project, context.terms.now, args.reveal),
    )
}

/// Puts one value where it can be pasted from.
fn clip(
    context: &Context,
    args: &Args,
    credential: &Credential,
    references: &[Reference],
) -> Result<(), Error> {
    let after = humantime::parse_duration(&args.clip_time)
        .map_err(|_| Error::usage("--clip-time is not a time such as 45s"))?;
    let main = credential.kind().main_secret();
    // an entry of a key store is wanted as it was typed
    let main = main.map(|path| path.strip_prefix("keyStore.").unwrap_or(&path).to_owned());
    let field = args.field.clone().or(main).ok_or_else(|| {
        Error::usage(format!(
            "{} has no secret of its own; name a field with --field",
            credential.kind().name
        ))
    })?;
    let value = fetch::value(context, args.force, credential, references, &field)?;
    if !args.osc52 {
        return clipboard::copy(context, &value, after);
    }
    let terminal = context.prompter().ok_or_else(|| Error::usage("there is no terminal to ask"))?;
    Ok(terminal.send(&clipboard::osc52(&value))?)
}
