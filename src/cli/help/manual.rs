//! The manual pages: one of the program, one of each verb, one of filters and one of types.

use clap::Command;
use credctl::kind::{Class, ENVELOPE, Field, KINDS, Kind, Shape};

use super::groups::{GROUPS, Group};
use super::lists::VARIABLES;
use super::reference::{arguments_and_options, examples, forms, global_options, prose, variables};
use super::roff::Roff;
use super::topic::Topic;
use crate::cli::exit::Exit;

/// A manual page.
pub struct ManualPage {
    /// The name, such as `credctl-get`.
    pub name: String,
    /// The section of the manual: 1 for commands, 7 for everything else.
    pub section: u8,
    /// The text.
    pub text: String,
}

impl ManualPage {
    /// Returns the name of the file that has the page.
    pub fn file_name(&self) -> String {
        format!("{}.{}", self.name, self.section)
    }
}

/// The variables that every page names.
const EVERYWHERE: [&str; 4] = ["CREDCTL_VAULT", "CREDCTL_IDENTITY", "CREDCTL_OUTPUT", "CREDCTL_CONFIG"];

/// The files, by their places on Linux.
const FILES: [(&str, &str); 7] = [
    ("~/.local/share/credctl/vault.age", "The vault"),
    ("vault.age.bak", "The state before the last change, encrypted like the vault"),
    ("vault.age.lock", "Empty; writers lock this file, and it stays"),
    ("~/.config/credctl/config.toml", "The configuration; its keys are the long names of options"),
    ("~/.config/credctl/identity.txt", "The identity that credctl uses if no other is named"),
    ("~/.local/state/credctl/pins/", "The recipients to which this machine has encrypted each vault"),
    ("$XDG_RUNTIME_DIR/credctl/", "The socket of the agent, while a vault is unlocked"),
];

/// Returns all pages, that of the program first. `command` is the whole command line.
pub fn pages(mut command: Command) -> Vec<ManualPage> {
    command.build();
    let mut pages = vec![program(&command)];
    pages.extend(
        command.get_subcommands().filter(|verb| !verb.is_hide_set()).map(|verb| verb_page(&command, verb)),
    );
    pages.extend([filters(), types()]);
    pages
}

/// Returns the page of the program.
fn program(command: &Command) -> ManualPage {
    let mut page = Roff::new("credctl", 1);
    page.section("NAME");
    page.line("credctl - keep credentials of many types in one age-encrypted file");
    page.section("SYNOPSIS");
    page.synopsis("credctl [OPTIONS] VERB [ARGUMENTS] [OPTIONS]", 1);
    page.synopsis("credctl help [VERB|TOPIC]", 2);
    page.section("DESCRIPTION");
    let about = command.get_long_about().map(ToString::to_string).unwrap_or_default();
    about.split("\n\n").for_each(|text| page.paragraph(text));
    page.section("VERBS");
    for group in &GROUPS {
        page.part(group.title);
        for verb in verbs(group).filter_map(|verb| command.find_subcommand(verb)) {
            page.item(&format!("{}(1)", page_name(verb.get_name())), &summary(verb));
        }
    }
    page.section("OPTIONS");
    page.line("These options may come before or after the verb.");
    global_options(&mut page, command);
    page.section("EXAMPLES");
    page.verbatim([
        "credctl init --generate-identity ~/.config/credctl/identity.txt",
        "export CREDCTL_IDENTITY=~/.config/credctl/identity.txt",
        "credctl add login db username=app",
        "credctl list",
        "credctl get db --clip",
        "credctl run --env PGPASSWORD=db/password -- psql",
    ]);
    page.section("ENVIRONMENT");
    page.line("A flag wins over its variable, and the variable over the configuration. An empty variable is not set.");
    for (name, about) in variables(command) {
        page.item(&name, &about);
    }
    for (name, about) in VARIABLES {
        page.item(name, &capitalized(about));
    }
    files(&mut page);
    exit_statuses(&mut page);
    let pages = command.get_subcommands().filter(|verb| !verb.is_hide_set()).map(Command::get_name);
    see_also(&mut page, pages.map(|verb| format!("{}(1)", page_name(verb))), true, true);
    ManualPage { name: "credctl".to_owned(), section: 1, text: page.finish() }
}

/// Returns the page of a verb, with the verbs below it.
fn verb_page(program: &Command, verb: &Command) -> ManualPage {
    let name = page_name(verb.get_name());
    let mut page = Roff::new(&name, 1);
    page.section("NAME");
    page.line(&format!("{name} - {}", uncapitalized(&summary(verb))));
    page.section("SYNOPSIS");
    for form in forms(verb) {
        let words =
            form.split(' ').take_while(|word| !word.starts_with(['[', '-']) && *word == word.to_lowercase());
        page.synopsis(&form, words.count());
    }
    page.section("DESCRIPTION");
    page.line(&format!("{}.", summary(verb)));
    paragraphs(&mut page, &prose(verb));
    let aliases: Vec<_> = verb.get_visible_aliases().collect();
    if !aliases.is_empty() {
        page.paragraph(&format!("Also: `credctl {}`.", aliases.join("`, `credctl ")));
    }
    let below: Vec<_> = verb.get_subcommands().filter(|verb| !verb.is_hide_set()).collect();
    for verb in &below {
        page.section(&verb.get_bin_name().unwrap_or_default().to_uppercase());
        page.line(&format!("{}.", summary(verb)));
        paragraphs(&mut page, &prose(verb));
        arguments_and_options(&mut page, verb);
    }
    page.section("OPTIONS");
    arguments_and_options(&mut page, verb);
    page.paragraph("Options of all verbs, such as `--vault`, `--identity` and `--output`: see `credctl`(1).");
    let examples: Vec<_> = std::iter::once(verb).chain(below).flat_map(examples).collect();
    if !examples.is_empty() {
        page.section("EXAMPLES");
        page.verbatim(examples.iter().map(String::as_str));
    }
    page.section("ENVIRONMENT");
    let variables = variables(program).into_iter();
    for (name, about) in variables.filter(|(name, _)| EVERYWHERE.contains(&name.as_str())) {
        page.item(&name, &about);
    }
    page.paragraph("`credctl`(1) lists all variables.");
    files(&mut page);
    exit_statuses(&mut page);
    let has_filter = verb.get_arguments().any(|arg| arg.get_long() == Some("filter"));
    let has_types = matches!(verb.get_name(), "add" | "update" | "put" | "patch" | "list" | "types");
    let near = GROUPS.iter().find(|group| verbs(group).any(|name| name == verb.get_name()));
    let near = near.into_iter().flat_map(verbs).filter(|name| *name != verb.get_name());
    let near = near.filter(|name| program.find_subcommand(name).is_some());
    let near = near.map(|name| format!("{}(1)", page_name(name)));
    see_also(&mut page, std::iter::once("credctl(1)".to_owned()).chain(near), has_filter, has_types);
    ManualPage { name, section: 1, text: page.finish() }
}

/// Returns the page of filters, which is the text of their topic.
fn filters() -> ManualPage {
    let mut page = Roff::new("credctl-filter", 7);
    page.section("NAME");
    page.line("credctl-filter - expressions for --filter");
    page.section("DESCRIPTION");
    let text = Topic::FILTERS.text();
    let (_, text) = text.split_once('\n').unwrap_or_default();
    topic(&mut page, text);
    see_also(
        &mut page,
        ["credctl-list(1)", "credctl-patch(1)", "credctl-delete(1)", "credctl-export(1)"].map(str::to_owned),
        false,
        true,
    );
    ManualPage { name: "credctl-filter".to_owned(), section: 7, text: page.finish() }
}

/// Adds the text of a topic: capitals are the title of a section, and indented lines stay as they are.
fn topic(page: &mut Roff, text: &str) {
    for block in text.split("\n\n").map(|block| block.trim_matches('\n')).filter(|block| !block.is_empty()) {
        if block.starts_with("  ") {
            page.verbatim(block.lines().map(|line| line.strip_prefix("  ").unwrap_or(line)));
        } else if block == block.to_uppercase() {
            page.section(block);
        } else {
            page.paragraph(block);
        }
    }
}

/// Returns the page of the types, from the catalogue.
fn types() -> ManualPage {
    let mut page = Roff::new("credctl-types", 7);
    page.section("NAME");
    page.line("credctl-types - the types of credentials and their fields");
    page.section("DESCRIPTION");
    page.line("Every credential has a type. The type decides which fields the credential has, which of them are secret, and which values they accept.");
    page.paragraph("credctl finds a type by its name or by one of its other names, in any letter case. `credctl types TYPE` shows the same facts.");
    page.paragraph("Every type also has fields of your own, `custom.NAME=VALUE`. An own field is public if its value is an argument, and secret if the value comes from stdin, a file, a variable or a prompt.");
    page.section("TYPES");
    for kind in KINDS {
        page.part(kind.name);
        page.line(&format!("{}.", capitalized(kind.summary)));
        let others = kind.aliases.iter().map(|alias| (*alias).to_owned());
        let prefixed = kind.systems.iter().map(|system| format!("{}:{}", system.prefix(), kind.name));
        let others: Vec<_> = others.chain(prefixed).collect();
        if !others.is_empty() {
            page.paragraph(&format!("Also: {}.", others.join(", ")));
        }
        for (name, field) in fields(kind) {
            page.item(&name, &about(kind, field));
        }
    }
    see_also(&mut page, ["credctl-types(1)", "credctl-add(1)"].map(str::to_owned), true, false);
    ManualPage { name: "credctl-types".to_owned(), section: 7, text: page.finish() }
}

/// Returns the fields of a type that a credential gives, with the paths of key store entries.
fn fields(kind: &'static Kind) -> impl Iterator<Item = (String, &'static Field)> {
    let envelope =
        ENVELOPE.iter().filter(move |field| kind.needs(field) || kind.options.contains(&field.name));
    let given = |field: &&Field| {
        !matches!(field.class, Class::Computed | Class::ReadOnly | Class::Ignored | Class::Empty)
    };
    kind.fields.iter().chain(envelope).filter(given).flat_map(|field| match field.shape {
        Shape::Store(store) if !store.entries.is_empty() => {
            store.entries.iter().map(|entry| (format!("{}.{}", field.name, entry.name), entry)).collect()
        }
        _ => vec![(field.name.to_owned(), field)],
    })
}

fn about(kind: &Kind, field: &Field) -> String {
    let need = if kind.needs(field) || field.class == Class::Required { "required" } else { "optional" };
    let secret = if field.is_secret() { ", secret" } else { "" };
    format!("{} ({need}{secret}). Expects {}.", capitalized(field.help), field.expects())
}

fn files(page: &mut Roff) {
    page.section("FILES");
    for (name, about) in FILES {
        page.item(name, about);
    }
}

fn exit_statuses(page: &mut Roff) {
    page.section("EXIT STATUS");
    for exit in Exit::ALL {
        let (name, when) = exit.words();
        let text = if name == "ok" { when.to_owned() } else { format!("{name}: {when}") };
        page.item(&(exit as u8).to_string(), &text);
    }
}

fn see_also(page: &mut Roff, pages: impl IntoIterator<Item = String>, filter: bool, types: bool) {
    let more = [(filter, "credctl-filter(7)"), (types, "credctl-types(7)")];
    let more = more.into_iter().filter(|(wanted, _)| *wanted).map(|(_, name)| name.to_owned());
    page.section("SEE ALSO");
    page.line(&pages.into_iter().chain(more).collect::<Vec<_>>().join(", "));
}

fn paragraphs(page: &mut Roff, text: &str) {
    text.split("\n\n").map(str::trim).filter(|text| !text.is_empty()).for_each(|text| page.paragraph(text));
}

fn verbs(group: &Group) -> impl Iterator<Item = &'static str> {
    group.daily.iter().chain(group.other).copied()
}

fn page_name(verb: &str) -> String {
    format!("credctl-{verb}")
}

fn summary(verb: &Command) -> String {
    verb.get_about().map(ToString::to_string).unwrap_or_default()
}

fn capitalized(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}

fn uncapitalized(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map(|first| first.to_lowercase().chain(chars).collect()).unwrap_or_default()
}
