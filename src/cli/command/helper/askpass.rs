//! SSH_ASKPASS and GIT_ASKPASS: a question as the one word, the answer on stdout.

use crate::cli::context::Context;
use crate::cli::error::{Error, Kind};
use crate::cli::fetch::Path;
use crate::cli::{output, session};

use super::site::{self, Site};

#[derive(Debug, clap::Args)]
pub struct Args {
    /// The question, as ssh or git puts it
    #[arg(default_value = "")]
    prompt: String,
}

/// Names the value that answers every question: ID/FIELD.
const VARIABLE: &str = "CREDCTL_ASKPASS";

pub fn run(context: &Context, args: &Args) -> Result<(), Error> {
    let mut vault = session::read(context)?;
    let named = context.variable(VARIABLE).and_then(Result::ok).filter(|named| !named.is_empty());
    let value = match (&named, question(&args.prompt)) {
        (Some(_), _) if refused(&args.prompt) => {
            return Err(Error::usage("this question is not answered with a secret"));
        }
        // git asks for the user first, and sends whatever comes as the user
        (Some(named), Some(("username", _))) => {
            let path = Path { field: "username".to_owned(), ..Path::parse(named.expose())? };
            path.fetch(context, false, &mut vault)?
        }
        (Some(named), _) => Path::parse(named.expose())?.fetch(context, false, &mut vault)?,
        (None, Some((field, site))) => {
            let credential = site::find(context, &mut vault, &site)?
                .ok_or_else(|| Error::new(Kind::NotFound, format!("there is no login for {}", site.host)))?;
            let value = site::text(&credential, field).unwrap_or_default();
            zeroize::Zeroizing::new(value.as_bytes().to_vec())
        }
        (None, None) => {
            return Err(Error::usage("nothing tells which value answers this question")
                .hint(format!("{VARIABLE} names it, as ID/FIELD")));
        }
    };
    output::bytes(&value)?;
    output::text("\n")
}

/// Whether a question is whether to trust a host, or a second one because the answer to the first was
/// wrong, which ssh would ask for ever.
fn refused(prompt: &str) -> bool {
    prompt.contains("(yes/no") || prompt.starts_with("Bad passphrase")
}

/// What git asks: `Username for 'https://host'`, `Password for 'https://user@host'`.
fn question(prompt: &str) -> Option<(&'static str, Site)> {
    let field = if prompt.starts_with("Username for ") {
        "username"
    } else if prompt.starts_with("Password for ") {
        "password"
    } else {
        return None;
    };
    let url = prompt.split('\'').nth(1)?;
    Some((field, Site::parse(url)?))
}

#[cfg(test)]
mod tests {
    use super::{question, refused};

    #[test]
    fn the_questions_of_git_are_understood() {
        let (field, site) = question("Password for 'https://me@git.example.org:8443/team': ").unwrap();
        assert_eq!(
            (field, site.host.as_str(), site.path.as_str()),
            ("password", "git.example.org:8443", "team")
        );
        assert_eq!(site.username.as_deref(), Some("me"));
        assert_eq!(question("Username for 'https://git.example.org': ").unwrap().0, "username");
        assert!(refused("Are you sure you want to continue connecting (yes/no/[fingerprint])? "));
        assert!(refused("Bad passphrase, try again for /home/me/.ssh/id: "));
        assert!(!refused("Enter passphrase for key '/home/me/.ssh/id': "));
        assert!(question("Enter passphrase for key '/home/me/.ssh/id': ").is_none());
    }
}
