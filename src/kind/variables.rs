//! The variables in the fields of a type, whatever the fields are called, and their own names.

use super::definition::Kind;
use super::field::{Field, Shape};
use super::keystore::entry_name;

impl Kind {
    /// Returns the field that holds the variables, whose names are the operator's own, if the type has one. Of
    /// several, it is the first, which assignments mean by the bare name of a variable.
    #[must_use]
    pub fn variables_field(&self) -> Option<&'static Field> {
        self.fields.iter().find(|field| matches!(field.shape, Shape::Variables))
    }

    /// Returns the name of the variable that a canonical path such as `variables.DB_URL` leads to, if it leads to
    /// one.
    #[must_use]
    pub fn variable_name<'a>(&self, path: &'a str) -> Option<&'a str> {
        let (first, name) = path.split_once('.')?;
        let is_holder = |field: &Field| field.name == first && matches!(field.shape, Shape::Variables);
        self.fields.iter().any(is_holder).then_some(name)
    }

    /// Returns the name of the value at a path in assignments: the own name of a variable, or that of an entry of a
    /// key store, which then means its text without base64.
    #[must_use]
    pub fn bare_name<'a>(&self, path: &'a str) -> &'a str {
        let variable = || {
            let name = path.strip_prefix(self.variables_field()?.name)?.strip_prefix('.')?;
            // the name of a field means the field
            Some(name).filter(|name| self.field(name).is_none())
        };
        entry_name(path).or_else(variable).unwrap_or(path)
    }
}

#[cfg(test)]
mod tests {
    use crate::kind::own::TypeDefinition;
    use crate::kind::{Kind, find};
    use crate::value::{Value, json};

    /// Returns a type with two fields of variables, neither of which is called `variables`.
    fn service() -> &'static Kind {
        let text = r#"{"name":"a.service","summary":"s","field":[
            {"name":"url","kind":"url","help":"h"},
            {"name":"settings","kind":"variables","help":"h","required":true},
            {"name":"more","kind":"variables","help":"h"},
            {"name":"variables","kind":"text","help":"h"}]}"#;
        let Ok(Value::Object(document)) = json::parse(text.as_bytes()) else { panic!("no object") };
        TypeDefinition::read(&document).unwrap().kind()
    }

    #[test]
    fn variables_are_found_by_the_shape_of_their_field() {
        let kind = service();
        assert_eq!(kind.variables_field().map(|field| field.name), Some("settings"));
        assert_eq!(kind.variable_name("settings.DB.URL"), Some("DB.URL"));
        assert_eq!(kind.variable_name("more.A"), Some("A"));
        for path in ["variables.A", "settings", "url", "custom.A"] {
            assert_eq!(kind.variable_name(path), None, "{path}");
        }
        let env = find("env").unwrap().kind;
        assert_eq!(env.variable_name("variables.A"), Some("A"));
        assert!(find("login").unwrap().kind.variables_field().is_none());
    }

    #[test]
    fn a_bare_name_means_what_an_assignment_of_it_means() {
        let kind = service();
        assert_eq!(kind.bare_name("settings.A"), "A");
        // a field, or a variable of the other field, would get the value
        for path in ["settings.url", "more.A", "variables"] {
            assert_eq!(kind.bare_name(path), path);
        }
        assert_eq!(find("apikey").unwrap().kind.bare_name("keyStore.apikey"), "apikey");
    }
}
