//! The commands, one file each: the arguments, and one function that runs the command. Commands that only
//! make sense together share a file. This module dispatches the command, and says which commands write. It is long
//! because each verb has one line in each of its lists.

mod access;
mod add;
mod attach;
mod check;
mod completions;
mod conflicts;
mod copy;
mod delete;
mod diff;
mod doctor;
mod edit;
mod environment;
mod export;
mod find;
mod generate;
mod get;
mod git;
mod grant;
pub mod helper;
mod history;
mod import;
mod init;
mod inject;
mod list;
mod lock;
mod man;
mod merge;
mod otp;
mod passwd;
mod patch;
mod policy;
mod project;
mod purge;
mod recipients;
mod reference;
mod rekey;
mod rename;
mod resolve;
mod rollback;
mod run;
mod sign;
mod status;
mod tidy;
mod trust;
mod types;
mod undo;
mod unlock;
mod update;
mod user;
mod verify;

use credctl::store::Writes;
use std::path::{Path, PathBuf};
use std::time::Duration;

use clap::Subcommand;

use super::agent;
use super::clipboard;
use super::context::Context;
use super::error::Error;

/// The commands. Clap builds only the one that is called.
#[derive(Debug, Subcommand)]
#[command(defer = true)]
pub enum Command {
    /// Make a vault: locked with a passphrase, or to recipients
    Init(init::Args),
    /// Add a credential, or several from a document
    #[command(aliases = ["insert", "new", "create"])]
    Add(add::Args),
    /// Replace a credential: fields that are not given are deleted
    #[command(alias = "replace")]
    Update(update::Args),
    /// Replace a credential, or add it if there is none
    Put(update::Args),
    /// Change parts of credentials: fields that are not given stay
    Patch(patch::Args),
    /// Change a credential in an editor
    Edit(edit::Args),
    /// Change the password of a credential
    Passwd(passwd::Args),
    /// Change the id of a credential and its references
    #[command(visible_alias = "mv")]
    Rename(rename::Args),
    /// Add a credential that is like another one
    #[command(visible_alias = "cp")]
    Copy(copy::Args),
    /// Attach a file to a credential
    Attach(attach::Args),
    /// Detach a file from a credential
    Detach(attach::DetachArgs),
    /// Show a credential, one value of it, or a file that belongs to it
    #[command(aliases = ["show", "read", "describe", "view"])]
    Get(get::Args),
    /// Print the code of a one-time password
    #[command(visible_alias = "code")]
    Otp(otp::Args),
    /// List the credentials, without their secrets
    #[command(visible_alias = "ls", alias = "search")]
    List(list::Args),
    /// Delete credentials
    #[command(visible_alias = "rm", aliases = ["remove", "del"])]
    Delete(delete::Args),
    /// Grant a credential to API proxies and groups
    Grant(grant::GrantArgs),
    /// Revoke grants of a credential to API proxies and groups
    Revoke(grant::Args),
    /// List the grants of a credential, or the credentials of a proxy
    Access(access::Args),
    /// Export credentials for other programs
    Export(export::Args),
    /// Import credentials from other programs
    Import(import::Args),
    /// Start a program with secrets in its environment
    #[command(alias = "exec")]
    Run(run::Args),
    /// Put secrets into a template
    Inject(inject::Args),
    /// Find the credentials with a secret value, such as a leaked one
    Find(find::Args),
    /// Make a password or passphrase
    #[command(aliases = ["gen", "pwgen"])]
    Generate(generate::Args),
    /// Speak the protocols by which other programs ask for credentials
    Helper(helper::Args),
    /// Manage references from devices and virtual networks
    Ref(reference::Args),
    /// Manage throttle and route policies
    Policy(policy::Args),
    /// Manage the users that password hashes belong to
    User(user::Args),
    /// Manage environments: bundles for servers
    #[command(visible_alias = "env")]
    Environment(environment::Args),
    /// Write the bundles of environments again
    Deploy(environment::DeployArgs),
    /// Move a credential to another project
    Move(project::MoveArgs),
    /// List the projects
    Project(project::Args),
    /// Check a password, an address or a grant, and reveal nothing
    Verify(verify::Args),
    /// List earlier versions of a credential, or deleted credentials
    History(history::Args),
    /// Make an earlier version of a credential the current one
    Rollback(rollback::RollbackArgs),
    /// Restore a deleted credential
    Restore(rollback::RestoreArgs),
    /// Delete earlier versions for good
    Purge(purge::Args),
    /// Undo the last change of the vault
    Undo(undo::Args),
    /// Compare two copies of the vault, without a secret
    Diff(diff::Args),
    /// Check every credential of the vault
    Check(check::Args),
    // `get --clip` starts it, and sends on stdin the fingerprint to compare with
    #[command(name = clipboard::CLEAR, hide = true)]
    ClearClipboard(ClearClipboardArgs),
    /// Move leftovers of earlier imports into their logins
    Tidy(tidy::Args),
    /// Show which vault is used, what opens it, and what needs attention
    Status(status::Args),
    /// Find problems around the vault, and the commands that fix them
    Doctor(doctor::Args),
    /// List the types, or explain the fields of one
    Types(types::Args),
    /// Change the passphrase or the recipients of the vault
    Rekey(rekey::Args),
    /// List, add, remove and rename the recipients of the vault
    Recipients(recipients::Args),
    /// Compare the vault with what this machine remembers, and accept it
    Trust(trust::Args),
    /// Show who may change the vault, sign it, or change the signers
    Sign(sign::Args),
    /// Merge another copy of the vault, such as that of another machine
    Merge(merge::Args),
    /// List what a merge could not decide
    Conflicts(conflicts::Args),
    /// Choose a side of a conflict
    Resolve(resolve::Args),
    /// Show, merge and check the vault in a git repository
    Git(git::Args),
    /// Ask for the key of the vault once for all later calls
    Unlock(unlock::Args),
    /// Lock the vault that was unlocked
    Lock(lock::Args),
    // `unlock` starts it
    #[command(name = agent::SERVE, hide = true)]
    ServeAgent(ServeAgentArgs),
    /// Print a completion script for a shell
    #[command(alias = "completion")]
    Completions(completions::Args),
    /// Print the manual page, or write all of them to a folder
    Man(man::Args),
}

// the tools of the clipboard, and the time until its clearing
#[derive(Debug, clap::Args)]
pub struct ClearClipboardArgs {
    pub tools: String,
    pub seconds: u64,
}

// the folder of the agent
#[derive(Debug, clap::Args)]
pub struct ServeAgentArgs {
    pub folder: PathBuf,
}

impl Command {
    /// Makes the command that imports a file or a folder.
    pub fn import_of(file: PathBuf) -> Self {
        Self::Import(import::Args::of(file))
    }

    /// Returns the part of the vault that the command changes.
    pub fn writes(&self) -> Writes {
        match self {
            Self::Get(_)
            | Self::List(_)
            | Self::Access(_)
            | Self::Export(_)
            | Self::Run(_)
            | Self::Inject(_)
            | Self::Find(_)
            | Self::Generate(_)
            // checks the role once there is a counter to move
            | Self::Otp(_)
            // `store` and `erase` check the role once there is something to write
            | Self::Helper(_)
            | Self::Verify(_)
            | Self::History(_)
            | Self::Diff(_)
            | Self::Check(_)
            | Self::Status(_)
            | Self::Doctor(_)
            | Self::Conflicts(_)
            // changes what this machine remembers, and no vault
            | Self::Trust(_)
            | Self::Git(_)
            // checks the role once it changes something
            | Self::Sign(_)
            | Self::ClearClipboard(_)
            | Self::Unlock(_)
            | Self::Lock(_)
            | Self::ServeAgent(_)
            | Self::Completions(_)
            | Self::Man(_) => Writes::Nothing,
            Self::Init(_)
            | Self::Add(_)
            | Self::Update(_)
            | Self::Put(_)
            | Self::Patch(_)
            | Self::Edit(_)
            | Self::Passwd(_)
            | Self::Rename(_)
            | Self::Copy(_)
            | Self::Attach(_)
            | Self::Detach(_)
            | Self::Delete(_)
            | Self::Grant(_)
            | Self::Revoke(_)
            | Self::Import(_)
            | Self::Deploy(_)
            | Self::Move(_)
            | Self::Rollback(_)
            | Self::Restore(_)
            | Self::Purge(_)
            | Self::Tidy(_)
            | Self::Undo(_) => Writes::Credentials,
            Self::Rekey(_) => Writes::WholeVault("rekey"),
            Self::Merge(_) => Writes::WholeVault("merge"),
            Self::Resolve(_) => Writes::WholeVault("resolve"),
            Self::Recipients(args) => args.writes(),
            Self::Ref(args) => args.writes(),
            Self::Policy(args) => args.writes(),
            Self::User(args) => args.writes(),
            Self::Environment(args) => args.writes(),
            Self::Types(args) => args.writes(),
            Self::Project(_) => Writes::Nothing,
        }
    }

    /// Returns the vault that git merges, if git runs the command as a merge driver.
    pub fn merged_vault(&self) -> Option<&Path> {
        match self {
            Self::Git(args) => args.merged_vault(),
            _ => None,
        }
    }

    /// Returns true for commands that take formats of files beside the documents of systems.
    pub fn knows_formats(&self) -> bool {
        matches!(self, Self::Export(_) | Self::Import(_))
    }

    /// Returns true for a command that runs even if the configuration cannot be used, to say so.
    pub fn bears_bad_configuration(&self) -> bool {
        match self {
            Self::Doctor(_) | Self::Lock(_) => true,
            Self::Git(args) => args.bears_bad_configuration(),
            _ => false,
        }
    }

    /// Returns true for a command that prints fields with their names.
    pub fn names_fields(&self) -> bool {
        matches!(self, Self::Get(args) if args.names_fields())
    }

    /// Runs a command that needs neither a vault nor a configuration, and returns any other command. `whole`
    /// makes the whole command line, as clap knows it.
    pub fn run_alone(self, whole: impl FnOnce() -> clap::Command) -> Result<Option<Self>, Error> {
        match self {
            Self::Completions(args) => completions::run(&args, &whole()),
            Self::Man(args) => man::run(&args, whole()),
            Self::ClearClipboard(args) => clipboard::clear(&args.tools, Duration::from_secs(args.seconds)),
            Self::ServeAgent(args) => agent::serve(&args.folder),
            verb => return Ok(Some(verb)),
        }
        .map(|()| None)
    }

    /// Runs the command.
    pub fn run(self, context: &Context) -> Result<(), Error> {
        match self {
            Self::Export(args) => export::run(context, &args),
            Self::Import(args) => import::run(context, &args),
            Self::Run(args) => run::run(context, &args),
            Self::Inject(args) => inject::run(context, &args),
            Self::Find(args) => find::run(context, &args),
            Self::Generate(args) => generate::run(context, &args),
            Self::Helper(args) => helper::run(context, &args),
            Self::Init(args) => init::run(context, &args),
            Self::Add(args) => add::run(context, &args),
            Self::Update(args) => update::run(context, &args),
            Self::Put(mut args) => {
                args.upsert = true;
                update::run(context, &args)
            }
            Self::Patch(args) => patch::run(context, &args),
            Self::Edit(args) => edit::run(context, &args),
            Self::Passwd(args) => passwd::run(context, &args),
            Self::Rename(args) => rename::run(context, &args),
            Self::Copy(args) => copy::run(context, &args),
            Self::Attach(args) => attach::run(context, &args),
            Self::Detach(args) => attach::detach(context, &args),
            Self::Get(args) => get::run(context, &args),
            Self::Otp(args) => otp::run(context, &args),
            Self::List(args) => list::run(context, &args),
            Self::Delete(args) => delete::run(context, &args),
            Self::Grant(args) => grant::grant(context, &args),
            Self::Revoke(args) => grant::revoke(context, &args),
            Self::Access(args) => access::run(context, &args),
            Self::Ref(args) => reference::run(context, &args),
            Self::Policy(args) => policy::run(context, &args),
            Self::User(args) => user::run(context, &args),
            Self::Environment(args) => environment::run(context, &args),
            Self::Deploy(args) => environment::deploy(context, &args),
            Self::Move(args) => project::move_to(context, &args),
            Self::Project(args) => project::run(context, &args),
            Self::Verify(args) => verify::run(context, &args),
            Self::History(args) => history::run(context, &args),
            Self::Rollback(args) => rollback::rollback(context, &args),
            Self::Restore(args) => rollback::restore(context, &args),
            Self::Purge(args) => purge::run(context, &args),
            Self::Undo(args) => undo::run(context, &args),
            Self::Diff(args) => diff::run(context, &args),
            Self::Check(args) => check::run(context, &args),
            Self::Tidy(args) => tidy::run(context, &args),
            Self::Status(_) => status::run(context),
            Self::Doctor(args) => doctor::run(context, &args),
            Self::Types(args) => types::run(context, &args),
            Self::Rekey(args) => rekey::run(context, &args),
            Self::Recipients(args) => recipients::run(context, &args),
            Self::Trust(args) => trust::run(context, &args),
            Self::Sign(args) => sign::run(context, &args),
            Self::Merge(args) => merge::run(context, &args),
            Self::Conflicts(_) => conflicts::run(context),
            Self::Resolve(args) => resolve::run(context, &args),
            Self::Git(args) => git::run(context, &args),
            Self::Unlock(args) => unlock::run(context, &args),
            Self::Lock(args) => lock::run(context, &args),
            Self::Completions(_) | Self::Man(_) | Self::ClearClipboard(_) | Self::ServeAgent(_) => Ok(()),
        }
    }
}
