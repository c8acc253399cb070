//! Pictures by their hash, in `golden.txt`. After an intended change: look at `cargo x gallery` first, then copy the new file over the old one as the
//! failing test says.

use super::cases::{self, Case};
use super::matrix;
use crate::{RenderOptions, Renderer, Size, Theme};
use domain::locale::Locale;
use sha2::{Digest, Sha256};
use std::fmt::Write as _;

const GOLDEN: &str = include_str!("golden.txt");
const FONT_DIR: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../functions/render-chart/fonts");

fn hash(png: &[u8]) -> String {
    Sha256::digest(png)[..8].iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Themes and sizes by turns.
fn draw(renderer: &mut Renderer, case: &Case, turn: usize) -> Vec<u8> {
    let options = RenderOptions {
        theme: [Theme::Light, Theme::Dark][turn % 2],
        size: [Size::WIDE, Size::WIDE, Size::SQUARE, Size::SQUARE][turn % 4],
        locale: Locale::of(case.locale),
        ..RenderOptions::default()
    };
    renderer.render_rows(&case.rows, &case.spec, &options).expect("a picture").png
}

#[test]
fn pictures_are_as_they_were() {
    let mut renderer = Renderer::new(Some(FONT_DIR.into()));
    let mut now = String::new();
    let squares = matrix::all();
    let named = squares.iter().map(|square| (square.name(), &square.case));
    let cases = cases::all();
    let named = named.chain(cases.iter().map(|case| (case.name.to_owned(), case)));
    for (turn, (name, case)) in named.enumerate() {
        let _ = writeln!(now, "{name} {}", hash(&draw(&mut renderer, case, turn)));
    }
    if now == GOLDEN {
        return;
    }
    let changed: Vec<&str> = now.lines().filter(|line| !GOLDEN.lines().any(|old| old == *line)).collect();
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/../../target/golden.txt");
    std::fs::write(file, &now).expect("the target folder");
    panic!(
        "{} pictures changed: {changed:?}. Look at them with `cargo x gallery`; if they are better, \
         `cp target/golden.txt shared/chart/src/tests/golden.txt`.",
        changed.len()
    );
}

#[test]
fn a_used_renderer_draws_the_same_bytes_as_a_new_one() {
    let mut used = Renderer::new(None);
    for case in cases::all() {
        let mut again = || draw(&mut used, &case, 0);
        let (first, second) = (again(), again());
        assert!(
            first == second && first == draw(&mut Renderer::new(None), &case, 0),
            "{}",
            case.name
        );
    }
}
