//! The open fonts: the embedded one, and those of other scripts, whose files are opened when a text first needs them.

use crate::scripts;
use crate::type_setter::Weight;
use parley::fontique::{Blob, Collection, CollectionOptions, FontInfoOverride, SourceCache};
use parley::{FontContext, FontFamilyName};
use std::borrow::Cow;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

const FAMILY: &str = "Inter";
const EMBEDDED: [(&[u8], Weight); 3] = [
    (include_bytes!("../fonts/Inter-Regular.ttf"), Weight::Regular),
    (include_bytes!("../fonts/Inter-SemiBold.ttf"), Weight::SemiBold),
    (include_bytes!("../fonts/Inter-Bold.ttf"), Weight::Bold),
];

pub(crate) struct Fonts {
    pub context: FontContext,
    /// In the order in which they are asked for a character.
    pub families: Vec<FontFamilyName<'static>>,
    pub emoji_family: Option<String>,
    dir: Option<PathBuf>,
    /// File stems that have been looked for, found or not.
    sought: Vec<&'static str>,
}

impl Fonts {
    pub fn new(dir: Option<PathBuf>) -> Self {
        let mut collection = Collection::new(CollectionOptions {
            shared: false,
            system_fonts: false,
        });
        for (bytes, weight) in EMBEDDED {
            let info = FontInfoOverride {
                family_name: Some(FAMILY),
                weight: Some(weight.font_weight()),
                ..Default::default()
            };
            collection.register_fonts(Blob::new(Arc::new(bytes)), Some(info));
        }
        Self {
            context: FontContext {
                collection,
                source_cache: SourceCache::default(),
            },
            families: vec![FontFamilyName::named(FAMILY)],
            emoji_family: None,
            dir,
            sought: Vec::new(),
        }
    }

    /// Opens the files of the scripts that the text needs and that have not been sought yet.
    pub fn open_for(&mut self, text: &str) {
        for c in text.chars() {
            let stems = match c {
                '\u{fe0f}' | '\u{20e3}' => scripts::EMOJI,
                c => match scripts::of(c) {
                    Some(script) => script.file_stems,
                    None => continue,
                },
            };
            if self.sought.contains(&stems[0]) {
                continue;
            }
            self.sought.push(stems[0]);
            let Some(path) = self.dir.as_deref().and_then(|dir| font_file(dir, stems)) else {
                continue;
            };
            let collection = &mut self.context.collection;
            let before: BTreeSet<String> = collection.family_names().map(str::to_owned).collect();
            collection.load_fonts_from_paths([path]);
            let mut opened: Vec<String> = collection
                .family_names()
                .filter(|name| !before.contains(*name))
                .map(str::to_owned)
                .collect();
            opened.sort();
            if stems == scripts::EMOJI {
                self.emoji_family = opened.first().cloned();
            }
            self.families
                .extend(opened.into_iter().map(|name| FontFamilyName::Named(Cow::Owned(name))));
        }
    }
}

/// The first file, by stem and then by name, so that every machine with the same folder takes the same font.
fn font_file(dir: &Path, stems: &[&str]) -> Option<PathBuf> {
    let entries = std::fs::read_dir(dir).ok()?;
    let mut files: Vec<PathBuf> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    files.sort();
    let is_font = |path: &PathBuf| {
        path.extension()
            .is_some_and(|ending| ["ttf", "otf", "ttc"].iter().any(|known| ending.eq_ignore_ascii_case(known)))
    };
    let begins = |path: &PathBuf, stem: &str| {
        path.file_name()
            .and_then(|name| name.to_str())
            .is_some_and(|name| name.starts_with(stem))
    };
    stems
        .iter()
        .find_map(|stem| files.iter().find(|path| is_font(path) && begins(path, stem)).cloned())
}
