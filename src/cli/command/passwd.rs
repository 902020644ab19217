//! `passwd`: changes the password and nothing else.

use std::path::PathBuf;

use credctl::credential::{Head, Violations};
use credctl::generate::{generate, usual};
use credctl::secret::{Secret, without_newline};
use credctl::value::Value;
use credctl::vault::Vault;

use crate::cli::answer::{self, ChangeReport};
use crate::cli::clipboard::Clip;
use crate::cli::context::{Context, Input, Settings, Ui};
use crate::cli::error::{Error, Failure};
use crate::cli::options::{ClipArgs, WriteArgs};
use crate::cli::{assign, document, pick, session};

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  credctl passwd admin
      asks for the new password, twice
  pwgen -s 32 1 | credctl passwd admin --password-stdin
  credctl passwd admin --generate --clip
      makes a password and copies it, without showing it
  credctl passwd user1 -f password.json
      the document is {\"password\": \"…\"}")]
pub struct Args {
    /// The id of the credential; without one, choose it on a terminal
    id: Option<String>,
    /// Read the password from stdin; credctl drops one newline at the end
    #[arg(long, conflicts_with = "file")]
    password_stdin: bool,
    /// Generate a password without showing it; --clip copies it
    #[arg(long, conflicts_with_all = ["password_stdin", "file"])]
    generate: bool,
    /// Read {"password": …} from a document; - is stdin
    #[arg(short, long, value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    file: Option<PathBuf>,
    /// Require the user to change the password, or not (password hashes only)
    #[arg(long, value_name = "BOOL")]
    must_change: Option<bool>,
    /// Change the password only if this is the etag of the credential; * matches any
    #[arg(long, value_name = "ETAG")]
    if_match: Option<String>,
    /// Find the credential by its name
    #[arg(long)]
    by_name: bool,
    #[command(flatten)]
    clip: ClipArgs,
    #[command(flatten)]
    write: WriteArgs,
}

pub fn run(context: &Context, args: &Args) -> Result<(), Error> {
    let Context { settings, ui, input } = context;
    let clip = Clip::asked(ui, &args.clip)?;
    pick::check(context, args.id.as_slice())?;
    let mut seen = None;
    let id = match &args.id {
        Some(id) if !(args.asks(ui, input) || pick::may_choose(context)) => id.clone(),
        id => {
            let seen = seen.insert(session::preview(context, args.write.dry_run)?);
            let has_password = |head: &Head| head.kind.password.is_some();
            let id = pick::to_change(context, &mut seen.vault, id.as_deref(), args.by_name, &has_password)?;
            check(settings, args, &id, &mut seen.vault)?;
            id
        }
    };
    let password = password(ui, input, args, &id)?;
    let written = session::write_previewed(context, seen, args.write.dry_run, |vault| {
        check(settings, args, &id, vault)?;
        let condition = args.if_match.as_deref();
        let changed = vault.set_password(&id, args.by_name, condition, &password, args.must_change)?;
        answer::check(settings, &changed)?;
        let references = vault.references(changed.credential.id())?;
        Ok((changed, references))
    })?;
    let (changed, references) = &written.answer;
    let dry_run = args.write.dry_run;
    let told = ChangeReport::new("changed the password of", changed, &written.deployment, dry_run)
        .referred(references)
        .replacing();
    answer::changed(settings, ui, told)?;
    match clip {
        Some(clip) if !dry_run => {
            clip.copy(ui, &format!("password of {}", changed.credential.id()), password.expose().as_bytes())
        }
        _ => Ok(()),
    }
}

/// Fails if the credential cannot get a new password.
fn check(settings: &Settings, args: &Args, id: &str, vault: &mut Vault) -> Result<(), Error> {
    let condition = args.if_match.as_deref();
    let stored = settings.scope().find_for_password(vault, id, args.by_name, condition)?;
    if args.generate && stored.kind().keeps_hash_only() {
        return Err(assign::never_seen());
    }
    Ok(())
}

impl Args {
    /// Returns true if the operator types the new password.
    fn asks(&self, ui: &Ui, input: &Input) -> bool {
        let elsewhere = self.generate || self.file.is_some();
        let on_stdin = self.password_stdin && !input.is_terminal;
        !elsewhere && !on_stdin && ui.prompter().is_some()
    }
}

/// Returns the new password. A prompt comes before the vault is locked for others.
fn password(ui: &Ui, input: &Input, args: &Args, id: &str) -> Result<Secret, Error> {
    let missing = |reason: &'static str| Error::from(Violations::one("password", reason));
    if args.generate {
        let made = generate(&usual()).map_err(|error| Error::new(Failure::Internal, error.to_string()))?;
        return Ok(made.value);
    }
    if args.asks(ui, input)
        && let Some(prompter) = ui.prompter()
    {
        return Ok(prompter.new_secret(&format!("New password for {id}"))?);
    }
    if args.password_stdin {
        let mut bytes = without_newline(input.data(ui)?);
        let password =
            Secret::from_utf8(std::mem::take(&mut *bytes)).map_err(|_| missing("must be UTF-8 text"))?;
        return if password.is_empty() { Err(missing("must not be empty")) } else { Ok(password) };
    }
    if let Some(path) = &args.file {
        // other members are ignored, as in the documents of other systems
        let document = document::read_one(ui, input, path)?;
        return match document.get("password") {
            Some(Value::Text(password)) if !password.is_empty() => Ok(password.clone()),
            Some(Value::Text(_)) => Err(missing("must not be empty")),
            Some(_) => Err(missing("must be a text")),
            None => Err(missing("is required")),
        };
    }
    Err(missing("is required").hint("there is no terminal to prompt on; use --password-stdin or --file"))
}
