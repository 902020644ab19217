//! Text as what asks for a page. The first line chooses the order; the second to fifth are `continue`,
//! `limit`, `from` and `size`, each left out if it is empty. A token that begins with `{` is taken for
//! its JSON, its `q` for the right one, so that the fuzzer gets past the encoding.
#![no_main]

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use credctl::query::{Asked, Order, Page, PageSlice};
use credctl_fuzz::heads;
use libfuzzer_sys::fuzz_target;

const QUERY: &str = "filter";

fuzz_target!(|text: &str| {
    let mut lines = text.split('\n');
    let mut next = || lines.next().filter(|line| !line.is_empty());
    let order = next().and_then(|line| Order::parse(line).ok()).unwrap_or_default();
    let resume = next().map(|line| encoded(line, order));
    let asked = Asked { resume: resume.as_deref(), limit: next(), from: next(), size: next() };
    match Page::new(asked, order, QUERY) {
        Ok(page) => check(page.cut(heads()), order),
        Err(error) => drop(error.to_string()),
    }
});

/// The tokens that follow lead through the rest of the list, each credential once.
fn check(mut cut: PageSlice, order: Order) {
    let total = heads().len();
    let mut seen = Vec::new();
    loop {
        assert_eq!((cut.page_size, cut.total), (cut.items.len(), total));
        seen.extend(cut.items.iter().map(|head| head.id.clone()));
        assert!(seen.len() <= total);
        let Some(token) = cut.token else { break };
        let asked = Asked { resume: Some(&token), limit: Some("2"), ..Asked::default() };
        cut = Page::new(asked, order, QUERY).expect("a token that was given out").cut(heads());
        assert!(!cut.items.is_empty());
    }
    seen.sort_unstable();
    assert!(seen.windows(2).all(|pair| pair[0] != pair[1]));
}

fn encoded(line: &str, order: Order) -> String {
    if !line.starts_with('{') {
        return line.to_owned();
    }
    let first = Asked { limit: Some("1"), ..Asked::default() };
    let page = Page::new(first, order, QUERY).expect("a limit of 1");
    let token = page.cut(heads()).token.expect("more than one page");
    let json = URL_SAFE_NO_PAD.decode(token).expect("base64");
    let json = String::from_utf8(json).expect("JSON");
    let right = json.rsplit('"').nth(1).expect("ends with the query");
    URL_SAFE_NO_PAD.encode(line.replace("\"q\":\"\"", &format!("\"q\":\"{right}\"")))
}
