//! What a model may write that sounds like the reading and is not in it: unknown subjects, all and none of them, growths held against each other,
//! strong words, that nothing changed, that nothing is there.

use insight::{Facts, Strictness, prove};
use serde_json::json;

use crate::rows::{LOCALES, dataset, numbers, other, read, spec, tell_in, texts, usd};

/// October: North 129,000 (124,000 before), South 66,000, West 45,000 (both as before).
fn regions() -> Facts {
    let cells = ["124000", "66000", "45000", "129000", "66000", "45000"];
    let months: Vec<_> = ["2026-09-01", "2026-10-01"].iter().flat_map(|month| [*month; 3]).collect();
    let months = domain::dataset::Column {
        name: "Month".to_owned(),
        unit: None,
        values: domain::dataset::Values::Date(months.iter().map(|month| Some(month.parse().unwrap())).collect()),
    };
    let names = texts("Region", &["North", "South", "West", "North", "South", "West"]);
    let data = dataset("2026-11-02T07:00:00Z", vec![months, names, numbers("Revenue", usd(), &cells)]);
    let chart = json!({ "mark": "bar", "encoding": { "x": { "field": "Month", "timeUnit": "yearmonth" },
        "y": { "field": "Revenue", "aggregate": "sum" }, "color": { "field": "Region" } } });
    read(&data, &spec(chart)).1
}

fn is_proven(text: &str, facts: &Facts, locale: &str) -> bool {
    prove(text, facts, &[], locale, Strictness::Model).is_proven()
}

#[test]
fn what_sounds_like_the_reading_and_is_not_in_it() {
    let facts = regions();
    let lies: &[(&str, &[&str])] = &[
        (
            "en",
            &[
                "East rose 2.1%.",
                "Profit rose 2.1% in October.",
                "Profit came to $240k in October.",
                "The east region rose 2.1% in October.",
                "Every region grew.",
                "No region fell.",
                "None of the regions grew in October.",
                "Two of three regions grew.",
                "North grew more than South.",
                "West grew faster than South.",
                "The majority comes from West.",
                "Almost all revenue came from North.",
                "Growth accelerated in October.",
                "Revenue collapsed in October.",
                "There is no data for West.",
                "The total for the year is $475k.",
                "North makes up 54% of the increase.",
            ],
        ),
        (
            "es",
            &[
                "Oriente subió un 2,1 % en octubre.",
                "Todas las regiones crecieron.",
                "Ninguna región creció.",
                "La mayoría procede de South.",
                "North creció más que South.",
                "No hay datos de West.",
                "No hubo cambios en octubre.",
                "Los ingresos se desplomaron en octubre.",
            ],
        ),
        (
            "pt-BR",
            &[
                "Todas as regiões cresceram.",
                "A maioria veio de South.",
                "Não houve mudança em outubro.",
                "Não há dados de West.",
            ],
        ),
        (
            "de",
            &[
                "Ost stieg um 2,1 % im Oktober.",
                "Der Gewinn stieg um 2,1 % im Oktober.",
                "Im Oktober stieg der Gewinn um 2,1 %.",
                "Alle Regionen legten zu.",
                "North wuchs schneller als South.",
                "Im Oktober gab es keine Veränderung.",
                "Es gibt keine Werte für West.",
                "Revenue brach ein.",
            ],
        ),
        (
            "ar",
            &[
                "ارتفعت كل المناطق.",
                "انهارت الإيرادات في أكتوبر.",
                "لم يحدث أي تغيير في أكتوبر.",
                "لا توجد بيانات عن West.",
            ],
        ),
    ];
    for (locale, texts) in lies {
        for text in *texts {
            assert!(!is_proven(text, &facts, locale), "{locale}: {text}");
        }
    }
    for (locale, text) in [
        ("en", "North rose 4% to $129k in October."),
        ("en", "In October, it rose 2.1%."),
        ("en", "Overall, Revenue rose 2.1% in October."),
        ("de", "Im Oktober stieg Revenue um 2,1 %."),
        ("es", "North subió un 4 % en octubre."),
    ] {
        assert!(is_proven(text, &facts, locale), "{locale}: {text}");
    }
}

#[test]
fn the_ends_of_the_middle_half_are_not_its_middle() {
    let cells: Vec<String> = (1..=20).map(|cell| (cell * 3).to_string()).collect();
    let cells: Vec<&str> = cells.iter().map(String::as_str).collect();
    let data = dataset(
        "2026-11-02T07:00:00Z",
        vec![numbers("Spend", None, &cells), numbers("Signups", None, &cells)],
    );
    let (_, facts) = read(
        &data,
        &spec(json!({ "mark": "point", "encoding": { "x": { "field": "Spend" }, "y": { "field": "Signups" } } })),
    );
    for (text, is_true) in [
        ("Signups: the middle half lies between 15 and 48, the median is 31.5.", true),
        ("The median is 48.", false),
        ("The middle half lies between 15 and 31.5.", false),
        ("Higher Spend goes with higher Signups.", true),
        ("Higher Spend goes with lower Signups.", false),
    ] {
        assert_eq!(is_proven(text, &facts, "en"), is_true, "{text}");
    }
    for (locale, text) in [
        ("en", "There is no clear relation between Spend and Signups."),
        ("es", "A más Spend, menos Signups."),
        ("pt-BR", "Quanto mais Spend, menos Signups."),
        ("de", "Je höher Spend, desto niedriger Signups."),
        ("ar", "علاقة عكسية بين Spend وSignups."),
    ] {
        assert!(!is_proven(text, &facts, locale), "{locale}: {text}");
    }
    own_words_hold(&facts, "Spend and signups");
}

/// Below a target, counted in a unit that is the title too.
#[test]
fn a_title_that_is_a_name_of_the_data_means_the_name() {
    let data = dataset(
        "2026-11-02T07:00:00Z",
        vec![texts("Team", &["Core", "Web"]), numbers("Sales", other("deals"), &["118", "97"])],
    );
    let chart = json!({ "layer": [
        { "mark": "bar", "encoding": { "x": { "field": "Team" }, "y": { "field": "Sales" } } },
        { "mark": "rule", "title": "Plan", "encoding": { "y": { "datum": 120 } } } ] });
    let (_, facts) = read(&data, &spec(chart));
    own_words_hold(&facts, "Deals");
    own_words_hold(&facts, "Core");
}

fn own_words_hold(facts: &Facts, title: &str) {
    for locale in LOCALES {
        for text in tell_in(locale, facts, title).texts() {
            let proof = prove(text, facts, &[title], locale, Strictness::Ours);
            let refused: Vec<_> = proof.refused().map(|claim| &text[claim.span.clone()]).collect();
            assert!(refused.is_empty(), "{locale} {text}: {refused:?}");
        }
    }
}
