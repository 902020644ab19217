//! The columns of a list.

use chrono::{DateTime, Utc};

use super::error::{QueryError, shown};
use super::member::{Member, public_value};
use crate::credential::{Credential, Head};
use crate::kind::{KnownTypes, Shape};
use crate::value::Value;

/// A column of a list: a member that every credential has, a label, a tag, or a public field.
#[derive(Debug, Clone)]
pub struct Column {
    name: String,
    member: Member,
}

impl Column {
    /// Reads names separated by commas, `id,username,labels.env`, and returns the columns in that order.
    ///
    /// # Errors
    /// Fails, with the column of the text, at a name that is unknown or secret.
    pub fn parse_all(text: &str) -> Result<Vec<Self>, QueryError> {
        Self::parse_all_for(text, &KnownTypes::default())
    }

    /// Reads names as [`Column::parse_all`] does, among which there may be fields of a vault's own types.
    ///
    /// # Errors
    /// As [`Column::parse_all`].
    pub fn parse_all_for(text: &str, types: &KnownTypes) -> Result<Vec<Self>, QueryError> {
        let mut columns = Vec::new();
        let mut start = 0;
        for part in text.split(',') {
            let name = part.trim();
            let at = start + (part.len() - part.trim_start().len());
            let column = Self::parse(name, types)
                .map_err(|reason| QueryError::new("include", reason).at(text, at).about_a_name())?;
            columns.push(column);
            // the comma counts, too
            start += part.len() + 1;
        }
        Ok(columns)
    }

    fn parse(name: &str, types: &KnownTypes) -> Result<Self, String> {
        if name.is_empty() {
            return Err("expected a name such as id, username or labels.NAME".to_owned());
        }
        match Member::find(name, types) {
            Ok(member) => {
                let canonical = match &member {
                    Member::Meta(meta) => meta.name(),
                    _ => name,
                };
                Ok(Self { name: canonical.to_owned(), member })
            }
            Err(reason) if reason.ends_with("that can be searched") => {
                Err(format!("{} is not a name that can be listed", shown(name)))
            }
            Err(reason) => Err(reason.replace("cannot be searched", "cannot be listed")),
        }
    }

    /// Returns the name of the column: the canonical one of a member that every credential has, else the name
    /// as it was given.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Returns true if the column shows a field of a type. The head alone does not have it.
    #[must_use]
    pub fn needs_fields(&self) -> bool {
        matches!(self.member, Member::Field(_) | Member::Fact(_))
    }

    /// Returns true if the column shows points in time.
    #[must_use]
    pub fn is_time(&self) -> bool {
        matches!(&self.member, Member::Meta(meta) if matches!(meta.member().field.shape, Shape::Time))
    }

    /// Returns the value of a credential in the column, or null if it is not set. Without the credential, fields
    /// count as not set.
    #[must_use]
    pub fn value(&self, head: &Head, credential: Option<&Credential>, now: DateTime<Utc>) -> Value {
        let value = match &self.member {
            Member::Meta(meta) => meta.member().value(head, now),
            Member::Label(name) => label(head, name),
            Member::Tag(name) => head.envelope.tags.get(name).cloned(),
            Member::Field(path) => credential.and_then(|credential| public_value(credential, path)).cloned(),
            Member::Fact(name) => credential.and_then(|credential| {
                credential
                    .facts()
                    .into_iter()
                    .find(|fact| fact.name == *name)
                    .map(|fact| Value::text(fact.text))
            }),
        };
        value.unwrap_or(Value::Null)
    }
}

/// Returns the value of a label, or a list if several labels have the name.
fn label(head: &Head, name: &str) -> Option<Value> {
    let labels = head.envelope.labels.iter().filter(|label| &*label.name == name);
    let mut values: Vec<Value> = labels.map(|label| Value::text(label.value.clone())).collect();
    match values.len() {
        0 | 1 => values.pop(),
        _ => Some(Value::List(values)),
    }
}

#[cfg(test)]
mod tests {
    use super::Column;

    fn names(text: &str) -> Vec<String> {
        Column::parse_all(text).unwrap().iter().map(|column| column.name().to_owned()).collect()
    }

    #[test]
    fn columns_come_in_the_order_asked_for() {
        assert_eq!(names("name, id"), ["name", "id"]);
        let all = "id,type,connectorType,keyType,name,project,state,enabled,description,throttlePolicy,\
                   validFrom,validUntil,createdAt,updatedAt,etag,revision,username,labels.env,tags.url,notAfter";
        assert_eq!(names(all).join(","), all);
    }

    #[test]
    fn other_columns_are_refused_with_their_place() {
        for (text, column) in
            [("", 1), ("id,", 4), ("id,,name", 4), ("id, colour", 5), ("password", 1), ("id,labels", 4)]
        {
            let error = Column::parse_all(text).unwrap_err();
            assert_eq!((error.parameter, error.column), ("include", Some(column)), "{text}");
        }
    }
}
