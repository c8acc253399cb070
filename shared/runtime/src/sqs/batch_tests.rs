#![expect(clippy::unwrap_used, reason = "tests")]
use super::*;
use crate::sqs::wire::{Note, Sqs, event, note};
use serde_json::json;
use std::io;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use tokio::sync::Barrier;
use tracing_subscriber::fmt::MakeWriter;

fn body(text: &str) -> String {
    serde_json::to_string(&note("a", text)).unwrap()
}

fn ids(response: &SqsBatchResponse) -> Vec<&str> {
    let mut ids: Vec<&str> = response
        .batch_item_failures
        .iter()
        .map(|item| item.item_identifier.as_str())
        .collect();
    ids.sort_unstable();
    ids
}

/// Does what the note says.
async fn obey(note: Note, record: Record) -> Result<Disposition, io::Error> {
    assert_eq!(record.receive_count, 3);
    assert_eq!(record.sent_at, Some("2026-11-20T09:00:00Z".parse().unwrap()));
    match note.text.as_str() {
        "done" => Ok(Disposition::Done),
        "later" => Ok(Disposition::RetryAfter(Duration::from_millis(9_001))),
        "panic" => panic!("planted-panic"),
        "error" => Err(io::Error::other("the table did not answer")),
        other => panic!("{other}"),
    }
}

/// Everything that is logged while it is the default subscriber of the thread.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Log {
    type Writer = Self;
    fn make_writer(&'a self) -> Self {
        self.clone()
    }
}

#[tokio::test]
async fn each_record_has_its_own_end() {
    let log = Log::default();
    let subscriber = tracing_subscriber::fmt()
        .json()
        .flatten_event(true)
        .with_writer(log.clone())
        .finish();
    let _guard = tracing::subscriber::set_default(subscriber);
    let sqs = Sqs::start([]).await;
    let bodies = [
        body("done"),
        body("panic"),
        body("later"),
        r#"{"text":["planted-body"]}"#.into(),
        body("error"),
        body("done"),
    ];

    let response = sqs.batch().run(event(bodies.iter().map(String::as_str)), obey).await.unwrap();

    assert_eq!(ids(&response), ["id-1", "id-2", "id-3", "id-4"]);
    let expected = json!({ "QueueUrl": sqs.queue_url("render"), "ReceiptHandle": "handle-2", "VisibilityTimeout": 10 });
    assert_eq!(sqs.calls(), [("ChangeMessageVisibility".to_owned(), expected)]);
    let log = String::from_utf8(log.0.lock().unwrap().clone()).unwrap();
    for sentence in ["A handler panicked", "A message cannot be read", "A message was not handled"] {
        assert_eq!(log.matches(sentence).count(), 1, "{sentence}: {log}");
    }
    assert!(
        log.contains("the table did not answer") && log.contains(r#""message.id":"id-4""#) && log.contains(r#""org.id":"a""#),
        "{log}"
    );
    assert!(!log.contains("planted"), "{log}");
}

#[tokio::test]
async fn nothing_failed_is_an_empty_list() {
    let sqs = Sqs::start([]).await;
    // Spawned: the local host serves every queue on one runtime, so the future has to be Send.
    let batch = sqs.batch();
    let response = tokio::spawn(async move { batch.run(event([body("done").as_str()]), obey).await })
        .await
        .unwrap()
        .unwrap();
    assert_eq!(serde_json::to_value(&response).unwrap(), json!({ "batchItemFailures": [] }));
    assert_eq!(ids(&sqs.batch().run(event([]), obey).await.unwrap()), Vec::<&str>::new());
}

#[tokio::test]
async fn a_record_without_an_id_fails_the_event_before_anything_is_done() {
    let sqs = Sqs::start([]).await;
    for (field, spoil) in [("messageId", ""), ("receiptHandle", "")] {
        let mut value = serde_json::to_value(event([body("done").as_str(), body("done").as_str()])).unwrap();
        value["Records"][1][field] = json!(spoil);
        let handled = AtomicUsize::new(0);
        let count = |note: Note, record| {
            handled.fetch_add(1, Ordering::SeqCst);
            obey(note, record)
        };
        let error = sqs.batch().run(serde_json::from_value(value).unwrap(), count).await.unwrap_err();
        assert_eq!(
            error.to_string(),
            format!("a record of the event has no {field}; this function takes events of SQS only")
        );
        assert_eq!(handled.load(Ordering::SeqCst), 0);
    }
}

#[tokio::test]
async fn records_overlap_up_to_the_limit() {
    let sqs = Sqs::start([]).await;
    let bodies = [body("1"), body("2"), body("3"), body("4"), body("5"), body("6")];
    let (running, most, three) = (AtomicUsize::new(0), AtomicUsize::new(0), Barrier::new(3));
    // Each waits for two others: with fewer than three at a time it would never end.
    let meet = |_: Note, _| async {
        most.fetch_max(running.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
        three.wait().await;
        running.fetch_sub(1, Ordering::SeqCst);
        Ok::<_, io::Error>(Disposition::Done)
    };
    let response = sqs
        .batch()
        .in_flight_max(3)
        .run(event(bodies.iter().map(String::as_str)), meet)
        .await
        .unwrap();
    assert_eq!((ids(&response).len(), most.load(Ordering::SeqCst)), (0, 3));
}

#[tokio::test]
async fn a_wait_that_cannot_be_set_still_comes_back() {
    let refusal = json!({ "__type": "com.amazonaws.sqs#MessageNotInflight", "message": "gone" });
    let sqs = Sqs::start([(400, refusal)]).await;
    let response = sqs.batch().run(event([body("later").as_str()]), obey).await.unwrap();
    assert_eq!(ids(&response), ["id-0"]);
}

#[test]
fn a_wait_is_rounded_up_and_capped() {
    let table = [
        (0, 0),
        (1, 1),
        (999, 1),
        (1_000, 1),
        (1_001, 2),
        (7_200_000, 7_200),
        (42_300_000, 42_300),
        (42_301_000, 42_300),
    ];
    for (millis, seconds) in table {
        assert_eq!(hidden_s(Duration::from_millis(millis)), seconds, "{millis} ms");
    }
    assert_eq!(hidden_s(Duration::MAX), 42_300);
}

#[test]
fn a_queue_is_found_by_its_arn() {
    let arn = "arn:aws:sqs:eu-central-1:123456789012:chartcastr-render";
    assert_eq!(
        queue_url(arn, None).unwrap(),
        "https://sqs.eu-central-1.amazonaws.com/123456789012/chartcastr-render"
    );
    assert_eq!(
        queue_url(arn, Some("http://127.0.0.1:4566")).unwrap(),
        "http://127.0.0.1:4566/123456789012/chartcastr-render"
    );
    let china = queue_url("arn:aws-cn:sqs:cn-north-1:123456789012:q", None).unwrap();
    assert_eq!(china, "https://sqs.cn-north-1.amazonaws.com.cn/123456789012/q");
    for other in [
        "",
        "arn:aws:sns:eu-central-1:123456789012:topic",
        "arn:aws:sqs:eu-central-1:123456789012",
    ] {
        assert_eq!(queue_url(other, None), None, "{other}");
    }
}

#[test]
fn an_error_is_told_with_its_causes() {
    #[derive(Debug, thiserror::Error)]
    #[error("the run was not stored")]
    struct Outer(#[source] io::Error);
    assert_eq!(
        in_words(&Outer(io::Error::other("no connection"))),
        "the run was not stored: no connection"
    );
}
