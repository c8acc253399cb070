//! Chart specs at random: every mark, channel and key, alone and together.

use domain::chart_spec::ChartSpec;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use serde_json::{Map, Value, json};

type Values = BoxedStrategy<Value>;

/// An object that may have each of these keys.
fn object(keys: Vec<(&'static str, Values)>) -> Values {
    let some = keys
        .into_iter()
        .map(|(key, value)| proptest::option::of(value).prop_map(move |value| value.map(|value| (key.to_owned(), value))));
    some.collect::<Vec<_>>()
        .prop_map(|members| Value::Object(members.into_iter().flatten().collect()))
        .boxed()
}

/// The same with keys that are always there.
fn with(required: Vec<(&'static str, Values)>, optional: Vec<(&'static str, Values)>) -> Values {
    let fixed: Vec<_> = required
        .into_iter()
        .map(|(key, value)| value.prop_map(move |value| (key.to_owned(), value)))
        .collect();
    (fixed, object(optional))
        .prop_map(|(members, optional)| {
            let mut object: Map<String, Value> = members.into_iter().collect();
            object.extend(optional.as_object().cloned().unwrap_or_default());
            Value::Object(object)
        })
        .boxed()
}

fn one_of(values: &[Value]) -> Values {
    select(values.to_vec()).boxed()
}

fn words(names: &[&'static str]) -> Values {
    select(names.to_vec()).prop_map(|name| json!(name)).boxed()
}

fn text() -> Values {
    "[A-Za-z äب0-9]{1,12}".prop_map(|text| json!(text)).boxed()
}

fn number() -> Values {
    prop_oneof![
        (-1_000_000_i64..1_000_000).prop_map(|n| json!(n)),
        (-1e6..1e6_f64).prop_map(|n| json!(n))
    ]
    .boxed()
}

fn kind() -> Values {
    words(&["quantitative", "temporal", "nominal", "ordinal"])
}

fn aggregate() -> Values {
    words(&["sum", "mean", "average", "median", "min", "max", "count"])
}

fn time_unit() -> Values {
    words(&[
        "year",
        "yearquarter",
        "yearmonth",
        "yearweek",
        "yearmonthdate",
        "yearmonthdatehours",
        "yearmonthdatehoursminutes",
    ])
}

fn bin() -> Values {
    prop_oneof![
        Just(json!(true)),
        (2..=100_u32).prop_map(|n| json!({"maxbins": n})),
        (1..500_u32).prop_map(|n| json!({"step": f64::from(n) / 4.0})),
    ]
    .boxed()
}

fn sort() -> Values {
    let values = proptest::collection::vec("[A-Z][a-z]{2}", 0..4).prop_map(|values| json!(values));
    prop_oneof![words(&["ascending", "descending", "x", "-x", "y", "-y"]), values, Just(Value::Null)].boxed()
}

fn position() -> Values {
    object(vec![
        ("field", text()),
        ("type", kind()),
        ("aggregate", aggregate()),
        ("timeUnit", time_unit()),
        ("bin", bin()),
        (
            "stack",
            one_of(&[json!("zero"), json!("normalize"), json!(true), json!(false), json!(null)]),
        ),
        ("sort", sort()),
        (
            "axis",
            object(vec![("title", text()), ("format", words(&["$,.0f", ".1%", "~s", "%b %Y"]))]),
        ),
    ])
}

fn encoding(has_facet: bool, has_products: bool) -> Values {
    let offset = || with(vec![("field", text())], vec![]);
    let names = || vec![("field", text())];
    let legend = object(vec![("title", text())]);
    let mut channels = vec![
        ("x", position()),
        ("y", position()),
        (
            "theta",
            object(vec![("field", text()), ("type", kind()), ("aggregate", aggregate())]),
        ),
        ("color", with(names(), vec![("type", kind()), ("legend", legend)])),
        ("xOffset", offset()),
        ("yOffset", offset()),
    ];
    if has_facet {
        let columns = (1..=4_u32).prop_map(|n| json!(n)).boxed();
        channels.push(("facet", with(names(), vec![("type", kind()), ("columns", columns)])));
    }
    if has_products {
        let column = with(names(), vec![("title", text()), ("format", words(&["+.1%", "%d %b"]))]);
        let columns = proptest::collection::vec(column, 0..=8);
        channels.push(("columns", columns.prop_map(|columns| json!(columns)).boxed()));
    }
    object(channels)
}

fn mark(names: &'static [&'static str]) -> Values {
    prop_oneof![
        3 => words(names),
        1 => select(names).prop_map(|name| json!({"type": name})),
        1 => (0..90_u32).prop_map(|n| json!({"type": "arc", "innerRadius": n})),
    ]
    .boxed()
}

/// The keys that either form may have.
fn around(has_products: bool) -> Vec<(&'static str, Values)> {
    let title = prop_oneof![text(), with(vec![("text", text())], vec![("subtitle", text())])];
    let fold = proptest::collection::vec(text(), 1..4).prop_map(|fields| json!(fields)).boxed();
    let names = one_of(&[json!(["key", "value"]), json!(["What", "How much"])]);
    let fold = with(vec![("fold", fold)], vec![("as", names)]).prop_map(|fold| json!([fold]));
    let mut keys = vec![("title", title.boxed()), ("transform", fold.boxed())];
    if has_products {
        keys.push(("compare", words(&["previous_period"])));
        keys.push(("last", (1..400_u32).prop_map(|n| json!(n)).boxed()));
        keys.push(("period", with(vec![("field", text())], vec![("timeUnit", time_unit())])));
    }
    keys
}

/// A chart, and rules on the axis of its numbers.
fn layers(names: &'static [&'static str], has_products: bool) -> Values {
    let chart = with(vec![("mark", mark(names)), ("encoding", encoding(false, has_products))], vec![]);
    let rules = proptest::collection::vec((number(), proptest::option::of(text())), 0..=3);
    (chart, rules)
        .prop_map(|(chart, rules)| {
            let read: ChartSpec = serde_json::from_value(chart.clone()).expect("a chart");
            let axis = if read.is_horizontal() { "x" } else { "y" };
            let rules = rules.into_iter().map(|(datum, title)| {
                let mut rule = json!({"mark": "rule", "encoding": {axis: {"datum": datum}}});
                if let Some(title) = title {
                    rule["title"] = title;
                }
                rule
            });
            Value::Array(std::iter::once(chart).chain(rules).collect())
        })
        .boxed()
}

/// Specs that can be read; without `has_products` they hold neither marks nor keys that Vega-Lite does not know.
pub(super) fn specs(has_products: bool) -> Values {
    let names: &'static [&'static str] = if has_products {
        &["line", "area", "bar", "arc", "point", "kpi", "table"]
    } else {
        &["line", "area", "bar", "arc", "point"]
    };
    prop_oneof![
        2 => with(vec![("mark", mark(names)), ("encoding", encoding(true, has_products))], around(has_products)),
        1 => with(vec![("layer", layers(names, has_products))], around(has_products)),
    ]
    .boxed()
}

/// A change somewhere in a spec, which it mostly does not survive.
#[derive(Debug, Clone, Copy)]
enum Change {
    UnknownKey,
    Remove,
    Null,
    Number,
    UnknownWord,
    Object,
    List,
}

/// A spec with one place changed, and where.
pub(super) fn mutated() -> impl Strategy<Value = (String, Value)> {
    let changes = [
        Change::UnknownKey,
        Change::Remove,
        Change::Null,
        Change::Number,
        Change::UnknownWord,
        Change::Object,
        Change::List,
    ];
    (specs(true), any::<Index>(), select(changes.to_vec())).prop_map(|(mut spec, place, change)| {
        let mut places = Vec::new();
        pointers(&spec, String::new(), &mut places);
        let pointer = place.get(&places).clone();
        apply(&mut spec, &pointer, change);
        (format!("{change:?} at {pointer}"), spec)
    })
}

fn pointers(value: &Value, at: String, places: &mut Vec<String>) {
    match value {
        Value::Object(members) => members
            .iter()
            .for_each(|(key, member)| pointers(member, format!("{at}/{key}"), places)),
        Value::Array(items) => items
            .iter()
            .enumerate()
            .for_each(|(i, item)| pointers(item, format!("{at}/{i}"), places)),
        _ => {}
    }
    places.push(at);
}

fn apply(spec: &mut Value, pointer: &str, change: Change) {
    let Some(place) = spec.pointer_mut(pointer) else { return };
    match change {
        Change::UnknownKey => match place {
            Value::Object(members) => drop(members.insert("nmae".to_owned(), json!(1))),
            other => *other = json!({"nmae": 1}),
        },
        Change::Null => *place = Value::Null,
        Change::Number => *place = json!(-7.5),
        Change::UnknownWord => *place = json!("no-such-word"),
        Change::Object => *place = json!({}),
        Change::List => *place = json!([[]]),
        Change::Remove => {
            let Some((parent, key)) = pointer.rsplit_once('/') else { return };
            match spec.pointer_mut(parent) {
                Some(Value::Object(members)) => drop(members.remove(key)),
                Some(Value::Array(items)) => drop(items.remove(key.parse().expect("an index"))),
                _ => {}
            }
        }
    }
}
