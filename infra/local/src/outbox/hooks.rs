//! Webhook endpoints as their owner sees them: the last events, newest first.

use serde_json::{Value, json};

use crate::simulators::webhook_receiver::{Event, WebhookReceiver};

/// How many events of an endpoint are shown.
const EVENTS_SHOWN: usize = 30;

/// Every endpoint with its last events.
pub(super) fn hooks(sim: &WebhookReceiver) -> Vec<Value> {
    let events = sim.events();
    let hook = |name: &String| {
        let own: Vec<&Event> = events.iter().filter(|event| event.endpoint == *name).collect();
        let shown: Vec<Value> = own.iter().rev().take(EVENTS_SHOWN).map(|event| show(event)).collect();
        json!({"name": name, "url": sim.url(name), "total": own.len(), "events": shown})
    };
    sim.names().iter().map(hook).collect()
}

fn show(event: &Event) -> Value {
    let body: Value = serde_json::from_str(&event.body).unwrap_or_else(|_| json!(event.body));
    json!({
        "id": event.id,
        "type": body.get("type"),
        "delivery_id": body.pointer("/data/delivery_id"),
        "verified": event.verified(),
        "body_changed": event.body_changed,
        "attempts": event.attempts,
        "picture": event.picture,
        "attachments": event.attachments,
        "body": body,
    })
}
