//! Portuguese: what stands out, and what to know of the data.

use super::{CALENDAR, IS_FEMININE, change, compared, count, from_one, in_span, mover, of_shown, part, spaced};
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
            Some(delta) => format!("{}: {} que um ano antes ({before}).", scribe.name(at), change(delta)),
            None => format!("{}: o mesmo que um ano antes.", scribe.name(at)),
        },
        Sentence::Since {
            from,
            before,
            value,
            delta,
            ..
        } => match delta {
            Some(delta) => match value {
                Some(value) => format!("desde {}: {}, de {before} para {value}.", scribe.since(from), change(delta)),
                None => format!("desde {} ({before}): {}.", scribe.since(from), change(delta)),
            },
            None => format!("desde {}: sem alteração.", scribe.since(from)),
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
                (Direction::Up, false) => "o valor mais alto",
                (Direction::Down, false) => "o valor mais baixo",
                (Direction::Up, true) => "o mais alto",
                (Direction::Down, true) => "o mais baixo",
            };
            let what = named.map_or_else(|| extreme.to_owned(), |name| format!("{}: {extreme}", scribe.name(name)));
            match among {
                Among::Since(since) => format!("{what} desde {}.", scribe.since(since)),
                Among::Shown { counted, is_full } => format!("{what} {}.", of_shown("d", scribe, *counted, *is_full)),
                Among::Last(counted) => {
                    let last = if counted.grain.is_some_and(|grain| IS_FEMININE[index(grain)]) {
                        "das últimas"
                    } else {
                        "dos últimos"
                    };
                    format!("{what} {last} {}.", count(scribe, *counted))
                }
            }
        }
        Sentence::Streak { way, moves, grain, .. } => match grain {
            Some(grain) => {
                let in_a_row = if IS_FEMININE[index(*grain)] { "seguidas" } else { "seguidos" };
                let way = if *way == Direction::Up { "de alta" } else { "de queda" };
                format!("{} {} {in_a_row} {way}.", scribe.count(*moves), CALENDAR.noun(*grain, *moves))
            }
            None => {
                let moved = if *way == Direction::Up {
                    "altas seguidas"
                } else {
                    "quedas seguidas"
                };
                format!("{} {moved}.", scribe.count(*moves))
            }
        },
        Sentence::Trend {
            way, slope, grain, shown, ..
        } => match way {
            Some(way) => {
                let way = if *way == Direction::Up { "de alta" } else { "de queda" };
                let each = grain.map(|grain| format!(" por {}", CALENDAR.noun(grain, 1))).unwrap_or_default();
                format!("tendência {way} {}: cerca de {slope}{each}.", of_shown("n", scribe, *shown, false))
            }
            None => format!("sem tendência clara {}.", of_shown("n", scribe, *shown, false)),
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
                1 => "Em primeiro lugar",
                2 => "Em segundo lugar",
                3 => "Em terceiro lugar",
                _ => "Em seguida",
            };
            format!(
                "{place}, {}: {value}{}, {share} do total.",
                part(scribe, *name),
                spaced(at.map(|at| scribe.at(at)))
            )
        }
        Sentence::TopShare { top, share } => format!("Os {} valores mais altos somam {share} do total.", scribe.count(*top)),
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
                Some(Cycle::DayOfWeek) => "o habitual nesse dia da semana",
                Some(Cycle::MonthOfYear) => "o habitual nessa época do ano",
                Some(Cycle::HourOfDay) => "o habitual nessa hora",
                None => "o habitual",
            };
            let value = value
                .as_ref()
                .map(|(value, at)| format!("{}; ", scribe.value_at(value, at)))
                .unwrap_or_default();
            format!("valor fora do comum: {value}{usual} seria cerca de {expected}.")
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
            let name = name.map(|name| format!(" “{}”", scribe.embed(name))).unwrap_or_default();
            match delta {
                Some(delta) => {
                    let over = if delta.is_up() { "acima" } else { "abaixo" };
                    format!("{value}{} {over} da meta{name} ({target}).", delta.size)
                }
                None => format!("{value}exatamente na meta{name} ({target})."),
            }
        }
        Sentence::Relation { measure, with, way } => {
            let [with, measure] = [scribe.embed(with), scribe.measure(measure)];
            match way {
                Some(Direction::Up) => format!("Quanto mais {with}, mais {measure}."),
                Some(Direction::Down) => format!("Quanto mais {with}, menos {measure}."),
                None => format!("Sem relação clara entre {with} e {measure}."),
            }
        }
        Sentence::Spread { measure, median, from, to } => {
            format!(
                "{}: a metade central fica entre {from} e {to}; a mediana é {median}.",
                scribe.embed(measure)
            )
        }
        Sentence::Gaps { missing: 1, of } => format!("Falta 1 de {} valores.", scribe.count(*of)),
        Sentence::Gaps { missing, of } => format!("Faltam {} de {} valores.", scribe.count(*missing), scribe.count(*of)),
        Sentence::Stale { newest } => {
            let [day, _] = scribe.read_at();
            format!("Os dados vão até {}: em {day} não havia nada mais recente.", scribe.until(newest))
        }
        Sentence::Fresh { newest, is_over } => {
            let [day, time] = scribe.read_at();
            let running = if *is_over { "" } else { ", ainda em curso" };
            format!("Dados até {}{running}; lidos em {day}, às {time}.", scribe.until(newest))
        }
        Sentence::Unusual { usual, grain } => format!(
            "Variação excepcionalmente grande: {}, o habitual é cerca de {usual}.",
            from_one(*grain)
        ),
        Sentence::Usual { usual, grain } => format!("{}, o habitual é uma variação de cerca de {usual}.", from_one(*grain)),
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
