//! Times this crate on the peers' workloads: `chart_bench WORKLOADS.json bench ROUNDS [a b c ..]` prints the median of warm renders, light
//! and dark; `chart_bench WORKLOADS.json once WORKLOAD light|dark OUT.png` renders one in a cold process. `FONT_DIR` holds the fonts
//! of other scripts.

use chart::{RenderOptions, Renderer, Theme};
use domain::chart_spec::ChartSpec;
use domain::dataset::{Column, Dataset, Unit, Values};
use jiff::civil::DateTime;
use jiff::{Timestamp, ToSpan};
use rust_decimal::Decimal;
use serde_json::{Value, json};
use std::error::Error;
use std::time::Instant;

type Fallible<T> = Result<T, Box<dyn Error>>;

/// All of the peers' workloads.
const WORKLOADS: [&str; 8] = ["a", "b", "c", "d", "e", "f", "g", "h"];

fn main() -> Fallible<()> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    match &args[..] {
        [file, "bench", rounds, names @ ..] => bench(file, rounds.parse()?, if names.is_empty() { &WORKLOADS } else { names }),
        [file, "once", name, theme, out] => once(file, name, if *theme == "dark" { Theme::Dark } else { Theme::Light }, out),
        _ => Err("usage: chart_bench WORKLOADS.json bench ROUNDS [WORKLOADS...] | once WORKLOAD light|dark OUT.png".into()),
    }
}

#[expect(clippy::disallowed_methods, reason = "a benchmark reads the real clock")]
fn bench(file: &str, rounds: usize, names: &[&str]) -> Fallible<()> {
    let all: Value = serde_json::from_str(&std::fs::read_to_string(file)?)?;
    for name in names {
        let (rows, spec) = workload(&all, name)?;
        let mut renderer = renderer();
        let light = RenderOptions::default();
        let first = Instant::now();
        let bytes = renderer.render_rows(&rows, &spec, &light)?.png.len();
        let first_ms = first.elapsed().as_secs_f64() * 1e3;
        let mut warm_ms = |theme: Theme| -> Fallible<f64> {
            let options = RenderOptions { theme, ..light.clone() };
            let mut times_ms = Vec::with_capacity(rounds);
            for _ in 0..rounds.max(1) {
                let start = Instant::now();
                renderer.render_rows(&rows, &spec, &options)?;
                times_ms.push(start.elapsed().as_secs_f64() * 1e3);
            }
            times_ms.sort_by(f64::total_cmp);
            Ok(times_ms[times_ms.len() / 2])
        };
        let (light_ms, dark_ms) = (warm_ms(Theme::Light)?, warm_ms(Theme::Dark)?);
        println!("chartcastr {name}: warm median {light_ms:.2} (dark {dark_ms:.2}) ms first {first_ms:.1} bytes {bytes}");
    }
    Ok(())
}

#[expect(clippy::disallowed_methods, reason = "a benchmark is told where the fonts are as the function is")]
fn renderer() -> Renderer {
    Renderer::new(std::env::var_os("FONT_DIR").map(Into::into))
}

fn once(file: &str, name: &str, theme: Theme, out: &str) -> Fallible<()> {
    let all: Value = serde_json::from_str(&std::fs::read_to_string(file)?)?;
    let (rows, spec) = workload(&all, name)?;
    let picture = renderer().render_rows(
        &rows,
        &spec,
        &RenderOptions {
            theme,
            ..RenderOptions::default()
        },
    )?;
    Ok(std::fs::write(out, picture.png)?)
}

fn workload(all: &Value, name: &str) -> Fallible<(Dataset, ChartSpec)> {
    let load = all.get(name).ok_or_else(|| format!("no workload `{name}`"))?;
    match name {
        "a" => two_periods(load),
        // (h) is (b) with labels in Arabic, Chinese and emoji.
        "b" | "h" => grouped_bars(load),
        "c" => stacked_areas(load),
        "d" => parts(load),
        "e" => many_points(load),
        "f" => one_number(load),
        "g" => listed(load),
        other => Err(format!("no workload `{other}`; there are {}", WORKLOADS.join(", ")).into()),
    }
}

/// The previous period's series becomes the rows of the days before.
fn two_periods(load: &Value) -> Fallible<(Dataset, ChartSpec)> {
    let series = load["series"].as_array().ok_or("a: no series")?;
    let days = load["x"]
        .as_array()
        .ok_or("a: no x")?
        .iter()
        .map(|day| Ok(day.as_str().ok_or("a: no date")?.parse()?));
    let days: Vec<jiff::civil::Date> = days.collect::<Fallible<_>>()?;
    let shift = i64::try_from(days.len())?.days();
    let mut dates: Vec<_> = days.iter().map(|day| day.checked_sub(shift).ok()).collect();
    dates.extend(days.iter().copied().map(Some));
    let mut values = numbers(&series[1]["data"])?;
    values.extend(numbers(&series[0]["data"])?);
    let spec = json!({
        "mark": "line", "title": title(load), "compare": "previous_period",
        "encoding": {"x": {"field": "day", "type": "temporal"}, "y": {"field": "revenue", "type": "quantitative"}},
    });
    Ok((
        dataset(vec![("day", None, Values::Date(dates)), ("revenue", usd(), Values::Number(values))]),
        serde_json::from_value(spec)?,
    ))
}

/// Ten rows of five columns; the peers' are texts already, ours are numbers again.
fn listed(load: &Value) -> Fallible<(Dataset, ChartSpec)> {
    let rows = load["rows"].as_array().ok_or("g: no rows")?;
    let column = |i: usize| rows.iter().map(move |row| &row[i]);
    let plain = |i: usize, divisor: i64| -> Fallible<Values> {
        let cells = column(i).map(|cell| {
            let digits = cell
                .as_str()
                .ok_or("g: no text")?
                .replace(['$', ',', '%', '+'], "")
                .replace('−', "-");
            Ok(Some(digits.parse::<Decimal>()? / Decimal::from(divisor)))
        });
        Ok(Values::Number(cells.collect::<Fallible<_>>()?))
    };
    let spec = json!({
        "mark": "table", "title": title(load),
        "encoding": {"x": {"field": "Account"}, "columns": [{"field": "Owner"}, {"field": "Plan"}, {"field": "MRR"}, {"field": "Change", "format": "+.1%"}]},
    });
    let rows = dataset(vec![
        ("Account", None, texts(column(0))),
        ("Owner", None, texts(column(1))),
        ("Plan", None, texts(column(2))),
        ("MRR", usd(), plain(3, 1)?),
        ("Change", Some(Unit::Percent), plain(4, 100)?),
    ]);
    Ok((rows, serde_json::from_value(spec)?))
}

fn texts<'a>(cells: impl Iterator<Item = &'a Value>) -> Values {
    Values::Text(cells.map(|cell| cell.as_str().map(str::to_owned)).collect())
}

fn grouped_bars(load: &Value) -> Fallible<(Dataset, ChartSpec)> {
    let names = load["x"]
        .as_array()
        .ok_or("b: no x")?
        .iter()
        .map(|name| name.as_str().map(str::to_owned))
        .collect();
    let mut columns = vec![("region", None, Values::Text(names))];
    for series in load["series"].as_array().ok_or("b: no series")? {
        columns.push((
            series["name"].as_str().ok_or("b: no name")?,
            usd(),
            Values::Number(numbers(&series["data"])?),
        ));
    }
    let fold: Vec<&str> = columns[1..].iter().map(|column| column.0).collect();
    let spec = json!({
        "mark": "bar", "title": title(load), "transform": [{"fold": fold}],
        "encoding": {"x": {"field": "region"}, "y": {"field": "value"}, "color": {"field": "key"}, "xOffset": {"field": "key"}},
    });
    Ok((dataset(columns), serde_json::from_value(spec)?))
}

fn stacked_areas(load: &Value) -> Fallible<(Dataset, ChartSpec)> {
    let days = load["x"].as_array().ok_or("c: no x")?.iter();
    let days = days.map(|day| day.as_str().map(str::parse).transpose());
    let mut columns = vec![("day", None, Values::Date(days.collect::<Result<_, _>>()?))];
    for series in load["series"].as_array().ok_or("c: no series")? {
        let name = series["name"].as_str().ok_or("c: no name")?;
        columns.push((name, None, Values::Number(numbers(&series["data"])?)));
    }
    let fold: Vec<&str> = columns[1..].iter().map(|column| column.0).collect();
    let spec = json!({
        "mark": "area", "title": title(load), "transform": [{"fold": fold}],
        "encoding": {"x": {"field": "day"}, "y": {"field": "value"}, "color": {"field": "key"}},
    });
    Ok((dataset(columns), serde_json::from_value(spec)?))
}

fn parts(load: &Value) -> Fallible<(Dataset, ChartSpec)> {
    let names = load["x"].as_array().ok_or("d: no x")?.iter();
    let names = Values::Text(names.map(|name| name.as_str().map(str::to_owned)).collect());
    let spec = json!({
        "mark": "arc", "title": title(load), "encoding": {"theta": {"field": "spend"}, "color": {"field": "category"}},
    });
    let spend = Values::Number(numbers(&load["data"])?);
    Ok((
        dataset(vec![("category", None, names), ("spend", usd(), spend)]),
        serde_json::from_value(spec)?,
    ))
}

fn many_points(load: &Value) -> Fallible<(Dataset, ChartSpec)> {
    let start: DateTime = load["t0"].as_str().ok_or("e: no t0")?.trim_end_matches('Z').parse()?;
    let step = load["step_s"].as_i64().ok_or("e: no step")?;
    let values = numbers(&load["data"])?;
    let moments = (0..values.len())
        .map(|i| start.checked_add((i64::try_from(i).unwrap_or(0) * step).seconds()).ok())
        .collect();
    let spec = json!({"mark": "line", "title": title(load), "encoding": {"x": {"field": "time"}, "y": {"field": "latency"}}});
    let latency = Some(Unit::Other("ms".to_owned()));
    Ok((
        dataset(vec![
            ("time", None, Values::DateTime(moments)),
            ("latency", latency, Values::Number(values)),
        ]),
        serde_json::from_value(spec)?,
    ))
}

/// The small line's last two points are the number and the one before it.
fn one_number(load: &Value) -> Fallible<(Dataset, ChartSpec)> {
    let mut values = numbers(&load["spark"])?;
    values.truncate(values.len().saturating_sub(2));
    values.extend([number(&load["prev"])?, number(&load["value"])?]);
    let first = jiff::civil::date(2024, 5, 1);
    let months = (0..values.len())
        .map(|i| first.checked_add(i64::try_from(i).unwrap_or(0).months()).ok())
        .collect();
    let spec = json!({
        "mark": "kpi", "title": title(load), "compare": "previous_period",
        "encoding": {"x": {"field": "month", "timeUnit": "yearmonth"}, "y": {"field": "mrr"}},
    });
    Ok((
        dataset(vec![("month", None, Values::Date(months)), ("mrr", usd(), Values::Number(values))]),
        serde_json::from_value(spec)?,
    ))
}

fn title(load: &Value) -> Value {
    json!({"text": load["title"], "subtitle": load["subtitle"]})
}

fn usd() -> Option<Unit> {
    Some(Unit::Currency("USD".to_owned()))
}

fn numbers(cells: &Value) -> Fallible<Vec<Option<Decimal>>> {
    cells.as_array().ok_or("no numbers")?.iter().map(number).collect()
}

fn number(cell: &Value) -> Fallible<Option<Decimal>> {
    Ok(Some(cell.to_string().parse()?))
}

fn dataset(columns: Vec<(&str, Option<Unit>, Values)>) -> Dataset {
    let columns = columns
        .into_iter()
        .map(|(name, unit, values)| Column {
            name: name.to_owned(),
            unit,
            values,
        })
        .collect();
    Dataset {
        as_of: Timestamp::UNIX_EPOCH,
        time_zone: None,
        columns,
        notes: Vec::new(),
    }
}
