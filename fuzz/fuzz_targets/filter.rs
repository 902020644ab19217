//! A text as a filter, an order and a list of columns: an error names a place inside the text, and a
//! filter that is understood holds for exactly those heads for which its opposite does not.
#![no_main]

use credctl::query::{Column, Filter, Order, QueryError};
use credctl_fuzz::{credential, heads, now};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    check(text, Order::parse(text));
    check(text, Column::parse_all(text));
    let Some(filter) = check(text, Filter::parse(text)) else { return };
    let opposite = Filter::parse(&format!("not ({text})")).ok();
    if let Some(opposite) = &opposite {
        assert_eq!(filter.needs_fields(), opposite.needs_fields());
    }
    for head in heads() {
        let holds = filter.matches_head(&head, now());
        assert!(opposite.as_ref().is_none_or(|opposite| opposite.matches_head(&head, now()) != holds));
    }
    let credential = credential();
    let holds = filter.matches(&credential, now());
    assert!(opposite.is_none_or(|opposite| opposite.matches(&credential, now()) != holds));
    if !filter.needs_fields() {
        assert_eq!(filter.matches_head(credential.head(), now()), holds);
    }
});

fn check<T>(text: &str, result: Result<T, QueryError>) -> Option<T> {
    match result {
        Ok(value) => Some(value),
        Err(error) => {
            let _ = error.to_string();
            assert!(error.column.is_none_or(|column| (1..=text.chars().count() + 1).contains(&column)));
            None
        }
    }
}
