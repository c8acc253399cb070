//! The questions asked before a number is connected.

use serde_json::{Value, json};

use super::bench::{Bench, Callback, VERIFY_TOKEN, answer, code};
use crate::simulators::whatsapp::config::{DEMO_ACCOUNT_ID, DEMO_APP_ID, DEMO_APP_SECRET, DEMO_PHONE_NUMBER_ID, DEMO_TOKEN};

#[tokio::test]
async fn a_token_is_described_to_the_app_and_to_itself() {
    let bench = Bench::new().await;
    let ask = async |caller: &str, input: &str| {
        let request = bench.http.get(bench.url("debug_token")).query(&[("input_token", input)]);
        answer(request.bearer_auth(caller)).await
    };
    let app_token = format!("{DEMO_APP_ID}|{DEMO_APP_SECRET}");
    for caller in [app_token.as_str(), DEMO_TOKEN] {
        let (status, body) = ask(caller, DEMO_TOKEN).await;
        assert_eq!(
            (status, &body["data"]["app_id"], &body["data"]["is_valid"]),
            (200, &json!(DEMO_APP_ID), &json!(true))
        );
        assert_eq!(
            body["data"]["granular_scopes"][1],
            json!({"scope": "whatsapp_business_management", "target_ids": [DEMO_ACCOUNT_ID]})
        );
    }
    let (_, unknown) = ask(&app_token, "nonsense").await;
    assert_eq!(
        (&unknown["data"]["is_valid"], &unknown["data"]["error"]["code"]),
        (&json!(false), &json!(190))
    );
    assert_eq!(code(&ask("nonsense", DEMO_TOKEN).await), (401, 190));
    assert_eq!(code(&bench.get("debug_token").await), (400, 100));
    bench.sim.configure(|config| config.tokens[0].valid = false);
    let (_, revoked) = ask(&app_token, DEMO_TOKEN).await;
    assert_eq!(
        (&revoked["data"]["is_valid"], &revoked["data"]["error"]["code"]),
        (&json!(false), &json!(190))
    );
}

#[tokio::test]
async fn numbers_and_accounts_show_the_fields_asked_for() {
    let bench = Bench::new().await;
    let (_, number) = bench
        .get(&format!("{DEMO_PHONE_NUMBER_ID}?fields=display_phone_number,status,quality_rating"))
        .await;
    assert_eq!(
        number,
        json!({"display_phone_number": "+1 555-010-0100", "status": "CONNECTED", "quality_rating": "GREEN", "id": DEMO_PHONE_NUMBER_ID})
    );
    let (_, account) = bench.get(&format!("{DEMO_ACCOUNT_ID}?fields=name,health_status")).await;
    assert_eq!(
        (&account["name"], &account["health_status"]["can_send_message"]),
        (&json!("Chartcastr demo"), &json!("AVAILABLE"))
    );
    let (_, numbers) = bench
        .get(&format!(
            "{DEMO_ACCOUNT_ID}/phone_numbers?fields=id,whatsapp_business_manager_messaging_limit"
        ))
        .await;
    assert_eq!(
        numbers["data"],
        json!([{"id": DEMO_PHONE_NUMBER_ID, "whatsapp_business_manager_messaging_limit": "TIER_250"}])
    );

    let wrong = bench.get(&format!("{DEMO_PHONE_NUMBER_ID}?fields=mood")).await;
    assert_eq!(code(&wrong), (400, 100));
    assert!(
        wrong.1["error"]["message"]
            .as_str()
            .is_some_and(|words| words.contains("nonexisting field (mood)")),
        "{}",
        wrong.1
    );
    for unknown in ["999", "999/phone_numbers", "999?fields=id"] {
        let missing = bench.get(unknown).await;
        assert_eq!(code(&missing), (400, 100));
        assert_eq!(
            (&missing.1["error"]["type"], &missing.1["error"]["error_subcode"]),
            (&json!("GraphMethodException"), &json!(33))
        );
    }
    bench.sim.configure(|config| config.tokens[0].accounts.clear());
    for own in [
        DEMO_PHONE_NUMBER_ID.to_owned(),
        DEMO_ACCOUNT_ID.to_owned(),
        format!("{DEMO_ACCOUNT_ID}/phone_numbers"),
    ] {
        assert_eq!(code(&bench.get(&own).await), (403, 200), "{own}");
    }
}

#[tokio::test]
async fn an_app_is_subscribed_and_unsubscribed() {
    let bench = Bench::with(|config| config.accounts[0].subscribed = false).await;
    let path = format!("{DEMO_ACCOUNT_ID}/subscribed_apps");
    let apps = async || bench.get(&path).await.1["data"].as_array().expect("a list").len();
    assert_eq!(apps().await, 0);
    bench.send_text("unheard").await;
    assert_eq!(bench.updates().await, Vec::<Value>::new());

    assert_eq!(answer(bench.post(&path)).await, (200, json!({"success": true})));
    assert_eq!(apps().await, 1);
    bench.send_text("heard").await;
    assert_eq!(bench.updates().await.len(), 2);

    let own = Callback::start().await;
    let subscribe = |token: &str| {
        bench
            .post(&path)
            .json(&json!({"override_callback_uri": own.url(), "verify_token": token}))
    };
    assert_eq!(code(&answer(subscribe("wrong")).await), (400, 2200));
    assert_eq!(answer(subscribe(VERIFY_TOKEN)).await.0, 200);
    bench.send_text("elsewhere").await;
    bench.sim.settled().await;
    assert_eq!((bench.callback.updates().len(), own.updates().len()), (2, 2));

    let unsubscribe = bench.http.delete(bench.url(&path)).bearer_auth(DEMO_TOKEN);
    assert_eq!(answer(unsubscribe).await.0, 200);
    assert_eq!(apps().await, 0);
}
