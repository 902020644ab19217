//! `get`: shows one credential, or values of it.

mod content;
mod fields;

use credctl::credential::Credential;
use credctl::dialect::ViewSettings;
use credctl::kind::Field;
use credctl::secret::SecretBytes;
use credctl::store::ValueReader;
use credctl::vault::Reference;

use crate::cli::clipboard::Clip;
use crate::cli::context::{self, Context};
use crate::cli::error::Error;
use crate::cli::options::{ClipArgs, Form};
use crate::cli::output::{Existing, OutArgs};
use crate::cli::{output, pick, recognition, session, shell_word};

#[derive(Debug, clap::Args)]
#[command(after_help = "\
credctl shows only the names of secrets, unless you ask for the values. On a
terminal, words that are no id and no name show a list of the matching
credentials. Without a word, the list has all of them. Type to filter, choose
with Enter, cancel with Esc. A script gets an error with similar ids instead.

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
  credctl get web --attachment ca.pem --out ca.pem
  credctl get web --field notAfter
      prints a value that the certificate itself contains
  credctl get github --field totp --reveal
      prints the seed of one-time passwords; `credctl otp` prints a code")]
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
    /// Write the content of the attachment NAME, and nothing else
    #[arg(long, value_name = "NAME", conflicts_with_all = ["field", "all", "clip"])]
    attachment: Option<String>,
    #[command(flatten)]
    out: OutArgs,
    #[command(flatten)]
    clip: ClipArgs,
    /// Show the secrets too
    #[arg(long, conflicts_with = "clip")]
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
        !self.field.is_empty() && !self.clip.clip
    }
}

pub fn run(context: &Context, args: &Args) -> Result<(), Error> {
    let Context { settings, ui, .. } = context;
    let clip = Clip::asked(ui, &args.clip)?;
    pick::check(context, &args.words)?;
    if args.attachment.is_none() && args.out.is_given() {
        let error = Error::usage("--out needs --attachment");
        return Err(error.hint("`credctl export` writes credentials to a file"));
    }
    let target = args.out.target(settings, Existing::unless(args.out.overwrite))?;
    let (mut vault, key) = session::store(context)?.read_with_key()?;
    let credential = match (args.revision, &args.words[..]) {
        (Some(revision), [id]) => settings.scope().version(&mut vault, id, revision)?,
        (Some(revision), words) => {
            let current = pick::credential(context, &mut vault, words)?;
            settings.scope().version(&mut vault, current.id(), revision)?
        }
        (None, words) => pick::credential(context, &mut vault, words)?,
    };
    if let Some(name) = &args.attachment {
        ValueReader::new(&settings.terms, args.force).check_usable(&credential)?;
        let content = session::store(context)?.contents()?.open(credential.attachment_named(name)?)?;
        return content::write(ui, content, target, &key, args.reveal);
    }
    let references = vault.references_to(credential.id())?;
    // scripts do without the view, and do not wait for what it needs; damage to the names hides no credential
    let is_view = settings.form == Form::Table && !args.all && args.field.is_empty() && clip.is_none();
    let names = is_view.then(|| output::Names::read(settings.act().actor, &mut vault));
    let names = names.and_then(Result::ok).unwrap_or_default();
    drop(vault);
    let reader = ValueReader::new(&settings.terms, args.force).with_codes_at(context::now());
    if let Some(clip) = &clip {
        let (path, value) = to_copy(args, reader, &credential, &references)?;
        return clip.copy(ui, &format!("{path} of {}", credential.id()), &value);
    }
    if !args.reveal {
        args.field.iter().try_for_each(|field| check_no_seed(&credential, field, ""))?;
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
        let view = ViewSettings {
            now: settings.terms.now,
            version: recognition::version(args.nc_version.as_deref())?,
            reveal: args.reveal,
            networks: &Reference::networks(&references),
        };
        return output::document(settings, &system.one(&credential, &view)?);
    }
    if is_view {
        let view = output::CredentialView {
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

/// Returns the value to copy with its path: that of `--field`, or the main secret.
fn to_copy(
    args: &Args,
    reader: ValueReader<'_>,
    credential: &Credential,
    references: &[Reference],
) -> Result<(String, SecretBytes), Error> {
    let main = credential.kind().main_secret();
    // an entry of a key store is copied as it was typed
    let main = main.map(|path| credential.kind().bare_name(&path).to_owned());
    if args.field.len() > 1 {
        return Err(Error::usage("only one --field can be copied to the clipboard"));
    }
    let field = args.field.first().cloned().or(main).ok_or_else(|| {
        Error::usage(format!(
            "{} has no secret of its own; name a field with --field",
            credential.kind().name
        ))
    })?;
    check_no_seed(credential, &field, " --clip")?;
    let value = reader.value(credential, references, &field)?;
    Ok((field, value))
}

/// Fails for the seed of one-time passwords. People who ask for it mean its code, and a seed that is seen once gives
/// all codes for good.
fn check_no_seed(credential: &Credential, field: &str, option: &str) -> Result<(), Error> {
    if !credential.kind().field(field).is_some_and(Field::is_seed) {
        return Ok(());
    }
    Err(Error::usage(format!("`{field}` is the seed of one-time passwords, which needs --reveal"))
        .hint(format!("`credctl otp {}{option}` gives its code", shell_word::quoted(credential.id()))))
}
