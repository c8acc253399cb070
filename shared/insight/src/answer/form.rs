//! The same numbers in another form.

use domain::chart_spec::{Mark, Stack};
use domain::series::Plotted;
use rust_decimal::Decimal;

use super::cue::Cue;
use super::desk::{Desk, Reply, named_steps};
use super::shape::Shape;
use super::words::{Remark, Unfit};

/// Draws the chart in the form that is asked for, or says why not.
pub(super) fn form(desk: &Desk) -> Reply {
    let mark = asked(desk);
    let scribe = desk.scribe(&desk.facts);
    let name = scribe.form(mark);
    match drawn_as(desk, mark) {
        Ok((spec, facts)) => {
            let heading = format!("{name}: {}", desk.measure(&facts));
            let chart = desk.picture(spec);
            Reply::of(&facts).remark(heading).told([desk.summary(&facts)]).drawn_as(chart)
        }
        Err(reason) => Reply::of(&desk.facts)
            .remark(desk.say(&Remark::Unfit { form: name, reason }))
            .told([desk.summary(&desk.facts)]),
    }
}

fn asked(desk: &Desk) -> Mark {
    let has = |cue| desk.heard.has(cue);
    match () {
        () if has(Cue::Pie) => Mark::Arc,
        () if has(Cue::Area) => Mark::Area,
        () if has(Cue::Bar) || has(Cue::Lying) => Mark::Bar,
        () if has(Cue::Line) => Mark::Line,
        () if has(Cue::Stacked) && desk.spec.mark == Mark::Area => Mark::Area,
        () if has(Cue::Stacked) => Mark::Bar,
        () => desk.spec.mark,
    }
}

fn drawn_as(desk: &Desk, mark: Mark) -> Result<(domain::chart_spec::ChartSpec, crate::Facts), Unfit> {
    let mut shape: Shape = desk.shape.clone();
    if mark == desk.spec.mark && !desk.heard.has(Cue::Lying) && !desk.heard.has(Cue::Stacked) {
        return Ok((desk.spec.clone(), desk.facts.clone()));
    }
    if shape.steps.is_none() && mark != Mark::Arc {
        let parts = shape.color.take().map(|color| color.field);
        let dates = desk.dates().map(|column| column.name.clone());
        let steps = parts.or(dates).or_else(|| desk.dimensions().first().map(|name| (*name).to_owned()));
        shape.steps = Some(named_steps(&steps.ok_or(Unfit::NoSteps)?));
        shape = shape.dated(&desk.dataset);
    }
    let has_series = shape.color.is_some() || shape.rest.fold().is_some();
    if desk.heard.has(Cue::Stacked) {
        if !has_series {
            return Err(Unfit::OneSeries);
        }
        shape = shape.stacked();
    } else if shape.measure.stack == Some(Stack::Normalize) && !matches!(mark, Mark::Bar | Mark::Area) {
        shape.measure.stack = None;
    }
    if desk.heard.has(Cue::Lying) {
        shape.is_lying = true;
    }
    if mark == Mark::Arc && !has_series && (shape.is_dated() || shape.steps.is_none()) {
        return Err(Unfit::NoParts);
    }
    let (spec, plotted) = shape.drawn(mark, &desk.dataset).ok_or(Unfit::Rows)?;
    if mark == Mark::Arc && is_negative(&plotted) {
        return Err(Unfit::Negative);
    }
    let facts = crate::facts(&plotted, &spec, &desk.dataset);
    Ok((spec, facts))
}

fn is_negative(plotted: &Plotted) -> bool {
    let mut values = plotted.series.iter().flat_map(|series| series.values.iter().flatten());
    values.any(|value| *value < Decimal::ZERO)
}
