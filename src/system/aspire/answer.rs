//! The answers of Aspire: everything is wrapped in `credential`, also the results of a call.

use crate::dialect::ListPage;
use crate::system::foreign::BulkAnswer;
use crate::value::{Object, Value};

/// Wraps one object or a list.
pub(super) fn wrapped(content: impl Into<Value>) -> Object {
    Object::from_iter([("credential", content.into())])
}

/// Makes a list of Aspire. Its count tells of the page only if one was asked for.
pub(super) fn list(items: Value, page: &ListPage) -> Object {
    let mut count = Object::new();
    if let Some((from, size)) = page.offset {
        count.insert("from", from);
        count.insert("size", size);
    }
    count.insert("totalItems", page.total);
    Object::from_iter([("count", Value::from(count)), ("credential", items)])
}

/// Makes the answer to a change. A change of an existing credential has the shape of a call with several items.
pub(super) fn changed(done: &str, id: &str, item: Object) -> Object {
    let shown = match done {
        "added" => item,
        _ => Object::from_iter([("updated", Value::Bool(true)), ("id", Value::text(id))]),
    };
    wrapped(Value::List(vec![shown.into()]))
}

/// Makes the answer to a deletion, which has a message only.
pub(super) fn deleted(message: &str) -> Object {
    Object::from_iter([("message", Value::text(message))])
}

/// Makes the answer to a call with several items.
pub(super) fn bulk(answer: BulkAnswer<'_>) -> Object {
    let BulkAnswer { done, results, lines } = answer;
    if done == "deleted" {
        // the answer has no other member to name the items that failed
        return deleted(&lines.collect::<Vec<_>>().join("; "));
    }
    wrapped(Value::List(results.map(|one| result(one, done)).collect()))
}

/// Converts a result. The member `done` comes before the id; an added credential has none.
fn result(mut result: Object, done: &str) -> Value {
    let mut shown = Object::new();
    let is_done = result.remove(done).unwrap_or(Value::Bool(false));
    if done != "added" || is_done == Value::Bool(false) {
        shown.insert(done, is_done);
    }
    for (name, value) in result {
        shown.insert(name, value);
    }
    shown.into()
}

/// Gives an error the status that Aspire has for a failed validation, and for a change without any field. An
/// error about a parameter of a query keeps its own status.
pub(super) fn error(document: &mut Object) {
    let is_bad_request = document.get("status") == Some(&Value::text("400"));
    if is_bad_request && document.get("invalidParams").is_none() {
        document.insert("status", Value::text("406"));
    }
}
