//! Cron in two dialects, told apart by the number of fields: five (Vixie) and six (EventBridge).

use super::ScheduleError;
use super::matcher::{Days, Matcher, OfMonth, OfWeek, YEAR_MAX, YEAR_MIN};
use super::set::Set;
use super::written::written_as_text;
use std::fmt;
use std::str::FromStr;

/// The Scheduler's limit for an expression is 256 characters, `cron()` included.
const TEXT_LEN_MAX: usize = 250;

/// A cron expression that can fire.
///
/// **Five fields**, `minutes hours day-of-month month day-of-week`, as Vixie cron reads them: names, ranges `9-17`, lists `8,12`, steps
/// `*/15` and `9-17/2`, Sunday is 0 or 7. Where both day fields are restricted (neither starts with `*`), either is enough.
///
/// **Six fields**, `minutes hours day-of-month month day-of-week year`, as EventBridge reads them, bare or inside `cron(..)`: exactly one day
/// field is `?`; Sunday is 1; `5/15` starts at 5; `L` is the month's last day (or Saturday, the week's last), `15W` the weekday nearest to
/// the 15th, `6L` the month's last Friday, `6#3` its third.
#[derive(Clone, PartialEq, Eq)]
pub struct Cron {
    text: String,
    pub(super) matcher: Box<Matcher>,
    is_eventbridge: bool,
}

written_as_text!(
    Cron,
    "a cron expression with five fields such as \"0 9 * * 1-5\" or EventBridge's six"
);

impl fmt::Debug for Cron {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Cron({})", self.text)
    }
}

impl fmt::Display for Cron {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

struct Field {
    name: &'static str,
    min: u16,
    max: u16,
    /// Three-letter names and the value of the first.
    names: (&'static [&'static str], u16),
    accepted: &'static str,
}

const MONTHS: &[&str] = &["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];
pub(super) const WEEKDAYS: &[&str] = &["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"];

const MINUTES: Field = Field {
    name: "minutes",
    min: 0,
    max: 59,
    names: (&[], 0),
    accepted: "0-59, *, lists 0,30, ranges 0-10 and steps */15",
};
const HOURS: Field = Field {
    name: "hours",
    min: 0,
    max: 23,
    names: (&[], 0),
    accepted: "0-23, *, lists 8,12, ranges 9-17 and steps */2",
};
const DAYS: Field = Field {
    name: "day-of-month",
    min: 1,
    max: 31,
    names: (&[], 0),
    accepted: "1-31, *, lists 1,15, ranges 1-7 and steps */2",
};
const MONTH: Field = Field {
    name: "month",
    min: 1,
    max: 12,
    names: (MONTHS, 1),
    accepted: "1-12 or JAN-DEC, *, lists, ranges and steps */3",
};
const WEEKDAY: Field = Field {
    name: "day-of-week",
    min: 0,
    max: 7,
    names: (WEEKDAYS, 0),
    accepted: "0-7 (Sunday is 0 or 7) or SUN-SAT, *, lists, ranges 1-5 and steps */2",
};
const DAYS_SIX: Field = Field {
    accepted: "1-31, *, ?, lists 1,15, ranges 1-7, steps 1/2, and alone L or 15W; for the last working day use monthly with skip and then: previous",
    ..DAYS
};
const WEEKDAY_SIX: Field = Field {
    min: 1,
    names: (WEEKDAYS, 1),
    accepted: "1-7 (Sunday is 1) or SUN-SAT, *, ?, lists, ranges MON-FRI, steps, and alone 6L (the month's last Friday) or 6#3 (its third)",
    ..WEEKDAY
};
const YEAR: Field = Field {
    name: "year",
    min: YEAR_MIN.unsigned_abs(),
    max: YEAR_MAX.unsigned_abs(),
    names: (&[], 0),
    accepted: "1970-2199, *, lists, ranges and steps",
};

impl FromStr for Cron {
    type Err = ScheduleError;

    fn from_str(given: &str) -> Result<Self, ScheduleError> {
        let refuse = |why: &str| Err(ScheduleError::new("cron", given, why));
        let inner = given.trim().strip_prefix("cron(").and_then(|rest| rest.strip_suffix(')'));
        let fields: Vec<String> = inner.unwrap_or(given).split_whitespace().map(str::to_ascii_uppercase).collect();
        let words: Vec<&str> = fields.iter().map(String::as_str).collect();
        let text = fields.join(" ");
        if text.len() > TEXT_LEN_MAX {
            return refuse("is too long: at most 250 characters are accepted");
        }
        let (matcher, is_eventbridge) = match words[..] {
            [minutes, hours, day, month, weekday] if inner.is_none() => (five(minutes, hours, day, month, weekday)?, false),
            [minutes, hours, day, month, weekday, year] => (six(minutes, hours, day, month, weekday, year)?, true),
            _ if inner.is_some() => {
                return refuse("does not have six fields: cron(minutes hours day-of-month month day-of-week year) is accepted");
            }
            _ => {
                return refuse(
                    "has neither five nor six fields: minutes hours day-of-month month day-of-week is accepted, \
                     or EventBridge's six with a year at the end",
                );
            }
        };
        if !matcher.can_fire() {
            return refuse("can never fire: no date matches its day-of-month, month, day-of-week and year together");
        }
        Ok(Self {
            text,
            matcher: Box::new(matcher),
            is_eventbridge,
        })
    }
}

impl Cron {
    /// The expression as EventBridge takes it, if it was written so.
    pub(super) fn eventbridge_text(&self) -> Option<String> {
        self.is_eventbridge.then(|| format!("cron({})", self.text))
    }
}

fn five(minutes: &str, hours: &str, day: &str, month: &str, weekday: &str) -> Result<Matcher, ScheduleError> {
    let of_month = DAYS.values(day, false, narrow)?;
    let of_week = WEEKDAY.values(weekday, false, |value| narrow(value % 7))?;
    Ok(Matcher {
        minutes: MINUTES.values(minutes, false, narrow)?,
        hours: HOURS.values(hours, false, narrow)?,
        months: MONTH.values(month, false, narrow)?,
        years: None,
        days: Days {
            of_month: if day == "*" { OfMonth::Any } else { OfMonth::In(of_month) },
            of_week: if weekday == "*" { OfWeek::Any } else { OfWeek::In(of_week) },
            either: !day.starts_with('*') && !weekday.starts_with('*'),
        },
    })
}

fn six(minutes: &str, hours: &str, day: &str, month: &str, weekday: &str, year: &str) -> Result<Matcher, ScheduleError> {
    if (day == "?") == (weekday == "?") {
        let why = "must have ? in exactly one of the two: the one that does not matter";
        return Err(ScheduleError::new(
            "cron day-of-month and day-of-week",
            format!("{day} .. {weekday}"),
            why,
        ));
    }
    let years = YEAR.values(year, true, |value| narrow(value - YEAR.min))?;
    Ok(Matcher {
        minutes: MINUTES.values(minutes, true, narrow)?,
        hours: HOURS.values(hours, true, narrow)?,
        months: MONTH.values(month, true, narrow)?,
        years: (year != "*").then_some(years),
        days: Days {
            of_month: day_six(day)?,
            of_week: weekday_six(weekday)?,
            either: false,
        },
    })
}

fn day_six(text: &str) -> Result<OfMonth, ScheduleError> {
    Ok(match (text, text.strip_suffix('W')) {
        ("?" | "*", _) => OfMonth::Any,
        ("L", _) => OfMonth::Clamped(31),
        (_, Some(day)) => OfMonth::NearestWeekday(narrow(DAYS_SIX.number(day, text)?)),
        _ => OfMonth::In(DAYS_SIX.values(text, true, narrow)?),
    })
}

fn weekday_six(text: &str) -> Result<OfWeek, ScheduleError> {
    let number = |day: &str| WEEKDAY_SIX.number(day, text).map(|day| narrow(day - 1));
    Ok(match (text, text.strip_suffix('L'), text.split_once('#')) {
        ("?" | "*", ..) => OfWeek::Any,
        ("L", ..) => OfWeek::In(Set::from_iter([6])),
        (_, Some(day), _) => OfWeek::Last(number(day)?),
        (_, _, Some((day, nth @ ("1" | "2" | "3" | "4" | "5")))) => OfWeek::Nth(number(day)?, nth.as_bytes()[0] - b'0'),
        _ => OfWeek::In(WEEKDAY_SIX.values(text, true, |value| narrow(value - 1))?),
    })
}

/// Only called with values that a field's `max` (or its distance from `min`) bounds to a byte.
fn narrow(value: u16) -> u8 {
    u8::try_from(value).unwrap_or(u8::MAX)
}

impl Field {
    fn refuse(&self, given: &str, why: &str) -> ScheduleError {
        ScheduleError::new(
            format!("cron {}", self.name),
            given,
            format!("{why}; accepted are {}", self.accepted),
        )
    }

    /// A number or a name in range.
    fn number(&self, text: &str, given: &str) -> Result<u16, ScheduleError> {
        let (names, first) = self.names;
        let named = (first..).zip(names).find(|(_, name)| **name == text).map(|(value, _)| value);
        let digits = || text.bytes().all(|b| b.is_ascii_digit()).then(|| text.parse().ok()).flatten();
        match named.or_else(digits) {
            Some(value) if (self.min..=self.max).contains(&value) => Ok(value),
            Some(_) => Err(self.refuse(given, &format!("is outside {}-{}", self.min, self.max))),
            None => Err(self.refuse(given, "is not understood")),
        }
    }

    /// A list of numbers, ranges and steps. `open_steps`: whether `5/15` is allowed to mean from 5 to the end.
    fn values(&self, given: &str, open_steps: bool, keep: impl Fn(u16) -> u8) -> Result<Set, ScheduleError> {
        let mut set = Set::default();
        for part in given.split(',') {
            let (span, step) = part.split_once('/').map_or((part, None), |(span, step)| (span, Some(step)));
            let by: usize = step
                .map_or(Some(1), |step| step.parse().ok())
                .filter(|by| *by > 0)
                .ok_or_else(|| self.refuse(given, "has a step that is not 1 or more"))?;
            let (from, to) = match (span, span.split_once('-')) {
                ("*", _) => (self.min, self.max),
                (_, Some((from, to))) => (self.number(from, given)?, self.number(to, given)?),
                _ if step.is_none() => (self.number(span, given)?, self.number(span, given)?),
                _ if open_steps => (self.number(span, given)?, self.max),
                _ => return Err(self.refuse(given, &format!("has a step without a range (write {span}-{}/{by})", self.max))),
            };
            // FRI-SUN in five fields: Sunday is also 7.
            let to = if self.min == 0 && self.max == 7 && to == 0 && from > 0 {
                7
            } else {
                to
            };
            if from > to {
                return Err(self.refuse(given, "has a range that ends before it starts (write it as two, 22-23,0-2)"));
            }
            (from..=to).step_by(by).for_each(|value| set.insert(keep(value)));
        }
        Ok(set)
    }
}
