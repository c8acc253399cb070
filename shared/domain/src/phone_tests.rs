//! Numbers as people write them.

#![expect(clippy::unwrap_used, reason = "tests")]

use proptest::prelude::*;

use super::*;

#[test]
fn what_people_write_between_digits_is_passed_over() {
    for (written, kept) in [
        ("+14155550123", "+14155550123"),
        ("+1 (415) 555-0123", "+14155550123"),
        ("  +49 30 901820  ", "+4930901820"),
        ("+33.1.44.55.66.77", "+33144556677"),
        ("+44\u{a0}20\u{a0}7946\u{a0}0958", "+442079460958"),
        ("+29212345", "+29212345"),
        ("+123456789012345", "+123456789012345"),
    ] {
        let number = PhoneNumber::parse(written).unwrap();
        assert_eq!(number.as_str(), kept, "{written}");
        assert_eq!(format!("+{}", number.digits()), kept, "{written}");
    }
}

#[test]
fn what_cannot_be_dialled_from_anywhere_is_refused() {
    for written in [
        "",
        "+",
        "4155550123",
        "0041 44 668 18 00",
        "+0 415 555 0123",
        "+1234567",
        "+1234567890123456",
        "+1 415 555 CALL",
        "+1 415 555 0123 ext. 4",
        "++14155550123",
        "+1/415/5550123",
        "+١٤١٥٥٥٥٠١٢٣",
        "+1\u{200b}4155550123",
    ] {
        assert!(PhoneNumber::parse(written).is_err(), "{written}");
        assert!(serde_json::from_value::<PhoneNumber>(written.into()).is_err(), "{written}");
    }
}

#[test]
fn a_refusal_says_what_to_write_and_repeats_no_novel() {
    let refused = PhoneNumber::parse("0171 2345678").unwrap_err().to_string();
    assert_eq!(
        refused,
        "`0171 2345678` is not a phone number: write it with its country code, `+` and 8 to 15 digits, like +14155550123"
    );
    let long = PhoneNumber::parse(&"9".repeat(10_000)).unwrap_err().to_string();
    assert!(long.len() < 200, "{} bytes", long.len());
}

#[test]
fn debug_shows_two_digits_only() {
    let number = PhoneNumber::parse("+14155550123").unwrap();
    assert_eq!(format!("{number:?}"), "PhoneNumber(…23)");
    assert_eq!(
        number.to_string(),
        "+14155550123",
        "Display is for providers and for the person who asked"
    );
}

proptest! {
    #[test]
    fn a_number_is_read_back_as_it_is_written(digits in "[1-9][0-9]{7,14}") {
        let number = PhoneNumber::parse(&format!("+{digits}")).unwrap();
        prop_assert_eq!(number.digits(), &digits);
        prop_assert_eq!(&PhoneNumber::parse(&number.to_string()).unwrap(), &number);
        let json = serde_json::to_string(&number).unwrap();
        prop_assert_eq!(serde_json::from_str::<PhoneNumber>(&json).unwrap(), number);
    }

    #[test]
    fn any_text_is_a_well_formed_number_or_refused(text in "\\PC{0,40}") {
        if let Ok(number) = PhoneNumber::parse(&text) {
            let digits = number.digits();
            prop_assert!((8..=15).contains(&digits.len()) && !digits.starts_with('0'));
            prop_assert!(digits.bytes().all(|byte| byte.is_ascii_digit()), "{}", digits);
        }
    }
}
