//! Portuguese, as Brazil writes it. Headline style, as in Spanish.

mod findings;

use domain::locale::Width;
use domain::series::Grain;

use crate::fact::Label;
use crate::language::calendar::{Calendar, index};
use crate::language::sentence::{Counted, Delta, Measure, Part, Role, Sentence, Subject, Turn, When};
use crate::language::{Scribe, periods};

pub(in crate::language) const CALENDAR: Calendar = Calendar {
    width: Width::Wide,
    month: ["{month}", "{month} de {year}"],
    quarter: ["{quarter} trimestre", "{quarter} trimestre de {year}"],
    week: ["semana de {day} de {month}", "semana de {day} de {month} de {year}"],
    day: ["{weekday}, {day} de {month}", "{day} de {month} de {year}"],
    time: "{date}, às {time}",
    first_day: "1º",
    same_day: "às {time}",
    quarters: ["primeiro", "segundo", "terceiro", "quarto"],
    weekday_articles: ["na", "na", "na", "na", "na", "no", "no", "em"],
    at: ["{article} ", "{article} ", "{article} ", "na ", "em ", "no ", "em "],
    since: ["", "", "", "a ", "", "o ", ""],
    until: ["", "", "", "a ", "", "o ", ""],
    nouns: [
        ["minuto", "minutos"],
        ["hora", "horas"],
        ["dia", "dias"],
        ["semana", "semanas"],
        ["mês", "meses"],
        ["trimestre", "trimestres"],
        ["ano", "anos"],
    ],
};

/// In the order of [`Grain`].
const IS_FEMININE: [bool; 7] = [false, true, false, true, false, false, false];
const THE_PERIOD: [&str; 7] = ["o minuto", "a hora", "o dia", "a semana", "o mês", "o trimestre", "o ano"];
const LAST_FULL: [&str; 7] = [
    "Último minuto completo",
    "Última hora completa",
    "Último dia completo",
    "Última semana completa",
    "Último mês completo",
    "Último trimestre completo",
    "Último ano completo",
];

pub(in crate::language) const HEADINGS: [&str; 5] = ["O que mudou", "Composição", "Máximos e mínimos", "Tendência", "Sobre os dados"];
/// In the order of [`domain::chart_spec::Mark::ALL`].
pub(in crate::language) const FORMS: [&str; 7] = [
    "Gráfico de linhas",
    "Gráfico de áreas",
    "Gráfico de barras",
    "Gráfico de rosca",
    "Gráfico de dispersão",
    "Indicador",
    "Tabela",
];
pub(in crate::language) const PHRASES: [&str; 2] = ["n/d", "sem alteração"];

pub(in crate::language) fn say(scribe: &Scribe, sentence: &Sentence) -> String {
    match sentence {
        Sentence::Nothing { measure } => format!("{}: não há nenhum valor para mostrar.", scribe.measure(measure)),
        Sentence::Value { subject, value, at, .. } => format!("{}{}: {value}.", who(scribe, *subject), spaced(at.map(|at| scribe.at(at)))),
        Sentence::SoFar { subject, value, at, grain } => {
            let period = grain.map_or("o período", |grain| THE_PERIOD[index(grain)]);
            format!(
                "{} {}, até agora: {value}; {period} ainda não terminou.",
                who(scribe, *subject),
                scribe.at(at)
            )
        }
        Sentence::Moved { .. } => moved(scribe, sentence),
        Sentence::Sum {
            measure,
            value,
            categories,
            are_ranges,
        } => {
            let noun = match (are_ranges, categories) {
                (true, 1) => "intervalo",
                (true, _) => "intervalos",
                (false, 1) => "categoria",
                (false, _) => "categorias",
            };
            format!("{}: {value} em {} {noun}.", scribe.measure(measure), scribe.count(*categories))
        }
        Sentence::Largest { name, value, share } => {
            let share = share.as_ref().map(|share| format!(", {share} do total")).unwrap_or_default();
            format!("O valor mais alto é o de {}: {value}{share}.", scribe.name(name))
        }
        Sentence::Between {
            subject,
            series,
            high,
            low,
        } => {
            let series = series.map(|series| format!(", {}", scribe.embed(series))).unwrap_or_default();
            let of = |(value, name): &(String, &Label)| format!("o de {} ({value})", scribe.name(name));
            let low = low.as_ref().map(|low| format!("; o mais baixo, {}", of(low))).unwrap_or_default();
            format!("{}{series}: o valor mais alto é {}{low}.", who(scribe, *subject), of(high))
        }
        Sentence::Only {
            measure,
            series,
            value,
            name,
        } => {
            let series = series.map(|series| format!(", {}", scribe.embed(series))).unwrap_or_default();
            format!("{}{series}: {value} ({}).", scribe.measure(measure), scribe.name(name))
        }
        _ => findings::say(scribe, sentence),
    }
}

/// "R$ 8,2 mil (7,1%) a mais".
pub(in crate::language) fn change(delta: &Delta) -> String {
    format!("{} {}", delta.sized(), more(delta))
}

pub(in crate::language) fn measure(measure: &Measure, named: impl Fn(&str) -> String) -> String {
    match measure {
        Measure::Named(name) => named(name),
        Measure::Average(name) => format!("{} (média)", named(name)),
        Measure::Median(name) => format!("{} (mediana)", named(name)),
        Measure::Smallest(name) => format!("{} (mínimo)", named(name)),
        Measure::Largest(name) => format!("{} (máximo)", named(name)),
        Measure::Count => "Contagem".to_owned(),
        Measure::Total => "Total".to_owned(),
    }
}

pub(in crate::language) fn span(scribe: &Scribe, label: &Label) -> String {
    let (count, grain) = periods(label);
    format!(
        "{} {} até {}",
        scribe.count(count),
        CALENDAR.noun(grain, count),
        scribe.until(label)
    )
}

/// "nos 12 meses até outubro".
pub(in crate::language) fn in_span(scribe: &Scribe, label: &Label) -> String {
    match label {
        Label::Span { grain, .. } => format!("{} {}", in_the(*grain), span(scribe, label)),
        other => scribe.at(other),
    }
}

fn moved(scribe: &Scribe, sentence: &Sentence) -> String {
    let Sentence::Moved {
        subject,
        value,
        at,
        before,
        when,
        delta,
        turn,
        ..
    } = sentence
    else {
        return String::new();
    };
    let (who, at) = (who(scribe, *subject), spaced(at.map(|at| scribe.at(at))));
    match (delta, turn) {
        (Some(delta), Turn::Slight) => {
            let size = delta.ratio.as_ref().unwrap_or(&delta.size);
            format!("{who}{at}: {value}, apenas {size} {} {}.", more(delta), than(scribe, before, *when))
        }
        (Some(delta), Turn::MoveFirst) if delta.ratio.is_some() => {
            let (rise, ratio) = (
                if delta.is_up() { "alta" } else { "queda" },
                delta.ratio.as_deref().unwrap_or_default(),
            );
            let before = match when {
                When::At(label) => scribe.value_at(before, label),
                other => format!("{before} {}", when_before(scribe, *other)),
            };
            format!("{who}: {rise} de {ratio}{at}, para {value}, ante {before}.")
        }
        (delta, _) => format!("{who}{at}: {}.", compared(scribe, value, delta.as_ref(), before, *when)),
    }
}

/// "R$ 8,2 mil (7,1%) a mais que em setembro (R$ 116,1 mil)", "o mesmo que em setembro".
fn compared(scribe: &Scribe, value: &str, delta: Option<&Delta>, before: &str, when: When) -> String {
    match delta {
        Some(delta) => format!(
            "{value}{}{} {}",
            delta.comma(value, ", ou seja, "),
            change(delta),
            than(scribe, before, when)
        ),
        None => format!("{value}, o mesmo que {}", when_before(scribe, when)),
    }
}

fn than(scribe: &Scribe, before: &str, when: When) -> String {
    format!("que {} ({before})", when_before(scribe, when))
}

fn when_before(scribe: &Scribe, when: When) -> String {
    match when {
        When::At(label) => scribe.at(label),
        When::Before(1, grain) => format!("n{} anterior", THE_PERIOD[index(grain)]),
        When::Before(count, grain) => format!(
            "{} {} {} anteriores",
            in_the(grain),
            scribe.count(count),
            CALENDAR.noun(grain, count)
        ),
        When::SameDay(label) => scribe.same_day(label),
        When::YearBefore => "um ano antes".to_owned(),
    }
}

fn mover(scribe: &Scribe, name: &str, value: &str, delta: &Delta, role: Role, share: Option<&str>) -> String {
    let name = scribe.embed(name);
    let (most, whole) = if delta.is_up() {
        ("A maior alta", "da alta total")
    } else {
        ("A maior queda", "da queda total")
    };
    let share = share.map(|share| format!(" ({share} {whole})")).unwrap_or_default();
    match role {
        Role::Most => format!("{most} é a de {name}: {}, para {value}{share}.", change(delta)),
        Role::Along => format!("{name}: {}, para {value}{share}.", change(delta)),
        Role::Against => format!("Na direção contrária, {name}: {}, para {value}.", change(delta)),
    }
}

fn who(scribe: &Scribe, subject: Subject) -> String {
    match subject {
        Subject::Measure(measure) => scribe.measure(measure),
        Subject::Series(name) => scribe.embed(name),
        Subject::LastFull(label, grain) => format!("{} ({})", LAST_FULL[index(grain)], scribe.name(label)),
    }
}

fn part(scribe: &Scribe, part: Part) -> String {
    match part {
        Part::Series(name) => scribe.embed(name),
        Part::Place(label) => scribe.name(label),
    }
}

fn count(scribe: &Scribe, counted: Counted) -> String {
    let noun = match counted.grain {
        Some(grain) => CALENDAR.noun(grain, counted.count),
        None if counted.count == 1 => "valor",
        None => "valores",
    };
    format!("{} {noun}", scribe.count(counted.count))
}

/// "dos 12 meses completos mostrados", "nas 7 semanas mostradas", by the preposition's first letter.
fn of_shown(preposition: &str, scribe: &Scribe, counted: Counted, is_full: bool) -> String {
    let is_feminine = counted.grain.is_some_and(|grain| IS_FEMININE[index(grain)]);
    let (the, full, shown) = if is_feminine {
        ("as", " completas", "mostradas")
    } else {
        ("os", " completos", "mostrados")
    };
    format!(
        "{preposition}{the} {}{} {shown}",
        count(scribe, counted),
        if is_full { full } else { "" }
    )
}

fn in_the(grain: Grain) -> &'static str {
    if IS_FEMININE[index(grain)] { "nas" } else { "nos" }
}

/// "de um mês para outro".
fn from_one(grain: Option<Grain>) -> String {
    let Some(grain) = grain else {
        return "de um valor para outro".to_owned();
    };
    let (one, other) = if IS_FEMININE[index(grain)] {
        ("uma", "outra")
    } else {
        ("um", "outro")
    };
    format!("de {one} {} para {other}", CALENDAR.noun(grain, 1))
}

fn more(delta: &Delta) -> &'static str {
    if delta.is_up() { "a mais" } else { "a menos" }
}

fn spaced(text: Option<String>) -> String {
    text.filter(|text| !text.is_empty())
        .map(|text| format!(" {text}"))
        .unwrap_or_default()
}
