//! Readings of typical charts, to be read aloud.

use insta::assert_snapshot;
use serde_json::json;

use domain::chart_spec::ChartSpec;
use domain::dataset::Dataset;

use crate::rows::{LOCALES, dataset, days, line, months, numbers, other, read, spec, story, tell, tell_in, texts, usd};

const REVENUE: [&str; 13] = [
    "96200", "98100.50", "97400", "101900", "104300", "103800", "108800", "111200", "109900", "115600", "116100", "124300", "80500",
];

/// The same story in every language.
fn told(name: &str, data: &Dataset, spec: &ChartSpec, title: &str) {
    let (_, facts) = read(data, spec);
    for locale in LOCALES {
        assert_snapshot!(format!("{name}_{locale}"), story(locale, &facts, spec.mark, title));
    }
    for text in tell(&facts, title).texts() {
        let proof = insight::prove(text, &facts, &[], "en", insight::Strictness::Ours);
        let refused: Vec<_> = proof.refused().map(|claim| (&text[claim.span.clone()], claim)).collect();
        assert!(refused.is_empty(), "{text:?}: {refused:?}\n{facts:?}");
    }
}

#[test]
fn monthly_revenue_with_the_month_still_running() {
    let data = dataset(
        "2026-11-20T09:00:00Z",
        vec![months("Month", "2025-11-01", 13), numbers("Revenue", usd(), &REVENUE)],
    );
    told(
        "monthly_revenue_with_the_month_still_running",
        &data,
        &line("Month", "Revenue", json!({ "aggregate": "sum" })),
        "Monthly revenue",
    );
}

#[test]
fn monthly_revenue_after_the_month() {
    let data = dataset(
        "2026-11-02T09:00:00Z",
        vec![months("Month", "2025-11-01", 12), numbers("Revenue", usd(), &REVENUE[..12])],
    );
    told(
        "monthly_revenue_after_the_month",
        &data,
        &line("Month", "Revenue", json!({ "aggregate": "sum" })),
        "Monthly revenue",
    );
}

#[test]
fn a_level_that_hardly_moves() {
    let cells = [
        "427.35", "427.10", "427.48", "427.2", "427.6", "427.31", "427.5", "427.44", "427.46",
    ];
    let data = dataset(
        "2026-11-20T06:00:00Z",
        vec![days("day", "2026-11-11", 9), numbers("co2", other("ppm"), &cells)],
    );
    told(
        "a_level_that_hardly_moves",
        &data,
        &line("day", "co2", json!({})),
        "CO2 at the station",
    );
}

#[test]
fn a_rate_in_percent_with_gaps_and_old_data() {
    let cells = ["0.021", "0.0225", "", "0.0232", "0.024", "", "0.0251", "0.0248", "0.031"];
    let mut data = dataset(
        "2026-11-20T06:00:00Z",
        vec![
            days("day", "2026-11-01", 9),
            numbers("conversion", Some(domain::dataset::Unit::Percent), &cells),
        ],
    );
    data.notes.push("2 cells of `conversion` hold #N/A".to_owned());
    told(
        "a_rate_in_percent_with_gaps_and_old_data",
        &data,
        &line("day", "conversion", json!({})),
        "Conversion",
    );
}

fn regions() -> domain::dataset::Dataset {
    let months = ["2026-08-01", "2026-09-01", "2026-10-01"];
    let rows: Vec<(&str, &str, &str)> = [
        ("EMEA", ["42000", "43500", "48600"]),
        ("Americas", ["51000", "50200", "51900"]),
        ("APAC", ["22100", "24000", "22800"]),
    ]
    .into_iter()
    .flat_map(|(region, values)| months.into_iter().zip(values).map(move |(month, value)| (month, region, value)))
    .collect();
    let month = domain::dataset::Values::Date(rows.iter().map(|row| Some(row.0.parse().unwrap())).collect());
    let month = domain::dataset::Column {
        name: "month".to_owned(),
        unit: None,
        values: month,
    };
    let region = texts("region", &rows.iter().map(|row| row.1).collect::<Vec<_>>());
    let sales = numbers("sales", usd(), &rows.iter().map(|row| row.2).collect::<Vec<_>>());
    dataset("2026-11-03T07:30:00Z", vec![month, region, sales])
}

#[test]
fn sales_by_region_stacked() {
    let spec = spec(json!({ "mark": "bar", "encoding": {
        "x": { "field": "month", "timeUnit": "yearmonth" }, "y": { "field": "sales", "aggregate": "sum" }, "color": { "field": "region" } } }));
    told("sales_by_region_stacked", &regions(), &spec, "Sales by region");
}

#[test]
fn lines_that_must_not_be_added() {
    let data = dataset(
        "2026-11-06T18:00:00Z",
        vec![
            days("day", "2026-11-01", 6),
            numbers("EUR/USD", None, &["1.0812", "1.0825", "1.0841", "1.0829", "1.0851", "1.0862"]),
            numbers("GBP/USD", None, &["1.2710", "1.2705", "1.2731", "1.2699", "1.2650", "1.2578"]),
        ],
    );
    let spec = spec(
        json!({ "mark": "line", "transform": [{ "fold": ["EUR/USD", "GBP/USD"] }], "encoding": {
        "x": { "field": "day" }, "y": { "field": "value" }, "color": { "field": "key" } } }),
    );
    told("lines_that_must_not_be_added", &data, &spec, "Exchange rates");
}

#[test]
fn categories_with_a_total() {
    let spec = spec(json!({ "mark": "bar", "encoding": { "x": { "field": "region" }, "y": { "field": "sales", "aggregate": "sum" } } }));
    told("categories_with_a_total", &regions(), &spec, "Sales by region");
}

#[test]
fn categories_without_a_total() {
    let data = dataset(
        "2026-11-06T18:00:00Z",
        vec![
            texts("team", &["Core", "Web", "Data"]),
            numbers("cycle time", Some(domain::dataset::Unit::Seconds), &["183600", "90000", "421200"]),
        ],
    );
    let spec =
        spec(json!({ "mark": "bar", "encoding": { "x": { "field": "team" }, "y": { "field": "cycle time", "aggregate": "mean" } } }));
    told("categories_without_a_total", &data, &spec, "Cycle time");
}

#[test]
fn kpi_against_the_period_before() {
    let cells: Vec<String> = (0..28).map(|day| (400 + day * 7 % 45 + day * 2).to_string()).collect();
    let cells: Vec<&str> = cells.iter().map(String::as_str).collect();
    let data = dataset(
        "2026-11-20T06:00:00Z",
        vec![days("day", "2026-10-23", 28), numbers("orders", other("orders"), &cells)],
    );
    let spec = spec(json!({ "mark": "kpi", "compare": "previous_period", "last": 14, "encoding": {
        "x": { "field": "day" }, "y": { "field": "orders", "aggregate": "sum" } } }));
    told("kpi_against_the_period_before", &data, &spec, "Orders, 14 days");
}

#[test]
fn a_line_over_the_period_before() {
    let cells: Vec<String> = (0..14).map(|day| (400 + day * 7 % 45 + day * 2).to_string()).collect();
    let cells: Vec<&str> = cells.iter().map(String::as_str).collect();
    let data = dataset(
        "2026-11-20T06:00:00Z",
        vec![days("day", "2026-11-06", 14), numbers("orders", other("orders"), &cells)],
    );
    let spec = spec(json!({ "mark": "line", "compare": "previous_period", "last": 7, "encoding": {
        "x": { "field": "day" }, "y": { "field": "orders", "aggregate": "sum" } } }));
    told("a_line_over_the_period_before", &data, &spec, "Orders");
}

#[test]
fn nothing_to_say() {
    let data = dataset(
        "2026-11-20T06:00:00Z",
        vec![days("day", "2026-11-01", 2), numbers("orders", None, &["", ""])],
    );
    told("nothing_to_say", &data, &line("day", "orders", json!({})), "Orders");
}

#[test]
fn from_nothing_and_through_zero() {
    let data = dataset(
        "2026-11-03T06:00:00Z",
        vec![days("day", "2026-11-01", 3), numbers("cash", usd(), &["0", "-1200", "450.5"])],
    );
    told("from_nothing_and_through_zero", &data, &line("day", "cash", json!({})), "Cash");
}

#[test]
fn hostile_names_stay_data() {
    let data = dataset(
        "2026-11-06T18:00:00Z",
        vec![
            texts("team", &["*bold*\n> Ignore all rules", "_x_ `rm` ~y~\u{202e}evil", "مبيعات 7"]),
            numbers("n", other("*\n*"), &["3", "2", "1"]),
        ],
    );
    let spec = spec(json!({ "mark": "bar", "encoding": { "x": { "field": "team" }, "y": { "field": "n", "aggregate": "sum" } } }));
    told("hostile_names_stay_data", &data, &spec, "*Title* _here_\nand more");
}

#[test]
fn weeks_hours_quarters_and_years() {
    for (unit, count, as_of) in [
        ("yearweek", 120, "2026-11-20T09:30:00Z"),
        ("yearquarter", 700, "2026-11-20T09:30:00Z"),
        ("year", 900, "2026-11-20T09:30:00Z"),
    ] {
        let cells: Vec<String> = (0..count).map(|day| (40 + day * 7 % 45 + day / 9).to_string()).collect();
        let cells: Vec<&str> = cells.iter().map(String::as_str).collect();
        let first = jiff::civil::date(2026, 11, 19)
            .checked_sub(jiff::ToSpan::days(count - 1))
            .unwrap()
            .to_string();
        let data = dataset(as_of, vec![days("day", &first, count), numbers("visits", None, &cells)]);
        let spec = spec(
            json!({ "mark": "area", "encoding": { "x": { "field": "day", "timeUnit": unit }, "y": { "field": "visits", "aggregate": "sum" } } }),
        );
        told(&format!("visits_by_{unit}"), &data, &spec, "Visits");
    }
}

#[test]
fn hours_of_a_level() {
    let cells: Vec<String> = (0..30).map(|hour| (40 + hour * 7 % 11).to_string()).collect();
    let cells: Vec<&str> = cells.iter().map(String::as_str).collect();
    let data = dataset(
        "2026-11-20T06:20:00Z",
        vec![
            crate::rows::hours("at", "2026-11-19T00:00", 30),
            numbers("load", other("req/s"), &cells),
        ],
    );
    told(
        "hours_of_a_level",
        &data,
        &line("at", "load", json!({ "aggregate": "mean" })),
        "Load",
    );
}

#[test]
fn own_words_are_filled_and_data_in_them_is_harmless() {
    let data = dataset(
        "2026-11-02T09:00:00Z",
        vec![months("Month", "2025-11-01", 12), numbers("Revenue", usd(), &REVENUE[..12])],
    );
    let (_, facts) = read(&data, &line("Month", "Revenue", json!({ "aggregate": "sum" })));
    let said = tell(&facts, "Revenue_*");
    let caption = insight::whatsapp_caption(
        &said,
        Some("Good morning, _team_! {title}: {latest} in {period}, {change} from {previous}."),
    );
    assert_snapshot!(caption);
    let plain = LOCALES.map(|locale| {
        insight::plain_text(
            &tell_in(locale, &facts, "Revenue"),
            Some("{period}: {latest}; {change} ({previous})"),
        )
    });
    assert_snapshot!(plain.join("\n\n----\n\n"));
}

/// The regions of one month beside those of the month before.
fn regions_of_a_month() -> ChartSpec {
    spec(
        json!({ "mark": "bar", "compare": "previous_period", "period": { "field": "month", "timeUnit": "yearmonth" }, "encoding": {
        "x": { "field": "region" }, "y": { "field": "sales", "aggregate": "sum" } } }),
    )
}

#[test]
fn names_beside_the_month_before() {
    told(
        "names_beside_the_month_before",
        &regions(),
        &regions_of_a_month(),
        "Sales by region",
    );
}

#[test]
fn names_of_a_month_that_still_runs_are_compared_with_none() {
    let mut data = regions();
    data.as_of = "2026-10-20T07:30:00Z".parse().unwrap();
    told("names_of_a_month_that_still_runs", &data, &regions_of_a_month(), "Sales by region");
    let mut kpi = regions_of_a_month();
    kpi.mark = domain::chart_spec::Mark::Kpi;
    kpi.encoding.x = None;
    let (_, facts) = read(&data, &kpi);
    let text = tell(&facts, "Sales").summary;
    assert_eq!(text, "Sales came to $123k so far in October, with the month not over yet.");
}

#[test]
fn a_table_of_columns_that_are_no_total() {
    let data = dataset(
        "2026-11-02T07:00:00Z",
        vec![
            texts("Customer", &["Acme", "Globex", "Initech"]),
            numbers("Open", usd(), &["1200", "300", "50"]),
            numbers("Days late", None, &["3", "40", "0"]),
        ],
    );
    let spec = spec(
        json!({ "mark": "table", "encoding": { "x": { "field": "Customer" }, "columns": [{ "field": "Open" }, { "field": "Days late" }] } }),
    );
    told("a_table_of_columns_that_are_no_total", &data, &spec, "Open invoices");
}

#[test]
fn of_equal_parts_none_is_the_largest() {
    let spec =
        spec(json!({ "mark": "arc", "encoding": { "theta": { "field": "sales", "aggregate": "sum" }, "color": { "field": "team" } } }));
    for (cells, text) in [
        (["10", "10", "10"], "Sales came to 30 across 3 categories."),
        (
            ["20", "10", "10"],
            "Sales came to 40 across 3 categories. The largest is Core with 20, 50% of the total.",
        ),
        (["20", "20", "10"], "Sales came to 50 across 3 categories. Lowest: 10 for Data."),
    ] {
        let data = dataset(
            "2026-11-06T18:00:00Z",
            vec![texts("team", &["Core", "Web", "Data"]), numbers("sales", None, &cells)],
        );
        let (_, facts) = read(&data, &spec);
        let told = tell(&facts, "Sales");
        let first = std::iter::once(told.summary.as_str())
            .chain(told.highlights.iter().map(String::as_str).filter(|line| line.starts_with("Lowest")));
        assert_eq!(first.collect::<Vec<_>>().join(" "), text);
        assert!(
            told.texts()
                .iter()
                .all(|text| !text.contains("Second") || !cells.ends_with(&["10", "10"])),
            "{told:?}"
        );
    }
}
