//! How far schedules have been fired, kept over a restart.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

use jiff::{Timestamp, ToSpan};
use serde::{Deserialize, Serialize};

use crate::host::HostError;

/// Where nothing is fired, the file is written this often.
const WRITTEN_EVERY_S: i64 = 10;

#[derive(Debug)]
pub(super) struct Marks {
    file: Option<PathBuf>,
    written_at: Timestamp,
    kept: Kept,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Kept {
    /// Everything until then is fired,
    until: Timestamp,
    /// but for these, which are fired until then only.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    behind: BTreeMap<String, Timestamp>,
}

impl Marks {
    pub(super) fn read(file: Option<PathBuf>, now: Timestamp) -> Result<Self, HostError> {
        let fresh = Kept {
            until: now,
            behind: BTreeMap::new(),
        };
        let kept = match &file {
            Some(path) if path.exists() => {
                let unreadable = |why: String| {
                    HostError::new(format!(
                        "{} cannot be read ({why}): delete it, and schedules go on from now.",
                        path.display()
                    ))
                };
                let text = fs::read_to_string(path).map_err(|error| unreadable(error.to_string()))?;
                serde_json::from_str(&text).map_err(|error| unreadable(error.to_string()))?
            }
            _ => fresh,
        };
        Ok(Self {
            file,
            written_at: Timestamp::MIN,
            kept,
        })
    }

    /// Until when that schedule is fired.
    pub(super) fn of(&self, name: &str) -> Timestamp {
        self.kept.behind.get(name).copied().unwrap_or(self.kept.until)
    }

    /// A clock that went back takes nothing back.
    pub(super) fn beat(&mut self, now: Timestamp, behind: BTreeMap<String, Timestamp>, has_fired: bool) -> Result<(), HostError> {
        self.kept = Kept {
            until: self.kept.until.max(now),
            behind,
        };
        let is_stale = self.written_at.checked_add(WRITTEN_EVERY_S.seconds()).is_ok_and(|then| then <= now);
        if let Some(path) = self.file.as_ref().filter(|_| has_fired || is_stale) {
            let written = || {
                let beside = path.with_extension("new");
                fs::write(&beside, serde_json::to_vec(&self.kept)?)?;
                fs::rename(&beside, path)
            };
            written().map_err(|error| HostError::new(format!("{} cannot be written: {error}", path.display())))?;
            self.written_at = now;
        }
        Ok(())
    }
}
