//! The mutation corpus: generated true sentences are proven, the same with one thing changed are refused. Both figures are printed and asserted.

use std::collections::{BTreeMap, BTreeSet};

use insight::{Strictness, Telling, narrative, prove};

use crate::prove_mutants::{Change, mutants};
use crate::prove_own::own_mutants;
use crate::prove_phrases::sentences;
use crate::prove_world::{Dice, World};
use crate::prove_write::LOCALES;

/// Worlds per language.
const WORLDS: u64 = 100;
/// Cases that must have been tried.
const CASES_MIN: usize = 6_000;
/// Of 1,000 false sentences, so many must be refused.
const CAUGHT_PER_MILLE_MIN: usize = 990;
/// Of 1,000 true ones, at most so many may be.
const REFUSED_PER_MILLE_MAX: usize = 20;

#[derive(Default)]
struct Tally {
    of: usize,
    hits: usize,
    misses: Vec<String>,
}

impl Tally {
    fn count(&mut self, is_hit: bool, text: impl Fn() -> String) {
        self.of += 1;
        self.hits += usize::from(is_hit);
        if !is_hit && self.misses.len() < 400 {
            self.misses.push(text());
        }
    }

    fn per_mille(&self) -> usize {
        (self.hits * 1_000).checked_div(self.of).unwrap_or(1_000)
    }
}

/// Counted by language, and whose sentence it was.
#[derive(Default)]
struct Table {
    truths: BTreeMap<(&'static str, &'static str), Tally>,
    lies: BTreeMap<(&'static str, &'static str, Change), Tally>,
}

#[test]
fn lies_are_caught_and_truths_are_not() {
    let mut table = Table::default();
    for locale in LOCALES {
        for seed in 0..WORLDS {
            let world = World::new(seed + 1);
            let mut dice = Dice::new(seed * 31 + 7);
            table.as_a_model_writes(&world, locale, &mut dice);
            table.as_we_write(&world, locale, &mut dice);
        }
    }
    table.print();
    let cases: usize = table.lies.values().map(|tally| tally.of).sum();
    assert!(cases >= CASES_MIN, "only {cases} cases");
    for locale in LOCALES {
        let caught = sum(table.lies.iter().filter(|((of, ..), _)| *of == locale).map(|(_, tally)| tally));
        let proven = sum(table.truths.iter().filter(|((of, _), _)| *of == locale).map(|(_, tally)| tally));
        assert!(
            caught.0 * 1_000 >= caught.1 * CAUGHT_PER_MILLE_MIN,
            "{locale}: {} of {} lies caught",
            caught.0,
            caught.1
        );
        let refused = proven.1 - proven.0;
        assert!(
            refused * 1_000 <= proven.1 * REFUSED_PER_MILLE_MAX,
            "{locale}: {refused} of {} truths refused",
            proven.1
        );
    }
}

fn sum<'a>(tallies: impl Iterator<Item = &'a Tally>) -> (usize, usize) {
    tallies.fold((0, 0), |(hits, of), tally| (hits + tally.hits, of + tally.of))
}

impl Table {
    fn as_a_model_writes(&mut self, world: &World, locale: &'static str, dice: &mut Dice) {
        let is_proven = |text: &str| prove(text, &world.facts, &[], locale, Strictness::Model).is_proven();
        for sentence in sentences(world, locale, dice) {
            let text = sentence.text();
            self.truths
                .entry((locale, "model"))
                .or_default()
                .count(is_proven(&text), || explained(&text, world, locale));
            for mutant in mutants(&sentence, world, locale, dice)
                .into_iter()
                .filter(|mutant| !mutant.is_still_true)
            {
                let tally = self.lies.entry((locale, "model", mutant.change)).or_default();
                tally.count(!is_proven(&mutant.text), || format!("{} <- {text}", mutant.text));
            }
        }
    }

    fn as_we_write(&mut self, world: &World, locale: &'static str, dice: &mut Dice) {
        let telling = Telling {
            title: "t",
            locale,
            link: None,
        };
        let told = narrative(&world.facts, telling);
        if told.locale.split('-').next() != Some(locale) {
            return;
        }
        let is_proven = |text: &str| prove(text, &world.facts, &[], locale, Strictness::Model).is_proven();
        let texts: BTreeSet<&str> = told.texts().into_iter().collect();
        for text in &texts {
            self.truths
                .entry((locale, "ours"))
                .or_default()
                .count(is_proven(text), || explained(text, world, locale));
            for (change, mutated) in own_mutants(text, world, locale, dice) {
                if !texts.contains(mutated.as_str()) {
                    let tally = self.lies.entry((locale, "ours", change)).or_default();
                    tally.count(!is_proven(&mutated), || format!("{mutated} <- {text}"));
                }
            }
        }
    }

    fn print(&self) {
        println!("truths proven");
        for ((locale, whose), tally) in &self.truths {
            println!(
                "  {locale} {whose:5} {:6} of {:6}  {:.1} % refused",
                tally.hits,
                tally.of,
                100.0 - tally.per_mille() as f64 / 10.0
            );
            tally.misses.iter().take(8).for_each(|text| println!("      refused: {text}"));
        }
        println!("lies caught");
        for ((locale, whose, change), tally) in &self.lies {
            println!(
                "  {locale} {whose:5} {:10} {:6} of {:6}  {:.1} %",
                format!("{change:?}"),
                tally.hits,
                tally.of,
                tally.per_mille() as f64 / 10.0
            );
            tally.misses.iter().take(3).for_each(|text| println!("      passed: {text}"));
        }
        let all = sum(self.lies.values());
        let proven = sum(self.truths.values());
        println!(
            "overall: {} of {} lies caught, {} of {} truths refused",
            all.0,
            all.1,
            proven.1 - proven.0,
            proven.1
        );
    }
}

/// A text with the claims of it that are refused.
fn explained(text: &str, world: &World, locale: &str) -> String {
    let proof = prove(text, &world.facts, &[], locale, Strictness::Model);
    let refused: Vec<String> = proof
        .refused()
        .map(|claim| format!("{:?} `{}`", claim.what, &text[claim.span.clone()]))
        .collect();
    format!("{text} [{}]", refused.join(", "))
}
