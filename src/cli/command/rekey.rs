//! `rekey`: changes the passphrase or the recipients of the vault.

use credctl::store::{Deployment, Preview};
use std::path::PathBuf;

use credctl::secret::Secret;
use credctl::value::{Object, Value};
use credctl::vault::{Key, Lockset, Recipients};

use crate::cli::context::{Context, Settings, Ui};
use crate::cli::error::{Error, Failure};
use crate::cli::options::WriteArgs;
use crate::cli::{agent, deployment, output, session, unlock};

#[derive(Debug, clap::Args)]
#[command(after_help = "\
The .bak file beside the vault is the old vault until credctl has opened the new
one once. credctl then removes the file, because the old key opens it. The old
key still opens other copies of the vault. If somebody must not know a secret
any more, replace the secret where it is used.

If no known identity opens the new vault, credctl asks for the name of the vault
file, or needs --yes.

Examples:
  credctl rekey
      asks for a new passphrase
  credctl rekey --add-recipient age1…
  credctl rekey --remove-recipient age1…
  credctl rekey --recipient age1… --recipient age1…
      locks the vault to these recipients and no others")]
pub struct Args {
    /// Read the new passphrase from an open descriptor
    #[arg(long, value_name = "N", group = "to")]
    new_passphrase_fd: Option<u32>,
    /// Read the new passphrase from a file
    #[arg(long, value_name = "FILE", group = "to", value_hint = clap::ValueHint::FilePath)]
    new_passphrase_file: Option<PathBuf>,
    /// Lock the vault to these recipients and no others
    #[arg(short, long, value_name = "R", conflicts_with = "to")]
    recipient: Vec<String>,
    /// A file of these recipients, one per line
    #[arg(long, value_name = "FILE", conflicts_with = "to", value_hint = clap::ValueHint::FilePath)]
    recipients_file: Option<PathBuf>,
    /// Add a recipient that can open the vault
    #[arg(long, value_name = "R", conflicts_with_all = ["to", "recipient", "recipients_file"])]
    add_recipient: Vec<String>,
    /// Remove a recipient, so that it no longer opens the vault
    #[arg(long, value_name = "R", conflicts_with_all = ["to", "recipient", "recipients_file"])]
    remove_recipient: Vec<String>,
    #[command(flatten)]
    write: WriteArgs,
}

pub fn run(context: &Context, args: &Args) -> Result<(), Error> {
    let Context { settings, ui, .. } = context;
    let mut seen = session::store(context)?.preview_of_keys()?;
    let named = named(settings, ui, args)?;
    let (lockset, changed, roster) = match named {
        Some(lockset) => (lockset, true, None),
        None => {
            let roster = seen.vault.recipients()?;
            let (lockset, changed) = edited(settings, ui, args, &seen, &roster)?;
            (lockset, changed, Some(roster))
        }
    };
    if changed {
        // the prompt comes before others have to wait for the lock
        require_way_in(context, args, &seen.key, &lockset)?;
    }
    let mut answer = Object::new();
    answer.insert("vault", Value::text(settings.vault()?.display().to_string()));
    lockset.describe(&mut answer);
    let mut deployment = Deployment::default();
    if args.write.dry_run {
        answer.insert("dryRun", true);
    } else if changed {
        let had_passphrase = !matches!(*seen.key, Key::Identities(_));
        match session::store(context)?.rekey(seen, &lockset, roster.as_deref())? {
            Some(written) => deployment = written,
            None => return run(context, args),
        }
        if had_passphrase {
            agent::forget(settings, ui);
        }
        ui.notice(
            "the old key still opens the .bak file, until credctl has opened the new vault, and other copies",
        );
    } else {
        session::store(context)?.settle(&seen);
    }
    answer.insert("deploymentResult", deployment::document(&deployment));
    output::object(settings, &answer)
}

/// Requires a confirmation if no identity at hand opens the new vault. Asks for the name of its file, because
/// people type a yes by habit, but not a name.
fn require_way_in(context: &Context, args: &Args, key: &Key, lockset: &Lockset) -> Result<(), Error> {
    const WHAT: &str = "none of your identities would open the vault";
    let Context { settings, ui, .. } = context;
    if unlock::opens_lockset(context, key, lockset)? {
        return Ok(());
    }
    let prompter = ui.prompter();
    if args.write.yes || (args.write.dry_run && prompter.is_some()) {
        ui.notice(WHAT);
        return Ok(());
    }
    let Some(prompter) = prompter else {
        return Err(Error::usage(WHAT).hint("name an identity that does with --identity, or add --yes"));
    };
    let name = settings.vault()?.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let question = format!("{WHAT}. To go on, type the name of its file, {name}");
    if prompter.text(&question, &|_| Ok(()))?.trim() == name {
        return Ok(());
    }
    Err(Error::usage("the vault was not changed"))
}

/// Returns the lockset that the options give without a look at the vault. Prompts for a passphrase if they
/// give none. Returns `None` if they add or remove recipients.
fn named(settings: &Settings, ui: &Ui, args: &Args) -> Result<Option<Lockset>, Error> {
    let passphrase = |secret: Secret| Ok(Some(Lockset::Passphrase(unlock::chosen(ui, secret)?)));
    if let Some(number) = args.new_passphrase_fd {
        return passphrase(unlock::descriptor(number)?);
    }
    if let Some(path) = &args.new_passphrase_file {
        return passphrase(unlock::file(path)?);
    }
    if !args.add_recipient.is_empty() || !args.remove_recipient.is_empty() {
        return Ok(None);
    }
    let mut recipients = Recipients::parse(&args.recipient, &ui.age_plugins(settings))?;
    if let Some(path) = &args.recipients_file {
        unlock::add_recipients(settings, ui, &mut recipients, path)?;
    }
    if !recipients.is_empty() {
        return Ok(Some(Lockset::Recipients(recipients)));
    }
    match ui.prompter() {
        Some(prompter) => Ok(Some(Lockset::Passphrase(unlock::choose(prompter, "New passphrase")?))),
        None => Err(Error::usage("name the new keys of the vault: there is no terminal to prompt on")
            .hint("see `credctl rekey --help`")),
    }
}

/// Adds and removes the recipients of the options. Returns the new lockset, and true if it differs from the
/// roster.
fn edited(
    settings: &Settings,
    ui: &Ui,
    args: &Args,
    seen: &Preview,
    roster: &[String],
) -> Result<(Lockset, bool), Error> {
    if matches!(*seen.key, Key::Passphrase(_) | Key::Held(_)) {
        return Err(Error::usage("a vault with a passphrase has no recipients, and cannot have both")
            .hint("--recipient locks it to recipients instead of the passphrase"));
    }
    let mut recipients = Recipients::parse(roster, &ui.age_plugins(settings))?;
    let mut changed = false;
    for text in &args.add_recipient {
        changed |= recipients.add(text, &ui.age_plugins(settings))?;
    }
    if !args.add_recipient.is_empty() && !changed {
        ui.notice("the vault has these recipients already");
    }
    for text in &args.remove_recipient {
        if recipients.remove(text) {
            changed = true;
        } else if Recipients::parse(seen.former_recipients(), &ui.age_plugins(settings))?.remove(text) {
            // as after a call that was killed before its end
            ui.notice("a recipient was removed already");
        } else {
            return Err(Error::new(Failure::NotFound, "the recipient to remove is not in this vault")
                .hint(format!("the recipients are {}", recipients.texts().collect::<Vec<_>>().join(", "))));
        }
    }
    if recipients.is_empty() {
        return Err(Error::usage("refusing to remove the last recipient").hint("add another recipient first"));
    }
    Ok((Lockset::Recipients(recipients), changed))
}
