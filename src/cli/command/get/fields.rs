//! Several values of one credential, in the order in which they were asked for.

use credctl::export;
use credctl::kind::Kind;
use credctl::secret::{Buffer, Secret, SecretBytes};
use credctl::value::{Object, Value};

use crate::cli::context::{Settings, Ui};
use crate::cli::error::Error;
use crate::cli::options::Form;
use crate::cli::output;

/// Prints the values: one a line, or with their names in a form that has names.
pub fn print(
    settings: &Settings,
    ui: &Ui,
    kind: &Kind,
    fields: &[String],
    value: impl Fn(&str) -> Result<SecretBytes, Error>,
) -> Result<(), Error> {
    match settings.form {
        Form::Table | Form::Wide | Form::Name => {
            let mut out = Buffer::default();
            for field in fields {
                let value = value(field)?;
                out.extend(&value);
                if !value.ends_with(b"\n") {
                    out.push("\n");
                }
            }
            output::lines(ui, &out.into_bytes())
        }
        Form::Env => {
            let mut out = Buffer::default();
            for field in fields {
                let value = text(field, value(field)?)?;
                if value.expose().contains('\0') {
                    return Err(not_text(field));
                }
                if export::assignment(&export::field_variable(kind, field), &value, &mut out)? {
                    ui.notice(&format!(
                        "{} is written as only python-dotenv reads it",
                        kind.bare_name(field)
                    ));
                }
            }
            output::bytes(&out.into_bytes())
        }
        _ => {
            let mut shown = Object::new();
            for field in fields {
                shown.insert(field.as_str(), Value::Text(text(field, value(field)?)?));
            }
            output::object(settings, &shown)
        }
    }
}

fn text(field: &str, value: SecretBytes) -> Result<Secret, Error> {
    value.into_secret().ok_or_else(|| not_text(field))
}

fn not_text(field: &str) -> Error {
    Error::usage(format!("the value of {field} is not text"))
        .hint(format!("`credctl get ID --field {field}` prints its bytes"))
}
