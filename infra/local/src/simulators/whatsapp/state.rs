//! What the simulated Meta knows: its configuration, who has written when, files and chats.

use std::collections::BTreeMap;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use bytes::Bytes;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use super::config::{Account, Config, Number, Person, Token};
use super::media_file::hex;
use super::message::{Direction, File, Message, Receipt, Status};

/// How long after a person's message free-form messages reach them (Meta, "Customer service windows").
pub const WINDOW: SignedDuration = SignedDuration::from_hours(24);
/// How long an uploaded file is kept (Meta, "Upload media").
pub const MEDIA_KEPT: SignedDuration = SignedDuration::from_hours(30 * 24);

pub(super) struct State {
    pub config: Config,
    pub media: BTreeMap<String, Media>,
    /// Bytes by SHA-256.
    pub files: BTreeMap<String, Bytes>,
    pub messages: Vec<Message>,
    /// When a person last wrote to a number; key: (phone number id, wa_id).
    pub last_inbound: BTreeMap<(String, String), Timestamp>,
    pub sequence: u64,
}

/// An uploaded file.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Media {
    /// The number it was uploaded on; no other may use it.
    pub phone_number_id: String,
    /// When.
    pub uploaded_at: Timestamp,
    /// What.
    pub file: File,
}

impl State {
    pub(super) fn new(config: Config, now: Timestamp) -> Self {
        let mut state = Self {
            media: BTreeMap::new(),
            files: BTreeMap::new(),
            messages: Vec::new(),
            last_inbound: BTreeMap::new(),
            sequence: 0,
            config,
        };
        let numbers: Vec<String> = state.numbers().map(|(_, number)| number.id.clone()).collect();
        for person in state.config.people.iter().filter(|person| person.has_written) {
            for number in &numbers {
                state.last_inbound.insert((number.clone(), person.wa_id.clone()), now);
            }
        }
        state
    }

    pub(super) fn numbers(&self) -> impl Iterator<Item = (&Account, &Number)> {
        self.config
            .accounts
            .iter()
            .flat_map(|account| account.numbers.iter().map(move |number| (account, number)))
    }

    pub(super) fn number(&self, id: &str) -> Option<(&Account, &Number)> {
        self.numbers().find(|(_, number)| number.id == id)
    }

    pub(super) fn account(&self, id: &str) -> Option<&Account> {
        self.config.accounts.iter().find(|account| account.id == id)
    }

    pub(super) fn token(&self, value: &str) -> Option<&Token> {
        self.config.tokens.iter().find(|token| token.value == value)
    }

    pub(super) fn message(&self, id: &str) -> Option<&Message> {
        self.messages.iter().rev().find(|message| message.id == id)
    }

    pub(super) fn message_mut(&mut self, id: &str) -> Option<&mut Message> {
        self.messages.iter_mut().rev().find(|message| message.id == id)
    }

    /// The person behind a number, wa_id or user id.
    pub(super) fn person(&self, key: &str) -> Option<&Person> {
        let is = |person: &&Person| person.phone == key || person.wa_id == key || person.user_id.as_deref() == Some(key);
        self.config.people.iter().find(is)
    }

    /// The person behind a dialled number, made up at the first call.
    pub(super) fn person_or_stranger(&mut self, phone: &str) -> Person {
        if let Some(person) = self.person(phone) {
            return person.clone();
        }
        let stranger = Person {
            has_written: self.config.strangers_have_written,
            ..Person::new(phone, phone)
        };
        self.config.people.push(stranger.clone());
        stranger
    }

    /// Until when free-form messages from this number reach this person; none if they never wrote.
    pub(super) fn window_closes_at(&mut self, phone_number_id: &str, person: &Person, now: Timestamp) -> Option<Timestamp> {
        let key = (phone_number_id.to_owned(), person.wa_id.clone());
        if person.has_written {
            // Whoever "has written" has done so to numbers added later, too.
            self.last_inbound.entry(key.clone()).or_insert(now);
        }
        self.last_inbound.get(&key).map(|at| *at + WINDOW)
    }

    pub(super) fn keep_file(&mut self, file: &File, bytes: Bytes) {
        self.files.insert(file.sha256.clone(), bytes);
    }

    pub(super) fn receipt(&mut self, message_id: &str, status: Status, at: Timestamp, error: Option<u32>) {
        if let Some(message) = self.message_mut(message_id) {
            message.receipts.push(Receipt { status, at, error });
        }
    }

    /// A new media id: decimal digits, as Meta's.
    pub(super) fn media_id(&mut self) -> String {
        let digest = self.digest();
        let number = digest.iter().take(8).fold(0_u64, |number, byte| number << 8 | u64::from(*byte));
        format!("1{:015}", number % 1_000_000_000_000_000)
    }

    /// A new message id, in Meta's form: base64 of a record with the person's digits and a random key.
    pub(super) fn wamid(&mut self, person: &str, direction: Direction) -> String {
        let key = hex(&self.digest()[..10]).to_uppercase();
        let mut record = vec![0x1c, 0x18, u8::try_from(person.len()).unwrap_or(u8::MAX)];
        record.extend_from_slice(person.as_bytes());
        record.extend_from_slice(&[
            0x15,
            0x02,
            0x00,
            if direction == Direction::Outbound { 0x11 } else { 0x12 },
            0x18,
            20,
        ]);
        record.extend_from_slice(key.as_bytes());
        record.push(0);
        format!("wamid.{}", BASE64_STANDARD.encode(record))
    }

    fn digest(&mut self) -> Vec<u8> {
        self.sequence += 1;
        let mut seed = self.config.seed.to_be_bytes().to_vec();
        seed.extend_from_slice(&self.sequence.to_be_bytes());
        Sha256::digest(seed).to_vec()
    }
}
