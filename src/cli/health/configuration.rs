//! Findings about the configuration: a file that cannot be used, and keys that do nothing.

use super::finding::{HealthCheck, HealthFinding, edit};
use crate::cli::context::{IdleKey, Settings};

/// Returns the findings about the configuration.
pub fn findings(settings: &Settings) -> Vec<HealthFinding> {
    let Some(path) = &settings.configuration else { return Vec::new() };
    let make =
        |detail: String, command| HealthFinding::new(HealthCheck::Configuration, detail, command).about(path);
    let mut found = Vec::new();
    if let Some(error) = &settings.misread {
        let detail = error.detail();
        // the list of all keys helps where the key is typed, and not here
        let detail = detail.split_once(", expected one of").map_or(detail.as_str(), |(what, _)| what);
        found.push(make(detail.to_owned(), edit(path)));
    }
    for key in &settings.origins.idle {
        found.push(match key {
            IdleKey::BehindVariable { key, variable } => make(
                format!("the key `{key}` does nothing, because {variable} is set"),
                format!("unset {variable}"),
            ),
            IdleKey::BehindKey { key, other } => {
                make(format!("the key `{key}` does nothing beside `{other}`"), edit(path))
            }
        });
    }
    found
}
