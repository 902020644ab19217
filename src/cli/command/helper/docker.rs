//! `docker-credential`: JSON and bare URLs on stdin, JSON on stdout. Docker recognises errors by their text
//! on stdout.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use credctl::credential::{Credential, Draft, State};
use credctl::secret::{Buffer, Secret};
use credctl::site::{self as sites, Found, Login, Search, Site, Sites};
use credctl::value::{Object, Value, json};
use credctl::vault::Vault;

use super::site::{self, LoginCandidate, REGISTRY, STORED};
use crate::cli::context::{Context, Input, Settings, Ui};
use crate::cli::error::{Error, Failure};
use crate::cli::{output, session};

#[derive(Debug, clap::Args)]
pub struct Args {
    /// The action of docker: get, store, erase, list or version
    #[arg(default_value = "", hide_default_value = true)]
    action: String,
}

/// The error texts that docker recognises.
const NOT_FOUND: &str = "credentials not found in native keychain";
const NO_SERVER: &str = "no credentials server URL";
const NO_USER: &str = "no credentials username";

pub fn run(context: &Context, args: &Args) -> Result<(), Error> {
    let done = match args.action.as_str() {
        "get" => get(context),
        "store" => store(context),
        "erase" => erase(context),
        "list" => list(context),
        "version" => output::text(concat!("docker-credential-credctl ", env!("CARGO_PKG_VERSION"), "\n")),
        "" => Err(Error::usage("an action is needed: get, store, erase, list or version")),
        unknown => Err(Error::usage(format!("unknown credential action `{unknown}`"))),
    };
    if let Err(error) = &done {
        // docker shows stdout only
        output::text(&format!("{}\n", error.detail()))?;
    }
    done
}

/// Finds the usable login that docker stored for a server, the newest if there are several.
fn stored(settings: &Settings, vault: &mut Vault, server: &str) -> Result<Option<Credential>, Error> {
    let mut found: Option<Credential> = None;
    vault.credentials(|credential| {
        let head = credential.head();
        let is_newer = found.as_ref().is_none_or(|found| time(found) < time(&credential));
        let is_usable = head.state(settings.terms.now) == State::Ok && settings.scope().sees(head);
        if sites::tag(&credential, REGISTRY) == Some(server) && is_usable && is_newer {
            found = Some(credential);
        }
    })?;
    Ok(found)
}

fn time(credential: &Credential) -> DateTime<Utc> {
    credential.head().stamp.updated_at
}

/// Returns true unless git stored the credential. Docker must not get such a login, even for the same host.
fn is_for_docker(credential: &Credential) -> bool {
    sites::tag(credential, STORED).is_none()
}

/// Returns the site of a server, if docker supports its protocol.
fn site_of(server: &str) -> Option<Site> {
    let is_docker = |site: &Site| matches!(site.protocol.as_deref(), None | Some("https" | "http"));
    Site::parse(server).filter(is_docker)
}

/// Reads the name of the server from stdin.
fn server(ui: &Ui, input: &Input) -> Result<String, Error> {
    let bytes = input.data(ui)?;
    let text = std::str::from_utf8(&bytes).map_err(|_| Error::usage("the server is not UTF-8 text"))?.trim();
    if text.is_empty() { Err(Error::usage(NO_SERVER)) } else { Ok(text.to_owned()) }
}

fn answer(value: Object) -> Result<(), Error> {
    let mut out = Buffer::with_capacity(512);
    json::write(&value.into(), &mut out)?;
    output::bytes(&out.into_bytes())
}

fn get(context: &Context) -> Result<(), Error> {
    let Context { settings, ui, input } = context;
    let server = server(ui, input)?;
    let mut vault = session::read(context)?;
    let mut found = stored(settings, &mut vault, &server)?.as_ref().and_then(Login::of);
    if found.is_none()
        && let Some(asked) = site_of(&server)
        && let Found::One(LoginCandidate { login, .. }) =
            site::find(settings, &mut vault, &asked, is_for_docker)?
    {
        found = Some(login);
    }
    let login = found.ok_or_else(|| Error::new(Failure::NotFound, NOT_FOUND))?;
    answer(Object::from_iter([
        ("ServerURL", Value::text(server)),
        ("Username", Value::Text(login.username)),
        ("Secret", Value::Text(login.password)),
    ]))
}

fn store(context: &Context) -> Result<(), Error> {
    let Context { settings, ui, input } = context;
    let bytes = input.data(ui)?;
    let request = json::parse(&bytes)
        .map_err(|error| Error::usage(format!("the request, {error}")).describing(error))?;
    let text = |name: &str| request.at(&[name]).and_then(Value::as_text).cloned();
    let given = |name: &str, missing: &'static str| {
        text(name).filter(|value| !value.is_empty()).ok_or_else(|| Error::usage(missing))
    };
    let server = given("ServerURL", NO_SERVER)?;
    let login = Login {
        username: given("Username", NO_USER)?,
        password: text("Secret").ok_or_else(|| Error::usage("the request has no Secret"))?,
        refresh_token: None,
    };
    if login.password.is_empty() {
        return Err(Error::usage("the Secret is empty"));
    }
    let server = server.expose().trim();
    session::write(context, false, |vault| {
        if let Some(known) = stored(settings, vault, server)? {
            let draft = Draft::from_members(known.kind(), login.members());
            vault.patch(known.id(), draft, None)?;
            return Ok(());
        }
        let place = Site::parse(server).map_or_else(|| "registry".to_owned(), |site| site.place());
        let tags = site::tags([("url", server), (REGISTRY, server)]);
        site::add(vault, &format!("docker:{place}"), &login, [tags])
    })?;
    Ok(())
}

fn erase(context: &Context) -> Result<(), Error> {
    let Context { settings, ui, input } = context;
    let server = server(ui, input)?;
    session::write(context, false, |vault| {
        if let Some(known) = stored(settings, vault, &server)? {
            vault.delete([known.id()])?;
        }
        Ok(())
    })?;
    Ok(())
}

/// A login, and the names by which docker could ask for it.
struct DockerEntry {
    names: Vec<String>,
    registry: Option<String>,
    sites: Sites,
    username: Secret,
    changed: DateTime<Utc>,
}

/// Lists every name for which `get` answers, with the user of that answer.
fn list(context: &Context) -> Result<(), Error> {
    let mut entries = Vec::new();
    site::each_usable(
        &context.settings,
        &mut session::read(context)?,
        |LoginCandidate { credential, login }| {
            if !is_for_docker(&credential) {
                return;
            }
            let registry = sites::tag(&credential, REGISTRY).map(str::to_owned);
            let names = match &registry {
                Some(registry) => vec![registry.clone()],
                None => sites::names(&credential).map(str::to_owned).collect(),
            };
            entries.push(DockerEntry {
                names,
                registry,
                sites: Sites::of_credential(&credential),
                username: login.username,
                changed: time(&credential),
            });
        },
    )?;
    let mut by_host: HashMap<&str, Vec<&DockerEntry>> = HashMap::new();
    let mut by_registry: HashMap<&str, &DockerEntry> = HashMap::new();
    for entry in &entries {
        for site in entry.sites.iter() {
            by_host.entry(&site.host).or_default().push(entry);
        }
        if let Some(name) = &entry.registry {
            let known = by_registry.entry(name).or_insert(entry);
            if known.changed < entry.changed {
                *known = entry;
            }
        }
    }
    let mut servers = Object::new();
    for name in entries.iter().flat_map(|entry| &entry.names) {
        let user = match by_registry.get(name.as_str()) {
            Some(entry) => Some(&entry.username),
            None => site_of(name).and_then(|asked| {
                let mut search = Search::new(&asked);
                for entry in by_host.get(asked.host.as_str()).into_iter().flatten() {
                    let is_user =
                        asked.username.as_deref().is_none_or(|user| entry.username.expose() == user);
                    if is_user {
                        search.offer(&entry.sites, entry.changed, &entry.username);
                    }
                }
                match search.finish() {
                    Found::One(user) => Some(user),
                    Found::Nothing | Found::Several => None,
                }
            }),
        };
        if let Some(user) = user {
            servers.insert(name.as_str(), Value::Text(user.clone()));
        }
    }
    answer(servers)
}
