//! German. Headline style; where a verb stands, it stands beside words of ours.

use domain::locale::Width;
use domain::series::Grain;

use super::calendar::{Calendar, index};
use super::sentence::{Among, Counted, Delta, Measure, Part, Role, Sentence, Subject, Turn, When};
use super::{Scribe, periods};
use crate::fact::{Cycle, Direction, Label};

pub(super) const CALENDAR: Calendar = Calendar {
    width: Width::Wide,
    month: ["{month}", "{month} {year}"],
    quarter: ["{quarter} Quartal", "{quarter} Quartal {year}"],
    week: ["Woche vom {day}. {month}", "Woche vom {day}. {month} {year}"],
    day: ["{weekday}, {day}. {month}", "{day}. {month} {year}"],
    time: "{date}, {time} Uhr",
    quarters: ["1.", "2.", "3.", "4."],
    weekday_articles: [""; 8],
    at: ["am ", "am ", "am ", "in der ", "im ", "im ", "im Jahr "],
    since: ["", "", "", "der ", "", "dem ", ""],
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

pub(super) const HEADINGS: [&str; 5] = [
    "Was sich geändert hat",
    "Anteile",
    "Höchst- und Tiefstwerte",
    "Trend",
    "Zu den Daten",
];
/// In the order of [`domain::chart_spec::Mark::ALL`].
pub(super) const FORMS: [&str; 7] = [
    "Liniendiagramm",
    "Flächendiagramm",
    "Balkendiagramm",
    "Ringdiagramm",
    "Streudiagramm",
    "Kennzahl",
    "Tabelle",
];
pub(super) const PHRASES: [&str; 2] = ["k. A.", "unverändert"];

pub(super) fn say(scribe: &Scribe, sentence: &Sentence) -> String {
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
        } => {
            let noun = if *categories == 1 { "Kategorie" } else { "Kategorien" };
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
        Sentence::Compared {
            value,
            at,
            before,
            when,
            delta,
            ..
        } => {
            format!(
                "{}, {}.",
                scribe.value_at(value, at),
                compared(scribe, delta.as_ref(), before, *when)
            )
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
            let extreme = if *way == Direction::Up {
                "der höchste Wert"
            } else {
                "der niedrigste Wert"
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
    }
}

/// "8.200 € (7,1 %) mehr".
pub(super) fn change(delta: &Delta) -> String {
    format!("{} {}", delta.sized(), more(delta))
}

pub(super) fn measure(measure: &Measure, named: impl Fn(&str) -> String) -> String {
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

pub(super) fn span(scribe: &Scribe, label: &Label) -> String {
    let (count, grain) = periods(label);
    format!(
        "{} {} bis {}",
        scribe.count(count),
        CALENDAR.noun(grain, count),
        scribe.until(label)
    )
}

/// "in den 12 Monaten bis Oktober".
pub(super) fn in_span(scribe: &Scribe, label: &Label) -> String {
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
        (delta, _) => format!("{who}{at}: {value}, {}.", compared(scribe, delta.as_ref(), before, *when)),
    }
}

/// "8.200 € (7,1 %) mehr als im September (116.100 €)", "genau wie im September".
fn compared(scribe: &Scribe, delta: Option<&Delta>, before: &str, when: When) -> String {
    match delta {
        Some(delta) => format!("{} {}", change(delta), than(scribe, before, when)),
        None => format!("genau wie {}", when_before(scribe, when)),
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
