//! `init`: makes a vault.

use std::path::{Path, PathBuf};

use credctl::value::{Object, Value};
use credctl::vault::file::{Backup, FileError, Location, remove_named, write_new_private};
use credctl::vault::{Lockset, Recipients, Remember, Sealer, Vault, generate};

use crate::cli::context::Context;
use crate::cli::error::Error;
use crate::cli::{output, session, unlock};

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Without recipients the vault is locked with a passphrase, which is asked for twice or read once from
a source such as --passphrase-stdin. With recipients it is opened by an identity, without waiting.
Every later write keeps the previous state in an encrypted file beside the vault that ends in .bak.

Examples:
  credctl init
  credctl init --generate-identity ~/.config/credctl/identity.txt
  credctl init --recipient age1… --recipient \"$(cat ~/.ssh/id_ed25519.pub)\"")]
pub struct Args {
    /// Who can open it: age1…, or an SSH public key
    #[arg(short, long, value_name = "R")]
    recipient: Vec<String>,
    /// A file of recipients, one a line
    #[arg(long, value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    recipients_file: Option<PathBuf>,
    /// Make a new identity, write it to this file, and let it open the vault
    #[arg(long, value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    generate_identity: Option<PathBuf>,
    /// Replace a vault that is there; the old one becomes the .bak file
    #[arg(long)]
    force: bool,
}

pub fn run(context: &Context, args: &Args) -> Result<(), Error> {
    session::administrator(context)?;
    let mut recipients = Recipients::parse(&args.recipient, &context.plugins)?;
    if let Some(path) = &args.recipients_file {
        unlock::add_recipients(context, &mut recipients, path)?;
    }
    let generated = args.generate_identity.as_deref().map(|path| (path, generate()));
    if let Some((_, (_, recipient))) = &generated {
        recipients.add(recipient, &context.plugins)?;
    }
    let location = Location::resolve_or_create(&context.vault)?;
    // before anything is asked or written; again under the lock, where it counts
    let exists = location.exists()?;
    if exists && !args.force {
        return Err(Error::from(FileError::Exists { path: location.path().to_owned() })
            .hint("--force replaces it; every credential in it would be gone"));
    }
    let lockset = if recipients.is_empty() {
        let prompt = format!("New passphrase for {}", context.vault.display());
        Lockset::Passphrase(unlock::new_passphrase(context, &prompt)?)
    } else {
        Lockset::Recipients(recipients)
    };
    let lock = location.lock(context.lock_timeout)?;
    if let Some((path, (identity, recipient))) = &generated {
        let text = format!(
            "# created: {}\n# public key: {recipient}\n",
            credctl::kind::rule::time::format(context.now)
        );
        let text = zeroize::Zeroizing::new(text + identity.expose() + "\n");
        write_new_private(path, text.as_bytes())?;
    }
    let mut vault = Vault::new()?;
    let id = vault.id();
    let sealer = Sealer::new(&lockset)?;
    let made = if exists {
        vault.save(&lock, &lockset, sealer, Backup::Keep, &Remember::nothing())
    } else {
        vault.create(&lock, &lockset, sealer)
    };
    if let Err(error) = made {
        // an identity that opens nothing is of no use
        if let Some((path, _)) = &generated {
            let _ = remove_named(path);
        }
        return Err(error.into());
    }
    answer(
        context,
        &id.to_string(),
        &lockset,
        generated.as_ref().map(|(path, (_, recipient))| (*path, recipient.as_str())),
    )
}

fn answer(
    context: &Context,
    id: &str,
    lockset: &Lockset,
    generated: Option<(&Path, &str)>,
) -> Result<(), Error> {
    let mut answer = Object::new();
    answer.insert("vault", Value::text(context.vault.display().to_string()));
    answer.insert("id", Value::text(id));
    lockset.describe(&mut answer);
    if let Some((path, recipient)) = generated {
        answer.insert("identity", Value::text(path.display().to_string()));
        answer.insert("recipient", Value::text(recipient));
        context.notice(&format!(
            "keep {0} safe: without it the vault cannot be opened; CREDCTL_IDENTITY={0} unlocks with it",
            path.display()
        ));
    }
    output::object(context, &answer)
}
