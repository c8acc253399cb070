//! A proxy between the functions and AWS: it counts what they ask for, and lets a process "die" right after a chosen write was done.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, PoisonError};

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::http::{HeaderMap, Method, Response, StatusCode, Uri};
use tokio::sync::Notify;

/// One request that AWS answered.
#[derive(Debug, Clone, PartialEq)]
pub struct Request {
    /// `DynamoDB.UpdateItem`, `SQS.SendMessage`, `S3.PUT` ...
    pub operation: String,
    /// DynamoDB's own count of what it cost.
    pub units: f64,
}

impl Request {
    /// Whether something is different afterwards.
    pub fn is_write(&self) -> bool {
        let (service, operation) = self.operation.split_once('.').unwrap_or_default();
        match service {
            "DynamoDB" => ["PutItem", "UpdateItem", "DeleteItem", "BatchWriteItem", "TransactWriteItems"].contains(&operation),
            "SQS" => ["SendMessage", "SendMessageBatch"].contains(&operation),
            "S3" => operation == "PUT",
            _ => false,
        }
    }
}

#[derive(Default)]
struct Shared {
    requests: Mutex<Vec<Request>>,
    /// So many more writes are answered; after the last one the caller is dead.
    writes_left: Mutex<Option<usize>>,
    died: Notify,
}

/// The proxy. Its clones are one.
#[derive(Clone)]
pub struct Wire {
    shared: Arc<Shared>,
    /// Where it listens.
    pub url: String,
}

#[derive(Clone)]
struct Proxy {
    shared: Arc<Shared>,
    http: reqwest::Client,
    target: String,
}

impl Wire {
    /// Stands before `target`, on any free port of this machine.
    pub async fn start(target: &str, http: reqwest::Client) -> Self {
        let listener = tokio::net::TcpListener::bind(SocketAddr::from(([127, 0, 0, 1], 0)))
            .await
            .expect("a free port");
        let url = format!("http://{}", listener.local_addr().expect("an address"));
        let shared = Arc::new(Shared::default());
        let proxy = Proxy {
            shared: shared.clone(),
            http,
            target: target.trim_end_matches('/').to_owned(),
        };
        let app = Router::new().fallback(forward).with_state(proxy);
        tokio::spawn(async move { axum::serve(listener, app).await });
        Self { shared, url }
    }

    /// What was asked since the last call of this.
    pub fn take_requests(&self) -> Vec<Request> {
        std::mem::take(&mut *lock(&self.shared.requests))
    }

    /// The caller dies once `writes` more writes are done: the last one is done, and nobody hears of it.
    pub fn die_after(&self, writes: usize) {
        *lock(&self.shared.writes_left) = Some(writes);
    }

    /// Nobody dies any more. Whether somebody was still to die.
    pub fn live(&self) -> bool {
        lock(&self.shared.writes_left).take().is_some_and(|left| left > 0)
    }

    /// Completes when the caller dies.
    pub async fn died(&self) {
        self.shared.died.notified().await;
    }
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

async fn forward(State(proxy): State<Proxy>, method: Method, uri: Uri, headers: HeaderMap, body: Bytes) -> Response<Body> {
    let operation = operation(&method, &headers);
    let path = uri.path_and_query().map_or("/", |path| path.as_str());
    let mut forwarded = headers.clone();
    forwarded.remove("content-length");
    let request = proxy
        .http
        .request(method, format!("{}{path}", proxy.target))
        .headers(forwarded)
        .body(body);
    let answer = match request.send().await {
        Ok(answer) => answer,
        Err(error) => {
            let mut refused = Response::new(Body::from(error.without_url().to_string()));
            *refused.status_mut() = StatusCode::BAD_GATEWAY;
            return refused;
        }
    };
    let (status, answered) = (answer.status(), answer.headers().clone());
    let body = answer.bytes().await.unwrap_or_default();
    let request = Request {
        units: units(&operation, &body),
        operation,
    };
    let is_write = request.is_write() && status.is_success();
    lock(&proxy.shared.requests).push(request);
    if is_write && counts_down(&proxy.shared) {
        proxy.shared.died.notify_one();
        std::future::pending::<()>().await;
    }
    let mut response = Response::new(Body::from(body));
    *response.status_mut() = status;
    for (name, value) in &answered {
        if !["content-length", "transfer-encoding", "connection"].contains(&name.as_str()) {
            response.headers_mut().append(name, value.clone());
        }
    }
    response
}

/// Whether this was the last write that is answered.
fn counts_down(shared: &Shared) -> bool {
    let mut left = lock(&shared.writes_left);
    match left.as_mut() {
        Some(writes) if *writes > 0 => {
            *writes -= 1;
            *writes == 0
        }
        _ => false,
    }
}

/// AWS's JSON protocols name the operation in a header; S3 is its method.
fn operation(method: &Method, headers: &HeaderMap) -> String {
    let target = headers
        .get("x-amz-target")
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    match target.split_once('.') {
        Some((service, operation)) if service.starts_with("DynamoDB") => format!("DynamoDB.{operation}"),
        Some(("AmazonSQS", operation)) => format!("SQS.{operation}"),
        Some((service, operation)) => format!("{service}.{operation}"),
        None => format!("S3.{method}"),
    }
}

/// What DynamoDB says that it cost. Where the emulator says nothing: a write whose condition fails costs a unit as at AWS, and so does each
/// item of a batch of consistent reads (ours are under 4 KB).
fn units(operation: &str, body: &[u8]) -> f64 {
    let Ok(answer) = serde_json::from_slice::<serde_json::Value>(body) else {
        return 0.0;
    };
    if answer["__type"]
        .as_str()
        .is_some_and(|kind| kind.contains("ConditionalCheckFailed"))
    {
        return 1.0;
    }
    if operation == "DynamoDB.BatchGetItem" {
        let tables = answer["Responses"].as_object().into_iter().flat_map(|tables| tables.values());
        return f64::from(u32::try_from(tables.filter_map(serde_json::Value::as_array).map(Vec::len).sum::<usize>()).unwrap_or(u32::MAX));
    }
    let of = |consumed: &serde_json::Value| consumed["CapacityUnits"].as_f64().unwrap_or(0.0);
    match &answer["ConsumedCapacity"] {
        serde_json::Value::Array(each) => each.iter().map(of).sum(),
        one => of(one),
    }
}

/// Requests by operation: how many, and what they cost.
pub fn tally(requests: &[Request]) -> BTreeMap<&str, (usize, f64)> {
    let mut tally = BTreeMap::new();
    for request in requests {
        let entry: &mut (usize, f64) = tally.entry(request.operation.as_str()).or_default();
        entry.0 += 1;
        entry.1 += request.units;
    }
    tally
}
