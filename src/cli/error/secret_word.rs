//! Words that look like a secret: tokens of services, keys, hashes, and passwords that a person or a generator
//! made.

use std::ops::Range;

/// The mark in the place of a text that is not repeated.
pub const MASK: &str = "…";

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

/// Returns true if a message may repeat a word that was given in the place of a command.
pub fn is_plain(word: &str) -> bool {
    let letters = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
    !word.is_empty() && word.len() <= 40 && word.chars().all(letters) && !is_secret(word)
}

/// Returns the range of a PEM text, or of the beginning of one. A line that only says how PEM begins is none.
pub fn pem(text: &str) -> Option<Range<usize>> {
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

/// Masks every word that looks like a secret. Returns `None` if there is no such word.
pub fn masked(text: &str) -> Option<String> {
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
