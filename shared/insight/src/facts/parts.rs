//! What is true of the parts of a whole: categories along x, and series that may be added.

use rust_decimal::Decimal;

use super::{Survey, total};
use crate::fact::{Basis, Change, Claim, Reading};
use crate::line::{self, Line, place, places};

/// Most parts that are told of. More belong into the picture.
const PARTS_MAX: usize = 3;

impl Survey<'_> {
    /// Shares of the newest full step, and who moved the sum, by series.
    pub(super) fn parts(&mut self, running: Option<usize>) {
        let Some(lead) = self.lead.clone().filter(|_| self.lines.len() > 1) else {
            return;
        };
        let settled = running.map_or_else(|| lead.clone(), |step| lead.until(step));
        let Some(&(step, whole)) = settled.points.last() else { return };
        let parts = self
            .lines
            .iter()
            .filter_map(|line| Some((line.name.clone(), line.reading((step, line.value_at(step)?)))))
            .collect();
        self.shares(&lead, parts, whole);
        let [.., from, to] = settled.points.as_slice() else { return };
        let Some(whole) = to.1.checked_sub(from.1) else { return };
        self.movers(from.0, to.0, whole);
    }

    /// The series that moved furthest the way the sum went, and the one that moved furthest against it.
    fn movers(&mut self, from: usize, to: usize, whole: Decimal) {
        let moved = |line: &Line| {
            let at = |step| Reading {
                value: line.value_at(step).unwrap_or_default(),
                at: place(line.domain, step),
            };
            let change = line::change(Basis::PreviousStep, at(from), at(to))?;
            Some((
                line.name.clone(),
                Change {
                    usual: line.usual_move,
                    ..change
                },
            ))
        };
        let mut moves: Vec<_> = self
            .lines
            .iter()
            .filter_map(moved)
            .filter(|(_, change)| !change.difference.is_zero())
            .collect();
        moves.sort_by_key(|(_, change)| std::cmp::Reverse(change.difference.abs()));
        let is_with = |change: &Change| change.direction() == crate::fact::direction(whole);
        let with = moves.iter().find(|(_, change)| is_with(change)).cloned();
        let against = moves.iter().find(|(_, change)| !is_with(change)).cloned();
        let unit = self.plotted.y.unit.as_ref();
        for ((series, change), materiality) in with
            .into_iter()
            .map(|with| (with, 700))
            .chain(against.into_iter().map(|against| (against, 640)))
        {
            self.push(
                series,
                unit,
                Claim::Mover {
                    change,
                    whole,
                    share: None,
                    rank: 1,
                    of: self.lines.len(),
                },
                materiality,
            );
        }
    }

    /// The largest parts. Where a part is negative, shares of the whole would mislead.
    fn shares(&mut self, lead: &Line, mut parts: Vec<(Option<String>, Reading)>, whole: Decimal) {
        if parts.len() < 2 || whole <= Decimal::ZERO || parts.iter().any(|(_, part)| part.value.is_sign_negative() && !part.value.is_zero())
        {
            return;
        }
        parts.sort_by_key(|(_, part)| std::cmp::Reverse(part.value));
        let is_whole_at_one_step = lead.points.len() == 1;
        for ((series, reading), rank) in parts.into_iter().take(PARTS_MAX).zip(1_u32..) {
            let Some(ratio) = reading.value.checked_div(whole) else { continue };
            let materiality = if is_whole_at_one_step { 780 } else { 580 } - 30 * rank;
            self.push(
                series,
                lead.unit,
                Claim::Share {
                    reading,
                    whole,
                    ratio: ratio.normalize(),
                    rank: rank as usize,
                },
                materiality,
            );
        }
    }

    /// Names along x: the largest, the smallest, the sum and its largest parts.
    pub(super) fn categories(&mut self) {
        let Some(lead) = self.lead.clone() else {
            for line in self.lines.clone() {
                self.extremes(&line, 900);
            }
            return;
        };
        self.extremes(&lead, 900);
        let (Some(first), Some(last)) = (lead.points.first(), lead.points.last()) else {
            return;
        };
        let Some(value) = total(lead.points.iter().map(|(_, value)| *value)).filter(|_| self.is_additive && lead.points.len() > 1) else {
            return;
        };
        let at = places(lead.domain, first.0, last.0);
        self.push(
            None,
            lead.unit,
            Claim::Total {
                reading: Reading { value, at },
                steps: lead.points.len(),
            },
            1000,
        );
        let by_name = lead.points.iter().map(|&point| (None, lead.reading(point))).collect();
        self.shares(&lead, by_name, value);
        let summed = |line: &Line| {
            let value = total(line.points.iter().map(|(_, value)| *value))?;
            Some((
                line.name.clone(),
                Reading {
                    value,
                    at: places(lead.domain, first.0, last.0),
                },
            ))
        };
        if self.lines.len() > 1 {
            let by_series = self.lines.iter().filter_map(summed).collect();
            self.shares(&lead, by_series, value);
        }
    }

    fn extremes(&mut self, line: &Line, materiality: u32) {
        let of = line.points.len();
        let Some([high, low]) = line.extremes() else { return };
        self.push(
            line.name.clone(),
            line.unit,
            Claim::High {
                reading: line.reading(high),
                of,
            },
            materiality,
        );
        if high.1 != low.1 {
            self.push(
                line.name.clone(),
                line.unit,
                Claim::Low {
                    reading: line.reading(low),
                    of,
                },
                materiality - 300,
            );
        }
    }
}
