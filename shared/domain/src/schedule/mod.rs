//! When a pulse is due.
//!
//! A [`Schedule`] is a rule (hourly .. cron), a time zone and days to skip. One pure function, [`Schedule::occurrences`], says when it fires;
//! the preview, the local host and a run's `expires_at` ask it. EventBridge Scheduler gets [`Schedule::eventbridge`], which fires at every due
//! occurrence and sometimes more; [`Schedule::decide_due`] sorts those out.
//!
//! ```yaml
//! schedule:
//!   weekly: {on: [monday, friday], at: "09:00"}
//!   time_zone: Europe/Berlin
//!   skip: {weekends: true, holidays: [DE-BY], dates: [2026-12-24], then: next}
//! ```
//!
//! Clock changes are EventBridge's: a local time that the spring change removes is skipped, one that the autumn change repeats fires once,
//! the first time.
//!
//! Reading a schedule checks it: what exists can be computed with. Only whether anything is still to come depends on the time, see
//! [`Schedule::check_upcoming`].

mod cover;
mod cron;
mod error;
mod eventbridge;
mod holidays;
mod matcher;
mod occurrences;
mod set;
mod skip;
mod values;
mod written;
mod zone;

#[cfg(test)]
mod tests;

pub use cron::Cron;
pub use error::ScheduleError;
pub use eventbridge::{EventBridgeExpression, EventBridgeSchedule};
pub use holidays::{HolidayRegion, holiday_countries, holiday_years};
pub use occurrences::{DueDecision, HORIZON_YEARS, Note, Occurrence};
pub use skip::{MOVE_DAYS_MAX, Skip, SkipReason, Then};
pub use values::{LocalTime, Minute, MonthDay, Weekday};
pub use written::{Daily, Hourly, Monthly, ScheduleFields, Weekly};
pub use zone::Zone;

use matcher::{Days, Matcher, OfMonth, OfWeek};
use serde::{Deserialize, Serialize};
use set::Set;

/// When a pulse fires. Written and read as [`ScheduleFields`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "ScheduleFields", into = "ScheduleFields")]
pub struct Schedule {
    /// The local times it fires at.
    pub rule: Rule,
    /// The zone those times are in.
    pub time_zone: Zone,
    /// The days it leaves out, and what happens then.
    pub skip: Skip,
}

/// The local times a schedule fires at, before days are skipped.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "each is documented on its own type")]
pub enum Rule {
    Hourly(Hourly),
    Daily(Daily),
    Weekly(Weekly),
    Monthly(Monthly),
    Cron(Cron),
}

impl Rule {
    fn matcher(&self) -> Matcher {
        match self {
            Self::Hourly(rule) => Matcher {
                minutes: Set::from_iter([rule.minute.get()]),
                hours: (0..24).collect(),
                days: Days::ALL,
                months: (1..=12).collect(),
                years: None,
            },
            Self::Daily(rule) => Matcher::at(rule.at.0, Days::ALL),
            Self::Weekly(rule) => {
                let weekdays = rule.on.iter().map(|day| day.number()).collect();
                Matcher::at(
                    rule.at.0,
                    Days {
                        of_week: OfWeek::In(weekdays),
                        ..Days::ALL
                    },
                )
            }
            Self::Monthly(rule) => {
                let of_month = match rule.on {
                    MonthDay::Day(day) if day <= 28 => OfMonth::In(Set::from_iter([day])),
                    MonthDay::Day(day) => OfMonth::Clamped(day),
                    MonthDay::Last => OfMonth::Clamped(31),
                };
                Matcher::at(rule.at.0, Days { of_month, ..Days::ALL })
            }
            Self::Cron(rule) => Matcher::clone(&rule.matcher),
        }
    }
}
