//! The part of a list that is asked for: so many credentials after a place, or so many from an offset.
//!
//! A token holds the place where a page ended, not a number of items. So pages stay disjoint while
//! credentials are added and deleted, and together they contain every credential that exists the whole time.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use super::error::QueryError;
use super::order::Order;
use crate::credential::Head;
use crate::hex;

/// The parameters of a page, as they were written.
#[derive(Debug, Clone, Copy, Default)]
pub struct Asked<'a> {
    /// The most credentials on the page, from 1.
    pub limit: Option<&'a str>,
    /// The token of the page before: parameter `continue`.
    pub resume: Option<&'a str>,
    /// The number of credentials to leave out, from 0.
    pub from: Option<&'a str>,
    /// The most credentials on the page, from 0.
    pub size: Option<&'a str>,
}

/// An order and a part of the list in that order.
#[derive(Debug, Clone)]
pub struct Page {
    order: Order,
    query: String,
    after: Option<PageEnd>,
    from: usize,
    most: Option<usize>,
    /// True if a token says where the next page begins.
    continues: bool,
}

/// A part of a list.
#[derive(Debug, Clone)]
pub struct PageSlice {
    /// The credentials on this page, in order.
    pub items: Vec<Head>,
    /// The number of credentials in the whole list.
    pub total: usize,
    /// The token that asks for the next page; none on the last one, and none without a limit.
    pub token: Option<String>,
    /// The offset of the next page, as `from`, if pages are cut by number; none on the last one.
    pub next_from: Option<usize>,
    /// The number of credentials that were asked for, or else of all that there are.
    pub page_size: usize,
}

/// The place where a page ended: the last credential on it.
#[derive(Debug, Clone)]
struct PageEnd {
    key: Option<String>,
    id: String,
}

/// A token before it is encoded.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct PageToken {
    /// Version of this form.
    v: u8,
    /// The value by which the last credential is ordered; none if that is not set.
    k: Option<String>,
    /// The id of the last credential.
    i: String,
    /// The query that the token belongs to.
    q: String,
}

const VERSION: u8 = 1;

impl Page {
    /// Reads the parameters. `query` is the text of everything that selects credentials. A token is good only
    /// for the query and the order that it was given out for, with any limit.
    ///
    /// # Errors
    /// Fails for `limit`, `from` or `size` at a number that is out of range, and for `continue` at a text that
    /// is no token of this query. Fails also if the two ways of paging are mixed.
    pub fn new(asked: Asked<'_>, order: Order, query: &str) -> Result<Self, QueryError> {
        let query = fingerprint(order, query);
        let by_token = asked.limit.is_some() || asked.resume.is_some();
        if by_token && let Some(parameter) = asked.from.and(Some("from")).or(asked.size.and(Some("size"))) {
            return Err(QueryError::new(parameter, "cannot be used together with limit and continue"));
        }
        let after = asked.resume.map(|token| PageEnd::read(token, order, &query)).transpose()?;
        let from = asked.from.map(|text| number("from", text)).transpose()?.unwrap_or(0);
        let most = match asked.limit {
            Some(text) => Some(Self::limit(text)?),
            None => asked.size.map(|text| number("size", text)).transpose()?,
        };
        Ok(Self { order, query, after, from, most, continues: by_token })
    }

    /// Reads a limit: a whole number from 1 on.
    ///
    /// # Errors
    /// Fails at any other text.
    pub fn limit(text: &str) -> Result<usize, QueryError> {
        number("limit", text)
            .ok()
            .filter(|limit| *limit > 0)
            .ok_or_else(|| QueryError::new("limit", "must be a whole number from 1 on"))
    }

    /// Puts all credentials of a list in order and cuts this part out.
    #[must_use]
    pub fn cut(&self, mut heads: Vec<Head>) -> PageSlice {
        let total = heads.len();
        self.order.sort(&mut heads);
        let start = match &self.after {
            // the list is in order, so everything up to the place stands at its beginning
            Some(place) => heads.partition_point(|head| !place.is_before(head, self.order)),
            None => self.from.min(total),
        };
        let end = self.most.map_or(total, |most| start.saturating_add(most).min(total));
        let rest = total > end;
        heads.truncate(end);
        let items = heads.split_off(start);
        // no token on the last page, so a caller knows the end without an empty page
        let token = items.last().filter(|_| rest && self.continues).and_then(|last| self.token(last));
        let next_from = (rest && !self.continues).then_some(end);
        PageSlice { page_size: self.most.unwrap_or(items.len()), items, total, token, next_from }
    }

    fn token(&self, last: &Head) -> Option<String> {
        let k = self.order.key(last).map(super::meta::exact);
        let token = PageToken { v: VERSION, k, i: last.id.clone(), q: self.query.clone() };
        serde_json::to_vec(&token).ok().map(|json| URL_SAFE_NO_PAD.encode(json))
    }
}

impl PageEnd {
    fn read(token: &str, order: Order, query: &str) -> Result<Self, QueryError> {
        let refuse = |reason: &str| QueryError::new("continue", reason);
        let token = URL_SAFE_NO_PAD
            .decode(token)
            .ok()
            .and_then(|json| serde_json::from_slice::<PageToken>(&json).ok())
            .filter(|token| token.v == VERSION)
            .ok_or_else(|| refuse("is not a token of a list"))?;
        if token.q != query {
            return Err(refuse("belongs to another filter or order"));
        }
        // a token comes from outside: a key that is no value of the member must not count as unset
        if token.k.as_deref().is_some_and(|key| order.parse_key(key).is_none()) {
            return Err(refuse("is not a token of a list"));
        }
        Ok(Self { key: token.k, id: token.i })
    }

    /// Returns true if this place comes before a credential in the order.
    fn is_before(&self, head: &Head, order: Order) -> bool {
        let key = self.key.as_deref().and_then(|key| order.parse_key(key));
        order.compare((key.as_ref(), &self.id), (order.key(head).as_ref(), &head.id)).is_lt()
    }
}

fn number(parameter: &'static str, text: &str) -> Result<usize, QueryError> {
    // `parse` would also take `+1`
    let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    text.parse()
        .ok()
        .filter(|_| digits)
        .ok_or_else(|| QueryError::new(parameter, "must be a whole number from 0 on"))
}

/// Returns the first 16 hexadecimal digits of a digest over order and query.
fn fingerprint(order: Order, query: &str) -> String {
    // the zero keeps another split of the same text from being the same query
    let digest = Sha256::new().chain_update(order.text()).chain_update([0]).chain_update(query).finalize();
    hex::encode(&digest[..8])
}

#[cfg(test)]
mod tests {
    use super::super::tests::{head, instant};
    use super::{Asked, Order, Page, PageSlice};
    use crate::credential::Head;

    fn ids(cut: &PageSlice) -> String {
        cut.items.iter().map(|head| head.id.as_str()).collect::<Vec<_>>().join(" ")
    }

    fn cut(heads: &[Head], order: &str, resume: Option<&str>) -> PageSlice {
        let asked = Asked { limit: Some("2"), resume, ..Asked::default() };
        Page::new(asked, Order::parse(order).unwrap(), "q").unwrap().cut(heads.to_vec())
    }

    #[test]
    fn pages_are_disjoint_and_complete_in_every_order() {
        let mut heads = ["e", "b", "a", "d", "c"].map(head);
        heads[0].envelope.valid_until = Some(instant(3));
        heads[1].envelope.valid_until = Some(instant(3));
        heads[2].envelope.valid_until = Some(instant(1));
        for (order, all) in [
            ("id", "a b|c d|e"),
            ("id desc", "e d|c b|a"),
            ("validUntil", "a b|e c|d"),
            ("validUntil desc", "b e|a c|d"),
            ("enabled", "a b|c d|e"),
            ("revision", "a b|c d|e"),
            ("createdBy desc", "a b|c d|e"),
        ] {
            let mut pages = vec![cut(&heads, order, None)];
            while let Some(token) = pages.last().unwrap().token.clone() {
                pages.push(cut(&heads, order, Some(&token)));
            }
            assert_eq!(pages.iter().map(ids).collect::<Vec<_>>().join("|"), all, "{order}");
            assert!(pages.iter().all(|page| page.total == 5 && page.page_size == 2));
        }
    }

    #[test]
    fn a_token_holds_when_credentials_come_and_go() {
        let heads = ["a", "c", "e", "g"].map(head);
        let token = cut(&heads, "id", None).token.unwrap();
        let later = ["b", "d", "e", "g"].map(head);
        assert_eq!(ids(&cut(&later, "id", Some(&token))), "d e");
        assert_eq!(ids(&cut(&[], "id", Some(&token))), "");
    }

    #[test]
    fn a_token_of_another_query_is_refused() {
        let token = cut(&["a", "b", "c"].map(head), "id", None).token.unwrap();
        let resume = |token: &str, order: &str, query: &str| {
            let asked = Asked { limit: Some("1"), resume: Some(token), ..Asked::default() };
            Page::new(asked, Order::parse(order).unwrap(), query).map(|_| ()).map_err(|error| error.parameter)
        };
        assert_eq!(resume(&token, "id", "q"), Ok(()));
        assert_eq!(resume(&token, "id", "other"), Err("continue"));
        assert_eq!(resume(&token, "id desc", "q"), Err("continue"));
        for token in ["", "x", "e30", &token[1..], &format!("{token}=")] {
            assert_eq!(resume(token, "id", "q"), Err("continue"), "{token}");
        }
    }

    #[test]
    fn offsets_count_from_0_and_may_ask_for_nothing() {
        let heads = ["c", "b", "a"].map(head);
        for (from, size, expected) in [
            (None, None, "a b c"),
            (Some("1"), None, "b c"),
            (Some("0"), Some("2"), "a b"),
            (Some("2"), Some("2"), "c"),
            (Some("9"), Some("18446744073709551615"), ""),
            (None, Some("0"), ""),
        ] {
            let asked = Asked { from, size, ..Asked::default() };
            let cut = Page::new(asked, Order::default(), "").unwrap().cut(heads.to_vec());
            assert_eq!((ids(&cut).as_str(), cut.total, cut.token), (expected, 3, None));
        }
    }

    #[test]
    fn numbers_out_of_range_name_their_parameter() {
        for text in ["0", "x", "-1", "1.5", "", "+1", " 1", "99999999999999999999999"] {
            assert_eq!(Page::limit(text).unwrap_err().parameter, "limit", "{text}");
        }
        let refused = |asked| Page::new(asked, Order::default(), "").unwrap_err().parameter;
        assert_eq!(refused(Asked { from: Some("-1"), ..Asked::default() }), "from");
        assert_eq!(refused(Asked { size: Some("x"), ..Asked::default() }), "size");
        assert_eq!(refused(Asked { limit: Some("1"), from: Some("0"), ..Asked::default() }), "from");
        assert_eq!(refused(Asked { limit: Some("1"), size: Some("0"), ..Asked::default() }), "size");
    }
}
