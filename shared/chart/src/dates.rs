//! Which moments of a time axis are labelled, and with what words.

use domain::locale::{DateForm, Locale, TimeFormat};
use domain::series::Grain;
use jiff::civil::{Date, DateTime, Time, date};
use jiff::{Span, ToSpan};

/// A labelled moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct DateTick {
    pub moment: DateTime,
    pub label: String,
    /// The larger unit that the label leaves out: the year of a day, the day of an hour. Shown where it changes.
    pub context: Option<String>,
}

/// A regular distance between labels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Every {
    Minutes(i64),
    /// Counted back from the last day, so that it is on the grid itself.
    Days(i64),
    Months(i64),
    Years(i64),
}

const EVERY: [Every; 26] = [
    Every::Minutes(1),
    Every::Minutes(2),
    Every::Minutes(5),
    Every::Minutes(10),
    Every::Minutes(15),
    Every::Minutes(30),
    Every::Minutes(60),
    Every::Minutes(120),
    Every::Minutes(180),
    Every::Minutes(360),
    Every::Minutes(720),
    Every::Days(1),
    Every::Days(2),
    Every::Days(7),
    Every::Days(14),
    Every::Months(1),
    Every::Months(3),
    Every::Months(6),
    Every::Years(1),
    Every::Years(2),
    Every::Years(5),
    Every::Years(10),
    Every::Years(20),
    Every::Years(50),
    Every::Years(100),
    Every::Years(1000),
];

const DAY_MINUTES: i64 = 24 * 60;

impl Every {
    /// About how long, in minutes.
    fn minutes(self) -> i64 {
        match self {
            Self::Minutes(n) => n,
            Self::Days(n) => n * DAY_MINUTES,
            Self::Months(n) => n * 30 * DAY_MINUTES,
            Self::Years(n) => n * 365 * DAY_MINUTES,
        }
    }

    /// The moments between the two, ascending.
    fn moments(self, first: DateTime, last: DateTime) -> Vec<DateTime> {
        let (start, step, is_backwards): (DateTime, Span, bool) = match self {
            Self::Minutes(n) => {
                let minute = i64::from(first.hour()) * 60 + i64::from(first.minute());
                let floor = first
                    .date()
                    .to_datetime(Time::midnight())
                    .checked_add((minute / n * n).minutes())
                    .unwrap_or(first);
                (floor, n.minutes(), false)
            }
            Self::Days(n) => (last.date().to_datetime(Time::midnight()), n.days(), true),
            Self::Months(n) => {
                let n8 = i8::try_from(n).unwrap_or(1);
                (
                    date(first.year(), (first.month() - 1) / n8 * n8 + 1, 1).to_datetime(Time::midnight()),
                    n.months(),
                    false,
                )
            }
            Self::Years(n) => {
                let year = i64::from(first.year()).div_euclid(n) * n;
                (
                    Date::new(i16::try_from(year).unwrap_or(first.year()), 1, 1)
                        .unwrap_or(first.date())
                        .to_datetime(Time::midnight()),
                    n.years(),
                    false,
                )
            }
        };
        let mut moments = Vec::new();
        let mut at = start;
        while (is_backwards && at >= first) || (!is_backwards && at <= last) {
            if (first..=last).contains(&at) {
                moments.push(at);
            }
            // The calendar ends somewhere.
            let Ok(next) = (if is_backwards { at.checked_sub(step) } else { at.checked_add(step) }) else {
                break;
            };
            at = next;
        }
        moments.sort();
        moments
    }
}

/// The moments to be labelled between first and last, at most `count_max` beside the last itself, which always is; ascending.
pub(crate) fn ticks(
    locale: Locale,
    first: DateTime,
    last: DateTime,
    grain: Grain,
    format: Option<&TimeFormat>,
    count_max: usize,
) -> Vec<DateTick> {
    let span_minutes = last.duration_since(first).as_secs() / 60;
    let count_max = i64::try_from(count_max).unwrap_or(i64::MAX).max(1);
    let every = EVERY
        .iter()
        .copied()
        .filter(|every| every.minutes() >= grain_minutes(grain))
        .find(|every| span_minutes / every.minutes() < count_max);
    let every = every.unwrap_or(Every::Years(1000));
    let mut ticks: Vec<DateTick> = every
        .moments(first, last)
        .into_iter()
        .map(|moment| tick(locale, moment, every_grain(every, grain), format))
        .collect();
    if ticks.last().is_none_or(|tick| tick.moment < last) {
        ticks.push(tick(locale, last, grain, format));
    }
    ticks
}

fn grain_minutes(grain: Grain) -> i64 {
    match grain {
        Grain::Minute => 1,
        Grain::Hour => 60,
        Grain::Day => DAY_MINUTES,
        Grain::Week => 7 * DAY_MINUTES,
        Grain::Month => 30 * DAY_MINUTES,
        Grain::Quarter => 90 * DAY_MINUTES,
        Grain::Year => 365 * DAY_MINUTES,
    }
}

fn every_grain(every: Every, grain: Grain) -> Grain {
    match every {
        Every::Minutes(_) => Grain::Minute,
        Every::Days(_) => Grain::Day,
        Every::Months(_) if grain == Grain::Quarter => Grain::Quarter,
        Every::Months(_) => Grain::Month,
        Every::Years(_) => Grain::Year,
    }
}

fn tick(locale: Locale, moment: DateTime, grain: Grain, format: Option<&TimeFormat>) -> DateTick {
    if let Some(format) = format {
        return DateTick {
            moment,
            label: format.write(moment, locale),
            context: None,
        };
    }
    let (label, context) = match grain {
        Grain::Minute | Grain::Hour => (DateForm::Time24, Some(DateForm::DayMonth)),
        Grain::Day | Grain::Week => (DateForm::DayMonth, Some(DateForm::Year)),
        Grain::Month => (DateForm::Month, Some(DateForm::Year)),
        Grain::Quarter => (DateForm::Quarter, Some(DateForm::Year)),
        Grain::Year => (DateForm::Year, None),
    };
    DateTick {
        moment,
        label: locale.date(moment, label),
        context: context.map(|form| locale.date(moment, form)),
    }
}

/// The moment by itself: `Oct 30, 2026`.
pub(crate) fn moment_words(locale: Locale, moment: DateTime, grain: Grain) -> String {
    let form = match grain {
        Grain::Minute | Grain::Hour => {
            let (date, time) = (DateForm::DayMonthYear, DateForm::Time24);
            return format!("{} {}", locale.date(moment, date), locale.date(moment, time));
        }
        Grain::Day | Grain::Week => DateForm::DayMonthYear,
        Grain::Month => DateForm::MonthYear,
        Grain::Quarter => DateForm::QuarterYear,
        Grain::Year => DateForm::Year,
    };
    locale.date(moment, form)
}

/// Both ends of a period, what they share written once: `Oct 1 – 30, 2026`, `1–30 oct 2026`, `2026年9月28日～10月5日`.
pub(crate) fn span_words(locale: Locale, first: DateTime, last: DateTime, grain: Grain) -> String {
    let (start, end) = (moment_words(locale, first, grain), moment_words(locale, last, grain));
    if first == last {
        return start;
    }
    let (close, wide) = dashes(locale);
    let is_day = matches!(grain, Grain::Day | Grain::Week);
    if is_day && (first.year(), first.month()) == (last.year(), last.month()) {
        let (before, after) = shared_ends(&start, &end);
        let days = &start[before..start.len() - after];
        return format!("{}{days}{close}{}", &start[..before], &end[before..]);
    }
    let without_year = match grain {
        Grain::Day | Grain::Week => Some(DateForm::DayMonth),
        Grain::Month => Some(DateForm::Month),
        Grain::Quarter => Some(DateForm::Quarter),
        Grain::Minute | Grain::Hour | Grain::Year => None,
    };
    match without_year.filter(|_| first.year() == last.year()) {
        // Where the year comes first it is said at the start, else at the end.
        Some(form) if start.starts_with(&locale.date(first, DateForm::Year)) => format!("{start}{wide}{}", locale.date(last, form)),
        Some(form) => format!("{}{wide}{end}", locale.date(first, form)),
        None => format!("{start}{wide}{end}"),
    }
}

/// Between two days of one month, and between anything longer.
fn dashes(locale: Locale) -> (&'static str, &'static str) {
    match locale.tag().split('-').next().unwrap_or_default() {
        "ja" => ("～", "～"),
        "zh" => ("至", "至"),
        "ko" => ("~", " ~ "),
        "en" | "pt" => (" – ", " – "),
        _ => ("–", " – "),
    }
}

/// How many bytes two dates that differ in the day alone share before and behind it. What touches the day's digits from behind stays with them:
/// the full stop of `1.`, the sign of `1日`.
fn shared_ends(start: &str, end: &str) -> (usize, usize) {
    let same = |(a, b): &(char, char)| a == b;
    let before: Vec<(char, char)> = start.chars().zip(end.chars()).take_while(same).collect();
    let before: String = before.into_iter().map(|(c, _)| c).collect();
    let before = before.trim_end_matches(|c: char| c.is_ascii_digit()).len();
    let after = start[before..].chars().rev().zip(end[before..].chars().rev()).take_while(same);
    let after: usize = after.map(|(c, _)| c.len_utf8()).sum();
    let from = start.len() - after;
    let shared = start[from..].find([' ', ',', '\u{a0}']).map_or(0, |at| after - at);
    (before, shared)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn labels(first: DateTime, last: DateTime, grain: Grain, count_max: usize) -> Vec<String> {
        ticks(Locale::ENGLISH, first, last, grain, None, count_max)
            .into_iter()
            .map(|tick| tick.label)
            .collect()
    }

    fn day(year: i16, month: i8, day: i8) -> DateTime {
        date(year, month, day).at(0, 0, 0, 0)
    }

    #[test]
    fn labels_follow_the_calendar_and_keep_the_last() {
        assert_eq!(
            labels(day(2026, 10, 1), day(2026, 10, 30), Grain::Day, 6),
            ["Oct 2", "Oct 9", "Oct 16", "Oct 23", "Oct 30"]
        );
        assert_eq!(
            labels(day(2026, 8, 1), day(2026, 10, 29), Grain::Day, 6),
            ["Aug", "Sep", "Oct", "Oct 29"]
        );
        assert_eq!(
            labels(day(2025, 11, 1), day(2026, 10, 1), Grain::Month, 5),
            ["Jan", "Apr", "Jul", "Oct"]
        );
        assert_eq!(
            labels(day(2024, 1, 1), day(2026, 7, 1), Grain::Quarter, 12),
            ["Q1", "Q2", "Q3", "Q4", "Q1", "Q2", "Q3", "Q4", "Q1", "Q2", "Q3"]
        );
        assert_eq!(
            labels(day(1958, 1, 1), day(2026, 1, 1), Grain::Year, 8),
            ["1960", "1970", "1980", "1990", "2000", "2010", "2020", "2026"]
        );
        let hours = labels(
            date(2026, 10, 1).at(5, 30, 0, 0),
            date(2026, 10, 1).at(17, 10, 0, 0),
            Grain::Minute,
            5,
        );
        assert_eq!(hours, ["06:00", "09:00", "12:00", "15:00", "17:10"]);
        assert_eq!(labels(day(2026, 1, 1), day(2026, 1, 1), Grain::Day, 5), ["Jan 1"]);
        assert!(!labels(DateTime::MIN, DateTime::MAX, Grain::Minute, 5).is_empty());
    }

    #[test]
    fn periods_in_words() {
        assert_eq!(
            span_words(Locale::ENGLISH, day(2026, 10, 1), day(2026, 10, 30), Grain::Day),
            "Oct 1 – 30, 2026"
        );
        assert_eq!(
            span_words(Locale::ENGLISH, day(2026, 9, 28), day(2026, 10, 5), Grain::Week),
            "Sep 28 – Oct 5, 2026"
        );
        assert_eq!(
            span_words(Locale::ENGLISH, day(2025, 11, 1), day(2026, 10, 1), Grain::Month),
            "Nov 2025 – Oct 2026"
        );
        assert_eq!(
            span_words(Locale::ENGLISH, day(2026, 1, 1), day(2026, 10, 1), Grain::Quarter),
            "Q1 – Q4 2026"
        );
        assert_eq!(span_words(Locale::ENGLISH, day(2026, 1, 1), day(2026, 1, 1), Grain::Year), "2026");
        assert_eq!(
            moment_words(Locale::ENGLISH, date(2026, 1, 1).at(9, 5, 0, 0), Grain::Minute),
            "Jan 1, 2026 09:05"
        );
    }

    #[test]
    fn periods_as_the_reader_writes_them() {
        let span = |tag: &str, first: DateTime, last: DateTime, grain: Grain| span_words(Locale::of(tag), first, last, grain);
        let (first, eleventh, last) = (day(2026, 10, 1), day(2026, 10, 11), day(2026, 10, 30));
        for (tag, month, turn) in [
            ("es", "1–11 oct 2026", "28 sept – 5 oct 2026"),
            ("de", "1.–11. Okt. 2026", "28. Sept. – 5. Okt. 2026"),
            ("fr", "1–11 oct. 2026", "28 sept. – 5 oct. 2026"),
            ("ja", "2026年10月1日～11日", "2026年9月28日～10月5日"),
            ("zh", "2026年10月1日至11日", "2026年9月28日至10月5日"),
            ("ko", "2026년 10월 1일~11일", "2026년 9월 28일 ~ 10월 5일"),
        ] {
            assert_eq!(span(tag, first, eleventh, Grain::Day), month, "{tag}");
            assert_eq!(span(tag, day(2026, 9, 28), day(2026, 10, 5), Grain::Week), turn, "{tag}");
        }
        assert_eq!(span("ja", day(2026, 1, 1), last, Grain::Month), "2026年1月～10月");
        assert_eq!(span("es", day(2025, 10, 1), last, Grain::Day), "1 oct 2025 – 30 oct 2026");
        // Nobody is given a year twice without need, or a period without its ends.
        for locale in Locale::all() {
            let text = span_words(locale, first, last, Grain::Day);
            // Dates in figures, as in Portugal and Bulgaria, stay whole.
            let is_figures = text.contains(['/', '.']) && text.matches("10").count() > 1;
            assert!(
                (is_figures || text.matches("2026").count() == 1) && text.contains("30"),
                "{locale}: {text}"
            );
            let text = span_words(locale, day(2025, 12, 31), first, Grain::Day);
            assert!(text.contains("2025") && text.contains("2026"), "{locale}: {text}");
        }
    }
}
