//! `ref`: the references of devices and virtual networks to credentials.

use crate::cli::{answer, deployment, diff};
use credctl::credential::FieldChange;
use credctl::store::{Outcome, Transaction, Writes};
use credctl::system::credential_type;
use credctl::value::{Object, Value};
use credctl::vault::{Reference, Resident as _};

use crate::cli::context::Context;
use crate::cli::error::Error;
use crate::cli::options::{Form, WriteArgs};
use crate::cli::output::{self, Columns};
use crate::cli::session;
use crate::cli::words;

#[derive(Debug, clap::Args)]
#[command(after_help = "\
A resource is a path such as /servers/host1. References from
/virtualNetworks/... are the networks of the credential. When credctl deletes a
credential, it removes the references to it and lists them.

Examples:
  credctl ref add host-login /servers/host1 --address host1.example.org
  credctl ref list host-login
  credctl ref list --resource /servers/host1 -o json
  credctl ref remove host-login /servers/host1")]
pub struct Args {
    #[command(subcommand)]
    command: ReferenceCommand,
}

#[derive(Debug, clap::Subcommand)]
enum ReferenceCommand {
    /// Add a reference from a resource to a credential
    Add(AddReferenceArgs),
    /// Remove a reference from a resource to a credential
    #[command(visible_alias = "rm", alias = "delete")]
    Remove(RemoveReferenceArgs),
    /// List references: all, those to a credential, or those of a resource
    #[command(visible_alias = "ls")]
    List(ListArgs),
}

#[derive(Debug, clap::Args)]
struct AddReferenceArgs {
    /// The id of the credential
    #[arg(value_parser = words::name)]
    id: String,
    /// The path of the resource
    #[arg(value_parser = words::name)]
    resource: String,
    /// A management address of the resource
    #[arg(long)]
    address: Vec<String>,
    #[command(flatten)]
    write: WriteArgs,
}

#[derive(Debug, clap::Args)]
struct RemoveReferenceArgs {
    /// The id of the credential
    #[arg(value_parser = words::name)]
    id: String,
    /// The path of the resource
    #[arg(value_parser = words::name)]
    resource: String,
    #[command(flatten)]
    write: WriteArgs,
}

#[derive(Debug, clap::Args)]
struct ListArgs {
    /// List only the references to this credential
    #[arg(value_parser = words::name)]
    id: Option<String>,
    /// List only the references from resource R
    #[arg(long, value_name = "R")]
    #[arg(value_parser = words::name)]
    resource: Option<String>,
}

impl Args {
    /// Returns the part of the vault that the command changes.
    pub fn writes(&self) -> Writes {
        match &self.command {
            ReferenceCommand::Add(_) | ReferenceCommand::Remove(_) => Writes::Credentials,
            ReferenceCommand::List(_) => Writes::Nothing,
        }
    }
}

pub fn run(context: &Context, args: &Args) -> Result<(), Error> {
    match &args.command {
        ReferenceCommand::Add(args) => add(context, args),
        ReferenceCommand::Remove(args) => remove(context, args),
        ReferenceCommand::List(args) => list(context, args),
    }
}

fn add(context: &Context, args: &AddReferenceArgs) -> Result<(), Error> {
    let reference = Reference::read(Object::from_iter([
        ("resourceRef", Value::text(args.resource.as_str())),
        ("credential", Value::text(args.id.as_str())),
        ("managementAddresses", Value::texts(args.address.iter().map(String::as_str))),
    ]))?;
    change(context, args.write.dry_run, "referred to", &args.id, |vault| Ok(vault.refer(reference.clone())?))
}

fn remove(context: &Context, args: &RemoveReferenceArgs) -> Result<(), Error> {
    change(context, args.write.dry_run, "no longer referred to", &args.id, |vault| {
        vault.no_longer_refer(&args.id, &args.resource)?;
        Ok(true)
    })
}

fn change(
    context: &Context,
    dry_run: bool,
    done: &str,
    id: &str,
    mut act: impl FnMut(&mut Transaction<'_>) -> Result<bool, Error>,
) -> Result<(), Error> {
    let written = session::write(context, dry_run, |vault| {
        let before = vault.references_to(id)?;
        let changed = act(vault)?;
        let references = vault.references_to(id)?;
        let changes = Reference::differences(&before, &references);
        Ok((references, changed, changes))
    })?;
    let Outcome { answer: (references, changed, changes), deployment } = written;
    let Context { settings, ui, .. } = context;
    if !dry_run && changes.iter().any(FieldChange::is_removal) {
        answer::undo_hint(settings, ui);
    }
    let mut document = Object::new();
    document.insert("id", Value::text(id));
    document.insert("references", Value::List(references.iter().map(Reference::shown).collect()));
    document.insert("networks", Reference::networks(&references));
    document.insert("changed", changed);
    document.insert("deploymentResult", deployment::document(&deployment));
    if dry_run {
        document.insert("dryRun", true);
    }
    output::changed(settings, done, &document, &diff::lines(settings, ui, &changes, &[]))
}

fn list(context: &Context, args: &ListArgs) -> Result<(), Error> {
    let Context { settings, ui, .. } = context;
    let mut vault = session::read(context)?;
    let mut references = vault.residents::<Reference>()?;
    if let Some(id) = &args.id {
        let credential = settings.scope().find(&mut vault, id, true)?;
        references.retain(|reference| reference.credential == credential.id());
    }
    if let Some(resource) = &args.resource {
        references.retain(|reference| reference.resource == *resource);
    }
    let mut kinds = Vec::with_capacity(references.len());
    let mut seen = Vec::with_capacity(references.len());
    for reference in references {
        // credentials of other projects must not show
        let Some(credential) = vault.find(&reference.credential)? else { continue };
        if settings.scope().sees(credential.head()) {
            kinds.push(credential.kind());
            seen.push(reference);
        }
    }
    let columns = Columns {
        table: &["resourceRef", "credential", "managementAddresses"],
        wide: &["resourceRef", "credential", "credentialType", "managementAddresses"],
    };
    let for_people = !matches!(settings.form, Form::Json | Form::Yaml);
    let Some(resource) = args.resource.as_ref().filter(|_| !for_people) else {
        let rows = seen.iter().zip(kinds).map(|(reference, kind)| {
            let mut row = reference.document();
            row.insert("credentialType", Value::text(credential_type(kind)));
            row
        });
        output::items(settings, ui, Object::new(), "references", rows.collect(), &columns)?;
        if seen.is_empty() {
            let hint = "`credctl ref add ID RESOURCE` adds one";
            output::nothing(settings, ui, "there are no references", hint);
        }
        return Ok(());
    };
    let connections = seen.iter().zip(kinds).map(|(reference, kind)| {
        let path = format!("/credentials/{}", reference.credential);
        Object::from_iter([
            ("managementAddresses", Value::texts(reference.addresses.iter().map(String::as_str))),
            ("credential", Object::from_iter([("resourceRef", Value::text(path))]).into()),
            ("credentialType", Value::text(credential_type(kind))),
        ])
    });
    let answer = Object::from_iter([("resourceRef", Value::text(resource.as_str()))]);
    output::items(settings, ui, answer, "connections", connections.collect(), &columns)
}
