//! Pictures by their hash. After an intended change, look at `cargo run -p chart --example gallery -- DIR` first, then take the new hashes from the
//! failing test's message.

use super::cases;
use crate::{RenderOptions, Renderer, Size, Theme};
use sha2::{Digest, Sha256};

const GOLDEN: [(&str, &str); 8] = [
    ("line-compare", "02e20693dcde07fc"),
    ("line-gaps", "120ba292ec95cab1"),
    ("line-10000", "efb1ae0c9f7889e7"),
    ("line-scripts", "e02ee0349b2a5a20"),
    ("bar-grouped", "e0b8c9b584b090a0"),
    ("bar-stacked-signs", "9ca6af3c5c54216b"),
    ("bar-40", "ca267c315f51f23f"),
    ("kpi-rise", "19812c89d0a108eb"),
];

fn hash(png: &[u8]) -> String {
    Sha256::digest(png)[..8].iter().map(|byte| format!("{byte:02x}")).collect()
}

#[test]
fn pictures_are_as_they_were() {
    let mut renderer = Renderer::new(None);
    let mut now = Vec::new();
    for (i, (name, _)) in GOLDEN.iter().enumerate() {
        let case = cases::all()
            .into_iter()
            .find(|case| case.name == *name)
            .expect("a case of this name");
        // Themes and sizes by turns.
        let theme = if i % 2 == 0 { Theme::Light } else { Theme::Dark };
        let size = if i % 4 < 2 { Size::WIDE } else { Size::SQUARE };
        let picture = renderer
            .render_rows(
                &case.rows,
                &case.spec,
                &RenderOptions {
                    theme,
                    size,
                    ..RenderOptions::default()
                },
            )
            .expect("a picture");
        now.push((*name, hash(&picture.png)));
    }
    let golden: Vec<(&str, String)> = GOLDEN.iter().map(|(name, hash)| (*name, (*hash).to_owned())).collect();
    assert_eq!(now, golden);
}

#[test]
fn a_used_renderer_draws_the_same_bytes_as_a_new_one() {
    let mut used = Renderer::new(None);
    for case in cases::all() {
        let first = used
            .render_rows(&case.rows, &case.spec, &RenderOptions::default())
            .expect("a picture");
        let again = used
            .render_rows(&case.rows, &case.spec, &RenderOptions::default())
            .expect("a picture");
        let fresh = Renderer::new(None)
            .render_rows(&case.rows, &case.spec, &RenderOptions::default())
            .expect("a picture");
        assert!(first == again && first == fresh, "{}", case.name);
    }
}
