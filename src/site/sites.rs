//! The sites that one credential names, taken together. Each address in its field `url` and in the tags `url`,
//! `url-2` and so on names one. The tag `host` adds the other encrypted protocols of that host, but no port and no path that a `url` rules out.

use super::place::{Fit, Site};
use super::tags::is_url;
use crate::credential::Credential;
use crate::kind::URL;
use crate::secret::Secret;
use crate::value::{Object, Value};

/// The sites of one credential.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sites {
    urls: Vec<Site>,
    host: Option<Site>,
}

/// The fit of the sites of a credential, and the paths for which it holds.
pub(super) struct Matched<'a> {
    pub fit: Fit,
    pub paths: Vec<&'a str>,
}

impl Sites {
    /// Reads the sites from the fields and the tags of a credential.
    #[must_use]
    pub fn of(fields: &Object, tags: &Object) -> Self {
        let text = |value: &Value| Site::parse(value.as_text().map(Secret::expose)?);
        let written = fields.get(URL).and_then(Value::as_list).unwrap_or_default();
        let tagged = tags.iter().filter(|(name, _)| is_url(name)).map(|(_, value)| value);
        let urls = written.iter().chain(tagged).filter_map(text);
        Self { urls: urls.collect(), host: tags.get(super::HOST).and_then(text) }
    }

    /// Reads the sites of a credential.
    #[must_use]
    pub fn of_credential(credential: &Credential) -> Self {
        Self::of(credential.fields(), &credential.head().envelope.tags)
    }

    /// Returns each site by itself, that of `host` last.
    pub fn iter(&self) -> impl Iterator<Item = &Site> {
        self.urls.iter().chain(&self.host)
    }

    /// Returns the fit between the credential and the address that asks, or `None` if they do not fit at all.
    #[must_use]
    pub fn fit(&self, asked: &Site) -> Option<Fit> {
        self.matched(asked).map(|matched| matched.fit)
    }

    /// Returns the place that the credential is for: the host, with the port unless it is the usual one.
    #[must_use]
    pub fn place(&self) -> Option<String> {
        match &self.host {
            Some(host) => Some(self.own_port(host).unwrap_or(host).authority()),
            None => self.urls.first().map(Site::authority),
        }
    }

    /// Returns the first `url` on a host, if every `url` on it names a port. A `host` without a port then tells
    /// only half of what is known.
    #[must_use]
    pub fn own_port(&self, host: &Site) -> Option<&Site> {
        let mut urls = self.on(host);
        let first = urls.next()?;
        (first.names_port() && urls.all(Site::names_port)).then_some(first)
    }

    fn on(&self, host: &Site) -> impl Iterator<Item = &Site> {
        self.urls.iter().filter(|url| url.host == host.host)
    }

    pub(super) fn matched(&self, asked: &Site) -> Option<Matched<'_>> {
        let urls = self.urls.iter().filter_map(|url| Some((url.fit(asked)?, url.path.as_str())));
        let best = urls.chain(self.by_host(asked)).max_by_key(|(fit, _)| *fit);
        if let Some((fit, path)) = best {
            return Some(Matched { fit, paths: vec![path] });
        }
        let host = self.host.as_ref()?;
        // no `url` has this path, but the credential is for this host
        let paths: Vec<&str> =
            self.on(host).filter(|url| !url.names_port()).map(|url| url.path.as_str()).collect();
        (!paths.is_empty() && host.fit(asked).is_some()).then_some(Matched { fit: Fit::Host, paths })
    }

    /// Returns the fit of the tag `host`, with the paths of the urls on that host if there are any.
    fn by_host(&self, asked: &Site) -> Option<(Fit, &str)> {
        let host = self.host.as_ref()?;
        let fit = host.fit(asked)?;
        if self.on(host).next().is_none() {
            return Some((fit, &host.path));
        }
        let as_host = |url: &Site| Site { path: url.path.clone(), ..host.clone() };
        // a `url` with a port of its own is for that port alone
        let open = self.on(host).filter(|url| !url.names_port());
        open.filter_map(|url| Some((as_host(url).fit(asked)?, url.path.as_str()))).max_by_key(|(fit, _)| *fit)
    }
}

#[cfg(test)]
mod tests {
    use super::Sites;
    use crate::site::{Fit, Site};
    use crate::value::{Object, Value};

    fn sites(tags: &[(&str, &str)]) -> Sites {
        Sites::of(
            &Object::new(),
            &tags.iter().map(|(name, text)| (*name, Value::text(*text))).collect::<Object>(),
        )
    }

    #[test]
    fn tags_name_sites_together() {
        let covers = |length| Some(Fit::Covers(length));
        let port: &[_] = &[("host", "a.example"), ("url", "https://a.example:8443/x")];
        let path: &[_] = &[("host", "a.example"), ("url", "https://a.example/login")];
        let two: &[_] =
            &[("host", "a.example"), ("url", "https://a.example"), ("url-2", "https://b.example")];
        for (tags, asked, expected) in [
            // a vault of an earlier version has the host without the port of the url
            (port, "https://a.example", None),
            (port, "ssh://a.example", None),
            (port, "https://a.example:8443/x/y", covers(1)),
            (port, "https://a.example:8443/z", None),
            (port, "https://a.example:8443", Some(Fit::Below)),
            (&[("host", "a.example:8443")], "https://a.example", None),
            (&[("host", "a.example:8443")], "https://a.example:8443", covers(0)),
            (path, "https://a.example", Some(Fit::Below)),
            (path, "https://a.example/login/x", covers(5)),
            (path, "https://a.example/team", Some(Fit::Host)),
            (path, "ssh://a.example", Some(Fit::Below)),
            (path, "https://a.example:8443", None),
            (path, "http://a.example", None),
            (two, "https://b.example", covers(0)),
            (two, "ssh://b.example", None),
            (two, "ssh://a.example", covers(0)),
            (&[("host", "b.example"), ("url", "https://a.example:8443")], "https://b.example", covers(0)),
        ] {
            let fit = sites(tags).fit(&Site::parse(asked).unwrap());
            assert_eq!(fit, expected, "{tags:?} for {asked}");
        }
    }

    #[test]
    fn the_place_has_the_port_that_is_known() {
        for (tags, place) in [
            (&[("host", "A.example"), ("url", "https://a.example:8443/x")][..], Some("a.example:8443")),
            (&[("host", "a.example"), ("url", "https://a.example:443")], Some("a.example")),
            (&[("host", "a.example:8443")], Some("a.example:8443")),
            (&[("url", "http://a.example:80/x")], Some("a.example")),
            (&[("host", "b.example"), ("url", "https://a.example:8443")], Some("b.example")),
            (&[("url", "no site")], None),
        ] {
            assert_eq!(sites(tags).place().as_deref(), place, "{tags:?}");
        }
    }
}
