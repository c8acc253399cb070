//! Ids: what is printed is read back, and nothing else is.

#![expect(clippy::unwrap_used, reason = "tests")]

use proptest::prelude::*;

use super::*;
use crate::delivery::PartName;

const CAUSES: [Cause; 4] = [Cause::Schedule, Cause::Hook, Cause::Manual, Cause::Test];

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

#[test]
fn a_generated_id_tells_its_kind_and_its_time() {
    let now = at("2026-11-20T09:00:00Z");
    assert_eq!(PulseId::generate(now, 0).as_str(), "pul_01M7W2Y7M00000000000000000");
    assert_eq!(OrgId::generate(now, u128::MAX).as_str(), "org_01M7W2Y7M0ZZZZZZZZZZZZZZZZ");
    assert_eq!(
        DestinationId::generate(Timestamp::MIN, 1).as_str(),
        "dst_00000000000000000000000001",
        "a time before 1970 is 1970"
    );
}

#[test]
fn an_id_is_letters_digits_hyphens_and_underscores() {
    for good in ["a", "weekly-revenue", "Q3_2026", &"x".repeat(ID_BYTES_MAX)] {
        assert_eq!(PulseId::parse(good).unwrap().as_str(), good);
        assert_eq!(good.parse::<SourceId>().unwrap().to_string(), good);
    }
    let too_long = "x".repeat(ID_BYTES_MAX + 1);
    for bad in ["", " ", "a b", "a/b", "a~b", "a#b", "umsatz-märz", "a.b", "a\n", &too_long] {
        assert!(PulseId::parse(bad).is_err(), "{bad}");
        assert!(serde_json::from_value::<ConnectionId>(bad.into()).is_err(), "{bad}");
    }
}

#[test]
fn a_refusal_names_the_kind_and_what_is_accepted() {
    let refused = OrgId::parse("a b").unwrap_err().to_string();
    assert_eq!(refused, "`a b` is not an organisation id: 1 to 64 letters, digits, `-` or `_`");
    let long = PulseId::parse(&"é".repeat(10_000)).unwrap_err();
    assert_eq!(long.given.chars().count(), 80);
}

#[test]
fn a_run_is_named_by_its_pulse_its_moment_and_its_cause() {
    let run = |cause| RunId::new(PulseId::parse("weekly").unwrap(), at("2026-11-20T09:00:00.1237Z"), cause).to_string();
    assert_eq!(
        CAUSES.map(run),
        [
            "weekly~20261120T090000Z",
            "weekly~20261120T090000123Z-h",
            "weekly~20261120T090000123Z-m",
            "weekly~20261120T090000123Z-t",
        ]
    );
}

#[test]
fn a_scheduled_run_has_one_name_however_often_it_fires() {
    let named = |text: &str| RunId::new(PulseId::parse("weekly").unwrap(), at(text), Cause::Schedule);
    assert_eq!(named("2026-11-20T09:00:00Z"), named("2026-11-20T10:00:00+01:00"));
    assert_ne!(named("2026-11-20T09:00:00Z"), named("2026-11-20T09:01:00Z"));
}

#[test]
fn what_is_no_run_or_delivery_is_refused() {
    for bad in [
        "",
        "weekly",
        "weekly~",
        "~20261120T090000Z",
        "weekly~today",
        "weekly~20261120T090000Z~x",
        "we ekly~20261120T090000Z",
        "weekly~20261120T090000123456789Z-m",
        "weekly/20261120T090000Z",
    ] {
        assert!(RunId::parse(bad).is_err(), "{bad}");
    }
    for bad in [
        "",
        "weekly~20261120T090000Z",
        "weekly~20261120T090000Z~",
        "weekly~20261120T090000Z~a b",
        "weekly~today~dst",
    ] {
        let refused = DeliveryId::parse(bad).unwrap_err().to_string();
        assert!(refused.ends_with("is not a delivery id: `<run id>~<destination id>`"), "{refused}");
    }
}

#[test]
fn a_reference_that_is_not_ours_is_nobodys() {
    for foreign in [
        "",
        "order-4711",
        "org/weekly~20261120T090000Z~dst",
        "org/weekly~20261120T090000Z~dst/",
        "org/weekly~20261120T090000Z~dst/video",
        "org/weekly~20261120T090000Z/image",
        "/weekly~20261120T090000Z~dst/image",
        "org/weekly~20261120T090000Z~dst/image/1",
    ] {
        assert_eq!(Correlation::parse(foreign), None, "{foreign}");
    }
}

#[test]
fn the_longest_reference_fits_its_provider() {
    // biz_opaque_callback_data takes 512 characters.
    let long = "x".repeat(ID_BYTES_MAX);
    let text = format!("{long}/{long}~20261120T090000123Z-m~{long}/analysis");
    assert!(text.len() <= 512, "{}", text.len());
    assert_eq!(Correlation::parse(&text).unwrap().to_string(), text);
}

fn id() -> impl Strategy<Value = String> {
    "[A-Za-z0-9_-]{1,64}"
}

fn moment() -> impl Strategy<Value = Timestamp> {
    // 2000 to 2100, to the millisecond.
    (946_684_800_000_i64..4_102_444_800_000).prop_map(|ms| Timestamp::from_millisecond(ms).unwrap())
}

fn cause() -> impl Strategy<Value = Cause> {
    prop::sample::select(&CAUSES[..])
}

proptest! {
    #[test]
    fn generated_ids_are_ids_and_sort_by_time(a in moment(), b in moment(), first: u128, second: u128) {
        let (x, y) = (PulseId::generate(a, first), PulseId::generate(b, second));
        prop_assert_eq!(x.as_str().len(), 30);
        prop_assert_eq!(&PulseId::parse(x.as_str()).unwrap(), &x);
        if a.as_millisecond() != b.as_millisecond() {
            prop_assert_eq!(x.cmp(&y), a.cmp(&b));
        }
    }

    #[test]
    fn a_run_is_read_back(pulse in id(), moment in moment(), cause in cause()) {
        let run = RunId::new(PulseId::parse(&pulse).unwrap(), moment, cause);
        let read = RunId::parse(&run.to_string()).unwrap();
        prop_assert_eq!(read.pulse().as_str(), &pulse);
        prop_assert_eq!(read.cause(), cause);
        prop_assert_eq!(&serde_json::from_str::<RunId>(&serde_json::to_string(&run).unwrap()).unwrap(), &run);
        prop_assert_eq!(read, run);
    }

    #[test]
    fn runs_of_a_pulse_sort_by_their_second(a in moment(), b in moment(), first in cause(), second in cause()) {
        let pulse = PulseId::parse("weekly").unwrap();
        let (x, y) = (RunId::new(pulse.clone(), a, first), RunId::new(pulse, b, second));
        if a.as_second() != b.as_second() {
            prop_assert_eq!(x.moment().cmp(y.moment()), a.cmp(&b));
        }
    }

    #[test]
    fn runs_of_different_causes_never_meet(moment in moment(), first in cause(), second in cause()) {
        let run = |cause| RunId::new(PulseId::parse("weekly").unwrap(), moment, cause);
        prop_assert_eq!(run(first) == run(second), first == second);
    }

    #[test]
    fn a_delivery_and_its_reference_are_read_back(org in id(), pulse in id(), destination in id(), moment in moment(), cause in cause(), analysis: bool) {
        let delivery = DeliveryId {
            run: RunId::new(PulseId::parse(&pulse).unwrap(), moment, cause),
            destination: DestinationId::parse(&destination).unwrap(),
        };
        prop_assert_eq!(&DeliveryId::parse(&delivery.to_string()).unwrap(), &delivery);
        let part = if analysis { PartName::Analysis } else { PartName::Image };
        let reference = Correlation { org: OrgId::parse(&org).unwrap(), delivery, part };
        prop_assert_eq!(Correlation::parse(&reference.to_string()), Some(reference));
    }

    #[test]
    fn any_text_is_refused_or_printed_as_it_was(text in "\\PC{0,60}") {
        if let Ok(id) = PulseId::parse(&text) {
            prop_assert_eq!(id.to_string(), text.clone());
        }
        if let Ok(run) = RunId::parse(&text) {
            prop_assert_eq!(run.to_string(), text.clone());
        }
        if let Ok(delivery) = DeliveryId::parse(&text) {
            prop_assert_eq!(delivery.to_string(), text.clone());
        }
        if let Some(reference) = Correlation::parse(&text) {
            prop_assert_eq!(reference.to_string(), text);
        }
    }
}
