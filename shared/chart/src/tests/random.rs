//! Any rows and any spec that fits them: a picture without a panic, not blank, no text over text.

use super::faults;
use crate::{RenderOptions, Renderer, Size, Theme};
use domain::chart_spec::{Aggregate, ChartSpec, ColorChannel, Compare, Encoding, Mark, Offset, Position, Sort, Stack, TimeUnit, Title};
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

fn rows() -> impl Strategy<Value = Dataset> {
    let unit = select(vec![
        None,
        Some(Unit::Percent),
        Some(Unit::Seconds),
        Some(Unit::Currency("USD".to_owned())),
        Some(Unit::Currency("XAU".to_owned())),
        Some(Unit::Other("ppm".to_owned())),
    ]);
    let cell = (moment(), text(), text(), number());
    (proptest::collection::vec(cell, 0..50), unit).prop_map(|(cells, unit)| {
        let column = |name: &str, unit, values| Column {
            name: name.to_owned(),
            unit,
            values,
        };
        let columns = vec![
            column("time", None, Values::DateTime(cells.iter().map(|cell| cell.0).collect())),
            column("name", None, Values::Text(cells.iter().map(|cell| Some(cell.1.clone())).collect())),
            column(
                "kind",
                None,
                Values::Text(cells.iter().map(|cell| Some(cell.2.chars().take(1).collect())).collect()),
            ),
            column("v", unit, Values::Number(cells.iter().map(|cell| cell.3).collect())),
        ];
        Dataset {
            as_of: Timestamp::UNIX_EPOCH,
            time_zone: None,
            columns,
            notes: Vec::new(),
        }
    })
}

fn spec() -> impl Strategy<Value = ChartSpec> {
    let units = select(vec![
        None,
        Some(TimeUnit::Year),
        Some(TimeUnit::YearQuarter),
        Some(TimeUnit::YearMonth),
        Some(TimeUnit::YearWeek),
        Some(TimeUnit::YearMonthDateHours),
    ]);
    let sorts = select(vec![None, Some(Sort::ByYDescending), Some(Sort::Descending)]);
    let aggregates = select(vec![
        Aggregate::Sum,
        Aggregate::Mean,
        Aggregate::Median,
        Aggregate::Min,
        Aggregate::Max,
        Aggregate::Count,
    ]);
    let marks = select(vec![Mark::Line, Mark::Bar, Mark::Kpi]);
    let title = proptest::option::of((text(), proptest::option::of(text())).prop_map(|(text, subtitle)| Title { text, subtitle }));
    (
        marks,
        title,
        any::<[bool; 4]>(),
        units,
        sorts,
        aggregates,
        proptest::option::of(1u32..60),
    )
        .prop_map(|(mark, title, flags, unit, sort, aggregate, last)| {
            let [is_time, is_colored, is_compared, is_grouped] = flags;
            let is_colored = is_colored && mark != Mark::Kpi;
            let x = Position {
                field: Some(if is_time { "time" } else { "name" }.to_owned()),
                time_unit: unit.filter(|_| is_time),
                sort: sort.filter(|_| !is_time),
                ..Position::default()
            };
            let x_offset = (is_colored && is_grouped && mark == Mark::Bar).then(|| Offset { field: "kind".to_owned() });
            let stack = (is_grouped && x_offset.is_none() && mark == Mark::Bar).then_some(Stack::Off);
            ChartSpec {
                mark,
                title,
                transform: Vec::new(),
                encoding: Encoding {
                    x: Some(x),
                    y: Some(Position {
                        field: Some("v".to_owned()),
                        aggregate: Some(aggregate),
                        stack,
                        ..Position::default()
                    }),
                    color: is_colored.then(|| ColorChannel {
                        field: "kind".to_owned(),
                        ..ColorChannel::default()
                    }),
                    x_offset,
                    ..Encoding::default()
                },
                targets: Vec::new(),
                period: None,
                compare: (is_compared && is_time && !(is_colored && mark == Mark::Bar)).then_some(Compare::PreviousPeriod),
                last: last.filter(|_| is_time),
            }
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
        prop_assert!(spec.validate(&rows).is_ok(), "{:?}", spec.validate(&rows));
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
