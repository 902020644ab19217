//! The server and the token, from the same variables and files as those of the program `bao`.

use std::net::IpAddr;
use std::path::{Path, PathBuf};

use credctl::disk::{FileError, read_named};
use credctl::remote::{EngineFailure, FailureKind};
use credctl::secret::{Secret, without_newline};
use url::{Host, Url};

/// The variable that permits HTTP without TLS to other machines.
const HTTP: &str = "CREDCTL_OPENBAO_HTTP";
/// The most bytes of a file with a token.
const TOKEN_LIMIT: u64 = 64 * 1024;
/// The most bytes of a file with certificates.
const CERTIFICATES_LIMIT: u64 = 4 * 1024 * 1024;

/// The way to a server.
#[derive(Debug)]
pub struct ServerSettings {
    /// The server: scheme, host and port, and a path that does not end in a slash.
    pub url: String,
    /// The host, for messages.
    pub host: String,
    /// True if the server is on this machine.
    pub is_local: bool,
    /// The token.
    pub token: Secret,
    /// The namespace.
    pub namespace: Option<String>,
    /// The certificates of the authorities to trust, as PEM; `None` for those of the system.
    pub authorities: Option<Vec<u8>>,
}

impl ServerSettings {
    /// Reads the settings.
    ///
    /// # Errors
    /// [`FailureKind::Refused`] for a setting that cannot be used; [`FailureKind::Denied`] without a token.
    pub fn read(variable: &dyn Fn(&str) -> Option<Secret>) -> Result<Self, EngineFailure> {
        let either =
            |name: &str| variable(&format!("BAO_{name}")).or_else(|| variable(&format!("VAULT_{name}")));
        let address = either("ADDR").ok_or_else(|| refused("BAO_ADDR is not set"))?;
        let allows_http = variable(HTTP).is_some_and(|value| value.expose() == "1");
        let (url, host, is_local) = server(address.expose(), allows_http)?;
        let path = |name: &str| either(name).map(|path| PathBuf::from(path.expose()));
        let token = match either("TOKEN") {
            Some(token) => token,
            None => {
                let of_user = || Some(PathBuf::from(variable("HOME")?.expose()).join(".vault-token"));
                token_of(path("TOKEN_PATH").or_else(of_user).as_deref())?
            }
        };
        if token.expose().contains(|c: char| !c.is_ascii_graphic()) {
            return Err(denied("the token has a blank, or another character that no token has"));
        }
        let namespace = either("NAMESPACE").map(|name| name.expose().to_owned());
        if namespace.as_ref().is_some_and(|name| name.contains(|c: char| !c.is_ascii_graphic())) {
            return Err(refused("BAO_NAMESPACE has a character that no namespace has"));
        }
        let authorities = path("CACERT").map(|path| certificates(&path)).transpose()?;
        Ok(Self { url, host, is_local, token, namespace, authorities })
    }
}

/// Returns the URL of a server, its host, and true if it is on this machine.
fn server(address: &str, allows_http: bool) -> Result<(String, String, bool), EngineFailure> {
    let url = Url::parse(address).map_err(|_| refused("BAO_ADDR is not a URL"))?;
    let is_local = match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => IpAddr::V4(address).is_loopback(),
        Some(Host::Ipv6(address)) => IpAddr::V6(address).is_loopback(),
        None => return Err(refused("BAO_ADDR has no host")),
    };
    if !url.username().is_empty() || url.password().is_some() {
        return Err(refused("BAO_ADDR has a user name; set the token in BAO_TOKEN"));
    }
    match url.scheme() {
        "https" => {}
        "http" if is_local || allows_http => {}
        "http" => {
            return Err(refused(&format!(
                "BAO_ADDR must be an address of https: with http, others can read the token (set {HTTP}=1 to accept that)"
            )));
        }
        _ => return Err(refused("BAO_ADDR must be an address of https")),
    }
    let host = url.host_str().unwrap_or_default().to_owned();
    let place = url.port().map_or(host.clone(), |port| format!("{host}:{port}"));
    let path = url.path().trim_end_matches('/');
    Ok((format!("{}://{place}{path}", url.scheme()), host, is_local))
}

fn token_of(path: Option<&Path>) -> Result<Secret, EngineFailure> {
    let none = || denied("there is no token: set BAO_TOKEN, or call `bao login`");
    let bytes = match read_named(path.ok_or_else(none)?, TOKEN_LIMIT) {
        Ok(bytes) => without_newline(bytes),
        Err(FileError::NotFound { .. }) => return Err(none()),
        Err(_) => return Err(denied("the file with the token cannot be read")),
    };
    let token = std::str::from_utf8(&bytes).ok().map(str::trim).filter(|token| !token.is_empty());
    token.map(Secret::from).ok_or_else(|| denied("the file with the token has none"))
}

fn certificates(path: &Path) -> Result<Vec<u8>, EngineFailure> {
    let bytes = read_named(path, CERTIFICATES_LIMIT);
    bytes.map(|bytes| bytes.to_vec()).map_err(|error| refused(&format!("BAO_CACERT: {error}")))
}

fn refused(text: &str) -> EngineFailure {
    EngineFailure::new(FailureKind::Refused, text)
}

fn denied(text: &str) -> EngineFailure {
    EngineFailure::new(FailureKind::Denied, text)
}

#[cfg(test)]
mod tests {
    use credctl::remote::FailureKind;
    use credctl::secret::Secret;

    use super::ServerSettings;

    fn read(variables: &[(&str, &str)]) -> Result<ServerSettings, (FailureKind, String)> {
        let variable = |name: &str| {
            let found = variables.iter().find(|(own, _)| *own == name);
            found.map(|(_, value)| Secret::from(*value))
        };
        ServerSettings::read(&variable).map_err(|failure| (failure.kind, failure.text))
    }

    #[test]
    fn variables_of_openbao_come_before_those_of_vault() {
        let settings = read(&[
            ("VAULT_ADDR", "https://vault.example"),
            ("BAO_ADDR", "https://bao.example:8200/base/"),
            ("VAULT_TOKEN", "t.0k3n"),
            ("VAULT_NAMESPACE", "team/a"),
        ])
        .unwrap();
        assert_eq!(settings.url, "https://bao.example:8200/base");
        assert_eq!((settings.host.as_str(), settings.is_local), ("bao.example", false));
        assert_eq!((settings.token.expose(), settings.namespace.as_deref()), ("t.0k3n", Some("team/a")));
        assert!(!format!("{settings:?}").contains("t.0k3n"));
    }

    #[test]
    fn plain_http_is_for_this_machine() {
        for (address, is_fine) in [
            ("http://127.0.0.1:8200", true),
            ("http://localhost:8200", true),
            ("http://[::1]:8200", true),
            ("http://bao.example:8200", false),
            ("http://127.0.0.1.example", false),
            ("http://localhost.example", false),
            ("http://10.0.0.1", false),
            ("ftp://bao.example", false),
            ("unix:///run/bao.sock", false),
            ("bao.example:8200", false),
            ("https://t.0k3n@bao.example", false),
        ] {
            let answer = read(&[("BAO_ADDR", address), ("BAO_TOKEN", "t")]);
            assert_eq!(answer.is_ok(), is_fine, "{address}");
            if let Err((kind, text)) = answer {
                assert_eq!(kind, FailureKind::Refused);
                assert!(!text.contains("t.0k3n"), "{text}");
            }
        }
        let allowed = [("BAO_ADDR", "http://bao.example"), ("BAO_TOKEN", "t"), ("CREDCTL_OPENBAO_HTTP", "1")];
        assert_eq!(read(&allowed).unwrap().url, "http://bao.example");
    }

    #[test]
    fn a_token_comes_from_a_variable_or_a_file() {
        let folder = tempfile::tempdir().unwrap();
        let home = folder.path().to_str().unwrap();
        let address = ("BAO_ADDR", "https://bao.example");
        assert_eq!(read(&[address]).unwrap_err().0, FailureKind::Denied);
        assert_eq!(read(&[address, ("HOME", home)]).unwrap_err().0, FailureKind::Denied);
        let write = |name: &str, text: &str| {
            let path = folder.path().join(name);
            credctl::disk::write_new_private(&path, text.as_bytes()).unwrap();
            path.to_str().unwrap().to_owned()
        };
        write(".vault-token", "of-home\n");
        let (named, wrong) = (write("named", "named"), write("wrong", "t.0k3n\nt.0k3n"));
        let token = |variables: &[(&str, &str)]| {
            let variables = [&[address, ("HOME", home)], variables].concat();
            read(&variables).map(|settings| settings.token.expose().to_owned())
        };
        assert_eq!(token(&[]), Ok("of-home".to_owned()));
        assert_eq!(token(&[("BAO_TOKEN_PATH", &named)]), Ok("named".to_owned()));
        assert_eq!(token(&[("BAO_TOKEN_PATH", &named), ("VAULT_TOKEN", "v")]), Ok("v".to_owned()));
        for variables in [[("BAO_TOKEN_PATH", wrong.as_str())], [("BAO_TOKEN", "t.0k3n x")]] {
            let (kind, text) = token(&variables).unwrap_err();
            assert_eq!(kind, FailureKind::Denied);
            assert!(!text.contains("0k3n"), "{text}");
        }
    }
}
