//! The channels: which a mark takes, and what their columns must hold.

use super::{Check, is_time};
use crate::chart_spec::{Aggregate, FieldType, Mark, Position, Sort};
use crate::dataset::Column;
use crate::series::SERIES_MAX;

impl<'a> Check<'_, 'a> {
    /// Channels that the mark does not have.
    pub(super) fn channels(&mut self) {
        let encoding = &self.spec.encoding;
        let mark = self.spec.mark;
        if mark == Mark::Arc {
            for (path, channel) in [("encoding.x", &encoding.x), ("encoding.y", &encoding.y)] {
                if channel.is_some() {
                    self.refuse(path, "an axis", "`theta` for the numbers and `color` for the parts' names");
                }
            }
            if encoding.theta.is_none() {
                self.refuse("encoding.theta", "nothing", "a column of numbers, or `aggregate: count`");
            }
            if encoding.color.is_none() {
                self.refuse("encoding.color", "nothing", "a column with the parts' names");
            }
        } else if encoding.theta.is_some() {
            self.refuse(
                "encoding.theta",
                format!("an angle of a {}", mark.as_str()),
                "x and y; theta is for arc",
            );
        }
        self.offsets();
        if let Some(facet) = &encoding.facet {
            if !matches!(mark, Mark::Line | Mark::Area | Mark::Bar) {
                self.refuse("encoding.facet", format!("small charts of {}", mark.as_str()), "line, area, bar");
            }
            if encoding.color.is_some() {
                self.refuse("encoding.facet", "small charts, and color beside it", "one of the two");
            }
            if facet.columns.is_some_and(|columns| !(1..=4).contains(&columns)) {
                self.refuse("encoding.facet.columns", format!("{}", facet.columns.unwrap_or(0)), "1 to 4");
            }
        }
    }

    fn offsets(&mut self) {
        let encoding = &self.spec.encoding;
        let is_horizontal = self.spec.is_horizontal();
        let offsets = [
            ("encoding.xOffset", &encoding.x_offset, is_horizontal),
            ("encoding.yOffset", &encoding.y_offset, !is_horizontal),
        ];
        for (path, offset, is_wrong_way) in offsets {
            let Some(offset) = offset else { continue };
            if self.spec.mark != Mark::Bar {
                self.refuse(path, "side by side", "nothing: only bars stand side by side");
            } else if is_wrong_way {
                let other = if is_horizontal { "yOffset" } else { "xOffset" };
                self.refuse(path, "the axis of the numbers", format!("`{other}`"));
            } else if encoding.color.as_ref().is_none_or(|color| color.field != offset.field) {
                let given = format!("`{}`", offset.field);
                self.refuse(format!("{path}.field"), given, "the field of `encoding.color`");
            }
        }
    }

    /// The column of the steps.
    pub(super) fn steps(&mut self) -> Option<&'a Column> {
        let (roles, mark) = (self.spec.roles(), self.spec.mark);
        let path = roles.steps_path;
        let Some(channel) = roles.steps else {
            if !matches!(mark, Mark::Kpi | Mark::Arc) {
                self.refuse(path, "nothing", "a column for the steps from left to right");
            }
            return None;
        };
        if mark == Mark::Arc {
            return None;
        }
        if channel.aggregate.is_some() || channel.stack.is_some() {
            let what = if channel.stack.is_some() { "stack" } else { "aggregate" };
            let accepted = format!("`{}.{what}`, where the numbers are", roles.measure_path);
            self.refuse(format!("{path}.{what}"), "steps", accepted);
        }
        let Some(field) = &channel.field else {
            self.refuse(format!("{path}.field"), "nothing", "a column for the steps");
            return None;
        };
        let column = self.column(&format!("{path}.field"), field)?;
        self.step_kind(path, channel, column);
        self.bins(path, channel);
        self.sort(path, channel, column);
        Some(column)
    }

    fn step_kind(&mut self, path: &str, channel: &Position, column: &Column) {
        let is_time = is_time(column);
        let has = format!("`{}` holds {}", column.name, column.values.type_name());
        if channel.time_unit.is_some() && !is_time {
            self.refuse(format!("{path}.timeUnit"), format!("a time unit, but {has}"), "a column of dates");
        }
        self.fine_unit(&format!("{path}.timeUnit"), channel.time_unit, column);
        if self.spec.has_numeric_steps(column) {
            return self.number(&format!("{path}.field"), column);
        }
        match channel.kind {
            Some(FieldType::Quantitative) => {
                let accepted = "temporal, nominal, ordinal; numbers along x are drawn by point, and by bar with `bin`";
                self.refuse(format!("{path}.type"), "quantitative", accepted);
            }
            Some(FieldType::Temporal) if !is_time => {
                let given = format!("temporal, but {has}");
                self.refuse(format!("{path}.type"), given, "nominal, ordinal, or a column of dates");
            }
            _ => {}
        }
    }

    fn bins(&mut self, path: &str, channel: &Position) {
        if channel.bin.is_none() {
            return;
        }
        if self.spec.mark != Mark::Bar || self.spec.is_horizontal() {
            self.refuse(
                format!("{path}.bin"),
                "ranges of numbers",
                "nothing: only upright bars are a histogram",
            );
        }
        if self.spec.aggregate().is_none() {
            self.refuse("encoding.y.aggregate", "nothing, with `bin`", "count, sum, mean, median, min, max");
        }
    }

    fn sort(&mut self, path: &str, channel: &Position, column: &Column) {
        let path = format!("{path}.sort");
        let is_numeric = self.spec.has_numeric_steps(column);
        match &channel.sort {
            None | Some(Sort::Ascending) => {}
            Some(_) if is_time(column) => self.refuse(path, "an order for dates", "ascending, or nothing: time runs forwards"),
            Some(_) if is_numeric => self.refuse(path, "an order for numbers", "ascending, or nothing"),
            Some(Sort::ByX | Sort::ByXDescending) if !self.spec.is_horizontal() => self.refuse(path, "x, its own channel", "y, -y"),
            Some(Sort::ByY | Sort::ByYDescending) if self.spec.is_horizontal() => self.refuse(path, "y, its own channel", "x, -x"),
            Some(_) => {}
        }
    }

    /// The columns of numbers.
    pub(super) fn measure(&mut self, steps: Option<&Column>) -> Vec<&'a Column> {
        let spec = self.spec;
        let (path, field, kind, aggregate) = match (&spec.encoding.theta, spec.roles().measure) {
            (Some(theta), _) => ("encoding.theta", theta.field.as_deref(), theta.kind, theta.aggregate),
            (None, Some(channel)) => {
                self.measure_only(spec.roles().measure_path, channel);
                (spec.roles().measure_path, channel.field.as_deref(), channel.kind, channel.aggregate)
            }
            (None, None) => {
                if spec.mark != Mark::Arc && spec.encoding.columns.is_empty() {
                    self.refuse("encoding.y", "nothing", "a column of numbers, or `aggregate: count`");
                }
                return Vec::new();
            }
        };
        if !matches!(kind, None | Some(FieldType::Quantitative)) {
            self.refuse(format!("{path}.type"), "a type that is no number", "quantitative");
        }
        if spec.transform.len() > 1 {
            self.refuse("transform", format!("{} transforms", spec.transform.len()), "one fold");
        }
        if spec.mark == Mark::Kpi && spec.encoding.x.is_none() && aggregate.is_none() {
            let accepted = "how all rows become one number: sum, mean, median, min, max, count";
            self.refuse(format!("{path}.aggregate"), "nothing, and no x either", accepted);
        }
        if aggregate.is_some() && steps.is_some_and(|column| spec.is_scatter(column)) {
            self.refuse(format!("{path}.aggregate"), "rows joined", "nothing: every row is a point");
        }
        if let Some(fold) = spec.fold() {
            return self.folded(path, field, &fold.fold, &fold.names);
        }
        let is_count = aggregate == Some(Aggregate::Count);
        let path = format!("{path}.field");
        let Some(field) = field else {
            if !is_count {
                self.refuse(path, "nothing", "a column of numbers, or `aggregate: count`");
            }
            return Vec::new();
        };
        let Some(column) = self.column(&path, field) else {
            return Vec::new();
        };
        if !is_count {
            self.number(&path, column);
        }
        vec![column]
    }

    /// Keys that a channel of numbers does not have.
    fn measure_only(&mut self, path: &str, channel: &Position) {
        let keys = [
            ("timeUnit", channel.time_unit.is_some()),
            ("bin", channel.bin.is_some()),
            ("sort", channel.sort.is_some()),
        ];
        for (key, _) in keys.into_iter().filter(|(_, is_given)| *is_given) {
            let accepted = format!("`{}.{key}`", self.spec.roles().steps_path);
            self.refuse(format!("{path}.{key}"), "the channel of the numbers", accepted);
        }
    }

    fn folded(&mut self, path: &str, field: Option<&str>, fields: &[String], names: &[String; 2]) -> Vec<&'a Column> {
        if fields.is_empty() {
            self.refuse("transform[0].fold", "no column", "one or more columns of numbers");
        }
        if fields.len() > SERIES_MAX {
            let accepted = format!("at most {SERIES_MAX}");
            self.refuse("transform[0].fold", format!("{} columns", fields.len()), accepted);
        }
        if self.spec.mark == Mark::Kpi {
            self.refuse("transform[0].fold", "several series", "nothing: a kpi shows one number");
        }
        if field != Some(names[1].as_str()) {
            let given = field.map_or_else(|| "nothing".to_owned(), |field| format!("`{field}`"));
            self.refuse(format!("{path}.field"), given, format!("`{}`, the fold's numbers", names[1]));
        }
        let mut columns = Vec::new();
        for (i, name) in fields.iter().enumerate() {
            let path = format!("transform[0].fold[{i}]");
            if fields[..i].contains(name) {
                self.refuse(&path, format!("`{name}` again"), "each column once");
            } else if let Some(column) = self.column(&path, name) {
                self.number(&path, column);
                columns.push(column);
            }
        }
        columns
    }

    /// The column whose values are series, by colour or by facet.
    pub(super) fn series(&mut self) -> Option<&'a Column> {
        let encoding = &self.spec.encoding;
        let (path, field, kind) = match (&encoding.color, &encoding.facet) {
            (Some(color), _) => ("encoding.color", &color.field, color.kind),
            (None, Some(facet)) => ("encoding.facet", &facet.field, facet.kind),
            (None, None) => return None,
        };
        if self.spec.mark == Mark::Kpi {
            self.refuse(path, "several series", "nothing: a kpi shows one number");
            return None;
        }
        if matches!(kind, Some(FieldType::Quantitative | FieldType::Temporal)) {
            self.refuse(format!("{path}.type"), "a scale of colours", "nominal, ordinal");
        }
        let path = format!("{path}.field");
        if let Some(fold) = self.spec.fold() {
            if *field != fold.names[0] {
                let accepted = format!("`{}`, the fold's column names", fold.names[0]);
                self.refuse(path, format!("`{field}`"), accepted);
            }
            return None;
        }
        self.column(&path, field)
    }
}
