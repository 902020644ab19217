//! `policy`: the throttle and route policies that credentials may depend on.

use credctl::store::{self, ResidentError, Transaction, Writes};
use credctl::value::{Object, Value};
use credctl::vault::{Policy, Resident as _};

use crate::cli::answer;
use crate::cli::context::Context;
use crate::cli::error::Error;
use crate::cli::options::WriteArgs;
use crate::cli::output::{self, Columns};
use crate::cli::session;
use crate::cli::words;

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  credctl policy add nas-eu --type throttle --period minute --value 100
  credctl policy add to-dr --type route --route-to dr-site
  credctl policy get nas-eu
      shows the policy, and the credentials that use it
  credctl policy update nas-eu --value 200")]
pub struct Args {
    #[command(subcommand)]
    command: PolicyCommand,
}

#[derive(Debug, clap::Subcommand)]
enum PolicyCommand {
    /// Add a policy
    Add(FieldArgs),
    /// Change the given fields of a policy
    Update(FieldArgs),
    /// Show a policy, and the credentials that use it
    #[command(alias = "show")]
    Get(IdArgs),
    /// List the policies
    #[command(visible_alias = "ls")]
    List,
    /// Delete a policy that no credential uses
    #[command(visible_alias = "rm", alias = "remove")]
    Delete(DeletePolicyArgs),
}

#[derive(Debug, clap::Args)]
struct FieldArgs {
    /// The id of the policy
    #[arg(value_parser = words::name)]
    id: String,
    /// The type of the policy: throttle or route
    #[arg(long = "type", value_name = "TYPE")]
    kind: Option<String>,
    /// The purpose of the policy
    #[arg(long)]
    description: Option<String>,
    /// The period of a throttle policy: second, minute, hour or day
    #[arg(long, value_name = "P")]
    period: Option<String>,
    /// The number of calls in one period of a throttle policy
    #[arg(long, value_name = "N", allow_hyphen_values = true)]
    value: Option<String>,
    /// The target of a route policy
    #[arg(long, value_name = "R")]
    route_to: Option<String>,
    #[command(flatten)]
    write: WriteArgs,
}

#[derive(Debug, clap::Args)]
struct IdArgs {
    /// The id of the policy
    #[arg(value_parser = words::name)]
    id: String,
}

#[derive(Debug, clap::Args)]
struct DeletePolicyArgs {
    /// The id of the policy
    #[arg(value_parser = words::name)]
    id: String,
    /// Delete the policy even if credentials use it
    #[arg(long)]
    force: bool,
    #[command(flatten)]
    write: WriteArgs,
}

impl Args {
    /// Returns the part of the vault that the command changes.
    pub fn writes(&self) -> Writes {
        match &self.command {
            PolicyCommand::Add(_) | PolicyCommand::Update(_) | PolicyCommand::Delete(_) => {
                Writes::WholeVault("policy")
            }
            PolicyCommand::Get(_) | PolicyCommand::List => Writes::Nothing,
        }
    }
}

pub fn run(context: &Context, args: &Args) -> Result<(), Error> {
    match &args.command {
        PolicyCommand::Add(args) => add(context, args),
        PolicyCommand::Update(args) => update(context, args),
        PolicyCommand::Get(args) => get(context, &args.id),
        PolicyCommand::List => list(context),
        PolicyCommand::Delete(args) => delete(context, args),
    }
}

impl FieldArgs {
    /// Overwrites the existing members with the given ones.
    fn over(&self, mut members: Object) -> Object {
        let texts = [
            ("type", &self.kind),
            ("description", &self.description),
            ("period", &self.period),
            ("routeTo", &self.route_to),
        ];
        for (name, text) in texts {
            if let Some(text) = text {
                members.insert(name, Value::text(text.as_str()));
            }
        }
        if let Some(value) = &self.value {
            // `Policy::read` refuses a value that is no number
            let number = value.parse::<u64>().map_or_else(|_| Value::text(value.as_str()), Value::from);
            members.insert("value", number);
        }
        members
    }
}

fn add(context: &Context, args: &FieldArgs) -> Result<(), Error> {
    let policy = Policy::read(args.over(Object::from_iter([("id", Value::text(args.id.as_str()))])))?;
    let add = |vault: &mut Transaction<'_>| Ok(vault.add_policy(policy.clone())?);
    let written = session::write(context, args.write.dry_run, add)?;
    output::resident(
        &context.settings,
        "added the policy",
        policy.document(),
        &written.deployment,
        args.write.dry_run,
    )
}

fn update(context: &Context, args: &FieldArgs) -> Result<(), Error> {
    if args.over(Object::new()).is_empty() {
        return Err(Error::usage("at least one option must be given"));
    }
    let written = session::write(context, args.write.dry_run, |vault| {
        Ok(vault.change_policy(&args.id, args.kind.as_deref(), |known| {
            Policy::read(args.over(known.document()))
        })?)
    })?;
    let document = written.answer.document();
    output::resident(
        &context.settings,
        "updated the policy",
        document,
        &written.deployment,
        args.write.dry_run,
    )
}

fn get(context: &Context, id: &str) -> Result<(), Error> {
    let mut vault = session::read(context)?;
    let policies = vault.residents::<Policy>()?;
    let policy = policies.iter().find(|policy| policy.id == id);
    let policy = policy.ok_or_else(|| store::Error::from(ResidentError::NoPolicy { id: id.to_owned() }))?;
    let mut shown = policy.document();
    shown.insert("usedBy", Value::texts(context.settings.scope().uses_of_policy(&mut vault, id)?.ids));
    output::object(&context.settings, &shown)
}

fn list(context: &Context) -> Result<(), Error> {
    let policies = session::read(context)?.residents::<Policy>()?;
    let columns = Columns {
        table: &["id", "type", "description", "period", "value", "routeTo"],
        wide: &["id", "type", "description", "period", "value", "routeTo"],
    };
    let Context { settings, ui, .. } = context;
    let items = policies.iter().map(Policy::document).collect();
    output::items(settings, ui, Object::new(), "items", items, &columns)?;
    if policies.is_empty() {
        output::nothing(
            settings,
            ui,
            "there are no policies yet",
            "`credctl policy add --help` shows examples",
        );
    }
    Ok(())
}

fn delete(context: &Context, args: &DeletePolicyArgs) -> Result<(), Error> {
    let delete = |vault: &mut Transaction<'_>| Ok(vault.delete_policy(&args.id, args.force)?);
    let written = session::write(context, args.write.dry_run, delete)?;
    let mut document = Object::from_iter([("id", Value::text(args.id.as_str()))]);
    document.insert("deleted", true);
    if !args.write.dry_run {
        answer::undo_hint(&context.settings, &context.ui);
    }
    output::resident(
        &context.settings,
        "deleted the policy",
        document,
        &written.deployment,
        args.write.dry_run,
    )
}
