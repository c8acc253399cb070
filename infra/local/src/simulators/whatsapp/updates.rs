//! What happens after a message was accepted, one thing after the other in one background task: its picture's link is
//! fetched, statuses are made, updates are posted.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};
use tokio::sync::mpsc;

use super::Meta;
use super::graph_error::failure;
use super::media_file;
use super::message::{Content, Direction, File, Message, Source, Status};
use super::state::State;
use super::webhook::{self, Post, Update, What};
use crate::simulators::pending::Work;

/// How long Meta reuses what it found at a link (Meta, "Media messages").
const LINK_KEPT: SignedDuration = SignedDuration::from_mins(10);
/// How long a callback may take to answer.
const POST_TIMEOUT: Duration = Duration::from_secs(20);

pub(super) enum Job {
    /// A message was accepted; `fail` is what is known to go wrong with it.
    Accepted { message_id: String, fail: Option<u32> },
    /// These are to be posted as they are.
    Post(Vec<Update>),
}

type Links = HashMap<String, (Timestamp, File, Bytes)>;

pub(super) async fn run(meta: Arc<Meta>, mut jobs: mpsc::UnboundedReceiver<(Job, Work)>) {
    let mut links = Links::new();
    while let Some((job, work)) = jobs.recv().await {
        match job {
            Job::Accepted { message_id, fail } => {
                let fail = match fail {
                    Some(code) => Some(code),
                    None => meta.fetch_link(&message_id, &mut links).await.err(),
                };
                let updates = meta.statuses_of(&message_id, fail);
                meta.post_or_hold(updates).await;
            }
            Job::Post(updates) => meta.post_or_hold(updates).await,
        }
        drop(work);
    }
}

impl Meta {
    pub(super) fn enqueue(&self, job: Job) {
        // Only fails once the simulator is being dropped.
        let _ = self.jobs.send((job, self.pending.begin()));
    }

    /// Fetches the link of a message's picture or document, if it has one. The error is a code.
    async fn fetch_link(&self, message_id: &str, links: &mut Links) -> Result<(), u32> {
        let picture = self
            .state()
            .message(message_id)
            .and_then(|message| message.content.media().cloned());
        let Some(Source::Link(link)) = picture.map(|picture| picture.source) else {
            return Ok(());
        };
        let now = self.clock.now();
        links.retain(|_, (fetched_at, ..)| now < *fetched_at + LINK_KEPT);
        if !links.contains_key(&link) {
            let (file, bytes) = self.fetch(&link).await.ok_or(131053_u32)?;
            links.insert(link.clone(), (now, file, bytes));
        }
        let (_, file, bytes) = &links[&link];
        let mut state = self.state();
        if !state
            .message(message_id)
            .is_some_and(|message| media_file::fits(&message.content, file))
        {
            return Err(131053);
        }
        state.keep_file(file, bytes.clone());
        if let Some(picture) = state.message_mut(message_id).and_then(|message| message.content.media_mut()) {
            picture.file = Some(file.clone());
        }
        Ok(())
    }

    async fn fetch(&self, link: &str) -> Option<(File, Bytes)> {
        let response = self
            .http
            .get(link)
            .timeout(POST_TIMEOUT)
            .send()
            .await
            .ok()?
            .error_for_status()
            .ok()?;
        let kind = response.headers().get("content-type")?.to_str().ok()?;
        let kind = kind.split(';').next().unwrap_or_default().trim().to_owned();
        let bytes = response.bytes().await.ok()?;
        Some((media_file::check(&kind, &bytes).ok()?, bytes))
    }

    /// Notes what becomes of a message and says so.
    fn statuses_of(&self, message_id: &str, fail: Option<u32>) -> Vec<Update> {
        let mut state = self.state();
        let reaction = state
            .message(message_id)
            .is_some_and(|message| matches!(message.content, Content::Reaction { .. }));
        let steps = match fail {
            Some(code) => vec![(Status::Failed, Some(code))],
            None if reaction => vec![(Status::Sent, None)],
            None => state.config.webhooks.receipts.iter().map(|status| (*status, None)).collect(),
        };
        let now = self.clock.now();
        steps
            .into_iter()
            .filter_map(|(status, error)| note(&mut state, message_id, status, error, now))
            .collect()
    }

    /// Notes these statuses and sends them.
    pub(super) fn tell(&self, message_id: &str, steps: &[(Status, Option<u32>)]) {
        let now = self.clock.now();
        let mut state = self.state();
        let updates = steps
            .iter()
            .filter_map(|(status, error)| note(&mut state, message_id, *status, *error, now))
            .collect();
        drop(state);
        self.enqueue(Job::Post(updates));
    }

    /// The person opens the chat.
    pub(super) fn read(&self, phone_number_id: &str, person: &str) {
        let now = self.clock.now();
        let mut state = self.state();
        let wa_id = state.person(person).map_or(person, |person| &person.wa_id).to_owned();
        let unread = |message: &&Message| {
            message.phone_number_id == phone_number_id
                && message.person == wa_id
                && message.direction == Direction::Outbound
                && message.status() == Some(Status::Delivered)
                && !matches!(message.content, Content::Reaction { .. })
        };
        let ids: Vec<String> = state.messages.iter().filter(unread).map(|message| message.id.clone()).collect();
        let updates: Vec<Update> = ids.iter().filter_map(|id| note(&mut state, id, Status::Read, None, now)).collect();
        drop(state);
        if !updates.is_empty() {
            self.enqueue(Job::Post(updates));
        }
    }

    pub(super) fn release(&self) {
        let held = self.held.lock().expect("no panic holds this lock").take();
        self.enqueue(Job::Post(held.unwrap_or_default()));
    }

    async fn post_or_hold(&self, updates: Vec<Update>) {
        let kept = {
            let mut held = self.held.lock().expect("no panic holds this lock");
            match held.as_mut() {
                Some(held) => {
                    held.extend(updates);
                    None
                }
                None => Some(updates),
            }
        };
        if let Some(updates) = kept {
            self.post_all(updates).await;
        }
    }

    async fn post_all(&self, updates: Vec<Update>) {
        let (settings, secret, mut addressed) = {
            let state = self.state();
            let settings = state.config.webhooks.clone();
            let address = |update: Update| Some((callback(&state, &update)?, update));
            let addressed: Vec<(String, Update)> = updates.into_iter().filter_map(address).collect();
            (settings, state.config.app.secret.clone(), addressed)
        };
        settings.order.apply(&mut addressed);
        for one_url in addressed.chunk_by(|(a, _), (b, _)| a == b) {
            for batch in one_url.chunks(settings.batch_max.max(1)) {
                let batched: Vec<Update> = batch.iter().map(|(_, update)| update.clone()).collect();
                let body = webhook::body(&batched);
                let signature = webhook::signature(&secret, &body);
                for _ in 0..settings.copies.max(1) {
                    self.post(&one_url[0].0, &signature, &body, batch.len(), &settings.retry_delays_ms)
                        .await;
                }
            }
        }
    }

    #[expect(
        clippy::disallowed_methods,
        reason = "Meta waits between attempts; tests set the delays to nothing"
    )]
    async fn post(&self, url: &str, signature: &str, body: &[u8], updates: usize, delays_ms: &[u64]) {
        let mut delays_ms = delays_ms.iter();
        loop {
            let status = self.post_once(url, signature, body.to_vec()).await;
            let post = Post {
                url: url.to_owned(),
                updates,
                status,
            };
            self.posts.lock().expect("no panic holds this lock").push(post);
            match delays_ms.next() {
                Some(delay_ms) if status != Some(200) => tokio::time::sleep(Duration::from_millis(*delay_ms)).await,
                _ => return,
            }
        }
    }

    /// The status of the answer; none if there was none.
    pub(super) async fn post_once(&self, url: &str, signature: &str, body: Vec<u8>) -> Option<u16> {
        let request = self.http.post(url).timeout(POST_TIMEOUT).header("content-type", "application/json");
        let response = request.header("x-hub-signature-256", signature).body(body).send().await;
        response.ok().map(|response| response.status().as_u16())
    }
}

/// Where an account's updates go: nowhere unless the app is subscribed to it.
fn callback(state: &State, update: &Update) -> Option<String> {
    let account = state.account(&update.account_id).filter(|account| account.subscribed)?;
    account
        .override_callback
        .clone()
        .or_else(|| state.config.webhooks.callback_url.clone())
}

fn note(state: &mut State, message_id: &str, status: Status, error: Option<u32>, now: Timestamp) -> Option<Update> {
    state.receipt(message_id, status, now, error);
    let message = state.message(message_id)?;
    let (account, number) = state.number(&message.phone_number_id)?;
    let mut what = json!({
        "id": message.id,
        "status": status,
        "timestamp": now.as_second().to_string(),
        "recipient_id": message.person,
    });
    if let Some(user_id) = state.person(&message.person).and_then(|person| person.user_id.as_ref()) {
        what["recipient_user_id"] = json!(user_id);
    }
    if let Some(data) = &message.callback_data {
        what["biz_opaque_callback_data"] = json!(data);
    }
    if matches!(status, Status::Sent | Status::Delivered | Status::Read) {
        what["pricing"] = pricing(message, now);
    }
    if let Some(code) = error {
        what["errors"] = json!([failure(code)]);
    }
    Some(Update {
        account_id: account.id.clone(),
        phone_number_id: number.id.clone(),
        display_phone_number: number.display_phone_number.clone(),
        contact: None,
        what: What::Status(what),
    })
}

/// Since 1 October 2026 messages inside the window are charged like the others.
fn pricing(message: &Message, now: Timestamp) -> Value {
    const CHARGED_SINCE_S: i64 = 1_790_812_800;
    match &message.content {
        Content::Template { category, .. } => {
            json!({"billable": true, "pricing_model": "PMP", "type": "regular", "category": category.to_lowercase()})
        }
        _ if now.as_second() >= CHARGED_SINCE_S => {
            json!({"billable": true, "pricing_model": "PMP", "type": "regular", "category": "service"})
        }
        _ => json!({"billable": false, "pricing_model": "PMP", "type": "free_customer_service", "category": "service"}),
    }
}
