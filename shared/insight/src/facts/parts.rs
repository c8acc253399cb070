//! What is true of the parts of a whole: categories along x, and series that may be added.

use domain::series::Series;
use jiff::civil::DateTime;
use rust_decimal::Decimal;

use super::{Survey, points, total};
use crate::fact::{Basis, Change, Claim, Direction, Label, Place, Reading, direction};
use crate::line::{self, Line};
use crate::scale;

/// Most parts that are told of. More belong into the picture.
const PARTS_MAX: usize = 3;
/// Several parts are told of together where they make so much of the whole, in thirds ...
const TOP_THIRDS_MIN: u32 = 2;
/// ... and are at most one in so many of all parts.
const TOP_ONE_IN: usize = 3;

impl Survey<'_> {
    /// Shares of the newest full step, and who moved the sum, by series.
    pub(super) fn parts(&mut self, full: &Line) {
        if self.lines.len() < 2 {
            return;
        }
        if let Some(&(step, whole)) = full.shown().last() {
            let part = |line: &Line| Some((line.name.clone(), line.reading((step, line.value_at(step)?))));
            let parts = self.lines.iter().filter_map(part).collect();
            self.shares(full, parts, whole);
        }
        if let Some([from, to]) = full.newest_two()
            && let Some(whole) = to.1.checked_sub(from.1)
        {
            let moved = |line: &Line| {
                let at = |step| line.reading((step, line.value_at(step).unwrap_or_default()));
                let change = line::change(Basis::PreviousStep, at(from.0), at(to.0))?;
                Some((
                    line.name.clone(),
                    Change {
                        usual: line.usual_move(),
                        ..change
                    },
                ))
            };
            let moves = self.lines.iter().map(moved).collect();
            self.movers(moves, whole);
        }
    }

    /// The part that moved furthest the way the whole went, and the one that moved furthest against it, or least with it.
    fn movers(&mut self, moves: Option<Vec<(Option<String>, Change)>>, whole: Decimal) {
        let Some(mut moves) = moves.filter(|moves| moves.len() > 1) else {
            return;
        };
        let falls = direction(whole) == Some(Direction::Down);
        let with = |change: &Change| if falls { -change.difference } else { change.difference };
        let name = |(series, change): &(Option<String>, Change)| (series.clone(), change.to.at.label.name().map(str::to_owned));
        moves.sort_by_cached_key(|moved| (std::cmp::Reverse(with(&moved.1)), name(moved)));
        // Where some rose and some fell, parts of the whole's change add up to more than all of it.
        let is_one_way = !whole.is_zero() && moves.iter().all(|(_, change)| with(change) >= Decimal::ZERO);
        let (unit, of) = (self.plotted.y.unit.as_ref(), moves.len());
        for (rank, (series, change)) in (1..).zip(moves).filter(|(rank, _)| *rank == 1 || *rank == of) {
            if change.difference.is_zero() {
                continue;
            }
            let materiality = match (rank, with(&change) > Decimal::ZERO) {
                (1, _) => 700,
                (_, true) => 330,
                (_, false) => 640,
            };
            let share = change.difference.checked_div(whole).filter(|_| is_one_way);
            let mover = Claim::Mover {
                share: share.map(|share| share.normalize()),
                change,
                whole,
                rank,
                of,
            };
            self.push(series, unit, mover, materiality);
        }
    }

    /// Names along x whose rows were chosen by their dates: the sum and when it is; against themselves in the period before, which of them moved it.
    /// Sums that still grow are compared with none.
    fn names_before(&mut self, lead: &Line) {
        let Some(span) = self.plotted.period.filter(|_| self.is_additive) else {
            return;
        };
        let end = lead.scale.domain.len().saturating_sub(1);
        let whole = |line: &Line, dates: Option<(DateTime, DateTime)>, in_previous| {
            let label = dates.map(|(from, to)| scale::span(from, to, span.grain));
            let at = Place {
                in_previous,
                label: label.unwrap_or(Label::Whole),
                ..lead.scale.places(0, end)
            };
            let value = total(line.points().iter().map(|(_, value)| *value)).filter(|_| !line.points().is_empty())?;
            Some(Reading { value, at })
        };
        let Some(to) = whole(lead, Some(span.drawn), false) else { return };
        let is_running = self.is_period_running();
        let latest = Claim::Latest {
            reading: to.clone(),
            is_running,
        };
        self.push(None, lead.unit, latest, 1000);
        if self.plotted.x.previous.is_none() || is_running {
            return;
        }
        let old = |series: &Series| series.previous.as_deref().map(points).unwrap_or_default();
        let olds = self
            .plotted
            .series
            .iter()
            .map(|series| Line::new(None, lead.unit, lead.scale, old(series)));
        let Some(old) = super::sum(olds.collect::<Vec<_>>().iter(), lead.scale.domain.len()) else {
            return;
        };
        let old = Line::new(None, lead.unit, lead.scale, old);
        let change = whole(&old, span.previous, true).and_then(|from| line::change(Basis::PreviousPeriod, from, to));
        let Some(change) = change else {
            return;
        };
        let moved = |step: usize| {
            let to = lead.reading((step, lead.value_at(step).unwrap_or_default()));
            let at = Place {
                in_previous: true,
                ..to.at.clone()
            };
            let value = old.value_at(step).unwrap_or_default();
            Some((None, line::change(Basis::PreviousPeriod, Reading { value, at }, to)?))
        };
        let difference = change.difference;
        self.push_change(None, lead.unit, change, 960);
        self.movers((0..=end).map(moved).collect(), difference);
    }

    /// The largest parts. Where a part is negative, shares of the whole would mislead.
    pub(super) fn shares(&mut self, lead: &Line, mut parts: Vec<(Option<String>, Reading)>, whole: Decimal) {
        if parts.len() < 2 || whole <= Decimal::ZERO || parts.iter().any(|(_, part)| part.value.is_sign_negative() && !part.value.is_zero())
        {
            return;
        }
        let names = |series: &Option<String>, part: &Reading| (series.clone(), part.at.label.name().map(str::to_owned));
        parts.sort_by_cached_key(|(series, part)| (std::cmp::Reverse(part.value), names(series, part)));
        self.top_share(lead, &parts, whole);
        let is_whole_at_one_step = lead.shown().len() == 1;
        let values: Vec<Decimal> = parts.iter().map(|(_, part)| part.value).collect();
        // Of equal ones none is first or second.
        let is_tied = |value: Decimal| values.iter().filter(|other| **other == value).count() > 1;
        let ranked = parts.into_iter().take(PARTS_MAX).zip(1_u32..);
        for ((series, reading), rank) in ranked.filter(|((_, part), _)| !is_tied(part.value)) {
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

    /// The few that make most of the whole, where there are such. `parts` are sorted.
    fn top_share(&mut self, lead: &Line, parts: &[(Option<String>, Reading)], whole: Decimal) {
        let mut sum = Decimal::ZERO;
        for (top, (_, part)) in (1..=parts.len() / TOP_ONE_IN).zip(parts) {
            let (Some(larger), Some(whole_thirds)) = (sum.checked_add(part.value), whole.checked_mul(TOP_THIRDS_MIN.into())) else {
                return;
            };
            sum = larger;
            let is_most = sum.checked_mul(Decimal::from(3)).is_some_and(|thirds| thirds >= whole_thirds);
            if is_most && top == 1 {
                return;
            }
            if let Some(ratio) = sum.checked_div(whole).filter(|_| is_most) {
                let (first, last) = (lead.shown().first(), lead.shown().last());
                let (first, last) = (first.map_or(0, |point| point.0), last.map_or(0, |point| point.0));
                let claim = Claim::TopShare {
                    top,
                    of: parts.len(),
                    reading: Reading {
                        value: sum,
                        at: lead.scale.places(first, last),
                    },
                    whole,
                    ratio: ratio.normalize(),
                };
                return self.push(None, lead.unit, claim, 480);
            }
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
        let points = lead.points();
        let (Some(first), Some(last)) = (points.first(), points.last()) else {
            return;
        };
        let Some(value) = total(points.iter().map(|(_, value)| *value)).filter(|_| self.is_additive && points.len() > 1) else {
            return;
        };
        let at = lead.scale.places(first.0, last.0);
        self.push(
            None,
            lead.unit,
            Claim::Total {
                reading: Reading { value, at },
                steps: points.len(),
            },
            1000,
        );
        self.names_before(&lead);
        let by_name = points.iter().map(|&point| (None, lead.reading(point))).collect();
        self.shares(&lead, by_name, value);
        let summed = |line: &Line| {
            let value = total(line.points().iter().map(|(_, value)| *value))?;
            Some((
                line.name.clone(),
                Reading {
                    value,
                    at: lead.scale.places(first.0, last.0),
                },
            ))
        };
        if self.lines.len() > 1 {
            let by_series = self.lines.iter().filter_map(summed).collect();
            self.shares(&lead, by_series, value);
        }
    }

    /// Whether no other is as large: "the largest is North" is not so where South is. Where they may not be added, there is nothing else to tell.
    pub(super) fn is_alone(&self, line: &Line, value: Decimal) -> bool {
        let as_large = line.points().iter().filter(|point| point.1 == value).count();
        as_large == 1 || !self.is_additive || self.lead.is_none()
    }

    fn extremes(&mut self, line: &Line, materiality: u32) {
        let of = line.points().len();
        let Some([high, low]) = line.extremes() else { return };
        if self.is_alone(line, high.1) {
            self.push(
                line.name.clone(),
                line.unit,
                Claim::High {
                    reading: line.reading(high),
                    of,
                },
                materiality,
            );
        }
        if high.1 != low.1 && self.is_alone(line, low.1) {
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
