//! `/v1/uploads`: where to put a file. It goes straight to the bucket; a function's request ends at 6 MB.

use axum::extract::State;
use domain::ids::UploadId;
use domain::secret::SecretText;
use serde::{Deserialize, Serialize};
use sources::limits::BYTES_MAX;
use utoipa::ToSchema;

use crate::api::Shared;
use crate::body::Body;
use crate::caller::Editor;
use crate::once::{Answer, Making, OnceKey};
use crate::problem::Problem;

/// A file to be uploaded.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewUpload {
    /// Its exact size: 1 to 10,485,760 bytes.
    #[schema(minimum = 1, maximum = 10_485_760, example = 48_211)]
    pub bytes: u64,
}

/// Where to put the file.
#[derive(Debug, Serialize, ToSchema)]
pub struct Upload {
    /// Name it in a source: `{csv: {upload: …}}`.
    pub id: UploadId,
    /// Always PUT.
    #[schema(example = "PUT")]
    pub method: &'static str,
    /// Send the file here within 15 minutes, exactly as many bytes as announced.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = String, format = "uri")]
    pub url: Option<SecretText>,
}

/// Ask where to upload a file
#[utoipa::path(post, path = "/v1/uploads", tag = "sources", params(crate::openapi::IdempotencyKey), request_body = NewUpload,
    responses((status = 201, body = Upload), crate::openapi::Refusals))]
pub(crate) async fn create(
    State(api): State<Shared>,
    Editor(caller): Editor,
    key: OnceKey,
    Body { value: new, bytes }: Body<NewUpload>,
) -> Result<Answer, Problem> {
    let bytes_max = u64::try_from(BYTES_MAX).unwrap_or(u64::MAX);
    if !(1..=bytes_max).contains(&new.bytes) {
        return Err(Problem::field("/bytes", new.bytes.to_string(), format!("1 to {bytes_max}")));
    }
    let make = async |making: Making| {
        let id = UploadId::generate(making.at, making.bits("upload"));
        let url = api.store.bucket.upload_url(&caller.org, &id, new.bytes).await?;
        let upload = Upload {
            id: id.clone(),
            method: "PUT",
            url: None,
        };
        Ok(Answer::new(axum::http::StatusCode::CREATED, &upload)?.with_secret("/url", SecretText::new(url)))
    };
    api.once(&caller, &key, "uploads.create", &bytes, make).await
}
