//! Every kind of claim in every language, from Facts made by hand.

use domain::chart_spec::Mark;
use domain::dataset::Unit;
use domain::series::Grain;
use insight::{Axis, Basis, Change, Claim, Cycle, Direction, Fact, Facts, Label, Method, Place, Reading};
use insta::assert_snapshot;
use jiff::civil::{DateTime, date};
use rust_decimal::Decimal;

use crate::rows::{LOCALES, story, usd};

fn moment(year: i16, month: i8) -> DateTime {
    date(year, month, 1).at(0, 0, 0, 0)
}

fn place(year: i16, month: i8) -> Place {
    at(Label::Moment {
        at: moment(year, month),
        grain: Grain::Month,
    })
}

fn at(label: Label) -> Place {
    Place {
        first: 0,
        last: 0,
        in_previous: false,
        label,
    }
}

fn span(from: (i16, i8), to: (i16, i8), in_previous: bool) -> Place {
    let label = Label::Span {
        from: moment(from.0, from.1),
        to: moment(to.0, to.1),
        grain: Grain::Month,
    };
    Place { in_previous, ..at(label) }
}

fn reading(value: i64, at: Place) -> Reading {
    Reading { value: value.into(), at }
}

fn change(basis: Basis, from: Reading, to: Reading) -> Change {
    Change {
        basis,
        difference: to.value - from.value,
        ratio: (from.value > Decimal::ZERO).then(|| (to.value - from.value) / from.value),
        from,
        to,
        usual: Some(Decimal::from(2_400)),
    }
}

fn ratio(percent: i64) -> Decimal {
    Decimal::new(percent, 2)
}

fn facts(axis: Axis, claims: Vec<(Option<&str>, Claim)>) -> Facts {
    let items = claims.into_iter().zip(0_u32..).map(|((series, claim), rank)| Fact {
        series: series.map(str::to_owned),
        unit: usd(),
        claim,
        materiality: 1000 - rank * 5,
        rows: None,
    });
    Facts {
        as_of: "2026-11-03T07:30:00Z".parse().unwrap(),
        as_of_local: date(2026, 11, 3).at(8, 30, 0, 0),
        time_zone: Some("Europe/Madrid".to_owned()),
        measure: "Revenue".to_owned(),
        joined: None,
        unit: usd(),
        is_additive: true,
        axis,
        series: vec!["EMEA".to_owned(), "APAC".to_owned()],
        items: items.collect(),
        notes: Vec::new(),
    }
}

fn told(name: &str, facts: &Facts, mark: Mark) {
    for locale in LOCALES {
        assert_snapshot!(format!("{name}_{locale}"), story(locale, facts, mark, "Revenue"));
    }
}

#[test]
fn along_time() {
    let october = || reading(124_300, place(2026, 10));
    let year = |value| reading(value, span((2025, 11), (2026, 10), false));
    let mover = |from: i64, to: i64, whole: i64, rank| Claim::Mover {
        change: change(Basis::PreviousStep, reading(from, place(2026, 9)), reading(to, place(2026, 10))),
        whole: whole.into(),
        share: (rank < 4).then(|| Decimal::from(to - from) / Decimal::from(whole)),
        rank,
        of: 4,
    };
    let target = |value: i64| Claim::Target {
        name: (value != 124_300).then(|| "Plan 2026".to_owned()),
        reading: reading(value, place(2026, if value == 124_300 { 10 } else { 9 })),
        target: 120_000.into(),
        difference: (value - 120_000).into(),
        ratio: None,
        is_met: value >= 120_000,
    };
    let anomaly = |at: Reading, cycle| Claim::Anomaly {
        reading: at,
        expected: 109_000.into(),
        spread: 900.into(),
        score: 5.into(),
        direction: Direction::Up,
        method: match cycle {
            Some(cycle) => Method::Seasonal { cycle, of: 36 },
            None => Method::RobustZ { of: 36 },
        },
    };
    let claims = vec![
        (
            None,
            Claim::Latest {
                reading: october(),
                is_running: false,
            },
        ),
        (
            None,
            Claim::Change(change(Basis::PreviousStep, reading(124_300, place(2026, 9)), october())),
        ),
        (None, anomaly(october(), Some(Cycle::MonthOfYear))),
        (None, target(124_300)),
        (
            None,
            Claim::Change(change(Basis::SamePeriodLastYear, reading(96_200, place(2025, 10)), october())),
        ),
        (
            None,
            Claim::NoMaterialChange(change(
                Basis::PreviousPeriod,
                reading(1_200_000, span((2024, 11), (2025, 10), true)),
                year(1_290_000),
            )),
        ),
        (None, target(120_000)),
        (None, target(104_000)),
        (None, anomaly(reading(98_000, place(2026, 3)), None)),
        (
            None,
            Claim::Record {
                direction: Direction::Up,
                reading: october(),
                since: None,
                of: 24,
                over: span((2024, 11), (2026, 10), true),
            },
        ),
        (
            None,
            Claim::Record {
                direction: Direction::Down,
                reading: october(),
                since: Some(place(2025, 7)),
                of: 24,
                over: span((2024, 11), (2026, 10), true),
            },
        ),
        (
            None,
            Claim::Streak {
                direction: Direction::Down,
                moves: 11,
                over: span((2025, 11), (2026, 10), false),
            },
        ),
        (
            None,
            Claim::Trend {
                direction: Some(Direction::Down),
                per_step: Decimal::from(-2_250),
                of: 7,
                over: span((2025, 11), (2026, 10), false),
            },
        ),
        (Some("EMEA"), mover(40_000, 48_600, 10_000, 1)),
        (Some("Nordics"), mover(20_000, 21_400, 10_000, 2)),
        (Some("APAC"), mover(24_000, 22_800, 10_000, 4)),
        (
            None,
            Claim::Total {
                reading: year(1_290_000),
                steps: 10,
            },
        ),
        (
            None,
            Claim::High {
                reading: october(),
                of: 10,
            },
        ),
        (
            None,
            Claim::Low {
                reading: reading(96_200, place(2025, 11)),
                of: 10,
            },
        ),
        (None, Claim::Gaps { missing: 1, of: 12 }),
        (
            None,
            Claim::Freshness {
                newest: place(2026, 10),
                age_days: 3,
                is_stale: false,
                is_over: true,
            },
        ),
    ];
    told("along_time", &facts(Axis::Time(Grain::Month), claims), Mark::Area);
}

#[test]
fn points() {
    let relation = |with: &str, direction| Claim::Relation {
        with: with.to_owned(),
        direction,
        tau: ratio(40),
        of: 90,
    };
    let spread = Claim::Spread {
        measure: "Revenue".to_owned(),
        median: 6_000.into(),
        from: 4_500.into(),
        to: 9_000.into(),
        of: 90,
    };
    for (name, direction) in [
        ("points_up", Some(Direction::Up)),
        ("points_down", Some(Direction::Down)),
        ("points_apart", None),
    ] {
        let claims = vec![(None, relation("Income", direction)), (None, spread.clone())];
        told(name, &facts(Axis::Points, claims), Mark::Point);
    }
}

#[test]
fn parts_of_names() {
    let name = |name: &str| at(Label::Name { name: name.to_owned() });
    let share = |named: &str, value: i64, percent, rank| Claim::Share {
        reading: reading(value, name(named)),
        whole: 400.into(),
        ratio: ratio(percent),
        rank,
    };
    let claims = vec![
        (
            None,
            Claim::Total {
                reading: reading(400, at(Label::Whole)),
                steps: 11,
            },
        ),
        (
            None,
            Claim::High {
                reading: reading(160, name("España")),
                of: 11,
            },
        ),
        (
            None,
            Claim::Low {
                reading: reading(2, name("مصر")),
                of: 11,
            },
        ),
        (None, share("España", 160, 40, 1)),
        (None, share("Österreich", 100, 25, 2)),
        (None, share("Perú", 60, 15, 3)),
        (
            None,
            Claim::TopShare {
                top: 3,
                of: 11,
                reading: reading(320, at(Label::Whole)),
                whole: 400.into(),
                ratio: ratio(80),
            },
        ),
    ];
    told("parts_of_names", &facts(Axis::Categories, claims), Mark::Arc);
}

#[test]
fn bins_and_a_single_name() {
    let range = |from: i64, to: i64| {
        at(Label::Range {
            from: from.into(),
            to: to.into(),
            unit: Some(Unit::Seconds),
        })
    };
    let bins = vec![
        (
            None,
            Claim::High {
                reading: reading(160, range(3_600, 7_200)),
                of: 4,
            },
        ),
        (
            None,
            Claim::Low {
                reading: reading(2, range(10_800, 14_400)),
                of: 4,
            },
        ),
    ];
    told("bins", &facts(Axis::Bins, bins), Mark::Bar);
    let only = vec![(
        None,
        Claim::High {
            reading: reading(160, at(Label::Name { name: "Lyon".to_owned() })),
            of: 1,
        },
    )];
    told("a_single_name", &facts(Axis::Categories, only), Mark::Bar);
}
