//! `inject`: puts secrets into a template.

use std::io::Write;
use std::path::{Path as File, PathBuf};

use credctl::disk::{Access, read_named};
use credctl::store::Resolver;
use credctl::text;

use crate::cli::context::{self, Context};
use crate::cli::error::{Error, Failure};
use crate::cli::output::{self, Existing, OutArgs, OutTarget};
use crate::cli::session;

#[derive(Debug, clap::Args)]
#[command(after_help = "\
A reference is cred://ID/FIELD, which ends at the next blank, quote or bracket,
or {{ cred://ID/FIELD }} or ${cred://ID/FIELD}, which end at their braces.
credctl does not escape values: put quotes into the template where its format
needs them. If credctl cannot resolve a reference, it writes nothing and exits
with 4.

Examples:
  credctl inject app.conf.tpl --out app.conf
  echo 'key={{ cred://db/password }}' | credctl inject | app -c /dev/stdin")]
pub struct Args {
    /// The template; - is stdin
    #[arg(default_value = "-", value_hint = clap::ValueHint::FilePath)]
    template: PathBuf,
    #[command(flatten)]
    out: OutArgs,
    /// Write secrets even to a terminal
    #[arg(long)]
    force_tty: bool,
    /// Use secrets even of credentials that must not be used now
    #[arg(long)]
    force: bool,
}

/// The largest template, in bytes.
const LIMIT: u64 = 16 * 1024 * 1024;

pub fn run(context: &Context, args: &Args) -> Result<(), Error> {
    let Context { settings, ui, input } = context;
    let out = args.out.target(settings, Existing::unless(args.out.overwrite))?;
    let to_terminal = out.as_ref().map_or(ui.stdout_is_terminal, OutTarget::is_terminal);
    if to_terminal && !args.force_tty {
        return Err(Error::usage("refusing to write secrets to a terminal")
            .hint("use --out FILE or a pipe; --force-tty writes them anyway"));
    }
    let template = match &args.template {
        path if path == File::new("-") => input.data(ui)?,
        path => read_named(path, LIMIT)?,
    };
    let text = text::decode(&template)
        .map_err(|error| Error::new(Failure::Invalid, format!("the template {error}")).describing(error))?;
    let (mut vault, key) = session::store(context)?.read_with_key()?;
    let filled = Resolver::new(&settings.terms, args.force, &mut vault)
        .with_codes_at(context::now())
        .template(&text)?;
    drop(vault);
    // Windows PowerShell needs the mark in scripts
    let mark = if template.starts_with(text::MARK) { text::MARK } else { &[] };
    let write = |out: &mut dyn Write| out.write_all(mark).and_then(|()| filled.write(out));
    match out {
        None => output::with_stdout(write),
        Some(target) => target.write_with(Access::Private, Some(&key), write),
    }
}
