//! A spec as it is written: one chart, or layers of which the first is the chart and the rest are rules for targets.

use crate::chart_spec::{ChartSpec, Compare, Encoding, Mark, Period, Target, Title, Transform, number, present};
use rust_decimal::Decimal;
use serde::de::{SeqAccess, Visitor};
use serde::ser::SerializeSeq;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// One chart's description, independent of the rows it is drawn from: a documented subset of Vega-Lite, plus the marks `kpi` and `table` and the
/// keys `compare`, `last` and `period`. Either `mark` and `encoding`, or `layer`.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "schema", schema(as = ChartSpec))]
#[serde(deny_unknown_fields)]
pub(crate) struct Written {
    /// The form of the chart.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "present")]
    mark: Option<Mark>,
    /// Headline and line under it.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "present")]
    title: Option<Title>,
    /// At most one fold, which turns wide rows into series.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "schema", schema(max_items = 1))]
    transform: Vec<Transform>,
    /// Which columns are drawn, and how.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "present")]
    encoding: Option<Encoding>,
    /// The chart, then a rule per target: instead of `mark` and `encoding`.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "present")]
    layer: Option<Layers>,
    /// What the drawn period is compared with.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "present")]
    compare: Option<Compare>,
    /// How many of the newest steps of time make the drawn period; all of them without it (with `period`, 1). With `compare` and without `last`,
    /// the newer half is drawn and compared with the older half; a `kpi` then compares its newest step with the one before.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "present")]
    #[cfg_attr(feature = "schema", schema(minimum = 1))]
    last: Option<u32>,
    /// Which dates make the period where x holds none: bars by region of this month, compared with the last.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "present")]
    period: Option<Period>,
}

/// The chart's layer, and a rule's for each target.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Layers(ChartLayer, Vec<RuleLayer>);

/// The layer of the chart itself.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub(crate) struct ChartLayer {
    /// The form of the chart.
    mark: Mark,
    /// Which columns are drawn, and how.
    encoding: Encoding,
}

/// A layer with the line of a target.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub(crate) struct RuleLayer {
    /// `rule`.
    mark: Rule,
    /// What the line is called: "Target".
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "present")]
    title: Option<String>,
    /// Where it stands.
    encoding: RuleEncoding,
}

/// The mark of a target.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub(crate) enum Rule {
    /// A line across the chart.
    Rule,
}

/// On the axis of the numbers.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub(crate) enum RuleEncoding {
    /// Across lines, areas and upright bars.
    Y(Datum),
    /// Across lying bars.
    X(Datum),
}

/// A number of the spec's own.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub(crate) struct Datum {
    /// The target.
    #[serde(with = "number")]
    #[cfg_attr(feature = "schema", schema(value_type = f64))]
    datum: Decimal,
}

impl Serialize for Layers {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self(chart, rules) = self;
        let mut layers = serializer.serialize_seq(Some(1 + rules.len()))?;
        layers.serialize_element(chart)?;
        rules.iter().try_for_each(|rule| layers.serialize_element(rule))?;
        layers.end()
    }
}

struct LayersVisitor;

impl<'de> Visitor<'de> for LayersVisitor {
    type Value = Layers;

    fn expecting(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
        f.write_str("a list: the chart's layer first, then layers with the mark `rule`")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut layers: A) -> Result<Layers, A::Error> {
        let chart = layers.next_element()?;
        let chart = chart.ok_or_else(|| serde::de::Error::custom("no layer; accepted: the chart's, then those of its rules"))?;
        let mut rules = Vec::new();
        while let Some(rule) = layers.next_element()? {
            rules.push(rule);
        }
        Ok(Layers(chart, rules))
    }
}

impl<'de> Deserialize<'de> for Layers {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_seq(LayersVisitor)
    }
}

impl TryFrom<Written> for ChartSpec {
    type Error = String;

    fn try_from(written: Written) -> Result<Self, String> {
        let (mark, encoding, rules) = match (written.mark, written.encoding, written.layer) {
            (Some(mark), Some(encoding), None) => (mark, encoding, Vec::new()),
            (None, None, Some(Layers(chart, rules))) => (chart.mark, chart.encoding, rules),
            (None, _, None) => return Err("`mark` is missing: the form of the chart, beside `encoding`; or give `layer`".to_owned()),
            (_, None, None) => return Err("`encoding` is missing: which columns are drawn".to_owned()),
            (_, _, Some(_)) => return Err("`layer` and, beside it, `mark` or `encoding`: the first layer holds both".to_owned()),
        };
        if encoding.facet.is_some() && !rules.is_empty() {
            return Err("layer[0].encoding.facet: small charts, with a rule across them; accepted: one of the two".to_owned());
        }
        let is_horizontal = encoding.is_horizontal(mark);
        let mut targets = Vec::with_capacity(rules.len());
        for (i, rule) in rules.into_iter().enumerate() {
            let (value, is_across_x) = match rule.encoding {
                RuleEncoding::Y(y) => (y.datum, false),
                RuleEncoding::X(x) => (x.datum, true),
            };
            if is_across_x != is_horizontal {
                let (given, accepted) = if is_across_x { ("x", "y") } else { ("y", "x") };
                return Err(format!(
                    "layer[{}].encoding: `{given}`, but the numbers of this chart stand on {accepted}; accepted: {accepted}",
                    i + 1
                ));
            }
            targets.push(Target { value, name: rule.title });
        }
        Ok(Self {
            mark,
            title: written.title,
            transform: written.transform,
            encoding,
            targets,
            compare: written.compare,
            last: written.last,
            period: written.period,
        })
    }
}

impl From<ChartSpec> for Written {
    fn from(spec: ChartSpec) -> Self {
        let is_horizontal = spec.encoding.is_horizontal(spec.mark);
        let rule = |target: Target| {
            let datum = Datum { datum: target.value };
            RuleLayer {
                mark: Rule::Rule,
                title: target.name,
                encoding: if is_horizontal {
                    RuleEncoding::X(datum)
                } else {
                    RuleEncoding::Y(datum)
                },
            }
        };
        let (mark, encoding, layer) = if spec.targets.is_empty() {
            (Some(spec.mark), Some(spec.encoding), None)
        } else {
            let chart = ChartLayer {
                mark: spec.mark,
                encoding: spec.encoding,
            };
            (None, None, Some(Layers(chart, spec.targets.into_iter().map(rule).collect())))
        };
        Self {
            mark,
            title: spec.title,
            transform: spec.transform,
            encoding,
            layer,
            compare: spec.compare,
            last: spec.last,
            period: spec.period,
        }
    }
}
