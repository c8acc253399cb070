//! Whole pictures: laid out, drawn, encoded, and looked at by rule.
#![expect(clippy::unwrap_used, reason = "tests")]

mod brand;
#[path = "../../examples/cases/mod.rs"]
mod cases;
mod colors;
mod documents;
mod encoding;
mod golden;
#[path = "../../examples/matrix/mod.rs"]
mod matrix;
mod random;
mod reading;
mod text;

use crate::scene::Scene;
use crate::{ChartError, RenderOptions, Renderer, Size};
use domain::series::plot;
use vello_cpu::kurbo::Rect;

const SIZES: [Size; 5] = [
    Size::WIDE,
    Size::SQUARE,
    Size {
        width_px: 600,
        height_px: 338,
    },
    Size {
        width_px: 2400,
        height_px: 1350,
    },
    Size {
        width_px: 700,
        height_px: 1400,
    },
];

/// Everything that must hold of any laid-out picture; the message says which text is where it should not be.
fn faults(scene: &Scene, size: Size) -> Vec<String> {
    let page = Rect::new(0.0, 0.0, size.width_px.into(), size.height_px.into());
    let boxes: Vec<(Rect, &str)> = scene
        .labels
        .iter()
        .map(|label| (label.bounds(), label.line.text.as_str()))
        .collect();
    let mut faults = Vec::new();
    for (i, (a, text)) in boxes.iter().enumerate() {
        if a.x0 < page.x0 - 1.0 || a.y0 < page.y0 - 1.0 || a.x1 > page.x1 + 1.0 || a.y1 > page.y1 + 1.0 {
            faults.push(format!("`{text}` at {a:?} leaves the picture"));
        }
        for (b, other) in &boxes[..i] {
            let common = a.intersect(*b);
            // A pixel is the rounding of baselines.
            if common.width() > 1.0 && common.height() > 1.0 {
                faults.push(format!("`{text}` at {a:?} lies over `{other}` at {b:?}"));
            }
        }
    }
    faults
}

#[test]
fn no_text_touches_another_or_leaves_the_picture() {
    let mut renderer = Renderer::new(None);
    let mut found = Vec::new();
    for case in cases::all() {
        let plotted = plot(&case.rows, &case.spec).unwrap();
        for size in SIZES {
            let options = RenderOptions {
                size,
                footer: Some("Source: sheet".to_owned()),
                ..RenderOptions::default()
            };
            let scene = renderer.lay_out(&plotted, &options).unwrap();
            found.extend(
                faults(&scene, size)
                    .into_iter()
                    .map(|fault| format!("{} {}x{}: {fault}", case.name, size.width_px, size.height_px)),
            );
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn type_is_large_enough_for_a_phone() {
    let case = cases::all().into_iter().find(|case| case.name == "line-compare").unwrap();
    let scene = Renderer::new(None)
        .lay_out(&plot(&case.rows, &case.spec).unwrap(), &RenderOptions::default())
        .unwrap();
    let size_of = |text: &str| {
        scene
            .labels
            .iter()
            .find(|label| label.line.text == text)
            .map(|label| label.line.runs[0].size)
    };
    assert_eq!(size_of("Daily revenue"), Some(52.0));
    assert!(scene.labels.iter().all(|label| label.line.runs[0].size >= 26.0));
    assert!(size_of("Oct 30").is_some(), "the newest date is always labelled");
    assert!(size_of("$28.6k").is_some(), "the newest value is written");
}

#[test]
fn scripts_without_a_font_are_reported() {
    let case = cases::all().into_iter().find(|case| case.name == "line-scripts").unwrap();
    let picture = Renderer::new(None)
        .render_rows(&case.rows, &case.spec, &RenderOptions::default())
        .unwrap();
    for missing in ['م', '按', 'ह', '🚀'] {
        assert!(picture.unprintable.contains(&missing), "{missing} in {:?}", picture.unprintable);
    }
    assert!(
        !picture.unprintable.iter().any(|c| c.is_ascii() || ('Α'..='я').contains(c)),
        "{:?}",
        picture.unprintable
    );
    let plain = cases::all().into_iter().find(|case| case.name == "line-months").unwrap();
    let picture = Renderer::new(None)
        .render_rows(&plain.rows, &plain.spec, &RenderOptions::default())
        .unwrap();
    assert!(picture.unprintable.is_empty(), "{:?}", picture.unprintable);
}

#[test]
fn a_size_that_no_one_can_read_is_refused_in_words() {
    let case = &cases::all()[0];
    let options = RenderOptions {
        size: Size {
            width_px: 100,
            height_px: 675,
        },
        ..RenderOptions::default()
    };
    let error = Renderer::new(None).render_rows(&case.rows, &case.spec, &options).unwrap_err();
    assert_eq!(
        error.to_string(),
        "a picture of 100 x 675 pixels; accepted: 240 to 4096 on each side"
    );
}

#[test]
fn a_spec_that_does_not_fit_is_told_by_path() {
    let case = &cases::all()[0];
    let mut spec = case.spec.clone();
    let y = spec.encoding.y.as_mut().unwrap();
    y.field = Some("Revenu".to_owned());
    let error = Renderer::new(None)
        .render_rows(&case.rows, &spec, &RenderOptions::default())
        .unwrap_err();
    assert!(
        matches!(&error, ChartError::Spec(errors) if errors[0].path == "encoding.y.field"),
        "{error}"
    );
}
