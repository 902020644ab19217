//! The text by which people tell a credential from the others of its type.

use super::head::Head;
use super::whole::Credential;
use crate::kind::Headline;

impl Credential {
    /// Returns the headline: a user name, a key id, the subject of a certificate. It is never a secret.
    /// Returns `None` if the type has no headline, or if it is not set.
    #[must_use]
    pub fn headline(&self) -> Option<String> {
        match self.head.kind.headline {
            Headline::Field(paths) => paths.iter().find_map(|path| {
                let (first, rest) = path.split_first()?;
                Some(self.fields.get(first)?.at(rest)?.as_text()?.expose().to_owned())
            }),
            Headline::Fact(name) => {
                self.facts().into_iter().find(|fact| fact.name == name).map(|fact| fact.text)
            }
            Headline::Name | Headline::None(_) => self.head.headline(),
        }
    }
}

impl Head {
    /// Returns the headline of a type whose headline is not among its fields.
    #[must_use]
    pub fn headline(&self) -> Option<String> {
        (self.kind.headline == Headline::Name).then(|| self.envelope.name.clone())
    }
}
