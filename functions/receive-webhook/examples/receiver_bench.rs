//! How long the receiver takes for one webhook: verify, enqueue, answer. The queue is a server in another thread that says yes at once, so
//! that what is measured is ours: HMAC, JSON, request signing and one call over loopback.

use std::error::Error;

use axum::Router;
use axum::http::StatusCode;
use bytes::Bytes;
use hmac::{Hmac, KeyInit, Mac};
use http::Request;
use receive_webhook::{ReceiveWebhook, WHATSAPP_PATH};
use runtime::{Clock, Entropy, Env, Runtime};
use sha2::Sha256;

const ROUNDS: usize = 2_000;
const SECRET: &str = "a secret that signs nothing but measurements";

fn main() -> Result<(), Box<dyn Error>> {
    let queue = std::net::TcpListener::bind("127.0.0.1:0")?;
    let url = format!("http://{}", queue.local_addr()?);
    queue.set_nonblocking(true)?;
    std::thread::spawn(move || -> Result<(), std::io::Error> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        runtime.block_on(async move {
            let yes = async || {
                (
                    StatusCode::OK,
                    [("content-type", "application/x-amz-json-1.0")],
                    r#"{"MessageId":"1"}"#,
                )
            };
            axum::serve(tokio::net::TcpListener::from_std(queue)?, Router::new().fallback(yes)).await
        })
    });
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(measure(&url))
}

async fn measure(url: &str) -> Result<(), Box<dyn Error>> {
    let env = Env::from_map([
        ("AWS_REGION", "us-east-1"),
        ("AWS_ACCESS_KEY_ID", "test"),
        ("AWS_SECRET_ACCESS_KEY", "test"),
        ("AWS_ENDPOINT_URL", url),
        ("TABLE_NAME", "table"),
        ("BUCKET_NAME", "bucket"),
        ("META_APP_SECRET", SECRET),
    ]);
    let env = env.with("QUEUE_INBOUND_URL", format!("{url}/000000000000/inbound"));
    let clock = Clock::system();
    let receiver = ReceiveWebhook::new(Runtime::new(env, clock.clone(), Entropy::system())?)?;
    let status = r#"{"id":"wamid.HBgLMTU1NTAxMDAxMjMVAgARGBQ2RjQ3RkFBNjYxNTNEMDIwMDQ5MQA=","status":"delivered","timestamp":"1763629200","recipient_id":"15550100123","biz_opaque_callback_data":"default/us-jobs~20261120T090000Z~dst_01M7W2Y7M0SEGF3AS56ESHRV46/image"}"#;
    let body = format!(
        r#"{{"object":"whatsapp_business_account","entry":[{{"id":"1","changes":[{{"field":"messages","value":{{"messaging_product":"whatsapp","metadata":{{"phone_number_id":"1"}},"statuses":[{status}]}}}}]}}]}}"#
    );
    let mut mac = Hmac::<Sha256>::new_from_slice(SECRET.as_bytes())?;
    mac.update(body.as_bytes());
    let signature: String = mac.finalize().into_bytes().iter().map(|byte| format!("{byte:02x}")).collect();
    let mut times = Vec::with_capacity(ROUNDS);
    for _ in 0..ROUNDS {
        let request = Request::post(WHATSAPP_PATH).header("x-hub-signature-256", format!("sha256={signature}"));
        let request = request.body(Bytes::from(body.clone()))?;
        let watch = clock.stopwatch();
        let answer = receiver.handle(request).await;
        times.push(watch.elapsed());
        if answer.status() != StatusCode::OK {
            return Err(format!("{}: {}", answer.status(), answer.body()).into());
        }
    }
    times.sort();
    let at = |share: usize| times[(times.len() - 1) * share / 100].as_secs_f64() * 1_000.0;
    println!(
        "receive-webhook, {} bytes: median {:.3} ms, p99 {:.3} ms",
        body.len(),
        at(50),
        at(99)
    );
    Ok(())
}
