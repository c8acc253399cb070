//! The files that go along with the pictures.

use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::PoisonError;

use chart::{Paper, RenderOptions, Sheet, Theme};
use domain::attachment::Attachment;
use domain::dataset::Dataset;
use domain::ids::OrgId;
use domain::message::Render;
use domain::pulse::Pulse;
use domain::reading::Reading;
use store::StoredFile;

use crate::{RenderChart, RenderError, titled, zone};

impl RenderChart {
    /// Makes and keeps the files that the pulse asks for; which of them there are. A file that was kept before stays as it is: its size and hash
    /// may have been told to somebody.
    pub(crate) async fn attach(
        &self,
        message: &Render,
        pulse: &Pulse,
        dataset: &Dataset,
        reading: &Reading,
        options: &RenderOptions,
    ) -> Result<BTreeSet<Attachment>, RenderError> {
        let (org, run): (&OrgId, _) = (&message.org_id, &message.run_id);
        let day = reading.as_of.to_zoned(zone(pulse)).date();
        let mut attached = BTreeSet::new();
        for attachment in pulse.message.attachments.iter().copied() {
            let bytes = match attachment {
                Attachment::Pdf => self.document(pulse, dataset, reading, options),
                Attachment::Data => Some(dataset.to_csv()),
            };
            let Some(bytes) = bytes else { continue };
            let file = StoredFile {
                file_name: attachment.file_name(&reading.title, day),
                bytes,
            };
            self.store.bucket.put_new_attachment(org, run, attachment, file).await?;
            attached.insert(attachment);
        }
        Ok(attached)
    }

    /// The chart on paper, which is white. The chart itself does not wait for what is wrong with it.
    fn document(&self, pulse: &Pulse, dataset: &Dataset, reading: &Reading, usual: &RenderOptions) -> Option<Vec<u8>> {
        let sheet = Sheet {
            paper: Paper::of(&pulse.message.locale),
            title: reading.title.clone(),
            language: pulse.message.locale.clone(),
            created_at: reading.as_of,
        };
        let options = RenderOptions {
            theme: Theme::Light,
            ..usual.clone()
        };
        let mut renderer = self.renderer.lock().unwrap_or_else(PoisonError::into_inner);
        let made = alone(|| {
            renderer
                .pdf_rows(dataset, &titled(pulse), &options, &sheet)
                .map_err(|error| error.to_string())
        });
        if let Err(error) = &made {
            tracing::error!(pulse.id = %pulse.id, error, "a chart could not be set on paper; it goes without its PDF");
        }
        made.ok().map(|pdf| pdf.bytes)
    }
}

/// Fonts are taken apart by many hands: what one of them did not foresee costs the file, not the chart.
fn alone<T>(work: impl FnOnce() -> Result<T, String>) -> Result<T, String> {
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|_| Err("it panicked".to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_is_an_error() {
        assert_eq!(alone(|| Ok(1)), Ok(1));
        assert_eq!(alone::<u8>(|| Err("no font".to_owned())), Err("no font".to_owned()));
        assert_eq!(alone::<u8>(|| panic!("planted")), Err("it panicked".to_owned()));
    }
}
