//! A vault password client of Ansible: the password of a vault id on stdout.

use credctl::kind::Secrecy;

use crate::cli::context::Context;
use crate::cli::error::Error;
use crate::cli::{fetch, output, session};

#[derive(Debug, clap::Args)]
pub struct Args {
    /// The vault id, which is the id of the credential
    #[arg(long, value_name = "ID", default_value = "ansible")]
    vault_id: String,
}

pub fn run(context: &Context, args: &Args) -> Result<(), Error> {
    let credential = session::find(context, &mut session::read(context)?, &args.vault_id, true)?;
    let kind = credential.kind();
    let sealed = kind.fields.iter().any(|field| field.secrecy == Secrecy::Sealed);
    let path = kind.main_secret().filter(|_| !sealed).ok_or_else(|| {
        Error::usage(format!("{} is of the type {}, which has no password", credential.id(), kind.name))
    })?;
    // an entry of a key store is wanted as it was typed
    let field = path.strip_prefix("keyStore.").unwrap_or(&path);
    let value = fetch::value(context, false, &credential, &[], field)?;
    output::bytes(&value)?;
    output::text("\n")
}
