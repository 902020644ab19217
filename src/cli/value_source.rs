//! The value of a `FIELD=VALUE` word: literal, or read from stdin, a file or the environment, or made by credctl.

use std::path::Path;

use credctl::base64;
use credctl::credential::Target;
use credctl::disk::read_named;
use credctl::kind::Shape;
use credctl::kind::rule::url::addresses;
use credctl::kind::rule::variable::is_name;
use credctl::secret::{Secret, without_newline};
use credctl::value::{Value, json};
use zeroize::Zeroizing;

use super::context::{self, Input, Ui};
use super::conversion;
use super::error::Error;
use super::made;

/// Largest file that a value is read from.
const LIMIT: u64 = 128 * 1024 * 1024;

/// The word that asks credctl to generate a secret.
pub const GENERATE: &str = "generate";

/// Returns true if a value names a source to read from, and is not itself the value.
pub fn is_source(value: &str) -> bool {
    value == "-" || value == GENERATE || value.starts_with('@') || value.starts_with("env:")
}

/// Reads a value from its source. The outer error is a mistake of the call, the inner one a fault of the
/// value.
pub fn read(
    ui: &Ui,
    input: &Input,
    target: &Target,
    word: &str,
) -> Result<Result<Value, &'static str>, Error> {
    let shape = target.entry.map_or(target.field.shape, |entry| entry.shape);
    let single_line = target.leaf.is_empty() || target.entry.is_some();
    let single_line = single_line && matches!(shape, Shape::Line(_));
    let is_variable = matches!(shape, Shape::Variables) && !target.leaf.is_empty();
    let bytes = match word {
        "-" => {
            let bytes = input.value(ui)?;
            // a key without its last newline is none to OpenSSH
            if !single_line && has_lines(&bytes) { bytes } else { without_newline(bytes) }
        }
        GENERATE if target.is_secret() => {
            let made = made::generated(target.entry.unwrap_or(target.field), target.is_encoded())?;
            Zeroizing::new(made.expose().as_bytes().to_vec())
        }
        _ if word.starts_with('@') => {
            let bytes = read_named(Path::new(&word[1..]), LIMIT)?;
            let is_line = single_line || matches!(shape, Shape::List(_) | Shape::Flag | Shape::Time);
            // such a value has one line or several, as a shell reads `$(cat FILE)`
            let is_open = target.is_own_field() || is_variable;
            if is_line || is_open && !has_lines(&bytes) { without_newline(bytes) } else { bytes }
        }
        _ if word.starts_with("env:") && target.is_secret() => match context::variable(&word[4..]) {
            // text that is no name of a variable may be the secret itself
            None if !is_name(&word[4..]) => {
                return Err(Error::usage("env: must be followed by the name of an environment variable"));
            }
            None => return Err(Error::usage(format!("the environment variable {} is not set", &word[4..]))),
            Some(Ok(secret)) => Zeroizing::new(secret.expose().as_bytes().to_vec()),
            Some(Err(_)) => return Ok(Err("must be UTF-8 text")),
        },
        _ => Zeroizing::new(word.strip_prefix('\\').unwrap_or(word).as_bytes().to_vec()),
    };
    let value = match shape {
        // what is literal is one address, whatever is in it
        Shape::Several(_) if word.starts_with('\\') => text(bytes).map(|text| Value::texts([text])),
        _ => value(target, shape, bytes),
    };
    Ok(match value {
        Ok(Value::Text(text)) if target.is_own_field() && !is_source(word) => Ok(target.shown(&text)),
        Ok(Value::Text(text)) if target.is_own_field() => Ok(target.encode(&text)),
        value => value,
    })
}

/// Returns true if the text has a newline other than at its end.
fn has_lines(bytes: &[u8]) -> bool {
    bytes.trim_ascii_end().contains(&b'\n')
}

/// Converts bytes to a value of the field's shape. Encodes entries of key stores in base64.
fn value(target: &Target, shape: Shape, mut bytes: Zeroizing<Vec<u8>>) -> Result<Value, &'static str> {
    if matches!(target.field.shape, Shape::Store(_)) && !target.leaf.is_empty() {
        if target.entry.is_some_and(|entry| entry.is_called("kubeconfig")) {
            bytes = conversion::kubeconfig(bytes)?;
        }
        return Ok(Value::Text(base64::encode(&bytes)));
    }
    let text = text(bytes)?;
    if !target.leaf.is_empty() {
        return Ok(Value::Text(text));
    }
    match shape {
        Shape::Variables => conversion::variables(&text),
        Shape::List(_) if text.is_empty() => Ok(Value::List(Vec::new())),
        Shape::List(_) => Ok(Value::texts(text.expose().split(','))),
        Shape::Several(_) => Ok(Value::texts(addresses(text.expose()))),
        Shape::Tree | Shape::Open(_) | Shape::Tags | Shape::Labels | Shape::Store(_) | Shape::Custom => {
            json::parse(text.expose().as_bytes())
                .map_err(|_| "must be JSON; its members can be set one by one with a dot")
        }
        _ => Ok(Value::Text(text)),
    }
}

fn text(mut bytes: Zeroizing<Vec<u8>>) -> Result<Secret, &'static str> {
    Secret::from_utf8(std::mem::take(&mut *bytes)).map_err(|_| "must be UTF-8 text")
}
