//! Meta's own examples, where they lie beside the repository.

use std::collections::BTreeSet;
use std::path::PathBuf;

use serde_json::{Value, json};

use super::bench::{Bench, code, id_of, png};
use crate::simulators::whatsapp::Inbound;
use crate::simulators::whatsapp::config::{DEMO_PHONE, Template};

/// The examples by file name, or none if the folder is absent.
fn examples(kind: &str) -> Option<Vec<(String, Value)>> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).ancestors().find_map(|folder| {
        let shared = folder.join("shared/contracts/whatsapp/openapi-examples").join(kind);
        shared.is_dir().then_some(shared)
    });
    let Some(folder) = folder else {
        println!("skipped: ../shared/contracts does not lie beside the repository");
        return None;
    };
    let mut examples: Vec<(String, Value)> = std::fs::read_dir(folder)
        .expect("a folder")
        .map(|entry| {
            let path = entry.expect("an entry").path();
            let name = path.file_stem().expect("a name").to_string_lossy().into_owned();
            (name, serde_json::from_slice(&std::fs::read(&path).expect("a file")).expect("JSON"))
        })
        .collect();
    examples.sort_by(|a, b| a.0.cmp(&b.0));
    Some(examples)
}

/// Puts real values where the examples have placeholders.
fn fill_in(value: &mut Value, media: &str, message: &str) {
    match value {
        Value::String(text) => {
            let real = match text.as_str() {
                phone if phone.starts_with("{{Recipient") => DEMO_PHONE,
                id if id.starts_with("<MSGID") || id == "wamid.HBgLM..." => message,
                "<IMAGE_OBJECT_ID>" | "<DOCUMENT_OBJECT_ID>" => media,
                link if link.contains("http(s)://") => "http://127.0.0.1:1/chart.png",
                "text-string" => "12,430",
                other => other,
            };
            *text = real.to_owned();
        }
        Value::Array(items) => items.iter_mut().for_each(|item| fill_in(item, media, message)),
        Value::Object(map) => map.values_mut().for_each(|item| fill_in(item, media, message)),
        _ => {}
    }
}

/// What becomes of an example: `None` if it is taken.
fn expected(name: &str) -> Option<(u16, u64)> {
    let unsupported = [
        "audio", "contact", "location", "sticker", "video", "list", "product", "order", "flow-by",
    ];
    match name {
        // Sent to "16315555555": Meta would dial it within the sender's country.
        "send-sample-shipping-confirmation-template" | "send-sample-text-message" => Some((400, 131009)),
        // A value that is `true` instead of a text.
        "send-sample-issue-resolution-template" => Some((400, 132012)),
        // Templates for catalogues and flows, which nobody has approved here.
        "send-catalog-template-message" | "send-flow-template-message" => Some((404, 132001)),
        // Has no `type`, so it is read as a text.
        "send-reply-to-list-message" => Some((400, 100)),
        "send-catalog-message" => Some((400, 131051)),
        _ if unsupported.iter().any(|kind| name.contains(kind)) => Some((400, 131051)),
        _ => None,
    }
}

#[tokio::test]
async fn all_message_examples_are_taken_or_refused_with_a_documented_code() {
    let Some(examples) = examples("messages") else { return };
    assert_eq!(examples.len(), 50);
    let template = |name: &str, values: usize, image_header: bool| Template {
        name: name.to_owned(),
        language: "language-and-locale-code".to_owned(),
        category: "UTILITY".to_owned(),
        image_header,
        body: (1..=values).map(|index| format!("{{{{{index}}}}} ")).collect(),
        buttons: Vec::new(),
    };
    let mut taken = BTreeSet::new();
    for (name, mut body) in examples {
        let values = body["template"]["components"].as_array().into_iter().flatten();
        let values = values
            .filter(|part| part["type"] == "body")
            .flat_map(|part| part["parameters"].as_array())
            .map(Vec::len)
            .sum();
        let image = body["template"]["components"][0]["type"] == "header";
        let bench = Bench::with(|config| {
            let mut issue = template("sample_issue_resolution", 1, false);
            issue.language = "en_US".to_owned();
            config.accounts[0]
                .templates
                .extend([template("template-name", values, image), issue]);
        })
        .await;
        let media = bench.upload("image/png", png(8, 2)).await.1["id"]
            .as_str()
            .expect("an id")
            .to_owned();
        let message = bench.send_text("quoted").await;
        fill_in(&mut body, &media, &message);
        if body.get("status").is_some() {
            let said = bench.sim.inbound(Inbound::text(DEMO_PHONE, "hi")).expect("taken");
            body["message_id"] = json!(said);
            assert_eq!(bench.send(&body).await, (200, json!({"success": true})), "{name}");
            taken.insert(name);
            continue;
        }
        let answer = bench.send(&body).await;
        match expected(&name) {
            Some(refusal) => assert_eq!(code(&answer), refusal, "{name}: {}", answer.1),
            None => {
                assert_eq!(answer.0, 200, "{name}: {}", answer.1);
                id_of(&answer);
                taken.insert(name);
            }
        }
    }
    let taken: Vec<&str> = taken.iter().map(String::as_str).collect();
    assert_eq!(
        taken,
        [
            "send-document-message-by-id",
            "send-document-message-by-url",
            "send-image-message-by-id",
            "send-image-message-by-url",
            "send-message-template-interactive",
            "send-message-template-media",
            "send-message-template-text",
            "send-reply-button",
            "send-reply-to-document-message-by-id",
            "send-reply-to-document-message-by-url",
            "send-reply-to-image-message-by-id",
            "send-reply-to-image-message-by-url",
            "send-reply-to-text-message",
            "send-reply-with-reaction-message",
            "send-test-message",
            "send-text-message",
            "send-text-message-with-preview-url",
            "send-typing-indicator-and-read-receipt",
        ]
    );
}

/// Every path to a value, such as `entry[].changes[].value.contacts[].wa_id`.
fn paths(value: &Value, at: &str, into: &mut BTreeSet<String>) {
    match value {
        Value::Array(items) => items.iter().for_each(|item| paths(item, &format!("{at}[]"), into)),
        Value::Object(map) => map.iter().for_each(|(key, item)| paths(item, &format!("{at}.{key}"), into)),
        _ => {
            into.insert(at.to_owned());
        }
    }
}

#[tokio::test]
async fn inbound_webhooks_have_the_published_shapes() {
    let Some(examples) = examples("webhooks") else { return };
    for (name, act) in [
        ("text-message", "text"),
        ("reaction-message", "reaction"),
        ("button-message", "template tap"),
        ("interactive-button-reply-message", "tap"),
    ] {
        let bench = Bench::with(|config| {
            config.webhooks.receipts.clear();
            config.accounts[0].templates[0].buttons = vec!["Unsubscribe".to_owned()];
        })
        .await;
        let template = json!({"messaging_product": "whatsapp", "to": DEMO_PHONE, "type": "template",
            "template": {"name": "hello_world", "language": {"code": "en_US"}}});
        let buttons = json!({"messaging_product": "whatsapp", "to": DEMO_PHONE, "type": "interactive", "interactive": {"type": "button",
            "body": {"text": "x"}, "action": {"buttons": [{"type": "reply", "reply": {"id": "cancel-button", "title": "Cancel"}}]}}});
        let inbound = match act {
            "text" => Inbound::text(DEMO_PHONE, "Does it come in another color?"),
            "reaction" => Inbound::reaction(DEMO_PHONE, &bench.send_text("x").await, Some("👍")),
            "template tap" => Inbound::tap(DEMO_PHONE, &id_of(&bench.send(&template).await), "Unsubscribe"),
            _ => Inbound::tap(DEMO_PHONE, &id_of(&bench.send(&buttons).await), "Cancel"),
        };
        bench.sim.inbound(inbound).expect("taken");
        bench.sim.settled().await;
        let example = &examples.iter().find(|(other, _)| other == name).expect("an example").1;
        let (mut theirs, mut ours) = (BTreeSet::new(), BTreeSet::new());
        paths(example, "", &mut theirs);
        paths(&bench.callback.bodies()[0], "", &mut ours);
        assert_eq!(ours, theirs, "{name}");
    }
}
