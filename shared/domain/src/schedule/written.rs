//! The shape of a schedule in pulse files and API JSON.

use super::values::{LocalTime, Minute, MonthDay, Weekday, weekdays};
use super::{Cron, Rule, Schedule, ScheduleError, Skip, Zone};
use serde::de::{Error, Visitor};
use serde::{Deserialize, Serialize};
use std::fmt;
use std::marker::PhantomData;
use std::str::FromStr;

/// Reads and writes a type as its text; a wrong type of value is told what is expected.
macro_rules! written_as_text {
    ($type:ty, $expected:literal) => {
        impl serde::Serialize for $type {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }
        impl<'de> serde::Deserialize<'de> for $type {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                deserializer.deserialize_str($crate::schedule::written::Text::expecting($expected))
            }
        }
    };
}
pub(super) use written_as_text;

pub(super) struct Text<T>(&'static str, PhantomData<T>);

impl<T> Text<T> {
    pub fn expecting(expected: &'static str) -> Self {
        Self(expected, PhantomData)
    }
}

impl<T: FromStr<Err: fmt::Display>> Visitor<'_> for Text<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<T, E> {
        text.parse().map_err(E::custom)
    }
}

/// A schedule as it is written: exactly one of the five rules, the zone, and what to skip.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ScheduleFields {
    /// Every hour: `hourly: {minute: 15}`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hourly: Option<Hourly>,
    /// Every day: `daily: {at: "09:00"}`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub daily: Option<Daily>,
    /// Certain weekdays: `weekly: {on: [monday, friday], at: "09:00"}`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub weekly: Option<Weekly>,
    /// A day of each month: `monthly: {on: 31, at: "09:00"}`, or `on: last`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub monthly: Option<Monthly>,
    /// A cron expression: `cron: "0 9 * * 1-5"`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cron: Option<Cron>,
    /// The zone that all times are in.
    pub time_zone: Zone,
    /// Days left out.
    #[serde(default, skip_serializing_if = "Skip::is_empty")]
    pub skip: Skip,
}

impl TryFrom<ScheduleFields> for Schedule {
    type Error = ScheduleError;

    fn try_from(fields: ScheduleFields) -> Result<Self, ScheduleError> {
        let ScheduleFields {
            hourly,
            daily,
            weekly,
            monthly,
            cron,
            time_zone,
            skip,
        } = fields;
        let given = [
            hourly.map(|rule| ("hourly", Rule::Hourly(rule))),
            daily.map(|rule| ("daily", Rule::Daily(rule))),
            weekly.map(|rule| ("weekly", Rule::Weekly(rule))),
            monthly.map(|rule| ("monthly", Rule::Monthly(rule))),
            cron.map(|rule| ("cron", Rule::Cron(rule))),
        ];
        let (names, mut rules): (Vec<&str>, Vec<Rule>) = given.into_iter().flatten().unzip();
        let rule = rules.pop().filter(|_| rules.is_empty()).ok_or_else(|| {
            let why = "must have exactly one rule; accepted are hourly, daily, weekly, monthly and cron (no schedule at all for a pulse sent by hand)";
            ScheduleError::new("schedule", names.join(", "), why)
        })?;
        if !skip.weekends && !skip.weekend_days.is_empty() {
            let days: Vec<_> = skip.weekend_days.iter().map(Weekday::name).collect();
            return Err(ScheduleError::new(
                "weekend_days",
                days.join(", "),
                "has no effect without weekends: true",
            ));
        }
        Ok(Self { rule, time_zone, skip })
    }
}

impl From<Schedule> for ScheduleFields {
    fn from(schedule: Schedule) -> Self {
        let Schedule { rule, time_zone, skip } = schedule;
        let mut fields = Self {
            hourly: None,
            daily: None,
            weekly: None,
            monthly: None,
            cron: None,
            time_zone,
            skip,
        };
        match rule {
            Rule::Hourly(rule) => fields.hourly = Some(rule),
            Rule::Daily(rule) => fields.daily = Some(rule),
            Rule::Weekly(rule) => fields.weekly = Some(rule),
            Rule::Monthly(rule) => fields.monthly = Some(rule),
            Rule::Cron(rule) => fields.cron = Some(rule),
        }
        fields
    }
}

/// Once every hour.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Hourly {
    /// 0 to 59; 0 if not given.
    #[serde(default)]
    pub minute: Minute,
}

/// Once every day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Daily {
    /// Local time.
    pub at: LocalTime,
}

/// Once on each of certain weekdays.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Weekly {
    /// The weekdays, at least one; a single one may stand without brackets.
    #[serde(deserialize_with = "weekdays")]
    pub on: Vec<Weekday>,
    /// Local time.
    pub at: LocalTime,
}

/// Once a month.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Monthly {
    /// The day of the month.
    pub on: MonthDay,
    /// Local time.
    pub at: LocalTime,
}
