//! Documents of a YAML text: one, one in texts, or several.

use super::error::{YamlError, YamlProblem};
use super::node::YamlNode;
use super::read::YamlReader;
use super::tag::UnknownTag;
use crate::value::tree::Value;

/// Reads a YAML text of one document; an empty one is null.
///
/// # Errors
/// Anything that is not one YAML document, with its place.
pub fn parse(text: &str) -> Result<Value, YamlError> {
    read(text, false, one).map(YamlNode::typed)
}

/// Reads a YAML text of one document with a text in the place of every scalar but null, as it is written,
/// and of every list, as JSON. Unknown tags are passed over, unless another program would replace them by a
/// value; they come with the value.
///
/// # Errors
/// As [`parse`].
pub fn parse_texts(text: &str) -> Result<(Value, Vec<UnknownTag>), YamlError> {
    read(text, true, |reader| {
        let value = one(reader)?.texts();
        Ok((value, std::mem::take(&mut reader.tags)))
    })
}

/// Reads a YAML text of one document, or of several that `---` parts.
///
/// # Errors
/// As [`parse`].
pub fn parse_many(text: &str) -> Result<Vec<Value>, YamlError> {
    read(text, false, |reader| {
        std::iter::from_fn(|| reader.next_document().transpose()).map(|node| Ok(node?.typed())).collect()
    })
}

/// Reads a text as the specification wants it. A bracket that is closed at the beginning of a line is against
/// it, and yet in many files. A text that is wrong only with the indentation in brackets is read all the
/// same.
fn read<'a, T>(
    text: &'a str,
    lenient: bool,
    take: impl Fn(&mut YamlReader<'a>) -> Result<T, YamlError>,
) -> Result<T, YamlError> {
    let mut reader = YamlReader::new(text, lenient, true);
    let result = take(&mut reader);
    if result.is_err() && reader.is_indentation {
        return take(&mut YamlReader::new(text, lenient, false));
    }
    result
}

fn one(reader: &mut YamlReader<'_>) -> Result<YamlNode, YamlError> {
    let first = reader.next_document()?;
    if first.is_some() && reader.next_document()?.is_some() {
        return Err(YamlError { line: reader.line, column: 1, problem: YamlProblem::Several });
    }
    Ok(first.unwrap_or(YamlNode::Null))
}
