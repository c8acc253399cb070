//! A second implementation of the facts along time, for comparison: slow, simple, and written from the documentation alone.

use std::collections::{BTreeMap, BTreeSet};

use jiff::ToSpan;
use jiff::civil::{Date, Weekday};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

/// Values by day. The day is the start of its period.
pub type Line = BTreeMap<Date, Decimal>;

/// One row: its date, its series, its number.
pub type Row = (Date, &'static str, Option<Decimal>);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Every {
    Day,
    Week,
    Month,
    Quarter,
}

impl Every {
    pub fn start(self, day: Date) -> Date {
        match self {
            Self::Day => day,
            Self::Week => {
                let mut monday = day;
                while monday.weekday() != Weekday::Monday {
                    monday = monday.yesterday().unwrap();
                }
                monday
            }
            Self::Month => day.first_of_month(),
            Self::Quarter => {
                let mut first = day.first_of_month();
                while !matches!(first.month(), 1 | 4 | 7 | 10) {
                    first = first.checked_sub(1.month()).unwrap();
                }
                first
            }
        }
    }

    pub fn next(self, start: Date) -> Date {
        start
            .checked_add(match self {
                Self::Day => 1.day(),
                Self::Week => 1.week(),
                Self::Month => 1.month(),
                Self::Quarter => 3.months(),
            })
            .unwrap()
    }

    /// How many periods later.
    pub fn between(self, from: Date, to: Date) -> i64 {
        let (mut periods, mut at) = (0, from);
        while at < to {
            at = self.next(at);
            periods += 1;
        }
        periods
    }

    pub fn time_unit(self) -> &'static str {
        match self {
            Self::Day => "yearmonthdate",
            Self::Week => "yearweek",
            Self::Month => "yearmonth",
            Self::Quarter => "yearquarter",
        }
    }
}

/// The table of a chart, from its rows.
#[derive(Debug)]
pub struct Table {
    pub every: Every,
    /// All steps, undrawn ones too.
    pub steps: Vec<Date>,
    /// Steps drawn: the newest so many.
    pub drawn: usize,
    pub series: BTreeMap<&'static str, Line>,
}

impl Table {
    pub fn of(rows: &[Row], every: Every, is_mean: bool, last: Option<usize>) -> Self {
        let mut cells: BTreeMap<(&'static str, Date), Vec<Decimal>> = BTreeMap::new();
        let mut steps = BTreeSet::new();
        for (day, series, value) in rows {
            steps.insert(every.start(*day));
            if let Some(value) = value {
                cells.entry((series, every.start(*day))).or_default().push(*value);
            }
        }
        let mut series: BTreeMap<&'static str, Line> = BTreeMap::new();
        for ((name, step), values) in cells {
            let sum: Decimal = values.iter().sum();
            let value = if is_mean { sum / Decimal::from(values.len()) } else { sum };
            series.entry(name).or_default().insert(step, value);
        }
        let held: BTreeSet<Date> = series.values().flat_map(|line| line.keys().copied()).collect();
        let steps: Vec<Date> = steps
            .into_iter()
            .filter(|step| held.first().is_some_and(|first| step >= first) && held.last().is_some_and(|last| step <= last))
            .collect();
        Self {
            every,
            drawn: last.unwrap_or(usize::MAX).min(steps.len()),
            steps,
            series,
        }
    }

    pub fn first_drawn(&self) -> Date {
        self.steps[self.steps.len() - self.drawn]
    }

    /// All series added up.
    pub fn sum(&self) -> Line {
        let mut sum = Line::new();
        for (step, value) in self.series.values().flatten() {
            *sum.entry(*step).or_default() += *value;
        }
        sum
    }

    /// The usual number of periods from one step to the next.
    fn usual_gap(&self) -> i64 {
        let mut gaps: Vec<i64> = self.steps.windows(2).map(|pair| self.every.between(pair[0], pair[1])).collect();
        gaps.sort_unstable();
        gaps.get(gaps.len() / 2).copied().unwrap_or(1)
    }

    /// A year before.
    pub fn year_before(&self, step: Date) -> Date {
        match self.every {
            Every::Month | Every::Quarter => step.checked_sub(1.year()).unwrap(),
            Every::Week => step.checked_sub(364.days()).unwrap(),
            Every::Day => {
                if self.usual_gap() <= 7 {
                    return step.checked_sub(364.days()).unwrap();
                }
                let before = step.checked_sub(1.year()).unwrap();
                if step.tomorrow().unwrap().day() == 1 {
                    before.last_of_month()
                } else {
                    before
                }
            }
        }
    }
}

/// How many values before the newest it beats, and the date of the one it does not.
pub fn record(line: &Line) -> (usize, Option<Date>) {
    let mut newest_first = line.iter().rev();
    let (_, latest) = newest_first.next().unwrap();
    let up = latest > newest_first.clone().next().unwrap().1;
    let mut beaten = 0;
    for (step, value) in newest_first {
        if (up && value >= latest) || (!up && value <= latest) {
            return (beaten, Some(*step));
        }
        beaten += 1;
    }
    (beaten, None)
}

/// An unusual value: its step, what was expected, its score, whether a cycle was used.
#[derive(Debug, Clone)]
pub struct Unusual {
    pub step: Date,
    pub expected: f64,
    pub score: f64,
    pub is_seasonal: bool,
}

fn median(values: &[f64]) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let middle = sorted.len() / 2;
    if sorted.len() % 2 == 1 {
        sorted[middle]
    } else {
        f64::midpoint(sorted[middle - 1], sorted[middle])
    }
}

fn deviation(residuals: &[f64]) -> (f64, f64) {
    let middle = median(residuals);
    let distances: Vec<f64> = residuals.iter().map(|residual| (residual - middle).abs()).collect();
    (middle, median(&distances))
}

/// Every unusual value of at most 200, or `None` where a threshold is too close to call in binary.
pub fn unusual(line: &Line, table: &Table) -> Option<Vec<Unusual>> {
    let every = table.every;
    let days: Vec<Date> = line.keys().copied().collect();
    let y: Vec<f64> = line.values().map(|value| value.to_f64().unwrap()).collect();
    if y.len() < 12 {
        return Some(Vec::new());
    }
    let x: Vec<f64> = days.iter().map(|day| every.between(days[0], *day) as f64).collect();
    let mut slopes = Vec::new();
    for from in 0..y.len() {
        for to in from + 1..y.len() {
            slopes.push((y[to] - y[from]) / (x[to] - x[from]));
        }
    }
    slopes.sort_by(f64::total_cmp);
    let slope = slopes[slopes.len() / 2];
    let scale = y.iter().fold(1.0_f64, |scale, value| scale.max(value.abs()));
    let tiny = scale * 1e-9;
    let levels: Vec<f64> = y.iter().zip(&x).map(|(y, x)| y - slope * x).collect();
    let plain: Vec<f64> = levels.iter().map(|level| level - median(&levels)).collect();
    let (plain_middle, plain_mad) = deviation(&plain);
    let mut chosen = (plain, plain_middle, plain_mad, false);
    let place = |day: &Date| match every {
        Every::Day => day.weekday().to_monday_zero_offset(),
        _ => day.month(),
    };
    let places: Vec<i8> = days.iter().map(place).collect();
    let seen = |place: i8| places.iter().filter(|other| **other == place).count();
    let is_cyclic = matches!(every, Every::Day | Every::Month) && table.usual_gap() == 1;
    let is_varied = places.iter().any(|place| *place != places[0]);
    if is_cyclic && is_varied && places.iter().all(|place| seen(*place) >= 3) {
        let seasonal: Vec<f64> = (0..y.len())
            .map(|index| {
                let others: Vec<f64> = (0..y.len())
                    .filter(|other| *other != index && places[*other] == places[index])
                    .map(|other| levels[other])
                    .collect();
                levels[index] - median(&others)
            })
            .collect();
        let (middle, mad) = deviation(&seasonal);
        if (mad - 0.8 * plain_mad).abs() <= tiny {
            return None;
        }
        if mad < 0.8 * plain_mad {
            chosen = (seasonal, middle, mad, true);
        }
    }
    let (residuals, middle, mad, is_seasonal) = chosen;
    let far: Vec<f64> = residuals.iter().map(|residual| (residual - middle).abs()).collect();
    let spread = if mad > tiny {
        mad / 0.6745
    } else {
        let different = far.iter().filter(|far| **far > tiny).count();
        if different == 0 || different * 10 > far.len() {
            return Some(Vec::new());
        }
        far.iter().sum::<f64>() / far.len() as f64 / 0.797_885
    };
    let mut found = Vec::new();
    for index in 0..y.len() {
        let score = far[index] / spread;
        let expected = y[index] - (residuals[index] - middle);
        if (score - 3.5).abs() < 1e-6 || (score - 5.0).abs() < 1e-6 || (far[index] - expected.abs() * 0.005).abs() < tiny {
            return None;
        }
        if score > 3.5 && far[index] > expected.abs() * 0.005 {
            found.push(Unusual {
                step: days[index],
                expected,
                score,
                is_seasonal,
            });
        }
    }
    Some(if found.len() <= (y.len() / 20).max(2) { found } else { Vec::new() })
}
