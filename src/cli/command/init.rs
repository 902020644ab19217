//! `init`: makes a vault.

use credctl::store;
use std::path::{Path, PathBuf};

use credctl::disk::{FileError, Location, remove_named, write_new_private};
use credctl::value::{Object, Value};
use credctl::vault::{self, Lockset, Recipients, generate};

use uuid::Uuid;

use crate::cli::context::{Context, Settings, Ui};
use crate::cli::error::Error;
use crate::cli::options::WriteArgs;
use crate::cli::{output, session, unlock};

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Without recipients, credctl locks the vault with a passphrase. It asks for the
passphrase twice, or reads it once from a source such as --passphrase-stdin.
With recipients, an identity opens the vault, without waiting. Every later write
except a purge keeps the previous state, encrypted, in a .bak file beside the
vault.

Examples:
  credctl init
  credctl init --generate-identity ~/.config/credctl/identity.txt
  credctl init --recipient age1… --recipient \"$(cat ~/.ssh/id_ed25519.pub)\"")]
pub struct Args {
    /// A recipient that can open the vault: age1…, or an SSH public key
    #[arg(short, long, value_name = "R")]
    recipient: Vec<String>,
    /// A file of recipients, one per line
    #[arg(long, value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    recipients_file: Option<PathBuf>,
    /// Make a new identity that opens the vault, and write it to FILE
    #[arg(long, value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    generate_identity: Option<PathBuf>,
    /// Replace an existing vault; the old one becomes the .bak file
    #[arg(long)]
    force: bool,
    #[command(flatten)]
    write: WriteArgs,
}

pub fn run(context: &Context, args: &Args) -> Result<(), Error> {
    let Context { settings, ui, .. } = context;
    let mut recipients = Recipients::parse(&args.recipient, &ui.age_plugins(settings))?;
    if let Some(path) = &args.recipients_file {
        unlock::add_recipients(settings, ui, &mut recipients, path)?;
    }
    let generated = args.generate_identity.as_deref().map(|path| (path, generate()));
    if let Some((_, (_, recipient))) = &generated {
        recipients.add(recipient, &ui.age_plugins(settings))?;
    }
    let location = if args.write.dry_run {
        // the folder may not exist yet
        Location::resolve(settings.vault()?).map(Some).or_else(|error| match error {
            FileError::NotFound { .. } => Ok(None),
            error => Err(error),
        })
    } else {
        Location::resolve_or_create(settings.vault()?).map(Some)
    };
    let location = location.map_err(store::Error::at_vault)?;
    // before any prompt or write; again under the lock, where it counts
    let exists = location.as_ref().map_or(Ok(false), Location::exists).map_err(store::Error::at_vault)?;
    if let Some(location) = location.as_ref().filter(|_| exists && !args.force) {
        return Err(Error::from(FileError::Exists { path: location.path().to_owned() })
            .hint("--force replaces it, and deletes every credential in it"));
    }
    let lockset = if recipients.is_empty() {
        let prompt = format!("New passphrase for {}", settings.vault()?.display());
        Lockset::Passphrase(unlock::new_passphrase(context, &prompt)?)
    } else {
        Lockset::Recipients(recipients)
    };
    let told = generated.as_ref().map(|(path, (_, recipient))| (*path, recipient.as_str()));
    let Some(location) = location.filter(|_| !args.write.dry_run) else {
        return answer(settings, ui, None, &lockset, told);
    };
    let lock = location.lock(settings.terms.lock_timeout).map_err(store::Error::at_vault)?;
    if let Some((path, (identity, recipient))) = &generated {
        let text =
            format!("# created: {}\n# public key: {recipient}\n", credctl::time::format(settings.terms.now));
        let text = zeroize::Zeroizing::new(text + identity.expose() + "\n");
        write_new_private(path, text.as_bytes())?;
    }
    let made = session::store(context)?.create_locked(&lock, &lockset, exists);
    let id = made.map_err(|error| {
        let is_perhaps_there =
            matches!(&error, store::Error::Vault(vault::Error::File(FileError::Unconfirmed { .. })));
        let error = Error::from(error);
        match &generated {
            Some((path, _)) if is_perhaps_there => error.hint(format!(
                "keep {}: if the new vault is in place, only this identity opens it",
                path.display()
            )),
            // an identity that opens nothing is of no use
            Some((path, _)) => {
                let _ = remove_named(path);
                error
            }
            None => error,
        }
    })?;
    if generated.is_none() && unlock::nothing_opens(settings, ui, &lockset)? {
        ui.notice("none of your identities opens the new vault; name one that does with --identity");
    }
    answer(settings, ui, Some(id), &lockset, told)
}

/// Prints the answer about the vault. Without an id, credctl did not make the vault.
fn answer(
    settings: &Settings,
    ui: &Ui,
    id: Option<Uuid>,
    lockset: &Lockset,
    generated: Option<(&Path, &str)>,
) -> Result<(), Error> {
    let mut answer = Object::new();
    answer.insert("vault", Value::text(settings.vault()?.display().to_string()));
    if let Some(id) = id {
        answer.insert("id", Value::text(id.to_string()));
    }
    lockset.describe(&mut answer);
    if let Some((path, recipient)) = generated {
        answer.insert("identity", Value::text(path.display().to_string()));
        answer.insert("recipient", Value::text(recipient));
        if id.is_some() {
            ui.notice(&format!(
                "keep {0} safe: without it the vault cannot be opened; CREDCTL_IDENTITY={0} unlocks with it",
                path.display()
            ));
        }
    }
    if id.is_none() {
        answer.insert("dryRun", true);
    }
    output::object(settings, &answer)
}
