//! Uploads, their life, and pictures by link.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use axum::Router;
use axum::http::StatusCode;
use axum::routing::get;
use reqwest::multipart::{Form, Part};
use serde_json::json;

use super::bench::{Bench, answer, code, id_of, png};
use crate::simulators::whatsapp::config::{DEMO_PHONE, DEMO_PHONE_NUMBER_ID, DEMO_TOKEN, Number};
use crate::simulators::whatsapp::media_file::check;
use crate::simulators::whatsapp::message::Status;
use crate::simulators::whatsapp::{DOCUMENT_BYTES_MAX, IMAGE_BYTES_MAX};
use crate::simulators::wire;

#[tokio::test]
async fn only_pictures_that_whatsapp_shows_are_taken() {
    let bench = Bench::new().await;
    let mut largest = png(8, 6);
    largest.resize(IMAGE_BYTES_MAX, 0);
    let mut too_large = largest.clone();
    too_large.push(0);
    for (kind, bytes, expected) in [
        ("image/png", png(16, 6), (400, 131053)),
        ("image/png", png(8, 3), (400, 131053)),
        ("image/png", b"<svg/>".to_vec(), (400, 131053)),
        ("image/png", Vec::new(), (400, 131053)),
        ("image/jpeg", png(8, 6), (400, 131053)),
        ("image/svg+xml", b"<svg/>".to_vec(), (400, 131053)),
        ("image/png", too_large, (400, 131053)),
    ] {
        assert_eq!(code(&bench.upload(kind, bytes).await), expected, "{kind}");
    }
    assert_eq!(bench.upload("image/jpeg", vec![0xff, 0xd8, 0xff, 0xe0]).await.0, 200);
    let taken = bench.upload("image/png", largest).await;
    assert!(taken.1["id"].as_str().expect("an id").bytes().all(|byte| byte.is_ascii_digit()));
    assert_eq!(bench.sim.media().len(), 2);
}

#[tokio::test]
async fn documents_are_of_metas_list_and_have_a_plain_name() {
    let bench = Bench::new().await;
    for (kind, bytes, expected) in [
        ("application/pdf", b"<svg/>".to_vec(), (400, 131053)),
        ("application/pdf", Vec::new(), (400, 131053)),
        ("text/csv", b"a,b\r\n".to_vec(), (400, 131053)),
        ("text/plain", vec![0xff, 0xfe], (400, 131053)),
        ("application/zip", b"PK".to_vec(), (400, 131053)),
    ] {
        assert_eq!(code(&bench.upload(kind, bytes).await), expected, "{kind}");
    }
    assert!(check("application/pdf", &vec![b'%'; DOCUMENT_BYTES_MAX + 1]).is_err_and(|why| why.contains("at most 104857600")));
    let media = async |kind: &str, bytes: Vec<u8>| bench.upload(kind, bytes).await.1["id"].as_str().expect("an id").to_owned();
    let pdf = media("application/pdf", b"%PDF-1.7".to_vec()).await;
    let image = media("image/png", png(8, 6)).await;
    let document =
        |fields: serde_json::Value| json!({"messaging_product": "whatsapp", "to": DEMO_PHONE, "type": "document", "document": fields});
    for (fields, expected) in [
        (json!({"filename": "a.pdf"}), (400, 100)),
        (json!({"id": pdf, "link": "https://a.example/a.pdf"}), (400, 100)),
        (json!({"id": pdf, "filename": "../a.pdf"}), (400, 100)),
        (json!({"id": pdf, "filename": ""}), (400, 100)),
        (json!({"id": pdf, "file_name": "a.pdf"}), (400, 100)),
        (json!({"id": pdf, "filename": "x".repeat(241)}), (400, 100)),
    ] {
        assert_eq!(code(&bench.send(&document(fields.clone())).await), expected, "{fields}");
    }
    let sent = bench
        .send(&document(json!({"id": pdf, "filename": "a.pdf", "caption": "*Orders*"})))
        .await;
    assert_eq!(sent.0, 200, "{sent:?}");
    let id = sent.1["messages"][0]["id"].as_str().expect("an id").to_owned();
    assert_eq!(bench.sim.document(&id).expect("the file").1.as_ref(), b"%PDF-1.7");
    let wrong = bench.send(&document(json!({"id": image}))).await;
    let id = wrong.1["messages"][0]["id"].as_str().expect("an id").to_owned();
    bench.sim.settled().await;
    assert_eq!(bench.sim.message(&id).and_then(|message| message.status()), Some(Status::Failed));
}

#[tokio::test]
async fn the_form_is_checked_part_by_part() {
    let bench = Bench::new().await;
    let part = || Part::bytes(png(8, 6)).file_name("chart.png");
    let png_part = || part().mime_str("image/png").expect("a type");
    let product = || Form::new().text("messaging_product", "whatsapp");
    for (form, expected) in [
        (Form::new().text("type", "image/png").part("file", png_part()), (400, 100)),
        (product().part("file", png_part()), (400, 100)),
        (product().text("type", "image/png"), (400, 100)),
        (product().text("type", "image/png").text("file", "chart.png"), (400, 100)),
        (product().text("type", "image/png").part("file", part()), (400, 131053)),
        (product().text("type", "image/jpeg").part("file", png_part()), (400, 131053)),
        (
            product().text("type", "image/png").part("file", png_part()).text("caption", "x"),
            (400, 100),
        ),
        (
            Form::new()
                .text("messaging_product", "sms")
                .text("type", "image/png")
                .part("file", png_part()),
            (400, 100),
        ),
    ] {
        let request = bench.post(&format!("{DEMO_PHONE_NUMBER_ID}/media")).multipart(form);
        assert_eq!(code(&answer(request).await), expected);
    }
    let not_a_form = bench.post(&format!("{DEMO_PHONE_NUMBER_ID}/media")).json(&json!({}));
    assert_eq!(code(&answer(not_a_form).await), (400, 100));
}

#[tokio::test]
async fn an_upload_is_described_downloaded_and_deleted() {
    let bench = Bench::new().await;
    let id = bench.upload("image/png", png(8, 2)).await.1["id"]
        .as_str()
        .expect("an id")
        .to_owned();
    let (_, media) = bench.get(&id).await;
    assert_eq!(
        (&media["mime_type"], &media["file_size"], &media["id"]),
        (&json!("image/png"), &json!(29), &json!(id))
    );
    let url = media["url"].as_str().expect("an address").to_owned();
    let download = async |token: &str| bench.http.get(&url).bearer_auth(token).send().await.expect("an answer");
    assert_eq!(bench.http.get(&url).send().await.expect("an answer").status(), 404, "no token");
    assert_eq!(download(DEMO_TOKEN).await.bytes().await.expect("a body"), png(8, 2));
    bench.clock.advance(Duration::from_secs(301));
    assert_eq!(download(DEMO_TOKEN).await.status(), 404, "five minutes are over");

    assert_eq!(code(&bench.get(&format!("{id}?phone_number_id=1")).await), (400, 100));
    let delete = || bench.http.delete(bench.url(&id)).bearer_auth(DEMO_TOKEN);
    assert_eq!(answer(delete()).await, (200, json!({"success": true})));
    let gone = answer(delete()).await;
    assert_eq!((code(&gone), &gone.1["error"]["error_subcode"]), ((400, 100), &json!(33)));
}

#[tokio::test]
async fn a_media_id_is_of_one_number_and_thirty_days() {
    let bench = Bench::with(|config| config.accounts[0].numbers.push(Number::new("102", "+1 555-010-0102", "Second"))).await;
    let id = bench.upload("image/png", png(8, 2)).await.1["id"].clone();
    let body = json!({"messaging_product": "whatsapp", "to": DEMO_PHONE, "type": "image", "image": {"id": id}});
    let by_the_other = answer(bench.post("102/messages").json(&body)).await;
    assert_eq!(code(&by_the_other), (400, 100));
    id_of(&bench.send(&body).await);
    bench.clock.advance(Duration::from_hours(30 * 24));
    assert_eq!(code(&bench.send(&body).await), (400, 100));
}

#[tokio::test]
async fn a_link_is_fetched_later_and_kept_ten_minutes() {
    let bench = Bench::new().await;
    let fetches = Arc::new(AtomicUsize::new(0));
    let counter = Arc::clone(&fetches);
    let chart = async move || {
        counter.fetch_add(1, Ordering::SeqCst);
        ([("content-type", "image/png")], png(8, 6))
    };
    let router = Router::new()
        .route("/chart.png", get(chart))
        .route("/page", get(async || "<html>"))
        .route("/gone.png", get(async || StatusCode::FORBIDDEN));
    let server = wire::serve(0, router).await.expect("a free port");
    let send = async |path: &str| {
        let link = format!("{}{path}", server.base_url());
        let body = json!({"messaging_product": "whatsapp", "to": DEMO_PHONE, "type": "image", "image": {"link": link}});
        let id = id_of(&bench.send(&body).await);
        bench.sim.settled().await;
        let message = bench.sim.message(&id).expect("kept");
        (id, message.receipts.last().map(|receipt| (receipt.status, receipt.error)))
    };
    let (id, outcome) = send("/chart.png").await;
    assert_eq!(outcome, Some((Status::Delivered, None)));
    assert!(bench.sim.picture(&id).is_some());
    send("/chart.png").await;
    assert_eq!(fetches.load(Ordering::SeqCst), 1, "the exact address is remembered");
    bench.clock.advance(Duration::from_secs(601));
    send("/chart.png").await;
    assert_eq!(fetches.load(Ordering::SeqCst), 2);
    for broken in ["/page", "/gone.png", "/missing.png"] {
        assert_eq!(send(broken).await.1, Some((Status::Failed, Some(131053))), "{broken}");
    }
}
