//! `get`: shows one credential, or values of it.

mod fields;

use credctl::credential::Credential;
use credctl::dialect::View;
use credctl::kind::bare_name;
use credctl::store::ValueReader;
use credctl::vault::Reference;

use crate::cli::context::{Context, Ui};
use crate::cli::error::Error;
use crate::cli::options::Form;
use crate::cli::{clipboard, document, output, pick, session};

#[derive(Debug, clap::Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of its own on the command line")]
#[command(after_help = "\
credctl shows only the names of secrets, unless you ask for the values. On a
terminal, words that are no id and no name open a list of the credentials that
have them, and so does no word at all: type to filter, Enter chooses, Esc
cancels. A script gets an error instead, with the ids that are near.

Examples:
  credctl get admin
  credctl get prod db
      offers the credentials that have both words
  credctl get admin --all
      shows every member, with ids and the etag
  credctl get admin --reveal -o json
  credctl get admin --field password | xclip
      prints the exact bytes of the value; adds a newline only on a terminal
  credctl get admin --field username --field password
      prints one value a line, in this order
  credctl get admin --field username --field password -o env
      prints lines of a .env file; -o json prints an object
  credctl get admin --clip
  credctl get web --field notAfter
      prints a value that the certificate itself contains")]
pub struct Args {
    /// The id, or a name that only one credential has; on a terminal, words to choose by
    #[arg(value_name = "ID")]
    words: Vec<String>,
    /// Print only the value of FIELD, whatever the output form; repeat for several
    #[arg(long, value_name = "FIELD")]
    field: Vec<String>,
    /// Show every member of the credential, as it is stored
    #[arg(long)]
    all: bool,
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

impl Args {
    /// Returns true if the answer is fields with their names.
    pub fn names_fields(&self) -> bool {
        !self.field.is_empty() && !self.clip
    }
}

pub fn run(context: &Context, args: &Args) -> Result<(), Error> {
    let Context { settings, ui, .. } = context;
    pick::check(context, &args.words)?;
    let mut vault = session::read(context)?;
    let credential = match (args.revision, &args.words[..]) {
        (Some(revision), [id]) => settings.scope().version(&mut vault, id, revision)?,
        (Some(revision), words) => {
            let current = pick::credential(context, &mut vault, words)?;
            settings.scope().version(&mut vault, current.id(), revision)?
        }
        (None, words) => pick::credential(context, &mut vault, words)?,
    };
    let references = vault.references_to(credential.id())?;
    // scripts do without the view, and do not wait for what it needs; damage to the names hides no credential
    let is_view = settings.form == Form::Table && !args.all && args.field.is_empty() && !args.clip;
    let names =
        if is_view { output::Names::read(&mut vault).unwrap_or_default() } else { output::Names::default() };
    drop(vault);
    let reader = ValueReader::new(&settings.terms, args.force);
    if args.clip {
        return clip(ui, args, reader, &credential, &references);
    }
    match &args.field[..] {
        [] => {}
        [field] if settings.form != Form::Env => {
            return output::raw(ui, &reader.value(&credential, &references, field)?);
        }
        wanted => {
            let value = |field: &str| reader.value(&credential, &references, field).map_err(Error::from);
            return fields::print(settings, ui, credential.kind(), wanted, value);
        }
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
    if is_view {
        let view = output::View {
            credential: &credential,
            references: &references,
            names: &names,
            reveal: args.reveal,
        };
        return output::view(settings, ui, &view);
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
    if args.field.len() > 1 {
        return Err(Error::usage("only one --field can be copied to the clipboard"));
    }
    let field = args.field.first().cloned().or(main).ok_or_else(|| {
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
