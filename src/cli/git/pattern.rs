//! File names as patterns of `.gitattributes` and `.gitignore`, which match that one name.

/// Returns the pattern of a file for attributes, from the folder of the attributes on.
pub fn attribute_pattern(name: &str) -> String {
    let pattern = format!("/{}", escaped(name));
    let needs_quotes = pattern.chars().any(|c| c.is_whitespace() || c.is_control() || c == '"');
    if !needs_quotes {
        return pattern;
    }
    let mut quoted = String::from("\"");
    for c in pattern.chars() {
        match c {
            '"' | '\\' => quoted.extend(['\\', c]),
            c if c.is_control() => {
                let mut buffer = [0; 4];
                for byte in c.encode_utf8(&mut buffer).bytes() {
                    quoted.push_str(&format!("\\{byte:03o}"));
                }
            }
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}

/// Returns the pattern of a file for the ignore list. `ending` may be a pattern itself.
pub fn ignore_pattern(name: &str, ending: &str) -> String {
    format!("/{}{ending}", escaped(name))
}

/// Escapes the characters of a name that have a meaning in a pattern.
fn escaped(name: &str) -> String {
    let mut escaped = String::with_capacity(name.len());
    for c in name.chars() {
        if matches!(c, '*' | '?' | '[' | '\\') {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::{attribute_pattern, ignore_pattern};

    #[test]
    fn a_pattern_matches_its_file_alone() {
        assert_eq!(attribute_pattern("team/vault.age"), "/team/vault.age");
        assert_eq!(attribute_pattern("a*[b].age"), r"/a\*\[b].age");
        assert_eq!(attribute_pattern("a b\"c.age"), r#""/a b\"c.age""#);
        assert_eq!(attribute_pattern("a ?\t.age"), r#""/a \\?\011.age""#);
        assert_eq!(ignore_pattern("a b*.age", ".bak"), r"/a b\*.age.bak");
        assert_eq!(ignore_pattern(".v.age", ".*.tmp"), "/.v.age.*.tmp");
    }
}
