//! The form of the documents: links lead to files and headings that exist, tables have all cells, and the
//! guide lists all of its chapters.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]
#![expect(clippy::disallowed_methods, reason = "the test reads the documents")]

use std::fs;
use std::path::{Path, PathBuf};

#[test]
fn every_relative_link_leads_to_a_file_and_its_heading() {
    let mut count = 0;
    let mut wrong = Vec::new();
    for document in documents() {
        for link in links(&read(&document)) {
            count += 1;
            if let Err(why) = follow(&document, &link) {
                wrong.push(format!("{}: {link} {why}", document.display()));
            }
        }
    }
    assert!(count > 80, "only {count} links were found");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_summary_of_the_guide_lists_every_chapter_once() {
    let folder = root().join("docs/guide/src");
    let mut listed = links(&read(&folder.join("SUMMARY.md")));
    listed.sort();
    let entries = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().file_name());
    let mut chapters: Vec<_> = entries.map(|name| name.into_string().unwrap()).collect();
    chapters.retain(|name| name != "SUMMARY.md");
    chapters.sort();
    assert_eq!(listed, chapters);
}

#[test]
fn every_row_of_a_table_has_all_cells() {
    for document in documents() {
        let mut width = None;
        for line in read(&document).lines() {
            let cells = line.starts_with('|').then(|| line.replace(r"\|", "").matches('|').count());
            let name = document.display();
            assert!(cells.is_none() || width.is_none() || cells == width, "{name}: {line}");
            width = cells;
        }
    }
}

/// Checks the file of a link, and the heading if the link names one. Fails with the reason.
fn follow(document: &Path, link: &str) -> Result<(), &'static str> {
    let (path, heading) = link.split_once('#').map_or((link, None), |(path, heading)| (path, Some(heading)));
    let target = if path.is_empty() { document.to_path_buf() } else { document.parent().unwrap().join(path) };
    if !target.is_file() {
        return Err("leads to no file");
    }
    match heading {
        Some(heading) if !headings(&read(&target)).iter().any(|own| own == heading) => {
            Err("leads to no heading")
        }
        _ => Ok(()),
    }
}

/// The targets of the links in a text, except for those to other sites.
fn links(text: &str) -> Vec<String> {
    let prose = prose(text);
    let targets = prose.split("](").skip(1).filter_map(|rest| Some(rest.split_once(')')?.0.to_owned()));
    targets.filter(|target| !target.contains("://")).collect()
}

/// The headings of a text, as links name them.
fn headings(text: &str) -> Vec<String> {
    let prose = prose(text);
    let titles = prose.lines().filter(|line| line.starts_with('#'));
    titles
        .map(|title| {
            let title = title.trim_start_matches('#').trim().to_lowercase().replace(' ', "-");
            title.chars().filter(|c| c.is_alphanumeric() || "-_".contains(*c)).collect::<String>()
        })
        .collect()
}

/// The text without its blocks of code.
fn prose(text: &str) -> String {
    let mut code = false;
    let mut prose = String::new();
    for line in text.lines() {
        if line.starts_with("```") {
            code = !code;
        } else if !code {
            prose.extend([line, "\n"]);
        }
    }
    prose
}

/// Every Markdown file at the root of the project and below `docs`.
fn documents() -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![(root(), false), (root().join("docs"), true)];
    while let Some((folder, descends)) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.extend(descends.then_some((path, true)));
            } else if path.extension().is_some_and(|ending| ending == "md") {
                found.push(path);
            }
        }
    }
    found
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap()
}

fn root() -> PathBuf {
    env!("CARGO_MANIFEST_DIR").into()
}

#[test]
fn links_and_headings_are_found() {
    let text =
        "# A `b` c, d\n[x](y.md#z) [w](https://w.example)\n```sh\n# no heading [no](link)\n```\n[v\nw](v)\n";
    assert_eq!(links(text), ["y.md#z", "v"]);
    assert_eq!(headings(text), ["a-b-c-d"]);
}
