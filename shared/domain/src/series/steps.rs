//! Which steps x has, and at which of them each row stands.

use crate::chart_spec::TimeUnit;
use crate::dataset::{Column, Values};
use crate::series::{Domain, Grain};
use jiff::civil::{Date, DateTime, Time, Weekday, date};
use std::collections::HashMap;

/// Written for an empty cell of a column of names.
const BLANK: &str = "(blank)";

/// The steps of one column, before any sorting by value, and each row's place among them; `None` for a row without a date.
pub(super) struct Steps {
    pub domain: Domain,
    pub of_row: Vec<Option<u32>>,
}

impl Steps {
    pub fn of(column: &Column, unit: Option<TimeUnit>) -> Self {
        match &column.values {
            Values::Date(cells) => Self::time(cells.iter().map(|cell| cell.map(|date| date.to_datetime(Time::midnight()))), unit),
            Values::DateTime(cells) => Self::time(cells.iter().copied(), unit),
            values => {
                let (names, of_row) = names(values);
                Self {
                    domain: Domain::Categories { names },
                    of_row: of_row.into_iter().map(Some).collect(),
                }
            }
        }
    }

    fn time(cells: impl Iterator<Item = Option<DateTime>>, unit: Option<TimeUnit>) -> Self {
        let moments: Vec<Option<DateTime>> = cells
            .map(|cell| cell.map(|moment| unit.map_or(moment, |unit| floor(moment, unit))))
            .collect();
        let mut steps: Vec<DateTime> = moments.iter().flatten().copied().collect();
        // Rows mostly come in order already, which this sort notices.
        steps.sort();
        steps.dedup();
        let mut next = 0;
        let of_row = moments.iter().map(|moment| {
            let moment = (*moment)?;
            if steps.get(next) != Some(&moment) {
                next = steps.binary_search(&moment).ok()?;
            }
            next += 1;
            u32::try_from(next - 1).ok()
        });
        let of_row = of_row.collect();
        let grain = unit.map_or_else(|| grain(&steps), Grain::from);
        Self {
            domain: Domain::Time { steps, grain },
            of_row,
        }
    }
}

/// The distinct values of a column as names, in order of their first row, and which of them each row has.
pub(super) fn names(values: &Values) -> (Vec<String>, Vec<u32>) {
    match values {
        Values::Text(cells) => distinct(cells.iter().map(|cell| cell.clone().unwrap_or_else(|| BLANK.to_owned()))),
        Values::Number(cells) => distinct(
            cells
                .iter()
                .map(|cell| cell.map_or_else(|| BLANK.to_owned(), |n| n.normalize().to_string())),
        ),
        Values::Boolean(cells) => distinct(
            cells
                .iter()
                .map(|cell| cell.map_or_else(|| BLANK.to_owned(), |b| if b { "yes" } else { "no" }.to_owned())),
        ),
        Values::Date(cells) => distinct(cells.iter().map(|cell| cell.map_or_else(|| BLANK.to_owned(), |d| d.to_string()))),
        Values::DateTime(cells) => distinct(cells.iter().map(|cell| cell.map_or_else(|| BLANK.to_owned(), |d| d.to_string()))),
    }
}

fn distinct(cells: impl Iterator<Item = String>) -> (Vec<String>, Vec<u32>) {
    let mut found: HashMap<String, u32> = HashMap::new();
    let mut names = Vec::new();
    let of_row = cells.map(|name| {
        let next = u32::try_from(names.len()).unwrap_or(u32::MAX);
        *found.entry(name).or_insert_with_key(|name| {
            names.push(name.clone());
            next
        })
    });
    let of_row = of_row.collect();
    (names, of_row)
}

fn floor(moment: DateTime, unit: TimeUnit) -> DateTime {
    let day = moment.date();
    let start = |day: Date| day.to_datetime(Time::midnight());
    match unit {
        TimeUnit::Year => start(date(day.year(), 1, 1)),
        TimeUnit::YearQuarter => start(date(day.year(), (day.month() - 1) / 3 * 3 + 1, 1)),
        TimeUnit::YearMonth => start(day.first_of_month()),
        // The first days of the calendar have no Monday before them.
        TimeUnit::YearWeek if day.weekday() != Weekday::Monday => start(day.nth_weekday(-1, Weekday::Monday).unwrap_or(day)),
        TimeUnit::YearWeek | TimeUnit::YearMonthDate => start(day),
        TimeUnit::YearMonthDateHours => day.at(moment.hour(), 0, 0, 0),
        TimeUnit::YearMonthDateHoursMinutes => day.at(moment.hour(), moment.minute(), 0, 0),
    }
}

/// The coarsest grain that says these moments without loss; a single moment is a day or a time of day.
fn grain(steps: &[DateTime]) -> Grain {
    let all = |is: fn(&DateTime) -> bool| steps.iter().all(is);
    if !all(|step| step.time() == Time::midnight()) {
        return if all(|step| step.minute() == 0 && step.second() == 0 && step.subsec_nanosecond() == 0) {
            Grain::Hour
        } else {
            Grain::Minute
        };
    }
    if steps.len() < 2 || !all(|step| step.day() == 1) {
        return Grain::Day;
    }
    if all(|step| step.month() == 1) { Grain::Year } else { Grain::Month }
}

impl From<TimeUnit> for Grain {
    fn from(unit: TimeUnit) -> Self {
        match unit {
            TimeUnit::Year => Self::Year,
            TimeUnit::YearQuarter => Self::Quarter,
            TimeUnit::YearMonth => Self::Month,
            TimeUnit::YearWeek => Self::Week,
            TimeUnit::YearMonthDate => Self::Day,
            TimeUnit::YearMonthDateHours => Self::Hour,
            TimeUnit::YearMonthDateHoursMinutes => Self::Minute,
        }
    }
}
