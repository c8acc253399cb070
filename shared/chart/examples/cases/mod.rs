//! Charts that are easy to get wrong, for the gallery and the tests.

mod international;
mod marks;

use domain::chart_spec::ChartSpec;
use domain::dataset::{Column, Dataset, Unit, Values};
use jiff::civil::{Date, date};
use jiff::{Timestamp, ToSpan};
use rust_decimal::Decimal;

/// A name for the file, the reader's language, the rows and the spec.
pub struct Case {
    pub name: &'static str,
    pub locale: &'static str,
    pub rows: Dataset,
    pub spec: ChartSpec,
}

/// Numbers that wander, the same ones every time: a linear congruential generator.
pub fn wander(count: usize, start: i64, stride: i64) -> Vec<Option<Decimal>> {
    let mut state: u64 = 42;
    let mut at = start;
    let mut next = || {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        at += i64::try_from(state >> 33).unwrap_or(0) % (2 * stride + 1) - stride + stride / 8;
        Some(Decimal::new(at, 2))
    };
    (0..count).map(|_| next()).collect()
}

pub fn days(first: Date, count: usize) -> Values {
    Values::Date(
        (0..count)
            .map(|i| first.checked_add(i64::try_from(i).unwrap_or(0).days()).ok())
            .collect(),
    )
}

pub fn months(first: Date, count: usize) -> Values {
    Values::Date(
        (0..count)
            .map(|i| first.checked_add(i64::try_from(i).unwrap_or(0).months()).ok())
            .collect(),
    )
}

pub fn texts(cells: &[&str]) -> Values {
    Values::Text(cells.iter().map(|cell| Some((*cell).to_owned())).collect())
}

pub fn numbers(cells: &[i64]) -> Values {
    Values::Number(cells.iter().map(|cell| Some(Decimal::from(*cell))).collect())
}

pub fn usd() -> Option<Unit> {
    Some(Unit::Currency("USD".to_owned()))
}

pub fn rows(columns: Vec<(&str, Option<Unit>, Values)>) -> Dataset {
    let columns = columns
        .into_iter()
        .map(|(name, unit, values)| Column {
            name: name.to_owned(),
            unit,
            values,
        })
        .collect();
    Dataset {
        as_of: Timestamp::UNIX_EPOCH,
        time_zone: None,
        columns,
        notes: Vec::new(),
    }
}

fn case(name: &'static str, columns: Vec<(&str, Option<Unit>, Values)>, spec: &str) -> Case {
    let spec = serde_json::from_str(spec).expect("a spec of this file is well formed");
    Case {
        name,
        locale: "en",
        rows: rows(columns),
        spec,
    }
}

/// A line of dollars by day.
fn daily(name: &'static str, values: Vec<Option<Decimal>>, title: &str, more: &str) -> Case {
    let day = days(date(2026, 9, 1), values.len());
    let spec = format!(
        r#"{{"mark": "line", "title": {title}, "encoding": {{"x": {{"field": "Day", "type": "temporal"}}, "y": {{"field": "Revenue", "type": "quantitative"}}}}{more}}}"#
    );
    case(name, vec![("Day", None, day), ("Revenue", usd(), Values::Number(values))], &spec)
}

pub fn all() -> Vec<Case> {
    let mut cases = lines();
    cases.extend(hard_lines());
    cases.extend(bars());
    cases.extend(numbers_alone());
    cases.extend(marks::all());
    cases.extend(international::all());
    cases
}

fn lines() -> Vec<Case> {
    let title = r#"{"text": "Daily revenue", "subtitle": "October 2026, US dollars"}"#;
    let mut gaps = wander(45, 1_200_000, 90_000);
    for i in [4, 11, 12, 13, 20, 22, 30] {
        gaps[i] = None;
    }
    let (co2, month) = (wander(96, 41_000, 40), months(date(2018, 11, 1), 96));
    vec![
        daily(
            "line-compare",
            wander(60, 1_000_000, 100_000),
            title,
            r#", "compare": "previous_period""#,
        ),
        daily("line-one", wander(90, 1_000_000, 100_000), title, ""),
        daily("line-gaps", gaps, title, ""),
        case(
            "line-months",
            vec![
                ("Month", None, month),
                ("CO₂", Some(Unit::Other("ppm".to_owned())), Values::Number(co2)),
            ],
            r#"{"mark": "line", "title": {"text": "Carbon dioxide in the air", "subtitle": "Monthly mean, parts per million"},
                "encoding": {"x": {"field": "Month"}, "y": {"field": "CO₂"}}, "last": 24, "compare": "previous_period"}"#,
        ),
        case(
            "line-many",
            (0..7)
                .map(|i: i64| {
                    (
                        ["Day", "Search", "Direct", "Mail", "Social", "Partners", "Affiliates"][i as usize],
                        None,
                        wander(40, 50_000 + i * 17_000, 6_000),
                    )
                })
                .map(|(name, unit, values)| {
                    if name == "Day" {
                        (name, unit, days(date(2026, 9, 1), 40))
                    } else {
                        (name, unit, Values::Number(values))
                    }
                })
                .collect(),
            r#"{"mark": "line", "title": {"text": "Visits by channel", "subtitle": "Last 40 days"}, "transform": [{"fold": ["Search", "Direct", "Mail", "Social", "Partners", "Affiliates"]}],
                "encoding": {"x": {"field": "Day"}, "y": {"field": "value"}, "color": {"field": "key"}}}"#,
        ),
    ]
}

fn hard_lines() -> Vec<Case> {
    let long = r#"{"text": "Net revenue after refunds, chargebacks and partner commissions in all regions except the newly opened ones, restated at constant exchange rates", "subtitle": "A subtitle that goes on and on about the definition of the number, its source, its owner, and the currency that it has been converted to before it was drawn here"}"#;
    let mixed = r#"{"text": "مبيعات Q3 · 按地区销售额 · Sales 🚀 ❤️", "subtitle": "Ελλάδα, Україна, हिन्दी, ไทย"}"#;
    vec![
        daily("line-long-title", wander(30, 1_000_000, 100_000), long, ""),
        daily("line-scripts", wander(30, 1_000_000, 100_000), mixed, ""),
        daily("line-one-point", vec![Some(Decimal::new(1_234_567, 2))], r#""Daily revenue""#, ""),
        daily(
            "line-no-data",
            vec![None; 12],
            r#"{"text": "Daily revenue", "subtitle": "October 2026"}"#,
            "",
        ),
        daily("line-constant", vec![Some(Decimal::from(5)); 12], r#""Constant""#, ""),
        daily("line-negative", wander(50, -200_000, 90_000), r#""Profit and loss""#, ""),
        daily(
            "line-huge",
            wander(50, 987_654_321_012_345, 90_000_000_000_000),
            r#""Huge numbers""#,
            "",
        ),
        daily("line-10000", wander(10_000, 1_000_000, 5_000), r#""Ten thousand points""#, ""),
        case(
            "line-tiny",
            vec![
                ("Day", None, days(date(2026, 1, 30), 20)),
                (
                    "Loss",
                    None,
                    Values::Number((0..20).map(|i| Some(Decimal::new(12 + i * i % 17, 8))).collect()),
                ),
            ],
            r#"{"mark": "line", "title": "Tiny numbers", "encoding": {"x": {"field": "Day", "axis": {"title": "Day of measurement"}}, "y": {"field": "Loss", "axis": {"title": "Loss per request"}}}}"#,
        ),
        case(
            "line-format",
            vec![
                ("Day", None, days(date(2026, 1, 30), 400)),
                (
                    "Rate",
                    Some(Unit::Percent),
                    Values::Number(wander(400, 30, 2).into_iter().map(|v| v.map(|v| v / Decimal::TEN)).collect()),
                ),
            ],
            r#"{"mark": "line", "title": "Weekly conversion", "encoding": {"x": {"field": "Day", "timeUnit": "yearweek", "axis": {"format": "%-d %b"}}, "y": {"field": "Rate", "aggregate": "mean", "axis": {"format": ".1%"}}}}"#,
        ),
        case(
            "line-names",
            vec![
                ("Stage", None, texts(&["Visit", "Sign-up", "Trial", "Paid", "Renewed"])),
                ("People", None, numbers(&[9800, 4100, 2300, 780, 512])),
            ],
            r#"{"mark": "line", "title": "Funnel", "encoding": {"x": {"field": "Stage"}, "y": {"field": "People"}}}"#,
        ),
    ]
}

const REGIONS: [&str; 6] = ["North America", "Europe", "Asia Pacific", "Latin America", "Middle East", "Africa"];

fn bars() -> Vec<Case> {
    let quarters = || {
        vec![
            ("Region", None, texts(&REGIONS)),
            ("Q1", usd(), numbers(&[48_200, 39_100, 27_500, 12_300, 8_900, 4_100])),
            ("Q2", usd(), numbers(&[51_400, 42_800, 31_900, 13_800, 9_400, 5_200])),
            ("Q3", usd(), numbers(&[55_900, 41_200, 36_400, 15_100, 11_200, 6_300])),
        ]
    };
    let countries: Vec<String> = (0..40).map(|i| format!("Country with a name {i}")).collect();
    let countries: Vec<&str> = countries.iter().map(String::as_str).collect();
    vec![
        case(
            "bar-grouped",
            quarters(),
            r#"{"mark": "bar", "title": {"text": "Revenue by region", "subtitle": "Q1 to Q3 2026, USD"}, "transform": [{"fold": ["Q1", "Q2", "Q3"]}],
                "encoding": {"x": {"field": "Region"}, "y": {"field": "value"}, "color": {"field": "key"}, "xOffset": {"field": "key"}}}"#,
        ),
        case(
            "bar-stacked",
            quarters(),
            r#"{"mark": "bar", "title": {"text": "Revenue by region", "subtitle": "Q1 to Q3 2026, USD"}, "transform": [{"fold": ["Q1", "Q2", "Q3"]}],
                "encoding": {"x": {"field": "Region"}, "y": {"field": "value"}, "color": {"field": "key"}}}"#,
        ),
        case(
            "bar-one",
            quarters(),
            r#"{"mark": "bar", "title": "Q3 revenue by region", "encoding": {"x": {"field": "Region", "sort": "-y"}, "y": {"field": "Q3"}}}"#,
        ),
        case(
            "bar-40",
            vec![
                ("Country", None, texts(&countries)),
                ("Orders", None, Values::Number(wander(40, 400_000, 60_000))),
            ],
            r#"{"mark": "bar", "title": "Orders by country", "encoding": {"x": {"field": "Country"}, "y": {"field": "Orders"}}}"#,
        ),
        case(
            "bar-negative",
            vec![
                (
                    "Account",
                    None,
                    texts(&["Sales", "Services", "Refunds", "Interest", "Fees", "Other"]),
                ),
                ("Amount", usd(), numbers(&[120_000, 34_000, -42_000, -3_000, -900, 15_500])),
            ],
            r#"{"mark": "bar", "title": {"text": "What moved the result", "subtitle": "October 2026"}, "encoding": {"x": {"field": "Account"}, "y": {"field": "Amount"}}}"#,
        ),
        case(
            "bar-months",
            vec![
                ("Month", None, months(date(2024, 11, 1), 24)),
                ("Orders", None, Values::Number(wander(24, 90_000, 9_000))),
            ],
            r#"{"mark": "bar", "title": {"text": "Orders per month", "subtitle": "Against the twelve months before"}, "encoding": {"x": {"field": "Month"}, "y": {"field": "Orders"}}, "compare": "previous_period"}"#,
        ),
        case(
            "bar-days",
            vec![
                ("Day", None, days(date(2026, 8, 1), 90)),
                ("Orders", None, Values::Number(wander(90, 90_000, 9_000))),
            ],
            r#"{"mark": "bar", "title": "Orders per day", "encoding": {"x": {"field": "Day"}, "y": {"field": "Orders"}}}"#,
        ),
        case(
            "bar-stacked-signs",
            vec![
                ("Month", None, texts(&["July", "August", "September"])),
                ("In", usd(), numbers(&[500, 800, 950])),
                ("Grants", usd(), numbers(&[0, 300, 0])),
                ("Out", usd(), numbers(&[-700, -400, -990])),
            ],
            r#"{"mark": "bar", "title": "Cash", "transform": [{"fold": ["In", "Grants", "Out"]}], "encoding": {"x": {"field": "Month"}, "y": {"field": "value"}, "color": {"field": "key"}}}"#,
        ),
    ]
}

fn numbers_alone() -> Vec<Case> {
    let monthly = |values: Vec<Option<Decimal>>| {
        vec![
            ("Month", None, months(date(2024, 5, 1), values.len())),
            ("MRR", usd(), Values::Number(values)),
        ]
    };
    let title = r#""title": {"text": "Monthly recurring revenue", "subtitle": "All plans, before tax"}"#;
    let x = r#""x": {"field": "Month"}"#;
    let spec = |more: &str| format!(r#"{{"mark": "kpi", {title}, "encoding": {{{x}, "y": {{"field": "MRR"}}}}{more}}}"#);
    let mut falling = wander(30, 12_000_000, 300_000);
    falling.reverse();
    vec![
        case(
            "kpi-rise",
            monthly(wander(30, 10_122_400, 300_000)),
            &spec(r#", "compare": "previous_period""#),
        ),
        case("kpi-fall", monthly(falling), &spec(r#", "compare": "previous_period""#)),
        case("kpi-plain", monthly(wander(30, 10_122_400, 300_000)), &spec("")),
        case(
            "kpi-one",
            monthly(vec![Some(Decimal::new(1_284_300, 1))]),
            &spec(r#", "compare": "previous_period""#),
        ),
        case("kpi-none", monthly(vec![None]), &spec("")),
        case(
            "kpi-whole",
            vec![
                ("Deal", None, texts(&["a", "b", "c"])),
                ("Size", usd(), numbers(&[1_200_000_000, 830_000_000, -4])),
            ],
            r#"{"mark": "kpi", "title": "Pipeline", "encoding": {"y": {"field": "Size", "aggregate": "sum"}}}"#,
        ),
    ]
}
