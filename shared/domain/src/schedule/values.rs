//! The small values in a schedule as it is written, each refused by itself with what is accepted.

use super::ScheduleError;
use super::written::{Text, written_as_text};
use jiff::civil::{Date, Time};
use serde::de::{Deserializer, Error, SeqAccess, Unexpected, Visitor};
use serde::{Deserialize, Serialize, Serializer};
use std::fmt;
use std::str::FromStr;

/// A minute of the hour, 0 to 59.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(try_from = "i64", into = "i64")]
pub struct Minute(u8);

impl Minute {
    /// 0 to 59.
    pub fn get(self) -> u8 {
        self.0
    }
}

impl TryFrom<i64> for Minute {
    type Error = ScheduleError;

    fn try_from(given: i64) -> Result<Self, ScheduleError> {
        let minute = u8::try_from(given).ok().filter(|minute| *minute < 60);
        minute
            .map(Self)
            .ok_or_else(|| ScheduleError::new("minute", given.to_string(), "is not a minute of the hour; accepted are 0 to 59"))
    }
}

impl From<Minute> for i64 {
    fn from(minute: Minute) -> Self {
        minute.0.into()
    }
}

/// A time of day in the schedule's zone, written `09:00`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LocalTime(pub(super) Time);

written_as_text!(LocalTime, "a local time such as \"09:00\"");

impl fmt::Display for LocalTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}:{:02}", self.0.hour(), self.0.minute())
    }
}

impl FromStr for LocalTime {
    type Err = ScheduleError;

    fn from_str(given: &str) -> Result<Self, ScheduleError> {
        let digits = |text: &str, lengths: &[usize]| {
            (lengths.contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit())).then(|| text.parse().ok())?
        };
        let time = given
            .trim()
            .split_once(':')
            .and_then(|(hour, minute)| Time::new(digits(hour, &[1, 2])?, digits(minute, &[2])?, 0, 0).ok());
        time.map(Self)
            .ok_or_else(|| ScheduleError::new("at", given, "is not a time of day; accepted are 00:00 to 23:59 such as \"09:00\""))
    }
}

/// A day of the week, written in full and in lower case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the names say it")]
pub enum Weekday {
    Sunday,
    Monday,
    Tuesday,
    Wednesday,
    Thursday,
    Friday,
    Saturday,
}

impl Weekday {
    /// Sunday = 0.
    pub(super) fn number(self) -> u8 {
        self as u8
    }

    pub(super) fn name(&self) -> String {
        format!("{self:?}").to_ascii_lowercase()
    }
}

/// A day of the month.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MonthDay {
    /// 1 to 31; months that are shorter have it on their last day.
    Day(u8),
    /// The last day, written `last`.
    Last,
}

impl Serialize for MonthDay {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Day(day) => serializer.serialize_u8(*day),
            Self::Last => serializer.serialize_str("last"),
        }
    }
}

impl<'de> Deserialize<'de> for MonthDay {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(MonthDayVisitor)
    }
}

struct MonthDayVisitor;

impl Visitor<'_> for MonthDayVisitor {
    type Value = MonthDay;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a day of the month from 1 to 31, or last")
    }

    fn visit_u64<E: Error>(self, given: u64) -> Result<MonthDay, E> {
        let day = u8::try_from(given).ok().filter(|day| (1..=31).contains(day));
        day.map(MonthDay::Day)
            .ok_or_else(|| E::invalid_value(Unexpected::Unsigned(given), &self))
    }

    fn visit_i64<E: Error>(self, given: i64) -> Result<MonthDay, E> {
        u64::try_from(given)
            .map_err(|_| E::invalid_value(Unexpected::Signed(given), &self))
            .and_then(|day| self.visit_u64(day))
    }

    fn visit_str<E: Error>(self, given: &str) -> Result<MonthDay, E> {
        if given == "last" {
            Ok(MonthDay::Last)
        } else {
            Err(E::invalid_value(Unexpected::Str(given), &self))
        }
    }
}

/// One weekday or a list of at least one.
pub(super) fn weekdays<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<Weekday>, D::Error> {
    deserializer.deserialize_any(Weekdays)
}

struct Weekdays;

impl<'de> Visitor<'de> for Weekdays {
    type Value = Vec<Weekday>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("weekdays such as [monday, friday]")
    }

    fn visit_str<E: Error>(self, name: &str) -> Result<Self::Value, E> {
        Weekday::deserialize(serde::de::value::StrDeserializer::new(name)).map(|day| vec![day])
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Self::Value, A::Error> {
        let mut days = Vec::new();
        while let Some(day) = list.next_element()? {
            days.push(day);
        }
        if days.is_empty() {
            Err(A::Error::invalid_length(0, &"at least one weekday such as [monday]"))
        } else {
            Ok(days)
        }
    }
}

/// Dates, each refused by itself.
pub(super) fn dates<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<Date>, D::Error> {
    Vec::<OwnDate>::deserialize(deserializer).map(|dates| dates.into_iter().map(|date| date.0).collect())
}

struct OwnDate(Date);

impl<'de> Deserialize<'de> for OwnDate {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_str(Text::expecting("a date such as 2026-12-24"))
    }
}

impl FromStr for OwnDate {
    type Err = ScheduleError;

    fn from_str(given: &str) -> Result<Self, ScheduleError> {
        let date = (given.len() == 10).then(|| given.parse().ok()).flatten();
        date.map(Self).ok_or_else(|| {
            ScheduleError::new(
                "dates",
                given,
                "is not a date of the calendar; accepted are dates such as 2026-12-24",
            )
        })
    }
}
