//! Candidates from the vault: ids, names, labels, projects and what else its records name. Never a secret.

use std::collections::BTreeSet;

use credctl::credential::{GranteeKind, Head};
use credctl::store::Terms;
use credctl::time;
use credctl::vault::{Environment, Policy, Reference, Resident, User, Vault};

use super::candidate::{Candidate, is_safe};
use super::line::CursorLine;
use super::peek::Peek;

/// Returns the ids that begin with the word and were not given yet; with `--by-name`, the names.
pub fn ids(peek: &Peek, line: &CursorLine, word: &str) -> Vec<Candidate> {
    if line.has("by_name") {
        return texts(peek, word, |head| vec![head.envelope.name.clone()]);
    }
    let (given, begin) = (line.ids(), word.to_owned());
    let fits =
        move |id: &str| id.starts_with(&begin) && is_safe(id) && !given.iter().any(|other| other == id);
    let found = peek.look(move |vault, terms| {
        let mut found = Vec::new();
        if terms.scope.is_admin() {
            // the rest of each line is skipped
            vault.ids(|id| found.extend(fits(id).then(|| Candidate::new(id)))).ok()?;
        } else {
            vault.heads(|head| found.extend(ours(terms, &head, &fits))).ok()?;
        }
        Some(found)
    });
    found.unwrap_or_default()
}

fn ours(terms: &Terms, head: &Head, fits: impl Fn(&str) -> bool) -> Option<Candidate> {
    (terms.scope.sees(head) && fits(&head.id)).then(|| Candidate::new(&head.id))
}

/// Returns the texts of all credentials that the project sees, each once.
pub fn texts(
    peek: &Peek,
    word: &str,
    texts: impl Fn(&Head) -> Vec<String> + Send + 'static,
) -> Vec<Candidate> {
    let begin = word.to_owned();
    let found = peek.look(move |vault, terms| {
        let mut found = BTreeSet::new();
        vault
            .heads(|head| {
                if terms.scope.sees(&head) {
                    found.extend(
                        texts(&head).into_iter().filter(|text| text.starts_with(&begin) && is_safe(text)),
                    );
                }
            })
            .ok()?;
        Some(found)
    });
    found.unwrap_or_default().into_iter().map(Candidate::new).collect()
}

/// Returns `NAME=` for the labels that there are, and `NAME=VALUE` once the name is there.
pub fn labels(peek: &Peek, word: &str) -> Vec<Candidate> {
    let whole = word.contains('=');
    texts(peek, word, move |head| {
        let labels = head.envelope.labels.iter();
        labels
            .map(
                |label| {
                    if whole { format!("{}={}", label.name, label.value) } else { format!("{}=", label.name) }
                },
            )
            .collect()
    })
}

/// Returns `NAME=` for the tags that there are.
pub fn tags(peek: &Peek, word: &str) -> Vec<Candidate> {
    texts(peek, word, |head| head.envelope.tags.iter().map(|(name, _)| format!("{name}=")).collect())
}

/// Returns the projects that credentials are in.
pub fn projects(peek: &Peek, word: &str) -> Vec<Candidate> {
    texts(peek, word, |head| vec![head.envelope.project.clone()])
}

/// Returns the proxies, or the groups of them, that have grants.
pub fn grantees(peek: &Peek, word: &str, kind: GranteeKind) -> Vec<Candidate> {
    texts(peek, word, move |head| {
        let grants = head.envelope.access.iter().filter(|grant| grant.to.kind == kind);
        grants.map(|grant| grant.to.name.clone()).collect()
    })
}

/// Returns the etag of the credential at hand.
pub fn etag(peek: &Peek, line: &CursorLine, word: &str) -> Vec<Candidate> {
    let Some(id) = line.ids().into_iter().next() else { return Vec::new() };
    texts(peek, word, move |head| (head.id == id).then(|| head.stamp.etag.to_string()).into_iter().collect())
}

/// Returns the revisions of the credential at hand that are kept, the newest first.
pub fn revisions(peek: &Peek, line: &CursorLine, word: &str) -> Vec<Candidate> {
    let Some(id) = line.ids().into_iter().next() else { return Vec::new() };
    let begin = word.to_owned();
    let found = peek.look(move |vault, _| {
        let mut found = Vec::new();
        vault
            .versions(Some(&id), |version| {
                let stamp = &version.credential.head().stamp;
                found.push(Candidate::with_help(stamp.revision.to_string(), time::format(stamp.updated_at)));
            })
            .ok()?;
        found.retain(|one| one.value.starts_with(&begin));
        found.reverse();
        Some(found)
    });
    found.unwrap_or_default()
}

/// Returns the ids of the deleted credentials that can be restored.
pub fn deleted(peek: &Peek, word: &str) -> Vec<Candidate> {
    let begin = word.to_owned();
    let found = peek.look(move |vault, terms| {
        let heads = vault.deleted().ok()?.into_iter().map(|version| version.credential);
        let heads = heads.filter(|head| terms.scope.sees(head));
        let ids = heads.map(|head| head.id).filter(|id| id.starts_with(&begin) && is_safe(id));
        Some(ids.map(Candidate::new).collect())
    });
    found.unwrap_or_default()
}

/// Returns the names of the environments.
pub fn environments(peek: &Peek, word: &str) -> Vec<Candidate> {
    residents(peek, word, |one: Environment| Candidate::new(one.name))
}

/// Returns the names of the recipients, or the keys of those without a name.
pub fn recipients(peek: &Peek, word: &str) -> Vec<Candidate> {
    let begin = word.to_owned();
    let found = peek.look(move |vault, _| {
        let members = vault.members().ok()?.into_iter();
        let shown = members.map(|member| match &member.name {
            Some(name) => Candidate::with_help(name, &member.recipient),
            None => Candidate::new(&member.recipient),
        });
        Some(shown.filter(|one| one.value.starts_with(&begin) && is_safe(&one.value)).collect())
    });
    found.unwrap_or_default()
}

/// Returns the ids of the policies.
pub fn policies(peek: &Peek, word: &str) -> Vec<Candidate> {
    residents(peek, word, |one: Policy| Candidate::with_help(one.id, one.description))
}

/// Returns the ids of the users.
pub fn users(peek: &Peek, word: &str) -> Vec<Candidate> {
    residents(peek, word, |one: User| Candidate::with_help(one.id, one.email))
}

/// Returns the resources that refer to credentials.
pub fn resources(peek: &Peek, word: &str) -> Vec<Candidate> {
    let mut found = residents(peek, word, |one: Reference| Candidate::new(one.resource));
    found.dedup();
    found
}

fn residents<R: Resident + 'static>(peek: &Peek, word: &str, show: fn(R) -> Candidate) -> Vec<Candidate> {
    let begin = word.to_owned();
    let found = peek.look(move |vault: &mut Vault, _| {
        let mut found: Vec<_> = vault.residents::<R>().ok()?.into_iter().map(show).collect();
        found.retain(|one| one.value.starts_with(&begin) && is_safe(&one.value));
        found.sort();
        Some(found)
    });
    found.unwrap_or_default()
}
