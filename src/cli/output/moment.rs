//! Points in time as people read them.

use chrono::{DateTime, TimeDelta, Utc};
use credctl::time;

use crate::cli::context::{Settings, Ui};

/// The way in which tables show points in time.
#[derive(Debug, Clone, Copy)]
pub struct Clock {
    /// The instant of the run.
    pub now: DateTime<Utc>,
    /// True on a terminal, where the distance says more than the date.
    pub is_relative: bool,
}

/// The units of a distance, with the least seconds of each and the seconds in one.
const UNITS: [(i64, i64, &str); 5] = [
    (2 * 365 * DAY, 365 * DAY + DAY / 4, "year"),
    (60 * DAY, 30 * DAY + DAY / 2, "month"),
    (2 * DAY, DAY, "day"),
    (HOUR, HOUR, "hour"),
    (60, 60, "minute"),
];
const HOUR: i64 = 60 * 60;
const DAY: i64 = 24 * HOUR;

impl Clock {
    /// Returns the way for the answer of a run.
    pub fn of(settings: &Settings, ui: &Ui) -> Self {
        Self { now: settings.terms.now, is_relative: ui.stdout_is_terminal }
    }

    /// Returns a point in time: `3 days ago` or `in 9 days` on a terminal, else `2026-11-29 14:02`.
    #[must_use]
    pub fn text(self, at: DateTime<Utc>) -> String {
        if self.is_relative { distance(at, self.now) } else { date(at) }
    }

    /// Returns the text of a member that holds a point in time. Keeps a text that holds none.
    #[must_use]
    pub fn reworded(self, text: String) -> String {
        time::parse(&text).map_or(text, |at| self.text(at))
    }
}

/// Returns a point in time as a date and a time of the day in UTC, to the minute.
#[must_use]
pub fn date(at: DateTime<Utc>) -> String {
    at.format("%Y-%m-%d %H:%M").to_string()
}

/// Returns the distance of a point in time from now: `in 9 days`, `3 hours ago`.
#[must_use]
pub fn distance(at: DateTime<Utc>, now: DateTime<Utc>) -> String {
    let distance = at - now;
    let is_past = distance <= TimeDelta::zero();
    // a time to come counts up to the minute, so that `9d` is in 9 days
    let seconds = distance.abs().num_seconds() + if is_past { 0 } else { 59 };
    let Some((_, size, unit)) = UNITS.into_iter().find(|(least, _, _)| seconds >= *least) else {
        return "just now".to_owned();
    };
    let count = seconds / size;
    let plural = if count == 1 { "" } else { "s" };
    if is_past { format!("{count} {unit}{plural} ago") } else { format!("in {count} {unit}{plural}") }
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, TimeDelta};

    use super::{Clock, distance};

    #[test]
    fn a_distance_has_the_largest_unit_that_is_not_vague() {
        for (seconds, past, future) in [
            (5, "just now", "in 1 minute"),
            (60, "1 minute ago", "in 1 minute"),
            (3_599, "59 minutes ago", "in 1 hour"),
            (9 * 86_400 - 1, "8 days ago", "in 9 days"),
            (47 * 3_600, "47 hours ago", "in 47 hours"),
            (9 * 86_400 + 3_600, "9 days ago", "in 9 days"),
            (90 * 86_400, "2 months ago", "in 2 months"),
            (800 * 86_400, "2 years ago", "in 2 years"),
        ] {
            let (now, span) = (DateTime::UNIX_EPOCH, TimeDelta::seconds(seconds));
            assert_eq!((&*distance(now - span, now), &*distance(now + span, now)), (past, future));
        }
    }

    #[test]
    fn a_pipe_gets_the_minute() {
        let clock = Clock { now: DateTime::UNIX_EPOCH, is_relative: false };
        assert_eq!(clock.reworded("2026-11-29T14:02:59.5Z".to_owned()), "2026-11-29 14:02");
        assert_eq!(clock.reworded("never".to_owned()), "never");
    }
}
