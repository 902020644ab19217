//! The clock, where the instant of the call is too old: times that people read, and codes that end within seconds.

use std::time::Duration;

use chrono::{DateTime, Local, TimeDelta, Utc};

/// Returns the instant of now, which may be minutes after the call began: an operator may have typed a passphrase.
pub fn now() -> DateTime<Utc> {
    Utc::now()
}

/// Returns the local time after a while: `14:02`, with the date if that is another day.
pub fn local_time(after: Duration) -> String {
    let now = Utc::now().with_timezone(&Local);
    let then = TimeDelta::from_std(after).ok().and_then(|after| now.checked_add_signed(after));
    let then = then.unwrap_or(now);
    let form = if then.date_naive() == now.date_naive() { "%H:%M" } else { "%Y-%m-%d %H:%M" };
    then.format(form).to_string()
}
