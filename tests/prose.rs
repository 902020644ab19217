//! The mechanical part of the rules for prose: the first words of doc comments, and words that help and errors
//! do without.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]
#![expect(clippy::disallowed_methods, reason = "the test reads the source")]

use std::fs;
use std::path::{Path, PathBuf};

/// Words that make the first line of a comment a clause instead of a name or a statement.
const CLAUSES: [&str; 13] = [
    "What", "Whether", "How", "That", "Who", "Whom", "Whose", "Where", "When", "Why", "Which", "Those",
    "Whoever",
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
