//! What one Delivery is sent with, read just before it is.

use domain::attachment::Attachment;
use domain::connection::{Connection, ConnectionState};
use domain::delivery::{PartName, Phase};
use domain::destination::{Address, Destination, DestinationState};
use domain::fault::Why;
use domain::link::{FileLink, RunFile};
use domain::reading::Reading;
use futures_util::future::{try_join_all, try_join3};
use secrecy::ExposeSecret;
use store::registry::StoredConnection;

use crate::conclude::Conclusion;
use crate::pipeline::Sending;
use crate::{Attached, DeliveryError, Next, Secret};

/// What a Delivery is sent with.
pub(crate) struct Equipment {
    pub(crate) address: Address,
    pub(crate) connection: Connection,
    pub(crate) revision: u64,
    pub(crate) credentials: Secret,
    pub(crate) reading: Reading,
    pub(crate) png: Vec<u8>,
    pub(crate) picture_url: String,
    pub(crate) attachments: Vec<Attached>,
    pub(crate) unreachable_runs: u32,
}

impl Sending<'_> {
    /// Reads what is needed, or puts the Delivery to rest where it cannot be sent now.
    pub(crate) async fn equip(&self) -> Result<Result<Equipment, Next>, DeliveryError> {
        let store = &self.desk.store;
        let target = store.destination(self.org, &self.delivery.id.destination).await?;
        let Some(Destination {
            address,
            state: DestinationState::Active,
            unreachable_runs,
            ..
        }) = target
        else {
            let why = Why::new(
                "destination.inactive",
                "The destination was switched off or deleted before this was sent.",
            );
            return self.finish(Conclusion::new(Phase::Failed, why)).await.map(Err);
        };
        let Some(StoredConnection {
            connection,
            sealed,
            revision,
        }) = store.connection(self.org, address.connection()).await?
        else {
            let why = Why::new(
                "connection.missing",
                "The connection this is sent through was deleted. Choose another one for the destination.",
            );
            return self.finish(Conclusion::new(Phase::Failed, why)).await.map(Err);
        };
        match connection.state {
            ConnectionState::Connected => {}
            ConnectionState::NeedsAttention => {
                let why = connection
                    .why
                    .clone()
                    .unwrap_or_else(|| Why::new("connection.needs_attention", "The connection needs attention: reconnect it."));
                return self.hold(&connection, &why, None).await.map(Err);
            }
            ConnectionState::Revoked => {
                let why = Why::new(
                    "connection.revoked",
                    "The connection this is sent through was revoked. Choose another one for the destination.",
                );
                return self.finish(Conclusion::new(Phase::Failed, why)).await.map(Err);
            }
        }
        let sealed =
            sealed.ok_or_else(|| DeliveryError::Missing(format!("the credentials of connection {} are missing", connection.id)))?;
        let sealed = vault::Sealed::from_json(&sealed)?;
        let credentials = self.desk.vault.open(self.org, &connection.id, &sealed, self.now()).await?;
        let run = &self.delivery.id.run;
        let (reading, png, attachments) = try_join3(
            async { Ok(store.bucket.reading(self.org, run).await?) },
            async { Ok(store.bucket.picture(self.org, run, self.delivery.picture).await?) },
            try_join_all(self.wanted().map(|kind| self.attached(kind))),
        )
        .await?;
        let (Some(reading), Some(png)) = (reading, png) else {
            return Err(DeliveryError::Missing(format!(
                "the reading or the picture of run {run} is not in the bucket"
            )));
        };
        let picture_url = self.url(RunFile::Picture(self.delivery.picture));
        Ok(Ok(Equipment {
            address,
            connection,
            revision,
            credentials,
            reading,
            png,
            picture_url,
            attachments,
            unreachable_runs,
        }))
    }

    /// The files that this try needs: not those that the provider has.
    fn wanted(&self) -> impl Iterator<Item = Attachment> {
        let is_open = |kind: &Attachment| {
            let part = self.delivery.part(PartName::from(*kind));
            part.is_none_or(|part| !part.progress.is_taken())
        };
        self.delivery.attachments.iter().copied().filter(is_open)
    }

    async fn attached(&self, kind: Attachment) -> Result<Attached, DeliveryError> {
        let run = &self.delivery.id.run;
        let file = self.desk.store.bucket.attachment(self.org, run, kind).await?;
        let file = file.ok_or_else(|| DeliveryError::Missing(format!("the attachment {kind} of run {run} is not in the bucket")))?;
        Ok(Attached {
            kind,
            file_name: file.file_name,
            bytes: file.bytes,
            url: self.url(RunFile::Attachment(kind)),
        })
    }

    /// The address of a file for whoever is given it; the same one at every try.
    fn url(&self, file: RunFile) -> String {
        let link = FileLink::new(self.org.clone(), self.delivery.id.run.clone(), file, self.delivery.created_at);
        format!(
            "{}{}",
            self.desk.public_url,
            link.path(self.desk.link_key.expose_secret().as_bytes())
        )
    }
}
