//! Clusters, users and contexts in a kubeconfig, edited in its text, so that the rest keeps its form.
//!
//! The values that the text must have afterwards are worked out first. An edited text with any other values
//! is refused.

use super::block::{self, BlockMember};
use super::edits::Edits;
use super::flow;
use super::lists::{FORM, LISTS, ListChange, ONCE, change_flow, write_json};
use super::merged::{MergeDraft, MergeError};
use crate::secret::{Buffer, Secret};
use crate::value::{Object, Value, json, yaml};

const OTHER: MergeError = MergeError::Whole { reason: "is not a kubeconfig" };

pub(super) fn merge(file: &str, export: &str) -> Result<MergeDraft, MergeError> {
    let old = parse(file)?;
    let new = parse(export)?;
    let mut expected = old.clone();
    let mut draft = MergeDraft::default();
    let mut changes = Vec::new();
    for (list, what) in LISTS {
        let known = items(&old, list)?;
        let mut merged = known.to_vec();
        for item in items(&new, list)? {
            let name = item.text_at(&["name"]).ok_or(OTHER)?;
            let mut same = (0..known.len()).filter(|at| known[*at].text_at(&["name"]) == Some(name));
            let at = same.next();
            if same.next().is_some() {
                return Err(MergeError::Whole { reason: "has several items of one name" });
            }
            match at {
                Some(at) if known[at] == *item => continue,
                Some(at) => item.clone_into(&mut merged[at]),
                None => merged.push(item.clone()),
            }
            let told = if at.is_some() { &mut draft.replaced } else { &mut draft.added };
            told.push(format!("{what} {name}"));
            changes.push(ListChange { list, at, item });
        }
        if merged.len() > known.len() || old.get(list).is_some_and(|list| *list != Value::Null) {
            expected.insert(list, Value::List(merged));
        }
    }
    let mut once = Vec::new();
    for name in ONCE {
        // a file that is not empty keeps its version and kind, even if it has none
        if let Some(value) = new.get(name)
            && !old.iter().any(|(known, _)| known == name)
            && (old.is_empty() || name == "current-context")
        {
            expected.insert(name, value.clone());
            once.push((name, value));
        }
    }
    if changes.is_empty() && once.is_empty() {
        return Ok(draft);
    }
    let text = ConfigDocument::read(file)?.edit(&changes, &once)?;
    let read = text.as_ref().map(|text| parse(text.expose()));
    if !matches!(read, Some(Ok(read)) if read == expected) {
        return Err(FORM);
    }
    draft.text = text;
    Ok(draft)
}

fn parse(text: &str) -> Result<Object, MergeError> {
    let text = text.trim_start_matches('\u{feff}');
    let is_said = |line: &str| !(line.trim().is_empty() || line.trim_start().starts_with('#'));
    if !text.lines().any(is_said) {
        return Ok(Object::new());
    }
    let value = if text.trim_start().starts_with('{') {
        json::parse(text.as_bytes()).or_else(|_| yaml::parse(text))
    } else {
        yaml::parse(text)
    };
    match value {
        Ok(Value::Object(config)) if config.get("kind").is_none_or(|kind| *kind == Value::text("Config")) => {
            Ok(config)
        }
        Ok(_) => Err(OTHER),
        Err(error) => Err(MergeError::Line { line: error.line, reason: "is not YAML" }),
    }
}

fn items<'a>(config: &'a Object, list: &str) -> Result<&'a [Value], MergeError> {
    match config.get(list) {
        None | Some(Value::Null) => Ok(&[]),
        Some(list) => list.as_list().ok_or(OTHER),
    }
}

/// The members of a kubeconfig, and their places in its text.
enum ConfigDocument<'a> {
    /// In JSON's form.
    Flow { text: &'a str, members: flow::Flow<'a> },
    /// A member a line, with what belongs to it below.
    Block { text: &'a str, members: Vec<BlockMember<'a>> },
}

impl<'a> ConfigDocument<'a> {
    fn read(text: &'a str) -> Result<Self, MergeError> {
        let start = text.trim_start_matches('\u{feff}').trim_start();
        if start.starts_with('{') {
            let members = flow::read(text, text.len() - start.len()).ok_or(FORM)?;
            return Ok(Self::Flow { text, members });
        }
        let mut members: Vec<BlockMember<'a>> = Vec::new();
        let mut next = 0;
        for line in text.split_inclusive('\n') {
            let at = next;
            next += line.len();
            let begin = at + line.len() - line.trim_start_matches('\u{feff}').len();
            if line.starts_with([' ', '\t', '#', '-', '\r', '\n']) {
                members.iter_mut().last().into_iter().for_each(|open| open.below.end = next);
                continue;
            }
            let (name, value) = text[begin..next].split_once(':').ok_or(FORM)?;
            let value = next - value.len()..next;
            let comment = text[value.clone()].find(" #").map_or(value.end, |at| value.start + at);
            let end = value.start + text[value.start..comment].trim_end().len();
            let name = name.trim_end().trim_matches(['"', '\'']);
            members.push(BlockMember { name, value: value.start..end, below: next..next });
        }
        Ok(Self::Block { text, members })
    }

    fn edit(
        &self,
        changes: &[ListChange<'_>],
        once: &[(&str, &Value)],
    ) -> Result<Option<Secret>, MergeError> {
        match self {
            Self::Flow { text, members } => edit_flow(text, members, changes, once),
            Self::Block { text, members } => block::edit(text, members, changes, once),
        }
    }
}

fn edit_flow(
    text: &str,
    members: &flow::Flow<'_>,
    changes: &[ListChange<'_>],
    once: &[(&str, &Value)],
) -> Result<Option<Secret>, MergeError> {
    let mut edits = Edits::of(text);
    let mut more = Vec::new();
    for (list, _) in LISTS {
        let of_list: Vec<_> = changes.iter().filter(|change| change.list == list).collect();
        let found = members.items.iter().find(|(name, _)| *name == list);
        match found {
            _ if of_list.is_empty() => {}
            Some((_, place)) => change_flow(text, place, &of_list, &mut edits)?,
            None => {
                let items = Value::List(of_list.iter().map(|change| change.item.clone()).collect());
                more.push((list, items));
            }
        }
    }
    more.extend(once.iter().map(|(name, value)| (*name, (*value).clone())));
    let behind = members.items.last().map(|(_, place)| place.end);
    for (number, (name, value)) in more.iter().enumerate() {
        let mut out = Buffer::with_capacity(256);
        out.push(if number == 0 && behind.is_none() { "" } else { ", " });
        out.push(&format!("\"{name}\": "));
        write_json(value, &mut out);
        let at = behind.unwrap_or(members.end);
        edits.replace(at..at, out.into_secret().ok_or(FORM)?);
    }
    Ok(edits.finish())
}
