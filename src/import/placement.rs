//! The result of a placement: what belongs to stored logins, and what the operator should know.

use std::collections::HashMap;

/// The stored credentials that belong to logins, and the notices of a placement.
#[derive(Debug, Default)]
pub struct Placement {
    /// The ids and projects of the credentials that belong to a login, by its id.
    pub(super) beside: HashMap<String, Vec<(String, String)>>,
    /// Notices that the operator should know, one line each.
    pub notices: Vec<String>,
}

impl Placement {
    /// Returns the ids of the stored credentials that belong to a login of a project. A credential in another
    /// project does not belong to that login: an import into the one project must not change the other.
    pub fn beside<'a>(&'a self, id: &str, project: &'a str) -> impl Iterator<Item = &'a str> {
        let beside = self.beside.get(id).into_iter().flatten();
        beside.filter(move |(_, own)| own == project).map(|(id, _)| id.as_str())
    }
}
