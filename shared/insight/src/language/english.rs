//! English.

use domain::locale::Width;
use domain::series::Grain;

use super::calendar::Calendar;
use super::sentence::{Among, Counted, Delta, Measure, Part, Role, Sentence, Subject, Turn, When};
use super::{Scribe, periods};
use crate::fact::{Cycle, Direction, Label};

pub(super) const CALENDAR: Calendar = Calendar {
    width: Width::Short,
    month: ["{month}", "{month} {year}"],
    quarter: ["{quarter} {year}", "{quarter} {year}"],
    week: ["the week of {day} {month}", "the week of {day} {month} {year}"],
    day: ["{weekday} {day} {month}", "{day} {month} {year}"],
    time: "{time} on {date}",
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

pub(super) const HEADINGS: [&str; 5] = ["What changed", "Parts", "Range", "Trend", "About the data"];
/// In the order of [`domain::chart_spec::Mark::ALL`].
pub(super) const FORMS: [&str; 7] = [
    "Line chart",
    "Area chart",
    "Bar chart",
    "Donut chart",
    "Scatter chart",
    "Key figure",
    "Table",
];
pub(super) const PHRASES: [&str; 2] = ["n/a", "unchanged"];

pub(super) fn say(scribe: &Scribe, sentence: &Sentence) -> String {
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
        } => {
            let noun = if *categories == 1 { "category" } else { "categories" };
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
            let counted = counted.map(|counted| format!(", {}", count(scribe, counted))).unwrap_or_default();
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
                .map_or_else(|| "this value".to_owned(), |(value, at)| scribe.value_at(value, at));
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
                Some(Direction::Up) => format!("The higher {with}, the higher {measure}."),
                Some(Direction::Down) => format!("The higher {with}, the lower {measure}."),
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
    }
}

/// "up $8.2k (7.1%)".
pub(super) fn change(delta: &Delta) -> String {
    format!("{} {}", up(delta.way), delta.sized())
}

pub(super) fn measure(measure: &Measure, embed: impl Fn(&str) -> String) -> String {
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

pub(super) fn span(scribe: &Scribe, label: &Label) -> String {
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
        When::YearBefore => format!("from {before} {}", than(scribe, when)),
    }
}

fn than(scribe: &Scribe, when: When) -> String {
    match when {
        When::At(label @ Label::Span { .. }) => format!("the {}", scribe.name(label)),
        When::At(label) => scribe.name(label),
        When::Before(count, grain) => format!("the {} {} before", scribe.count(count), CALENDAR.noun(grain, count)),
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
