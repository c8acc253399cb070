//! `bin` is true, false or `{maxbins}`, `{step}` in Vega-Lite.

use rust_decimal::Decimal;
use serde::de::{Error, MapAccess, Visitor, value::MapAccessDeserializer};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// How numbers along x are joined to ranges of equal width: the bars of a histogram.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bin {
    /// At most so many ranges, of a round width: `true` (10) or `{"maxbins": 20}`; 2 to 100.
    AtMost(u32),
    /// Ranges of this width: `{"step": 5}`; above zero.
    Step(Decimal),
}

/// Vega-Lite's own number for x.
const BINS_DEFAULT: u32 = 10;
/// Narrower bars would not be seen.
pub(super) const BINS_MAX: u32 = 100;

impl Serialize for Bin {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::AtMost(bins) => Definition {
                maxbins: Some(*bins),
                step: None,
            }
            .serialize(serializer),
            Self::Step(step) => Definition {
                maxbins: None,
                step: Some(*step),
            }
            .serialize(serializer),
        }
    }
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Definition {
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "super::present")]
    maxbins: Option<u32>,
    #[serde(default, skip_serializing_if = "Option::is_none", with = "super::number::optional")]
    step: Option<Decimal>,
}

struct BinVisitor;

impl<'de> Visitor<'de> for BinVisitor {
    type Value = Bin;

    fn expecting(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
        f.write_str("true, or an object with `maxbins` or `step`")
    }

    fn visit_bool<E: Error>(self, on: bool) -> Result<Bin, E> {
        if on {
            Ok(Bin::AtMost(BINS_DEFAULT))
        } else {
            Err(E::custom(
                "`false` is what it means without `bin`; accepted: true, {maxbins}, {step}",
            ))
        }
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Bin, A::Error> {
        let definition = Definition::deserialize(MapAccessDeserializer::new(map))?;
        match (definition.maxbins, definition.step) {
            (Some(bins), None) if (2..=BINS_MAX).contains(&bins) => Ok(Bin::AtMost(bins)),
            (None, Some(step)) if step > Decimal::ZERO => Ok(Bin::Step(step)),
            (Some(bins), None) => Err(A::Error::custom(format!("`maxbins` is {bins}; accepted: 2 to {BINS_MAX}"))),
            (None, Some(step)) => Err(A::Error::custom(format!("`step` is {step}; accepted: a number above 0"))),
            _ => Err(A::Error::custom("give one of `maxbins` and `step`")),
        }
    }
}

impl<'de> Deserialize<'de> for Bin {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(BinVisitor)
    }
}
