//! Series by steps, while they are made.

use crate::chart_spec::{Aggregate, ChartSpec, Mark, Sort, SpecError};
use crate::dataset::Unit;
use crate::series::cells::{Cell, TooLarge};
use crate::series::lines::{Lines, OTHER};
use crate::series::period::Period;
use crate::series::steps::Steps;
use crate::series::{Domain, Headline, Series};
use rust_decimal::Decimal;
use std::ops::Range;

pub(super) struct Table {
    pub domain: Domain,
    pub names: Vec<(String, Option<Unit>)>,
    now: Grid,
    /// The rows of a period before that stands at the same steps.
    before: Option<Grid>,
    joined: usize,
}

/// Series by steps.
struct Grid {
    cells: Vec<Vec<Cell>>,
    values: Vec<Vec<Option<Decimal>>>,
}

impl Grid {
    /// `is_in` chooses the rows, `origin` tells which row of the Dataset each is.
    fn of(
        spec: &ChartSpec,
        steps: &Steps,
        lines: &Lines,
        is_in: impl Fn(usize) -> bool,
        origin: impl Fn(usize) -> usize,
    ) -> Result<Self, Vec<SpecError>> {
        let aggregate = spec.aggregate();
        let mut cells = vec![vec![Cell::default(); steps.domain.len()]; lines.names.len()];
        for (row, step) in steps.of_row.iter().enumerate().filter(|(row, _)| is_in(*row)) {
            let Some(step) = step else { continue };
            for (line, column) in lines.columns.iter().enumerate() {
                let of_row = lines.of_row.as_ref();
                let series = of_row.map_or(line, |of_row| of_row.get(row).map_or(0, |&series| series as usize));
                let cell = &mut cells[series][*step as usize];
                cell.rows.add(origin(row));
                if let Some(value) = column.and_then(|cells| cells.get(row).copied().flatten()) {
                    cell.values.push(value);
                }
            }
        }
        let mut values = Vec::with_capacity(cells.len());
        for (series, row) in cells.iter().enumerate() {
            let is_other = lines.joined > 0 && series + 1 == cells.len();
            let several = row.iter().position(|cell| cell.values.len() > 1);
            if let (None, false, Some(step)) = (aggregate, is_other, several) {
                return Err(vec![several_rows(
                    spec,
                    &steps.domain,
                    &lines.names[series].0,
                    step,
                    row[step].values.len(),
                )]);
            }
            let row: Result<_, _> = row.iter().map(|cell| cell.value(aggregate)).collect();
            values.push(row.map_err(too_large)?);
        }
        Ok(Self { cells, values })
    }

    /// Keeps these steps, in this order.
    fn keep(&mut self, order: &[usize]) {
        for row in &mut self.cells {
            *row = order.iter().map(|&step| std::mem::take(&mut row[step])).collect();
        }
        for row in &mut self.values {
            *row = order.iter().map(|&step| row[step]).collect();
        }
    }

    fn is_empty_at(&self, step: usize) -> bool {
        self.values.iter().all(|values| values[step].is_none())
    }

    /// The number of a whole range of steps, made from its rows and not from the steps' numbers; without an aggregate its newest number.
    fn over(&self, aggregate: Option<Aggregate>, range: &Range<usize>) -> Result<Option<Decimal>, TooLarge> {
        let (Some(cells), Some(values)) = (self.cells.first(), self.values.first()) else {
            return Ok(None);
        };
        if aggregate.is_none() {
            return Ok(values[range.clone()].last().copied().flatten());
        }
        let mut joined = Cell::default();
        cells[range.clone()].iter().for_each(|cell| joined.join(cell));
        joined.value(aggregate)
    }
}

impl Table {
    /// `previous` tells of each row whether it belongs to the period before; `origin` gives the Dataset's row.
    pub fn of(
        spec: &ChartSpec,
        steps: Steps,
        lines: Lines,
        previous: Option<&[bool]>,
        origin: impl Fn(usize) -> usize,
    ) -> Result<Self, Vec<SpecError>> {
        let is_previous = |row: usize| previous.is_some_and(|rows| rows.get(row) == Some(&true));
        let now = Grid::of(spec, &steps, &lines, |row| !is_previous(row), &origin)?;
        let before = match previous {
            Some(_) => Some(Grid::of(spec, &steps, &lines, is_previous, &origin)?),
            None => None,
        };
        Ok(Self {
            domain: steps.domain,
            names: lines.names,
            now,
            before,
            joined: lines.joined,
        })
    }

    /// Whether the last series is the joined smaller ones.
    pub fn has_rest(&self) -> bool {
        self.joined > 0
    }

    pub fn note_joined(&self, mark: Mark, notes: &mut Vec<String>) {
        if self.joined > 0 {
            let what = if mark == Mark::Arc { "parts" } else { "series" };
            notes.push(format!("The {} smallest {what} are drawn as `{OTHER}`.", self.joined));
        }
    }

    /// Cuts off steps of time without any value at both ends: a sheet is often prepared for days to come.
    pub fn trim(&mut self, notes: &mut Vec<String>) {
        let Domain::Time { steps, .. } = &mut self.domain else { return };
        let is_empty = |step: &usize| self.now.is_empty_at(*step);
        let from = (0..steps.len()).take_while(is_empty).count();
        let cut = (from..steps.len()).rev().take_while(is_empty).count();
        let range = from..steps.len() - cut;
        if cut > 0 && !range.is_empty() {
            notes.push(match cut {
                1 => "The newest date has no value and is left out.".to_owned(),
                cut => format!("The newest {cut} dates have no value and are left out."),
            });
        }
        if range.len() < steps.len() {
            *steps = steps[range.clone()].to_vec();
            self.keep(&range.collect::<Vec<_>>());
        }
    }

    /// The order of names, where the spec gives one.
    pub fn sort(&mut self, spec: &ChartSpec) {
        let (Domain::Categories { names }, Some(sort)) = (&mut self.domain, spec.roles().steps.and_then(|x| x.sort.as_ref())) else {
            return;
        };
        let mut order: Vec<usize> = (0..names.len()).collect();
        let total = |step: usize| {
            let values = self.now.values.iter().filter_map(|values| values[step]);
            values.fold(Decimal::ZERO, Decimal::saturating_add)
        };
        let name = |step: usize| (names[step].parse::<Decimal>().ok(), names[step].clone());
        match sort {
            Sort::Ascending => order.sort_by_cached_key(|&step| name(step)),
            Sort::Descending => order.sort_by_cached_key(|&step| std::cmp::Reverse(name(step))),
            Sort::ByY | Sort::ByX => order.sort_by_cached_key(|&step| total(step)),
            Sort::ByYDescending | Sort::ByXDescending => order.sort_by_cached_key(|&step| std::cmp::Reverse(total(step))),
            Sort::Values(first) => {
                order.sort_by_cached_key(|&step| first.iter().position(|value| *value == names[step]).unwrap_or(usize::MAX))
            }
        }
        *names = order.iter().map(|&step| std::mem::take(&mut names[step])).collect();
        self.keep(&order);
    }

    fn keep(&mut self, order: &[usize]) {
        self.now.keep(order);
        if let Some(before) = &mut self.before {
            before.keep(order);
        }
    }

    pub fn headline(&self, spec: &ChartSpec, period: &Period) -> Result<Option<Headline>, TooLarge> {
        if spec.mark != Mark::Kpi {
            return Ok(None);
        }
        let ends = |range: &Range<usize>| Some((self.domain.moment(range.start)?, self.domain.moment(range.end.checked_sub(1)?)?));
        let aggregate = spec.aggregate();
        let previous = match &self.before {
            Some(before) => before.over(aggregate, &period.headline)?,
            None => self.now.over(aggregate, &period.headline_previous)?,
        };
        Ok(Some(Headline {
            value: self.now.over(aggregate, &period.headline)?,
            previous,
            period: ends(&period.headline),
            previous_period: ends(&period.headline_previous),
        }))
    }

    /// Moves the numbers out: of a hundred thousand steps, copying them is what takes time.
    pub fn into_series(self, period: &Period) -> Vec<Series> {
        let drawn = period.drawn.clone();
        let gap = drawn.len() - period.previous.len().min(drawn.len());
        let before = self.before.as_ref();
        let previous = |series: usize, values: &[Option<Decimal>]| {
            let (old, gap) = match before {
                Some(before) => (&before.values[series][..], 0),
                None => (&values[period.previous.clone()], gap),
            };
            let aligned = || std::iter::repeat_n(None, gap).chain(old.iter().copied()).collect();
            old.iter().any(Option::is_some).then(aligned)
        };
        let lines = self.now.values.into_iter().zip(self.now.cells).enumerate();
        let series = self
            .names
            .into_iter()
            .zip(lines)
            .map(|((name, unit), (index, (mut values, cells)))| {
                let previous = previous(index, &values);
                values.truncate(drawn.end);
                values.drain(..drawn.start);
                Series {
                    name,
                    unit,
                    values,
                    previous,
                    rows: cells[drawn.clone()].iter().map(|cell| cell.rows).collect(),
                }
            });
        series
            .filter(|series| series.previous.is_some() || series.values.iter().any(Option::is_some))
            .collect()
    }

    /// Whether there is anything to compare with.
    pub fn has_previous(&self, period: &Period) -> bool {
        match &self.before {
            Some(before) => before.cells.iter().flatten().any(|cell| cell.rows.count > 0),
            None => !period.previous.is_empty() || !period.headline_previous.is_empty(),
        }
    }
}

fn several_rows(spec: &ChartSpec, domain: &Domain, series: &str, step: usize, rows: usize) -> SpecError {
    let place = match domain {
        Domain::Time { steps, .. } => steps
            .get(step)
            .map(ToString::to_string)
            .unwrap_or_default()
            .trim_end_matches("T00:00:00")
            .to_owned(),
        Domain::Categories { names } => names.get(step).map(|name| name.chars().take(40).collect()).unwrap_or_default(),
        Domain::Whole if spec.mark == Mark::Arc => series.chars().take(40).collect(),
        Domain::Bins { .. } | Domain::Points { .. } | Domain::Whole => "the whole".to_owned(),
    };
    let path = if spec.encoding.theta.is_some() {
        "encoding.theta"
    } else {
        spec.roles().measure_path
    };
    SpecError {
        path: format!("{path}.aggregate"),
        given: format!("nothing, but {rows} rows stand at `{place}`"),
        accepted: "how they become one number: sum, mean, median, min, max, count".to_owned(),
    }
}

pub(super) fn too_large(_: TooLarge) -> Vec<SpecError> {
    vec![SpecError {
        path: "encoding.y".to_owned(),
        given: "numbers too large to be added exactly".to_owned(),
        accepted: "sums of at most 28 digits".to_owned(),
    }]
}
