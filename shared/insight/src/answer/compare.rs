//! The numbers against those of an earlier period, on the same rows.

use domain::chart_spec::{ChartSpec, Compare, Mark, Period};
use domain::dataset::{Column, Dataset, Values};
use domain::series::Grain;
use jiff::ToSpan;
use jiff::civil::DateTime;

use super::cue::Cue;
use super::desk::{Desk, Reply, named_steps, some_of};
use super::shape::{Shape, grain, time_unit};
use super::words::Remark;
use crate::fact::{Basis, Claim, Fact, Facts};
use crate::narrative::story::Story;
use crate::scale::ordinal;

/// The period that a question names.
pub(super) fn asked_grain(desk: &Desk) -> Option<Grain> {
    let periods = [
        (Cue::Yesterday, Grain::Day),
        (Cue::Day, Grain::Day),
        (Cue::Week, Grain::Week),
        (Cue::Month, Grain::Month),
        (Cue::Quarter, Grain::Quarter),
        (Cue::Year, Grain::Year),
    ];
    periods.into_iter().find(|(cue, _)| desk.heard.has(*cue)).map(|(_, grain)| grain)
}

pub(super) fn compare(desk: &Desk) -> Reply {
    let Some(dates) = desk.dates() else {
        return Reply::of(&desk.facts)
            .remark(desk.say(&Remark::NoDates))
            .told([desk.summary(&desk.facts)]);
    };
    let held = grain(dates).unwrap_or(Grain::Day);
    let asked = asked_grain(desk);
    if asked.is_some_and(|asked| asked < held) {
        return Reply::of(&desk.facts)
            .remark(desk.say(&Remark::TooFine))
            .told([desk.summary(&desk.facts)]);
    }
    let told = if desk.shape.is_dated() {
        along_time(desk, asked)
    } else {
        among_names(desk, &dates.name, asked.unwrap_or(held))
    };
    told.unwrap_or_else(|| {
        Reply::of(&desk.facts)
            .remark(desk.say(&Remark::NotBack))
            .told([desk.summary(&desk.facts)])
    })
}

fn is_mover(fact: &Fact) -> bool {
    matches!(fact.claim, Claim::Mover { .. })
}

fn is_against(fact: &Fact, basis: Basis) -> bool {
    matches!(&fact.claim, Claim::Change(change) | Claim::NoMaterialChange(change) if change.basis == basis)
}

/// The newest period of that length against the one before; a year ago where that is asked.
fn along_time(desk: &Desk, asked: Option<Grain>) -> Option<Reply> {
    let Some(asked) = asked else {
        return before(desk);
    };
    if asked == Grain::Year {
        let last_year = desk.sentences(&desk.facts, |fact| is_against(fact, Basis::SamePeriodLastYear));
        if !last_year.is_empty() {
            return Some(Reply::of(&desk.facts).told([desk.summary(&desk.facts)]).told(last_year));
        }
    }
    let (spec, facts) = by_time(desk, asked)?;
    has_change(&facts, desk).then(|| {
        let chart = desk.chart(spec);
        Reply::of(&facts)
            .told([desk.summary(&facts)])
            .told(desk.sentences(&facts, is_mover))
            .drawn_as(chart)
    })
}

/// The period that is drawn against the one before; without one, the newest value against the one before.
fn before(desk: &Desk) -> Option<Reply> {
    if desk.shape.rest.last.is_some() || desk.shape.rest.compare.is_some() {
        let mut shape = desk.shape.clone();
        shape.rest.compare = Some(Compare::PreviousPeriod);
        let mark = if desk.spec.mark == Mark::Kpi { Mark::Kpi } else { Mark::Line };
        let spec = shape.spec(mark);
        let told = desk.read(&spec).and_then(|(_, facts)| {
            let told = desk.sentences(&facts, |fact| is_against(fact, Basis::PreviousPeriod));
            let chart = desk.chart(spec);
            (!told.is_empty()).then(|| Reply::of(&facts).told(told).drawn_as(chart))
        });
        if told.is_some() {
            return told;
        }
    }
    has_change(&desk.facts, desk).then(|| {
        Reply::of(&desk.facts)
            .told([desk.summary(&desk.facts)])
            .told(desk.sentences(&desk.facts, |fact| is_mover(fact) || is_against(fact, Basis::PreviousPeriod)))
    })
}

fn has_change(facts: &Facts, desk: &Desk) -> bool {
    let story = Story::of(facts, desk.scribe(facts));
    let is_change = |fact: &Fact| is_against(fact, Basis::PreviousStep) || is_against(fact, Basis::PreviousPeriod);
    story.change().is_some() || facts.items.iter().any(is_change)
}

/// The chart's numbers over all its rows, by periods of that length.
pub(super) fn by_time(desk: &Desk, asked: Grain) -> Option<(ChartSpec, Facts)> {
    let mut shape: Shape = desk.shape.clone();
    let is_same = drawn_grain(desk) == Some(asked);
    if let Some(steps) = shape.steps.as_mut().filter(|_| !is_same) {
        steps.time_unit = Some(time_unit(asked));
        steps.axis = None;
    }
    (shape.rest.last, shape.rest.compare) = (None, None);
    if !is_same {
        shape.rest.targets.clear();
    }
    let mark = if matches!(desk.spec.mark, Mark::Line | Mark::Area | Mark::Bar) {
        desk.spec.mark
    } else {
        Mark::Line
    };
    let whole = desk.dates().and_then(|dates| whole_periods(desk, dates, asked, false));
    let dataset = whole.as_ref().unwrap_or(&desk.dataset);
    let (mut spec, plotted) = shape.drawn(mark, dataset)?;
    let facts = crate::facts(&plotted, &spec, dataset);
    if whole.is_some() {
        spec.last = u32::try_from(plotted.x.domain.len()).ok();
    }
    Some((spec, facts))
}

/// The rows without those of the oldest period, where they begin in its middle, and of the newest, where it is not over and must be; `None` where
/// these are all.
fn whole_periods(desk: &Desk, dates: &Column, grain: Grain, must_be_over: bool) -> Option<Dataset> {
    let days: Vec<Option<DateTime>> = match &dates.values {
        Values::Date(cells) => cells.iter().map(|day| day.map(|day| day.at(0, 0, 0, 0))).collect(),
        Values::DateTime(cells) => cells.clone(),
        _ => return None,
    };
    let first = days.iter().flatten().min()?;
    let of = |at: DateTime| ordinal(at, grain);
    let is_broken = first.checked_sub(1.day()).is_ok_and(|before| of(before) == of(*first));
    let from = of(*first) + i64::from(is_broken);
    let now = of(desk.facts.as_of_local);
    let keep: Vec<bool> = days
        .iter()
        .map(|day| day.is_none_or(|day| of(day) >= from && !(must_be_over && of(day) == now)))
        .collect();
    keep.contains(&false).then(|| some_of(&desk.dataset, &keep))
}

fn drawn_grain(desk: &Desk) -> Option<Grain> {
    match desk.facts.axis {
        crate::fact::Axis::Time(grain) => Some(grain),
        _ => None,
    }
}

/// Names against themselves in the period before: their sum, and which of them moved it.
fn among_names(desk: &Desk, dates: &str, asked: Grain) -> Option<Reply> {
    let mut shape = desk.shape.clone();
    let parts = shape.color.take().map(|color| color.field);
    if shape.steps.is_none() {
        shape.steps = parts.as_deref().map(named_steps);
    }
    shape.is_side_by_side = false;
    shape.rest.targets.clear();
    shape.rest.last = shape.rest.last.filter(|_| shape.rest.period.is_some());
    shape.rest.period = Some(Period {
        field: dates.to_owned(),
        time_unit: Some(time_unit(asked)),
    });
    shape.rest.compare = Some(Compare::PreviousPeriod);
    let mark = if shape.steps.is_none() { Mark::Kpi } else { Mark::Bar };
    let whole = whole_periods(desk, desk.dataset.column(dates)?, asked, true);
    let dataset = whole.as_ref().unwrap_or(&desk.dataset);
    let (spec, plotted) = shape.drawn(mark, dataset)?;
    let facts = crate::facts(&plotted, &spec, dataset);
    let told = desk.sentences(&facts, |fact| {
        is_against(fact, Basis::PreviousPeriod) || is_against(fact, Basis::PreviousStep) || is_mover(fact)
    });
    let chart = desk.chart(spec).filter(|_| whole.is_none());
    (!told.is_empty()).then(|| Reply::of(&facts).told(told).drawn_as(chart))
}
