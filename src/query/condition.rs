//! Conditions on credentials, joined by `and`, `or` and `not`, and the test of a credential against them.
//!
//! This file must not know how they are written; `grammar.rs` reads them.

use std::cmp::Ordering;

use chrono::{DateTime, Utc};

use super::member::{Member, public_value};
use crate::credential::{Credential, Head, Scalar};
use crate::kind::Named;
use crate::value::Value;

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

/// The way in which a member is compared.
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

/// A value with which a member is compared.
#[derive(Debug, Clone)]
pub(super) enum Operand {
    /// A value of the member's kind; always a text for labels, tags and fields.
    Key(Scalar<'static>),
    /// A type, perhaps with a connector type.
    Type(Named),
    /// The name of a type that is not known yet: a vault may define it.
    TypeName(String),
}

/// The credential that is tested, and the instant of the test.
pub(super) struct Subject<'a> {
    pub(super) head: &'a Head,
    /// The whole credential, where it is read; its fields count as not set otherwise.
    pub(super) credential: Option<&'a Credential>,
    pub(super) now: DateTime<Utc>,
}

impl Node {
    /// Returns true if a name in the condition is a field of a type.
    pub(super) fn needs_fields(&self) -> bool {
        match self {
            Self::All(nodes) | Self::Any(nodes) => nodes.iter().any(Self::needs_fields),
            Self::Not(node) => node.needs_fields(),
            Self::Test(test) => matches!(test.member, Member::Field(_) | Member::Fact(_)),
        }
    }

    /// Returns true if the credential that is tested fulfils the condition.
    pub(super) fn holds(&self, subject: &Subject<'_>) -> bool {
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
        // `ne` is the opposite of `eq`, so it also holds for a member that is not set
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
            Operand::TypeName(name) => return head.kind.is_called(name),
        };
        let holds = |value: &Scalar<'_>| self.operator.holds(value, key);
        match &self.member {
            Member::Meta(meta) => meta.read(head, subject.now).as_ref().is_some_and(holds),
            Member::Label(name) => {
                let mut labels = head.envelope.labels.iter().filter(|label| *label.name == **name);
                labels.any(|label| holds(&Scalar::text(&label.value)))
            }
            Member::Tag(name) => {
                head.envelope.tags.get(name).is_some_and(|value| self.operator.holds_loosely(value, key))
            }
            Member::Field(path) => subject
                .credential
                .and_then(|credential| public_value(credential, path))
                .is_some_and(|value| self.operator.holds_loosely(value, key)),
            Member::Fact(name) => subject.credential.is_some_and(|credential| {
                let facts = credential.facts();
                facts.iter().any(|fact| fact.name == *name && holds(&Scalar::text(&fact.text)))
            }),
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

    /// Returns true if the operator asks for equality only.
    pub(super) fn is_equality(self) -> bool {
        matches!(self, Self::Eq | Self::Ne | Self::In)
    }

    /// Returns true if the operator can be used on a member.
    pub(super) fn applies_to(self, member: &Member) -> bool {
        match (member, self) {
            (Member::Meta(meta), _) if meta.member().is_flag() => self.is_equality(),
            (Member::Meta(meta), Self::Contains | Self::StartsWith) => meta.member().is_text(),
            _ => true,
        }
    }

    /// Compares one value. `ne` is judged as `eq` here; [`Test::holds`] turns the result round when all values
    /// are known.
    fn holds(self, value: &Scalar<'_>, wanted: &Scalar<'_>) -> bool {
        match (self, value, wanted) {
            (Self::Contains, Scalar::Text(text), Scalar::Text(part)) => text.contains(part.as_ref()),
            (Self::StartsWith, Scalar::Text(text), Scalar::Text(part)) => text.starts_with(part.as_ref()),
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
    fn holds_loosely(self, value: &Value, wanted: &Scalar<'_>) -> bool {
        let Scalar::Text(text) = wanted else { return false };
        match value {
            Value::Text(value) => self.holds(&Scalar::text(value.expose()), wanted),
            Value::List(items) => items.iter().any(|item| self.holds_loosely(item, wanted)),
            Value::Bool(flag) => {
                self.is_equality() && text.eq_ignore_ascii_case(if *flag { "true" } else { "false" })
            }
            Value::Number(number) => {
                // as whole numbers while both are: a double rounds those beyond 2^53
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
