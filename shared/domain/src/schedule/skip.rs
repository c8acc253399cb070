//! Days on which a schedule does not fire, and where its occurrences go instead.

use super::holidays::{HolidayRegion, holiday_years};
use super::matcher::{Matcher, weekday_of};
use super::values::{self, Weekday};
use jiff::ToSpan;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::fmt;

/// How far an occurrence moves at most, in days. Past that the chart would no longer be the one that was asked for; it is skipped.
pub const MOVE_DAYS_MAX: usize = 14;

/// Days left out. A day that is none of them is a working day.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields, default)]
pub struct Skip {
    /// Leave weekends out.
    pub weekends: bool,
    /// Which days are the weekend, where it is not Saturday and Sunday: `[friday, saturday]`. Only with `weekends: true`.
    #[serde(skip_serializing_if = "Vec::is_empty", deserialize_with = "values::weekdays")]
    pub weekend_days: Vec<Weekday>,
    /// Leave public holidays out, of each of these countries (`DE`) or parts of one (`DE-BY`).
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub holidays: Vec<HolidayRegion>,
    /// Leave these dates out: `2026-12-24`.
    #[serde(skip_serializing_if = "Vec::is_empty", deserialize_with = "values::dates")]
    #[cfg_attr(feature = "schema", schema(value_type = Vec<String>))]
    pub dates: Vec<Date>,
    /// What becomes of an occurrence on such a day.
    pub then: Then,
}

/// What becomes of an occurrence on a day left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Then {
    /// It is skipped.
    #[default]
    Nothing,
    /// It moves to the last working day before, at the same local time.
    Previous,
    /// It moves to the first working day after, at the same local time.
    Next,
}

/// Why an occurrence is skipped.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(tag = "because", rename_all = "snake_case")]
pub enum SkipReason {
    /// It falls on a weekend.
    Weekend,
    /// It falls on a public holiday.
    Holiday {
        /// The region as the schedule names it.
        region: String,
        /// The holiday's English name.
        name: String,
    },
    /// It falls on one of the schedule's own dates.
    OwnDate,
    /// It should move, but there is no working day within [`MOVE_DAYS_MAX`] days.
    NoWorkingDay,
    /// Its local time does not exist on that day: the clocks go forward over it.
    ClockChange,
}

impl fmt::Display for SkipReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Weekend => f.write_str("weekend"),
            Self::Holiday { region, name } => write!(f, "public holiday: {name} ({region})"),
            Self::OwnDate => f.write_str("a date that this schedule leaves out"),
            Self::NoWorkingDay => write!(f, "no working day within {MOVE_DAYS_MAX} days to move to"),
            Self::ClockChange => f.write_str("the clocks go forward and this local time does not exist"),
        }
    }
}

/// What happens on a local date.
pub(super) struct Day {
    pub skipped: Option<SkipReason>,
    pub moved_from: Option<Date>,
}

impl Skip {
    /// Whether nothing is left out.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Why that day is left out; `None` for a working day.
    pub fn reason(&self, date: Date) -> Option<SkipReason> {
        if self.is_weekend(date) {
            return Some(SkipReason::Weekend);
        }
        let holiday = |region: &HolidayRegion| {
            let name = region.holiday(date)?;
            Some(SkipReason::Holiday {
                region: region.code().to_owned(),
                name: name.to_owned(),
            })
        };
        self.holidays
            .iter()
            .find_map(holiday)
            .or_else(|| self.dates.contains(&date).then_some(SkipReason::OwnDate))
    }

    pub(super) fn is_weekend(&self, date: Date) -> bool {
        self.weekends && self.is_weekend_day(weekday_of(date))
    }

    /// Sunday = 0.
    fn is_weekend_day(&self, weekday: u8) -> bool {
        match &self.weekend_days[..] {
            [] => weekday == 0 || weekday == 6,
            days => days.iter().any(|day| day.number() == weekday),
        }
    }

    /// Whether no day can be left out, whatever `then` says.
    pub(super) fn is_idle(&self) -> bool {
        !self.weekends && self.holidays.is_empty() && self.dates.is_empty()
    }

    /// Whether the days left out are the same every week.
    pub(super) fn only_weekends(&self) -> bool {
        self.holidays.is_empty() && self.dates.is_empty()
    }

    /// Whether the holidays of that year are unknown and matter.
    pub(super) fn is_beyond_data(&self, date: Date) -> bool {
        !self.holidays.is_empty() && !holiday_years().contains(&date.year())
    }

    /// What the rule and this together make of a date: nothing, or occurrences that are due, moved here, or skipped.
    pub(super) fn day(&self, rule: &Matcher, date: Date) -> Option<Day> {
        let matches = rule.matches_date(date);
        match (self.reason(date), self.then) {
            (None, _) if matches => Some(Day {
                skipped: None,
                moved_from: None,
            }),
            (None, Then::Nothing) => None,
            (None, _) => self.moved_to(rule, date).map(|from| Day {
                skipped: None,
                moved_from: Some(from),
            }),
            (Some(_), _) if !matches => None,
            (Some(reason), Then::Nothing) => Some(Day {
                skipped: Some(reason),
                moved_from: None,
            }),
            (Some(_), then) => {
                let moves = neighbours(date, then == Then::Next).any(|target| self.reason(target).is_none());
                (!moves).then_some(Day {
                    skipped: Some(SkipReason::NoWorkingDay),
                    moved_from: None,
                })
            }
        }
    }

    /// The earliest date whose occurrence moves to this working day: one in the run of days left out that ends here.
    fn moved_to(&self, rule: &Matcher, date: Date) -> Option<Date> {
        let run = neighbours(date, self.then == Then::Previous).take_while(|day| self.reason(*day).is_some());
        run.filter(|day| rule.matches_date(*day)).min()
    }
}

/// The days after or before a date, nearest first, as far as an occurrence may move.
fn neighbours(date: Date, after: bool) -> impl Iterator<Item = Date> {
    let step = if after { 1.day() } else { -1.day() };
    std::iter::successors(date.checked_add(step).ok(), move |day| day.checked_add(step).ok()).take(MOVE_DAYS_MAX)
}
