//! Spanish: what stands out, and what to know of the data.

use super::{CALENDAR, EACH, IS_FEMININE, and, change, compared, count, from_one, in_span, mover, part, shown, spaced};
use crate::fact::{Cycle, Direction};
use crate::language::Scribe;
use crate::language::calendar::index;
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
            Some(delta) => format!("{}: {} que un año antes ({before}).", scribe.name(at), change(delta)),
            None => format!("{}: igual que un año antes.", scribe.name(at)),
        },
        Sentence::Since {
            from,
            before,
            value,
            delta,
            ..
        } => match delta {
            Some(delta) => match value {
                Some(value) => format!("desde {}: {}, de {before} a {value}.", scribe.since(from), change(delta)),
                None => format!("desde {} ({before}): {}.", scribe.since(from), change(delta)),
            },
            None => format!("desde {}: sin cambios.", scribe.since(from)),
        },
        Sentence::Total { value, over, counted } => {
            let counted = counted.map(|counted| format!(" ({})", count(scribe, counted))).unwrap_or_default();
            format!("total: {value} {}{counted}.", in_span(scribe, over))
        }
        Sentence::Extreme { series, way, value, at } => {
            let (extreme, of) = (
                if *way == Direction::Up { "máximo" } else { "mínimo" },
                if series.is_none() { ":" } else { " de" },
            );
            format!("{extreme}{of} {}.", scribe.value_at(value, at))
        }
        Sentence::Record { way, named, among, .. } => {
            // "The highest of the 7 values": the noun follows.
            let is_of_values = matches!(among, Among::Shown { counted, .. } | Among::Last(counted) if counted.grain.is_none());
            let extreme = match (*way, is_of_values) {
                (Direction::Up, false) => "el valor más alto",
                (Direction::Down, false) => "el valor más bajo",
                (Direction::Up, true) => "el más alto",
                (Direction::Down, true) => "el más bajo",
            };
            let what = named.map_or_else(|| extreme.to_owned(), |name| format!("{}: {extreme}", scribe.name(name)));
            match among {
                Among::Since(since) => format!("{what} desde {}.", scribe.since(since)),
                Among::Shown { counted, is_full } => format!("{what} de {}.", shown(scribe, *counted, *is_full)),
                Among::Last(counted) => {
                    let last = if counted.grain.is_some_and(|grain| IS_FEMININE[index(grain)]) {
                        "las últimas"
                    } else {
                        "los últimos"
                    };
                    format!("{what} de {last} {}.", count(scribe, *counted))
                }
            }
        }
        Sentence::Streak { way, moves, grain, .. } => match grain {
            Some(grain) => {
                let in_a_row = if IS_FEMININE[index(*grain)] { "seguidas" } else { "seguidos" };
                let way = if *way == Direction::Up { "al alza" } else { "a la baja" };
                format!("{} {} {in_a_row} {way}.", scribe.count(*moves), CALENDAR.noun(*grain, *moves))
            }
            None => {
                let moved = if *way == Direction::Up {
                    "subidas seguidas"
                } else {
                    "bajadas seguidas"
                };
                format!("{} {moved}.", scribe.count(*moves))
            }
        },
        Sentence::Trend {
            way,
            slope,
            grain,
            shown: counted,
            ..
        } => match way {
            Some(way) => {
                let way = if *way == Direction::Up { "al alza" } else { "a la baja" };
                let each = grain.map(|grain| EACH[index(grain)]).unwrap_or_default();
                format!("tendencia {way} en {}: alrededor de {slope}{each}.", shown(scribe, *counted, false))
            }
            None => format!("sin tendencia clara en {}.", shown(scribe, *counted, false)),
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
                1 => "En primer lugar",
                2 => "En segundo lugar",
                3 => "En tercer lugar",
                _ => "A continuación",
            };
            format!(
                "{place}, {}: {value}{}, el {share} del total.",
                part(scribe, *name),
                spaced(at.map(|at| scribe.at(at)))
            )
        }
        Sentence::TopShare { top, share } => format!("Los {} valores más altos suman el {share} del total.", scribe.count(*top)),
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
                Some(Cycle::DayOfWeek) => "lo habitual ese día de la semana",
                Some(Cycle::MonthOfYear) => "lo habitual en esa época del año",
                Some(Cycle::HourOfDay) => "lo habitual a esa hora",
                None => "lo habitual",
            };
            let value = value
                .as_ref()
                .map(|(value, at)| format!("{}; ", scribe.value_at(value, at)))
                .unwrap_or_default();
            format!("valor fuera de lo común: {value}{usual} sería alrededor de {expected}.")
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
            let name = name.map(|name| format!(" «{}»", scribe.embed(name))).unwrap_or_default();
            match delta {
                Some(delta) => {
                    let over = if delta.is_up() { "por encima" } else { "por debajo" };
                    format!("{value}{} {over} del objetivo{name} ({target}).", delta.size)
                }
                None => format!("{value}justo en el objetivo{name} ({target})."),
            }
        }
        Sentence::Relation { measure, with, way } => {
            let [with, measure] = [scribe.embed(with), scribe.measure(measure)];
            match way {
                Some(Direction::Up) => format!("A más {with}, más {measure}."),
                Some(Direction::Down) => format!("A más {with}, menos {measure}."),
                None => format!("Sin relación clara entre {with} {} {measure}.", and(&measure)),
            }
        }
        Sentence::Spread { measure, median, from, to } => {
            format!(
                "{}: la mitad central está entre {from} y {to}; la mediana es {median}.",
                scribe.embed(measure)
            )
        }
        Sentence::Gaps { missing: 1, of } => format!("Falta 1 de {} valores.", scribe.count(*of)),
        Sentence::Gaps { missing, of } => format!("Faltan {} de {} valores.", scribe.count(*missing), scribe.count(*of)),
        Sentence::Stale { newest } => {
            let [day, _] = scribe.read_at();
            format!(
                "Los datos llegan hasta {}: el {day} no había nada más reciente.",
                scribe.until(newest)
            )
        }
        Sentence::Fresh { newest, is_over } => {
            let [day, time] = scribe.read_at();
            let running = if *is_over { "" } else { ", aún sin terminar" };
            format!("Datos hasta {}{running}; leídos el {day} a las {time}.", scribe.until(newest))
        }
        Sentence::Unusual { usual, grain } => format!(
            "Variación inusualmente grande: {}, lo habitual es alrededor de {usual}.",
            from_one(*grain)
        ),
        Sentence::Usual { usual, grain } => format!("{}, lo habitual es una variación de alrededor de {usual}.", from_one(*grain)),
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
