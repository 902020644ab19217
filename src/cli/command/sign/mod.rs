//! `sign`: the signers of a vault, and the proof of who wrote it.

mod report;
mod statement;

use std::path::PathBuf;

use credctl::signature::SignerKey;
use credctl::store::SignersChange;
use credctl::value::{Object, Value};
use credctl::vault::{self, Signer};

use crate::cli::context::Context;
use crate::cli::error::Error;
use crate::cli::options::WriteArgs;
use crate::cli::{deployment, output, session, signing};

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Without an option, `sign` shows the signers, and who signed the current vault.

Only signers can change a signed vault. Every machine that knows the signers
refuses a vault that somebody else wrote, even if that person can read it.

Each write needs the key of a signer. credctl looks for it in this order:
  1. --signing-key, CREDCTL_SIGNING_KEY or signing-key in config.toml
  2. a key of a signer in the ssh-agent
  3. ~/.ssh/id_ed25519
A key has the type ssh-ed25519. A security key has the type sk-ssh-ed25519 and
works through the ssh-agent only.

--off stops the signing. A machine that has not seen that change refuses the
vault until `credctl trust` accepts it there.

Examples:
  credctl sign --with ~/.ssh/id_ed25519
  credctl sign --add 'ssh-ed25519 AAAA… anna@example.org' --name Anna
  credctl sign --remove Anna
  credctl sign --statement generation.txt
      writes generation.txt and generation.txt.sig for ssh-keygen -Y verify")]
pub struct Args {
    /// Sign every change from now on, with the private key KEY, or with the .pub file of a key in the ssh-agent
    #[arg(long, value_name = "KEY", group = "act", value_hint = clap::ValueHint::FilePath)]
    with: Option<PathBuf>,
    /// Add a signer: the text of a public key, or the path of a .pub file
    #[arg(long, value_name = "SIGNER", group = "act")]
    add: Option<String>,
    /// Remove a signer, by name or key
    #[arg(long, value_name = "SIGNER", group = "act")]
    remove: Option<String>,
    /// Stop signing the vault
    #[arg(long, group = "act")]
    off: bool,
    /// Write the signed statement to FILE, and its signature to FILE.sig
    #[arg(long, value_name = "FILE", group = "act", value_hint = clap::ValueHint::FilePath)]
    statement: Option<PathBuf>,
    /// The name of the signer [default: the comment of the key]
    #[arg(long, value_name = "NAME", conflicts_with_all = ["remove", "off", "statement"])]
    name: Option<String>,
    /// Replace the files of --statement
    #[arg(long, requires = "statement")]
    overwrite: bool,
    #[command(flatten)]
    write: WriteArgs,
}

pub fn run(context: &Context, args: &Args) -> Result<(), Error> {
    if let Some(path) = &args.statement {
        return statement::write(context, path, args.overwrite, args.write.dry_run);
    }
    match change(context, args)? {
        Some((change, done)) => apply(context, args, &change, &done),
        None if args.name.is_some() => Err(Error::usage("--name needs --with or --add")),
        None => report::show(context),
    }
}

/// Returns the change that the options ask for, and the words for it.
fn change(context: &Context, args: &Args) -> Result<Option<(SignersChange, String)>, Error> {
    if let Some(path) = &args.with {
        let (key, comment) = signing::key_of(context, path)?;
        let name = name(args.name.clone().or(comment), key.public())?;
        let done = format!("signed the vault with the key of {name}");
        return Ok(Some((SignersChange::Begin { name, key }, done)));
    }
    if let Some(text) = &args.add {
        let signing::NamedSigner { key, comment } = signing::named(text)?;
        let name = name(args.name.clone().or(comment), &key)?;
        let done = format!("added the signer {name}");
        return Ok(Some((SignersChange::Add { name, key }, done)));
    }
    if let Some(signer) = &args.remove {
        let done = format!("removed the signer {signer}");
        return Ok(Some((SignersChange::Remove(signer.clone()), done)));
    }
    let off = (SignersChange::End, "stopped signing the vault".to_owned());
    Ok(args.off.then_some(off))
}

/// Returns the name of a signer. A key without a comment has its fingerprint.
fn name(given: Option<String>, key: &SignerKey) -> Result<String, Error> {
    let name = given.unwrap_or_else(|| key.fingerprint());
    Ok(Signer::accepted_name(&name).map_err(vault::Error::from)?)
}

fn apply(context: &Context, args: &Args, change: &SignersChange, done: &str) -> Result<(), Error> {
    let Context { settings, ui, .. } = context;
    let store = session::store_to_change(context, args.write.dry_run)?;
    let preview = store.preview_of_keys()?;
    let mut answer = Object::from_iter([("vault", Value::text(settings.vault()?.display().to_string()))]);
    if args.write.dry_run {
        let signers = store.try_change_signers(preview, change)?;
        answer.insert("signers", report::list(&signers));
        answer.insert("dryRun", true);
        return output::message(settings, &answer, done, &report::sheet(&signers));
    }
    confirm(context, args, change)?;
    let (signers, deployment) = store.change_signers(preview, change)?;
    answer.insert("signers", report::list(&signers));
    answer.insert("deploymentResult", deployment::document(&deployment));
    if matches!(change, SignersChange::Begin { .. }) {
        ui.notice("each change of this vault now needs the key of a signer");
    }
    output::message(settings, &answer, done, &report::sheet(&signers))
}

/// Asks before a signer loses the right to sign, or all do.
fn confirm(context: &Context, args: &Args, change: &SignersChange) -> Result<(), Error> {
    let question = match change {
        SignersChange::Remove(name) => format!("Remove the signer {name}?"),
        SignersChange::End => {
            "Stop signing? Anyone who can read the vault can then change it unnoticed.".to_owned()
        }
        _ => return Ok(()),
    };
    if args.write.yes {
        return Ok(());
    }
    let prompter = context.ui.confirmer("change the signers")?;
    if prompter.confirm(&question)? { Ok(()) } else { Err(Error::usage("the vault was not changed")) }
}
