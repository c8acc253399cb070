//! True sentences as a model may write them, from the plain numbers of a world. None of them is one of this crate's own.
//!
//! `{e}` an entity, `{f}` another one, `{n}` a number, `{m}` the older one, `{d}` a date with its preposition, `{c}` a number of periods,
//! `{u|v}` a word for up or down, `{1|2|3}` a word for a rank.

use rust_decimal::Decimal;

use crate::prove_world::{Dice, World};
use crate::prove_write::{self as write, Written};

/// What a sentence tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// The value of a step.
    Level,
    /// The change to a step, in percent (or points).
    Change,
    /// The same as a difference in its unit.
    Difference,
    /// Both values of it.
    FromTo,
    /// The largest or smallest value of a series.
    Extreme,
    /// A part of the whole.
    Share,
    /// First, second, third.
    Rank,
    /// All categories added up.
    Total,
    /// So many moves in a row.
    Streak,
    /// One category against another.
    More,
}

/// A place of a sentence that says something.
#[derive(Debug, Clone)]
pub enum Slot {
    Entity(usize),
    Other(usize),
    Date(usize),
    Number(Written),
    Older(Written),
    Count(usize),
    /// Whether up, and the word for the opposite.
    Way(bool, String),
    /// From 1, with the words for all.
    Rank(usize, Vec<String>),
}

/// A part of a sentence.
#[derive(Debug, Clone)]
pub enum Part {
    Text(String),
    Slot(Slot, String),
}

/// A sentence that is known part by part.
#[derive(Debug, Clone)]
pub struct Sentence {
    pub kind: Kind,
    pub parts: Vec<Part>,
}

impl Sentence {
    pub fn text(&self) -> String {
        self.parts
            .iter()
            .map(|part| match part {
                Part::Text(text) | Part::Slot(_, text) => text.as_str(),
            })
            .collect()
    }

    pub fn slots(&self) -> impl Iterator<Item = &Slot> {
        self.parts.iter().filter_map(|part| match part {
            Part::Slot(slot, _) => Some(slot),
            Part::Text(_) => None,
        })
    }
}

fn templates(locale: &str, kind: Kind) -> &'static [&'static str] {
    use Kind::*;
    match (locale, kind) {
        ("en", Level) => &["{e} came in at {n} {d}.", "{d} {e} stood at {n}.", "{e} reached {n} {d}."],
        ("en", Change) => &[
            "{e} {rose|fell} {n} {d}.",
            "{d} {e} was {up|down} {n}.",
            "{e} {increased|decreased} by {n} {d}.",
            "{e} {grew|shrank} by {n} {d} compared with the period before.",
        ],
        ("en", Difference) => &["{e} {gained|lost} {n} {d}.", "{e} ended {d} {higher|lower} by {n}."],
        ("en", FromTo) => &[
            "{e} went from {m} to {n} {d}.",
            "{d}, {e} moved from {m} to {n}, {an increase|a decrease}.",
        ],
        ("en", Extreme) => &[
            "The {highest|lowest} value of {e} was {n} {d}.",
            "{e} was at its {highest|lowest} {d}, at {n}.",
        ],
        ("en", Share) => &["{e} accounts for {n} of the total.", "{n} of the total came from {e}."],
        ("en", Rank) => &[
            "{e} ranks {first|second|third}.",
            "{e} is the {largest|second-largest|third-largest} category.",
        ],
        ("en", Total) => &["All together they came to {n}.", "The total is {n}."],
        ("en", Streak) => &["{e} has {risen|fallen} for {c} in a row.", "{e} has been {up|down} {c} in a row."],
        ("en", More) => &["{e} brought in {n} {more|less} than {f}."],
        ("es", Level) => &["{e} llegó a {n} {d}.", "{d} {e} se situó en {n}."],
        ("es", Change) => &[
            "{e} {subió|bajó} un {n} {d}.",
            "{d} {e} {creció|cayó} un {n}.",
            "{e} registró {un aumento|una caída} de {n} {d}.",
        ],
        ("es", Difference) => &["{e} {aumentó|disminuyó} en {n} {d}.", "{e} {ganó|perdió} {n} {d}."],
        ("es", FromTo) => &["{e} pasó de {m} a {n} {d}.", "{d}, {e} {subió|bajó} de {m} a {n}."],
        ("es", Extreme) => &[
            "El valor más {alto|bajo} de {e} fue {n} {d}.",
            "{e} marcó su {máximo|mínimo} {d}, con {n}.",
        ],
        ("es", Share) => &["{e} representa el {n} del total.", "El {n} del total corresponde a {e}."],
        ("es", Rank) => &[
            "{e} ocupa el {primer|segundo|tercer} puesto.",
            "{e} es la {primera|segunda|tercera} categoría.",
        ],
        ("es", Total) => &["En total suman {n}.", "El total es de {n}."],
        ("es", Streak) => &[
            "{e} lleva {c} seguidos {subiendo|bajando}.",
            "{e} {sube|baja} desde hace {c} seguidos.",
        ],
        ("es", More) => &["{e} aportó {n} {más|menos} que {f}."],
        ("pt", Level) => &["{e} chegou a {n} {d}.", "{d} {e} ficou em {n}."],
        ("pt", Change) => &[
            "{e} {subiu|caiu} {n} {d}.",
            "{d} {e} {cresceu|recuou} {n}.",
            "{e} registrou {um aumento|uma queda} de {n} {d}.",
        ],
        ("pt", Difference) => &["{e} {aumentou|diminuiu} {n} {d}.", "{e} {ganhou|perdeu} {n} {d}."],
        ("pt", FromTo) => &["{e} passou de {m} para {n} {d}.", "{d}, {e} {subiu|caiu} de {m} para {n}."],
        ("pt", Extreme) => &[
            "O valor mais {alto|baixo} de {e} foi {n} {d}.",
            "{e} teve seu {máximo|mínimo} {d}, com {n}.",
        ],
        ("pt", Share) => &["{e} representa {n} do total.", "{n} do total vêm de {e}."],
        ("pt", Rank) => &[
            "{e} ocupa o {primeiro|segundo|terceiro} lugar.",
            "{e} é a {primeira|segunda|terceira} categoria.",
        ],
        ("pt", Total) => &["No total são {n}.", "O total é de {n}."],
        ("pt", Streak) => &["{e} {sobe|cai} há {c} seguidos.", "{e} está em {alta|queda} há {c} consecutivos."],
        ("pt", More) => &["{e} trouxe {n} a {mais|menos} que {f}."],
        ("de", Level) => &["{e} lag {d} bei {n}.", "{d} erreichte {e} {n}."],
        ("de", Change) => &[
            "{e} {stieg|fiel} {d} um {n}.",
            "{d} {wuchs|sank} {e} um {n}.",
            "{e} verzeichnete {d} einen {Anstieg|Rückgang} von {n}.",
        ],
        ("de", Difference) => &["{e} {gewann|verlor} {d} {n}.", "{e} {stieg|sank} {d} um {n}."],
        ("de", FromTo) => &["{e} ging {d} von {m} auf {n}.", "{d} {stieg|fiel} {e} von {m} auf {n}."],
        ("de", Extreme) => &[
            "Der {höchste|niedrigste} Wert von {e} war {n} {d}.",
            "{e} erreichte {d} mit {n} den {Höchststand|Tiefststand}.",
        ],
        ("de", Share) => &["{e} macht {n} der Gesamtsumme aus.", "{n} der Gesamtsumme entfallen auf {e}."],
        ("de", Rank) => &[
            "{e} liegt auf dem {ersten|zweiten|dritten} Platz.",
            "{e} ist die {größte|zweitgrößte|drittgrößte} Kategorie.",
        ],
        ("de", Total) => &["Insgesamt sind es {n}.", "Die Gesamtsumme beträgt {n}."],
        ("de", Streak) => &[
            "{e} {steigt|fällt} seit {c} in Folge.",
            "{e} ist {c} in Folge {gestiegen|gefallen}.",
        ],
        ("de", More) => &["{e} brachte {n} {mehr|weniger} als {f}."],
        ("ar", Level) => &["بلغت قيمة {e} {n} {d}.", "{d} سجلت {e} {n}."],
        ("ar", Change) => &["{ارتفعت|انخفضت} {e} بنسبة {n} {d}.", "{d} {زادت|تراجعت} {e} بنسبة {n}."],
        ("ar", Difference) => &["{ارتفعت|انخفضت} {e} بمقدار {n} {d}.", "{d} {زادت|هبطت} {e} بمقدار {n}."],
        ("ar", FromTo) => &["{ارتفعت|انخفضت} {e} من {m} إلى {n} {d}.", "{d} انتقلت {e} من {m} إلى {n}."],
        ("ar", Extreme) => &["{أعلى|أدنى} قيمة في {e} هي {n} {d}.", "كانت {e} عند {أعلى|أدنى} مستوى {d} وهو {n}."],
        ("ar", Share) => &["تمثل {e} {n} من الإجمالي.", "{n} من الإجمالي يأتي من {e}."],
        ("ar", Rank) => &["تحتل {e} المرتبة {الأولى|الثانية|الثالثة}."],
        ("ar", Total) => &["الإجمالي هو {n}.", "بلغ المجموع {n}."],
        ("ar", Streak) => &["{ترتفع|تنخفض} {e} منذ {c} متتالية."],
        ("ar", More) => &["حققت {e} {n} {أكثر|أقل} من {f}."],
        _ => &[],
    }
}

const KINDS: [Kind; 10] = [
    Kind::Level,
    Kind::Change,
    Kind::Difference,
    Kind::FromTo,
    Kind::Extreme,
    Kind::Share,
    Kind::Rank,
    Kind::Total,
    Kind::Streak,
    Kind::More,
];

/// What the Facts of a world can tell of in these forms, one sentence per kind and template.
pub fn sentences(world: &World, locale: &str, dice: &mut Dice) -> Vec<Sentence> {
    let mut all = Vec::new();
    for kind in KINDS {
        for template in templates(locale, kind) {
            let entity = dice.roll(world.names.len());
            if let Some(slots) = slots(world, kind, entity, locale, dice)
                && let Some(sentence) = fill(world, locale, kind, template, &slots)
            {
                all.push(sentence);
            }
        }
    }
    all
}

/// Values by the letters of a template; `None` where the world has none of the kind, or no Fact that tells of it.
struct Slots {
    entity: usize,
    other: usize,
    step: usize,
    number: Option<Written>,
    older: Option<Written>,
    count: usize,
    is_up: bool,
    rank: usize,
}

fn slots(world: &World, kind: Kind, entity: usize, locale: &str, dice: &mut Dice) -> Option<Slots> {
    let line = world.line(entity);
    let last = line.len() - 1;
    let unit = world.unit.as_ref();
    let is_short = dice.roll(2) == 0;
    let level = |value: Decimal| write::level(locale, value, unit, is_short);
    let is_time = world.grain.is_some();
    // Of several series that may be added, only the largest moves are Facts; of those that may not, each is told.
    let is_told = is_time && (world.is_single || !world.is_additive);
    let other = (entity + 1 + dice.roll(world.names.len().max(2) - 1)) % world.names.len();
    let mut slots = Slots {
        entity,
        other,
        step: last,
        number: None,
        older: None,
        count: 0,
        is_up: true,
        rank: world.rank(entity, last),
    };
    match kind {
        Kind::Level if is_told => slots.number = Some(level(line[last])),
        Kind::Change | Kind::Difference | Kind::FromTo if is_told => {
            let difference = line[last] - line[last - 1];
            slots.is_up = difference > Decimal::ZERO;
            let is_points = world.unit == Some(domain::dataset::Unit::Percent);
            slots.number = Some(match kind {
                Kind::FromTo => level(line[last]),
                _ if is_points => write::points(locale, difference),
                Kind::Difference => level(difference.abs()),
                _ => write::percent(locale, difference / line[last - 1], 1),
            });
            slots.older = Some(level(line[last - 1]));
            if difference.is_zero() || slots.number.as_ref().is_some_and(|number| number.value.is_zero()) {
                return None;
            }
        }
        Kind::Extreme if is_told => {
            slots.is_up = dice.roll(2) == 0;
            let value = if slots.is_up { line.iter().max() } else { line.iter().min() };
            slots.step = line.iter().rposition(|known| Some(known) == value)?;
            slots.number = Some(level(line[slots.step]));
        }
        Kind::Share | Kind::Rank if !is_time && world.is_additive && slots.rank <= 3 => {
            slots.number = Some(write::percent(locale, line[0] / world.whole(0), 1));
        }
        Kind::Total if !is_time && world.is_additive => slots.number = Some(level(world.whole(0))),
        Kind::More if !is_time && world.is_additive && slots.rank <= 3 && world.rank(other, 0) <= 3 => {
            let difference = line[0] - world.values[other][0];
            slots.is_up = difference > Decimal::ZERO;
            slots.number = Some(level(difference.abs()));
            if difference.is_zero() {
                return None;
            }
        }
        Kind::Streak if is_told => {
            let (count, is_up) = streak(line);
            (slots.count, slots.is_up) = (count, is_up);
            if count < 3 {
                return None;
            }
        }
        _ => return None,
    }
    Some(slots)
}

/// How many moves in a row end at the last step, and whether they go up.
pub fn streak(line: &[Decimal]) -> (usize, bool) {
    let is_up = line[line.len() - 1] > line[line.len() - 2];
    let moves = line
        .windows(2)
        .rev()
        .take_while(|pair| pair[0] != pair[1] && (pair[1] > pair[0]) == is_up);
    (moves.count(), is_up)
}

fn fill(world: &World, locale: &str, kind: Kind, template: &str, slots: &Slots) -> Option<Sentence> {
    let mut parts = Vec::new();
    let mut rest = template;
    while let Some((text, after)) = rest.split_once('{') {
        parts.push(Part::Text(text.to_owned()));
        let (name, after) = after.split_once('}')?;
        rest = after;
        let words: Vec<String> = name.split('|').map(str::to_owned).collect();
        let (slot, text) = match name {
            "e" if world.is_single => (None, world.measure.to_owned()),
            "e" => (Some(Slot::Entity(slots.entity)), world.names[slots.entity].clone()),
            "f" => (Some(Slot::Other(slots.other)), world.names[slots.other].clone()),
            "d" => (
                Some(Slot::Date(slots.step)),
                write::date(locale, world.dates[slots.step], world.grain?),
            ),
            "n" => (slots.number.clone().map(Slot::Number), slots.number.clone()?.text),
            "m" => (slots.older.clone().map(Slot::Older), slots.older.clone()?.text),
            "c" => (Some(Slot::Count(slots.count)), write::periods(locale, slots.count, world.grain?)),
            _ if words.len() == 2 => {
                let (own, opposite) = if slots.is_up { (0, 1) } else { (1, 0) };
                (Some(Slot::Way(slots.is_up, words[opposite].clone())), words[own].clone())
            }
            _ => (Some(Slot::Rank(slots.rank, words.clone())), words.get(slots.rank - 1)?.clone()),
        };
        parts.push(match slot {
            Some(slot) => Part::Slot(slot, text),
            None => Part::Text(text),
        });
    }
    parts.push(Part::Text(rest.to_owned()));
    Some(Sentence { kind, parts })
}
