//! Verifying a Google service account when it is connected: its key must mint a token.

use std::time::Duration;

use secrecy::SecretString;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use sources::{Google, google_sheets};
use utoipa::ToSchema;

use crate::api::Api;
use crate::problem::Problem;
use crate::sources::refused;

/// How long a person waits for Google. Ours.
const VERIFY_TIMEOUT: Duration = Duration::from_secs(10);

/// The key file of a Google service account, as Google hands it out. It has no Debug: it holds the private key.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(transparent)]
#[schema(value_type = Object)]
pub struct ServiceAccountFile(Map<String, Value>);

impl Api {
    /// Checks the file and mints a token with it; gives the address that sheets are to be shared with.
    pub(crate) async fn verify_google(&self, file: &ServiceAccountFile) -> Result<String, Problem> {
        let text = serde_json::to_string(file).map_err(|_| Problem::internal("a key file cannot be written as JSON"))?;
        let credentials = SecretString::from(text);
        let google = Google {
            http: &self.providers,
            endpoints: &self.google,
            tokens: &self.google_tokens,
            credentials: &credentials,
            timeout: VERIFY_TIMEOUT,
        };
        let verified = google_sheets::verify(google, self.now())
            .await
            .map_err(|error| refused("/account/google/service_account", error))?;
        Ok(verified.client_email)
    }
}
