//! `rekey`: changes the passphrase or the recipients of the vault.

use credctl::store::{KeyChange, Membership, Preview, RecipientAddition, RecipientRemoval};
use std::path::PathBuf;

use credctl::secret::Secret;
use credctl::value::{Object, Value};
use credctl::vault::{Lockset, RosterMember};

use crate::cli::context::{Context, Settings, Ui};
use crate::cli::error::Error;
use crate::cli::options::WriteArgs;
use crate::cli::{output, rekeying, session, unlock};

#[derive(Debug, clap::Args)]
#[command(after_help = "\
The old key still opens the .bak file beside the vault, which credctl removes
when it opens the new vault. The old key also opens other copies of the vault.
credctl therefore marks each credential that a removed recipient could read:
replace its secret where it is used. Use --no-rotate only if you alone had the
removed key.

If no known identity opens the new vault, credctl asks for the name of the vault
file, or needs --yes.

Examples:
  credctl rekey
      asks for a new passphrase
  credctl rekey --add-recipient age1…
  credctl rekey --remove-recipient age1…
  credctl rekey --recipient age1… --recipient age1…
      locks the vault to these recipients and no others
  credctl list --filter \"rotateRequired eq true\"")]
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
    /// Remove a recipient by its name or key, so that it no longer opens the vault
    #[arg(long, value_name = "NAME|R", conflicts_with_all = ["to", "recipient", "recipients_file"])]
    remove_recipient: Vec<String>,
    /// Do not mark the secrets that a removed recipient could read
    #[arg(long)]
    no_rotate: bool,
    #[command(flatten)]
    write: WriteArgs,
}

pub fn run(context: &Context, args: &Args) -> Result<(), Error> {
    let Context { settings, ui, .. } = context;
    let mut seen = session::preview_of_keys(context, args.write.dry_run)?;
    let (mut change, is_changed) = match passphrase(ui, args)? {
        Some(lockset) => (KeyChange::to_passphrase(lockset), true),
        None => recipients(settings, ui, args, &mut seen)?,
    };
    change.marks = !args.no_rotate;
    let mut answer = Object::new();
    answer.insert("vault", Value::text(settings.vault()?.display().to_string()));
    change.lockset.describe(&mut answer);
    let report = rekeying::change_or_settle(context, seen, &change, is_changed, &args.write)?;
    let Some(report) = report else { return run(context, args) };
    report.put_into(&mut answer, &args.write);
    report.tell(ui, &args.write);
    output::object(settings, &answer)
}

/// Returns the passphrase that the options give, or the one that the operator types if they name no recipient.
fn passphrase(ui: &Ui, args: &Args) -> Result<Option<Lockset>, Error> {
    let passphrase = |secret: Secret| Ok(Some(Lockset::Passphrase(unlock::chosen(ui, secret)?)));
    if let Some(number) = args.new_passphrase_fd {
        return passphrase(unlock::descriptor(number)?);
    }
    if let Some(path) = &args.new_passphrase_file {
        return passphrase(unlock::file(path)?);
    }
    let names_recipients = !args.recipient.is_empty()
        || args.recipients_file.is_some()
        || !args.add_recipient.is_empty()
        || !args.remove_recipient.is_empty();
    match ui.prompter() {
        _ if names_recipients => Ok(None),
        Some(prompter) => Ok(Some(Lockset::Passphrase(unlock::choose(prompter, "New passphrase")?))),
        None => Err(Error::usage("name the new keys of the vault: there is no terminal to prompt on")
            .hint("see `credctl rekey --help`")),
    }
}

/// Returns the change to the recipients of the options, and true if anything is to be changed.
fn recipients(
    settings: &Settings,
    ui: &Ui,
    args: &Args,
    seen: &mut Preview,
) -> Result<(KeyChange, bool), Error> {
    let plugins = ui.age_plugins(settings);
    let is_edit = !args.add_recipient.is_empty() || !args.remove_recipient.is_empty();
    let mut members = if is_edit { Membership::of(seen)? } else { Membership::anew(seen)? };
    let mut given: Vec<RosterMember> =
        args.recipient.iter().chain(&args.add_recipient).map(|text| RosterMember::parse(text)).collect();
    if let Some(path) = &args.recipients_file {
        given.extend(unlock::listed(settings, ui, path)?);
        if given.is_empty() {
            return Err(Error::usage(format!("{} has no recipient", path.display())));
        }
    }
    let mut is_new = given.is_empty();
    for member in &given {
        let added = members.add(member, None, &plugins, &settings.terms)?;
        is_new |= !matches!(added, RecipientAddition::Present(_));
    }
    if !is_new {
        ui.notice("the vault has these recipients already");
    }
    for who in &args.remove_recipient {
        if let RecipientRemoval::Already(_) = members.remove(who, seen)? {
            // as after a call that was killed before its end
            ui.notice("a recipient was removed already");
        }
    }
    let is_changed = !is_edit || members.is_changed();
    Ok((members.into_change(&ui.age_plugins(settings))?, is_changed))
}
