//! How a language names periods of time, as data and the one way to read it.

use domain::locale::{Locale, Width};
use domain::series::Grain;
use jiff::civil::DateTime;

/// How periods are named in a sentence. Tokens: `{day}` (of the month), `{month}`, `{wide_month}` (never shortened), `{weekday}`, `{year}`, `{quarter}` (as [`Calendar::quarters`]
/// has it), `{time}` (14:00), `{date}` (the day as it is named here), `{article}` (of the weekday, as [`Calendar::weekday_articles`] has it).
#[derive(Debug)]
pub(crate) struct Calendar {
    /// How long the names of months and weekdays are.
    pub width: Width,
    /// A month of this year, and of another.
    pub month: [&'static str; 2],
    /// A quarter of this year, and of another.
    pub quarter: [&'static str; 2],
    /// A week by its first day, of this year, and of another.
    pub week: [&'static str; 2],
    /// A day of this year, and of another.
    pub day: [&'static str; 2],
    /// An hour or a minute.
    pub time: &'static str,
    /// The first day of a month, where it is not written as a plain number.
    pub first_day: &'static str,
    /// A time of the same day: "at 14:00".
    pub same_day: &'static str,
    /// How the four quarters are written.
    pub quarters: [&'static str; 4],
    /// What `{article}` is before a weekday, from Monday on; a day of another year, which is named without one, has the last.
    pub weekday_articles: [&'static str; 8],
    /// What stands before the name to say "in", "on", "at"; in the order of [`Grain`].
    pub at: [&'static str; 7],
    /// What stands between "since" and the name.
    pub since: [&'static str; 7],
    /// What stands between "to", as the end of a stretch, and the name.
    pub until: [&'static str; 7],
    /// The names of one period and of several, in the order of [`Grain`]; a language with more forms has them elsewhere.
    pub nouns: [[&'static str; 2]; 7],
}

/// Its place in the tables that stand in the order of [`Grain`].
pub(crate) const fn index(grain: Grain) -> usize {
    match grain {
        Grain::Minute => 0,
        Grain::Hour => 1,
        Grain::Day => 2,
        Grain::Week => 3,
        Grain::Month => 4,
        Grain::Quarter => 5,
        Grain::Year => 6,
    }
}

impl Calendar {
    /// One period's name, without a preposition. `now` is when the rows were read: its year goes without saying.
    pub fn name(&self, locale: Locale, at: DateTime, grain: Grain, now: DateTime) -> String {
        let form = usize::from(at.year() != now.year());
        let pattern = match grain {
            Grain::Minute | Grain::Hour => self.time,
            Grain::Day => self.day[form],
            Grain::Week => self.week[form],
            Grain::Month => self.month[form],
            Grain::Quarter => self.quarter[form],
            Grain::Year => "{year}",
        };
        self.fill(pattern, locale, at, form)
    }

    /// A day's name with its year.
    pub fn full_day(&self, locale: Locale, at: DateTime) -> String {
        self.fill(self.day[1], locale, at, 1)
    }

    /// "in October", "on Friday".
    pub fn at(&self, locale: Locale, at: DateTime, grain: Grain, now: DateTime) -> String {
        self.prefixed(&self.at, locale, at, grain, now)
    }

    /// What follows on "since".
    pub fn since(&self, locale: Locale, at: DateTime, grain: Grain, now: DateTime) -> String {
        self.prefixed(&self.since, locale, at, grain, now)
    }

    /// What follows on "to".
    pub fn until(&self, locale: Locale, at: DateTime, grain: Grain, now: DateTime) -> String {
        self.prefixed(&self.until, locale, at, grain, now)
    }

    /// "at 14:00", on a day that was just named.
    pub fn same_day(&self, locale: Locale, at: DateTime) -> String {
        self.fill(self.same_day, locale, at, 0)
    }

    /// "month", "months".
    pub fn noun(&self, grain: Grain, count: usize) -> &'static str {
        self.nouns[index(grain)][usize::from(count != 1)]
    }

    fn prefixed(&self, prefixes: &[&str; 7], locale: Locale, at: DateTime, grain: Grain, now: DateTime) -> String {
        let form = usize::from(at.year() != now.year());
        self.fill(prefixes[index(grain)], locale, at, form) + &self.name(locale, at, grain, now)
    }

    fn fill(&self, pattern: &str, locale: Locale, at: DateTime, form: usize) -> String {
        let mut text = String::with_capacity(pattern.len() + 16);
        let mut rest = pattern;
        while let Some((before, token)) = rest.split_once('{') {
            text.push_str(before);
            let (name, after) = token.split_once('}').unwrap_or((token, ""));
            rest = after;
            match name {
                "day" if at.day() == 1 => text.push_str(self.first_day),
                "day" => text.push_str(&at.day().to_string()),
                "wide_month" => text.push_str(locale.month(at.month(), Width::Wide)),
                "month" => text.push_str(locale.month(at.month(), self.width)),
                "weekday" => text.push_str(locale.weekday(at.weekday(), self.width)),
                "year" => text.push_str(&at.year().to_string()),
                "quarter" => text.push_str(self.quarters[usize::try_from((at.month() - 1) / 3).unwrap_or(0).min(3)]),
                "time" => text.push_str(&at.strftime("%H:%M").to_string()),
                "date" => text.push_str(&self.fill(self.day[form], locale, at, form)),
                "article" => {
                    let day = usize::try_from(at.weekday().to_monday_zero_offset()).unwrap_or(0);
                    text.push_str(self.weekday_articles[if form == 0 { day } else { 7 }]);
                }
                _ => {}
            }
        }
        text + rest
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use std::fmt::Write as _;

    use insta::assert_snapshot;
    use jiff::civil::date;

    use super::super::{Scribe, spanish};
    use super::*;

    const GRAINS: [Grain; 7] = [
        Grain::Minute,
        Grain::Hour,
        Grain::Day,
        Grain::Week,
        Grain::Month,
        Grain::Quarter,
        Grain::Year,
    ];

    /// Read aloud: every preposition before every period, of this year and of another.
    #[test]
    fn periods_with_their_prepositions() {
        let mut text = String::new();
        for (tag, since, until) in [
            ("en", "since", "to"),
            ("es", "desde", "hasta"),
            ("pt-BR", "desde", "até"),
            ("de", "seit", "bis"),
            ("ar", "منذ", "حتى"),
        ] {
            let scribe = Scribe {
                locale: Locale::of(tag),
                now: date(2026, 11, 20).at(9, 0, 0, 0),
                is_zoned: true,
            };
            let calendar = scribe.calendar();
            for (at, grain) in GRAINS
                .into_iter()
                .flat_map(|grain| [2026, 2025].map(|year| (date(year, 8, 1).at(14, 0, 0, 0), grain)))
            {
                let [name, at, since_then, until_then] = [Calendar::name, Calendar::at, Calendar::since, Calendar::until]
                    .map(|form| form(calendar, scribe.locale, at, grain, scribe.now));
                writeln!(text, "{name} | {at} | {since} {since_then} | {until} {until_then}").unwrap();
            }
        }
        assert_snapshot!(text);
        assert_eq!(spanish::CALENDAR.noun(Grain::Month, 1), "mes");
        assert_eq!(spanish::CALENDAR.noun(Grain::Month, 2), "meses");
    }
}
