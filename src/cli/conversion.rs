//! Texts that are given in another form than the vault keeps: variables as in a `.env` file, and kubeconfigs in
//! YAML.

use credctl::secret::{Buffer, Secret};
use credctl::syntax::dotenv;
use credctl::text;
use credctl::value::{Object, Value, json};
use zeroize::Zeroizing;

/// Reads variables from the lines of a `.env` file, or from an object in JSON.
pub fn variables(text: &Secret) -> Result<Value, &'static str> {
    if text.expose().trim_start().starts_with('{') {
        return json::parse(text.expose().as_bytes()).map_err(|_| "must be JSON, or lines of NAME=VALUE");
    }
    let file = dotenv::variables(text.expose()).map_err(|_| "must be lines of NAME=VALUE")?;
    if !file.bare.is_empty() {
        return Err("must have a value for every name");
    }
    Ok(file.assignments.into_iter().map(|one| (one.name, Value::Text(one.value))).collect::<Object>().into())
}

/// Converts a kubeconfig in YAML to JSON, the form in which the vault keeps it.
pub fn kubeconfig(bytes: Zeroizing<Vec<u8>>) -> Result<Zeroizing<Vec<u8>>, &'static str> {
    if json::parse(&bytes).is_ok() {
        return Ok(bytes);
    }
    let text = text::decode(&bytes).map_err(|_| "must be UTF-8 text")?;
    let value = credctl::value::yaml::parse(&text).map_err(|_| "must be a kubeconfig in JSON or YAML")?;
    let mut out = Buffer::with_capacity(bytes.len() * 2);
    json::write(&value, &mut out).map_err(|_| "must be a kubeconfig in JSON or YAML")?;
    Ok(out.into_bytes())
}
