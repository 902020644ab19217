//! Environment variables: those that a credential makes, and their names.
//!
//! A name is the conventional one (`AWS_ACCESS_KEY_ID`) if there is one and the credential is the only one of
//! its type. Otherwise it is the id and the field in capitals, with `_` for everything that is no letter or
//! digit (`DB_PASSWORD`). The variables of a type that has variables keep their own names. Each format quotes
//! values in its own way.

use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasher as _, RandomState};
use std::io::{self, Write};

use super::format::{ExportData, ExportOptions, ExportReport};
use super::leaves::{Leaf, leaves};
use crate::credential::{Credential, Target};
use crate::kind::Kind;
use crate::secret::Secret;
use crate::text::has_reference;

/// One variable.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Variable {
    /// Its name: capitals, digits and `_`, no digit first.
    pub name: String,
    /// The credential that it comes from.
    pub id: String,
    /// The field that it comes from: `password`, `keyStore.apikey`, `properties.query.method`.
    pub path: String,
    /// Its value, without NUL.
    pub value: Secret,
}

/// Returns the variables of these credentials, in their order, without secrets if `secrets` is false. The
/// second list has the ids of the credentials that make none, each with the reason. A credential makes all of
/// its variables or none: it fails if one of them has the name of an earlier one, or cannot be a variable.
///
/// Key store entries are decoded, and lists are JSON. The name of a nested member has all names on the way to
/// it.
#[must_use]
pub fn variables(credentials: &[&Credential], secrets: bool) -> (Vec<Variable>, Vec<(String, String)>) {
    variables_with(credentials, secrets, |_| None)
}

/// Returns the variables as [`variables`] does. A credential for which `prefix` returns a text has variables
/// whose names are that text and the field: `REPLICA_` makes `REPLICA_PASSWORD`.
#[must_use]
pub fn variables_with<'p>(
    credentials: &[&Credential],
    secrets: bool,
    prefix: impl Fn(&str) -> Option<&'p str>,
) -> (Vec<Variable>, Vec<(String, String)>) {
    let mut names = VariableNames::new(credentials.iter().map(|credential| credential.kind()));
    let (mut all, mut failed) = (Vec::new(), Vec::new());
    for credential in credentials {
        match names.variables(credential, prefix(credential.id()), secrets) {
            Ok(own) => all.extend(own),
            Err(why) => failed.push((credential.id().to_owned(), why)),
        }
    }
    (all, failed)
}

/// The names of variables that are taken. A vault may have millions, so each is a fingerprint, of a key that
/// nobody knows beforehand.
struct VariableNames {
    /// The number of credentials of each type.
    count: HashMap<&'static str, usize>,
    /// The credentials that have variables, by their numbers.
    ids: Vec<String>,
    taken: HashMap<u64, u32>,
    fingerprint: RandomState,
}

impl VariableNames {
    /// Makes the names for credentials of these types.
    fn new(kinds: impl Iterator<Item = &'static Kind>) -> Self {
        let mut count = HashMap::new();
        for kind in kinds {
            *count.entry(kind.name).or_insert(0_usize) += 1;
        }
        Self { count, ids: Vec::new(), taken: HashMap::new(), fingerprint: RandomState::new() }
    }

    /// Returns the variables of the next credential, whose names are taken from now on.
    fn variables(
        &mut self,
        credential: &Credential,
        prefix: Option<&str>,
        secrets: bool,
    ) -> Result<Vec<Variable>, String> {
        let naming = match prefix {
            Some(prefix) => Naming::Prefix(prefix),
            None if self.count.get(credential.kind().name) == Some(&1) => Naming::Conventional,
            None => Naming::Id,
        };
        let mut own = HashSet::new();
        let mut variables = Vec::new();
        for leaf in leaves(credential, secrets)? {
            let mut name = naming.name(credential, &leaf);
            // names of own fields are free, so two of them may make one name
            if leaf.is_own() {
                let base = name.clone();
                let mut number = 1;
                while own.contains(&self.fingerprint.hash_one(&name)) {
                    number += 1;
                    name = format!("{base}_{number}");
                }
            }
            let (path, value) = leaf.into_parts()?;
            // a NUL ends a variable for the system
            if value.expose().contains('\0') {
                return Err(format!("{path} has a NUL character in it, which no variable can have"));
            }
            let fingerprint = self.fingerprint.hash_one(&name);
            if let Some(other) = self.taken.get(&fingerprint).and_then(|&at| self.ids.get(at as usize)) {
                return Err(format!("{path} would be {name}, which is a variable of {other} already"));
            }
            if !own.insert(fingerprint) {
                return Err(format!("{path} would be {name}, which is another variable already"));
            }
            variables.push(Variable { name, id: credential.id().to_owned(), path, value });
        }
        let number = u32::try_from(self.ids.len()).unwrap_or(u32::MAX);
        self.taken.extend(own.into_iter().map(|fingerprint| (fingerprint, number)));
        self.ids.push(credential.id().to_owned());
        Ok(variables)
    }
}

/// The names of the variables of one credential.
#[derive(Clone, Copy)]
enum Naming<'a> {
    /// The names that programs look for; id and field where there is none.
    Conventional,
    /// The id and the field.
    Id,
    /// A text and the field.
    Prefix(&'a str),
}

impl Naming<'_> {
    fn name(self, credential: &Credential, leaf: &Leaf) -> String {
        let conventional = |path: &str| credential.kind().field(path)?.variable;
        // the operator's own name stays as it is
        if let Some(name) = credential.kind().variable_name(&leaf.path) {
            let prefix = if let Naming::Prefix(prefix) = self { prefix } else { "" };
            return format!("{prefix}{name}");
        }
        match (self, conventional(&leaf.path)) {
            (Naming::Conventional, Some(name)) => name.to_owned(),
            (Naming::Prefix(prefix), _) => name(&format!("{prefix}{}", leaf.name())),
            _ => name(&format!("{}_{}", credential.id(), leaf.name())),
        }
    }
}

/// Returns the name of a variable for one field of a type: the conventional one if there is one, else the name of
/// the field in capitals. A variable of the operator keeps its name.
#[must_use]
pub fn field_variable(kind: &Kind, field: &str) -> String {
    let path = Target::of(kind, field).map(|target| target.path());
    if let Some(own) = path.as_deref().and_then(|path| kind.variable_name(path)) {
        return own.to_owned();
    }
    let conventional = kind.field(field).and_then(|field| field.variable);
    conventional.map_or_else(|| name(kind.bare_name(field)), str::to_owned)
}

/// Turns a text into the name of a variable.
fn name(text: &str) -> String {
    let fold = |c: char| if c.is_ascii_alphanumeric() { c.to_ascii_uppercase() } else { '_' };
    let name: String = text.chars().map(fold).collect();
    // no shell takes a name that begins with a digit
    if name.starts_with(|c: char| c.is_ascii_digit()) { format!("_{name}") } else { name }
}

/// The reason why a format cannot write a variable, if there is one.
type VariableCheck = fn(&Variable) -> Result<(), String>;

/// Writes the variables of the selection, each as `line` does. If `check` refuses one, the credential fails with
/// all of its variables.
pub(super) fn lines(
    selection: &ExportData<'_>,
    options: &ExportOptions<'_>,
    report: &mut ExportReport,
    check: Option<VariableCheck>,
    mut line: impl FnMut(&Variable) -> io::Result<()>,
) -> io::Result<()> {
    let mut names = VariableNames::new(selection.credentials.kinds());
    for credential in selection.credentials.iter() {
        let credential = credential?;
        let variables = names.variables(&credential, None, options.secrets);
        let checked = match check {
            Some(check) => variables.and_then(|own| own.iter().try_for_each(check).map(|()| own)),
            None => variables,
        };
        match checked {
            Ok(own) => {
                report.dropped(&credential, &[]);
                report.notices.extend(references(&credential, &own));
                own.iter().try_for_each(&mut line)?;
            }
            Err(why) => report.fail(&credential, why),
        }
    }
    Ok(())
}

/// Returns a notice about variables with references to other credentials, which stay as they are.
fn references(credential: &Credential, own: &[Variable]) -> Option<String> {
    let refers = |one: &&Variable| {
        credential.kind().variable_name(&one.path).is_some() && has_reference(one.value.expose())
    };
    let names: Vec<&str> = own.iter().filter(refers).map(|one| one.name.as_str()).collect();
    let what = names.join(", ");
    (!names.is_empty()).then(|| {
        format!(
            "{}: the references in {what} are written as they are; `credctl run` resolves them",
            credential.id()
        )
    })
}

/// Writes a text with a backslash in front of each of some ASCII characters.
pub(super) fn backslashed(text: &str, special: &[char], out: &mut dyn Write) -> io::Result<()> {
    for part in text.split_inclusive(special) {
        let (clean, last) = match part.strip_suffix(special) {
            Some(clean) => (clean, &part[clean.len()..]),
            None => (part, ""),
        };
        out.write_all(clean.as_bytes())?;
        out.write_all(if last.is_empty() { b"" } else { b"\\" })?;
        out.write_all(last.as_bytes())?;
    }
    Ok(())
}

#[cfg(test)]
mod tests;
