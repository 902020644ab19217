//! `rename`: gives a credential another id.

use credctl::store::{Renamed, UnchangedReferrer};

use crate::cli::answer::{self, ChangeReport};
use crate::cli::context::Context;
use crate::cli::error::Error;
use crate::cli::options::WriteArgs;
use crate::cli::{pick, session};

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  credctl rename wiki team/wiki
  credctl mv db db-old --dry-run

The earlier versions, the grants, the references and the environments of the
credential follow, and so do credentials that belong to it. credctl also changes
references in the values of variables, but no files outside the vault. If the
name is the same as the id, the name changes too. The id of an apiCredential or
a passwordHash comes from a field and cannot be changed.")]
pub struct Args {
    /// The id of the credential
    id: String,
    /// The new id
    new: String,
    /// Change the credential only if this is its etag; * matches any
    #[arg(long, value_name = "ETAG")]
    if_match: Option<String>,
    #[command(flatten)]
    write: WriteArgs,
}

pub fn run(context: &Context, args: &Args) -> Result<(), Error> {
    let Context { settings, ui, .. } = context;
    let (seen, id) = pick::before_change(context, Some(&args.id), false, args.write.dry_run)?;
    let written = session::write_previewed(context, seen, args.write.dry_run, |vault| {
        let Renamed { mut changed, belonging, left_behind, variables, unchanged, .. } =
            vault.rename(&id, &args.new, args.if_match.as_deref())?;
        let new = changed.credential.id();
        let references = vault.references_to(new)?;
        let follows = |id| format!("{id} belongs to {new} and follows it");
        let stays = |tagged| format!("{tagged} is global, so its tag login still has the value {id}");
        let refers = |referrer| format!("the references in {referrer} follow and name {new}");
        let dangles = |UnchangedReferrer { referrer, reason }| {
            format!("the references in {referrer} still name {}: {reason}", referrer.target)
        };
        let mut notices: Vec<String> =
            belonging.into_iter().map(follows).chain(left_behind.into_iter().map(stays)).collect();
        notices.extend(variables.into_iter().map(refers).chain(unchanged.into_iter().map(dangles)));
        changed.notices.extend(notices);
        Ok((changed, references))
    })?;
    let (changed, references) = &written.answer;
    let told = ChangeReport::new("renamed", changed, &written.deployment, args.write.dry_run);
    answer::changed(settings, ui, told.referred(references))
}
