//! What we send and read, held against what the providers publish. The files lie beside the repository; without them these tests say so and
//! pass.

use std::fs;
use std::path::{Path, PathBuf};

use delivery::{Attached, Call, Secret};
use domain::attachment::Attachment;
use domain::connection::{Account, Connection, ConnectionState, WhatsappNumber};
use domain::delivery::{Delivery, PartName, Phase, Picture, PictureSize, Theme};
use domain::destination::{Address, DestinationKind};
use domain::fault::WhenUnknown;
use domain::ids::{ConnectionId, DeliveryId, OrgId};
use domain::phone::PhoneNumber;
use domain::reading::{Proofread, Reading};
use jiff::Timestamp;
use process_inbound::{Update, updates};
use serde_json::{Value, json};

fn contract(path: &str) -> Option<PathBuf> {
    let found = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/contracts").join(path);
    if found.exists() {
        return Some(found);
    }
    println!("skipped: ../shared/contracts/{path} does not lie beside the repository");
    None
}

fn read(path: &Path) -> Value {
    serde_json::from_slice(&fs::read(path).expect("a readable file")).expect("JSON")
}

fn at() -> Timestamp {
    "2026-11-20T09:00:00Z".parse().expect("a time")
}

fn delivery() -> Delivery {
    Delivery {
        id: DeliveryId::parse("weekly~20261120T090000Z~dst_phone").expect("an id"),
        kind: DestinationKind::Whatsapp,
        phase: Phase::Sending,
        parts: Delivery::parts_for(DestinationKind::Whatsapp, true, &Attachment::ALL.into()),
        attempt: 1,
        picture: Picture {
            size: PictureSize::Square,
            theme: Theme::Light,
        },
        attachments: Attachment::ALL.into(),
        fallback: None,
        fallback_of: None,
        when_unknown: WhenUnknown::Retry,
        expires_at: at(),
        created_at: at(),
        updated_at: at(),
        next_try_at: None,
        why: None,
    }
}

/// The messages that we can send: the chart by id and by link, the analysis alone and as a reply, each file by id and by link.
fn our_messages() -> Vec<Value> {
    let connection_id = ConnectionId::parse("con_number").expect("an id");
    let number = WhatsappNumber {
        phone_number_id: "106540352242922".into(),
        waba_id: "102290129340398".into(),
        display_number: "+1 415 555 0100".into(),
    };
    let connection = Connection {
        id: connection_id.clone(),
        name: "Number".into(),
        account: Account::Whatsapp(number),
        state: ConnectionState::Connected,
        why: None,
        verified_at: None,
    };
    let reading = Reading {
        title: "Orders".into(),
        summary: "Up.".into(),
        highlights: Vec::new(),
        analysis: Some("More.".into()),
        whatsapp_caption: "*Orders*\nUp.".into(),
        whatsapp_analysis: Some("*Orders*\nMore.".into()),
        source_name: "Sheet".into(),
        alt: "Orders. Up.".into(),
        link: None,
        as_of: at(),
        composed_at: at(),
        proof: Proofread::default(),
    };
    let (org, delivery, credentials) = (OrgId::parse("default").expect("an id"), delivery(), Secret::from("{}"));
    let address = Address::Whatsapp {
        connection: connection_id,
        to: PhoneNumber::parse("+14155550123").expect("a number"),
    };
    let attachments = Attachment::ALL.map(|kind| Attached {
        kind,
        file_name: kind.file_name("Orders", at().to_zoned(jiff::tz::TimeZone::UTC).date()),
        bytes: Vec::new(),
        url: format!("https://charts.example/i/token.{}", kind.extension()),
    });
    let message = |part: PartName, reply_to: Option<&str>, media_id: Option<&str>| {
        let call = Call {
            org: &org,
            delivery: &delivery,
            part,
            address: &address,
            connection: &connection,
            credentials: &credentials,
            reading: &reading,
            png: &[],
            picture_url: "https://charts.example/i/token.png",
            attachments: &attachments,
            reply_to,
            now: at(),
        };
        send_whatsapp::message(&call, media_id).expect("a message")
    };
    vec![
        message(PartName::Image, None, Some("1037543291543636")),
        message(PartName::Image, None, None),
        message(PartName::Analysis, None, None),
        message(PartName::Analysis, Some("wamid.HBgL"), None),
        message(PartName::Pdf, Some("wamid.HBgL"), Some("1037543291543636")),
        message(PartName::Data, Some("wamid.HBgL"), Some("1037543291543637")),
        message(PartName::Pdf, None, None),
        message(PartName::Data, None, None),
    ]
}

#[test]
fn every_message_that_we_send_fits_metas_schema() {
    let Some(path) = contract("whatsapp/message-send.schema.relaxed.json") else {
        return;
    };
    let schema = jsonschema::validator_for(&read(&path)).expect("a schema");
    for message in our_messages() {
        let errors: Vec<String> = schema
            .iter_errors(&message)
            .map(|error| format!("{}: {error}", error.instance_path()))
            .collect();
        assert_eq!(errors, Vec::<String>::new(), "{message:#}");
    }
    assert!(
        !schema.is_valid(&json!({"messaging_product": "whatsapp", "to": 7})),
        "the schema can refuse"
    );
}

#[test]
fn metas_own_webhooks_are_read() {
    let Some(folder) = contract("whatsapp/openapi-examples/webhooks") else {
        return;
    };
    let mut files: Vec<PathBuf> = fs::read_dir(folder)
        .expect("a folder")
        .map(|entry| entry.expect("an entry").path())
        .collect();
    files.sort();
    assert!(files.len() >= 16, "{files:?}");
    for file in files {
        let name = file.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let body = fs::read(&file).expect("a readable file");
        let read = updates(&body).unwrap_or_else(|error| panic!("{name}: {error}"));
        let from_people = read.iter().filter(|update| matches!(update, Update::Message(_))).count();
        // WhatsApp's own notes and groups' news open no window.
        let is_a_persons = name.ends_with("-message")
            && !["system-message", "unsupported-message", "group-create-message"].contains(&name.as_str())
            || name.starts_with("text-message");
        assert_eq!(from_people, usize::from(is_a_persons), "{name}: {read:?}");
    }
}

#[test]
fn signatures_are_the_standards() {
    let Some(path) = contract("webhooks/standard-webhooks.vectors.json") else {
        return;
    };
    let vectors = read(&path);
    for vector in vectors["symmetric_v1"].as_array().expect("vectors") {
        let text = |name: &str| vector[name].as_str().expect("a text");
        let timestamp_s = vector["timestamp"].as_i64().expect("a number");
        let signed = send_webhook::signature(text("secret"), text("msg_id"), timestamp_s, text("payload").as_bytes());
        assert_eq!(signed.as_deref(), Ok(text("signature")));
    }
}
