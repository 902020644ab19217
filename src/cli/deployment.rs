//! The results of writing the bundles of environments, in answers and notices.

use credctl::store::Deployment;
use credctl::value::{Object, Value};
use credctl::vault::{Environment, Reach, Taken};

use super::context::Ui;
use super::error::Error;

/// Makes the result of the deployment, as every answer to a change shows it.
pub fn document(deployment: &Deployment) -> Value {
    let results = deployment.results().map(|(name, error)| {
        let mut result = Object::new();
        result.insert("environment", Value::text(name));
        result.insert("success", error.is_none());
        if let Some(error) = error {
            result.insert("error", Value::text(Error::from_store(error).detail()));
        }
        result.into()
    });
    let results = Value::List(results.collect());
    let success = deployment.failed().next().is_none();
    Object::from_iter([("success", Value::Bool(success)), ("environmentResults", results)]).into()
}

/// Prints a notice for each bundle that was not made from the current vault.
pub fn tell(ui: &Ui, reached: Vec<(Environment, Reach)>) {
    for (environment, reach) in reached {
        let Environment { name, out, .. } = environment;
        let option = match reach {
            Reach::Current => continue,
            Reach::Taken(Taken::ByOther) => " --overwrite` replaces it, unless it is a vault or an identity",
            _ => "` writes it",
        };
        let why = match &reach {
            // the error names the path
            Reach::Unreachable(error) => error.to_string(),
            _ => format!("`{out}` {reach}"),
        };
        ui.notice(&format!(
            "the bundle of the environment {name} is not up to date: {why}; `credctl deploy {name}{option}"
        ));
    }
}
