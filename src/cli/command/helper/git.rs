//! `git-credential`: key=value lines in, key=value lines out.

use chrono::DateTime;
use credctl::credential::{Credential, Draft, State};
use credctl::secret::{Buffer, Secret};
use credctl::site::{self as sites, Found, Login, Site, Sites};
use credctl::value::Value;
use credctl::vault::Vault;
use std::io::Write as _;

use super::install;
use super::site::{self, LoginCandidate, REGISTRY, STORED};
use crate::cli::context::{Context, Input, Ui};
use crate::cli::error::{Error, Failure};
use crate::cli::{output, session};

#[derive(Debug, clap::Args)]
pub struct Args {
    /// The operation: get, store or erase; credctl ignores others, as git requires
    #[arg(required_unless_present = "install")]
    operation: Option<String>,
    /// Make git ask credctl, for all repositories of the user
    #[arg(long, conflicts_with = "operation")]
    install: bool,
}

pub fn run(context: &Context, args: &Args) -> Result<(), Error> {
    if args.install {
        return install::into_git(&context.ui);
    }
    match args.operation.as_deref() {
        Some("get") => get(context),
        Some("store") => store(context),
        Some("erase") => erase(context),
        _ => Ok(()),
    }
}

/// The request that git sends as lines.
#[derive(Default)]
struct GitRequest {
    protocol: String,
    host: String,
    path: String,
    username: Option<String>,
    password: Option<Secret>,
    refresh_token: Option<Secret>,
    /// The end of the password, in seconds since 1970.
    expiry: Option<i64>,
    /// True if git says that the login must not be stored.
    is_ephemeral: bool,
}

impl GitRequest {
    fn read(ui: &Ui, input: &Input) -> Result<Self, Error> {
        let bytes = input.data(ui)?;
        let text = std::str::from_utf8(&bytes).map_err(|_| Error::usage("the request is not UTF-8 text"))?;
        let mut request = Self::default();
        // blanks belong to values; only the line break of Windows does not
        let lines = text.split('\n').map(|line| line.strip_suffix('\r').unwrap_or(line));
        for line in lines.take_while(|line| !line.is_empty()) {
            let (key, value) =
                line.split_once('=').ok_or_else(|| Error::usage("the request is not key=value lines"))?;
            match key {
                "protocol" => value.clone_into(&mut request.protocol),
                "host" => value.clone_into(&mut request.host),
                "path" => value.clone_into(&mut request.path),
                "username" => request.username = Some(value.to_owned()),
                "password" => request.password = Some(Secret::from(value)),
                "oauth_refresh_token" => request.refresh_token = Some(Secret::from(value)),
                "password_expiry_utc" => request.expiry = value.parse().ok(),
                "ephemeral" => request.is_ephemeral = matches!(value, "1" | "true"),
                "url" => {
                    let site = Site::parse(value).ok_or_else(|| Error::usage("the url names no host"))?;
                    request.host = site.place();
                    request.protocol = site.protocol.unwrap_or_default();
                    request.path = site.path;
                    request.username = site.username;
                }
                _ => {}
            }
        }
        Ok(request)
    }

    /// Returns the site, if the request names one.
    fn site(&self) -> Option<Site> {
        Site::of_parts(&self.protocol, &self.host, &self.path, self.username.clone())
    }
}

/// Returns true unless docker stored the credential. Git must not get such a login, even for the same host.
fn is_for_git(credential: &Credential) -> bool {
    sites::tag(credential, REGISTRY).is_none()
}

fn get(context: &Context) -> Result<(), Error> {
    let Context { settings, ui, input } = context;
    let Some(site) = GitRequest::read(ui, input)?.site() else { return Ok(()) };
    let mut vault = session::read(context)?;
    let LoginCandidate { credential, login } = match site::find(settings, &mut vault, &site, is_for_git)? {
        Found::One(found) => found,
        // a missing login is no error: git asks the next helper, or the user
        Found::Nothing => return Ok(()),
        Found::Several => {
            ui.notice(&format!(
                "{} has logins for several paths, and git did not send the path; \
                 `git config --global credential.useHttpPath true` makes git send it",
                site.host
            ));
            return Ok(());
        }
    };
    let mut answer = Buffer::with_capacity(512);
    let parts = [("username", Some(&login.username)), ("password", Some(&login.password))];
    for (name, value) in parts.into_iter().chain([("oauth_refresh_token", login.refresh_token.as_ref())]) {
        let Some(value) = value.map(Secret::expose) else { continue };
        if value.contains(['\n', '\0']) {
            let what =
                format!("the {name} of {} has several lines, which git does not accept", credential.id());
            return Err(Error::new(Failure::Invalid, what));
        }
        writeln!(answer, "{name}={value}")?;
    }
    if let Some(until) = credential.head().envelope.valid_until {
        writeln!(answer, "password_expiry_utc={}", until.timestamp())?;
    }
    output::bytes(&answer.into_bytes())
}

/// Stores the login that git reports as right, so that git gets the same login from now on.
fn store(context: &Context) -> Result<(), Error> {
    let Context { settings, ui, input } = context;
    let request = GitRequest::read(ui, input)?;
    // like git's own helpers, this one stores only a complete login
    let (Some(site), Some(username), Some(password), false) =
        (request.site(), &request.username, request.password.clone(), request.is_ephemeral)
    else {
        return Ok(());
    };
    let login =
        Login { username: Secret::from(username.as_str()), password, refresh_token: request.refresh_token };
    let expiry = request.expiry.and_then(|seconds| DateTime::from_timestamp(seconds, 0));
    session::write(context, false, |vault| {
        if let Found::One(LoginCandidate { credential, login: known }) =
            site::find(settings, vault, &site, is_for_git)?
        {
            let is_ours = sites::tag(&credential, STORED).is_some();
            let is_known = if is_ours {
                known == login && credential.head().envelope.valid_until == expiry
            } else {
                known.password == login.password && login.refresh_token.is_none()
            };
            if is_known {
                return Ok(());
            }
        }
        let until = expiry.map(|expiry| ("validUntil", Value::text(expiry.to_rfc3339())));
        if let Some(own) = stored(vault, &site)?.into_iter().find(|own| settings.scope().owns(own.head())) {
            if own.head().state(settings.terms.now) == State::Disabled {
                ui.notice(&format!("{} is disabled; the password of git is not stored", own.id()));
                return Ok(());
            }
            if own.kind().name == login.type_name() {
                let mut draft = Draft::from_members(own.kind(), login.members());
                match until {
                    Some((name, value)) => drop(draft.members.insert(name, value)),
                    None => draft.unset.push("validUntil".to_owned()),
                }
                vault.patch(own.id(), draft, None)?;
                return Ok(());
            }
            // the old type has no field for the new login
            vault.delete([own.id()])?;
        }
        let (url, path) = (site.url(), if site.path.is_empty() { "" } else { "/" });
        let wanted = format!("git:{username}@{}{path}{}", site.place(), site.path);
        let tags = site::tags([("url", &url), (STORED, "git")]);
        site::add(vault, &wanted, &login, [tags].into_iter().chain(until))
    })?;
    Ok(())
}

fn sites_of(credential: &Credential) -> Sites {
    Sites::of_credential(credential)
}

/// Returns the credentials that git stored for exactly this site and user, usable or not.
fn stored(vault: &mut Vault, site: &Site) -> Result<Vec<Credential>, Error> {
    let mut found = Vec::new();
    vault.credentials(|credential| {
        let is_stored = sites::tag(&credential, STORED).is_some();
        let is_there = sites_of(&credential).iter().any(|own| own.is_same(site));
        if is_stored && is_there && is_user(&credential, site) {
            found.push(credential);
        }
    })?;
    Ok(found)
}

fn is_user(credential: &Credential, site: &Site) -> bool {
    let login = Login::of(credential);
    login.is_some_and(|login| site.username.as_deref().is_none_or(|user| login.username.expose() == user))
}

/// Deletes the logins that git stored and reports as wrong. Logins from other sources stay.
fn erase(context: &Context) -> Result<(), Error> {
    let Context { settings, ui, input } = context;
    let request = GitRequest::read(ui, input)?;
    let Some(site) = request.site() else { return Ok(()) };
    let is_password = |credential: &Credential| {
        let wrong = request.password.as_ref();
        wrong.is_none_or(|wrong| Login::of(credential).is_some_and(|login| login.password == *wrong))
    };
    // without a path, all paths of the host are meant; with one, also the login that git got for it
    let is_meant = |own: &Site| {
        let all = Site { path: String::new(), ..own.clone() };
        own.is_same(&site)
            || (site.path.is_empty() && all.is_same(&site))
            || (request.password.is_some() && own.protocol == site.protocol && own.fit(&site).is_some())
    };
    session::write(context, false, |vault| {
        let (mut wrong, mut kept) = (Vec::new(), None);
        vault.credentials(|credential| {
            let is_wrong = settings.scope().sees(credential.head())
                && is_user(&credential, &site)
                && is_password(&credential);
            if !is_wrong {
                return;
            }
            if sites::tag(&credential, STORED).is_none() {
                let is_given = is_for_git(&credential) && request.password.is_some();
                if is_given && sites_of(&credential).fit(&site).is_some() {
                    kept = Some(credential.id().to_owned());
                }
            } else if sites_of(&credential).iter().any(is_meant) {
                wrong.push(credential);
            }
        })?;
        vault.delete(wrong.iter().map(Credential::id))?;
        if let Some(id) = kept {
            ui.notice(&format!("the login {id} was rejected; credctl keeps it because git did not store it"));
        }
        Ok(())
    })?;
    Ok(())
}
