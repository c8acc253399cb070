//! How far from a target line.

use domain::chart_spec::{Mark, Stack};
use domain::dataset::Unit;
use domain::series::Domain;
use rust_decimal::Decimal;

use super::Survey;
use super::time::settled;
use crate::cell_text::tame_name;
use crate::fact::{Claim, Reading};
use crate::line::Line;

/// A reading that a target is held against, of which series, and in what it is counted.
type Subject<'a> = (Option<String>, Option<&'a Unit>, Reading);

impl<'a> Survey<'a> {
    /// Each target against what stands beside its line: the newest value, or the one number; of names, the highest and the lowest. A running
    /// period is told of only where it has reached its target already.
    pub(super) fn targets(&mut self, running: Option<usize>) {
        for target in &self.plotted.targets {
            let name = target.name.as_deref().map(tame_name).filter(|name| !name.is_empty());
            for (series, unit, reading) in self.subjects(running, target.value) {
                let Some(difference) = reading.value.checked_sub(target.value) else {
                    continue;
                };
                let is_share = target.value > Decimal::ZERO && reading.value >= Decimal::ZERO;
                let claim = Claim::Target {
                    name: name.clone(),
                    ratio: reading
                        .value
                        .checked_div(target.value)
                        .filter(|_| is_share)
                        .map(|ratio| ratio.normalize()),
                    reading,
                    target: target.value,
                    difference,
                    is_met: difference >= Decimal::ZERO,
                };
                let materiality = if series.is_none() { 850 } else { 660 };
                self.push(series, unit, claim, materiality);
            }
        }
    }

    fn subjects(&self, running: Option<usize>, target: Decimal) -> Vec<Subject<'a>> {
        let of_line = |line: &Line<'a>| -> Vec<Subject<'a>> {
            let point = |point| (line.name.clone(), line.unit, line.reading(point));
            let points = match self.plotted.x.domain {
                Domain::Time { .. } => {
                    let newest = line.shown().last().copied();
                    let has_reached = newest.is_some_and(|(step, value)| running != Some(step) || value >= target);
                    let full = settled(line, running).shown().last().copied();
                    (if has_reached { newest } else { full }).into_iter().collect()
                }
                Domain::Categories { .. } => {
                    let ends = line.extremes().map(Vec::from).unwrap_or_default();
                    let is_final = |(_, value): &(usize, Decimal)| running.is_none() || *value >= target;
                    ends.into_iter().filter(is_final).collect()
                }
                Domain::Whole => line.points().last().copied().into_iter().collect(),
                Domain::Bins { .. } | Domain::Points { .. } => Vec::new(),
            };
            points.into_iter().map(point).collect()
        };
        match (self.plotted.mark, self.plotted.stack, &self.lead) {
            (Mark::Kpi, ..) => {
                let latest = self.items.iter().find_map(|fact| match &fact.claim {
                    Claim::Latest { reading, .. } => Some(reading.clone()),
                    _ => None,
                });
                let reached = latest.filter(|reading| running.is_none() || reading.value >= target);
                reached
                    .map(|reading| (None, self.plotted.y.unit.as_ref(), reading))
                    .into_iter()
                    .collect()
            }
            // Shares are drawn, not the numbers.
            (_, Stack::Normalize, _) => Vec::new(),
            (_, Stack::Zero, Some(lead)) => of_line(lead),
            _ => self.lines.iter().flat_map(of_line).collect(),
        }
    }
}
