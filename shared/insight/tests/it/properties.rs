//! What must hold for any rows at all.

use domain::chart_spec::ChartSpec;
use domain::dataset::{Column, Dataset, Unit, Values};
use domain::series::plot;
use insight::{Facts, utf16_units};
use jiff::ToSpan;
use jiff::civil::date;
use proptest::prelude::*;
use rust_decimal::Decimal;
use serde_json::json;

use crate::rows::{spec, tell};

pub fn any_unit() -> impl Strategy<Value = Option<Unit>> {
    prop_oneof![
        Just(None),
        Just(Some(Unit::Percent)),
        Just(Some(Unit::Seconds)),
        prop::sample::select(vec!["USD", "EUR", "CHF", "BRL", "?!"]).prop_map(|code| Some(Unit::Currency(code.to_owned()))),
        any_name().prop_map(|name| Some(Unit::Other(name))),
    ]
}

/// Names as they are, and as an attacker would like them.
pub fn any_name() -> impl Strategy<Value = String> {
    prop_oneof![
        "[A-Za-z]{1,12}",
        "[A-Za-z0-9 ._%$,:*~`{}>-]{1,30}",
        "[مبيعات شركة🇩🇪👨‍👩‍👧é\u{301}\u{202e}\u{200d}\n\t0-9]{1,40}",
        any::<String>(),
    ]
}

fn any_number() -> impl Strategy<Value = Decimal> {
    prop_oneof![
        5 => (-5_000_000_i64..50_000_000, 0_u32..4).prop_map(|(number, scale)| Decimal::new(number, scale)),
        2 => (0_i64..200).prop_map(Decimal::from),
        1 => (any::<i64>(), 0_u32..20).prop_map(|(number, scale)| Decimal::new(number, scale)),
        1 => prop::sample::select(vec![Decimal::MAX, Decimal::MIN, Decimal::ZERO, Decimal::new(1, 28), Decimal::new(-1, 28)]),
    ]
}

pub fn any_chart() -> impl Strategy<Value = (Dataset, ChartSpec)> {
    let cells = (1_usize..40).prop_flat_map(|rows| {
        (
            prop::collection::vec(prop::option::weighted(0.9, any_number()), rows),
            prop::collection::vec(prop::option::weighted(0.95, 0_i32..400), rows),
            prop::collection::vec(prop::option::weighted(0.95, 0_usize..4), rows),
            prop::collection::vec(any_name(), 4),
        )
    });
    let shape = (
        prop::sample::select(vec!["line", "bar", "kpi"]),
        prop::sample::select(vec!["sum", "mean", "median", "max", "count"]),
        prop::option::of(prop::sample::select(vec![
            "year",
            "yearquarter",
            "yearmonth",
            "yearweek",
            "yearmonthdate",
        ])),
        any::<[bool; 3]>(),
        prop::option::of(1_u32..12),
    );
    (cells, shape, any_unit(), any_name(), 0_i64..500).prop_map(|((values, dates, keys, names), shape, unit, note, age_days)| {
        let (mark, aggregate, time_unit, [is_dated, is_coloured, is_compared], last) = shape;
        let first = date(2025, 10, 1);
        let dates = dates.into_iter().map(|day| Some(first.checked_add(day?.days()).unwrap())).collect();
        let keys = keys.into_iter().map(|key| Some(names[key?].clone())).collect();
        let columns = vec![
            Column {
                name: "day".to_owned(),
                unit: None,
                values: Values::Date(dates),
            },
            Column {
                name: "key".to_owned(),
                unit: None,
                values: Values::Text(keys),
            },
            Column {
                name: "y 2".to_owned(),
                unit,
                values: Values::Number(values),
            },
        ];
        let as_of = jiff::Timestamp::from_second(1_759_300_000 + age_days * 86_400).unwrap();
        let mut chart = json!({ "mark": mark, "encoding": {
            "x": { "field": if is_dated { "day" } else { "key" } }, "y": { "field": "y 2", "aggregate": aggregate } } });
        if is_dated && let Some(unit) = time_unit {
            chart["encoding"]["x"]["timeUnit"] = json!(unit);
        }
        if is_coloured && mark != "kpi" {
            chart["encoding"]["color"] = json!({ "field": "key" });
        }
        if is_dated && is_compared {
            chart["compare"] = json!("previous_period");
        }
        if is_dated && let Some(last) = last {
            chart["last"] = json!(last);
        }
        (
            Dataset {
                as_of,
                time_zone: None,
                columns,
                notes: vec![note],
            },
            spec(chart),
        )
    })
}

/// Facts of a chart, where it can be drawn.
pub fn facts_of(dataset: &Dataset, spec: &ChartSpec) -> Option<Facts> {
    plot(dataset, spec).ok().map(|plotted| insight::facts(&plotted, spec, dataset))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn every_cap_holds((dataset, spec) in any_chart(), title in any_name()) {
        let Some(facts) = facts_of(&dataset, &spec) else { return Ok(()) };
        let told = tell(&facts, &title);
        for text in told.texts() {
            prop_assert!(!text.contains('\n'), "{text:?}");
        }
        prop_assert!(!told.summary.is_empty());
        prop_assert!(told.highlights.len() <= 2);
        let own = "*{title}* {latest} {change} {period} ".repeat(8);
        for custom in [None, Some(own.as_str())] {
            let caption = insight::whatsapp_caption(&told, custom);
            prop_assert!(utf16_units(&caption) <= 1024 && caption.chars().count() <= 1024);
            let turned = insight::plain_text(&told, custom).contains('\u{202e}');
            prop_assert!(!turned);
        }
        let analysis = insight::whatsapp_analysis(&told);
        prop_assert!(utf16_units(&analysis) <= 4096);
        prop_assert!(analysis.ends_with("https://sheets.example/q4_plan"), "the link is whole");
        let units: usize = told.analysis.iter().map(|section| utf16_units(&section.heading) + section.lines.iter().map(|line| utf16_units(line) + 3).sum::<usize>()).sum();
        prop_assert!(units <= 3500);
    }

    #[test]
    fn facts_are_ranked_stored_and_the_same_again((dataset, spec) in any_chart()) {
        let Some(facts) = facts_of(&dataset, &spec) else { return Ok(()) };
        prop_assert!(!facts.items.is_empty());
        prop_assert!(facts.items.is_sorted_by_key(|fact| std::cmp::Reverse(fact.materiality)));
        prop_assert!(facts.items.iter().all(|fact| fact.materiality <= 1000));
        let stored: Facts = serde_json::from_str(&serde_json::to_string(&facts).unwrap()).unwrap();
        prop_assert_eq!(&stored, &facts);
        prop_assert_eq!(tell(&stored, "t"), tell(&facts_of(&dataset, &spec).unwrap(), "t"));
    }

    #[test]
    fn no_markup_of_a_cell_reaches_the_message((dataset, spec) in any_chart(), title in any_name()) {
        let Some(facts) = facts_of(&dataset, &spec) else { return Ok(()) };
        let told = tell(&facts, &title);
        let caption = insight::whatsapp_caption(&told, None);
        // Ours: one pair of asterisks around the title, if there is one.
        prop_assert!(matches!(caption.matches('*').count(), 0 | 2), "{caption:?}");
        prop_assert!(!caption.contains(['~', '`']), "{caption:?}");
        for line in caption.lines() {
            prop_assert!(!line.starts_with("> ") && !line.starts_with("- ") && !line.starts_with("* "), "{line:?}");
        }
        let around: Vec<char> = caption.chars().collect();
        for trio in around.windows(3).filter(|trio| trio[1] == '_') {
            prop_assert!(trio[0].is_alphanumeric() && trio[2].is_alphanumeric(), "{caption:?}");
        }
    }
}
