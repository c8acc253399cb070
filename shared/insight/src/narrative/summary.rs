//! The summary: what stands on the chart now, and what changed.

use super::Story;
use crate::cell_text::in_sentence;
use crate::english::{self, begin, noun, pair, rose_or_fell, size};
use crate::fact::{Axis, Change, Claim, Fact, Reading};

/// Series that are told of one by one in a summary.
const SERIES_MAX: usize = 2;

pub(super) fn summary(story: &Story) -> String {
    if let Some((fact, reading, is_running)) = story.latest() {
        return match is_running {
            true => running(story, fact, reading),
            false => newest(story, fact, reading),
        };
    }
    match story.facts.axis {
        Axis::Categories | Axis::Bins => categories(story),
        Axis::Time(_) | Axis::Points | Axis::Whole => side_by_side(story),
    }
}

/// "came to" for what is added up, "stood at" for levels: both agree with any noun in number.
fn verb(story: &Story) -> &'static str {
    if story.facts.is_additive { "came to" } else { "stood at" }
}

fn newest(story: &Story, fact: &Fact, reading: &Reading) -> String {
    match story.change().filter(|(_, change, _)| story.is_headline(change)) {
        Some((_, change, is_material)) => moved(story, &story.subject(fact), &story.at(reading), fact, change, is_material),
        None => {
            let value = story.value(fact, reading);
            let at = if story.facts.axis == Axis::Whole {
                String::new()
            } else {
                format!(" {}", story.at(reading))
            };
            format!("{} {} {value}{at}.", story.subject(fact), verb(story))
        }
    }
}

/// The newest value and the one before it, in one sentence. `at` is when, where the subject does not say it.
fn moved(story: &Story, subject: &str, at: &str, fact: &Fact, change: &Change, is_material: bool) -> String {
    let unit = fact.unit.as_ref();
    let [from, to] = pair(change, unit);
    let (before, verb) = (story.at(&change.from), verb(story));
    let at = if at.is_empty() { String::new() } else { format!(" {at}") };
    let Some(way) = change.direction() else {
        return format!("{subject} {verb} {to}{at}, unchanged from {}.", story.label(&change.from));
    };
    if !is_material {
        let size = english::ratio(change, unit).unwrap_or_else(|| size(change, unit));
        return format!(
            "{subject} {verb} {to}{at}, little changed from {from} {before} ({} {size}).",
            english::up_or_down(way)
        );
    }
    let is_share_told = english::ratio(change, unit);
    match (story.pick(&["value first", "move first"]), is_share_told) {
        ("move first", Some(ratio)) => format!("{subject} {} {ratio} to {to}{at}, from {from} {before}.", rose_or_fell(way)),
        _ => format!("{subject} {verb} {to}{at}, {} from {from} {before}.", english::change(change, unit)),
    }
}

/// A period that is not over: its sum so far, and the last full one.
fn running(story: &Story, fact: &Fact, reading: &Reading) -> String {
    let value = story.value(fact, reading);
    let period = story.grain().map_or("period", |grain| noun(grain, 1));
    let so_far = format!(
        "{} came to {value} so far {}, with the {period} not over yet.",
        story.subject(fact),
        story.at(reading)
    );
    match story.change() {
        Some((fact, change, is_material)) => {
            let full = format!("The last full {period}, {},", story.label(&change.to));
            format!("{so_far} {}", moved(story, &full, "", fact, change, is_material))
        }
        None => so_far,
    }
}

/// Series that cannot be added: the ones that changed most, one by one.
fn side_by_side(story: &Story) -> String {
    let latest = story.facts.items.iter().filter_map(|fact| match &fact.claim {
        Claim::Latest { reading, is_running } => Some((fact, reading, *is_running)),
        _ => None,
    });
    let sentences: Vec<String> = latest
        .take(SERIES_MAX)
        .map(|(fact, reading, is_running)| {
            let subject = story.subject(fact);
            let change = story.change_of(fact.series.as_deref(), |basis| basis == crate::fact::Basis::PreviousStep);
            match change.filter(|(_, change, _)| change.to == *reading) {
                Some((_, change, is_material)) => moved(story, &subject, &story.at(reading), fact, change, is_material),
                None => {
                    let so_far = if is_running { " so far" } else { "" };
                    format!(
                        "{subject} {} {}{so_far} {}.",
                        verb(story),
                        story.value(fact, reading),
                        story.at(reading)
                    )
                }
            }
        })
        .collect();
    if sentences.is_empty() { blank(story) } else { sentences.join(" ") }
}

fn categories(story: &Story) -> String {
    let measure = in_sentence(&begin(&story.facts.measure));
    let total = story.facts.items.iter().find_map(|fact| match &fact.claim {
        Claim::Total { reading, steps } => Some(format!(
            "{measure} came to {} across {} categories.",
            story.value(fact, reading),
            english::number(*steps)
        )),
        _ => None,
    });
    let high = story.facts.items.iter().find_map(|fact| match &fact.claim {
        Claim::High { reading, of } => Some((fact, reading, *of)),
        _ => None,
    });
    let Some((fact, high, of)) = high else { return blank(story) };
    let value = story.value(fact, high);
    let share = story.facts.items.iter().find_map(|part| match &part.claim {
        Claim::Share { reading, ratio, .. } if part.series.is_none() && reading == high => Some(english::share(*ratio)),
        _ => None,
    });
    let name = story.label(high);
    let series = fact
        .series
        .as_deref()
        .map(|name| format!(", {}", in_sentence(name)))
        .unwrap_or_default();
    if of == 1 {
        return format!("{measure}{series}: {value} for {name}.");
    }
    match (total, share) {
        (Some(total), Some(share)) => format!("{total} The largest is {name} with {value}, {share} of the total."),
        (Some(total), None) => format!("{total} The largest is {name} with {value}."),
        (None, _) => {
            let low = story.facts.items.iter().find_map(|other| match &other.claim {
                Claim::Low { reading, .. } if other.series == fact.series => Some(reading),
                _ => None,
            });
            let lowest = low.map(|low| format!(", lowest {} with {}", story.at(low), story.value(fact, low)));
            format!(
                "{measure}{series}: highest {} with {value}{}.",
                story.at(high),
                lowest.unwrap_or_default()
            )
        }
    }
}

fn blank(story: &Story) -> String {
    format!("There is no value to show for {}.", in_sentence(&story.facts.measure))
}
