//! Each kind of fact as a sentence of its own.

use rust_decimal::Decimal;

use super::Story;
use crate::amount::{Amount, Precision, written};
use crate::cell_text::in_sentence;
use crate::english::{self, begin, change, counted, is_gapless, noun, number, pair, per, rose_or_fell, size, up_or_down};
use crate::fact::{Axis, Basis, Change, Claim, Direction, Fact, Place, Reading};

/// A fact as a sentence of its own; `None` for those that only a summary tells.
pub(super) fn sentence(story: &Story, fact: &Fact) -> Option<String> {
    // "GBP: down for 3 days in a row.", or "Down for 3 days in a row." where there is but one series.
    let of_series = |text: String| match fact.series.as_deref() {
        Some(name) => format!("{}: {text}", in_sentence(name)),
        None => begin(&text),
    };
    let colon = if fact.series.is_none() { ":" } else { "" };
    let value_at = |reading: &Reading| format!("{} {}", story.value(fact, reading), story.at(reading));
    Some(match &fact.claim {
        Claim::Blank | Claim::Latest { .. } => return None,
        Claim::Change(compared) | Claim::NoMaterialChange(compared) => of_series(compare(story, fact, compared)),
        Claim::Total { reading, steps } => total(story, fact, reading, *steps),
        Claim::High { reading, .. } => of_series(format!("highest{colon} {}.", value_at(reading))),
        Claim::Low { reading, .. } => of_series(format!("lowest{colon} {}.", value_at(reading))),
        Claim::Record {
            direction,
            reading,
            since: Some(since),
            ..
        } => of_series(format!("{} since {}.", extreme(story, *direction, reading), story.name(since))),
        Claim::Record {
            direction,
            reading,
            since: None,
            of,
            over,
        } => {
            let full = if story.is_running() { " full " } else { " " };
            let of = counted(*of, over).replacen(' ', full, 1);
            of_series(format!("{} of the {of} shown.", extreme(story, *direction, reading)))
        }
        Claim::Streak { direction, moves, over } => of_series(streak(story, *direction, *moves, over)),
        Claim::Trend {
            direction,
            per_step,
            of,
            over,
        } => of_series(trend(story, fact, *direction, *per_step, &counted(*of, over))),
        Claim::Share { reading, ratio, rank, .. } => share(story, fact, reading, *ratio, *rank),
        Claim::Mover { change: own, whole, .. } => mover(fact, own, *whole),
        Claim::TopShare { top, ratio, .. } => format!("The {} largest make {} of the total.", number(*top), english::share(*ratio)),
        Claim::Anomaly { reading, expected, .. } => {
            let usual = written(&Amount::new(*expected, fact.unit.as_ref()), Precision::GLANCE);
            of_series(format!("{} stands out: about {usual} would be usual.", value_at(reading)))
        }
        Claim::Target {
            reading, target, is_met, ..
        } => {
            let target = written(&Amount::new(*target, fact.unit.as_ref()), Precision::GLANCE);
            let met = if *is_met { "met" } else { "not met" };
            of_series(format!("{}, the target of {target} is {met}.", value_at(reading)))
        }
        Claim::Relation { with, direction, .. } => relation(&story.facts.measure, with, *direction),
        Claim::Spread { measure, from, to, .. } => {
            let end = |value: &Decimal| written(&Amount::new(*value, fact.unit.as_ref()), Precision::GLANCE);
            format!(
                "{}: the middle half lies between {} and {}.",
                in_sentence(measure),
                end(from),
                end(to)
            )
        }
        Claim::Gaps { missing, of } => {
            let is = if *missing == 1 { "is" } else { "are" };
            format!("{} of {} values {is} missing.", number(*missing), number(*of))
        }
        Claim::Freshness {
            newest, is_stale, is_over, ..
        } => freshness(story, newest, *is_stale, *is_over),
    })
}

/// Whether a part moved the way the whole did.
pub(super) fn is_with(change: &Change, whole: Decimal) -> bool {
    change.direction() == crate::fact::direction(whole)
}

/// Two readings, and what lies between them.
fn compare(story: &Story, fact: &Fact, compared: &Change) -> String {
    let unit = fact.unit.as_ref();
    let [from, to] = pair(compared, unit);
    match (compared.basis, compared.direction()) {
        (Basis::FirstShown, _) => format!(
            "{} since {}, from {from} to {to}.",
            change(compared, unit),
            story.label(&compared.from)
        ),
        (_, None) => format!("{to} {}, unchanged from {}.", story.at(&compared.to), story.label(&compared.from)),
        (_, Some(_)) => format!(
            "{to} {}, {} from {from} {}.",
            story.at(&compared.to),
            change(compared, unit),
            story.at(&compared.from)
        ),
    }
}

fn total(story: &Story, fact: &Fact, reading: &Reading, steps: usize) -> String {
    let value = story.value(fact, reading);
    if story.facts.axis == Axis::Categories {
        return format!("Total: {value} across {} categories.", number(steps));
    }
    let gaps = if is_gapless(steps, &reading.at) {
        String::new()
    } else {
        format!(", {}", counted(steps, &reading.at))
    };
    format!("Total: {value} over {}{gaps}.", story.label(reading))
}

/// "the highest"; by its name where it is not the value that the summary begins with.
fn extreme(story: &Story, direction: Direction, reading: &Reading) -> String {
    let extreme = if direction == Direction::Up { "highest" } else { "lowest" };
    if story.is_running() {
        format!("{} is the {extreme}", story.label(reading))
    } else {
        format!("the {extreme}")
    }
}

fn streak(story: &Story, direction: Direction, moves: usize, over: &Place) -> String {
    let way = up_or_down(direction);
    match story.grain().filter(|_| is_gapless(moves + 1, over)) {
        Some(grain) => format!("{way} for {} {} in a row.", number(moves), noun(grain, moves)),
        None => format!("{way} {} times in a row.", number(moves)),
    }
}

fn trend(story: &Story, fact: &Fact, direction: Option<Direction>, per_step: Decimal, counted: &str) -> String {
    let Some(way) = direction else {
        return format!("no clear trend over the {counted} shown.");
    };
    let slope = english::moved(per_step.abs(), fact.unit.as_ref());
    let each = story.grain().map(per).unwrap_or_default();
    format!("the trend over the {counted} shown is {} by about {slope} {each}.", up_or_down(way))
}

fn share(story: &Story, fact: &Fact, reading: &Reading, ratio: Decimal, rank: usize) -> String {
    let (name, at) = match fact.series.as_deref() {
        Some(name) if story.grain().is_some() => (in_sentence(name), format!(" {}", story.at(reading))),
        Some(name) => (in_sentence(name), String::new()),
        None => (story.label(reading), String::new()),
    };
    let place = if rank == 1 { "The largest part is" } else { "Next is" };
    format!(
        "{place} {name} with {}{at}, {} of the total.",
        story.value(fact, reading),
        english::share(ratio)
    )
}

fn mover(fact: &Fact, own: &Change, whole: Decimal) -> String {
    let unit = fact.unit.as_ref();
    let name = fact.series.as_deref().map(in_sentence).unwrap_or_default();
    let Some(way) = own.direction() else { return String::new() };
    let [_, to] = pair(own, unit);
    if is_with(own, whole) {
        format!("{name} {} most, by {} to {to}.", rose_or_fell(way), size(own, unit))
    } else {
        format!("{name} went the other way: {} {} to {to}.", up_or_down(way), size(own, unit))
    }
}

fn relation(measure: &str, with: &str, direction: Option<Direction>) -> String {
    let [measure, with] = [measure, with].map(in_sentence);
    match direction {
        Some(Direction::Up) => format!("{measure} and {with} grow together."),
        Some(Direction::Down) => format!("As {with} grows, {measure} shrinks."),
        None => format!("{measure} and {with} show no clear relation."),
    }
}

fn freshness(story: &Story, newest: &Place, is_stale: bool, is_over: bool) -> String {
    let [day, time] = english::read_at(story.facts);
    if is_stale {
        return format!(
            "The data ends {}: nothing newer was there on {day}.",
            english::at(newest, story.facts.as_of_local)
        );
    }
    let running = if is_over { "" } else { ", which was not over then" };
    format!("Data through {}{running}; read at {time}.", story.name(newest))
}
