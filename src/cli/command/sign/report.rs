//! The signers of a vault, as an answer.

use credctl::signature::SignerKey;
use credctl::value::{Object, Value};
use credctl::vault::Signer;

use crate::cli::context::Context;
use crate::cli::error::Error;
use crate::cli::output::{self, sanitize};
use crate::cli::session;

/// Shows the signers of the vault, and the signer of the current generation.
pub fn show(context: &Context) -> Result<(), Error> {
    let settings = &context.settings;
    let vault = session::read(context)?;
    let mut answer = Object::from_iter([("vault", Value::text(settings.vault()?.display().to_string()))]);
    answer.insert("generation", vault.generation());
    answer.insert("signed", vault.signed().is_some());
    if let Some(signed) = vault.signed() {
        let key = signed.signature.signer();
        let mut by = Object::new();
        if let Some(signer) = vault.signed_by() {
            by.insert("name", Value::text(signer.name.as_str()));
        }
        by.insert("key", Value::text(key.to_string()));
        by.insert("fingerprint", Value::text(key.fingerprint()));
        answer.insert("signedBy", by);
    }
    answer.insert("signers", list(vault.signers()));
    let message = match (vault.signed(), vault.signed_by()) {
        (Some(_), Some(signer)) => format!("generation {} is signed by {}", vault.generation(), signer.name),
        (Some(_), None) => {
            format!("generation {} is the last signed one: it stopped the signing", vault.generation())
        }
        (None, _) => "the vault is not signed: anyone who can read it can change it".to_owned(),
    };
    output::message(settings, &answer, &sanitize::line(&message), &sheet(vault.signers()))
}

/// Returns the signers for programs.
pub fn list(signers: &[Signer]) -> Value {
    let one = |signer: &Signer| {
        let mut one = Object::from_iter([("name", Value::text(signer.name.as_str()))]);
        one.insert("key", Value::text(signer.key.as_str()));
        if let Some(fingerprint) = fingerprint(signer) {
            one.insert("fingerprint", Value::text(fingerprint));
        }
        if let (Some(generation), Some(by)) = (signer.generation, &signer.by) {
            one.insert("generation", generation);
            one.insert("by", Value::text(by.as_str()));
        }
        Value::from(one)
    };
    Value::List(signers.iter().map(one).collect())
}

/// Returns the signers for people, one a line.
pub fn sheet(signers: &[Signer]) -> String {
    let one = |signer: &Signer| {
        let by = signer.by.as_ref().map(|by| format!(", added by {by}")).unwrap_or_default();
        let key = fingerprint(signer).unwrap_or_else(|| signer.key.clone());
        format!("{}\n", sanitize::line(&format!("signer     {}, {key}{by}", signer.name)))
    };
    signers.iter().map(one).collect()
}

fn fingerprint(signer: &Signer) -> Option<String> {
    SignerKey::parse(&signer.key).ok().map(|(key, _)| key.fingerprint())
}
