//! `recipients add`.

use std::path::{Path, PathBuf};

use credctl::store::{Membership, Preview, RecipientAddition};
use credctl::value::{Object, Value};
use credctl::vault::RosterMember;

use crate::cli::context::Context;
use crate::cli::error::Error;
use crate::cli::options::WriteArgs;
use crate::cli::{answer, output, rekeying, shell_word, unlock};

#[derive(Debug, clap::Args)]
#[command(after_help = "\
A file of recipients has one recipient per line, such as authorized_keys or a
recipients file of age. The comment of an SSH key becomes its name, and so does
a comment on the line above a key. credctl fetches nothing from a network: save
a page of public keys, read it, then add it.

Examples:
  credctl recipients add age1… --name Ada
  credctl recipients add \"$(cat ada.pub)\"
  credctl recipients add --file team.txt")]
pub struct Args {
    /// The recipients: age1…, ssh-ed25519 …, ssh-rsa …
    #[arg(value_name = "R", required_unless_present = "files")]
    recipients: Vec<String>,
    /// A file of recipients, one per line
    #[arg(long = "file", value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    files: Vec<PathBuf>,
    /// The name of the person or machine that has the key
    #[arg(long, value_name = "N")]
    name: Option<String>,
    #[command(flatten)]
    pub(super) write: WriteArgs,
}

pub(super) fn run(context: &Context, args: &Args, mut seen: Preview) -> Result<Option<()>, Error> {
    let Context { settings, ui, .. } = context;
    let plugins = ui.age_plugins(settings);
    let mut members = Membership::of(&mut seen)?;
    let given = given(context, args)?;
    let name = args.name.as_deref();
    if name.is_some() && given.len() != 1 {
        return Err(Error::usage("--name can name only one recipient")
            .hint("add the others with separate calls, or put the names into a file"));
    }
    let (mut added, mut named) = (Vec::new(), Vec::new());
    for member in &given {
        match members.add(member, name, &plugins, &settings.terms)? {
            RecipientAddition::Added(new) => {
                if let (Some(name), None) = (&member.name, &new.name) {
                    ui.notice(&format!("another recipient has the name {name}, so this one has no name"));
                    ui.hint(&format!(
                        "credctl recipients rename {} NAME",
                        shell_word::quoted(&new.recipient)
                    ));
                }
                added.push(new);
            }
            RecipientAddition::Named(member) => named.push(member),
            RecipientAddition::Present(member) => {
                ui.notice(&format!("the vault has the recipient {} already", member.shown()));
            }
        }
    }
    let is_changed = members.is_changed();
    let change = members.into_change(&ui.age_plugins(settings))?;
    let mut answer = Object::from_iter([("vault", Value::text(settings.vault()?.display().to_string()))]);
    answer.insert("added", Value::List(added.iter().map(|new| rekeying::document(new).into()).collect()));
    change.lockset.describe(&mut answer);
    let report = rekeying::change_or_settle(context, seen, &change, is_changed, &args.write)?;
    let Some(report) = report else { return Ok(None) };
    report.put_into(&mut answer, &args.write);
    let shown: Vec<&str> = added.iter().chain(&named).map(RosterMember::shown).collect();
    let message = match (&added[..], &named[..]) {
        ([], []) => "nothing to add".to_owned(),
        ([], _) => format!("named {}", answer::few(&shown)),
        _ => format!("added {}", answer::few(&shown)),
    };
    output::message(settings, &answer, &message, "")?;
    Ok(Some(()))
}

/// Returns the recipients that the options name.
fn given(context: &Context, args: &Args) -> Result<Vec<RosterMember>, Error> {
    let Context { settings, ui, .. } = context;
    let mut given: Vec<RosterMember> = Vec::new();
    for text in &args.recipients {
        if text.starts_with("ssh-") && !text.contains(char::is_whitespace) {
            return Err(Error::usage("an SSH public key is one argument")
                .hint("put it into quotes: credctl recipients add \"$(cat FILE.pub)\""));
        }
        if !RosterMember::is_recipient(text.trim()) && Path::new(text).is_file() {
            let hint = format!("credctl recipients add --file {}", shell_word::quoted(text));
            return Err(Error::usage("this is the path of a file, not a recipient").hint(hint));
        }
        given.push(RosterMember::parse(text));
    }
    for path in &args.files {
        let listed = unlock::listed(settings, ui, path)?;
        if listed.is_empty() {
            return Err(Error::usage(format!("{} has no recipient", path.display())));
        }
        given.extend(listed);
    }
    Ok(given)
}
