//! ExecCredential: a token, or a client certificate with its key, for clients of Kubernetes.

use chrono::SecondsFormat;
use credctl::base64;
use credctl::credential::Credential;
use credctl::kind::Content;
use credctl::kind::rule::kubeconfig;
use credctl::secret::{Buffer, Secret};
use credctl::store::ValueReader;
use credctl::value::{Object, Value, json};

use crate::cli::context::{self, Context};
use crate::cli::error::{Error, Failure};
use crate::cli::{output, session};

#[derive(Debug, clap::Args)]
pub struct Args {
    /// The id of a kubeconfig (credctl takes its current user) or of a token (apikey, Simple)
    id: String,
}

/// The version of the answer if the client names none.
const VERSION: &str = "client.authentication.k8s.io/v1";

pub fn run(context: &Context, args: &Args) -> Result<(), Error> {
    let credential = context.settings.scope().find(&mut session::read(context)?, &args.id, true)?;
    let reader = ValueReader::new(&context.settings.terms, false);
    reader.check_usable(&credential)?;
    let mut status = status(reader, &credential)?;
    if let Some(end) = credential.expiry() {
        status.insert("expirationTimestamp", Value::text(end.to_rfc3339_opts(SecondsFormat::Secs, true)));
    }
    let answer = Object::from_iter([
        ("apiVersion", Value::text(version())),
        ("kind", Value::text("ExecCredential")),
        ("status", status.into()),
    ]);
    let mut out = Buffer::with_capacity(4096);
    json::write(&answer.into(), &mut out)?;
    output::bytes(&out.into_bytes())
}

/// Returns the version that the client asks for.
fn version() -> String {
    let info = context::variable("KUBERNETES_EXEC_INFO").and_then(Result::ok);
    let info = info.and_then(|info| json::parse(info.expose().as_bytes()).ok());
    let version = info.as_ref().and_then(|info| info.at(&["apiVersion"])?.as_text());
    let known =
        version.map(Secret::expose).filter(|version| version.starts_with("client.authentication.k8s.io/"));
    known.unwrap_or(VERSION).to_owned()
}

fn status(reader: ValueReader<'_>, credential: &Credential) -> Result<Object, Error> {
    let kind = credential.kind();
    if kind.content == Some(Content::Kubeconfig) {
        return of_user(credential);
    }
    let path = kind.token.ok_or_else(|| {
        let (id, name) = (credential.id(), kind.name);
        Error::usage(format!("{id} is of the type {name}, which has no token"))
    })?;
    let token = reader.value(credential, &[], kind.bare_name(path))?.into_secret();
    let token = token.ok_or_else(|| Error::new(Failure::Invalid, "the token is not text"))?;
    Ok(Object::from_iter([("token", Value::Text(token))]))
}

/// Returns the token and the client certificate of the current user of a kubeconfig.
fn of_user(credential: &Credential) -> Result<Object, Error> {
    let id = credential.id();
    let encoded = credential.entries().and_then(|entries| entries.get("base64")?.as_text());
    let plain = encoded.and_then(|text| base64::decode(text.expose()).ok());
    let config = plain.and_then(|plain| json::parse(&plain).ok());
    let user = config.as_ref().and_then(Value::as_object).and_then(kubeconfig::current_user);
    let user = user.ok_or_else(|| {
        Error::new(Failure::Invalid, format!("the kubeconfig `{id}` has no user for its current context"))
    })?;
    let mut status = Object::new();
    if let Some(token @ Value::Text(_)) = user.at(&["token"]) {
        status.insert("token", token.clone());
    }
    let pem = |name: &str| {
        let mut bytes = kubeconfig::decode_data(user.at(&[name])?.as_text()?.expose()).ok()?;
        Secret::from_utf8(std::mem::take(&mut *bytes)).ok().map(Value::Text)
    };
    if let (Some(certificate), Some(key)) = (pem("client-certificate-data"), pem("client-key-data")) {
        status.insert("clientCertificateData", certificate);
        status.insert("clientKeyData", key);
    }
    if status.is_empty() {
        let what = format!("the current user of `{id}` has no token and no client certificate");
        return Err(Error::new(Failure::Invalid, what)
            .hint("the user needs a token, or client-certificate-data and client-key-data"));
    }
    Ok(status)
}
