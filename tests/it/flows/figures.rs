//! What one pulse costs at AWS, counted from the requests themselves.

use serde_json::json;

use crate::stage::{Stage, to_phone};
use crate::wire::tally;

/// Per million: DynamoDB on demand, SQS standard (us-east-1, `reference` prices of 2026).
const USD_PER_M_WRITES: f64 = 0.625;
const USD_PER_M_READS: f64 = 0.125;
const USD_PER_M_REQUESTS: f64 = 0.40;

/// What was asked of AWS for one run.
struct Bill {
    writes: f64,
    reads: f64,
    queue_requests: usize,
}

/// A pulse to one phone whose person sees the chart: `sent`, `delivered` and `read` of both its messages, so many updates to a POST at most.
async fn bill(name: &str, updates_per_post: usize) -> Bill {
    let stage = Stage::with(name, |meta| meta.webhooks.batch_max = updates_per_post).await;
    stage.connect().await;
    let pulse = stage.pulse(json!([to_phone()])).await;
    stage.settle().await;
    stage.wire.take_requests();
    stage.meta.hold();
    let run = stage.send(&pulse).await;
    // The API's own reads and writes are a person's doing; its message to `due` is sent by the Scheduler in their place.
    let by_the_scheduler = 1;
    stage.wire.take_requests();
    stage.host.drain().await.expect("drained");
    let chart = stage.sent()[0].clone();
    stage.meta.read(&chart.phone_number_id, &chart.person);
    stage.meta.release();
    stage.settle().await;
    let requests = stage.wire.take_requests();
    assert_eq!(stage.states(&run).await["whatsapp"], "read");
    stage.law(&[&run]).await;

    let sum = |names: &[&str]| {
        requests
            .iter()
            .filter(|request| names.contains(&request.operation.as_str()))
            .map(|request| request.units)
            .sum::<f64>()
    };
    let count = |name: &str| requests.iter().filter(|request| request.operation == name).count();
    let writes = sum(&[
        "DynamoDB.PutItem",
        "DynamoDB.UpdateItem",
        "DynamoDB.BatchWriteItem",
        "DynamoDB.DeleteItem",
    ]);
    let reads = sum(&["DynamoDB.GetItem", "DynamoDB.Query", "DynamoDB.BatchGetItem"]);
    let sends = by_the_scheduler + count("SQS.SendMessage") + count("SQS.SendMessageBatch");
    // Each batch that is handled was received once and deleted once. Empty receives are the poller's, whether anything is sent or not.
    let batches = count("SQS.DeleteMessageBatch");
    let queue_requests = sends + 2 * batches;
    let cost_usd = writes * USD_PER_M_WRITES
        + reads * USD_PER_M_READS
        + f64::from(u32::try_from(queue_requests).unwrap_or(u32::MAX)) * USD_PER_M_REQUESTS;
    println!(
        "one pulse to one phone, {updates_per_post} updates to a POST: {writes} write units, {reads} read units, {queue_requests} queue requests: USD {cost_usd:.2} per million pulses"
    );
    for (operation, (times, units)) in tally(&requests) {
        println!("  {operation:<28} {times:>3} x, {units:>4} units");
    }
    Bill {
        writes,
        reads,
        queue_requests,
    }
}

#[tokio::test]
async fn a_pulse_to_one_phone_with_its_statuses_stays_within_its_units() {
    let together = bill("units-together", 1_000).await;
    assert!(together.writes <= 20.0, "{} write units", together.writes);
    assert!(together.reads <= 20.0, "{} read units", together.reads);
    assert!(together.queue_requests <= 16, "{} queue requests", together.queue_requests);
    let singly = bill("units-singly", 1).await;
    assert!(singly.writes <= 20.0, "{} write units", singly.writes);
    assert!(singly.reads <= 20.0, "{} read units", singly.reads);
}
