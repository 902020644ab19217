//! The judgement of settings before object_store gets them: it takes some wrong ones for granted, and ends the program.

use credctl::remote::{EngineFailure, FailureKind};
use ureq::http::Uri;

/// The beginnings of the variables that object_store reads.
const PREFIXES: [&str; 3] = ["AWS_", "AZURE_", "GOOGLE_"];

/// Checks that no variable has a character that no header of HTTP can have.
///
/// # Errors
///
/// [`FailureKind::Refused`] with the name of the variable.
pub fn check_variables(variables: impl Iterator<Item = (String, String)>) -> Result<(), EngineFailure> {
    for (name, value) in variables {
        if PREFIXES.iter().any(|prefix| name.starts_with(prefix)) && value.chars().any(char::is_control) {
            let text = format!("the variable {name} has a line break or another control character");
            return Err(EngineFailure::new(FailureKind::Refused, &text));
        }
    }
    Ok(())
}

/// Checks the address of a server: `http://HOST[:PORT][/PATH]` or `https://…`, without a user name.
///
/// # Errors
///
/// [`FailureKind::Refused`], without the address.
pub fn check_endpoint(storage: &str, endpoint: &str) -> Result<(), EngineFailure> {
    let refused = |text: &str| {
        let text = format!("the endpoint for {storage} {text}");
        Err(EngineFailure::new(FailureKind::Refused, &text))
    };
    if endpoint.contains('@') {
        return refused("has a user name; credentials must be in the variables for them");
    }
    let uri = endpoint.parse::<Uri>().ok();
    let is_web = |uri: &Uri| matches!(uri.scheme_str(), Some("http" | "https"));
    let authority = uri.as_ref().filter(|uri| is_web(uri)).and_then(Uri::authority);
    let has_port = |text: &str| text.rsplit(']').next().is_some_and(|end| end.contains(':'));
    match authority {
        Some(authority) if has_port(authority.as_str()) && authority.port_u16().is_none() => {
            refused("has a wrong port")
        }
        Some(authority) if !authority.host().is_empty() => Ok(()),
        _ => refused("must have the form https://HOST or https://HOST:PORT"),
    }
}

#[cfg(test)]
mod tests {
    use super::{check_endpoint, check_variables};

    #[test]
    fn endpoints_are_addresses_of_servers() {
        for right in [
            "https://s3.test",
            "http://127.0.0.1:9000",
            "http://[::1]:9000",
            "https://s3.test/base",
            "http://[::1]",
        ] {
            assert_eq!(check_endpoint("S3", right), Ok(()), "{right}");
        }
        for wrong in [
            "127.0.0.1:5001",
            "localhost:5001",
            "localhost",
            "http://",
            "http://:80",
            "http://[::1",
            "http://a b",
            "https://127.0.0.1:99999",
            "https://h:",
            "ftp://h",
            "https://user:canary@h",
            "",
        ] {
            let failure = check_endpoint("S3", wrong).unwrap_err();
            assert!(failure.text.starts_with("the endpoint for S3 ") && !failure.text.contains("canary"));
        }
    }

    #[test]
    fn variables_have_no_control_characters() {
        let check =
            |name: &str, value: &str| check_variables([(name.to_owned(), value.to_owned())].into_iter());
        assert!(check("AWS_REGION", "eu").is_ok() && check("OTHER", "a\nb").is_ok());
        let failure = check("AWS_SESSION_TOKEN", "canary\n").unwrap_err();
        assert!(failure.text.contains("AWS_SESSION_TOKEN") && !failure.text.contains("canary"));
    }
}
