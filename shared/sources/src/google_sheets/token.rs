//! Access tokens, kept in memory until a minute before they end.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use tokio::sync::Mutex as Flight;

use super::Google;
use super::account::ServiceAccount;
use crate::SourceError;
use crate::wire::{self, Answer, NoAnswer, rejected, retry, unauthorized};

/// Longest time for a token. Ours; Google takes a tenth of a second.
const TOKEN_TIMEOUT: Duration = Duration::from_secs(10);
/// Largest answer with a token. Ours; Google's has two kilobytes.
const BYTES_MAX: usize = 64 * 1024;
/// A token is not used any more when it has less than this left.
const SPARE: SignedDuration = SignedDuration::from_secs(60);
/// Accounts whose tokens one process keeps. Ours.
const ACCOUNTS_MAX: usize = 1_000;

/// Tokens of one process, by the key they were got with. While one caller gets a token, others of the same account wait for it.
#[derive(Debug, Default)]
pub struct TokenCache {
    accounts: Mutex<HashMap<Vec<u8>, Account>>,
}

/// The token of one account; whoever holds the lock is getting one.
type Account = Arc<Flight<Option<Token>>>;

#[derive(Debug, Clone)]
struct Token {
    text: SecretString,
    ends_at: Timestamp,
}

#[derive(Deserialize)]
struct Granted {
    access_token: String,
    #[serde(default)]
    expires_in: i64,
}

#[derive(Deserialize)]
struct Denied {
    error: String,
    #[serde(default)]
    error_description: String,
}

impl TokenCache {
    /// A token that is good for a minute at least.
    pub(super) async fn get(&self, google: &Google<'_>, account: &ServiceAccount, now: Timestamp) -> Result<SecretString, SourceError> {
        self.other_than(None, google, account, now).await
    }

    /// A token that is not `stale`, which Google has just refused: whoever of several comes first gets a new one, the others take that.
    pub(super) async fn renew(
        &self,
        stale: &SecretString,
        google: &Google<'_>,
        account: &ServiceAccount,
        now: Timestamp,
    ) -> Result<SecretString, SourceError> {
        self.other_than(Some(stale), google, account, now).await
    }

    async fn other_than(
        &self,
        stale: Option<&SecretString>,
        google: &Google<'_>,
        account: &ServiceAccount,
        now: Timestamp,
    ) -> Result<SecretString, SourceError> {
        let flight = self.flight(&account.fingerprint);
        let mut kept = flight.lock().await;
        let is_stale = |token: &Token| stale.is_some_and(|stale| stale.expose_secret() == token.text.expose_secret());
        if let Some(token) = kept
            .as_ref()
            .filter(|token| token.ends_at.duration_since(now) > SPARE && !is_stale(token))
        {
            return Ok(token.text.clone());
        }
        let token = fetch(google, account, now).await?;
        Ok(kept.insert(token).text.clone())
    }

    fn flight(&self, fingerprint: &[u8]) -> Account {
        let mut accounts = self.accounts.lock().unwrap_or_else(PoisonError::into_inner);
        if accounts.len() >= ACCOUNTS_MAX && !accounts.contains_key(fingerprint) {
            // Those that nobody is using just now; their next reader gets a new token.
            accounts.retain(|_, flight| Arc::strong_count(flight) > 1);
        }
        Arc::clone(accounts.entry(fingerprint.to_vec()).or_default())
    }
}

async fn fetch(google: &Google<'_>, account: &ServiceAccount, now: Timestamp) -> Result<Token, SourceError> {
    let assertion = account.assertion(now)?;
    let form = [
        ("grant_type", "urn:ietf:params:oauth:grant-type:jwt-bearer"),
        ("assertion", assertion.expose_secret()),
    ];
    let sent = google
        .http
        .post(google.endpoints.token_url())
        .form(&form)
        .timeout(google.timeout.min(TOKEN_TIMEOUT))
        .send()
        .await;
    let answer = wire::read(sent, BYTES_MAX).await.map_err(|no_answer| match no_answer {
        NoAnswer::TooLarge(_) => super::call::not_understood(),
        NoAnswer::Failed(cause) => retry(
            "google_sheets.no_answer",
            None,
            format!("Google's sign-in did not answer: {cause}."),
        ),
    })?;
    if !answer.status.is_success() {
        return Err(denied(&answer, now));
    }
    let granted: Granted = serde_json::from_slice(&answer.body).map_err(|_| super::call::not_understood())?;
    let ends_at = now
        .checked_add(SignedDuration::from_secs(granted.expires_in.clamp(0, 86_400)))
        .unwrap_or(now);
    Ok(Token {
        text: SecretString::from(granted.access_token),
        ends_at,
    })
}

fn denied(answer: &Answer, now: Timestamp) -> SourceError {
    let status = answer.status.as_u16();
    if status == 408 || status == 429 || status >= 500 {
        let sentence = format!("Google's sign-in could not answer just now ({status}).");
        return retry(
            &format!("google_sheets.token_{status}"),
            wire::retry_after(&answer.headers, now),
            sentence,
        );
    }
    let Ok(Denied { error, error_description }) = serde_json::from_slice(&answer.body) else {
        return rejected(
            &format!("google_sheets.token_{status}"),
            format!("Google's sign-in answered {status} without saying why."),
        );
    };
    let error: String = error
        .chars()
        .filter(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-'))
        .take(40)
        .collect();
    let code = format!("google_sheets.{error}");
    let what = match error_description.as_str() {
        text if text.contains("Signature") => "the key has been deleted or belongs to another account",
        text if text.contains("not found") || text.contains("disabled") => "the account has been deleted or disabled",
        text if text.contains("iat") || text.contains("exp") || text.contains("timeframe") => {
            "the clocks differ by more than Google accepts"
        }
        _ => "the account or its key is not valid any more",
    };
    match error.as_str() {
        "invalid_grant" | "invalid_client" | "unauthorized_client" | "access_denied" => unauthorized(
            &code,
            format!("Google refuses the service account: {what}. Make a new key and connect Google again."),
        ),
        _ => rejected(&code, format!("Google's sign-in refused our request ({error}).")),
    }
}
