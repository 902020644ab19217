//! Filter expressions: conditions on credentials, joined by `and`, `or` and `not`.
//!
//! Evaluation only; the text is read in `grammar.rs`.

use std::cmp::Ordering;

use chrono::{DateTime, Utc};

use super::member::{Member, public_value};
use super::meta::{Key, Meta};
use super::{QueryError, grammar};
use crate::credential::{Credential, Head};
use crate::kind::Named;
use crate::value::Value;

/// A filter expression such as `type eq 'Azure' and not (labels.stage in ('dev', 'test'))`.
///
/// Operators are `eq ne lt gt lte gte in contains startswith`. `not` binds closest, then `and`, then
/// `or`; a comma between conditions is an `and` that binds least, so `a or b, c` is `(a or b) and c`.
/// Texts and times stand in single quotes, a quote inside is doubled; numbers, `true` and `false` may
/// stand without. Keywords are read in any letter case, names as documents spell them; a name with
/// blanks is quoted behind its dot: `labels.'cost centre'`.
///
/// What is not set fulfils no condition but `ne`. Of a list or of labels of one name, any item
/// fulfils a condition, and `ne` is the opposite of `eq`.
#[derive(Debug, Clone)]
pub struct Filter {
    root: Node,
}

/// A condition, or several joined.
#[derive(Debug, Clone)]
pub(super) enum Node {
    All(Vec<Node>),
    Any(Vec<Node>),
    Not(Box<Node>),
    Test(Test),
}

/// A member compared with values, of which one suffices.
#[derive(Debug, Clone)]
pub(super) struct Test {
    pub(super) member: Member,
    pub(super) operator: Operator,
    pub(super) values: Vec<Operand>,
}

/// How a member is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Operator {
    Eq,
    Ne,
    Lt,
    Gt,
    Lte,
    Gte,
    In,
    Contains,
    StartsWith,
}

/// What a member is compared with.
#[derive(Debug, Clone)]
pub(super) enum Operand {
    /// A value of the member's kind; always a text for labels, tags and fields.
    Key(Key<'static>),
    /// A type, perhaps with a connector type.
    Type(Named),
}

impl Filter {
    /// Reads an expression of at most 16 KiB, 1,000 terms and 64 levels.
    ///
    /// # Errors
    /// What is wrong for parameter `filter`, with the column: a syntax error, a name that is unknown
    /// or secret, a value that is not of the member's kind.
    pub fn parse(text: &str) -> Result<Self, QueryError> {
        Ok(Self { root: grammar::parse(text)? })
    }

    /// Whether some name is a field of a type, so that [`Head`] alone does not tell.
    #[must_use]
    pub fn needs_fields(&self) -> bool {
        self.root.needs_fields()
    }

    /// Whether a credential fulfils it; right only if [`Filter::needs_fields`] says no, because fields
    /// count as not set.
    #[must_use]
    pub fn matches_head(&self, head: &Head, now: DateTime<Utc>) -> bool {
        self.root.holds(&Subject { head, credential: None, now })
    }

    /// Whether a credential fulfils it.
    #[must_use]
    pub fn matches(&self, credential: &Credential, now: DateTime<Utc>) -> bool {
        self.root.holds(&Subject { head: credential.head(), credential: Some(credential), now })
    }
}

/// What is being looked at.
struct Subject<'a> {
    head: &'a Head,
    credential: Option<&'a Credential>,
    now: DateTime<Utc>,
}

impl Node {
    fn needs_fields(&self) -> bool {
        match self {
            Self::All(nodes) | Self::Any(nodes) => nodes.iter().any(Self::needs_fields),
            Self::Not(node) => node.needs_fields(),
            Self::Test(test) => matches!(test.member, Member::Field(_)),
        }
    }

    fn holds(&self, subject: &Subject<'_>) -> bool {
        match self {
            Self::All(nodes) => nodes.iter().all(|node| node.holds(subject)),
            Self::Any(nodes) => nodes.iter().any(|node| node.holds(subject)),
            Self::Not(node) => !node.holds(subject),
            Self::Test(test) => test.holds(subject),
        }
    }
}

impl Test {
    fn holds(&self, subject: &Subject<'_>) -> bool {
        let any = self.values.iter().any(|value| self.holds_for(subject, value));
        any != (self.operator == Operator::Ne)
    }

    fn holds_for(&self, subject: &Subject<'_>, operand: &Operand) -> bool {
        let head = subject.head;
        let key = match operand {
            Operand::Key(key) => key,
            Operand::Type(named) => {
                let connector = head.envelope.connector_type.as_deref();
                return named.kind == head.kind
                    && named.connector_type.as_deref().is_none_or(|wanted| connector == Some(wanted));
            }
        };
        let holds = |value: &Key<'_>| self.operator.holds(value, key);
        match &self.member {
            Member::Meta(meta) => meta.read(head, subject.now).as_ref().is_some_and(holds),
            Member::Label(name) => {
                let mut labels = head.envelope.labels.iter().filter(|label| label.name == *name);
                labels.any(|label| holds(&Key::text(&label.value)))
            }
            Member::Tag(name) => {
                head.envelope.tags.get(name).is_some_and(|value| self.operator.holds_loosely(value, key))
            }
            Member::Field(path) => subject
                .credential
                .and_then(|credential| public_value(credential, path))
                .is_some_and(|value| self.operator.holds_loosely(value, key)),
        }
    }
}

impl Operator {
    /// All operators with their keywords.
    pub(super) const NAMES: &[(Self, &str)] = &[
        (Self::Eq, "eq"),
        (Self::Ne, "ne"),
        (Self::Lt, "lt"),
        (Self::Gt, "gt"),
        (Self::Lte, "lte"),
        (Self::Gte, "gte"),
        (Self::In, "in"),
        (Self::Contains, "contains"),
        (Self::StartsWith, "startswith"),
    ];

    /// Whether it asks for sameness only.
    pub(super) fn is_equality(self) -> bool {
        matches!(self, Self::Eq | Self::Ne | Self::In)
    }

    /// Whether it can be asked of a member.
    pub(super) fn applies_to(self, member: &Member) -> bool {
        match (member, self) {
            (Member::Meta(Meta::Enabled), _) => self.is_equality(),
            (Member::Meta(meta), Self::Contains | Self::StartsWith) => meta.is_text(),
            _ => true,
        }
    }

    /// `ne` is judged as `eq` here and turned round where all values are known.
    fn holds(self, value: &Key<'_>, wanted: &Key<'_>) -> bool {
        match (self, value, wanted) {
            (Self::Contains, Key::Text(text), Key::Text(part)) => text.contains(part.as_ref()),
            (Self::StartsWith, Key::Text(text), Key::Text(part)) => text.starts_with(part.as_ref()),
            _ => value.compare(wanted).is_some_and(|ordering| self.accepts(ordering)),
        }
    }

    fn accepts(self, ordering: Ordering) -> bool {
        match self {
            Self::Eq | Self::Ne | Self::In => ordering.is_eq(),
            Self::Lt => ordering.is_lt(),
            Self::Gt => ordering.is_gt(),
            Self::Lte => ordering.is_le(),
            Self::Gte => ordering.is_ge(),
            Self::Contains | Self::StartsWith => false,
        }
    }

    /// Compares a value whose kind only the document tells; the wanted text is read as that kind.
    fn holds_loosely(self, value: &Value, wanted: &Key<'_>) -> bool {
        let Key::Text(text) = wanted else { return false };
        match value {
            Value::Text(value) => self.holds(&Key::text(value.expose()), wanted),
            Value::List(items) => items.iter().any(|item| self.holds_loosely(item, wanted)),
            Value::Bool(flag) => {
                self.is_equality() && text.eq_ignore_ascii_case(if *flag { "true" } else { "false" })
            }
            Value::Number(number) => {
                let whole = number.as_i64().map(i128::from).or_else(|| number.as_u64().map(i128::from));
                let ordering = match (whole, text.parse::<i128>()) {
                    (Some(number), Ok(wanted)) => Some(number.cmp(&wanted)),
                    _ => number
                        .as_f64()
                        .zip(text.parse::<f64>().ok())
                        .and_then(|(number, wanted)| number.partial_cmp(&wanted)),
                };
                ordering.is_some_and(|ordering| self.accepts(ordering))
            }
            Value::Null | Value::Object(_) => false,
        }
    }
}
