//! Finding, among many, the one that is for a site: the longest path first, then the newest.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};

use super::{Fit, Site};

/// A search for what is for one site.
#[derive(Debug)]
pub struct Search<'a, T> {
    asked: &'a Site,
    best: Option<(Fit, DateTime<Utc>, T)>,
    /// The paths of what is below the host that was asked for.
    below: BTreeSet<String>,
}

/// The result of a search.
#[derive(Debug, PartialEq, Eq)]
pub enum Found<T> {
    /// Nothing is for the site.
    Nothing,
    /// The one that fits best.
    One(T),
    /// Only such as are for different paths on the host, and the address names no path.
    Several,
}

impl<'a, T> Search<'a, T> {
    /// A search that has seen nothing yet.
    #[must_use]
    pub fn new(asked: &'a Site) -> Self {
        Self { asked, best: None, below: BTreeSet::new() }
    }

    /// Looks at one, with its sites and the time of its last change.
    pub fn offer(&mut self, sites: impl IntoIterator<Item = Site>, changed: DateTime<Utc>, item: T) {
        let fits = sites.into_iter().filter_map(|site| Some((site.fit(self.asked)?, site.path)));
        let Some((fit, path)) = fits.max_by_key(|(fit, _)| *fit) else { return };
        if fit == Fit::Below {
            self.below.insert(path);
        }
        if self.best.as_ref().is_none_or(|(known, time, _)| (fit, changed) > (*known, *time)) {
            self.best = Some((fit, changed, item));
        }
    }

    /// What was found.
    #[must_use]
    pub fn finish(self) -> Found<T> {
        match self.best {
            None => Found::Nothing,
            // to choose one would send the login of one path to another
            Some((Fit::Below, ..)) if self.below.len() > 1 => Found::Several,
            Some((_, _, item)) => Found::One(item),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Found, Search};
    use crate::site::Site;
    use chrono::{DateTime, TimeDelta};

    fn found(asked: &str, offers: &[(&str, i64)]) -> Found<usize> {
        let asked = Site::parse(asked).unwrap();
        let mut search = Search::new(&asked);
        for (number, (site, second)) in offers.iter().enumerate() {
            search.offer(Site::parse(site), DateTime::UNIX_EPOCH + TimeDelta::seconds(*second), number);
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
}
