//! Spanish. Headline style: a name, a colon, a value; no verb has to agree with a name whose number is unknown.

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
    week: ["semana del {day} de {month}", "semana del {day} de {month} de {year}"],
    day: ["{weekday} {day} de {month}", "{day} de {month} de {year}"],
    time: "{date} a las {time}",
    first_day: "1",
    same_day: "a las {time}",
    quarters: ["primer", "segundo", "tercer", "cuarto"],
    weekday_articles: [""; 8],
    at: ["el ", "el ", "el ", "en la ", "en ", "en el ", "en "],
    since: ["el ", "el ", "el ", "la ", "", "el ", ""],
    until: ["el ", "el ", "el ", "la ", "", "el ", ""],
    nouns: [
        ["minuto", "minutos"],
        ["hora", "horas"],
        ["día", "días"],
        ["semana", "semanas"],
        ["mes", "meses"],
        ["trimestre", "trimestres"],
        ["año", "años"],
    ],
};

/// In the order of [`Grain`].
const IS_FEMININE: [bool; 7] = [false, true, false, true, false, false, false];

pub(in crate::language) const HEADINGS: [&str; 5] = ["Qué ha cambiado", "Desglose", "Máximos y mínimos", "Tendencia", "Sobre los datos"];
/// In the order of [`domain::chart_spec::Mark::ALL`].
pub(in crate::language) const FORMS: [&str; 7] = [
    "Gráfico de líneas",
    "Gráfico de áreas",
    "Gráfico de barras",
    "Gráfico de anillo",
    "Gráfico de dispersión",
    "Cifra clave",
    "Tabla",
];
pub(in crate::language) const PHRASES: [&str; 2] = ["s/d", "sin cambios"];

pub(in crate::language) fn say(scribe: &Scribe, sentence: &Sentence) -> String {
    match sentence {
        Sentence::Nothing { measure } => format!("{}: no hay ningún valor que mostrar.", scribe.measure(measure)),
        Sentence::Value { subject, value, at, .. } => format!("{}{}: {value}.", who(scribe, *subject), spaced(at.map(|at| scribe.at(at)))),
        Sentence::SoFar { subject, value, at, grain } => {
            let period = grain.map_or("el periodo", |grain| THE_PERIOD[index(grain)]);
            format!(
                "{} {}, hasta ahora: {value}; {period} aún no ha terminado.",
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
                (false, 1) => "categoría",
                (false, _) => "categorías",
            };
            format!("{}: {value} en {} {noun}.", scribe.measure(measure), scribe.count(*categories))
        }
        Sentence::Largest { name, value, share } => {
            let share = share.as_ref().map(|share| format!(", el {share} del total")).unwrap_or_default();
            format!("El valor más alto es el de {}: {value}{share}.", scribe.name(name))
        }
        Sentence::Between {
            subject,
            series,
            high,
            low,
        } => {
            let series = series.map(|series| format!(", {}", scribe.embed(series))).unwrap_or_default();
            let of = |(value, name): &(String, &Label)| format!("el de {} ({value})", scribe.name(name));
            let low = low.as_ref().map(|low| format!("; el más bajo, {}", of(low))).unwrap_or_default();
            format!("{}{series}: el valor más alto es {}{low}.", who(scribe, *subject), of(high))
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

/// In the order of [`Grain`].
const THE_PERIOD: [&str; 7] = ["el minuto", "la hora", "el día", "la semana", "el mes", "el trimestre", "el año"];
const EACH: [&str; 7] = [
    " por minuto",
    " por hora",
    " al día",
    " a la semana",
    " al mes",
    " al trimestre",
    " al año",
];
const LAST_FULL: [&str; 7] = [
    "Último minuto completo",
    "Última hora completa",
    "Último día completo",
    "Última semana completa",
    "Último mes completo",
    "Último trimestre completo",
    "Último año completo",
];

/// "8,2 mil $ (7,1 %) más".
pub(in crate::language) fn change(delta: &Delta) -> String {
    format!("{} {}", delta.sized(), more(delta))
}

pub(in crate::language) fn measure(measure: &Measure, named: impl Fn(&str) -> String) -> String {
    match measure {
        Measure::Named(name) => named(name),
        Measure::Average(name) => format!("{} (media)", named(name)),
        Measure::Median(name) => format!("{} (mediana)", named(name)),
        Measure::Smallest(name) => format!("{} (mínimo)", named(name)),
        Measure::Largest(name) => format!("{} (máximo)", named(name)),
        Measure::Count => "Recuento".to_owned(),
        Measure::Total => "Total".to_owned(),
    }
}

pub(in crate::language) fn span(scribe: &Scribe, label: &Label) -> String {
    let (count, grain) = periods(label);
    format!(
        "{} {} hasta {}",
        scribe.count(count),
        CALENDAR.noun(grain, count),
        scribe.until(label)
    )
}

/// "en los 12 meses hasta octubre".
pub(in crate::language) fn in_span(scribe: &Scribe, label: &Label) -> String {
    match label {
        Label::Span { grain, .. } => format!("en {} {}", the(*grain), span(scribe, label)),
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
            let size = delta
                .ratio
                .as_ref()
                .map_or_else(|| delta.size.clone(), |ratio| format!("un {ratio}"));
            format!("{who}{at}: {value}, apenas {size} {} {}.", more(delta), than(scribe, before, *when))
        }
        (Some(delta), Turn::MoveFirst) if delta.ratio.is_some() => {
            let (rise, ratio) = (
                if delta.is_up() { "subida" } else { "bajada" },
                delta.ratio.as_deref().unwrap_or_default(),
            );
            let before = match when {
                When::At(label) => scribe.value_at(before, label),
                other => format!("{before} {}", when_before(scribe, *other)),
            };
            format!("{who}: {rise} del {ratio}{at}, hasta {value}, frente a {before}.")
        }
        (delta, _) => format!("{who}{at}: {}.", compared(scribe, value, delta.as_ref(), before, *when)),
    }
}

/// "8,2 mil $ (7,1 %) más que en septiembre (116,1 mil $)", "igual que en septiembre".
fn compared(scribe: &Scribe, value: &str, delta: Option<&Delta>, before: &str, when: When) -> String {
    match delta {
        Some(delta) => format!(
            "{value}{}{} {}",
            delta.comma(value, ", es decir, "),
            change(delta),
            than(scribe, before, when)
        ),
        None => format!("{value}, igual que {}", when_before(scribe, when)),
    }
}

fn than(scribe: &Scribe, before: &str, when: When) -> String {
    format!("que {} ({before})", when_before(scribe, when))
}

fn when_before(scribe: &Scribe, when: When) -> String {
    match when {
        When::At(label) => scribe.at(label),
        When::Before(1, grain) => format!("en {} anterior", THE_PERIOD[index(grain)]),
        When::Before(count, grain) => format!(
            "en {} {} {} anteriores",
            the(grain),
            scribe.count(count),
            CALENDAR.noun(grain, count)
        ),
        When::SameDay(label) => scribe.same_day(label),
        When::YearBefore => "un año antes".to_owned(),
    }
}

fn mover(scribe: &Scribe, name: &str, value: &str, delta: &Delta, role: Role, share: Option<&str>) -> String {
    let name = scribe.embed(name);
    let (most, whole) = if delta.is_up() {
        ("La mayor subida", "la subida total")
    } else {
        ("La mayor bajada", "la bajada total")
    };
    let share = share.map(|share| format!(" (el {share} de {whole})")).unwrap_or_default();
    match role {
        Role::Most => format!("{most} es la de {name}: {}, hasta {value}{share}.", change(delta)),
        Role::Along => format!("{name}: {}, hasta {value}{share}.", change(delta)),
        Role::Against => format!("En sentido contrario, {name}: {}, hasta {value}.", change(delta)),
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

/// "los 12 meses completos mostrados", "las 7 semanas mostradas".
fn shown(scribe: &Scribe, counted: Counted, is_full: bool) -> String {
    let is_feminine = counted.grain.is_some_and(|grain| IS_FEMININE[index(grain)]);
    let (the, full, shown) = if is_feminine {
        ("las", " completas", "mostradas")
    } else {
        ("los", " completos", "mostrados")
    };
    format!("{the} {}{} {shown}", count(scribe, counted), if is_full { full } else { "" })
}

fn the(grain: Grain) -> &'static str {
    if IS_FEMININE[index(grain)] { "las" } else { "los" }
}

/// "de un mes a otro".
fn from_one(grain: Option<Grain>) -> String {
    let Some(grain) = grain else {
        return "de un valor a otro".to_owned();
    };
    let (one, other) = if IS_FEMININE[index(grain)] {
        ("una", "otra")
    } else {
        ("un", "otro")
    };
    format!("de {one} {} a {other}", CALENDAR.noun(grain, 1))
}

fn more(delta: &Delta) -> &'static str {
    if delta.is_up() { "más" } else { "menos" }
}

/// "y", which becomes "e" before the sound of i.
fn and(next: &str) -> &'static str {
    let start: String = next
        .chars()
        .filter(|c| c.is_alphabetic())
        .take(3)
        .flat_map(char::to_lowercase)
        .collect();
    let is_i = start.starts_with(['i', 'í']) || (start.starts_with("hi") && start != "hie") || start.starts_with("hí");
    if is_i { "e" } else { "y" }
}

fn spaced(text: Option<String>) -> String {
    text.filter(|text| !text.is_empty())
        .map(|text| format!(" {text}"))
        .unwrap_or_default()
}
