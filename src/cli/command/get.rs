//! `get`: shows one credential, or one value of it.

use credctl::credential::Credential;
use credctl::dialect::View;
use credctl::kind::bare_name;
use credctl::store::ValueReader;
use credctl::vault::Reference;

use crate::cli::context::{Context, Ui};
use crate::cli::error::Error;
use crate::cli::{clipboard, document, output, session};

#[derive(Debug, clap::Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of its own on the command line")]
#[command(after_help = "\
credctl shows only the names of secrets, unless you ask for the values.

Examples:
  credctl get admin
  credctl get admin --reveal -o json
  credctl get admin --field password | xclip
      prints the exact bytes of the value; adds a newline only on a terminal
  credctl get admin --clip
  credctl get web --field notAfter
      prints a value that the certificate itself contains")]
pub struct Args {
    /// The id, or a name that only one credential has
    id: String,
    /// Print only the value of FIELD, whatever the output form
    #[arg(long, value_name = "FIELD")]
    field: Option<String>,
    /// Copy the value of --field, or the main secret, to the clipboard
    #[arg(short, long, conflicts_with = "reveal")]
    clip: bool,
    /// Clear the clipboard after TIME, unless its content has changed
    #[arg(long, value_name = "TIME", default_value = "45s", requires = "clip")]
    clip_time: String,
    /// Copy through the terminal, even over SSH; credctl does not clear that clipboard
    #[arg(long, requires = "clip")]
    osc52: bool,
    /// Show the secrets too
    #[arg(long)]
    reveal: bool,
    /// Show secrets even of a credential that must not be used now
    #[arg(long)]
    force: bool,
    /// Show the earlier version N; see `credctl history`
    #[arg(long, value_name = "N")]
    revision: Option<u64>,
    /// The version of the documents, with --format network-controller
    #[arg(long, value_name = "VERSION")]
    nc_version: Option<String>,
}

pub fn run(context: &Context, args: &Args) -> Result<(), Error> {
    let Context { settings, ui, .. } = context;
    let mut vault = session::read(context)?;
    let credential = match args.revision {
        None => settings.scope().find(&mut vault, &args.id, true)?,
        Some(revision) => settings.scope().version(&mut vault, &args.id, revision)?,
    };
    let references = vault.references_to(credential.id())?;
    drop(vault);
    let reader = ValueReader::new(&settings.terms, args.force);
    if args.clip {
        return clip(ui, args, reader, &credential, &references);
    }
    if let Some(field) = &args.field {
        let value = reader.value(&credential, &references, field)?;
        return output::raw(ui, &value);
    }
    if args.reveal {
        reader.check_usable(&credential)?;
        if ui.stdout_is_terminal && !credential.secret_names().is_empty() {
            ui.notice("the terminal now shows the secrets, and may keep them in its history");
        }
    }
    if let Some(system) = settings.foreign() {
        let view = View {
            now: settings.terms.now,
            version: document::version(args.nc_version.as_deref())?,
            reveal: args.reveal,
            networks: &Reference::networks(&references),
        };
        return output::document(settings, &system.one(&credential, &view)?);
    }
    output::object(
        settings,
        &output::full(
            &credential,
            &references,
            &settings.terms.scope.project,
            settings.terms.now,
            args.reveal,
        ),
    )
}

/// Copies one value to the clipboard, or to that of the terminal.
fn clip(
    ui: &Ui,
    args: &Args,
    reader: ValueReader<'_>,
    credential: &Credential,
    references: &[Reference],
) -> Result<(), Error> {
    let after = humantime::parse_duration(&args.clip_time)
        .map_err(|_| Error::usage("--clip-time is not a time such as 45s"))?;
    let main = credential.kind().main_secret();
    // an entry of a key store is copied as it was typed
    let main = main.map(|path| bare_name(&path).to_owned());
    let field = args.field.clone().or(main).ok_or_else(|| {
        Error::usage(format!(
            "{} has no secret of its own; name a field with --field",
            credential.kind().name
        ))
    })?;
    let value = reader.value(credential, references, &field)?;
    if !args.osc52 {
        return clipboard::copy(ui, &value, after);
    }
    let terminal = ui.prompter().ok_or_else(|| Error::usage("there is no terminal to prompt on"))?;
    Ok(terminal.send(&clipboard::osc52(&value))?)
}
