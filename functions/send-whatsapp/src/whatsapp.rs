//! The two calls of Meta's Cloud API that sending a chart takes, and how each answer is read.

use std::time::Duration;

use delivery::{Call, Destination, Evidence, Receipt};
use domain::connection::{Account, WhatsappCredentials, WhatsappNumber};
use domain::delivery::{PartName, Progress};
use domain::destination::Address;
use domain::fault::{Fault, Why};
use domain::whatsapp::{GRAPH_VERSION, MEDIA_REFUSED, fault};
use reqwest::header::RETRY_AFTER;
use reqwest::multipart;
use secrecy::ExposeSecret;
use serde::Deserialize;
use serde_json::{Value, json};
use url::Url;

use crate::document::{self, Upload};

/// Largest answer that is read. Meta's are under 2 KiB.
const ANSWER_BYTES_MAX: usize = 64 * 1024;

/// Sends through Meta's Cloud API.
#[derive(Debug, Clone)]
pub struct Whatsapp {
    http: reqwest::Client,
    base_url: Url,
}

impl Whatsapp {
    /// Over `http`, whose timeout bounds each call (three of them fit within the function's own), at `base_url` (`https://graph.facebook.com`).
    pub fn new(http: reqwest::Client, base_url: Url) -> Self {
        Self { http, base_url }
    }

    fn url(&self, number: &WhatsappNumber, edge: &str) -> String {
        format!(
            "{}/{GRAPH_VERSION}/{}/{edge}",
            self.base_url.as_str().trim_end_matches('/'),
            number.phone_number_id
        )
    }
}

impl Destination for Whatsapp {
    const EVIDENCE: Evidence = Evidence::Status;

    /// Uploads the picture or the document. Where Meta refuses the upload for its own reasons, it goes by link instead.
    async fn prepare(&self, call: &Call<'_>) -> Result<Option<String>, Fault> {
        let Some(upload) = Upload::of(call)? else {
            return Ok(None);
        };
        let (number, credentials) = account(call)?;
        let file = multipart::Part::bytes(upload.bytes.to_vec())
            .file_name(upload.file_name.to_owned())
            .mime_str(upload.media_type)
            .map_err(|_| ours("a part's type"))?;
        let form = multipart::Form::new()
            .text("messaging_product", "whatsapp")
            .text("type", upload.media_type)
            .part("file", file);
        let request = self
            .http
            .post(self.url(number, "media"))
            .bearer_auth(credentials.token.expose())
            .multipart(form);
        match answer::<Uploaded>(request).await {
            Ok(uploaded) => Ok(Some(uploaded.id)),
            Err(Fault::Retry { why, .. } | Fault::Rejected { why } | Fault::Unknown { why }) if by_link_instead(&why) => {
                tracing::warn!(why.code = %why.code, part = %call.part, "the upload was not taken; it goes by link");
                Ok(None)
            }
            Err(fault) => Err(fault),
        }
    }

    async fn send(&self, call: &Call<'_>, prepared: Option<&str>) -> Result<Receipt, Fault> {
        let (number, credentials) = account(call)?;
        let body = message(call, prepared)?;
        let request = self
            .http
            .post(self.url(number, "messages"))
            .bearer_auth(credentials.token.expose())
            .json(&body);
        let taken: Taken = answer(request).await?;
        let id = taken.messages.into_iter().next().map(|message| message.id);
        // 200 means taken, not sent: the statuses tell the rest.
        id.map(|id| Receipt {
            provider_id: Some(id),
            progress: Progress::Accepted,
        })
        .ok_or_else(|| Fault::Unknown {
            why: Why::new("whatsapp.no_id", "WhatsApp answered without a message id: it may have been sent."),
        })
    }
}

/// An upload that Meta's media service itself could not take. A refused token or a limit would meet the message as well.
fn by_link_instead(why: &Why) -> bool {
    let media_refused = format!("whatsapp.{MEDIA_REFUSED}");
    [
        media_refused.as_str(),
        "whatsapp.131000",
        "whatsapp.http_5xx",
        "whatsapp.timeout",
        "whatsapp.connection",
    ]
    .contains(&why.code.as_str())
}

fn account<'c>(call: &'c Call<'_>) -> Result<(&'c WhatsappNumber, WhatsappCredentials), Fault> {
    let Account::Whatsapp(number) = &call.connection.account else {
        return Err(ours("the connection's kind"));
    };
    let credentials = serde_json::from_str(call.credentials.expose_secret()).map_err(|_| ours("the connection's credentials"))?;
    Ok((number, credentials))
}

pub(crate) fn ours(what: &str) -> Fault {
    Fault::Rejected {
        why: Why::new(
            "whatsapp.internal",
            format!("The message could not be built: {what} is not as it should be. This is ours to fix."),
        ),
    }
}

/// The JSON of one message, as `POST /{phone-number-id}/messages` takes it.
pub fn message(call: &Call<'_>, media_id: Option<&str>) -> Result<Value, Fault> {
    let Address::Whatsapp { to, .. } = call.address else {
        return Err(ours("the address"));
    };
    let mut body = json!({
        "messaging_product": "whatsapp",
        "recipient_type": "individual",
        "to": to.as_str(),
        "biz_opaque_callback_data": call.correlation().to_string(),
    });
    match call.part {
        PartName::Image => {
            let caption = &call.reading.whatsapp_caption;
            body["type"] = json!("image");
            body["image"] = match media_id {
                Some(id) => json!({"id": id, "caption": caption}),
                None => json!({"link": call.picture_url, "caption": caption}),
            };
        }
        PartName::Pdf | PartName::Data => {
            let file = call.file().ok_or_else(|| ours("the file"))?;
            body["type"] = json!("document");
            body["document"] = match media_id {
                Some(id) => json!({"id": id, "filename": file.file_name}),
                None => json!({"link": document::link(file), "filename": file.file_name}),
            };
        }
        PartName::Analysis => {
            let text = call.reading.whatsapp_analysis.as_deref().ok_or_else(|| ours("the analysis"))?;
            body["type"] = json!("text");
            body["text"] = json!({"body": text, "preview_url": false});
        }
    }
    if let Some(chart) = call.reply_to {
        body["context"] = json!({"message_id": chart});
    }
    Ok(body)
}

#[derive(Deserialize)]
struct Uploaded {
    id: String,
}

#[derive(Deserialize)]
struct Taken {
    #[serde(default)]
    messages: Vec<TakenMessage>,
}

#[derive(Deserialize)]
struct TakenMessage {
    id: String,
}

#[derive(Deserialize)]
struct Refusal {
    error: GraphError,
}

#[derive(Deserialize)]
struct GraphError {
    code: i64,
    #[serde(default)]
    is_transient: bool,
}

/// Sends a request and reads its answer: Meta's code decides, the status line only where there is none.
async fn answer<T: for<'de> Deserialize<'de>>(request: reqwest::RequestBuilder) -> Result<T, Fault> {
    let response = request.send().await.map_err(|error| no_answer(&error))?;
    let status = response.status();
    let after = response
        .headers()
        .get(RETRY_AFTER)
        .and_then(|value| value.to_str().ok())
        .and_then(|text| text.trim().parse().ok())
        .map(Duration::from_secs);
    let body = read(response).await?;
    if status.is_success() {
        return serde_json::from_slice(&body).map_err(|_| Fault::Unknown {
            why: Why::new(
                "whatsapp.unreadable",
                "WhatsApp took the request but its answer could not be read: it may have been sent.",
            ),
        });
    }
    match serde_json::from_slice::<Refusal>(&body) {
        Ok(Refusal { error }) => Err(match fault(error.code, after) {
            Fault::Rejected { why } if error.is_transient => Fault::Retry { after, why },
            other => other,
        }),
        Err(_) => Err(without_code(status.as_u16(), after)),
    }
}

/// A refusal that is none of Meta's own: something before it answered.
fn without_code(status: u16, after: Option<Duration>) -> Fault {
    match status {
        429 => Fault::Retry {
            after,
            why: Why::new("whatsapp.429", "WhatsApp asked us to slow down; it is tried again."),
        },
        // A gateway lost sight of the request, which may have been done.
        502 | 504 => Fault::Unknown {
            why: Why::new(
                "whatsapp.http_5xx",
                "WhatsApp's gateway gave up waiting for it: it may have been sent.",
            ),
        },
        500.. => Fault::Retry {
            after,
            why: Why::new("whatsapp.http_5xx", "WhatsApp answered with a server error; it is tried again."),
        },
        _ => Fault::Rejected {
            why: Why::new(
                format!("whatsapp.http_{status}"),
                "WhatsApp refused the request without saying why. This is ours to fix.",
            ),
        },
    }
}

/// A request without an answer: not sent where there was no connection, unknown in every other case.
fn no_answer(error: &reqwest::Error) -> Fault {
    if error.is_connect() {
        return Fault::Retry {
            after: None,
            why: Why::new("whatsapp.connection", "WhatsApp could not be reached; it is tried again."),
        };
    }
    let why = if error.is_timeout() {
        Why::new("whatsapp.timeout", "WhatsApp did not answer in time: it may have been sent.")
    } else {
        Why::new(
            "whatsapp.broken_off",
            "The connection to WhatsApp broke off before its answer: it may have been sent.",
        )
    };
    Fault::Unknown { why }
}

async fn read(mut response: reqwest::Response) -> Result<Vec<u8>, Fault> {
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(|error| no_answer(&error))? {
        if body.len() + chunk.len() > ANSWER_BYTES_MAX {
            return Err(Fault::Unknown {
                why: Why::new(
                    "whatsapp.oversized",
                    "WhatsApp's answer was larger than any it documents: it may have been sent.",
                ),
            });
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body)
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::fault::Outcome;

    #[test]
    fn a_gateway_may_have_passed_it_on() {
        use Outcome::{Rejected, Retry, Unknown};
        let outcomes = [400, 404, 429, 500, 502, 503, 504].map(|status| without_code(status, None).outcome());
        assert_eq!(outcomes, [Rejected, Rejected, Retry, Retry, Unknown, Retry, Unknown]);
    }
}
