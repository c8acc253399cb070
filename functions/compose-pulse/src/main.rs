//! AWS Lambda's side of the function.

use lambda_runtime::{Error, LambdaEvent, run, service_fn};
use runtime::{Runtime, SqsEvent};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    let function = compose_pulse::ComposePulse::new(Runtime::start()?)?;
    function.warm_up().await;
    run(service_fn(async |event: LambdaEvent<SqsEvent>| {
        function.handle(event.payload).await.map_err(Error::from)
    }))
    .await
}
