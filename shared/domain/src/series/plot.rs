//! Rows and spec to [`Plotted`].

use crate::chart_spec::{ChartSpec, Mark, SpecError};
use crate::dataset::{Column, Dataset, Values};
use crate::series::chosen::Chosen;
use crate::series::lines::{Lines, OTHER};
use crate::series::listing::Listing;
use crate::series::period::Period;
use crate::series::steps::Steps;
use crate::series::table::{Table, too_large};
use crate::series::{Domain, FacetLayout, Plotted, Series, XAxis, YAxis};
use std::ops::Range;

/// The table that is drawn, computed exactly. Errors name the spec's field: columns that are missing or of the wrong type, two rows at one step
/// without an aggregate, sums beyond 28 digits.
pub fn plot(dataset: &Dataset, spec: &ChartSpec) -> Result<Plotted, Vec<SpecError>> {
    let resolved = spec.resolve(dataset)?;
    let chosen = match (&spec.period, resolved.period) {
        (Some(period), Some(dates)) => Some(Chosen::of(spec, period, dates, dataset)),
        _ => None,
    };
    // The same columns, of the chosen rows.
    let (dataset, resolved) = match &chosen {
        Some(chosen) => (&chosen.dataset, spec.resolve(&chosen.dataset)?),
        None => (dataset, resolved),
    };
    let origin = |row: usize| chosen.as_ref().map_or(row, |chosen| chosen.origin[row]);
    if let (Some(name), false) = (resolved.steps, resolved.listing.is_empty()) {
        let listing = Listing::of(spec, name, &resolved.listing, origin);
        return Ok(listing.plotted(spec, chosen.and_then(|chosen| chosen.span)));
    }
    let rows = dataset.row_count();
    let steps = match resolved.steps {
        Some(column) => steps(spec, column, &resolved.measure),
        None => Steps {
            domain: Domain::Whole,
            of_row: vec![Some(0); rows],
        },
    };
    let mut notes = Vec::new();
    let left_out = steps.of_row.iter().filter(|step| step.is_none()).count() + chosen.as_ref().map_or(0, |chosen| chosen.undated);
    if left_out > 0 {
        let without = match steps.domain {
            Domain::Bins { .. } | Domain::Points { .. } => "number",
            _ => "date",
        };
        let are = if left_out == 1 { "is" } else { "are" };
        notes.push(format!("{} without a {without} {are} left out.", count(left_out, "row")));
    }
    let lines = Lines::of(spec, &resolved.measure, resolved.series, rows);
    let is_previous = chosen
        .as_ref()
        .filter(|_| spec.compare.is_some())
        .map(|chosen| &chosen.is_previous[..]);
    let mut table = Table::of(spec, steps, lines, is_previous, origin)?;
    table.note_joined(spec.mark, &mut notes);
    table.trim(&mut notes);
    table.sort(spec);
    let period = Period::of(spec, table.domain.len());
    let headline = table.headline(spec, &period).map_err(too_large)?;
    if spec.compare.is_some() && !table.has_previous(&period) {
        notes.push("There are no earlier rows to compare with.".to_owned());
    }
    let mut plotted = Plotted {
        mark: spec.mark,
        title: spec.title.clone(),
        x: x_axis(spec, &table, &period, is_previous.is_some()),
        y: y_axis(spec, &table),
        has_rest: table.has_rest(),
        series: table.into_series(&period),
        stack: spec.stack(),
        is_horizontal: spec.is_horizontal(),
        facet: spec.encoding.facet.as_ref().map(|facet| FacetLayout { columns: facet.columns }),
        legend_title: spec.encoding.color.as_ref().and_then(|color| color.legend.as_ref()?.title.clone()),
        targets: spec.targets.clone(),
        listed: Vec::new(),
        period: chosen.and_then(|chosen| chosen.span),
        headline,
        notes,
    };
    plotted.has_rest &= plotted.series.last().is_some_and(|last| last.name == OTHER);
    if spec.mark == Mark::Arc {
        plotted.parts_along_x(spec);
    }
    Ok(plotted)
}

fn steps(spec: &ChartSpec, column: &Column, measure: &[&Column]) -> Steps {
    let channel = spec.roles().steps;
    let bin = channel.and_then(|channel| channel.bin);
    match (&column.values, bin) {
        (Values::Number(cells), Some(bin)) => Steps::bins(cells, column.unit.clone(), bin),
        (Values::Number(cells), None) if spec.is_scatter(column) => {
            let has_number = |row: usize| {
                measure
                    .iter()
                    .any(|column| matches!(&column.values, Values::Number(cells) if cells.get(row).is_some_and(Option::is_some)))
            };
            Steps::points(cells, has_number, column.unit.clone())
        }
        _ => Steps::of(column, channel.and_then(|channel| channel.time_unit)),
    }
}

fn x_axis(spec: &ChartSpec, table: &Table, period: &Period, has_same_steps_before: bool) -> XAxis {
    let channel = spec.roles().steps;
    let previous = if has_same_steps_before {
        Some(table.domain.clone())
    } else {
        (!period.previous.is_empty()).then(|| part(&table.domain, period.previous.clone()))
    };
    XAxis {
        field: channel.and_then(|x| x.field.clone()),
        title: channel.and_then(|x| x.title()).map(str::to_owned),
        format: channel.and_then(|x| x.format()).map(str::to_owned),
        domain: part(&table.domain, period.drawn.clone()),
        previous: previous.filter(|_| table.has_previous(period)),
    }
}

fn y_axis(spec: &ChartSpec, table: &Table) -> YAxis {
    let channel = spec.roles().measure;
    let field = match &spec.encoding.theta {
        Some(theta) => theta.field.clone(),
        None => channel.and_then(|y| y.field.clone()),
    };
    let first = table.names.first().and_then(|(_, unit)| unit.clone());
    YAxis {
        field: field.filter(|_| spec.fold().is_none()),
        title: channel.and_then(|y| y.title()).map(str::to_owned),
        format: channel.and_then(|y| y.format()).map(str::to_owned),
        unit: first.filter(|first| table.names.iter().all(|(_, unit)| unit.as_ref() == Some(first))),
        aggregate: spec.aggregate(),
    }
}

impl Plotted {
    /// An arc's parts were series of one step: they become the steps of one series, the largest first and the joined rest last.
    fn parts_along_x(&mut self, spec: &ChartSpec) {
        let parts = std::mem::take(&mut self.series);
        let value = |series: &Series| series.values.first().copied().flatten();
        let mut order: Vec<&Series> = parts.iter().collect();
        order.sort_by_key(|part| (part.name == OTHER, std::cmp::Reverse(value(part))));
        let previous = |part: &&Series| part.previous.as_ref().and_then(|values| values.first().copied().flatten());
        let has_previous = parts.iter().any(|part| part.previous.is_some());
        let names: Vec<String> = order.iter().map(|part| part.name.clone()).collect();
        self.x.field = spec
            .encoding
            .color
            .as_ref()
            .map(|color| color.field.clone())
            .filter(|_| spec.fold().is_none());
        self.x.previous = has_previous.then(|| Domain::Categories { names: names.clone() });
        self.series = vec![Series {
            name: self
                .y
                .field
                .clone()
                .or_else(|| self.y.title.clone())
                .unwrap_or_else(|| "Rows".to_owned()),
            unit: self.y.unit.clone(),
            values: order.iter().map(|part| value(part)).collect(),
            previous: has_previous.then(|| order.iter().map(previous).collect()),
            rows: order.iter().map(|part| part.rows.first().copied().unwrap_or_default()).collect(),
        }];
        self.series.retain(|_| !names.is_empty());
        self.x.domain = Domain::Categories { names };
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
        Domain::Bins { .. } | Domain::Points { .. } | Domain::Whole => domain.clone(),
    }
}

fn count(n: usize, what: &str) -> String {
    if n == 1 { format!("1 {what}") } else { format!("{n} {what}s") }
}
