//! Profiles in the shared credentials file of the AWS tools, read as Python's `configparser` does.

use std::ops::Range;

use super::edits::Edits;
use super::merged::{MergeDraft, MergeError, wrong};

/// Settings that make a key. One that the new key lacks belonged to the old one, and goes with it.
const KEY: [&str; 5] = [
    "aws_access_key_id",
    "aws_secret_access_key",
    "aws_session_token",
    "aws_security_token",
    "aws_expiration",
];

struct PlacedProfile<'a> {
    name: &'a str,
    at: usize,
    /// The offset behind its last line that is no comment.
    end: usize,
    settings: Vec<Setting>,
}

struct Setting {
    name: String,
    indent: usize,
    lines: Range<usize>,
    value: Range<usize>,
}

pub(super) fn merge(file: &str, export: &str) -> Result<MergeDraft, MergeError> {
    let (old, new) = (profiles(file)?, profiles(export)?);
    let mut edits = Edits::of(file);
    let mut draft = MergeDraft::default();
    for profile in &new {
        let mut found = old.iter().filter(|known| known.name == profile.name);
        let Some(known) = found.next() else {
            let is_apart = file.is_empty() || file.ends_with("\n\n") || file.ends_with("\n\r\n");
            if !is_apart || !draft.added.is_empty() {
                edits.insert_lines(file.len(), "\n");
            }
            edits.insert_lines(file.len(), &export[profile.at..profile.end]);
            draft.added.push(profile.name.to_owned());
            continue;
        };
        if let Some(twice) = found.next() {
            return Err(wrong(file, twice.at, "begins a profile that is there already"));
        }
        if update(file, known, export, profile, &mut edits)? {
            draft.replaced.push(profile.name.to_owned());
        }
    }
    draft.text = edits.finish();
    Ok(draft)
}

/// Brings the settings of a profile to the exported values. Returns true if that changes any.
fn update(
    file: &str,
    known: &PlacedProfile<'_>,
    export: &str,
    profile: &PlacedProfile<'_>,
    edits: &mut Edits<'_>,
) -> Result<bool, MergeError> {
    let mut changed = false;
    for setting in &profile.settings {
        let value = &export[setting.value.clone()];
        let mut found = known.settings.iter().filter(|there| there.name == setting.name);
        match (found.next(), found.next()) {
            (Some(_), Some(twice)) => {
                return Err(wrong(file, twice.lines.start, "sets what is set already"));
            }
            (Some(there), None) if file[there.value.clone()] == *value => continue,
            (Some(there), None) => edits.replace(there.value.clone(), value),
            (None, _) => {
                let line = zeroize::Zeroizing::new(format!("{} = {value}\n", setting.name));
                edits.insert_lines(known.end, &line);
            }
        }
        changed = true;
    }
    let is_left = |there: &&Setting| {
        KEY.contains(&there.name.as_str()) && !profile.settings.iter().any(|own| own.name == there.name)
    };
    for there in known.settings.iter().filter(is_left) {
        edits.replace(there.lines.clone(), "");
        changed = true;
    }
    Ok(changed)
}

fn profiles(text: &str) -> Result<Vec<PlacedProfile<'_>>, MergeError> {
    let mut profiles: Vec<PlacedProfile<'_>> = Vec::new();
    let mut next = 0;
    for line in text.split_inclusive('\n') {
        let at = next;
        next += line.len();
        let content = if at == 0 { line.trim_start_matches('\u{feff}') } else { line };
        let begin = at + (line.len() - content.len());
        let (indent, content) = (content.len() - content.trim_start().len(), content.trim());
        if content.is_empty() || content.starts_with(['#', ';']) {
            continue;
        }
        let open = profiles.last_mut();
        if let Some(last) = open.as_ref().and_then(|open| open.settings.last())
            && indent > last.indent
        {
            let Some(open) = open else { continue };
            open.end = next;
            if let Some(last) = open.settings.last_mut() {
                last.lines.end = next;
                last.value.end = begin + indent + content.len();
            }
            continue;
        }
        if content.starts_with('[') {
            let name = name(content).ok_or_else(|| wrong(text, at, "must be [PROFILE]"))?;
            profiles.push(PlacedProfile { name, at: begin, end: next, settings: Vec::new() });
            continue;
        }
        let Some((open, sign)) = open.zip(content.find(['=', ':']).filter(|sign| *sign > 0)) else {
            return Err(wrong(text, at, "must be [PROFILE] or NAME = VALUE in a profile"));
        };
        let value = content[sign + 1..].trim_start();
        let end = begin + indent + content.len();
        open.end = next;
        open.settings.push(Setting {
            name: content[..sign].trim_end().to_ascii_lowercase(),
            indent,
            lines: at..next,
            value: end - value.len()..end,
        });
    }
    Ok(profiles)
}

/// Reads the name in a header, also in the spelling of the configuration file of the same tools.
fn name(content: &str) -> Option<&str> {
    let (name, rest) = content.strip_prefix('[')?.rsplit_once(']')?;
    if !(rest.trim().is_empty() || rest.trim_start().starts_with(['#', ';'])) {
        return None;
    }
    let name = name.trim();
    let name = name.strip_prefix("profile ").map_or(name, str::trim_start);
    let unquoted = |quote| name.strip_prefix(quote)?.strip_suffix(quote);
    Some(unquoted('"').or_else(|| unquoted('\'')).unwrap_or(name))
}
