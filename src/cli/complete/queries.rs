//! Candidates for the options of `list`: columns, orders, and filter expressions.

use std::borrow::Cow;

use credctl::credential::{EnvelopeMember, MEMBERS};
use credctl::kind::{Field, KnownTypes, Secrecy, Shape};
use credctl::query::{Column, NAME_LISTS, Order, in_list};

use super::candidate::{Candidate, beginning_with};

/// The operators of filters.
const OPERATORS: [&str; 9] = ["eq", "ne", "lt", "gt", "lte", "gte", "in", "contains", "startswith"];

/// Returns the columns that may follow what is typed of `--include`.
pub fn include(types: &KnownTypes, word: &str) -> Vec<Candidate> {
    let (before, begin) = last_part(word, &[',']);
    let given: Vec<&str> = before.split(',').map(str::trim).collect();
    let found = names(types)
        .filter(|name| Column::parse_all_for(name, types).is_ok() && !given.contains(name))
        .map(Candidate::new);
    behind(before, beginning_with(begin, found))
}

/// Returns the members that a list can be sorted by, then the directions.
pub fn order(word: &str) -> Vec<Candidate> {
    let (before, begin) = last_part(word, &[' ']);
    let found: Vec<_> = if before.is_empty() {
        names(&KnownTypes::default()).filter(|name| Order::parse(name).is_ok()).collect()
    } else {
        vec!["asc", "desc"]
    };
    behind(before, beginning_with(begin, found.into_iter().map(Candidate::new)))
}

/// Returns what may follow the beginning of a filter: a name, an operator, or the word between two conditions.
pub fn filter(types: &KnownTypes, word: &str) -> Vec<Candidate> {
    let (before, begin) = last_part(word, &[' ', '(', ',']);
    let previous = before.trim_end_matches(' ');
    let last = previous.rsplit([' ', '(', ',']).next().unwrap_or_default();
    let found: Vec<Cow<'static, str>> =
        if previous.is_empty() || previous.ends_with(['(', ',']) || is_one_of(last, &["and", "or", "not"]) {
            let lists = NAME_LISTS.iter().map(|list| format!("{list}.").into());
            names(types).map(Cow::from).chain(lists).chain(["not".into()]).collect()
        } else if is_one_of(last, &OPERATORS) || previous.matches('\'').count() % 2 == 1 {
            Vec::new()
        } else if is_name(types, last) {
            OPERATORS.map(Cow::from).to_vec()
        } else {
            vec!["and".into(), "or".into()]
        };
    behind(before, beginning_with(begin, found.into_iter().map(Candidate::new)))
}

/// Returns the names of the members and fields that are one public value, each once.
fn names(types: &KnownTypes) -> impl Iterator<Item = &'static str> + use<> {
    let members = MEMBERS.iter().filter(|member| member.is_scalar()).map(EnvelopeMember::name);
    let is_public = |field: &&Field| {
        let is_single = matches!(
            field.shape,
            Shape::Line(_) | Shape::Several(_) | Shape::Number(_) | Shape::Time | Shape::Flag
        );
        field.secrecy == Secrecy::Public && is_single
    };
    let kinds: Vec<_> = types.stored().collect();
    let public = kinds.into_iter().flat_map(|kind| kind.fields).filter(is_public);
    let mut seen = std::collections::HashSet::new();
    members.chain(public.map(|field| field.name)).filter(move |name| seen.insert(*name))
}

fn is_name(types: &KnownTypes, word: &str) -> bool {
    names(types).any(|name| name == word) || in_list(word).is_some()
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
    use credctl::kind::KnownTypes;

    use super::{filter, include, order};

    fn values(found: Vec<super::Candidate>) -> Vec<String> {
        found.into_iter().map(|one| one.value).collect()
    }

    #[test]
    fn a_filter_goes_on_by_its_grammar() {
        assert_eq!(values(filter(&KnownTypes::default(), "use")), ["username"]);
        assert_eq!(values(filter(&KnownTypes::default(), "username e")), ["username eq"]);
        for list in ["labels.", "tags.", "custom."] {
            assert_eq!(values(filter(&KnownTypes::default(), &list[..3])), [list]);
        }
        assert_eq!(values(filter(&KnownTypes::default(), "labels.env start")), ["labels.env startswith"]);
        assert_eq!(values(filter(&KnownTypes::default(), "(username eq 'a' a")), ["(username eq 'a' and"]);
        assert_eq!(
            values(filter(&KnownTypes::default(), "type eq 'a' and not (desc")),
            ["type eq 'a' and not (description"]
        );
        assert_eq!(values(filter(&KnownTypes::default(), "type eq ")), Vec::<String>::new());
        assert_eq!(values(filter(&KnownTypes::default(), "passw")), Vec::<String>::new());
    }

    #[test]
    fn columns_and_orders_are_those_that_list_takes() {
        assert_eq!(values(include(&KnownTypes::default(), "id,updat")), ["id,updatedAt"]);
        assert!(!values(include(&KnownTypes::default(), "id,")).contains(&"id,id".to_owned()));
        assert_eq!(values(order("updat")), ["updatedAt"]);
        assert_eq!(values(order("updatedAt d")), ["updatedAt desc"]);
        assert!(values(order("stat")).is_empty());
    }
}
