//! `inject`: puts secrets into a template.

use std::path::{Path as File, PathBuf};

use credctl::text;
use credctl::vault::file::read_named;
use zeroize::Zeroizing;

use crate::cli::context::Context;
use crate::cli::error::{Error, Kind};
use crate::cli::references::Resolver;
use crate::cli::{output, session};

#[derive(Debug, clap::Args)]
#[command(after_help = "\
A reference is cred://ID/FIELD, which ends at the next blank, quote or bracket, or {{ cred://ID/FIELD }}
or ${cred://ID/FIELD}, which end at their braces. Values are not escaped: put quotes into the template
where its format needs them. If a reference cannot be resolved, credctl writes nothing and exits with 4.

Examples:
  credctl inject app.conf.tpl --out app.conf
  echo 'password={{ cred://db/password }}' | credctl inject | app --config /dev/stdin")]
pub struct Args {
    /// The template; - is stdin
    #[arg(default_value = "-", value_hint = clap::ValueHint::FilePath)]
    template: PathBuf,
    /// Write to this file, which only its owner can read; - is stdout
    #[arg(long, value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    out: Option<PathBuf>,
    /// Write secrets also to a terminal
    #[arg(long)]
    force_tty: bool,
    /// Take secrets also of a credential that must not be used now
    #[arg(long)]
    force: bool,
}

/// Largest template.
const LIMIT: u64 = 16 * 1024 * 1024;

pub fn run(context: &Context, args: &Args) -> Result<(), Error> {
    let out = args.out.as_deref().filter(|path| *path != File::new("-"));
    if out.is_none() && context.stdout_is_terminal && !args.force_tty {
        return Err(Error::usage("secrets are not written to a terminal")
            .hint("use --out FILE or a pipe; --force-tty writes them all the same"));
    }
    let template = match &args.template {
        path if path == File::new("-") => context.stdin_data()?,
        path => read_named(path, LIMIT)?,
    };
    let text = text::decode(&template)
        .map_err(|error| Error::new(Kind::Invalid, format!("the template {error}")))?;
    let mut vault = session::read(context)?;
    let filled = Resolver::new(context, args.force, &mut vault).template(&text)?;
    drop(vault);
    // Windows PowerShell needs the mark in scripts
    let filled = if template.starts_with(text::MARK) {
        Zeroizing::new([text::MARK, filled.as_slice()].concat())
    } else {
        filled
    };
    let Some(path) = out else { return output::bytes(&filled) };
    output::to_file(context, path, &filled)
}
