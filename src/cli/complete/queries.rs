//! Candidates for the options of `list`: columns, orders, and filter expressions.

use credctl::credential::{EnvelopeMember, MEMBERS};
use credctl::kind::{KINDS, Secrecy, Shape};
use credctl::query::{Column, Order};

use super::candidate::{Candidate, beginning_with};

/// The operators of filters.
const OPERATORS: [&str; 9] = ["eq", "ne", "lt", "gt", "lte", "gte", "in", "contains", "startswith"];

/// Returns the columns that may follow what is typed of `--include`.
pub fn include(word: &str) -> Vec<Candidate> {
    let (before, begin) = last_part(word, &[',']);
    let given: Vec<&str> = before.split(',').map(str::trim).collect();
    let found =
        names().filter(|name| Column::parse_all(name).is_ok() && !given.contains(name)).map(Candidate::new);
    behind(before, beginning_with(begin, found))
}

/// Returns the members that a list can be sorted by, then the directions.
pub fn order(word: &str) -> Vec<Candidate> {
    let (before, begin) = last_part(word, &[' ']);
    let found: Vec<_> = if before.is_empty() {
        names().filter(|name| Order::parse(name).is_ok()).collect()
    } else {
        vec!["asc", "desc"]
    };
    behind(before, beginning_with(begin, found.into_iter().map(Candidate::new)))
}

/// Returns what may follow the beginning of a filter: a name, an operator, or the word between two conditions.
pub fn filter(word: &str) -> Vec<Candidate> {
    let (before, begin) = last_part(word, &[' ', '(', ',']);
    let previous = before.trim_end_matches(' ');
    let last = previous.rsplit([' ', '(', ',']).next().unwrap_or_default();
    let found: Vec<&str> =
        if previous.is_empty() || previous.ends_with(['(', ',']) || is_one_of(last, &["and", "or", "not"]) {
            names().chain(["labels.", "tags.", "custom.", "not"]).collect()
        } else if is_one_of(last, &OPERATORS) || previous.matches('\'').count() % 2 == 1 {
            Vec::new()
        } else if is_name(last) {
            OPERATORS.to_vec()
        } else {
            vec!["and", "or"]
        };
    behind(before, beginning_with(begin, found.into_iter().map(Candidate::new)))
}

/// Returns the names of the members and fields that are one public value, each once.
fn names() -> impl Iterator<Item = &'static str> {
    let members = MEMBERS.iter().filter(|member| member.is_scalar()).map(EnvelopeMember::name);
    let public = KINDS.iter().flat_map(|kind| kind.fields).filter(|field| {
        field.secrecy == Secrecy::Public
            && matches!(field.shape, Shape::Line(_) | Shape::Several(_) | Shape::Time | Shape::Flag)
    });
    let mut seen = std::collections::HashSet::new();
    members.chain(public.map(|field| field.name)).filter(move |name| seen.insert(*name))
}

fn is_name(word: &str) -> bool {
    names().any(|name| name == word)
        || ["labels.", "tags.", "custom."].iter().any(|begin| word.starts_with(begin))
}

fn is_one_of(word: &str, words: &[&str]) -> bool {
    words.iter().any(|one| one.eq_ignore_ascii_case(word))
}

/// Splits a text behind its last separator.
fn last_part<'a>(text: &'a str, separators: &[char]) -> (&'a str, &'a str) {
    text.split_at(text.rfind(separators).map_or(0, |at| at + 1))
}

fn behind(before: &str, found: Vec<Candidate>) -> Vec<Candidate> {
    found.into_iter().map(|one| Candidate { value: format!("{before}{}", one.value), ..one }).collect()
}

#[cfg(test)]
mod tests {
    use super::{filter, include, order};

    fn values(found: Vec<super::Candidate>) -> Vec<String> {
        found.into_iter().map(|one| one.value).collect()
    }

    #[test]
    fn a_filter_goes_on_by_its_grammar() {
        assert_eq!(values(filter("use")), ["username"]);
        assert_eq!(values(filter("username e")), ["username eq"]);
        assert_eq!(values(filter("labels.env start")), ["labels.env startswith"]);
        assert_eq!(values(filter("(username eq 'a' a")), ["(username eq 'a' and"]);
        assert_eq!(values(filter("type eq 'a' and not (desc")), ["type eq 'a' and not (description"]);
        assert_eq!(values(filter("type eq ")), Vec::<String>::new());
        assert_eq!(values(filter("passw")), Vec::<String>::new());
    }

    #[test]
    fn columns_and_orders_are_those_that_list_takes() {
        assert_eq!(values(include("id,updat")), ["id,updatedAt"]);
        assert!(!values(include("id,")).contains(&"id,id".to_owned()));
        assert_eq!(values(order("updat")), ["updatedAt"]);
        assert_eq!(values(order("updatedAt d")), ["updatedAt desc"]);
        assert!(values(order("stat")).is_empty());
    }
}
