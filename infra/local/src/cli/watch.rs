//! How a run stands, asked of the API until nothing more will happen.

use std::time::Duration;

use jiff::Timestamp;
use runtime::Clock;
use serde_json::Value;

use super::Failure;
use super::bring_up::Running;

/// How long a run may take until every provider has taken its part.
const TAKEN_WITHIN: Duration = Duration::from_secs(60);
/// How much longer "delivered" is waited for.
const DELIVERED_WITHIN: Duration = Duration::from_secs(5);
/// The API is asked again after each call of a function, and this often where there is none.
const ASK_EVERY: Duration = Duration::from_millis(500);

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

/// Waits until nothing more will happen to a run with so many destinations, or long enough; gives it as the API has it.
pub(super) async fn watch(running: &Running, run_id: &str, expected: usize) -> Result<Value, Failure> {
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
        let standing = seen.as_ref().map_or(Standing::Underway, |run| standing(run, expected));
        let patience = match standing {
            Standing::Underway => TAKEN_WITHIN,
            Standing::Taken => *taken_after.get_or_insert(elapsed) + DELIVERED_WITHIN,
            Standing::Ended => Duration::ZERO,
        };
        if elapsed >= patience {
            return seen
                .ok_or_else(|| Failure::new("no run began within a minute of sending the pulse; LOG_LEVEL=info shows what happens"));
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
pub(super) fn fallback_of<'a>(run: &'a Value, delivery: &Value) -> Option<&'a Value> {
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

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    /// A run whose deliveries stand so: state, id of its fallback, for whom it stands in.
    fn run(deliveries: &[(&str, Option<&str>, Option<&str>)]) -> Value {
        let delivery = |(index, (state, fallback, fallback_of)): (usize, &(&str, Option<&str>, Option<&str>))| json!({ "id": format!("p~20261120T090000Z~{index}"), "state": state, "fallback": fallback, "fallback_of": fallback_of });
        json!({ "state": { "state": "started" }, "deliveries": deliveries.iter().enumerate().map(delivery).collect::<Vec<_>>() })
    }

    #[test]
    fn a_run_ends_when_its_slowest_delivery_does() {
        use Standing::{Ended, Taken, Underway};
        for (deliveries, expected) in [
            (&[][..], Underway),
            (&[("delivered", None, None)], Underway),
            (&[("delivered", None, None), ("sending", None, None)], Underway),
            (&[("delivered", None, None), ("retrying", None, None)], Underway),
            (&[("delivered", None, None), ("accepted", None, None)], Taken),
            (&[("sent", None, None), ("read", None, None)], Taken),
            (&[("delivered", None, None), ("read", None, None)], Ended),
            (&[("delivered", None, None), ("failed", None, None)], Ended),
            (&[("delivered", None, None), ("awaiting_window", None, None)], Ended),
            (&[("delivered", None, None), ("failed", Some("2"), None)], Underway),
            (
                &[("delivered", None, None), ("failed", Some("2"), None), ("queued", None, Some("1"))],
                Underway,
            ),
            (
                &[
                    ("delivered", None, None),
                    ("failed", Some("2"), None),
                    ("delivered", None, Some("1")),
                ],
                Ended,
            ),
        ] {
            assert_eq!(standing(&run(deliveries), 2), expected, "{deliveries:?}");
        }
        assert_eq!(
            standing(&json!({ "state": { "state": "skipped", "reason": "Saturday" } }), 2),
            Ended
        );
    }
}
