//! The options that select credentials which are not named one by one.

use credctl::credential::Violations;
use credctl::kind::Named;
use credctl::query::{Filter, Selection};
use credctl::store::Conditions;
use credctl::text;
use credctl::value::{Object, Value, json};
use zeroize::Zeroizing;

use super::context::{Context, Input, Ui};
use super::error::Error;
use super::{own_types, recognition};

/// Reads the types of `--type`.
pub fn types(context: &Context, names: &[String]) -> Result<Vec<Named>, Error> {
    let find =
        |name: &String| own_types::find(context, name)?.ok_or_else(|| recognition::unknown_type_option(name));
    names.iter().map(find).collect()
}

/// Reads `--filter` and `--filter-json`.
pub fn conditions(
    context: &Context,
    filter: Option<&str>,
    filter_json: Option<&str>,
) -> Result<Conditions, Error> {
    let document = filter_json.map(|text| selection(&context.ui, &context.input, text));
    let parse = |text: &str| own_types::query(context, |types| Filter::parse_for(text, types));
    Ok(Conditions {
        filter: filter.map(parse).transpose()?,
        document: document.transpose()?,
        ..Conditions::default()
    })
}

/// Reads the selection in the document of a change. It must not be empty, or the change would be one of every
/// credential.
pub fn of_document(document: &Object) -> Result<Conditions, Error> {
    let selection = Selection::from_document(document)?;
    if selection.is_empty() {
        let reason = "must not be empty, because it would match every credential";
        return Err(Violations::one("filter", reason).into());
    }
    Ok(Conditions { document: Some(selection), ..Conditions::default() })
}

/// Reads Aspire's filter document: the text itself, or stdin for `-`.
fn selection(ui: &Ui, input: &Input, text: &str) -> Result<Selection, Error> {
    let bytes = if text == "-" { input.data(ui)? } else { Zeroizing::new(text.as_bytes().to_vec()) };
    let text = text::decode(&bytes).map_err(|error| Error::usage(format!("--filter-json {error}")))?;
    match json::parse(text.as_bytes()) {
        Ok(Value::Object(document)) => Ok(Selection::from_document(&document)?),
        Ok(_) => Err(Error::usage("--filter-json must be an object").param("filter", "must be an object")),
        Err(error) => Err(Error::usage(format!("--filter-json, {error}")).param("filter", "is not JSON")),
    }
}
