//! What each kind of fact has to say.

use domain::dataset::Unit;
use rust_decimal::Decimal;

use super::story::{Story, is_with, when};
use crate::amount::{Amount, Precision};
use crate::fact::{Basis, Change, Claim, Direction, Fact, Method, Place, Reading};
use crate::language::sentence::{Among, Counted, Delta, Figure, Part, Role, Sentence};

/// A fact as a sentence of its own; `None` for those that only a summary tells.
pub(crate) fn sentence<'s>(story: &'s Story, fact: &'s Fact) -> Option<Sentence<'s>> {
    let series = fact.series.as_deref();
    let unit = fact.unit.as_ref();
    let value = |reading: &Reading| story.value(fact, reading.value);
    let glance = |value: Decimal, unit: Option<&Unit>| story.scribe.figure(&Amount::new(value, unit), Precision::GLANCE);
    Some(match &fact.claim {
        Claim::Blank | Claim::Latest { .. } | Claim::Value { .. } => return None,
        Claim::Change(compared) | Claim::NoMaterialChange(compared) => compare(story, fact, compared),
        Claim::Total { reading, steps } => Sentence::Total {
            value: value(reading),
            over: &reading.at.label,
            counted: Some(story.counted(*steps, &reading.at)).filter(|counted| counted.grain.is_none()),
        },
        Claim::High { reading, of } => extreme(story, fact, Direction::Up, reading, *of),
        Claim::Low { reading, of } => extreme(story, fact, Direction::Down, reading, *of),
        Claim::Record {
            direction,
            reading,
            since,
            of,
            over,
        } => Sentence::Record {
            series,
            way: *direction,
            named: story.is_running().then_some(&reading.at.label),
            among: among(story, since.as_ref(), *of, over),
        },
        Claim::Streak { direction, moves, over } => Sentence::Streak {
            series,
            way: *direction,
            moves: *moves,
            grain: story.counted(moves + 1, over).grain,
        },
        Claim::Trend {
            direction,
            per_step,
            of,
            over,
        } => Sentence::Trend {
            series,
            way: *direction,
            slope: story.moved(*per_step, unit),
            grain: story.grain(),
            shown: story.counted(*of, over),
        },
        Claim::Share { reading, ratio, rank, .. } => Sentence::Share {
            name: series.map_or(Part::Place(&reading.at.label), Part::Series),
            value: value(reading),
            at: series.and(story.grain()).map(|_| &reading.at.label),
            share: story.share(*ratio),
            rank: *rank,
        },
        Claim::TopShare { top, ratio, .. } => Sentence::TopShare {
            top: *top,
            share: story.share(*ratio),
        },
        Claim::Mover {
            change,
            whole,
            share,
            rank,
            ..
        } => mover(story, fact, change, *whole, share.as_ref(), *rank)?,
        Claim::Anomaly {
            reading, expected, method, ..
        } => Sentence::Anomaly {
            series,
            value: (story.is_running() || !story.is_told(fact, reading)).then(|| (value(reading), &reading.at.label)),
            expected: glance(*expected, unit),
            cycle: if let Method::Seasonal { cycle, .. } = method {
                Some(*cycle)
            } else {
                None
            },
        },
        Claim::Target {
            name,
            reading,
            target,
            difference,
            ..
        } => Sentence::Target {
            series,
            name: name.as_deref(),
            value: (story.is_running() || !story.is_told(fact, reading)).then(|| (value(reading), &reading.at.label)),
            target: glance(*target, unit),
            delta: crate::fact::direction(*difference).map(|way| Delta {
                way,
                size: story.moved(*difference, unit),
                ratio: None,
            }),
        },
        Claim::Relation { with, direction, .. } => Sentence::Relation {
            measure: &story.measure,
            with,
            way: *direction,
        },
        Claim::Spread {
            measure, median, from, to, ..
        } => spread(story, measure, unit, [*from, *median, *to]),
        Claim::Gaps { missing, of } => Sentence::Gaps {
            missing: *missing,
            of: *of,
        },
        Claim::Freshness {
            newest, is_stale: true, ..
        } => Sentence::Stale { newest: &newest.label },
        Claim::Freshness { newest, is_over, .. } => Sentence::Fresh {
            newest: &newest.label,
            is_over: *is_over,
        },
    })
}

/// Two readings, and what lies between them. The newest one's own value is not told again.
fn compare<'s>(story: &Story, fact: &'s Fact, change: &'s Change) -> Sentence<'s> {
    let (series, unit) = (fact.series.as_deref(), fact.unit.as_ref());
    let [before, value] = story.pair(change, unit);
    let delta = story.delta(change, unit);
    match change.basis {
        Basis::FirstShown => Sentence::Since {
            series,
            from: &change.from.at.label,
            before,
            value: story.is_running().then_some(value),
            delta,
        },
        Basis::SamePeriodLastYear => Sentence::YearOnYear {
            series,
            at: &change.to.at.label,
            before,
            delta,
        },
        Basis::PreviousStep | Basis::PreviousPeriod => Sentence::Compared {
            series,
            value,
            at: &change.to.at.label,
            before,
            when: when(change),
            delta,
        },
    }
}

/// The highest or lowest value; of the one that the summary tells, only that it is.
fn extreme<'s>(story: &'s Story, fact: &'s Fact, way: Direction, reading: &'s Reading, of: usize) -> Sentence<'s> {
    let series = fact.series.as_deref();
    if story.is_told(fact, reading) && !story.is_running() && story.grain().is_some() {
        // Whether they stand period by period, the trend through the same values knows.
        let over = story.facts.items.iter().find_map(|other| match &other.claim {
            Claim::Trend { of: same, over, .. } if *same == of && other.series == fact.series => Some(over),
            _ => None,
        });
        let counted = over.map_or(Counted { count: of, grain: None }, |over| story.counted(of, over));
        return Sentence::Record {
            series,
            way,
            named: None,
            among: Among::Shown { counted, is_full: false },
        };
    }
    Sentence::Extreme {
        series,
        way,
        value: story.value(fact, reading.value),
        at: &reading.at.label,
    }
}

fn among<'s>(story: &Story, since: Option<&'s Place>, of: usize, over: &Place) -> Among<'s> {
    let counted = story.counted(of, over);
    match since {
        Some(since) => Among::Since(&since.label),
        None if over.in_previous => Among::Last(counted),
        None => Among::Shown {
            counted,
            is_full: story.is_running(),
        },
    }
}

fn mover<'s>(
    story: &Story,
    fact: &'s Fact,
    change: &'s Change,
    whole: Decimal,
    share: Option<&Decimal>,
    rank: usize,
) -> Option<Sentence<'s>> {
    let unit = fact.unit.as_ref();
    let [_, value] = story.pair(change, unit);
    let role = match is_with(change, whole) {
        true if rank <= 1 => Role::Most,
        true => Role::Along,
        false => Role::Against,
    };
    Some(Sentence::Mover {
        name: fact.series.as_deref().or_else(|| change.to.at.label.name())?,
        value,
        delta: story.delta(change, unit)?,
        role,
        share: share.map(|share| story.share(*share)),
    })
}

/// The middle half and its middle, so precisely that the three are told apart.
fn spread<'s>(story: &Story, measure: &'s str, unit: Option<&Unit>, [from, median, to]: [Decimal; 3]) -> Sentence<'s> {
    let amount = |value| Amount::new(value, unit);
    let precision = Precision::of_pair(&amount(from), &amount(to), story.scribe.locale);
    let [from, median, to]: [Figure; 3] = [from, median, to].map(|value| story.scribe.figure(&amount(value), precision));
    Sentence::Spread { measure, median, from, to }
}
