//! What has been on a queue once must be readable for ever: a message may wait there, or in the dead letters, across a release.

#![expect(clippy::unwrap_used, reason = "tests")]

use std::collections::BTreeMap;
use std::fmt::Debug;
use std::fs;

use serde_json::{Value, json};

use super::*;

/// Every file of `fixtures/messages`, by name. A file is never changed and never removed; a new shape is a new file.
fn fixtures() -> BTreeMap<String, String> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/messages");
    let files = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let read = |path: std::path::PathBuf| {
        (
            path.file_name().unwrap().to_str().unwrap().to_owned(),
            fs::read_to_string(&path).unwrap(),
        )
    };
    files.map(read).collect()
}

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn org() -> OrgId {
    OrgId::parse("org_01KABCDEFGHJKMNPQRSTVWXYZ0").unwrap()
}

fn pulse_due() -> PulseDue {
    PulseDue {
        org_id: org(),
        pulse_id: PulseId::parse("weekly-revenue").unwrap(),
        scheduled_for: at("2026-11-20T09:00:00Z"),
        cause: Cause::Manual,
    }
}

fn compose() -> Compose {
    Compose {
        org_id: org(),
        run_id: RunId::parse("weekly-revenue~20261120T090000Z").unwrap(),
        pulse_version: 3,
        expires_at: at("2026-11-20T15:00:00Z"),
    }
}

fn render() -> Render {
    let Compose {
        org_id,
        run_id,
        pulse_version,
        expires_at,
    } = compose();
    Render {
        org_id,
        run_id,
        pulse_version,
        expires_at,
    }
}

fn deliver() -> Deliver {
    Deliver {
        org_id: org(),
        delivery_id: DeliveryId::parse("weekly-revenue~20261120T090000123Z-m~dst_01KABCDEFGHJKMNPQRSTVWXYZ1").unwrap(),
        kind: DestinationKind::Whatsapp,
    }
}

fn inbound(body: InboundBody) -> Inbound {
    Inbound {
        provider: Provider::Whatsapp,
        received_at: at("2026-11-20T09:00:01.25Z"),
        body,
    }
}

fn inline() -> Inbound {
    inbound(InboundBody::Inline(
        r#"{"object":"whatsapp_business_account","entry":[{"id":"102290129340398","changes":[]}]}"#.to_owned(),
    ))
}

fn stored() -> Inbound {
    inbound(InboundBody::Stored(
        "inbound/e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855.json".to_owned(),
    ))
}

/// The file as `M`, as it stands and with a member that a later release may add.
fn decode<M: Message + PartialEq + Debug>(name: &str, text: &str) -> M {
    let message: M = serde_json::from_str(text).unwrap_or_else(|error| panic!("{name} no longer decodes: {error}"));
    let mut later: Value = serde_json::from_str(text).unwrap();
    later["added_in_a_later_release"] = json!({"by": "somebody"});
    let read: M = serde_json::from_value(later).unwrap_or_else(|error| panic!("{name} with a new field does not decode: {error}"));
    assert_eq!(read, message, "{name}: a field that is not known yet is passed over");
    message
}

#[test]
fn every_released_shape_still_means_the_same() {
    for (name, text) in fixtures() {
        match name.as_str() {
            "pulse_due-v1.json" => assert_eq!(decode::<PulseDue>(&name, &text), pulse_due()),
            // As EventBridge was told to write it before there was a cause.
            "pulse_due-v1-minimal.json" => {
                let expected = PulseDue {
                    cause: Cause::Schedule,
                    ..pulse_due()
                };
                assert_eq!(decode::<PulseDue>(&name, &text), expected);
            }
            "compose-v1.json" => assert_eq!(decode::<Compose>(&name, &text), compose()),
            "render-v1.json" => assert_eq!(decode::<Render>(&name, &text), render()),
            "deliver-v1.json" => assert_eq!(decode::<Deliver>(&name, &text), deliver()),
            "inbound-v1.json" => assert_eq!(decode::<Inbound>(&name, &text), inline()),
            "inbound-v1-stored.json" => assert_eq!(decode::<Inbound>(&name, &text), stored()),
            _ => panic!("{name} is checked by nobody: add it here with the message it must decode to"),
        }
    }
}

#[test]
fn no_released_shape_was_removed() {
    let known = [
        "compose-v1.json",
        "deliver-v1.json",
        "inbound-v1-stored.json",
        "inbound-v1.json",
        "pulse_due-v1-minimal.json",
        "pulse_due-v1.json",
        "render-v1.json",
    ];
    let there: Vec<String> = fixtures().into_keys().collect();
    assert_eq!(
        there, known,
        "add a file for a new shape; never remove one: it may still be in a dead-letter queue"
    );
}

#[test]
fn what_is_written_today_is_the_newest_shape() {
    let files = fixtures();
    let written = |name: &str, value: Value| {
        let file: Value = serde_json::from_str(&files[name]).unwrap();
        assert_eq!(
            value, file,
            "{name}: a changed shape gets a new file, `-v2`, and keeps this one decoding"
        );
    };
    written("pulse_due-v1.json", serde_json::to_value(pulse_due()).unwrap());
    written("compose-v1.json", serde_json::to_value(compose()).unwrap());
    written("render-v1.json", serde_json::to_value(render()).unwrap());
    written("deliver-v1.json", serde_json::to_value(deliver()).unwrap());
    written("inbound-v1.json", serde_json::to_value(inline()).unwrap());
    written("inbound-v1-stored.json", serde_json::to_value(stored()).unwrap());
}

#[test]
fn a_message_without_one_of_its_ids_is_refused() {
    for (name, text) in fixtures() {
        let whole: Value = serde_json::from_str(&text).unwrap();
        for member in ["org_id", "pulse_id", "run_id", "delivery_id", "body"] {
            let mut cut = whole.clone();
            if cut.as_object_mut().unwrap().remove(member).is_none() {
                continue;
            }
            let kind = name.split('-').next().unwrap();
            let decodes = match kind {
                "pulse_due" => serde_json::from_value::<PulseDue>(cut).is_ok(),
                "compose" => serde_json::from_value::<Compose>(cut).is_ok(),
                "render" => serde_json::from_value::<Render>(cut).is_ok(),
                "deliver" => serde_json::from_value::<Deliver>(cut).is_ok(),
                _ => serde_json::from_value::<Inbound>(cut).is_ok(),
            };
            assert!(!decodes, "{name} decodes without {member}");
        }
    }
}

/// The longest message of each kind that ids allow.
#[test]
fn the_longest_ids_fit_the_limit() {
    fn assert_fits<M: Message>(message: &M) {
        let bytes = serde_json::to_vec(message).unwrap().len();
        assert!(bytes <= M::BODY_BYTES_MAX / 4, "{bytes} bytes");
    }
    let long = "x".repeat(crate::ids::ID_BYTES_MAX);
    let org_id = OrgId::parse(&long).unwrap();
    let run_id = RunId::parse(&format!("{long}~20261120T090000123Z-m")).unwrap();
    let delivery_id = DeliveryId::parse(&format!("{run_id}~{long}")).unwrap();
    let pulse_id = PulseId::parse(&long).unwrap();
    assert_fits(&PulseDue {
        org_id: org_id.clone(),
        pulse_id,
        ..pulse_due()
    });
    assert_fits(&Compose {
        org_id: org_id.clone(),
        run_id: run_id.clone(),
        ..compose()
    });
    assert_fits(&Render {
        org_id: org_id.clone(),
        run_id,
        ..render()
    });
    assert_fits(&Deliver {
        org_id,
        delivery_id,
        ..deliver()
    });
    assert_fits(&stored());
}

/// Within JSON text every character is written in at most twice its bytes: quotes, backslashes and line breaks get a backslash before them.
#[test]
fn the_longest_inline_body_fits_the_limit() {
    for hardest in ["\"", "\\", "\n"] {
        let message = inbound(InboundBody::Inline(hardest.repeat(INBOUND_INLINE_BYTES_MAX)));
        let bytes = serde_json::to_vec(&message).unwrap().len();
        assert!(bytes <= Inbound::BODY_BYTES_MAX, "{hardest:?}: {bytes} bytes");
    }
}

#[test]
fn queues_are_fair_between_organisations() {
    assert_eq!(pulse_due().org_id(), Some(&org()));
    assert_eq!(compose().org_id(), Some(&org()));
    assert_eq!(render().org_id(), Some(&org()));
    assert_eq!(deliver().org_id(), Some(&org()));
    assert_eq!(inline().org_id(), None, "whose it is stands in a body that nobody has read yet");
}
