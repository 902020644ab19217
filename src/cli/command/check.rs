//! `check`: finds what is wrong in the whole vault.

use credctl::check::{Check, Checker, Finding, Standard};
use credctl::value::{Object, Value};
use credctl::vault::{Environment, Policy, Reference, User};

use crate::cli::context::{Context, Settings, Ui};
use crate::cli::error::{Error, Failure};
use crate::cli::options::Form;
use crate::cli::output::{self, Columns};
use crate::cli::{assign, rotation, session};

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Checks:
  rules      values that the current rules refuse
  key-pair   a private key that does not match the certificate
  expired    credentials and certificates that have expired
  expiring   credentials and certificates that expire soon
  policy     a policy that does not exist
  user       a user that does not exist
  reference  a reference to a credential that does not exist, or, in a
             variable, to a field that is not there
  shared     the same secret in several credentials
  weak       secrets that can be guessed
  rotation   secrets that a removed recipient could read, or that are older than
             their type allows
  bundle     the bundle of an environment that is out of date
  attachment an attachment whose file is missing or incomplete; with
             --attachments also one whose content has changed

credctl check exits with 0 if it finds nothing, else with 8. It never shows a
secret.

Examples:
  credctl check
  credctl check --within 60d --only expired --only expiring
  credctl check --only attachment --attachments
  credctl check --skip shared -o json")]
pub struct Args {
    /// Report credentials as expiring if they expire within T
    #[arg(long, value_name = "T", default_value = "30d")]
    within: String,
    /// Run only this check
    #[arg(long, value_name = "CHECK", value_parser = names())]
    only: Vec<Check>,
    /// Skip this check
    #[arg(long, value_name = "CHECK", value_parser = names(), conflicts_with = "only")]
    skip: Vec<Check>,
    /// Read all attachments, which takes a while, and compare them with their digests
    #[arg(long)]
    attachments: bool,
}

/// Returns the parser for the names of checks.
fn names() -> impl clap::builder::TypedValueParser<Value = Check> {
    use clap::builder::{PossibleValuesParser, TypedValueParser as _};
    PossibleValuesParser::new(Check::ALL.map(Check::name))
        .try_map(|name| Check::ALL.into_iter().find(|check| check.name() == name).ok_or("not a check"))
}

pub fn run(context: &Context, args: &Args) -> Result<(), Error> {
    let Context { settings, ui, .. } = context;
    let soon = assign::time(settings, "within", &args.within)?;
    let wanted =
        |check: &Check| (args.only.is_empty() || args.only.contains(check)) && !args.skip.contains(check);
    let checks: Vec<Check> = Check::ALL.into_iter().filter(wanted).collect();
    let mut vault = session::read(context)?;
    let (policies, users, mut references) =
        (vault.residents::<Policy>()?, vault.residents::<User>()?, vault.residents::<Reference>()?);
    if !settings.scope().is_admin() {
        // references to credentials of other projects concern only those projects
        references.clear();
    }
    let is_own = |environment: &Environment| settings.scope().owns_project(&environment.project);
    let store = session::store(context)?;
    let bundles = store.reach(&mut vault, is_own)?;
    let contents = store.contents()?;
    let mut checker = Checker::new(Standard {
        rules: settings.rules(),
        now: settings.terms.now,
        soon,
        policies: &policies,
        users: &users,
        references: &references,
        bundles: &bundles,
        contents: &contents,
        reads_contents: args.attachments,
        checks: &checks,
    });
    // most vaults have no type that asks for new secrets, and then nothing is read
    if checks.contains(&Check::Rotation)
        && vault.types()?.own().iter().any(|kind| kind.rotate_after.is_some())
    {
        vault.versions(None, |version| checker.look_at_earlier(&version.credential))?;
    }
    let mut total = 0_u64;
    vault.credentials(|credential| {
        if settings.scope().owns(credential.head()) {
            total += 1;
            checker.look_at(&credential);
        }
    })?;
    if checks.contains(&Check::Reference) {
        for variable in settings.terms.unresolved(&mut vault)? {
            checker.leads_nowhere(&variable.id, &variable.path, &variable.reason.to_string());
        }
    }
    let findings = checker.finish();
    let count = findings.len();
    let marked =
        findings.iter().filter(|finding| finding.member.as_deref() == Some("rotateRequired")).count();
    print(settings, ui, findings, total)?;
    if marked > 0 && output::is_for_people(settings) {
        ui.notice(&rotation::words(marked as u64));
        ui.hint(rotation::LISTING);
    }
    match count {
        0 => Ok(()),
        1 => Err(Error::new(Failure::Partial, "1 problem was found")),
        _ => Err(Error::new(Failure::Partial, format!("{count} problems were found"))),
    }
}

fn print(settings: &Settings, ui: &Ui, findings: Vec<Finding>, total: u64) -> Result<(), Error> {
    if findings.is_empty() && matches!(settings.form, Form::Table | Form::Wide) {
        let credentials = if total == 1 { "credential" } else { "credentials" };
        return output::text(&format!("{total} {credentials} checked, no problems were found\n"));
    }
    let items = findings.into_iter().map(|finding| {
        let mut shown = Object::from_iter([
            ("id", Value::text(finding.id)),
            ("check", Value::text(finding.check.name())),
        ]);
        if let Some(member) = finding.member {
            shown.insert("member", Value::text(member));
        }
        shown.insert("detail", Value::text(finding.detail));
        shown
    });
    let columns =
        Columns { table: &["id", "check", "member", "detail"], wide: &["id", "check", "member", "detail"] };
    let answer = Object::from_iter([("checked", Value::from(total))]);
    output::items(settings, ui, answer, "findings", items.collect(), &columns)
}
