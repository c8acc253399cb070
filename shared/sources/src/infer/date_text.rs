//! Dates and times as people write them. Month and weekday names are English.

use jiff::civil::{Date, ISOWeekDate, Time, Weekday};

/// What one text can mean as a moment.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct When {
    /// The day.
    pub(crate) day: Day,
    /// The time of day, where it is given.
    pub(crate) time: Option<Time>,
    /// Seconds east of Greenwich, where they are given.
    pub(crate) offset_s: Option<i32>,
}

/// A day, or two numbers of which one is the day and one the month.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Day {
    /// Only one reading.
    Known(Date),
    /// `01/02/2026`; a reading is absent where there is no such day.
    Ordered {
        /// As day, month, year.
        day_first: Option<Date>,
        /// As month, day, year.
        month_first: Option<Date>,
        /// Written with points, as those do who put the day first.
        points: bool,
    },
}

/// Reads a day, a month, an ISO week, a quarter (each as its first day), with or without time and offset. A bare year is not read: it is a number.
pub(crate) fn read(text: &str) -> Option<When> {
    if !(6..=48).contains(&text.len()) || !text.bytes().any(|byte| byte.is_ascii_digit()) {
        return None;
    }
    match text.find(':') {
        None => Some(When {
            day: day(text)?,
            time: None,
            offset_s: None,
        }),
        Some(colon) => {
            let hour_at = text[..colon].rfind(|c: char| !c.is_ascii_digit())?;
            let (before, clock) = text.split_at(hour_at + text[hour_at..].chars().next()?.len_utf8());
            let before = before.trim_end_matches([' ', ',', '\u{a0}', '\u{202f}']);
            let before = before.strip_suffix(['T', 't', '_']).unwrap_or(before).trim_end();
            let (time, offset_s) = clock_time(clock)?;
            Some(When {
                day: day(before)?,
                time: Some(time),
                offset_s,
            })
        }
    }
}

/// `20261120`, where the whole column is written so.
pub(crate) fn read_compact(text: &str) -> Option<Date> {
    if text.len() != 8 || !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let (year, month, day) = (text[..4].parse().ok()?, text[4..6].parse().ok()?, text[6..].parse().ok()?);
    if !(1900..=2100).contains(&year) {
        return None;
    }
    Date::new(year, month, day).ok()
}

/// `2026`, where the column is called a year.
pub(crate) fn read_year(text: &str) -> Option<Date> {
    if text.len() != 4 || !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let year: i16 = text.parse().ok()?;
    (1000..=2999).contains(&year).then(|| Date::new(year, 1, 1).ok()).flatten()
}

/// `9:05`, `09:05:30.250`, `9:05 PM`, each with `Z`, `+01:00`, `+0100` or `UTC` behind it.
fn clock_time(text: &str) -> Option<(Time, Option<i32>)> {
    let end = text
        .find(|c: char| !(c.is_ascii_digit() || matches!(c, ':' | '.' | ',')))
        .unwrap_or(text.len());
    let (digits, rest) = text.split_at(end);
    let mut parts = digits.splitn(3, ':');
    let (hour, minute, second) = (parts.next()?, parts.next()?, parts.next().unwrap_or("0"));
    let (second, fraction) = second.split_once(['.', ',']).unwrap_or((second, ""));
    let mut hour: i8 = hour.parse().ok()?;
    let nanosecond = nanoseconds(fraction)?;
    let mut rest = rest.trim_start();
    if let Some((half, after)) = rest.split_at_checked(2)
        && (half.eq_ignore_ascii_case("am") || half.eq_ignore_ascii_case("pm"))
    {
        if !(1..=12).contains(&hour) {
            return None;
        }
        hour = hour % 12 + if half.eq_ignore_ascii_case("pm") { 12 } else { 0 };
        rest = after.trim_start();
    }
    let time = Time::new(hour, two_digits(minute)?, two_digits(second)?, nanosecond).ok()?;
    Some((time, offset_seconds(rest)?))
}

fn two_digits(text: &str) -> Option<i8> {
    if (1..=2).contains(&text.len()) { text.parse().ok() } else { None }
}

fn nanoseconds(fraction: &str) -> Option<i32> {
    if fraction.is_empty() {
        return Some(0);
    }
    if !fraction.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    format!("{:0<9}", &fraction[..fraction.len().min(9)]).parse().ok()
}

/// The outer `None` is nonsense, the inner one no offset.
fn offset_seconds(text: &str) -> Option<Option<i32>> {
    if text.is_empty() {
        return Some(None);
    }
    if ["z", "utc", "gmt"].iter().any(|name| name.eq_ignore_ascii_case(text)) {
        return Some(Some(0));
    }
    let sign = match text.chars().next()? {
        '+' => 1,
        '-' => -1,
        _ => return None,
    };
    let digits: String = text[1..].chars().filter(|c| *c != ':').collect();
    if !matches!(digits.len(), 2 | 4) || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let hours: i32 = digits[..2].parse().ok()?;
    let minutes: i32 = digits
        .get(2..)
        .filter(|minutes| !minutes.is_empty())
        .map_or(Some(0), |minutes| minutes.parse().ok())?;
    (hours <= 14 && minutes < 60).then_some(Some(sign * (hours * 3600 + minutes * 60)))
}

/// A run of digits or of letters.
#[derive(Debug, Clone, Copy)]
enum Token<'a> {
    Number { value: i16, len: usize },
    Word(&'a str),
}

/// The date's pieces and the characters between them; `None` where there are more than a date has.
fn tokens(text: &str) -> Option<(Vec<Token<'_>>, Vec<&str>)> {
    let (mut pieces, mut between) = (Vec::with_capacity(4), Vec::with_capacity(4));
    let mut rest = text;
    while !rest.is_empty() {
        let kind = |c: char| {
            if c.is_ascii_digit() {
                0
            } else if c.is_alphabetic() {
                1
            } else {
                2
            }
        };
        let first = kind(rest.chars().next()?);
        let (piece, after) = rest.split_at(rest.find(|c| kind(c) != first).unwrap_or(rest.len()));
        match first {
            0 => pieces.push(Token::Number {
                value: piece.parse().ok()?,
                len: piece.len(),
            }),
            1 => pieces.push(Token::Word(piece)),
            _ if pieces.is_empty() => return None,
            _ => between.push(piece),
        }
        if pieces.len() > 5 {
            return None;
        }
        rest = after;
    }
    Some((pieces, between))
}

fn day(text: &str) -> Option<Day> {
    let (pieces, between) = tokens(text)?;
    let mut pieces = pieces.as_slice();
    if let [Token::Word(word), rest @ ..] = pieces
        && is_weekday(word)
        && rest.len() >= 2
    {
        pieces = rest;
    }
    let dashed = between.iter().all(|separator| matches!(*separator, "-" | "/" | "."));
    match *pieces {
        [
            Token::Number { value: year, len: 4 },
            Token::Number { value: month, len: 1 | 2 },
            Token::Number { value: day, len: 1 | 2 },
        ] if dashed => known(year, month, day),
        [
            Token::Number { value: a, len: 1 | 2 },
            Token::Number { value: b, len: 1 | 2 },
            Token::Number {
                value: year,
                len: len @ (2 | 4),
            },
        ] if dashed && between.len() == 2 && between[0] == between[1] => {
            let year = full_year(year, len);
            let (day_first, month_first) = (date(year, b, a), date(year, a, b));
            (day_first.is_some() || month_first.is_some()).then_some(Day::Ordered {
                day_first,
                month_first,
                points: between[0] == ".",
            })
        }
        [Token::Number { value: year, len: 4 }, Token::Number { value: month, len: 2 }] if matches!(between[..], ["-" | "/"]) => {
            known(year, month, 1)
        }
        [Token::Number { value: month, len: 1 | 2 }, Token::Number { value: year, len: 4 }] if matches!(between[..], ["-" | "/"]) => {
            known(year, month, 1)
        }
        _ => named(pieces, &between),
    }
}

/// Days, weeks and quarters with letters in them.
fn named(pieces: &[Token<'_>], between: &[&str]) -> Option<Day> {
    match *pieces {
        [
            Token::Number { value: year, len: 4 },
            Token::Word("W" | "w"),
            Token::Number { value: week, len: 1 | 2 },
        ] => iso_week(year, week, 1),
        [
            Token::Number { value: year, len: 4 },
            Token::Word("W" | "w"),
            Token::Number { value: week, len: 2 },
            Token::Number { value: day, len: 1 },
        ] => iso_week(year, week, day),
        [
            Token::Number { value: year, len: 4 },
            Token::Word("Q" | "q"),
            Token::Number { value: quarter, len: 1 },
        ]
        | [
            Token::Word("Q" | "q"),
            Token::Number { value: quarter, len: 1 },
            Token::Number { value: year, len: 4 },
        ] => (1..=4).contains(&quarter).then(|| known(year, quarter * 3 - 2, 1)).flatten(),
        // `Nov-26` is a month as spreadsheets show it; `Nov 26` is as likely a day.
        [Token::Word(name), Token::Number { value: year, len }] if len == 4 || (len == 2 && matches!(between, ["-"])) => {
            known(full_year(year, len), month(name)?, 1)
        }
        [Token::Number { value: year, len: 4 }, Token::Word(name)] => known(year, month(name)?, 1),
        [
            Token::Number { value: day, len: 1 | 2 },
            Token::Word(name),
            Token::Number {
                value: year,
                len: len @ (2 | 4),
            },
        ]
        | [
            Token::Word(name),
            Token::Number { value: day, len: 1 | 2 },
            Token::Number {
                value: year,
                len: len @ (2 | 4),
            },
        ] => known(full_year(year, len), month(name)?, day),
        [
            Token::Number { value: year, len: 4 },
            Token::Word(name),
            Token::Number { value: day, len: 1 | 2 },
        ] => known(year, month(name)?, day),
        [
            Token::Number { value: day, .. },
            Token::Word("st" | "nd" | "rd" | "th"),
            Token::Word(name),
            Token::Number { value: year, len: 4 },
        ]
        | [
            Token::Word(name),
            Token::Number { value: day, .. },
            Token::Word("st" | "nd" | "rd" | "th"),
            Token::Number { value: year, len: 4 },
        ] => known(year, month(name)?, day),
        _ => None,
    }
}

/// Two digits are 1970 to 2069.
fn full_year(year: i16, len: usize) -> i16 {
    match len {
        2 if year >= 70 => 1900 + year,
        2 => 2000 + year,
        _ => year,
    }
}

fn date(year: i16, month: i16, day: i16) -> Option<Date> {
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

fn known(year: i16, month: i16, day: i16) -> Option<Day> {
    date(year, month, day).map(Day::Known)
}

fn iso_week(year: i16, week: i16, day: i16) -> Option<Day> {
    let weekday = Weekday::from_monday_one_offset(i8::try_from(day).ok()?).ok()?;
    ISOWeekDate::new(year, i8::try_from(week).ok()?, weekday)
        .ok()
        .map(|week| Day::Known(week.date()))
}

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];
const WEEKDAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

/// The whole name, or its beginning of three letters or more.
fn begins(name: &str, word: &str) -> bool {
    word.len() >= 3 && name.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word))
}

fn month(word: &str) -> Option<i16> {
    let index = MONTHS.iter().position(|name| begins(name, word))?;
    i16::try_from(index + 1).ok()
}

fn is_weekday(word: &str) -> bool {
    WEEKDAYS.iter().any(|name| begins(name, word))
}
