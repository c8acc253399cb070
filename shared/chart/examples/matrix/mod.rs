//! Every form of chart over every kind of difficult rows: what the contact sheet shows.

use super::cases::{Case, rows, usd, wander};
use domain::dataset::{Dataset, Values};
use jiff::ToSpan;
use jiff::civil::date;
use rust_decimal::Decimal;
use serde_json::{Value, json};

/// Rows that are difficult for one reason.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Hard {
    Plain,
    Negative,
    Huge,
    Tiny,
    One,
    TenThousand,
    Forty,
    Long,
    Mixed,
    Null,
}

impl Hard {
    pub const ALL: [(Self, &'static str); 10] = [
        (Self::Plain, "plain"),
        (Self::Negative, "negative"),
        (Self::Huge, "huge"),
        (Self::Tiny, "tiny"),
        (Self::One, "one"),
        (Self::TenThousand, "10000"),
        (Self::Forty, "40-names"),
        (Self::Long, "long-names"),
        (Self::Mixed, "mixed-scripts"),
        (Self::Null, "all-null"),
    ];

    fn steps(self) -> usize {
        match self {
            Self::One => 1,
            Self::TenThousand => 10_000,
            Self::Forty => 40,
            _ => 8,
        }
    }

    fn name(self, step: usize) -> String {
        const PLAIN: [&str; 8] = ["Acme", "Borealis", "Cobalt", "Delta", "Ember", "Fjord", "Granite", "Harbor"];
        const MIXED: [&str; 8] = [
            "Berlin 🇩🇪",
            "القاهرة",
            "東京支店",
            "서울",
            "दिल्ली",
            "תל אביב",
            "Ελλάδα & Кипр",
            "กรุงเทพ 🚀",
        ];
        match self {
            Self::TenThousand | Self::Forty => format!("Branch {:05}", step + 1),
            Self::Long => format!(
                "{} department of regional cooperation, procurement and after-sales service",
                PLAIN[step % 8]
            ),
            Self::Mixed => MIXED[step % 8].to_owned(),
            _ => PLAIN[step % 8].to_owned(),
        }
    }

    fn value(self, cell: Decimal, step: usize) -> Option<Decimal> {
        match self {
            Self::Null => None,
            Self::Negative if step % 3 == 1 => Some(-cell),
            Self::Huge => cell.checked_mul(Decimal::from(1_000_000_000_000_i64)),
            Self::Tiny => cell.checked_mul(Decimal::new(1, 9)),
            _ => Some(cell),
        }
    }

    /// Three kinds at every step.
    fn rows(self) -> Dataset {
        const KINDS: [&str; 3] = ["New", "Returning", "Partner"];
        let steps = self.steps();
        let cells = wander(steps * 3, 60_000, 4_000);
        let (mut when, mut names, mut kinds, mut values, mut others) = (Vec::new(), Vec::new(), Vec::new(), Vec::new(), Vec::new());
        let first = date(2026, 3, 2).at(0, 0, 0, 0);
        for (i, cell) in cells.into_iter().enumerate() {
            let step = i / 3;
            let ahead = i64::try_from(step).unwrap_or(0);
            when.push(if self == Self::TenThousand {
                first.checked_add(ahead.hours()).ok()
            } else {
                first.checked_add((ahead * 7).days()).ok()
            });
            names.push(Some(self.name(step)));
            kinds.push(Some(KINDS[i % 3].to_owned()));
            let spread = cell.map(|cell| (cell + Decimal::from(i * 37 % 101)) / Decimal::from(2 + i % 3));
            values.push(spread.and_then(|value| self.value(value.round_dp(2), step)));
            others.push(self.value(Decimal::from(20 + i * 53 % 89), step));
        }
        rows(vec![
            ("When", None, Values::DateTime(when)),
            ("Name", None, Values::Text(names)),
            ("Kind", None, Values::Text(kinds)),
            ("Revenue", usd(), Values::Number(values)),
            ("Visits", None, Values::Number(others)),
        ])
    }
}

/// The forms, by name.
fn forms() -> Vec<(&'static str, Value)> {
    let when = || json!({"field": "When", "type": "temporal"});
    let name = || json!({"field": "Name", "type": "nominal"});
    let sum = || json!({"field": "Revenue", "type": "quantitative", "aggregate": "sum"});
    let stacked = |how: &str| json!({"field": "Revenue", "type": "quantitative", "aggregate": "sum", "stack": how});
    let kind = || json!({"field": "Kind", "type": "nominal"});
    let chart = |mark: &str, encoding: Value| json!({"mark": mark, "encoding": encoding});
    let mut target = json!({"layer": [chart("line", json!({"x": when(), "y": sum()}))]});
    if let Some(layers) = target["layer"].as_array_mut() {
        layers.push(json!({"mark": "rule", "title": "Plan", "encoding": {"y": {"datum": 800}}}));
    }
    vec![
        ("line", chart("line", json!({"x": when(), "y": sum()}))),
        ("line-target", target),
        ("lines", chart("line", json!({"x": when(), "y": sum(), "color": kind()}))),
        ("area", chart("area", json!({"x": when(), "y": sum()}))),
        ("area-stacked", chart("area", json!({"x": when(), "y": sum(), "color": kind()}))),
        (
            "area-shares",
            chart("area", json!({"x": when(), "y": stacked("normalize"), "color": kind()})),
        ),
        ("bar", chart("bar", json!({"x": name(), "y": sum()}))),
        ("bar-dates", chart("bar", json!({"x": when(), "y": sum()}))),
        ("bar-lying", chart("bar", json!({"y": name(), "x": sum()}))),
        (
            "bar-grouped",
            chart(
                "bar",
                json!({"x": name(), "y": sum(), "color": kind(), "xOffset": {"field": "Kind"}}),
            ),
        ),
        ("bar-stacked", chart("bar", json!({"x": name(), "y": sum(), "color": kind()}))),
        (
            "bar-shares",
            chart("bar", json!({"x": name(), "y": stacked("normalize"), "color": kind()})),
        ),
        (
            "histogram",
            chart(
                "bar",
                json!({"x": {"field": "Revenue", "bin": true, "type": "quantitative"}, "y": {"aggregate": "count"}}),
            ),
        ),
        ("donut", chart("arc", json!({"theta": sum(), "color": name()}))),
        (
            "scatter",
            chart(
                "point",
                json!({"x": {"field": "Visits", "type": "quantitative"}, "y": {"field": "Revenue", "type": "quantitative"}, "color": kind()}),
            ),
        ),
        ("facets", chart("line", json!({"x": when(), "y": sum(), "facet": kind()}))),
        (
            "kpi",
            json!({"mark": "kpi", "compare": "previous_period", "encoding": {"x": when(), "y": sum()}}),
        ),
        ("table", chart("table", json!({"x": name(), "y": sum(), "color": kind()}))),
        (
            "list",
            chart(
                "table",
                json!({"x": name(), "columns": [{"field": "Kind"}, {"field": "When"}, {"field": "Revenue"}, {"field": "Visits"}]}),
            ),
        ),
    ]
}

/// A chart of the sheet.
pub struct Square {
    pub form: &'static str,
    pub hard: &'static str,
    pub case: Case,
}

impl Square {
    pub fn name(&self) -> String {
        format!("{}-{}", self.form, self.hard)
    }
}

/// All forms over all rows, form by form.
pub fn all() -> Vec<Square> {
    let mut squares = Vec::new();
    for (form, spec) in forms() {
        for (hard, hard_name) in Hard::ALL {
            let mut spec = spec.clone();
            spec["title"] = match hard {
                Hard::Long => json!({
                    "text": "Revenue of all departments of regional cooperation, procurement and after-sales service, by week and by kind of customer, before tax",
                    "subtitle": "From the first of March 2026 on, US dollars, without the departments that were closed in the course of the year"
                }),
                Hard::Mixed => json!({"text": "المبيعات · 销售额 · Sales 🚀", "subtitle": "売上 · מכירות · बिक्री"}),
                _ => json!({"text": form, "subtitle": hard_name}),
            };
            squares.push(Square {
                form,
                hard: hard_name,
                case: Case {
                    name: form,
                    locale: "en",
                    rows: hard.rows(),
                    spec: serde_json::from_value(spec).unwrap_or_else(|error| unreachable!("{form}: {error}")),
                },
            });
        }
    }
    squares
}
