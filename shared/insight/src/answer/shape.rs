//! A chart taken apart into what it shows, to be drawn in another form.

use domain::chart_spec::{
    Aggregate, ChartSpec, ColorChannel, Encoding, FieldType, Mark, Offset, Period, Position, Sort, Stack, Theta, TimeUnit, Title,
};
use domain::dataset::{Column, Dataset, Unit, Values};
use domain::series::{Grain, Plotted, plot};
use jiff::civil::{Date, DateTime, Time};

use crate::cell_text::{FIRST_STRONG_ISOLATE, POP_DIRECTIONAL_ISOLATE};

/// What a chart shows, whichever way it is turned.
#[derive(Debug, Clone)]
pub(super) struct Shape {
    pub steps: Option<Position>,
    pub measure: Position,
    pub color: Option<ColorChannel>,
    pub is_lying: bool,
    pub is_side_by_side: bool,
    /// What is the same in every form.
    pub rest: ChartSpec,
}

impl Shape {
    pub fn of(spec: &ChartSpec) -> Self {
        let encoding = &spec.encoding;
        let is_lying = spec.is_horizontal();
        let theta = encoding.theta.as_ref().map(|theta| Position {
            field: theta.field.clone(),
            kind: theta.kind,
            aggregate: theta.aggregate,
            ..Position::default()
        });
        let (steps, measure) = match theta {
            Some(theta) => (None, Some(theta)),
            None if is_lying => (encoding.y.clone(), encoding.x.clone()),
            None => (encoding.x.clone(), encoding.y.clone()),
        };
        let facet = encoding.facet.as_ref().map(|facet| ColorChannel {
            field: facet.field.clone(),
            kind: facet.kind,
            legend: None,
        });
        Self {
            steps,
            measure: measure.unwrap_or_default(),
            color: encoding.color.clone().or(facet),
            is_lying,
            is_side_by_side: encoding.x_offset.is_some() || encoding.y_offset.is_some(),
            rest: ChartSpec {
                encoding: Encoding::default(),
                ..spec.clone()
            },
        }
    }

    /// The same in that form, where that makes sense; checked by drawing it.
    pub fn spec(&self, mark: Mark) -> ChartSpec {
        let Self { measure, color, .. } = self.clone();
        let mut spec = ChartSpec { mark, ..self.rest.clone() };
        if matches!(mark, Mark::Arc | Mark::Table) {
            spec.targets.clear();
        }
        let has_series = color.is_some() || spec.fold().is_some();
        if (matches!(mark, Mark::Bar | Mark::Area) && has_series) || mark == Mark::Point {
            spec.compare = None;
        }
        if mark == Mark::Arc {
            return self.arc(spec);
        }
        let is_lying = mark == Mark::Bar && self.is_lying;
        let steps = self.steps.clone().map(|steps| Position {
            sort: steps.sort.map(|sort| turned(sort, is_lying)),
            bin: steps.bin.filter(|_| mark == Mark::Bar),
            ..steps
        });
        let measure = Position {
            stack: measure.stack.filter(|_| matches!(mark, Mark::Bar | Mark::Area) && has_series),
            kind: if is_lying { Some(FieldType::Quantitative) } else { measure.kind },
            ..measure
        };
        let offset = color
            .as_ref()
            .filter(|_| self.is_side_by_side && mark == Mark::Bar)
            .map(|color| Offset {
                field: color.field.clone(),
            });
        spec.encoding.color = color.filter(|_| mark != Mark::Kpi);
        if is_lying {
            (spec.encoding.x, spec.encoding.y, spec.encoding.y_offset) = (Some(measure), steps, offset);
        } else {
            (spec.encoding.x, spec.encoding.y, spec.encoding.x_offset) = (steps, Some(measure), offset);
        }
        spec
    }

    /// Parts of a whole: of the newest period where the chart runs along time.
    fn arc(&self, mut spec: ChartSpec) -> ChartSpec {
        let is_dated = self.steps.as_ref().is_some_and(|steps| steps.kind == Some(FieldType::Temporal));
        let steps = self.steps.clone().filter(|steps| steps.bin.is_none());
        spec.compare = None;
        if let Some(steps) = steps.as_ref().filter(|_| is_dated && spec.period.is_none()) {
            spec.period = steps.field.clone().map(|field| Period {
                field,
                time_unit: steps.time_unit,
            });
        }
        let parts = steps.and_then(|steps| steps.field).filter(|_| !is_dated).map(|field| ColorChannel {
            field,
            ..ColorChannel::default()
        });
        spec.encoding.color = self.color.clone().or(parts);
        spec.encoding.theta = Some(Theta {
            field: self.measure.field.clone(),
            kind: None,
            aggregate: self.measure.aggregate,
        });
        spec
    }

    /// Tells of the steps whether they are dates, so that every form can ask.
    pub fn dated(mut self, dataset: &Dataset) -> Self {
        if let Some(steps) = &mut self.steps
            && steps.field.as_deref().and_then(|field| dataset.column(field)).is_some_and(is_time)
        {
            steps.kind = Some(FieldType::Temporal);
        }
        self
    }

    pub fn is_dated(&self) -> bool {
        self.steps.as_ref().is_some_and(|steps| steps.kind == Some(FieldType::Temporal))
    }

    /// The numbers of another column, without what was said of the old ones.
    pub fn measuring(mut self, field: &str) -> Self {
        self.measure = Position {
            field: Some(field.to_owned()),
            aggregate: self.measure.aggregate.filter(|aggregate| *aggregate != Aggregate::Count),
            ..Position::default()
        };
        if self.rest.fold().is_some() {
            self.color = None;
            self.rest.transform.clear();
        }
        self.rest.targets.clear();
        self.rest.title = None;
        self
    }

    /// With names along x instead, the drawn dates kept.
    pub fn along(mut self, field: &str) -> Self {
        if let Some(dates) = self.steps.take().filter(|_| self.rest.last.is_some())
            && self.rest.period.is_none()
        {
            self.rest.period = dates.field.map(|field| Period {
                field,
                time_unit: dates.time_unit,
            });
        }
        self.rest.last = self.rest.last.filter(|_| self.rest.period.is_some());
        self.rest.compare = None;
        self.rest.targets.clear();
        self.color = self.color.filter(|_| self.rest.fold().is_some());
        self.steps = Some(Position {
            field: Some(field.to_owned()),
            ..Position::default()
        });
        self
    }

    pub fn titled(mut self, title: String) -> Self {
        self.rest.title = Some(Title {
            // A picture sets names apart by itself.
            text: title.replace([FIRST_STRONG_ISOLATE, POP_DIRECTIONAL_ISOLATE], ""),
            subtitle: None,
        });
        self
    }

    /// Draws it; where rows must be joined and nothing says how, money is added up and the rest averaged.
    pub fn drawn(&self, mark: Mark, dataset: &Dataset) -> Option<(ChartSpec, Plotted)> {
        let spec = self.spec(mark);
        if let Some(plotted) = drawn(dataset, &spec) {
            return Some((spec, plotted));
        }
        if self.measure.aggregate.is_some() {
            return None;
        }
        let mut joined = self.clone();
        let field = self.measure.field.as_deref().filter(|_| self.rest.fold().is_none());
        let column = field
            .or_else(|| self.rest.fold()?.fold.first().map(String::as_str))
            .and_then(|name| dataset.column(name));
        let is_money = column.is_some_and(|column| matches!(column.unit, Some(Unit::Currency(_))));
        joined.measure.aggregate = Some(if is_money { Aggregate::Sum } else { Aggregate::Mean });
        let spec = joined.spec(mark);
        drawn(dataset, &spec).map(|plotted| (spec, plotted))
    }

    pub fn stacked(mut self) -> Self {
        self.is_side_by_side = false;
        self.measure.stack = Some(Stack::Zero);
        self
    }
}

/// The table of a chart, where there is anything to draw.
pub(super) fn drawn(dataset: &Dataset, spec: &ChartSpec) -> Option<Plotted> {
    plot(dataset, spec).ok().filter(|plotted| !plotted.is_blank())
}

/// The largest total first stands by the other axis where bars lie.
fn turned(sort: Sort, is_lying: bool) -> Sort {
    match (sort, is_lying) {
        (Sort::ByY | Sort::ByX, true) => Sort::ByX,
        (Sort::ByY | Sort::ByX, false) => Sort::ByY,
        (Sort::ByYDescending | Sort::ByXDescending, true) => Sort::ByXDescending,
        (Sort::ByYDescending | Sort::ByXDescending, false) => Sort::ByYDescending,
        (other, _) => other,
    }
}

pub(super) fn is_time(column: &Column) -> bool {
    matches!(column.values, Values::Date(_) | Values::DateTime(_))
}

/// How finely rows are dated.
pub(super) fn grain(column: &Column) -> Option<Grain> {
    let days: Vec<Date> = match &column.values {
        Values::Date(cells) => cells.iter().flatten().copied().collect(),
        Values::DateTime(cells) if cells.iter().flatten().all(|at| at.time() == Time::midnight()) => {
            cells.iter().flatten().copied().map(DateTime::date).collect()
        }
        Values::DateTime(_) => return Some(Grain::Hour),
        _ => return None,
    };
    let first = *days.first()?;
    let all = |is: &dyn Fn(&Date) -> bool| days.iter().all(is);
    Some(match () {
        () if days.iter().all(|day| *day == first) => Grain::Day,
        () if all(&|day| day.day() == 1 && day.month() == 1) => Grain::Year,
        () if all(&|day| day.day() == 1 && day.month() % 3 == 1) => Grain::Quarter,
        () if all(&|day| day.day() == 1) => Grain::Month,
        () if all(&|day| day.weekday() == first.weekday()) => Grain::Week,
        () => Grain::Day,
    })
}

pub(super) fn time_unit(grain: Grain) -> TimeUnit {
    match grain {
        Grain::Year => TimeUnit::Year,
        Grain::Quarter => TimeUnit::YearQuarter,
        Grain::Month => TimeUnit::YearMonth,
        Grain::Week => TimeUnit::YearWeek,
        Grain::Day => TimeUnit::YearMonthDate,
        Grain::Hour => TimeUnit::YearMonthDateHours,
        Grain::Minute => TimeUnit::YearMonthDateHoursMinutes,
    }
}
