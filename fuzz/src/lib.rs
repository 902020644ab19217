//! What the fuzz targets share: a fixed clock, a fixed actor, and credentials to ask questions about.
//!
//! Nothing here is random, so that an input that fails fails again.

use chrono::{DateTime, TimeDelta, Utc};
use credctl::credential::{
    ADMIN, Act, Change, Credential, Draft, Envelope, Head, Label, Rules, Stamp, change,
};
use credctl::kind::rule::account::PasswordPolicy;
use credctl::kind::{self, KINDS, Kind};
use credctl::value::{Object, Value};
use uuid::Uuid;

/// The instant at which everything happens: 2027-01-15, 08:00:00 UTC.
pub fn now() -> DateTime<Utc> {
    DateTime::UNIX_EPOCH + TimeDelta::seconds(1_800_000_000)
}

/// Who acts, and in the project that sees all others.
pub fn act() -> Act {
    Act { now: now(), actor: Uuid::from_u128(7), actor_name: None, project: ADMIN.to_owned() }
}

/// Makes a new credential of a draft, if the gate lets it through.
pub fn create(kind: &'static Kind, draft: Draft) -> Option<Credential> {
    apply(&Change::Create(kind), draft)
}

/// Makes any change, if the gate lets it through.
pub fn apply(asked: &Change<'_>, draft: Draft) -> Option<Credential> {
    let password = PasswordPolicy::default();
    match change(asked, draft, &act(), &Rules { password: &password }) {
        Ok(changed) => Some(changed.credential),
        Err(error) => {
            // the message is made as the program makes it
            let _ = error.to_string();
            None
        }
    }
}

/// A credential of the simplest type.
pub fn credential() -> Credential {
    let members = Object::from_iter([
        ("id", Value::text("fixed")),
        ("username", Value::text("ips")),
        ("password", Value::text("correct horse battery staple")),
    ]);
    let named = kind::find("UsernamePassword").expect("in the catalogue");
    create(named.kind, Draft::from_members(named.kind, members)).expect("valid")
}

/// Heads that differ in everything that can be asked for or ordered by; some are equal in some of it.
pub fn heads() -> Vec<Head> {
    ["a", "B", "c", "d-4", "e.é", "f\u{10ffff}", "zz"]
        .into_iter()
        .zip(0_u64..)
        .map(|(id, n)| head(id, n))
        .collect()
}

fn head(id: &str, n: u64) -> Head {
    let at = |days: u64| now() + TimeDelta::days(days.cast_signed()) - TimeDelta::days(3);
    let label = Label { name: "stage".into(), value: ["dev", "test", ""][n as usize % 3].into() };
    let envelope = Envelope {
        connector_type: (n == 3).then(|| "vcenter".to_owned()),
        name: format!("name {}", n / 2),
        project: ["admin", "one"][n as usize % 2].to_owned(),
        labels: (0..n % 3).map(|_| label.clone()).collect(),
        enabled: n != 1,
        description: (n % 2 == 0).then(|| "it's a text".into()),
        throttle_policy: (n == 5).then(|| "slow".to_owned()),
        valid_from: (n > 2).then(|| at(n)),
        valid_until: (n > 3).then(|| at(n / 2 + 2)),
        tags: (0..n % 2).map(|_| ("cost centre", Value::text("4711"))).collect(),
        resource_metadata: None,
        auditing_settings: None,
        access: Vec::new(),
    };
    let stamp = Stamp {
        instance_id: Uuid::from_u128(n.into()),
        etag: Uuid::from_u128((n * 3 % 5).into()),
        revision: n / 3 + 1,
        created_at: at(n % 4),
        created_by: Uuid::from_u128((n % 2).into()),
        updated_at: at(5),
        modified_by: Uuid::from_u128(9),
        created_by_name: (n % 2 == 0).then(|| "One".to_owned()),
        modified_by_name: None,
        rotate_required: n == 2,
    };
    Head { id: id.to_owned(), kind: &KINDS[n as usize % KINDS.len()], envelope, stamp }
}
