//! The rules that a definition of a type may name.

use super::definition::Rule;
use super::{
    account, certificate, cloud, document, encoding, kubeconfig, network, number, otp, private_key, subject,
    text, time, url, variable,
};

/// Every rule of the catalogue, each under its own name.
pub const NAMED: &[&Rule] = &[
    &text::NONEMPTY,
    &text::ID,
    &text::NAME,
    &text::PROJECT,
    &text::LINE,
    &text::TEXT,
    &text::SNMP,
    &text::FILE_NAME,
    &encoding::BASE64,
    &encoding::BASE64_NONEMPTY,
    &encoding::BOOLEAN_BASE64,
    &encoding::UUID,
    &encoding::UUID4,
    &account::EMAIL,
    &account::PHC,
    &network::THUMBPRINT,
    &network::GMSA,
    &network::IP_RANGE,
    &network::REFERENCE,
    &subject::CN,
    &cloud::TENANT,
    &cloud::ACCESS_KEY_ID,
    &cloud::AWS_SECRET,
    &cloud::GCP_KEY,
    &certificate::PEM_CERTIFICATES,
    &certificate::ENCODED_CERTIFICATES,
    &private_key::PEM_PRIVATE_KEY,
    &private_key::SSH_KEY,
    &private_key::ENCODED_PRIVATE_KEY,
    &kubeconfig::ENCODED_KUBECONFIG,
    &document::JSON,
    &document::FILE,
    &document::URL,
    &document::SECRET_URL,
    &number::NUMBER,
    &url::ADDRESS,
    &variable::VALUE,
    &otp::TOTP,
    &otp::HOTP,
    &time::TIMESTAMP,
];

/// Finds a rule by its name.
#[must_use]
pub fn named(name: &str) -> Option<&'static Rule> {
    NAMED.iter().find(|rule| rule.name == name).copied()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::{NAMED, named};

    #[test]
    fn every_rule_has_a_name_of_its_own() {
        let names: BTreeSet<_> = NAMED.iter().map(|rule| rule.name).collect();
        assert_eq!(names.len(), NAMED.len());
        assert!(NAMED.iter().all(|rule| named(rule.name).is_some_and(|found| found.expects == rule.expects)));
    }
}
