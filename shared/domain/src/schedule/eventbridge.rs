//! Amazon EventBridge Scheduler: the expression it is given for a schedule, and when an expression of its fires.

use super::cron::Cron;
use super::occurrences::{Clock, dates, instants};
use super::{Schedule, ScheduleError, Zone, cover};
use jiff::civil::DateTime;
use jiff::tz::AmbiguousOffset;
use jiff::{SignedDuration, Timestamp};
use std::str::FromStr;

/// What EventBridge Scheduler is given for a schedule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EventBridgeSchedule {
    /// `ScheduleExpression`, at most 256 characters.
    pub expression: String,
    /// `ScheduleExpressionTimezone`.
    pub time_zone: String,
}

impl Schedule {
    /// The expression for EventBridge Scheduler, in the schedule's zone. It fires at every due occurrence; with `then: nothing` at every
    /// skipped one too, so that a run can say why nothing came.
    ///
    /// Six fields cannot say these exactly; then they say a little more, and [`Self::decide_due`] refuses the surplus:
    /// - `monthly: {on: 29}` and `{on: 30}`, which shorter months have on their last day: `28-29`, `28-30`;
    /// - five-field cron that restricts both day fields: every day of its months, or the one field that fires less often where both must hold;
    /// - occurrences that move: the days they can move to (weekends out, up to [`super::MOVE_DAYS_MAX`] days on if holidays or dates are skipped),
    ///   by days of the month or by weekdays, whichever fires less often. This does not depend on the holiday data: refreshing it changes nothing.
    pub fn eventbridge(&self) -> EventBridgeSchedule {
        EventBridgeSchedule {
            expression: cover::expression(self),
            time_zone: self.time_zone.name().to_owned(),
        }
    }
}

/// An expression of EventBridge Scheduler: `cron(..)`, `rate(5 minutes)` or `at(2026-12-24T09:00:00)`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EventBridgeExpression {
    /// At local times.
    Cron(Cron),
    /// In steps of elapsed time from the schedule's start.
    Rate(SignedDuration),
    /// Once, at a local time.
    At(DateTime),
}

impl FromStr for EventBridgeExpression {
    type Err = ScheduleError;

    fn from_str(given: &str) -> Result<Self, ScheduleError> {
        let inside = |name: &str| given.trim().strip_prefix(name)?.strip_prefix('(')?.strip_suffix(')').map(str::trim);
        let refuse = |why: &str| ScheduleError::new("schedule expression", given, why);
        if inside("cron").is_some() {
            given.parse().map(Self::Cron)
        } else if let Some(rate) = inside("rate") {
            let why = "is not a rate; accepted are rate(1 minute), rate(5 minutes), and the same with hour(s) and day(s)";
            rate_of(rate).map(Self::Rate).ok_or_else(|| refuse(why))
        } else if let Some(at) = inside("at") {
            let at = (at.len() == "2026-12-24T09:00:00".len()).then(|| at.parse().ok()).flatten();
            at.map(Self::At)
                .ok_or_else(|| refuse("is not a local time; accepted are times such as at(2026-12-24T09:00:00)"))
        } else {
            Err(refuse(
                "is not an expression of EventBridge Scheduler; accepted are cron(..), rate(..) and at(..)",
            ))
        }
    }
}

fn rate_of(text: &str) -> Option<SignedDuration> {
    let (value, unit) = text.split_once(' ')?;
    let value: i64 = value.parse().ok().filter(|value| *value > 0)?;
    let minutes = match (unit.trim(), value) {
        ("minute", 1) | ("minutes", 2..) => 1,
        ("hour", 1) | ("hours", 2..) => 60,
        ("day", 1) | ("days", 2..) => 24 * 60,
        _ => return None,
    };
    Some(SignedDuration::from_secs(value.checked_mul(minutes * 60)?))
}

impl EventBridgeExpression {
    /// When the Scheduler fires it later than `after`, in time order. `zone` is the schedule's time zone, `started` its start or creation, from
    /// which a rate counts. A cron ends [`super::HORIZON_YEARS`] after `after`.
    pub fn occurrences<'a>(&'a self, zone: &'a Zone, started: Timestamp, after: Timestamp) -> Box<dyn Iterator<Item = Timestamp> + 'a> {
        let zone = &zone.rules;
        match self {
            Self::Cron(cron) => Box::new(
                dates(zone, after)
                    .filter(|date| cron.matcher.matches_date(*date))
                    .flat_map(move |date| instants(&cron.matcher, date, zone))
                    .filter(move |instant| instant.clock != Clock::Removed && instant.at > after)
                    .map(|instant| instant.at),
            ),
            Self::Rate(every) => {
                let every = *every;
                let steps = after.duration_since(started).as_nanos().div_euclid(every.as_nanos()) + 1;
                let steps = i32::try_from(steps.max(0)).ok();
                let first = steps.and_then(|steps| started.checked_add(every.checked_mul(steps)?).ok());
                Box::new(std::iter::successors(first, move |at| at.checked_add(every).ok()))
            }
            Self::At(local) => {
                let ambiguous = zone.to_ambiguous_timestamp(*local);
                let exists = !matches!(ambiguous.offset(), AmbiguousOffset::Gap { .. });
                Box::new(ambiguous.earlier().ok().filter(|at| exists && *at > after).into_iter())
            }
        }
    }
}
