//! One member that every credential has: the way to get it from a head and to set it, and the answers that show
//! it. `envelope.rs` has the table of them.

use std::borrow::Cow;

use chrono::{DateTime, Utc};

use super::head::Head;
use super::scalar::Scalar;
use crate::kind::{ENVELOPE, Field, Shape};
use crate::text::PublicText;
use crate::value::{Object, Value};

/// One member of the envelope.
#[derive(Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each is an attribute of its own")]
pub struct EnvelopeMember {
    /// The entry of the catalogue: name, class, shape.
    pub field: &'static Field,
    /// True if lists show the member.
    pub listed: bool,
    /// True if `name=value` may set the member. The others have options of their own, or cannot be given.
    pub assignable: bool,
    /// True if records of the vault have the member. The others are computed.
    pub stored: bool,
    /// True if the values are a few words that all credentials share.
    pub closed: bool,
    /// True if the member is stored in Unicode form NFC, however it is typed.
    pub composed: bool,
    get: Get,
    set: Option<fn(&mut Head, Value)>,
}

/// The way to get a member from a head.
#[derive(Debug)]
pub(super) enum Get {
    /// A text.
    Text(for<'a> fn(&'a Head) -> Option<Cow<'a, str>>),
    /// A text that may be long.
    Long(fn(&Head) -> Option<&PublicText>),
    /// A text that changes with the clock.
    Clock(fn(&Head, DateTime<Utc>) -> &'static str),
    Flag(fn(&Head) -> bool),
    /// A flag that documents have only while it is true.
    Mark(fn(&Head) -> bool),
    Number(fn(&Head) -> u64),
    Instant(fn(&Head) -> Option<DateTime<Utc>>),
    /// A value that is shown, and never compared.
    Value(fn(&Head) -> Option<Value>),
    /// The head alone does not tell.
    Elsewhere,
}

impl EnvelopeMember {
    /// Returns the canonical name.
    #[must_use]
    pub fn name(&self) -> &'static str {
        self.field.name
    }

    /// Returns true if the member is one value, which can be compared.
    #[must_use]
    pub fn is_scalar(&self) -> bool {
        !matches!(self.get, Get::Value(_) | Get::Elsewhere)
    }

    /// Returns true if the values of the member are texts.
    #[must_use]
    pub fn is_text(&self) -> bool {
        matches!(self.get, Get::Text(_) | Get::Long(_) | Get::Clock(_))
    }

    /// Returns true if the values of the member are `true` and `false`.
    #[must_use]
    pub fn is_flag(&self) -> bool {
        matches!(self.get, Get::Flag(_) | Get::Mark(_))
    }

    /// Returns true if the values of the member are numbers.
    #[must_use]
    pub fn is_number(&self) -> bool {
        matches!(self.get, Get::Number(_))
    }

    /// Returns true if the values of the member are points in time.
    #[must_use]
    pub fn is_time(&self) -> bool {
        matches!(self.get, Get::Instant(_))
    }

    /// Returns true if the values of the member are texts of any length.
    #[must_use]
    pub fn is_long(&self) -> bool {
        matches!(self.get, Get::Long(_))
    }

    /// Returns true if the member changes without a change of the credential.
    #[must_use]
    pub fn follows_clock(&self) -> bool {
        matches!(self.get, Get::Clock(_))
    }

    /// Returns true if a document may give the member.
    #[must_use]
    pub fn can_be_set(&self) -> bool {
        self.set.is_some()
    }

    /// Returns the member of a head as one value, if it is one and is set.
    #[must_use]
    pub fn scalar<'a>(&self, head: &'a Head, now: DateTime<Utc>) -> Option<Scalar<'a>> {
        match self.get {
            Get::Text(get) => get(head).map(Scalar::Text),
            Get::Long(get) => get(head).map(|text| Scalar::Text((&**text).into())),
            Get::Clock(get) => Some(Scalar::text(get(head, now))),
            Get::Flag(get) | Get::Mark(get) => Some(Scalar::Flag(get(head))),
            Get::Number(get) => Some(Scalar::Number(get(head))),
            Get::Instant(get) => get(head).map(Scalar::Instant),
            Get::Value(_) | Get::Elsewhere => None,
        }
    }

    /// Returns the member of a head as documents have it, if the head has it and it is set.
    #[must_use]
    pub fn value(&self, head: &Head, now: DateTime<Utc>) -> Option<Value> {
        match self.get {
            Get::Value(get) => get(head),
            Get::Long(get) => get(head).cloned().map(Value::text),
            Get::Mark(get) => get(head).then_some(Value::Bool(true)),
            _ => self.scalar(head, now).map(Value::from),
        }
    }

    /// Returns the text of a member that is stored as a text and is set.
    #[must_use]
    pub fn stored_text<'a>(&self, head: &'a Head) -> Option<Cow<'a, str>> {
        match self.get {
            Get::Text(get) if self.stored => get(head),
            Get::Long(get) if self.stored => get(head).map(|text| (&**text).into()),
            _ => None,
        }
    }

    /// Returns the value that a complete document has for a member that is not set. Only the members with parts
    /// have one.
    #[must_use]
    pub fn empty(&self) -> Option<Value> {
        match self.field.shape {
            Shape::Labels => Some(Value::List(Vec::new())),
            Shape::Tags => Some(Object::new().into()),
            _ => None,
        }
    }

    /// Puts a value that the gate has judged into a head. Does nothing for a member that cannot be set.
    pub(crate) fn put(&self, head: &mut Head, value: Value) {
        if let Some(set) = self.set {
            set(head, value);
        }
    }

    pub(super) const fn set(mut self, set: fn(&mut Head, Value)) -> Self {
        self.set = Some(set);
        self
    }

    pub(super) const fn listed(mut self) -> Self {
        self.listed = true;
        self
    }

    pub(super) const fn assignable(mut self) -> Self {
        self.assignable = true;
        self
    }

    pub(super) const fn composed(mut self) -> Self {
        self.composed = true;
        self
    }

    pub(super) const fn closed(mut self) -> Self {
        self.closed = true;
        self
    }

    pub(super) const fn computed(mut self) -> Self {
        self.stored = false;
        self
    }
}

pub(super) const fn member(name: &str, get: Get) -> EnvelopeMember {
    EnvelopeMember {
        field: field(name),
        listed: false,
        assignable: false,
        stored: true,
        closed: false,
        composed: false,
        get,
        set: None,
    }
}

pub(super) const fn text(name: &str, get: for<'a> fn(&'a Head) -> Option<Cow<'a, str>>) -> EnvelopeMember {
    member(name, Get::Text(get))
}

pub(super) const fn instant(name: &str, get: fn(&Head) -> Option<DateTime<Utc>>) -> EnvelopeMember {
    member(name, Get::Instant(get))
}

pub(super) const fn whole(name: &str, get: fn(&Head) -> Option<Value>) -> EnvelopeMember {
    member(name, Get::Value(get))
}

/// Finds a member in the catalogue. A name that is not there is an error of the compiler, because the table is
/// a constant.
const fn field(name: &str) -> &'static Field {
    let mut index = 0;
    while !is_same(ENVELOPE[index].name, name) {
        index += 1;
    }
    &ENVELOPE[index]
}

const fn is_same(one: &str, two: &str) -> bool {
    let (one, two) = (one.as_bytes(), two.as_bytes());
    let mut index = 0;
    while index < one.len() && index < two.len() && one[index] == two[index] {
        index += 1;
    }
    index == one.len() && index == two.len()
}
