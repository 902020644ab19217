//! `user`: the users that password hashes belong to.

use credctl::store::{Transaction, Writes};
use credctl::value::{Object, Value};
use credctl::vault::{Resident as _, User};
use uuid::Uuid;

use crate::cli::answer;
use crate::cli::context::Context;
use crate::cli::error::Error;
use crate::cli::options::WriteArgs;
use crate::cli::output::{self, Columns};
use crate::cli::session;

#[derive(Debug, clap::Args)]
#[command(after_help = "\
The name of a password hash is the id of a user whose auth provider is local. A
password hash cannot be deleted while its user exists.

Examples:
  credctl user add --auth-provider local --email ada@example.org
  credctl user list
  credctl user delete 6b1551db-b7fa-473d-a05c-43524badb11b")]
pub struct Args {
    #[command(subcommand)]
    command: UserCommand,
}

#[derive(Debug, clap::Subcommand)]
enum UserCommand {
    /// Add a user
    Add(AddUserArgs),
    /// List the users
    #[command(visible_alias = "ls")]
    List,
    /// Delete a user
    #[command(visible_alias = "rm", alias = "remove")]
    Delete(DeleteUserArgs),
}

#[derive(Debug, clap::Args)]
struct AddUserArgs {
    /// The id, a UUID of version 4; credctl makes one if none is given
    #[arg(long, value_name = "UUID")]
    id: Option<String>,
    /// The provider that checks the password: local, ldap or cloud-central
    #[arg(long, value_name = "P")]
    auth_provider: String,
    /// The e-mail address
    #[arg(long)]
    email: String,
    /// The first name
    #[arg(long)]
    first_name: Option<String>,
    /// The last name
    #[arg(long)]
    last_name: Option<String>,
    #[command(flatten)]
    write: WriteArgs,
}

#[derive(Debug, clap::Args)]
struct DeleteUserArgs {
    /// The id of the user
    id: String,
    #[command(flatten)]
    write: WriteArgs,
}

impl Args {
    /// Returns the part of the vault that the command changes.
    pub fn writes(&self) -> Writes {
        match &self.command {
            UserCommand::Add(_) | UserCommand::Delete(_) => Writes::WholeVault("user"),
            UserCommand::List => Writes::Nothing,
        }
    }
}

pub fn run(context: &Context, args: &Args) -> Result<(), Error> {
    match &args.command {
        UserCommand::Add(args) => add(context, args),
        UserCommand::List => list(context),
        UserCommand::Delete(args) => delete(context, args),
    }
}

fn add(context: &Context, args: &AddUserArgs) -> Result<(), Error> {
    let text = |text: &Option<String>| text.as_deref().map_or(Value::Null, Value::text);
    let user = User::read(Object::from_iter([
        ("id", Value::text(args.id.clone().unwrap_or_else(|| Uuid::new_v4().to_string()))),
        ("authProvider", Value::text(args.auth_provider.as_str())),
        ("email", Value::text(args.email.as_str())),
        ("firstName", text(&args.first_name)),
        ("lastName", text(&args.last_name)),
    ]))?;
    let add = |vault: &mut Transaction<'_>| Ok(vault.add_user(user.clone())?);
    let written = session::write(context, args.write.dry_run, add)?;
    output::resident(
        &context.settings,
        "added the user",
        user.document(),
        &written.deployment,
        args.write.dry_run,
    )
}

fn list(context: &Context) -> Result<(), Error> {
    let users = session::read(context)?.residents::<User>()?;
    let columns = Columns {
        table: &["id", "authProvider", "email", "firstName", "lastName"],
        wide: &["id", "authProvider", "email", "firstName", "lastName"],
    };
    output::items(
        &context.settings,
        &context.ui,
        Object::new(),
        "items",
        users.iter().map(User::document).collect(),
        &columns,
    )?;
    if users.is_empty() {
        let hint = "`credctl user add --auth-provider local --email E` adds one";
        output::nothing(&context.settings, &context.ui, "there are no users yet", hint);
    }
    Ok(())
}

fn delete(context: &Context, args: &DeleteUserArgs) -> Result<(), Error> {
    let written = session::write(context, args.write.dry_run, |vault| Ok(vault.delete_user(&args.id)?))?;
    for id in &written.answer {
        context.ui.notice(&format!("the password hash {id} still exists and can be deleted now"));
    }
    let mut document = Object::from_iter([("id", Value::text(args.id.as_str()))]);
    document.insert("deleted", true);
    if !args.write.dry_run {
        answer::undo_hint(&context.settings, &context.ui);
    }
    output::resident(&context.settings, "deleted the user", document, &written.deployment, args.write.dry_run)
}
