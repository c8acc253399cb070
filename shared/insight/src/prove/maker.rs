//! The Facts taken apart: what each fact gives leave to say.

use domain::series::Grain;
use rust_decimal::Decimal;

use super::lexicon::{Noun, Topic};
use super::names::Names;
use super::statement::{Kind, Statement, Topics};
use crate::fact::{Axis, Basis, Change, Claim, Direction, Fact, Facts, Label, Place, Reading, direction};

/// How many times the usual size makes a move an unusual one.
const UNUSUAL: u32 = 3;

/// All statements of the Facts. Names that a text cannot hold are those of no series.
pub(super) fn statements(facts: &Facts, names: &Names) -> Vec<Statement> {
    let mut all = Vec::new();
    for (index, fact) in facts.items.iter().enumerate() {
        let mut maker = Maker {
            index,
            fact,
            names,
            series: fact.series.as_deref().and_then(|name| names.entity(name)),
            grain: match facts.axis {
                Axis::Time(grain) => Some(grain),
                _ => None,
            },
            all: &mut all,
        };
        maker.claim(&fact.claim);
    }
    let newest: Vec<Label> = facts.items.iter().filter_map(newest).collect();
    for statement in &mut all {
        let is_new = |label: &Label| newest.contains(label) || !matches!(label, Label::Moment { .. } | Label::Span { .. });
        statement.is_newest = statement.at.as_ref().is_none_or(is_new);
    }
    all
}

/// Where the newest value stands that a fact knows.
fn newest(fact: &Fact) -> Option<Label> {
    match &fact.claim {
        Claim::Latest { reading, .. } | Claim::Record { reading, .. } => Some(reading.at.label.clone()),
        Claim::Change(change) | Claim::NoMaterialChange(change) if change.basis != Basis::SamePeriodLastYear => {
            Some(change.to.at.label.clone())
        }
        Claim::Freshness { newest, .. } => Some(newest.label.clone()),
        _ => None,
    }
}

struct Maker<'a> {
    index: usize,
    fact: &'a Fact,
    names: &'a Names,
    series: Option<usize>,
    grain: Option<Grain>,
    all: &'a mut Vec<Statement>,
}

impl Maker<'_> {
    fn push(&mut self, kind: Kind, at: Option<&Place>, value: Decimal) -> &mut Statement {
        let is_own_unit = matches!(kind, Kind::Level | Kind::FromLevel | Kind::Difference | Kind::Usual);
        self.all.push(Statement {
            fact: self.index,
            kind,
            series: self.series,
            category: match at.map(|place| &place.label) {
                Some(Label::Name { name }) => self.names.entity(name),
                _ => None,
            },
            at: at.map(|place| place.label.clone()),
            ..Statement::level(value, self.fact.unit.as_ref().filter(|_| is_own_unit))
        });
        let last = self.all.len() - 1;
        &mut self.all[last]
    }

    fn level(&mut self, reading: &Reading) -> &mut Statement {
        self.push(Kind::Level, Some(&reading.at), reading.value)
    }

    /// A count under each name that it may be given: "12 months", "12 values".
    fn count(&mut self, things: usize, at: Option<&Place>, change: impl Fn(&mut Statement)) {
        let nouns = match self.grain {
            Some(grain) => [Noun::Period(grain), Noun::Values],
            None => [Noun::Categories, Noun::Values],
        };
        for noun in nouns {
            change(self.push(Kind::Count(noun), at, Decimal::from(things)));
        }
    }

    fn claim(&mut self, claim: &Claim) {
        match claim {
            Claim::Blank => {
                let nothing = Topics::of(&[Topic::Missing]);
                let none = self.push(Kind::Count(Noun::Values), None, Decimal::ZERO);
                (none.topics, none.needs) = (nothing, nothing);
            }
            Claim::Latest { reading, is_running } => {
                let topics = if *is_running { Topics::of(&[Topic::SoFar]) } else { Topics::NONE };
                self.level(reading).topics = topics;
            }
            Claim::Value { reading } => {
                self.level(reading);
            }
            Claim::Change(change) => self.change(change, |_| {}),
            Claim::NoMaterialChange(change) => {
                self.change(change, |_| {});
                let is_exact = change.difference.is_zero();
                let still = self.push(Kind::Still { is_exact }, Some(&change.to.at), Decimal::ZERO);
                still.from = Some(change.from.at.label.clone());
                if change.basis == Basis::SamePeriodLastYear {
                    (still.topics, still.needs_from) = (Topics::of(&[Topic::LastYear]), true);
                }
            }
            Claim::Total { reading, steps } => {
                let total = Topics::of(&[Topic::Total]);
                self.level(reading).topics = total;
                self.count(*steps, Some(&reading.at), |count| count.topics = total);
                if self.grain.is_none() {
                    self.push(Kind::Count(Noun::Categories), None, Decimal::from(*steps));
                }
            }
            Claim::High { reading, of } => self.extreme(reading, Direction::Up, *of),
            Claim::Low { reading, of } => self.extreme(reading, Direction::Down, *of),
            Claim::Record {
                direction,
                reading,
                since,
                of,
                over,
            } => {
                let since = since.as_ref().map(|place| place.label.clone());
                // All that are shown are only beaten where none is as high.
                if since.is_none() {
                    self.extreme(reading, *direction, *of);
                    self.count(*of, Some(over), |count| count.extreme = Some(*direction));
                }
                let stretch = since.is_none().then(|| over.label.clone());
                let level = self.level(reading);
                (level.extreme, level.from, level.over) = (Some(*direction), since, stretch);
            }
            Claim::Streak { direction, moves, over } => {
                let streak = Topics::of(&[Topic::Streak]);
                let end = end(over);
                for noun in [self.grain.map(Noun::Period), Some(Noun::Moves)].into_iter().flatten() {
                    let count = self.push(Kind::Count(noun), None, Decimal::from(*moves));
                    (count.topics, count.needs, count.direction) = (streak, streak, Some(*direction));
                    (count.at, count.over) = (end.clone(), Some(over.label.clone()));
                }
            }
            Claim::Trend {
                direction: way,
                per_step,
                of,
                over,
            } => {
                let trend = Topics::of(&[Topic::Trend]);
                let slope = self.push(Kind::Difference, Some(over), *per_step);
                (slope.topics, slope.needs, slope.direction) = (trend, trend, *way);
                self.count(*of, Some(over), |count| count.topics = trend);
            }
            Claim::Share { .. } | Claim::TopShare { .. } | Claim::Mover { .. } => self.part(claim),
            Claim::Anomaly { .. } | Claim::Target { .. } | Claim::Spread { .. } => self.held_against(claim),
            Claim::Relation { of, direction: way, .. } => {
                self.push(Kind::Relation, None, Decimal::ZERO).direction = *way;
                for noun in [Noun::Values, Noun::Categories] {
                    self.push(Kind::Count(noun), None, Decimal::from(*of)).topics = Topics::of(&[Topic::Together]);
                }
            }
            Claim::Gaps { missing, of } => {
                let missing_only = Topics::of(&[Topic::Missing]);
                for things in [*missing, *of] {
                    self.count(things, None, |count| (count.topics, count.needs) = (missing_only, missing_only));
                }
            }
            Claim::Freshness {
                newest,
                age_days,
                is_stale,
                is_over,
            } => {
                let running = if *is_over { Topics::NONE } else { Topics::of(&[Topic::SoFar]) };
                let topics = Topics::of(&[Topic::Newest, Topic::Age]).or(running);
                let age = self.push(Kind::Count(Noun::Period(Grain::Day)), Some(newest), Decimal::from(*age_days));
                (age.topics, age.needs) = (topics, if *is_stale { topics } else { Topics::of(&[Topic::Age]) });
            }
        }
    }

    fn extreme(&mut self, reading: &Reading, way: Direction, of: usize) {
        self.level(reading).extreme = Some(way);
        self.count(of, Some(&reading.at), |count| count.extreme = Some(way));
    }

    /// Both values, the difference in each form, and the usual one. `add` says what else is true of all of them.
    fn change(&mut self, change: &Change, add: impl Fn(&mut Statement)) {
        let first = self.all.len();
        self.level(&change.to);
        self.push(Kind::FromLevel, Some(&change.from.at), change.from.value);
        self.push(Kind::Difference, Some(&change.to.at), change.difference);
        if let Some(ratio) = change.ratio {
            self.push(Kind::Ratio, Some(&change.to.at), ratio);
        }
        if let Some(factor) = change
            .to
            .value
            .checked_div(change.from.value)
            .filter(|_| change.from.value > Decimal::ZERO)
        {
            self.push(Kind::Factor, Some(&change.to.at), factor);
        }
        let basis = match change.basis {
            Basis::SamePeriodLastYear => Topics::of(&[Topic::LastYear]),
            Basis::PreviousStep | Basis::FirstShown | Basis::PreviousPeriod => Topics::NONE,
        };
        for statement in self.all.iter_mut().skip(first) {
            if statement.kind != Kind::Level {
                statement.topics = basis;
                // Told without what it is compared with, a change is taken for the last one.
                statement.needs_from = matches!(change.basis, Basis::FirstShown | Basis::SamePeriodLastYear);
            }
            if !matches!(statement.kind, Kind::Level | Kind::FromLevel) {
                statement.direction = change.direction();
                statement.over = stretch(&change.from.at.label, &change.to.at.label);
                statement.from = Some(change.from.at.label.clone());
                statement.older = Some(change.from.value);
            }
            if statement.kind == Kind::Level {
                statement.from = Some(change.from.at.label.clone());
            }
            add(statement);
        }
        if let Some(usual) = change.usual {
            let only = Topics::of(&[Topic::Usual]);
            let is_unusual = usual
                .checked_mul(Decimal::from(UNUSUAL))
                .is_some_and(|large| !usual.is_zero() && change.difference.abs() >= large);
            let statement = self.push(Kind::Usual, Some(&change.to.at), usual);
            statement.topics = if is_unusual { only.with(Topic::Unusual) } else { only };
            statement.needs = only;
        }
    }

    fn part(&mut self, claim: &Claim) {
        let share_only = Topics::of(&[Topic::Share]);
        match claim {
            Claim::Share {
                reading,
                whole,
                ratio,
                rank,
            } => {
                let extreme = (*rank == 1).then_some(Direction::Up);
                let level = self.level(reading);
                (level.extreme, level.rank) = (extreme, Some(*rank));
                let share = self.push(Kind::Share, Some(&reading.at), *ratio);
                (share.topics, share.needs, share.rank, share.extreme) = (share_only, share_only, Some(*rank), extreme);
                self.push(Kind::Level, Some(&reading.at), *whole).needs = Topics::of(&[Topic::Share, Topic::Total]);
            }
            Claim::TopShare {
                top,
                of,
                reading,
                whole,
                ratio,
            } => {
                self.level(reading).needs = Topics::of(&[Topic::Share, Topic::Total, Topic::Together]);
                let share = self.push(Kind::Share, Some(&reading.at), *ratio);
                (share.topics, share.needs) = (share_only, share_only);
                self.push(Kind::Level, Some(&reading.at), *whole).needs = Topics::of(&[Topic::Share, Topic::Total]);
                for things in [*top, *of] {
                    for noun in [Noun::Categories, Noun::Series, Noun::Values] {
                        let count = self.push(Kind::Count(noun), Some(&reading.at), Decimal::from(things));
                        // So many of the largest.
                        (count.topics, count.extreme) = (share_only, (things == *top).then_some(Direction::Up));
                    }
                }
            }
            Claim::Mover {
                change,
                whole,
                share,
                rank,
                ..
            } => {
                let rank = Some(*rank).filter(|rank| *rank > 0);
                self.change(change, |statement| {
                    if statement.kind == Kind::Difference {
                        statement.rank = rank;
                    }
                });
                let series = self.series.take();
                let sum = self.push(Kind::Difference, Some(&change.to.at), *whole);
                (sum.direction, sum.from) = (direction(*whole), Some(change.from.at.label.clone()));
                self.series = series;
                if let Some(share) = share {
                    let part = self.push(Kind::Share, Some(&change.to.at), *share);
                    let end = if whole.is_sign_negative() { Topic::OfFall } else { Topic::OfRise };
                    let only = Topics::of(&[Topic::Contribution, end]);
                    (part.topics, part.needs) = (only, only);
                }
            }
            _ => {}
        }
    }

    /// A value beside another that is none of the chart's.
    fn held_against(&mut self, claim: &Claim) {
        match claim {
            Claim::Anomaly {
                reading,
                expected,
                direction: way,
                ..
            } => {
                let usual = Topics::of(&[Topic::Usual, Topic::Unusual]);
                self.level(reading).topics = usual;
                let level = self.push(Kind::Level, Some(&reading.at), *expected);
                (level.topics, level.needs) = (usual, Topics::of(&[Topic::Usual]));
                let difference = reading.value.checked_sub(*expected).unwrap_or_default();
                let distance = self.push(Kind::Difference, Some(&reading.at), difference);
                (distance.topics, distance.needs, distance.direction) = (usual, usual, Some(*way));
            }
            Claim::Target {
                reading,
                target,
                difference,
                ratio,
                is_met,
                ..
            } => {
                let only = Topics::of(&[Topic::Target]);
                let end = if *is_met { Topic::Met } else { Topic::Missed };
                self.level(reading).topics = only.with(end);
                let level = self.push(Kind::Level, Some(&reading.at), *target);
                (level.topics, level.needs) = (only.with(end), only);
                let distance = self.push(Kind::Difference, Some(&reading.at), *difference);
                (distance.topics, distance.needs, distance.direction) = (only.with(end), only, direction(*difference));
                if let Some(ratio) = ratio {
                    let share = self.push(Kind::Share, Some(&reading.at), *ratio);
                    (share.topics, share.needs) = (only.with(end), only);
                    if let Some(distance) = ratio.checked_sub(Decimal::ONE) {
                        let beyond = self.push(Kind::Ratio, Some(&reading.at), distance);
                        (beyond.topics, beyond.needs, beyond.direction) = (only.with(end), only, direction(*difference));
                    }
                }
            }
            Claim::Spread { median, from, to, of, .. } => {
                let (middle, usual) = (Topics::of(&[Topic::Middle]), Topics::of(&[Topic::Usual]));
                for (value, only) in [(median, usual), (from, middle), (to, middle)] {
                    let level = self.push(Kind::Level, None, *value);
                    (level.topics, level.needs) = (only, only);
                }
                for noun in [Noun::Values, Noun::Categories] {
                    self.push(Kind::Count(noun), None, Decimal::from(*of)).topics = middle;
                }
            }
            _ => {}
        }
    }
}

/// The last step of a stretch.
fn end(over: &Place) -> Option<Label> {
    match over.label {
        Label::Span { to, grain, .. } => Some(Label::Moment { at: to, grain }),
        _ => Some(over.label.clone()),
    }
}

fn stretch(from: &Label, to: &Label) -> Option<Label> {
    match (from, to) {
        (Label::Moment { at: from, grain }, Label::Moment { at: to, .. }) => Some(Label::Span {
            from: *from,
            to: *to,
            grain: *grain,
        }),
        _ => None,
    }
}
