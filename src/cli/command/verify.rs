//! `verify`: checks the permission to use a credential. The answer is yes or no, and reveals nothing.

use credctl::store::user_of;
use std::net::IpAddr;

use credctl::credential::{Claim, Refusal, Violations};
use credctl::secret::Secret;
use credctl::value::{Object, Value};
use credctl::vault::AuthProvider;

use crate::cli::context::{Context, Input, Ui};
use crate::cli::error::{Error, Failure};
use crate::cli::options::{Form, GranteeArgs};
use crate::cli::{output, session};

#[derive(Debug, clap::Args)]
#[command(after_help = "\
credctl checks the state of the credential, and everything that you give: a
password against the password, password hash or main secret, an address against
the addresses that the credential may be used from, and grants. It exits with 0
if all checks succeed, else with 6.

Examples:
  credctl verify partner
      asks for the password on the terminal
  printf %s \"$PASSWORD\" | credctl verify partner --password-stdin --ip 10.0.0.7
  credctl verify partner --api-proxy Payments && call-it")]
pub struct Args {
    /// The id, or a name that only one credential has
    id: String,
    /// Read the password from stdin; credctl drops one newline at the end
    #[arg(long)]
    password_stdin: bool,
    /// The address that the call comes from
    #[arg(long, value_name = "A")]
    ip: Option<String>,
    #[command(flatten)]
    grantees: GranteeArgs,
}

pub fn run(context: &Context, args: &Args) -> Result<(), Error> {
    let Context { settings, ui, input } = context;
    let address = args.ip.as_deref().map(str::parse::<IpAddr>).transpose();
    let address =
        address.map_err(|_| Error::usage("--ip is not an address").param("ip", "must be an IP address"))?;
    let grantees = args.grantees.read()?;
    // stdin is read before the vault is opened; a prompt comes after that
    let given = if args.asks(ui, input) { None } else { password(ui, input, args)? };
    let mut vault = session::read(context)?;
    let credential = settings.scope().find(&mut vault, &args.id, true)?;
    let password = if args.asks(ui, input) { password(ui, input, args)? } else { given };
    let claim = Claim { password, address, grantees, project: settings.terms.scope.project.clone() };
    // a password hash needs its user, who must exist and sign in locally
    let is_spoken_for = !credential.kind().identity_name
        || user_of(&mut vault, credential.head())?
            .is_some_and(|user| user.auth_provider == AuthProvider::Local);
    let verified = credential.verify(&claim, settings.terms.now);
    let verified = verified.and(if is_spoken_for { Ok(()) } else { Err(Refusal::User) });
    verified.map_err(|refusal| match refusal {
        Refusal::NoPassword(_) => Error::usage(refusal.to_string()),
        _ => Error::new(Failure::Forbidden, format!("{} is refused: {refusal}", credential.id())),
    })?;
    let mut answer = Object::from_iter([("id", Value::text(credential.id()))]);
    answer.insert("verified", true);
    match settings.form {
        Form::Table | Form::Wide => output::changed(settings, "verified", &answer, ""),
        _ => output::object(settings, &answer),
    }
}

impl Args {
    /// Returns true if the operator types the password.
    fn asks(&self, ui: &Ui, input: &Input) -> bool {
        let nothing = !self.password_stdin && self.ip.is_none() && self.grantees.is_empty();
        let on_terminal = self.password_stdin && input.is_terminal;
        (nothing || on_terminal) && ui.prompter().is_some()
    }
}

/// Returns the password to compare. Prompts on a terminal if there are no arguments at all.
fn password(ui: &Ui, input: &Input, args: &Args) -> Result<Option<Secret>, Error> {
    let prompt = format!("Password of {}", args.id);
    if args.password_stdin {
        let mut bytes = input.secret(ui, &prompt)?;
        let password = Secret::from_utf8(std::mem::take(&mut *bytes))
            .map_err(|_| Violations::one("password", "must be UTF-8 text"))?;
        return Ok(Some(password));
    }
    match ui.prompter() {
        Some(prompter) if args.asks(ui, input) => Ok(Some(prompter.secret(&prompt)?)),
        _ => Ok(None),
    }
}
