//! The two state machines of a Delivery: what we do about it, and how far its parts have come.

#![expect(clippy::unwrap_used, reason = "tests")]

use proptest::prelude::*;

use super::*;
use crate::destination::DestinationKind::{Webhook, Whatsapp};

const PROGRESS: [Progress; 7] = [
    Progress::Pending,
    Progress::InFlight,
    Progress::Accepted,
    Progress::Sent,
    Progress::Failed,
    Progress::Delivered,
    Progress::Read,
];

const PHASES: [(Phase, &str); 9] = [
    (Phase::Queued, "queued"),
    (Phase::Sending, "sending"),
    (Phase::Retrying, "retrying"),
    (Phase::Unknown, "unknown"),
    (Phase::AwaitingWindow, "awaiting_window"),
    (Phase::Held, "held"),
    (Phase::Done, "done"),
    (Phase::Failed, "failed"),
    (Phase::Expired, "expired"),
];

fn delivery(phase: Phase, progress: &[Progress]) -> Delivery {
    let at: Timestamp = "2026-11-20T09:00:00Z".parse().unwrap();
    let mut parts = Delivery::parts_for(Whatsapp, progress.len() > 1, &BTreeSet::new());
    for (part, progress) in parts.iter_mut().zip(progress) {
        part.progress = *progress;
    }
    Delivery {
        id: DeliveryId::parse("weekly~20261120T090000Z~phone").unwrap(),
        kind: Whatsapp,
        phase,
        parts,
        attempt: 1,
        picture: Picture {
            size: PictureSize::Square,
            theme: Theme::Light,
        },
        attachments: BTreeSet::new(),
        fallback: None,
        fallback_of: None,
        when_unknown: WhenUnknown::default(),
        expires_at: at,
        created_at: at,
        updated_at: at,
        next_try_at: None,
        why: None,
    }
}

/// How the store moves a part on: its rank only grows.
fn apply(part: &mut Progress, status: Progress) {
    if status.rank() > part.rank() {
        *part = status;
    }
}

#[test]
fn before_it_is_done_the_phase_is_the_word() {
    let words = [
        (Phase::Queued, DeliveryState::Queued),
        (Phase::Sending, DeliveryState::Sending),
        (Phase::Retrying, DeliveryState::Retrying),
        (Phase::Unknown, DeliveryState::Unknown),
        (Phase::AwaitingWindow, DeliveryState::AwaitingWindow),
        (Phase::Held, DeliveryState::Held),
        (Phase::Failed, DeliveryState::Failed),
        (Phase::Expired, DeliveryState::Expired),
    ];
    for (phase, state) in words {
        for first in PROGRESS {
            assert_eq!(
                delivery(phase, &[first, Progress::Read]).state(Timestamp::UNIX_EPOCH),
                state,
                "{phase:?} with {first:?}"
            );
        }
    }
}

#[test]
fn once_done_the_slowest_part_is_the_word() {
    use Progress::{Accepted, Delivered, Failed, Read, Sent};
    let table: [(&[Progress], DeliveryState); 12] = [
        (&[Accepted], DeliveryState::Accepted),
        (&[Sent], DeliveryState::Sent),
        (&[Delivered], DeliveryState::Delivered),
        (&[Read], DeliveryState::Read),
        (&[Failed], DeliveryState::Failed),
        (&[Accepted, Accepted], DeliveryState::Accepted),
        (&[Read, Accepted], DeliveryState::Accepted),
        (&[Delivered, Sent], DeliveryState::Sent),
        (&[Delivered, Read], DeliveryState::Delivered),
        (&[Read, Read], DeliveryState::Read),
        (&[Read, Failed], DeliveryState::Failed),
        (&[Failed, Accepted], DeliveryState::Failed),
    ];
    for (parts, state) in table {
        assert_eq!(delivery(Phase::Done, parts).state(Timestamp::UNIX_EPOCH), state, "{parts:?}");
    }
}

#[test]
fn the_next_part_is_the_first_that_no_provider_has() {
    use Progress::{Accepted, Delivered, Failed, InFlight, Pending, Read, Sent};
    let table: [(&[Progress], Option<PartName>); 8] = [
        (&[Pending, Pending], Some(PartName::Image)),
        (&[InFlight, Pending], Some(PartName::Image)),
        (&[Failed, Accepted], Some(PartName::Image)),
        (&[Accepted, Pending], Some(PartName::Analysis)),
        (&[Sent, InFlight], Some(PartName::Analysis)),
        (&[Delivered, Failed], Some(PartName::Analysis)),
        (&[Accepted, Accepted], None),
        (&[Read, Sent], None),
    ];
    for (parts, next) in table {
        let delivery = delivery(Phase::Queued, parts);
        assert_eq!(delivery.next_part().map(|part| part.name), next, "{parts:?}");
    }
}

#[test]
fn whatsapp_has_the_reading_apart_and_a_webhook_has_all_in_one() {
    use PartName::{Analysis, Data, Image, Pdf};
    let names = |kind, analysis, attachments: &[Attachment]| {
        Delivery::parts_for(kind, analysis, &attachments.iter().copied().collect())
            .into_iter()
            .map(|part| part.name)
            .collect::<Vec<_>>()
    };
    assert_eq!(names(Whatsapp, true, &[]), [Image, Analysis]);
    assert_eq!(names(Whatsapp, false, &[]), [Image]);
    assert_eq!(
        names(Whatsapp, true, &[Attachment::Data, Attachment::Pdf]),
        [Image, Analysis, Pdf, Data]
    );
    assert_eq!(names(Whatsapp, false, &[Attachment::Data]), [Image, Data]);
    assert_eq!(names(Webhook, true, &Attachment::ALL), [Image]);
    assert_eq!(names(Webhook, false, &[]), [Image]);
    let both = Delivery::parts_for(Whatsapp, true, &BTreeSet::new());
    assert!(
        both.iter()
            .all(|part| part.progress == Progress::Pending && part.provider_id.is_none() && part.at.is_none())
    );
}

#[test]
fn words_are_stored_as_they_are_shown() {
    for (phase, word) in PHASES {
        assert_eq!(phase.as_str(), word);
        assert_eq!(
            serde_json::to_value(phase).unwrap(),
            word,
            "the store writes as_str and reads with serde"
        );
    }
    for part in [PartName::Image, PartName::Analysis, PartName::Pdf, PartName::Data] {
        assert_eq!(part.as_str().parse(), Ok(part));
        assert_eq!(serde_json::to_value(part).unwrap(), part.as_str());
    }
    let finals: Vec<Phase> = PHASES
        .into_iter()
        .map(|(phase, _)| phase)
        .filter(|phase| phase.is_final())
        .collect();
    assert_eq!(finals, [Phase::Done, Phase::Failed, Phase::Expired]);
}

#[test]
fn every_picture_has_its_own_name() {
    let sizes = PictureSize::ALL;
    let slugs = sizes.map(|size| [Theme::Light, Theme::Dark].map(|theme| Picture { size, theme }.slug()));
    assert_eq!(
        slugs,
        [
            ["square-light", "square-dark"],
            ["wide-light", "wide-dark"],
            ["mail-light", "mail-dark"]
        ]
    );
}

#[test]
fn ranks_are_stored_numbers_and_never_change() {
    assert_eq!(
        PROGRESS.map(Progress::rank),
        [0, 1, 2, 3, 4, 5, 6],
        "items in the table hold these numbers"
    );
    for progress in PROGRESS {
        assert_eq!(Progress::from_rank(progress.rank()), Some(progress));
    }
    assert_eq!(Progress::from_rank(7), None);
    assert!(PROGRESS.is_sorted(), "the derived order is the order of ranks");
}

#[test]
fn what_a_person_has_received_is_never_undone() {
    let mut part = Progress::Delivered;
    apply(&mut part, Progress::Failed);
    assert_eq!(part, Progress::Delivered);
    let mut part = Progress::Failed;
    apply(&mut part, Progress::Delivered);
    assert_eq!(part, Progress::Delivered, "a failure that was told first does not hide the arrival");
    let taken = PROGRESS.into_iter().filter(|progress| progress.is_taken()).collect::<Vec<_>>();
    assert_eq!(taken, [Progress::Accepted, Progress::Sent, Progress::Delivered, Progress::Read]);
}

fn progress() -> impl Strategy<Value = Progress> {
    prop::sample::select(&PROGRESS[..])
}

proptest! {
    #[test]
    fn rank_is_a_total_order(a in progress(), b in progress(), c in progress()) {
        prop_assert_eq!(a.rank().cmp(&b.rank()), a.cmp(&b));
        prop_assert_eq!(a.rank() == b.rank(), a == b, "two progresses of one rank would depend on who comes first");
        if a <= b && b <= c {
            prop_assert!(a.rank() <= c.rank());
        }
    }

    /// Statuses come late, twice and in any order; the result is the same.
    #[test]
    fn the_order_of_statuses_does_not_matter(
        (told, again) in prop::collection::vec(progress(), 0..8).prop_flat_map(|told| {
            let twice = [told.clone(), told.clone()].concat();
            (Just(told), Just(twice).prop_shuffle())
        }),
        start in progress(),
    ) {
        let end = |statuses: &[Progress]| {
            let mut part = start;
            for status in statuses {
                apply(&mut part, *status);
            }
            part
        };
        prop_assert_eq!(end(&told), end(&again));
        prop_assert_eq!(end(&told), told.iter().copied().chain([start]).max().unwrap());
    }

    /// A Delivery whose parts are with the provider only ever moves forward in what it tells people, until a failure.
    #[test]
    fn the_word_of_a_done_delivery_only_grows(parts in prop::collection::vec(prop::sample::select(vec![Progress::Accepted, Progress::Sent]), 1..=2), statuses in prop::collection::vec((0_usize..2, progress()), 0..10)) {
        let place = |state: DeliveryState| [DeliveryState::Accepted, DeliveryState::Sent, DeliveryState::Delivered, DeliveryState::Read].iter().position(|known| *known == state);
        let mut delivery = delivery(Phase::Done, &parts);
        for (index, status) in statuses.into_iter().filter(|(_, status)| *status != Progress::Failed) {
            let before = place(delivery.state(Timestamp::UNIX_EPOCH));
            let index = index % delivery.parts.len();
            apply(&mut delivery.parts[index].progress, status);
            prop_assert!(place(delivery.state(Timestamp::UNIX_EPOCH)).is_some() && place(delivery.state(Timestamp::UNIX_EPOCH)) >= before);
        }
    }
}
