//! The origin of each setting: the source that its value was taken from, and the keys of the configuration that
//! do nothing because of another source.

/// The source that a setting was taken from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// An option of this call, with its dashes.
    Flag(&'static str),
    /// A variable of the environment.
    Variable(&'static str),
    /// A key of the configuration file.
    Configuration,
    /// No source at all.
    Default,
}

/// A key of the configuration that does nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IdleKey {
    /// A key whose variable has another value.
    BehindVariable { key: &'static str, variable: &'static str },
    /// A key that gives way to another key.
    BehindKey { key: &'static str, other: &'static str },
}

/// The origins of the settings that decide which vault is opened, by what, and what is seen there.
#[derive(Debug, Clone)]
pub struct Origins {
    pub vault: Origin,
    pub identities: Origin,
    pub project: Origin,
    pub role: Origin,
    /// The origin of the path of the configuration.
    pub configuration: Origin,
    /// The origin of the source of a passphrase; the default is a prompt.
    pub passphrase: Origin,
    /// The keys of the configuration that do nothing.
    pub idle: Vec<IdleKey>,
}

impl Default for Origins {
    fn default() -> Self {
        let none = Origin::Default;
        Self {
            vault: none,
            identities: none,
            project: none,
            role: none,
            configuration: none,
            passphrase: none,
            idle: Vec::new(),
        }
    }
}

/// The values of one setting, from the source that comes first to the one that comes last.
pub(super) struct Sources<T> {
    pub flag: Option<T>,
    pub variable: Option<T>,
    pub configuration: Option<T>,
}

impl<T: PartialEq> Sources<T> {
    /// Returns the first value with its origin. The setting has the name of its option, with the dashes, which
    /// is also its key in the configuration. A key that its variable overrides is added to `idle`.
    pub fn first(
        self,
        flag: &'static str,
        variable: &'static str,
        idle: &mut Vec<IdleKey>,
    ) -> (Option<T>, Origin) {
        let Self { flag: by_flag, variable: by_variable, configuration } = self;
        if by_variable.is_some() && configuration.is_some() && by_variable != configuration {
            idle.push(IdleKey::BehindVariable { key: flag.trim_start_matches('-'), variable });
        }
        let found = [
            (by_flag, Origin::Flag(flag)),
            (by_variable, Origin::Variable(variable)),
            (configuration, Origin::Configuration),
        ];
        found.into_iter().find(|(value, _)| value.is_some()).unwrap_or((None, Origin::Default))
    }
}

#[cfg(test)]
mod tests {
    use super::{IdleKey, Origin, Sources};

    #[test]
    fn the_first_source_wins_and_a_key_behind_a_variable_is_idle() {
        let first = |flag, variable, configuration| {
            let mut idle = Vec::new();
            let found = Sources { flag, variable, configuration }.first("--role", "CREDCTL_ROLE", &mut idle);
            (found, idle)
        };
        let hidden = vec![IdleKey::BehindVariable { key: "role", variable: "CREDCTL_ROLE" }];
        assert_eq!(first(Some(1), Some(2), Some(3)), ((Some(1), Origin::Flag("--role")), hidden.clone()));
        assert_eq!(first(None, Some(2), Some(3)), ((Some(2), Origin::Variable("CREDCTL_ROLE")), hidden));
        // the same value hides nothing, and an option is for one call
        assert_eq!(first(None, Some(2), Some(2)), ((Some(2), Origin::Variable("CREDCTL_ROLE")), vec![]));
        assert_eq!(first(Some(1), None, Some(3)), ((Some(1), Origin::Flag("--role")), vec![]));
        assert_eq!(first(None, None, Some(3)), ((Some(3), Origin::Configuration), vec![]));
        assert_eq!(first(None, None, None), ((None, Origin::Default), vec![]));
    }
}
