//! `policy`: the throttle and route policies that credentials may depend on.

use credctl::store::Writes;
use credctl::value::{Object, Value};
use credctl::vault::{Policy, Resident as _, Vault};

use crate::cli::context::Context;
use crate::cli::error::{Error, Kind};
use crate::cli::options::WriteArgs;
use crate::cli::output::{self, Columns};
use crate::cli::session;
use crate::cli::words;

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  credctl policy add nas-eu --type throttle --period minute --value 100 --description 'EU NAS'
  credctl policy add to-dr --type route --route-to dr-site --description 'Disaster recovery'
      shows the policy, and the credentials that use it
      with the credentials that use it
  credctl policy update nas-eu --value 200")]
pub struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, clap::Subcommand)]
enum Command {
    /// Add a policy
    Add(FieldArgs),
    /// Change the given fields of a policy
    Update(FieldArgs),
    /// Show a policy, and the credentials that use it
    Get(IdArgs),
    /// List the policies
    #[command(visible_alias = "ls")]
    List,
    /// Delete a policy that no credential uses
    #[command(visible_alias = "rm")]
    Delete(DeleteArgs),
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
    /// The calls in one period of a throttle policy
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
struct DeleteArgs {
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
            Command::Add(_) | Command::Update(_) | Command::Delete(_) => Writes::WholeVault("policy"),
            Command::Get(_) | Command::List => Writes::Nothing,
        }
    }
}

pub fn run(context: &Context, args: &Args) -> Result<(), Error> {
    match &args.command {
        Command::Add(args) => add(context, args),
        Command::Update(args) => update(context, args),
        Command::Get(args) => get(context, &args.id),
        Command::List => list(context),
        Command::Delete(args) => delete(context, args),
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
    let written = session::write(context, args.write.dry_run, |vault| {
        let mut policies = vault.residents::<Policy>()?;
        if policies.iter().any(|known| known.id == policy.id) {
            return Err(Error::new(Kind::Conflict, format!("the policy {} exists already", policy.id))
                .hint("`credctl policy update` changes it"));
        }
        policies.push(policy.clone());
        Ok(vault.set_residents(policies)?)
    })?;
    output::resident(context, "added the policy", policy.document(), &written.deployment, args.write.dry_run)
}

fn update(context: &Context, args: &FieldArgs) -> Result<(), Error> {
    let written = session::write(context, args.write.dry_run, |vault| {
        let mut policies = vault.residents::<Policy>()?;
        let known = policies.iter_mut().find(|known| known.id == args.id).ok_or_else(|| unknown(&args.id))?;
        if args.kind.as_deref().is_some_and(|kind| kind != known.kind()) {
            return Err(Error::new(Kind::Conflict, "type cannot be changed"));
        }
        let changes = args.over(Object::new());
        if changes.is_empty() {
            return Err(Error::usage("at least one option must be given"));
        }
        let policy = Policy::read(args.over(known.document()))?;
        *known = policy.clone();
        vault.set_residents(policies)?;
        Ok(policy)
    })?;
    let document = written.answer.document();
    output::resident(context, "updated the policy", document, &written.deployment, args.write.dry_run)
}

fn get(context: &Context, id: &str) -> Result<(), Error> {
    let mut vault = session::read(context)?;
    let policies = vault.residents::<Policy>()?;
    let policy = policies.iter().find(|policy| policy.id == id).ok_or_else(|| unknown(id))?;
    let mut shown = policy.document();
    shown.insert("usedBy", Value::texts(users(context, &mut vault, id)?.0));
    output::object(context, &shown)
}

fn list(context: &Context) -> Result<(), Error> {
    let policies = session::read(context)?.residents::<Policy>()?;
    let columns = Columns {
        table: &["id", "type", "description", "period", "value", "routeTo"],
        wide: &["id", "type", "description", "period", "value", "routeTo"],
    };
    let items = policies.iter().map(Policy::document).collect();
    output::items(context, Object::new(), "items", items, &columns)
}

fn delete(context: &Context, args: &DeleteArgs) -> Result<(), Error> {
    let written = session::write(context, args.write.dry_run, |vault| {
        let mut policies = vault.residents::<Policy>()?;
        let before = policies.len();
        policies.retain(|known| known.id != args.id);
        if policies.len() == before {
            return Err(unknown(&args.id));
        }
        let (users, others) = users(context, vault, &args.id)?;
        if !args.force {
            unused(&args.id, &users, others)?;
        }
        Ok(vault.set_residents(policies)?)
    })?;
    let mut answer = Object::from_iter([("id", Value::text(args.id.as_str()))]);
    answer.insert("deleted", true);
    output::resident(context, "deleted the policy", answer, &written.deployment, args.write.dry_run)
}

/// Returns the credentials that depend on a policy, and the number of those that the project does not see.
fn users(context: &Context, vault: &mut Vault, id: &str) -> Result<(Vec<String>, usize), Error> {
    let (mut users, mut others) = (Vec::new(), 0);
    vault.heads(|head| match head.envelope.throttle_policy.as_deref() {
        Some(policy) if policy == id && context.scope().sees(&head) => users.push(head.id),
        Some(policy) if policy == id => others += 1,
        _ => {}
    })?;
    Ok((users, others))
}

/// Fails if any credential depends on a policy.
fn unused(id: &str, users: &[String], others: usize) -> Result<(), Error> {
    if users.is_empty() && others == 0 {
        return Ok(());
    }
    let mut some: Vec<_> = users.iter().take(5).cloned().collect();
    if users.len() > 5 {
        some.push(format!("{} more", users.len() - 5));
    }
    if others > 0 {
        some.push(format!("{others} of other projects"));
    }
    let what = format!("the policy {id} is used by {}", some.join(", "));
    Err(Error::new(Kind::Conflict, what).hint("--force deletes it all the same"))
}

fn unknown(id: &str) -> Error {
    Error::new(Kind::NotFound, format!("there is no policy {id}")).hint("`credctl policy list` shows them")
}
