//! SSH_ASKPASS and GIT_ASKPASS: a question as the one argument, the answer on stdout. The helper answers only
//! questions of a known form, because servers can make ssh ask whatever they like.

use credctl::secret::SecretBytes;
use credctl::site::{Found, Login, Site, Sites};
use credctl::store::{ValuePath, ValueReader};

use crate::cli::context::{self, Context};
use crate::cli::error::{Error, Failure};
use crate::cli::{output, session};

use super::site;

#[derive(Debug, clap::Args)]
pub struct Args {
    /// The question of ssh or git
    #[arg(default_value = "", hide_default_value = true)]
    prompt: String,
}

/// The variable with ID/FIELD of a passphrase for a key, or of the one login to use among several.
const VARIABLE: &str = "CREDCTL_ASKPASS";
/// The variable that ssh sets for a confirmation or a notice, which need no passphrase.
const HINT: &str = "SSH_ASKPASS_PROMPT";

/// A question that the helper answers.
#[derive(Debug, PartialEq, Eq)]
enum SshQuestion {
    /// The question of ssh or ssh-add for the passphrase of a key file.
    Passphrase,
    /// The question for the user name or the password at a site.
    Login(&'static str, Site),
}

pub fn run(context: &Context, args: &Args) -> Result<(), Error> {
    let settings = &context.settings;
    let set = |name| context::variable(name).and_then(Result::ok).filter(|value| !value.is_empty());
    let question = question(&args.prompt)
        .filter(|_| set(HINT).is_none())
        .ok_or_else(|| Error::usage("this prompt does not ask for a login or a passphrase"))?;
    let named = set(VARIABLE).map(|named| ValuePath::parse(named.expose())).transpose()?;
    let mut vault = session::read(context)?;
    let reader = ValueReader::new(&settings.terms, false);
    let value = match (question, named) {
        (SshQuestion::Passphrase, Some(path)) => reader.fetch(&mut vault, &path)?,
        (SshQuestion::Passphrase, None) => {
            return Err(
                Error::usage("no value is set for this prompt").hint(format!("set {VARIABLE} to ID/FIELD"))
            );
        }
        (SshQuestion::Login(part, site), Some(path)) => {
            let credential = settings.scope().find(&mut vault, &path.id, true)?;
            // a variable that is set for a key must not answer every server with its passphrase
            let is_user =
                |user: &str| Login::of(&credential).is_none_or(|login| login.username.expose() == user);
            if Sites::of_credential(&credential).fit(&site).is_none()
                || !site.username.as_deref().is_none_or(is_user)
            {
                let what = format!("{} has no address for {}", credential.id(), site.host);
                return Err(Error::new(Failure::Forbidden, what).hint(format!(
                    "credctl patch {} --tag url={}",
                    credential.id(),
                    site.url()
                )));
            }
            let field = if part == "username" { part } else { &path.field };
            reader.value(&credential, &[], field)?
        }
        (SshQuestion::Login(part, site), None) => {
            let Found::One(found) = site::find(settings, &mut vault, &site, |_| true)? else {
                return Err(Error::new(Failure::NotFound, format!("there is no login for {}", site.host)));
            };
            let value = if part == "username" { found.login.username } else { found.login.password };
            SecretBytes::Text(value)
        }
    };
    output::bytes(&value)?;
    output::text("\n")
}

/// Parses the question. Returns `None` if its form is not known.
fn question(prompt: &str) -> Option<SshQuestion> {
    if prompt.contains(char::is_control) {
        return None;
    }
    let asked = prompt.strip_suffix(": ").or_else(|| prompt.strip_suffix(':'))?;
    if let Some(key) = asked.strip_prefix("Enter passphrase for ") {
        // the other form asks for a new passphrase
        return (!key.is_empty() && !key.ends_with(')')).then_some(SshQuestion::Passphrase);
    }
    for (start, part) in [("Username for '", "username"), ("Password for '", "password")] {
        if let Some(url) = asked.strip_prefix(start) {
            return Some(SshQuestion::Login(part, quoted(url.strip_suffix('\'')?)?));
        }
    }
    // ssh itself, about a server: `me@host's password: `
    let (username, host) = asked.strip_suffix("'s password")?.split_once('@')?;
    Some(SshQuestion::Login("password", Site::of_parts("ssh", host, "", Some(username.to_owned()))?))
}

/// Parses a URL as git 2.48 and later put it between quotes: everything else is percent-encoded. Earlier
/// versions print the URL decoded, so that it can be made to look like another.
fn quoted(url: &str) -> Option<Site> {
    let (protocol, rest) = url.split_once("://")?;
    let is_encoded = |c: char| c.is_ascii_alphanumeric() || "-._~/%:[]@".contains(c);
    let (place, _) = rest.split_once('/').unwrap_or((rest, ""));
    let is_clear = rest.chars().all(is_encoded) && rest.matches('@').count() == place.matches('@').count();
    if !is_clear || place.matches('@').count() > 1 || protocol.is_empty() {
        return None;
    }
    Site::parse(url)
}

#[cfg(test)]
mod tests {
    use super::{SshQuestion, question};

    #[test]
    fn the_questions_of_git_and_ssh_are_understood() {
        let Some(SshQuestion::Login(part, site)) =
            question("Password for 'https://me%40x@git.example.org:8443/team': ")
        else {
            panic!()
        };
        assert_eq!(
            (part, site.place().as_str(), site.path.as_str()),
            ("password", "git.example.org:8443", "team")
        );
        assert_eq!(site.username.as_deref(), Some("me@x"));
        let user = question("Username for 'https://git.example.org': ");
        assert!(matches!(user, Some(SshQuestion::Login("username", _))));
        let ssh = question("me@h.example's password: ");
        assert!(matches!(ssh, Some(SshQuestion::Login("password", site)) if site.url() == "ssh://h.example"));
        for prompt in [
            "Enter passphrase for key '/home/me/.ssh/id': ",
            "Enter passphrase for /home/me/.ssh/id: ",
            "Enter passphrase for \"/home/me/.ssh/id\": ",
        ] {
            assert_eq!(question(prompt), Some(SshQuestion::Passphrase), "{prompt}");
        }
    }

    #[test]
    fn other_questions_are_not_answered() {
        for prompt in [
            "",
            "Enter PIN: ",
            "Are you sure you want to continue connecting (yes/no/[fingerprint])? ",
            "Bad passphrase, try again for /home/me/.ssh/id: ",
            "Enter passphrase for \"/home/me/.ssh/id\" (empty for no passphrase): ",
            "(bob@evil.example) Type your GitHub password: ",
            "(bob@evil.example) Password: ",
            "(bob@evil.example) Enter passphrase for key '/home/me/.ssh/id': ",
            "Allow use of key work? Key fingerprint SHA256:abc. ",
            "Confirm user presence for key ED25519-SK SHA256:abc",
            "Password: ",
            "[sudo] password for me: ",
            "Password for 'https://git.example.org'@evil.example': ",
            "Password for 'https://git.example.org' at 'https://evil.example': ",
            "Password for 'https://git.example.org",
            "Password for 'https://git.example.org/\nhttps://evil.example': ",
            "Password for 'https://git.example.org?@evil.example': ",
            "Password for 'https://a@git.example.org@evil.example': ",
            "Password for 'https://git.example.org%2f@evil.example%2f': ",
            "Password for 'git.example.org': ",
        ] {
            assert_eq!(question(prompt), None, "{prompt}");
        }
    }
}
