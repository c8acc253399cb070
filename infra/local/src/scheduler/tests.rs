//! Against EventBridge Scheduler and SQS at the wire: what they list is in the tests' hands, what they were sent is noted.
#![expect(clippy::unwrap_used, reason = "tests")]

use std::sync::{Arc, Mutex};

use axum::Router;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use runtime::Env;
use serde_json::{Value, json};

use super::*;

const ARN: &str = "arn:aws:sqs:us-east-1:000000000000:due";

#[derive(Default)]
struct Aws {
    schedules: Vec<Value>,
    sent: Vec<Value>,
    gets: usize,
    /// Messages with this text are refused.
    refused: Option<&'static str>,
    page: usize,
}

type Shared = Arc<Mutex<Aws>>;

async fn start(aws: &Shared) -> SdkConfig {
    async fn list(State(aws): State<Shared>, Query(query): Query<BTreeMap<String, String>>) -> Response {
        let aws = aws.lock().unwrap();
        assert_eq!(query["ScheduleGroup"], "pulses");
        let from: usize = query.get("NextToken").map_or(0, |token| token.parse().unwrap());
        let until = aws.schedules.len().min(from + aws.page);
        let next = (until < aws.schedules.len()).then(|| until.to_string());
        axum::Json(json!({ "Schedules": aws.schedules[from..until], "NextToken": next })).into_response()
    }
    async fn read(State(aws): State<Shared>, Path(name): Path<String>) -> Response {
        let mut aws = aws.lock().unwrap();
        aws.gets += 1;
        axum::Json(
            aws.schedules
                .iter()
                .find(|schedule| schedule["Name"] == name.as_str())
                .unwrap()
                .clone(),
        )
        .into_response()
    }
    async fn send(State(aws): State<Shared>, body: String) -> Response {
        let mut aws = aws.lock().unwrap();
        let call: Value = serde_json::from_str(&body).unwrap();
        let body = call["MessageBody"].as_str().unwrap();
        if aws.refused.is_some_and(|refused| body.contains(refused)) {
            return (
                StatusCode::BAD_REQUEST,
                axum::Json(json!({ "__type": "com.amazonaws.sqs#QueueDoesNotExist" })),
            )
                .into_response();
        }
        aws.sent.push(serde_json::from_str(body).unwrap());
        axum::Json(json!({ "MessageId": "1" })).into_response()
    }
    let router = Router::new()
        .route("/schedules", get(list))
        .route("/schedules/{name}", get(read))
        .route("/", post(send))
        .with_state(aws.clone());
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let endpoint = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, router).await });
    let account = [
        ("AWS_REGION", "us-east-1"),
        ("AWS_ACCESS_KEY_ID", "test"),
        ("AWS_SECRET_ACCESS_KEY", "test"),
    ];
    runtime::aws::sdk_config(&Env::from_map(account).with("AWS_ENDPOINT_URL", endpoint)).unwrap()
}

fn schedule(name: &str, expression: &str, zone: &str) -> Value {
    let input = json!({ "pulse_id": name, "scheduled_for": SCHEDULED_TIME }).to_string();
    json!({
        "Name": name, "GroupName": "pulses", "State": "ENABLED", "ScheduleExpression": expression, "ScheduleExpressionTimezone": zone,
        "CreationDate": 1_700_000_000, "LastModificationDate": 1_700_000_000, "Target": { "Arn": ARN, "RoleArn": "arn:aws:iam::0:role/r", "Input": input },
    })
}

async fn aws(schedules: impl Into<Vec<Value>>) -> (Shared, SdkConfig) {
    let aws = Arc::new(Mutex::new(Aws {
        schedules: schedules.into(),
        page: 100,
        ..Aws::default()
    }));
    let sdk = start(&aws).await;
    (aws, sdk)
}

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn scheduler(sdk: &SdkConfig, file: Option<PathBuf>, now: &str) -> Scheduler {
    let queue = QueueHandle {
        url: format!("{}/000000000000/due", sdk.endpoint_url().unwrap()),
        arn: ARN.to_owned(),
    };
    Scheduler::new(sdk, "pulses", [&queue], file, at(now)).unwrap()
}

fn times(aws: &Shared) -> Vec<(String, String)> {
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    aws.lock()
        .unwrap()
        .sent
        .iter()
        .map(|sent| (text(&sent["pulse_id"]), text(&sent["scheduled_for"])))
        .collect()
}

fn pairs(expected: &[(&str, &str)]) -> Vec<(String, String)> {
    expected.iter().map(|(name, at)| ((*name).to_owned(), (*at).to_owned())).collect()
}

#[tokio::test]
async fn each_occurrence_once_in_its_zone_with_its_own_time() {
    let paused = json!({ "State": "DISABLED" });
    let mut quiet = schedule("quiet", "cron(0 * * * ? *)", "UTC");
    quiet["State"] = paused["State"].clone();
    let (aws, sdk) = aws([schedule("berlin", "cron(0 9 * * ? *)", "Europe/Berlin"), quiet]).await;
    let mut scheduler = scheduler(&sdk, None, "2026-11-20T07:00:00Z");
    for now in [
        "2026-11-20T07:59:59Z",
        "2026-11-20T08:00:00.3Z",
        "2026-11-20T08:00:01Z",
        "2026-11-20T23:00:00Z",
    ] {
        scheduler.fire_due(at(now)).await.unwrap();
    }
    assert_eq!(times(&aws), pairs(&[("berlin", "2026-11-20T08:00:00Z")]));
    assert_eq!(aws.lock().unwrap().gets, 1, "a schedule is read again only when it has changed");

    aws.lock().unwrap().schedules[0]["ScheduleExpression"] = "cron(30 9 * * ? *)".into();
    aws.lock().unwrap().schedules[0]["LastModificationDate"] = 1_700_000_001.into();
    let fired = scheduler.fire_due(at("2026-11-21T08:45:00Z")).await.unwrap();
    assert_eq!(
        fired,
        [Fired {
            schedule: "berlin".into(),
            at: at("2026-11-21T08:30:00Z")
        }]
    );
}

#[tokio::test]
async fn a_restart_neither_loses_nor_repeats() {
    let file = std::env::temp_dir().join(format!("chartcastr-schedules-{}.json", std::process::id()));
    drop(std::fs::remove_file(&file));
    let (aws, sdk) = aws([schedule("hourly", "cron(0 * * * ? *)", "UTC")]).await;
    let mut first = scheduler(&sdk, Some(file.clone()), "2026-11-20T07:30:00Z");
    first.fire_due(at("2026-11-20T08:00:00Z")).await.unwrap();
    drop(first);
    let mut second = scheduler(&sdk, Some(file.clone()), "2026-11-20T10:10:00Z");
    second.fire_due(at("2026-11-20T10:10:00Z")).await.unwrap();
    let expected = ["08", "09", "10"].map(|hour| ("hourly".to_owned(), format!("2026-11-20T{hour}:00:00Z")));
    assert_eq!(times(&aws), expected);
    drop(second);

    aws.lock().unwrap().sent.clear();
    let mut late = scheduler(&sdk, Some(file.clone()), "2026-11-25T00:30:00Z");
    late.fire_due(at("2026-11-25T00:30:00Z")).await.unwrap();
    let made_up = times(&aws);
    assert_eq!(made_up.len(), 24, "no older than EventBridge's own window");
    assert_eq!(made_up[0].1, "2026-11-24T01:00:00Z");

    std::fs::write(&file, "{").unwrap();
    let error = Scheduler::new(&sdk, "pulses", [], Some(file.clone()), at("2026-11-25T00:30:00Z"))
        .unwrap_err()
        .to_string();
    assert!(
        error.contains("cannot be read") && error.ends_with("delete it, and schedules go on from now."),
        "{error}"
    );
    std::fs::remove_file(file).unwrap();
}

#[tokio::test]
async fn what_cannot_be_sent_comes_later_and_holds_up_nobody() {
    let (aws, sdk) = aws([
        schedule("broken", "cron(0 * * * ? *)", "UTC"),
        schedule("whole", "cron(0 * * * ? *)", "UTC"),
    ])
    .await;
    let mut scheduler = scheduler(&sdk, None, "2026-11-20T07:30:00Z");
    aws.lock().unwrap().refused = Some("broken");
    scheduler.fire_due(at("2026-11-20T08:00:00Z")).await.unwrap();
    assert_eq!(times(&aws), pairs(&[("whole", "2026-11-20T08:00:00Z")]));
    aws.lock().unwrap().refused = None;
    scheduler.fire_due(at("2026-11-20T08:00:05Z")).await.unwrap();
    scheduler.fire_due(at("2026-11-20T08:00:06Z")).await.unwrap();
    assert_eq!(
        times(&aws),
        pairs(&[("whole", "2026-11-20T08:00:00Z"), ("broken", "2026-11-20T08:00:00Z")])
    );
}

#[tokio::test]
async fn what_can_never_be_fired_is_passed_over() {
    let mut foreign = schedule("foreign", "cron(0 * * * ? *)", "UTC");
    foreign["Target"]["Arn"] = "arn:aws:sqs:us-east-1:000000000000:other".into();
    let (aws, sdk) = aws([
        foreign,
        schedule("words", "every(hour)", "UTC"),
        schedule("atlantis", "cron(0 * * * ? *)", "Sea/Atlantis"),
        schedule("once", "at(2026-11-20T09:00:00)", "Europe/Berlin"),
    ])
    .await;
    let mut scheduler = scheduler(&sdk, None, "2026-11-20T07:30:00Z");
    scheduler.fire_due(at("2026-11-20T08:00:00Z")).await.unwrap();
    assert_eq!(times(&aws), pairs(&[("once", "2026-11-20T08:00:00Z")]));
}

#[tokio::test]
async fn every_page_is_read() {
    let names = ["a", "b", "c", "d", "e"].map(|name| schedule(name, "rate(1 hour)", "UTC"));
    let (aws, sdk) = aws(names).await;
    aws.lock().unwrap().page = 2;
    let mut scheduler = scheduler(&sdk, None, "2026-11-20T07:30:00Z");
    let fired = scheduler.fire_due(at("2026-11-20T08:30:00Z")).await.unwrap();
    assert_eq!(fired.len(), 5, "counted from the creation, once an hour: {fired:?}");
}
