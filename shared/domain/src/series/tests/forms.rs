//! Forms beyond lines and bars of names: periods by other dates, parts, ranges, points, lying bars, lists.

use super::*;

fn texts_and_days() -> Dataset {
    // Two regions in October and in November, one only in October; one row of September.
    let days = [(9, 1), (10, 1), (10, 2), (10, 3), (11, 1), (11, 2)].map(|(month, day)| Some(date(2026, month, day)));
    rows(vec![
        ("d", Values::Date(days.to_vec())),
        ("r", texts(&["North", "North", "South", "West", "South", "North"])),
        ("v", numbers([1, 10, 20, 30, 40, 50])),
    ])
}

#[test]
fn names_are_compared_by_the_dates_of_the_period() {
    let spec = json!({"mark": "bar", "period": {"field": "d", "timeUnit": "yearmonth"}, "compare": "previous_period",
        "encoding": {"x": {"field": "r", "sort": "-y"}, "y": {"field": "v", "aggregate": "sum"}}});
    let plotted = try_plot(&texts_and_days(), spec.clone()).unwrap();
    let ten = |values: [Option<i64>; 3]| values.map(|value| value.map(Decimal::from)).to_vec();
    assert_eq!(
        plotted.x.domain,
        Domain::Categories {
            names: ["North", "South", "West"].map(str::to_owned).to_vec()
        }
    );
    assert_eq!(plotted.x.previous.as_ref(), Some(&plotted.x.domain));
    assert_eq!(plotted.series[0].values, ten([Some(50), Some(40), None]));
    assert_eq!(plotted.series[0].previous, Some(ten([Some(10), Some(20), Some(30)])));
    assert_eq!(
        plotted.series[0].rows[0],
        Rows {
            count: 1,
            first: 5,
            last: 5
        }
    );
    let span = plotted.period.unwrap();
    assert_eq!(
        (span.drawn.0.month(), span.previous.unwrap().0.month(), span.grain),
        (11, 10, Grain::Month)
    );
    // Without a comparison the newest month alone.
    let mut alone = spec.clone();
    alone.as_object_mut().unwrap().remove("compare");
    let alone = try_plot(&texts_and_days(), alone).unwrap();
    assert_eq!((alone.x.domain.len(), alone.series[0].previous.is_none()), (2, true));
    // Two months against one that is there.
    let mut two = spec.clone();
    two["last"] = json!(2);
    let two = try_plot(&texts_and_days(), two).unwrap();
    assert_eq!(values(&two.series[0]), [Some(60), Some(60), Some(30)]);
    assert_eq!(two.series[0].previous.as_ref().unwrap()[0], Some(Decimal::ONE));
    let kpi = json!({"mark": "kpi", "period": {"field": "d", "timeUnit": "yearmonth"}, "compare": "previous_period",
        "encoding": {"y": {"field": "v", "aggregate": "sum"}}});
    let headline = try_plot(&texts_and_days(), kpi).unwrap().headline.unwrap();
    assert_eq!(
        (headline.value, headline.previous),
        (Some(Decimal::from(90)), Some(Decimal::from(60)))
    );
}

#[test]
fn an_arc_s_parts_stand_along_x_largest_first() {
    let spec = json!({"mark": "arc", "encoding": {"theta": {"field": "v", "aggregate": "sum"}, "color": {"field": "r"}}});
    let plotted = try_plot(&texts_and_days(), spec).unwrap();
    assert_eq!(
        plotted.x.domain,
        Domain::Categories {
            names: ["North", "South", "West"].map(str::to_owned).to_vec()
        }
    );
    assert_eq!(
        (plotted.series.len(), values(&plotted.series[0])),
        (1, vec![Some(61), Some(60), Some(30)])
    );
    assert_eq!(
        plotted.series[0].rows[0],
        Rows {
            count: 3,
            first: 0,
            last: 5
        }
    );
    let compared = json!({"mark": "arc", "period": {"field": "d", "timeUnit": "yearmonth"}, "compare": "previous_period",
        "encoding": {"theta": {"field": "v", "aggregate": "sum"}, "color": {"field": "r"}}});
    let compared = try_plot(&texts_and_days(), compared).unwrap();
    assert_eq!(values(&compared.series[0]), [Some(50), Some(40), None]);
    assert_eq!(compared.series[0].previous.as_ref().unwrap()[2], Some(Decimal::from(30)));
    let error = try_plot(
        &texts_and_days(),
        json!({"mark": "arc", "encoding": {"theta": {"field": "v"}, "color": {"field": "r"}}}),
    );
    assert_eq!(
        error.unwrap_err()[0].to_string(),
        "encoding.theta.aggregate: nothing, but 3 rows stand at `North`; accepted: how they become one number: sum, mean, median, min, max, count"
    );
    let fold = json!({"mark": "arc", "transform": [{"fold": ["a", "b"]}], "encoding": {"theta": {"field": "value", "aggregate": "sum"}, "color": {"field": "key"}}});
    let folded = try_plot(&rows(vec![("a", numbers([1, 2])), ("b", numbers([5, 6]))]), fold).unwrap();
    assert_eq!(values(&folded.series[0]), [Some(11), Some(3)]);
}

#[test]
fn numbers_along_x_are_ranges_or_points() {
    let data = rows(vec![("a", numbers([0, 3, 5, 7, 10, 4])), ("b", numbers([1, 2, 3, 4, 5, 6]))]);
    let histogram = |bin: Value| {
        let spec = json!({"mark": "bar", "encoding": {"x": {"field": "a", "bin": bin}, "y": {"aggregate": "count"}}});
        let plotted = try_plot(&data, spec).unwrap();
        let Domain::Bins { edges, .. } = plotted.x.domain else {
            panic!("ranges")
        };
        (
            edges
                .iter()
                .map(|edge| edge.to_string().parse::<i64>().unwrap())
                .collect::<Vec<_>>(),
            values(&plotted.series[0]),
        )
    };
    // The highest number belongs to the last range, both of whose edges it holds.
    assert_eq!(histogram(json!({"step": 5})), (vec![0, 5, 10], vec![Some(3), Some(3)]));
    assert_eq!(histogram(json!({"maxbins": 3})), (vec![0, 5, 10], vec![Some(3), Some(3)]));
    assert_eq!(histogram(json!(true)).0, [0, 2, 4, 6, 8, 10]);
    let scatter = json!({"mark": "point", "encoding": {"x": {"field": "a", "type": "quantitative"}, "y": {"field": "b"}}});
    let plotted = try_plot(&data, scatter).unwrap();
    assert_eq!(values(&plotted.series[0]), [1, 2, 6, 3, 4, 5].map(Some));
    assert!(matches!(&plotted.x.domain, Domain::Points { values, .. } if values[2] == Decimal::from(4)));
    assert_eq!(
        plotted.series[0].rows[2],
        Rows {
            count: 1,
            first: 5,
            last: 5
        }
    );
    for cells in [
        vec![],
        vec![None],
        vec![Some(Decimal::MAX), Some(Decimal::MIN)],
        vec![Some(Decimal::new(1, 28)), Some(Decimal::new(2, 28))],
    ] {
        let spec = json!({"mark": "bar", "encoding": {"x": {"field": "a", "bin": true}, "y": {"aggregate": "count"}}});
        try_plot(&rows(vec![("a", Values::Number(cells))]), spec).unwrap();
    }
}

#[test]
fn lying_bars_are_upright_ones_turned() {
    let lying = json!({"mark": "bar", "encoding": {"x": {"field": "v", "aggregate": "sum", "axis": {"title": "Sum"}}, "y": {"field": "r", "sort": "-x"}}});
    let upright = json!({"mark": "bar", "encoding": {"y": {"field": "v", "aggregate": "sum", "axis": {"title": "Sum"}}, "x": {"field": "r", "sort": "-y"}}});
    let (lying, upright) = (
        try_plot(&texts_and_days(), lying).unwrap(),
        try_plot(&texts_and_days(), upright).unwrap(),
    );
    assert!(lying.is_horizontal && !upright.is_horizontal);
    assert_eq!(
        Plotted {
            is_horizontal: false,
            ..lying
        },
        upright
    );
}

#[test]
fn a_table_may_list_the_rows_as_they_are() {
    let data = rows(vec![
        ("deal", texts(&["Renewal", "Upgrade", "Renewal"])),
        ("owner", texts(&["Ana", "Ben", "Ana"])),
        ("amount", Values::Number(vec![Some(Decimal::TWO), None, Some(Decimal::TEN)])),
        ("closes", days(date(2026, 11, 1), 3)),
    ]);
    let spec = json!({"mark": "table", "encoding": {"x": {"field": "deal", "sort": "-y"},
        "columns": [{"field": "owner", "title": "Owner"}, {"field": "amount", "format": ",.1f"}, {"field": "closes"}]}});
    let plotted = try_plot(&data, spec).unwrap();
    let names = ["Renewal", "Renewal (2)", "Upgrade"].map(str::to_owned).to_vec();
    assert_eq!(
        plotted.x.domain,
        Domain::Categories { names },
        "largest first, what has no number last, names told apart"
    );
    assert_eq!(values(&plotted.series[0]), [Some(10), Some(2), None]);
    assert_eq!(plotted.series[0].rows[0], Rows::one(2));
    assert_eq!(
        (plotted.listed.len(), plotted.listed[0].title.as_str(), &plotted.listed[1].cells),
        (3, "Owner", &ListedCells::Numbers(0))
    );
    assert!(
        matches!(&plotted.listed[2].cells, ListedCells::Times(cells, Grain::Day) if cells[0] == Some(date(2026, 11, 3).at(0, 0, 0, 0)))
    );
    let wrong = json!({"mark": "table", "encoding": {"x": {"field": "deal"}, "y": {"field": "amount"}, "columns": [{"field": "owner", "format": ".1f"}]}});
    let paths: Vec<String> = try_plot(&data, wrong).unwrap_err().into_iter().map(|error| error.path).collect();
    assert_eq!(paths, ["encoding.y", "encoding.columns[0].format"]);
}
