//! Columns of days and of moments.

use domain::dataset::Values;
use domain::source_spec::{ColumnType, DateOrder};
use jiff::SignedDuration;
use jiff::civil::{Date, DateTime, Time};

use super::date_text::{self, Day, When};
use super::{Fit, Hints, Inferred, Misfits, plain};
use crate::cell::{Cell, is_missing};

/// Reads the column as days; as moments where any cell has a time of day other than midnight, or where `wanted` says so.
pub(super) fn read(
    cells: &[Cell<'_>],
    misfits_max: usize,
    order: Option<DateOrder>,
    hints: Hints,
    wanted: Option<ColumnType>,
) -> Option<Fit> {
    let mut whens: Vec<Option<When>> = Vec::new();
    let mut misfits = Misfits::default();
    for cell in cells {
        let when = match cell {
            Cell::Text(text) => date_text::read(text).or_else(|| {
                let date = wanted.and_then(|_| date_text::read_compact(text).or_else(|| date_text::read_year(text)))?;
                Some(When {
                    day: Day::Known(date),
                    time: None,
                    offset_s: None,
                })
            }),
            Cell::Moment(moment) => Some(When {
                day: Day::Known(moment.date()),
                time: Some(moment.time()),
                offset_s: None,
            }),
            _ => None,
        };
        if when.is_none() && !super::is_blank(cell) {
            misfits.add(cell);
            if misfits.count > misfits_max {
                return None;
            }
        }
        whens.push(when);
    }
    let mut notes = Vec::new();
    let order = choose_order(whens.iter().flatten(), order, hints, &mut notes);
    let zone = Zone::of(whens.iter().flatten());
    let mut moments = Vec::with_capacity(cells.len());
    for (cell, when) in cells.iter().zip(whens) {
        let moment = when.and_then(|when| {
            let date = match (when.day, order) {
                (Day::Known(date), _) => Some(date),
                (Day::Ordered { day_first, .. }, DateOrder::DayFirst) => day_first,
                (Day::Ordered { month_first, .. }, DateOrder::MonthFirst) => month_first,
            }?;
            zone.shown(date.to_datetime(when.time.unwrap_or(Time::midnight())), when.offset_s)
        });
        if moment.is_none() && when.is_some() {
            misfits.add(cell);
            if misfits.count > misfits_max {
                return None;
            }
        }
        moments.push(moment);
    }
    if wanted.is_none() && moments.iter().all(Option::is_none) {
        return None;
    }
    Some(Fit {
        inferred: typed(moments, wanted, &zone, notes),
        misfits,
    })
}

fn typed(moments: Vec<Option<DateTime>>, wanted: Option<ColumnType>, zone: &Zone, mut notes: Vec<String>) -> Inferred {
    let days_only = moments.iter().flatten().all(|moment| moment.time() == Time::midnight());
    let as_days = wanted.map_or(days_only, |wanted| wanted == ColumnType::Date);
    if as_days {
        return Inferred {
            notes,
            ..plain(Values::Date(moments.into_iter().map(|moment| moment.map(DateTime::date)).collect()))
        };
    }
    notes.extend(zone.note());
    Inferred {
        values: Values::DateTime(moments),
        unit: None,
        time_zone: zone.name(),
        notes,
    }
}

/// `20261120` in every cell.
pub(super) fn compact(cells: &[Cell<'_>]) -> Option<Fit> {
    whole_days(cells, date_text::read_compact)
}

/// `2026` in every cell of a column called a year: its first day.
pub(super) fn years(header: &str, cells: &[Cell<'_>]) -> Option<Fit> {
    const NAMES: [&str; 7] = ["year", "yr", "fiscal year", "calendar year", "jahr", "année", "año"];
    let header = header.to_lowercase();
    if NAMES.contains(&header.as_str()) {
        whole_days(cells, date_text::read_year)
    } else {
        None
    }
}

fn whole_days(cells: &[Cell<'_>], read: fn(&str) -> Option<Date>) -> Option<Fit> {
    let mut days = Vec::new();
    for cell in cells {
        let day = match cell {
            Cell::Empty => None,
            Cell::Text(text) if is_missing(text) => None,
            Cell::Text(text) => Some(read(text)?),
            Cell::Number(number, _) => Some(read(&number.normalize().to_string())?),
            Cell::Moment(_) | Cell::Boolean(_) => return None,
        };
        days.push(day);
    }
    days.iter().any(Option::is_some).then(|| Fit {
        inferred: plain(Values::Date(days)),
        misfits: Misfits::default(),
    })
}

/// The one order in which all cells are days. Where both are: with points, or in semicolon-separated files, the day is first; elsewhere the
/// month, and a note.
fn choose_order<'a>(whens: impl Iterator<Item = &'a When>, given: Option<DateOrder>, hints: Hints, notes: &mut Vec<String>) -> DateOrder {
    let (mut days, mut months, mut points, mut unclear) = (0_usize, 0_usize, 0_usize, None);
    for when in whens {
        let Day::Ordered {
            day_first,
            month_first,
            points: with_points,
        } = when.day
        else {
            continue;
        };
        days += usize::from(day_first.is_some());
        months += usize::from(month_first.is_some());
        points += usize::from(with_points);
        if let (Some(day_first), Some(month_first)) = (day_first, month_first)
            && day_first != month_first
        {
            unclear = Some((day_first, month_first));
        }
    }
    match (given, days.cmp(&months)) {
        (Some(given), _) => given,
        (None, std::cmp::Ordering::Greater) => DateOrder::DayFirst,
        (None, std::cmp::Ordering::Less) => DateOrder::MonthFirst,
        (None, std::cmp::Ordering::Equal) if points == days => DateOrder::DayFirst,
        (None, std::cmp::Ordering::Equal) => {
            let order = if hints.is_continental {
                DateOrder::DayFirst
            } else {
                DateOrder::MonthFirst
            };
            if let Some((day_first, month_first)) = unclear {
                let (taken, other, setting) = match order {
                    DateOrder::DayFirst => (day_first, month_first, "month_first"),
                    DateOrder::MonthFirst => (month_first, day_first, "day_first"),
                };
                notes.push(format!(
                    "days can be read in two ways; one of them was read as {taken}, not {other}. If that is wrong, set `date_order: {setting}` for the column."
                ));
            }
            order
        }
    }
}

/// Offsets of a column's moments, and what follows from them for the clock that is shown.
enum Zone {
    /// No cell has an offset: the clock of wherever the data is from.
    Unsaid,
    /// All cells have this one (seconds): their clock is shown.
    One(i32),
    /// Two that differ by an hour at most, as summer and winter do: their clock is shown.
    Seasons,
    /// Further apart: shown in UTC.
    Many,
}

impl Zone {
    fn of<'a>(whens: impl Iterator<Item = &'a When>) -> Self {
        let mut range: Option<(i32, i32)> = None;
        for offset_s in whens.filter_map(|when| when.offset_s) {
            let (low, high) = range.unwrap_or((offset_s, offset_s));
            range = Some((low.min(offset_s), high.max(offset_s)));
        }
        match range {
            None => Self::Unsaid,
            Some((low, high)) if low == high => Self::One(low),
            Some((low, high)) if high - low <= 3_600 => Self::Seasons,
            Some(_) => Self::Many,
        }
    }

    fn shown(&self, moment: DateTime, offset_s: Option<i32>) -> Option<DateTime> {
        match self {
            Self::Many => moment.checked_sub(SignedDuration::from_secs(i64::from(offset_s.unwrap_or(0)))).ok(),
            Self::Unsaid | Self::One(_) | Self::Seasons => Some(moment),
        }
    }

    /// An IANA name, where there is one for it. (Those of `Etc` count westwards.)
    fn name(&self) -> Option<String> {
        match self {
            Self::One(0) | Self::Many => Some("UTC".to_owned()),
            Self::One(offset_s) if offset_s % 3_600 == 0 => Some(format!("Etc/GMT{:+}", -offset_s / 3_600)),
            Self::Unsaid | Self::One(_) | Self::Seasons => None,
        }
    }

    fn note(&self) -> Option<String> {
        match self {
            Self::Many => Some("times have different offsets; they are shown in UTC.".to_owned()),
            Self::Seasons => Some("times have summer and winter offsets; they are shown as their own clocks had them.".to_owned()),
            Self::Unsaid | Self::One(_) => None,
        }
    }
}
