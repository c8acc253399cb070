//! A pulse file, delivered through the API, and watched until nothing more will happen.

use std::collections::BTreeMap;
use std::path::PathBuf;

use domain::delivery::Picture;
use domain::ids::{OrgId, RunId};
use domain::link::{FileLink, RunFile};
use jiff::{SignedDuration, Timestamp};
use reqwest::Method;
use runtime::Clock;
use serde_json::{Value, json};

use super::bring_up::Running;
use super::kept::{dir, unwritable};
use super::watch::{deliveries, destination_of, fallback_of, is_out, moment, watch};
use super::{Failure, progress};
use crate::host::Call;
use crate::pulse_file::{Filled, PulseFile, ServiceAccount};

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

/// Uploads, writes and sends it, and waits for the end.
pub(super) async fn deliver(running: &Running, file: &PulseFile, when: Write) -> Result<Delivered, Failure> {
    let api = &running.api;
    for name in &file.extras.receivers {
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
    let (api, extras) = (&running.api, &file.extras);
    let mut filled = Filled {
        receivers: extras
            .receivers
            .iter()
            .map(|name| (name.clone(), running.receiver.url(name)))
            .collect(),
        secret: Some(running.secrets.webhook_secret.clone()),
        ..Filled::default()
    };
    if let Some(data) = &extras.data {
        filled.upload = Some(api.upload(data.bytes.clone()).await?);
    }
    if let Some(ServiceAccount(key)) = &extras.service_account {
        let claim = json!({ "name": "Google, by the pulse file's key", "account": { "google": { "service_account": key } } });
        let connection = api.send(Method::POST, "/v1/connections", &claim).await?;
        filled.connection = connection["id"].as_str().map(str::to_owned);
    }
    let mut body = file.request(&filled);
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
        let link = FileLink::new(org.clone(), run.clone(), RunFile::Picture(picture), Clock::system().now());
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
