//! Worlds to tell of: seeded rows, the chart of them, its Facts, and the plain numbers that an oracle can look up.

use domain::dataset::{Column, Dataset, Unit, Values};
use domain::series::{Grain, plot};
use insight::Facts;
use jiff::ToSpan;
use jiff::civil::{Date, date};
use rust_decimal::Decimal;
use serde_json::json;

use crate::rows::spec;

/// Numbers that are the same at every run and on every machine.
pub struct Dice(u64);

impl Dice {
    pub fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    pub fn roll(&mut self, below: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from((self.0 >> 11) % u64::try_from(below.max(1)).unwrap()).unwrap()
    }

    pub fn pick<T: Clone>(&mut self, of: &[T]) -> T {
        of[self.roll(of.len())].clone()
    }
}

/// Rows whose truth is known.
pub struct World {
    pub facts: Facts,
    pub unit: Option<Unit>,
    /// `None` where names stand along x.
    pub grain: Option<Grain>,
    /// One per step; empty where names stand along x.
    pub dates: Vec<Date>,
    /// Series, or categories.
    pub names: Vec<String>,
    /// Of each series its steps; of each category its one value.
    pub values: Vec<Vec<Decimal>>,
    pub measure: &'static str,
    /// Whether there is but one series, which sentences call by the measure.
    pub is_single: bool,
    /// Whether values of several series may be added.
    pub is_additive: bool,
}

const NAMES: [&str; 12] = [
    "North",
    "South",
    "EMEA",
    "APAC",
    "Retail",
    "Wholesale",
    "Berlin",
    "São Paulo",
    "Team 7",
    "Web Shop",
    "Madrid",
    "Plan B",
];
const MEASURES: [&str; 4] = ["Revenue", "Sales", "Volume", "Sessions"];

impl World {
    pub fn new(seed: u64) -> Self {
        let mut dice = Dice::new(seed);
        let units = [
            Some(Unit::Currency("USD".to_owned())),
            Some(Unit::Currency("EUR".to_owned())),
            Some(Unit::Currency("BRL".to_owned())),
            None,
            Some(Unit::Other("kg".to_owned())),
            Some(Unit::Percent),
        ];
        let unit = dice.pick(&units);
        let shape = dice.roll(4);
        let (is_categories, is_single) = (shape == 0, shape == 1);
        let is_additive = unit != Some(Unit::Percent);
        let grain = dice.pick(&[Grain::Month, Grain::Month, Grain::Day, Grain::Quarter, Grain::Week]);
        let steps = if is_categories { 1 } else { 4 + dice.roll(9) };
        let count = if is_single { 1 } else { 3 + dice.roll(3) };
        let mut names: Vec<String> = Vec::new();
        while names.len() < count {
            let name = dice.pick(&NAMES).to_owned();
            if !names.contains(&name) {
                names.push(name);
            }
        }
        let size = dice.pick(&[900, 40_000, 3_000_000]);
        let value = |dice: &mut Dice| match unit {
            Some(Unit::Percent) => Decimal::new(i64::try_from(100 + dice.roll(9_000)).unwrap(), 4),
            _ => Decimal::from(size / 3 + dice.roll(size)),
        };
        let values: Vec<Vec<Decimal>> = names.iter().map(|_| (0..steps).map(|_| value(&mut dice)).collect()).collect();
        let dates = if is_categories { Vec::new() } else { dates(grain, steps) };
        let measure = dice.pick(&MEASURES);
        let facts = facts(measure, &unit, &dates, &names, &values, is_additive, grain);
        Self {
            facts,
            unit,
            grain: (!is_categories).then_some(grain),
            dates,
            names,
            values,
            measure,
            is_single,
            is_additive,
        }
    }

    /// The values of one series over time.
    pub fn line(&self, entity: usize) -> &[Decimal] {
        &self.values[entity]
    }

    /// All values of one step added up.
    pub fn whole(&self, step: usize) -> Decimal {
        self.values.iter().map(|line| line[step]).sum()
    }

    /// From 1, the largest first.
    pub fn rank(&self, entity: usize, step: usize) -> usize {
        1 + self.values.iter().filter(|line| line[step] > self.values[entity][step]).count()
    }
}

/// So many periods that all were over on 20 November 2026.
fn dates(grain: Grain, steps: usize) -> Vec<Date> {
    let last = match grain {
        Grain::Quarter => date(2026, 7, 1),
        Grain::Month => date(2026, 10, 1),
        Grain::Week => date(2026, 11, 9),
        _ => date(2026, 11, 19),
    };
    let back = |count: usize| {
        let count = i32::try_from(count).unwrap();
        match grain {
            Grain::Quarter => (count * 3).months(),
            Grain::Month => count.months(),
            Grain::Week => count.weeks(),
            _ => count.days(),
        }
    };
    (0..steps).rev().map(|count| last.checked_sub(back(count)).unwrap()).collect()
}

fn facts(
    measure: &str,
    unit: &Option<Unit>,
    dates: &[Date],
    names: &[String],
    values: &[Vec<Decimal>],
    is_additive: bool,
    grain: Grain,
) -> Facts {
    let (mut days, mut keys, mut cells) = (Vec::new(), Vec::new(), Vec::new());
    for (name, line) in names.iter().zip(values) {
        for (step, value) in line.iter().enumerate() {
            days.push(dates.get(step).copied());
            keys.push(Some(name.clone()));
            cells.push(Some(*value));
        }
    }
    let column = |name: &str, unit: Option<Unit>, values: Values| Column {
        name: name.to_owned(),
        unit,
        values,
    };
    let dataset = Dataset {
        as_of: "2026-11-20T09:00:00Z".parse().unwrap(),
        time_zone: None,
        columns: vec![
            column("when", None, Values::Date(days)),
            column("who", None, Values::Text(keys)),
            column(measure, unit.clone(), Values::Number(cells)),
        ],
        notes: Vec::new(),
    };
    let aggregate = if is_additive { "sum" } else { "mean" };
    let time_unit = match grain {
        Grain::Quarter => "yearquarter",
        Grain::Month => "yearmonth",
        Grain::Week => "yearweek",
        _ => "yearmonthdate",
    };
    let y = json!({ "field": measure, "aggregate": aggregate });
    let chart = match (dates.is_empty(), names.len()) {
        (true, _) => json!({ "mark": "bar", "encoding": { "x": { "field": "who" }, "y": y } }),
        (false, 1) => json!({ "mark": "line", "encoding": { "x": { "field": "when", "timeUnit": time_unit }, "y": y } }),
        (false, _) => {
            json!({ "mark": "line", "encoding": { "x": { "field": "when", "timeUnit": time_unit }, "y": y, "color": { "field": "who" } } })
        }
    };
    let chart = spec(chart);
    let plotted = plot(&dataset, &chart).unwrap();
    insight::facts(&plotted, &chart, &dataset)
}
