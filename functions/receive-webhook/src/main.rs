//! AWS Lambda's side of the function.

use http_body_util::BodyExt;
use lambda_http::{Error, Request, Response, run, service_fn};
use runtime::Runtime;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    let function = receive_webhook::ReceiveWebhook::new(Runtime::start()?)?;
    run(service_fn(async |request: Request| -> Result<Response<String>, Error> {
        let (parts, body) = request.into_parts();
        Ok(function
            .handle(http::Request::from_parts(parts, body.collect().await?.to_bytes()))
            .await)
    }))
    .await
}
