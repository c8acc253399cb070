//! The Rust door: what tests and the outbox page do with a running simulator.

use std::io;
use std::sync::{Arc, Mutex, OnceLock};

use bytes::Bytes;
use runtime::Clock;
use tokio::sync::mpsc;

use super::config::Config;
use super::inbound::Inbound;
use super::message::{Content, Message, Status};
use super::snapshot::Snapshot;
use super::state::{Media, State};
use super::webhook::{Post, signature};
use super::{Answer, Endpoint, Meta, Running, WhatsApp, router, updates};
use crate::simulators::fault::{Fault, Faults, Order};
use crate::simulators::pending::Pending;
use crate::simulators::wire;

impl WhatsApp {
    /// Starts on 127.0.0.1. `http` fetches picture links and posts webhooks.
    ///
    /// # Errors
    /// The port is taken. Port 0 asks the system for a free one.
    pub async fn start(port: u16, config: Config, clock: Clock, http: reqwest::Client) -> io::Result<Self> {
        let (jobs, queue) = mpsc::unbounded_channel();
        let meta = Arc::new(Meta {
            state: Mutex::new(State::new(config, clock.now())),
            faults: Faults::default(),
            clock,
            http,
            jobs,
            pending: Pending::new(),
            held: Mutex::new(None),
            posts: Mutex::default(),
            base_url: OnceLock::new(),
        });
        let server = wire::serve(port, router(&meta)).await?;
        let _ = meta.base_url.set(server.base_url());
        let updates = tokio::spawn(updates::run(Arc::clone(&meta), queue)).abort_handle();
        Ok(Self {
            meta,
            running: Arc::new(Running { server, updates }),
        })
    }

    /// What goes in front of `/{version}/...`.
    #[must_use]
    pub fn base_url(&self) -> String {
        self.running.server.base_url()
    }

    /// Changes the configuration: callback, people, tokens, anything.
    pub fn configure(&self, change: impl FnOnce(&mut Config)) {
        change(&mut self.meta.state().config);
    }

    /// The configuration as it stands.
    #[must_use]
    pub fn config(&self) -> Config {
        self.meta.state().config.clone()
    }

    /// Sets the app's callback, after the challenge Meta makes when it is entered in the dashboard.
    ///
    /// # Errors
    /// What the callback answered instead of the challenge.
    pub async fn subscribe(&self, callback_url: &str, verify_token: &str) -> Result<(), String> {
        self.meta.challenge(callback_url, verify_token).await?;
        self.configure(|config| config.webhooks.callback_url = Some(callback_url.to_owned()));
        Ok(())
    }

    /// Queues a fault for the next `count` requests to an endpoint.
    pub fn fault(&self, endpoint: Endpoint, fault: Fault<Answer>, count: u32) {
        self.meta.faults.push(Order { endpoint, fault, count });
    }

    /// The queues of faults, to clear, release or await them.
    #[must_use]
    pub fn faults(&self) -> &Faults<Endpoint, Answer> {
        &self.meta.faults
    }

    /// Every message of every chat, oldest first.
    #[must_use]
    pub fn messages(&self) -> Vec<Message> {
        self.meta.state().messages.clone()
    }

    /// One message.
    #[must_use]
    pub fn message(&self, id: &str) -> Option<Message> {
        self.meta.state().message(id).cloned()
    }

    /// The bytes of a message's picture, with their media type.
    #[must_use]
    pub fn picture(&self, message_id: &str) -> Option<(String, Bytes)> {
        let state = self.meta.state();
        let file = state.message(message_id)?.content.picture()?.file.clone()?;
        Some((file.mime_type, state.files.get(&file.sha256)?.clone()))
    }

    /// The bytes of a message's document, with their media type.
    #[must_use]
    pub fn document(&self, message_id: &str) -> Option<(String, Bytes)> {
        let state = self.meta.state();
        let Content::Document { document, .. } = &state.message(message_id)?.content else {
            return None;
        };
        let file = document.file.clone()?;
        Some((file.mime_type, state.files.get(&file.sha256)?.clone()))
    }

    /// Every file uploaded and not deleted, by media id.
    #[must_use]
    pub fn media(&self) -> Vec<(String, Media)> {
        self.meta.state().media.clone().into_iter().collect()
    }

    /// Until when free-form messages from this number reach this person; none if they never wrote.
    #[must_use]
    pub fn window_closes_at(&self, phone_number_id: &str, person: &str) -> Option<jiff::Timestamp> {
        let now = self.meta.clock.now();
        let mut state = self.meta.state();
        let person = state.person(person).cloned()?;
        state.window_closes_at(phone_number_id, &person, now)
    }

    /// A person writes, reacts or taps. Returns the new message's id.
    ///
    /// # Errors
    /// What the message refers to is not there, in words.
    pub fn inbound(&self, inbound: Inbound) -> Result<String, String> {
        self.meta.inbound(inbound)
    }

    /// The person opens the chat: every delivered message in it is read now.
    pub fn read(&self, phone_number_id: &str, person: &str) {
        self.meta.read(phone_number_id, person);
    }

    /// Sends one status for a message now, whatever came before.
    pub fn tell(&self, message_id: &str, status: Status, error: Option<u32>) {
        self.meta.tell(message_id, &[(status, error)]);
    }

    /// Keeps all updates back until [`Self::release`].
    pub fn hold(&self) {
        self.meta.held.lock().expect("no panic holds this lock").get_or_insert_default();
    }

    /// Sends everything kept back, in the configured batches and order, and keeps nothing back from now on.
    pub fn release(&self) {
        self.meta.release();
    }

    /// Chats, people, files and windows, to be kept over a restart.
    #[must_use]
    pub fn snapshot(&self) -> Snapshot {
        self.meta.state().snapshot()
    }

    /// Takes a snapshot in, before what has been said since the start.
    pub fn restore(&self, snapshot: Snapshot) {
        self.meta.state().restore(snapshot);
    }

    /// Waits until all background work is done: links fetched, updates posted or given up. What is held does not count.
    pub async fn settled(&self) {
        self.meta.pending.settled().await;
    }

    /// Every POST made to a callback, including repetitions.
    #[must_use]
    pub fn posts(&self) -> Vec<Post> {
        self.meta.posts.lock().expect("no panic holds this lock").clone()
    }

    /// Posts these bytes to the app's callback with a signature made from `secret`, and returns the HTTP status. With
    /// another secret than the app's it is a forgery.
    ///
    /// # Errors
    /// There is no callback, or it cannot be reached.
    pub async fn post_signed_with(&self, secret: &str, body: Vec<u8>) -> Result<u16, String> {
        let url = self.config().webhooks.callback_url.ok_or("no callback is set")?;
        let sent = self.meta.post_once(&url, &signature(secret, &body), body).await;
        sent.ok_or_else(|| format!("{url} gave no answer"))
    }
}
