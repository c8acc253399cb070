//! SQS's client, made when it is first used: a sender that has nothing to retry never does, and its start has no time to give away.

use std::sync::{Arc, OnceLock};

use aws_sdk_sqs::Client;
use aws_types::SdkConfig;

/// The client to be. Clones are one.
#[derive(Clone)]
pub(crate) struct LazyClient(Arc<(SdkConfig, OnceLock<Client>)>);

impl LazyClient {
    pub(crate) fn new(sdk: &SdkConfig) -> Self {
        Self(Arc::new((sdk.clone(), OnceLock::new())))
    }

    /// The client, made now if it was not needed before.
    pub(crate) fn get(&self) -> &Client {
        let (sdk, client) = &*self.0;
        client.get_or_init(|| Client::new(sdk))
    }
}

impl std::fmt::Debug for LazyClient {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("LazyClient")
    }
}
