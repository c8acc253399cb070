//! Rows and spec to [`Plotted`].

use crate::chart_spec::{ChartSpec, Mark, Sort, SpecError};
use crate::dataset::{Dataset, Unit};
use crate::series::cells::{Cell, TooLarge};
use crate::series::lines::{Lines, OTHER};
use crate::series::period::Period;
use crate::series::steps::Steps;
use crate::series::{Domain, Headline, Plotted, Series, XAxis, YAxis};
use rust_decimal::Decimal;
use std::ops::Range;

/// The table that is drawn, computed exactly. Errors name the spec's field: columns that are missing or of the wrong type, two rows at one step
/// without an aggregate, sums beyond 28 digits.
pub fn plot(dataset: &Dataset, spec: &ChartSpec) -> Result<Plotted, Vec<SpecError>> {
    let resolved = spec.resolve(dataset)?;
    let rows = dataset.row_count();
    let steps = match (resolved.x, &spec.encoding.x) {
        (Some(column), Some(x)) => Steps::of(column, x.time_unit),
        _ => Steps {
            domain: Domain::Whole,
            of_row: vec![Some(0); rows],
        },
    };
    let mut notes = Vec::new();
    let undated = steps.of_row.iter().filter(|step| step.is_none()).count();
    if undated > 0 {
        notes.push(format!(
            "{} without a date {} left out.",
            count(undated, "row"),
            if undated == 1 { "is" } else { "are" }
        ));
    }
    let lines = Lines::of(spec, &resolved.y, resolved.color, rows);
    let mut table = Table::of(spec, steps, lines)?;
    table.note_joined(&mut notes);
    table.trim(&mut notes);
    table.sort(spec);
    let period = Period::of(spec, table.domain.len());
    let headline = table.headline(spec, &period).map_err(too_large)?;
    if spec.compare.is_some() && period.previous.is_empty() && period.headline_previous.is_empty() {
        notes.push("There are no earlier rows to compare with.".to_owned());
    }
    let y = &spec.encoding.y;
    let unit = table
        .names
        .first()
        .and_then(|(_, unit)| unit.clone())
        .filter(|first| table.names.iter().all(|(_, unit)| unit.as_ref() == Some(first)));
    let previous = (!period.previous.is_empty()).then(|| part(&table.domain, period.previous.clone()));
    Ok(Plotted {
        mark: spec.mark,
        title: spec.title.clone(),
        y: YAxis {
            field: if spec.fold().is_some() { None } else { y.field.clone() },
            title: y.axis.as_ref().and_then(|axis| axis.title.clone()),
            format: y.axis.as_ref().and_then(|axis| axis.format.clone()),
            unit,
        },
        is_stacked: spec.is_stacked(),
        headline,
        notes,
        series: table.series(&period),
        x: XAxis {
            field: spec.encoding.x.as_ref().map(|x| x.field.clone()),
            title: spec.encoding.x.as_ref().and_then(|x| x.axis.as_ref()?.title.clone()),
            format: spec.encoding.x.as_ref().and_then(|x| x.axis.as_ref()?.format.clone()),
            domain: part(&table.domain, period.drawn),
            previous,
        },
    })
}

/// Series by steps.
struct Table {
    domain: Domain,
    names: Vec<(String, Option<Unit>)>,
    cells: Vec<Vec<Cell>>,
    values: Vec<Vec<Option<Decimal>>>,
    joined: usize,
}

impl Table {
    fn of(spec: &ChartSpec, steps: Steps, lines: Lines) -> Result<Self, Vec<SpecError>> {
        let aggregate = spec.encoding.y.aggregate;
        let mut cells = vec![vec![Cell::default(); steps.domain.len()]; lines.names.len()];
        for (row, step) in steps.of_row.iter().enumerate() {
            let Some(step) = step else { continue };
            for (line, column) in lines.columns.iter().enumerate() {
                let series = lines
                    .of_row
                    .as_ref()
                    .map_or(line, |of_row| of_row.get(row).map_or(0, |&series| series as usize));
                let cell = &mut cells[series][*step as usize];
                cell.rows += 1;
                cell.values.extend(column.and_then(|cells| cells.get(row).copied().flatten()));
            }
        }
        let mut values = Vec::with_capacity(cells.len());
        for (series, row) in cells.iter().enumerate() {
            let is_other = lines.joined > 0 && series + 1 == cells.len();
            let several = row.iter().position(|cell| cell.values.len() > 1);
            if let (None, false, Some(step)) = (aggregate, is_other, several) {
                return Err(vec![several_rows(&steps.domain, step, row[step].values.len())]);
            }
            values.push(
                row.iter()
                    .map(|cell| cell.value(aggregate))
                    .collect::<Result<_, _>>()
                    .map_err(too_large)?,
            );
        }
        Ok(Self {
            domain: steps.domain,
            names: lines.names,
            cells,
            values,
            joined: lines.joined,
        })
    }

    fn note_joined(&self, notes: &mut Vec<String>) {
        if self.joined > 0 {
            notes.push(format!("The {} smallest series are drawn as `{OTHER}`.", self.joined));
        }
    }

    /// Cuts off steps of time without any value at both ends: a sheet is often prepared for days to come.
    fn trim(&mut self, notes: &mut Vec<String>) {
        let Domain::Time { steps, .. } = &mut self.domain else { return };
        let is_empty = |step: &usize| self.values.iter().all(|values| values[*step].is_none());
        let from = (0..steps.len()).take_while(is_empty).count();
        let cut = (from..steps.len()).rev().take_while(is_empty).count();
        let range = from..steps.len() - cut;
        if cut > 0 && !range.is_empty() {
            notes.push(match cut {
                1 => "The newest date has no value and is left out.".to_owned(),
                cut => format!("The newest {cut} dates have no value and are left out."),
            });
        }
        *steps = steps[range.clone()].to_vec();
        self.keep(|row| row[range.clone()].to_vec(), |row| row[range.clone()].to_vec());
    }

    fn sort(&mut self, spec: &ChartSpec) {
        let (Domain::Categories { names }, Some(sort)) = (&mut self.domain, spec.encoding.x.as_ref().and_then(|x| x.sort.as_ref())) else {
            return;
        };
        let mut order: Vec<usize> = (0..names.len()).collect();
        let total = |step: usize| {
            self.values
                .iter()
                .filter_map(|values| values[step])
                .fold(Decimal::ZERO, Decimal::saturating_add)
        };
        let name = |step: usize| (names[step].parse::<Decimal>().ok(), names[step].clone());
        match sort {
            Sort::Ascending => order.sort_by_cached_key(|&step| name(step)),
            Sort::Descending => order.sort_by_cached_key(|&step| std::cmp::Reverse(name(step))),
            Sort::ByY => order.sort_by_cached_key(|&step| total(step)),
            Sort::ByYDescending => order.sort_by_cached_key(|&step| std::cmp::Reverse(total(step))),
            Sort::Values(first) => {
                order.sort_by_cached_key(|&step| first.iter().position(|value| *value == names[step]).unwrap_or(usize::MAX))
            }
        }
        *names = order.iter().map(|&step| std::mem::take(&mut names[step])).collect();
        self.keep(
            |row| order.iter().map(|&step| row[step].clone()).collect(),
            |row| order.iter().map(|&step| row[step]).collect(),
        );
    }

    fn keep(&mut self, cells: impl Fn(&[Cell]) -> Vec<Cell>, values: impl Fn(&[Option<Decimal>]) -> Vec<Option<Decimal>>) {
        for row in &mut self.cells {
            *row = cells(row);
        }
        for row in &mut self.values {
            *row = values(row);
        }
    }

    fn headline(&self, spec: &ChartSpec, period: &Period) -> Result<Option<Headline>, TooLarge> {
        if spec.mark != Mark::Kpi {
            return Ok(None);
        }
        let ends = |range: &Range<usize>| Some((self.domain.moment(range.start)?, self.domain.moment(range.end.checked_sub(1)?)?));
        Ok(Some(Headline {
            value: self.over(spec, &period.headline)?,
            previous: self.over(spec, &period.headline_previous)?,
            period: ends(&period.headline),
            previous_period: ends(&period.headline_previous),
        }))
    }

    /// The number of a whole range of steps, made from its rows and not from the steps' numbers; without an aggregate its newest number.
    fn over(&self, spec: &ChartSpec, range: &Range<usize>) -> Result<Option<Decimal>, TooLarge> {
        let (Some(cells), Some(values)) = (self.cells.first(), self.values.first()) else {
            return Ok(None);
        };
        if spec.encoding.y.aggregate.is_none() {
            return Ok(values[range.clone()].last().copied().flatten());
        }
        let mut joined = Cell::default();
        cells[range.clone()].iter().for_each(|cell| joined.join(cell));
        joined.value(spec.encoding.y.aggregate)
    }

    fn series(&self, period: &Period) -> Vec<Series> {
        let gap = period.drawn.len() - period.previous.len().min(period.drawn.len());
        let previous = |values: &[Option<Decimal>]| {
            let old = &values[period.previous.clone()];
            old.iter()
                .any(Option::is_some)
                .then(|| std::iter::repeat_n(None, gap).chain(old.iter().copied()).collect())
        };
        let series = self.names.iter().zip(&self.values).map(|((name, unit), values)| Series {
            name: name.clone(),
            unit: unit.clone(),
            values: values[period.drawn.clone()].to_vec(),
            previous: previous(values),
        });
        series
            .filter(|series| series.previous.is_some() || series.values.iter().any(Option::is_some))
            .collect()
    }
}

fn part(domain: &Domain, range: Range<usize>) -> Domain {
    match domain {
        Domain::Time { steps, grain } => Domain::Time {
            steps: steps[range].to_vec(),
            grain: *grain,
        },
        Domain::Categories { names } => Domain::Categories {
            names: names[range].to_vec(),
        },
        Domain::Whole => Domain::Whole,
    }
}

fn several_rows(domain: &Domain, step: usize, rows: usize) -> SpecError {
    let place = match domain {
        Domain::Time { steps, .. } => steps
            .get(step)
            .map(ToString::to_string)
            .unwrap_or_default()
            .trim_end_matches("T00:00:00")
            .to_owned(),
        Domain::Categories { names } => names.get(step).map(|name| name.chars().take(40).collect()).unwrap_or_default(),
        Domain::Whole => "the whole".to_owned(),
    };
    SpecError {
        path: "encoding.y.aggregate".to_owned(),
        given: format!("nothing, but {rows} rows stand at `{place}`"),
        accepted: "how they become one number: sum, mean, median, min, max, count".to_owned(),
    }
}

fn too_large(_: TooLarge) -> Vec<SpecError> {
    vec![SpecError {
        path: "encoding.y".to_owned(),
        given: "numbers too large to be added exactly".to_owned(),
        accepted: "sums of at most 28 digits".to_owned(),
    }]
}

fn count(n: usize, what: &str) -> String {
    if n == 1 { format!("1 {what}") } else { format!("{n} {what}s") }
}
