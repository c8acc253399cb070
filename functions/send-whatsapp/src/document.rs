//! Files as Meta takes them.

use delivery::{Attached, Call};
use domain::attachment::Attachment;
use domain::delivery::PartName;
use domain::fault::{Fault, Why};

use crate::whatsapp::ours;

/// Largest document, in bytes (Meta, "Supported media types").
const DOCUMENT_BYTES_MAX: usize = 100 * 1024 * 1024;

/// A file on its way to Meta.
pub(crate) struct Upload<'a> {
    pub(crate) file_name: &'a str,
    pub(crate) media_type: &'static str,
    pub(crate) bytes: &'a [u8],
}

impl<'a> Upload<'a> {
    /// What this part has to upload; `None` for words.
    pub(crate) fn of(call: &'a Call<'_>) -> Result<Option<Self>, Fault> {
        let file = match call.part {
            PartName::Image => {
                return Ok(Some(Self {
                    file_name: "chart.png",
                    media_type: "image/png",
                    bytes: call.png,
                }));
            }
            PartName::Analysis => return Ok(None),
            PartName::Pdf | PartName::Data => call.file().ok_or_else(|| ours("the file"))?,
        };
        if file.bytes.len() > DOCUMENT_BYTES_MAX {
            let why = Why::new(
                "whatsapp.document_size",
                "The file is larger than the 100 MB that WhatsApp takes. Read fewer rows, or send it to a webhook.",
            );
            return Err(Fault::Rejected { why });
        }
        Ok(Some(Self {
            file_name: &file.file_name,
            media_type: media_type(file.kind),
            bytes: &file.bytes,
        }))
    }
}

/// Meta's list of document types has no `text/csv`. Plain text is on it, and the file's name tells a phone what to open it with.
fn media_type(kind: Attachment) -> &'static str {
    match kind {
        Attachment::Pdf => "application/pdf",
        Attachment::Data => "text/plain",
    }
}

/// Where Meta fetches the file by itself: under a name for which we answer with the type of [`media_type`].
pub(crate) fn link(file: &Attached) -> String {
    match file.url.strip_suffix(".csv") {
        Some(token) if file.kind == Attachment::Data => format!("{token}.txt"),
        _ => file.url.clone(),
    }
}
