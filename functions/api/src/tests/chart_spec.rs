//! The published shape of a chart: what it takes is what is read, and what is not the product's own is Vega-Lite.

use std::io::Read;
use std::path::Path;
use std::sync::LazyLock;

use domain::chart_spec::ChartSpec;
use domain::pulse::PulseSpec;
use jsonschema::Validator;
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::{Config, TestRunner};
use serde_json::{Value, json};

use super::chart_specs::{mutated, specs};
use crate::openapi::chart_schema;

/// Vega-Lite's own schema, as its package has it (BSD-3-Clause, beside the file).
const VEGA_LITE: &[u8] = include_bytes!("../../fixtures/vega-lite/vega-lite-6.4.3.schema.json.gz");

static OURS: LazyLock<Validator> = LazyLock::new(|| jsonschema::draft202012::new(&chart_schema()).unwrap());

static THEIRS: LazyLock<Validator> = LazyLock::new(|| {
    let mut text = String::new();
    flate2::read::GzDecoder::new(VEGA_LITE).read_to_string(&mut text).unwrap();
    let mut schema = serde_json::from_str(&text).unwrap();
    plain_names(&mut schema);
    jsonschema::draft7::new(&schema).unwrap()
});

/// Vega-Lite names its parts after TypeScript's types, `<` and `|` in them, which are no part of a URI.
fn plain_names(value: &mut Value) {
    let plain = |name: &str| -> String {
        let hex = |c: char| format!("_{:x}", u32::from(c));
        name.chars()
            .map(|c| if c.is_ascii_alphanumeric() { c.to_string() } else { hex(c) })
            .collect()
    };
    match value {
        Value::Object(members) => {
            if let Some(Value::String(target)) = members.get_mut("$ref")
                && let Some(name) = target.strip_prefix("#/definitions/")
            {
                *target = format!("#/definitions/{}", plain(name));
            }
            if let Some(Value::Object(parts)) = members.get_mut("definitions") {
                *parts = std::mem::take(parts).into_iter().map(|(name, part)| (plain(&name), part)).collect();
            }
            members.values_mut().for_each(plain_names);
        }
        Value::Array(items) => items.iter_mut().for_each(plain_names),
        _ => {}
    }
}

fn is_read(spec: &Value) -> Result<ChartSpec, String> {
    serde_json::from_value(spec.clone()).map_err(|error| error.to_string())
}

fn as_vega_lite(spec: &Value) -> Value {
    let mut whole = spec.clone();
    whole["data"] = json!({"url": "rows.csv"});
    whole
}

#[test]
fn the_published_schema_is_what_the_code_reads() {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let schema = chart_schema();
    let published = std::fs::read_to_string(dir.join("docs/chart-spec.schema.json")).unwrap_or_default();
    if serde_json::from_str::<Value>(&published).ok().as_ref() != Some(&schema) {
        let made = dir.join("target/chart-spec.schema.json");
        std::fs::write(&made, serde_json::to_string_pretty(&schema).unwrap() + "\n").unwrap();
        panic!("a chart's shape has changed: copy target/chart-spec.schema.json to docs/");
    }
}

/// The examples people copy are read, and every word of the schema is explained.
#[test]
fn the_reference_says_what_the_schema_says() {
    let reference = include_str!("../../../../docs/charts.md");
    let examples = reference.split("```json\n").skip(1).filter_map(|rest| rest.split("```").next());
    let mut charts = 0;
    for example in examples {
        let example: Value = serde_json::from_str(example).unwrap();
        if example.get("palette").is_some() {
            continue;
        }
        is_read(&example).unwrap_or_else(|error| panic!("{error}\n{example}"));
        assert!(OURS.is_valid(&example), "{example}");
        charts += 1;
    }
    assert_eq!(charts, 2);
    fn words<'a>(value: &'a Value, found: &mut Vec<&'a str>) {
        match value {
            Value::Object(members) => {
                if let Some(Value::Object(properties)) = members.get("properties") {
                    found.extend(properties.keys().map(String::as_str));
                }
                if let Some(Value::Array(names)) = members.get("enum") {
                    found.extend(names.iter().filter_map(Value::as_str));
                }
                members.values().for_each(|member| words(member, found));
            }
            Value::Array(items) => items.iter().for_each(|item| words(item, found)),
            _ => {}
        }
    }
    let schema = chart_schema();
    let mut found = Vec::new();
    words(&schema, &mut found);
    let is_in = |word: &str| {
        reference
            .split(|c: char| !c.is_alphanumeric() && c != '_' && c != '-')
            .any(|known| known == word)
    };
    let missing: Vec<&str> = found.into_iter().filter(|word| !is_in(word)).collect();
    assert!(missing.is_empty(), "docs/charts.md does not say {missing:?}");
}

/// Every object of it says which keys it has, and that there are no others.
#[test]
fn nothing_in_the_schema_is_left_open() {
    fn objects(value: &Value, found: &mut usize) {
        match value {
            Value::Object(members) => {
                if members.get("type") == Some(&json!("object")) {
                    *found += 1;
                    assert_eq!(members.get("additionalProperties"), Some(&json!(false)), "{value}");
                    assert!(members.contains_key("properties"), "{value}");
                }
                members.values().for_each(|member| objects(member, found));
            }
            Value::Array(items) => items.iter().for_each(|item| objects(item, found)),
            _ => {}
        }
    }
    let mut found = 0;
    objects(&chart_schema(), &mut found);
    assert!(found > 15, "{found} objects");
}

#[test]
fn every_spec_that_is_read_fits_the_schema_before_and_after() {
    let mut runner = TestRunner::deterministic();
    for _ in 0..600 {
        let spec = specs(true).new_tree(&mut runner).unwrap().current();
        let read = is_read(&spec).unwrap_or_else(|error| panic!("{error}\n{spec}"));
        let written = serde_json::to_value(&read).unwrap();
        for form in [&spec, &written] {
            let errors: Vec<String> = OURS.iter_errors(form).map(|error| error.to_string()).collect();
            assert!(errors.is_empty(), "{errors:#?}\n{form}");
        }
        assert_eq!(is_read(&written).unwrap(), read, "{spec}");
    }
}

#[test]
fn a_spec_with_one_place_changed_is_refused_by_both_or_by_neither() {
    let mut runner = TestRunner::new_with_rng(Config::default(), TestRunner::deterministic().new_rng());
    let (mut refused, mut taken) = (0, 0);
    for _ in 0..1_500 {
        let (change, spec) = mutated().new_tree(&mut runner).unwrap().current();
        let read = is_read(&spec);
        // Which axis the numbers are on is more than a schema can say.
        if read
            .as_ref()
            .is_err_and(|error| error.contains("the numbers of this chart stand on"))
        {
            continue;
        }
        // Serde reads a list as the fields of a struct in their order, which nobody writes and no schema says.
        if change.starts_with("List") && read.is_ok() {
            continue;
        }
        assert_eq!(read.is_ok(), OURS.is_valid(&spec), "{change}: {:?}\n{spec}", read.err());
        *(if read.is_ok() { &mut taken } else { &mut refused }) += 1;
    }
    assert!(refused > 700 && taken > 20, "{refused} refused, {taken} taken");
}

#[test]
fn a_spec_without_the_product_s_own_words_is_vega_lite() {
    let mut runner = TestRunner::deterministic();
    for _ in 0..300 {
        let spec = as_vega_lite(&specs(false).new_tree(&mut runner).unwrap().current());
        let errors: Vec<String> = THEIRS.iter_errors(&spec).map(|error| error.to_string()).take(3).collect();
        assert!(errors.is_empty(), "{errors:#?}\n{spec}");
    }
    let line = json!({"mark": "line", "encoding": {"x": {"field": "Day"}, "y": {"field": "Revenue"}}});
    assert!(THEIRS.is_valid(&as_vega_lite(&line)));
    for (key, value) in [
        ("mark", json!("kpi")),
        ("mark", json!("table")),
        ("encoding", json!({"z": {}})),
        ("layer", json!(7)),
    ] {
        let mut other = line.clone();
        other[key] = value;
        assert!(!THEIRS.is_valid(&as_vega_lite(&other)), "their schema refuses {other}");
    }
}

/// What the API says of a bad chart: where, what is there, what may be there.
#[test]
fn what_is_wrong_is_refused_by_its_path() {
    let line = json!({"mark": "line", "encoding": {"x": {"field": "Day"}, "y": {"field": "Revenue"}}});
    let layers = |second: Value| json!({"layer": [line.clone(), second]});
    let with = |pointer: &str, value: Value| {
        let mut spec = line.clone();
        let (parent, key) = pointer.rsplit_once('/').unwrap();
        spec.pointer_mut(parent).unwrap()[key] = value;
        spec
    };
    let table = [
        (with("/mark", json!("pie")), "/chart/mark", "`pie` is no mark of a chart line, area"),
        (
            with("/mark", json!({"type": "line", "color": "red"})),
            "/chart/mark/color",
            "`type` or `innerRadius`",
        ),
        (
            with("/data", json!({})),
            "/chart/data",
            "`mark`, `title`, `transform`, `encoding`, `layer`",
        ),
        (
            with("/encoding/size", json!({"field": "a"})),
            "/chart/encoding/size",
            "`x`, `y`, `theta`, `color`",
        ),
        (
            with("/encoding/x/scale", json!({"zero": false})),
            "/chart/encoding/x/scale",
            "`field`, `type`",
        ),
        (
            with("/encoding/x/timeUnit", json!("month")),
            "/chart/encoding/x/timeUnit",
            "`year`, `yearquarter`",
        ),
        (
            with("/encoding/x/axis", json!({"labelAngle": 45})),
            "/chart/encoding/x/axis/labelAngle",
            "`title` or `format`",
        ),
        (with("/encoding/x/axis", json!(null)), "/chart/encoding/x/axis", "struct Axis"),
        (with("/encoding/y/field", json!(null)), "/chart/encoding/y/field", "a string"),
        (
            with("/encoding/y/aggregate", json!("stdev")),
            "/chart/encoding/y/aggregate",
            "`sum`",
        ),
        (
            with("/encoding/y/bin", json!({"maxbins": 1})),
            "/chart/encoding/y/bin",
            "`maxbins` is 1 2 to 100",
        ),
        (
            with("/encoding/y/stack", json!("center")),
            "/chart/encoding/y/stack",
            "`center` is not drawn",
        ),
        (
            with("/encoding/x/sort", json!({"field": "a"})),
            "/chart/encoding/x/sort",
            "\"ascending\"",
        ),
        (with("/encoding/x/sort", json!(["a", 1])), "/chart/encoding/x/sort/1", "a string"),
        (
            with("/encoding/color", json!({})),
            "/chart/encoding/color/field",
            "the field is required",
        ),
        (
            with("/encoding/color", json!({"field": "a", "legend": {"orient": "top"}})),
            "/chart/encoding/color/legend/orient",
            "`title`",
        ),
        (
            with("/encoding/facet", json!({"field": "a", "columns": -1})),
            "/chart/encoding/facet/columns",
            "u32",
        ),
        (
            with("/transform", json!([{"filter": "a > 1"}])),
            "/chart/transform/0/filter",
            "`fold` or `as`",
        ),
        (
            with("/transform", json!([{"fold": ["a"], "as": ["k"]}])),
            "/chart/transform/0/as",
            "an array of length 2",
        ),
        (with("/last", json!("7")), "/chart/last", "u32"),
        (with("/compare", json!("last_year")), "/chart/compare", "`previous_period`"),
        (
            with("/period", json!({"field": "d", "timeUnit": "decade"})),
            "/chart/period/timeUnit",
            "`year`",
        ),
        (
            layers(json!({"mark": "rule", "encoding": {"y": {"datum": "100"}}})),
            "/chart/layer/1/encoding/y/datum",
            "a number",
        ),
        (
            layers(json!({"mark": "rule", "encoding": {"y": {"field": "Goal"}}})),
            "/chart/layer/1/encoding/y/field",
            "`datum`",
        ),
        (
            layers(json!({"mark": "rule", "encoding": {"y2": {"datum": 1}}})),
            "/chart/layer/1/encoding",
            "`y`",
        ),
        (
            layers(json!({"mark": "text", "encoding": {"y": {"datum": 1}}})),
            "/chart/layer/1/mark",
            "`rule`",
        ),
        (
            layers(json!({"mark": "rule", "encoding": {"x": {"datum": 1}}})),
            "/chart",
            "layer[1].encoding: `x`",
        ),
        (
            json!({"layer": [{"mark": "line", "encoding": {"x": {"feild": "a"}}}]}),
            "/chart/layer/0/encoding/x/feild",
            "`field`",
        ),
        (json!({"layer": []}), "/chart/layer", "the chart's, then those of its rules"),
        (json!({"mark": "line"}), "/chart", "`encoding` is missing"),
    ];
    for (chart, pointer, words) in table {
        assert!(!OURS.is_valid(&chart) || pointer == "/chart", "the schema takes {chart}");
        let pulse = json!({"name": "a", "source": {"csv": {"url": "https://example.org/a.csv"}}, "chart": chart, "destinations": []});
        let problem = crate::body::read::<PulseSpec>(pulse.to_string().as_bytes()).err().unwrap();
        let error = &problem.errors[0];
        assert_eq!(error.pointer, pointer, "{error:?}");
        let said = format!("{} {}", error.given.as_deref().unwrap_or_default(), error.accepted);
        assert!(said.contains(words), "{pointer}: {said}");
    }
}
