//! The event's body.

use delivery::{Attached, Call};
use domain::message::Cause;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

/// The event of one Delivery. Under 20 KB: picture and files are links, valid for 30 days.
pub fn event(call: &Call<'_>) -> Value {
    let (reading, id) = (call.reading, &call.delivery.id);
    let (width, height) = call.delivery.picture.size.pixels();
    json!({
        "type": "pulse.delivered",
        "timestamp": reading.composed_at,
        "data": {
            "delivery_id": id,
            "run_id": id.run,
            "pulse_id": id.run.pulse(),
            "destination_id": id.destination,
            "is_test": id.run.cause() == Cause::Test,
            "title": reading.title,
            "summary": reading.summary,
            "highlights": reading.highlights,
            "analysis": reading.analysis,
            "as_of": reading.as_of,
            "link": reading.link,
            "chart": {
                "url": call.picture_url,
                "content_type": "image/png",
                "width": width,
                "height": height,
                "bytes": call.png.len(),
                "alt": reading.alt,
            },
            "attachments": call.attachments.iter().map(attachment).collect::<Vec<_>>(),
        },
    })
}

fn attachment(file: &Attached) -> Value {
    let sha256: String = Sha256::digest(&file.bytes).iter().map(|byte| format!("{byte:02x}")).collect();
    json!({
        "kind": file.kind,
        "url": file.url,
        "media_type": file.kind.media_type(),
        "bytes": file.bytes.len(),
        "sha256": sha256,
        "file_name": file.file_name,
    })
}
