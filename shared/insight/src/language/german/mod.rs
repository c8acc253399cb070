//! German. Headline style; where a verb stands, it stands beside words of ours.

mod findings;

use domain::locale::Width;
use domain::series::Grain;

use crate::fact::Label;
use crate::language::calendar::{Calendar, index};
use crate::language::sentence::{Counted, Delta, Measure, Part, Role, Sentence, Subject, Turn, When};
use crate::language::{Scribe, periods};

pub(in crate::language) const CALENDAR: Calendar = Calendar {
    width: Width::Wide,
    month: ["{month}", "{month} {year}"],
    quarter: ["{quarter} Quartal", "{quarter} Quartal {year}"],
    week: ["Woche vom {day}. {month}", "Woche vom {day}. {month} {year}"],
    day: ["{weekday}, {day}. {month}", "{day}. {month} {year}"],
    time: "{date}, {time} Uhr",
    first_day: "1",
    same_day: "um {time} Uhr",
    quarters: ["1.", "2.", "3.", "4."],
    weekday_articles: ["", "", "", "", "", "", "", "dem "],
    at: ["am ", "am ", "am ", "in der ", "im ", "im ", "im Jahr "],
    since: ["{article}", "{article}", "{article}", "der ", "", "dem ", ""],
    until: ["", "", "", "zur ", "", "zum ", ""],
    nouns: [
        ["Minute", "Minuten"],
        ["Stunde", "Stunden"],
        ["Tag", "Tage"],
        ["Woche", "Wochen"],
        ["Monat", "Monate"],
        ["Quartal", "Quartale"],
        ["Jahr", "Jahre"],
    ],
};

/// In the order of [`Grain`]; "in den 12 Monaten".
const DATIVES: [&str; 7] = ["Minuten", "Stunden", "Tagen", "Wochen", "Monaten", "Quartalen", "Jahren"];
const THE_PERIOD: [&str; 7] = [
    "die Minute",
    "die Stunde",
    "der Tag",
    "die Woche",
    "der Monat",
    "das Quartal",
    "das Jahr",
];
const IN_THE_PERIOD: [&str; 7] = [
    "in der Minute",
    "in der Stunde",
    "am Tag",
    "in der Woche",
    "im Monat",
    "im Quartal",
    "im Jahr",
];
const FROM_ONE: [&str; 7] = [
    "von einer Minute zur nächsten",
    "von einer Stunde zur nächsten",
    "von einem Tag zum nächsten",
    "von einer Woche zur nächsten",
    "von einem Monat zum nächsten",
    "von einem Quartal zum nächsten",
    "von einem Jahr zum nächsten",
];
const LAST_FULL: [&str; 7] = [
    "Letzte volle Minute",
    "Letzte volle Stunde",
    "Letzter voller Tag",
    "Letzte volle Woche",
    "Letzter voller Monat",
    "Letztes volles Quartal",
    "Letztes volles Jahr",
];

pub(in crate::language) const HEADINGS: [&str; 5] = [
    "Was sich geändert hat",
    "Anteile",
    "Höchst- und Tiefstwerte",
    "Trend",
    "Zu den Daten",
];
/// In the order of [`domain::chart_spec::Mark::ALL`].
pub(in crate::language) const FORMS: [&str; 7] = [
    "Liniendiagramm",
    "Flächendiagramm",
    "Balkendiagramm",
    "Ringdiagramm",
    "Streudiagramm",
    "Kennzahl",
    "Tabelle",
];
pub(in crate::language) const PHRASES: [&str; 2] = ["k. A.", "unverändert"];

pub(in crate::language) fn say(scribe: &Scribe, sentence: &Sentence) -> String {
    match sentence {
        Sentence::Nothing { measure } => format!("{}: kein Wert vorhanden.", scribe.measure(measure)),
        Sentence::Value { subject, value, at, .. } => format!("{}{}: {value}.", who(scribe, *subject), spaced(at.map(|at| scribe.at(at)))),
        Sentence::SoFar { subject, value, at, grain } => {
            let period = grain.map_or("der Zeitraum", |grain| THE_PERIOD[index(grain)]);
            format!("{} {}, bisher: {value}; {period} läuft noch.", who(scribe, *subject), scribe.at(at))
        }
        Sentence::Moved { .. } => moved(scribe, sentence),
        Sentence::Sum {
            measure,
            value,
            categories,
            are_ranges,
        } => {
            let noun = match (are_ranges, categories) {
                (true, 1) => "Bereich",
                (true, _) => "Bereichen",
                (false, 1) => "Kategorie",
                (false, _) => "Kategorien",
            };
            format!("{}: {value} in {} {noun}.", scribe.measure(measure), scribe.count(*categories))
        }
        Sentence::Largest { name, value, share } => {
            let share = share
                .as_ref()
                .map(|share| format!(", das sind {share} der Summe"))
                .unwrap_or_default();
            format!("Den höchsten Wert hat {} mit {value}{share}.", scribe.name(name))
        }
        Sentence::Between {
            subject,
            series,
            high,
            low,
        } => {
            let series = series.map(|series| format!(", {}", scribe.embed(series))).unwrap_or_default();
            let of = |(value, name): &(String, &Label)| format!("bei {} ({value})", scribe.name(name));
            let low = low.as_ref().map(|low| format!(", am niedrigsten {}", of(low))).unwrap_or_default();
            format!("{}{series}: am höchsten {}{low}.", who(scribe, *subject), of(high))
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

/// "8.200 € (7,1 %) mehr".
pub(in crate::language) fn change(delta: &Delta) -> String {
    format!("{} {}", delta.sized(), more(delta))
}

pub(in crate::language) fn measure(measure: &Measure, named: impl Fn(&str) -> String) -> String {
    match measure {
        Measure::Named(name) => named(name),
        Measure::Average(name) => format!("{} (Durchschnitt)", named(name)),
        Measure::Median(name) => format!("{} (Median)", named(name)),
        Measure::Smallest(name) => format!("{} (Minimum)", named(name)),
        Measure::Largest(name) => format!("{} (Maximum)", named(name)),
        Measure::Count => "Anzahl".to_owned(),
        Measure::Total => "Insgesamt".to_owned(),
    }
}

pub(in crate::language) fn span(scribe: &Scribe, label: &Label) -> String {
    let (count, grain) = periods(label);
    format!(
        "{} {} bis {}",
        scribe.count(count),
        CALENDAR.noun(grain, count),
        scribe.until(label)
    )
}

/// "in den 12 Monaten bis Oktober".
pub(in crate::language) fn in_span(scribe: &Scribe, label: &Label) -> String {
    let (count, grain) = periods(label);
    match label {
        Label::Span { .. } => format!(
            "in den {} {} bis {}",
            scribe.count(count),
            DATIVES[index(grain)],
            scribe.until(label)
        ),
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
            format!("{who}{at}: {value}, nur {size} {} {}.", more(delta), than(scribe, before, *when))
        }
        (Some(delta), Turn::MoveFirst) if delta.ratio.is_some() => {
            let (rise, ratio) = (
                if delta.is_up() { "Anstieg" } else { "Rückgang" },
                delta.ratio.as_deref().unwrap_or_default(),
            );
            let before = match when {
                When::At(label) => scribe.value_at(before, label),
                other => format!("{before} {}", when_before(scribe, *other)),
            };
            format!("{who}: {rise} um {ratio} auf {value}{at}, nach {before}.")
        }
        (delta, _) => format!("{who}{at}: {}.", compared(scribe, value, delta.as_ref(), before, *when)),
    }
}

/// "8.200 € (7,1 %) mehr als im September (116.100 €)", "genau wie im September".
fn compared(scribe: &Scribe, value: &str, delta: Option<&Delta>, before: &str, when: When) -> String {
    match delta {
        Some(delta) => format!(
            "{value}{}{} {}",
            delta.comma(value, ", das sind "),
            change(delta),
            than(scribe, before, when)
        ),
        None => format!("{value}, genau wie {}", when_before(scribe, when)),
    }
}

fn than(scribe: &Scribe, before: &str, when: When) -> String {
    format!("als {} ({before})", when_before(scribe, when))
}

fn when_before(scribe: &Scribe, when: When) -> String {
    match when {
        When::At(label) => scribe.at(label),
        When::Before(1, grain) => format!("{} davor", IN_THE_PERIOD[index(grain)]),
        When::Before(count, grain) => format!("in den {} {} davor", scribe.count(count), DATIVES[index(grain)]),
        When::SameDay(label) => scribe.same_day(label),
        When::YearBefore => "ein Jahr zuvor".to_owned(),
    }
}

fn mover(scribe: &Scribe, name: &str, value: &str, delta: &Delta, role: Role, share: Option<&str>) -> String {
    let name = scribe.embed(name);
    let (most, sign, whole) = if delta.is_up() {
        ("Stärkster Anstieg", "plus", "Anstiegs")
    } else {
        ("Stärkster Rückgang", "minus", "Rückgangs")
    };
    let share = share
        .map(|share| format!(", das sind {share} des gesamten {whole}"))
        .unwrap_or_default();
    let moved = format!("{sign} {} auf {value}", delta.sized());
    match role {
        Role::Most => format!("{most} bei {name}: {moved}{share}."),
        Role::Along => format!("{name}: {moved}{share}."),
        Role::Against => format!("Anders {name}: {moved}."),
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
    format!("{} {}", scribe.count(counted.count), noun(counted))
}

/// "12 gezeigten vollen Monate", after "der" or "die".
fn shown(scribe: &Scribe, counted: Counted, is_full: bool) -> String {
    let full = if is_full { " vollen" } else { "" };
    format!("{} gezeigten{full} {}", scribe.count(counted.count), noun(counted))
}

fn noun(counted: Counted) -> &'static str {
    match counted.grain {
        Some(grain) => CALENDAR.noun(grain, counted.count),
        None if counted.count == 1 => "Wert",
        None => "Werte",
    }
}

fn from_one(grain: Option<Grain>) -> &'static str {
    grain.map_or("von einem Wert zum nächsten", |grain| FROM_ONE[index(grain)])
}

fn more(delta: &Delta) -> &'static str {
    if delta.is_up() { "mehr" } else { "weniger" }
}

fn spaced(text: Option<String>) -> String {
    text.filter(|text| !text.is_empty())
        .map(|text| format!(" {text}"))
        .unwrap_or_default()
}
