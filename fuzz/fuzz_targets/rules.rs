//! Text through every rule of the catalogue, and through what tells facts of it: no panic, and what a
//! rule makes of a text is as it wants it.
#![no_main]

use credctl::base64;
use credctl::kind::rule::{Fact, Rule};
use credctl::kind::rule::{
    account, certificate, cloud, encoding, kubeconfig, network, otp, private_key, subject, text, time,
};
use credctl::secret::Secret;
use libfuzzer_sys::fuzz_target;

const RULES: &[&Rule] = &[
    &account::EMAIL,
    &account::PHC,
    &certificate::PEM_CERTIFICATES,
    &certificate::ENCODED_CERTIFICATES,
    &cloud::TENANT,
    &cloud::ACCESS_KEY_ID,
    &cloud::AWS_SECRET,
    &cloud::GCP_KEY,
    &encoding::BASE64,
    &encoding::BASE64_NONEMPTY,
    &encoding::BOOLEAN_BASE64,
    &encoding::UUID,
    &encoding::UUID4,
    &kubeconfig::ENCODED_KUBECONFIG,
    &network::THUMBPRINT,
    &network::GMSA,
    &network::IP_RANGE,
    &network::REFERENCE,
    &otp::TOTP,
    &otp::HOTP,
    &private_key::PEM_PRIVATE_KEY,
    &private_key::ENCODED_PRIVATE_KEY,
    &text::NONEMPTY,
    &text::ID,
    &text::NAME,
    &text::PROJECT,
    &text::LINE,
    &text::TEXT,
    &text::SNMP,
    &subject::CN,
    &time::TIMESTAMP,
];

const FACTS: &[fn(&str) -> Vec<Fact>] = &[
    certificate::facts,
    certificate::encoded_facts,
    cloud::service_account_facts,
    kubeconfig::facts,
    private_key::facts,
    private_key::encoded_facts,
];

fuzz_target!(|text: &str| {
    judge(text);
    // the rules for base64 see the text itself too
    judge(base64::encode(text.as_bytes()).expose());
});

fn judge(text: &str) {
    for rule in RULES {
        let Ok(accepted) = (rule.check)(text) else { continue };
        let Some(normalised) = accepted.normalised else { continue };
        let again = (rule.check)(normalised.expose()).unwrap_or_else(|_| panic!("{}", rule.expects));
        assert!(again.normalised.is_none_or(|twice| twice == normalised), "{}", rule.expects);
    }
    for facts in FACTS {
        drop(facts(text));
    }
    if let Ok(instant) = credctl::time::parse(text) {
        assert_eq!(credctl::time::parse(&credctl::time::format(instant)).ok(), Some(instant));
    }
    let _ = account::PasswordPolicy::default().violations(&Secret::from(text));
}
