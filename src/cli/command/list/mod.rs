//! `list`: lists the metadata of credentials, and never a secret.

mod args;
mod empty;
mod expiring;
mod foreign;
mod own;
mod paging;

pub use args::Args;

use crate::cli::context::Context;
use crate::cli::error::Error;

pub fn run(context: &Context, args: &Args) -> Result<(), Error> {
    match (&args.expiring, context.settings.foreign()) {
        (Some(_), Some(_)) => {
            Err(Error::usage("--expiring cannot be used with the format of another system"))
        }
        (Some(until), None) => expiring::run(context, args, until),
        (None, Some(system)) => foreign::run(context, args, system),
        (None, None) => own::run(context, args),
    }
}
