//! A model's answer against the Facts: what stays, what goes, and when our own words are sent instead.

#![expect(clippy::unwrap_used, reason = "tests")]

use domain::chart_spec::ChartSpec;
use domain::dataset::{Column, Dataset, Unit, Values};
use domain::reading::{DETERMINISTIC, DropReason};
use domain::series::plot;
use jiff::ToSpan;
use jiff::civil::date;
use rust_decimal::Decimal;
use serde_json::{Value, json};

use super::{Told, accept, prompt, proofread};
use crate::fact::Facts;
use crate::narrative::{Telling, narrative};

const TITLE: &str = "Revenue";

fn telling() -> Telling<'static> {
    Telling {
        title: TITLE,
        locale: "en",
        link: Some("https://sheets.example/plan"),
    }
}

/// Revenue of four months by seller: 300 to 333 dollars and so on.
fn chart(sellers: [&str; 2]) -> Facts {
    let first = date(2026, 7, 1);
    let months = (0..8).map(|row| Some(first.checked_add((row / 2).months()).unwrap()));
    let amounts = [300, 100, 310, 105, 330, 98, 333, 120].map(|dollars| Some(Decimal::from(dollars)));
    let column = |name: &str, unit, values| Column {
        name: name.to_owned(),
        unit,
        values,
    };
    let dataset = Dataset {
        as_of: "2026-11-02T09:00:00Z".parse().unwrap(),
        time_zone: None,
        columns: vec![
            column("Month", None, Values::Date(months.collect())),
            column(
                "Seller",
                None,
                Values::Text((0..8).map(|row| Some(sellers[row % 2].to_owned())).collect()),
            ),
            column(TITLE, Some(Unit::Currency("USD".to_owned())), Values::Number(amounts.to_vec())),
        ],
        notes: vec!["2 rows without a date were left out.".to_owned()],
    };
    let spec: ChartSpec = serde_json::from_value(json!({"mark": "line", "encoding": {
        "x": {"field": "Month"}, "y": {"field": TITLE, "aggregate": "sum"}, "color": {"field": "Seller"}}}))
    .unwrap();
    crate::facts(&plot(&dataset, &spec).unwrap(), &spec, &dataset)
}

fn ours(facts: &Facts) -> Told {
    let told = proofread(narrative(facts, telling()), facts);
    assert_eq!(told.proof.dropped, Vec::new(), "our own sentences hold");
    assert!(told.proof.kept > 3 && told.proof.writer == DETERMINISTIC, "{:?}", told.proof);
    told
}

fn answered(facts: &Facts, answer: Value) -> Told {
    accept(answer.as_object().unwrap().clone(), "a-model", facts, ours(facts))
}

fn reading(summary: &str) -> Value {
    json!({"summary": summary, "highlights": [], "analysis": []})
}

#[test]
fn the_model_is_told_what_is_true_and_no_more() {
    let facts = chart(["anna@example.com", "+49 30 901820"]);
    let told = ours(&facts);
    let asked = prompt(&facts, &telling(), &told.narrative);
    let user: Value = serde_json::from_str(&asked.user).unwrap();
    let statements = user["statements"].as_array().unwrap();
    assert!(statements.len() >= 5, "{user:#}");
    assert_eq!(user["chart"]["series"].as_array().unwrap().len(), 2);
    for hidden in ["anna", "example.com", "+49", "901820", "sheets.example", "left out"] {
        assert!(!asked.user.contains(hidden), "{hidden}: {}", asked.user);
        assert!(!asked.system.contains(hidden));
    }
    assert!(asked.user.contains("item 1") && asked.user.contains("item 2"), "{}", asked.user);
    strict(&asked.schema);

    let echo = statements
        .iter()
        .find(|statement| statement["text"].as_str().unwrap().contains("item 1"))
        .unwrap();
    let back = answered(&facts, reading(&format!("In short: {}", echo["text"].as_str().unwrap())));
    assert_eq!(back.proof.writer, "a-model", "{:#?}", back.proof);
    assert!(
        back.narrative.summary.starts_with("In short: ") && !back.narrative.summary.contains("item"),
        "{}",
        back.narrative.summary
    );
}

/// What OpenAI's strict mode and Anthropic's structured output ask of a schema.
fn strict(schema: &Value) {
    if schema["type"] == "object" {
        assert_eq!(schema["additionalProperties"], false, "{schema}");
        let properties: Vec<&String> = schema["properties"].as_object().unwrap().keys().collect();
        let required: Vec<&str> = schema["required"].as_array().unwrap().iter().filter_map(Value::as_str).collect();
        assert_eq!(properties, required);
    }
    match schema {
        Value::Object(members) => members.values().for_each(strict),
        Value::Array(items) => items.iter().for_each(strict),
        _ => {}
    }
}

#[test]
fn true_sentences_stay_and_notes_are_ours() {
    let facts = chart(["EU", "US"]);
    let own = ours(&facts).narrative;
    let heading = own.analysis[0].heading.clone();
    let told = answered(
        &facts,
        json!({
            "summary": "**Revenue** came to $453 in Oct 2026.",
            "highlights": ["EU stood at $333 in Oct 2026.", "US stood at $120 in Oct 2026!"],
            "analysis": [{"heading": heading, "lines": ["EU came to $330 in Sep 2026. That is a very fine result."]}, {"heading": "Send money", "lines": []}],
        }),
    );
    assert_eq!(told.proof.writer, "a-model", "{:#?}", told.proof);
    assert_eq!(told.narrative.summary, "Revenue came to $453 in Oct 2026.");
    assert_eq!(told.narrative.highlights.len(), 2, "{:#?}", told.proof);
    assert_eq!(told.proof.kept, 4);
    let reasons: Vec<DropReason> = told.proof.dropped.iter().map(|one| one.reason).collect();
    assert_eq!(reasons, [DropReason::NothingToProve], "{:#?}", told.proof);
    let lines: Vec<&String> = told.narrative.analysis.iter().flat_map(|section| &section.lines).collect();
    assert!(lines.iter().any(|line| *line == "EU came to $330 in Sep 2026."), "{lines:#?}");
    assert!(lines.iter().any(|line| line.contains("2 rows without a date")), "{lines:#?}");
    assert!(!told.narrative.analysis.iter().any(|section| section.heading == "Send money"));
    assert_eq!(
        (told.narrative.title, told.narrative.placeholders),
        (own.title, own.placeholders),
        "what is no prose stays"
    );
}

#[test]
fn what_does_not_hold_does_not_leave() {
    let facts = chart(["EU", "US"]);
    for (bad, reason) in [
        ("Revenue came to $9,999,999 in Oct 2026.", DropReason::Unproven),
        ("Revenue came to $453 in Oct 2026, up 9,000%.", DropReason::Unproven),
        ("Revenue came to €453 in Oct 2026.", DropReason::Unproven),
        ("The future is bright.", DropReason::NothingToProve),
        ("Revenue came to $453, see https://evil.example/x.", DropReason::Link),
        ("Revenue came to $453, details at evil.example/pay.", DropReason::Link),
        ("Revenue came to $453, write to boss@evil.example.", DropReason::Link),
        ("Revenue came to $453 and <!everyone> knows.", DropReason::Link),
        ("Revenue came to $453 and <b>more</b>.", DropReason::Link),
        ("[Revenue](x) came to $453.", DropReason::Link),
        ("Revenue came to $453, {{config}}.", DropReason::Link),
        ("Revenue came to $453, now send your password.", DropReason::Addresses),
        ("Revenue came to $453, please reply.", DropReason::Addresses),
        ("Revenue came to $453, bitte antworten.", DropReason::Addresses),
        ("Revenue came to $453, call +49 30 90182011.", DropReason::Link),
    ] {
        let told = answered(&facts, reading(bad));
        assert_eq!(told.narrative, ours(&facts).narrative, "{bad}");
        assert_eq!(told.proof.writer, DETERMINISTIC);
        assert_eq!(told.proof.why_not.as_ref().unwrap().code, "writing.unproven", "{bad}");
        assert_eq!(told.proof.dropped.len(), 1, "{bad}: {:?}", told.proof);
        assert_eq!(told.proof.dropped[0].reason, reason, "{bad}");
        // Beside sentences that hold, only the bad one goes.
        let told = answered(&facts, reading(&format!("Revenue came to $453 in Oct 2026. {bad}")));
        assert_eq!(told.narrative.summary, "Revenue came to $453 in Oct 2026.", "{bad}");
    }
    let long = format!("Revenue came to $453 {}.", "and so on ".repeat(60));
    assert_eq!(answered(&facts, reading(&long)).proof.dropped[0].reason, DropReason::TooLong);
}

#[test]
fn other_shapes_are_no_reading() {
    let facts = chart(["EU", "US"]);
    for answer in [
        json!({}),
        json!({"summary": "Revenue came to $453."}),
        json!({"summary": ["Revenue came to $453."], "highlights": [], "analysis": []}),
        json!({"summary": "Revenue came to $453.", "highlights": [], "analysis": [], "to": "everyone"}),
        json!({"summary": "Revenue came to $453.", "highlights": [], "analysis": [{"heading": "x"}]}),
    ] {
        let told = answered(&facts, answer.clone());
        assert_eq!(told.narrative, ours(&facts).narrative, "{answer}");
        assert_eq!(told.proof.why_not.unwrap().code, "writing.shape", "{answer}");
    }
    let told = answered(&facts, reading(""));
    assert_eq!(told.proof.why_not.unwrap().code, "writing.unproven");
}

#[test]
fn too_little_that_holds_is_nothing() {
    let facts = chart(["EU", "US"]);
    let bad = "The moon is made of cheese.";
    let mixed =
        |bad_count: usize| json!({"summary": "Revenue came to $453 in Oct 2026.", "highlights": vec![bad; bad_count], "analysis": []});
    assert_eq!(answered(&facts, mixed(1)).proof.writer, "a-model");
    assert_eq!(answered(&facts, mixed(2)).proof.writer, DETERMINISTIC);
    let without_summary =
        json!({"summary": bad, "highlights": ["EU stood at $333 in Oct 2026.", "US stood at $120 in Oct 2026."], "analysis": []});
    assert_eq!(answered(&facts, without_summary).proof.writer, DETERMINISTIC);
}

#[test]
fn names_with_dots_and_you_in_them_are_names() {
    let facts = chart(["Click Inc. Berlin", "shop.example"]);
    let told = answered(
        &facts,
        json!({"summary": "Revenue came to $453 in Oct 2026.", "highlights": ["Click Inc. Berlin stood at $333 in Oct 2026.", "Item 1 stood at $120 in Oct 2026."], "analysis": []}),
    );
    assert_eq!(told.narrative.highlights.len(), 2, "{:#?}", told.proof);
    assert_eq!(told.narrative.highlights[1], "shop․example stood at $120 in Oct 2026.");
}

#[test]
fn a_false_sentence_of_ours_is_dropped_and_noted() {
    let facts = chart(["EU", "US"]);
    let mut wrong = narrative(&facts, telling());
    wrong.summary = "Revenue came to $1 in Oct 2026.".to_owned();
    wrong.placeholders.latest = "$1".to_owned();
    let first = wrong.highlights.first().cloned().unwrap();
    let told = proofread(wrong, &facts);
    assert_eq!(told.proof.dropped.len(), 2, "{:?}", told.proof);
    assert_eq!(told.narrative.summary, first, "the next one takes its place");
    assert_eq!(told.narrative.placeholders.latest, "n/a");
}
