//! The lists in topics and manual pages that the program makes from its own tables.

use clap::Args as _;
use credctl::dialect::Dialect;
use credctl::{export, import};

use crate::cli::exit::Exit;
use crate::cli::options::Global;

/// The width of the screen that the texts are made for.
pub const WIDTH: usize = 80;

/// A place in the text of a topic, and the function that makes the list for it.
type TopicList = (&'static str, fn() -> String);

/// The places, and their lists.
pub const ALL: [TopicList; 7] = [
    ("{options}", options),
    ("{variables}", variables),
    ("{exit-statuses}", exit_statuses),
    ("{export-formats}", export_formats),
    ("{import-formats}", import_formats),
    ("{mergeable}", mergeable),
    ("{systems}", systems),
];

/// The variables that no option has.
pub const VARIABLES: [(&str, &str); 5] = [
    ("CREDCTL_PASSPHRASE", "the passphrase itself"),
    ("CREDCTL_OPERATOR_ID", "the UUID that credctl records as the author of changes"),
    ("SSH_AUTH_SOCK", "the socket of the ssh-agent, for keys that sign"),
    ("CREDCTL_OPERATOR_NAME", "the name that credctl records beside that UUID"),
    ("CREDCTL_ASKPASS", "the credential for `credctl helper askpass`"),
];

/// Adds words to a text, in lines that fit. The first line begins with `begin`, the others with blanks.
pub fn wrap(text: &mut String, begin: &str, indent: usize, words: &str) {
    let mut line = begin.to_owned();
    let mut is_empty = true;
    for word in words.split_whitespace() {
        let blank = usize::from(!is_empty);
        if !is_empty && line.chars().count() + blank + word.chars().count() > WIDTH {
            text.extend([line.as_str(), "\n"]);
            line = " ".repeat(indent);
            is_empty = true;
        }
        if !is_empty {
            line.push(' ');
        }
        line.push_str(word);
        is_empty = false;
    }
    text.extend([line.as_str(), "\n"]);
}

/// Makes a list of names with an explanation each, which begins in one column.
fn items<'a>(items: impl Iterator<Item = (String, &'a str)> + Clone) -> String {
    let widest = items.clone().map(|(name, _)| name.chars().count()).max().unwrap_or_default();
    let mut text = String::new();
    for (name, about) in items {
        wrap(&mut text, &format!("  {name:widest$}  "), widest + 4, about);
    }
    text
}

/// Returns the options of all verbs, as clap explains them.
fn options() -> String {
    // clap knows their actions, and only their words are needed here
    let switch = |name: &'static str| clap::Arg::new(name).long(name).action(clap::ArgAction::SetTrue);
    let (help, version) = (switch("help").short('h'), switch("version").short('V'));
    let mut command = Global::augment_args(clap::Command::new("credctl"))
        .disable_help_flag(true)
        .arg(help.help("Print the help of the verb"))
        .arg(version.help("Print the version; --version also names the commit and the target"))
        .term_width(WIDTH)
        .help_template("{options}");
    let text = command.render_help().to_string();
    text.lines().map(str::trim_end).collect::<Vec<_>>().join("\n")
}

fn variables() -> String {
    items(VARIABLES.into_iter().map(|(name, about)| (name.to_owned(), about)))
}

/// Returns the exit statuses with their names.
fn exit_statuses() -> String {
    let mut text = String::new();
    for exit in Exit::ALL {
        let (name, when) = exit.words();
        wrap(&mut text, &format!("  {:>3}  {name:<11}  ", exit as u8), 20, when);
    }
    text
}

fn export_formats() -> String {
    items(export::FORMATS.iter().map(|format| (format.name.to_owned(), format.summary)))
}

fn import_formats() -> String {
    let native = ("native".to_owned(), "credctl itself, also encrypted with --encrypt-to");
    let systems = ("SYSTEM".to_owned(), "documents of a system, see below");
    let store = (import::PASS.to_owned(), "the folder of a store of pass, gopass or passage");
    let programs = import::FORMATS.iter().map(|format| (format.name.to_owned(), format.summary));
    items([native, systems].into_iter().chain(programs).chain([store]))
}

/// Returns the formats that can be merged into a file.
fn mergeable() -> String {
    export::mergeable().collect::<Vec<_>>().join(", ") + "."
}

/// Returns the names of the systems.
fn systems() -> String {
    let mut text = String::new();
    let names = Dialect::ALL.into_iter().filter(|dialect| *dialect != Dialect::Native).map(Dialect::name);
    let names: Vec<_> = names.collect();
    wrap(&mut text, "", 0, &(names.join(", ") + "."));
    text
}
