//! Everything that a verb gets: the settings, the operator and the input of its run.

use directories::ProjectDirs;

use super::environment::path;
use super::input::Input;
use super::settings::Settings;
use super::source::descriptors;
use super::ui::Ui;
use crate::cli::child;
use crate::cli::config::Config;
use crate::cli::error::Error;
use crate::cli::options::Global;

/// The settings, the operator and the input of a run. A function below a verb takes only those that it uses.
pub struct Context {
    pub settings: Settings,
    pub ui: Ui,
    pub input: Input,
}

impl Context {
    /// Reads the configuration, the environment and the standard streams, below the flags.
    pub fn new(global: Global) -> Result<Self, Error> {
        let folders = ProjectDirs::from("", "", "credctl");
        let named = global.config.clone().or_else(|| path("CREDCTL_CONFIG"));
        let is_named = named.is_some();
        let path = named.or_else(|| Some(folders.as_ref()?.config_dir().join("config.toml")));
        let config =
            path.as_deref().map(|path| Config::read(path, is_named)).transpose()?.unwrap_or_default();
        let ui = Ui::new(&global, &config);
        let has_passphrase = global.passphrase_stdin;
        let mut settings = Settings::collect(global, config, folders, ui.stdout_is_terminal)?;
        settings.configuration = path;
        let keys = descriptors(&settings.passphrase, &settings.identities);
        for number in &keys {
            child::keep_from_programs(*number);
        }
        Ok(Self { settings, ui, input: Input::new(has_passphrase, keys.contains(&0)) })
    }
}
