//! The open fonts: the embedded one, and those of other scripts, whose files are opened when a text first needs them.

use crate::scripts::{self, Han, Stem};
use crate::type_setter::Weight;
use parley::fontique::{Blob, Collection, CollectionOptions, FontInfoOverride, SourceCache};
use parley::{FontContext, FontData, FontFamilyName};
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

/// Fonts by the stems of their files. Which ones a text is set in depends on the text alone, never on what was opened before it.
pub(crate) struct Fonts {
    pub context: FontContext,
    dir: Option<PathBuf>,
    /// What has been looked for, with its families: none where the file is missing or broken.
    sought: Vec<(Stem, Vec<String>)>,
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
            dir,
            sought: Vec::new(),
        }
    }

    /// Whether fonts beside the embedded one are open.
    pub fn has_opened_files(&self) -> bool {
        self.sought.iter().any(|(_, families)| !families.is_empty())
    }

    /// The files that a text surely needs, in the order in which its characters do; empty for Latin, Greek and Cyrillic.
    pub fn needed(text: &str, han: Han) -> Vec<Stem> {
        let mut stems = Vec::new();
        for c in text.chars().filter(|c| scripts::is_foreign(*c)) {
            if let Some(first) = scripts::files(c, han).first().filter(|first| !stems.contains(*first)) {
                stems.push(*first);
            }
        }
        stems
    }

    /// Puts the next best file for each character that was missing before the others, so that a word is set in one font where one has all of it.
    /// False where there is no other file.
    pub fn add_for(missing: &BTreeSet<char>, stems: &mut Vec<Stem>, han: Han) -> bool {
        let before = stems.len();
        for c in missing {
            if let Some(next) = scripts::files(*c, han).iter().find(|stem| !stems.contains(*stem)) {
                stems.insert(0, next);
            }
        }
        stems.len() > before
    }

    /// The embedded family and those of the files, in the order in which they are asked for a character.
    pub fn families(&mut self, stems: &[Stem]) -> Vec<FontFamilyName<'static>> {
        let mut families = vec![FontFamilyName::named(FAMILY)];
        for stem in stems {
            families.extend(self.opened(stem).iter().map(|name| FontFamilyName::Named(Cow::Owned(name.clone()))));
        }
        families
    }

    fn opened(&mut self, stem: Stem) -> &[String] {
        let at = self.sought.iter().position(|(sought, _)| *sought == stem);
        let at = at.unwrap_or_else(|| {
            let families = self.open(stem);
            self.sought.push((stem, families));
            self.sought.len() - 1
        });
        &self.sought[at].1
    }

    fn open(&mut self, stem: Stem) -> Vec<String> {
        let Some(path) = self.dir.as_deref().and_then(|dir| font_file(dir, stem)) else {
            return Vec::new();
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
        opened
    }
}

/// The embedded font has its weights; the files have one.
pub(crate) fn is_embedded(font: &FontData) -> bool {
    let data = font.data.data().as_ptr();
    EMBEDDED.iter().any(|(bytes, _)| std::ptr::eq(bytes.as_ptr(), data))
}

/// The first by name, so that every machine with the same folder takes the same font.
fn font_file(dir: &Path, stem: Stem) -> Option<PathBuf> {
    let entries = std::fs::read_dir(dir).ok()?;
    let files = entries.filter_map(|entry| Some(entry.ok()?.path()));
    let is_wanted = |path: &PathBuf| {
        let begins = path
            .file_name()
            .and_then(|name| name.to_str())
            .is_some_and(|name| name.starts_with(stem));
        let ending = path.extension().unwrap_or_default();
        begins && ["ttf", "otf", "ttc"].iter().any(|known| ending.eq_ignore_ascii_case(known))
    };
    files.filter(is_wanted).min()
}
