//! The one engine under every rule and both cron dialects: which local dates and which times of day.

use super::set::Set;
use jiff::civil::{Date, Time};
use std::sync::LazyLock;

/// First year a cron expression may name (EventBridge's limit).
pub(super) const YEAR_MIN: i16 = 1970;
/// Last year a cron expression may name (EventBridge's limit).
pub(super) const YEAR_MAX: i16 = 2199;

/// Every local time that is on a matching date, in a matching hour and at a matching minute.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Matcher {
    pub minutes: Set,
    pub hours: Set,
    pub days: Days,
    /// 1 to 12.
    pub months: Set,
    /// Counted from [`YEAR_MIN`]; `None` is every year, for ever.
    pub years: Option<Set>,
}

/// Both conditions, or one of them where `either` is set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Days {
    pub of_month: OfMonth,
    pub of_week: OfWeek,
    pub either: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum OfMonth {
    Any,
    In(Set),
    /// That day, or the month's last day where the month is shorter.
    Clamped(u8),
    /// The weekday (Monday to Friday) nearest to that day without leaving the month; months without the day have none.
    NearestWeekday(u8),
}

/// Days of the week count from Sunday = 0.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum OfWeek {
    Any,
    In(Set),
    Last(u8),
    Nth(u8, u8),
}

impl Days {
    pub const ALL: Self = Self {
        of_month: OfMonth::Any,
        of_week: OfWeek::Any,
        either: false,
    };
}

impl Matcher {
    /// One time of day on certain days of every month and year.
    pub fn at(time: Time, days: Days) -> Self {
        let one = |value: i8| Set::from_iter([value.unsigned_abs()]);
        Self {
            minutes: one(time.minute()),
            hours: one(time.hour()),
            days,
            months: (1..=12).collect(),
            years: None,
        }
    }

    pub fn matches_date(&self, date: Date) -> bool {
        let year_fits = self
            .years
            .is_none_or(|years| u8::try_from(date.year() - YEAR_MIN).is_ok_and(|year| years.contains(year)));
        year_fits && self.matches_day(date)
    }

    /// As [`Self::matches_date`] without looking at the year.
    pub fn matches_day(&self, date: Date) -> bool {
        self.months.contains(date.month().unsigned_abs()) && self.days.matches(date)
    }

    pub fn matches_time(&self, time: Time) -> bool {
        self.hours.contains(time.hour().unsigned_abs()) && self.minutes.contains(time.minute().unsigned_abs())
    }

    /// The times of day, earliest first.
    pub fn times(&self) -> impl Iterator<Item = Time> + use<> {
        let minutes = self.minutes;
        let at = |hour: u8, minute: u8| Time::new(hour.cast_signed(), minute.cast_signed(), 0, 0).ok();
        self.hours
            .iter()
            .flat_map(move |hour| minutes.iter().filter_map(move |minute| at(hour, minute)))
    }

    /// Whether any date at all matches.
    pub fn can_fire(&self) -> bool {
        match self.years {
            None => CYCLE.iter().any(|date| self.matches_day(*date)),
            Some(years) => years
                .iter()
                .filter_map(|year| Date::new(YEAR_MIN + i16::from(year), 1, 1).ok())
                .any(|first| {
                    std::iter::successors(Some(first), |d| d.tomorrow().ok())
                        .take(usize::from(first.days_in_year().unsigned_abs()))
                        .any(|d| self.matches_day(d))
                }),
        }
    }
}

impl Days {
    fn matches(&self, date: Date) -> bool {
        let (in_month, in_week) = (self.of_month.matches(date), self.of_week.matches(date));
        if self.either { in_month || in_week } else { in_month && in_week }
    }
}

impl OfMonth {
    fn matches(&self, date: Date) -> bool {
        let (day, last) = (date.day().unsigned_abs(), date.days_in_month().unsigned_abs());
        match self {
            Self::Any => true,
            Self::In(days) => days.contains(day),
            Self::Clamped(wanted) => day == (*wanted).min(last),
            Self::NearestWeekday(wanted) => *wanted <= last && day == nearest_weekday(*wanted, last, weekday_of(date) + wanted + 35 - day),
        }
    }
}

/// `weekday_sum` is the weekday of `wanted`, counted from Sunday = 0, plus any number of weeks.
fn nearest_weekday(wanted: u8, last: u8, weekday_sum: u8) -> u8 {
    match weekday_sum % 7 {
        6 if wanted == 1 => 3,
        6 => wanted - 1,
        0 if wanted == last => wanted - 2,
        0 => wanted + 1,
        _ => wanted,
    }
}

impl OfWeek {
    fn matches(&self, date: Date) -> bool {
        let (day, weekday) = (date.day().unsigned_abs(), weekday_of(date));
        match self {
            Self::Any => true,
            Self::In(days) => days.contains(weekday),
            Self::Last(wanted) => weekday == *wanted && day + 7 > date.days_in_month().unsigned_abs(),
            Self::Nth(wanted, nth) => weekday == *wanted && (day - 1) / 7 + 1 == *nth,
        }
    }
}

/// Sunday = 0.
pub(super) fn weekday_of(date: Date) -> u8 {
    date.weekday().to_sunday_zero_offset().unsigned_abs()
}

/// The 28 years after which weekdays and leap days repeat: every kind of year is among them.
pub(super) static CYCLE: LazyLock<Vec<Date>> = LazyLock::new(|| {
    std::iter::successors(Some(Date::constant(2001, 1, 1)), |date| date.tomorrow().ok())
        .take_while(|date| date.year() <= 2028)
        .collect()
});
