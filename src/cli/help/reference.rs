//! The parts of the command line as manual pages need them: forms with values, options, arguments, and the
//! prose and the examples of a verb.

use clap::{Arg, ArgAction, Command};

use super::roff::Roff;

/// The line that begins the examples in the help of a verb.
const EXAMPLES: &str = "Examples:\n";

/// Returns the forms of a command with all options and their values, one for each verb below it.
pub fn forms(command: &Command) -> Vec<String> {
    let below: Vec<_> = command.get_subcommands().filter(|verb| !verb.is_hide_set()).collect();
    if below.is_empty() {
        return vec![form(command)];
    }
    below.into_iter().flat_map(forms).collect()
}

fn form(command: &Command) -> String {
    let mut words = vec![command.get_bin_name().unwrap_or_else(|| command.get_name()).to_owned()];
    let (behind, positionals): (Vec<_>, Vec<_>) =
        command.get_positionals().filter(|arg| !arg.is_hide_set()).partition(|arg| arg.is_last_set());
    words.extend(positionals.into_iter().map(argument));
    words.extend(own_options(command).map(|arg| {
        let many = if matches!(arg.get_action(), ArgAction::Append) { "..." } else { "" };
        let option =
            format!("{}{}", shortest(arg), value(arg).map(|value| format!(" {value}")).unwrap_or_default());
        if arg.is_required_set() { format!("{option}{many}") } else { format!("[{option}]{many}") }
    }));
    for arg in behind {
        words.extend(["--".to_owned(), argument(arg)]);
    }
    words.join(" ")
}

/// Returns an argument as a form shows it.
fn argument(arg: &Arg) -> String {
    let name = value(arg).unwrap_or_else(|| arg.get_id().as_str().to_uppercase());
    // a name that is a form itself
    if name.contains(' ') {
        return format!("[{name}]");
    }
    let many = if matches!(arg.get_action(), ArgAction::Append) { "..." } else { "" };
    if arg.is_required_set() { format!("{name}{many}") } else { format!("[{name}]{many}") }
}

fn shortest(arg: &Arg) -> String {
    match arg.get_short() {
        Some(short) => format!("-{short}"),
        None => arg.get_long().map(|long| format!("--{long}")).unwrap_or_default(),
    }
}

/// Returns the name of the value of an option or argument, if it takes one.
fn value(arg: &Arg) -> Option<String> {
    let takes = arg.get_action().takes_values();
    let names = arg.get_value_names().filter(|_| takes)?;
    Some(names.iter().map(ToString::to_string).collect::<Vec<_>>().join(" "))
}

/// Returns the options and switches that help shows, without `--help` and `--version`.
fn options(command: &Command) -> impl Iterator<Item = &Arg> {
    let known = |arg: &&Arg| !arg.is_hide_set() && !arg.is_positional();
    command.get_arguments().filter(known).filter(|arg| !matches!(arg.get_id().as_str(), "help" | "version"))
}

/// Returns the options of a command that are not those of all verbs.
fn own_options(command: &Command) -> impl Iterator<Item = &Arg> {
    options(command).filter(|arg| !arg.is_global_set())
}

/// Adds the arguments and the options of a command.
pub fn arguments_and_options(page: &mut Roff, command: &Command) {
    for arg in command.get_positionals().filter(|arg| !arg.is_hide_set()) {
        page.item(&argument(arg), &about(arg));
    }
    own_options(command).for_each(|arg| option(page, arg));
}

/// Adds the options of all verbs.
pub fn global_options(page: &mut Roff, command: &Command) {
    options(command).filter(|arg| arg.is_global_set()).for_each(|arg| option(page, arg));
}

fn option(page: &mut Roff, arg: &Arg) {
    let short = arg.get_short().map(|short| format!("-{short}"));
    let long = arg.get_long().map(|long| format!("--{long}"));
    let names: Vec<_> = short.into_iter().chain(long).collect();
    let value = value(arg).map(|value| format!(" {value}")).unwrap_or_default();
    page.item(&format!("{}{value}", names.join(", ")), &about(arg));
}

/// Returns the explanation of an option or argument, with its values and its default.
fn about(arg: &Arg) -> String {
    let help = arg.get_long_help().or_else(|| arg.get_help()).map(ToString::to_string).unwrap_or_default();
    let mut about = help;
    if !arg.get_action().takes_values() {
        return about;
    }
    let values = arg.get_possible_values();
    if !values.is_empty() && !arg.is_hide_possible_values_set() {
        let values: Vec<_> = values.iter().map(clap::builder::PossibleValue::get_name).collect();
        about.push_str(&format!(" [{}]", values.join(", ")));
    }
    let defaults: Vec<_> = arg.get_default_values().iter().map(|value| value.to_string_lossy()).collect();
    if !defaults.is_empty() {
        about.push_str(&format!(" [default: {}]", defaults.join(", ")));
    }
    about
}

/// Returns the variables of the options of all verbs, each with the explanation of its option.
pub fn variables(command: &Command) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for arg in command.get_arguments().filter(|arg| arg.is_global_set()) {
        let help = about(arg);
        let Some((about, rest)) = help.split_once(" [env: ") else { continue };
        let Some((names, _)) = rest.split_once(']') else { continue };
        found.extend(names.split(", ").map(|name| (name.to_owned(), about.to_owned())));
    }
    found
}

/// Returns the prose of a command's help, in paragraphs.
pub fn prose(command: &Command) -> String {
    let (before, _, after) = parts(command);
    format!("{before}\n\n{after}")
}

/// Returns the examples of a command's help, without their indentation.
pub fn examples(command: &Command) -> Vec<String> {
    let (_, examples, _) = parts(command);
    examples.lines().map(|line| line.strip_prefix("  ").unwrap_or(line).to_owned()).collect()
}

/// Takes the text of a command's help apart: the prose, the examples, and the prose behind them.
fn parts(command: &Command) -> (String, String, String) {
    let text = command.get_after_help().map(ToString::to_string).unwrap_or_default();
    let Some((before, rest)) = text.split_once(EXAMPLES) else { return (text, String::new(), String::new()) };
    let is_example = |line: &&str| line.is_empty() || line.starts_with(' ');
    let examples: Vec<_> = rest.lines().take_while(is_example).collect();
    let after: Vec<_> = rest.lines().skip(examples.len()).collect();
    (before.to_owned(), examples.join("\n").trim_end().to_owned(), after.join("\n"))
}
