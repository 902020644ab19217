//! The selection of credentials that are not named one by one.

use credctl::credential::{ADMIN, Head};
use credctl::kind::{self, Named};
use credctl::query::{Filter, Selection};
use credctl::text;
use credctl::value::{Value, json};
use credctl::vault::Vault;
use zeroize::Zeroizing;

use super::context::Context;
use super::document;
use super::error::{Error, Failure};

/// The conditions for credentials. Without any, all credentials of the project match.
#[derive(Default)]
pub struct Select {
    pub named: Option<Named>,
    pub filter: Option<Filter>,
    pub selection: Option<Selection>,
}

impl Select {
    /// Reads `--type`, `--filter` and `--filter-json`.
    pub fn new(
        context: &Context,
        kind: Option<&str>,
        filter: Option<&str>,
        filter_json: Option<&str>,
    ) -> Result<Self, Error> {
        let named = kind.map(|name| kind::find(name).ok_or_else(|| document::unknown_type_option(name)));
        let selection = filter_json.map(|text| selection(context, text));
        Ok(Self {
            named: named.transpose()?,
            filter: filter.map(Filter::parse).transpose()?,
            selection: selection.transpose()?,
        })
    }

    /// Returns true if there are no conditions.
    pub fn takes_all(&self) -> bool {
        self.named.is_none() && self.filter.is_none() && self.selection.is_none()
    }

    /// Returns true if a credential, read without its fields, matches. The filter is not checked: it may need
    /// the fields.
    pub fn takes(&self, context: &Context, head: &Head) -> bool {
        let named = self.named.as_ref().is_none_or(|named| {
            *head.kind == *named.kind
                && (named.connector_type.is_none() || head.envelope.connector_type == named.connector_type)
        });
        named
            && (context.terms.scope.project == ADMIN || head.envelope.project == context.terms.scope.project)
            && self.selection.as_ref().is_none_or(|selection| selection.matches_head(head))
    }

    /// Returns the credentials that match, in ascending order of ids.
    pub fn heads(&self, context: &Context, vault: &mut Vault) -> Result<Vec<Head>, Error> {
        let mut heads = Vec::new();
        match &self.filter {
            Some(filter) if filter.needs_fields() => vault.credentials(|credential| {
                if self.takes(context, credential.head()) && filter.matches(&credential, context.terms.now) {
                    heads.push(credential.head().clone());
                }
            })?,
            filter => vault.heads(|head| {
                let matches =
                    filter.as_ref().is_none_or(|filter| filter.matches_head(&head, context.terms.now));
                if matches && self.takes(context, &head) {
                    heads.push(head);
                }
            })?,
        }
        Ok(heads)
    }

    /// Returns the ids of the credentials that match. Fails if there are none, because the caller changes
    /// something.
    pub fn ids(&self, context: &Context, vault: &mut Vault) -> Result<Vec<String>, Error> {
        let ids: Vec<String> = self.heads(context, vault)?.into_iter().map(|head| head.id).collect();
        if ids.is_empty() {
            return Err(Error::new(Failure::NotFound, "the filter matches no credential")
                .hint("`credctl list --filter …` shows the matches of a filter"));
        }
        Ok(ids)
    }
}

/// Reads Aspire's filter document: the text itself, or stdin for `-`.
fn selection(context: &Context, text: &str) -> Result<Selection, Error> {
    let bytes = if text == "-" { context.stdin_data()? } else { Zeroizing::new(text.as_bytes().to_vec()) };
    let text = text::decode(&bytes).map_err(|error| Error::usage(format!("--filter-json {error}")))?;
    match json::parse(text.as_bytes()) {
        Ok(Value::Object(document)) => Ok(Selection::from_document(&document)?),
        Ok(_) => Err(Error::usage("--filter-json must be an object").param("filter", "must be an object")),
        Err(error) => Err(Error::usage(format!("--filter-json, {error}")).param("filter", "is not JSON")),
    }
}
