//! `export`: writes credentials for other programs, with everything that they depend on.

mod args;
mod target;

use std::io::{self, Write};

use credctl::export::{ExportContents, ExportData, ExportFormat, ExportOptions, ExportReport};
use credctl::query::Selection;
use credctl::store::{self, Chosen, Conditions, ExportSelection, Exported, ResidentError};
use credctl::vault::{self, Mark, Recipients, Sealer};

use crate::cli::context::{Context, Ui};
use crate::cli::error::{Error, Failure};
use crate::cli::{document, output, recognition, select, session};
pub use args::Args;
use target::ExportTarget;

pub fn run(context: &Context, args: &Args) -> Result<(), Error> {
    let Context { settings, ui, .. } = context;
    let name = if settings.format == "auto" { "native" } else { settings.format };
    let format = ExportFormat::find(name).ok_or_else(|| {
        Error::usage(format!("--format {name} can be imported only")).param("format", "cannot be exported")
    })?;
    let target = ExportTarget::open(settings, args, format)?;
    if target.is_terminal(ui) && !args.force_tty && (!args.no_secrets || !args.encrypt_to.is_empty()) {
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
        target.write(ui, format, &key, |out| text(format, &data, &options, &mut report, &recipients, out));
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
