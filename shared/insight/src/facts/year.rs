//! The same time last year, where the rows reach back that far, even though less is drawn.

use domain::chart_spec::Mark;
use domain::series::Grain;
use jiff::ToSpan;
use jiff::civil::DateTime;

use super::Survey;
use super::time::sum_of;
use crate::fact::{Basis, Change, Claim};
use crate::line::{self, Line};
use crate::scale::Scale;

/// Weeks back to the same weekday of about the same date.
const WEEKS: i64 = 52;

impl Survey<'_> {
    /// The newest full step against its counterpart a year before; of a `kpi` over several steps, all of them. `line` has no running step.
    pub(super) fn last_year(&mut self, line: &Line, running: Option<usize>) {
        let change = if self.plotted.mark == Mark::Kpi && self.spec.last.is_some_and(|last| last > 1) {
            self.whole_last_year(line, running)
        } else {
            newest_last_year(line)
        };
        let Some(change) = change.filter(|change| !self.is_told(line, change)) else {
            return;
        };
        // Of single days and hours, a year between them tells little.
        let materiality = match line.scale.grain() {
            Some(Grain::Minute | Grain::Hour) => 300,
            Some(Grain::Day) => 480,
            Some(Grain::Week) => 620,
            _ => 720,
        };
        self.push_change(line.name.clone(), line.unit, change, materiality);
    }

    /// All drawn steps against theirs a year before, where numbers may be added and no step is running.
    fn whole_last_year(&self, line: &Line, running: Option<usize>) -> Option<Change> {
        let scale = line.scale;
        let (first, last) = (scale.drawn_from, scale.domain.len().checked_sub(1)?);
        let is_summed = self.is_additive && running.is_none();
        let [from, to] = [year_before(&scale, first)?, year_before(&scale, last)?].map(|moment| scale.moments().binary_search(&moment));
        let (from, to) = from.ok().zip(to.ok()).filter(|_| is_summed)?;
        line::change(Basis::SamePeriodLastYear, sum_of(line, from, to)?, sum_of(line, first, last)?)
    }

    /// Whether the same two readings have been compared already: years are told as steps, and a chart may begin a year ago.
    pub(super) fn is_told(&self, line: &Line, change: &Change) -> bool {
        self.items.iter().any(|fact| match &fact.claim {
            Claim::Change(told) | Claim::NoMaterialChange(told) => {
                fact.series == line.name && told.from.at == change.from.at && told.to.at == change.to.at
            }
            _ => false,
        })
    }
}

fn newest_last_year(line: &Line) -> Option<Change> {
    let &(step, value) = line.shown().last()?;
    let before = line.scale.moments().binary_search(&year_before(&line.scale, step)?).ok()?;
    let from = (before, line.value_at(before)?);
    line::change(Basis::SamePeriodLastYear, line.reading(from), line.reading((step, value)))
}

/// The start of the step's counterpart: the same month or quarter; else the same weekday 52 weeks before, since most things that are counted
/// by the day have a weekly rhythm. Rows that are dated by the day but come more seldom than weekly have none: theirs is the same date, the
/// last day of a month being that.
fn year_before(scale: &Scale, step: usize) -> Option<DateTime> {
    let moment = *scale.moments().get(step)?;
    let date = moment.date();
    let back = match scale.grain()? {
        Grain::Month | Grain::Quarter | Grain::Year => 1.year(),
        Grain::Day if scale.cadence() > 7 => {
            let before = date.checked_sub(1.year()).ok()?;
            let is_last = date == date.last_of_month();
            return Some(if is_last { before.last_of_month() } else { before }.to_datetime(moment.time()));
        }
        Grain::Week | Grain::Day | Grain::Hour | Grain::Minute => WEEKS.weeks(),
    };
    moment.checked_sub(back).ok()
}
