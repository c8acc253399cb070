//! Chooses the layout by mark.

use crate::frame::Page;
use crate::options::RenderOptions;
use crate::scene::Scene;
use crate::table::Sheet;
use crate::type_setter::TypeSetter;
use crate::{arc, area, bars, facets, kpi, line, points, table};
use domain::chart_spec::Mark;
use domain::series::{Domain, Plotted};
use std::borrow::Cow;

/// A table longer than this is better read in the data file.
const PAGES_MAX: usize = 40;

/// Everything placed, nothing drawn.
pub(crate) fn lay_out(type_setter: &mut TypeSetter, plotted: &Plotted, options: &RenderOptions) -> Scene {
    let plotted = &*in_words(plotted, options);
    type_setter.read_as(options.locale, plotted);
    let on_picture = Sheet { from: 0, is_paged: false };
    page(type_setter, plotted, options, &on_picture).0
}

/// The same for paper: one page, or several for a long table.
pub(crate) fn pages(type_setter: &mut TypeSetter, plotted: &Plotted, options: &RenderOptions) -> Vec<Scene> {
    let plotted = &*in_words(plotted, options);
    type_setter.read_as(options.locale, plotted);
    let mut scenes = Vec::new();
    let mut next = Some(0);
    while let Some(from) = next.filter(|_| scenes.len() < PAGES_MAX) {
        let (scene, rest) = page(type_setter, plotted, options, &Sheet { from, is_paged: true });
        scenes.push(scene);
        next = rest;
    }
    scenes
}

/// With the joined rest called so in the reader's language.
fn in_words<'a>(plotted: &'a Plotted, options: &RenderOptions) -> Cow<'a, Plotted> {
    let mut plotted = Cow::Borrowed(plotted);
    if plotted.has_rest {
        let word = options.words().other;
        let own = plotted.to_mut();
        let name = match (&mut own.x.domain, own.mark) {
            (Domain::Categories { names }, Mark::Arc) => names.last_mut(),
            _ => own.series.last_mut().map(|series| &mut series.name),
        };
        if let Some(name) = name {
            word.clone_into(name);
        }
    }
    plotted
}

/// One page, and the first row of a table that did not fit. Every layout is written as it is read from the left, and mirrored where it is not.
fn page(type_setter: &mut TypeSetter, plotted: &Plotted, options: &RenderOptions, sheet: &Sheet) -> (Scene, Option<usize>) {
    let mut page = Page::new(type_setter, options);
    page.header(plotted.title.as_ref());
    page.footer();
    if plotted.is_blank() {
        page.say(options.words().no_data);
        return (mirrored(page.scene, options), None);
    }
    let (scene, next) = match plotted.mark {
        Mark::Line | Mark::Area | Mark::Bar if plotted.facet.is_some() => (facets::lay_out(page, plotted), None),
        Mark::Line => (line::lay_out(page, plotted), None),
        Mark::Area => (area::lay_out(page, plotted), None),
        Mark::Bar => (bars::lay_out(page, plotted), None),
        Mark::Arc => (arc::lay_out(page, plotted), None),
        Mark::Point => (points::lay_out(page, plotted), None),
        Mark::Kpi => (kpi::lay_out(page, plotted), None),
        Mark::Table => table::lay_out(page, plotted, sheet),
    };
    (mirrored(scene, options), next)
}

fn mirrored(mut scene: Scene, options: &RenderOptions) -> Scene {
    if options.locale.is_right_to_left() {
        scene.mirror(options.size.width_px.into());
    }
    scene
}
