//! The secrets that credctl makes for fields.

use credctl::credential::{Draft, Target, Violations};
use credctl::generate::fitting;
use credctl::kind::{Field, Generation, Kind, Shape};
use credctl::secret::Secret;
use credctl::value::Value;

use super::error::{Error, Failure};

/// Makes a secret that a field accepts.
pub fn generated(field: &Field, encoded: bool) -> Result<Secret, Error> {
    let accepts = |text: &str| match field.shape {
        Shape::Line(rule) | Shape::Text(rule) if !encoded => (rule.check)(text).is_ok(),
        _ => true,
    };
    let made = fitting(accepts).map_err(|error| Error::from_error(Failure::Internal, error))?;
    made.map(|made| made.value).ok_or_else(|| {
        let reason = format!("must be {}, which credctl cannot generate", field.expects());
        Violations::one(field.name, reason).into()
    })
}

/// Makes the secrets of a new credential that were not given and that its type lets credctl generate.
pub fn generate_usual(kind: &'static Kind, draft: &mut Draft) -> Result<(), Error> {
    for field in kind.fields.iter().filter(|field| field.generate == Generation::Usual) {
        if !draft.names(kind, field.name) {
            let target = Target { field, leaf: Vec::new(), entry: None };
            draft.assign(&target, Value::Text(generated(field, false)?));
        }
    }
    Ok(())
}
