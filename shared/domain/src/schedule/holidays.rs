//! Public holidays of countries and their subdivisions, from `holidays.txt` (source, licence, format: `infra/holidays/README.md`).

use super::ScheduleError;
use super::written::written_as_text;
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::ops::RangeInclusive;
use std::str::FromStr;
use std::sync::{LazyLock, OnceLock};

const TEXT: &str = include_str!("holidays.txt");
/// Why the `expect`s below cannot happen: a test reads every line of the file, which is part of this source.
const CHECKED: &str = "holidays.txt is read whole by a test";

static REGIONS: LazyLock<BTreeMap<&'static str, Region>> = LazyLock::new(|| {
    let sections = TEXT.split("\n@").skip(1);
    sections.map(Region::index).map(|region| (region.code, region)).collect()
});

static YEARS: LazyLock<RangeInclusive<i16>> = LazyLock::new(|| {
    let line = TEXT.lines().find_map(|line| line.strip_prefix("years ")).expect(CHECKED);
    let (first, last) = line.split_once(' ').expect(CHECKED);
    first.parse().expect(CHECKED)..=last.parse().expect(CHECKED)
});

/// The years that the data covers. Outside them no day is known to be a holiday.
pub fn holiday_years() -> RangeInclusive<i16> {
    YEARS.clone()
}

/// Every country there is data for: its code, its English name, and the codes of its subdivisions.
pub fn holiday_countries() -> impl Iterator<Item = (&'static str, &'static str, Vec<&'static str>)> {
    let countries = REGIONS.values().filter(|region| region.parent().is_none());
    countries.map(|country| (country.code, country.name, subdivisions(country.code)))
}

fn subdivisions(country: &str) -> Vec<&'static str> {
    REGIONS
        .values()
        .filter(|region| region.parent() == Some(country))
        .map(|region| region.code)
        .collect()
}

/// A country (`DE`) or one of its subdivisions (`DE-BY`: the country's holidays as that subdivision has them), by ISO 3166 code.
#[derive(Clone, Copy)]
pub struct HolidayRegion(&'static Region);

written_as_text!(HolidayRegion, "a country such as \"DE\" or a part of one such as \"DE-BY\"");

struct Region {
    code: &'static str,
    name: &'static str,
    lines: &'static str,
    /// Filled on first use: most regions are never asked for.
    days: OnceLock<BTreeSet<(Date, &'static str)>>,
}

impl HolidayRegion {
    /// The ISO 3166 code.
    pub fn code(&self) -> &'static str {
        self.0.code
    }

    /// The name of the holiday on that date, if it is one.
    pub fn holiday(&self, date: Date) -> Option<&'static str> {
        self.0
            .days()
            .range((date, "")..)
            .next()
            .filter(|(day, _)| *day == date)
            .map(|(_, name)| *name)
    }
}

impl PartialEq for HolidayRegion {
    fn eq(&self, other: &Self) -> bool {
        self.code() == other.code()
    }
}

impl Eq for HolidayRegion {}

impl fmt::Debug for HolidayRegion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "HolidayRegion({})", self.code())
    }
}

impl fmt::Display for HolidayRegion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl FromStr for HolidayRegion {
    type Err = ScheduleError;

    fn from_str(given: &str) -> Result<Self, ScheduleError> {
        let code = given.trim().to_ascii_uppercase();
        REGIONS
            .get(code.as_str())
            .map(Self)
            .ok_or_else(|| ScheduleError::new("holidays", given, refusal(&code)))
    }
}

fn refusal(code: &str) -> String {
    let country = code.split('-').next().unwrap_or_default();
    if country != code && REGIONS.contains_key(country) {
        return match subdivisions(country)[..] {
            [] => format!("is not a region with holidays of its own; accepted is {country}"),
            ref parts => format!(
                "is not a part of {country} that we know; accepted are {country}, {}",
                parts.join(", ")
            ),
        };
    }
    let is_named = |region: &&Region| region.name.eq_ignore_ascii_case(code) || (code == "UK" && region.code == "GB");
    let hint = REGIONS
        .values()
        .find(is_named)
        .map_or(String::new(), |region| format!(" (did you mean {}?)", region.code));
    let codes: Vec<_> = holiday_countries().map(|(code, ..)| code).collect();
    format!(
        "is not a country we have holidays for{hint}; accepted are {}, and parts such as DE-BY",
        codes.join(", ")
    )
}

impl Region {
    /// `section` goes from after its `@` to before the next.
    fn index(section: &'static str) -> Self {
        let (head, lines) = section.split_once('\n').unwrap_or((section, ""));
        let (code, name) = head.split_once(' ').unwrap_or((head, ""));
        Self {
            code,
            name,
            lines,
            days: OnceLock::new(),
        }
    }

    fn parent(&self) -> Option<&'static str> {
        self.code.split_once('-').map(|(country, _)| country)
    }

    fn days(&self) -> &BTreeSet<(Date, &'static str)> {
        self.days.get_or_init(|| {
            let mut days = self.parent().map_or_else(BTreeSet::new, |country| REGIONS[country].days().clone());
            for line in self.lines.lines() {
                let (name, dates) = line.split_once('\t').expect(CHECKED);
                let (sign, name) = name.split_at(1);
                for date in dates.split(' ').flat_map(dates_of) {
                    let _changed = if sign == "+" {
                        days.insert((date, name))
                    } else {
                        days.remove(&(date, name))
                    };
                }
            }
            days
        })
    }
}

/// `*MMDD` in every year of the file, `YYMMDD` once.
fn dates_of(word: &str) -> Vec<Date> {
    let (years, month_day) = match word.strip_prefix('*') {
        Some(month_day) => (holiday_years(), month_day),
        None => {
            let year = 2000 + word[..2].parse::<i16>().expect(CHECKED);
            (year..=year, &word[2..])
        }
    };
    let (month, day) = (month_day[..2].parse().expect(CHECKED), month_day[2..].parse().expect(CHECKED));
    years.map(|year| Date::new(year, month, day).expect(CHECKED)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn holiday(region: &str, day: Date) -> Option<&'static str> {
        region.parse::<HolidayRegion>().expect("a region").holiday(day)
    }

    #[test]
    fn every_line_of_the_data_is_read() {
        assert!(
            TEXT.len() < 150_000,
            "every function that knows schedules carries the data: {} bytes",
            TEXT.len()
        );
        let lines = TEXT.lines().filter(|line| line.starts_with('+')).count();
        let names: usize = REGIONS
            .values()
            .map(|region| region.lines.lines().filter(|line| line.starts_with('+')).count())
            .sum();
        assert_eq!(names, lines);
        for region in REGIONS.values() {
            let days = region.days();
            for year in holiday_years() {
                assert!(
                    days.iter().any(|(day, _)| day.year() == year),
                    "{} has no holiday in {year}",
                    region.code
                );
            }
            assert!(
                days.iter()
                    .all(|(day, name)| holiday_years().contains(&day.year()) && !name.is_empty()),
                "{}",
                region.code
            );
        }
    }

    #[test]
    fn known_days_of_many_countries() {
        let cases = [
            ("DE", date(2026, 10, 3), Some("German Unity Day")),
            ("DE", date(2026, 1, 6), None),
            ("DE-BY", date(2026, 1, 6), Some("Epiphany")),
            ("DE-BY", date(2026, 10, 3), Some("German Unity Day")),
            ("DE-BE", date(2027, 3, 8), Some("Women's Day")),
            ("US", date(2026, 7, 3), Some("Independence Day (observed)")),
            ("US", date(2030, 11, 28), Some("Thanksgiving Day")),
            ("US-TX", date(2026, 10, 12), None),
            ("US", date(2026, 10, 12), Some("Columbus Day")),
            ("GB-SCT", date(2026, 11, 30), Some("Saint Andrew's Day")),
            ("GB-ENG", date(2026, 11, 30), None),
            ("GB-NIR", date(2027, 7, 12), Some("Battle of the Boyne")),
            ("CH-ZH", date(2028, 8, 1), Some("National Day")),
            ("AU-VIC", date(2026, 1, 26), Some("Australia Day")),
            ("FR", date(2029, 7, 14), Some("National Day")),
            ("JP", date(2027, 2, 11), Some("Foundation Day")),
            ("TR", date(2026, 3, 20), Some("Eid al-Fitr")),
            ("BR-SP", date(2026, 7, 9), Some("Constitutionalist Revolution")),
        ];
        for (region, day, expected) in cases {
            assert_eq!(holiday(region, day), expected, "{region} {day}");
        }
    }

    #[test]
    fn unknown_regions_are_refused_with_what_is_accepted() {
        let message = |given: &str| given.parse::<HolidayRegion>().expect_err(given).to_string();
        assert!(message("UK").contains("did you mean GB?"), "{}", message("UK"));
        assert!(message("Germany").contains("did you mean DE?"));
        assert!(message("DE-XX").contains("accepted are DE, DE-BB, DE-BE"), "{}", message("DE-XX"));
        assert!(message("JP-13").contains("accepted is JP"));
        assert!(
            message("QQ").starts_with("holidays \"QQ\" is not a country we have holidays for; accepted are AE, AM"),
            "{}",
            message("QQ")
        );
    }

    #[test]
    fn every_country_asked_for_is_there() {
        let known: BTreeMap<_, _> = holiday_countries().map(|(code, name, parts)| (code, (name, parts.len()))).collect();
        for code in "US CA MX BR AR CL CO GB IE DE FR ES PT IT NL BE AT CH PL CZ SE NO DK FI GR TR IL AE SA EG ZA NG KE IN SG MY ID TH VN PH JP KR CN AU NZ".split(' ') {
            assert!(known.contains_key(code), "{code}");
        }
        for (code, parts) in [("DE", 16), ("CH", 26), ("GB", 4), ("AU", 8), ("ES", 17), ("US", 50), ("CA", 13)] {
            assert!(known[code].1 >= parts, "{code} has {} parts", known[code].1);
        }
    }
}
