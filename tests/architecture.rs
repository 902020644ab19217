//! Which way the arrows run: reads every `use` and every path in `src/`, and fails on an arrow that runs up, on
//! two verbs that know each other, on a circle of files, and on a name that two types have.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]
#![expect(clippy::disallowed_methods, reason = "the test reads the source")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use syn::visit::Visit;

/// The rooms from the ground up. A file may use what is in its own room and in the lines above it; rooms on one
/// line do not know each other.
const FLOORS: &[&[&str]] = &[
    &["secret", "random"],
    &["hex"],
    &["base64", "digest"],
    &["time", "text", "suggest", "disk"],
    &["value", "otp", "signature", "remote"],
    &["kind"],
    &["credential", "generate"],
    &["dialect", "query", "site", "syntax", "vault"],
    &["outgoing"],
    &["system"],
    &["check", "export", "import"],
    &["store"],
    &["cli"],
];

/// A module's path without `crate`; empty for the root.
type Module = Vec<String>;

/// What one file says.
#[derive(Default)]
struct File {
    /// Every path that it uses, from `crate` on.
    uses: BTreeSet<Module>,
    /// Names that it passes on, and where they come from.
    passed_on: BTreeMap<String, Module>,
}

/// The source: its files by their modules.
struct House(BTreeMap<Module, File>);

impl House {
    /// Reads the sources, given by their paths below `src/`.
    fn read(sources: &BTreeMap<String, String>) -> Self {
        let mut files = BTreeMap::new();
        for (path, source) in sources {
            let mut module: Module = path.trim_end_matches(".rs").split('/').map(str::to_owned).collect();
            if matches!(module.last().map(String::as_str), Some("mod" | "lib" | "main")) {
                module.pop();
            }
            let mut reader = Reader { module: module.clone(), file: File::default() };
            reader.visit_file(&syn::parse_file(source).unwrap_or_else(|error| panic!("{path}: {error}")));
            let known: &mut File = files.entry(module).or_default();
            known.uses.append(&mut reader.file.uses);
            known.passed_on.append(&mut reader.file.passed_on);
        }
        Self(files)
    }

    /// The file that defines what a path names: passed-on names are followed to where they come from.
    fn file_of(&self, path: &[String]) -> Option<&Module> {
        let mut path = path.to_vec();
        for _ in 0..16 {
            let length = (0..=path.len()).rev().find(|length| self.0.contains_key(&path[..*length]))?;
            let (module, file) = self.0.get_key_value(&path[..length])?;
            match path.get(length).and_then(|name| file.passed_on.get(name)) {
                Some(origin) => path = origin.clone(),
                None => return Some(module),
            }
        }
        None
    }

    /// The files that each file knows, without the root, which only says what rooms there are.
    fn arrows(&self) -> BTreeMap<&Module, BTreeSet<&Module>> {
        let of = |(module, file): (_, &'_ File)| {
            let known = file.uses.iter().filter_map(|path| self.file_of(path));
            (module, known.filter(|known| *known != module && !known.is_empty()).collect())
        };
        self.0.iter().map(of).collect()
    }

    /// Everything that breaks the rules, one line each.
    fn faults(&self) -> Vec<String> {
        let arrows = self.arrows();
        let mut faults = Vec::new();
        for (from, known) in &arrows {
            for to in known {
                if runs_up(from, to) {
                    faults.push(format!("runs up: {} -> {}", from.join("::"), to.join("::")));
                }
                if verb(from).zip(verb(to)).is_some_and(|(from, to)| from != to) {
                    faults.push(format!(
                        "verbs that know each other: {} -> {}",
                        from.join("::"),
                        to.join("::")
                    ));
                }
            }
        }
        for circle in circles(&arrows) {
            let names: Vec<_> = circle.iter().map(|module| module.join("::")).collect();
            faults.push(format!("a circle of {}: {}", names.len(), names.join(", ")));
        }
        faults
    }
}

/// The verb that a file belongs to.
fn verb(module: &[String]) -> Option<&str> {
    match module {
        [cli, command, verb, ..] if cli == "cli" && command == "command" => Some(verb),
        _ => None,
    }
}

fn runs_up(from: &[String], to: &[String]) -> bool {
    let floor = |module: &[String]| {
        let room = module.first()?;
        FLOORS.iter().position(|rooms| rooms.contains(&room.as_str()))
    };
    match (floor(from), floor(to)) {
        (Some(lower), Some(upper)) => lower < upper || lower == upper && from[0] != to[0],
        // the root stands above all
        (None, _) => false,
        (_, None) => true,
    }
}

/// The sets of files each of which leads to all others.
fn circles<'a>(arrows: &BTreeMap<&'a Module, BTreeSet<&'a Module>>) -> Vec<BTreeSet<&'a Module>> {
    let reached = |start: &'a Module| {
        let mut reached = BTreeSet::new();
        let mut next = vec![start];
        while let Some(module) = next.pop() {
            next.extend(arrows[module].iter().filter(|known| reached.insert(**known)));
        }
        reached
    };
    let reach: BTreeMap<_, _> = arrows.keys().map(|module| (*module, reached(module))).collect();
    let mut circles = BTreeSet::new();
    for (module, reached) in &reach {
        let circle: BTreeSet<_> =
            reached.iter().filter(|other| reach[*other].contains(module)).copied().collect();
        if circle.len() > 1 {
            circles.insert(circle);
        }
    }
    circles.into_iter().collect()
}

/// Collects what one file uses.
struct Reader {
    module: Module,
    file: File,
}

impl Reader {
    /// A path from `crate` on; none for a path into another crate.
    fn absolute(&self, path: &[String]) -> Option<Module> {
        let (first, rest) = path.split_first()?;
        match first.as_str() {
            "crate" | "credctl" => Some(rest.to_vec()),
            "self" => Some([&self.module, rest].concat()),
            "super" => {
                let ups = path.iter().take_while(|name| *name == "super").count();
                let base = self.module.get(..self.module.len().checked_sub(ups)?)?;
                Some([base, &path[ups..]].concat())
            }
            // a module of this file, or another crate, of which no file is found
            _ => Some([&self.module[..], path].concat()),
        }
    }

    fn tree(&mut self, before: &[String], tree: &syn::UseTree, passes_on: bool) {
        let with = |name: &syn::Ident| [before, &[name.to_string()]].concat();
        match tree {
            syn::UseTree::Path(path) => self.tree(&with(&path.ident), &path.tree, passes_on),
            syn::UseTree::Group(group) => {
                group.items.iter().for_each(|item| self.tree(before, item, passes_on));
            }
            syn::UseTree::Name(name) if name.ident == "self" => self.used(before, None),
            syn::UseTree::Name(name) => {
                let path = with(&name.ident);
                self.used(&path, passes_on.then(|| name.ident.to_string()));
            }
            syn::UseTree::Rename(name) => {
                let path = with(&name.ident);
                self.used(&path, passes_on.then(|| name.rename.to_string()));
            }
            syn::UseTree::Glob(_) => self.used(before, None),
        }
    }

    fn used(&mut self, path: &[String], passed_on: Option<String>) {
        let Some(path) = self.absolute(path) else { return };
        match passed_on {
            // to pass a name on is not to use it
            Some(name) => drop(self.file.passed_on.insert(name, path)),
            None => drop(self.file.uses.insert(path)),
        }
    }
}

impl<'ast> Visit<'ast> for Reader {
    fn visit_item_mod(&mut self, module: &'ast syn::ItemMod) {
        // tests stand beside what they test, and may know anything
        if module.ident != "tests" {
            syn::visit::visit_item_mod(self, module);
        }
    }

    fn visit_item_use(&mut self, item: &'ast syn::ItemUse) {
        self.tree(&[], &item.tree, !matches!(item.vis, syn::Visibility::Inherited));
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        let names: Vec<_> = path.segments.iter().map(|segment| segment.ident.to_string()).collect();
        if names.len() > 1 {
            self.used(&names, None);
        }
        syn::visit::visit_path(self, path);
    }
}

/// Every file below `src/`, by its path.
fn sources() -> BTreeMap<String, String> {
    fn walk(folder: &Path, before: &str, sources: &mut BTreeMap<String, String>) {
        for entry in fs::read_dir(folder).unwrap() {
            let entry = entry.unwrap();
            let name = format!("{before}{}", entry.file_name().to_str().unwrap());
            if entry.file_type().unwrap().is_dir() {
                walk(&entry.path(), &format!("{name}/"), sources);
            } else if entry.path().extension().is_some_and(|ending| ending == "rs")
                && !name.split('/').any(|part| part == "tests" || part == "tests.rs")
            {
                sources.insert(name, fs::read_to_string(entry.path()).unwrap());
            }
        }
    }
    let mut sources = BTreeMap::new();
    walk(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), "", &mut sources);
    sources
}

#[test]
fn arrows_run_one_way() {
    let faults = House::read(&sources()).faults();
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
}

/// The systems, by their variants of `System`, each with its own file or folder below `system/`.
const SYSTEMS: [(&str, &str); credctl::kind::System::ALL.len()] = [
    ("Citrix", "citrix"),
    ("Aspire", "aspire"),
    ("NetworkController", "network_controller"),
    ("Astra", "astra"),
    ("Apinizer", "apinizer"),
];

/// Returns the files that name a system and are neither its own, nor the list of all, nor the catalogue.
fn strangers_that_name_a_system(sources: &BTreeMap<String, String>) -> Vec<String> {
    struct Names(BTreeSet<String>);
    impl<'ast> Visit<'ast> for Names {
        fn visit_ident(&mut self, ident: &'ast syn::Ident) {
            self.0.insert(ident.to_string());
        }
    }
    let mut found = Vec::new();
    for (path, source) in sources {
        let may_name = |own: &str| {
            path.starts_with("kind/")
                || path == "system/list.rs"
                || path.strip_prefix("system/").is_some_and(|path| path.starts_with(own))
        };
        let mut names = Names(BTreeSet::new());
        names.visit_file(&syn::parse_file(source).unwrap());
        for (name, _) in SYSTEMS.iter().filter(|(name, own)| names.0.contains(*name) && !may_name(own)) {
            found.push(format!("{path} names {name}"));
        }
    }
    found
}

#[test]
fn a_system_is_named_in_its_own_files_only() {
    let mut sources = sources();
    let found = strangers_that_name_a_system(&sources);
    assert!(found.is_empty(), "{}", found.join("\n"));
    let systems = &sources["kind/system.rs"];
    assert!(SYSTEMS.iter().all(|(name, _)| systems.contains(&format!("    {name},\n"))));
    sources.insert("cli/planted.rs".to_owned(), "fn planted() { System::Aspire; }".to_owned());
    assert_eq!(strangers_that_name_a_system(&sources), ["cli/planted.rs names Aspire"]);
}

/// Names that several types have: a reader of Rust expects `Error` in a module, and `Args` beside a verb.
const SHARED_NAMES: [&str; 2] = ["Args", "Error"];

/// Returns the names that two types have, each with the files that define them.
fn names_of_two_types(sources: &BTreeMap<String, String>) -> Vec<String> {
    #[derive(Default)]
    struct Definitions(Vec<String>);
    impl<'ast> Visit<'ast> for Definitions {
        fn visit_item_mod(&mut self, module: &'ast syn::ItemMod) {
            if module.ident != "tests" {
                syn::visit::visit_item_mod(self, module);
            }
        }

        fn visit_item(&mut self, item: &'ast syn::Item) {
            let name = match item {
                syn::Item::Struct(item) => Some(&item.ident),
                syn::Item::Enum(item) => Some(&item.ident),
                syn::Item::Trait(item) => Some(&item.ident),
                syn::Item::Type(item) => Some(&item.ident),
                _ => None,
            };
            self.0.extend(name.map(ToString::to_string));
            syn::visit::visit_item(self, item);
        }
    }
    let mut files: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    for (path, source) in sources {
        let mut definitions = Definitions::default();
        definitions.visit_file(&syn::parse_file(source).unwrap());
        for name in definitions.0 {
            files.entry(name).or_default().push(path);
        }
    }
    files.retain(|name, files| files.len() > 1 && !SHARED_NAMES.contains(&name.as_str()));
    files.into_iter().map(|(name, files)| format!("{name}: {}", files.join(", "))).collect()
}

#[test]
fn no_two_types_have_one_name() {
    let mut sources = sources();
    let found = names_of_two_types(&sources);
    assert!(found.is_empty(), "{}", found.join("\n"));
    sources.insert("cli/planted.rs".to_owned(), "fn planted() { enum Filter {} struct Args; }".to_owned());
    assert_eq!(names_of_two_types(&sources), ["Filter: cli/planted.rs, query/filter.rs"]);
}

#[test]
fn planted_faults_are_found() {
    for (path, line, found) in [
        ("secret/text.rs", "use crate::vault::Vault;", "runs up: secret::text -> vault"),
        ("query/order.rs", "fn planted() { crate::export::FORMATS; }", "runs up: query::order -> export"),
        (
            "cli/command/find.rs",
            "use super::list::Args as Other;",
            "verbs that know each other: cli::command::find",
        ),
        ("query/grammar.rs", "use super::filter::Filter;", "a circle of 2: query::filter, query::grammar"),
    ] {
        let mut sources = sources();
        sources.get_mut(path).unwrap_or_else(|| panic!("no {path}")).push_str(line);
        let faults = House::read(&sources).faults();
        assert!(faults.iter().any(|fault| fault.contains(found)), "no {found:?} in {faults:?}");
    }
}
