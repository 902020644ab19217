//! The reader that makes nodes from the events of the parser.

use std::collections::HashMap;

use granit_parser::{ErrorKind, Event, Parser, ScalarStyle, ScanError, Span, StrInput, Tag};
use indexmap::IndexMap;
use indexmap::map::Entry;

use super::error::{YamlError, YamlProblem, syntax};
use super::node::YamlNode;
use super::scalar::is_null;
use super::tag::{self, UnknownTag};
use crate::secret::Secret;

/// The deepest nesting, as in JSON.
const DEPTH: usize = 128;
/// Bytes that aliases may repeat, beside ten times the text.
const REPEATED: usize = 1024 * 1024;
/// The name that takes over the members of other mappings.
const MERGE: &str = "<<";

/// A reader of documents, one at a time.
pub(super) struct YamlReader<'a> {
    parser: Parser<'a, StrInput<'a>>,
    /// True if unknown tags are passed over.
    lenient: bool,
    /// Collections that are not complete, the innermost last.
    open: Vec<OpenNode>,
    /// Complete nodes that have an anchor.
    anchors: HashMap<usize, YamlNode>,
    /// Bytes that copies may still take.
    budget: usize,
    /// The unknown tags that were skipped.
    pub tags: Vec<UnknownTag>,
    /// The line of the last event.
    pub line: usize,
    /// True if the indentation was wrong.
    pub is_indentation: bool,
}

/// A collection that is not complete.
struct OpenNode {
    anchor: usize,
    items: Items,
}

enum Items {
    List(Vec<YamlNode>),
    Mapping { members: YamlMembers, name: Option<Name>, merged: Vec<YamlMembers> },
}

type YamlMembers = IndexMap<String, YamlNode>;

/// The name of a member whose value has yet to come.
enum Name {
    Member(String),
    Merge,
}

impl<'a> YamlReader<'a> {
    /// Makes a reader that refuses unknown tags, or is lenient about them; strict about indentation or not.
    pub fn new(text: &'a str, lenient: bool, strict: bool) -> Self {
        let options = granit_parser::options! { strict_indentation: strict };
        Self {
            parser: Parser::new_from_str_with_options(text, options),
            lenient,
            open: Vec::new(),
            anchors: HashMap::new(),
            budget: text.len().saturating_mul(10).saturating_add(REPEATED),
            tags: Vec::new(),
            line: 1,
            is_indentation: false,
        }
    }

    /// Reads the next document, if there is one.
    pub fn next_document(&mut self) -> Result<Option<YamlNode>, YamlError> {
        let mut root = YamlNode::Null;
        while let Some(event) = self.parser.next_event() {
            let (event, span) = event.map_err(|error| self.failed(&error))?;
            if matches!(event, Event::DocumentStart { .. }) {
                self.line = span.start.line();
            }
            if matches!(event, Event::DocumentEnd) {
                // an anchor is known in its own document only
                self.anchors.clear();
                return Ok(Some(root));
            }
            match self.event(event, &span) {
                Ok(complete) => root = complete.unwrap_or(root),
                Err(problem) => {
                    let tag = span.tag_start().filter(|_| problem.is_of_tag());
                    let mark = tag.unwrap_or(span.start);
                    return Err(self.syntax_error().unwrap_or_else(|| problem.at(&mark)));
                }
            }
        }
        Ok(None)
    }

    /// Finds the first syntax error in the rest: a text that is no YAML is best called that.
    fn syntax_error(&mut self) -> Option<YamlError> {
        let error = std::iter::from_fn(|| self.parser.next_event()).find_map(Result::err)?;
        Some(self.failed(&error))
    }

    fn failed(&mut self, error: &ScanError) -> YamlError {
        self.is_indentation = *error.kind() == ErrorKind::InvalidIndentation;
        syntax(error)
    }

    /// Takes an event. Returns the root of the document once it is complete.
    fn event(&mut self, event: Event<'_>, span: &Span) -> Result<Option<YamlNode>, YamlProblem> {
        match event {
            Event::Scalar(text, style, anchor, tag) => {
                // of a name that is left out the parser makes a `~` without any width
                let is_nothing = text.is_empty() || span.start.index() == span.end.index();
                let is_empty = is_nothing && style == ScalarStyle::Plain;
                let tag = self.tag(tag.as_deref(), is_empty, span)?;
                if self.awaits_name() {
                    if is_empty && tag.is_none() {
                        return Err(YamlProblem::Name);
                    }
                    let is_merge = style == ScalarStyle::Plain && tag.is_none() && text == MERGE;
                    if anchor != 0 {
                        self.remember(anchor, &YamlNode::Text(Secret::from(&*text)))?;
                    }
                    return self.name(if is_merge { Name::Merge } else { Name::Member(text.into_owned()) });
                }
                let is_plain = style == ScalarStyle::Plain;
                let text = Secret::from(text.into_owned());
                let node = match tag {
                    Some(tag) => YamlNode::tagged(text, tag)?,
                    None if !is_plain => YamlNode::Text(text),
                    None if is_null(text.expose()) => YamlNode::Null,
                    None => YamlNode::Plain(text),
                };
                self.complete(node, anchor)
            }
            Event::Alias(anchor) => {
                // the parser knows the anchor, so its node has begun and is not complete
                let node = self.anchors.get(&anchor).ok_or(YamlProblem::Recursive)?;
                spend(&mut self.budget, node)?;
                match node.clone() {
                    node if !self.awaits_name() => self.complete(node, 0),
                    YamlNode::Plain(text) | YamlNode::Text(text) => {
                        self.name(Name::Member(text.expose().to_owned()))
                    }
                    YamlNode::Null | YamlNode::List(_) | YamlNode::Mapping(_) => Err(YamlProblem::Name),
                }
            }
            Event::SequenceStart(_, anchor, tag) => {
                let tag = self.tag(tag.as_deref(), false, span)?;
                let fits = matches!(tag, None | Some("seq" | tag::NON_SPECIFIC));
                self.open(anchor, Items::List(Vec::new()), fits)
            }
            Event::MappingStart(_, anchor, tag) => {
                let tag = self.tag(tag.as_deref(), false, span)?;
                let fits = matches!(tag, None | Some("map" | tag::NON_SPECIFIC));
                let mapping = Items::Mapping { members: YamlMembers::new(), name: None, merged: Vec::new() };
                self.open(anchor, mapping, fits)
            }
            Event::SequenceEnd | Event::MappingEnd => match self.open.pop() {
                Some(OpenNode { anchor, items }) => self.complete(items.finish(), anchor),
                None => Ok(None),
            },
            _ => Ok(None),
        }
    }

    /// Returns the name of a tag of YAML's own; `None` for a value without a tag.
    fn tag(
        &mut self,
        tag: Option<&Tag>,
        is_empty: bool,
        span: &Span,
    ) -> Result<Option<&'static str>, YamlProblem> {
        let Some(tag) = tag else { return Ok(None) };
        match tag::meaning(tag) {
            Ok(known) => Ok(Some(known)),
            // a tag without a value is a text that needs quotes
            Err(YamlProblem::Tag) if self.lenient && !is_empty => {
                let line = span.tag_start().unwrap_or(span.start).line();
                self.tags.push(UnknownTag { line, name: tag::defined(tag) });
                Ok(None)
            }
            Err(problem) => Err(problem),
        }
    }

    /// Returns true if the next node is the name of a member.
    fn awaits_name(&self) -> bool {
        matches!(self.open.last(), Some(OpenNode { items: Items::Mapping { name: None, .. }, .. }))
    }

    fn open(&mut self, anchor: usize, items: Items, fits: bool) -> Result<Option<YamlNode>, YamlProblem> {
        if !fits {
            return Err(YamlProblem::Mismatch);
        }
        if self.awaits_name() {
            return Err(YamlProblem::Name);
        }
        if self.open.len() == DEPTH {
            return Err(YamlProblem::Depth);
        }
        self.open.push(OpenNode { anchor, items });
        Ok(None)
    }

    fn name(&mut self, new: Name) -> Result<Option<YamlNode>, YamlProblem> {
        if let Some(OpenNode { items: Items::Mapping { members, name, merged }, .. }) = self.open.last_mut() {
            let is_known = match &new {
                Name::Member(name) => members.contains_key(name),
                Name::Merge => !merged.is_empty(),
            };
            if is_known {
                return Err(YamlProblem::Duplicate);
            }
            *name = Some(new);
        }
        Ok(None)
    }

    fn complete(&mut self, node: YamlNode, anchor: usize) -> Result<Option<YamlNode>, YamlProblem> {
        if anchor != 0 {
            self.remember(anchor, &node)?;
        }
        let Some(open) = self.open.last_mut() else { return Ok(Some(node)) };
        match &mut open.items {
            Items::List(items) => items.push(node),
            Items::Mapping { members, name, merged } => match name.take() {
                Some(Name::Merge) => *merged = mappings(node)?,
                Some(Name::Member(name)) => drop(members.insert(name, node)),
                None => {}
            },
        }
        Ok(None)
    }

    fn remember(&mut self, anchor: usize, node: &YamlNode) -> Result<(), YamlProblem> {
        spend(&mut self.budget, node)?;
        self.anchors.insert(anchor, node.clone());
        Ok(())
    }
}

impl Items {
    /// Returns the collection. Members of its own come before those it takes over, of which the first counts.
    fn finish(self) -> YamlNode {
        match self {
            Self::List(items) => YamlNode::List(items),
            Self::Mapping { mut members, merged, .. } => {
                for (name, node) in merged.into_iter().flatten() {
                    if let Entry::Vacant(place) = members.entry(name) {
                        place.insert(node);
                    }
                }
                YamlNode::Mapping(members)
            }
        }
    }
}

/// Returns the mappings that `<<` takes over.
fn mappings(node: YamlNode) -> Result<Vec<YamlMembers>, YamlProblem> {
    let items = match node {
        YamlNode::List(items) => items,
        other => vec![other],
    };
    let mapping = |item| match item {
        YamlNode::Mapping(members) => Ok(members),
        _ => Err(YamlProblem::Merge),
    };
    items.into_iter().map(mapping).collect()
}

/// Takes the size of a copy off a budget.
fn spend(budget: &mut usize, node: &YamlNode) -> Result<(), YamlProblem> {
    *budget = budget.checked_sub(node.size()).ok_or(YamlProblem::Expansion)?;
    Ok(())
}
