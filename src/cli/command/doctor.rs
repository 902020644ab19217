//! `doctor`: finds what is wrong or missing around the vault, each finding with the command that mends it.

use credctl::value::{Object, Value};

use crate::cli::context::{Context, Settings, Ui};
use crate::cli::error::{Error, Failure};
use crate::cli::health::{HealthCheck, HealthFinding, Survey, WayIn};
use crate::cli::output::{self, Columns};

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Checks:
  vault          a vault that is missing, that cannot be read, or that this
                 machine refuses
  queue          changes that wait for the server of the vault
  permissions    an identity that others can read; a vault, backup, lock or
                 folder that others can change
  identity       an identity or a passphrase file that is missing or of no use
  recipients     recipients that no write can lock the vault to, or that this
                 machine does not know; a vault that the next write would lock
                 you out of
  memory         a memory of vaults that cannot be read or written
  signing        a signing key that was named, and cannot sign the vault
  backup         a .bak file that nothing can be undone from, also one that the
                 vault does not follow from
  draft          unfinished files of calls that were killed
  clock          changes in the future
  rotation       credentials that need a new secret, because a removed recipient
                 could read the old one
  conflicts      conflicts that a merge has left open
  bundle         bundles of environments that are out of date
  attachments    attachments whose file is missing, and files of none
  agent          an agent that does not answer, a socket that is not used
  configuration  a configuration that cannot be read, keys that do nothing
  git            a backup, lock, draft or plain identity that git tracks
  completions    a shell without completions of credctl

Each finding has a command to paste into a shell, which fixes the problem or
tells more about it. credctl doctor itself changes nothing, does not prompt, and
runs no plugin. It looks into the vault if an identity opens it, or if a
passphrase comes from a file, a variable or a command. Otherwise it skips
recipients, rotation, conflicts, bundle and attachments, and says so. It exits
with 0 if it finds nothing, else with 8.

With -o json, the answer has the members checked (the checks), opened (true if
credctl looked into the vault) and findings; each of them has check, detail and
command, and path if it is about a file.

Examples:
  credctl doctor
  credctl doctor --skip completions
  credctl doctor --only permissions --only git -o json")]
pub struct Args {
    /// Run only this check
    #[arg(long, value_name = "CHECK", value_parser = names(), hide_possible_values = true)]
    only: Vec<HealthCheck>,
    /// Skip this check
    #[arg(long, value_name = "CHECK", value_parser = names(), hide_possible_values = true, conflicts_with = "only")]
    skip: Vec<HealthCheck>,
}

/// Returns the parser for the names of checks.
fn names() -> impl clap::builder::TypedValueParser<Value = HealthCheck> {
    use clap::builder::{PossibleValuesParser, TypedValueParser as _};
    PossibleValuesParser::new(HealthCheck::ALL.map(HealthCheck::name))
        .try_map(|name| HealthCheck::ALL.into_iter().find(|check| check.name() == name).ok_or("not a check"))
}

pub fn run(context: &Context, args: &Args) -> Result<(), Error> {
    let Context { settings, ui, .. } = context;
    let wanted = |check: &HealthCheck| {
        (args.only.is_empty() || args.only.contains(check)) && !args.skip.contains(check)
    };
    let mut checks: Vec<HealthCheck> = HealthCheck::ALL.into_iter().filter(wanted).collect();
    let mut survey = Survey::of(settings)?;
    let mut findings = survey.quick_findings(settings);
    let mut opened = false;
    let looks_inside = checks.iter().any(|check| check.looks_inside());
    match looks_inside.then(|| survey.open_with_passphrase(context)).flatten() {
        None => {}
        Some(Ok((mut vault, key))) => match survey.findings_inside(settings, &mut vault, &key) {
            Ok(inside) => {
                opened = true;
                findings.extend(inside);
            }
            Err(error) => findings.push(survey.of_trouble(settings, &error)),
        },
        Some(Err(error)) => findings.push(survey.of_trouble(settings, &error)),
    }
    findings.extend(survey.findings_elsewhere());
    findings.retain(|finding| checks.contains(&finding.check));
    findings.sort_by_key(|finding| HealthCheck::ALL.iter().position(|check| *check == finding.check));
    let count = findings.len();
    let is_closed = looks_inside && !opened && survey.sealed.is_some();
    if is_closed {
        // nothing was looked at
        checks.retain(|check| !check.is_inside());
    }
    print(settings, ui, &checks, opened, &findings)?;
    if settings.misread.is_some() && output::is_for_people(settings) {
        ui.notice("credctl ignored the configuration, so other findings may be wrong");
    }
    if is_closed && output::is_for_people(settings) {
        let reason = match survey.access.way {
            WayIn::Question(reason) | WayIn::Nothing(reason) => reason,
            _ => "it does not open",
        };
        ui.notice(&format!("credctl did not look into the vault: {reason}"));
    }
    match count {
        0 => Ok(()),
        1 => Err(Error::new(Failure::Partial, "1 problem was found")),
        _ => Err(Error::new(Failure::Partial, format!("{count} problems were found"))),
    }
}

fn print(
    settings: &Settings,
    ui: &Ui,
    checks: &[HealthCheck],
    opened: bool,
    findings: &[HealthFinding],
) -> Result<(), Error> {
    if output::is_for_people(settings) {
        return output::text(&if findings.is_empty() {
            match checks.len() {
                1 => "1 check made, no problem was found\n".to_owned(),
                count => format!("{count} checks made, no problems were found\n"),
            }
        } else {
            sheet(settings, ui, findings)
        });
    }
    let columns = Columns { table: &[], wide: &["check", "path", "detail", "command"] };
    let answer = Object::from_iter([
        ("checked", Value::texts(checks.iter().map(|check| check.name()))),
        ("opened", Value::Bool(opened)),
    ]);
    output::items(
        settings,
        ui,
        answer,
        "findings",
        findings.iter().map(HealthFinding::document).collect(),
        &columns,
    )
}

/// Returns the findings for people: the check, the detail, and below it the command alone on its line.
fn sheet(settings: &Settings, ui: &Ui, findings: &[HealthFinding]) -> String {
    let mut text = String::new();
    for finding in findings {
        let (bold, plain) = if settings.colour { ("\u{1b}[1m", "\u{1b}[0m") } else { ("", "") };
        let name = finding.check.name();
        let detail = output::folded(&finding.detail, ui.width(), name.len() + 2);
        text.push_str(&format!("{bold}{name}{plain}  {detail}\n"));
        text.push_str(&format!("  {}\n", output::sanitize::line(&finding.command)));
    }
    text
}
