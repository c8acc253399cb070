//! The one call, and how a stranger's answer is read.

use std::time::Duration;

use delivery::{Call, Destination, Evidence, Receipt};
use domain::connection::WebhookCredentials;
use domain::delivery::Progress;
use domain::destination::Address;
use domain::fault::{Fault, Why};
use reqwest::header::{CONTENT_TYPE, HeaderMap, RETRY_AFTER};
use reqwest::{Method, StatusCode};
use runtime::http::{GuardedClient, read_body, refusal};
use secrecy::ExposeSecret;
use sha2::{Digest, Sha256};

use crate::event;
use crate::sign::signature;

/// Sends Standard Webhooks events to addresses that customers gave.
#[derive(Debug, Clone)]
pub struct Webhook {
    http: GuardedClient,
}

/// So much of an answer is read, so that the connection ends in order; nothing of it is kept or shown.
const ANSWER_BYTES_MAX: usize = 64 * 1024;
/// A receiver may ask for a pause of up to a day.
const RETRY_AFTER_S_MAX: u64 = 86_400;

impl Webhook {
    /// Over the client that reaches the public internet and nothing else.
    pub fn new(http: GuardedClient) -> Self {
        Self { http }
    }
}

/// The event's id: the same at every try, so that a receiver takes it once. Letters, digits and `_` only, as the standard asks.
fn event_id(call: &Call<'_>) -> String {
    let digest = Sha256::digest(call.correlation().to_string());
    format!(
        "msg_{}",
        digest.iter().take(16).map(|byte| format!("{byte:02x}")).collect::<String>()
    )
}

impl Destination for Webhook {
    const EVIDENCE: Evidence = Evidence::SameId;

    async fn prepare(&self, _: &Call<'_>) -> Result<Option<String>, Fault> {
        Ok(None)
    }

    async fn send(&self, call: &Call<'_>, _: Option<&str>) -> Result<Receipt, Fault> {
        let Address::Webhook { url, .. } = call.address else {
            return Err(ours("the address"));
        };
        let credentials: WebhookCredentials =
            serde_json::from_str(call.credentials.expose_secret()).map_err(|_| ours("the connection's credentials"))?;
        let body = serde_json::to_vec(&event::event(call)).map_err(|_| ours("the event"))?;
        let (id, timestamp_s) = (event_id(call), call.now.as_second());
        let signatures = credentials
            .signing(call.now)
            .map(|secret| signature(secret.expose(), &id, timestamp_s, &body))
            .collect::<Result<Vec<_>, _>>();
        let signatures = signatures.map_err(|_| ours("the signing secret"))?.join(" ");
        let mut request = self
            .http
            .request(Method::POST, url.clone())
            .map_err(|refused| rejected("webhook.address", refused.to_string()))?;
        for (name, value) in &credentials.headers {
            request = request.header(name, value.expose());
        }
        let request = request
            .header("webhook-id", &id)
            .header("webhook-timestamp", timestamp_s)
            .header("webhook-signature", signatures)
            .header(CONTENT_TYPE, "application/json")
            .body(body);
        let answer = request.send().await.map_err(|error| no_answer(&error))?;
        let (status, after) = (answer.status(), retry_after(answer.headers(), call.now));
        if status.is_success() {
            // The status line was the answer; a body that breaks off or never ends changes nothing.
            drop(read_body(answer, ANSWER_BYTES_MAX).await);
            return Ok(Receipt {
                provider_id: Some(id),
                progress: Progress::Delivered,
            });
        }
        Err(refused(status, after))
    }
}

fn ours(what: &str) -> Fault {
    rejected(
        "webhook.internal",
        format!("The event could not be built: {what} is not as it should be. This is ours to fix."),
    )
}

fn rejected(code: &str, sentence: String) -> Fault {
    Fault::Rejected {
        why: Why::new(code, sentence),
    }
}

/// `Retry-After`, in seconds or as a date.
fn retry_after(headers: &HeaderMap, now: jiff::Timestamp) -> Option<Duration> {
    let text = headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
    let seconds = match text.parse::<u64>() {
        Ok(seconds) => seconds,
        Err(_) => {
            let date = jiff::fmt::rfc2822::parse(text).ok()?.timestamp();
            u64::try_from(date.as_second() - now.as_second()).unwrap_or(0)
        }
    };
    Some(Duration::from_secs(seconds.min(RETRY_AFTER_S_MAX)))
}

/// What a status other than 2xx calls for. A redirect is a refusal: it is not followed.
fn refused(status: StatusCode, after: Option<Duration>) -> Fault {
    let code = format!("webhook.{}", status.as_u16());
    let retry = |sentence: String| Fault::Retry {
        after,
        why: Why::new(code.clone(), sentence),
    };
    match status.as_u16() {
        410 => Fault::Unreachable {
            why: Why::new(code, "The receiver answered 410: it is gone. Give the destination a new address."),
        },
        408 | 409 | 423 | 425 | 429 => retry(format!("The receiver answered {}: not now. It is tried again.", status.as_u16())),
        500..=599 => retry(format!(
            "The receiver answered {}: its own error. It is tried again.",
            status.as_u16()
        )),
        300..=399 => rejected(
            &code,
            format!(
                "The receiver answered {}, a redirect, and redirects are not followed. Give its final address.",
                status.as_u16()
            ),
        ),
        401 | 403 => rejected(
            &code,
            format!(
                "The receiver answered {}: it does not accept our signature or the headers set for it.",
                status.as_u16()
            ),
        ),
        404 => rejected(&code, "The receiver answered 404: there is nothing at this address.".to_owned()),
        other => rejected(&code, format!("The receiver answered {other}: it does not accept the event.")),
    }
}

/// A call without an answer. The event's id makes it safe to send again, so not knowing is told apart only for the log.
fn no_answer(error: &reqwest::Error) -> Fault {
    if let Some(refused) = refusal(error) {
        return rejected("webhook.address", refused.to_string());
    }
    if error.is_connect() {
        let why = Why::new(
            "webhook.connection",
            "The receiver could not be reached: no such host, no connection, or its certificate is not valid. It is tried again.",
        );
        return Fault::Retry { after: None, why };
    }
    if error.is_builder() {
        return rejected(
            "webhook.header",
            "A header set for this destination is not a valid HTTP header. Mend its name or value.".to_owned(),
        );
    }
    let why = if error.is_timeout() {
        Why::new(
            "webhook.timeout",
            "The receiver did not answer in time. It is sent again under the same id.",
        )
    } else {
        Why::new(
            "webhook.broken_off",
            "The connection broke off before the receiver's answer. It is sent again under the same id.",
        )
    };
    Fault::Unknown { why }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use super::*;
    use domain::fault::Outcome;

    #[test]
    fn each_status_has_its_fault() {
        let table = [
            (301, Outcome::Rejected),
            (302, Outcome::Rejected),
            (400, Outcome::Rejected),
            (401, Outcome::Rejected),
            (404, Outcome::Rejected),
            (408, Outcome::Retry),
            (410, Outcome::Unreachable),
            (413, Outcome::Rejected),
            (425, Outcome::Retry),
            (429, Outcome::Retry),
            (500, Outcome::Retry),
            (502, Outcome::Retry),
            (503, Outcome::Retry),
            (504, Outcome::Retry),
        ];
        for (status, outcome) in table {
            assert_eq!(refused(StatusCode::from_u16(status).unwrap(), None).outcome(), outcome, "{status}");
        }
    }

    #[test]
    fn retry_after_is_seconds_or_a_date() {
        let now = "2026-11-20T09:00:00Z".parse().unwrap();
        let read = |text: &str| {
            let headers = HeaderMap::from_iter([(RETRY_AFTER, text.parse().unwrap())]);
            retry_after(&headers, now).map(|after| after.as_secs())
        };
        assert_eq!(read("120"), Some(120));
        assert_eq!(read("Fri, 20 Nov 2026 09:01:30 GMT"), Some(90));
        assert_eq!(read("Fri, 20 Nov 2026 08:00:00 GMT"), Some(0));
        assert_eq!(read("99999999"), Some(86_400));
        assert_eq!(read("soon"), None);
    }
}
