//! The ways in which a text is not YAML as it is read here.

use granit_parser::{ErrorKind, Marker, ScanError};

/// The reason why a text is not YAML as it is read here, and its place.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line}, column {column}: {problem}")]
pub struct YamlError {
    /// The line; the first is 1.
    pub line: usize,
    /// The column in characters; the first is 1.
    pub column: usize,
    /// The problem.
    pub problem: YamlProblem,
}

/// The problems of a YAML text. None of these quotes it, but for a tag that is known by its name.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum YamlProblem {
    /// A text that is not YAML, and the reason.
    #[error("not valid YAML: {0}")]
    Syntax(&'static str),
    /// More than one document where one is expected.
    #[error("more than one YAML document")]
    Several,
    /// A member that stands twice in one mapping.
    #[error("a member appears twice in one mapping")]
    Duplicate,
    /// A name that is no text, such as a list, or none.
    #[error("the name of a member must be a text")]
    Name,
    /// A number with a tag that says so, in a form that is not kept.
    #[error("a number cannot be kept exactly; write it in quotes")]
    Number,
    /// A value that its tag does not fit.
    #[error("the value does not fit its tag")]
    Mismatch,
    /// A tag that another program replaces by a value.
    #[error("the tag `!{0}` needs another program; write the value itself")]
    Resolved(Box<str>),
    /// A tag that is not known. It is not named: it may be a password that begins with `!`.
    #[error("unknown tag; a text that begins with `!` needs quotes")]
    Tag,
    /// A merge of something that is no mapping.
    #[error("`<<` must be followed by a mapping or a list of mappings")]
    Merge,
    /// An alias inside of what it stands for.
    #[error("an alias is inside of its own anchor")]
    Recursive,
    /// Aliases that multiply the text.
    #[error("aliases repeat too much of the document")]
    Expansion,
    /// Too many levels.
    #[error("nested deeper than 128 levels")]
    Depth,
}

impl YamlProblem {
    /// Returns true if the tag is wrong, and not what follows.
    pub(super) fn is_of_tag(&self) -> bool {
        matches!(self, Self::Tag | Self::Resolved(_) | Self::Number | Self::Mismatch)
    }

    pub(super) fn at(self, mark: &Marker) -> YamlError {
        YamlError { line: mark.line(), column: mark.col() + 1, problem: self }
    }
}

pub(super) fn syntax(error: &ScanError) -> YamlError {
    use ErrorKind as E;
    let problem = match error.kind() {
        E::RecursionLimitExceeded => YamlProblem::Depth,
        kind => YamlProblem::Syntax(match kind {
            E::UnknownAnchor => "an alias without its anchor; a text that begins with `*` needs quotes",
            E::UnclosedQuotedScalar | E::DocumentIndicatorInQuotedScalar => "a quotation mark is not closed",
            E::InvalidTrailingSingleQuotedScalar | E::InvalidTrailingDoubleQuotedScalar => {
                "text follows a closing quotation mark"
            }
            E::UnclosedFlowCollection { .. }
            | E::MismatchedFlowCollectionEnd { .. }
            | E::MisplacedFlowCollectionEnd
            | E::UnexpectedEofFlowSequence
            | E::UnexpectedEofFlowMapping
            | E::UnexpectedEofImplicitFlowMapping => "brackets do not match",
            E::ExpectedFlowMappingSeparator | E::ExpectedFlowSequenceSeparator => {
                "a comma or a closing bracket is expected"
            }
            E::TabNotAllowed
            | E::TabInBlockIndentation
            | E::TabInIndentation
            | E::TabAtBlockScalarStart
            | E::TabInPlainScalar => "a tab where only blanks are allowed",
            E::InvalidIndentation
            | E::InvalidBlockScalarIndent
            | E::InvalidQuotedScalarIndent
            | E::InvalidFlowScalarIndent
            | E::ExpectedBlockSequenceEntry
            | E::BlockSequenceEntryNotAllowed => "wrong indentation",
            E::MappingValueNotAllowed | E::InvalidColonPlacement | E::InvalidSimpleKey => {
                "a colon is not expected; a text with a colon and a blank needs quotes"
            }
            E::SimpleKeyExpected | E::ExpectedBlockMappingKey => "a name and a colon are expected",
            E::UnknownQuotedScalarEscape
            | E::InvalidQuotedScalarHexEscape
            | E::InvalidLowSurrogateHexEscape
            | E::InvalidLowSurrogate
            | E::MissingLowSurrogate
            | E::UnpairedLowSurrogate
            | E::InvalidUnicodeEscape => "an unknown escape; a text with backslashes needs single quotes",
            E::UndeclaredTagHandle => "an undeclared tag; a text that begins with `!` needs quotes",
            E::UnexpectedCharacter { .. } => "a character that cannot begin a text; write the text in quotes",
            _ => "the syntax is wrong here",
        }),
    };
    problem.at(error.marker())
}
