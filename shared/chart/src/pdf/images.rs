//! The pictures on the pages, each once.

use super::{Numbers, deflated};
use crate::logo::Pixels;
use pdf_writer::{Filter, Finish, Pdf, Ref};
use std::sync::Arc;

/// Pictures in order of appearance.
#[derive(Default)]
pub(super) struct Images(Vec<Arc<Pixels>>);

impl Images {
    /// The name of that picture on any page.
    pub fn name_of(&mut self, pixels: &Arc<Pixels>) -> String {
        let index = self.0.iter().position(|known| known == pixels).unwrap_or_else(|| {
            self.0.push(Arc::clone(pixels));
            self.0.len() - 1
        });
        format!("I{index}")
    }

    /// Writes them all; each with its name.
    pub fn write(&self, pdf: &mut Pdf, numbers: &mut Numbers) -> Vec<(String, Ref)> {
        let mut written = Vec::with_capacity(self.0.len());
        for (index, pixels) in self.0.iter().enumerate() {
            let number = numbers.next();
            let packed = deflated(&pixels.rgb);
            let mut image = pdf.image_xobject(number, &packed);
            image.filter(Filter::FlateDecode);
            let side = |pixels: usize| i32::try_from(pixels).unwrap_or(i32::MAX);
            image.width(side(pixels.width)).height(side(pixels.height)).bits_per_component(8);
            image.color_space().device_rgb();
            image.finish();
            written.push((format!("I{index}"), number));
        }
        written
    }
}
