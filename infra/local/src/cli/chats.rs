//! What people and receivers had in front of them, over a restart.

use std::fs;
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::bring_up::Running;
use super::{Failure, kept};
use crate::simulators::whatsapp::Snapshot;

#[derive(Serialize, Deserialize)]
struct Chats {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    whatsapp: Option<Snapshot>,
    webhooks: serde_json::Value,
}

impl Running {
    /// Takes in what was kept at the last stop. A file that cannot be read is told, and no reason not to start.
    pub(super) fn recall(&self, path: &Path, say: fn(&str)) {
        let Ok(text) = fs::read(path) else { return };
        let recalled = serde_json::from_slice::<Chats>(&text)
            .map_err(|error| error.to_string())
            .and_then(|chats| {
                if let (Some(whatsapp), Some(snapshot)) = (self.whatsapp(), chats.whatsapp) {
                    whatsapp.restore(snapshot);
                }
                self.receiver.restore(chats.webhooks)
            });
        if let Err(error) = recalled {
            say(&format!(
                "the chats of the last time are left out: {} cannot be read ({error})",
                path.display()
            ));
        }
    }

    /// Keeps it for the next start.
    pub(super) fn remember(&self, path: &Path) -> Result<(), Failure> {
        let chats = Chats {
            whatsapp: self.whatsapp().map(|whatsapp| whatsapp.snapshot()),
            webhooks: self.receiver.snapshot(),
        };
        let bytes = serde_json::to_vec(&chats).map_err(|error| Failure::new(error.to_string()))?;
        fs::write(path, bytes).map_err(|error| kept::unwritable(path, &error))
    }
}
