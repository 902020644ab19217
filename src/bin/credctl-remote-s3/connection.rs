//! The connections of the store: one request at a time, by blocking calls. Every end of a request goes into the log.
//!
//! A request that only reads is repeated when the server has no time for it. A request that writes is never
//! repeated: its answer may be lost, and then the second one would be refused because of the first one.

use std::future::Future;
use std::io::{self, Read};
use std::pin::Pin;
use std::sync::Arc;
use std::thread::sleep;
use std::time::Duration;

use credctl::remote::{EngineFailure, FailureKind};
use http_body_util::BodyExt as _;
use object_store::client::{
    ClientConfigKey, HttpClient, HttpConnector, HttpError, HttpErrorKind, HttpRequest, HttpResponse,
    HttpService,
};
use object_store::{ClientOptions, RetryConfig};
use ureq::http::{Method, Request, Response, header};
use ureq::tls::{Certificate, PemItem, RootCerts, TlsConfig, parse_pem};
use ureq::{Agent, Body, SendBody};

use super::answer::{never_sent, reason, received};
use super::exchange::{Exchange, ExchangeLog, ExchangeResult};

/// The time for a connection, names and TLS included. A server that is not there must be told soon.
const CONNECT: Duration = Duration::from_secs(5);
/// The same for addresses of this machine and its own network, which answer at once or never.
const CONNECT_HERE: Duration = Duration::from_secs(1);
/// The time without any byte, after which an answer is lost.
const SILENCE: Duration = Duration::from_secs(30);
/// The age of a connection that is used once more; servers close those that wait.
const IDLE: Duration = Duration::from_secs(4);
/// The pauses before a request that reads is repeated.
const PAUSES: [Duration; 2] = [Duration::from_millis(200), Duration::from_millis(600)];

/// Returns the settings that keep the crate from repeating requests.
pub fn no_retries() -> RetryConfig {
    RetryConfig { max_retries: 0, ..RetryConfig::default() }
}

/// Makes the connections of a store.
#[derive(Debug)]
pub struct StorageConnector {
    agent: Agent,
    log: ExchangeLog,
}

impl StorageConnector {
    /// Makes a connector. `certificates` are trusted in the place of those of the system.
    ///
    /// # Errors
    ///
    /// If there is no certificate among them.
    pub fn new(log: ExchangeLog, certificates: Option<&[u8]>) -> Result<Self, EngineFailure> {
        let roots = match certificates {
            None => RootCerts::PlatformVerifier,
            Some(pem) => {
                let items: Vec<Certificate<'static>> = parse_pem(pem)
                    .filter_map(|item| match item {
                        Ok(PemItem::Certificate(certificate)) => Some(certificate),
                        _ => None,
                    })
                    .collect();
                if items.is_empty() {
                    let text = "the file in AWS_CA_BUNDLE has no certificate";
                    return Err(EngineFailure::new(FailureKind::Refused, text));
                }
                RootCerts::new_with_certs(&items)
            }
        };
        let tls = TlsConfig::builder()
            .root_certs(roots)
            .unversioned_rustls_crypto_provider(Arc::new(rustls::crypto::ring::default_provider()))
            .build();
        let agent = Agent::config_builder()
            .tls_config(tls)
            .http_status_as_error(false)
            // a signature is valid for one address
            .max_redirects(0)
            .max_redirects_will_error(false)
            .max_idle_age(IDLE)
            .user_agent(concat!("credctl-remote-s3/", env!("CARGO_PKG_VERSION")))
            .accept("")
            .timeout_resolve(Some(CONNECT))
            .timeout_connect(Some(CONNECT))
            .timeout_recv_response(Some(SILENCE))
            .timeout_per_read(Some(SILENCE))
            .timeout_per_write(Some(SILENCE))
            .build()
            .new_agent();
        Ok(Self { agent, log })
    }
}

impl HttpConnector for StorageConnector {
    fn connect(&self, options: &ClientOptions) -> object_store::Result<HttpClient> {
        Ok(HttpClient::new(StorageConnection {
            agent: self.agent.clone(),
            log: self.log.clone(),
            number: self.log.connect(),
            may_be_plain: options.get_config_value(&ClientConfigKey::AllowHttp).as_deref() == Some("true"),
        }))
    }
}

/// A connection to the storage, or to a server that gives credentials.
#[derive(Debug)]
struct StorageConnection {
    agent: Agent,
    log: ExchangeLog,
    number: usize,
    may_be_plain: bool,
}

impl HttpService for StorageConnection {
    fn call<'s, 'f>(
        &'s self,
        request: HttpRequest,
    ) -> Pin<Box<dyn Future<Output = Result<HttpResponse, HttpError>> + Send + 'f>>
    where
        's: 'f,
        Self: 'f,
    {
        Box::pin(async move {
            let (parts, body) = request.into_parts();
            let body = body.collect().await?.to_bytes();
            self.exchange(&Request::from_parts(parts, ()), &body)
        })
    }
}

impl StorageConnection {
    /// Sends a request, up to three times if it only reads.
    fn exchange(&self, request: &Request<()>, body: &[u8]) -> Result<HttpResponse, HttpError> {
        let host = request.uri().host().unwrap_or_default().to_owned();
        let mut pauses = PAUSES.iter();
        loop {
            let (result, response) = self.attempt(&host, request, body);
            if is_passing(&result)
                && matches!(*request.method(), Method::GET | Method::HEAD)
                && let Some(pause) = pauses.next()
            {
                sleep(*pause);
                continue;
            }
            let is_put = request.method() == Method::PUT;
            self.log.note(Exchange { connection: self.number, host, result }, is_put);
            // the log has the reason
            return response
                .ok_or_else(|| HttpError::new(HttpErrorKind::Unknown, io::Error::other("no answer")));
        }
    }

    /// Sends a request once.
    fn attempt(
        &self,
        host: &str,
        request: &Request<()>,
        body: &[u8],
    ) -> (ExchangeResult, Option<HttpResponse>) {
        if request.uri().scheme_str() != Some("https") && !self.may_be_plain && !is_here(host) {
            return (ExchangeResult::Plain, None);
        }
        let mut taken = Counted { bytes: body, taken: 0 };
        let sent = self.send(host, request, &mut taken);
        let is_sent = taken.taken == body.len();
        match sent.and_then(|response| received(request, response)) {
            Ok((result, response)) => (result, Some(response)),
            Err(ureq::Error::BodyExceedsLimit(_)) => (ExchangeResult::TooLarge, None),
            Err(error) => match never_sent(&error) {
                Some(reason) => (ExchangeResult::NotSent(reason), None),
                None if is_sent => (ExchangeResult::Lost(reason(&error)), None),
                None => (ExchangeResult::NotSent(reason(&error)), None),
            },
        }
    }

    fn send(
        &self,
        host: &str,
        request: &Request<()>,
        body: &mut Counted<'_>,
    ) -> Result<Response<Body>, ureq::Error> {
        let has_body = matches!(*request.method(), Method::PUT | Method::POST);
        let mut sent = Request::builder().method(request.method()).uri(request.uri());
        if let Some(headers) = sent.headers_mut() {
            headers.clone_from(request.headers());
            // signed as a header, and sent by the client
            headers.remove(header::HOST);
            if has_body {
                headers.insert(header::CONTENT_LENGTH, body.bytes.len().into());
            }
        }
        let connect = if host.starts_with("169.254.") { CONNECT_HERE } else { CONNECT };
        if has_body {
            let sent = sent.body(SendBody::from_reader(body))?;
            self.agent.run(self.agent.configure_request(sent).timeout_connect(Some(connect)).build())
        } else {
            let sent = sent.body(())?;
            self.agent.run(self.agent.configure_request(sent).timeout_connect(Some(connect)).build())
        }
    }
}

/// A body that notes how much of it was taken. If some is left, the server never had the whole request.
struct Counted<'a> {
    bytes: &'a [u8],
    taken: usize,
}

impl Read for Counted<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = (&self.bytes[self.taken..]).read(buffer)?;
        self.taken += count;
        Ok(count)
    }
}

/// Returns true for an end that another attempt may change.
fn is_passing(result: &ExchangeResult) -> bool {
    match result {
        ExchangeResult::Answered { status, .. } => matches!(status, 429 | 500 | 502 | 503 | 504),
        ExchangeResult::Lost(_) => true,
        _ => false,
    }
}

/// Returns true for the addresses of this machine, which need no encryption.
fn is_here(host: &str) -> bool {
    let host = host.trim_start_matches('[').trim_end_matches(']');
    host.eq_ignore_ascii_case("localhost")
        || host.parse::<std::net::IpAddr>().is_ok_and(|address| address.is_loopback())
}
