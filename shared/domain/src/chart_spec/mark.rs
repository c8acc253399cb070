//! A mark is a name or `{type}` in Vega-Lite.

use serde::de::{Error, MapAccess, Visitor, value::MapAccessDeserializer};
use serde::{Deserialize, Deserializer, Serialize};

/// The form of a chart. Written as a name, or as `{"type": name}`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Mark {
    /// A line per series over time or ordered categories.
    Line,
    /// The same, filled down to zero; several series stand on each other.
    Area,
    /// Bars: one, grouped (`xOffset`, `yOffset`) or stacked per step; lying where x is the quantitative channel; a histogram where x is binned.
    Bar,
    /// A donut: `theta` is the size of a part, `color` its name. Shown with a table of its parts.
    Arc,
    /// A dot per row where both channels are quantitative, else per step.
    Point,
    /// One large number with its change and a small line of how it came there.
    Kpi,
    /// The numbers themselves: a row per step of x, a column per series.
    Table,
}

impl Mark {
    /// All of them.
    pub const ALL: [Self; 7] = [Self::Line, Self::Area, Self::Bar, Self::Arc, Self::Point, Self::Kpi, Self::Table];

    /// The name in a spec.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Line => "line",
            Self::Area => "area",
            Self::Bar => "bar",
            Self::Arc => "arc",
            Self::Point => "point",
            Self::Kpi => "kpi",
            Self::Table => "table",
        }
    }
}

/// For error messages.
const ACCEPTED: &str = "line, area, bar, arc, point, kpi, table; and rule in a later layer";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Definition {
    #[serde(rename = "type")]
    mark: Mark,
    /// Read because a donut is written so; every arc is drawn as a ring.
    #[serde(rename = "innerRadius", default, deserialize_with = "super::present")]
    inner_radius: Option<f64>,
}

struct MarkVisitor;

impl<'de> Visitor<'de> for MarkVisitor {
    type Value = Mark;

    fn expecting(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
        write!(f, "a mark ({ACCEPTED}), or an object with its `type`")
    }

    fn visit_str<E: Error>(self, name: &str) -> Result<Mark, E> {
        let found = Mark::ALL.into_iter().find(|mark| mark.as_str() == name);
        found.ok_or_else(|| E::custom(format!("`{name}` is no mark of a chart; accepted: {ACCEPTED}")))
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Mark, A::Error> {
        let definition = Definition::deserialize(MapAccessDeserializer::new(map))?;
        if definition.inner_radius.is_some() && definition.mark != Mark::Arc {
            return Err(A::Error::custom(format!(
                "`innerRadius` is for arc, not for {}",
                definition.mark.as_str()
            )));
        }
        Ok(definition.mark)
    }
}

impl<'de> Deserialize<'de> for Mark {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(MarkVisitor)
    }
}
