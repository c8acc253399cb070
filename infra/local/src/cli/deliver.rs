//! A pulse file, delivered through the API, and watched until nothing more will happen.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::Duration;

use domain::delivery::Picture;
use domain::ids::{OrgId, RunId};
use domain::link::PictureLink;
use jiff::{SignedDuration, Timestamp};
use reqwest::Method;
use runtime::Clock;
use serde_json::{Value, json};

use super::bring_up::Running;
use super::kept::{dir, unwritable};
use super::{Failure, progress};
use crate::host::Call;
use crate::pulse_file::PulseFile;

/// How long a run may take until every provider has taken its part.
const TAKEN_WITHIN: Duration = Duration::from_secs(60);
/// How much longer "delivered" is waited for.
const DELIVERED_WITHIN: Duration = Duration::from_secs(5);
/// The API is asked again after each call of a function, and this often where there is none.
const ASK_EVERY: Duration = Duration::from_millis(500);
/// The organisation of the key that `BOOTSTRAP_KEY_SHA256` names.
const ORG: &str = "default";

/// What became of a run.
#[derive(Debug)]
pub(super) struct Delivered {
    pub name: String,
    /// As the API has it.
    pub run: Value,
    /// Destinations as the API has them, by id.
    pub destinations: BTreeMap<String, Value>,
    /// The functions' calls since it was due.
    pub calls: Vec<Call>,
    pub due_at: Timestamp,
    pub ended_at: Timestamp,
}

/// When the pulse is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Write {
    Always,
    /// Not if there is one under the file's id.
    IfMissing,
}

/// How a run stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Standing {
    /// Something is still to come.
    Underway,
    /// Every provider has what is meant for it; some have not said "delivered" yet.
    Taken,
    /// Nothing more will happen by itself.
    Ended,
}

/// Uploads, writes and sends it, and waits for the end.
pub(super) async fn deliver(running: &Running, file: &PulseFile, when: Write) -> Result<Delivered, Failure> {
    let api = &running.api;
    for name in &file.receivers {
        running.receiver.open(name, &[&running.secrets.webhook_secret]);
    }
    let there = match (when, file.id()) {
        (Write::IfMissing, Some(id)) => api.get(&format!("/v1/pulses/{id}")).await.ok(),
        _ => None,
    };
    let pulse = match there {
        Some(pulse) => pulse,
        None => write(running, file).await?,
    };
    let id = pulse["id"].as_str().unwrap_or_default();
    let sent = api.send(Method::POST, &format!("/v1/pulses/{id}/send"), &json!({})).await?;
    let run_id = sent["run"].as_str().unwrap_or_default();
    progress(&format!("sending {}", pulse["name"].as_str().unwrap_or(id)));

    let expected = pulse["destinations"].as_array().map_or(0, Vec::len);
    let run = watch(running, run_id, expected).await?;
    let ended_at = Clock::system().now();
    let mut destinations = BTreeMap::new();
    for delivery in deliveries(&run) {
        let id = destination_of(delivery).to_owned();
        let destination = api.get(&format!("/v1/destinations/{id}")).await.unwrap_or_default();
        destinations.insert(id, destination);
    }
    let due_at = moment(&run["scheduled_for"]).unwrap_or_default();
    let calls = running.host.calls().into_iter().filter(|call| call.ended_at >= due_at).collect();
    Ok(Delivered {
        name: pulse["name"].as_str().unwrap_or(id).to_owned(),
        run,
        destinations,
        calls,
        due_at,
        ended_at,
    })
}

/// Writes the pulse, and first what it reads.
async fn write(running: &Running, file: &PulseFile) -> Result<Value, Failure> {
    let api = &running.api;
    let upload = match &file.data {
        Some(data) => Some(api.upload(data.bytes.clone()).await?),
        None => None,
    };
    let mut body = file.request(upload.as_deref(), |name| {
        (running.receiver.url(name), Some(running.secrets.webhook_secret.clone()))
    });
    body["send_first"] = json!(false);
    let written = match file.id() {
        Some(id) => api.send(Method::PUT, &format!("/v1/pulses/{id}"), &body).await,
        None => api.send(Method::POST, "/v1/pulses", &body).await,
    };
    written.map_err(|refusal| match refusal.status {
        400 | 409 | 422 => Failure::from(file.refused(&refusal.problem)),
        _ => refusal.into(),
    })
}

async fn watch(running: &Running, run_id: &str, expected: usize) -> Result<Value, Failure> {
    let mut calls_ended = running.host.calls_ended();
    let waiting = Clock::system().stopwatch();
    let mut taken_after = None;
    loop {
        let seen = match running.api.get(&format!("/v1/runs/{run_id}")).await {
            Ok(run) => Some(run),
            Err(refusal) if refusal.status == 404 => None,
            Err(refusal) => return Err(refusal.into()),
        };
        let elapsed = waiting.elapsed();
        match (seen.as_ref().map_or(Standing::Underway, |run| standing(run, expected)), seen) {
            (Standing::Ended, Some(run)) => return Ok(run),
            (Standing::Taken, Some(run)) => {
                if elapsed > *taken_after.get_or_insert(elapsed) + DELIVERED_WITHIN {
                    return Ok(run);
                }
            }
            (_, seen) if elapsed > TAKEN_WITHIN => {
                return seen.ok_or_else(|| {
                    Failure::new("the pulse was sent, but no run began within a minute; LOG_LEVEL=info shows what happens")
                });
            }
            _ => {}
        }
        // Either is a reason to ask again.
        drop(tokio::time::timeout(ASK_EVERY, calls_ended.changed()).await);
    }
}

/// How a run with so many destinations stands.
pub(super) fn standing(run: &Value, expected: usize) -> Standing {
    if run["state"]["state"] != "started" {
        return Standing::Ended;
    }
    let deliveries = deliveries(run);
    let originals = deliveries.iter().filter(|delivery| delivery["fallback_of"].is_null()).count();
    if originals < expected {
        return Standing::Underway;
    }
    let each = |delivery: &Value| match delivery["state"].as_str().unwrap_or_default() {
        "delivered" | "read" | "awaiting_window" | "held" => Standing::Ended,
        "accepted" | "sent" => Standing::Taken,
        "failed" | "expired" if delivery["fallback"].is_null() || fallback_of(run, delivery).is_some() => Standing::Ended,
        _ => Standing::Underway,
    };
    let all: Vec<Standing> = deliveries.iter().map(each).collect();
    [Standing::Underway, Standing::Taken]
        .into_iter()
        .find(|standing| all.contains(standing))
        .unwrap_or(Standing::Ended)
}

pub(super) fn deliveries(run: &Value) -> &[Value] {
    run["deliveries"].as_array().map_or(&[], Vec::as_slice)
}

/// The delivery that stands in for this one.
fn fallback_of<'a>(run: &'a Value, delivery: &Value) -> Option<&'a Value> {
    deliveries(run)
        .iter()
        .find(|other| other["fallback_of"].as_str() == Some(destination_of(delivery)))
}

/// A delivery's id is `<run>~<destination>`.
pub(super) fn destination_of(delivery: &Value) -> &str {
    delivery["id"]
        .as_str()
        .and_then(|id| id.rsplit_once('~'))
        .map_or("", |(_, destination)| destination)
}

pub(super) fn is_out(delivery: &Value) -> bool {
    ["accepted", "sent", "delivered", "read"]
        .iter()
        .any(|state| delivery["state"] == *state)
}

pub(super) fn moment(value: &Value) -> Option<Timestamp> {
    value.as_str()?.parse().ok()
}

impl Delivered {
    /// What did not go out, in words.
    pub(super) fn trouble(&self) -> Option<String> {
        let why = |of: &Value| of["why"]["sentence"].as_str().unwrap_or("no reason is known").to_owned();
        let state = if self.run["state"].is_object() {
            &self.run["state"]
        } else {
            &self.run
        };
        match state["state"].as_str() {
            Some("skipped") => return Some(format!("the run was skipped: {}", state["reason"].as_str().unwrap_or_default())),
            Some("failed") => return Some(format!("the run failed: {}", why(state))),
            _ => {}
        }
        let missed = deliveries(&self.run)
            .iter()
            .filter(|delivery| !is_out(delivery) && !fallback_of(&self.run, delivery).is_some_and(is_out));
        let missed: Vec<String> = missed
            .map(|delivery| {
                format!(
                    "{} is {}: {}",
                    self.label(delivery),
                    delivery["state"].as_str().unwrap_or_default(),
                    why(delivery)
                )
            })
            .collect();
        (!missed.is_empty()).then(|| missed.join("\n"))
    }

    /// Where a delivery goes, for people.
    pub(super) fn label(&self, delivery: &Value) -> String {
        let id = destination_of(delivery);
        let address = &self.destinations.get(id).unwrap_or(&Value::Null)["address"];
        let place = address["whatsapp"]["to"]
            .as_str()
            .or(address["webhook"]["url"].as_str())
            .unwrap_or(id);
        format!("{} {place}", delivery["kind"].as_str().unwrap_or_default())
    }

    /// Milliseconds from due until then.
    pub(super) fn ms_at(&self, at: Timestamp) -> i128 {
        at.duration_since(self.due_at).as_millis()
    }

    /// When the delivery's last call to its provider had ended.
    pub(super) fn last_call_ended(delivery: &Value) -> Option<Timestamp> {
        let attempts = delivery["attempts"].as_array()?;
        let ended = |attempt: &Value| {
            let duration_ms = SignedDuration::from_millis(attempt["duration_ms"].as_i64()?);
            moment(&attempt["at"])?.checked_add(duration_ms).ok()
        };
        attempts.iter().filter_map(ended).max()
    }
}

/// Writes the run's pictures to `.local/out/`; gives their paths by name (`square-light`).
pub(super) async fn save_pictures(running: &Running, delivered: &Delivered) -> Result<BTreeMap<String, PathBuf>, Failure> {
    let mut paths = BTreeMap::new();
    let run: Option<RunId> = serde_json::from_value(delivered.run["id"].clone()).ok();
    let (Some(run), Ok(org)) = (run, OrgId::parse(ORG)) else {
        return Ok(paths);
    };
    let out = dir().join("out");
    std::fs::create_dir_all(&out).map_err(|error| unwritable(&out, &error))?;
    for delivery in deliveries(&delivered.run) {
        let Ok(picture) = serde_json::from_value::<Picture>(delivery["picture"].clone()) else {
            continue;
        };
        if paths.contains_key(picture.slug()) {
            continue;
        }
        let link = PictureLink::new(org.clone(), run.clone(), picture, Clock::system().now());
        let png = running
            .api
            .bytes(&link.path(running.secrets.link_signing_secret.as_bytes()))
            .await?;
        let path = out.join(format!("{}-{}.png", run.pulse(), picture.slug()));
        std::fs::write(&path, png).map_err(|error| unwritable(&path, &error))?;
        paths.insert(picture.slug().to_owned(), path);
    }
    Ok(paths)
}
