//! The user of a configuration, and the members with data in base64.

use zeroize::Zeroizing;

use crate::base64::{self, NotBase64};
use crate::value::{Object, Value};

/// Returns the user of the current context, as the member `user` describes it. If no context is current, it is
/// the user of the only context, or else the only user. Returns `None` if the configuration leaves it open.
#[must_use]
pub fn current_user(config: &Object) -> Option<&Value> {
    let list = |name: &str| config.get(name).and_then(Value::as_list).unwrap_or_default();
    let named =
        |name: &str, wanted: &str| list(name).iter().find(|item| item.text_at(&["name"]) == Some(wanted));
    let current = config.get("current-context").and_then(|name| name.text_at(&[]));
    let context = match (current.filter(|name| !name.is_empty()), list("contexts")) {
        (Some(current), _) => Some(named("contexts", current)?),
        (None, [context]) => Some(context),
        (None, []) => None,
        (None, _) => return None,
    };
    let user = match (context, list("users")) {
        (Some(context), _) => named("users", context.text_at(&["context", "user"])?)?,
        (None, [user]) => user,
        (None, _) => return None,
    };
    user.at(&["user"])
}

/// Decodes a member such as `client-key-data` into memory that is wiped. Line breaks in it are passed over, as
/// clients do.
///
/// # Errors
/// Fails if the text is not base64.
pub fn decode_data(text: &str) -> Result<Zeroizing<Vec<u8>>, NotBase64> {
    let mut base64 = Zeroizing::new(String::with_capacity(text.len()));
    for line in text.split(['\r', '\n']) {
        base64.push_str(line);
    }
    base64::decode(&base64)
}

#[cfg(test)]
mod tests {
    use super::current_user;
    use crate::value::json;

    #[test]
    fn the_current_user_is_that_of_the_current_context() {
        let current = |rest: &str| {
            let users = r#"[{"name":"a","user":{"token":"A"}},{"name":"b","user":{"token":"B"}}]"#;
            let document = json::parse(format!(r#"{{"users":{users},{rest}}}"#).as_bytes()).unwrap();
            let config = document.as_object().unwrap();
            current_user(config).and_then(|user| user.text_at(&["token"])).map(str::to_owned)
        };
        let contexts =
            r#""contexts":[{"name":"x","context":{"user":"a"}},{"name":"y","context":{"user":"b"}}]"#;
        let one = r#""contexts":[{"name":"y","context":{"user":"b"}}]"#;
        for (rest, token) in [
            (format!(r#"{contexts},"current-context":"y""#), Some("B")),
            (format!(r#"{contexts},"current-context":"x""#), Some("A")),
            (format!(r#"{contexts},"current-context":"z""#), None),
            (format!(r#"{contexts},"current-context":"""#), None),
            (contexts.to_owned(), None),
            (one.to_owned(), Some("B")),
            (one.replace(r#""b""#, r#""c""#), None),
            (r#""contexts":[]"#.to_owned(), None),
        ] {
            assert_eq!(current(&rest).as_deref(), token, "{rest}");
        }
    }
}
