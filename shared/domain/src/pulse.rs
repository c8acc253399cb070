//! A Pulse: a chart that arrives by itself. The stored form, and the form in which people write it (pulse files and the API).

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use jiff::Timestamp;
use serde::de::value::MapAccessDeserializer;
use serde::de::{self, MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};
use url::Url;

use crate::attachment::Attachment;
use crate::chart_spec::ChartSpec;
use crate::delivery::{PictureSize, Theme};
use crate::fault::WhenUnknown;
use crate::ids::{ConnectionId, DestinationId, PulseId, SourceId};
use crate::phone::PhoneNumber;
use crate::schedule::Schedule;
use crate::secret::SecretText;
use crate::source_spec::SourceSpec;

/// Most Destinations of one Pulse.
pub const DESTINATIONS_MAX: usize = 500;

/// A Pulse as it is stored, one item per version.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Pulse {
    /// Its id.
    pub id: PulseId,
    /// Counts its changes, from 1.
    pub version: u32,
    /// Whether its schedule fires.
    pub state: PulseState,
    /// What people call it; the chart's title where the chart has none.
    pub name: String,
    /// What to read.
    pub source: SourceId,
    /// What to draw.
    pub chart: ChartSpec,
    /// When; by hand and by hook only where there is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub schedule: Option<Schedule>,
    /// What to say.
    #[serde(default)]
    pub message: MessageSettings,
    /// Who gets it.
    pub destinations: Vec<PulseDestination>,
    /// When this version was written.
    #[cfg_attr(feature = "schema", schema(value_type = String, format = DateTime))]
    pub updated_at: Timestamp,
}

/// Whether a Pulse's schedule fires.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum PulseState {
    /// It fires.
    #[default]
    Active,
    /// It rests.
    Paused,
}

/// What is said beside the chart, and how carefully.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields, default)]
pub struct MessageSettings {
    /// The organisation's own words, before the summary; may hold `{title}`, `{latest}`, `{change}`, `{period}`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// Whether the longer analysis follows as a reply.
    pub analysis: bool,
    /// Files that go along with the picture, which always goes: `pdf`, the chart to print; `data`, every row that was read, as CSV.
    #[serde(skip_serializing_if = "BTreeSet::is_empty")]
    pub attachments: BTreeSet<Attachment>,
    /// A link back to where the numbers come from.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schema(value_type = Option<String>, format = "uri"))]
    pub link: Option<Url>,
    /// BCP 47 language of texts and numbers.
    pub locale: String,
    /// The connection of the model that words the reading; written by rules where not given. What it writes is proven before it leaves.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub writer: Option<ConnectionId>,
    /// What to do when nobody knows whether a message arrived.
    pub when_unknown: WhenUnknown,
}

impl Default for MessageSettings {
    fn default() -> Self {
        Self {
            text: None,
            analysis: true,
            attachments: BTreeSet::new(),
            link: None,
            locale: "en".to_owned(),
            writer: None,
            when_unknown: WhenUnknown::default(),
        }
    }
}

/// One Destination of a Pulse.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct PulseDestination {
    /// Where.
    pub id: DestinationId,
    /// Where instead, when that fails.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fallback: Option<DestinationId>,
    /// Measure of the picture; the channel's usual one where not given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub size: Option<PictureSize>,
    /// Light or dark.
    #[serde(default)]
    pub theme: Theme,
}

/// A Pulse as people write it: the content of a pulse file, and the body of `POST /v1/pulses`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct PulseSpec {
    /// An id of one's own; generated where not given. In a file it makes the second run an update, not a second pulse.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<PulseId>,
    /// What people call it.
    pub name: String,
    /// What to read: the id of a source, or a source.
    pub source: SourceRef,
    /// What to draw.
    pub chart: ChartSpec,
    /// When; by hand and by hook only where there is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub schedule: Option<Schedule>,
    /// What to say.
    #[serde(default)]
    pub message: MessageSettings,
    /// Who gets it: 1 to 500.
    pub destinations: Vec<DestinationRef>,
    /// Whether the first one is sent at once, as a test.
    #[serde(default = "yes")]
    pub send_first: bool,
    /// Whether its schedule fires.
    #[serde(default)]
    pub state: PulseState,
}

fn yes() -> bool {
    true
}

/// A source by id, or written out.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(untagged)]
pub enum SourceRef {
    /// One that exists.
    Id(SourceId),
    /// One to be made.
    Spec(Box<SourceSpec>),
}

/// One Destination of a [`PulseSpec`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct DestinationRef {
    /// Where: the id of a destination, or a destination.
    pub to: DestinationTarget,
    /// Where instead, when that fails.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fallback: Option<DestinationTarget>,
    /// Measure of the picture; the channel's usual one where not given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub size: Option<PictureSize>,
    /// Light or dark.
    #[serde(default)]
    pub theme: Theme,
}

/// A Destination by id, or written out.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(untagged)]
pub enum DestinationTarget {
    /// One that exists.
    Id(DestinationId),
    /// One to be made.
    Spec(Box<DestinationSpec>),
}

/// A Destination as people write it. One that equals an existing one (same address) is that one.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum DestinationSpec {
    /// A person on WhatsApp.
    Whatsapp {
        /// The person's number.
        to: PhoneNumber,
        /// The number it is sent from; the organisation's only one where not given.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        connection: Option<ConnectionId>,
        /// What people call it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        name: Option<String>,
    },
    /// An HTTPS address that takes signed events.
    Webhook {
        /// https, port 443 or 8443.
        #[cfg_attr(feature = "schema", schema(value_type = String, format = "uri"))]
        url: Url,
        /// Headers to send along, kept sealed. `webhook-*`, `content-*`, `host` and hop-by-hop names are ours.
        #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
        headers: BTreeMap<String, SecretText>,
        /// `whsec_` and base64 of 24 to 64 bytes; made by us, and shown once, where not given.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "schema", schema(write_only))]
        secret: Option<SecretText>,
        /// What people call it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        name: Option<String>,
    },
}

/// Text is an id, a map is the thing itself: each then reports its own errors, which `untagged` would swallow.
macro_rules! id_or_spec {
    ($($name:ident $id:ident $spec:ident $expected:literal;)+) => {$(
        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                struct IdOrSpec;

                impl<'de> Visitor<'de> for IdOrSpec {
                    type Value = $name;

                    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                        f.write_str($expected)
                    }

                    fn visit_str<E: de::Error>(self, text: &str) -> Result<$name, E> {
                        $id::parse(text).map($name::Id).map_err(E::custom)
                    }

                    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<$name, A::Error> {
                        $spec::deserialize(MapAccessDeserializer::new(map)).map(|spec| $name::Spec(Box::new(spec)))
                    }
                }

                deserializer.deserialize_any(IdOrSpec)
            }
        }
    )+};
}

id_or_spec! {
    SourceRef SourceId SourceSpec "the id of a source, or a source such as {csv: {url: …}}";
    DestinationTarget DestinationId DestinationSpec "the id of a destination, or a destination such as {whatsapp: {to: …}}";
}
