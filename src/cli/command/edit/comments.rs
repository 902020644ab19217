//! Comments in an edited text that take the end of a secret with them.

use credctl::credential::Violations;
use credctl::kind::Kind;
use credctl::kind::rule::variable::is_name;

use super::shown::{MemberLine, line};

/// Finds secrets without quotes that YAML would cut off at a `#`, which the mask would hide.
pub(super) fn comments(kind: &'static Kind, text: &str) -> Violations {
    let mut wrong = Violations::default();
    for written in text.lines() {
        let Some((name, value)) = written.split_once(": ") else { continue };
        let is_cut = value.contains(" #") && !value.trim_start().starts_with(['"', '\'', '|', '>', '#']);
        let of_line = line(kind, name).filter(|line| line.field.is_secret()).map(MemberLine::path);
        let is_variable = name.starts_with(' ') && is_name(name.trim());
        let of_variable = kind.variables_field().filter(|_| is_variable);
        let of_variable = of_variable.map(|field| format!("{}.{}", field.name, name.trim()).into());
        if let Some(path) = of_line.or(of_variable).filter(|_| is_cut) {
            wrong.add(path, "is cut off at the #: put the value into single quotes");
        }
    }
    wrong
}
