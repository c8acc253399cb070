//! What a reader must be able to tell: which bar is whose, what the rest is, where a title ends.

use super::cases::{self, Case};
use super::matrix;
use crate::scene::Scene;
use crate::{RenderOptions, Renderer, Size};
use domain::locale::Locale;
use domain::series::plot;
use std::collections::BTreeSet;

fn square(name: &str) -> Case {
    matrix::all().into_iter().find(|square| square.name() == name).unwrap().case
}

fn set(case: &Case, options: &RenderOptions) -> Scene {
    let plotted = plot(&case.rows, &case.spec).unwrap();
    Renderer::new(None).lay_out(&plotted, options).unwrap()
}

#[test]
fn shortened_names_are_still_told_apart() {
    for name in ["bar-40-names", "bar-grouped-40-names", "bar-shares-10000"] {
        let options = RenderOptions {
            footer: Some("Source: sheet".to_owned()),
            ..RenderOptions::default()
        };
        let scene = set(&square(name), &options);
        let names: Vec<&str> = scene
            .labels
            .iter()
            .filter(|label| label.is_turned)
            .map(|label| label.line.text.as_str())
            .collect();
        let distinct: BTreeSet<_> = names.iter().collect();
        assert!(names.len() > 20 && distinct.len() == names.len(), "{name}: {names:?}");
        assert!(names.iter().any(|name| name.contains('…')), "{name}: something is shortened");
        assert!(
            names.iter().all(|name| name.chars().last().is_some_and(char::is_numeric)),
            "{names:?}"
        );
    }
}

#[test]
fn the_rest_is_called_so_in_the_readers_language() {
    for (locale, word) in [("en-US", "Other"), ("de-DE", "Sonstige"), ("es-MX", "Otros"), ("pt-BR", "Outros")] {
        let options = RenderOptions {
            locale: Locale::of(locale),
            ..RenderOptions::default()
        };
        let scene = set(&square("donut-40-names"), &options);
        assert_eq!(scene.labels.iter().filter(|label| label.line.text == word).count(), 1, "{locale}");
    }
}

#[test]
fn the_rest_has_the_quietest_colour_and_nothing_else_has_it() {
    let scene = set(&square("donut-40-names"), &RenderOptions::default());
    let colors: Vec<_> = scene
        .shapes
        .iter()
        .filter_map(|shape| match shape {
            crate::scene::Shape::Fill { color, .. } => Some(*color),
            _ => None,
        })
        .take(8)
        .collect();
    let strength = |color: &[u8; 3]| color.iter().max().unwrap() - color.iter().min().unwrap();
    assert_eq!(colors.iter().collect::<BTreeSet<_>>().len(), 8);
    assert_eq!(colors.iter().min_by_key(|color| strength(color)), colors.last());
}

#[test]
fn the_last_word_of_a_title_does_not_stand_alone() {
    let mut case = cases::all().into_iter().find(|case| case.name == "line-one").unwrap();
    let title = case.spec.title.as_mut().unwrap();
    title.text = "Monthly recurring revenue in all sales regions".to_owned();
    let scene = set(&case, &RenderOptions::default());
    let first = &scene.labels[0];
    assert!(first.line.text.ends_with("sales regions"), "{}", first.line.text);
    let size = first.line.runs[0].size;
    assert!((44.0..52.0).contains(&size), "{size}");
    // One that is much too long keeps its size, on two lines.
    let title = case.spec.title.as_mut().unwrap();
    title.text = "Monthly recurring revenue in all regions of the northern half of the country".to_owned();
    let scene = set(
        &case,
        &RenderOptions {
            size: Size::SQUARE,
            ..RenderOptions::default()
        },
    );
    assert_eq!(scene.labels[0].line.runs[0].size, 52.0);
}
