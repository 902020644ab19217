//! The command line of clap as help and errors show it: examples above the options, the global options in a
//! topic of their own, and usage lines for people.

use clap::Command;

use super::{overview, usage};

/// The order of the parts of a verb's help.
const TEMPLATE: &str = "\
{about-with-newline}
{usage-heading} {usage}{after-help}

{all-args}

Options of all verbs, such as --vault, --identity and -o: credctl help options";

/// The help of a verb that has neither arguments nor options.
const BARE_TEMPLATE: &str = "\
{about-with-newline}
{usage-heading} {usage}{after-help}

Options of all verbs, such as --vault, --identity and -o: credctl help options";

/// Returns the whole command line, built, as its help and its errors show it.
pub fn dressed(command: Command) -> Command {
    let (short, full) = (overview::short(&command), overview::full(&command));
    let command = command.mut_args(|arg| if arg.is_global_set() { arg.hide(true) } else { arg });
    let mut command = command.about(short).long_about(full).help_template("{about}");
    command.build();
    command.mut_subcommands(verb)
}

/// Dresses a verb and the verbs below it.
fn verb(command: Command) -> Command {
    let command = match usage::of(&command) {
        Some(lines) => command.override_usage(lines.join("\n       ")),
        None => command,
    };
    // every verb has it, so that it says nothing about this one
    let command = command.mut_arg("help", |arg| arg.hide(true));
    let is_bare = !command.has_subcommands() && command.get_arguments().all(clap::Arg::is_hide_set);
    command.help_template(if is_bare { BARE_TEMPLATE } else { TEMPLATE }).mut_subcommands(verb)
}
