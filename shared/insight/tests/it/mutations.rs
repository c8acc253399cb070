//! The proof catches what is not so: one digit of a true text changed.

use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

use crate::properties::{any_chart, facts_of};
use crate::rows::tell;

/// Cases that must have been tried.
const CASES_MIN: usize = 2_000;

/// Every digit of every proven number of generated texts is replaced by another, one at a time. A changed number may happen to be another fact's;
/// those are the ones that pass, and they must be fewer than 1 in 100.
#[test]
fn a_changed_digit_is_caught() {
    let mut runner = TestRunner::new_with_rng(Config::default(), TestRng::from_seed(RngAlgorithm::ChaCha, &[7; 32]));
    let (mut tried, mut caught) = (0, 0);
    let mut passed = Vec::new();
    for _ in 0..400 {
        let (dataset, spec) = any_chart().new_tree(&mut runner).unwrap().current();
        let Some(facts) = facts_of(&dataset, &spec) else { continue };
        for text in tell(&facts, "t").texts() {
            for number in insight::prove(text, &facts, &[]).numbers {
                for (offset, digit) in number.text.char_indices().filter(|(_, c)| c.is_ascii_digit()) {
                    let at = number.at_byte + offset;
                    let other = char::from(b'0' + (digit as u8 - b'0' + 1 + u8::try_from(tried % 9).unwrap()) % 10);
                    let mutated = format!("{}{other}{}", &text[..at], &text[at + 1..]);
                    tried += 1;
                    if insight::prove(&mutated, &facts, &[]).holds() {
                        passed.push((text.to_owned(), mutated));
                    } else {
                        caught += 1;
                    }
                }
            }
        }
    }
    println!(
        "{caught} of {tried} changed digits caught; first that passed: {:#?}",
        passed.iter().take(10).collect::<Vec<_>>()
    );
    assert!(tried >= CASES_MIN, "only {tried} cases");
    assert!(caught * 100 >= tried * 99, "only {caught} of {tried} changed digits caught");
}

#[test]
fn a_changed_direction_sign_or_unit_is_caught() {
    use crate::rows::{dataset, line, months, numbers, read, usd};
    let data = dataset(
        "2026-11-02T09:00:00Z",
        vec![
            months("Month", "2026-08-01", 3),
            numbers("Revenue", usd(), &["90000", "116100", "124300"]),
        ],
    );
    let (_, facts) = read(&data, &line("Month", "Revenue", serde_json::json!({ "aggregate": "sum" })));
    for (text, holds) in [
        ("Revenue came to $124.3k in Oct 2026, up $8.2k (7.1%).", true),
        ("Revenue came to $124k in Oct 2026, 7% more.", true),
        ("Revenue came to $124,300 in Oct 2026.", true),
        ("Revenue rose by about $8k.", true),
        ("Revenue came to $124.3k in Oct 2026, down $8.2k.", false),
        ("Revenue fell 7.1%.", false),
        ("Revenue fell by about $8.2k.", false),
        ("Revenue came to −$124.3k.", false),
        ("Revenue came to €124.3k.", false),
        ("Revenue came to 124.3k.", false),
        ("Revenue came to $124.3M.", false),
        ("Revenue came to $124.", false),
        ("Revenue rose $7.1.", false),
        ("Revenue came to $124.3k in Oct 2027.", false),
        ("Revenue came to $124.3k in Q4.", false),
        ("Revenue came to $124.30k.", true),
        ("Revenue came to $124.31k.", false),
        ("Revenue came to $١٢٤k.", false),
        ("Revenue came to $99999999999999999999999999999999999.", false),
        ("No number.", true),
    ] {
        assert_eq!(insight::prove(text, &facts, &[]).holds(), holds, "{text}");
    }
}
