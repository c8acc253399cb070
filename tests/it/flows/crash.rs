//! The process dies: after each single thing that it wrote, and for good.

use std::time::Duration;

use crate::stage::{Stage, both};

const FOLDERS: [&str; 6] = [
    "trigger-pulse",
    "compose-pulse",
    "render-chart",
    "send-whatsapp",
    "send-webhook",
    "process-inbound",
];

/// Works like [`Stage::settle`], but whoever is at work when the wire says so is dead: its future is dropped where it stands.
pub async fn settle_mortal(stage: &Stage) -> bool {
    let mut died = false;
    loop {
        let mut worked = 0;
        for folder in FOLDERS {
            let received = stage.host.receive(folder).await.expect("a batch");
            worked += received.len();
            if received.is_empty() {
                continue;
            }
            tokio::select! {
                biased;
                () = stage.wire.died() => died = true,
                response = stage.host.handle(&received) => {
                    let response = response.expect("the function answers");
                    stage.host.settle(&received, &response).await.expect("settled");
                    continue;
                }
            }
            // The queue hands the batch to somebody else once the visibility timeout is over; by then no lease is left.
            stage.wire.live();
            stage.meta.settled().await;
            stage.clock.advance(Duration::from_secs(360));
            stage.host.show_again(&received).await.expect("shown");
        }
        stage.meta.settled().await;
        if worked == 0 {
            return died;
        }
    }
}

#[tokio::test]
async fn a_process_that_dies_after_any_write_neither_loses_nor_doubles() {
    let stage = Stage::start("crash").await;
    stage.connect().await;
    let pulse = stage.pulse(both(&stage.receiver)).await;
    let mut runs = Vec::new();
    for write in 1.. {
        let run = stage.send(&pulse).await;
        stage.wire.die_after(write);
        let died = settle_mortal(&stage).await;
        let unused = stage.wire.live();
        stage.settle().await;
        for _ in 0..3 {
            stage.wait(Duration::from_secs(121)).await;
        }
        let states = stage.states(&run).await;
        assert_eq!(
            (states["whatsapp"].as_str(), states["webhook"].as_str()),
            ("delivered", "delivered"),
            "died after write {write}: {:#}",
            stage.run(&run).await
        );
        runs.push(run);
        if unused || !died {
            assert!(write > 12, "a flow writes more than {write} times");
            break;
        }
    }
    stage.law(&runs.iter().map(String::as_str).collect::<Vec<_>>()).await;
}

#[tokio::test]
async fn a_message_that_nobody_can_read_ends_among_the_dead() {
    let stage = Stage::start("poison").await;
    stage.connect().await;
    let pulse = stage.pulse(both(&stage.receiver)).await;
    stage.enqueue("DueQueue", "{\"org_id\": \"default\", \"pulse_id\":").await;
    let run = stage.send(&pulse).await;
    stage.settle().await;
    assert_eq!(stage.states(&run).await["whatsapp"], "delivered", "its neighbours go on");
    for _ in 0..10 {
        stage.wait(Duration::from_secs(1)).await;
    }
    assert_eq!(stage.host.dead_letters("trigger-pulse").await.expect("looked at").len(), 1);
    stage.law_with_dead_letters(&[&run], 1).await;
}
