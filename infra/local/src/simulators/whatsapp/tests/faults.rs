//! Misbehaviour on request. What matters is what the product sees and whether a message exists all the same.

use serde_json::json;

use super::bench::{Bench, code, id_of, png, text};
use crate::simulators::fault::Fault;
use crate::simulators::whatsapp::config::{DEMO_PHONE_NUMBER_ID, DEMO_TOKEN};
use crate::simulators::whatsapp::{Answer, Endpoint};

#[tokio::test]
async fn error_objects_come_as_often_as_ordered() {
    let bench = Bench::new().await;
    bench.sim.fault(Endpoint::Messages, Fault::Answer(Answer::too_many_requests(7)), 2);
    bench.sim.fault(Endpoint::Messages, Fault::Answer(Answer::error(131000)), 1);
    bench.sim.fault(Endpoint::Messages, Fault::Answer(Answer::error(190)), 1);
    bench.sim.fault(Endpoint::Upload, Fault::Answer(Answer::error(131053)), 1);
    for _ in 0..2 {
        let response = bench
            .post(&format!("{DEMO_PHONE_NUMBER_ID}/messages"))
            .json(&text("x"))
            .send()
            .await
            .expect("an answer");
        assert_eq!(
            (response.status().as_u16(), response.headers()["retry-after"].as_bytes()),
            (429, &b"7"[..])
        );
        assert_eq!(response.json::<serde_json::Value>().await.expect("JSON")["error"]["code"], 130429);
    }
    let failed = bench.send(&text("x")).await;
    assert_eq!(code(&failed), (500, 131000));
    assert_eq!(failed.1["error"]["message"], "(#131000) Something went wrong");
    assert_eq!(failed.1["error"]["error_data"]["messaging_product"], "whatsapp");
    assert_eq!(code(&bench.send(&text("x")).await), (401, 190));
    assert_eq!(code(&bench.upload("image/png", png(8, 2)).await), (400, 131053));
    assert_eq!(bench.sim.messages(), []);
    id_of(&bench.send(&text("x")).await);
    assert_eq!((bench.sim.messages().len(), bench.sim.faults().waiting()), (1, 0));
}

#[tokio::test]
async fn accepted_then_failed() {
    let bench = Bench::new().await;
    for code in [131047, 131026, 131053] {
        bench.sim.fault(Endpoint::Messages, Fault::Answer(Answer::FailLater { code }), 1);
        let id = bench.send_text("x").await;
        let update = bench.updates().await.pop().expect("one");
        assert_eq!(
            (&update["id"], &update["status"], &update["errors"][0]["code"]),
            (&json!(id), &json!("failed"), &json!(code))
        );
    }
}

#[tokio::test]
async fn a_reset_may_or_may_not_have_sent_the_message() {
    let bench = Bench::new().await;
    let send = || bench.post(&format!("{DEMO_PHONE_NUMBER_ID}/messages")).json(&text("x")).send();
    bench.sim.fault(Endpoint::Messages, Fault::Reset { accepted: false }, 1);
    let broken = send().await.expect_err("no answer");
    assert!(broken.is_request() && !broken.is_timeout() && !broken.is_connect(), "{broken:?}");
    assert_eq!(bench.sim.messages(), []);

    bench.sim.fault(Endpoint::Messages, Fault::Reset { accepted: true }, 1);
    assert!(send().await.is_err());
    assert_eq!(bench.sim.messages().len(), 1);
    assert_eq!(bench.updates().await.len(), 2, "its statuses come all the same");
    id_of(&bench.send(&text("and the next one is well")).await);
}

#[tokio::test]
async fn a_hang_ends_when_released() {
    let bench = Bench::new().await;
    bench.sim.fault(Endpoint::Messages, Fault::Hang { accepted: true }, 1);
    bench.sim.fault(Endpoint::Messages, Fault::Hang { accepted: false }, 1);
    for accepted in [true, false] {
        let request = bench.post(&format!("{DEMO_PHONE_NUMBER_ID}/messages")).json(&text("x"));
        let sending = tokio::spawn(request.send());
        bench.sim.faults().hanging().await;
        assert_eq!(
            bench.sim.messages().len(),
            1,
            "the first one is in already, the second one will never be"
        );
        assert!(!sending.is_finished());
        bench.sim.faults().release();
        assert_eq!(sending.await.expect("no panic").is_ok(), accepted);
    }
    assert_eq!(bench.sim.messages().len(), 1);
}

#[tokio::test]
async fn slow_is_late_but_right_and_faults_can_be_forgotten() {
    let bench = Bench::new().await;
    bench.sim.fault(Endpoint::Messages, Fault::Slow { ms: 1 }, 1);
    bench.sim.fault(Endpoint::Messages, Fault::Answer(Answer::error(1)), 100);
    id_of(&bench.send(&text("x")).await);
    bench.sim.faults().clear();
    id_of(&bench.send(&text("x")).await);
    bench
        .sim
        .configure(|config| config.tokens.iter_mut().for_each(|token| token.valid = token.value != DEMO_TOKEN));
    assert_eq!(code(&bench.send(&text("x")).await), (401, 190), "a revoked token");
}
