//! `rekey`: changes what the vault is locked to.

use std::path::PathBuf;

use credctl::secret::Secret;
use credctl::value::{Object, Value};
use credctl::vault::file::Backup;
use credctl::vault::{Key, Lockset, Recipients, Remember, Sealer, Vault};

use crate::cli::args::WriteArgs;
use crate::cli::context::Context;
use crate::cli::deployment::{self, Deployment};
use crate::cli::error::{Error, Kind};
use crate::cli::prompt::Prompter;
use crate::cli::session::Trust;
use crate::cli::{output, session, unlock};

#[derive(Debug, clap::Args)]
#[command(after_help = "\
The .bak file beside the vault is removed, because the old key opens it. Other copies of the vault
can still be opened with the old key: secrets that somebody must not know any more have to be
replaced where they are used.

Examples:
  credctl rekey
      asks for a new passphrase
  credctl rekey --add-recipient age1…
  credctl rekey --remove-recipient age1…
  credctl rekey --recipient age1… --recipient age1…
      these and no others")]
pub struct Args {
    /// Read the new passphrase from an open descriptor
    #[arg(long, value_name = "N", group = "to")]
    new_passphrase_fd: Option<u32>,
    /// Read the new passphrase from a file
    #[arg(long, value_name = "FILE", group = "to", value_hint = clap::ValueHint::FilePath)]
    new_passphrase_file: Option<PathBuf>,
    /// Lock it to these recipients and no others
    #[arg(short, long, value_name = "R", conflicts_with = "to")]
    recipient: Vec<String>,
    /// A file of such recipients, one a line
    #[arg(long, value_name = "FILE", conflicts_with = "to", value_hint = clap::ValueHint::FilePath)]
    recipients_file: Option<PathBuf>,
    /// Let one more recipient open it
    #[arg(long, value_name = "R", conflicts_with_all = ["to", "recipient", "recipients_file"])]
    add_recipient: Vec<String>,
    /// Let a recipient no longer open it
    #[arg(long, value_name = "R", conflicts_with_all = ["to", "recipient", "recipients_file"])]
    remove_recipient: Vec<String>,
    #[command(flatten)]
    write: WriteArgs,
}

pub fn run(context: &Context, args: &Args) -> Result<(), Error> {
    session::whole_vault(context, "rekey")?;
    let key = session::key(context)?;
    let named = named(context, args)?;
    if let Some(prompter) = context.prompter().filter(|_| !args.write.yes && !args.write.dry_run) {
        // asked before others have to wait for the lock
        confirm(context, args, prompter, named.as_ref(), &key)?;
    }
    let (lock, sealed) = if args.write.dry_run {
        (None, session::sealed(context)?)
    } else {
        let (lock, sealed) = session::lock(context)?;
        (Some(lock), sealed)
    };
    let mut vault = Vault::open(sealed, &key)?;
    session::no_bundle(&vault)?;
    let is_named = named.is_some();
    let (lockset, changed) = match named {
        Some(lockset) => (lockset, true),
        None => {
            let (recipients, changed) = edited(context, args, &key, &mut vault)?;
            if !args.add_recipient.is_empty() && !changed {
                context.notice("the recipients were there already");
            }
            (Lockset::Recipients(recipients), changed)
        }
    };
    let mut answer = Object::new();
    answer.insert("vault", Value::text(context.vault.display().to_string()));
    lockset.describe(&mut answer);
    let mut deployment = Deployment::default();
    match lock {
        None => drop(answer.insert("dryRun", true)),
        Some(_) if !changed => {}
        Some(lock) => {
            if context.prompter().is_none() && !args.write.yes && !lockset.opens_with(&key)? {
                context.notice("none of the identities given opens the vault any more");
            }
            let trust = Trust::of(context, lock.location(), vault.id());
            if is_named {
                trust.check_bundles(context, &mut vault)?;
            } else {
                trust.check_roster(context, &mut vault, &lockset)?;
            }
            let known = vault.known(&lockset)?;
            let sealer = Sealer::new(&lockset)?;
            vault.save(&lock, &lockset, sealer, Backup::Drop, &Remember::nothing())?;
            context.notice("copies of the old vault can still be opened with the old key");
            trust.keep(context, lock.location(), vault.id(), known);
            deployment = deployment::write(context, &lock, &mut vault, &lockset, &[])?;
        }
    }
    answer.insert("deploymentResult", deployment.document());
    output::object(context, &answer)
}

/// Whoever locks himself out is asked whether that is meant.
fn confirm(
    context: &Context,
    args: &Args,
    prompter: &Prompter,
    named: Option<&Lockset>,
    key: &Key,
) -> Result<(), Error> {
    let opens = match named {
        Some(lockset) => lockset.opens_with(key)?,
        None => {
            let mut vault = Vault::open(session::sealed(context)?, key)?;
            Lockset::Recipients(edited(context, args, key, &mut vault)?.0).opens_with(key)?
        }
    };
    if opens || prompter.confirm("None of your identities will open the vault any more. Go on?")? {
        return Ok(());
    }
    Err(Error::usage("the vault was left as it is"))
}

/// What the options say without a look at the vault; asked for where they say nothing.
fn named(context: &Context, args: &Args) -> Result<Option<Lockset>, Error> {
    let passphrase = |secret: Secret| {
        if secret.is_empty() {
            Err(Error::usage("the new passphrase is empty"))
        } else {
            Ok(Some(Lockset::Passphrase(secret)))
        }
    };
    if let Some(number) = args.new_passphrase_fd {
        return passphrase(unlock::descriptor(number)?);
    }
    if let Some(path) = &args.new_passphrase_file {
        return passphrase(unlock::file(path)?);
    }
    if !args.add_recipient.is_empty() || !args.remove_recipient.is_empty() {
        return Ok(None);
    }
    let mut recipients = Recipients::parse(&args.recipient, &context.plugins())?;
    if let Some(path) = &args.recipients_file {
        unlock::add_recipients(context, &mut recipients, path)?;
    }
    if !recipients.is_empty() {
        return Ok(Some(Lockset::Recipients(recipients)));
    }
    match context.prompter() {
        Some(prompter) => passphrase(prompter.new_secret("New passphrase")?),
        None => Err(Error::usage("say what the vault is to be locked to; there is nobody to ask")
            .hint("see `credctl rekey --help`")),
    }
}

fn edited(context: &Context, args: &Args, key: &Key, vault: &mut Vault) -> Result<(Recipients, bool), Error> {
    if matches!(key, Key::Passphrase(_)) {
        return Err(Error::usage("a vault with a passphrase has no recipients, and cannot have both")
            .hint("--recipient locks it to recipients instead of the passphrase"));
    }
    let mut recipients = Recipients::parse(vault.recipients()?, &context.plugins())?;
    let mut changed = !args.remove_recipient.is_empty();
    for text in &args.add_recipient {
        changed |= recipients.add(text, &context.plugins())?;
    }
    for text in &args.remove_recipient {
        if !recipients.remove(text) {
            return Err(Error::new(Kind::NotFound, "the recipient to be removed is not one of this vault")
                .hint(format!("the recipients are {}", recipients.texts().collect::<Vec<_>>().join(", "))));
        }
    }
    if recipients.is_empty() {
        return Err(Error::usage("nobody could open the vault any more").hint("name another recipient first"));
    }
    Ok((recipients, changed))
}
