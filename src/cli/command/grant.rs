//! `grant` and `revoke`: the permissions to use a credential. Grants are not part of the versions of a
//! credential: a rollback restores no permission.

use credctl::store::{AccessChange, Outcome, Transaction};
use std::path::PathBuf;

use chrono::{DateTime, Utc};
use credctl::credential::{FieldChange, Grantee, Violations};
use credctl::value::{Object, Value};

use crate::cli::context::{Context, Input, Ui};
use crate::cli::error::{Error, Failure};
use crate::cli::options::{GranteeArgs, WriteArgs};
use crate::cli::{answer, assign, deployment, diff, document, output, pick, session};

#[derive(Debug, clap::Args)]
#[command(after_help = "\
credctl changes nothing if it grants a permission that exists already, or
revokes one that does not exist. With --strict, it then fails. A document is
[{\"name\", \"type\", \"expireTime\"?}] with the type API_PROXY or API_PROXY_GROUP, or
{\"credentialAccessList\": [...]}.

Examples:
  credctl grant partner --api-proxy Payments --expires 90d
  credctl grant partner --api-proxy-group Public
  credctl grant partner -f access.json
  credctl revoke partner --api-proxy Payments")]
pub struct Args {
    /// The id of the credential
    id: String,
    #[command(flatten)]
    grantees: GranteeArgs,
    /// Read the API proxies and groups from a document; - is stdin
    #[arg(short, long, value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    file: Option<PathBuf>,
    /// Fail if nothing changes for one of the proxies or groups
    #[arg(long)]
    strict: bool,
    #[command(flatten)]
    write: WriteArgs,
}

#[derive(Debug, clap::Args)]
pub struct GrantArgs {
    #[command(flatten)]
    args: Args,
    /// The end of the grant: 2027-01-31, an RFC 3339 time, or a span from now such as 90d
    #[arg(long, value_name = "T")]
    expires: Option<String>,
}

/// A grantee, and the end of the grant.
type GrantEntry = (Grantee, Option<DateTime<Utc>>);

pub fn grant(context: &Context, args: &GrantArgs) -> Result<(), Error> {
    let Context { settings, ui, input } = context;
    let expires = args.expires.as_deref().map(|text| assign::time(settings, "expires", text)).transpose()?;
    let entries = entries(ui, input, &args.args, "grant")?;
    if let Some((to, _)) =
        entries.iter().find(|(_, own)| own.or(expires).is_some_and(|end| end <= settings.terms.now))
    {
        ui.notice(&format!("the grant to {} has expired already", to.name));
    }
    change(context, &args.args, "granted", |vault, id| {
        let grants = entries.iter().cloned().map(|(to, own)| (to, own.or(expires)));
        vault.grant(id, grants, |to, changed| {
            let refusal = || Error::new(Failure::Conflict, format!("{id} is granted to {} already", to.name));
            if changed || !args.args.strict { Ok(()) } else { Err(refusal()) }
        })
    })
}

pub fn revoke(context: &Context, args: &Args) -> Result<(), Error> {
    let entries = entries(&context.ui, &context.input, args, "revoke")?;
    change(context, args, "revoked", |vault, id| {
        let grantees = entries.iter().map(|(to, _)| to.clone());
        vault.revoke(id, grantees, |from, changed| {
            let refusal = || Error::new(Failure::NotFound, format!("{id} is not granted to {}", from.name));
            if changed || !args.strict { Ok(()) } else { Err(refusal()) }
        })
    })
}

/// Reads the grantees that the options and the document name. Fails if there is none.
fn entries(ui: &Ui, input: &Input, args: &Args, verb: &str) -> Result<Vec<GrantEntry>, Error> {
    let mut entries: Vec<GrantEntry> = args.grantees.read()?.into_iter().map(|to| (to, None)).collect();
    if let Some(path) = &args.file {
        let names = ["credentialAccessList", "resultList", "access"];
        for (at, entry) in document::entries(ui, input, path, &names)?.into_iter().enumerate() {
            let Value::Object(entry) = entry else {
                return Err(Violations::one(format!("[{at}]"), "must be an object with name and type").into());
            };
            entries.push(Grantee::read(&entry).map_err(|violations| violations.within(&format!("[{at}]")))?);
        }
    }
    if entries.is_empty() {
        return Err(Error::usage(format!("there is nothing to {verb}"))
            .hint("name it with --api-proxy, --api-proxy-group or --file"));
    }
    Ok(entries)
}

fn change(
    context: &Context,
    args: &Args,
    done: &str,
    mut act: impl FnMut(&mut Transaction<'_>, &str) -> Result<AccessChange, Error>,
) -> Result<(), Error> {
    let Context { settings, ui, .. } = context;
    let (seen, id) = pick::before_change(context, Some(&args.id), false, args.write.dry_run)?;
    let written = session::write_previewed(context, seen, args.write.dry_run, |vault| act(vault, &id))?;
    let Outcome { answer: AccessChange { credential, is_changed, changes }, deployment } = written;
    let mut document = Object::new();
    document.insert("id", Value::text(credential.id()));
    document.insert(
        "access",
        output::access(credential.head(), &settings.terms.scope.project, settings.terms.now),
    );
    document.insert("changed", is_changed);
    document.insert("deploymentResult", deployment::document(&deployment));
    if args.write.dry_run {
        document.insert("dryRun", true);
    }
    if !args.write.dry_run && changes.iter().any(FieldChange::is_removal) {
        answer::undo_hint(settings, ui);
    }
    let done = if is_changed { done } else { "nothing changed for" };
    output::changed(settings, done, &document, &diff::lines(settings, ui, &changes, &[]))
}
