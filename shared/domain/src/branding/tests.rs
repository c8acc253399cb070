#![expect(clippy::unwrap_used, reason = "tests")]

use super::*;
use crate::color::{MARK_MIN, Oklab, Rgb, TEXT_MIN, contrast};
use proptest::prelude::*;
use serde_json::json;

/// One grey pixel.
const PNG: &str = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg==";

fn branding(value: serde_json::Value) -> Branding {
    serde_json::from_value(value).unwrap()
}

#[test]
fn what_was_given_is_written_as_it_was() {
    let full =
        json!({"palette": ["#ff6600", "#00aa88"], "ink": "#101010", "dark": {"palette": ["#ffcc00"], "ink": "#fafafa"}, "logo": PNG});
    assert_eq!(serde_json::to_value(branding(full.clone())).unwrap(), full);
    assert_eq!(serde_json::to_value(branding(json!({}))).unwrap(), json!({}));
    assert!(branding(json!({})).look(Theme::Light).is_none());
    assert!(!format!("{:?}", branding(full)).contains("137"), "no file in a log");
}

#[test]
fn what_is_no_branding_is_refused_in_words() {
    let nine: Vec<String> = (0..9).map(|i| format!("#00000{i}")).collect();
    let table = [
        (json!({"palette": []}), "0 colours; accepted: 1 to 8"),
        (json!({"palette": nine}), "9 colours; accepted: 1 to 8"),
        (json!({"palette": ["#abc", "#AABBCC"]}), "`#aabbcc` twice"),
        (json!({"ink": "black"}), "`black` is no colour; accepted: `#`"),
        (json!({"fonts": []}), "unknown field `fonts`"),
        (json!({"logo": "?"}), "not base64"),
        (json!({"logo": "/9j/4AAQSkZJRgABAQ=="}), "a JPEG; accepted: a PNG"),
        (json!({"logo": "PHN2Zz48L3N2Zz4="}), "an SVG; accepted: a PNG"),
        (json!({"logo": PNG.replace("AAABCAAA", "AAABCAAB")}), "damaged"),
        (json!({"logo": &PNG[..60]}), "broken off"),
        (json!({"logo": "A".repeat(350_000)}), "more than 262144 bytes"),
    ];
    for (value, words) in table {
        let error = serde_json::from_value::<Branding>(value).unwrap_err().to_string();
        assert!(error.contains(words), "{words}: {error}");
    }
}

#[test]
fn a_bomb_is_refused_by_its_measure() {
    let mut file = Logo::parse(base64::Engine::decode(&base64::engine::general_purpose::STANDARD, PNG).unwrap())
        .unwrap()
        .png()
        .to_vec();
    file[16..24].copy_from_slice(&[0, 0, 0xff, 0xff, 0, 0, 0xff, 0xff]);
    let sum = logo::crc32(&file[12..29]);
    file[29..33].copy_from_slice(&sum.to_be_bytes());
    assert!(Logo::parse(file).unwrap_err().starts_with("65535 x 65535 pixels"));
}

#[test]
fn what_was_changed_is_told() {
    let (look, adjusted) = branding(json!({"palette": ["#ffee00", "#1d4ed8", "#ffef00"], "ink": "#999999"}))
        .look(Theme::Light)
        .unwrap();
    let told: Vec<(&str, &str)> = adjusted
        .iter()
        .map(|change| (change.pointer.as_str(), change.why.as_str()))
        .collect();
    assert_eq!(
        told,
        [
            ("/ink", "Its contrast on #ffffff is 2.8:1; it needs 4.5:1."),
            ("/palette/0", "Its contrast on #ffffff is 1.2:1; it needs 3:1."),
            ("/palette/2", "It looks like a colour before it."),
        ]
    );
    assert_eq!(look.series.unwrap()[1].to_string(), "#1d4ed8");
    let (_, adjusted) = branding(json!({"palette": ["#ffee00"], "ink": "#111827"}))
        .look(Theme::Dark)
        .unwrap();
    assert!(adjusted.is_empty(), "made, not given: {adjusted:?}");
}

#[test]
fn the_dark_theme_s_are_lighter() {
    let (dark, _) = branding(json!({"palette": ["#1d4ed8"], "ink": "#1d4ed8"}))
        .look(Theme::Dark)
        .unwrap();
    let given = Oklab::from([0x1d, 0x4e, 0xd8]).light;
    assert!(Oklab::from(dark.series.unwrap()[0].0).light > given + 0.1, "{dark:?}");
    assert!(contrast(dark.ink.unwrap().0, ground(Theme::Dark)) > 12.0, "{dark:?}");
}

proptest! {
    #[test]
    fn any_brand_is_readable_and_its_series_are_told_apart(colors in proptest::collection::vec(any::<Rgb>(), 1..=8), ink: Rgb, dark: bool) {
        let mut given: Vec<String> = colors.iter().map(|color| Color(*color).to_string()).collect();
        given.dedup();
        prop_assume!(given.len() == colors.len());
        let ink = Color(ink).to_string();
        let branding = if dark {
            serde_json::from_value::<Branding>(json!({"dark": {"palette": given, "ink": ink}}))
        } else {
            serde_json::from_value(json!({"palette": given, "ink": ink}))
        };
        let Ok(branding) = branding else { return Ok(()) };
        for theme in [Theme::Light, Theme::Dark] {
            let (look, _) = branding.look(theme).unwrap();
            let ground = ground(theme);
            for words in [look.ink, look.muted].into_iter().flatten() {
                prop_assert!(contrast(words.0, ground) >= TEXT_MIN, "{words} in {theme:?}");
            }
            let Some(series) = look.series else { continue };
            for (i, color) in series.iter().enumerate() {
                prop_assert!(contrast(color.0, ground) >= MARK_MIN, "{color} in {theme:?}");
                for other in &series[..i] {
                    let apart = Oklab::from(color.0).distance(Oklab::from(other.0));
                    prop_assert!(apart >= 0.035, "{color} and {other} are {apart:.3} apart in {theme:?}: {series:?}");
                }
            }
        }
    }
}
