//! Addresses of sites: how they are read and written.

use std::fmt::Write as _;

use percent_encoding::{AsciiSet, CONTROLS, percent_decode_str, utf8_percent_encode};
use url::{Host, Url};

use super::place::{Site, default_port};

/// The characters that a path in an address holds only in percent encoding.
const PATH: &AsciiSet =
    &CONTROLS.add(b' ').add(b'"').add(b'#').add(b'<').add(b'>').add(b'?').add(b'`').add(b'%');

impl Site {
    /// Reads `protocol://user@host:port/path`, or the same without a protocol. Returns `None` if the text names
    /// no host, or could be read in more than one way.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (protocol, rest) = match text.split_once("://") {
            Some((protocol, rest)) => (Some(self::protocol(protocol)?), rest),
            None => (None, text.strip_prefix("//").unwrap_or(text)),
        };
        // URL parsers disagree about these
        if rest.contains(|c: char| c.is_control() || c.is_whitespace() || c == '\\') {
            return None;
        }
        // a protocol that the parser does not know: it keeps ports and paths as they are written
        let url = Url::parse(&format!("site://{rest}")).ok()?;
        let path = percent_decode_str(url.path()).decode_utf8().ok()?;
        let path = path.trim_matches('/').to_owned();
        let host = url.host_str().unwrap_or_default();
        // an address without a host is that of a file, such as `cert:///key.pem`
        let is_file = host.is_empty() && protocol.as_deref() == Some("cert") && !path.is_empty();
        let host = if is_file { String::new() } else { self::host(host)? };
        let username = percent_decode_str(url.username()).decode_utf8().ok()?;
        let username = (!username.is_empty()).then(|| username.into_owned());
        Some(Self { protocol, host, port: url.port(), path, username })
    }

    /// Reads an address from the parts that git passes on, which are decoded already.
    #[must_use]
    pub fn of_parts(protocol: &str, host: &str, path: &str, username: Option<String>) -> Option<Self> {
        // a decoded part may hold a character that would split the address at another place
        if host.contains(['/', '@', '?', '#', '%']) {
            return None;
        }
        let path = path.trim_matches('/');
        let address =
            if host.is_empty() { format!("{protocol}:///{path}") } else { format!("{protocol}://{host}") };
        let site = Self::parse(&address)?;
        Some(Self { path: path.to_owned(), username, ..site })
    }

    /// Returns the address as a URL, without the user.
    #[must_use]
    pub fn url(&self) -> String {
        let mut url = self.protocol.as_ref().map(|protocol| format!("{protocol}://")).unwrap_or_default();
        url.push_str(&self.place());
        if !self.path.is_empty() {
            url.push('/');
            url.extend(utf8_percent_encode(&self.path, PATH));
        }
        url
    }

    /// Returns the host, with the port if one is given.
    #[must_use]
    pub fn place(&self) -> String {
        let mut place = self.host.clone();
        if let Some(port) = self.port {
            let _ = write!(place, ":{port}");
        }
        place
    }

    /// Returns the host, with the port if it is not the usual one of the protocol.
    #[must_use]
    pub fn authority(&self) -> String {
        if self.names_port() { self.place() } else { self.host.clone() }
    }

    /// Returns true if the address has a port that is not that of its protocol, by default `https`.
    #[must_use]
    pub fn names_port(&self) -> bool {
        let usual = default_port(self.protocol.as_deref().unwrap_or("https"));
        self.port.is_some_and(|port| usual != Some(port))
    }
}

fn protocol(text: &str) -> Option<String> {
    let is_protocol = text.starts_with(|c: char| c.is_ascii_alphabetic())
        && text.chars().all(|c| c.is_ascii_alphanumeric() || "+.-".contains(c));
    is_protocol.then(|| text.to_ascii_lowercase())
}

/// Returns a host in the form in which it is looked up: letters of other alphabets in ASCII.
fn host(text: &str) -> Option<String> {
    if text.is_empty() {
        return None;
    }
    Some(Host::parse(text).ok()?.to_string())
}

#[cfg(test)]
mod tests {
    use crate::site::{Fit, Site};

    fn fit(own: &str, asked: &str) -> Option<Fit> {
        Site::parse(own).unwrap().fit(&Site::parse(asked).unwrap())
    }

    #[test]
    fn sites_fit_the_addresses_that_they_cover() {
        let fits = |own: &str, asked: &str| match fit(own, asked) {
            Some(Fit::Covers(length)) => Some(length),
            _ => None,
        };
        for (own, asked, expected) in [
            ("https://git.example.org", "https://git.example.org/team/a.git", Some(0)),
            ("https://git.example.org/team/", "https://git.example.org/team/a.git", Some(4)),
            ("https://git.example.org/my%20team", "https://git.example.org/my%20team/a", Some(7)),
            ("https://git.example.org/team", "https://git.example.org/teams/a", None),
            ("git.example.org", "https://git.example.org", Some(0)),
            ("git.example.org", "ssh://git.example.org", Some(0)),
            ("https://Git.Example.org", "HTTPS://git.example.ORG", Some(0)),
            // default ports
            ("https://git.example.org:443", "https://git.example.org", Some(0)),
            ("git.example.org", "https://git.example.org:443", Some(0)),
            ("git.example.org:443", "https://git.example.org", Some(0)),
            ("git.example.org:443", "ssh://git.example.org", None),
            ("https://git.example.org:80", "https://git.example.org", None),
            ("https://git.example.org:8443", "https://git.example.org", None),
            ("https://git.example.org:8443", "https://git.example.org:8443/x", Some(0)),
            // protocols that are not named
            ("git.example.org", "http://git.example.org", None),
            ("git.example.org", "ftp://git.example.org", None),
            ("http://git.example.org", "https://git.example.org", None),
            ("http://git.example.org", "http://git.example.org:80", Some(0)),
            ("smtp://mail.example.org:587", "smtp://mail.example.org:587", Some(0)),
            ("https://git.example.org", "git.example.org", Some(0)),
            ("ssh://git.example.org", "git.example.org", None),
            // other alphabets and addresses
            ("https://bücher.example", "https://xn--bcher-kva.example", Some(0)),
            ("https://BÜCHER.example", "https://b%C3%BCcher.example", Some(0)),
            ("https://[::1]:8080", "https://[0:0::1]:8080", Some(0)),
            ("cert:///home/me/key.pem", "cert:///home/me/key.pem", Some(15)),
        ] {
            assert_eq!(fits(own, asked), expected, "{own} for {asked}");
        }
        // git sends no path unless it is told to
        assert_eq!(fit("https://git.example.org/team", "https://git.example.org"), Some(Fit::Below));
        assert_eq!(fit("https://git.example.org/a", "https://git.example.org/b"), None);
    }

    #[test]
    fn what_could_be_read_in_two_ways_is_no_site() {
        for text in [
            "",
            "https:///p",
            "https://",
            "http :/h",
            "http%20://h",
            "://h",
            "1http://h",
            "https://a b",
            "https://a\\b",
            "https://a\nb",
            "https://a%2Fb",
            "https://a%40b",
            "https://h:99999",
            "https://[::1",
        ] {
            assert_eq!(Site::parse(text), None, "{text:?}");
        }
        for host in ["a/b", "me@b", "a%2fb", "a?b", "a#b", "a b", "a\\b", ""] {
            assert_eq!(Site::of_parts("https", host, "", None), None, "{host:?}");
        }
        for protocol in ["", "http ", "http%20", "a/b"] {
            assert_eq!(Site::of_parts(protocol, "h", "", None), None, "{protocol:?}");
        }
    }

    #[test]
    fn an_address_is_written_as_it_is_read() {
        for text in [
            "https://git.example.org:8443/my%20team/a%25b.git",
            "https://xn--bcher-kva.example",
            "registry.example:5000",
            "https://[::1]:8080/a",
            "cert:///home/me/key.pem",
        ] {
            let site = Site::parse(text).unwrap();
            assert_eq!(site.url(), text);
            assert_eq!(Site::parse(&site.url()), Some(site));
        }
        let parts = Site::of_parts("https", "h:443", "/a b/100%/", Some("me".to_owned())).unwrap();
        assert_eq!((parts.url().as_str(), parts.path.as_str()), ("https://h:443/a%20b/100%25", "a b/100%"));
        assert_eq!(Site::parse("https://me%40org:x@h/p").unwrap().username.as_deref(), Some("me@org"));
    }
}
