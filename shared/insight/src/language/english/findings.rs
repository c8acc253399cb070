//! English: what stands out, and what to know of the data.

use super::{CALENDAR, change, count, extreme, from, mover, noun, part, per, spaced, step, than, up};
use crate::fact::{Cycle, Direction};
use crate::language::Scribe;
use crate::language::sentence::{Among, Delta, Sentence, When};

/// How a value compares, and the course of several.
pub(super) fn say(scribe: &Scribe, sentence: &Sentence) -> String {
    match sentence {
        Sentence::Compared {
            value,
            at,
            before,
            when,
            delta,
            ..
        } => match delta {
            Some(delta) => format!("{}, {} {}.", scribe.value_at(value, at), change(delta), from(scribe, before, *when)),
            None => format!("{}, unchanged from {}.", scribe.value_at(value, at), than(scribe, *when)),
        },
        Sentence::YearOnYear { at, before, delta, .. } => match delta {
            Some(delta) => format!("{}: {} from {before} a year earlier.", scribe.name(at), change(delta)),
            None => format!("{}: unchanged from a year earlier.", scribe.name(at)),
        },
        Sentence::Since {
            from,
            before,
            value,
            delta,
            ..
        } => match delta {
            Some(delta) => match value {
                Some(value) => format!("{} since {}, from {before} to {value}.", change(delta), scribe.since(from)),
                None => format!("{} since {} ({before}).", change(delta), scribe.since(from)),
            },
            None => format!("unchanged since {}.", scribe.since(from)),
        },
        Sentence::Total { value, over, counted } => {
            let counted = counted.map(|counted| format!(" ({})", count(scribe, counted))).unwrap_or_default();
            format!("total: {value} over {}{counted}.", than(scribe, When::At(over)))
        }
        Sentence::Extreme { series, way, value, at } => {
            let colon = if series.is_none() { ":" } else { "" };
            format!("{}{colon} {}.", extreme(*way), scribe.value_at(value, at))
        }
        Sentence::Record { way, named, among, .. } => {
            let what = named.map_or_else(
                || format!("the {}", extreme(*way)),
                |name| format!("{} is the {}", scribe.name(name), extreme(*way)),
            );
            match among {
                Among::Since(since) => format!("{what} since {}.", scribe.since(since)),
                Among::Shown { counted, is_full } => {
                    let full = if *is_full { "full " } else { "" };
                    format!("{what} of the {} {full}{} shown.", scribe.count(counted.count), noun(*counted))
                }
                Among::Last(counted) => format!("{what} of the last {}.", count(scribe, *counted)),
            }
        }
        Sentence::Streak { way, moves, grain, .. } => match grain {
            Some(grain) => format!(
                "{} for {} {} in a row.",
                up(*way),
                scribe.count(*moves),
                CALENDAR.noun(*grain, *moves)
            ),
            None => format!("{} {} times in a row.", up(*way), scribe.count(*moves)),
        },
        Sentence::Trend {
            way, slope, grain, shown, ..
        } => match way {
            Some(way) => format!(
                "the trend over the {} shown is {} by about {slope}{}.",
                count(scribe, *shown),
                up(*way),
                per(*grain)
            ),
            None => format!("no clear trend over the {} shown.", count(scribe, *shown)),
        },
        _ => of_parts_and_data(scribe, sentence),
    }
}

/// Parts, values that stand out, and what the rows are.
fn of_parts_and_data(scribe: &Scribe, sentence: &Sentence) -> String {
    match sentence {
        Sentence::Share {
            name,
            value,
            at,
            share,
            rank,
        } => {
            let place = match rank {
                1 => "The largest part is",
                2 => "Second is",
                3 => "Third is",
                _ => "Next is",
            };
            format!(
                "{place} {} with {value}{}, {share} of the total.",
                part(scribe, *name),
                spaced(at.map(|at| scribe.at(at)))
            )
        }
        Sentence::TopShare { top, share } => format!("The {} largest make up {share} of the total.", scribe.count(*top)),
        Sentence::Mover {
            name,
            value,
            delta,
            role,
            share,
        } => mover(scribe, name, value, delta, *role, share.as_deref()),
        Sentence::Anomaly {
            value, expected, cycle, ..
        } => {
            let usual = match cycle {
                Some(Cycle::DayOfWeek) => "usual for that day of the week",
                Some(Cycle::MonthOfYear) => "usual for that time of the year",
                Some(Cycle::HourOfDay) => "usual for that time of day",
                None => "usual",
            };
            let what = value
                .as_ref()
                .map_or_else(|| "the newest value".to_owned(), |(value, at)| scribe.value_at(value, at));
            format!("{what} stands out: about {expected} would be {usual}.")
        }
        Sentence::Target {
            name,
            value,
            target,
            delta,
            ..
        } => {
            let value = value
                .as_ref()
                .map(|(value, at)| format!("{}, ", scribe.value_at(value, at)))
                .unwrap_or_default();
            let target = name.map_or_else(
                || format!("the target of {target}"),
                |name| format!("the target “{}” of {target}", scribe.embed(name)),
            );
            match delta {
                Some(Delta {
                    way: Direction::Up, size, ..
                }) => format!("{value}{size} above {target}."),
                Some(Delta { size, .. }) => format!("{value}{size} below {target}."),
                None => format!("{value}exactly on {target}."),
            }
        }
        Sentence::Relation { measure, with, way } => {
            let [with, measure] = [scribe.embed(with), scribe.measure(measure)];
            match way {
                Some(Direction::Up) => format!("Higher {with} goes with higher {measure}."),
                Some(Direction::Down) => format!("Higher {with} goes with lower {measure}."),
                None => format!("No clear relation between {with} and {measure}."),
            }
        }
        Sentence::Spread { measure, median, from, to } => {
            format!(
                "{}: the middle half lies between {from} and {to}, the median is {median}.",
                scribe.embed(measure)
            )
        }
        Sentence::Gaps { missing, of } => {
            let is = if *missing == 1 { "is" } else { "are" };
            format!("{} of {} values {is} missing.", scribe.count(*missing), scribe.count(*of))
        }
        Sentence::Stale { newest } => {
            let [day, _] = scribe.read_at();
            format!("The data ends {}: nothing newer was there on {day}.", scribe.at(newest))
        }
        Sentence::Fresh { newest, is_over } => {
            let [day, time] = scribe.read_at();
            let running = if *is_over { "" } else { ", which was not over then" };
            format!("Data through {}{running}; read at {time} on {day}.", scribe.name(newest))
        }
        Sentence::Unusual { usual, grain } => {
            format!(
                "An unusually large move: from one {} to the next, about {usual} is usual.",
                step(*grain)
            )
        }
        Sentence::Usual { usual, grain } => format!("From one {} to the next, a move of about {usual} is usual.", step(*grain)),
        // Said before it comes here.
        Sentence::Nothing { .. }
        | Sentence::Value { .. }
        | Sentence::SoFar { .. }
        | Sentence::Moved { .. }
        | Sentence::Sum { .. }
        | Sentence::Largest { .. }
        | Sentence::Between { .. }
        | Sentence::Only { .. }
        | Sentence::Compared { .. }
        | Sentence::YearOnYear { .. }
        | Sentence::Since { .. }
        | Sentence::Total { .. }
        | Sentence::Extreme { .. }
        | Sentence::Record { .. }
        | Sentence::Streak { .. }
        | Sentence::Trend { .. } => String::new(),
    }
}
