//! `find`: finds the credentials that hold a value, for instance one that has leaked. It never prints a
//! value.

use credctl::base64;
use credctl::credential::Violations;
use credctl::secret::{Secret, without_newline};
use credctl::value::{Object, Value};

use crate::cli::context::Context;
use crate::cli::error::{Error, Failure};
use crate::cli::output::{self, Columns};
use crate::cli::session;

#[derive(Debug, clap::Args)]
#[command(after_help = "\
To find credentials by words in their ids, names or labels, use credctl list.

credctl compares the value with every secret. With --history, it also compares
the value with the secrets in earlier versions of changed and deleted
credentials. It exits with 4 if no credential has the value.

Examples:
  credctl find --value-stdin < leaked.txt
  pbpaste | credctl find --value-stdin --history")]
pub struct Args {
    /// Read the value from stdin, with or without one newline at the end
    #[arg(long, required_unless_present = "words")]
    value_stdin: bool,
    /// Search earlier versions too
    #[arg(long)]
    history: bool,
    /// Words to search for, which are what `list` takes
    #[arg(value_name = "WORD", hide = true)]
    words: Vec<String>,
}

pub fn run(context: &Context, args: &Args) -> Result<(), Error> {
    let Context { settings, ui, input } = context;
    if !args.words.is_empty() {
        // `list` in its place would say that no credential has a secret which was not looked for
        return Err(Error::usage("find takes no words; it compares a value from stdin with the secrets")
            .hint("`credctl list WORD` finds credentials by their ids, names, labels and public fields")
            .hint("`credctl find --value-stdin < FILE` finds the credentials that have a value"));
    }
    // the prompt comes once the vault is open; piped data is read before
    let (mut vault, whole) = match ui.prompter().filter(|_| input.is_terminal) {
        Some(prompter) => {
            let vault = session::read(context)?;
            let value = prompter.secret("Value to find")?;
            (Some(vault), zeroize::Zeroizing::new(value.expose().as_bytes().to_vec()))
        }
        // the newline at the end may be part of a stored file
        None => (None, input.data(ui)?),
    };
    let line = without_newline(whole.clone());
    if line.is_empty() {
        return Err(Error::usage("the value is empty"));
    }
    // key stores keep base64; a value that is base64 itself may have been taken from one
    let mut forms = Vec::new();
    for mut bytes in [whole, line] {
        forms.push(base64::encode(&bytes));
        let text = Secret::from_utf8(std::mem::take(&mut *bytes));
        forms.push(text.map_err(|_| Violations::one("value", "must be UTF-8 text"))?);
    }
    let mut found = Vec::new();
    let vault = match &mut vault {
        Some(vault) => vault,
        None => vault.insert(session::read(context)?),
    };
    let mut look = |credential: &credctl::credential::Credential, current: bool| {
        if !settings.scope().sees(credential.head()) {
            return;
        }
        let held = credential.secrets().into_iter().filter(|held| held.is_one_of(&forms));
        let members: Vec<String> = held.map(|held| held.path).collect();
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
        vault.versions(None, |version| look(&version.credential, false))?;
    }
    let none = found.is_empty();
    let columns = Columns {
        table: &["id", "members", "revision", "current"],
        wide: &["id", "members", "revision", "current"],
    };
    if none {
        let error = Error::new(Failure::NotFound, "no credential has this value");
        return Err(if args.history {
            error.hint("`credctl list` shows the credentials that were searched")
        } else {
            error.hint("`credctl find --history` also searches earlier versions")
        });
    }
    output::items(settings, ui, Object::new(), "items", found, &columns)
}
