//! The end of a request: the answer as the store gets it, or the reason why there is none. The texts are made here;
//! those of the server and of the crates go no further.

use std::io::{self, ErrorKind, Read as _};

use credctl::remote::MAX_OBJECT;
use object_store::client::HttpResponse;
use ureq::Body;
use ureq::http::{Method, Request, Response, header};

use super::exchange::ExchangeResult;

/// The bytes of an error that are searched for its code.
const ERROR_BYTES: u64 = 64 * 1024;

/// Reads the whole answer.
///
/// # Errors
///
/// If the answer is cut, or larger than an object.
pub fn received(
    request: &Request<()>,
    response: Response<Body>,
) -> Result<(ExchangeResult, HttpResponse), ureq::Error> {
    let (mut parts, body) = response.into_parts();
    let status = parts.status.as_u16();
    if !parts.status.is_success() {
        let mut text = Vec::new();
        // an error whose text is cut is an error with the same status
        drop(body.into_reader().take(ERROR_BYTES).read_to_end(&mut text));
        let code = error_code(&parts.headers, &text);
        // the crate must not put the text into a message
        let response = Response::from_parts(parts, Vec::new().into());
        return Ok((ExchangeResult::Answered { status, code }, response));
    }
    let content = body.into_with_config().limit(MAX_OBJECT + 1).read_to_vec()?;
    if request.method() != Method::HEAD {
        // some answer in chunks; the crate wants the length
        parts.headers.insert(header::CONTENT_LENGTH, content.len().into());
    }
    Ok((ExchangeResult::Answered { status, code: None }, Response::from_parts(parts, content.into())))
}

/// Returns the code of an error: a header of Azure, or the element of S3 and Google.
fn error_code(headers: &header::HeaderMap, text: &[u8]) -> Option<String> {
    let text = String::from_utf8_lossy(text);
    let of_header = headers.get("x-ms-error-code").and_then(|code| code.to_str().ok());
    let of_text = || text.split_once("<Code>")?.1.split_once("</Code>").map(|(code, _)| code);
    let code = of_header.or_else(of_text)?;
    let is_code = (1..=64).contains(&code.len()) && code.bytes().all(|byte| byte.is_ascii_alphanumeric());
    is_code.then(|| code.to_owned())
}

/// Returns the reason of an error that came before the request could be sent.
pub fn never_sent(error: &ureq::Error) -> Option<String> {
    use ureq::Timeout;
    let reason = match error {
        ureq::Error::HostNotFound => "its name is not known",
        ureq::Error::ConnectionFailed => "there is no connection",
        ureq::Error::Timeout(Timeout::Resolve) => "its name cannot be looked up in time",
        ureq::Error::Timeout(Timeout::Connect) => "no connection in time",
        ureq::Error::ConnectProxyFailed(_) | ureq::Error::InvalidProxyUrl => "the proxy makes no connection",
        ureq::Error::Tls(_) | ureq::Error::Rustls(_) | ureq::Error::TlsRequired => "no encrypted connection",
        ureq::Error::Io(error) => match error.kind() {
            ErrorKind::ConnectionRefused => "the connection is refused",
            ErrorKind::HostUnreachable | ErrorKind::NetworkUnreachable | ErrorKind::AddrNotAvailable => {
                "there is no way to it in the network"
            }
            // data goes out only after the handshake
            ErrorKind::InvalidData if tls_reason(error).is_some() => {
                return tls_reason(error);
            }
            _ => return None,
        },
        _ => return None,
    };
    Some(reason.to_owned())
}

/// Returns the reason why TLS refuses a connection.
fn tls_reason(error: &io::Error) -> Option<String> {
    match error.get_ref()?.downcast_ref::<rustls::Error>()? {
        rustls::Error::InvalidCertificate(reason) => {
            Some(format!("its certificate is not accepted ({reason:?})").chars().take(120).collect())
        }
        _ => Some("no encrypted connection".to_owned()),
    }
}

/// Returns the reason of an error that came when the request may have been sent.
pub fn reason(error: &ureq::Error) -> String {
    match error {
        ureq::Error::Timeout(_) => "no answer in time",
        ureq::Error::Io(error) => match error.kind() {
            ErrorKind::TimedOut | ErrorKind::WouldBlock => "no answer in time",
            _ => "the connection is cut",
        },
        ureq::Error::Protocol(_) | ureq::Error::LargeResponseHeader(..) => "its answer is no HTTP",
        _ => "the connection is cut",
    }
    .to_owned()
}
