//! `access`: the grants of a credential, or the other way round, the credentials that a proxy may use.

use credctl::credential::{Grant, Head};
use credctl::time;
use credctl::value::{Object, Value};

use crate::cli::context::{Context, Settings};
use crate::cli::error::Error;
use crate::cli::options::GranteeArgs;
use crate::cli::output::{self, Columns};
use crate::cli::people::People;
use crate::cli::{pick, session};

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  credctl access partner
  credctl access --api-proxy Payments
      shows the credentials that this proxy may use")]
pub struct Args {
    /// The id, or a name that only one credential has; without one, choose it on a terminal
    #[arg(conflicts_with_all = ["api_proxy", "api_proxy_group"])]
    id: Option<String>,
    #[command(flatten)]
    grantees: GranteeArgs,
}

pub fn run(context: &Context, args: &Args) -> Result<(), Error> {
    let Context { settings, ui, .. } = context;
    if args.grantees.is_empty() {
        pick::check(context, args.id.as_slice())?;
    }
    let mut vault = session::read(context)?;
    if args.id.is_none() && !args.grantees.is_empty() {
        let grantees = args.grantees.read()?;
        let mut found = Vec::new();
        vault.heads(|head| {
            let held = head
                .envelope
                .granted(settings.terms.now)
                .find(|grant| grantees.contains(&grant.to) && grant.reaches(&settings.terms.scope.project));
            if let Some(grant) = held.filter(|_| settings.scope().sees(&head)) {
                found.push(user(settings, &head, grant));
            }
        })?;
        let columns = Columns {
            table: &["id", "type", "project", "state", "expireTime"],
            wide: &["id", "type", "name", "project", "state", "expireTime", "grantedAt"],
        };
        let none = found.is_empty();
        output::items(settings, ui, Object::new(), "resultList", found, &columns)?;
        if none {
            let hint = "`credctl grant ID --api-proxy NAME` allows a proxy to use a credential";
            output::nothing(settings, ui, "no credential is granted to it", hint);
        }
        return Ok(());
    }
    let credential = pick::credential(context, &mut vault, args.id.as_slice())?;
    let envelope = &credential.head().envelope;
    let grants: Vec<_> = envelope.granted_in(&settings.terms.scope.project, settings.terms.now).collect();
    if let Some(answer) = settings.foreign().and_then(|system| system.access(&grants)) {
        return output::document(settings, &answer);
    }
    let columns = Columns {
        table: &["name", "type", "expireTime"],
        wide: &["name", "type", "project", "expireTime", "grantedAt", "grantedBy"],
    };
    let mut grants: Vec<_> = grants.into_iter().map(Grant::document).collect();
    if output::is_for_people(settings) {
        let people = People::read(settings.act().actor, &mut vault)?;
        for grant in &mut grants {
            let by = grant.get("grantedBy").and_then(Value::as_text).map(|id| people.full(id.expose()));
            if let Some(by) = by {
                grant.insert("grantedBy", Value::text(by));
            }
        }
    }
    let none = grants.is_empty();
    output::items(settings, ui, Object::new(), "resultList", grants, &columns)?;
    if none {
        let hint = "`credctl grant ID --api-proxy NAME` allows a proxy to use it";
        output::nothing(settings, ui, "the credential is granted to no proxy and no group", hint);
    }
    Ok(())
}

/// Makes the answer's entry for a credential that a proxy may use.
fn user(settings: &Settings, head: &Head, grant: &Grant) -> Object {
    let mut shown = Object::from_iter([
        ("id", Value::text(head.id.as_str())),
        ("type", Value::text(if output::is_for_people(settings) { head.kind.short } else { head.kind.name })),
        ("name", Value::text(head.envelope.name.as_str())),
        ("project", Value::text(head.envelope.project.as_str())),
        ("state", Value::text(head.state(settings.terms.now).name())),
    ]);
    if let Some(expires) = grant.expires {
        shown.insert("expireTime", Value::text(time::format(expires)));
    }
    shown.insert("grantedAt", Value::text(time::format(grant.granted_at)));
    shown
}
