//! Requests to the server, with the token in a header. It follows no redirect, because the token would follow, too.

use std::io::{self, ErrorKind, Read as _};
use std::sync::Arc;
use std::time::Duration;

use credctl::remote::{EngineFailure, FailureKind, MAX_OBJECT};
use credctl::secret::Secret;
use rustls::crypto::ring;
use ureq::config::ConfigBuilder;
use ureq::http::{HeaderValue, Response};
use ureq::tls::{Certificate, PemItem, RootCerts, TlsConfig, parse_pem};
use ureq::typestate::AgentScope;
use ureq::{Agent, Body, Timeout};

use super::settings::ServerSettings;

/// The time for a connection.
const CONNECT: Duration = Duration::from_secs(15);
/// The time without a byte in either direction.
const SILENCE: Duration = Duration::from_secs(60);
/// The most bytes of an answer: an object in base64, and what is around it.
const ANSWER_LIMIT: u64 = MAX_OBJECT / 3 * 4 + 1024 * 1024;

/// A server, and the right to use it.
#[derive(Debug)]
pub struct KvServer {
    agent: Agent,
    url: String,
    host: String,
    token: Secret,
    namespace: Option<String>,
}

/// The answer to a request.
#[derive(Debug)]
pub struct HttpAnswer {
    /// The status.
    pub status: u16,
    /// The body.
    pub body: Vec<u8>,
}

/// A request without an answer.
#[derive(Debug)]
pub struct NoAnswer {
    /// True if the server may have got the request.
    pub may_be_done: bool,
    /// The failure, if there is nothing to find out.
    pub failure: EngineFailure,
}

impl KvServer {
    /// Prepares the work with a server. Does not connect to it.
    ///
    /// # Errors
    /// [`FailureKind::Refused`] if the certificates cannot be used.
    pub fn new(settings: ServerSettings) -> Result<Self, EngineFailure> {
        // fails only if there is one already
        drop(ring::default_provider().install_default());
        let roots = match settings.authorities {
            Some(pem) => RootCerts::Specific(Arc::new(certificates(&pem)?)),
            None => RootCerts::PlatformVerifier,
        };
        let mut config: ConfigBuilder<AgentScope> = Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .user_agent(concat!("credctl/", env!("CARGO_PKG_VERSION")))
            .tls_config(TlsConfig::builder().root_certs(roots).build())
            .timeout_resolve(Some(CONNECT))
            .timeout_connect(Some(CONNECT))
            .timeout_per_read(Some(SILENCE))
            .timeout_per_write(Some(SILENCE));
        if settings.is_local {
            config = config.proxy(None);
        }
        let ServerSettings { url, host, token, namespace, .. } = settings;
        Ok(Self { agent: Agent::new_with_config(config.build()), url, host, token, namespace })
    }

    /// Asks for something, and once more if there is no answer.
    ///
    /// # Errors
    /// [`FailureKind::Unreachable`].
    pub fn get(&self, path: &str) -> Result<HttpAnswer, EngineFailure> {
        let once = || {
            let request = self.agent.get(self.address(path)).header("X-Vault-Token", self.header()?);
            self.answer(self.with_namespace(request).call())
        };
        match once() {
            Ok(answer) if answer.status < 500 => Ok(answer),
            Ok(_) | Err(NoAnswer { may_be_done: true, .. }) => once().map_err(|none| none.failure),
            Err(none) => Err(none.failure),
        }
    }

    /// Sends a JSON document. Never sends it twice.
    ///
    /// # Errors
    /// If there is no answer.
    pub fn post(&self, path: &str, document: &[u8]) -> Result<HttpAnswer, NoAnswer> {
        let request = self.agent.post(self.address(path)).header("X-Vault-Token", self.header()?);
        let request = self.with_namespace(request).content_type("application/json");
        self.answer(request.send(document))
    }

    /// Removes something.
    ///
    /// # Errors
    /// If there is no answer.
    pub fn delete(&self, path: &str) -> Result<HttpAnswer, NoAnswer> {
        let request = self.agent.delete(self.address(path)).header("X-Vault-Token", self.header()?);
        self.answer(self.with_namespace(request).call())
    }

    fn address(&self, path: &str) -> String {
        format!("{}/v1/{path}", self.url)
    }

    fn header(&self) -> Result<HeaderValue, NoAnswer> {
        let value = HeaderValue::from_str(self.token.expose());
        let mut value = value.map_err(|_| NoAnswer::before("the token cannot be sent"))?;
        value.set_sensitive(true);
        Ok(value)
    }

    fn with_namespace<S>(&self, request: ureq::RequestBuilder<S>) -> ureq::RequestBuilder<S> {
        match &self.namespace {
            Some(namespace) => request.header("X-Vault-Namespace", namespace),
            None => request,
        }
    }

    fn answer(&self, answer: Result<Response<Body>, ureq::Error>) -> Result<HttpAnswer, NoAnswer> {
        let none = |error: &ureq::Error| {
            let why = match error {
                ureq::Error::Io(error) => error.to_string(),
                error => error.to_string(),
            };
            let text = format!("the server {} does not answer: {why}", self.host);
            NoAnswer { may_be_done: may_be_done(error), failure: unreachable(&text) }
        };
        let mut answer = answer.map_err(|error| none(&error))?;
        let status = answer.status().as_u16();
        let mut body = Vec::new();
        let mut reader = answer.body_mut().with_config().limit(u64::MAX).reader().take(ANSWER_LIMIT + 1);
        let read = reader.read_to_end(&mut body);
        read.map_err(|error| none(&ureq::Error::Io(error)))?;
        if body.len() as u64 > ANSWER_LIMIT {
            return Err(NoAnswer { may_be_done: true, failure: too_large() });
        }
        Ok(HttpAnswer { status, body })
    }
}

impl NoAnswer {
    fn before(text: &str) -> Self {
        Self { may_be_done: false, failure: EngineFailure::new(FailureKind::Internal, text) }
    }
}

/// Returns false for errors before anything was sent.
fn may_be_done(error: &ureq::Error) -> bool {
    use ureq::Error::{
        BadUri, ConnectProxyFailed, ConnectionFailed, HostNotFound, InvalidProxyUrl, Pem, Rustls, Tls,
    };
    let is_early = |error: &io::Error| {
        matches!(
            error.kind(),
            ErrorKind::ConnectionRefused | ErrorKind::HostUnreachable | ErrorKind::NetworkUnreachable
        )
    };
    match error {
        HostNotFound
        | ConnectionFailed
        | BadUri(_)
        | InvalidProxyUrl
        | ConnectProxyFailed(_)
        | Pem(_)
        | Tls(_) => false,
        // during the handshake, or by a server that breaks TLS later
        Rustls(rustls::Error::InvalidCertificate(_)) => false,
        ureq::Error::Timeout(Timeout::Resolve | Timeout::Connect) => false,
        ureq::Error::Io(error) => !is_early(error),
        _ => true,
    }
}

fn certificates(pem: &[u8]) -> Result<Vec<Certificate<'static>>, EngineFailure> {
    let unusable =
        || EngineFailure::new(FailureKind::Refused, "BAO_CACERT has no certificate that can be used");
    let mut found = Vec::new();
    for item in parse_pem(pem) {
        if let PemItem::Certificate(certificate) = item.map_err(|_| unusable())? {
            found.push(certificate);
        }
    }
    if found.is_empty() { Err(unusable()) } else { Ok(found) }
}

/// Makes the failure for a server without an answer.
pub fn unreachable(text: &str) -> EngineFailure {
    EngineFailure::new(FailureKind::Unreachable, text)
}

/// Makes the failure for an object that nobody takes.
pub fn too_large() -> EngineFailure {
    EngineFailure::new(FailureKind::Refused, "the object is larger than 256 MiB")
}
