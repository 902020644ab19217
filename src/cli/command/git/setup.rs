//! `git setup`: attributes, driver, text conversion, ignore list and hooks. A second call changes nothing.

use std::path::{Path, PathBuf};

use credctl::disk::Location;
use credctl::value::{Object, Value};
use credctl::vault::{self, Checkout, Pins};

use super::report::SetupReport;
use super::{hook, lists, settings};
use crate::cli::child::GitCaller;
use crate::cli::context::Context;
use crate::cli::error::{Error, Failure};
use crate::cli::git::{WorkingTree, own_word};
use crate::cli::output;

#[derive(Debug, clap::Args)]
#[command(after_help = "\
In the repository of the vault, credctl:

  * marks the vault in .gitattributes, which you commit for everybody;
  * puts the backup, the lock and the drafts of writes into .gitignore;
  * registers `git merge-driver` and `git textconv` in the configuration of this
    copy, with `cachetextconv` off, because git would keep the text as a note;
  * adds the hooks pre-commit and pre-merge-commit, which run `git check`. A
    hook that is there already stays as it is, and credctl says what to add to
    it;
  * remembers on this machine that the vault is in this repository. A state of
    it that git has checked out is then no attack, whatever branch it is of.

With --global, credctl does the first three for all repositories of the user,
for files called vault.age or like the vault in use. Hooks and the last point
need a call in each repository.

Examples:
  credctl --vault team.age git setup
  credctl git setup --global")]
pub struct Args {
    /// Tell git for all repositories of the user
    #[arg(long)]
    global: bool,
}

pub fn run(context: &Context, args: &Args) -> Result<(), Error> {
    let mut report = SetupReport::default();
    let path = context.settings.vault()?;
    let what = if args.global {
        for_all(path, &mut report)?;
        "all repositories of the user".to_owned()
    } else {
        let name = in_repository(context, path, &mut report)?;
        format!("`{name}`")
    };
    let done = if report.changed.is_empty() { "git was set up already for" } else { "set git up for" };
    let texts = |texts: &[String]| Value::texts(texts.iter().map(String::as_str));
    let answer = Object::from_iter([
        ("vault", Value::text(path.display().to_string())),
        ("global", Value::Bool(args.global)),
        ("changed", texts(&report.changed)),
        ("advice", texts(&report.advice)),
    ]);
    let details: String = report.changed.iter().map(|line| format!("  {line}\n")).collect();
    output::message(&context.settings, &answer, &format!("{done} {what}"), &details)?;
    for advice in &report.advice {
        context.ui.say(&format!("note: {advice}"));
    }
    Ok(())
}

/// Sets git up in the repository of the vault. Returns the name of the vault in it.
fn in_repository(context: &Context, path: &Path, report: &mut SetupReport) -> Result<String, Error> {
    let location = Location::resolve(path).map_err(vault::Error::from)?;
    let absolute = location.absolute().map_err(vault::Error::from)?;
    let folder = absolute.parent().unwrap_or(&absolute);
    let repository = WorkingTree::around(folder, GitCaller::Operator)?;
    let Some((repository, name)) =
        repository.as_ref().and_then(|known| Some((known, known.name_of(&absolute)?)))
    else {
        return Err(Error::new(
            Failure::NotFound,
            format!("the vault `{}` is in no git repository", path.display()),
        )
        .hint("--vault names a vault in a repository")
        .hint("`credctl git setup --global` is for all repositories"));
    };
    let text = name.to_str().ok_or_else(|| Error::usage("the path of the vault is not UTF-8 text"))?;
    lists::in_repository(repository, text, report)?;
    settings::register(repository_settings(repository), &own_word()?, report)?;
    hook::install(repository, report)?;
    match &context.settings.terms.pins {
        Some(pins) => {
            let checkout = Checkout { git_folder: repository.git_folder.clone(), name: name.to_owned() };
            let remembered = Pins::new(pins.clone()).set_up(&location, &checkout);
            if let Err(error) = remembered {
                report.advise(format!("this machine cannot remember the repository: {error}"));
            }
        }
        None => report
            .advise("this machine keeps no memory of vaults, so there is nothing to note about branches"),
    }
    Ok(text.to_owned())
}

/// Returns the way to ask git for the settings of a repository.
fn repository_settings(repository: &WorkingTree) -> settings::GitSettings<'_> {
    settings::GitSettings { folder: &repository.top, scope: "--local" }
}

/// Sets git up for all repositories of the user.
fn for_all(path: &Path, report: &mut SetupReport) -> Result<(), Error> {
    let mut names = vec!["vault.age".to_owned()];
    let own = path.file_name().and_then(|name| name.to_str());
    names.extend(own.filter(|own| *own != "vault.age").map(str::to_owned));
    let folder = PathBuf::from("/");
    let git = settings::GitSettings { folder: &folder, scope: "--global" };
    lists::for_all(&git, &names, report)?;
    settings::register(git, &own_word()?, report)?;
    report.advise("hooks and branches need `credctl git setup` in each repository");
    Ok(())
}
