//! What one pulse costs at AWS, counted from the requests themselves.

use serde_json::json;

use crate::stage::{Stage, to_phone};
use crate::wire::tally;

/// Per million: DynamoDB on demand, SQS standard (us-east-1, `reference` prices of 2026).
const USD_PER_M_WRITES: f64 = 0.625;
const USD_PER_M_READS: f64 = 0.125;
const USD_PER_M_REQUESTS: f64 = 0.40;

#[tokio::test]
async fn a_pulse_to_one_phone_with_three_statuses_stays_within_its_units() {
    let stage = Stage::start("units").await;
    stage.connect().await;
    let pulse = stage.pulse(json!([to_phone()])).await;
    stage.settle().await;
    stage.wire.take_requests();
    // The statuses of both messages come as Meta sends them when the phone is on: `sent`, `delivered`, `read`, together.
    stage.meta.hold();
    let run = stage.send(&pulse).await;
    let api: Vec<_> = stage.wire.take_requests();
    stage.host.drain().await.expect("drained");
    for message in stage.sent().iter().take(1) {
        stage.meta.read(&message.phone_number_id, &message.person);
    }
    stage.meta.release();
    stage.settle().await;
    let requests = stage.wire.take_requests();
    assert_eq!(stage.states(&run).await["whatsapp"], "read");

    let sum = |names: &[&str]| requests.iter().filter(|request| names.contains(&request.operation.as_str())).map(|request| request.units).sum::<f64>();
    let writes = sum(&["DynamoDB.PutItem", "DynamoDB.UpdateItem", "DynamoDB.BatchWriteItem", "DynamoDB.DeleteItem"]);
    let reads = sum(&["DynamoDB.GetItem", "DynamoDB.Query", "DynamoDB.BatchGetItem"]);
    let count = |name: &str| requests.iter().chain(&api).filter(|request| request.operation == name).count();
    let deliveries_of_messages = stage.host.calls().len();
    let sends = count("SQS.SendMessage") + count("SQS.SendMessageBatch");
    let deletes = count("SQS.DeleteMessage") + count("SQS.DeleteMessageBatch");
    // An empty receive is the poller's, whatever is sent: one that brought something is the pulse's.
    let queue_requests = sends + deletes + deletes;
    let usd = writes * USD_PER_M_WRITES + reads * USD_PER_M_READS + f64::from(u32::try_from(queue_requests).unwrap_or(u32::MAX)) * USD_PER_M_REQUESTS;
    println!("one pulse, one phone, statuses of both messages in one POST: {writes} write units, {reads} read units, {queue_requests} queue requests; USD {usd:.2} per million pulses (DynamoDB and SQS)");
    for (operation, (times, units)) in tally(&requests) {
        println!("  {operation:<28} {times:>3} x {units:>6} units");
    }
    println!("  batches handled: {deliveries_of_messages}");
    assert!(writes <= 20.0, "{writes} write units");
    assert!(reads <= 20.0, "{reads} read units");
    assert!(queue_requests <= 16, "{queue_requests} queue requests");
    stage.law(&[&run]).await;
}
