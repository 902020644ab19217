//! The order of a list.

use std::cmp::Ordering;

use chrono::{DateTime, Utc};

use super::error::{QueryError, shown};
use super::meta::Meta;
use crate::credential::{Head, Scalar};

/// An order by one member. Credentials that are equal in it are ordered by id, so the order is total.
///
/// Texts are compared by bytes, instants as instants. A credential without the member comes last, upwards
/// and downwards.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Order {
    meta: Meta,
    descending: bool,
}

impl Default for Order {
    /// Returns the order by id, upwards.
    fn default() -> Self {
        Self { meta: Meta::ID, descending: false }
    }
}

impl Order {
    /// Reads a name with an optional direction: `name`, `name asc`, `name desc`.
    ///
    /// # Errors
    /// Fails at an unknown name or direction. `state` is refused as well, because it changes with the clock.
    pub fn parse(text: &str) -> Result<Self, QueryError> {
        let mut words = text.split_whitespace();
        let name = words.next().unwrap_or_default();
        let descending = match words.next() {
            None => false,
            Some(word) if word.eq_ignore_ascii_case("asc") => false,
            Some(word) if word.eq_ignore_ascii_case("desc") => true,
            Some(_) => return Err(QueryError::new("orderBy", "expected asc or desc after the name")),
        };
        if words.next().is_some() {
            return Err(QueryError::new("orderBy", "expected one name and one direction"));
        }
        Self::new(name, descending)
    }

    /// Makes the order by a member.
    ///
    /// # Errors
    /// Fails as [`Order::parse`] does for the name.
    pub fn new(field: &str, descending: bool) -> Result<Self, QueryError> {
        let refuse = |reason: String| Err(QueryError::new("orderBy", reason));
        match Meta::find(field) {
            Some(meta) if meta.member().follows_clock() => {
                refuse("state changes with the clock; order by validFrom or validUntil".to_owned())
            }
            Some(meta) => Ok(Self { meta, descending }),
            None if field.is_empty() => refuse("expected a name such as id or name".to_owned()),
            None => refuse(format!("{} is no name to order by", shown(field))),
        }
    }

    /// Puts credentials in order.
    pub fn sort(&self, heads: &mut [Head]) {
        heads.sort_by(|one, two| {
            self.compare((self.key(one).as_ref(), &one.id), (self.key(two).as_ref(), &two.id))
        });
    }

    /// Returns the order as text, which is the same for the same order.
    pub(super) fn text(self) -> String {
        format!("{} {}", self.meta.name(), if self.descending { "desc" } else { "asc" })
    }

    /// Returns the value by which a credential is ordered, if it is set.
    pub(super) fn key(self, head: &Head) -> Option<Scalar<'_>> {
        // the state is no order, and nothing else depends on the time
        self.meta.read(head, DateTime::<Utc>::MIN_UTC)
    }

    /// Reads a key back from its text.
    pub(super) fn parse_key(self, text: &str) -> Option<Scalar<'static>> {
        self.meta.parse(text).ok()
    }

    /// Compares two credentials by their keys, and by their ids if the keys are equal.
    pub(super) fn compare(
        self,
        one: (Option<&Scalar<'_>>, &str),
        two: (Option<&Scalar<'_>>, &str),
    ) -> Ordering {
        let by_key = match (one.0, two.0) {
            (Some(one), Some(two)) => {
                // both are of one member, so they always compare
                let upwards = one.compare(two).unwrap_or(Ordering::Equal);
                if self.descending { upwards.reverse() } else { upwards }
            }
            // not reversed: what is not set comes last in both directions
            (Some(_), None) => Ordering::Less,
            (None, Some(_)) => Ordering::Greater,
            (None, None) => Ordering::Equal,
        };
        // a token needs a total order, and the id makes it one
        by_key.then_with(|| one.1.as_bytes().cmp(two.1.as_bytes()))
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{head, instant};
    use super::Order;

    fn ordered(order: &str, heads: &[crate::credential::Head]) -> String {
        let mut heads = heads.to_vec();
        Order::parse(order).unwrap().sort(&mut heads);
        heads.iter().map(|head| head.id.as_str()).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn what_is_not_set_comes_last_and_equals_come_by_id() {
        let mut heads = ["b", "a", "d", "c"].map(head);
        heads[0].envelope.valid_until = Some(instant(2));
        heads[1].envelope.valid_until = Some(instant(1));
        assert_eq!(ordered("validUntil", &heads), "a b c d");
        assert_eq!(ordered("validUntil DESC", &heads), "b a c d");
        assert_eq!(ordered("enabled desc", &heads), "a b c d");
        assert_eq!(ordered("id desc", &heads), "d c b a");
    }

    #[test]
    fn names_are_ordered_by_bytes_and_revisions_as_numbers() {
        let mut heads = ["1", "2", "3"].map(head);
        for (head, (name, revision)) in heads.iter_mut().zip([("a", 10), ("B", 9), ("é", 100)]) {
            head.envelope.name = name.to_owned();
            head.stamp.revision = revision;
        }
        assert_eq!(ordered("name", &heads), "2 1 3");
        assert_eq!(ordered("revision asc", &heads), "2 1 3");
    }

    #[test]
    fn other_orders_are_refused() {
        for text in ["", "colour", "name up", "name desc desc", "labels", "labels.a", "state", "password"] {
            assert_eq!(Order::parse(text).unwrap_err().parameter, "orderBy", "{text}");
        }
    }
}
