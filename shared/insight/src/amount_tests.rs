#![expect(clippy::unwrap_used, reason = "tests")]
use super::*;

fn amount(value: &str, unit: Option<Unit>) -> Amount {
    Amount {
        value: value.parse().unwrap(),
        unit,
    }
}

fn other(name: &str) -> Option<Unit> {
    Some(Unit::Other(name.to_owned()))
}

fn money(code: &str) -> Option<Unit> {
    Some(Unit::Currency(code.to_owned()))
}

#[test]
fn numbers_are_written_for_people() {
    for (value, unit, text) in [
        ("0", None, "0"),
        ("-0.0", money("USD"), "$0"),
        ("0.001234", None, "0.00123"),
        ("4.256", None, "4.26"),
        ("427.35", None, "427"),
        ("9876.5", None, "9,877"),
        ("12345", None, "12.3k"),
        ("999960", None, "1M"),
        ("1234567", None, "1.23M"),
        ("1234567890123", None, "1.23T"),
        ("4.5", money("USD"), "$4.50"),
        ("45.678", money("USD"), "$45.68"),
        ("845.2", money("USD"), "$845"),
        ("-12345.67", money("USD"), "−$12.3k"),
        ("0.1234", Some(Unit::Percent), "12.3%"),
        ("0.00042", Some(Unit::Percent), "0.042%"),
        ("12.5", Some(Unit::Percent), "1,250%"),
        ("45", Some(Unit::Seconds), "45\u{a0}s"),
        ("200000", Some(Unit::Seconds), "2.31\u{a0}d"),
        ("1204", other("orders"), "1,204\u{a0}orders"),
        ("-420.123", other("ppm"), "−420\u{a0}ppm"),
    ] {
        assert_eq!(written(&amount(value, unit), Precision::GLANCE, Locale::ENGLISH), text, "{value}");
    }
    let change = |amount: Amount| written(&amount, Precision::CHANGE, Locale::ENGLISH);
    assert_eq!(change(Amount::ratio("0.0712".parse().unwrap())), "7.1%");
    assert_eq!(change(Amount::ratio("1.234".parse().unwrap())), "123%");
    assert_eq!(change(amount("8200", money("USD"))), "$8,200");
    assert_eq!(change(amount("9999.9", None)), "10k");
    assert_eq!(written(&Amount::count(12_345), Precision::FULL, Locale::ENGLISH), "12,345");
    assert_eq!(Amount::count(12).abs().value, Decimal::from(12));
}

#[test]
fn each_country_writes_its_own_way() {
    for (value, unit, tag, text) in [
        ("124300", money("EUR"), "de", "124.300\u{a0}€"),
        ("1243000", money("EUR"), "de", "1,24\u{a0}Mio.\u{a0}€"),
        ("124300", money("EUR"), "es", "124\u{a0}mil\u{a0}€"),
        ("124300", money("BRL"), "pt-BR", "R$\u{a0}124\u{a0}mil"),
        ("0.123", Some(Unit::Percent), "de", "12,3\u{a0}%"),
        ("1204", other("orders"), "ar", "\u{200e}1,204\u{a0}orders"),
        ("1204", other("طلب"), "ar", "1,204\u{a0}طلب"),
    ] {
        assert_eq!(
            written(&amount(value, unit), Precision::GLANCE, Locale::of(tag)),
            text,
            "{value} {tag}"
        );
    }
}

#[test]
fn percentage_points_agree_with_their_number() {
    for (points, tag, text) in [
        ("1", "en", "1\u{a0}percentage point"),
        ("1.5", "en", "1.5\u{a0}percentage points"),
        ("1", "es", "1\u{a0}punto porcentual"),
        ("0.5", "es", "0,5\u{a0}puntos porcentuales"),
        ("0.5", "pt-BR", "0,5\u{a0}ponto percentual"),
        ("0.5", "pt-PT", "0,5\u{a0}pontos percentuais"),
        ("1", "de", "1\u{a0}Prozentpunkt"),
        ("3", "de", "3\u{a0}Prozentpunkte"),
        ("3", "ar", "3\u{a0}نقاط مئوية"),
        ("0.5", "ar", "0.5\u{a0}نقطة مئوية"),
        ("12", "ar", "12\u{a0}نقطة مئوية"),
    ] {
        let points: Decimal = points.parse().unwrap();
        let amount = Amount::difference(points / Decimal::ONE_HUNDRED, Some(&Unit::Percent));
        assert_eq!(written(&amount, Precision::CHANGE, Locale::of(tag)), text);
    }
}

#[test]
fn a_pair_is_written_so_that_its_difference_shows() {
    for (one, other, texts) in [
        ("427.35", "427.10", ["427.35", "427.1"]),
        ("1204300", "1198200", ["1.204M", "1.198M"]),
        ("12345", "9800", ["12.3k", "9.8k"]),
        ("123300", "117700", ["123.3k", "117.7k"]),
        ("500", "400", ["500", "400"]),
        ("7", "7", ["7", "7"]),
        ("1000000.01", "1000000", ["1M", "1M"]),
    ] {
        let (one, other) = (amount(one, None), amount(other, None));
        let precision = Precision::of_pair(&one, &other, Locale::ENGLISH);
        assert_eq!([&one, &other].map(|amount| written(amount, precision, Locale::ENGLISH)), texts);
    }
}

#[test]
fn nothing_is_written_as_zero_but_zero() {
    let [tiny, large] = [
        amount("0.0000000000000000000000000001", Some(Unit::Seconds)),
        amount("120", Some(Unit::Seconds)),
    ];
    let precision = Precision::of_pair(&tiny, &large, Locale::ENGLISH);
    assert!(written(&tiny, precision, Locale::ENGLISH).contains('1'));
}

#[test]
fn the_largest_and_smallest_decimals_are_written() {
    for value in [Decimal::MAX, Decimal::MIN, Decimal::new(1, 28)] {
        for unit in [None, Some(Unit::Percent), Some(Unit::Seconds), money("USD")] {
            for locale in Locale::all() {
                let amount = Amount { value, unit: unit.clone() };
                let pair = Precision::of_pair(&amount, &Amount::new(Decimal::ONE, unit.as_ref()), locale);
                for precision in [Precision::GLANCE, Precision::CHANGE, Precision::FULL, pair] {
                    assert!(!written(&amount, precision, locale).is_empty());
                }
            }
        }
    }
}
