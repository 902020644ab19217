//! A drop-in for a unit of systemd, with its credentials: `NAME.service.d/credentials.conf`. The service
//! finds each in a file of its own, `$CREDENTIALS_DIRECTORY/ID.FIELD`.

use std::collections::HashSet;

use zeroize::Zeroizing;

use super::format::{ExportData, ExportFormat, ExportOptions, ExportReport};
use super::leaves::leaves;
use crate::credential::Credential;
use crate::secret::Buffer;

pub(super) const FORMAT: ExportFormat =
    ExportFormat { name: "systemd", summary: "a drop-in of systemd with SetCredential=", write };

/// The most characters of a name, which is also the name of a file.
const LONGEST_NAME: usize = 255;

fn write(
    selection: &ExportData<'_>,
    options: &ExportOptions<'_>,
    report: &mut ExportReport,
) -> Zeroizing<Vec<u8>> {
    let mut out = Buffer::with_capacity(4096);
    out.push("[Service]\n");
    let mut taken = HashSet::new();
    for credential in &selection.credentials {
        match lines(credential, options.secrets, &mut taken) {
            Ok(lines) => {
                report.dropped(credential, &[]);
                out.extend(&lines.into_bytes());
            }
            Err(why) => report.fail(credential, why),
        }
    }
    out.into_bytes()
}

fn lines(credential: &Credential, secrets: bool, taken: &mut HashSet<String>) -> Result<Buffer, String> {
    let mut out = Buffer::with_capacity(256);
    // apart from `taken` until all is well: a credential that fails takes no name
    let mut own = HashSet::new();
    for leaf in leaves(credential, secrets)? {
        let name = name(&format!("{}.{}", credential.id(), leaf.name()));
        if name.len() > LONGEST_NAME {
            return Err(format!("{} would have a name of more than {LONGEST_NAME} characters", leaf.path));
        }
        if taken.contains(&name) || !own.insert(name.clone()) {
            return Err(format!("{} would be {name}, which is another credential already", leaf.path));
        }
        out.push(&format!("SetCredential={name}:"));
        escape(&leaf.bytes, &mut out);
        out.push("\n");
    }
    taken.extend(own);
    Ok(out)
}

/// Turns a text into the name of a credential of systemd: no colon, no slash, nothing that systemd expands.
fn name(text: &str) -> String {
    let fold = |c: char| if c.is_ascii_alphanumeric() || "._-@+".contains(c) { c } else { '_' };
    text.chars().map(fold).collect()
}

/// Writes bytes, with escapes like those of C for every byte that could mean something to the reader of the
/// file.
fn escape(bytes: &[u8], out: &mut Buffer) {
    const HEX: [char; 16] = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'];
    for &byte in bytes {
        match byte {
            b'\n' => out.push("\\n"),
            b'\t' => out.push("\\t"),
            b'\\' => out.push("\\\\"),
            byte if byte.is_ascii_alphanumeric() || b"-_./+=:,@~^*()[]{}<>|&!?".contains(&byte) => {
                out.push_char(char::from(byte));
            }
            // also `%`, which begins a specifier, and every byte that is no ASCII
            byte => {
                out.push("\\x");
                out.push_char(HEX[usize::from(byte >> 4)]);
                out.push_char(HEX[usize::from(byte & 15)]);
            }
        }
    }
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
