//! All types, and the search for one by its name.

use super::definition::{Kind, Prefixed};
use super::{cloud, connector, keystore, login, network, otp};

/// Every type, in the order in which they are listed.
pub const KINDS: &[Kind] = &[
    login::USERNAME_PASSWORD,
    cloud::AWS,
    cloud::AZURE,
    cloud::GCP,
    cloud::SIMPLE,
    network::X509_CERTIFICATE,
    network::X509_SUBJECT_NAME,
    network::SNMP_COMMUNITY,
    network::GMSA,
    keystore::KEYSTORE,
    keystore::GENERIC,
    keystore::PASSWORD_HASH,
    keystore::APIKEY,
    keystore::KUBECONFIG,
    keystore::CERTIFICATE,
    keystore::PRIVKEY,
    keystore::S3,
    connector::CONNECTOR,
    login::API_CREDENTIAL,
    otp::OTP,
];

/// The types that people look for most often, the most frequent one first.
const FREQUENT: [&Kind; 12] = [
    &login::USERNAME_PASSWORD,
    &keystore::APIKEY,
    &cloud::SIMPLE,
    &keystore::PRIVKEY,
    &keystore::CERTIFICATE,
    &keystore::KUBECONFIG,
    &cloud::AWS,
    &cloud::AZURE,
    &cloud::GCP,
    &keystore::S3,
    &otp::OTP,
    &keystore::GENERIC,
];

/// Returns every type once, the frequent ones first.
pub fn by_frequency() -> impl Iterator<Item = &'static Kind> {
    let is_rare = |kind: &&Kind| !FREQUENT.contains(kind);
    FREQUENT.into_iter().chain(KINDS.iter().filter(is_rare))
}

/// A type that was asked for by name.
#[derive(Debug, Clone)]
pub struct Named {
    /// The type.
    pub kind: &'static Kind,
    /// The part that follows `aspire:` in the name of a connector.
    pub connector_type: Option<String>,
}

/// Finds a type by its name, an alias, or either behind a system's prefix, in any letter case.
#[must_use]
pub fn find(name: &str) -> Option<Named> {
    if let Some(kind) = KINDS.iter().find(|kind| kind.is_called(name)) {
        return Some(Named { kind, connector_type: None });
    }
    let (prefix, rest) = name.split_once(':')?;
    let of_system =
        |kind: &&Kind| kind.systems.iter().any(|system| system.prefix().eq_ignore_ascii_case(prefix));
    let mut of_system = KINDS.iter().filter(of_system);
    let is_named = |kind: &&Kind| kind.is_called(rest) || rest.is_empty() && kind.prefixed == Prefixed::Bare;
    if let Some(kind) = of_system.clone().find(is_named) {
        return Some(Named { kind, connector_type: None });
    }
    let open = of_system.find(|kind| kind.prefixed == Prefixed::Open).filter(|_| !rest.is_empty());
    open.map(|kind| Named { kind, connector_type: Some(rest.to_owned()) })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::{KINDS, by_frequency};
    use crate::kind::entry_name;

    #[test]
    fn every_type_can_be_chosen_once_under_a_title_of_its_own() {
        let names: BTreeSet<_> = by_frequency().map(|kind| kind.name).collect();
        let titles: BTreeSet<_> = by_frequency().map(|kind| kind.title).collect();
        assert_eq!([names.len(), titles.len(), by_frequency().count()], [KINDS.len(); 3]);
    }

    #[test]
    fn a_token_is_a_secret_that_the_type_requires() {
        for kind in KINDS {
            let Some(path) = kind.token else { continue };
            let store = kind.store().map_or(&[][..], |store| store.entries);
            let field = match entry_name(path) {
                Some(entry) => store.iter().find(|field| field.name == entry),
                None => kind.field(path),
            };
            assert!(field.is_some_and(|field| field.is_secret() && kind.needs(field)), "{}", kind.name);
        }
    }
}
