//! Chats over a restart.

use std::collections::BTreeMap;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::config::Person;
use super::message::Message;
use super::state::{Media, State};

/// What was said and received: chats, people, files and windows. No tokens, no secret, no settings.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Snapshot {
    people: Vec<Person>,
    messages: Vec<Message>,
    media: BTreeMap<String, Media>,
    /// Base64 by SHA-256.
    files: BTreeMap<String, String>,
    last_inbound: Vec<(String, String, Timestamp)>,
    sequence: u64,
}

impl State {
    pub(super) fn snapshot(&self) -> Snapshot {
        let window = |((number, person), at): (&(String, String), &Timestamp)| (number.clone(), person.clone(), *at);
        Snapshot {
            people: self.config.people.clone(),
            messages: self.messages.clone(),
            media: self.media.clone(),
            files: self
                .files
                .iter()
                .map(|(sha256, bytes)| (sha256.clone(), BASE64_STANDARD.encode(bytes)))
                .collect(),
            last_inbound: self.last_inbound.iter().map(window).collect(),
            sequence: self.sequence,
        }
    }

    /// Puts what was kept before what has been said since the start. Ids go on where they stopped.
    pub(super) fn restore(&mut self, snapshot: Snapshot) {
        let strangers = snapshot
            .people
            .into_iter()
            .filter(|person| self.config.people.iter().all(|known| known.wa_id != person.wa_id));
        let strangers: Vec<Person> = strangers.collect();
        self.config.people.extend(strangers);
        self.messages.splice(..0, snapshot.messages);
        self.media.extend(snapshot.media);
        let file = |(sha256, base64): (String, String)| Some((sha256, BASE64_STANDARD.decode(base64).ok()?.into()));
        self.files.extend(snapshot.files.into_iter().filter_map(file));
        for (number, person, at) in snapshot.last_inbound {
            let last = self.last_inbound.entry((number, person)).or_insert(at);
            *last = at.max(*last);
        }
        self.sequence = self.sequence.max(snapshot.sequence);
    }
}
