//! The text by which people tell the credentials of one type apart: a user name, a key id, a subject.

/// The source of the text that a table shows beside the id. It is never a secret.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Headline {
    /// The first of these public fields that is set, by their paths.
    Field(&'static [&'static [&'static str]]),
    /// The fact of this name, which the fields tell by themselves.
    Fact(&'static str),
    /// The name of the credential, because it names the user.
    Name,
    /// No text, for a reason.
    None(&'static str),
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::Headline;
    use crate::kind::{KINDS, Kind, Secrecy, Shape, find};

    /// Returns true if everybody may see the field at a path.
    fn is_public(kind: &Kind, path: &[&str]) -> bool {
        let field = kind.field(path[0]).unwrap();
        match (field.secrecy, field.shape) {
            (Secrecy::Public, Shape::Line(_)) => path.len() == 1,
            (Secrecy::SecretExcept(public), Shape::Tree) => public.contains(path.last().unwrap()),
            _ => false,
        }
    }

    #[test]
    fn every_type_has_a_public_headline_or_says_why_not() {
        for kind in KINDS {
            match kind.headline {
                Headline::Field(paths) => {
                    assert!(
                        !paths.is_empty() && paths.iter().all(|path| is_public(kind, path)),
                        "{}",
                        kind.name
                    );
                }
                Headline::Fact(name) => assert!(kind.fact_names().contains(&name), "{}", kind.name),
                Headline::Name => assert!(kind.identity_name, "{}", kind.name),
                Headline::None(reason) => {
                    assert!(!reason.is_empty(), "{} has no headline, and no reason", kind.name);
                    // a fact, or a public line of text, would be better than nothing
                    assert!(kind.fact_names().is_empty(), "{}", kind.name);
                }
            }
            assert_eq!(kind.facts.is_some(), !kind.fact_names().is_empty(), "{}", kind.name);
        }
    }

    #[test]
    fn every_type_has_a_short_name_of_its_own_that_finds_it() {
        let mut seen = HashSet::new();
        for kind in KINDS {
            let short = kind.short;
            assert!(short.len() <= 14 && short == short.to_ascii_lowercase(), "{short}");
            assert!(seen.insert(short), "{short}");
            assert_eq!(find(short).unwrap().kind, kind);
        }
    }
}
