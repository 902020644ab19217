//! `init`: makes a vault.

use credctl::store;
use std::path::{Path, PathBuf};

use credctl::disk::{FileError, Location};
use credctl::value::{Object, Value};
use credctl::vault::{Lockset, Recipients};

use uuid::Uuid;

use crate::cli::context::{Context, Settings, Ui};
use crate::cli::error::Error;
use crate::cli::options::WriteArgs;
use crate::cli::setup::creation::{self, NewKey};
use crate::cli::{output, unlock};

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Without recipients, credctl locks the vault with a passphrase. It asks for the
passphrase twice, or reads it once from a source such as --passphrase-stdin.
With recipients, an identity opens the vault, without waiting. Every later write
except a purge keeps the previous state, encrypted, in a .bak file beside the
vault.

Examples:
  credctl init
  credctl init --generate-identity
      the identity in its usual place, which credctl finds without an option
  credctl init --recipient age1… --recipient \"$(cat ~/.ssh/id_ed25519.pub)\"")]
pub struct Args {
    /// A recipient that can open the vault: age1…, or an SSH public key
    #[arg(short, long, value_name = "R")]
    recipient: Vec<String>,
    /// A file of recipients, one per line
    #[arg(long, value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    recipients_file: Option<PathBuf>,
    /// Make a new identity that opens the vault, and write it to FILE, or to identity.txt in the config folder
    #[arg(long, value_name = "FILE", num_args = 0..=1, value_hint = clap::ValueHint::FilePath)]
    #[expect(clippy::option_option, reason = "an option with a value that may be left out")]
    generate_identity: Option<Option<PathBuf>>,
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
    let generated = match &args.generate_identity {
        Some(path) => Some(NewKey::new(place_of_identity(settings, path.as_deref())?, None)),
        None => None,
    };
    if let Some(key) = &generated {
        recipients.add(&key.recipient, &ui.age_plugins(settings))?;
    }
    let location = if args.write.dry_run {
        // the folder may not exist yet
        settings.terms.locate(settings.vault()?).map(Some).or_else(|error| match error {
            FileError::NotFound { .. } => Ok(None),
            error => Err(error),
        })
    } else {
        settings.terms.locate_or_create(settings.vault()?).map(Some)
    };
    let location = location.map_err(store::Error::at_vault)?;
    // before any prompt or write; again under the lock, where it counts
    let exists = location.as_ref().map_or(Ok(false), Location::exists).map_err(store::Error::at_vault)?;
    if let Some(copy) = settings.terms.copy(settings.vault()?).filter(|_| exists) {
        // the copy may be the last one
        copy.require_there()?;
    }
    if let Some(location) = location.as_ref().filter(|_| exists && !args.force) {
        return Err(Error::from(FileError::Exists { path: location.shown().to_owned() })
            .hint("--force replaces it, and deletes every credential in it"));
    }
    let lockset = if recipients.is_empty() {
        if let Some(path) = settings.identities.first().filter(|_| ui.prompter().is_some()) {
            let name = path.display();
            ui.notice(&format!("the passphrase alone opens the new vault; the identity {name} does not"));
            let recipient = creation::recipient_of(path);
            ui.hint(&format!("credctl init --recipient {}", recipient.as_deref().unwrap_or("age1…")));
        }
        let prompt = format!("New passphrase for {}", settings.vault()?.display());
        Lockset::Passphrase(unlock::new_passphrase(context, &prompt)?)
    } else {
        Lockset::Recipients(recipients)
    };
    let told = generated.as_ref().map(|key| (&*key.path, key.recipient.as_str()));
    let Some(location) = location.filter(|_| !args.write.dry_run) else {
        return answer(settings, ui, None, &lockset, told);
    };
    let lock = location.lock(settings.terms.lock_timeout).map_err(store::Error::at_vault)?;
    let id = creation::create(context, &lock, &lockset, generated.as_ref(), exists)?;
    if generated.is_none() && unlock::nothing_opens(settings, ui, &lockset)? {
        ui.notice("none of your identities opens the new vault; name one that does with --identity");
    }
    answer(settings, ui, Some(id), &lockset, told)
}

/// Returns the path of a new identity: the one that was named, or the default one.
fn place_of_identity(settings: &Settings, named: Option<&Path>) -> Result<PathBuf, Error> {
    named.map(Path::to_owned).or_else(|| settings.default_identity.clone()).ok_or_else(|| {
        Error::usage("there is no home folder to keep an identity in")
            .hint("name its file: --generate-identity FILE")
    })
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
            let is_default = settings.default_identity.as_deref() == Some(path);
            let path = path.display();
            let how = if settings.identities.is_empty() && is_default {
                "credctl finds it there".to_owned()
            } else {
                format!("CREDCTL_IDENTITY={path} unlocks with it")
            };
            ui.notice(&format!("keep {path} safe: without it the vault cannot be opened; {how}"));
        }
    }
    if id.is_none() {
        answer.insert("dryRun", true);
    }
    output::object(settings, &answer)
}
