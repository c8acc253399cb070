//! Which rows of the Dataset a fact was computed from.

use domain::series::{self, Plotted};

use super::Survey;
use crate::cell_text::tame_name;
use crate::fact::{Claim, Fact, Place, Rows};

/// One series' rows, per step.
pub(super) struct Source<'a> {
    /// `None` for the only one.
    name: Option<String>,
    rows: &'a [series::Rows],
}

/// The series whose rows make the drawn numbers. Where several are added up, those too that have none among the drawn steps.
pub(super) fn of<'a>(plotted: &Plotted, all: &'a Plotted) -> Vec<Source<'a>> {
    let only = match plotted.series.as_slice() {
        [only] => Some(&only.name),
        _ => None,
    };
    let is_meant = |series: &&series::Series| only.is_none_or(|only| *only == series.name);
    let source = |series: &'a series::Series| Source {
        name: only.is_none().then(|| tame_name(&series.name)),
        rows: &series.rows,
    };
    all.series.iter().filter(is_meant).map(source).collect()
}

impl Survey<'_> {
    /// All rows of the steps and series that a fact speaks of.
    pub(super) fn rows(&self, fact: &Fact) -> Option<Rows> {
        let whole = || Some(self.scale.drawn_from..=self.scale.domain.len().checked_sub(1)?);
        let steps = |places: &[&Place]| places.iter().map(|place| self.scale.steps(place)).collect::<Option<Vec<_>>>();
        let ranges = match &fact.claim {
            Claim::Blank => return None,
            Claim::Gaps { .. } | Claim::Relation { .. } | Claim::Spread { .. } => vec![whole()?],
            Claim::Record { over, .. } => steps(&[over])?,
            _ => steps(&fact.places())?,
        };
        let mut joined = series::Rows::default();
        // A fold makes several numbers of one row.
        let sources_max = if self.spec.fold().is_some() { 1 } else { usize::MAX };
        let is_meant = |source: &&Source| fact.series.is_none() || source.name == fact.series;
        let sources = self.sources.iter().filter(is_meant).take(sources_max);
        for rows in sources.flat_map(|source| ranges.iter().filter_map(|range| source.rows.get(range.clone()))) {
            rows.iter().for_each(|rows| joined.join(*rows));
        }
        (joined.count > 0).then_some(Rows {
            count: joined.count,
            first: joined.first,
            last: joined.last,
        })
    }
}
