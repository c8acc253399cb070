//! What must hold of the proof for any text at all: it never panics, and it takes time in proportion to the text.

use std::time::{Duration, Instant};

use insight::{Claim, Strictness, prove, prove_sentences};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use serde_json::json;

use crate::properties::{any_chart, facts_of};
use crate::prove_world::World;
use crate::prove_write::LOCALES;
use crate::rows::{dataset, months, numbers, other, tell_in, usd};

/// For 10,000 characters in a release build; an unoptimised one beside other tests is given more.
const PROOF_MS_MAX: u64 = if cfg!(debug_assertions) { 250 } else { 50 };
/// Of 1,000 of our own sentences about the strangest rows, at most so many may be refused.
const REFUSED_PER_MILLE_MAX: usize = 20;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    #[test]
    fn any_text_is_proven_or_refused((dataset, spec) in any_chart(), text in any::<String>(), words in prop::collection::vec(prop::sample::select(vec![
        "rose", "8", "%", "٨٪", "from", "to", "Oct", "2026", "12.", "Q3", "−", "$", "US$ 5", "(", ")", ",", ".", "1.234,5", "1e9", "x2", "3rd", "14:00", "31.12.2026", "99:99",
        "week of", "the", "last", "12", "months", "to", "not", "most", "second", "half of", "doubled", "stieg", "um", "de", "a", "من", "إلى", "في", "ألف", "\u{202b}", "…", "🇩🇪",
    ]), 0..40)) {
        let Some(facts) = facts_of(&dataset, &spec) else { return Ok(()) };
        for text in [text, words.join(" "), words.concat()] {
            for locale in LOCALES {
                let proof = prove(&text, &facts, &["12", "x"], locale, Strictness::Model);
                prop_assert!(proof.claims.iter().all(|claim| text.get(claim.span.clone()).is_some()));
                let sentences = prove_sentences(&text, &facts, &[], locale, Strictness::Ours);
                prop_assert!(sentences.iter().all(|sentence| text.get(sentence.span.clone()).is_some()));
            }
        }
    }
}

#[test]
fn a_long_text_takes_its_time_and_no_more() {
    let world = World::new(3);
    let sentence = "Revenue rose 7.1% to $124.3k in Oct 2026, from $116.1k in Sep 2026, while North (8%) fell ";
    for (name, text) in [
        ("sentences", (sentence.to_owned() + ". ").repeat(110)),
        ("one sentence", sentence.repeat(111)),
        ("one number", "1,234".repeat(2_000)),
        ("one word", "rose".repeat(2_500)),
        ("brackets", "(8% (".repeat(2_000)),
    ] {
        let text: String = text.chars().take(10_000).collect();
        let best = (0..3)
            .map(|_| took(|| prove(&text, &world.facts, &[], "en", Strictness::Model).claims.len()))
            .min()
            .unwrap();
        println!("proof of 10,000 characters, {name}: {best:?}");
        assert!(best <= Duration::from_millis(PROOF_MS_MAX), "{name}: {best:?}");
    }
}

#[expect(clippy::disallowed_methods, reason = "a benchmark measures with the machine's clock")]
fn took<T>(work: impl FnOnce() -> T) -> Duration {
    let start = Instant::now();
    std::hint::black_box(work());
    start.elapsed()
}

/// Names like an attacker's, units of any kind, gaps, periods compared: our own sentences in every language are proven all the same.
#[test]
fn our_sentences_on_any_rows_are_proven() {
    let mut runner = TestRunner::new_with_rng(Config::default(), TestRng::from_seed(RngAlgorithm::ChaCha, &[11; 32]));
    let (mut of, mut refused) = (0, Vec::new());
    for _ in 0..300 {
        let (dataset, spec) = any_chart().new_tree(&mut runner).unwrap().current();
        let Some(facts) = facts_of(&dataset, &spec) else { continue };
        for locale in LOCALES {
            for text in tell_in(locale, &facts, "t").texts() {
                of += 1;
                let proof = prove(text, &facts, &[], locale, Strictness::Ours);
                if !proof.is_proven() {
                    let claims: Vec<_> = proof.refused().map(|claim| &text[claim.span.clone()]).collect();
                    refused.push(format!("{locale} {text} {claims:?}"));
                }
            }
        }
    }
    println!(
        "{} of {of} of our sentences on any rows refused: {:#?}",
        refused.len(),
        refused.iter().take(60).collect::<Vec<_>>()
    );
    assert!(
        refused.len() * 1_000 <= of * REFUSED_PER_MILLE_MAX,
        "{} of {of} refused",
        refused.len()
    );
}

/// The demo's shape: twelve months drawn of ten years, a newest value as high as none before.
#[test]
fn what_is_told_of_rows_older_than_the_drawn_ones_is_proven() {
    for (way, slope) in [("rising", 21), ("falling", -17)] {
        let cells: Vec<String> = (0..120).map(|i| (135_000 + slope * i + i * 7919 % 13).to_string()).collect();
        let cells: Vec<&str> = cells.iter().map(String::as_str).collect();
        for (unit, name) in [(None, "no unit"), (usd(), "dollars"), (other("kg"), "kg")] {
            let dataset = dataset(
                "2026-01-02T09:00:00Z",
                vec![months("Month", "2016-01-01", 120), numbers("Jobs", unit, &cells)],
            );
            let spec = json!({"mark": "line", "last": 12, "compare": "previous_period",
                "encoding": {"x": {"field": "Month", "timeUnit": "yearmonth"}, "y": {"field": "Jobs"}}});
            let facts = facts_of(&dataset, &serde_json::from_value(spec).unwrap()).unwrap();
            assert!(
                facts.items.iter().any(|fact| matches!(&fact.claim, Claim::Record { of: 120, .. })),
                "{way}"
            );
            for locale in LOCALES {
                for text in tell_in(locale, &facts, "Jobs").texts() {
                    let proof = prove(text, &facts, &[], locale, Strictness::Ours);
                    assert!(
                        proof.is_proven(),
                        "{way}, {name}, {locale}: {text}\n{:?}",
                        proof.refused().collect::<Vec<_>>()
                    );
                }
            }
        }
    }
}
