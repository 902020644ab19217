//! A drop-in for a unit of systemd, with its credentials: `NAME.service.d/credentials.conf`. The service
//! finds each in a file of its own, `$CREDENTIALS_DIRECTORY/ID.FIELD`.

use std::collections::HashSet;
use std::io::{self, Write};

use super::format::{ExportData, ExportFormat, ExportOptions, ExportReport};
use super::leaves::{Leaf, leaves};
use crate::credential::Credential;

pub(super) const FORMAT: ExportFormat =
    ExportFormat { name: "systemd", summary: "a drop-in of systemd with SetCredential=", write };

/// The most characters of a name, which is also the name of a file.
const LONGEST_NAME: usize = 255;

fn write(
    selection: &ExportData<'_>,
    options: &ExportOptions<'_>,
    report: &mut ExportReport,
    out: &mut dyn Write,
) -> io::Result<()> {
    let (mut taken, mut begin) = (HashSet::new(), "[Service]\n");
    if selection.credentials.is_empty() {
        out.write_all(begin.as_bytes())?;
    }
    for credential in selection.credentials.iter() {
        let credential = credential?;
        match lines(&credential, options.secrets, &mut taken) {
            Ok(lines) => {
                report.dropped(&credential, &[]);
                out.write_all(std::mem::take(&mut begin).as_bytes())?;
                for (name, leaf) in lines {
                    write!(out, "SetCredential={name}:")?;
                    escape(leaf.bytes(), out)?;
                    out.write_all(b"\n")?;
                }
            }
            Err(why) => report.fail(&credential, why),
        }
    }
    Ok(())
}

/// Returns the values of a credential, each with its name.
fn lines(
    credential: &Credential,
    secrets: bool,
    taken: &mut HashSet<String>,
) -> Result<Vec<(String, Leaf)>, String> {
    // apart from `taken` until all is well: a credential that fails takes no name
    let (mut own, mut lines) = (HashSet::new(), Vec::new());
    for leaf in leaves(credential, secrets)? {
        let name = name(&format!("{}.{}", credential.id(), leaf.name()));
        if name.len() > LONGEST_NAME {
            return Err(format!("{} would have a name of more than {LONGEST_NAME} characters", leaf.path));
        }
        if taken.contains(&name) || !own.insert(name.clone()) {
            return Err(format!("{} would be {name}, which is another credential already", leaf.path));
        }
        lines.push((name, leaf));
    }
    taken.extend(own);
    Ok(lines)
}

/// Turns a text into the name of a credential of systemd: no colon, no slash, nothing that systemd expands.
fn name(text: &str) -> String {
    let fold = |c: char| if c.is_ascii_alphanumeric() || "._-@+".contains(c) { c } else { '_' };
    text.chars().map(fold).collect()
}

/// Writes bytes, with escapes like those of C for every byte that could mean something to the reader of the
/// file.
fn escape(bytes: &[u8], out: &mut dyn Write) -> io::Result<()> {
    let is_plain = |byte: &u8| byte.is_ascii_alphanumeric() || b"-_./+=:,@~^*()[]{}<>|&!?".contains(byte);
    let mut rest = bytes;
    while let Some(at) = rest.iter().position(|byte| !is_plain(byte)) {
        out.write_all(&rest[..at])?;
        match rest[at] {
            b'\n' => out.write_all(b"\\n")?,
            b'\t' => out.write_all(b"\\t")?,
            b'\\' => out.write_all(b"\\\\")?,
            // also `%`, which begins a specifier, and every byte that is no ASCII
            byte => write!(out, "\\x{byte:02x}")?,
        }
        rest = &rest[at + 1..];
    }
    out.write_all(rest)
}

#[cfg(test)]
mod tests {
    use super::super::tests::{failures_of, text_of};

    #[test]
    fn every_byte_that_could_mean_something_is_escaped() {
        let login = r#"{"type":"login","id":"a/b:c%h","username":"u v","password":" é%\n\t\\\"'#;$x "}"#;
        assert_eq!(
            text_of("systemd", &[login]),
            "[Service]\nSetCredential=a_b_c_h.username:u\\x20v\n\
             SetCredential=a_b_c_h.password:\\x20\\xc3\\xa9\\x25\\n\\t\\\\\\x22\\x27\\x23\\x3b\\x24x\\x20\n"
        );
        let binary = r#"{"type":"generic","id":"b","keyStore":{"k":"AP8="}}"#;
        assert_eq!(text_of("systemd", &[binary]), "[Service]\nSetCredential=b.k:\\x00\\xff\n");
    }

    #[test]
    fn names_that_become_the_same_fail() {
        let one = r#"{"type":"Simple","id":"a:b","value":"v"}"#;
        let other = r#"{"type":"Simple","id":"a/b","value":"v"}"#;
        assert_eq!(failures_of("systemd", &[one, other]), ["a/b"]);
    }
}
