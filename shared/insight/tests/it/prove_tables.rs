//! Sentences chosen by hand, true and false, in five languages: what a generator does not think of.

use insight::{Facts, Strictness, prove};
use serde_json::json;

use crate::rows::{dataset, line, months, numbers, read, spec, texts, usd};

/// August 90,000, September 116,100, October 124,300 dollars; read on 2 November 2026.
fn revenue() -> Facts {
    let cells = ["90000", "116100", "124300"];
    let data = dataset(
        "2026-11-02T09:00:00Z",
        vec![months("Month", "2026-08-01", 3), numbers("Revenue", usd(), &cells)],
    );
    read(&data, &line("Month", "Revenue", json!({ "aggregate": "sum" }))).1
}

/// North 50, South 30, West 20: of 100.
fn regions() -> Facts {
    let data = dataset(
        "2026-11-02T09:00:00Z",
        vec![
            texts("region", &["North", "South", "West"]),
            numbers("sales", usd(), &["5000", "3000", "2000"]),
        ],
    );
    let chart = spec(json!({ "mark": "bar", "encoding": { "x": { "field": "region" }, "y": { "field": "sales", "aggregate": "sum" } } }));
    read(&data, &chart).1
}

fn check(facts: &Facts, locale: &str, table: &[(&str, bool)]) {
    let wrong: Vec<String> = table
        .iter()
        .filter_map(|(text, is_true)| {
            let proof = prove(text, facts, &[], locale, Strictness::Model);
            let refused: Vec<_> = proof
                .refused()
                .map(|claim| format!("{:?} `{}`", claim.what, &text[claim.span.clone()]))
                .collect();
            (proof.is_proven() != *is_true)
                .then(|| format!("{text}: should {}; refused: {refused:?}", if *is_true { "hold" } else { "fail" }))
        })
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn english() {
    check(
        &revenue(),
        "en",
        &[
            ("Revenue came to $124.3k in Oct 2026, up $8.2k (7.1%).", true),
            ("Revenue came to $124k in Oct 2026, 7% more.", true),
            ("Revenue came to $124,300 in Oct 2026.", true),
            ("Revenue rose by about $8k.", true),
            ("Revenue came to $124.30k.", true),
            ("Revenue came to 124,300 dollars in October.", true),
            ("In October revenue rose 7.1 percent, from $116,100 to $124,300.", true),
            ("Revenue did not fall in October.", true),
            ("October was the highest of the three months.", true),
            ("Revenue has risen 38% since August.", true),
            ("Last month revenue came to $124.3k.", true),
            ("No number.", true),
            ("Revenue came to $124.3k in Oct 2026, down $8.2k.", false),
            ("Revenue fell 7.1%.", false),
            ("Revenue fell by about $8.2k.", false),
            ("Revenue did not rise in October.", false),
            ("Revenue came to −$124.3k.", false),
            ("Revenue came to €124.3k.", false),
            ("Revenue came to 124.3k.", false),
            ("Revenue came to $124.3M.", false),
            ("Revenue came to $124.", false),
            ("Revenue rose $7.1.", false),
            ("Revenue rose $124.3k in October.", false),
            ("Revenue rose to $8.2k in October.", false),
            ("Revenue came to $124.3k in Oct 2027.", false),
            ("Revenue came to $124.3k in Q4.", false),
            ("Revenue came to $124.3k in September.", false),
            ("Revenue came to $116.1k in October.", false),
            ("Revenue came to $124.3k on 1 October 2026.", false),
            ("Revenue came to $124.31k.", false),
            ("Revenue came to $124.2k.", false),
            ("Revenue came to $١٢٤.٢k.", false),
            ("Revenue came to $99999999999999999999999999999999999.", false),
            ("Revenue rose 7.1 percentage points in October.", false),
            ("Revenue rose 38% in October.", false),
            ("Revenue rose 7.1% in October because of the new shop.", false),
            ("Revenue will rise 7.1%.", false),
            ("Revenue doubled in October.", false),
            ("October was the lowest of the three months.", false),
            ("October was the highest of the four months.", false),
            ("Revenue came to $124.3k in October, ahead of Globex.", false),
            ("Revenue missed its target in October.", false),
            ("Revenue was flat in October.", false),
            ("Two months ago revenue came to $124.3k.", false),
            ("Revenue rose from $116.1k to $124.3k, a 7.1% fall.", false),
            ("Revenue has risen three months in a row.", false),
            ("The record was $116.1k.", false),
            ("Revenue was up $8.2k, or 71%.", false),
            ("Revenue rose 7.1% in October and 29% in September.", false),
            ("Revenue rose to more than $200k.", false),
            ("Revenue came to $124.3k, up from €116.1k.", false),
            ("An unusually large move: $8.2k.", false),
            ("Revenue rose 7.1% year over year.", false),
        ],
    );
    check(
        &regions(),
        "en",
        &[
            ("North sold $5,000, half of the total.", true),
            ("North sold $2,000 more than South.", true),
            ("South came second with $3k.", true),
            ("North and South are ahead of West.", true),
            ("South sold $2,000 less than North.", true),
            ("West is the smallest with $2,000.", true),
            ("South sold $5,000, half of the total.", false),
            ("South sold $2,000 more than North.", false),
            ("North came second with $5k.", false),
            ("West is the largest with $2,000.", false),
            ("North and South sold $5,000.", false),
            ("North sold twice as much as South.", false),
            ("North sold a third of the total.", false),
            ("There are 4 categories.", false),
            ("North sold $5,000, South $3,000, West $2,000.", true),
            ("North sold $5,000, South $2,000, West $3,000.", false),
            ("More than half of the total came from North.", false),
            ("North has 50% of the total and South 30% of the total.", true),
            ("North has 30% of the total and South 50% of the total.", false),
            ("Together they sold $10,000.", true),
        ],
    );
}

#[test]
fn spanish() {
    check(
        &revenue(),
        "es",
        &[
            ("Revenue llegó a 124,3 mil US$ en octubre de 2026, un 7,1 % más.", true),
            ("Revenue subió un 7,1 % en octubre.", true),
            ("Revenue subió de 116.100 US$ a 124.300 US$ en octubre.", true),
            ("Revenue no bajó en octubre.", true),
            ("Octubre fue el más alto de los tres meses.", true),
            ("Desde agosto Revenue ha subido un 38 %.", true),
            ("El mes pasado Revenue llegó a 124.300 dólares.", true),
            ("Revenue ganó 8,2 mil US$ en octubre.", true),
            ("Sin números.", true),
            ("Revenue bajó un 7,1 % en octubre.", false),
            ("Revenue subió un 7,2 % en octubre.", false),
            ("Revenue subió un 7.1 % en octubre.", false),
            ("Revenue subió un 7,1 % en septiembre.", false),
            ("Revenue no subió en octubre.", false),
            ("Revenue subió 7,1 puntos porcentuales en octubre.", false),
            ("Revenue llegó a 124,3 mil € en octubre.", false),
            ("Revenue llegó a 124,3 M US$ en octubre.", false),
            ("Revenue llegó a 124.3 mil US$ en octubre.", false),
            ("Revenue llegó a −124,3 mil US$ en octubre.", false),
            ("Revenue subió de 124.300 US$ a 116.100 US$ en octubre.", false),
            ("Revenue subió hasta 116.100 US$ en octubre.", false),
            ("Octubre fue el más bajo de los tres meses.", false),
            ("Octubre fue el más alto de los cuatro meses.", false),
            ("Revenue subió un 7,1 % en octubre debido a la campaña.", false),
            ("Revenue subirá un 7,1 %.", false),
            ("Revenue se duplicó en octubre.", false),
            ("Revenue se mantuvo estable en octubre.", false),
            ("Revenue cumplió el objetivo en octubre.", false),
        ],
    );
}

#[test]
fn portuguese() {
    check(
        &revenue(),
        "pt-BR",
        &[
            ("Revenue chegou a US$ 124,3 mil em outubro de 2026, 7,1% a mais.", true),
            ("Revenue subiu 7,1% em outubro.", true),
            ("Revenue passou de US$ 116.100 para US$ 124.300 em outubro.", true),
            ("Revenue não caiu em outubro.", true),
            ("Outubro foi o mais alto dos três meses.", true),
            ("Desde agosto, Revenue subiu 38%.", true),
            ("No mês passado, Revenue chegou a US$ 124.300.", true),
            ("Revenue ganhou US$ 8,2 mil em outubro.", true),
            ("Sem números.", true),
            ("Revenue caiu 7,1% em outubro.", false),
            ("Revenue subiu 7,2% em outubro.", false),
            ("Revenue subiu 7.1% em outubro.", false),
            ("Revenue subiu 7,1% em setembro.", false),
            ("Revenue não subiu em outubro.", false),
            ("Revenue subiu 7,1 pontos percentuais em outubro.", false),
            ("Revenue chegou a R$ 124,3 mil em outubro.", false),
            ("Revenue chegou a US$ 124,3 mi em outubro.", false),
            ("Revenue chegou a US$ −124,3 mil em outubro.", false),
            ("Revenue passou de US$ 124.300 para US$ 116.100 em outubro.", false),
            ("Revenue subiu para US$ 116.100 em outubro.", false),
            ("Outubro foi o mais baixo dos três meses.", false),
            ("Outubro foi o mais alto dos quatro meses.", false),
            ("Revenue subiu 7,1% em outubro devido à campanha.", false),
            ("Revenue vai subir 7,1%.", false),
            ("Revenue dobrou em outubro.", false),
            ("Revenue ficou estável em outubro.", false),
            ("Revenue atingiu a meta em outubro.", false),
        ],
    );
}

#[test]
fn german() {
    check(
        &revenue(),
        "de",
        &[
            ("Revenue lag im Oktober 2026 bei 124.300 $, 7,1 % mehr.", true),
            ("Revenue stieg im Oktober um 7,1 %.", true),
            ("Revenue stieg im Oktober von 116.100 $ auf 124.300 $.", true),
            ("Revenue fiel im Oktober nicht.", true),
            ("Oktober war der höchste der drei Monate.", true),
            ("Seit August ist Revenue um 38 % gestiegen.", true),
            ("Letzten Monat lag Revenue bei 124.300 Dollar.", true),
            ("Revenue gewann im Oktober 8.200 $.", true),
            ("Keine Zahl.", true),
            ("Revenue fiel im Oktober um 7,1 %.", false),
            ("Revenue stieg im Oktober um 7,2 %.", false),
            ("Revenue stieg im Oktober um 7.1 %.", false),
            ("Revenue stieg im September um 7,1 %.", false),
            ("Revenue stieg im Oktober nicht.", false),
            ("Revenue stieg im Oktober um 7,1 Prozentpunkte.", false),
            ("Revenue lag im Oktober bei 124.300 €.", false),
            ("Revenue lag im Oktober bei 124,3 Mio. $.", false),
            ("Revenue lag im Oktober bei 124,300 $.", false),
            ("Revenue lag im Oktober bei −124.300 $.", false),
            ("Revenue stieg im Oktober von 124.300 $ auf 116.100 $.", false),
            ("Revenue stieg im Oktober auf 116.100 $.", false),
            ("Oktober war der niedrigste der drei Monate.", false),
            ("Oktober war der höchste der vier Monate.", false),
            ("Revenue stieg im Oktober wegen der Kampagne um 7,1 %.", false),
            ("Revenue wird um 7,1 % steigen.", false),
            ("Revenue verdoppelte sich im Oktober.", false),
            ("Revenue blieb im Oktober unverändert.", false),
            ("Revenue hat das Ziel im Oktober erreicht.", false),
        ],
    );
}

#[test]
fn arabic() {
    check(
        &revenue(),
        "ar",
        &[
            ("بلغت Revenue ‏124.3 ألف US$‏ في أكتوبر 2026.", true),
            ("ارتفعت Revenue بنسبة 7.1% في أكتوبر.", true),
            ("ارتفعت Revenue بنسبة ٧٫١٪ في أكتوبر.", true),
            ("ارتفعت Revenue من 116,100 دولار إلى 124,300 دولار في أكتوبر.", true),
            ("لم تنخفض Revenue في أكتوبر.", true),
            ("أكتوبر هو الأعلى بين ثلاثة أشهر.", true),
            ("منذ أغسطس ارتفعت Revenue بنسبة 38%.", true),
            ("في الشهر الماضي بلغت Revenue ‏124,300 دولار.", true),
            ("لا أرقام.", true),
            ("انخفضت Revenue بنسبة 7.1% في أكتوبر.", false),
            ("ارتفعت Revenue بنسبة 7.2% في أكتوبر.", false),
            ("ارتفعت Revenue بنسبة ٧٫٢٪ في أكتوبر.", false),
            ("ارتفعت Revenue بنسبة 7.1% في سبتمبر.", false),
            ("لم ترتفع Revenue في أكتوبر.", false),
            ("ارتفعت Revenue بمقدار 7.1 نقطة مئوية في أكتوبر.", false),
            ("بلغت Revenue ‏124.3 ألف €‏ في أكتوبر.", false),
            ("بلغت Revenue ‏124.3 مليون US$‏ في أكتوبر.", false),
            ("بلغت Revenue ‎−‏124.3 ألف US$‏ في أكتوبر.", false),
            ("ارتفعت Revenue من 124,300 دولار إلى 116,100 دولار في أكتوبر.", false),
            ("ارتفعت Revenue إلى 116,100 دولار في أكتوبر.", false),
            ("أكتوبر هو الأدنى بين ثلاثة أشهر.", false),
            ("أكتوبر هو الأعلى بين أربعة أشهر.", false),
            ("ارتفعت Revenue بنسبة 7.1% في أكتوبر بسبب الحملة.", false),
            ("سوف ترتفع Revenue بنسبة 7.1%.", false),
            ("تضاعفت Revenue في أكتوبر.", false),
            ("لم تتغير Revenue في أكتوبر.", false),
            ("حققت الهدف Revenue في أكتوبر.", false),
        ],
    );
}
