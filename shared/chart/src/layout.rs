//! Chooses the layout by mark, and says the chart in one sentence.

use crate::frame::Page;
use crate::options::RenderOptions;
use crate::scene::Scene;
use crate::type_setter::TypeSetter;
use crate::value_labels::ValueLabels;
use crate::{bars, dates, kpi, line};
use domain::chart_spec::Mark;
use domain::series::{Domain, Plotted};

/// Everything placed, nothing drawn.
pub(crate) fn lay_out(type_setter: &mut TypeSetter, plotted: &Plotted, options: &RenderOptions) -> Scene {
    let mut page = Page::new(type_setter, options);
    page.header(plotted.title.as_ref());
    page.footer();
    if plotted.is_blank() {
        page.say(options.words.no_data);
        return page.scene;
    }
    match plotted.mark {
        Mark::Line | Mark::Area | Mark::Point => line::lay_out(page, plotted),
        Mark::Bar | Mark::Arc | Mark::Table => bars::lay_out(page, plotted),
        Mark::Kpi => kpi::lay_out(page, plotted),
    }
}

/// One sentence for who cannot see the picture.
pub(crate) fn alt(plotted: &Plotted, options: &RenderOptions) -> String {
    let form = match plotted.mark {
        Mark::Line => "Line chart",
        Mark::Area => "Area chart",
        Mark::Bar => "Bar chart",
        Mark::Arc => "Donut chart",
        Mark::Point => "Scatter chart",
        Mark::Table => "Table",
        Mark::Kpi => "Number",
    };
    let title = plotted
        .title
        .as_ref()
        .map_or_else(|| plotted.y.field.clone().unwrap_or_default(), |title| title.text.clone());
    let mut alt = if title.is_empty() {
        form.to_owned()
    } else {
        format!("{form}: {title}")
    };
    if plotted.is_blank() {
        return format!("{alt}. {}.", options.words.no_data);
    }
    let values = ValueLabels::of(plotted, options.style);
    let period = match &plotted.x.domain {
        Domain::Time { steps, grain } => steps
            .first()
            .zip(steps.last())
            .map(|(first, last)| dates::span_words(*first, *last, *grain)),
        Domain::Categories { names } => {
            Some(format!("{} names, {} to {}", names.len(), names[0], names[names.len() - 1])).filter(|_| names.len() > 1)
        }
        Domain::Bins { .. } | Domain::Points { .. } | Domain::Whole => None,
    };
    if let Some(period) = period {
        alt = format!("{alt}, {period}");
    }
    if let Some(value) = plotted.headline.as_ref().and_then(|headline| headline.value) {
        return format!("{alt}. {}.", values.headline(value));
    }
    if let (Domain::Time { .. }, Some(step)) = (&plotted.x.domain, plotted.latest_step()) {
        let newest = plotted
            .series
            .iter()
            .filter_map(|series| Some(format!("{} {}", series.name, values.value(series.values[step]?))));
        alt = format!("{alt}. Newest: {}", newest.collect::<Vec<_>>().join(", "));
    }
    alt + "."
}
