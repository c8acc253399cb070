#![expect(clippy::unwrap_used, reason = "tests")]
use super::*;

fn amount(value: &str, unit: Option<Unit>) -> Amount {
    Amount {
        value: value.parse().unwrap(),
        unit,
    }
}

#[test]
fn numbers_are_written_for_people() {
    let usd = || Some(Unit::Currency("USD".to_owned()));
    let other = |name: &str| Some(Unit::Other(name.to_owned()));
    for (value, unit, text) in [
        ("0", None, "0"),
        ("-0.0", usd(), "$0"),
        ("0.001234", None, "0.00123"),
        ("4.256", None, "4.26"),
        ("427.35", None, "427"),
        ("9876.5", None, "9,877"),
        ("9999.9", None, "10k"),
        ("12345", None, "12.3k"),
        ("999960", None, "1M"),
        ("1234567", None, "1.23M"),
        ("1234567890123", None, "1.23T"),
        ("123456789012345678", None, "123,457T"),
        ("4.5", usd(), "$4.50"),
        ("45.678", usd(), "$45.68"),
        ("845.2", usd(), "$845"),
        ("-12345.67", usd(), "−$12.3k"),
        ("-12", Some(Unit::Currency("CHF".to_owned())), "−CHF\u{a0}12"),
        ("0.1234", Some(Unit::Percent), "12.3%"),
        ("0.00042", Some(Unit::Percent), "0.042%"),
        ("12.5", Some(Unit::Percent), "1,250%"),
        ("45", Some(Unit::Seconds), "45\u{a0}s"),
        ("5400", Some(Unit::Seconds), "1.5\u{a0}h"),
        ("200000", Some(Unit::Seconds), "2.31\u{a0}days"),
        ("0.25", Some(Unit::Seconds), "0.25\u{a0}s"),
        ("1204", other("orders"), "1,204\u{a0}orders"),
        ("-420.123", other("ppm"), "−420\u{a0}ppm"),
    ] {
        assert_eq!(written(&amount(value, unit), Precision::GLANCE), text, "{value}");
    }
    assert_eq!(written(&Amount::ratio("0.0712".parse().unwrap()), Precision::CHANGE), "7.1%");
    assert_eq!(written(&Amount::ratio("1.234".parse().unwrap()), Precision::CHANGE), "123%");
    assert_eq!(
        written(
            &Amount::difference("0.015".parse().unwrap(), Some(&Unit::Percent)),
            Precision::CHANGE
        ),
        "1.5\u{a0}percentage points"
    );
    assert_eq!(Amount::count(12).abs().value, Decimal::from(12));
}

#[test]
fn a_pair_is_written_so_that_its_difference_shows() {
    for (one, other, texts) in [
        ("427.35", "427.10", ["427.35", "427.1"]),
        ("1204300", "1198200", ["1.204M", "1.198M"]),
        ("12345", "9800", ["12.3k", "9.8k"]),
        ("500", "400", ["500", "400"]),
        ("7", "7", ["7", "7"]),
        ("1000000.01", "1000000", ["1M", "1M"]),
    ] {
        let (one, other) = (amount(one, None), amount(other, None));
        let precision = Precision::of_pair(&one, &other);
        assert_eq!([written(&one, precision), written(&other, precision)], texts);
    }
}

#[test]
fn the_largest_and_smallest_decimals_are_written() {
    for value in [Decimal::MAX, Decimal::MIN, Decimal::new(1, 28)] {
        for unit in [
            None,
            Some(Unit::Percent),
            Some(Unit::Seconds),
            Some(Unit::Currency("USD".to_owned())),
        ] {
            assert!(!written(&Amount { value, unit }, Precision::GLANCE).is_empty());
        }
    }
}
