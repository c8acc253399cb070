//! The occurrences of a schedule in time order, and the answer to "is it due now".

use super::matcher::Matcher;
use super::skip::Day;
use super::{Rule, Schedule, ScheduleError, SkipReason};
use jiff::civil::{Date, DateTime};
use jiff::tz::{AmbiguousOffset, TimeZone};
use jiff::{Timestamp, ToSpan};
use serde::{Deserialize, Serialize};
use std::fmt;

/// How far ahead occurrences are looked for, in years: weekdays and leap days repeat after 28.
pub const HORIZON_YEARS: i16 = 28;

/// One time at which a schedule fires or would have fired.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Occurrence {
    /// The instant; for a local time that does not exist, that of the clock change that removed it.
    #[cfg_attr(feature = "schema", schema(value_type = String, format = DateTime))]
    pub scheduled_for: Timestamp,
    /// The local time in the schedule's zone.
    #[cfg_attr(feature = "schema", schema(value_type = String))]
    pub local: DateTime,
    /// Why nothing is sent; absent when it is due.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub skipped: Option<SkipReason>,
    /// The local date it was moved from because that day is left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schema(value_type = Option<String>, format = Date))]
    pub moved_from: Option<Date>,
    /// What a person should know about it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<Note>,
}

/// What a person should know about an occurrence. `Display` says it in a sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Note {
    /// The clocks go back over this local time: it comes twice, and fires the first time only.
    Repeated,
    /// No holidays are known for its year yet.
    HolidaysUnknown,
}

impl fmt::Display for Note {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Repeated => "the clocks go back and this local time comes twice; it is sent the first time",
            Self::HolidaysUnknown => "the holidays of this year are not known yet; it is sent as on any other day",
        })
    }
}

/// What to do about a firing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DueDecision {
    /// Send.
    Due,
    /// Send nothing, and record why.
    Skipped(SkipReason),
    /// Nothing was to happen then: EventBridge's expression says a little more than the schedule. Record nothing.
    NotAnOccurrence,
}

impl Schedule {
    /// The occurrences later than `after` in time order, due and skipped, computed as they are asked for. Ends [`HORIZON_YEARS`] after `after`.
    pub fn occurrences(&self, after: Timestamp) -> impl Iterator<Item = Occurrence> {
        self.occurrences_on(after, |_| true)
    }

    /// The next time something is sent later than `after`; `None` if nothing is within [`HORIZON_YEARS`].
    pub fn next_after(&self, after: Timestamp) -> Option<Timestamp> {
        let mut due = self
            .occurrences_on(after, |day| day.skipped.is_none())
            .filter(|occurrence| occurrence.skipped.is_none());
        due.next().map(|occurrence| occurrence.scheduled_for)
    }

    /// What to do about a firing for `scheduled_for`; agrees with [`Self::occurrences`].
    pub fn decide_due(&self, scheduled_for: Timestamp) -> DueDecision {
        let (rule, local) = (self.rule.matcher(), self.time_zone.rules.to_datetime(scheduled_for));
        let is_occurrence =
            rule.matches_time(local.time()) && Instant::of(local, &self.time_zone.rules).is_some_and(|instant| instant.at == scheduled_for);
        match self.skip.day(&rule, local.date()).filter(|_| is_occurrence) {
            None => DueDecision::NotAnOccurrence,
            Some(Day { skipped: Some(reason), .. }) => DueDecision::Skipped(reason),
            Some(_) => DueDecision::Due,
        }
    }

    /// The next time something is sent.
    ///
    /// # Errors
    /// Nothing will ever be sent later than `after`: the years are past, or `skip` leaves every occurrence out.
    pub fn check_upcoming(&self, after: Timestamp) -> Result<Timestamp, ScheduleError> {
        self.next_after(after).ok_or_else(|| {
            let (field, given) = match &self.rule {
                Rule::Cron(cron) => ("cron", cron.to_string()),
                _ => ("schedule", String::new()),
            };
            match self.occurrences(after).next() {
                None => ScheduleError::new(field, given, format!("does not fire after {after}; accepted are expressions with a time to come")),
                Some(_) => {
                    let why = "leaves out every occurrence there would be; accepted is a skip that leaves some, or one with then: previous or next";
                    ScheduleError::new("skip", "", why)
                }
            }
        })
    }

    fn occurrences_on(&self, after: Timestamp, wanted: impl Fn(&Day) -> bool) -> impl Iterator<Item = Occurrence> {
        let rule = self.rule.matcher();
        let times = rule.clone();
        dates(&self.time_zone.rules, after)
            .filter_map(move |date| self.skip.day(&rule, date).filter(&wanted).map(|day| (date, day)))
            .flat_map(move |(date, day)| instants(&times, date, &self.time_zone.rules).map(move |instant| self.occurrence(&day, instant)))
            .filter(move |occurrence| occurrence.scheduled_for > after)
    }

    fn occurrence(&self, day: &Day, instant: Instant) -> Occurrence {
        let clock_change = (instant.clock == Clock::Removed).then_some(SkipReason::ClockChange);
        let repeated = (instant.clock == Clock::Repeated).then_some(Note::Repeated);
        let unknown = self.skip.is_beyond_data(instant.local.date()).then_some(Note::HolidaysUnknown);
        Occurrence {
            scheduled_for: instant.at,
            local: instant.local,
            skipped: clock_change.or_else(|| day.skipped.clone()),
            moved_from: day.moved_from,
            notes: repeated.into_iter().chain(unknown).collect(),
        }
    }
}

/// The local dates on which something later than `after` can fire, up to the horizon.
pub(super) fn dates(zone: &TimeZone, after: Timestamp) -> impl Iterator<Item = Date> + use<> {
    let today = zone.to_datetime(after).date();
    let last = today.saturating_add(HORIZON_YEARS.years());
    // None earlier, even where a clock change at midnight brings yesterday back: what is repeated has fired the first time.
    std::iter::successors(Some(today), |date| date.tomorrow().ok()).take_while(move |date| *date <= last)
}

/// A local time and when it is.
#[derive(Debug, Clone, Copy)]
pub(super) struct Instant {
    pub at: Timestamp,
    pub local: DateTime,
    pub clock: Clock,
}

/// What clock changes do to a local time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Clock {
    Steady,
    /// It comes twice; the instant is the first.
    Repeated,
    /// It does not come; the instant is that of the change.
    Removed,
}

impl Instant {
    /// `None` only at the ends of the calendar.
    fn of(local: DateTime, zone: &TimeZone) -> Option<Self> {
        let (offset, clock) = match zone.to_ambiguous_timestamp(local).offset() {
            AmbiguousOffset::Unambiguous { offset } => (offset, Clock::Steady),
            AmbiguousOffset::Fold { before, .. } => (before, Clock::Repeated),
            AmbiguousOffset::Gap { before, .. } => (before, Clock::Removed),
        };
        let mut at = offset.to_timestamp(local).ok()?;
        if clock == Clock::Removed {
            let change = zone.preceding(at.checked_add(1.nanosecond()).ok()?).next();
            at = change.map_or(at, |change| change.timestamp());
        }
        Some(Self { at, local, clock })
    }
}

/// The rule's times on a local date, earliest first.
pub(super) fn instants<'z>(rule: &Matcher, date: Date, zone: &'z TimeZone) -> impl Iterator<Item = Instant> + use<'z> {
    rule.times().filter_map(move |time| Instant::of(date.to_datetime(time), zone))
}
