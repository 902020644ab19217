//! The columns of a list.

use super::error::{QueryError, shown};
use super::meta::Meta;

/// The reader of column names.
#[derive(Debug, Clone, Copy)]
pub struct Include;

impl Include {
    /// Reads names separated by commas, `id,name`, and returns the canonical names in that order.
    ///
    /// # Errors
    /// Fails, with the column, at a name that is not one of the metadata of a list.
    pub fn parse(text: &str) -> Result<Vec<&'static str>, QueryError> {
        let mut names = Vec::new();
        let mut start = 0;
        for part in text.split(',') {
            let name = part.trim();
            let at = start + (part.len() - part.trim_start().len());
            let Some(meta) = Meta::find(name).filter(|meta| meta.member().listed) else {
                let reason = match name {
                    "" => "expected a name of metadata such as id or name".to_owned(),
                    _ => format!("{} is no metadata of a list", shown(name)),
                };
                return Err(QueryError::new("include", reason).at(text, at));
            };
            names.push(meta.name());
            // the comma counts, too
            start += part.len() + 1;
        }
        Ok(names)
    }
}

#[cfg(test)]
mod tests {
    use super::Include;

    #[test]
    fn columns_come_in_the_order_asked_for() {
        assert_eq!(Include::parse("name, id").unwrap(), ["name", "id"]);
        let all = "id,type,connectorType,keyType,name,project,state,enabled,description,throttlePolicy,\
                   validFrom,validUntil,createdAt,updatedAt,etag";
        assert_eq!(Include::parse(all).unwrap().join(","), all);
    }

    #[test]
    fn other_columns_are_refused_with_their_place() {
        for (text, column) in
            [("", 1), ("id,", 4), ("id,,name", 4), ("id, colour", 5), ("password", 1), ("id,revision", 4)]
        {
            let error = Include::parse(text).unwrap_err();
            assert_eq!((error.parameter, error.column), ("include", Some(column)), "{text}");
        }
    }
}
