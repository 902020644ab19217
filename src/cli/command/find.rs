//! `find`: which credential holds a value, for instance one that has leaked. Nothing but ids is printed.

use credctl::credential::Violations;
use credctl::kind::rule::encoding;
use credctl::secret::{Secret, without_newline};
use credctl::value::{Object, Value};

use crate::cli::context::Context;
use crate::cli::error::{Error, Kind};
use crate::cli::output::{self, Columns};
use crate::cli::session;

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Compares with every secret, also with those in earlier versions of deleted and changed credentials if
--history is given. Ends with 4 if no credential holds it.

Examples:
  credctl find --value-stdin < leaked.txt
  pbpaste | credctl find --value-stdin --history")]
pub struct Args {
    /// Read the value from stdin; one newline at its end is dropped
    #[arg(long, required = true)]
    value_stdin: bool,
    /// Look at earlier versions, too
    #[arg(long)]
    history: bool,
}

pub fn run(context: &Context, args: &Args) -> Result<(), Error> {
    let mut bytes = without_newline(context.stdin_data()?);
    let value = Secret::from_utf8(std::mem::take(&mut *bytes))
        .map_err(|_| Violations::one("value", "must be UTF-8 text"))?;
    if value.is_empty() {
        return Err(Error::usage("the value is empty"));
    }
    // key stores keep base64; a value that is base64 itself may have been taken from one
    let forms = [encoding::encode(value.expose().as_bytes()), value];
    let mut found = Vec::new();
    let mut vault = session::read(context)?;
    let mut look = |credential: &credctl::credential::Credential, current: bool| {
        if !session::sees(context, credential.head()) {
            return;
        }
        let members: Vec<String> =
            credential.secret_names().into_iter().filter(|path| credential.holds(path, &forms)).collect();
        if !members.is_empty() {
            found.push(Object::from_iter([
                ("id", Value::text(credential.id())),
                ("revision", Value::from(credential.head().stamp.revision)),
                ("members", Value::texts(members)),
                ("current", Value::Bool(current)),
            ]));
        }
    };
    vault.credentials(|credential| look(&credential, true))?;
    if args.history {
        for (id, _) in vault.versioned()? {
            for version in vault.versions(&id)? {
                look(&version.credential, false);
            }
        }
    }
    let none = found.is_empty();
    let columns = Columns {
        table: &["id", "members", "revision", "current"],
        wide: &["id", "members", "revision", "current"],
    };
    if none {
        return Err(Error::new(Kind::NotFound, "no credential holds this value"));
    }
    output::items(context, Object::new(), "items", found, &columns)
}
