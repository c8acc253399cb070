//! `period`, `last` and `compare`: which rows are drawn, and with which they are compared.

use super::{Check, is_time};
use crate::chart_spec::{Mark, TimeUnit};
use crate::dataset::{Column, Values};

impl<'a> Check<'_, 'a> {
    /// The column of dates that chooses the rows, where the steps do not.
    pub(super) fn period(&mut self, steps: Option<&Column>) -> Option<&'a Column> {
        let spec = self.spec;
        let column = spec.period.as_ref().and_then(|period| self.column("period.field", &period.field));
        if let (Some(period), Some(column)) = (&spec.period, column) {
            if !is_time(column) {
                let given = format!("`{}` holds {}", column.name, column.values.type_name());
                self.refuse("period.field", given, "a column of dates");
            }
            self.fine_unit("period.timeUnit", period.time_unit, column);
        }
        if spec.period.is_some() && steps.is_some_and(is_time) {
            self.refuse(
                "period",
                "dates beside those of the steps",
                "nothing: `last` and `compare` count the steps",
            );
        }
        let is_dated = steps.is_some_and(is_time) || spec.period.is_some();
        // A missing or unknown column of the steps has been named already.
        let is_judged = steps.is_some() || spec.roles().steps.is_none();
        if spec.last == Some(0) {
            self.refuse("last", "0", "1 or more steps of time");
        } else if spec.last.is_some() && !is_dated && is_judged {
            self.refuse(
                "last",
                "the newest steps, but x holds no dates",
                "a column of dates as x, or as `period.field`",
            );
        }
        if spec.compare.is_some() {
            self.compare(is_dated || !is_judged);
        }
        column
    }

    fn compare(&mut self, is_dated: bool) {
        let spec = self.spec;
        if !is_dated {
            self.refuse(
                "compare",
                "previous_period, but x holds no dates",
                "a column of dates as x, or as `period.field`",
            );
        }
        match spec.mark {
            Mark::Bar | Mark::Area if spec.has_series() => self.refuse(
                "compare",
                format!("previous_period with several series of {}s", spec.mark.as_str()),
                "one series, or `mark: line` or `table`",
            ),
            Mark::Point => self.refuse("compare", "previous_period with points", "nothing, or another mark"),
            _ => {}
        }
    }

    /// A time of day where there are only days.
    pub(super) fn fine_unit(&mut self, path: &str, unit: Option<TimeUnit>, column: &Column) {
        let is_fine = matches!(unit, Some(TimeUnit::YearMonthDateHours | TimeUnit::YearMonthDateHoursMinutes));
        if is_fine && matches!(column.values, Values::Date(_)) {
            self.refuse(
                path,
                format!("a time of day, but `{}` holds {}", column.name, column.values.type_name()),
                "year, yearquarter, yearmonth, yearweek, yearmonthdate",
            );
        }
    }
}
