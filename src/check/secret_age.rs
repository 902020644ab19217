//! The instants at which the secrets of credentials were set. The format keeps the last change of a credential, which
//! may be one of a label. So the age of the secrets comes from the earlier versions that the vault still has.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::credential::Credential;
use crate::secret::Secret;

/// The secrets of one credential, and when they were set.
struct DatedSecrets {
    /// A credential that has the id of a deleted one is another one.
    instance: Uuid,
    secrets: Vec<(String, Secret)>,
    since: DateTime<Utc>,
}

/// The secrets of the earlier versions that were seen last, by the id.
#[derive(Default)]
pub(super) struct SecretAges(HashMap<String, DatedSecrets>);

impl SecretAges {
    /// Looks at an earlier version. Those of an id come in their order, the oldest first.
    pub(super) fn look_at(&mut self, version: &Credential) {
        let stamp = &version.head().stamp;
        let secrets = secrets(version);
        let since = self.since(version, &secrets).unwrap_or(stamp.updated_at);
        let dated = DatedSecrets { instance: stamp.instance_id, secrets, since };
        self.0.insert(version.id().to_owned(), dated);
    }

    /// Returns the instant from which on a credential has had the secrets of now. If its versions do not reach back
    /// that far, that is the last change of the oldest one.
    pub(super) fn set_at(&self, credential: &Credential) -> DateTime<Utc> {
        self.since(credential, &secrets(credential)).unwrap_or(credential.head().stamp.updated_at)
    }

    fn since(&self, credential: &Credential, secrets: &[(String, Secret)]) -> Option<DateTime<Utc>> {
        let before = self.0.get(credential.id())?;
        let is_same = before.instance == credential.head().stamp.instance_id && before.secrets == secrets;
        // without secrets, any change counts
        (is_same && !secrets.is_empty()).then_some(before.since)
    }
}

fn secrets(credential: &Credential) -> Vec<(String, Secret)> {
    credential.secrets().into_iter().map(|held| (held.path.clone(), held.stored())).collect()
}
