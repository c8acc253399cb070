//! One thing changed in a sentence, and whether it happens to be true all the same: looked up in the world's plain numbers, never by the prover.

use domain::dataset::Unit;
use rust_decimal::Decimal;

use crate::prove_phrases::{Kind, Part, Sentence, Slot, streak};
use crate::prove_world::{Dice, World};
use crate::prove_write::{self as write, Written};

/// What was changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Change {
    Digit,
    Sign,
    Unit,
    Scale,
    Date,
    Entity,
    Direction,
    Rank,
    Points,
    Count,
}

/// A changed sentence.
pub struct Mutant {
    pub change: Change,
    pub text: String,
    pub is_still_true: bool,
}

/// Every slot of a sentence changed in each way it can be.
pub fn mutants(sentence: &Sentence, world: &World, locale: &str, dice: &mut Dice) -> Vec<Mutant> {
    let mut all = Vec::new();
    for (index, part) in sentence.parts.iter().enumerate() {
        let Part::Slot(slot, text) = part else { continue };
        for (change, slot, text) in changed(slot, text, world, locale, dice) {
            let mut mutated = sentence.clone();
            let is_meant = slot.is_some();
            mutated.parts[index] = match slot {
                Some(slot) => Part::Slot(slot, text),
                None => Part::Text(text),
            };
            let is_still_true = is_meant && is_true(&mutated, world);
            all.push(Mutant {
                change,
                text: mutated.text(),
                is_still_true,
            });
        }
    }
    all
}

type Changed = (Change, Option<Slot>, String);

/// A slot in other words; `None` where what it says now is nothing that the world holds (another currency), so that it cannot be true.
fn changed(slot: &Slot, text: &str, world: &World, locale: &str, dice: &mut Dice) -> Vec<Changed> {
    match slot {
        Slot::Entity(entity) | Slot::Other(entity) => {
            let others: Vec<usize> = (0..world.names.len()).filter(|other| other != entity).collect();
            if others.is_empty() {
                return Vec::new();
            }
            let other = dice.pick(&others);
            let is_first = matches!(slot, Slot::Entity(_));
            vec![(
                Change::Entity,
                Some(if is_first { Slot::Entity(other) } else { Slot::Other(other) }),
                world.names[other].clone(),
            )]
        }
        Slot::Date(step) => {
            let grain = world.grain.unwrap();
            let others: Vec<usize> = (0..world.dates.len()).filter(|other| other != step).collect();
            let other = dice.pick(&others);
            let year_later = world.dates[*step].checked_add(jiff::ToSpan::years(1)).unwrap();
            let mut all = vec![(
                Change::Date,
                Some(Slot::Date(other)),
                write::date(locale, world.dates[other], grain),
            )];
            let later = write::date(locale, year_later, grain);
            // A week is written without its year.
            if later != text && grain != domain::series::Grain::Week {
                all.push((Change::Date, None, later));
            }
            all
        }
        Slot::Number(written) | Slot::Older(written) => {
            let is_older = matches!(slot, Slot::Older(_));
            number(written, text, world, locale, dice)
                .into_iter()
                .map(|(change, value, text)| {
                    let slot = value.map(|value| {
                        let written = Written {
                            text: text.clone(),
                            value,
                            ulp: written.ulp,
                        };
                        if is_older { Slot::Older(written) } else { Slot::Number(written) }
                    });
                    (change, slot, text)
                })
                .collect()
        }
        Slot::Count(count) => {
            let grain = world.grain.unwrap();
            let other = if dice.roll(2) == 0 {
                count + 1
            } else {
                count.saturating_sub(1).max(2)
            };
            if other == *count {
                return Vec::new();
            }
            vec![(Change::Count, Some(Slot::Count(other)), write::periods(locale, other, grain))]
        }
        Slot::Way(is_up, opposite) => vec![(Change::Direction, Some(Slot::Way(!is_up, text.to_owned())), opposite.clone())],
        Slot::Rank(rank, words) => {
            let other = 1 + (rank + dice.roll(2)) % 3;
            vec![(Change::Rank, Some(Slot::Rank(other, words.clone())), words[other - 1].clone())]
        }
    }
}

/// A number in other words, with its value where that is known.
fn number(written: &Written, text: &str, world: &World, locale: &str, dice: &mut Dice) -> Vec<(Change, Option<Decimal>, String)> {
    let mut all = Vec::new();
    let digits: Vec<(usize, char)> = text.char_indices().filter(|(_, c)| c.is_ascii_digit()).collect();
    let place = dice.roll(digits.len());
    let (at, digit) = digits[place];
    let mut other = char::from_digit((digit.to_digit(10).unwrap() + 1 + u32::try_from(dice.roll(8)).unwrap()) % 10, 10).unwrap();
    // A number does not begin with a zero.
    if place == 0 && other == '0' {
        other = if digit == '1' { '2' } else { '1' };
    }
    let shift = Decimal::from(other.to_digit(10).unwrap()) - Decimal::from(digit.to_digit(10).unwrap());
    let weight = (place + 1..digits.len()).fold(written.ulp, |weight, _| weight * Decimal::TEN);
    let changed = format!("{}{other}{}", &text[..at], &text[at + 1..]);
    all.push((Change::Digit, Some(written.value + shift * weight), changed));
    all.push((Change::Sign, None, format!("−{text}")));
    for (from, to) in [("$", "€"), ("€", "$"), ("R$", "€"), ("kg", "t"), ("%", "$")] {
        let is_whole = from != "$" || !text.contains("R$");
        if text.contains(from) && is_whole {
            all.push((Change::Unit, None, text.replacen(from, to, 1)));
            break;
        }
    }
    if text.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ',')) && world.unit.is_none() {
        all.push((Change::Unit, None, format!("${text}")));
    }
    let short = [
        ("k", "M"),
        ("M", "k"),
        ("\u{a0}mil", "\u{a0}M"),
        ("\u{a0}mi", "\u{a0}mil"),
        (" ألف", " مليون"),
        (" مليون", " ألف"),
        ("Tsd.", "Mio."),
        ("Mio.", "Tsd."),
    ];
    if let Some((from, to)) = short
        .iter()
        .find(|(from, _)| text.contains(from) && !text.contains("kg") && !(*from == "\u{a0}mi" && text.contains("\u{a0}mil")))
    {
        all.push((Change::Scale, None, text.replacen(from, to, 1)));
    }
    if text.contains('%') {
        all.push((
            Change::Points,
            None,
            text.replace("\u{a0}%", "%")
                .replace('%', &format!(" {}", write::points_word(locale))),
        ));
    } else if text.contains(write::points_word(locale)) {
        all.push((Change::Points, None, text.replace(&format!(" {}", write::points_word(locale)), "%")));
    }
    all
}

/// Whether the sentence is true of the world.
fn is_true(sentence: &Sentence, world: &World) -> bool {
    let entity = sentence
        .slots()
        .find_map(|slot| if let Slot::Entity(entity) = slot { Some(*entity) } else { None })
        .unwrap_or(0);
    let other = sentence
        .slots()
        .find_map(|slot| if let Slot::Other(other) = slot { Some(*other) } else { None })
        .unwrap_or(0);
    let number = sentence
        .slots()
        .find_map(|slot| if let Slot::Number(number) = slot { Some(number) } else { None });
    let older = sentence
        .slots()
        .find_map(|slot| if let Slot::Older(number) = slot { Some(number) } else { None });
    let is_up = sentence
        .slots()
        .find_map(|slot| if let Slot::Way(is_up, _) = slot { Some(*is_up) } else { None });
    let count = sentence
        .slots()
        .find_map(|slot| if let Slot::Count(count) = slot { Some(*count) } else { None });
    let rank = sentence
        .slots()
        .find_map(|slot| if let Slot::Rank(rank, _) = slot { Some(*rank) } else { None });
    let line = world.line(entity);
    let step = sentence
        .slots()
        .find_map(|slot| if let Slot::Date(step) = slot { Some(*step) } else { None })
        .unwrap_or(line.len() - 1);
    let is = |exact: Decimal, written: Option<&Written>| {
        written.is_none_or(|written| (exact.abs() - written.value.abs()).abs() * Decimal::TWO <= written.ulp)
    };
    let is_way = |difference: Decimal| !difference.is_zero() && is_up.is_none_or(|is_up| (difference > Decimal::ZERO) == is_up);
    match sentence.kind {
        Kind::Level => is(line[step], number),
        Kind::Change | Kind::Difference | Kind::FromTo if step == 0 => false,
        Kind::Change if world.unit != Some(Unit::Percent) => {
            is_way(line[step] - line[step - 1]) && is((line[step] - line[step - 1]) / line[step - 1], number)
        }
        Kind::Change | Kind::Difference => is_way(line[step] - line[step - 1]) && is(line[step] - line[step - 1], number),
        Kind::FromTo => is_way(line[step] - line[step - 1]) && is(line[step], number) && is(line[step - 1], older),
        Kind::Extreme => {
            let end = if is_up == Some(true) {
                line.iter().max()
            } else {
                line.iter().min()
            };
            end == Some(&line[step]) && is(line[step], number)
        }
        Kind::Share => is(line[0] / world.whole(0), number),
        Kind::Rank => rank == Some(world.rank(entity, 0)),
        Kind::Total => is(world.whole(0), number),
        Kind::More => entity != other && is_way(line[0] - world.values[other][0]) && is(line[0] - world.values[other][0], number),
        Kind::Streak => {
            let (moves, goes_up) = streak(line);
            // Who rose three times in a row also rose twice; the prover may take it either way.
            count.is_some_and(|count| count <= moves) && is_up == Some(goes_up)
        }
    }
}
