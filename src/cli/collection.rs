//! Documents of several credentials, such as an export, given to a verb that takes one credential.

use credctl::dialect::Dialect;
use credctl::value::{Object, Value};

use super::error::{Error, Failure};

/// Fails if a document is an export or a list, which only `import` takes.
pub fn check_is_one(document: &Object) -> Result<(), Error> {
    if !Dialect::is_collection(document) {
        return Ok(());
    }
    let own = document.get("credctl").and_then(Value::as_text);
    let what = if own.is_some_and(|own| own.expose() == "export") {
        "this is an export of credctl, not one credential"
    } else {
        "this is an export or a list, not one credential"
    };
    Err(Error::new(Failure::Invalid, what)
        .hint("`credctl import FILE` imports it; with --on-conflict replace, it replaces what is stored"))
}
