use super::*;
use crate::message_text::Placeholders;
use crate::narrative::Section;

fn told(title: &str, summary: &str, highlights: &[&str]) -> Narrative {
    Narrative {
        title: title.to_owned(),
        locale: "en".to_owned(),
        summary: summary.to_owned(),
        highlights: highlights.iter().map(|text| (*text).to_owned()).collect(),
        analysis: vec![Section {
            heading: "What changed".to_owned(),
            lines: vec![summary.to_owned(); 30],
        }],
        placeholders: Placeholders {
            latest: "*12*".to_owned(),
            ..Placeholders::default()
        },
        link: Some(format!("https://example.com/{}", "a_".repeat(100))),
    }
}

#[test]
fn a_caption_has_title_own_words_summary_and_highlights() {
    let told = told("Sales", "Sales came to 12.", &["One.", "Two.", "Three."]);
    assert_eq!(whatsapp_caption(&told, None), "*Sales*\nSales came to 12.\n\n• One.\n• Two.");
    assert_eq!(
        whatsapp_caption(&told, Some(" Hi _all_: {latest} ")),
        "*Sales*\nHi _all_: ∗12∗\n\nSales came to 12.\n\n• One.\n• Two."
    );
    assert_eq!(whatsapp_caption(&told, Some("  ")), whatsapp_caption(&told, None));
    assert_eq!(
        whatsapp_caption(&self::told("", "Sales came to 12.", &[]), None),
        "Sales came to 12."
    );
}

#[test]
fn markup_in_data_is_harmless() {
    for (data, safe) in [
        ("*a*", "∗a∗"),
        ("_a_ snake_case __init__", "ˍaˍ snake_case ˍˍinitˍˍ"),
        ("~a~ ```b```", "∼a∼ ˋˋˋbˋˋˋ"),
        ("2*3", "2∗3"),
        ("plain — text, 7% (ok)", "plain — text, 7% (ok)"),
    ] {
        assert_eq!(harmless(data), safe);
    }
    assert_eq!(line("> quoted"), "› quoted");
    assert_eq!(line("- listed"), "– listed");
}

#[test]
fn both_limits_hold_in_every_unit_and_the_link_stays_whole() {
    for filling in ["word ", "👨‍👩‍👧‍👦", "مرحبا ", "e\u{301}\u{302}", "漢字", "*_~`"] {
        let told = told(&filling.repeat(300), &filling.repeat(900), &[&filling.repeat(300)]);
        let caption = whatsapp_caption(&told, Some(&filling.repeat(50)));
        assert!(utf16_units(&caption) <= CAPTION_UNITS_MAX && caption.ends_with('…'), "{filling:?}");
        assert_eq!(
            caption.matches('*').count() - filling.repeat(50).matches('*').count(),
            2,
            "{filling:?}: the title's pair is whole"
        );
        let analysis = whatsapp_analysis(&told);
        assert!(utf16_units(&analysis) <= ANALYSIS_MESSAGE_UNITS_MAX, "{filling:?}");
        assert!(
            analysis.ends_with(told.link.as_deref().unwrap_or_default()) && analysis.contains('…'),
            "{filling:?}"
        );
    }
}
