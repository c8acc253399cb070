//! The steps of x: which there are in the rows, which of them are drawn, and what they are called.

use domain::series::{Domain, Grain};
use jiff::civil::DateTime;
use std::ops::RangeInclusive;

use crate::amount::tame_unit;
use crate::cell_text::tame_name;
use crate::fact::{Label, Place};

/// Newest steps whose rhythm is looked at.
const CADENCE_STEPS_MAX: usize = 1_000;

/// All steps that the rows have, and which of them are on the picture.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Scale<'a> {
    /// All steps, drawn or not.
    pub domain: &'a Domain,
    /// The first that is drawn. All after it are.
    pub drawn_from: usize,
    /// The first of those laid under the drawn ones; `drawn_from` where there are none.
    pub previous_from: usize,
}

impl<'a> Scale<'a> {
    /// One step.
    pub fn place(&self, step: usize) -> Place {
        self.places(step, step)
    }

    /// Steps in a row.
    pub fn places(&self, first: usize, last: usize) -> Place {
        let in_previous = first < self.drawn_from;
        let origin = match last {
            last if last >= self.drawn_from => self.drawn_from,
            _ if first >= self.previous_from => self.previous_from,
            last => last,
        };
        Place {
            first: first.saturating_sub(origin),
            last: last - origin,
            in_previous,
            label: self.label(first, last),
        }
    }

    fn label(&self, first: usize, last: usize) -> Label {
        match self.domain {
            Domain::Time { steps, grain } => match (steps.get(first), steps.get(last)) {
                (Some(from), Some(to)) => span(*from, *to, *grain),
                _ => Label::Whole,
            },
            Domain::Categories { names } if first == last => {
                names.get(first).map_or(Label::Whole, |name| Label::Name { name: tame_name(name) })
            }
            Domain::Bins { edges, unit } if first == last => match (edges.get(first), edges.get(first + 1)) {
                (Some(from), Some(to)) => Label::Range {
                    from: *from,
                    to: *to,
                    unit: unit.as_ref().and_then(tame_unit),
                },
                _ => Label::Whole,
            },
            Domain::Categories { .. } | Domain::Bins { .. } | Domain::Points { .. } | Domain::Whole => Label::Whole,
        }
    }

    /// The steps that a place means; `None` where it means none of these.
    pub fn steps(&self, place: &Place) -> Option<RangeInclusive<usize>> {
        let find = |moment: &DateTime| self.moments().binary_search(moment).ok();
        let end = self.domain.len().checked_sub(1)?;
        match &place.label {
            Label::Moment { at, .. } => find(at).map(|step| step..=step),
            Label::Span { from, to, .. } => Some(find(from)?..=find(to)?),
            Label::Whole => Some(self.drawn_from..=end),
            Label::Name { .. } | Label::Range { .. } => (!place.in_previous).then_some(place.first..=place.last.min(end)),
        }
    }

    /// How long a step of time is.
    pub fn grain(&self) -> Option<Grain> {
        match self.domain {
            Domain::Time { grain, .. } => Some(*grain),
            Domain::Categories { .. } | Domain::Bins { .. } | Domain::Points { .. } | Domain::Whole => None,
        }
    }

    /// All steps of time, ascending.
    pub fn moments(&self) -> &'a [DateTime] {
        match self.domain {
            Domain::Time { steps, .. } => steps,
            Domain::Categories { .. } | Domain::Bins { .. } | Domain::Points { .. } | Domain::Whole => &[],
        }
    }

    /// The usual distance between neighbouring steps of time, in periods of their grain: 7 for weekly rows that are dated by day.
    pub fn cadence(&self) -> i64 {
        let Some(grain) = self.grain() else { return 1 };
        let steps = self.moments();
        let newest = steps.get(steps.len().saturating_sub(CADENCE_STEPS_MAX)..).unwrap_or_default();
        let mut distances: Vec<i64> = newest
            .windows(2)
            .map(|pair| ordinal(pair[1], grain) - ordinal(pair[0], grain))
            .collect();
        if distances.is_empty() {
            return 1;
        }
        let middle = distances.len() / 2;
        (*distances.select_nth_unstable(middle).1).max(1)
    }
}

/// What the periods from one to another are called, by their starts.
pub(crate) fn span(from: DateTime, to: DateTime, grain: Grain) -> Label {
    if from == to {
        Label::Moment { at: from, grain }
    } else {
        Label::Span { from, to, grain }
    }
}

/// Numbers the periods of time, so that neighbours differ by 1.
pub(crate) fn ordinal(moment: DateTime, grain: Grain) -> i64 {
    let year = i64::from(moment.year());
    let month = year * 12 + i64::from(moment.month()) - 1;
    let day = days(moment);
    match grain {
        Grain::Year => year,
        Grain::Quarter => month.div_euclid(3),
        Grain::Month => month,
        Grain::Week => (day - 4).div_euclid(7),
        Grain::Day => day,
        Grain::Hour => day * 24 + i64::from(moment.hour()),
        Grain::Minute => (day * 24 + i64::from(moment.hour())) * 60 + i64::from(moment.minute()),
    }
}

/// Days since 1 January 1970, which was a Thursday.
pub(crate) fn days(moment: DateTime) -> i64 {
    // Whole days to the year's first, by the Gregorian leap rule; 719,162 days lie before 1970.
    let before = i64::from(moment.year()) - 1;
    before * 365 + before.div_euclid(4) - before.div_euclid(100) + before.div_euclid(400) - 719_162 + i64::from(moment.day_of_year()) - 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_those_of_the_calendar() {
        let epoch = jiff::civil::date(1970, 1, 1);
        for (year, month, day) in [
            (1970, 1, 1),
            (1969, 12, 31),
            (2000, 2, 29),
            (2026, 11, 20),
            (1900, 3, 1),
            (-4, 2, 29),
            (9999, 12, 31),
            (0, 1, 1),
        ] {
            let date = jiff::civil::date(year, month, day);
            let expected = date.since(epoch).map(|span| i64::from(span.get_days()));
            assert_eq!(expected.ok(), Some(days(date.at(23, 59, 0, 0))), "{date}");
        }
    }
}
