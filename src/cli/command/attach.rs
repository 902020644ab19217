//! `attach` and `detach`: the files that belong to a credential.

use std::ffi::OsStr;
use std::io::Read;
use std::path::{Path, PathBuf};

use credctl::disk::open_named;
use credctl::store::attachment_name;
use credctl::vault::{self, StagedContent};

use crate::cli::answer::{self, ChangeReport};
use crate::cli::context::Context;
use crate::cli::error::Error;
use crate::cli::options::WriteArgs;
use crate::cli::{pick, session};

#[derive(Debug, clap::Args)]
#[command(after_help = "\
The vault file itself contains attachments of at most 16 KiB. credctl writes a
larger one to an encrypted file in the folder beside the vault, such as
vault.age.d. When you copy the vault, copy this folder too. Every change makes a
version: `credctl history` lists it, and `credctl rollback` restores a file.

Examples:
  credctl attach web ca.pem
  credctl attach web ~/keys/id.p12 --as web.p12
  tar c conf | credctl attach web - --as conf.tar
  credctl get web --attachment ca.pem --out ca.pem")]
pub struct Args {
    /// The id of the credential
    id: String,
    /// The file to attach; - is stdin
    #[arg(value_hint = clap::ValueHint::FilePath)]
    file: PathBuf,
    /// The name of the attachment, if it is not that of the file
    #[arg(long = "as", value_name = "NAME")]
    name: Option<String>,
    /// Replace an attachment of the same name
    #[arg(long)]
    overwrite: bool,
    /// Change the credential only if this is its etag; * matches any
    #[arg(long, value_name = "ETAG")]
    if_match: Option<String>,
    #[command(flatten)]
    write: WriteArgs,
}

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Earlier versions of the credential keep the file: `credctl undo` and `credctl
rollback` bring it back, and `credctl purge` deletes it for good.

Examples:
  credctl detach web ca.pem
  credctl detach web ca.pem --dry-run")]
pub struct DetachArgs {
    /// The id of the credential
    id: String,
    /// The name of the attachment
    #[arg(value_name = "NAME")]
    attachment: String,
    /// Change the credential only if this is its etag; * matches any
    #[arg(long, value_name = "ETAG")]
    if_match: Option<String>,
    #[command(flatten)]
    write: WriteArgs,
}

pub fn run(context: &Context, args: &Args) -> Result<(), Error> {
    let Context { settings, ui, .. } = context;
    let (name, condition) = (name(args)?, args.if_match.as_deref());
    let mut source = source(context, &args.file)?;
    let (seen, id) = pick::before_change(context, Some(&args.id), false, args.write.dry_run)?;
    // before a long content is encrypted
    let mut seen = seen.map_or_else(|| session::preview(context, args.write.dry_run), Ok)?;
    settings.scope().check_attach(&mut seen.vault, &id, &name, args.overwrite, condition)?;
    let content = if args.write.dry_run {
        StagedContent::measure(&mut *source)?
    } else {
        session::stage(context, &mut *source)?
    };
    let mut content = Some(content);
    let written = session::write_previewed(context, Some(seen), args.write.dry_run, |vault| {
        // a vault that others changed meanwhile needs the content once more, which may be gone
        let content = content.take().ok_or_else(session::outpaced)?;
        Ok(vault.attach(&id, &name, content, args.overwrite, condition)?)
    })?;
    let told = ChangeReport::new("changed", &written.answer, &written.deployment, args.write.dry_run);
    answer::changed(settings, ui, if args.overwrite { told.replacing() } else { told })
}

pub fn detach(context: &Context, args: &DetachArgs) -> Result<(), Error> {
    let Context { settings, ui, .. } = context;
    let (seen, id) = pick::before_change(context, Some(&args.id), false, args.write.dry_run)?;
    let written = session::write_previewed(context, seen, args.write.dry_run, |vault| {
        Ok(vault.detach(&id, &args.attachment, args.if_match.as_deref())?)
    })?;
    let told = ChangeReport::new("changed", &written.answer, &written.deployment, args.write.dry_run);
    answer::changed(settings, ui, told)
}

/// Returns the name of the attachment: the one of `--as`, or that of the file.
fn name(args: &Args) -> Result<String, Error> {
    let of_file = || args.file.file_name().and_then(OsStr::to_str);
    let name = match &args.name {
        Some(name) => name,
        None if args.file == Path::new("-") => return Err(Error::usage("stdin has no name").hint(HINT)),
        None => {
            of_file().ok_or_else(|| Error::usage("the path does not end in a name in UTF-8").hint(HINT))?
        }
    };
    attachment_name(name).map_err(|violations| Error::from(violations).hint(HINT))
}

/// The way to attach a file whose own name cannot be used.
const HINT: &str = "--as NAME names the attachment";

/// Opens the file, or stdin behind the passphrase.
fn source(context: &Context, path: &Path) -> Result<Box<dyn Read>, Error> {
    let Context { ui, input, .. } = context;
    if path == Path::new("-") {
        return Ok(Box::new(input.stream(ui)?));
    }
    let file = open_named(path).map_err(vault::Error::from)?;
    Ok(Box::new(file))
}
