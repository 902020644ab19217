//! Words of a shell, for commands that the operator pastes.

use std::ffi::OsString;
use std::os::unix::ffi::OsStrExt as _;
use std::path::{Path, PathBuf};

/// Returns a text as one word of the shell: as it is, or in quotes.
pub fn quoted(word: &str) -> String {
    bytes(word.as_bytes())
}

/// Returns a path as one word of the shell. The word is no option, whatever the path begins with.
pub fn path(path: &Path) -> String {
    let name = path.as_os_str().as_bytes();
    if name.starts_with(b"-") { bytes(&[b"./", name].concat()) } else { bytes(name) }
}

/// Returns the path of a file that is not there yet, for a file that is to be moved out of the way.
pub fn free(path: &Path, why: &str) -> PathBuf {
    let named = |number: usize| {
        let mut name = OsString::from(path);
        name.push(format!(".{why}"));
        if number > 1 {
            name.push(format!("-{number}"));
        }
        PathBuf::from(name)
    };
    let mut number = 1;
    while named(number).symlink_metadata().is_ok() {
        number += 1;
    }
    named(number)
}

fn bytes(word: &[u8]) -> String {
    let is_plain = |byte: &u8| byte.is_ascii_alphanumeric() || b"/._-+=:@%,".contains(byte);
    match std::str::from_utf8(word) {
        Ok(text) if !text.is_empty() && word.iter().all(is_plain) => text.to_owned(),
        Ok(text) if !text.contains(char::is_control) => format!("'{}'", text.replace('\'', r"'\''")),
        // what a terminal shows of them is another word
        _ => {
            let escaped = word.iter().map(|byte| match byte {
                b'\'' | b'\\' => format!("\\{}", char::from(*byte)),
                b' '..=b'~' => char::from(*byte).to_string(),
                byte => format!("\\x{byte:02x}"),
            });
            format!("$'{}'", escaped.collect::<String>())
        }
    }
}

#[cfg(test)]
mod tests {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt as _;
    use std::path::Path;

    use super::{free, path, quoted};

    #[test]
    fn paths_are_words_of_the_shell() {
        assert_eq!(quoted("/usr/local/bin/credctl"), "/usr/local/bin/credctl");
        assert_eq!(quoted("/home/o'neil/my bin/credctl"), r"'/home/o'\''neil/my bin/credctl'");
        assert_eq!(quoted(""), "''");
        assert_eq!(path(Path::new("-rf")), "./-rf");
        assert_eq!(path(Path::new("a b")), "'a b'");
        assert_eq!(path(Path::new("a\nb'c")), r"$'a\x0ab\'c'");
        assert_eq!(path(Path::new(OsStr::from_bytes(b"a\xff"))), r"$'a\xff'");
    }

    #[test]
    fn a_file_is_moved_to_a_name_that_is_free() {
        let folder = tempfile::tempdir().unwrap();
        let vault = folder.path().join("v.age");
        assert_eq!(free(&vault, "old"), folder.path().join("v.age.old"));
        std::os::unix::fs::symlink("nowhere", folder.path().join("v.age.old")).unwrap();
        assert_eq!(free(&vault, "old"), folder.path().join("v.age.old-2"));
    }
}
