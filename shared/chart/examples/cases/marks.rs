//! Areas, lying bars, histograms, small charts, targets and comparisons of names.

use super::{Case, case, days, months, numbers, texts, usd, wander};
use domain::dataset::{Unit, Values};
use jiff::civil::date;
use rust_decimal::Decimal;

pub fn all() -> Vec<Case> {
    let mut cases = areas();
    cases.extend(more_areas());
    cases.extend(lying());
    cases.extend(stacks());
    cases.extend(histograms());
    cases.extend(small_charts());
    cases.extend(targets());
    cases.extend(compared());
    cases
}

const CHANNELS: [&str; 5] = ["Search", "Direct", "Mail", "Social", "Partners"];

type Columns = Vec<(&'static str, Option<Unit>, Values)>;

/// Visits of five channels by day.
fn channels(count: usize) -> Columns {
    let mut columns = vec![("Day", None, days(date(2026, 8, 3), count))];
    for (i, name) in (1i64..).zip(CHANNELS) {
        let values = wander(count + i as usize * 7, 40_000 * i + 300_000 / i, 9_000).split_off(i as usize * 7);
        let values = values.into_iter().map(|value| value.map(|value| value.abs().round()));
        columns.push((name, None, Values::Number(values.collect())));
    }
    columns
}

fn folded(mark: &str, title: &str, y: &str, more: &str) -> String {
    let fold = CHANNELS.map(|name| format!("\"{name}\"")).join(", ");
    format!(
        r#"{{"mark": "{mark}", "title": {title}, "transform": [{{"fold": [{fold}]}}],
            "encoding": {{"x": {{"field": "Day"}}, "y": {{"field": "value"{y}}}, {more}}}}}"#
    )
}

const BY_KEY: &str = r#""color": {"field": "key"}"#;

fn areas() -> Vec<Case> {
    let title = r#"{"text": "Visits by channel", "subtitle": "August to October 2026"}"#;
    let one = r#"{"mark": "area", "title": {"text": "Visits from search", "subtitle": "August to October 2026"},
        "encoding": {"x": {"field": "Day"}, "y": {"field": "Search"}}}"#;
    let mut gaps = channels(60);
    for (_, _, values) in gaps.iter_mut().skip(1) {
        if let Values::Number(cells) = values {
            for i in [20, 21, 22, 40, 42] {
                cells[i] = None;
            }
        }
    }
    vec![
        case("area-one", channels(90), one),
        case("area-stacked", channels(90), &folded("area", title, "", BY_KEY)),
        case(
            "area-shares",
            channels(90),
            &folded("area", title, r#", "stack": "normalize""#, BY_KEY),
        ),
        case("area-before", channels(90), &folded("area", title, r#", "stack": null"#, BY_KEY)),
        case("area-gaps", gaps, &folded("area", title, "", BY_KEY)),
        case("area-one-point", channels(1), &folded("area", title, "", BY_KEY)),
        case("area-10000", channels(10_000), &folded("area", title, "", BY_KEY)),
    ]
}

fn more_areas() -> Vec<Case> {
    let flows = |services: i64| {
        vec![
            ("Month", None, months(date(2025, 11, 1), 12)),
            (
                "Sales",
                usd(),
                numbers(&[310, 320, 335, 300, 340, 360, 372, 390, 381, 402, 420, 433].map(|v| v * 100)),
            ),
            (
                "Services",
                usd(),
                numbers(&[80, 82, 60, 71, 90, 95, 101, 99, 120, 131, 128, 140].map(|v| (v + services) * 100)),
            ),
            (
                "Costs",
                usd(),
                numbers(&[-210, -220, -215, -260, -240, -231, -250, -255, -249, -270, -268, -280].map(|v| v * 100)),
            ),
        ]
    };
    let spec = r#"{"mark": "area", "title": {"text": "Income and costs", "subtitle": "Twelve months to October 2026"},
        "transform": [{"fold": ["Sales", "Services", "Costs"]}],
        "encoding": {"x": {"field": "Month"}, "y": {"field": "value"}, "color": {"field": "key"}}}"#;
    let compared = r#"{"mark": "area", "title": {"text": "Visits from search", "subtitle": "Against the thirty days before"}, "compare": "previous_period",
        "encoding": {"x": {"field": "Day"}, "y": {"field": "Search"}}}"#;
    vec![
        case("area-signs", flows(0), spec),
        case("area-mixed-signs", flows(-100), spec),
        case("area-compare", channels(60), compared),
    ]
}

const PRODUCTS: [&str; 12] = [
    "Espresso machine, stainless steel, 2.5 litres",
    "Grinder",
    "Descaling set",
    "Milk jug",
    "Paper filters, box of 400, unbleached and compostable",
    "Thermal carafe",
    "Gift card",
    "Cleaning brush",
    "Spare gasket",
    "Scale",
    "Kettle",
    "Subscription",
];

fn lying() -> Vec<Case> {
    let products = || {
        vec![
            ("Product", None, texts(&PRODUCTS)),
            (
                "Revenue",
                usd(),
                numbers(&[
                    184_200, 92_300, 61_050, 48_800, 41_900, 33_100, 21_400, 12_750, 9_900, 8_200, 4_310, 950,
                ]),
            ),
        ]
    };
    let many = |count: usize| {
        let names: Vec<String> = (0..count).map(|i| format!("Branch office {}", i + 1)).collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        vec![
            ("Branch", None, texts(&names)),
            ("Orders", None, Values::Number(wander(count, 400_000, 60_000))),
        ]
    };
    let spec = |field: &str, number: &str| {
        format!(
            r#"{{"mark": "bar", "title": {{"text": "{number} by {field}", "subtitle": "October 2026"}},
            "encoding": {{"y": {{"field": "{field}"}}, "x": {{"field": "{number}", "type": "quantitative"}}}}}}"#
        )
    };
    let moved = vec![
        (
            "Account",
            None,
            texts(&["Sales", "Services", "Refunds and chargebacks", "Interest", "Fees", "Other"]),
        ),
        ("Amount", usd(), numbers(&[120_000, 34_000, -42_000, -3_000, -900, 15_500])),
    ];
    let weeks = vec![
        ("Month", None, months(date(2020, 1, 1), 60)),
        ("Orders", None, Values::Number(wander(60, 90_000, 9_000))),
    ];
    vec![
        case("lying-one", products(), &spec("Product", "Revenue")),
        case("lying-40", many(40), &spec("Branch", "Orders")),
        case("lying-90", many(90), &spec("Branch", "Orders")),
        case("lying-negative", moved, &spec("Account", "Amount")),
        case("lying-dates", weeks, &spec("Month", "Orders")),
        case(
            "lying-turned",
            products(),
            r#"{"mark": "bar", "title": "Revenue by product", "encoding": {"x": {"field": "Product"}, "y": {"field": "Revenue"}}}"#,
        ),
    ]
}

const REGIONS: [&str; 6] = super::REGIONS;

fn quarters() -> Columns {
    vec![
        ("Region", None, texts(&REGIONS)),
        ("Q1", usd(), numbers(&[48_200, 39_100, 27_500, 12_300, 8_900, 4_100])),
        ("Q2", usd(), numbers(&[51_400, 42_800, 31_900, 13_800, 9_400, 5_200])),
        ("Q3", usd(), numbers(&[55_900, 41_200, 36_400, 15_100, 11_200, 6_300])),
    ]
}

fn stacks() -> Vec<Case> {
    let spec = |encoding: &str| {
        format!(
            r#"{{"mark": "bar", "title": {{"text": "Revenue by region", "subtitle": "Q1 to Q3 2026, USD"}},
            "transform": [{{"fold": ["Q1", "Q2", "Q3"]}}], "encoding": {{{encoding}, "color": {{"field": "key", "legend": {{"title": "Quarter"}}}}}}}}"#
        )
    };
    let upright = |stack: &str| spec(&format!(r#""x": {{"field": "Region"}}, "y": {{"field": "value"{stack}}}"#));
    let lying = |stack: &str, offset: &str| {
        spec(&format!(
            r#""y": {{"field": "Region"}}, "x": {{"field": "value", "type": "quantitative"{stack}}}{offset}"#
        ))
    };
    let offset = r#", "yOffset": {"field": "key"}"#;
    vec![
        case("bar-shares", quarters(), &upright(r#", "stack": "normalize""#)),
        case("lying-stacked", quarters(), &lying("", "")),
        case("lying-shares", quarters(), &lying(r#", "stack": "normalize""#, "")),
        case("lying-grouped", quarters(), &lying("", offset)),
    ]
}

fn histograms() -> Vec<Case> {
    // Two dice of a hundred sides, more or less: a hill.
    let sides = wander(3_000, 0, 4_000_000);
    let part = |cell: &Option<Decimal>| cell.unwrap_or_default().abs() % Decimal::from(60);
    let sums: Vec<_> = sides
        .windows(2)
        .map(|pair| Some((part(&pair[0]) + part(&pair[1])).round_dp(2)))
        .collect();
    let orders = || vec![("Order", usd(), Values::Number(sums.clone()))];
    let spec = |bin: &str| {
        format!(
            r#"{{"mark": "bar", "title": {{"text": "How large are orders?", "subtitle": "Orders by value, October 2026"}},
            "encoding": {{"x": {{"field": "Order", "bin": {bin}}}, "y": {{"aggregate": "count", "type": "quantitative"}}}}}}"#
        )
    };
    vec![
        case("histogram", orders(), &spec("true")),
        case("histogram-fine", orders(), &spec(r#"{"maxbins": 60}"#)),
    ]
}

fn small_charts() -> Vec<Case> {
    let title = r#"{"text": "Visits by channel", "subtitle": "August to October 2026"}"#;
    let facet = r#""facet": {"field": "key"}"#;
    let bars = |encoding: &str| {
        format!(
            r#"{{"mark": "bar", "title": {{"text": "Revenue by region", "subtitle": "Q1 to Q3 2026, USD"}},
            "transform": [{{"fold": ["Q1", "Q2", "Q3"]}}], "encoding": {{{encoding}, "facet": {{"field": "key"}}}}}}"#
        )
    };
    let columns = r#""facet": {"field": "key", "columns": 2}"#;
    let compared = |spec: &str| spec.replacen(r#""title""#, r#""compare": "previous_period", "title""#, 1);
    vec![
        case("facet-line", channels(90), &folded("line", title, "", facet)),
        case("facet-area", channels(90), &folded("area", title, "", columns)),
        case("facet-bar", channels(30), &folded("bar", title, "", facet)),
        case("facet-compare", channels(60), &compared(&folded("line", title, "", facet))),
        case(
            "facet-names",
            quarters(),
            &bars(r#""x": {"field": "Region"}, "y": {"field": "value"}"#),
        ),
    ]
}

fn targets() -> Vec<Case> {
    let revenue = || {
        vec![
            ("Day", None, days(date(2026, 10, 1), 30)),
            ("Revenue", usd(), Values::Number(wander(30, 1_000_000, 100_000))),
        ]
    };
    let layered = |mark: &str, encoding: &str, rules: &str| {
        format!(
            r#"{{"title": {{"text": "Revenue against plan", "subtitle": "October 2026"}}, "layer": [{{"mark": "{mark}", "encoding": {{{encoding}}}}}, {rules}]}}"#
        )
    };
    let daily = r#""x": {"field": "Day"}, "y": {"field": "Revenue"}"#;
    let rule =
        |axis: &str, value: i64, title: &str| format!(r#"{{"mark": "rule"{title}, "encoding": {{"{axis}": {{"datum": {value}}}}}}}"#);
    let stretch = r#", "title": "Stretch goal""#;
    let both = |axis: &str, low: i64, high: i64| format!("{}, {}", rule(axis, low, ""), rule(axis, high, stretch));
    let upright = r#""x": {"field": "Region"}, "y": {"field": "Q3"}"#;
    let lying = r#""y": {"field": "Region"}, "x": {"field": "Q3", "type": "quantitative"}"#;
    let month = || {
        vec![
            ("Month", None, months(date(2024, 5, 1), 30)),
            ("MRR", usd(), Values::Number(wander(30, 10_122_400, 300_000))),
        ]
    };
    let kpi = r#""x": {"field": "Month"}, "y": {"field": "MRR"}"#;
    let kpi = layered("kpi", kpi, &both("y", 180_000, 250_000)).replacen(r#""title""#, r#""compare": "previous_period", "title""#, 1);
    vec![
        case("target-line", revenue(), &layered("line", daily, &rule("y", 15_000, ""))),
        case("target-area", revenue(), &layered("area", daily, &both("y", 25_000, 40_000))),
        case("target-bar", quarters(), &layered("bar", upright, &both("y", 40_000, 60_000))),
        case("target-lying", quarters(), &layered("bar", lying, &both("x", 40_000, 60_000))),
        case("target-kpi", month(), &kpi),
    ]
}

fn compared() -> Vec<Case> {
    let rows = || {
        let twice: Vec<&str> = REGIONS.iter().chain(&REGIONS).copied().collect();
        let month = (0..12).map(|i| Some(date(2026, if i < 6 { 9 } else { 10 }, 15))).collect();
        vec![
            ("Region", None, texts(&twice)),
            ("Month", None, Values::Date(month)),
            (
                "Revenue",
                usd(),
                numbers(&[
                    51_400, 42_800, 31_900, 13_800, 9_400, 6_200, 55_900, 41_200, 36_400, 15_100, 11_200, 6_200,
                ]),
            ),
        ]
    };
    let spec = |encoding: &str| {
        format!(
            r#"{{"mark": "bar", "title": {{"text": "Revenue by region", "subtitle": "Against the month before"}},
            "period": {{"field": "Month", "timeUnit": "yearmonth"}}, "compare": "previous_period", "encoding": {{{encoding}}}}}"#
        )
    };
    vec![
        case(
            "compare-names",
            rows(),
            &spec(r#""x": {"field": "Region"}, "y": {"field": "Revenue"}"#),
        ),
        case(
            "compare-lying",
            rows(),
            &spec(r#""y": {"field": "Region"}, "x": {"field": "Revenue", "type": "quantitative"}"#),
        ),
    ]
}
