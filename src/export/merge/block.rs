//! A kubeconfig in YAML's block style: each member begins a line, and each item of a list has a line or more.

use std::ops::Range;

use super::edits::Edits;
use super::flow;
use super::lists::{FORM, LISTS, ListChange, ONCE, change_flow, write_json};
use super::merged::MergeError;
use crate::secret::{Buffer, Secret};
use crate::value::{Object, Value};

/// A member that begins a line.
pub(super) struct BlockMember<'a> {
    pub name: &'a str,
    /// The text behind its colon, up to a comment.
    pub value: Range<usize>,
    /// The lines below the first one.
    pub below: Range<usize>,
}

/// Puts changes into the text. Returns the new text, if there are any changes.
pub(super) fn edit(
    text: &str,
    members: &[BlockMember<'_>],
    changes: &[ListChange<'_>],
    once: &[(&str, &Value)],
) -> Result<Option<Secret>, MergeError> {
    let mut edits = Edits::of(text);
    let mut more = Buffer::with_capacity(1024);
    let scalars = |names: &[&str], more: &mut Buffer| {
        for (name, value) in once.iter().filter(|(name, _)| names.contains(name)) {
            more.push(&format!("{name}: "));
            leaf(value, more);
            more.push("\n");
        }
    };
    scalars(&ONCE[..2], &mut more);
    for (list, _) in LISTS {
        let of_list: Vec<_> = changes.iter().filter(|change| change.list == list).collect();
        if of_list.is_empty() {
            continue;
        }
        let Some(member) = members.iter().find(|member| member.name == list) else {
            more.push(&format!("{list}:\n"));
            for change in of_list {
                item(change.item, 0, &mut more);
            }
            continue;
        };
        let said = text[member.value.clone()].trim_start();
        let start = member.value.end - said.len();
        match flow::read(text, start).filter(|_| said.starts_with('[')) {
            Some(list) if !list.items.is_empty() => {
                change_flow(text, &(start..text.len()), &of_list, &mut edits)?;
                continue;
            }
            Some(list) if list.end < member.value.end => edits.replace(member.value.start..list.end + 1, ""),
            _ if said.is_empty() => {}
            _ if matches!(said, "null" | "~") => edits.replace(member.value.clone(), ""),
            _ => return Err(FORM),
        }
        change_block(text, member, &of_list, &mut edits)?;
    }
    scalars(&ONCE[2..], &mut more);
    if let Some(more) = more.into_secret().filter(|more| !more.is_empty()) {
        edits.insert_lines(text.len(), more.expose());
    }
    Ok(edits.finish())
}

/// Changes a list in block style, or one that has no items yet.
fn change_block(
    text: &str,
    member: &BlockMember<'_>,
    changes: &[&ListChange<'_>],
    edits: &mut Edits<'_>,
) -> Result<(), MergeError> {
    let items = block_items(text, member.below.clone());
    let indent = items.first().map_or(0, |(indent, _)| *indent);
    let behind = items.last().map_or(member.below.start, |(_, lines)| lines.end);
    for change in changes {
        let mut out = Buffer::with_capacity(512);
        item(change.item, indent, &mut out);
        let lines = out.into_secret().ok_or(FORM)?;
        let Some(at) = change.at else {
            edits.insert_lines(behind, lines.expose());
            continue;
        };
        let (_, place) = items.get(at).ok_or(FORM)?;
        edits.replace_lines(place.clone(), lines.expose());
    }
    Ok(())
}

/// Finds the items of a list in block style. Returns the indent of each, and its lines without comments behind
/// it.
fn block_items(text: &str, below: Range<usize>) -> Vec<(usize, Range<usize>)> {
    let mut items: Vec<(usize, Range<usize>)> = Vec::new();
    let mut next = below.start;
    for line in text[below].split_inclusive('\n') {
        let at = next;
        next += line.len();
        let content = line.trim();
        if content.is_empty() || content.starts_with('#') {
            continue;
        }
        let indent = line.len() - line.trim_start().len();
        let begins = content == "-" || content.starts_with("- ");
        if begins && items.first().is_none_or(|(first, _)| *first == indent) {
            items.push((indent, at..next));
        } else if let Some((_, lines)) = items.last_mut() {
            lines.end = next;
        }
    }
    items
}

/// Writes an item of a list as lines.
fn item(value: &Value, indent: usize, out: &mut Buffer) {
    out.push(&" ".repeat(indent));
    out.push("- ");
    match value {
        Value::Object(members) if !members.is_empty() => object(members, indent + 2, true, out),
        value => {
            leaf(value, out);
            out.push("\n");
        }
    }
}

/// Writes members as lines; the first one may stand behind a dash.
fn object(members: &Object, indent: usize, mut is_begun: bool, out: &mut Buffer) {
    for (name, value) in members.iter() {
        if !std::mem::take(&mut is_begun) {
            out.push(&" ".repeat(indent));
        }
        leaf(&Value::text(name), out);
        out.push(":");
        match value {
            Value::Object(members) if !members.is_empty() => {
                out.push("\n");
                object(members, indent + 2, false, out);
            }
            Value::List(items) if !items.is_empty() => {
                out.push("\n");
                for value in items {
                    item(value, indent, out);
                }
            }
            value => {
                out.push(" ");
                leaf(value, out);
                out.push("\n");
            }
        }
    }
}

/// Writes a value that fits into a line: a plain word as it is, and anything else as JSON, which YAML reads
/// alike.
fn leaf(value: &Value, out: &mut Buffer) {
    let is_plain = |text: &str| {
        let word = |c: char| c.is_ascii_alphanumeric() || "-_./@".contains(c);
        let means_more = ["true", "false", "null", "yes", "no", "on", "off", "y", "n"];
        text.starts_with(|c: char| c.is_ascii_alphabetic())
            && text.chars().all(word)
            && !means_more.contains(&text.to_ascii_lowercase().as_str())
    };
    match value {
        Value::Text(text) if is_plain(text.expose()) => out.push(text.expose()),
        value => write_json(value, out),
    }
}
