//! `unlock`: asks for the key of the vault once, and gives it to the agent.

use std::time::Duration;

use chrono::TimeDelta;
use credctl::time;
use credctl::value::{Object, Value};

use crate::cli::agent::{self, Addition, AgentState, KeyName, Left};
use crate::cli::context::{Context, Settings, local_time, span};
use crate::cli::error::Error;
use crate::cli::unlock::Opener;
use crate::cli::{output, session};

/// The limits without an option and a configuration.
const TTL: Duration = Duration::from_secs(8 * 60 * 60);
const IDLE: Duration = Duration::from_secs(30 * 60);
/// The seconds that a limit may have.
const LIMITS: std::ops::RangeInclusive<u64> = 1..=365 * 24 * 60 * 60;

#[derive(Debug, clap::Args)]
#[command(after_help = "\
credctl asks for the passphrase of the vault, or of the identity that opens it,
once. The agent, a process of credctl, then opens the vault for every process of
this user. It forgets the key after --ttl or --idle. `credctl lock` makes it
forget the key at once.

A vault that opens without a prompt needs no agent. A source of a passphrase,
such as --passphrase-file, has priority over the agent.

Examples:
  credctl unlock
  credctl unlock --ttl 1h --idle 10m
  credctl list")]
pub struct Args {
    /// Lock the vault after TIME at the latest [config: ttl] [default: 8h]
    #[arg(long, value_name = "TIME")]
    ttl: Option<String>,
    /// Lock the vault after TIME without use [config: idle] [default: 30m]
    #[arg(long, value_name = "TIME")]
    idle: Option<String>,
}

pub fn run(context: &Context, args: &Args) -> Result<(), Error> {
    let settings = &context.settings;
    if !settings.uses_agent {
        return Err(Error::usage("the agent is switched off by --no-agent or CREDCTL_NO_AGENT"));
    }
    if !cfg!(target_os = "linux") {
        // before anybody is asked
        return agent::serve("".as_ref());
    }
    let (ttl, idle) = limits(settings, args)?;
    let location = session::store_alone(context)?.location()?;
    let sealed = session::sealed(&location)?;
    let is_asked_for = args.ttl.is_some() || args.idle.is_some() || settings.passphrase_is_named;
    if !is_asked_for && let Some(left) = agent::held(settings, &sealed) {
        return answer(context, "is unlocked already,", left);
    }
    let Some(Opener { name, material, opens }) = Opener::find(context, &sealed)? else {
        return answer_plain(settings);
    };
    let vault = KeyName::of_vault(settings.vault()?);
    agent::add(settings, Addition { name, vault, material, ttl, idle, opens })?;
    answer(context, "is unlocked", Left { ttl, idle: idle.min(ttl) })
}

/// Returns the limits: those of options, else of the configuration, else the usual ones.
fn limits(settings: &Settings, args: &Args) -> Result<(Duration, Duration), Error> {
    let (config_ttl, config_idle) = &settings.unlocked_for;
    let limit = |name: &str, option: &Option<String>, config: &Option<String>, usual: Duration| {
        let Some(text) = option.as_ref().or(config.as_ref()) else { return Ok(usual) };
        span(text).filter(|limit| LIMITS.contains(&limit.as_secs())).ok_or_else(|| {
            Error::usage(format!("{name} is not a time such as 30m, from a second to a year"))
                .param(name, "not a time")
        })
    };
    Ok((limit("ttl", &args.ttl, config_ttl, TTL)?, limit("idle", &args.idle, config_idle, IDLE)?))
}

/// Prints until when the vault is open.
fn answer(context: &Context, what: &str, left: Left) -> Result<(), Error> {
    let Context { settings, ui, .. } = context;
    let vault = settings.vault()?.display();
    let idle = Duration::from_secs(left.idle.as_secs());
    let message = format!(
        "{vault} {what} until {}, or until {} pass without use",
        local_time(left.ttl),
        humantime::format_duration(idle)
    );
    let until = TimeDelta::from_std(left.ttl).ok().and_then(|ttl| settings.terms.now.checked_add_signed(ttl));
    let mut document = Object::new();
    document.insert("vault", Value::text(vault.to_string()));
    document.insert("unlocked", true);
    document.insert("needed", true);
    if let Some(until) = until {
        document.insert("until", Value::text(time::format(until)));
    }
    document.insert("idleSeconds", Value::from(idle.as_secs()));
    match agent::state(settings) {
        AgentState::Holding { until, memory, vaults } => {
            if let Some(until) = until {
                document.insert("untilWithoutUse", Value::text(time::format(until)));
            }
            document.insert("vaults", Value::from(vaults as u64));
            document.insert("memory", Value::text(memory));
        }
        AgentState::Refused(what) => ui.notice(&what),
        AgentState::Absent | AgentState::Silent(_) => {}
    }
    document.insert("message", Value::text(message.as_str()));
    output::message(settings, &document, &message, "")
}

/// Prints that a plain identity opens the vault.
fn answer_plain(settings: &Settings) -> Result<(), Error> {
    let vault = settings.vault()?.display();
    let message = format!("nothing needs unlocking: an identity opens {vault} without a passphrase");
    let mut document = Object::new();
    document.insert("vault", Value::text(vault.to_string()));
    document.insert("unlocked", true);
    document.insert("needed", false);
    document.insert("message", Value::text(message.as_str()));
    output::message(settings, &document, &message, "")
}
