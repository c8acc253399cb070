//! Rows chosen by dates that do not stand on the chart: this month's, and last month's beside them.

use crate::chart_spec::{ChartSpec, Period};
use crate::dataset::{Column, Dataset, Values};
use crate::series::steps::Steps;
use crate::series::{Domain, PeriodSpan};

/// The rows of the drawn period and of the one before, as a Dataset of their own.
pub(super) struct Chosen {
    pub dataset: Dataset,
    /// The row of the whole Dataset that each of these is.
    pub origin: Vec<usize>,
    /// Whether a row belongs to the period before.
    pub is_previous: Vec<bool>,
    pub span: Option<PeriodSpan>,
    /// Rows without a date.
    pub undated: usize,
}

impl Chosen {
    pub fn of(spec: &ChartSpec, period: &Period, dates: &Column, dataset: &Dataset) -> Self {
        let steps = Steps::of(dates, period.time_unit);
        let undated = steps.of_row.iter().filter(|step| step.is_none()).count();
        let (moments, grain) = match steps.domain {
            Domain::Time { steps, grain } => (steps, Some(grain)),
            _ => (Vec::new(), None),
        };
        let last = spec.last.map_or(1, |last| usize::try_from(last).unwrap_or(usize::MAX)).max(1);
        let drawn = moments.len().saturating_sub(last)..moments.len();
        let previous = match spec.compare {
            Some(_) => drawn.start.saturating_sub(drawn.len())..drawn.start,
            None => drawn.start..drawn.start,
        };
        let rows = steps.of_row.iter().enumerate().filter_map(|(row, step)| {
            let step = (*step)? as usize;
            let is_previous = previous.contains(&step);
            (is_previous || drawn.contains(&step)).then_some((row, is_previous))
        });
        let (origin, is_previous): (Vec<usize>, Vec<bool>) = rows.unzip();
        let ends = |range: &std::ops::Range<usize>| Some((*moments.get(range.start)?, *moments.get(range.end.checked_sub(1)?)?));
        let span = grain.zip(ends(&drawn)).map(|(grain, drawn)| PeriodSpan {
            drawn,
            previous: if previous.is_empty() { None } else { ends(&previous) },
            grain,
        });
        let columns = dataset.columns.iter().map(|column| Column {
            name: column.name.clone(),
            unit: column.unit.clone(),
            values: some_of(&column.values, &origin),
        });
        Self {
            dataset: Dataset {
                as_of: dataset.as_of,
                time_zone: dataset.time_zone.clone(),
                columns: columns.collect(),
                notes: Vec::new(),
            },
            origin,
            is_previous,
            span,
            undated,
        }
    }
}

fn some_of(values: &Values, rows: &[usize]) -> Values {
    fn pick<T: Clone>(cells: &[Option<T>], rows: &[usize]) -> Vec<Option<T>> {
        rows.iter().map(|&row| cells.get(row).cloned().flatten()).collect()
    }
    match values {
        Values::Number(cells) => Values::Number(pick(cells, rows)),
        Values::Text(cells) => Values::Text(pick(cells, rows)),
        Values::Date(cells) => Values::Date(pick(cells, rows)),
        Values::DateTime(cells) => Values::DateTime(pick(cells, rows)),
        Values::Boolean(cells) => Values::Boolean(pick(cells, rows)),
    }
}
