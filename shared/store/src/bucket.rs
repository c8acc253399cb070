//! The bucket: datasets, readings, pictures, uploads and oversized webhook bodies. Attachments have a room of their own.

use std::collections::HashMap;
use std::time::Duration;

use aws_sdk_s3::Client;
use aws_sdk_s3::error::ProvideErrorMetadata;
use aws_sdk_s3::operation::put_object::builders::PutObjectFluentBuilder;
use aws_sdk_s3::presigning::PresigningConfig;
use aws_sdk_s3::primitives::ByteStream;
use domain::dataset::Dataset;
use domain::delivery::Picture;
use domain::ids::{OrgId, RunId, UploadId};
use domain::reading::Reading;
use serde::Serialize;
use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};

use crate::error::{StoreError, aws, corrupt};
use crate::keys;

/// The S3 bucket.
#[derive(Debug, Clone)]
pub struct Bucket {
    pub(crate) client: Client,
    pub(crate) name: String,
}

/// How long an upload address is valid.
const UPLOAD_URL_LIFE: Duration = Duration::from_secs(15 * 60);

impl Bucket {
    pub(crate) fn new(sdk: &aws_types::SdkConfig, name: String) -> Self {
        // Emulators have no bucket host names; AWS itself does.
        let path_style = sdk.endpoint_url().is_some();
        let config = aws_sdk_s3::config::Builder::from(sdk).force_path_style(path_style).build();
        Self {
            client: Client::from_conf(config),
            name,
        }
    }

    async fn put(&self, what: &'static str, key: &str, bytes: Vec<u8>, content_type: &str) -> Result<(), StoreError> {
        let put = self
            .client
            .put_object()
            .bucket(&self.name)
            .key(key)
            .content_type(content_type)
            .body(ByteStream::from(bytes));
        put.send().await.map_err(aws(what)).map(drop)
    }

    async fn get(&self, what: &'static str, key: &str) -> Result<Option<Vec<u8>>, StoreError> {
        Ok(self.get_object(what, key).await?.map(|(_, bytes)| bytes))
    }

    /// An object's own metadata and its bytes.
    pub(crate) async fn get_object(
        &self,
        what: &'static str,
        key: &str,
    ) -> Result<Option<(Option<HashMap<String, String>>, Vec<u8>)>, StoreError> {
        let answer = match self.client.get_object().bucket(&self.name).key(key).send().await {
            Ok(answer) => answer,
            Err(error) if error.as_service_error().and_then(ProvideErrorMetadata::code) == Some("NoSuchKey") => return Ok(None),
            Err(error) => return Err(aws(what)(error)),
        };
        let bytes = answer.body.collect().await.map_err(|error| StoreError::Aws {
            what,
            detail: error.to_string(),
        })?;
        Ok(Some((answer.metadata, bytes.to_vec())))
    }

    async fn put_json<T: Serialize>(&self, what: &'static str, key: &str, value: &T) -> Result<(), StoreError> {
        let bytes = serde_json::to_vec(value).map_err(corrupt(what))?;
        self.put(what, key, bytes, "application/json").await
    }

    async fn get_json<T: DeserializeOwned>(&self, what: &'static str, key: &str) -> Result<Option<T>, StoreError> {
        let Some(bytes) = self.get(what, key).await? else { return Ok(None) };
        serde_json::from_slice(&bytes).map(Some).map_err(corrupt(what))
    }

    /// `false` where something was there already; it stays.
    async fn put_new_json<T: Serialize>(&self, what: &'static str, key: String, value: &T) -> Result<bool, StoreError> {
        let bytes = serde_json::to_vec(value).map_err(corrupt(what))?;
        let put = self.client.put_object().key(key).content_type("application/json");
        self.put_new(what, put.body(ByteStream::from(bytes))).await
    }

    /// Keeps an object where none is. `false` where another writer was first.
    pub(crate) async fn put_new(&self, what: &'static str, put: PutObjectFluentBuilder) -> Result<bool, StoreError> {
        match put.bucket(&self.name).if_none_match("*").send().await.map_err(aws(what)) {
            Ok(_) => Ok(true),
            Err(StoreError::Conflict { .. }) => Ok(false),
            Err(error) => Err(error),
        }
    }

    /// Keeps the rows of a run where none are. `false` where another reader was first: its rows are the run's.
    ///
    /// # Errors
    /// [`StoreError::Aws`].
    pub async fn put_new_dataset(&self, org: &OrgId, run: &RunId, dataset: &Dataset) -> Result<bool, StoreError> {
        self.put_new_json("dataset", keys::dataset_object(org, run), dataset).await
    }

    /// The rows of a run, where they were already read.
    ///
    /// # Errors
    /// [`StoreError::Aws`], [`StoreError::Corrupt`].
    pub async fn dataset(&self, org: &OrgId, run: &RunId) -> Result<Option<Dataset>, StoreError> {
        self.get_json("dataset", &keys::dataset_object(org, run)).await
    }

    /// Keeps what is true of a run's rows.
    ///
    /// # Errors
    /// [`StoreError::Aws`].
    pub async fn put_facts<T: Serialize>(&self, org: &OrgId, run: &RunId, facts: &T) -> Result<(), StoreError> {
        self.put_json("facts", &keys::facts_object(org, run), facts).await
    }

    /// Keeps the words about a run where none are. `false` where another writer was first: its words are the run's.
    ///
    /// # Errors
    /// [`StoreError::Aws`].
    pub async fn put_new_reading(&self, org: &OrgId, run: &RunId, reading: &Reading) -> Result<bool, StoreError> {
        self.put_new_json("reading", keys::reading_object(org, run), reading).await
    }

    /// The words about a run, where they were written.
    ///
    /// # Errors
    /// [`StoreError::Aws`], [`StoreError::Corrupt`].
    pub async fn reading(&self, org: &OrgId, run: &RunId) -> Result<Option<Reading>, StoreError> {
        self.get_json("reading", &keys::reading_object(org, run)).await
    }

    /// Keeps a picture of a run (PNG) where none is. `false` where it was drawn before: that one is the run's, since a link to it may be out already,
    /// and an organisation's colours may have changed between two tries.
    ///
    /// # Errors
    /// [`StoreError::Aws`].
    pub async fn put_new_picture(&self, org: &OrgId, run: &RunId, picture: Picture, png: Vec<u8>) -> Result<bool, StoreError> {
        let put = self.client.put_object().key(keys::picture_object(org, run, picture));
        self.put_new("picture", put.content_type("image/png").body(ByteStream::from(png)))
            .await
    }

    /// A picture of a run (PNG), where it was drawn.
    ///
    /// # Errors
    /// [`StoreError::Aws`].
    pub async fn picture(&self, org: &OrgId, run: &RunId, picture: Picture) -> Result<Option<Vec<u8>>, StoreError> {
        self.get("picture", &keys::picture_object(org, run, picture)).await
    }

    /// A file that was uploaded.
    ///
    /// # Errors
    /// [`StoreError::Aws`].
    pub async fn upload(&self, org: &OrgId, upload: &UploadId) -> Result<Option<Vec<u8>>, StoreError> {
        self.get("upload", &keys::upload_object(org, upload)).await
    }

    /// Keeps a file as if it had been uploaded.
    ///
    /// # Errors
    /// [`StoreError::Aws`].
    pub async fn put_upload(&self, org: &OrgId, upload: &UploadId, bytes: Vec<u8>) -> Result<(), StoreError> {
        self.put("upload", &keys::upload_object(org, upload), bytes, "application/octet-stream")
            .await
    }

    /// An address to which a file of exactly `content_length` bytes may be PUT within fifteen minutes.
    ///
    /// # Errors
    /// [`StoreError::Aws`].
    pub async fn upload_url(&self, org: &OrgId, upload: &UploadId, content_length: u64) -> Result<String, StoreError> {
        let what = "upload address";
        let presigning = PresigningConfig::expires_in(UPLOAD_URL_LIFE).map_err(|error| StoreError::Aws {
            what,
            detail: error.to_string(),
        })?;
        let length = i64::try_from(content_length).unwrap_or(i64::MAX);
        let put = self
            .client
            .put_object()
            .bucket(&self.name)
            .key(keys::upload_object(org, upload))
            .content_length(length);
        let request = put.presigned(presigning).await.map_err(aws(what))?;
        Ok(request.uri().to_owned())
    }

    /// Keeps a webhook body that is too large for a queue; returns its key. The same body twice is one object.
    ///
    /// # Errors
    /// [`StoreError::Aws`].
    pub async fn put_inbound(&self, body: &[u8]) -> Result<String, StoreError> {
        let sha256_hex: String = Sha256::digest(body).iter().map(|byte| format!("{byte:02x}")).collect();
        let key = keys::inbound_object(&sha256_hex);
        self.put("inbound body", &key, body.to_vec(), "application/json").await?;
        Ok(key)
    }

    /// A webhook body kept by [`Bucket::put_inbound`].
    ///
    /// # Errors
    /// [`StoreError::Aws`].
    pub async fn inbound(&self, key: &str) -> Result<Option<Vec<u8>>, StoreError> {
        self.get("inbound body", key).await
    }
}
