//! The answer to the change of one credential.

use credctl::credential::Changed;
use credctl::dialect::{Version, View};
use credctl::kind::System;
use credctl::value::{Object, Value};

use super::bulk::deployment;
use super::context::Context;
use super::error::Error;
use super::output;

/// Prints it: in our shape, or as the system named would.
/// `extra` are members beside the metadata.
pub fn changed(
    context: &Context,
    done: &str,
    changed: &Changed,
    dry_run: bool,
    extra: Object,
) -> Result<(), Error> {
    changed.notices.iter().for_each(|notice| context.notice(notice));
    if let Some(system) = context.foreign() {
        let view = View { now: context.now, version: Version::NEWEST, reveal: false };
        let item = system.item(&changed.credential, &view)?;
        // Aspire answers a change as it does a bulk call
        let answer = match system {
            System::Aspire => Object::from_iter([("credential", Value::List(vec![item.into()]))]),
            _ => item,
        };
        return output::document(context, &answer);
    }
    let mut answer = output::metadata(changed.credential.head(), context.now);
    extra.into_iter().for_each(|(name, value)| drop(answer.insert(name, value)));
    answer.insert("deploymentResult", deployment());
    if dry_run {
        answer.insert("dryRun", true);
    }
    output::changed(context, done, &answer)
}
