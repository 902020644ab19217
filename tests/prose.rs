//! The mechanical part of the rules for prose: the first words of doc comments, and the words and forms that
//! help, errors, hints and notices do without.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]
#![expect(clippy::disallowed_methods, reason = "the test reads the source")]

use std::fs;
use std::path::{Path, PathBuf};

/// Words that make the first line of a comment a clause instead of a name or a statement.
const CLAUSES: [&str; 13] = [
    "What", "Whether", "How", "That", "Who", "Whom", "Whose", "Where", "When", "Why", "Which", "Those",
    "Whoever",
];

/// Words and phrases that make a reader guess who does what.
const BANNED: [&str; 24] = [
    "all the same",
    "are told",
    "at hand",
    "falls away",
    "gave away",
    "give away",
    "given away",
    "gives away",
    "goes on",
    "had to go",
    "hold",
    "holds",
    "is told",
    "nobody",
    "no one",
    "not to be had",
    "passed over",
    "says everything",
    "so many",
    "stand",
    "stands",
    "what is inside",
    "what it is",
    "whoever",
];

/// Texts that may have a banned word, each with the reason.
const EXCEPTIONS: [(&str, &str); 1] =
    [("--email nobody", "the command line of a golden text has a wrong value on purpose")];

/// The calls and attributes in the source whose text literals people read.
const MESSAGES: [&str; 10] = [
    "#[error(",
    "Error::usage(",
    "Error::new(",
    "Error::reported(",
    ".hint(",
    ".notice(",
    ".say(",
    "Violations::one(",
    "violations.add(",
    "notices.push(",
];

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            found.push(path);
        }
    }
}

/// The first lines of the doc comments in a text, each with its number.
fn first_lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let is_doc = |line: &str| line.trim_start().starts_with("///") || line.starts_with("//!");
    let mut before = false;
    (1..).zip(text.lines()).filter_map(move |(number, line)| {
        let follows = std::mem::replace(&mut before, is_doc(line));
        (is_doc(line) && !follows)
            .then(|| (number, line.trim_start().trim_start_matches(['/', '!']).trim_start()))
    })
}

/// Returns the text literals of more than one word up to the end of the parentheses around the source.
fn literals(source: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut depth = 1;
    let mut rest = source.chars().peekable();
    while let Some(c) = rest.next() {
        match c {
            '(' => depth += 1,
            ')' => depth -= 1,
            '\'' if rest.peek() == Some(&'"') => drop(rest.next()),
            '"' => found.push(literal(&mut rest)),
            _ => {}
        }
        if depth == 0 {
            break;
        }
    }
    found.retain(|text| text.trim().contains(' '));
    found
}

/// Returns the rest of a text literal, and joins lines that end in a backslash.
fn literal(rest: &mut impl Iterator<Item = char>) -> String {
    let mut text = String::new();
    while let Some(c) = rest.next() {
        match c {
            '"' => break,
            '\\' => match rest.next() {
                Some('\n') => text.push(' '),
                Some(escaped) => text.push(escaped),
                None => break,
            },
            c => text.push(c),
        }
    }
    text
}

/// Returns the messages in a file of the source without its tests.
fn messages(source: &str) -> Vec<String> {
    let source = source.split("#[cfg(test)]\nmod tests").next().unwrap_or_default();
    let places = MESSAGES.iter().flat_map(|call| source.match_indices(call));
    places.flat_map(|(at, call)| literals(&source[at + call.len()..])).collect()
}

/// Returns the banned word or phrase in a text.
fn banned(text: &str) -> Option<&'static str> {
    let text = EXCEPTIONS.iter().fold(text.to_owned(), |text, (exception, _)| text.replace(exception, ""));
    let words: Vec<_> = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let text = format!(" {} ", words.join(" ").to_lowercase());
    BANNED.into_iter().find(|phrase| text.contains(&format!(" {phrase} ")))
}

/// Returns the reason why a message breaks the rules.
fn wrong_in(message: &str) -> Option<String> {
    let mut start = message.chars();
    let (first, second) = (start.next(), start.next());
    if first.is_some_and(char::is_uppercase) && second.is_some_and(char::is_lowercase) {
        return Some("it begins with a capital letter".to_owned());
    }
    if message.ends_with('.') && !message.ends_with("..") {
        return Some("it ends with a full stop".to_owned());
    }
    banned(message).map(|phrase| format!("it says \"{phrase}\""))
}

fn begins_with_a_clause(line: &str) -> bool {
    let word = line.split([' ', ',', ':']).next().unwrap_or_default();
    CLAUSES.contains(&word)
}

#[test]
fn doc_comments_begin_with_a_verb_or_a_name() {
    let mut files = Vec::new();
    sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut files);
    let mut wrong = Vec::new();
    let mut count = 0;
    for file in files {
        let text = fs::read_to_string(&file).unwrap();
        for (number, line) in first_lines(&text) {
            count += 1;
            if begins_with_a_clause(line) {
                wrong.push(format!("{}:{number}: {line}", file.display()));
            }
        }
    }
    assert!(count > 1000, "only {count} comments were found");
    assert!(wrong.is_empty(), "{} comments begin with a clause:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn clauses_are_found() {
    let text = "//! Whether it is.\n\n/// Returns the name.\n///\n/// What follows is no first line.\nfn a() {}\n\
                    /// What is kept.\n";
    let found: Vec<_> = first_lines(text).filter(|(_, line)| begins_with_a_clause(line)).collect();
    assert_eq!(found, [(1, "Whether it is."), (7, "What is kept.")]);
}

#[test]
fn messages_follow_the_rules_for_prose() {
    let mut files = Vec::new();
    sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut files);
    let mut wrong = Vec::new();
    let mut count = 0;
    for file in files.iter().filter(|file| !file.ends_with("tests.rs")) {
        for message in messages(&fs::read_to_string(file).unwrap()) {
            count += 1;
            if let Some(reason) = wrong_in(&message) {
                wrong.push(format!("{}: {reason}: {message}", file.display()));
            }
        }
    }
    assert!(count > 400, "only {count} messages were found");
    assert!(wrong.is_empty(), "{} messages break the rules:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn golden_texts_have_no_banned_words() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/contract/golden/texts");
    let mut wrong = Vec::new();
    let mut count = 0;
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let text = fs::read_to_string(&path).unwrap();
        count += 1;
        for line in text.lines() {
            if let Some(phrase) = banned(line) {
                wrong.push(format!("{}: \"{phrase}\": {line}", path.display()));
            }
        }
    }
    assert!(count > 50, "only {count} golden texts were found");
    assert!(wrong.is_empty(), "{} lines have banned words:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn planted_mistakes_are_found() {
    let source = r#"
        Error::usage(format!("there is nobody (to ask) for {}", name("x y")))
            .hint("Use it all\u{20}
                the same")
        #[error("the file is gone.")]
        context.notice(&format!("{} stands in '\"', twice", '"'));
        Violations::one("name", "must be such as ... a, b...")
        #[cfg(test)]
        mod tests { Error::usage("nobody sees this") }
    "#;
    let source = source.replace("\\u{20}", "\\").replace("        ", "");
    let found = messages(&source);
    assert_eq!(found.len(), 6, "{found:?}");
    let reasons: Vec<_> = found.iter().filter_map(|message| wrong_in(message)).collect();
    let expected = [
        "it ends with a full stop",
        "it says \"nobody\"",
        "it begins with a capital letter",
        "it says \"stands\"",
    ];
    assert_eq!(reasons, expected);
    assert_eq!(wrong_in("use it all the same"), Some("it says \"all the same\"".to_owned()));
    assert_eq!(wrong_in("understand the withhold option"), None);
}
