//! English.

mod findings;

use domain::locale::Width;
use domain::series::Grain;

use crate::fact::{Direction, Label};
use crate::language::calendar::Calendar;
use crate::language::sentence::{Counted, Delta, Measure, Part, Role, Sentence, Subject, Turn, When};
use crate::language::{Scribe, periods};

pub(in crate::language) const CALENDAR: Calendar = Calendar {
    width: Width::Short,
    month: ["{wide_month}", "{wide_month} {year}"],
    quarter: ["{quarter} {year}", "{quarter} {year}"],
    week: ["the week of {day} {month}", "the week of {day} {month} {year}"],
    day: ["{weekday} {day} {month}", "{day} {month} {year}"],
    time: "{time} on {date}",
    first_day: "1",
    same_day: "at {time}",
    quarters: ["Q1", "Q2", "Q3", "Q4"],
    weekday_articles: [""; 8],
    at: ["at ", "at ", "on ", "in ", "in ", "in ", "in "],
    since: [""; 7],
    until: [""; 7],
    nouns: [
        ["minute", "minutes"],
        ["hour", "hours"],
        ["day", "days"],
        ["week", "weeks"],
        ["month", "months"],
        ["quarter", "quarters"],
        ["year", "years"],
    ],
};

pub(in crate::language) const HEADINGS: [&str; 5] = ["What changed", "Parts", "Range", "Trend", "About the data"];
/// In the order of [`domain::chart_spec::Mark::ALL`].
pub(in crate::language) const FORMS: [&str; 7] = [
    "Line chart",
    "Area chart",
    "Bar chart",
    "Donut chart",
    "Scatter chart",
    "Key figure",
    "Table",
];
pub(in crate::language) const PHRASES: [&str; 2] = ["n/a", "unchanged"];

pub(in crate::language) fn say(scribe: &Scribe, sentence: &Sentence) -> String {
    match sentence {
        Sentence::Nothing { measure } => format!("There is no value to show for {}.", scribe.measure(measure)),
        Sentence::Value {
            subject,
            value,
            at,
            is_sum,
        } => {
            format!(
                "{} {} {value}{}.",
                who(scribe, *subject),
                verb(*is_sum),
                spaced(at.map(|at| scribe.at(at)))
            )
        }
        Sentence::SoFar { subject, value, at, grain } => {
            let period = grain.map_or("period", |grain| CALENDAR.noun(grain, 1));
            format!(
                "{} came to {value} so far {}, with the {period} not over yet.",
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
                (true, 1) => "range",
                (true, _) => "ranges",
                (false, 1) => "category",
                (false, _) => "categories",
            };
            format!(
                "{} came to {value} across {} {noun}.",
                scribe.measure(measure),
                scribe.count(*categories)
            )
        }
        Sentence::Largest { name, value, share } => {
            let share = share.as_ref().map(|share| format!(", {share} of the total")).unwrap_or_default();
            format!("The largest is {} with {value}{share}.", scribe.name(name))
        }
        Sentence::Between {
            subject,
            series,
            high,
            low,
        } => {
            let [series, high, low] = between(scribe, *series, high, low.as_ref());
            let low = low.map(|low| format!(", lowest {low}")).unwrap_or_default();
            format!(
                "{}{}: highest {}{low}.",
                who(scribe, *subject),
                series.unwrap_or_default(),
                high.unwrap_or_default()
            )
        }
        Sentence::Only {
            measure,
            series,
            value,
            name,
        } => {
            let series = series.map(|series| format!(", {}", scribe.embed(series))).unwrap_or_default();
            format!("{}{series}: {value} for {}.", scribe.measure(measure), scribe.name(name))
        }
        _ => findings::say(scribe, sentence),
    }
}

/// "up $8.2k (7.1%)".
pub(in crate::language) fn change(delta: &Delta) -> String {
    format!("{} {}", up(delta.way), delta.sized())
}

pub(in crate::language) fn measure(measure: &Measure, embed: impl Fn(&str) -> String) -> String {
    match measure {
        Measure::Named(name) => embed(name),
        Measure::Average(name) => format!("Average {}", embed(name)),
        Measure::Median(name) => format!("Median {}", embed(name)),
        Measure::Smallest(name) => format!("Lowest {}", embed(name)),
        Measure::Largest(name) => format!("Highest {}", embed(name)),
        Measure::Count => "Count".to_owned(),
        Measure::Total => "Total".to_owned(),
    }
}

pub(in crate::language) fn span(scribe: &Scribe, label: &Label) -> String {
    let (count, grain) = periods(label);
    format!("{} {} to {}", scribe.count(count), CALENDAR.noun(grain, count), scribe.until(label))
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
        is_sum,
    } = sentence
    else {
        return String::new();
    };
    let (who, at) = (who(scribe, *subject), spaced(at.map(|at| scribe.at(at))));
    let verb = verb(*is_sum);
    match (delta, turn) {
        (None, _) => format!("{who} {verb} {value}{at}, unchanged from {}.", than(scribe, *when)),
        (Some(delta), Turn::Slight) => {
            let size = delta.ratio.as_ref().unwrap_or(&delta.size);
            format!(
                "{who} {verb} {value}{at}, little changed {} ({} {size}).",
                from(scribe, before, *when),
                up(delta.way)
            )
        }
        (
            Some(Delta {
                way, ratio: Some(ratio), ..
            }),
            Turn::MoveFirst,
        ) => {
            let rose = if *way == Direction::Up { "rose" } else { "fell" };
            format!("{who} {rose} {ratio} to {value}{at}, {}.", from(scribe, before, *when))
        }
        (Some(delta), _) => format!("{who} {verb} {value}{at}, {} {}.", change(delta), from(scribe, before, *when)),
    }
}

fn mover(scribe: &Scribe, name: &str, value: &str, delta: &Delta, role: Role, share: Option<&str>) -> String {
    let name = scribe.embed(name);
    let (rose, whole) = if delta.way == Direction::Up {
        ("rose", "increase")
    } else {
        ("fell", "decrease")
    };
    let share = share.map(|share| format!(", {share} of the {whole}")).unwrap_or_default();
    match role {
        Role::Most => format!("{name} {rose} most, by {} to {value}{share}.", delta.sized()),
        Role::Along => format!("{name} {rose} by {} to {value}{share}.", delta.sized()),
        Role::Against => format!("{name} went the other way: {} to {value}.", change(delta)),
    }
}

fn who(scribe: &Scribe, subject: Subject) -> String {
    match subject {
        Subject::Measure(measure) => scribe.measure(measure),
        Subject::Series(name) => scribe.embed(name),
        Subject::LastFull(label, grain) => format!("The last full {}, {},", CALENDAR.noun(grain, 1), scribe.name(label)),
    }
}

/// "came to" for what is added up, "stood at" for levels: both agree with any noun in number.
fn verb(is_sum: bool) -> &'static str {
    if is_sum { "came to" } else { "stood at" }
}

fn from(scribe: &Scribe, before: &str, when: When) -> String {
    match when {
        When::At(label) => format!("from {}", scribe.value_at(before, label)),
        When::Before(..) => format!("from {before} in {}", than(scribe, when)),
        When::SameDay(_) | When::YearBefore => format!("from {before} {}", than(scribe, when)),
    }
}

fn than(scribe: &Scribe, when: When) -> String {
    match when {
        When::At(label @ Label::Span { .. }) => format!("the {}", scribe.name(label)),
        When::At(label) => scribe.name(label),
        When::Before(count, grain) => format!("the {} {} before", scribe.count(count), CALENDAR.noun(grain, count)),
        When::SameDay(label) => scribe.same_day(label),
        When::YearBefore => "a year earlier".to_owned(),
    }
}

fn between(scribe: &Scribe, series: Option<&str>, high: &(String, &Label), low: Option<&(String, &Label)>) -> [Option<String>; 3] {
    let with = |(value, name): &(String, &Label)| format!("for {} with {value}", scribe.name(name));
    [
        series.map(|series| format!(", {}", scribe.embed(series))),
        Some(with(high)),
        low.map(with),
    ]
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

fn noun(counted: Counted) -> &'static str {
    match counted.grain {
        Some(grain) => CALENDAR.noun(grain, counted.count),
        None if counted.count == 1 => "value",
        None => "values",
    }
}

fn step(grain: Option<Grain>) -> &'static str {
    grain.map_or("step", |grain| CALENDAR.noun(grain, 1))
}

/// " a month", " an hour".
fn per(grain: Option<Grain>) -> String {
    let article = if grain == Some(Grain::Hour) { "an" } else { "a" };
    grain
        .map(|grain| format!(" {article} {}", CALENDAR.noun(grain, 1)))
        .unwrap_or_default()
}

fn extreme(way: Direction) -> &'static str {
    if way == Direction::Up { "highest" } else { "lowest" }
}

fn up(way: Direction) -> &'static str {
    if way == Direction::Up { "up" } else { "down" }
}

fn spaced(text: Option<String>) -> String {
    text.filter(|text| !text.is_empty())
        .map(|text| format!(" {text}"))
        .unwrap_or_default()
}
