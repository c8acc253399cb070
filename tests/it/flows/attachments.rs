//! A chart with its PDF and its data: each file arrives once, fails alone, and opens only behind its own link.

use std::time::Duration;

use local::simulators::fault::Fault;
use local::simulators::whatsapp::message::{Content, Message, Source};
use local::simulators::whatsapp::{Answer, Endpoint};
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::flows::crash::settle_mortal;
use crate::stage::{HOOK, PHONE, ROWS, SIGNING_SECRET, Stage, both, pulse_spec, to_phone};

/// A pulse that sends its PDF and its data along.
async fn pulse(stage: &Stage, destinations: Value) -> String {
    let mut spec = pulse_spec(&stage.upload(ROWS).await);
    spec["destinations"] = destinations;
    spec["message"] = json!({"attachments": ["data", "pdf"]});
    let made = stage.ok(Method::POST, "/v1/pulses", Some(spec)).await;
    made["id"].as_str().expect("an id").to_owned()
}

async fn delivery(stage: &Stage, run: &str, kind: &str) -> Value {
    let shown = stage.run(run).await;
    let mut deliveries = shown["deliveries"].as_array().expect("deliveries").iter();
    deliveries.find(|one| one["kind"] == kind).expect("a delivery").clone()
}

/// How far each part has come, in the order of sending.
fn parts(delivery: &Value) -> Vec<(&str, &str)> {
    let parts = delivery["parts"].as_array().expect("parts").iter();
    parts
        .map(|part| {
            (
                part["name"].as_str().expect("a name"),
                part["progress"].as_str().expect("a progress"),
            )
        })
        .collect()
}

fn documents(stage: &Stage) -> Vec<(Message, String)> {
    let name = |message: Message| match &message.content {
        Content::Document { file_name, .. } => {
            let name = file_name.clone().expect("a name");
            Some((message, name))
        }
        _ => None,
    };
    stage.sent().into_iter().filter_map(name).collect()
}

/// What [`ROWS`] are as a spreadsheet takes them.
fn csv() -> String {
    let rows = ROWS.lines().skip(1).map(|row| row.replacen(',', "-01,", 1));
    format!("\u{feff}month,orders\r\n{}\r\n", rows.collect::<Vec<_>>().join("\r\n"))
}

#[tokio::test]
async fn a_phone_gets_both_files_as_replies_to_the_chart() {
    let stage = Stage::start("files").await;
    stage.connect().await;
    let pulse = pulse(&stage, json!([to_phone()])).await;
    let run = stage.send(&pulse).await;
    stage.settle().await;

    let sent = stage.sent();
    assert_eq!(sent.len(), 4, "{sent:#?}");
    let documents = documents(&stage);
    let names: Vec<&str> = documents.iter().map(|(_, name)| name.as_str()).collect();
    assert_eq!(names, ["orders-per-month-2026-11-20.pdf", "orders-per-month-2026-11-20.csv"]);
    for (document, name) in &documents {
        assert_eq!(document.context.as_deref(), Some(sent[0].id.as_str()), "{name} answers the chart");
    }
    let (kind, pdf) = stage.meta.document(&documents[0].0.id).expect("the PDF");
    assert_eq!((kind.as_str(), &pdf[..5]), ("application/pdf", &b"%PDF-"[..]));
    let (kind, data) = stage.meta.document(&documents[1].0.id).expect("the data");
    assert_eq!(kind, "text/plain", "Meta lists no text/csv");
    assert_eq!(String::from_utf8(data.to_vec()).expect("text"), csv());

    let phone = delivery(&stage, &run, "whatsapp").await;
    assert_eq!(phone["state"], "delivered");
    let all = ["image", "analysis", "pdf", "data"].map(|part| (part, "delivered"));
    assert_eq!(parts(&phone), all);
    stage.law(&[&run]).await;
}

#[tokio::test]
async fn files_come_once_when_everything_comes_twice() {
    let stage = Stage::with("files-twice", |meta| meta.webhooks.copies = 2).await;
    stage.connect().await;
    let pulse = pulse(&stage, both(&stage.receiver)).await;
    let run = stage.send(&pulse).await;
    for _ in 0..4 {
        for folder in [
            "trigger-pulse",
            "compose-pulse",
            "render-chart",
            "send-whatsapp",
            "send-webhook",
            "process-inbound",
        ] {
            let received = stage.host.receive(folder).await.expect("a batch");
            if received.is_empty() {
                continue;
            }
            stage.host.handle(&received).await.expect("handled");
            let again = stage.host.handle(&received).await.expect("handled again");
            stage.host.settle(&received, &again).await.expect("settled");
            stage.meta.settled().await;
        }
    }
    stage.settle().await;
    stage.wait(Duration::from_secs(300)).await;
    assert_eq!((stage.sent().len(), stage.receiver.events().len()), (4, 1));
    assert_eq!(stage.states(&run).await["whatsapp"], "delivered");
    stage.law(&[&run]).await;
}

#[tokio::test]
async fn a_process_that_dies_after_any_write_neither_loses_nor_doubles_a_file() {
    let stage = Stage::start("files-crash").await;
    stage.connect().await;
    let pulse = pulse(&stage, json!([to_phone()])).await;
    let mut runs = Vec::new();
    for write in 1.. {
        let run = stage.send(&pulse).await;
        stage.wire.die_after(write);
        let died = settle_mortal(&stage).await;
        let unused = stage.wire.live();
        stage.settle().await;
        for _ in 0..4 {
            stage.wait(Duration::from_secs(121)).await;
        }
        assert_eq!(
            stage.states(&run).await["whatsapp"],
            "delivered",
            "died after write {write}: {:#}",
            stage.run(&run).await
        );
        runs.push(run);
        if unused || !died {
            assert!(write > 16, "a flow with two files writes more than {write} times");
            break;
        }
    }
    assert_eq!(stage.sent().len(), 4 * runs.len());
    stage.law(&runs.iter().map(String::as_str).collect::<Vec<_>>()).await;
}

#[tokio::test]
async fn documents_that_fail_later_fail_alone() {
    let stage = Stage::with("files-131053", |meta| meta.documents_fail = Some(131_053)).await;
    stage.connect().await;
    let pulse = pulse(&stage, json!([to_phone()])).await;
    let run = stage.send(&pulse).await;
    stage.settle().await;
    for wait_s in [11, 61, 301, 1_801, 7_201, 7_201] {
        stage.wait(Duration::from_secs(wait_s)).await;
    }
    let phone = delivery(&stage, &run, "whatsapp").await;
    assert_eq!(
        (&phone["state"], &phone["why"]["code"]),
        (&json!("failed"), &json!("whatsapp.131053")),
        "{phone:#}"
    );
    assert_eq!(
        parts(&phone),
        [
            ("image", "delivered"),
            ("analysis", "delivered"),
            ("pdf", "failed"),
            ("data", "failed")
        ]
    );
    let words = stage
        .sent()
        .into_iter()
        .filter(|message| !matches!(message.content, Content::Document { .. }));
    assert_eq!(words.count(), 2, "what had arrived is not sent again");
    stage.law(&[&run]).await;
}

/// Chart and analysis are taken, the PDF is not.
fn third_message_fails(stage: &Stage, code: u32) {
    stage.meta.fault(Endpoint::Messages, Fault::Slow { ms: 0 }, 2);
    stage.meta.fault(Endpoint::Messages, Fault::Answer(Answer::error(code)), 1);
}

#[tokio::test]
async fn a_document_that_is_refused_at_once_holds_up_nothing() {
    let stage = Stage::with("files-refused", |meta| meta.webhooks.batch_max = 1).await;
    stage.connect().await;
    let pulse = pulse(&stage, json!([to_phone()])).await;
    third_message_fails(&stage, 131_009);
    let run = stage.send(&pulse).await;
    stage.settle().await;
    let phone = delivery(&stage, &run, "whatsapp").await;
    assert_eq!(
        parts(&phone),
        [
            ("image", "delivered"),
            ("analysis", "delivered"),
            ("pdf", "failed"),
            ("data", "delivered")
        ],
        "{phone:#}"
    );
    assert_eq!(
        (&phone["state"], &phone["why"]["code"]),
        (&json!("failed"), &json!("whatsapp.131009"))
    );
    stage.law(&[&run]).await;

    // A server's error is tried again; the data does not wait for it.
    third_message_fails(&stage, 131_000);
    let second = stage.send(&pulse).await;
    stage.settle().await;
    let phone = delivery(&stage, &second, "whatsapp").await;
    assert_eq!(phone["state"], "retrying");
    assert_eq!(parts(&phone)[2..], [("pdf", "failed"), ("data", "delivered")]);
    stage.wait(Duration::from_secs(11)).await;
    let phone = delivery(&stage, &second, "whatsapp").await;
    assert_eq!(phone["state"], "delivered", "{phone:#}");
    assert_eq!(documents(&stage).len(), 3);
    stage.law(&[&run, &second]).await;
}

#[tokio::test]
async fn files_of_a_slow_provider_get_a_run_of_their_own() {
    let stage = Stage::start("files-slow").await;
    stage.connect().await;
    let pulse = pulse(&stage, json!([to_phone()])).await;
    let run = stage.send(&pulse).await;
    let words_take_long = async {
        while stage.sent().len() < 2 {
            tokio::task::yield_now().await;
        }
        stage.clock.advance(Duration::from_secs(30));
    };
    tokio::join!(stage.settle(), words_take_long);
    let phone = delivery(&stage, &run, "whatsapp").await;
    assert_eq!(phone["state"], "delivered", "{phone:#}");
    let attempts = phone["attempts"].as_array().expect("attempts").iter();
    let tries: Vec<_> = attempts
        .filter(|one| one["call"] == "send")
        .map(|one| (one["part"].clone(), one["number"].clone()))
        .collect();
    let expected = [("image", 1), ("analysis", 1), ("pdf", 2), ("data", 2)].map(|(part, number)| (json!(part), json!(number)));
    assert_eq!(tries, expected);
    stage.law(&[&run]).await;
}

#[tokio::test]
async fn an_upload_that_is_not_taken_goes_by_link() {
    let stage = Stage::start("files-link").await;
    stage.connect().await;
    let pulse = pulse(&stage, json!([to_phone()])).await;
    stage.meta.fault(Endpoint::Upload, Fault::Answer(Answer::error(131_053)), 3);
    let run = stage.send(&pulse).await;
    stage.settle().await;
    assert_eq!(delivery(&stage, &run, "whatsapp").await["state"], "delivered");
    for (message, name) in documents(&stage) {
        let Content::Document { document, .. } = &message.content else {
            unreachable!("it is one")
        };
        assert!(matches!(&document.source, Source::Link(_)), "{name}");
        let (kind, _) = stage.meta.document(&message.id).expect("Meta fetched it from our link");
        assert!(["application/pdf", "text/plain"].contains(&kind.as_str()), "{name}: {kind}");
    }
    stage.law(&[&run]).await;
}

#[tokio::test]
async fn a_webhook_gets_links_that_keep_their_promise() {
    let stage = Stage::start("files-webhook").await;
    stage.connect().await;
    let pulse = pulse(&stage, both(&stage.receiver)).await;
    let run = stage.send(&pulse).await;
    stage.settle().await;
    let events = stage.receiver.events();
    assert_eq!(events.len(), 1);
    assert!(events[0].body.len() < 20 * 1024, "{} bytes", events[0].body.len());
    let body: Value = serde_json::from_str(&events[0].body).expect("JSON");
    let listed = body["data"]["attachments"].as_array().expect("the files");
    let kinds: Vec<&str> = listed.iter().filter_map(|file| file["kind"].as_str()).collect();
    assert_eq!(kinds, ["pdf", "data"]);
    for file in listed {
        let kind = file["kind"].as_str().expect("a kind");
        // The receiver holds size, hash and type against the event.
        let (_, taken) = stage
            .receiver
            .attachment(HOOK, &events[0].id, kind)
            .unwrap_or_else(|| panic!("{:#?}", events[0].attachments));
        let sha256: String = Sha256::digest(&taken).iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(file["sha256"], sha256);
        let answer = stage
            .http
            .get(file["url"].as_str().expect("a link"))
            .send()
            .await
            .expect("an answer");
        assert_eq!(answer.headers()["x-content-type-options"], "nosniff");
        let disposition = answer.headers()["content-disposition"].to_str().expect("words");
        let (way, name) = (
            disposition.split(';').next().expect("a way"),
            file["file_name"].as_str().expect("a name"),
        );
        assert_eq!(way, if kind == "pdf" { "inline" } else { "attachment" });
        assert!(disposition.contains(name), "{disposition}");
    }
    stage.law(&[&run]).await;

    let link = listed[1]["url"].as_str().expect("a link").to_owned();
    let status = async |link: String| stage.http.get(link).send().await.expect("an answer").status();
    assert_eq!(
        status(link.replace(".csv", ".pdf")).await,
        StatusCode::NOT_FOUND,
        "one token, one file"
    );
    assert_eq!(status(link.replace(".csv", ".png")).await, StatusCode::NOT_FOUND);
    let (head, signature) = link.rsplit_once('.').and_then(|(rest, _)| rest.rsplit_once('.')).expect("a token");
    let pdf = listed[0]["url"].as_str().expect("a link");
    let (other_head, _) = pdf.rsplit_once('.').and_then(|(rest, _)| rest.rsplit_once('.')).expect("a token");
    assert_ne!(head, other_head);
    assert_eq!(
        status(format!("{other_head}.{signature}.pdf")).await,
        StatusCode::NOT_FOUND,
        "another file's signature"
    );
    stage.clock.advance(Duration::from_secs(30 * 24 * 3_600 + 60));
    assert_eq!(status(link).await, StatusCode::NOT_FOUND, "thirty days later");
}

#[tokio::test]
async fn another_organisations_name_opens_nothing() {
    use domain::attachment::Attachment;
    use domain::ids::{OrgId, RunId};
    use domain::link::{FileLink, RunFile};
    let stage = Stage::start("files-tenants").await;
    stage.connect().await;
    let pulse = pulse(&stage, json!([to_phone()])).await;
    let run = stage.send(&pulse).await;
    stage.settle().await;
    let link = |org: &str, key: &[u8]| {
        let (org, run) = (OrgId::parse(org).expect("an id"), RunId::parse(&run).expect("an id"));
        FileLink::new(org, run, RunFile::Attachment(Attachment::Data), stage.clock.now()).path(key)
    };
    for (path, expected) in [
        (link("default", SIGNING_SECRET.as_bytes()), StatusCode::OK),
        (link("other", SIGNING_SECRET.as_bytes()), StatusCode::NOT_FOUND),
        (link("default", b"a stranger's key"), StatusCode::NOT_FOUND),
    ] {
        let answer = stage.http.get(format!("{}{path}", stage.host.url)).send().await.expect("an answer");
        assert_eq!(answer.status(), expected, "{path}");
    }
}

#[tokio::test]
async fn settings_are_told_in_words() {
    let stage = Stage::start("files-settings").await;
    stage.connect().await;
    let mut spec = pulse_spec(&stage.upload(ROWS).await);
    spec["destinations"] = json!([{"to": {"whatsapp": {"to": PHONE}}}]);
    spec["message"] = json!({"attachments": ["excel"]});
    let (status, problem) = stage.api(Method::POST, "/v1/pulses", Some(spec.clone())).await;
    let words = problem.to_string();
    assert!(
        status.is_client_error() && words.contains("attachments") && words.contains("pdf"),
        "{status} {words}"
    );
    spec["message"] = json!({"attachments": ["pdf", "pdf"]});
    let made = stage.ok(Method::POST, "/v1/pulses", Some(spec)).await;
    assert_eq!(made["message"]["attachments"], json!(["pdf"]), "{made:#}");
}
