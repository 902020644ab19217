//! Words of a shell, for commands that the operator pastes.

use std::path::Path;

/// Returns a text as one word of the shell: as it is, or in quotes.
pub fn quoted(word: &str) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "/._-+=:@%,".contains(c);
    let is_word = !word.is_empty() && word.chars().all(is_plain);
    if is_word { word.to_owned() } else { format!("'{}'", word.replace('\'', r"'\''")) }
}

/// Returns a path as one word of the shell. The word is no option, whatever the path begins with.
pub fn path(path: &Path) -> String {
    let text = path.display().to_string();
    if text.starts_with('-') { quoted(&format!("./{text}")) } else { quoted(&text) }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::{path, quoted};

    #[test]
    fn paths_are_words_of_the_shell() {
        assert_eq!(quoted("/usr/local/bin/credctl"), "/usr/local/bin/credctl");
        assert_eq!(quoted("/home/o'neil/my bin/credctl"), r"'/home/o'\''neil/my bin/credctl'");
        assert_eq!(quoted(""), "''");
        assert_eq!(path(Path::new("-rf")), "./-rf");
        assert_eq!(path(Path::new("a b")), "'a b'");
    }
}
