//! From a drawn table to what is true of it.

mod numbers;
mod parts;
mod sources;
mod target;
mod time;
mod unusual;
mod year;

use domain::chart_spec::{Aggregate, ChartSpec, Mark};
use domain::dataset::{Dataset, Unit};
use domain::series::{Domain, PeriodSpan, Plotted, Series, plot};
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use rust_decimal::Decimal;

use crate::amount::tame_unit;
use crate::cell_text::{NAME_GRAPHEMES_MAX, NOTE_GRAPHEMES_MAX, disarmed, tame, tame_name};
use crate::fact::{Axis, Basis, Change, Claim, Fact, Facts, Joined, Label, Place, Reading};
use crate::line::{self, Line, Points};
use crate::scale::{self, Scale};
use sources::Source;

/// What is true of a drawn table: of exactly the numbers that stand on the picture, and of how they stand among the older ones of the same rows.
/// `plotted` must have been made from this `spec` and `dataset`.
///
/// Pure: the only time it knows is the Dataset's `as_of`. Numbers that 28 digits cannot hold exactly give no fact.
pub fn facts(plotted: &Plotted, spec: &ChartSpec, dataset: &Dataset) -> Facts {
    let all = undrawn(plotted, spec, dataset);
    let mut survey = Survey::of(plotted, all.as_ref().unwrap_or(plotted), spec, dataset);
    if plotted.is_blank() {
        survey.push(None, plotted.y.unit.as_ref(), Claim::Blank, 1000);
    } else {
        match plotted.x.domain {
            Domain::Time { .. } => survey.time(),
            Domain::Categories { .. } => survey.categories(),
            Domain::Bins { .. } => survey.bins(dataset),
            Domain::Points { .. } => survey.points(),
            Domain::Whole => survey.whole(),
        }
        if !matches!(plotted.x.domain, Domain::Time { .. }) {
            survey.targets(survey.is_period_running().then_some(0));
        }
    }
    survey.finish(dataset)
}

/// The table of all steps that the rows have, where fewer are drawn.
fn undrawn(plotted: &Plotted, spec: &ChartSpec, dataset: &Dataset) -> Option<Plotted> {
    let is_part = matches!(plotted.x.domain, Domain::Time { .. }) && (spec.last.is_some() || spec.compare.is_some());
    let whole = || ChartSpec {
        last: None,
        compare: None,
        ..spec.clone()
    };
    let all = is_part.then(|| plot(dataset, &whole()).ok()).flatten()?;
    (all.x.domain.len() > plotted.x.domain.len()).then_some(all)
}

/// Values of this power of ten and more give no facts.
const SAYABLE_POWER: u32 = 21;
/// The same as a number.
const SAYABLE_END: u128 = 10_u128.pow(SAYABLE_POWER);

/// Facts in the making.
struct Survey<'a> {
    plotted: &'a Plotted,
    spec: &'a ChartSpec,
    scale: Scale<'a>,
    is_additive: bool,
    as_of_local: DateTime,
    time_zone: Option<String>,
    measure: String,
    joined: Option<Joined>,
    /// How many values are too large for words.
    oversized: usize,
    /// One per drawn series.
    lines: Vec<Line<'a>>,
    /// The line that the chart is about: the only one, or the sum of all where they may be added.
    lead: Option<Line<'a>>,
    /// The Dataset's rows behind each series' steps.
    sources: Vec<Source<'a>>,
    items: Vec<Fact>,
}

impl<'a> Survey<'a> {
    fn of(plotted: &'a Plotted, all: &'a Plotted, spec: &'a ChartSpec, dataset: &Dataset) -> Self {
        let zone = dataset.time_zone.as_deref().and_then(|name| TimeZone::get(name).ok());
        let time_zone = zone.as_ref().and_then(TimeZone::iana_name).map(str::to_owned);
        let shares_unit = plotted.series.iter().all(|series| series.unit == plotted.y.unit) && plotted.y.unit != Some(Unit::Percent);
        let is_summed = matches!(plotted.y.aggregate, Some(Aggregate::Sum | Aggregate::Count)) && shares_unit;
        let drawn_from = all.x.domain.len() - plotted.x.domain.len();
        let scale = Scale {
            domain: &all.x.domain,
            drawn_from,
            previous_from: drawn_from.saturating_sub(plotted.x.previous.as_ref().map_or(0, Domain::len)),
        };
        let is_single = plotted.series.len() == 1;
        let line = |series: &'a Series| {
            let name = if is_single { None } else { Some(tame_name(&series.name)) };
            Line::new(name, series.unit.as_ref(), scale, points(&series.values))
        };
        let of_all = |drawn: &Series| all.series.iter().find(|series| series.name == drawn.name);
        let lines: Vec<Line> = plotted.series.iter().filter_map(of_all).map(line).collect();
        let lead = match lines.as_slice() {
            [only] => Some(only.clone()),
            several if is_summed || (plotted.is_stacked() && shares_unit) => {
                let undrawn = all
                    .series
                    .iter()
                    .filter(|series| plotted.series.iter().all(|drawn| drawn.name != series.name));
                let undrawn: Vec<Line> = undrawn.map(line).collect();
                sum(several.iter().chain(&undrawn), scale.domain.len())
                    .map(|points| Line::new(None, plotted.y.unit.as_ref(), scale, points))
            }
            _ => None,
        };
        let held = plotted
            .series
            .iter()
            .map(|series| series.values.iter().flatten().count())
            .sum::<usize>();
        let (measure, joined) = measure(plotted, spec);
        Self {
            plotted,
            spec,
            scale,
            is_additive: is_summed,
            as_of_local: dataset.as_of.to_zoned(zone.unwrap_or(TimeZone::UTC)).datetime(),
            time_zone,
            oversized: held - lines.iter().map(|line| line.shown().len()).sum::<usize>(),
            measure,
            joined,
            sources: sources::of(plotted, all),
            lines,
            lead,
            items: Vec::new(),
        }
    }

    fn push(&mut self, series: Option<String>, unit: Option<&Unit>, claim: Claim, materiality: u32) {
        let fact = Fact {
            unit: self.unit(unit),
            series,
            claim,
            materiality,
            rows: None,
        };
        let rows = self.rows(&fact);
        self.items.push(Fact { rows, ..fact });
    }

    /// What numbers count, fit for sentences. "Orders: 12 orders" says it twice.
    fn unit(&self, unit: Option<&Unit>) -> Option<Unit> {
        let is_told = |unit: &Unit| matches!(unit, Unit::Other(name) if name.eq_ignore_ascii_case(&self.measure));
        unit.and_then(tame_unit).filter(|unit| !is_told(unit))
    }

    /// A change, said to be none where it is.
    fn push_change(&mut self, series: Option<String>, unit: Option<&Unit>, change: Change, materiality: u32) {
        let claim = if is_material(&change) {
            Claim::Change(change)
        } else {
            Claim::NoMaterialChange(change)
        };
        self.push(series, unit, claim, materiality);
    }

    /// Whether the dates that chose the rows are not over yet, so that their sums will still grow.
    fn is_period_running(&self) -> bool {
        let is_now = |span: PeriodSpan| {
            let end = time::end(span.drawn.1, span.grain);
            span.drawn.1 <= self.as_of_local && end.is_some_and(|end| self.as_of_local < end)
        };
        self.is_additive && self.plotted.period.is_some_and(is_now)
    }

    /// One number over all rows, without anything along x.
    fn whole(&mut self) {
        if self.plotted.mark == Mark::Kpi {
            self.headline(self.is_period_running().then_some(0));
            return;
        }
        for line in self.lines.clone() {
            let Some(&point) = line.points().last() else { continue };
            self.push(
                line.name.clone(),
                line.unit,
                Claim::Latest {
                    reading: line.reading(point),
                    is_running: false,
                },
                1000,
            );
        }
    }

    /// The one number of a `kpi`, as it stands on the picture, and its change.
    fn headline(&mut self, running: Option<usize>) {
        let Some(headline) = &self.plotted.headline else { return };
        let Some(value) = headline.value.filter(is_sayable) else { return };
        let unit = self.plotted.y.unit.as_ref();
        let to = Reading {
            value,
            at: self.headline_place(headline.period, false),
        };
        self.push(
            None,
            unit,
            Claim::Latest {
                reading: to.clone(),
                is_running: running.is_some(),
            },
            1000,
        );
        let Some(previous) = headline.previous.filter(|previous| running.is_none() && is_sayable(previous)) else {
            return;
        };
        let from = Reading {
            value: previous,
            at: self.headline_place(headline.previous_period, true),
        };
        let is_step = matches!(to.at.label, Label::Moment { .. });
        let usual = self.lead.as_ref().filter(|_| is_step).and_then(Line::usual_move);
        let basis = if is_step { Basis::PreviousStep } else { Basis::PreviousPeriod };
        if let Some(change) = line::change(basis, from, to) {
            self.push_change(None, unit, Change { usual, ..change }, 900);
        }
    }

    fn headline_place(&self, period: Option<(DateTime, DateTime)>, is_previous: bool) -> Place {
        let moments = self.scale.moments();
        let whole = |steps: usize| Place {
            first: 0,
            last: steps.saturating_sub(1),
            in_previous: false,
            label: Label::Whole,
        };
        let (Some((from, to)), Some(grain)) = (period, self.scale.grain()) else {
            // Without dates along x, the rows may have been chosen by theirs.
            let span = self.plotted.period;
            let dates = span.and_then(|span| if is_previous { span.previous } else { Some(span.drawn) });
            let label = dates.zip(span).map(|((from, to), span)| scale::span(from, to, span.grain));
            return Place {
                in_previous: is_previous,
                label: label.unwrap_or(Label::Whole),
                ..whole(moments.len())
            };
        };
        match (moments.binary_search(&from), moments.binary_search(&to)) {
            (Ok(first), Ok(last)) => self.scale.places(first, last),
            _ => Place {
                in_previous: is_previous,
                label: scale::span(from, to, grain),
                ..whole(0)
            },
        }
    }

    fn finish(mut self, dataset: &Dataset) -> Facts {
        if self.items.is_empty() {
            self.push(None, None, Claim::Blank, 1000);
        }
        self.items.sort_by_key(|fact| std::cmp::Reverse(fact.materiality));
        let oversized = (self.oversized > 0).then(|| format!("{} of 10^{SAYABLE_POWER} or more: too large for words.", self.oversized));
        let notes = dataset
            .notes
            .iter()
            .chain(&self.plotted.notes)
            .chain(&oversized)
            .map(|note| tame(note, NOTE_GRAPHEMES_MAX))
            .filter(|note| !note.is_empty());
        let unit = self.unit(self.plotted.y.unit.as_ref());
        Facts {
            as_of: dataset.as_of,
            as_of_local: self.as_of_local,
            time_zone: self.time_zone,
            measure: self.measure,
            joined: self.joined,
            unit,
            is_additive: self.is_additive,
            axis: match self.plotted.x.domain {
                Domain::Time { grain, .. } => Axis::Time(grain),
                Domain::Categories { .. } => Axis::Categories,
                Domain::Bins { .. } => Axis::Bins,
                Domain::Points { .. } => Axis::Points,
                Domain::Whole => Axis::Whole,
            },
            series: self.plotted.series.iter().map(|series| tame_name(&series.name)).collect(),
            items: self.items,
            notes: notes.collect(),
        }
    }
}

/// What the numbers are called: the axis title where the spec gives one, else the column, with how its rows were joined.
fn measure(plotted: &Plotted, spec: &ChartSpec) -> (String, Option<Joined>) {
    let aggregate = plotted.y.aggregate;
    let titled = plotted
        .y
        .title
        .as_deref()
        .map(|title| tame(title, NAME_GRAPHEMES_MAX))
        .filter(|title| !title.is_empty());
    let column = plotted.y.field.as_deref().or(match plotted.series.as_slice() {
        [only] if plotted.y.field.is_none() && spec.fold().is_some() => Some(only.name.as_str()),
        _ => None,
    });
    let column = column
        .map(|name| disarmed(tame(name, NAME_GRAPHEMES_MAX)))
        .filter(|name| !name.is_empty());
    if let Some(title) = titled {
        return (title, None);
    }
    let joined = match (aggregate, &column) {
        (Some(Aggregate::Count), _) => Joined::Count,
        (_, None) => Joined::Several,
        (Some(Aggregate::Mean), _) => Joined::Mean,
        (Some(Aggregate::Median), _) => Joined::Median,
        (Some(Aggregate::Min), _) => Joined::Min,
        (Some(Aggregate::Max), _) => Joined::Max,
        (Some(Aggregate::Sum) | None, Some(column)) => return (column.clone(), None),
    };
    let column = column
        .filter(|_| !matches!(joined, Joined::Count | Joined::Several))
        .unwrap_or_default();
    (format!("{}{column}", joined.prefix()), Some(joined))
}

/// Whether a difference is worth telling: at least a quarter of the usual move, or at least 0.5 % where there is no usual move to hold it against.
fn is_material(change: &Change) -> bool {
    if change.difference.is_zero() {
        return false;
    }
    match (change.usual, change.ratio) {
        (Some(usual), _) if !usual.is_zero() => change.difference.abs() >= usual / Decimal::from(4),
        (_, Some(ratio)) => ratio.abs() >= Decimal::new(5, 3),
        (_, None) => true,
    }
}

fn points(values: &[Option<Decimal>]) -> Points {
    values
        .iter()
        .enumerate()
        .filter_map(|(step, value)| Some((step, value.filter(is_sayable)?)))
        .collect()
}

/// Sums, differences and percentages of such values stay within the 28 digits of a decimal.
fn is_sayable(value: &Decimal) -> bool {
    value.mantissa().unsigned_abs() < SAYABLE_END || value.trunc().mantissa().unsigned_abs() < SAYABLE_END
}

/// The lines added up step by step. A series without a row at a step adds nothing there; `None` beyond 28 digits.
fn sum<'a, 'b: 'a>(lines: impl Iterator<Item = &'a Line<'b>>, steps: usize) -> Option<Points> {
    let mut sums: Vec<Option<Decimal>> = vec![None; steps];
    for line in lines {
        for (step, value) in line.points() {
            let sum = sums.get_mut(*step)?;
            *sum = Some(match *sum {
                Some(sum) => sum.checked_add(*value)?,
                None => *value,
            });
        }
    }
    Some(points(&sums))
}

fn total(values: impl IntoIterator<Item = Decimal>) -> Option<Decimal> {
    values.into_iter().try_fold(Decimal::ZERO, |sum, value| sum.checked_add(value))
}
