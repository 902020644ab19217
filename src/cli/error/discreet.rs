//! The rules for text that a message may repeat. A secret that was given in the place of something else (a
//! path, a number, an id, a reference) must not reach a screen or a log.
//!
//! Every error, notice and message of the command line passes [`message`]. It masks words that look like a
//! secret, and values behind `=` on the command line. It must not be the only guard: code that knows that a
//! text may be a secret must not put that text into a message at all.

use std::borrow::Cow;
use std::ffi::OsString;
use std::ops::Range;
use std::path::Path;
use std::sync::OnceLock;

/// The mark in the place of a text that is not repeated.
pub const MASK: &str = "…";

/// The words of the command line, or parts of them, that may be secrets.
static SLIPS: OnceLock<Vec<Slip>> = OnceLock::new();

/// The beginnings of tokens that services issue.
const TOKENS: [&str; 34] = [
    "AIza",
    "ATATT",
    "SG.",
    "dapi",
    "dckr_pat_",
    "doo_v1_",
    "dop_v1_",
    "eyJ",
    "figd_",
    "ghp_",
    "gho_",
    "ghr_",
    "ghs_",
    "ghu_",
    "github_pat_",
    "gldt-",
    "glpat-",
    "glrt-",
    "glsa_",
    "hf_",
    "hvb.",
    "hvs.",
    "lin_api_",
    "npm_",
    "pypi-",
    "rk_live_",
    "shpat_",
    "sk-",
    "sk_live_",
    "sk_test_",
    "sntrys_",
    "xapp-",
    "xoxb-",
    "xoxp-",
];
/// The beginnings of SSH public keys in base64.
const SSH_PUBLIC: [&str; 3] = ["AAAAB3NzaC1", "AAAAC3NzaC1", "AAAAE2VjZHNh"];

#[derive(Debug, PartialEq)]
enum Slip {
    /// `NAME=VALUE`: the value may be a secret, whether NAME is known or not.
    Assignment { name: String, value: String },
    /// Several words in one argument: a passphrase, or else a text that no message repeats.
    Phrase(String),
}

/// Remembers the arguments of this process, and the values of its variables. Must be called once, before the
/// first message.
pub fn remember(words: &[OsString], variables: &[OsString]) {
    let words = words.iter().skip(1).take_while(|word| *word != "--");
    let slips = words.chain(variables).filter_map(|word| slip(word.to_str()?)).collect();
    // a second call would be a mistake that harms nobody
    let _ = SLIPS.set(slips);
}

fn slip(word: &str) -> Option<Slip> {
    let word = match word.strip_prefix("--") {
        Some(option) => option.split_once('=')?.1,
        None => word,
    };
    if word.contains(['\'', '"']) {
        // a filter, which is no secret and worth repeating
        return None;
    }
    if word.split_whitespace().count() > 2 {
        return Some(Slip::Phrase(word.to_owned()));
    }
    let (name, value) = word.split_once('=')?;
    // padding, as ids in base64 have it, a source of a value, or a reference
    let harmless = value.trim_matches('=').is_empty()
        || value == "-"
        || value == "generate"
        || value.starts_with('@')
        || value.starts_with("env:")
        || value.split_once('/').is_some_and(|(id, field)| is_plain(id) && is_plain(field));
    (!harmless).then(|| Slip::Assignment { name: name.to_owned(), value: value.to_owned() })
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

/// Returns the range of a PEM text, or of the beginning of one. A line that only says how PEM begins is none.
fn pem(text: &str) -> Option<Range<usize>> {
    let start = text.find("-----BEGIN ")?;
    let (_, content) = text[start + 11..].split_once("-----")?;
    let content = content.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '\\' | 'n' | 'r'));
    let is_base64 = |c: &char| c.is_ascii_alphanumeric() || matches!(c, '+' | '/' | '=');
    if content.chars().take_while(is_base64).count() < 4 && !content.contains("-----END ") {
        return None;
    }
    let end = text.rfind("-----END ").filter(|end| *end > start).map_or(text.len(), |end| {
        text[end + 9..].find("-----").map_or(text.len(), |close| end + 9 + close + 5)
    });
    Some(start..end)
}

/// Returns the path of a secret if a message may repeat it. A word alone may be the secret itself.
pub fn path(path: &Path) -> Option<String> {
    let text = path.display().to_string();
    let is_path = text.contains(['/', '.']) && message(&text) == text;
    is_path.then_some(text)
}

/// Returns true if a message may repeat a word that was given in the place of a command.
pub fn is_plain(word: &str) -> bool {
    let letters = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
    !word.is_empty() && word.len() <= 40 && word.chars().all(letters) && !is_secret(word)
}

fn without_slip<'a>(text: Cow<'a, str>, slip: &Slip) -> Cow<'a, str> {
    match slip {
        Slip::Phrase(phrase) if text.contains(phrase.as_str()) => text.replace(phrase, MASK).into(),
        Slip::Phrase(_) => text,
        Slip::Assignment { name, value } => {
            let whole = format!("{name}={value}");
            let text: Cow<'a, str> = if text.contains(&whole) {
                text.replace(&whole, &format!("{name}={MASK}")).into()
            } else {
                text
            };
            // a short value alone is a common word, or a part of one
            if value.len() >= 6 && text.contains(value.as_str()) { alone(&text, value).into() } else { text }
        }
    }
}

/// Masks a value wherever it is not part of a longer word.
fn alone(text: &str, value: &str) -> String {
    let inside = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let (mut out, mut rest) = (String::with_capacity(text.len()), text);
    while let Some(at) = rest.find(value) {
        let end = at + value.len();
        let is_part = inside(rest[..at].chars().next_back()) || inside(rest[end..].chars().next());
        out.push_str(&rest[..at]);
        out.push_str(if is_part { value } else { MASK });
        rest = &rest[end..];
    }
    out + rest
}

/// Masks every word that looks like a secret. Returns `None` if there is no such word.
fn masked(text: &str) -> Option<String> {
    let separates =
        |c: char| c.is_whitespace() || matches!(c, '`' | '\'' | '"' | ',' | ';' | '(' | ')' | '<' | '>');
    let mut out = String::new();
    let mut copied = 0;
    let mut start = 0;
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        if !separates(c) {
            continue;
        }
        let word = &text[start..at];
        if let Some(shown) = shown(word) {
            out.push_str(&text[copied..start]);
            out.push_str(&shown);
            copied = at;
        }
        start = at + c.len_utf8();
    }
    (copied > 0).then(|| out + &text[copied..])
}

/// Masks the secret in a word. Returns `None` if there is none.
fn shown(word: &str) -> Option<String> {
    let bare = word.trim_end_matches([':', '.', '?']);
    if is_secret(bare) {
        return Some(format!("{MASK}{}", &word[bare.len()..]));
    }
    // https://user:password@host
    let (scheme, rest) = word.split_once("://")?;
    let authority = &rest[..rest.find('/').unwrap_or(rest.len())];
    let (user, host) = authority.rsplit_once('@')?;
    let (name, _) = user.split_once(':')?;
    Some(format!("{scheme}://{name}:{MASK}@{host}{}", &rest[authority.len()..]))
}

fn is_secret(word: &str) -> bool {
    if SSH_PUBLIC.iter().any(|begin| word.starts_with(begin)) {
        return false;
    }
    // a secret that was typed as an option
    let word = word.trim_start_matches('-');
    let upper = word.to_ascii_uppercase();
    if upper.contains("AGE-SECRET-KEY-") || upper.contains("AGE-PLUGIN-") {
        return true;
    }
    let is_token = |word: &str| word.len() >= 12 && TOKENS.iter().any(|begin| word.starts_with(begin));
    if word.split('/').any(is_token) {
        return true;
    }
    // a hash of a password
    if word.len() >= 20 && word.starts_with('$') && word[1..].contains('$') {
        return true;
    }
    let is_path =
        ["/", "./", "../", "~/"].iter().any(|begin| word.starts_with(begin)) || word.contains("://");
    if is_path {
        return word.split('/').any(|part| part.split(['-', '_', '.']).any(is_random));
    }
    // what people choose: letters, digits and a sign that names do not have
    let has = |test: fn(&char) -> bool| word.chars().any(|c| test(&c));
    let signs = |c: &char| matches!(c, '!' | '#' | '$' | '%' | '^' | '&' | '*' | '?' | '+' | '~');
    if word.len() >= 8 && has(char::is_ascii_alphabetic) && has(char::is_ascii_digit) && has(signs) {
        return !word.contains("://");
    }
    // with capitals, small letters and digits, and no host behind the @
    if let Some((_, behind)) = word.split_once('@')
        && !behind.contains('.')
        && !word.contains('=')
        && word.len() >= 8
        && has(char::is_ascii_uppercase)
        && has(char::is_ascii_lowercase)
        && has(char::is_ascii_digit)
    {
        return true;
    }
    let is_hex = word.len() >= 32 && word.chars().all(|c| c.is_ascii_hexdigit());
    is_hex || word.split(['-', '_', '.', ':', '@', '[', ']']).any(is_random)
}

/// Returns true if no person would have made up a name, because capitals, small letters, digits and signs
/// change so often in it.
fn is_random(part: &str) -> bool {
    // ids in base64 end in padding
    let part = part.trim_end_matches('=');
    if part.len() < 12 {
        return false;
    }
    let class = |c: char| match c {
        'a'..='z' => 0_u8,
        'A'..='Z' => 1,
        '0'..='9' => 2,
        _ => 3,
    };
    let classes: Vec<u8> = part.chars().map(class).collect();
    let has = |wanted: u8| classes.contains(&wanted);
    let changes = classes.windows(2).filter(|pair| pair[0] != pair[1]).count();
    has(0) && has(1) && has(2) && changes * 5 >= (classes.len() - 1) * 2
}

#[cfg(test)]
mod tests {
    use super::{MASK, Slip, masked, message, path, slip, without_slip};

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
            assert_eq!(masked(text), None);
        }
    }

    #[test]
    fn what_stands_behind_an_equals_sign_is_not_repeated() {
        let told = |word: &str, text: &str| match slip(word) {
            Some(slip) => without_slip(text.into(), &slip).into_owned(),
            None => text.to_owned(),
        };
        assert_eq!(told("pasword=hunter2", "no credential pasword=hunter2"), "no credential pasword=…");
        assert_eq!(told("--env=T=hunter2", "hunter2 is no reference"), "… is no reference");
        assert_eq!(told("T=secret", "the secrets of secret"), "the secrets of …");
        assert_eq!(told("correct horse battery", "no file correct horse battery"), "no file …");
        for (word, text) in [
            ("AAABcID5GBc=", "no credential AAABcID5GBc="),
            ("--vault=/a/vault.age", "/a/vault.age does not exist"),
            ("X=db/password", "db/password is not set"),
            ("password=-", "password=- reads stdin"),
            ("id eq 'a=b c d'", "id eq 'a=b c d': column 3"),
        ] {
            assert_eq!(told(word, text), text);
        }
        assert!(matches!(slip("a=b"), Some(Slip::Assignment { .. })));
    }

    #[test]
    fn a_word_alone_is_no_path_to_a_secret() {
        let shown = |text: &str| path(text.as_ref());
        assert_eq!(shown("/etc/pass"), Some("/etc/pass".to_owned()));
        assert_eq!(shown("pass.txt"), Some("pass.txt".to_owned()));
        assert_eq!((shown("hunter2"), shown("correct horse battery staple")), (None, None));
    }
}
