//! What reading a Source needs of us: its file, its credentials, the guard.

use bytes::Bytes;
use domain::connection::ConnectionState;
use domain::fault::{Fault, Why};
use domain::ids::OrgId;
use domain::source::Source;
use runtime::http::Method;
use sources::Access;
use url::Url;

use crate::{ComposeError, ComposePulse, Composed};

impl ComposePulse {
    /// Reads a Source now.
    pub(crate) async fn read(&self, org: &OrgId, source: &Source) -> Result<Composed, ComposeError> {
        let now = self.runtime.clock.now();
        let upload = match source.spec.upload() {
            Some(id) => self.store.bucket.upload(org, id).await?.map(Bytes::from),
            None => None,
        };
        let credentials = match source.spec.connection() {
            None => None,
            Some(id) => {
                let Some(stored) = self.store.connection(org, id).await? else {
                    return Ok(rejected(
                        "connection.missing",
                        "The connection of this source was deleted. Choose another one.",
                    ));
                };
                if stored.connection.state != ConnectionState::Connected {
                    let why = stored.connection.why.unwrap_or_else(|| {
                        Why::new(
                            "connection.not_connected",
                            "The connection of this source does not work. Reconnect it.",
                        )
                    });
                    return Ok(Composed::Fault(Fault::Rejected { why }));
                }
                let sealed = vault::Sealed::from_json(&stored.sealed.unwrap_or_default())?;
                Some(self.vault.open(org, id, &sealed, now).await?)
            }
        };
        let guard = |url: Url| self.guarded.request(Method::GET, url).map_err(|refused| refused.to_string());
        let access = Access {
            upload: upload.as_ref(),
            guard: &guard,
            provider: &self.provider,
            credentials: credentials.as_ref(),
            google: &self.google,
            tokens: &self.tokens,
            timeout: sources::limits::CALL_TIMEOUT,
        };
        Ok(match sources::read(&source.spec, access, now).await {
            Ok(dataset) => Composed::Rows(Box::new(dataset)),
            Err(error) => Composed::Fault(error.into()),
        })
    }

    /// The provider refuses the connection's credentials: it needs a person.
    pub(crate) async fn connection_needs_attention(&self, org: &OrgId, source: &Source, why: &Why) -> Result<(), ComposeError> {
        let Some(id) = source.spec.connection() else { return Ok(()) };
        if let Some(stored) = self.store.connection(org, id).await? {
            self.store.connection_needs_attention(org, id, stored.revision, why).await?;
        }
        Ok(())
    }
}

fn rejected(code: &str, sentence: &str) -> Composed {
    Composed::Fault(Fault::Rejected {
        why: Why::new(code, sentence),
    })
}
