//! `export`: writes credentials for other programs, with everything that they depend on.

use std::io::{self, Write};
use std::path::PathBuf;

use credctl::disk::Access;
use credctl::export::{ExportContents, ExportData, ExportFormat, ExportOptions, ExportReport, mergeable};
use credctl::query::Selection;
use credctl::secret::Buffer;
use credctl::store::{self, Chosen, Conditions, ExportSelection, Exported, ResidentError};
use credctl::vault::{self, Key, Mark, Recipients, Sealer};

use crate::cli::context::{Context, Settings, Ui};
use crate::cli::error::{Error, Failure};
use crate::cli::output::{self, Existing, OutArgs, OutTarget};
use crate::cli::{document, recognition, select, session, words};

#[derive(Debug, clap::Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of its own on the command line")]
#[command(after_help = format!("\
Without ids, a filter or a document, credctl exports everything. It adds the
policies that the credentials depend on. It writes secrets to a file, a pipe or
an age file, and to a terminal only with --force-tty. It leaves an existing file
alone, unless --overwrite replaces the file or --merge (aws-credentials,
kubeconfig, netrc, dotenv) adds to the file and keeps everything else.

Formats: {}

Examples:
  credctl export > all.json
  credctl export --encrypt-to age1… --out all.json.age
  credctl export ci --format aws-credentials --out ~/.aws/credentials --merge
  credctl export web-1 web-2 --format aspire --out aspire.json
  credctl export --filter \"type eq 'apiCredential'\" --format apinizer
  credctl export partner --format apinizer --with-access | jq .
  credctl export --no-secrets", formats()))]
pub struct Args {
    /// The ids of the credentials
    ids: Vec<String>,
    /// Export all credentials that match EXPR; see `credctl list --help`
    #[arg(long, value_name = "EXPR", conflicts_with_all = ["ids", "file"])]
    filter: Option<String>,
    /// Export the credentials that a document names: {"ids": [...]} or {"filter": {...}}; - is stdin
    #[arg(short, long, value_name = "FILE", conflicts_with = "ids", value_hint = clap::ValueHint::FilePath)]
    file: Option<PathBuf>,
    #[command(flatten)]
    out: OutArgs,
    /// Add the credentials to the file of --out and keep everything else there
    #[arg(long, requires = "out", conflicts_with_all = ["overwrite", "encrypt_to", "no_secrets"])]
    merge: bool,
    /// Encrypt the export with age to recipient R
    #[arg(long, value_name = "R")]
    encrypt_to: Vec<String>,
    /// Leave the secrets out
    #[arg(long)]
    no_secrets: bool,
    /// Export the grants too, with --format apinizer
    #[arg(long)]
    with_access: bool,
    /// Export this policy too; without ids, export only the policy
    #[arg(long, value_name = "ID")]
    #[arg(value_parser = words::name)]
    policy: Vec<String>,
    /// Export secrets even of credentials that must not be used now
    #[arg(long)]
    force: bool,
    /// Write secrets even to a terminal
    #[arg(long)]
    force_tty: bool,
    /// Leave the ids out, with --format astra, for a system that makes ids itself
    #[arg(long)]
    post_bodies: bool,
    /// The e-mail address of logins, with --format apinizer
    #[arg(long, value_name = "E")]
    email: Option<String>,
    /// The full name of logins, with --format apinizer
    #[arg(long, value_name = "NAME")]
    full_name: Option<String>,
    /// The version of the documents, with --format network-controller
    #[arg(long, value_name = "VERSION")]
    nc_version: Option<String>,
}

fn formats() -> String {
    let names: Vec<_> = credctl::export::FORMATS.iter().map(|format| format.name).collect();
    names.join(", ")
}

pub fn run(context: &Context, args: &Args) -> Result<(), Error> {
    let Context { settings, ui, .. } = context;
    let name = if settings.format == "auto" { "native" } else { settings.format };
    let format = ExportFormat::find(name).ok_or_else(|| {
        Error::usage(format!("--format {name} can be imported only")).param("format", "cannot be exported")
    })?;
    let target = target(settings, args, format)?;
    let to_terminal = target.as_ref().map_or(ui.stdout_is_terminal, OutTarget::is_terminal);
    if to_terminal && !args.force_tty && (!args.no_secrets || !args.encrypt_to.is_empty()) {
        return Err(Error::usage("refusing to write secrets to a terminal")
            .hint("use --out FILE or a pipe; --no-secrets leaves them out, --force-tty writes them anyway"));
    }
    let recipients = Recipients::parse(&args.encrypt_to, &ui.age_plugins(settings))?;
    let wanted = wanted(context, args)?;
    let version = recognition::version(args.nc_version.as_deref())?;
    let store = session::store(context)?;
    let (mut vault, key) = store.read_with_key()?;
    let contents = ExportContents::new(store.contents()?);
    let exported = settings.terms.export(&mut vault, &wanted).map_err(of_export)?;
    drop(vault);
    if !exported.unresolved.is_empty() {
        ui.notice(&format!("unresolved: there is no policy {}", exported.unresolved.join(", ")));
    }
    let options = ExportOptions {
        now: settings.terms.now,
        secrets: !args.no_secrets,
        access: args.with_access,
        version,
        without_ids: args.post_bodies,
        email: args.email.as_deref(),
        full_name: args.full_name.as_deref(),
    };
    let data = ExportData { contents: Some(&contents), ..exported.data() };
    let mut report = ExportReport::default();
    let written =
        write(ui, target, format, &key, |out| text(format, &data, &options, &mut report, &recipients, out));
    let count = data.credentials.len();
    drop(data);
    if let (Err(_), Some(failure)) = (&written, contents.failure()) {
        return Err(failure.into());
    }
    if count == 0 || report.failed.len() < count {
        written?;
    }
    let Exported { missing, .. } = exported;
    let total = count + missing.len();
    report.failed.extend(missing.into_iter().map(|id| (id, "there is no such credential".to_owned())));
    tell(ui, &report, total)
}

/// Writes the text of an export, encrypted if there are recipients. Fails if the format can express none of the
/// credentials, so that no file is made.
fn text(
    format: &ExportFormat,
    data: &ExportData<'_>,
    options: &ExportOptions<'_>,
    report: &mut ExportReport,
    recipients: &Recipients,
    out: &mut dyn Write,
) -> io::Result<()> {
    let count = data.credentials.len();
    let mut plain = |out: &mut dyn Write| {
        (format.write)(data, options, report, out)?;
        let is_any = count == 0 || report.failed.len() < count;
        if is_any { Ok(()) } else { Err(io::ErrorKind::InvalidData.into()) }
    };
    if recipients.is_empty() {
        return plain(out);
    }
    let sealed = Sealer::marked(recipients, &Mark::Export)
        .and_then(|sealer| sealer.seal(out, |out| plain(out).map_err(vault::Error::Write)));
    sealed.map_err(|error| match error {
        vault::Error::Write(error) => error,
        error => io::Error::other(error),
    })
}

/// Reads which credentials and policies are meant.
fn wanted(context: &Context, args: &Args) -> Result<ExportSelection, Error> {
    Ok(ExportSelection {
        credentials: chosen(context, args)?,
        policies: args.policy.clone(),
        only_usable: !args.no_secrets && !args.force,
    })
}

fn chosen(context: &Context, args: &Args) -> Result<Chosen, Error> {
    if let Some(filter) = &args.filter {
        return Ok(Chosen::Matching(select::conditions(context, Some(filter), None)?));
    }
    let Some(path) = &args.file else {
        return Ok(match (args.ids.is_empty(), args.policy.is_empty()) {
            (false, _) => Chosen::Words(args.ids.clone()),
            (true, true) => Chosen::Everything,
            (true, false) => Chosen::Nothing,
        });
    };
    let document = document::read_one(&context.ui, &context.input, path)?;
    if document.get("filter").is_some() {
        let document = Some(Selection::from_document(&document)?);
        return Ok(Chosen::Matching(Conditions { document, ..Conditions::default() }));
    }
    Ok(Chosen::Words(document::ids(&document)?))
}

/// Converts the error of an export, with no hint for a policy that does not exist.
fn of_export(error: store::Error) -> Error {
    match error {
        store::Error::Resident(error @ ResidentError::NoPolicy { .. }) => {
            Error::new(Failure::NotFound, error.to_string())
        }
        error => error.into(),
    }
}

/// Opens the target of the export. Returns `None` for stdout.
fn target<'a>(
    settings: &Settings,
    args: &'a Args,
    format: &ExportFormat,
) -> Result<Option<OutTarget<'a>>, Error> {
    if !args.merge {
        let existing = match Existing::unless(args.out.overwrite) {
            // a certificate alone or an encrypted file must not replace a key
            Existing::Overwrite if format.name == "pem" && !args.no_secrets && args.encrypt_to.is_empty() => {
                Existing::OverwriteKeys
            }
            existing => existing,
        };
        return args.out.target(settings, existing);
    }
    if !format.can_merge() {
        let known = mergeable().collect::<Vec<_>>().join(", ");
        let what = format!("--merge cannot be used with --format {}, only with {known}", format.name);
        return Err(Error::usage(what));
    }
    let target = args.out.target(settings, Existing::Edit)?;
    let target = target.ok_or_else(|| Error::usage("--merge needs a file, named with --out"))?;
    target.to_edit()?;
    Ok(Some(target))
}

fn write(
    ui: &Ui,
    target: Option<OutTarget<'_>>,
    format: &ExportFormat,
    key: &Key,
    text: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> Result<(), Error> {
    let Some(target) = target else { return output::with_stdout(text) };
    if target.is_to_edit()
        && let Some(location) = target.to_edit()?
    {
        let mut merged = Buffer::default();
        text(&mut merged)?;
        return output::merge(ui, location, format, merged.bytes());
    }
    let name = target.name();
    target.write_with(Access::Private, Some(key), text)?;
    if let Some(name) = name {
        ui.notice(&format!("written to {name}"));
    }
    Ok(())
}

/// Reports what was left out. Fails if the format cannot express some of the credentials.
fn tell(ui: &Ui, report: &ExportReport, total: usize) -> Result<(), Error> {
    for notice in &report.notices {
        ui.notice(notice);
    }
    for (id, why) in &report.failed {
        ui.say(&format!("error: {}", output::sanitize::line(&format!("{id}: {why}"))));
    }
    match &report.failed[..] {
        [] => Ok(()),
        [(id, why)] if total == 1 => Err(Error::new(Failure::Invalid, format!("{id}: {why}"))),
        [(id, why), ..] => Err(Error::new(
            Failure::Partial,
            format!(
                "{} of {total} credentials were not exported, the first: {id}: {why}",
                report.failed.len()
            ),
        )),
    }
}
