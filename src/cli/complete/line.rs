//! The meaning of the words before the cursor: the verb, and the arguments that were given so far.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::ArgMatches;
use clap::error::ErrorKind;

use crate::cli::assign;
use crate::cli::options::Global;

/// The words before the cursor, as far as they can be parsed.
#[derive(Debug, Clone, Default)]
pub struct CursorLine {
    /// The verb, and the verb below it, by their own names.
    pub path: Vec<String>,
    /// The arguments of the program, of its verb, and of the verb below that.
    levels: Vec<ArgMatches>,
    /// True if `--` ended the options.
    escaped: bool,
    /// True if a word stands in the place of a verb and is none.
    astray: bool,
}

impl CursorLine {
    /// Parses the words as the program would. A mistake ends what is known.
    pub fn parse(command: &clap::Command, words: &[String]) -> Self {
        let strict = command.clone().try_get_matches_from(words);
        let astray = strict.is_err_and(|error| error.kind() == ErrorKind::InvalidSubcommand);
        let lenient = command.clone().ignore_errors(true);
        let Ok(matches) = lenient.try_get_matches_from(words) else {
            return Self { astray, ..Self::default() };
        };
        let (mut path, mut levels) = (Vec::new(), vec![matches]);
        while let Some((name, inner)) = levels.last().and_then(ArgMatches::subcommand) {
            path.push(name.to_owned());
            let inner = inner.clone();
            levels.push(inner);
        }
        Self { path, levels, escaped: words.iter().any(|word| word == "--"), astray }
    }

    /// Returns the verb.
    pub fn verb(&self) -> &str {
        self.path.first().map_or("", String::as_str)
    }

    /// Returns true if `--` ended the options.
    pub fn is_escaped(&self) -> bool {
        self.escaped
    }

    /// Returns true if a word stands in the place of a verb and is none, so that nothing is known of the rest.
    pub fn is_astray(&self) -> bool {
        self.astray
    }

    /// Returns the values that an argument was given.
    pub fn values(&self, argument: &str) -> Vec<String> {
        let given = |matches: &ArgMatches| {
            let values = matches.try_get_raw(argument).ok().flatten()?;
            Some(values.filter_map(|value| value.to_str().map(str::to_owned)).collect::<Vec<_>>())
        };
        self.levels.iter().rev().find_map(given).unwrap_or_default()
    }

    /// Returns true if a switch was given.
    pub fn has(&self, switch: &str) -> bool {
        let given = |matches: &ArgMatches| matches!(matches.try_get_one::<bool>(switch), Ok(Some(true)));
        self.levels.iter().any(given)
    }

    /// Returns the global options that decide which vault is meant, who opens it, and what is seen there.
    pub fn global(&self) -> Global {
        let last = |argument: &str| self.values(argument).pop();
        Global {
            vault: last("vault").map(PathBuf::from),
            identity: self.values("identity").into_iter().map(PathBuf::from).collect(),
            config: last("config").map(PathBuf::from),
            project: last("project"),
            role: last("role"),
            ..Global::default()
        }
    }

    /// Returns the words that name a credential, or several, in the order in which they were given.
    pub fn ids(&self) -> Vec<String> {
        let mut ids: Vec<_> = ["id", "ids"].into_iter().flat_map(|argument| self.values(argument)).collect();
        // the first word of `add` is a type, and those of `get` are never fields
        let others = self.values("words").into_iter().skip(usize::from(self.verb() == "add"));
        ids.extend(others.filter(|word| self.verb() == "get" || !assign::may_be_one(word)));
        ids
    }

    /// Returns the names of the fields that were assigned.
    pub fn assigned(&self) -> Vec<String> {
        let words = self.values("words").into_iter();
        words.filter_map(|word| Some(word.split_once('=')?.0.to_owned())).collect()
    }
}

/// Returns words for the engine, which takes those of the system.
pub fn of_system(words: &[String], last: &str) -> Vec<OsString> {
    words.iter().map(OsString::from).chain([last.into()]).collect()
}
