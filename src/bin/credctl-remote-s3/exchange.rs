//! The last exchanges with servers, and the failures that they mean. The texts are made here, of hosts, statuses
//! and codes; those of the crates may have signed addresses in them.

use std::sync::{Arc, Mutex, PoisonError};

use credctl::remote::{EngineFailure, FailureKind};

/// One request and its end.
#[derive(Debug, Clone)]
pub struct Exchange {
    /// The number of the connection that it went over.
    pub connection: usize,
    /// The host of the server.
    pub host: String,
    /// The end of the request.
    pub result: ExchangeResult,
}

/// The end of a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ExchangeResult {
    /// A complete answer, with the code that the server gives for an error.
    Answered {
        /// The status.
        status: u16,
        /// The code, such as `NoSuchBucket`.
        code: Option<String>,
    },
    /// The server never had the whole request, for this reason.
    NotSent(String),
    /// The request was sent, and no complete answer came, for this reason.
    Lost(String),
    /// The answer was too large.
    TooLarge,
    /// The request was not made, because it would not have been encrypted.
    Plain,
}

/// The log of the exchanges of one operation, which all connections share.
#[derive(Debug, Clone, Default)]
pub struct ExchangeLog(Arc<Mutex<LogEntries>>);

#[derive(Debug, Default)]
struct LogEntries {
    connections: usize,
    last: Option<Exchange>,
    put: Option<Exchange>,
}

impl ExchangeLog {
    fn with<T>(&self, act: impl FnOnce(&mut LogEntries) -> T) -> T {
        act(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Returns the number of a new connection.
    pub fn connect(&self) -> usize {
        self.with(|entries| {
            entries.connections += 1;
            entries.connections
        })
    }

    /// Forgets the exchanges, before an operation begins.
    pub fn begin(&self) {
        self.with(|entries| (entries.last, entries.put) = (None, None));
    }

    /// Notes an exchange.
    pub fn note(&self, exchange: Exchange, is_put: bool) {
        self.with(|entries| {
            // the store connects last; the connections before are those of its credentials
            if is_put && exchange.connection == entries.connections {
                entries.put = Some(exchange.clone());
            }
            entries.last = Some(exchange);
        });
    }

    /// Returns the end of the last write into the storage.
    pub fn put(&self) -> Option<ExchangeResult> {
        self.with(|entries| entries.put.as_ref().map(|exchange| exchange.result.clone()))
    }

    /// Returns the status and the code of the last answer of the storage.
    pub fn answer(&self) -> Option<(u16, Option<String>)> {
        self.with(|entries| match &entries.last {
            Some(Exchange { connection, result: ExchangeResult::Answered { status, code }, .. })
                if *connection == entries.connections =>
            {
                Some((*status, code.clone()))
            }
            _ => None,
        })
    }

    /// Returns the failure of a part of a batch whose answer has this status inside.
    pub fn failure_inside(&self, status: u16) -> EngineFailure {
        self.with(|entries| {
            if let Some(last) = &mut entries.last {
                last.result = ExchangeResult::Answered { status, code: None };
            }
        });
        self.failure()
    }

    /// Returns the failure that the last exchange means.
    pub fn failure(&self) -> EngineFailure {
        self.with(|entries| match &entries.last {
            None => EngineFailure::new(
                FailureKind::Denied,
                "the credentials of the storage cannot be read; check its variables and profiles",
            ),
            Some(exchange) if exchange.connection == entries.connections => of_storage(exchange),
            Some(exchange) => of_credentials(exchange),
        })
    }
}

/// Returns the failure for settings that the crate refuses. Its own messages may quote them.
pub fn incomplete(storage: &str, prefix: &str) -> EngineFailure {
    let text = format!("the settings for {storage} are incomplete or wrong; check the variables {prefix}*");
    EngineFailure::new(FailureKind::Refused, &text)
}

/// Codes of the status 400 that are about credentials.
const DENIALS: [&str; 6] = [
    "ExpiredToken",
    "InvalidToken",
    "TokenRefreshRequired",
    "InvalidAccessKeyId",
    "AuthenticationFailed",
    "AuthorizationHeaderMalformed",
];

/// Hosts that give credentials to the machine that they are on.
const ON_THIS_MACHINE: [&str; 2] = ["169.254.", "metadata.google.internal"];

fn of_storage(exchange: &Exchange) -> EngineFailure {
    let Exchange { host, result, .. } = exchange;
    let (kind, text) = match result {
        ExchangeResult::Answered { status, code } => {
            let kind = kind_of(*status, code.as_deref());
            let code = code.as_ref().map(|code| format!("{code}, ")).unwrap_or_default();
            let verb = match kind {
                FailureKind::Denied => "denies access",
                FailureKind::Unreachable => "cannot answer now",
                FailureKind::Unsupported => "gives an answer that the helper does not understand",
                _ if matches!(status, 301 | 302 | 307 | 308) => "has the bucket in another region",
                _ => "refuses",
            };
            (kind, format!("the server `{host}` {verb} ({code}status {status})"))
        }
        ExchangeResult::NotSent(reason) | ExchangeResult::Lost(reason) => {
            (FailureKind::Unreachable, format!("the server `{host}` does not answer: {reason}"))
        }
        ExchangeResult::TooLarge => {
            (FailureKind::Refused, format!("the server `{host}` answers with more than 256 MiB"))
        }
        ExchangeResult::Plain => (
            FailureKind::Refused,
            format!(
                "the server `{host}` has an http:// address; AWS_ALLOW_HTTP=true permits this, and \
                 AZURE_ALLOW_HTTP or GOOGLE_ALLOW_HTTP for the others"
            ),
        ),
    };
    EngineFailure::new(kind, &text)
}

/// Returns the kind of failure that an answer of the storage is.
fn kind_of(status: u16, code: Option<&str>) -> FailureKind {
    match status {
        401 | 403 => FailureKind::Denied,
        400 if code.is_some_and(|code| DENIALS.contains(&code)) => FailureKind::Denied,
        408 | 429 => FailureKind::Unreachable,
        // S3 says so when the content came too slowly
        400 if code == Some("RequestTimeout") => FailureKind::Unreachable,
        ..300 | 501 => FailureKind::Unsupported,
        500.. => FailureKind::Unreachable,
        _ => FailureKind::Refused,
    }
}

fn of_credentials(exchange: &Exchange) -> EngineFailure {
    let Exchange { host, result, .. } = exchange;
    let is_here = ON_THIS_MACHINE.iter().any(|prefix| host.starts_with(prefix));
    let (kind, text) = match result {
        ExchangeResult::Answered { status, .. } if *status < 500 => (
            FailureKind::Denied,
            format!("the server `{host}` gives no credentials for the storage (status {status})"),
        ),
        _ if is_here => (
            FailureKind::Denied,
            "there are no credentials for the storage; set its variables, or use a profile".to_owned(),
        ),
        ExchangeResult::NotSent(reason) | ExchangeResult::Lost(reason) => (
            FailureKind::Unreachable,
            format!("the server `{host}` for credentials does not answer: {reason}"),
        ),
        _ => (FailureKind::Unreachable, format!("the server `{host}` gives no credentials for the storage")),
    };
    EngineFailure::new(kind, &text)
}

#[cfg(test)]
mod tests {
    use credctl::remote::FailureKind;

    use super::{Exchange, ExchangeLog, ExchangeResult};

    fn answered(status: u16, code: &str) -> ExchangeResult {
        ExchangeResult::Answered { status, code: (!code.is_empty()).then(|| code.to_owned()) }
    }

    fn failure_of(connection: usize, host: &str, result: ExchangeResult) -> (FailureKind, String) {
        let log = ExchangeLog::default();
        assert_eq!((log.connect(), log.connect()), (1, 2));
        log.note(Exchange { connection, host: host.to_owned(), result }, false);
        let failure = log.failure();
        (failure.kind, failure.text)
    }

    #[test]
    fn answers_of_the_storage_have_their_kinds() {
        for (status, code, kind) in [
            (403, "AccessDenied", FailureKind::Denied),
            (401, "", FailureKind::Denied),
            (400, "ExpiredToken", FailureKind::Denied),
            (400, "InvalidRequest", FailureKind::Refused),
            (400, "RequestTimeout", FailureKind::Unreachable),
            (404, "NoSuchBucket", FailureKind::Refused),
            (301, "PermanentRedirect", FailureKind::Refused),
            (413, "EntityTooLarge", FailureKind::Refused),
            (429, "", FailureKind::Unreachable),
            (500, "InternalError", FailureKind::Unreachable),
            (501, "NotImplemented", FailureKind::Unsupported),
            (503, "SlowDown", FailureKind::Unreachable),
        ] {
            let (found, text) = failure_of(2, "s3.test", answered(status, code));
            assert_eq!(found, kind, "{status} {code}");
            assert!(text.contains("`s3.test`") && text.contains(code), "{text}");
        }
    }

    #[test]
    fn credentials_that_are_missing_are_no_matter_of_the_network() {
        let away = || ExchangeResult::NotSent("timeout".to_owned());
        for (host, result, kind) in [
            ("169.254.169.254", away(), FailureKind::Denied),
            ("metadata.google.internal", away(), FailureKind::Denied),
            ("sts.test", away(), FailureKind::Unreachable),
            ("sts.test", answered(403, ""), FailureKind::Denied),
            ("sts.test", answered(503, ""), FailureKind::Unreachable),
        ] {
            assert_eq!(failure_of(1, host, result).0, kind, "{host}");
        }
        assert_eq!(ExchangeLog::default().failure().kind, FailureKind::Denied);
    }

    #[test]
    fn only_writes_into_the_storage_are_its_writes() {
        let log = ExchangeLog::default();
        let (credentials, storage) = (log.connect(), log.connect());
        let exchange =
            |connection| Exchange { connection, host: "test".to_owned(), result: answered(200, "") };
        log.note(exchange(credentials), true);
        assert_eq!((log.put(), log.answer()), (None, None));
        log.note(exchange(storage), true);
        assert_eq!((log.put(), log.answer()), (Some(answered(200, "")), Some((200, None))));
        log.begin();
        assert_eq!(log.put(), None);
    }
}
