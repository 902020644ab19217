//! Text through every rule of the catalogue, and through what tells facts of it: no panic, and what a
//! rule makes of a text is as it wants it.
#![no_main]

use credctl::base64;
use credctl::kind::rule::{Fact, NAMED, account, certificate, cloud, kubeconfig, private_key};
use credctl::secret::Secret;
use libfuzzer_sys::fuzz_target;

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
    for rule in NAMED {
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
