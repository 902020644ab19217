//! Words of a command line, as bash splits and quotes them. Nothing is expanded.

/// The quotes in which a line ends.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Quote {
    #[default]
    None,
    Single,
    Double,
}

/// A line up to the cursor, split into words.
#[derive(Debug, PartialEq, Eq)]
pub struct ShellWords {
    /// The words before the last one, without their quotes.
    pub before: Vec<String>,
    /// The last word, without its quotes.
    pub last: String,
    /// The last word as it was typed.
    pub raw: String,
    /// The quotes in which the last word ends.
    pub quote: Quote,
}

impl ShellWords {
    /// Splits a line. It ends in an empty word if a blank is its last character.
    pub fn split(line: &str) -> Self {
        let mut words =
            Self { before: Vec::new(), last: String::new(), raw: String::new(), quote: Quote::None };
        let mut chars = line.chars();
        while let Some(c) = chars.next() {
            if c.is_ascii_whitespace() && words.quote == Quote::None {
                words.finish();
                continue;
            }
            words.raw.push(c);
            match (c, words.quote) {
                ('\'', Quote::None) => words.quote = Quote::Single,
                ('"', Quote::None) => words.quote = Quote::Double,
                ('\'', Quote::Single) | ('"', Quote::Double) => words.quote = Quote::None,
                ('\\', Quote::None | Quote::Double) => {
                    let Some(next) = chars.next() else { break };
                    words.raw.push(next);
                    // inside double quotes a backslash is one before most characters
                    if words.quote == Quote::Double && !matches!(next, '\\' | '"' | '$' | '`') {
                        words.last.push('\\');
                    }
                    words.last.push(next);
                }
                _ => words.last.push(c),
            }
        }
        words
    }

    fn finish(&mut self) {
        if !self.raw.is_empty() {
            self.raw.clear();
            self.before.push(std::mem::take(&mut self.last));
        }
    }
}

/// Returns a text as bash must read it behind what stands in the same quotes; none if that is not possible.
pub fn quoted(text: &str, quote: Quote) -> Option<String> {
    let escaped: fn(char) -> bool = match quote {
        Quote::Single => return (!text.contains('\'')).then(|| text.to_owned()),
        Quote::Double => |c| matches!(c, '\\' | '"' | '$' | '`'),
        Quote::None => |c| c.is_ascii() && !c.is_ascii_alphanumeric() && !"_-./:=@%+,".contains(c),
    };
    let mut out = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        if escaped(c) {
            out.push('\\');
        }
        out.push(c);
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::{Quote, ShellWords, quoted};

    #[test]
    fn a_line_is_split_as_bash_splits_it() {
        for (line, before, last, raw, quote) in [
            ("credctl get prod/d", "credctl|get", "prod/d", "prod/d", Quote::None),
            ("credctl get ", "credctl|get", "", "", Quote::None),
            ("credctl get  'a b", "credctl|get", "a b", "'a b", Quote::Single),
            ("credctl get \"a \\\" \\n", "credctl|get", "a \" \\n", "\"a \\\" \\n", Quote::Double),
            ("credctl '' a\\ b", "credctl|", "a b", "a\\ b", Quote::None),
            ("credctl get 'a'b", "credctl|get", "ab", "'a'b", Quote::None),
            ("credctl a\\", "credctl", "a", "a\\", Quote::None),
        ] {
            let words = ShellWords::split(line);
            assert_eq!(words.before.join("|"), before, "{line}");
            assert_eq!((&*words.last, &*words.raw, words.quote), (last, raw, quote), "{line}");
        }
    }

    #[test]
    fn what_is_quoted_is_read_back_as_it_was() {
        for text in ["plain/id", "a b", "it's", "$HOME `x` \\", "a*b?[c]{d}~!#&|;<>()\"", "Grüße"] {
            let bare = ShellWords::split(&quoted(text, Quote::None).unwrap());
            assert_eq!((&*bare.last, bare.before.len()), (text, 0));
            let double = ShellWords::split(&format!("\"{}", quoted(text, Quote::Double).unwrap()));
            assert_eq!((&*double.last, double.before.len()), (text, 0));
        }
        assert_eq!(quoted("it's", Quote::Single), None);
        assert_eq!(quoted("$HOME", Quote::Single).as_deref(), Some("$HOME"));
    }
}
