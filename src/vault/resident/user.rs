//! Users whom password hashes belong to.

use super::document::{MemberReader, Resident, document};
use crate::credential::Violations;
use crate::kind::rule::account::EMAIL;
use crate::kind::rule::encoding::UUID4;
use crate::kind::rule::text::{LINE, NAME};
use crate::value::{Object, Value};
use crate::vault::wire::Section;

/// A user by its id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct User {
    /// The id: a UUID of version 4, in lower case.
    pub id: String,
    /// The one who checks the user's password.
    pub auth_provider: AuthProvider,
    /// E-mail address.
    pub email: String,
    /// First name.
    pub first_name: Option<String>,
    /// Last name.
    pub last_name: Option<String>,
}

impl User {
    /// Returns the first and the last name, as far as they are known.
    #[must_use]
    pub fn full_name(&self) -> Option<String> {
        let names: Vec<&str> =
            [&self.first_name, &self.last_name].into_iter().flatten().map(String::as_str).collect();
        (!names.is_empty()).then(|| names.join(" "))
    }
}

/// The one who checks a user's password.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AuthProvider {
    /// A hash in the vault.
    Local,
    /// A directory.
    Ldap,
    /// The vendor's cloud.
    CloudCentral,
}

impl AuthProvider {
    /// Every provider.
    pub const ALL: [Self; 3] = [Self::Local, Self::Ldap, Self::CloudCentral];

    /// Returns the name of the provider in documents.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Local => "local",
            Self::Ldap => "ldap",
            Self::CloudCentral => "cloud-central",
        }
    }
}

impl Resident for User {
    const SECTION: Section = Section::Users;
    const NAME: &str = "user";

    fn key(&self) -> (&str, &str) {
        (&self.id, "")
    }

    fn document(&self) -> Object {
        document([
            ("id", Some(Value::text(self.id.as_str()))),
            ("authProvider", Some(Value::text(self.auth_provider.name()))),
            ("email", Some(Value::text(self.email.as_str()))),
            ("firstName", self.first_name.as_deref().map(Value::text)),
            ("lastName", self.last_name.as_deref().map(Value::text)),
        ])
    }

    fn read(members: Object) -> Result<Self, Violations> {
        let mut reader = MemberReader::new(members);
        let id = reader.required("id", &UUID4).to_lowercase();
        let name = reader.required("authProvider", &LINE);
        let provider = AuthProvider::ALL.into_iter().find(|provider| provider.name() == name);
        if provider.is_none() && !name.is_empty() {
            reader.wrong("authProvider", "must be local, ldap or cloud-central");
        }
        // the stand-in is never seen: `finish` fails, because something was noted
        let auth_provider = provider.unwrap_or(AuthProvider::Local);
        let email = reader.required("email", &EMAIL);
        let (first_name, last_name) = (reader.text("firstName", &NAME), reader.text("lastName", &NAME));
        reader.finish(Self { id, auth_provider, email, first_name, last_name })
    }
}
