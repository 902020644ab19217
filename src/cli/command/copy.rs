//! `copy`: adds a credential that is like another one.

use crate::cli::answer::{self, ChangeReport};
use crate::cli::context::Context;
use crate::cli::error::Error;
use crate::cli::options::{EnvelopeArgs, WriteArgs};
use crate::cli::{assign, pick, session, words};

#[derive(Debug, clap::Args)]
#[command(after_help = "\
The copy has no grants, no references and no earlier versions. Fields and
options that you give replace those of the credential.

Examples:
  credctl copy db db-test
  credctl cp db db-test password=generate --label env=test")]
pub struct Args {
    /// The id of the credential, or a name that only one has; the id of the copy; then fields to change
    #[arg(value_name = "ID NEW [FIELD=VALUE]...")]
    words: Vec<String>,
    #[command(flatten)]
    write: WriteArgs,
    #[command(flatten)]
    envelope: EnvelopeArgs,
}

pub fn run(context: &Context, args: &Args) -> Result<(), Error> {
    let Context { settings, ui, input } = context;
    let [id, new, fields @ ..] = &args.words[..] else {
        return Err(Error::usage("two ids are needed: that of the credential and that of the copy")
            .hint("`credctl list -o name` shows the ids"));
    };
    // nobody waits for the lock while stdin is read
    input.prefetch(ui, &args.words)?;
    let (seen, id) = pick::before_change(context, Some(id), true, args.write.dry_run)?;
    let written = session::write_previewed(context, seen, args.write.dry_run, |vault| {
        let changed = vault.copy(&id, new, |kind, draft| {
            let (ids, assignments) = assign::split(kind, fields);
            if let Some(word) = ids.first() {
                return Err(Error::usage(format!("{} is not a field of {}", words::shown(word), kind.name))
                    .hint(format!("`credctl types {}` shows the fields", kind.name)));
            }
            assign::apply(context, kind, draft, &assignments, &args.envelope)
        })?;
        answer::check(settings, &changed)?;
        Ok(changed)
    })?;
    let told = ChangeReport::new("copied", &written.answer, &written.deployment, args.write.dry_run);
    answer::changed(settings, ui, told)
}
