//! Highlights: what is most worth knowing beside the summary. And the sentence for each kind of fact, which the analysis uses too.

use rust_decimal::Decimal;

use super::Story;
use crate::cell_text::in_sentence;
use crate::english::{self, begin, change, counted, label, noun, number, pair, per, rose_or_fell, size, up_or_down, value};
use crate::fact::{Axis, Basis, Change, Claim, Direction, Fact, Place, Reading};

/// Facts below this are for the analysis only.
const MATERIALITY_MIN: u32 = 390;
/// How many times the usual size makes a move an unusual one.
const UNUSUAL: u32 = 3;
/// An unusual move ranks like this.
const UNUSUAL_MATERIALITY: u32 = 760;

/// The most material facts that the summary does not tell, as sentences, best first. No two of them say the same.
pub(super) fn highlights(story: &Story) -> Vec<String> {
    let mut told: Vec<(Topic, String)> = Vec::new();
    let mut ranked: Vec<(u32, Topic, String)> = story
        .facts
        .items
        .iter()
        .filter(|fact| fact.materiality >= MATERIALITY_MIN)
        .filter_map(|fact| Some((fact.materiality, topic(story, fact)?, sentence(story, fact)?)))
        .collect();
    if let Some(unusual) = story.change().and_then(|(fact, change, _)| unusual(story, fact, change)) {
        ranked.push((UNUSUAL_MATERIALITY, Topic::Move, unusual));
    }
    ranked.sort_by_key(|(materiality, _, _)| std::cmp::Reverse(*materiality));
    for (_, topic, sentence) in ranked {
        if told.iter().all(|(other, text)| *other != topic && *text != sentence) {
            told.push((topic, sentence));
        }
    }
    told.into_iter().map(|(_, sentence)| sentence).collect()
}

/// What a highlight is about; the second one about the same says little.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Topic {
    Age,
    Extreme,
    Course,
    Move,
    Part,
    Against,
    Before,
    Gap,
}

/// The topic of a fact that may be a highlight; none where the summary tells it already or a highlight would be too little.
fn topic(story: &Story, fact: &Fact) -> Option<Topic> {
    let is_categories = story.facts.axis == Axis::Categories;
    match &fact.claim {
        Claim::Blank | Claim::Latest { .. } | Claim::Total { .. } => None,
        Claim::Freshness { is_stale, .. } => is_stale.then_some(Topic::Age),
        Claim::Change(change) | Claim::NoMaterialChange(change) => match change.basis {
            Basis::PreviousStep => None,
            Basis::PreviousPeriod => (!story.is_headline(change)).then_some(Topic::Before),
            Basis::FirstShown => matches!(fact.claim, Claim::Change(_)).then_some(Topic::Course),
        },
        Claim::High { .. } if is_categories => None,
        Claim::Low { .. } if is_categories => story.facts.items.iter().any(|other| matches!(other.claim, Claim::Total { .. })).then_some(Topic::Extreme),
        Claim::High { .. } | Claim::Low { .. } | Claim::Record { .. } => Some(Topic::Extreme),
        Claim::Streak { .. } => Some(Topic::Course),
        Claim::Trend { direction, .. } => direction.map(|_| Topic::Course),
        // The largest category is in the summary.
        Claim::Share { rank: 1, .. } if is_categories && fact.series.is_none() => None,
        Claim::Share { .. } => Some(Topic::Part),
        Claim::Mover { change, whole } => Some(if is_with(change, *whole) { Topic::Part } else { Topic::Against }),
        Claim::Gaps { .. } => Some(Topic::Gap),
    }
}

fn is_with(change: &Change, whole: Decimal) -> bool {
    change.direction() == crate::fact::direction(whole)
}

/// "That is well above the usual daily move", where it is.
pub(super) fn unusual(story: &Story, fact: &Fact, change: &Change) -> Option<String> {
    let usual = change.usual.filter(|usual| !usual.is_zero())?;
    let threshold = usual.checked_mul(Decimal::from(UNUSUAL))?;
    let usual = english::moved(usual, fact.unit.as_ref());
    let from_to = story.grain().map_or("step", |grain| noun(grain, 1));
    (change.difference.abs() >= threshold).then(|| format!("An unusually large move: from {from_to} to {from_to}, about {usual} is usual."))
}

/// A fact as a sentence of its own; `None` for those that only a summary tells.
pub(super) fn sentence(story: &Story, fact: &Fact) -> Option<String> {
    let now = story.facts.as_of_local;
    let unit = fact.unit.as_ref();
    let of_series = fact.series.as_deref().map(|name| format!("{}: ", in_sentence(name))).unwrap_or_default();
    let series = |text: String| if of_series.is_empty() { begin(&text) } else { format!("{of_series}{text}") };
    let value_at = |reading: &Reading| format!("{} {}", value(reading.value, unit), story.at(reading));
    Some(match &fact.claim {
        Claim::Blank | Claim::Latest { .. } => return None,
        Claim::Change(compared) | Claim::NoMaterialChange(compared) => series(compare(story, fact, compared)),
        Claim::Total { reading, steps } if story.facts.axis == Axis::Categories => {
            format!("Total: {} over {} categories.", value(reading.value, unit), number(*steps))
        }
        Claim::Total { reading, steps } => {
            format!("Total: {} over {}, {}.", value(reading.value, unit), counted(*steps, &reading.at), label(&reading.at.label, now))
        }
        Claim::High { reading, .. } => series(format!("highest: {}.", value_at(reading))),
        Claim::Low { reading, .. } => series(format!("lowest: {}.", value_at(reading))),
        Claim::Record { direction, since, of, reading } => {
            let extreme = if *direction == Direction::Up { "highest" } else { "lowest" };
            series(match since {
                Some(since) => format!("the {extreme} since {}.", label(&since.label, now)),
                None => format!("{} is the {extreme} of the {} values shown.", story.label(reading), number(*of)),
            })
        }
        Claim::Streak { direction, moves, over } => series(streak(story, *direction, *moves, over)),
        Claim::Trend { direction: Some(way), per_step, of, over } => {
            let slope = english::moved(per_step.abs(), unit);
            let each = story.grain().map(per).unwrap_or_default();
            series(format!("the trend over the {} shown is {} by about {slope} {each}.", counted(*of, over), up_or_down(*way)))
        }
        Claim::Trend { direction: None, of, over, .. } => series(format!("no clear trend over the {} shown.", counted(*of, over))),
        Claim::Share { reading, ratio, rank, .. } => {
            let name = fact.series.as_deref().map_or_else(|| begin(&story.label(reading)), in_sentence);
            let at = if fact.series.is_some() && story.grain().is_some() { format!(" {}", story.at(reading)) } else { String::new() };
            let place = if *rank == 1 { "the largest part" } else { "next" };
            format!("{name} is {place} with {}{at}, {} of the total.", value(reading.value, unit), english::share(*ratio))
        }
        Claim::Mover { change: own, whole } => mover(fact, own, *whole),
        Claim::Gaps { missing, of } => {
            let is = if *missing == 1 { "is" } else { "are" };
            format!("{} of {} values {is} missing.", number(*missing), number(*of))
        }
        Claim::Freshness { newest, is_stale: true, .. } => {
            format!("The data ends {}: nothing newer was there on {}.", at_end(newest, story), read_on(story))
        }
        Claim::Freshness { newest, is_stale: false, .. } => format!("Data through {}, read at {}.", label(&newest.label, now), read_at(story)),
    })
}

fn at_end(newest: &Place, story: &Story) -> String {
    english::at(newest, story.facts.as_of_local)
}

fn read_on(story: &Story) -> String {
    let [day, _] = english::read_at(story.facts);
    day
}

fn read_at(story: &Story) -> String {
    let [_, time] = english::read_at(story.facts);
    time
}

/// Two readings that are not neighbours.
fn compare(story: &Story, fact: &Fact, compared: &Change) -> String {
    let unit = fact.unit.as_ref();
    let [from, to] = pair(compared, unit);
    match compared.basis {
        Basis::PreviousStep => format!("{to} {}, {} from {from} {}.", story.at(&compared.to), change(compared, unit), story.at(&compared.from)),
        Basis::FirstShown => format!("{} since {}, from {from} to {to}.", change(compared, unit), story.label(&compared.from)),
        Basis::PreviousPeriod => {
            let against = if compared.direction().is_some() { format!(" from {from}") } else { " from".to_owned() };
            format!("{to} {}, {}{against} {}.", story.at(&compared.to), change(compared, unit), story.at(&compared.from))
        }
    }
}

fn streak(story: &Story, direction: Direction, moves: usize, over: &Place) -> String {
    let way = up_or_down(direction);
    let counted = counted(moves + 1, over);
    match story.grain() {
        Some(grain) if !counted.ends_with("values") => format!("{way} for {} {} in a row.", number(moves), noun(grain, moves)),
        _ => format!("{way} {} times in a row.", number(moves)),
    }
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
