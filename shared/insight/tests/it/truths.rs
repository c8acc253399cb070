//! Facts against what anyone would compute by hand.

use insight::{Basis, Change, Claim, Direction, Fact, Facts};
use proptest::prelude::*;
use rust_decimal::Decimal;
use serde_json::json;

use crate::rows::{dataset, days, line, months, numbers, read, usd};

fn change(facts: &Facts, basis: Basis) -> Option<(&Change, bool)> {
    facts.items.iter().find_map(|fact| match &fact.claim {
        Claim::Change(change) if change.basis == basis => Some((change, true)),
        Claim::NoMaterialChange(change) if change.basis == basis => Some((change, false)),
        _ => None,
    })
}

fn find<T>(facts: &Facts, meant: impl Fn(&Claim) -> Option<T>) -> Option<T> {
    facts.items.iter().find_map(|fact: &Fact| meant(&fact.claim))
}

/// Daily values as they stand, long before the data is read.
fn facts_of(cells: &[&str]) -> Facts {
    let count = i32::try_from(cells.len()).unwrap();
    let data = dataset(
        "2026-12-01T00:00:00Z",
        vec![days("day", "2026-11-01", count), numbers("y", usd(), cells)],
    );
    read(&data, &line("day", "y", json!({}))).1
}

#[test]
fn a_share_of_zero_or_less_is_not_told() {
    for (cells, ratio, is_material) in [
        (["100", "108"], Some("0.08"), true),
        (["100", "100.4"], Some("0.004"), false),
        (["100", "100"], Some("0"), false),
        (["0", "5"], None, true),
        (["-10", "5"], None, true),
        (["-10", "-5"], None, true),
        (["10", "-5"], Some("-1.5"), true),
        (["0", "0"], None, false),
    ] {
        let facts = facts_of(&cells);
        let (change, is_told) = change(&facts, Basis::PreviousStep).unwrap();
        assert_eq!(
            change.ratio.map(|ratio| ratio.normalize()),
            ratio.map(|ratio| ratio.parse::<Decimal>().unwrap()),
            "{cells:?}"
        );
        assert_eq!(is_told, is_material, "{cells:?}");
    }
}

#[test]
fn a_move_is_held_against_the_usual_ones() {
    let noisy = ["100", "120", "95", "118", "99", "121", "97", "96", "98"];
    let facts = facts_of(&noisy);
    let (compared, is_material) = change(&facts, Basis::PreviousStep).unwrap();
    assert!(!is_material, "2 is nothing beside the usual 22: {compared:?}");
    assert!(compared.usual.unwrap() >= Decimal::from(19));
    let calm = ["100", "100.1", "100", "100.1", "100", "100.1", "100", "100.1", "100.4"];
    assert!(
        change(&facts_of(&calm), Basis::PreviousStep).unwrap().1,
        "0.3 is much where 0.1 is usual"
    );
}

#[test]
fn records_streaks_and_trends() {
    type Expected<'a> = (
        &'a [&'a str],
        Option<(Direction, Option<usize>)>,
        Option<(Direction, usize)>,
        Option<Option<Direction>>,
    );
    use Direction::{Down, Up};
    let cases: [Expected; 6] = [
        (&["1", "2", "3", "4", "5"], Some((Up, None)), Some((Up, 4)), Some(Some(Up))),
        (&["9", "2", "3", "4", "5", "6"], Some((Up, Some(0))), Some((Up, 4)), Some(None)),
        (&["5", "4", "3", "2", "1"], Some((Down, None)), Some((Down, 4)), Some(Some(Down))),
        (&["5", "5", "5", "5", "5"], None, None, Some(None)),
        (&["1", "9", "1", "9", "1", "9"], None, None, Some(None)),
        (&["1", "2", "", "3", "4"], None, None, None),
    ];
    for (cells, record, streak, trend) in cases {
        let facts = facts_of(cells);
        let found = find(&facts, |claim| match claim {
            Claim::Record { direction, since, .. } => Some((*direction, since.as_ref().map(|place| place.first))),
            _ => None,
        });
        assert_eq!(found, record, "record of {cells:?}");
        let found = find(&facts, |claim| {
            if let Claim::Streak { direction, moves, .. } = claim {
                Some((*direction, *moves))
            } else {
                None
            }
        });
        assert_eq!(found, streak, "streak of {cells:?}");
        let found = find(&facts, |claim| {
            if let Claim::Trend { direction, .. } = claim {
                Some(*direction)
            } else {
                None
            }
        });
        assert_eq!(found, trend, "trend of {cells:?}");
    }
}

#[test]
fn one_wild_value_does_not_bend_the_trend() {
    let facts = facts_of(&["10", "12", "14", "900", "18", "20", "22", "24"]);
    let slope = find(&facts, |claim| {
        if let Claim::Trend { per_step, .. } = claim {
            Some(*per_step)
        } else {
            None
        }
    });
    assert_eq!(slope, Some(Decimal::TWO));
}

#[test]
fn whether_a_month_runs_is_decided_by_the_clock_of_the_data() {
    let columns = || vec![months("Month", "2026-08-01", 3), numbers("Revenue", usd(), &["10", "20", "30"])];
    let is_running = |as_of: &str, zone: Option<&str>, aggregate: &str| {
        let mut data = dataset(as_of, columns());
        data.time_zone = zone.map(str::to_owned);
        let (_, facts) = read(&data, &line("Month", "Revenue", json!({ "aggregate": aggregate })));
        let previous = change(&facts, Basis::PreviousStep).unwrap().0;
        let running = find(&facts, |claim| {
            if let Claim::Latest { is_running, .. } = claim {
                Some(*is_running)
            } else {
                None
            }
        })
        .unwrap();
        assert_eq!(
            previous.to.value,
            Decimal::from(if running { 20 } else { 30 }),
            "of a running month, the change is that of the full ones"
        );
        running
    };
    assert!(!is_running("2026-11-01T02:00:00Z", None, "sum"));
    assert!(is_running("2026-11-01T02:00:00Z", Some("America/New_York"), "sum"));
    assert!(is_running("2026-10-31T23:59:00Z", Some("nowhere"), "sum"));
    assert!(!is_running("2026-10-31T23:59:00Z", None, "mean"), "a mean does not grow");
}

#[test]
fn old_data_is_stale_after_its_own_rhythm() {
    let is_stale = |as_of: &str, columns: Vec<domain::dataset::Column>| {
        let name = columns[0].name.clone();
        let (_, facts) = read(&dataset(as_of, columns), &line(&name, "y", json!({})));
        find(&facts, |claim| {
            if let Claim::Freshness { is_stale, age_days, .. } = claim {
                Some((*is_stale, *age_days))
            } else {
                None
            }
        })
    };
    let daily = || vec![days("day", "2026-11-01", 5), numbers("y", None, &["1", "2", "3", "4", "5"])];
    assert_eq!(
        is_stale("2026-11-09T12:00:00Z", daily()),
        Some((false, 3)),
        "Thursday's data on Monday"
    );
    assert_eq!(is_stale("2026-11-10T12:00:00Z", daily()), Some((true, 4)));
    let monthly = || vec![months("month", "2026-06-01", 4), numbers("y", None, &["1", "2", "3", "4"])];
    assert_eq!(
        is_stale("2026-11-20T12:00:00Z", monthly()),
        Some((false, 50)),
        "October may still be on its way"
    );
    assert_eq!(is_stale("2026-12-01T12:00:00Z", monthly()), Some((true, 61)));
}

proptest! {
    #[test]
    fn latest_change_high_low_and_total_are_those_of_the_rows(cells in prop::collection::vec(prop::option::weighted(0.8, -1000_i64..1000), 3..30)) {
        let texts: Vec<String> = cells.iter().map(|cell| cell.map(|cell| cell.to_string()).unwrap_or_default()).collect();
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        let data = dataset("2027-03-01T00:00:00Z", vec![days("day", "2026-11-01", i32::try_from(cells.len()).unwrap()), numbers("y", usd(), &texts)]);
        let (_, facts) = read(&data, &line("day", "y", json!({ "aggregate": "sum" })));
        let known: Vec<Decimal> = cells.iter().flatten().map(|cell| Decimal::from(*cell)).collect();
        let latest = find(&facts, |claim| if let Claim::Latest { reading, .. } = claim { Some(reading.value) } else { None });
        prop_assert_eq!(latest, known.last().copied());
        if let [.., from, to] = known[..] {
            prop_assert_eq!(change(&facts, Basis::PreviousStep).unwrap().0.difference, to - from);
        }
        if known.len() >= 3 && known.iter().max() != known.iter().min() {
            let high = find(&facts, |claim| if let Claim::High { reading, of } = claim { Some((reading.value, *of)) } else { None });
            let low = find(&facts, |claim| if let Claim::Low { reading, of } = claim { Some((reading.value, *of)) } else { None });
            prop_assert_eq!(high, known.iter().max().map(|high| (*high, known.len())));
            prop_assert_eq!(low, known.iter().min().map(|low| (*low, known.len())));
        }
        if known.len() >= 2 {
            let total = find(&facts, |claim| if let Claim::Total { reading, steps } = claim { Some((reading.value, *steps)) } else { None });
            prop_assert_eq!(total, Some((known.iter().sum(), known.len())));
        }
    }
}
