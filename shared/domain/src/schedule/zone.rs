//! Time zones by their IANA name, from the data that is built in: the same on every machine.

use super::ScheduleError;
use super::written::written_as_text;
use jiff::tz::{TimeZone, TimeZoneDatabase};
use std::fmt;
use std::str::FromStr;
use std::sync::LazyLock;

static DATABASE: LazyLock<TimeZoneDatabase> = LazyLock::new(TimeZoneDatabase::bundled);

/// A time zone, written as its IANA name (`Europe/Berlin`).
#[derive(Clone, PartialEq, Eq)]
pub struct Zone {
    name: String,
    /// The zone's offsets through the years.
    pub rules: TimeZone,
}

written_as_text!(Zone, "an IANA time zone such as \"Europe/Berlin\"");

impl Zone {
    /// The IANA name, spelt as the database does.
    pub fn name(&self) -> &str {
        &self.name
    }
}

impl fmt::Debug for Zone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Zone({})", self.name)
    }
}

impl fmt::Display for Zone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.name)
    }
}

impl FromStr for Zone {
    type Err = ScheduleError;

    fn from_str(given: &str) -> Result<Self, ScheduleError> {
        let known = DATABASE.get(given.trim()).ok().filter(|rules| !rules.is_unknown());
        let named = known.and_then(|rules| rules.iana_name().map(str::to_owned).map(|name| Self { name, rules }));
        named.ok_or_else(|| {
            let why = match nearest(given) {
                Some(name) => format!("is not an IANA time zone; did you mean {name}?"),
                None => {
                    "is not an IANA time zone; accepted are names such as Europe/Berlin, America/New_York, Asia/Kolkata and UTC".to_owned()
                }
            };
            ScheduleError::new("time_zone", given, why)
        })
    }
}

/// The name of the same place elsewhere (`Germany/Berlin`, `berlin`), or else one that differs by few letters.
fn nearest(given: &str) -> Option<String> {
    let given = given.trim().to_ascii_lowercase().replace(' ', "_");
    let place = |name: &str| name.rsplit('/').next().unwrap_or_default().to_owned();
    let distance = |name: &str| match letters_apart(&given, name) {
        _ if place(name) == place(&given) => 0,
        whole => whole.min(1 + letters_apart(&place(&given), &place(name))),
    };
    let names = DATABASE.available().map(|name| name.as_str().to_owned());
    let (distance, name) = names.map(|name| (distance(&name.to_ascii_lowercase()), name)).min()?;
    (distance <= 1 + given.len() / 5).then_some(name)
}

/// Levenshtein's distance: the fewest letters inserted, left out or replaced that turn one into the other.
fn letters_apart(left: &str, right: &str) -> usize {
    let mut row: Vec<usize> = (0..=right.len()).collect();
    for (i, a) in left.bytes().enumerate() {
        let mut diagonal = std::mem::replace(&mut row[0], i + 1);
        for (j, b) in right.bytes().enumerate() {
            let replaced = diagonal + usize::from(a != b);
            diagonal = row[j + 1];
            row[j + 1] = replaced.min(diagonal + 1).min(row[j] + 1);
        }
    }
    row[right.len()]
}
