//! The search among many for the one that is for a site: the longest path first, then the newest.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};

use super::place::{Fit, Site};
use super::sites::Matched;
use super::sites::Sites;

/// A search for the item that is for one site.
#[derive(Debug)]
pub struct Search<'a, T> {
    asked: &'a Site,
    best: Option<(Fit, DateTime<Utc>, T)>,
    /// The paths of items that are on the host in question and do not cover the address.
    others: BTreeSet<String>,
}

/// The result of a search.
#[derive(Debug, PartialEq, Eq)]
pub enum Found<T> {
    /// Nothing is for the site.
    Nothing,
    /// The item that fits best.
    One(T),
    /// Only items for different paths on the host, while the address names no path.
    Several,
}

impl<'a, T> Search<'a, T> {
    /// Begins a search that has seen nothing yet.
    #[must_use]
    pub fn new(asked: &'a Site) -> Self {
        Self { asked, best: None, others: BTreeSet::new() }
    }

    /// Looks at one item, with its sites and the time of its last change.
    pub fn offer(&mut self, sites: &Sites, changed: DateTime<Utc>, item: T) {
        let Some(Matched { fit, paths }) = sites.matched(self.asked) else { return };
        if !matches!(fit, Fit::Covers(_)) {
            self.others.extend(paths.into_iter().map(str::to_owned));
        }
        if self.best.as_ref().is_none_or(|(known, time, _)| (fit, changed) > (*known, *time)) {
            self.best = Some((fit, changed, item));
        }
    }

    /// Ends the search and returns the result.
    #[must_use]
    pub fn finish(self) -> Found<T> {
        match self.best {
            None => Found::Nothing,
            // a choice would send the login of one path to another
            Some((Fit::Below, ..)) if self.others.len() > 1 => Found::Several,
            Some((Fit::Host, ..)) if self.others.len() > 1 => Found::Nothing,
            Some((_, _, item)) => Found::One(item),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Found, Search};
    use crate::site::{Site, Sites};
    use crate::value::{Object, Value};
    use chrono::{DateTime, TimeDelta};

    fn found(asked: &str, offers: &[(&str, i64)]) -> Found<usize> {
        let tags: Vec<_> = offers.iter().map(|(url, second)| (vec![("url", *url)], *second)).collect();
        found_of(asked, &tags)
    }

    fn found_of(asked: &str, offers: &[(Vec<(&str, &str)>, i64)]) -> Found<usize> {
        let asked = Site::parse(asked).unwrap();
        let mut search = Search::new(&asked);
        for (number, (tags, second)) in offers.iter().enumerate() {
            let tags: Object = tags.iter().map(|(name, text)| (*name, Value::text(*text))).collect();
            let changed = DateTime::UNIX_EPOCH + TimeDelta::seconds(*second);
            search.offer(&Sites::of(&Object::new(), &tags), changed, number);
        }
        search.finish()
    }

    #[test]
    fn the_longest_path_is_found_and_of_equal_ones_the_newest() {
        let host = "https://h.example";
        let team = "https://h.example/team";
        assert_eq!(found("https://h.example/team/a", &[(team, 1), (host, 9)]), Found::One(0));
        assert_eq!(found(host, &[(team, 9), (host, 1)]), Found::One(1));
        assert_eq!(found(host, &[(host, 1), (host, 3), ("h.example", 2)]), Found::One(1));
        assert_eq!(found(host, &[(team, 1)]), Found::One(0));
        assert_eq!(found(host, &[(team, 1), (team, 2)]), Found::One(1));
        assert_eq!(found(host, &[(team, 1), ("https://h.example/other", 2)]), Found::Several);
        assert_eq!(found("https://other.example", &[(host, 1)]), Found::Nothing);
    }

    #[test]
    fn the_host_stands_for_another_path_only_where_there_is_one_path() {
        let login = |path: &'static str| vec![("host", "h.example"), ("url", path)];
        let (a, b) = ("https://h.example/a", "https://h.example/b");
        let third = "https://h.example/c";
        assert_eq!(found_of(third, &[(login(a), 1)]), Found::One(0));
        assert_eq!(found_of(third, &[(login(a), 1), (login(a), 2)]), Found::One(1));
        assert_eq!(found_of(third, &[(login(a), 1), (login(b), 2)]), Found::Nothing);
        let both = [login(a), vec![("url-2", b)]].concat();
        assert_eq!(found_of(third, &[(both.clone(), 1)]), Found::Nothing);
        assert_eq!(found_of(b, &[(both, 1)]), Found::One(0));
        assert_eq!(found_of("https://h.example", &[(login(a), 1), (login(b), 2)]), Found::Several);
        assert_eq!(found_of("ssh://h.example", &[(login(a), 1), (login(b), 2)]), Found::Several);
        assert_eq!(found_of(third, &[(login(a), 2), (vec![("host", "h.example")], 1)]), Found::One(1));
    }
}
