//! Any rows and any spec that fits them: a picture without a panic, not blank, no text over text.

use super::faults;
use crate::{RenderOptions, Renderer, Size, Theme};
use domain::chart_spec::{
    Aggregate, Axis, Bin, ChartSpec, ColorChannel, Compare, Encoding, Facet, FieldType, Legend, Mark, Offset, Period, Position, Sort,
    Stack, Target, Theta, TimeUnit, Title,
};
use domain::dataset::{Column, Dataset, Unit, Values};
use domain::locale::Locale;
use domain::series::plot;
use jiff::Timestamp;
use jiff::civil::{DateTime, date};
use proptest::prelude::*;
use proptest::sample::select;
use rust_decimal::Decimal;

fn number() -> impl Strategy<Value = Option<Decimal>> {
    prop_oneof![
        6 => (-1_000_000i64..1_000_000, 0u32..6).prop_map(|(digits, scale)| Some(Decimal::new(digits, scale))),
        1 => Just(None),
        1 => Just(Some(Decimal::ZERO)),
        1 => any::<(i64, u32)>().prop_map(|(digits, scale)| Some(Decimal::new(digits, scale % 29))),
        1 => select(vec![Decimal::MAX, Decimal::MIN, Decimal::new(1, 28)]).prop_map(Some),
    ]
}

fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        "[A-Za-z ]{0,12}",
        "[A-Za-z]{30,60}",
        "\\PC{0,40}",
        Just("مبيعات الربع".to_owned()),
        Just("按地区销售额 🚀".to_owned())
    ]
}

fn moment() -> impl Strategy<Value = Option<DateTime>> {
    let near =
        (0i32..400, 0i8..24).prop_map(|(day, hour)| Some(date(2026, 1, 1).saturating_add(jiff::Span::new().days(day)).at(hour, 0, 0, 0)));
    let far = (-9999i16..=9999, 1i8..=12, 1i8..=28).prop_map(|(year, month, day)| Some(date(year, month, day).at(23, 59, 59, 0)));
    prop_oneof![8 => near, 1 => far, 1 => Just(None)]
}

type Cells = (Option<DateTime>, String, String, Option<Decimal>, Option<Decimal>);

fn rows() -> impl Strategy<Value = Dataset> {
    let unit = select(vec![
        None,
        Some(Unit::Percent),
        Some(Unit::Seconds),
        Some(Unit::Currency("USD".to_owned())),
        Some(Unit::Currency("XAU".to_owned())),
        Some(Unit::Other("ppm".to_owned())),
    ]);
    let cells = (moment(), text(), text(), number(), number());
    (proptest::collection::vec(cells, 0..50), unit).prop_map(|(cells, unit)| dataset(&cells, unit))
}

fn dataset(cells: &[Cells], unit: Option<Unit>) -> Dataset {
    let column = |name: &str, unit, values| Column {
        name: name.to_owned(),
        unit,
        values,
    };
    let kind = |cells: &Cells| Some(cells.2.chars().take(1).collect());
    let columns = vec![
        column("time", None, Values::DateTime(cells.iter().map(|cells| cells.0).collect())),
        column(
            "name",
            None,
            Values::Text(cells.iter().map(|cells| Some(cells.1.clone())).collect()),
        ),
        column("kind", None, Values::Text(cells.iter().map(kind).collect())),
        column("v", unit.clone(), Values::Number(cells.iter().map(|cells| cells.3).collect())),
        column("w", unit, Values::Number(cells.iter().map(|cells| cells.4).collect())),
    ];
    Dataset {
        as_of: Timestamp::UNIX_EPOCH,
        time_zone: None,
        columns,
        notes: Vec::new(),
    }
}

/// Everything that a spec may be made of, fitting or not.
#[derive(Debug, Clone)]
struct Choices {
    mark: Mark,
    steps: &'static str,
    unit: Option<TimeUnit>,
    sort: Option<Sort>,
    aggregate: Option<Aggregate>,
    stack: Option<Stack>,
    bin: Option<Bin>,
    is_series: bool,
    is_side_by_side: bool,
    is_horizontal: bool,
    facet: Option<Option<u32>>,
    titles: [Option<String>; 3],
    targets: Vec<Target>,
    is_compared: bool,
    has_period: bool,
    last: Option<u32>,
}

impl Choices {
    fn spec(self, title: Option<Title>) -> ChartSpec {
        let is_arc = self.mark == Mark::Arc;
        let is_bar = self.mark == Mark::Bar;
        let is_horizontal = self.is_horizontal && is_bar;
        let [steps_title, measure_title, legend_title] = self.titles;
        let axis = |title: Option<String>| {
            title.map(|title| Axis {
                title: Some(title),
                format: None,
            })
        };
        let steps = Position {
            field: Some(self.steps.to_owned()),
            time_unit: self.unit.filter(|_| self.steps == "time"),
            sort: self.sort.filter(|_| self.steps == "name" && !is_horizontal),
            bin: self.bin.filter(|_| self.steps == "w" && is_bar),
            axis: axis(steps_title),
            ..Position::default()
        };
        let measure = Position {
            field: Some("v".to_owned()),
            kind: is_horizontal.then_some(FieldType::Quantitative),
            aggregate: self.aggregate,
            stack: self.stack.filter(|_| is_bar || self.mark == Mark::Area),
            axis: axis(measure_title),
            ..Position::default()
        };
        let (x, y) = if is_horizontal {
            (measure.clone(), steps)
        } else {
            (steps, measure.clone())
        };
        let is_faceted = self.facet.is_some() && matches!(self.mark, Mark::Line | Mark::Area | Mark::Bar);
        let is_series = (self.is_series || is_arc) && !is_faceted && self.mark != Mark::Kpi;
        let is_side_by_side = self.is_side_by_side && is_series && is_bar && measure.stack.is_none();
        let offset = |is_here: bool| (is_side_by_side && is_here).then(|| Offset { field: "kind".to_owned() });
        let theta = Theta {
            field: Some("v".to_owned()),
            kind: None,
            aggregate: self.aggregate,
        };
        ChartSpec {
            mark: self.mark,
            title,
            transform: Vec::new(),
            encoding: Encoding {
                x: Some(x).filter(|_| !is_arc),
                y: Some(y).filter(|_| !is_arc),
                theta: is_arc.then_some(theta),
                color: is_series.then(|| ColorChannel {
                    field: "kind".to_owned(),
                    legend: Some(Legend { title: legend_title }),
                    ..ColorChannel::default()
                }),
                x_offset: offset(!is_horizontal),
                y_offset: offset(is_horizontal),
                facet: is_faceted.then(|| Facet {
                    field: "kind".to_owned(),
                    kind: None,
                    columns: self.facet.flatten(),
                }),
                ..Encoding::default()
            },
            targets: if is_faceted { Vec::new() } else { self.targets },
            compare: self.is_compared.then_some(Compare::PreviousPeriod),
            last: self.last.filter(|_| self.steps == "time" && !is_arc),
            period: (self.has_period && self.steps != "time").then(|| Period {
                field: "time".to_owned(),
                time_unit: self.unit,
            }),
        }
    }
}

fn choices() -> impl Strategy<Value = Choices> {
    let units = select(vec![
        None,
        Some(TimeUnit::Year),
        Some(TimeUnit::YearQuarter),
        Some(TimeUnit::YearMonth),
        Some(TimeUnit::YearWeek),
        Some(TimeUnit::YearMonthDateHours),
    ]);
    let aggregates = select(vec![
        None,
        Some(Aggregate::Sum),
        Some(Aggregate::Mean),
        Some(Aggregate::Median),
        Some(Aggregate::Min),
        Some(Aggregate::Max),
        Some(Aggregate::Count),
    ]);
    let target = (number(), proptest::option::of(text())).prop_map(|(value, name)| Target {
        value: value.unwrap_or_default(),
        name,
    });
    let form = (
        select(Mark::ALL.to_vec()),
        select(vec!["time", "time", "name", "name", "kind", "w"]),
        units,
        aggregates,
    );
    let order = (
        select(vec![None, Some(Sort::ByYDescending), Some(Sort::Descending)]),
        select(vec![None, Some(Stack::Zero), Some(Stack::Normalize), Some(Stack::Off)]),
        select(vec![
            None,
            Some(Bin::AtMost(10)),
            Some(Bin::AtMost(100)),
            Some(Bin::Step(Decimal::new(5, 1))),
        ]),
        proptest::option::weighted(0.25, proptest::option::of(1u32..=4)),
    );
    let words = [(); 3].map(|()| proptest::option::weighted(0.3, text()));
    let targets = prop_oneof![2 => Just(Vec::new()), 1 => proptest::collection::vec(target, 0..=3)];
    let period = proptest::option::of(1u32..60);
    (form, order, any::<[bool; 5]>(), words, targets, period).prop_map(|(form, order, flags, titles, targets, last)| {
        let ((mark, steps, unit, aggregate), (sort, stack, bin, facet)) = (form, order);
        let [is_series, is_side_by_side, is_horizontal, is_compared, has_period] = flags;
        Choices {
            mark,
            steps,
            unit,
            sort,
            aggregate,
            stack,
            bin,
            is_series,
            is_side_by_side,
            is_horizontal,
            facet,
            titles,
            targets,
            is_compared,
            has_period,
            last,
        }
    })
}

/// Any spec that fits these columns.
fn spec() -> impl Strategy<Value = ChartSpec> {
    let title = proptest::option::of((text(), proptest::option::of(text())).prop_map(|(text, subtitle)| Title { text, subtitle }));
    let columns = dataset(&[], None);
    (choices(), title).prop_filter_map("fits the columns", move |(choices, title)| {
        let spec = choices.spec(title);
        spec.validate(&columns).is_ok().then_some(spec)
    })
}

fn options() -> impl Strategy<Value = RenderOptions> {
    let sizes = select(vec![
        Size::WIDE,
        Size::SQUARE,
        Size {
            width_px: 600,
            height_px: 338,
        },
        Size {
            width_px: 400,
            height_px: 900,
        },
        Size {
            width_px: 240,
            height_px: 240,
        },
    ]);
    (sizes, any::<bool>(), select(vec!["en", "de", "fr", "hi-IN", "ar", "he", "ja"])).prop_map(|(size, is_dark, tag)| RenderOptions {
        size,
        theme: if is_dark { Theme::Dark } else { Theme::Light },
        locale: Locale::of(tag),
        footer: is_dark.then(|| "Source: a sheet with a rather long name that needs its room".to_owned()),
        ..RenderOptions::default()
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, max_shrink_iters: 300, ..ProptestConfig::default() })]

    #[test]
    fn any_chart_is_drawn_and_its_texts_stay_apart(rows in rows(), spec in spec(), options in options()) {
        // Sums beyond 28 digits are refused; anything else must come out.
        let Ok(plotted) = plot(&rows, &spec) else { return Ok(()) };
        let mut renderer = Renderer::new(None);
        let scene = renderer.lay_out(&plotted, &options).expect("an accepted size");
        prop_assert!(!scene.labels.is_empty(), "blank");
        let faults = faults(&scene, options.size);
        prop_assert!(faults.is_empty(), "{}", faults.join("\n"));
        let picture = renderer.render(&plotted, &options).expect("a picture");
        prop_assert!(picture.png.len() > 200);
    }
}
