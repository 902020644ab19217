//! Words for credentials that need a new secret, because a recipient that was removed could read the old one.

/// The command that lists these credentials.
pub const LISTING: &str = "credctl list --filter \"rotateRequired eq true\"";

/// Returns the words for so many of them.
pub fn words(count: u64) -> String {
    let (credentials, need) = if count == 1 { ("credential", "needs") } else { ("credentials", "need") };
    format!("{count} {credentials} {need} a new secret, because a removed recipient could read the old one")
}
