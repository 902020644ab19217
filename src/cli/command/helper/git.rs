//! `git-credential`: key=value lines in, key=value lines out.

use credctl::credential::set_password;
use credctl::secret::{Buffer, Secret};
use credctl::value::{Object, Value};
use credctl::vault::Vault;
use std::io::Write as _;

use super::site::{self, Site};
use crate::cli::context::Context;
use crate::cli::error::{Error, Kind};
use crate::cli::{child, output, session};

#[derive(Debug, clap::Args)]
pub struct Args {
    /// get, store or erase; others are ignored, as git wants it
    #[arg(required_unless_present = "install")]
    operation: Option<String>,
    /// Make git ask credctl, for all repositories of the user
    #[arg(long, conflicts_with = "operation")]
    install: bool,
}

/// The tag of what `store` added, which is all that `erase` may delete.
const STORED: &str = "stored-by";

pub fn run(context: &Context, args: &Args) -> Result<(), Error> {
    if args.install {
        return install(context);
    }
    match args.operation.as_deref() {
        Some("get") => get(context),
        Some("store") => store(context),
        Some("erase") => erase(context),
        _ => Ok(()),
    }
}

fn install(context: &Context) -> Result<(), Error> {
    let words = ["git", "config", "--global", "--add", "credential.helper", "!credctl helper git"];
    match child::feed(&words, b"") {
        Ok(true) => {
            context.notice("git asks credctl from now on; `git config --global --edit` takes it back");
            Ok(())
        }
        Ok(false) => Err(Error::new(Kind::Io, "git did not take the setting")),
        Err(error) => Err(Error::new(Kind::Io, format!("git cannot be started: {error}"))),
    }
}

/// What git tells of a site, and the password that it may bring.
struct Request {
    site: Site,
    password: Option<Secret>,
}

fn request(context: &Context) -> Result<Request, Error> {
    let bytes = context.stdin_data()?;
    let text = std::str::from_utf8(&bytes).map_err(|_| Error::usage("the request is not UTF-8 text"))?;
    let mut request = Request { site: Site::default(), password: None };
    for line in text.lines().take_while(|line| !line.is_empty()) {
        let (key, value) =
            line.split_once('=').ok_or_else(|| Error::usage("the request is not key=value lines"))?;
        match key {
            "protocol" => request.site.protocol = Some(value.to_lowercase()),
            "host" => request.site.host = value.to_lowercase(),
            "path" => value.trim_matches('/').clone_into(&mut request.site.path),
            "username" => request.site.username = Some(value.to_owned()),
            "password" => request.password = Some(Secret::from(value)),
            "url" => {
                request.site = Site::parse(value).ok_or_else(|| Error::usage("the url names no host"))?;
            }
            _ => {}
        }
    }
    Ok(request)
}

fn get(context: &Context) -> Result<(), Error> {
    let Request { site, .. } = request(context)?;
    let mut vault = session::read(context)?;
    // that there is none is no error: git asks the next helper, or the user
    let Some(credential) = site::find(context, &mut vault, &site)? else { return Ok(()) };
    let mut answer = Buffer::with_capacity(512);
    for name in ["username", "password"] {
        let value = site::text(&credential, name).unwrap_or_default();
        if value.contains(['\n', '\0']) {
            return Err(Error::new(
                Kind::Invalid,
                format!("the {name} of {} has several lines, which git does not take", credential.id()),
            ));
        }
        writeln!(answer, "{name}={value}")?;
    }
    output::bytes(&answer.into_bytes())
}

fn store(context: &Context) -> Result<(), Error> {
    let Request { site, password } = request(context)?;
    let (Some(username), Some(password)) = (&site.username, password) else {
        return Err(Error::usage("there is no user name or no password to store"));
    };
    session::write(context, false, |vault: &mut Vault| {
        let (act, rules) = (context.act(), context.rules());
        if let Some(known) = site::find(context, vault, &site)? {
            if site::text(&known, "password") == Some(password.expose()) {
                return Ok(());
            }
            // one that somebody else takes care of is not changed behind the back
            if site::tag(&known, STORED).is_some() && session::owns(context, known.head()) {
                let mut changed = set_password(&known, &password, None, &act, &rules)?;
                return session::put(vault, &mut changed, Some(&known));
            }
        }
        let protocol = site.protocol.as_deref().unwrap_or("https");
        let path = if site.path.is_empty() { String::new() } else { format!("/{}", site.path) };
        let tags = Object::from_iter([
            ("url", Value::text(format!("{protocol}://{}{path}", site.host))),
            (STORED, Value::text("git")),
        ]);
        let wanted = format!("git:{username}@{}{path}", site.host);
        site::add(context, vault, &wanted, (Secret::from(username.as_str()), password), tags)
    })?;
    Ok(())
}

/// Deletes what `store` added and git says is wrong. What somebody else takes care of stays.
fn erase(context: &Context) -> Result<(), Error> {
    let Request { site, password } = request(context)?;
    session::write(context, false, |vault: &mut Vault| {
        let Some(known) = site::find(context, vault, &site)? else { return Ok(()) };
        let is_meant = password
            .as_ref()
            .is_none_or(|password| site::text(&known, "password") == Some(password.expose()));
        if !is_meant {
            return Ok(());
        }
        if site::tag(&known, STORED).is_none() {
            context.notice(&format!("git was refused with {}; it is left as it is", known.id()));
            return Ok(());
        }
        session::find_to_change(context, vault, known.id(), false)?;
        vault.remove(known.id());
        Ok(())
    })?;
    Ok(())
}
