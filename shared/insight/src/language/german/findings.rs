//! German: what stands out, and what to know of the data.

use super::{CALENDAR, change, compared, count, from_one, in_span, mover, part, shown, spaced};
use crate::fact::{Cycle, Direction};
use crate::language::Scribe;
use crate::language::sentence::{Among, Sentence};

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
        } => {
            format!("{}.", compared(scribe, &scribe.value_at(value, at), delta.as_ref(), before, *when))
        }
        Sentence::YearOnYear { at, before, delta, .. } => match delta {
            Some(delta) => format!("{}: {} als ein Jahr zuvor ({before}).", scribe.name(at), change(delta)),
            None => format!("{}: genau wie ein Jahr zuvor.", scribe.name(at)),
        },
        Sentence::Since {
            from,
            before,
            value,
            delta,
            ..
        } => match delta {
            Some(delta) => match value {
                Some(value) => format!("seit {}: {}, von {before} auf {value}.", scribe.since(from), change(delta)),
                None => format!("seit {} ({before}): {}.", scribe.since(from), change(delta)),
            },
            None => format!("seit {} unverändert.", scribe.since(from)),
        },
        Sentence::Total { value, over, counted } => {
            let counted = counted.map(|counted| format!(" ({})", count(scribe, counted))).unwrap_or_default();
            format!("Summe: {value} {}{counted}.", in_span(scribe, over))
        }
        Sentence::Extreme { series, way, value, at } => {
            let (extreme, colon) = (
                if *way == Direction::Up { "Höchstwert" } else { "Tiefstwert" },
                if series.is_none() { ":" } else { "" },
            );
            format!("{extreme}{colon} {}.", scribe.value_at(value, at))
        }
        Sentence::Record { way, named, among, .. } => {
            // "The highest of the 7 values": the noun follows.
            let is_of_values = matches!(among, Among::Shown { counted, .. } | Among::Last(counted) if counted.grain.is_none());
            let extreme = match (*way, is_of_values) {
                (Direction::Up, false) => "der höchste Wert",
                (Direction::Down, false) => "der niedrigste Wert",
                (Direction::Up, true) => "der höchste",
                (Direction::Down, true) => "der niedrigste",
            };
            let what = named.map_or_else(|| extreme.to_owned(), |name| format!("{}: {extreme}", scribe.name(name)));
            match among {
                Among::Since(since) => format!("{what} seit {}.", scribe.since(since)),
                Among::Shown { counted, is_full } => format!("{what} der {}.", shown(scribe, *counted, *is_full)),
                Among::Last(counted) => format!("{what} der letzten {}.", count(scribe, *counted)),
            }
        }
        Sentence::Streak { way, moves, grain, .. } => {
            let moved = if *way == Direction::Up { "gestiegen" } else { "gesunken" };
            let noun = grain.map_or("Mal", |grain| CALENDAR.noun(grain, *moves));
            format!("{} {noun} in Folge {moved}.", scribe.count(*moves))
        }
        Sentence::Trend {
            way,
            slope,
            grain,
            shown: counted,
            ..
        } => match way {
            Some(way) => {
                let trend = if *way == Direction::Up { "Aufwärtstrend" } else { "Abwärtstrend" };
                let each = grain.map(|grain| format!(" pro {}", CALENDAR.noun(grain, 1))).unwrap_or_default();
                format!("{trend} über die {}: rund {slope}{each}.", shown(scribe, *counted, false))
            }
            None => format!("kein klarer Trend über die {}.", shown(scribe, *counted, false)),
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
                1 => "An erster Stelle",
                2 => "An zweiter Stelle",
                3 => "An dritter Stelle",
                _ => "Dahinter",
            };
            format!(
                "{place}: {} mit {value}{}, {share} der Summe.",
                part(scribe, *name),
                spaced(at.map(|at| scribe.at(at)))
            )
        }
        Sentence::TopShare { top, share } => format!("Auf die {} größten Werte entfallen {share} der Summe.", scribe.count(*top)),
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
                Some(Cycle::DayOfWeek) => "üblich wären an diesem Wochentag",
                Some(Cycle::MonthOfYear) => "üblich wären zu dieser Jahreszeit",
                Some(Cycle::HourOfDay) => "üblich wären zu dieser Uhrzeit",
                None => "üblich wären",
            };
            let value = value
                .as_ref()
                .map(|(value, at)| format!("{}; ", scribe.value_at(value, at)))
                .unwrap_or_default();
            format!("auffälliger Wert: {value}{usual} rund {expected}.")
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
            let name = name.map(|name| format!(" „{}“", scribe.embed(name))).unwrap_or_default();
            match delta {
                Some(delta) => {
                    let over = if delta.is_up() { "über" } else { "unter" };
                    format!("{value}{} {over} dem Ziel{name} ({target}).", delta.size)
                }
                None => format!("{value}genau auf dem Ziel{name} ({target})."),
            }
        }
        Sentence::Relation { measure, with, way } => {
            let [with, measure] = [scribe.embed(with), scribe.measure(measure)];
            match way {
                Some(Direction::Up) => format!("Je höher {with}, desto höher {measure}."),
                Some(Direction::Down) => format!("Je höher {with}, desto niedriger {measure}."),
                None => format!("Kein klarer Zusammenhang zwischen {with} und {measure}."),
            }
        }
        Sentence::Spread { measure, median, from, to } => {
            format!(
                "{}: Die mittlere Hälfte liegt zwischen {from} und {to}, der Median bei {median}.",
                scribe.embed(measure)
            )
        }
        Sentence::Gaps { missing: 1, of } => format!("1 von {} Werten fehlt.", scribe.count(*of)),
        Sentence::Gaps { missing, of } => format!("{} von {} Werten fehlen.", scribe.count(*missing), scribe.count(*of)),
        Sentence::Stale { newest } => {
            let [day, _] = scribe.read_at();
            format!("Die Daten reichen bis {}: Am {day} lag nichts Neueres vor.", scribe.until(newest))
        }
        Sentence::Fresh { newest, is_over } => {
            let [day, time] = scribe.read_at();
            let running = if *is_over { "" } else { " (noch nicht abgeschlossen)" };
            let clock = if scribe.is_zoned { " Uhr" } else { "" };
            format!("Daten bis {}{running}; gelesen am {day} um {time}{clock}.", scribe.until(newest))
        }
        Sentence::Unusual { usual, grain } => format!("Ungewöhnlich starke Veränderung: {} sind rund {usual} üblich.", from_one(*grain)),
        Sentence::Usual { usual, grain } => format!("{} ist eine Veränderung um rund {usual} üblich.", from_one(*grain)),
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
