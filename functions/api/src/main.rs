//! The API on Lambda.

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), lambda_http::Error> {
    let runtime = runtime::Runtime::start()?;
    let api = api::Api::from_runtime(&runtime)?;
    api.warm_up().await;
    lambda_http::run(api.router()).await
}
