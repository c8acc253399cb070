//! The event's body.

use delivery::Call;
use domain::message::Cause;
use serde_json::{Value, json};

/// The event of one Delivery. Under 20 KB: the picture is a link, valid for 30 days.
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
        },
    })
}
