//! PEM: the blocks of a text, the bytes inside them, and the form in which every program reads them.
//!
//! Every copy of a block that is made here is wiped, because it may be a private key. This file must not know
//! what the bytes mean.

use std::borrow::Cow;

use zeroize::Zeroizing;

use crate::base64;
use crate::secret::{Buffer, Secret};

const BEGIN: &str = "-----BEGIN ";
const END: &str = "-----END ";
const DASHES: &str = "-----";
/// The label of keys that only OpenSSH reads, and only as OpenSSH writes them.
const OPENSSH: &str = "OPENSSH PRIVATE KEY";
/// Characters of base64 on a line.
const WIDTH: usize = 64;

/// A text taken apart into its PEM blocks.
pub(crate) struct Pem<'a> {
    pub blocks: Vec<Block<'a>>,
    /// The text behind the last block.
    after: &'a str,
    has_mark: bool,
}

/// Takes the end of the line off in which a text begins.
fn behind_line(text: &str) -> &str {
    let text = text.trim_start_matches([' ', '\t']);
    text.strip_prefix("\r\n").or_else(|| text.strip_prefix('\n')).unwrap_or(text)
}

/// A block: the text between a `BEGIN` and an `END`.
pub(crate) struct Block<'a> {
    pub label: &'a str,
    /// The text in front of it, from the block before on.
    pub before: &'a str,
    inner: &'a str,
    /// True if its first and last line are lines of their own.
    pub has_lines: bool,
}

impl<'a> Pem<'a> {
    /// Finds the blocks of a text; any text may be around them.
    ///
    /// # Errors
    /// Fails if a block has no beginning or is cut off, or if its end has another label than its beginning.
    pub fn split(text: &'a str) -> Result<Self, Cow<'static, str>> {
        let bare = text.strip_prefix('\u{feff}');
        let mut rest = bare.unwrap_or(text);
        let mut blocks = Vec::new();
        while let Some((before, behind)) = rest.split_once(BEGIN) {
            let (block, after) =
                Block::read(before, behind).ok_or("must be PEM: a block is damaged or cut off")?;
            blocks.push(block);
            rest = after;
        }
        if blocks.iter().map(|block| block.before).chain([rest]).any(|outside| outside.contains(END)) {
            return Err("must be PEM: a block has no beginning".into());
        }
        Ok(Self { blocks, after: rest, has_mark: bare.is_some() })
    }

    /// Returns the text as other programs read it: without a byte order mark, with blocks on lines of their
    /// own, and with one newline at its end. Returns `None` if the text has this form already.
    pub fn tidied(&self, text: &str) -> Option<Secret> {
        let end = text.trim_end().len();
        // lines end with \r\n if the last line break inside the text does
        let windows = text[..end].rsplit_once('\n').is_some_and(|(lines, _)| lines.ends_with('\r'));
        let newline = if windows && !self.is_openssh() { "\r\n" } else { "\n" };
        let mut out = Buffer::with_capacity(text.len() + text.len() / WIDTH + WIDTH);
        if self.is_straight() {
            if text[end..] == *newline {
                return None;
            }
            out.push(&text[..end]);
            out.push(newline);
        } else {
            for (index, block) in self.blocks.iter().enumerate() {
                let before = if index == 0 { block.before } else { behind_line(block.before) };
                let before = before.trim_end_matches([' ', '\t']);
                // OpenSSH reads a key only if the file begins with it
                if !self.is_openssh() && !before.is_empty() {
                    out.push(before);
                    out.push(if before.ends_with('\n') { "" } else { newline });
                }
                block.write(newline, &mut out);
            }
            let after = behind_line(self.after).trim_end();
            if !self.is_openssh() && !after.is_empty() {
                out.push(after);
                out.push(newline);
            }
        }
        out.into_secret()
    }

    /// Returns true if the text holds anything but blocks.
    pub fn has_text(&self) -> bool {
        self.blocks.iter().map(|block| block.before).chain([self.after]).any(|text| !text.trim().is_empty())
    }

    /// Returns true if [`Self::tidied`] leaves out text that is no block.
    pub fn loses_text(&self) -> bool {
        self.is_openssh() && !self.is_straight() && self.has_text()
    }

    /// Returns true if the text has no block, but a key in the form of PuTTY.
    pub fn has_putty_key(&self) -> bool {
        self.blocks.is_empty() && self.after.trim_start().starts_with("PuTTY-User-Key-File-")
    }

    fn is_straight(&self) -> bool {
        !self.has_mark && self.blocks.iter().all(Block::is_straight)
    }

    fn is_openssh(&self) -> bool {
        matches!(&self.blocks[..], [block] if block.label == OPENSSH)
    }
}

impl<'a> Block<'a> {
    /// Reads a block from behind its `BEGIN`. Returns it and the text that follows it.
    fn read(before: &'a str, text: &'a str) -> Option<(Self, &'a str)> {
        let (label, behind) = text.split_once(DASHES).filter(|(label, _)| !label.contains('\n'))?;
        let (inner, end) = behind.split_once(END)?;
        let after = end.strip_prefix(label)?.strip_prefix(DASHES)?;
        if inner.contains(BEGIN) {
            return None;
        }
        let is_blank = |text: &str| text.trim().is_empty();
        let has_lines = is_blank(before.rsplit('\n').next().unwrap_or_default())
            && inner.split_once('\n').is_some_and(|(first, _)| is_blank(first))
            && is_blank(inner.rsplit('\n').next().unwrap_or_default())
            && is_blank(after.split('\n').next().unwrap_or_default());
        Some((Self { label, before, inner, has_lines }, after))
    }

    /// Returns the header lines of the old form, and the lines of base64.
    fn parts(&self) -> (impl Iterator<Item = &'a str> + use<'a>, impl Iterator<Item = &'a str> + use<'a>) {
        let lines = || self.inner.trim_start().lines().map(str::trim);
        let has_headers = lines().next().is_some_and(|line| line.contains(':'));
        let count = if has_headers { lines().take_while(|line| !line.is_empty()).count() } else { 0 };
        (lines().take(count), lines().skip(count))
    }

    /// Returns the header lines, which only the old form of encrypted keys has.
    pub fn headers(&self) -> impl Iterator<Item = &'a str> + use<'a> {
        self.parts().0
    }

    /// Decodes the bytes of the block: base64 on any number of lines, at least one byte.
    pub fn bytes(&self) -> Option<Zeroizing<Vec<u8>>> {
        base64::decode(&self.base64()).ok().filter(|bytes| !bytes.is_empty())
    }

    fn base64(&self) -> Zeroizing<String> {
        let mut base64 = Zeroizing::new(String::with_capacity(self.inner.len()));
        for part in self.parts().1.flat_map(str::split_ascii_whitespace) {
            base64.push_str(part);
        }
        base64
    }

    /// Returns true if the lines of the block are as the programs that read this label want them.
    fn is_straight(&self) -> bool {
        let is_indented = |line: &str| line.starts_with([' ', '\t']);
        let (start, openssh) = (self.before.rsplit('\n').next(), self.label == OPENSSH);
        let headers = self.parts().0.count();
        let mut lines = self.inner.split('\n').skip(1 + headers);
        self.has_lines
            && start == Some("")
            && !lines.any(|line| is_indented(line) || (openssh && line.trim_end() != line))
            && !(openssh && (!self.before.is_empty() || !self.inner.starts_with('\n')))
    }

    /// Writes the block. Its lines keep their length; a block that had no lines gets lines of the usual length.
    pub fn write(&self, newline: &str, out: &mut Buffer) {
        let mut line = |parts: &[&str]| {
            for part in parts {
                out.push(part);
            }
            out.push(newline);
        };
        line(&[BEGIN, self.label, DASHES]);
        let (mut headers, body) = self.parts();
        if let Some(first) = headers.next() {
            line(&[first]);
            headers.for_each(|header| line(&[header]));
            line(&[]);
        }
        if self.has_lines {
            body.filter(|text| !text.is_empty()).for_each(|text| line(&[text]));
        } else {
            let base64 = self.base64();
            let mut rest = base64.as_str();
            while !rest.is_empty() {
                let (text, behind) = rest.split_at(WIDTH.min(rest.len()));
                line(&[text]);
                rest = behind;
            }
        }
        line(&[END, self.label, DASHES]);
    }
}

#[cfg(test)]
mod tests {
    use super::Pem;

    fn tidied(text: &str) -> String {
        let pem = Pem::split(text).map_err(|reason| format!("{reason}: {text}")).unwrap();
        let tidied = pem.tidied(text).map_or_else(|| text.to_owned(), |tidied| tidied.expose().to_owned());
        // what is tidy stays so
        assert!(Pem::split(&tidied).unwrap().tidied(&tidied).is_none(), "{tidied}");
        tidied
    }

    const A: &str = "-----BEGIN A-----\nYWFh\n-----END A-----\n";
    const OPENSSH: &str =
        "-----BEGIN OPENSSH PRIVATE KEY-----\nYWFh\nYg==\n-----END OPENSSH PRIVATE KEY-----\n";

    #[test]
    fn a_text_ends_with_one_newline() {
        for end in ["", "\n", "\n\n", " \n \n", "\r"] {
            assert_eq!(tidied(&format!("{}{end}", A.trim_end())), A);
        }
        let crlf = A.replace('\n', "\r\n");
        assert_eq!(tidied(&crlf), crlf);
        assert_eq!(tidied(crlf.trim_end()), crlf);
        assert_eq!(tidied(&format!("{}\r\n", A.trim_end())), A);
        assert_eq!(tidied(&format!("text\n\n{A}\nmore\n\n")), format!("text\n\n{A}\nmore\n"));
    }

    #[test]
    fn lines_are_as_other_programs_read_them() {
        let long = "QUFB".repeat(40);
        let (one, two) = (&long[..64], &long[128..]);
        for (text, wanted) in [
            (format!("\u{feff}{A}"), A.to_owned()),
            (A.replace('\n', ""), A.to_owned()),
            (A.replace('\n', " "), A.to_owned()),
            (A.replace('\n', "\n  ").trim_end().to_owned(), A.to_owned()),
            (format!("{}{A}", A.trim_end()), format!("{A}{A}")),
            (format!("text: {}  \n{A}more", A.trim_end()), format!("text:\n{A}{A}more\n")),
            (
                format!("-----BEGIN A-----{long}-----END A-----"),
                format!("-----BEGIN A-----\n{one}\n{one}\n{two}\n-----END A-----\n"),
            ),
            (
                "  -----BEGIN A-----\n  Proc-Type: 4,ENCRYPTED\n\n  YWFh\n  -----END A-----\n".to_owned(),
                "-----BEGIN A-----\nProc-Type: 4,ENCRYPTED\n\nYWFh\n-----END A-----\n".to_owned(),
            ),
            (OPENSSH.replace('\n', "\r\n"), OPENSSH.to_owned()),
            (OPENSSH.replace('\n', " \n"), OPENSSH.to_owned()),
            (format!("# mine\n{OPENSSH}text"), OPENSSH.to_owned()),
        ] {
            assert_eq!(tidied(&text), wanted, "{text}");
        }
    }

    #[test]
    fn blocks_are_taken_apart() {
        let text = format!("\u{feff}text\n{A}-----BEGIN B-----\nC: d\nE: f\n\nYWJj\n-----END B-----");
        let pem = Pem::split(&text).unwrap();
        let blocks: Vec<_> = pem.blocks.iter().map(|block| (block.label, block.before)).collect();
        assert_eq!(blocks, [("A", "text\n"), ("B", "\n")]);
        assert_eq!(pem.blocks[0].headers().count(), 0);
        assert_eq!(pem.blocks[1].headers().collect::<Vec<_>>(), ["C: d", "E: f"]);
        assert_eq!(pem.blocks[1].bytes().unwrap().as_slice(), b"abc");
        for text in [
            "-----BEGIN A-----\n",
            "-----BEGIN A-----\nYWFh\n-----END B-----\n",
            "-----BEGIN A\n-----END A-----\n",
            "-----END A-----\n",
            &format!("{A}-----END A-----\n"),
            &format!("-----BEGIN A-----\n{A}"),
        ] {
            assert!(Pem::split(text).is_err(), "{text}");
        }
        for text in ["-----BEGIN A-----\n!!\n-----END A-----", "-----BEGIN A-----\n-----END A-----\n"] {
            assert!(Pem::split(text).unwrap().blocks[0].bytes().is_none(), "{text}");
        }
    }
}
