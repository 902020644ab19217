//! `inject`: puts secrets into a template.

use std::path::{Path as File, PathBuf};

use credctl::secret::Buffer;
use credctl::text;
use credctl::vault::Vault;
use credctl::vault::file::read_named;
use std::io::Write as _;
use zeroize::Zeroizing;

use crate::cli::context::Context;
use crate::cli::error::{Error, Kind};
use crate::cli::fetch::{Path, SCHEME};
use crate::cli::{output, session};

#[derive(Debug, clap::Args)]
#[command(after_help = "\
A reference is cred://ID/FIELD, up to the next blank, quote or bracket, or {{ cred://ID/FIELD }}, where
the id may have any characters but }}. Nothing is escaped: the template must put quotes where it needs them.

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
    let filled = fill(context, args.force, &mut vault, &text, template.starts_with(text::MARK))?;
    drop(vault);
    let Some(path) = out else { return output::bytes(&filled) };
    output::to_file(context, path, &filled)
}

/// The template with values in the place of references.
///
/// A mark in front stays: Windows PowerShell needs it in scripts.
fn fill(
    context: &Context,
    force: bool,
    vault: &mut Vault,
    text: &str,
    marked: bool,
) -> Result<Zeroizing<Vec<u8>>, Error> {
    let mut out = Buffer::with_capacity(text.len() * 2);
    if marked {
        out.extend(text::MARK);
    }
    let mut rest = text;
    while let Some((before, reference, after)) = next(rest) {
        out.write_all(before.as_bytes())?;
        let line = text[..text.len() - rest.len() + before.len()].matches('\n').count() + 1;
        let value = Path::parse(reference).and_then(|path| path.fetch(context, force, vault));
        out.write_all(&value.map_err(|error| error.at(&format!("line {line} of the template")))?)?;
        rest = after;
    }
    out.write_all(rest.as_bytes())?;
    Ok(out.into_bytes())
}

/// What stands before the next reference, the reference, and what stands behind it.
fn next(text: &str) -> Option<(&str, &str, &str)> {
    let at = text.find(SCHEME)?;
    let before = &text[..at];
    let braces = before.trim_end().strip_suffix("{{");
    if let Some(before) = braces
        && let Some((reference, after)) = text[at..].split_once("}}")
        && !reference.contains('\n')
    {
        return Some((before, reference.trim(), after));
    }
    let ends = |c: char| c.is_whitespace() || "\"'`<>{}()[]|,;".contains(c);
    let end = text[at..].find(ends).map_or(text.len(), |length| at + length);
    Some((before, &text[at..end], &text[end..]))
}

#[cfg(test)]
mod tests {
    use super::next;

    #[test]
    fn references_end_where_they_should() {
        for (text, found) in [
            ("a cred://x/y b", ("a ", "cred://x/y", " b")),
            ("k=\"cred://x/y\"", ("k=\"", "cred://x/y", "\"")),
            ("{{ cred://x y/z }}.", ("", "cred://x y/z", ".")),
            ("{{cred://work/db/password}}", ("", "cred://work/db/password", "")),
            ("cred://x/y", ("", "cred://x/y", "")),
            ("{{ cred://x/y\n}}", ("{{ ", "cred://x/y", "\n}}")),
        ] {
            assert_eq!(next(text), Some(found), "{text}");
        }
        assert_eq!(next("nothing"), None);
    }
}
