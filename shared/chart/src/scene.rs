//! A laid-out picture: shapes in drawing order, then labels, each with the box it fills. Nothing here is drawn yet, so tests can look at it.

use crate::logo::Pixels;
use crate::theme::Rgb;
use crate::type_setter::Line;
use std::sync::Arc;
use vello_cpu::kurbo::{Affine, BezPath, Point, Rect};

/// Everything on one picture.
#[derive(Debug)]
pub(crate) struct Scene {
    pub background: Rgb,
    pub shapes: Vec<Shape>,
    pub labels: Vec<Label>,
}

#[derive(Debug)]
pub(crate) enum Shape {
    /// Upright, filled; `radius` rounds all four corners.
    Block {
        area: Rect,
        radius: f64,
        color: Rgb,
    },
    Fill {
        path: BezPath,
        color: Rgb,
    },
    Stroke {
        path: BezPath,
        width: f64,
        dash: Option<[f64; 2]>,
        color: Rgb,
    },
    Dot {
        center: Point,
        radius: f64,
        color: Rgb,
    },
    /// Pixels of their own, in whole pixels of the page. Nothing lies over them.
    Image {
        pixels: Arc<Pixels>,
        area: Rect,
    },
}

/// One line of text in its place.
#[derive(Debug)]
pub(crate) struct Label {
    pub line: Line,
    pub color: Rgb,
    /// Left end of the baseline; of a turned label, its lower end.
    pub origin: Point,
    /// Read from below to above.
    pub is_turned: bool,
}

/// Which point of a label is given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Anchor {
    Start,
    Middle,
    End,
}

impl Label {
    /// The box that the text fills: the tests hold them apart, and a target's line leaves them out.
    pub fn bounds(&self) -> Rect {
        let Point { x, y } = self.origin;
        let line = &self.line;
        if self.is_turned {
            Rect::new(x - line.above, y - line.width, x + line.below, y)
        } else {
            Rect::new(x, y - line.above, x + line.width, y + line.below)
        }
    }
}

impl Scene {
    pub fn new(background: Rgb) -> Self {
        Self {
            background,
            shapes: Vec::new(),
            labels: Vec::new(),
        }
    }

    /// Sets a line with its start, middle or end at `x` and its baseline at `y`.
    pub fn put(&mut self, line: Line, color: Rgb, anchor: Anchor, x: f64, y: f64) {
        if line.text.is_empty() {
            return;
        }
        let left = match anchor {
            Anchor::Start => x,
            Anchor::Middle => x - line.width / 2.0,
            Anchor::End => x - line.width,
        };
        self.labels.push(Label {
            line,
            color,
            origin: Point::new(left, y),
            is_turned: false,
        });
    }

    pub fn block(&mut self, area: Rect, radius: f64, color: Rgb) {
        self.shapes.push(Shape::Block { area, radius, color });
    }

    pub fn rule(&mut self, from: Point, to: Point, width: f64, color: Rgb) {
        // Upright and level rules are blocks on whole pixels, which stay sharp.
        let half = width / 2.0;
        let area = Rect::new(from.x.min(to.x), from.y.min(to.y), from.x.max(to.x), from.y.max(to.y));
        let area = if from.y == to.y {
            Rect::new(
                area.x0,
                (area.y0 - half).round(),
                area.x1,
                (area.y0 - half).round() + width.round().max(1.0),
            )
        } else {
            area.inflate(half, 0.0)
        };
        self.shapes.push(Shape::Block { area, radius: 0.0, color });
    }

    /// Swaps left and right on a page of this width. Letters are not turned round: every label stays whole, in the place that its box would have in a mirror.
    pub fn mirror(&mut self, width: f64) {
        let mirror = Affine::new([-1.0, 0.0, 0.0, 1.0, width, 0.0]);
        let across = |point: Point| Point::new(width - point.x, point.y);
        for shape in &mut self.shapes {
            match shape {
                Shape::Block { area, .. } | Shape::Image { area, .. } => {
                    *area = Rect::new(width - area.x1, area.y0, width - area.x0, area.y1)
                }
                Shape::Fill { path, .. } | Shape::Stroke { path, .. } => path.apply_affine(mirror),
                Shape::Dot { center, .. } => *center = across(*center),
            }
        }
        for label in &mut self.labels {
            let line = &label.line;
            // From the left side of the box to the origin, and from there to the right side.
            let (before, behind) = if label.is_turned {
                (line.above, line.below)
            } else {
                (0.0, line.width)
            };
            label.origin.x = width - label.origin.x - behind + before;
        }
    }
}
