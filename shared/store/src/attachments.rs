//! Files that go along with a run's pictures. Each is written once and never changes: what was promised about it (its size, its hash) stays true.

use std::time::Duration;

use aws_sdk_s3::presigning::PresigningConfig;
use aws_sdk_s3::primitives::ByteStream;
use domain::attachment::{Attachment, percent_decoded, percent_encoded};
use domain::ids::{OrgId, RunId};

use crate::error::{StoreError, aws};
use crate::{Bucket, keys};

const WHAT: &str = "attachment";

/// The object's metadata that holds the file's name, percent-encoded: S3 takes ASCII only.
const FILE_NAME: &str = "file-name";

/// How long the bucket's own address of a file is valid. Whoever is sent there follows at once.
const URL_LIFE: Duration = Duration::from_secs(5 * 60);

/// A file as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredFile {
    /// What people see as its name.
    pub file_name: String,
    /// Its content.
    pub bytes: Vec<u8>,
}

impl Bucket {
    /// Keeps an attachment of a run where there is none. `false` where it was there: the former stays.
    ///
    /// # Errors
    /// [`StoreError::Aws`].
    pub async fn put_new_attachment(&self, org: &OrgId, run: &RunId, attachment: Attachment, file: StoredFile) -> Result<bool, StoreError> {
        let put = self
            .client
            .put_object()
            .key(keys::attachment_object(org, run, attachment))
            .content_type(attachment.media_type())
            .content_disposition(attachment.content_disposition(&file.file_name))
            .metadata(FILE_NAME, percent_encoded(&file.file_name))
            .body(ByteStream::from(file.bytes));
        self.put_new(WHAT, put).await
    }

    /// An attachment of a run, where it was made.
    ///
    /// # Errors
    /// [`StoreError::Aws`].
    pub async fn attachment(&self, org: &OrgId, run: &RunId, attachment: Attachment) -> Result<Option<StoredFile>, StoreError> {
        let found = self.get_object(WHAT, &keys::attachment_object(org, run, attachment)).await?;
        Ok(found.map(|(metadata, bytes)| StoredFile {
            file_name: metadata
                .and_then(|all| all.get(FILE_NAME).map(|name| percent_decoded(name)))
                .unwrap_or_default(),
            bytes,
        }))
    }

    /// The bucket's own address of an attachment, valid for five minutes: for a file that is larger than a function may answer.
    /// It is answered with `media_type`.
    ///
    /// # Errors
    /// [`StoreError::Aws`].
    pub async fn attachment_url(&self, org: &OrgId, run: &RunId, attachment: Attachment, media_type: &str) -> Result<String, StoreError> {
        let presigning = PresigningConfig::expires_in(URL_LIFE).map_err(|error| StoreError::Aws {
            what: WHAT,
            detail: error.to_string(),
        })?;
        let get = self
            .client
            .get_object()
            .bucket(&self.name)
            .key(keys::attachment_object(org, run, attachment))
            .response_content_type(media_type);
        Ok(get.presigned(presigning).await.map_err(aws(WHAT))?.uri().to_owned())
    }
}
