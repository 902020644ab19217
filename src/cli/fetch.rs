//! One value of a credential, by the name of its field: for `get --field`, for references and for helpers.

use credctl::base64;
use credctl::credential::{Credential, State, Target};
use credctl::kind::{ENVELOPE, Kind, Secrecy};
use credctl::secret::Buffer;
use credctl::value::{Value, json};
use credctl::vault::{Reference, Vault};
use zeroize::Zeroizing;

use super::context::Context;
use super::error::{Error, Failure};
use super::output;

/// The id and the field of a value, as in `cred://ID/FIELD` or `ID/FIELD`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Path {
    pub id: String,
    pub field: String,
}

/// The beginning of a reference.
pub const SCHEME: &str = "cred://";

impl Path {
    /// Parses a reference, with the scheme or without. Ids may have slashes, fields have none.
    pub fn parse(text: &str) -> Result<Self, Error> {
        let bare = text.strip_prefix(SCHEME).unwrap_or(text);
        match bare.rsplit_once('/') {
            Some((id, field)) if !id.is_empty() && !field.is_empty() => {
                Ok(Self { id: id.to_owned(), field: field.to_owned() })
            }
            // a text that is here by mistake may be a secret, so the error does not repeat it
            _ => {
                Err(Error::usage("a reference needs an id and a field")
                    .hint("write ID/FIELD or cred://ID/FIELD"))
            }
        }
    }

    /// Fetches the value. Fails for a secret of a credential that must not be used, unless `force` is set.
    pub fn fetch(
        &self,
        context: &Context,
        force: bool,
        vault: &mut Vault,
    ) -> Result<Zeroizing<Vec<u8>>, Error> {
        let credential = context.scope().find(vault, &self.id, true)?;
        let references = vault.references_to(credential.id())?;
        value(context, force, &credential, &references, &self.field)
    }
}

/// Fails if a credential is disabled or outside its time of validity, unless `force` is set.
pub fn usable(context: &Context, force: bool, credential: &Credential) -> Result<(), Error> {
    let why = match credential.head().state(context.terms.now) {
        State::Ok => return Ok(()),
        _ if force => return Ok(()),
        State::Disabled => "is disabled",
        State::NotYetValid => "is not valid yet",
        State::Expired => "has expired",
    };
    let what = format!("{} {why}; its secrets need --force", credential.id());
    Err(Error::new(Failure::Forbidden, what).hint("`credctl get`, `run` and `inject` accept --force"))
}

/// Returns the exact bytes of one field. Decodes an entry of a key store that is named without `keyStore.`.
pub fn value(
    context: &Context,
    force: bool,
    credential: &Credential,
    references: &[Reference],
    name: &str,
) -> Result<Zeroizing<Vec<u8>>, Error> {
    let kind = credential.kind();
    // every name that `get` lists among the secrets, such as `properties.headers[0]`
    if let Some(held) = credential.secrets().into_iter().find(|held| held.path == name) {
        usable(context, force, credential)?;
        return Ok(Zeroizing::new(held.stored().expose().as_bytes().to_vec()));
    }
    if let Some(fact) = credential.facts().into_iter().find(|fact| fact.name == name) {
        return Ok(Zeroizing::new(fact.text.into_bytes()));
    }
    let own = Target::of(kind, name)
        .filter(|target| kind.fields.iter().any(|field| field.name == target.field.name));
    let Some(target) = own else { return envelope(context, credential, references, name) };
    if target.field.secrecy == Secrecy::Sealed {
        return Err(Error::new(Failure::Forbidden, format!("{} is never shown", target.field.name)));
    }
    if target.is_secret() {
        usable(context, force, credential)?;
    }
    let path: Vec<&str> = target.leaf.iter().map(String::as_str).collect();
    let value = credential.fields().get(target.field.name).and_then(|value| value.at(&path));
    let Some(value) = value else {
        // where a key store has no entry of this name, the envelope may have a member
        let of_envelope = target.entry.is_none() && ENVELOPE.iter().any(|member| member.is_called(name));
        return if of_envelope {
            envelope(context, credential, references, name)
        } else {
            Err(not_set(credential, name))
        };
    };
    match value {
        // an entry named by itself is the plain value, as it was assigned
        Value::Text(text)
            if kind.store().is_some() && !name.starts_with("keyStore.") && !target.leaf.is_empty() =>
        {
            base64::decode(text.expose()).map_err(|_| not_set(credential, name))
        }
        value => Ok(plain(value)),
    }
}

fn envelope(
    context: &Context,
    credential: &Credential,
    references: &[Reference],
    name: &str,
) -> Result<Zeroizing<Vec<u8>>, Error> {
    let (first, rest) = name.split_once('.').map_or((name, None), |(first, rest)| (first, Some(rest)));
    let Some(member) = ENVELOPE.iter().find(|member| member.is_called(first)) else {
        return Err(unknown(credential.kind(), name));
    };
    let shown = output::full(credential, references, &context.terms.scope.project, context.terms.now, false);
    let rest: Vec<&str> = rest.map(|rest| rest.split('.').collect()).unwrap_or_default();
    let value = shown.get(member.name).and_then(|value| value.at(&rest));
    value.map(plain).ok_or_else(|| not_set(credential, name))
}

/// Returns a text without quotes, and lists and objects as JSON.
fn plain(value: &Value) -> Zeroizing<Vec<u8>> {
    match value {
        Value::Text(text) => Zeroizing::new(text.expose().as_bytes().to_vec()),
        other => {
            let mut bytes = Buffer::default();
            drop(json::write(other, &mut bytes));
            bytes.into_bytes()
        }
    }
}

fn not_set(credential: &Credential, name: &str) -> Error {
    Error::new(Failure::NotFound, format!("{} of {} is not set", name, credential.id()))
}

fn unknown(kind: &Kind, name: &str) -> Error {
    Error::usage(format!("{} has no field {name}", kind.name))
        .param("field", "unknown")
        .hint(format!("`credctl types {}` shows the fields", kind.name))
}
