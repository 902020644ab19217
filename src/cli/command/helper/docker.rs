//! `docker-credential`: JSON and bare URLs on stdin, JSON on stdout.

use credctl::credential::{Change, Credential, Draft, State, change};
use credctl::secret::{Buffer, Secret};
use credctl::value::{Object, Value, json};
use credctl::vault::Vault;

use super::site::{self, Site};
use crate::cli::context::Context;
use crate::cli::error::{Error, Kind};
use crate::cli::{output, session};

#[derive(Debug, clap::Args)]
pub struct Args {
    /// What docker wants
    #[arg(value_enum)]
    operation: Operation,
}

#[derive(Debug, Clone, Copy, clap::ValueEnum)]
enum Operation {
    Get,
    Store,
    Erase,
    List,
}

/// The words by which docker knows that there is none.
const NOT_FOUND: &str = "credentials not found in native keychain";
/// The tag of what is here for docker.
const REGISTRY: &str = "registry";

pub fn run(context: &Context, args: &Args) -> Result<(), Error> {
    let done = match args.operation {
        Operation::Get => get(context),
        Operation::Store => store(context),
        Operation::Erase => erase(context),
        Operation::List => list(context),
    };
    if let Err(error) = &done {
        // docker shows what stands on stdout
        output::text(&format!("{}\n", error.detail()))?;
    }
    done
}

/// What docker stored for a server, of which there is one.
fn stored(context: &Context, vault: &mut Vault, server: &str) -> Result<Option<Credential>, Error> {
    let mut found = None;
    vault.credentials(|credential| {
        let usable = credential.head().state(context.now) == State::Ok;
        if site::tag(&credential, REGISTRY) == Some(server)
            && usable
            && session::sees(context, credential.head())
        {
            found = Some(credential);
        }
    })?;
    Ok(found)
}

/// The server that stdin names.
fn server(context: &Context) -> Result<(String, Site), Error> {
    let bytes = context.stdin_data()?;
    let text = std::str::from_utf8(&bytes).map_err(|_| Error::usage("the server is not UTF-8 text"))?.trim();
    let site = Site::parse(text).ok_or_else(|| Error::usage("there is no server"))?;
    Ok((text.to_owned(), site))
}

fn answer(value: Object) -> Result<(), Error> {
    let mut out = Buffer::with_capacity(512);
    json::write(&value.into(), &mut out)?;
    output::bytes(&out.into_bytes())
}

fn get(context: &Context) -> Result<(), Error> {
    let (text, site) = server(context)?;
    let mut vault = session::read(context)?;
    let found = match stored(context, &mut vault, &text)? {
        Some(found) => Some(found),
        None => site::find(context, &mut vault, &site)?,
    };
    let credential = found.ok_or_else(|| Error::new(Kind::NotFound, NOT_FOUND))?;
    let field = |name: &str| credential.fields().get(name).cloned().unwrap_or(Value::Null);
    answer(Object::from_iter([
        ("ServerURL", Value::text(text)),
        ("Username", field("username")),
        ("Secret", field("password")),
    ]))
}

fn store(context: &Context) -> Result<(), Error> {
    let bytes = context.stdin_data()?;
    let request = json::parse(&bytes).map_err(|error| Error::usage(format!("the request, {error}")))?;
    let text = |name: &str| -> Result<Secret, Error> {
        let value = request.at(&[name]).and_then(Value::as_text).cloned();
        value.ok_or_else(|| Error::usage(format!("the request has no {name}")))
    };
    let (server, username, secret) = (text("ServerURL")?, text("Username")?, text("Secret")?);
    let asked = Site::parse(server.expose()).ok_or_else(|| Error::usage("there is no server"))?;
    session::write(context, false, |vault: &mut Vault| {
        let (act, rules) = (context.act(), context.rules());
        if let Some(known) = stored(context, vault, server.expose())? {
            session::check_own(context, known.head())?;
            let members =
                Object::from_iter([("username", Value::Text(username)), ("password", Value::Text(secret))]);
            let draft = Draft::from_members(known.kind(), members);
            let mut changed = change(&Change::Merge(&known, None), draft, &act, &rules)?;
            return session::put(vault, &mut changed, Some(&known));
        }
        let tags = Object::from_iter([("url", Value::Text(server.clone())), (REGISTRY, Value::Text(server))]);
        site::add(context, vault, &format!("docker:{}", asked.host), (username, secret), tags)
    })?;
    Ok(())
}

fn erase(context: &Context) -> Result<(), Error> {
    let (server, _) = server(context)?;
    session::write(context, false, |vault: &mut Vault| {
        if let Some(known) = stored(context, vault, &server)? {
            session::check_own(context, known.head())?;
            vault.remove(known.id());
        }
        Ok(())
    })?;
    Ok(())
}

fn list(context: &Context) -> Result<(), Error> {
    let mut servers = Object::new();
    session::read(context)?.credentials(|credential| {
        let (server, user) = (site::tag(&credential, REGISTRY), site::text(&credential, "username"));
        if let (Some(server), Some(user)) = (server, user)
            && session::sees(context, credential.head())
        {
            servers.insert(server, Value::text(user));
        }
    })?;
    answer(servers)
}
