//! What is accepted, what is refused, and in which words.
#![expect(clippy::unwrap_used, reason = "tests")]

use super::*;
use crate::dataset::{Column, Dataset, Unit, Values};
use jiff::Timestamp;
use jiff::civil::date;
use rust_decimal::Decimal;
use serde_json::{Value, json};

fn column(name: &str, values: Values) -> Column {
    Column {
        name: name.to_owned(),
        unit: None,
        values,
    }
}

fn rows() -> Dataset {
    let number = || Values::Number(vec![Some(Decimal::ONE), Some(Decimal::TEN)]);
    let text = Values::Text(vec![Some("North".to_owned()), Some("South".to_owned())]);
    let day = Values::Date(vec![Some(date(2026, 1, 1)), Some(date(2026, 1, 2))]);
    let columns = vec![
        column("Day", day),
        column("Region", text),
        column("Revenue", number()),
        column("Cost", number()),
    ];
    Dataset {
        as_of: Timestamp::UNIX_EPOCH,
        time_zone: None,
        columns,
        notes: Vec::new(),
    }
}

fn spec(value: Value) -> ChartSpec {
    serde_json::from_value(value).unwrap()
}

/// A daily line of revenue with one place changed.
fn with(pointer: &str, value: Value) -> Value {
    let mut spec = json!({"mark": "line", "encoding": {"x": {"field": "Day"}, "y": {"field": "Revenue"}}});
    let (parent, key) = pointer.rsplit_once('/').unwrap();
    spec.pointer_mut(parent)
        .unwrap()
        .as_object_mut()
        .unwrap()
        .insert(key.to_owned(), value);
    spec
}

#[test]
fn what_is_outside_the_subset_is_refused_by_name() {
    let table = [
        (
            "/mark",
            json!("geoshape"),
            "`geoshape` is no mark of a chart; accepted: line, area, bar, arc, point, kpi, table",
        ),
        ("/mark", json!({"type": "bar", "cornerRadius": 4}), "unknown field `cornerRadius`"),
        (
            "/mark",
            json!({"type": "bar", "innerRadius": 4}),
            "`innerRadius` is for arc, not for bar",
        ),
        (
            "/data",
            json!({}),
            "unknown field `data`, expected one of `mark`, `title`, `transform`, `encoding`, `layer`, `compare`, `last`, `period`",
        ),
        ("/encoding/x/bin", json!({"maxbins": 1}), "`maxbins` is 1; accepted: 2 to 100"),
        ("/encoding/x/bin", json!({"step": 0}), "`step` is 0; accepted: a number above 0"),
        ("/encoding/x/bin", json!({"nice": true}), "unknown field `nice`"),
        ("/encoding/x/axis", Value::Null, "invalid type: null"),
        ("/layer", json!([]), "no layer"),
        (
            "/encoding/y/aggregate",
            json!("variance"),
            "unknown variant `variance`, expected one of `sum`, `average`, `mean`, `median`",
        ),
        (
            "/encoding/y/stack",
            json!("center"),
            "`center` is not drawn; accepted: \"zero\", \"normalize\", true, false, null",
        ),
        (
            "/encoding/x/sort",
            json!("-z"),
            "`-z` is no order; accepted: ascending, descending, y, -y, x, -x, or a list of values",
        ),
        (
            "/encoding/x/timeUnit",
            json!("monthdate"),
            "unknown variant `monthdate`, expected one of `year`, `yearquarter`, `yearmonth`",
        ),
        (
            "/title",
            json!(7),
            "invalid type: integer `7`, expected a text, or an object with `text` and `subtitle`",
        ),
        ("/title", json!({"text": "a", "anchor": "end"}), "unknown field `anchor`"),
        ("/transform", json!([{"filter": "x"}]), "unknown field `filter`"),
        (
            "/compare",
            json!("last_year"),
            "unknown variant `last_year`, expected `previous_period`",
        ),
    ];
    for (pointer, value, message) in table {
        let error = serde_json::from_value::<ChartSpec>(with(pointer, value)).unwrap_err().to_string();
        assert!(error.contains(message), "{pointer}: {error}");
    }
}

#[test]
fn what_does_not_fit_the_rows_is_refused_by_path() {
    let fold = json!([{"fold": ["Revenue", "Region", "Revenue"]}]);
    let table = [
        (
            with("/encoding/y/field", json!("Revenu")),
            "encoding.y.field: `Revenu`, which is no column; accepted: Day, Region, Revenue, Cost (nearest: `Revenue`)",
        ),
        (
            with("/encoding/y/field", json!("Zebra")),
            "encoding.y.field: `Zebra`, which is no column; accepted: Day, Region, Revenue, Cost",
        ),
        (
            with("/encoding/y/field", json!("Region")),
            "encoding.y.field: `Region` holds text; accepted: a column of numbers: Revenue, Cost",
        ),
        (
            with("/encoding/x", json!({"field": "Cost", "type": "quantitative"})),
            "encoding.x.type: quantitative; accepted: temporal, nominal, ordinal; numbers along x are drawn by point, and by bar with `bin`",
        ),
        (
            with("/encoding/x", json!({"field": "Region", "type": "temporal"})),
            "encoding.x.type: temporal, but `Region` holds text; accepted: nominal, ordinal, or a column of dates",
        ),
        (
            with("/encoding/x/timeUnit", json!("yearmonthdatehours")),
            "encoding.x.timeUnit: a time of day, but `Day` holds date; accepted: year, yearquarter, yearmonth, yearweek, yearmonthdate",
        ),
        (
            with("/encoding/x/sort", json!("-y")),
            "encoding.x.sort: an order for dates; accepted: ascending, or nothing: time runs forwards",
        ),
        (
            with("/encoding/y/stack", json!(true)),
            "encoding.y.stack: stacked; accepted: nothing: only bars and areas are stacked",
        ),
        (
            with("/encoding/xOffset", json!({"field": "Region"})),
            "encoding.xOffset: side by side; accepted: nothing: only bars stand side by side",
        ),
        (
            with("/encoding/y/axis", json!({"format": "0b"})),
            "encoding.y.axis.format: `0b` is outside the accepted part of d3-format",
        ),
        (
            with("/encoding/x/axis", json!({"format": "%Q"})),
            "encoding.x.axis.format: `%Q` in `%Q` is not known (for `Day`)",
        ),
        (
            with("/transform", fold),
            "transform[0].fold[2]: `Revenue` again; accepted: each column once",
        ),
        (with("/last", json!(0)), "last: 0; accepted: 1 or more steps of time"),
        (
            json!({"mark": "line", "encoding": {"y": {"field": "Cost"}}}),
            "encoding.x: nothing; accepted: a column for the steps from left to right",
        ),
        (
            json!({"mark": "arc", "encoding": {"x": {"field": "Region"}, "y": {"field": "Cost"}}}),
            "encoding.theta: nothing; accepted: a column of numbers, or `aggregate: count`",
        ),
        (
            with("/encoding/theta", json!({"field": "Cost"})),
            "encoding.theta: an angle of a line; accepted: x and y; theta is for arc",
        ),
        (
            json!({"mark": "bar", "encoding": {"x": {"field": "Cost", "aggregate": "sum"}, "y": {"field": "Region", "sort": "-y"}}}),
            "encoding.y.sort: y, its own channel; accepted: x, -x",
        ),
        (
            json!({"mark": "bar", "encoding": {"x": {"field": "Cost", "bin": true}, "y": {"field": "Cost"}}}),
            "encoding.y.aggregate: nothing, with `bin`",
        ),
        (
            with("/encoding/y/timeUnit", json!("year")),
            "encoding.y.timeUnit: the channel of the numbers; accepted: `encoding.x.timeUnit`",
        ),
        (with("/period", json!({"field": "Day"})), "period: dates beside those of the steps"),
        (
            json!({"mark": "bar", "period": {"field": "Cost"}, "encoding": {"x": {"field": "Region"}, "y": {"field": "Cost"}}}),
            "period.field: `Cost` holds number; accepted: a column of dates",
        ),
        (
            with("/encoding/facet", json!({"field": "Region", "columns": 9})),
            "encoding.facet.columns: 9; accepted: 1 to 4",
        ),
        (
            json!({"mark": "kpi", "encoding": {"y": {"field": "Cost"}}}),
            "encoding.y.aggregate: nothing, and no x either",
        ),
        (
            json!({"mark": "bar", "compare": "previous_period", "encoding": {"x": {"field": "Region"}, "y": {"field": "Cost"}}}),
            "compare: previous_period, but x holds no dates; accepted: a column of dates as x, or as `period.field`",
        ),
    ];
    for (value, message) in table {
        let errors = spec(value).validate(&rows()).unwrap_err();
        let errors: Vec<String> = errors.iter().map(ToString::to_string).collect();
        assert!(errors.iter().any(|error| error.starts_with(message)), "{message}\n{errors:?}");
    }
}

#[test]
fn every_mistake_is_told_at_once() {
    let broken =
        json!({"mark": "line", "last": 0, "encoding": {"x": {"field": "Dya"}, "y": {"field": "Region"}, "color": {"field": "none"}}});
    let paths: Vec<String> = spec(broken)
        .validate(&rows())
        .unwrap_err()
        .into_iter()
        .map(|error| error.path)
        .collect();
    assert_eq!(paths, ["encoding.x.field", "encoding.y.field", "encoding.color.field", "last"]);
}

#[test]
fn a_spec_survives_being_written_and_read() {
    let full = json!({
        "mark": "bar", "title": {"text": "T", "subtitle": "S"}, "transform": [{"fold": ["Revenue", "Cost"], "as": ["what", "how much"]}],
        "encoding": {
            "x": {"field": "Region", "type": "nominal", "sort": ["South"], "axis": {"title": "Where"}},
            "y": {"field": "how much", "type": "quantitative", "aggregate": "sum", "stack": false, "axis": {"format": "$,.0f"}},
            "color": {"field": "what", "type": "nominal"},
        },
    });
    let read = spec(full.clone());
    assert_eq!(serde_json::to_value(&read).unwrap(), full);
    read.validate(&rows()).unwrap();
    assert_eq!(read.stack(), Stack::Off);
    let null = spec(with("/encoding/y/stack", Value::Null));
    assert_eq!(null.encoding.y.unwrap().stack, Some(Stack::Off));
}

#[test]
fn every_form_survives_being_written_and_read() {
    let forms = [
        json!({"mark": "arc", "encoding": {"theta": {"field": "Revenue", "aggregate": "sum"}, "color": {"field": "Region", "legend": {"title": "Where"}}}}),
        json!({"mark": "bar", "encoding": {"x": {"field": "Revenue", "bin": {"maxbins": 20}}, "y": {"aggregate": "count"}}}),
        json!({"mark": "bar", "encoding": {"x": {"field": "Revenue", "bin": {"step": 2.5}}, "y": {"aggregate": "count"}}}),
        json!({"mark": "bar", "encoding": {"x": {"field": "Revenue", "type": "quantitative"}, "y": {"field": "Region", "type": "nominal", "sort": "-x"}}}),
        json!({"mark": "point", "encoding": {"x": {"field": "Revenue", "type": "quantitative"}, "y": {"field": "Cost", "type": "quantitative"}}}),
        json!({"mark": "area", "encoding": {"x": {"field": "Day"}, "y": {"field": "Revenue", "stack": "normalize"}, "color": {"field": "Region"}}}),
        json!({"mark": "line", "encoding": {"x": {"field": "Day"}, "y": {"field": "Revenue"}, "facet": {"field": "Region", "columns": 2}}}),
        json!({"mark": "table", "last": 1, "compare": "previous_period", "period": {"field": "Day", "timeUnit": "yearmonthdate"},
            "encoding": {"x": {"field": "Region"}, "y": {"field": "Revenue", "aggregate": "sum"}}}),
        json!({"title": {"text": "T"}, "layer": [
            {"mark": "line", "encoding": {"x": {"field": "Day"}, "y": {"field": "Revenue"}}},
            {"mark": "rule", "title": "Target", "encoding": {"y": {"datum": 100}}},
            {"mark": "rule", "encoding": {"y": {"datum": -0.25}}},
        ]}),
        json!({"layer": [
            {"mark": "bar", "encoding": {"x": {"aggregate": "count"}, "y": {"field": "Region"}}},
            {"mark": "rule", "encoding": {"x": {"datum": 3}}},
        ]}),
    ];
    for form in forms {
        let read = spec(form.clone());
        assert_eq!(serde_json::to_value(&read).unwrap(), form);
        read.validate(&rows()).unwrap();
    }
}

#[test]
fn layers_are_a_chart_and_rules_on_the_axis_of_its_numbers() {
    let chart = json!({"mark": "line", "encoding": {"x": {"field": "Day"}, "y": {"field": "Revenue"}}});
    let table = [
        (
            json!({"layer": [chart, {"mark": "rule", "encoding": {"x": {"datum": 1}}}]}),
            "layer[1].encoding: `x`, but the numbers of this chart stand on y",
        ),
        (json!({"layer": [chart, chart]}), "unknown variant `line`, expected `rule`"),
        (
            json!({"layer": [chart], "mark": "line"}),
            "`layer` and, beside it, `mark` or `encoding`",
        ),
        (json!({"encoding": {}}), "`mark` is missing"),
        (json!({"mark": "line"}), "`encoding` is missing"),
        (
            json!({"layer": [chart, {"mark": "rule", "encoding": {"y": {"field": "Cost"}}}]}),
            "unknown field `field`, expected `datum`",
        ),
    ];
    for (value, message) in table {
        let error = serde_json::from_value::<ChartSpec>(value).unwrap_err().to_string();
        assert!(error.contains(message), "{error}");
    }
}

#[test]
fn a_suggestion_fits_its_rows() {
    let suggested = ChartSpec::suggest(&rows()).unwrap();
    assert_eq!(
        (suggested.mark, suggested.encoding.x.as_ref().unwrap().field.as_deref()),
        (Mark::Line, Some("Day"))
    );
    suggested.validate(&rows()).unwrap();
    let mut money = rows();
    money.columns.remove(0);
    money.columns[1].unit = Some(Unit::Currency("EUR".to_owned()));
    money.columns[2].unit = Some(Unit::Currency("EUR".to_owned()));
    let suggested = ChartSpec::suggest(&money).unwrap();
    assert_eq!((suggested.mark, suggested.fold().unwrap().fold.len()), (Mark::Bar, 2));
    suggested.validate(&money).unwrap();
    let alone = Dataset {
        columns: rows().columns.split_off(3),
        ..rows()
    };
    let suggested = ChartSpec::suggest(&alone).unwrap();
    assert_eq!(suggested.mark, Mark::Kpi);
    suggested.validate(&alone).unwrap();
    assert!(
        ChartSpec::suggest(&Dataset {
            columns: rows().columns[..2].to_vec(),
            ..rows()
        })
        .is_none()
    );
}
