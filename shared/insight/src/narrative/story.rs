//! The Facts, and the ones that the texts turn around; figures and comparisons as every part of the narrative needs them.

use domain::dataset::Unit;
use domain::series::Grain;
use rust_decimal::Decimal;

use crate::amount::{Amount, Precision};
use crate::fact::{Axis, Basis, Change, Claim, Direction, Fact, Facts, Joined, Label, Place, Reading};
use crate::language::sentence::{Counted, Delta, Figure, Measure, Phrase, Sentence, Subject, When};
use crate::language::{Scribe, periods};
use crate::message_text::Placeholders;
use crate::scale::ordinal;

/// Ratios from this on say less than the two values do.
const RATIO_MAX: u32 = 10;

pub(crate) struct Story<'a> {
    pub facts: &'a Facts,
    pub scribe: Scribe,
    pub measure: Measure,
    seed: u64,
}

impl<'a> Story<'a> {
    pub fn of(facts: &'a Facts, scribe: Scribe) -> Self {
        let mut story = Self {
            facts,
            scribe,
            measure: measure(facts),
            seed: 0,
        };
        // Of the values alone, so that every language turns the same way.
        let latest = story
            .latest()
            .map(|(_, reading, _)| (reading.value.normalize().to_string(), reading.at.first));
        story.seed = fnv(&format!("{} {latest:?}", facts.measure));
        story
    }

    pub fn say(&self, sentence: &Sentence) -> String {
        self.scribe.say(sentence)
    }

    /// One of several ways to say the same, always the same one for the same Facts.
    pub fn pick<T: Copy>(&self, ways: [T; 2]) -> T {
        ways[usize::from(self.seed % 2 == 1)]
    }

    /// The newest value of what the chart is about.
    pub fn latest(&self) -> Option<(&'a Fact, &'a Reading, bool)> {
        self.facts.items.iter().find_map(|fact| match &fact.claim {
            Claim::Latest { reading, is_running } if fact.series.is_none() => Some((fact, reading, *is_running)),
            _ => None,
        })
    }

    /// Whether the newest period is still running, so that changes and records are those of the full ones.
    pub fn is_running(&self) -> bool {
        self.facts
            .items
            .iter()
            .any(|fact| matches!(fact.claim, Claim::Latest { is_running: true, .. }))
    }

    /// Its change against the value before, and whether that is material.
    pub fn change(&self) -> Option<(&'a Fact, &'a Change, bool)> {
        self.change_of(None, |basis| basis == Basis::PreviousStep).or_else(|| {
            self.change_of(None, |basis| basis == Basis::PreviousPeriod)
                .filter(|(_, change, _)| self.is_headline(change))
        })
    }

    /// Whether a change is that of the newest value.
    pub fn is_headline(&self, change: &Change) -> bool {
        self.latest().is_some_and(|(_, reading, _)| *reading == change.to)
    }

    /// Whether the summary tells this value, of this series.
    pub fn is_told(&self, fact: &Fact, reading: &Reading) -> bool {
        let is_newest = self.latest().is_some_and(|(_, latest, _)| latest == reading);
        let is_compared = self.change().is_some_and(|(_, change, _)| change.to == *reading);
        fact.series.is_none() && (is_newest || is_compared)
    }

    pub fn change_of(&self, series: Option<&str>, is_basis: impl Fn(Basis) -> bool) -> Option<(&'a Fact, &'a Change, bool)> {
        self.facts
            .items
            .iter()
            .filter(|fact| fact.series.as_deref() == series)
            .find_map(|fact| match &fact.claim {
                Claim::Change(change) if is_basis(change.basis) => Some((fact, change, true)),
                Claim::NoMaterialChange(change) if is_basis(change.basis) => Some((fact, change, false)),
                _ => None,
            })
    }

    pub fn grain(&self) -> Option<Grain> {
        match self.facts.axis {
            Axis::Time(grain) => Some(grain),
            Axis::Categories | Axis::Points | Axis::Bins | Axis::Whole => None,
        }
    }

    /// Whether what stands along x is named, not dated.
    pub fn is_named(&self) -> bool {
        matches!(self.facts.axis, Axis::Categories | Axis::Bins)
    }

    pub fn subject(&self, fact: &'a Fact) -> Subject<'_> {
        fact.series.as_deref().map_or(Subject::Measure(&self.measure), Subject::Series)
    }

    /// A value with its unit, so precisely that the high and the low of its line are told apart.
    pub fn value(&self, fact: &Fact, value: Decimal) -> Figure {
        let amount = |value| Amount::new(value, fact.unit.as_ref());
        let mut ends = [None, None];
        for other in self
            .facts
            .items
            .iter()
            .filter(|other| other.series == fact.series && other.unit == fact.unit)
        {
            match &other.claim {
                Claim::High { reading, .. } => ends[1] = Some(reading.value),
                Claim::Low { reading, .. } => ends[0] = Some(reading.value),
                _ => {}
            }
        }
        let precision = match ends {
            [Some(low), Some(high)] if low <= value && value <= high => Precision::of_pair(&amount(low), &amount(high), self.scribe.locale),
            _ => Precision::GLANCE,
        };
        self.scribe.figure(&amount(value), precision)
    }

    /// Both values of a change, older first, so precisely that their difference shows.
    pub fn pair(&self, change: &Change, unit: Option<&Unit>) -> [Figure; 2] {
        let [from, to] = [&change.from, &change.to].map(|reading| Amount::new(reading.value, unit));
        let precision = Precision::of_pair(&from, &to, self.scribe.locale);
        [self.scribe.figure(&from, precision), self.scribe.figure(&to, precision)]
    }

    /// What lies between them; `None` where they are equal.
    pub fn delta(&self, change: &Change, unit: Option<&Unit>) -> Option<Delta> {
        let is_telling = |ratio: &Decimal| ratio.abs() >= Decimal::new(1, 3) && ratio.abs() < Decimal::from(RATIO_MAX);
        // That of percentages is told in points.
        let ratio = change.ratio.filter(|ratio| unit != Some(&Unit::Percent) && is_telling(ratio));
        Some(Delta {
            way: change.direction()?,
            size: self.moved(change.difference, unit),
            ratio: ratio.map(|ratio| self.share(ratio)),
        })
    }

    /// The size of a move: 1.5 percentage points where it is one of percentages.
    pub fn moved(&self, size: Decimal, unit: Option<&Unit>) -> Figure {
        self.scribe.figure(&Amount::difference(size, unit).abs(), Precision::CHANGE)
    }

    /// A ratio, without its sign.
    pub fn share(&self, ratio: Decimal) -> Figure {
        self.scribe.figure(&Amount::ratio(ratio).abs(), Precision::CHANGE)
    }

    /// So many values over a stretch of time: months where each of them holds one, values where they stand further apart.
    pub fn counted(&self, count: usize, over: &Place) -> Counted {
        let is_gapless = matches!(over.label, Label::Span { .. }) && periods(&over.label).0 == count;
        Counted {
            count,
            grain: is_gapless.then(|| periods(&over.label).1),
        }
    }

    pub fn placeholders(&self, title: &str) -> Placeholders {
        let none = || self.scribe.phrase(Phrase::NotAvailable).to_owned();
        let mut placeholders = Placeholders {
            title: title.to_owned(),
            latest: none(),
            previous: none(),
            change: none(),
            period: none(),
        };
        if let Some((fact, reading, is_running)) = self.latest() {
            placeholders.latest = self.value(fact, reading.value);
            let period = self.scribe.dated_name(&reading.at.label);
            placeholders.period = match () {
                () if period.is_empty() => none(),
                () if is_running => self.scribe.so_far(&period),
                () => period,
            };
        }
        // Of a period that still runs, the change would be that of another one.
        if let Some((fact, change, _)) = self.change().filter(|(_, change, _)| self.is_headline(change)) {
            let unit = fact.unit.as_ref();
            [placeholders.previous, placeholders.latest] = self.pair(change, unit);
            placeholders.change = match self.delta(change, unit) {
                Some(delta) => self.scribe.change(&delta),
                None => self.scribe.phrase(Phrase::Unchanged).to_owned(),
            };
        }
        placeholders
    }
}

/// When the older reading of a change was.
pub(super) fn when(change: &Change) -> When<'_> {
    let (from, to) = (&change.from.at.label, &change.to.at.label);
    match (change.basis, from, to) {
        (Basis::SamePeriodLastYear, _, _) => When::YearBefore,
        (
            _,
            Label::Moment {
                at: then,
                grain: Grain::Hour | Grain::Minute,
            },
            Label::Moment { at: now, .. },
        ) if then.date() == now.date() => When::SameDay(from),
        (Basis::PreviousPeriod, Label::Span { to: end, grain, .. }, Label::Span { from: start, .. })
            if ordinal(*end, *grain) + 1 == ordinal(*start, *grain) && periods(from) == periods(to) =>
        {
            When::Before(periods(from).0, *grain)
        }
        _ => When::At(from),
    }
}

/// Whether a part moved the way the whole did.
pub(super) fn is_with(change: &Change, whole: Decimal) -> bool {
    change.direction() == direction(whole)
}

/// The direction that a difference tells.
pub(super) fn direction(difference: Decimal) -> Option<Direction> {
    crate::fact::direction(difference)
}

pub(crate) fn measure(facts: &Facts) -> Measure {
    let column = facts.bare_measure().to_owned();
    match facts.joined {
        None => Measure::Named(column),
        Some(Joined::Mean) => Measure::Average(column),
        Some(Joined::Median) => Measure::Median(column),
        Some(Joined::Min) => Measure::Smallest(column),
        Some(Joined::Max) => Measure::Largest(column),
        Some(Joined::Count) => Measure::Count,
        Some(Joined::Several) => Measure::Total,
    }
}

/// FNV-1a, 64 bit: small, and the same on every machine and in every release.
fn fnv(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}
