//! What is true along time: the newest value, its change, and how it stands among those before it.

use domain::chart_spec::Mark;
use domain::series::{Domain, Grain};
use jiff::ToSpan;
use jiff::civil::DateTime;
use rust_decimal::Decimal;

use super::{Survey, points, total};
use crate::fact::{Basis, Claim, Place, Reading};
use crate::line::{self, Line, ordinal, place, places};

/// Fewer values than this have no high, low or record worth telling.
const VALUES_MIN: usize = 3;
/// Fewer values beaten than this are no record worth telling.
const BEATEN_MIN: usize = 4;
/// Fewer moves in a row than this are no streak.
const STREAK_MIN: usize = 3;

impl Survey<'_> {
    pub(super) fn time(&mut self) {
        let running = self.running_step();
        if self.plotted.mark == Mark::Kpi {
            self.headline(running);
        }
        match self.lead.clone() {
            Some(lead) => {
                match self.plotted.mark {
                    Mark::Kpi if running.is_none() => {}
                    Mark::Kpi => self.last_change(&settled(&lead, running), 0),
                    Mark::Line | Mark::Bar => self.newest(&lead, running, 0),
                }
                self.context(&settled(&lead, running));
                self.previous_period(&lead, running);
                self.parts(running);
            }
            None => self.side_by_side(running),
        }
        self.gaps();
        self.freshness();
    }

    /// The newest step, where its period was not over when the rows were read and its number is a sum that will still grow.
    fn running_step(&self) -> Option<usize> {
        let newest = self.plotted.latest_step()?;
        let Domain::Time { steps, grain } = &self.plotted.x.domain else {
            return None;
        };
        let start = *steps.get(newest)?;
        let is_now = start <= self.as_of_local && self.as_of_local < end(start, *grain)?;
        (self.is_additive && is_now).then_some(newest)
    }

    /// The newest value of a line, and its change against the step before; of a running period, that of the two full ones before it.
    fn newest(&mut self, line: &Line, running: Option<usize>, below: u32) {
        let Some(&latest) = line.points.last() else { return };
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
        if let [.., from, to] = line.points.as_slice()
            && let Some(change) = line.change(Basis::PreviousStep, *from, *to)
        {
            self.push_change(line.name.clone(), line.unit, change, 900 - below);
        }
    }

    /// Series that must not be added: each by itself, the one that changed most first.
    fn side_by_side(&mut self, running: Option<usize>) {
        let mut lines = self.lines.clone();
        let moved = |line: &Line| {
            let [.., from, to] = line.points.as_slice() else {
                return Decimal::NEGATIVE_ONE;
            };
            line::change(Basis::PreviousStep, line.reading(*from), line.reading(*to))
                .and_then(|change| change.ratio)
                .unwrap_or_default()
                .abs()
        };
        lines.sort_by_cached_key(|line| std::cmp::Reverse(moved(line)));
        for (line, rank) in lines.iter().zip(0..) {
            self.newest(line, running, rank * 5);
            self.context_of(&settled(line, running), rank * 5);
        }
    }

    /// How the newest value stands among all that are shown.
    fn context(&mut self, line: &Line) {
        self.context_of(line, 0);
        let (Some(first), Some(last)) = (line.points.first(), line.points.last()) else {
            return;
        };
        let sum = total(line.points.iter().map(|(_, value)| *value)).filter(|_| self.is_additive && line.points.len() >= 2);
        if let Some(value) = sum {
            let at = places(line.domain, first.0, last.0);
            let steps = line.points.len();
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
        let of = line.points.len();
        let (Some(&first), Some(&last)) = (line.points.first(), line.points.last()) else {
            return;
        };
        let over = places(line.domain, first.0, last.0);
        if of < VALUES_MIN {
            return;
        }
        let (name, unit) = (line.name.clone(), line.unit);
        if let Some(change) = line.change(Basis::FirstShown, first, last) {
            // From one day or hour to another is chance; from one week, month or year to another is worth a highlight.
            let is_long = matches!(line.domain, Domain::Time { grain, .. } if *grain >= Grain::Week);
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
        self.course(line, over, below);
    }

    /// Where the line came from: how far back its newest value is a record, moves in a row, the trend.
    fn course(&mut self, line: &Line, over: Place, below: u32) {
        let (name, unit, of) = (line.name.clone(), line.unit, line.points.len());
        let Some(&last) = line.points.last() else { return };
        if let Some((direction, since, _)) = line.record().filter(|(_, _, beaten)| *beaten >= BEATEN_MIN) {
            let materiality = if since.is_none() { 750 } else { 600 };
            let since = since.map(|step| place(line.domain, step));
            let record = Claim::Record {
                direction,
                reading: line.reading(last),
                since,
                of,
                over: over.clone(),
            };
            self.push(name.clone(), unit, record, materiality - below);
        }
        if let Some((direction, moves, from)) = line.streak().filter(|(_, moves, _)| *moves >= STREAK_MIN) {
            let materiality = 500 + 40 * u32::try_from(moves.min(5)).unwrap_or(5);
            self.push(
                name.clone(),
                unit,
                Claim::Streak {
                    direction,
                    moves,
                    over: places(line.domain, from, last.0),
                },
                materiality - below,
            );
        }
        if let Some((per_step, direction)) = line.trend() {
            let materiality = if direction.is_some() { 550 } else { 200 };
            self.push(
                name,
                unit,
                Claim::Trend {
                    direction,
                    per_step,
                    of,
                    over,
                },
                materiality - below,
            );
        }
    }

    /// The drawn period against the one laid under it: the sums where numbers may be added, else the newest value and its counterpart. Steps
    /// without a counterpart, and a running one, are left out on both sides.
    fn previous_period(&mut self, lead: &Line, running: Option<usize>) {
        let Some(older) = &self.plotted.x.previous else { return };
        let gap = lead.domain.len().saturating_sub(older.len());
        let olds: Vec<Line> = self
            .plotted
            .series
            .iter()
            .map(|series| {
                Line::new(
                    None,
                    lead.unit,
                    lead.domain,
                    series.previous.as_deref().map(points).unwrap_or_default(),
                )
            })
            .collect();
        let Some(old) = super::sum(&olds, lead.domain.len()) else { return };
        let now = settled(lead, running).points;
        let last = running.unwrap_or(lead.domain.len());
        let in_previous = |first: usize, last: usize| Place {
            in_previous: true,
            ..places(older, first - gap, last - gap)
        };
        let is_within = |(step, _): &&(usize, Decimal)| (gap..last).contains(step);
        let pair = if self.is_additive {
            let sum = |points: &[(usize, Decimal)]| total(points.iter().filter(is_within).map(|(_, value)| *value));
            let (Some(now), Some(old), Some(last)) = (sum(&now), sum(&old), last.checked_sub(1).filter(|last| *last >= gap)) else {
                return;
            };
            Some((
                Reading {
                    value: old,
                    at: in_previous(gap, last),
                },
                Reading {
                    value: now,
                    at: places(lead.domain, gap, last),
                },
            ))
        } else {
            let newest = now.iter().rfind(is_within).copied();
            let counterpart = newest.and_then(|(step, _)| old.iter().find(|(at, _)| *at == step).copied());
            newest.zip(counterpart).map(|(now, old)| {
                (
                    Reading {
                        value: old.1,
                        at: in_previous(old.0, old.0),
                    },
                    lead.reading(now),
                )
            })
        };
        if let Some(change) = pair.and_then(|(from, to)| line::change(Basis::PreviousPeriod, from, to)) {
            self.push_change(None, lead.unit, change, 880);
        }
    }

    fn gaps(&mut self) {
        let mut missing = 0;
        let mut of = 0;
        for line in &self.lines {
            if let (Some(first), Some(last)) = (line.points.first(), line.points.last()) {
                let span = last.0 - first.0 + 1;
                missing += span - line.points.len();
                of += span;
            }
        }
        // A sum without rows is nothing taken, not nothing known.
        if missing > 0 && !(self.is_additive && self.lines.len() > 1) {
            let share = u32::try_from(missing * 400 / of.max(1)).unwrap_or(400);
            self.push(None, None, Claim::Gaps { missing, of }, 250 + share);
        }
    }

    fn freshness(&mut self) {
        let Domain::Time { steps, grain } = &self.plotted.x.domain else {
            return;
        };
        let Some((step, start)) = self.plotted.latest_step().and_then(|step| Some((step, *steps.get(step)?))) else {
            return;
        };
        let Some(end) = end(start, *grain) else { return };
        let age_days = (line::days(self.as_of_local) - line::days(end)).max(0);
        let behind = ordinal(self.as_of_local, *grain) - ordinal(start, *grain);
        // Weekends and a day's delay are no news; a night is none for hours.
        let patience = match grain {
            Grain::Day => 4,
            Grain::Hour => 14,
            Grain::Minute => 14 * 60,
            Grain::Week | Grain::Month | Grain::Quarter | Grain::Year => 2,
        };
        let is_stale = behind > patience.max(2 * line::cadence(&self.plotted.x.domain));
        let newest = place(&self.plotted.x.domain, step);
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

/// A line without the step that is still running.
fn settled<'a>(line: &Line<'a>, running: Option<usize>) -> Line<'a> {
    running.map_or_else(|| line.clone(), |step| line.until(step))
}

/// When a period that starts then is over.
fn end(start: DateTime, grain: Grain) -> Option<DateTime> {
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
