//! What is true along time: the newest value, its change, and how it stands among those before it.

use domain::chart_spec::Mark;
use domain::series::{Grain, change_ratio};
use jiff::ToSpan;
use jiff::civil::DateTime;
use rust_decimal::Decimal;

use super::{Survey, total};
use crate::fact::{Basis, Claim, Reading};
use crate::line::{self, Line};
use crate::scale::{days, ordinal};

/// Fewer values than this have no high, low or record worth telling.
const VALUES_MIN: usize = 3;
/// Fewer values beaten than this are no record worth telling.
const BEATEN_MIN: usize = 4;
/// Fewer moves in a row than this are no streak.
const STREAK_MIN: usize = 3;

impl Survey<'_> {
    pub(super) fn time(&mut self) {
        let newest = self.newest_step();
        let running = newest.filter(|step| self.is_running(*step));
        if self.plotted.mark == Mark::Kpi {
            self.headline(running);
        }
        match self.lead.clone() {
            Some(lead) => {
                let full = settled(&lead, running);
                match self.plotted.mark {
                    Mark::Kpi if running.is_none() => {}
                    Mark::Kpi => self.last_change(&full, 0),
                    _ => self.newest(&lead, running, 0),
                }
                self.previous_period(&full, running);
                self.last_year(&full, running);
                self.context(&full);
                self.unusual(&full, 0);
                self.parts(&full);
            }
            None => self.side_by_side(running),
        }
        self.targets(running);
        self.gaps();
        self.freshness(newest);
    }

    /// The newest step that holds a value.
    fn newest_step(&self) -> Option<usize> {
        self.lines.iter().filter_map(|line| Some(line.shown().last()?.0)).max()
    }

    /// Whether a step's period was not over when the rows were read and its number is a sum that will still grow.
    fn is_running(&self, step: usize) -> bool {
        let is_now = |start: DateTime, grain| start <= self.as_of_local && end(start, grain).is_some_and(|end| self.as_of_local < end);
        match (self.scale.moments().get(step), self.scale.grain()) {
            (Some(start), Some(grain)) => self.is_additive && is_now(*start, grain),
            _ => false,
        }
    }

    /// The newest value of a line, and its change against the step before; of a running period, that of the two full ones before it.
    fn newest(&mut self, line: &Line, running: Option<usize>, below: u32) {
        let Some(&latest) = line.shown().last() else { return };
        let is_running = running == Some(latest.0);
        self.push(
            line.name.clone(),
            line.unit,
            Claim::Latest {
                reading: line.reading(latest),
                is_running,
            },
            1000 - below,
        );
        self.last_change(&settled(line, running), below);
    }

    fn last_change(&mut self, line: &Line, below: u32) {
        let change = line.newest_two().and_then(|[from, to]| line.change(Basis::PreviousStep, from, to));
        if let Some(change) = change {
            self.push_change(line.name.clone(), line.unit, change, 900 - below);
        }
    }

    /// Series that must not be added: each by itself, the one that changed most first.
    fn side_by_side(&mut self, running: Option<usize>) {
        let mut lines = self.lines.clone();
        let moved = |line: &Line| {
            let Some([from, to]) = line.newest_two() else {
                return Decimal::NEGATIVE_ONE;
            };
            change_ratio(to.1, from.1).unwrap_or_default().abs()
        };
        lines.sort_by_cached_key(|line| (std::cmp::Reverse(moved(line)), line.name.clone()));
        for (line, rank) in lines.iter().zip(0..) {
            let full = settled(line, running);
            self.newest(line, running, rank * 5);
            self.last_year(&full, running);
            self.context_of(&full, rank * 5);
            self.unusual(&full, rank * 5);
        }
    }

    /// How the newest value stands among all that are shown.
    fn context(&mut self, line: &Line) {
        self.context_of(line, 0);
        let (Some(first), Some(last)) = (line.shown().first(), line.shown().last()) else {
            return;
        };
        let steps = line.shown().len();
        let sum = total(line.shown().iter().map(|(_, value)| *value)).filter(|_| self.is_additive && steps >= 2);
        if let Some(value) = sum {
            let at = line.scale.places(first.0, last.0);
            self.push(
                None,
                line.unit,
                Claim::Total {
                    reading: Reading { value, at },
                    steps,
                },
                350,
            );
        }
    }

    fn context_of(&mut self, line: &Line, below: u32) {
        let of = line.shown().len();
        let (Some(&first), Some(&last)) = (line.shown().first(), line.shown().last()) else {
            return;
        };
        self.course(line, below);
        if of < VALUES_MIN {
            return;
        }
        let over = line.scale.places(first.0, last.0);
        let (name, unit) = (line.name.clone(), line.unit);
        let change = line.change(Basis::FirstShown, first, last);
        if let Some(change) = change.filter(|change| !self.is_told(line, change)) {
            // From one day or hour to another is chance; from one week, month or year to another is worth a highlight.
            let is_long = line.scale.grain() >= Some(Grain::Week);
            self.push_change(name.clone(), unit, change, if is_long { 450 } else { 300 } - below);
        }
        if let Some([high, low]) = line.extremes().filter(|[high, low]| high.1 != low.1) {
            self.push(
                name.clone(),
                unit,
                Claim::High {
                    reading: line.reading(high),
                    of,
                },
                400 - below,
            );
            self.push(
                name.clone(),
                unit,
                Claim::Low {
                    reading: line.reading(low),
                    of,
                },
                390 - below,
            );
        }
        if let Some((per_step, direction)) = line.trend() {
            let materiality = if direction.is_some() { 550 } else { 200 };
            let trend = Claim::Trend {
                direction,
                per_step,
                of,
                over,
            };
            self.push(name, unit, trend, materiality - below);
        }
    }

    /// Where the line came from, seen over all that the rows have: how far back its newest value is a record, and moves in a row.
    fn course(&mut self, line: &Line, below: u32) {
        let (name, unit, of) = (line.name.clone(), line.unit, line.points().len());
        let (Some(&first), Some(&last)) = (line.points().first(), line.points().last()) else {
            return;
        };
        if let Some((direction, since, _)) = line.record().filter(|(_, _, beaten)| *beaten >= BEATEN_MIN) {
            let materiality = if since.is_none() { 750 } else { 600 };
            let record = Claim::Record {
                direction,
                reading: line.reading(last),
                since: since.map(|step| line.scale.place(step)),
                of,
                over: line.scale.places(first.0, last.0),
            };
            self.push(name.clone(), unit, record, materiality - below);
        }
        if let Some((direction, moves, from)) = line.streak().filter(|(_, moves, _)| *moves >= STREAK_MIN) {
            let materiality = 500 + 40 * u32::try_from(moves.min(5)).unwrap_or(5);
            let streak = Claim::Streak {
                direction,
                moves,
                over: line.scale.places(from, last.0),
            };
            self.push(name, unit, streak, materiality - below);
        }
    }

    /// The drawn period against the one laid under it: the sums where numbers may be added, else the newest value and its counterpart. Steps
    /// without a counterpart, and a running one, are left out on both sides.
    fn previous_period(&mut self, line: &Line, running: Option<usize>) {
        let scale = line.scale;
        let back = scale.domain.len() - scale.drawn_from;
        let (older, end) = (scale.previous_from, running.unwrap_or(scale.domain.len()));
        // Steps older than what is drawn have no counterpart in what is drawn where the rows do not reach back that far.
        let first = older + back;
        let Some(last) = end.checked_sub(1).filter(|last| older < scale.drawn_from && *last >= first) else {
            return;
        };
        let over = |first, last| sum_of(line, first, last);
        let pair = if self.is_additive {
            over(first - back, last - back).zip(over(first, last))
        } else {
            let newest = line.within(first, last).last();
            newest.and_then(|&(step, value)| {
                Some((
                    line.reading((step - back, line.value_at(step - back)?)),
                    line.reading((step, value)),
                ))
            })
        };
        if let Some(change) = pair.and_then(|(from, to)| line::change(Basis::PreviousPeriod, from, to)) {
            self.push_change(line.name.clone(), line.unit, change, 880);
        }
    }

    fn gaps(&mut self) {
        let mut missing = 0;
        let mut of = 0;
        for line in &self.lines {
            let shown = line.shown();
            if let (Some(first), Some(last)) = (shown.first(), shown.last()) {
                let span = last.0 - first.0 + 1;
                missing += span - shown.len();
                of += span;
            }
        }
        // A sum without rows is nothing taken, not nothing known.
        if missing > 0 && !(self.is_additive && self.lines.len() > 1) {
            let share = u32::try_from(missing * 400 / of.max(1)).unwrap_or(400);
            self.push(None, None, Claim::Gaps { missing, of }, 250 + share);
        }
    }

    fn freshness(&mut self, newest: Option<usize>) {
        let Some((step, start)) = newest.and_then(|step| Some((step, *self.scale.moments().get(step)?))) else {
            return;
        };
        let Some(grain) = self.scale.grain() else { return };
        let Some(end) = end(start, grain) else { return };
        let age_days = (days(self.as_of_local) - days(end)).max(0);
        let behind = ordinal(self.as_of_local, grain) - ordinal(start, grain);
        // Weekends and a day's delay are no news; a night is none for hours.
        let patience = match grain {
            Grain::Day => 4,
            Grain::Hour => 14,
            Grain::Minute => 14 * 60,
            Grain::Week | Grain::Month | Grain::Quarter | Grain::Year => 2,
        };
        let is_stale = behind > patience.max(2 * self.scale.cadence());
        let newest = self.scale.place(step);
        self.push(
            None,
            None,
            Claim::Freshness {
                newest,
                age_days,
                is_stale,
                is_over: end <= self.as_of_local,
            },
            if is_stale { 960 } else { 50 },
        );
    }
}

/// The sum of a line's values from the one step to the other; `None` where it has none there, and beyond 28 digits.
pub(super) fn sum_of(line: &Line, first: usize, last: usize) -> Option<Reading> {
    let values = line.within(first, last);
    let value = total(values.iter().map(|(_, value)| *value)).filter(|_| !values.is_empty())?;
    Some(Reading {
        value,
        at: line.scale.places(first, last),
    })
}

/// A line without the step that is still running.
pub(super) fn settled<'a>(line: &Line<'a>, running: Option<usize>) -> Line<'a> {
    running.map_or_else(|| line.clone(), |step| line.until(step))
}

/// When a period that starts then is over.
pub(super) fn end(start: DateTime, grain: Grain) -> Option<DateTime> {
    let length = match grain {
        Grain::Minute => 1.minute(),
        Grain::Hour => 1.hour(),
        Grain::Day => 1.day(),
        Grain::Week => 1.week(),
        Grain::Month => 1.month(),
        Grain::Quarter => 3.months(),
        Grain::Year => 1.year(),
    };
    start.checked_add(length).ok()
}
