//! The rules for text that a message may repeat. A secret that was given in the place of something else (a
//! path, a number, an id, a reference) must not reach a screen or a log.
//!
//! Every error, notice and message of the command line passes [`message`]. It masks words that look like a
//! secret, and values behind `=` on the command line. It must not be the only guard: code that knows that a
//! text may be a secret must not put that text into a message at all.

use std::borrow::Cow;
use std::ffi::OsString;
use std::path::Path;
use std::sync::OnceLock;

pub use super::secret_word::MASK;
use super::secret_word::{masked, pem};
use super::slip::{Slip, slip, without_slip};

/// The words of the command line, or parts of them, that may be secrets.
static SLIPS: OnceLock<Vec<Slip>> = OnceLock::new();

/// Remembers the arguments of this process, and the values of its variables. Must be called once, before the
/// first message.
pub fn remember(words: &[OsString], variables: &[OsString]) {
    let words = words.iter().skip(1).take_while(|word| *word != "--");
    let slips = words.chain(variables).filter_map(|word| slip(word.to_str()?)).collect();
    // a second call would be a mistake that harms nobody
    let _ = SLIPS.set(slips);
}

/// Returns a message as it may be shown: without anything that may be a secret.
pub fn message(text: &str) -> Cow<'_, str> {
    let mut text = Cow::Borrowed(text);
    for slip in SLIPS.get().into_iter().flatten() {
        text = without_slip(text, slip);
    }
    if let Some(pem) = pem(&text) {
        text = format!("{}{MASK}{}", &text[..pem.start], &text[pem.end..]).into();
    }
    match masked(&text) {
        Some(masked) => masked.into(),
        None => text,
    }
}

/// Returns the path of a secret if a message may repeat it. A word alone may be the secret itself.
pub fn path(path: &Path) -> Option<String> {
    let text = path.display().to_string();
    let is_path = text.contains(['/', '.']) && message(&text) == text;
    is_path.then_some(text)
}

#[cfg(test)]
mod tests {
    use super::{MASK, message, path};

    #[test]
    fn what_looks_like_a_secret_is_masked() {
        for secret in [
            "AGE-SECRET-KEY-1QQPQPQQPQPQQ",
            "age-plugin-tpm-1qqqqqqqq",
            "ghp_16C7e42F292c6912E7710c838347Ae178B4a",
            "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIx",
            "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
            "$argon2id$v=19$m=19456,t=2,p=1$c2FsdA",
            "Tr0ub4dor&3",
            "P@ssw0rd2026",
            "--ghp_16C7e42F292c6912E7710c838347Ae178B4a",
            "dop_v1_0f1e2d3c4b5a69788796a5b4c3d2e1f00f1e2d3c4b5a69788796a5b4c3d2e1f0",
            "SG.abcdefghijklmnop.qrstuvwxyz",
            "x8Kq2ZpL9vTs",
            "0f1e2d3c4b5a69788796a5b4c3d2e1f0",
        ] {
            for text in
                [secret.to_owned(), format!("there is no credential {secret}"), format!("`{secret}`: no")]
            {
                let shown = message(&text);
                assert!(!shown.contains(&secret[..8]) && shown.contains(MASK), "{text} became {shown}");
            }
        }
        let pem = "error: -----BEGIN PRIVATE KEY-----\\nMC4CAQ\\n-----END PRIVATE KEY----- is no id";
        assert_eq!(message(pem), "error: … is no id");
        assert_eq!(message("no -----BEGIN OPENSSH PRIVATE KEY-----\\nb3Blb"), "no …");
        for named in
            ["must be PEM (-----BEGIN CERTIFICATE-----)", "begins with -----BEGIN PRIVATE KEY-----, as"]
        {
            assert_eq!(message(named), named);
        }
        assert_eq!(message("no key file /x/ghp_16C7e42F292c6912E7710c838347Ae178B4a"), "no key file …");
        assert_eq!(message("at https://u:hunter2@h/x now"), "at https://u:…@h/x now");
    }

    #[test]
    fn what_people_need_to_read_stays() {
        for text in [
            "there is no credential db-prod-2024",
            "/tmp/tmp.AbC123xYz9/vault.age does not exist",
            "/home/Ada/.config/credctl/identity.txt: is a directory",
            "the recipients are age1qyqszqgpqyqszqgpqyqszqgpqyqszqgpqyqszqgpqyqszqgpqyqs3290gq",
            "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ1dVh/Z0x9v8Qw7Jk3+m2No1Pq4Rs5Tu6Vw8Xy",
            "known types: UsernamePassword, X509CertificateSubjectName, GroupManagedServiceAccount",
            "6b1551db-b7fa-473d-a05c-43524badb11b was changed meanwhile",
            "name the vault with --vault or CREDCTL_VAULT; FIELD=@FILE, password=env:NAME",
            "id AAABcID5GBc= exists already",
            "base64=@FILE reads it from a file, and deploy@web1 is a user",
            "did you mean secretAccessKey=?",
            "2027-01-31T00:00:00.000001Z, https://example.org/a?b=1",
        ] {
            assert_eq!(message(text), text);
        }
    }

    #[test]
    fn a_word_alone_is_no_path_to_a_secret() {
        let shown = |text: &str| path(text.as_ref());
        assert_eq!(shown("/etc/pass"), Some("/etc/pass".to_owned()));
        assert_eq!(shown("pass.txt"), Some("pass.txt".to_owned()));
        assert_eq!((shown("hunter2"), shown("correct horse battery staple")), (None, None));
    }
}
