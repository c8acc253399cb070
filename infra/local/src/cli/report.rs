//! What is printed at the end.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::PathBuf;

use domain::delivery::Picture;
use serde_json::Value;

use super::bring_up::Running;
use super::deliver::Delivered;
use super::watch::{deliveries, moment};
use crate::template::workspace_dir;

/// What became of each delivery, and how long each step took.
pub(super) fn report(delivered: &Delivered, pictures: &BTreeMap<String, PathBuf>, up_ms: u64, total_ms: u64) -> String {
    let run = &delivered.run;
    let mut out = format!("\n{}, run {}\n", delivered.name, run["id"].as_str().unwrap_or_default());
    for delivery in deliveries(run) {
        // Writing to a String cannot fail.
        let _ = writeln!(
            out,
            "\n  {:<50} {}",
            delivered.label(delivery),
            delivery["state"].as_str().unwrap_or_default()
        );
        let ids: Vec<&str> = parts(delivery).filter_map(|part| part["provider_id"].as_str()).collect();
        for (name, value) in [
            ("ids", ids.join(", ")),
            ("chart", picture(delivery, pictures)),
            ("why", why(delivery)),
        ] {
            if !value.is_empty() {
                let _ = writeln!(out, "    {name:<6} {value}");
            }
        }
    }
    let _ = writeln!(out, "\n  after due     {}", steps(delivered).join(" · "));
    let _ = writeln!(
        out,
        "  in all        {:.2} s: {:.2} s to bring everything up, {:.2} s to deliver\n",
        s(total_ms),
        s(up_ms),
        s(total_ms.saturating_sub(up_ms))
    );
    out
}

fn parts(delivery: &Value) -> impl Iterator<Item = &Value> {
    delivery["parts"].as_array().into_iter().flatten()
}

fn picture(delivery: &Value, pictures: &BTreeMap<String, PathBuf>) -> String {
    let picture: Option<Picture> = serde_json::from_value(delivery["picture"].clone()).ok();
    let path = picture.and_then(|picture| pictures.get(picture.slug()));
    path.map(|path| path.strip_prefix(workspace_dir()).unwrap_or(path).display().to_string())
        .unwrap_or_default()
}

fn why(delivery: &Value) -> String {
    delivery["why"]["sentence"].as_str().unwrap_or_default().to_owned()
}

/// `run 9 ms`, `composed 60 ms`, ...: when each step was done. "Told" is when the last provider had said how it ended.
fn steps(delivered: &Delivered) -> Vec<String> {
    let run = &delivered.run;
    let called = |folder: &str| delivered.calls.iter().find(|call| call.folder == folder).map(|call| call.ended_at);
    let first_delivery = deliveries(run).iter().filter_map(|delivery| moment(&delivery["created_at"])).max();
    let ours = [
        ("run", moment(&run["created_at"])),
        ("composed", called("compose-pulse")),
        ("rendered", first_delivery),
    ];
    let mut steps: Vec<String> = ours
        .iter()
        .filter_map(|(name, at)| Some(format!("{name} {} ms", delivered.ms_at((*at)?))))
        .collect();
    for delivery in deliveries(run) {
        let kind = delivery["kind"].as_str().unwrap_or_default();
        if let Some(at) = Delivered::last_call_ended(delivery) {
            steps.push(format!("{kind} accepted {} ms", delivered.ms_at(at)));
        }
    }
    steps.push(format!("all told {} ms", delivered.ms_at(delivered.ended_at)));
    steps
}

fn s(ms: u64) -> f64 {
    std::time::Duration::from_millis(ms).as_secs_f64()
}

/// Where everything is, and what to try.
pub(super) fn addresses(running: &Running) -> String {
    let (url, key) = (&running.host.url, &running.secrets.api_key);
    format!(
        "  Outbox   {url}/outbox
  API      {url}/v1/   described by {url}/openapi.json
  Key      {key}

  Try      curl -H 'Authorization: Bearer {key}' {url}/v1/pulses
           curl -X POST -H 'Authorization: Bearer {key}' {url}/v1/pulses/us-jobs/send

  Schedules fire until Ctrl-C. State stays in .local/; --fresh begins anew.
"
    )
}
