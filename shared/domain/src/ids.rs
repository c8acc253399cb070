//! Names of things. An id is parsed once, at the border; inside it is known to be well formed.
//!
//! Generated ids are a prefix that tells the kind and 26 characters that sort by time (`pul_01KABC…`). A person may choose the id of a
//! thing written in a file (`weekly-revenue`). Ids of Runs and Deliveries are *derived*: whoever makes them twice makes the same one.

use std::fmt;
use std::str::FromStr;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};

use crate::message::Cause;

/// Longest accepted id, in bytes. Ours: four ids fit a provider's correlation field of 512 characters.
pub const ID_BYTES_MAX: usize = 64;

/// Text that is not an id of the asked kind.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{given}` is not {kind}: {accepted}")]
pub struct InvalidId {
    /// What was expected, with its article: "a pulse id".
    pub kind: &'static str,
    /// What was given, cut to 80 characters.
    pub given: String,
    /// What would have been accepted.
    pub accepted: &'static str,
}

const PLAIN: &str = "1 to 64 letters, digits, `-` or `_`";

fn plain(text: &str, kind: &'static str) -> Result<String, InvalidId> {
    let well_formed = !text.is_empty()
        && text.len() <= ID_BYTES_MAX
        && text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_');
    if well_formed {
        Ok(text.to_owned())
    } else {
        Err(InvalidId {
            kind,
            given: text.chars().take(80).collect(),
            accepted: PLAIN,
        })
    }
}

/// Crockford's base 32: no I, L, O, U.
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// 26 characters that sort by `now` (48 bits of milliseconds, then 80 bits of `random`).
fn sortable(now: Timestamp, random: u128) -> String {
    let millis = u128::try_from(now.as_millisecond().max(0)).unwrap_or(0);
    let mut bits = (millis << 80) | (random & ((1 << 80) - 1));
    let mut out = [b'0'; 26];
    for slot in out.iter_mut().rev() {
        *slot = ALPHABET[usize::try_from(bits & 31).unwrap_or(0)];
        bits >>= 5;
    }
    out.iter().map(|byte| char::from(*byte)).collect()
}

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident $prefix:literal $kind:literal;)+) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
        #[cfg_attr(feature = "schema", schema(value_type = String, pattern = "^[A-Za-z0-9_-]{1,64}$"))]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(String);

        impl $name {
            /// A new id; `random` gives at least 80 random bits.
            pub fn generate(now: Timestamp, random: u128) -> Self {
                Self(format!("{}{}", $prefix, sortable(now, random)))
            }

            /// Reads an id from outside.
            ///
            /// # Errors
            /// [`InvalidId`] for anything but 1 to 64 letters, digits, `-` or `_`.
            pub fn parse(text: &str) -> Result<Self, InvalidId> {
                plain(text, $kind).map(Self)
            }

            /// The id as text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl FromStr for $name {
            type Err = InvalidId;
            fn from_str(text: &str) -> Result<Self, InvalidId> {
                Self::parse(text)
            }
        }

        impl TryFrom<String> for $name {
            type Error = InvalidId;
            fn try_from(text: String) -> Result<Self, InvalidId> {
                Self::parse(&text)
            }
        }

        impl From<$name> for String {
            fn from(id: $name) -> String {
                id.0
            }
        }
    )+};
}

ids! {
    /// A tenant.
    OrgId "org_" "an organisation id";
    /// A person in an organisation.
    MemberId "mem_" "a member id";
    /// An authorised account at a provider.
    ConnectionId "con_" "a connection id";
    /// What to read.
    SourceId "src_" "a source id";
    /// Where to deliver.
    DestinationId "dst_" "a destination id";
    /// A chart that arrives by itself.
    PulseId "pul_" "a pulse id";
    /// A file on its way in.
    UploadId "upl_" "an upload id";
    /// A line in what we tell members.
    NoticeId "not_" "a notice id";
    /// The public half of an API key, by which people speak of it.
    KeyId "key_" "an API key id";
    /// The public half of a trigger address.
    HookId "hok_" "a hook id";
}

/// One firing of a Pulse: `<pulse>~<moment>`, the moment being `20261120T090000Z` for a schedule and
/// `20261120T090000123Z-m` (`-h` hook, `-m` by hand, `-t` test) for the rest, so that a person's "send now" never meets a scheduled run.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct RunId {
    pulse: PulseId,
    moment: String,
}

const RUN: &str = "`<pulse id>~<moment>`, the moment like 20261120T090000Z or 20261120T090000123Z-m";

impl RunId {
    /// The id of the Run of `pulse` for that time and cause; the same arguments give the same id.
    pub fn new(pulse: PulseId, scheduled_for: Timestamp, cause: Cause) -> Self {
        let utc = scheduled_for.to_zoned(TimeZone::UTC);
        let seconds = utc.strftime("%Y%m%dT%H%M%S");
        let moment = match cause {
            Cause::Schedule => format!("{seconds}Z"),
            Cause::Hook | Cause::Manual | Cause::Test => format!("{seconds}{:03}Z-{}", utc.millisecond(), cause.letter()),
        };
        Self { pulse, moment }
    }

    /// Reads a run id from outside.
    ///
    /// # Errors
    /// [`InvalidId`] where it is not `<pulse id>~<moment>`.
    pub fn parse(text: &str) -> Result<Self, InvalidId> {
        let refuse = || InvalidId {
            kind: "a run id",
            given: text.chars().take(120).collect(),
            accepted: RUN,
        };
        let (pulse, moment) = text.split_once('~').ok_or_else(refuse)?;
        let well_formed = (16..=24).contains(&moment.len()) && moment.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
        if !well_formed {
            return Err(refuse());
        }
        Ok(Self {
            pulse: PulseId::parse(pulse).map_err(|_| refuse())?,
            moment: moment.to_owned(),
        })
    }

    /// The Pulse that fired.
    pub fn pulse(&self) -> &PulseId {
        &self.pulse
    }

    /// What made it due, as the id tells.
    pub fn cause(&self) -> Cause {
        match self.moment.rsplit_once('-') {
            Some((_, "h")) => Cause::Hook,
            Some((_, "m")) => Cause::Manual,
            Some((_, "t")) => Cause::Test,
            _ => Cause::Schedule,
        }
    }

    /// The firing's moment as it stands in the id; sorts by time.
    pub fn moment(&self) -> &str {
        &self.moment
    }
}

impl fmt::Display for RunId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}~{}", self.pulse, self.moment)
    }
}

impl TryFrom<String> for RunId {
    type Error = InvalidId;
    fn try_from(text: String) -> Result<Self, InvalidId> {
        Self::parse(&text)
    }
}

impl From<RunId> for String {
    fn from(id: RunId) -> String {
        id.to_string()
    }
}

/// One Run on its way to one Destination: `<run>~<destination>`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct DeliveryId {
    /// The Run that is delivered.
    pub run: RunId,
    /// Where to.
    pub destination: DestinationId,
}

impl DeliveryId {
    /// Reads a delivery id from outside.
    ///
    /// # Errors
    /// [`InvalidId`] where it is not `<run id>~<destination id>`.
    pub fn parse(text: &str) -> Result<Self, InvalidId> {
        let refuse = || InvalidId {
            kind: "a delivery id",
            given: text.chars().take(160).collect(),
            accepted: "`<run id>~<destination id>`",
        };
        let (run, destination) = text.rsplit_once('~').ok_or_else(refuse)?;
        let run = RunId::parse(run).map_err(|_| refuse())?;
        let destination = DestinationId::parse(destination).map_err(|_| refuse())?;
        Ok(Self { run, destination })
    }
}

impl fmt::Display for DeliveryId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}~{}", self.run, self.destination)
    }
}

impl TryFrom<String> for DeliveryId {
    type Error = InvalidId;
    fn try_from(text: String) -> Result<Self, InvalidId> {
        Self::parse(&text)
    }
}

impl From<DeliveryId> for String {
    fn from(id: DeliveryId) -> String {
        id.to_string()
    }
}

/// What we ask a provider to carry and hand back with each status: `<org>/<delivery>/<part>`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Correlation {
    /// The tenant.
    pub org: OrgId,
    /// The Delivery.
    pub delivery: DeliveryId,
    /// The part of it.
    pub part: crate::delivery::PartName,
}

impl Correlation {
    /// Reads what a provider handed back; `None` where it is not ours.
    pub fn parse(text: &str) -> Option<Self> {
        let mut pieces = text.split('/');
        let (org, delivery, part) = (pieces.next()?, pieces.next()?, pieces.next()?);
        if pieces.next().is_some() {
            return None;
        }
        Some(Self {
            org: OrgId::parse(org).ok()?,
            delivery: DeliveryId::parse(delivery).ok()?,
            part: part.parse().ok()?,
        })
    }
}

impl fmt::Display for Correlation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}/{}", self.org, self.delivery, self.part)
    }
}

#[cfg(test)]
#[path = "ids_tests.rs"]
mod tests;
