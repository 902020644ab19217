//! Everything that a verb gets: the settings, the operator and the input of its run.

use std::path::PathBuf;

use directories::ProjectDirs;

use super::environment::path;
use super::input::Input;
use super::origin::{Origin, Sources};
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
        let place = ConfigPlace::find(&global);
        let config = place.read()?;
        Self::with(global, config, place)
    }

    /// Does the same as [`Context::new`], but leaves out a configuration that cannot be used. Its error is then
    /// one of the settings.
    pub fn despite_configuration(global: Global) -> Result<Self, Error> {
        let place = ConfigPlace::find(&global);
        let misread = match place.read() {
            Ok(config) => match Self::with(global.clone(), config, place.clone()) {
                Ok(context) => return Ok(context),
                Err(error) => error,
            },
            Err(error) => error,
        };
        let mut context = Self::with(global, Config::default(), place)?;
        context.settings.misread = Some(misread);
        Ok(context)
    }

    fn with(global: Global, config: Config, place: ConfigPlace) -> Result<Self, Error> {
        let ui = Ui::new(&global, &config);
        let has_passphrase = global.passphrase_stdin;
        let mut settings = Settings::collect(global, config, place.folders, ui.stdout_is_terminal)?;
        settings.configuration = place.configuration;
        settings.origins.configuration = place.origin;
        let keys = descriptors(&settings.passphrase, &settings.identities);
        for number in &keys {
            child::keep_from_programs(*number);
        }
        Ok(Self { settings, ui, input: Input::new(has_passphrase, keys.contains(&0)) })
    }
}

/// The place of the configuration, and of everything that has a default place.
#[derive(Clone)]
struct ConfigPlace {
    folders: Option<ProjectDirs>,
    configuration: Option<PathBuf>,
    origin: Origin,
}

impl ConfigPlace {
    fn find(global: &Global) -> Self {
        let folders = ProjectDirs::from("", "", "credctl");
        let named =
            Sources { flag: global.config.clone(), variable: path("CREDCTL_CONFIG"), configuration: None };
        let (named, origin) = named.first("--config", "CREDCTL_CONFIG", &mut Vec::new());
        let configuration = named.or_else(|| Some(folders.as_ref()?.config_dir().join("config.toml")));
        Self { folders, configuration, origin }
    }

    fn read(&self) -> Result<Config, Error> {
        // one that is named must be there
        let read = |path| Config::read(path, self.origin != Origin::Default);
        Ok(self.configuration.as_deref().map(read).transpose()?.unwrap_or_default())
    }
}
