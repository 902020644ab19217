//! Slips: the known word that somebody may have meant by another.

/// The most letters that a slip may be off.
const MOST: usize = 3;

/// Returns the known word nearest to one that is not known, if one in three of its letters or fewer are
/// wrong, missing, swapped or too many. Letter case does not count; of two equally near, the one that
/// comes first is returned.
pub fn suggest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let word = word.to_lowercase();
    let length = word.chars().count();
    if length == 0 {
        return None;
    }
    // a word of two letters may be off by one, too
    let limit = (length.max(3) / 3).min(MOST);
    known
        .into_iter()
        // what differs more in length cannot be near, and an endless word is not compared at all
        .filter(|known| known.chars().count().abs_diff(length) <= limit)
        .map(|known| (strsim::damerau_levenshtein(&word, &known.to_lowercase()), known))
        .filter(|(distance, _)| *distance <= limit)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, known)| known)
}

#[cfg(test)]
mod tests {
    use super::suggest;

    const KNOWN: [&str; 5] = ["username", "password", "url", "secretAccessKey", "id"];

    #[test]
    fn slips_are_recognised() {
        for (word, meant) in [
            ("UserName", "username"),
            ("usernmae", "username"),
            ("pasword", "password"),
            ("passwort", "password"),
            ("uri", "url"),
            ("ulr", "url"),
            ("ids", "id"),
            ("secret_access_key", "secretAccessKey"),
        ] {
            assert_eq!(suggest(word, KNOWN), Some(meant), "{word}");
        }
    }

    #[test]
    fn other_words_are_not() {
        for word in ["", "xyz", "user", "key", &"password".repeat(100)] {
            assert_eq!(suggest(word, KNOWN), None, "{word}");
        }
    }

    #[test]
    fn the_nearest_counts_and_then_the_first() {
        assert_eq!(suggest("hosts", ["hints", "host"]), Some("host"));
        assert_eq!(suggest("pot", ["put", "pit"]), Some("put"));
    }
}
