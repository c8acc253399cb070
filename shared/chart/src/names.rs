//! Names under bands.

use crate::frame::{LABEL, Page};
use crate::scale::Scale;
use crate::scene::{Anchor, Label};
use crate::step_labels;
use crate::type_setter::{Line, Style};
use crate::value_labels::ValueLabels;
use domain::series::Plotted;
use std::collections::{BTreeMap, BTreeSet};
use vello_cpu::kurbo::{Point, Rect};

/// The smallest type of a name: rather small than missing.
pub(crate) const NAME_MIN: f64 = 20.0;

/// Axes of bands: one per step, each with its name or date below; the plot's area and the middle of every band.
pub(crate) fn axes(page: &mut Page, plotted: &Plotted, scale: &Scale, values: &ValueLabels, right: f64) -> (Rect, Vec<f64>) {
    let grid = step_labels::axes(page, plotted, scale.clone(), values, right, true);
    (grid.plot, grid.places)
}

/// Names under bands: level on up to two lines, else turned, and then only so many as stand clear of each other.
pub(crate) struct Names {
    lines: Vec<Vec<Line>>,
    row_height: f64,
    is_turned: bool,
    every: usize,
    /// What they take under the plot.
    pub height: f64,
}

impl Names {
    /// Whether all of them stand level and whole in bands of this width.
    pub fn are_whole(page: &mut Page, names: &[String], band: f64) -> bool {
        let size = LABEL * page.unit;
        Self::level(page, names, band, size).is_some_and(|lines| !lines.iter().flatten().any(is_cut))
    }

    pub fn of(page: &mut Page, names: &[String], band: f64) -> Self {
        // Rather small than cut, rather cut than turned, where the bands are wide enough.
        for (size, may_cut) in [(LABEL, false), (NAME_MIN, false), (LABEL, true), (NAME_MIN, true)] {
            let size = size * page.unit;
            let is_wide = band - 12.0 * page.unit > size * 5.0;
            let level = Self::level(page, names, band, size);
            let is_good = |lines: &Vec<Vec<Line>>| (may_cut && is_wide) || !lines.iter().flatten().any(is_cut);
            if let Some(lines) = level.filter(is_good) {
                return Self::rows(lines, size);
            }
        }
        Self::turned(page, names, band)
    }

    fn rows(lines: Vec<Vec<Line>>, size: f64) -> Self {
        let rows = lines.iter().map(Vec::len).max().unwrap_or(0) as f64;
        let row_height = tallest(lines.iter().flatten()).max(size * 1.2);
        Self {
            lines,
            row_height,
            is_turned: false,
            every: 1,
            height: rows * row_height,
        }
    }

    /// On up to two lines each, where bands are wide enough for any.
    fn level(page: &mut Page, names: &[String], band: f64, size: f64) -> Option<Vec<Vec<Line>>> {
        let style = Style::regular(size);
        let width = band - 12.0 * page.unit;
        (width > size * 2.5).then(|| names.iter().map(|name| page.type_setter.wrap(name, style, width, 2)).collect())
    }

    fn turned(page: &mut Page, names: &[String], band: f64) -> Self {
        let room = page.area.height() * 0.32;
        let size = (band / 1.15).clamp(NAME_MIN * page.unit, LABEL * page.unit);
        let clear = |height: f64| ((height * 1.15 / band - 0.001).ceil().max(1.0)) as usize;
        // Of names by the thousand only those are set that can be shown; scripts with tall letters need a second look.
        let mut every = clear(size);
        let shown: Vec<&str> = names.iter().step_by(every).map(String::as_str).collect();
        let mut lines = told_apart(page, &shown, Style::regular(size), room);
        let row_height = tallest(&lines);
        let more = clear(row_height / 1.12).div_ceil(every);
        if more > 1 {
            every *= more;
            lines = lines.into_iter().step_by(more).collect();
        }
        let height = lines.iter().map(|line| line.width).fold(0.0, f64::max);
        Self {
            lines: lines.into_iter().map(|line| vec![line]).collect(),
            row_height,
            is_turned: true,
            every,
            height,
        }
    }

    pub fn put(self, page: &mut Page, places: &[f64], top: f64) {
        let color = page.colors.muted;
        for (lines, x) in self.lines.into_iter().zip(places.iter().step_by(self.every)) {
            for (row, line) in lines.into_iter().enumerate() {
                if self.is_turned {
                    let origin = Point::new((x + (line.above - line.below) / 2.0).round(), (top + line.width).round());
                    page.scene.labels.push(Label {
                        line,
                        color,
                        origin,
                        is_turned: true,
                    });
                } else {
                    let y = top + self.row_height * (row as f64 + 1.0) - line.below - self.row_height * 0.1;
                    page.scene.put(line, color, Anchor::Middle, *x, y.round());
                }
            }
        }
    }
}

/// Each on one line no wider than this. Where some would read alike once their ends are cut off, they and their like lose a part of the beginning that
/// they share instead: "Bran…00012".
pub(crate) fn told_apart(page: &mut Page, names: &[&str], style: Style, width: f64) -> Vec<Line> {
    let mut lines: Vec<Line> = names.iter().map(|name| page.type_setter.fit(name, style, width)).collect();
    let cut: Vec<usize> = (0..lines.len()).filter(|&i| is_cut(&lines[i])).collect();
    let mut alike: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for &i in &cut {
        alike.entry(&lines[i].text).or_default().push(names[i]);
    }
    let groups = alike.into_values().filter(|group| group.len() > 1);
    let starts: BTreeSet<&str> = groups.map(|group| &group[0][..shared_words(&group)]).collect();
    for i in cut {
        let Some(start) = starts.iter().rev().find(|start| names[i].starts_with(**start)) else {
            continue;
        };
        let end = &names[i][start.len()..];
        let line = page.type_setter.fit_before(start, end, style, width);
        // An end that is too long itself is cut once more.
        lines[i] = if line.width <= width {
            line
        } else {
            page.type_setter.fit(&format!("…{end}"), style, width)
        };
    }
    lines
}

/// How many bytes all of them have in common at their beginning, in whole words.
fn shared_words(names: &[&str]) -> usize {
    let Some((first, others)) = names.split_first() else { return 0 };
    let common = |other: &&str| {
        first
            .chars()
            .zip(other.chars())
            .take_while(|(a, b)| a == b)
            .map(|(a, _)| a.len_utf8())
            .sum()
    };
    let shared: usize = others.iter().map(common).min().unwrap_or(0);
    first[..shared]
        .rfind(|c: char| !c.is_alphanumeric())
        .map_or(0, |at| at + first[at..].chars().next().map_or(0, char::len_utf8))
}

pub(crate) fn is_cut(line: &Line) -> bool {
    line.text.ends_with('…')
}

pub(crate) fn tallest<'a>(lines: impl IntoIterator<Item = &'a Line>) -> f64 {
    lines.into_iter().map(Line::height).fold(0.0, f64::max)
}
