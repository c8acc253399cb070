//! Which of all steps are drawn, and which are compared with them.

use crate::chart_spec::{ChartSpec, Mark};
use std::ops::Range;

/// Ranges of steps, counted before anything is cut off.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Period {
    /// The steps on the picture.
    pub drawn: Range<usize>,
    /// The steps laid under them; empty without comparison or where no row is that old.
    pub previous: Range<usize>,
    /// The steps that a `kpi`'s number is made of.
    pub headline: Range<usize>,
    /// The same before it.
    pub headline_previous: Range<usize>,
}

impl Period {
    pub fn of(spec: &ChartSpec, steps: usize) -> Self {
        let last = spec
            .last
            .map(|last| usize::try_from(last).unwrap_or(usize::MAX).clamp(1, steps.max(1)));
        // Where other dates choose the rows, all steps of x are drawn.
        if spec.period.is_some() {
            return Self {
                drawn: 0..steps,
                previous: 0..0,
                headline: 0..steps,
                headline_previous: 0..0,
            };
        }
        let is_compared = spec.compare.is_some();
        let drawn = match last {
            Some(last) => last,
            None if is_compared && spec.mark != Mark::Kpi => (steps / 2).max(1),
            None => steps,
        };
        let headline = last.unwrap_or(if spec.roles().steps.is_some() { 1 } else { steps });
        let newest = |length: usize| steps.saturating_sub(length)..steps;
        let before = |range: &Range<usize>| range.start.saturating_sub(if is_compared { range.len() } else { 0 })..range.start;
        let drawn = newest(drawn);
        let headline = newest(headline);
        let previous = if spec.mark == Mark::Kpi {
            drawn.start..drawn.start
        } else {
            before(&drawn)
        };
        Self {
            previous,
            headline_previous: before(&headline),
            drawn,
            headline,
        }
    }
}
