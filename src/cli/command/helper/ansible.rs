//! A vault password client of Ansible: the password of a vault id on stdout.

use credctl::kind::Secrecy;
use credctl::store::ValueReader;

use crate::cli::context::Context;
use crate::cli::error::{Error, Failure};
use crate::cli::{output, session};

#[derive(Debug, clap::Args)]
pub struct Args {
    /// The vault id, which is the id of the credential
    #[arg(long, value_name = "ID", default_value = "ansible")]
    vault_id: String,
}

/// The exit status of a client that does not know the vault id.
const UNKNOWN_ID: u8 = 2;

pub fn run(context: &Context, args: &Args) -> Result<(), Error> {
    let mut vault = session::read(context)?;
    // Ansible knows by this status, and by no other, that the client has no such vault id
    let credential = context.settings.scope().find(&mut vault, &args.vault_id, true).map_err(|error| {
        let is_unknown = error.is_not_found();
        let error = Error::from(error);
        if is_unknown { error.with_kind(Failure::Child(UNKNOWN_ID)) } else { error }
    })?;
    let kind = credential.kind();
    let sealed = kind.fields.iter().any(|field| field.secrecy == Secrecy::Sealed);
    let path = kind.main_secret().filter(|_| !sealed).ok_or_else(|| {
        let what = format!("{} is of the type {}, which has no password", credential.id(), kind.name);
        Error::new(Failure::Invalid, what)
    })?;
    // an entry of a key store is printed as it was typed
    let field = kind.bare_name(&path);
    let value = ValueReader::new(&context.settings.terms, false).value(&credential, &[], field)?;
    output::bytes(&value)?;
    output::text("\n")
}
