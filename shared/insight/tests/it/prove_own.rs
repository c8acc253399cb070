//! One thing changed in a sentence of our own, found in its text without the prover.

use crate::prove_mutants::Change;
use crate::prove_world::{Dice, World};
use crate::prove_write as write;

/// Words for opposite directions, as our sentences use them.
const OPPOSITES: [(&str, &[(&str, &str)]); 5] = [
    (
        "en",
        &[
            (" up ", " down "),
            ("Up ", "Down "),
            (" rose ", " fell "),
            ("highest", "lowest"),
            ("Highest", "Lowest"),
            ("largest", "smallest"),
        ],
    ),
    (
        "es",
        &[
            ("más", "menos"),
            ("subió", "bajó"),
            ("subida", "bajada"),
            ("máximo", "mínimo"),
            ("mayor", "menor"),
            ("aumento", "descenso"),
            ("alto", "bajo"),
        ],
    ),
    (
        "pt",
        &[
            ("mais", "menos"),
            ("subiu", "caiu"),
            ("alta", "queda"),
            ("maior", "menor"),
            ("máximo", "mínimo"),
            ("aumento", "queda"),
        ],
    ),
    (
        "de",
        &[
            ("mehr", "weniger"),
            ("stieg", "sank"),
            ("gestiegen", "gesunken"),
            ("höchste", "niedrigste"),
            ("größte", "kleinste"),
            ("Plus", "Minus"),
        ],
    ),
    ("ar", &[("ارتفع", "انخفض"), ("زيادة", "انخفاض"), ("أعلى", "أدنى"), ("أكبر", "أصغر")]),
];

/// Each change that can be made to the text, one at a time. None of them can be true but where the text is also one of ours.
pub fn own_mutants(text: &str, world: &World, locale: &str, dice: &mut Dice) -> Vec<(Change, String)> {
    let mut all = Vec::new();
    let names = spans_of_names(text, world);
    let is_free = |at: usize| !names.iter().any(|span| span.contains(&at));
    digits(text, &is_free, dice, &mut all);
    entities(text, world, dice, &mut all);
    dates(text, locale, &is_free, dice, &mut all);
    for (up, down) in OPPOSITES.iter().find(|(of, _)| *of == locale).map_or(&[][..], |(_, pairs)| pairs) {
        for (from, to) in [(up, down), (down, up)] {
            let is_word = |at: &usize| {
                let (before, after) = (text[..*at].chars().next_back(), text[at + from.len()..].chars().next());
                let is_arabic = from.starts_with('\u{623}') || locale == "ar";
                is_arabic
                    || !(before.is_some_and(char::is_alphabetic) && from.starts_with(char::is_alphabetic)
                        || after.is_some_and(char::is_alphabetic) && from.ends_with(char::is_alphabetic))
            };
            if let Some(at) = text.find(from).filter(|at| is_free(*at)).filter(is_word) {
                all.push((Change::Direction, format!("{}{to}{}", &text[..at], &text[at + from.len()..])));
            }
        }
    }
    for (from, to) in [("R$", "€"), ("US$", "€"), ("$", "€"), ("€", "$")] {
        if let Some(at) = text
            .find(from)
            .filter(|_| from != "$" || !(text.contains("R$") || text.contains("US$")))
        {
            all.push((Change::Unit, format!("{}{to}{}", &text[..at], &text[at + from.len()..])));
            break;
        }
    }
    for (from, to) in [
        ("k ", "M "),
        ("M ", "k "),
        ("\u{a0}mil", "\u{a0}M"),
        ("\u{a0}Mio.", "\u{a0}Mrd."),
        ("مليون", "مليار"),
        ("ألف", "مليون"),
    ] {
        if let Some(at) = text.find(from).filter(|at| text[..*at].ends_with(|c: char| c.is_ascii_digit())) {
            all.push((Change::Scale, format!("{}{to}{}", &text[..at], &text[at + from.len()..])));
            break;
        }
    }
    let points = write::points_word(locale);
    if let Some(at) = text.find('%') {
        let head = text[..at].trim_end_matches(['\u{a0}', '\u{202f}']);
        all.push((Change::Points, format!("{head} {points}{}", &text[at + 1..])));
    } else if let Some(at) = text.find(points) {
        all.push((Change::Points, format!("{}%{}", text[..at].trim_end(), &text[at + points.len()..])));
    }
    all
}

fn spans_of_names(text: &str, world: &World) -> Vec<std::ops::Range<usize>> {
    let names = world.names.iter().map(String::as_str).chain([world.measure]);
    names
        .flat_map(|name| text.match_indices(name).map(move |(at, _)| at..at + name.len()))
        .collect()
}

/// One digit of each number, and a minus before it.
fn digits(text: &str, is_free: &impl Fn(usize) -> bool, dice: &mut Dice, all: &mut Vec<(Change, String)>) {
    let mut before = ' ';
    for (at, c) in text.char_indices() {
        if c.is_ascii_digit() && is_free(at) {
            let is_first = !(before.is_ascii_digit() || matches!(before, '.' | ','));
            let other = char::from_digit((c.to_digit(10).unwrap() + 1 + u32::try_from(dice.roll(8)).unwrap()) % 10, 10).unwrap();
            if !(is_first && other == '0') {
                all.push((Change::Digit, format!("{}{other}{}", &text[..at], &text[at + 1..])));
            }
            if is_first && matches!(before, ' ' | '$' | '\u{a0}') && !text[at..].starts_with("20") && is_amount(&text[at..]) {
                all.push((Change::Sign, format!("{}−{}", &text[..at], &text[at..])));
            }
        }
        before = c;
    }
}

/// Whether what begins here is an amount and no day or hour: it has a percent sign, a fraction or a group.
fn is_amount(text: &str) -> bool {
    let end = text
        .find(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | ',')))
        .unwrap_or(text.len());
    let number = text[..end].trim_end_matches(['.', ',']);
    number.contains(['.', ',']) || text[end..].starts_with(['%', 'k', 'M'])
}

fn entities(text: &str, world: &World, dice: &mut Dice, all: &mut Vec<(Change, String)>) {
    if world.is_single {
        return;
    }
    for name in &world.names {
        let others: Vec<&String> = world
            .names
            .iter()
            .filter(|other| *other != name && !text.contains(other.as_str()))
            .collect();
        if text.contains(name.as_str()) && !others.is_empty() {
            let other = dice.pick(&others);
            all.push((Change::Entity, text.replace(name.as_str(), other)));
        }
    }
}

/// Another month or year.
fn dates(text: &str, locale: &str, is_free: &impl Fn(usize) -> bool, dice: &mut Dice, all: &mut Vec<(Change, String)>) {
    let long = write::months(locale);
    let short = |month: &str| month.chars().take(3).collect::<String>();
    let found = (0..12).find_map(|month| {
        let at = text.find(long[month]).map(|at| (at, long[month].len(), true));
        let at = at.or_else(|| {
            let name = short(long[month]);
            text.find(&name).filter(|_| locale != "ar").map(|at| (at, name.len(), false))
        });
        at.filter(|(at, length, _)| is_free(*at) && !text[at + length..].starts_with(char::is_alphabetic))
            .map(|at| (month, at))
    });
    if let Some((month, (at, length, is_long))) = found {
        let other = (month + 1 + dice.roll(10)) % 12;
        let name = if is_long { long[other].to_owned() } else { short(long[other]) };
        all.push((Change::Date, format!("{}{name}{}", &text[..at], &text[at + length..])));
    }
    for (from, to) in [("Mon ", "Tue "), ("Fri ", "Sat "), ("Thu ", "Wed "), ("Q3", "Q2"), ("Q2", "Q1")] {
        if let Some(at) = text.find(from).filter(|at| is_free(*at)) {
            all.push((Change::Date, format!("{}{to}{}", &text[..at], &text[at + from.len()..])));
        }
    }
}
