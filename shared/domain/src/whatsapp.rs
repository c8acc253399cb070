//! Meta's Graph version, its error codes, and what each of them means for us. Read by the sender (an answer) and by the inbound worker (a `failed` status):
//! the same code may come either way.

use std::time::Duration;

use crate::fault::{Fault, Why};

/// Graph API version that our requests are written for: released 29 July 2026.
pub const GRAPH_VERSION: &str = "v26.0";

/// What a code calls for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Class {
    /// Try again, not sooner than this many seconds.
    Retry(u64),
    /// Try again on our own schedule.
    RetrySoon,
    /// The 24-hour window is closed.
    Window,
    /// This person cannot be reached.
    Person,
    /// The number, the account or its token needs a person.
    Account,
    /// Our payload or our settings.
    Ours,
}

/// One code: its class, and a sentence that says what happened and what to do.
struct Entry {
    code: i64,
    class: Class,
    sentence: &'static str,
}

const fn entry(code: i64, class: Class, sentence: &'static str) -> Entry {
    Entry { code, class, sentence }
}

/// Sorted by code.
#[rustfmt::skip]
const ENTRIES: &[Entry] = &[
    entry(0, Class::Account, "WhatsApp refused the access token. Create a new System User token and reconnect the number."),
    entry(1, Class::RetrySoon, "WhatsApp reported an unknown error; it is tried again."),
    entry(2, Class::RetrySoon, "WhatsApp is temporarily unavailable; it is tried again."),
    entry(3, Class::Account, "The app may not use this WhatsApp feature. Check the app's permissions and reconnect the number."),
    entry(4, Class::Retry(120), "The app has reached WhatsApp's call limit; it is tried again when the limit lifts."),
    entry(10, Class::Account, "The token lacks a permission. Give it whatsapp_business_messaging and whatsapp_business_management and reconnect the number."),
    entry(33, Class::Account, "The business number was deleted at WhatsApp. Connect another number."),
    entry(100, Class::Ours, "WhatsApp did not accept a value we sent, or the token may not see the number. Check the Phone number ID; if it is right, this is ours to fix."),
    entry(190, Class::Account, "The access token has expired or was revoked. Create a new System User token and reconnect the number."),
    entry(368, Class::Account, "WhatsApp has blocked the business account for a policy violation. See Business Support in Meta Business Suite."),
    entry(80_007, Class::Retry(900), "The WhatsApp business account has reached its call limit; it is tried again when the limit lifts."),
    entry(130_429, Class::Retry(5), "The business number sends faster than WhatsApp allows; it is tried again in a few seconds."),
    entry(130_472, Class::Person, "WhatsApp withheld the message: the person is part of one of its experiments. The next chart is tried as usual."),
    entry(130_497, Class::Person, "The business account may not message people in this country."),
    entry(131_000, Class::RetrySoon, "Something went wrong at WhatsApp; it is tried again."),
    entry(131_005, Class::Account, "The token lacks a permission for this number. Reconnect it with both WhatsApp permissions."),
    entry(131_008, Class::Ours, "A required value was missing from what we sent. This is ours to fix."),
    entry(131_009, Class::Ours, "A value we sent was not valid for WhatsApp. This is ours to fix."),
    entry(131_016, Class::RetrySoon, "WhatsApp's service is overloaded; it is tried again."),
    entry(131_020, Class::Person, "The group has no other member to deliver to."),
    entry(131_021, Class::Ours, "Sender and recipient are the same number. Choose another recipient."),
    entry(131_026, Class::Person, "The message cannot be delivered: the number is not on WhatsApp, has not accepted its terms, uses a very old app, or has blocked the business."),
    entry(131_030, Class::Person, "The business number is a test number, and the recipient is not on its list of five. Add them in the app's WhatsApp settings."),
    entry(131_031, Class::Account, "The WhatsApp business account is locked. See Business Support in Meta Business Suite."),
    entry(131_037, Class::Account, "The number's display name is not approved yet. Have it approved in WhatsApp Manager."),
    entry(131_041, Class::Person, "The group is not known to WhatsApp any more."),
    entry(131_042, Class::Account, "WhatsApp cannot charge the business account. Add or mend its payment method in WhatsApp Manager."),
    entry(131_044, Class::Account, "WhatsApp cannot charge the business account. Add or mend its payment method in WhatsApp Manager."),
    entry(131_045, Class::Account, "The number is not registered at the Cloud API. Register it, then reconnect."),
    entry(131_047, Class::Window, "WhatsApp's 24-hour window for this person is closed. It opens when they write, react or tap; the chart follows then."),
    entry(131_048, Class::Retry(3_600), "WhatsApp limits the number because people reported or blocked it; it is tried again in an hour. Check the number's quality in WhatsApp Manager."),
    entry(131_049, Class::Person, "WhatsApp withheld the message to keep the person from getting too many. The next chart is tried as usual."),
    entry(131_050, Class::Person, "The person has stopped messages of this kind from the business."),
    entry(131_051, Class::Ours, "WhatsApp does not support the type of message we sent. This is ours to fix; the 24-hour window has nothing to do with it."),
    entry(131_052, Class::Ours, "A file the person sent could not be fetched. Ask them to send it again."),
    entry(131_053, Class::RetrySoon, "WhatsApp could not take the picture; it is sent again."),
    entry(131_056, Class::Retry(6), "Too many messages to this person in a short time; it is tried again in a few seconds."),
    entry(131_057, Class::Retry(60), "WhatsApp is maintaining the number; it is tried again in a few minutes."),
    entry(131_059, Class::Ours, "WhatsApp did not accept a page marker. This is ours to fix."),
    entry(131_060, Class::Ours, "A message of the person is not available at the moment."),
    entry(131_062, Class::Ours, "This kind of message needs the person's phone number, and only their WhatsApp id is known."),
    entry(131_063, Class::Ours, "The business account may not send marketing templates through this interface."),
    entry(131_064, Class::Account, "WhatsApp has lowered the account's messaging limit for misused template categories. See WhatsApp Manager."),
    entry(131_207, Class::Person, "The group is suspended."),
    entry(131_208, Class::Retry(60), "Too many group requests; it is tried again in a minute."),
    entry(131_215, Class::Account, "The number may not use groups: they need an Official Business Account."),
    entry(132_000, Class::Ours, "The template's number of values has changed. Synchronise the template."),
    entry(132_001, Class::Ours, "The template does not exist in this language or is not approved."),
    entry(132_005, Class::Ours, "A text in the template is too long."),
    entry(132_007, Class::Ours, "The template's content breaks a WhatsApp policy."),
    entry(132_008, Class::Ours, "A template value is not in the expected form."),
    entry(132_012, Class::Ours, "A template value is not in the expected form."),
    entry(132_015, Class::Ours, "The template is paused for low quality. It is usable again after some hours."),
    entry(132_016, Class::Ours, "The template is disabled for good. Create another one."),
    entry(133_000, Class::Account, "The number's deregistration did not finish. Deregister it again, then reconnect."),
    entry(133_004, Class::RetrySoon, "WhatsApp's registration service is temporarily unavailable; it is tried again."),
    entry(133_005, Class::Account, "The two-step verification PIN is wrong. Enter the right one."),
    entry(133_006, Class::Account, "The number must be verified again before it can be registered."),
    entry(133_008, Class::Account, "Too many wrong PINs. Wait as long as WhatsApp says, then enter the right one."),
    entry(133_009, Class::Account, "The PIN was entered too fast. Wait as long as WhatsApp says, then enter it again."),
    entry(133_010, Class::Account, "The number is not registered at the Cloud API. Register it, then reconnect."),
    entry(133_015, Class::Retry(300), "The number was deleted a moment ago; it is tried again in five minutes."),
    entry(133_016, Class::Account, "The number was registered and deregistered too often. It can be registered again after 72 hours."),
    entry(135_000, Class::Ours, "WhatsApp rejected the request without saying why. This is ours to fix."),
    entry(137_000, Class::Ours, "The person's identity key has changed. This is ours to fix."),
];

/// What a code calls for, and the reason as it is kept. `after` is the provider's own hint (`Retry-After`), a floor beside the table's.
pub fn fault(code: i64, after: Option<Duration>) -> Fault {
    let (class, sentence) = match ENTRIES.binary_search_by_key(&code, |entry| entry.code) {
        Ok(index) => (ENTRIES[index].class, ENTRIES[index].sentence.to_owned()),
        Err(_) if (200..300).contains(&code) => (
            Class::Account,
            "The token may not use this number. Assign the number's business account to the System User and reconnect.".to_owned(),
        ),
        Err(_) => (
            Class::Ours,
            format!("WhatsApp refused the message with a code we do not know ({code})."),
        ),
    };
    let why = Why::new(format!("whatsapp.{code}"), sentence);
    match class {
        Class::Retry(floor_s) => Fault::Retry {
            after: Some(after.unwrap_or_default().max(Duration::from_secs(floor_s))),
            why,
        },
        Class::RetrySoon => Fault::Retry { after, why },
        Class::Window => Fault::WindowClosed,
        Class::Person => Fault::Unreachable { why },
        Class::Account => Fault::Unauthorized { why },
        Class::Ours => Fault::Rejected { why },
    }
}

/// The code that says a picture could not be taken: the other way of sending it is worth a try.
pub const MEDIA_REFUSED: i64 = 131_053;

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use super::*;

    #[test]
    fn codes_are_sorted_and_single() {
        assert!(ENTRIES.windows(2).all(|pair| pair[0].code < pair[1].code));
    }

    #[test]
    fn the_window_is_131047_alone() {
        assert_eq!(fault(131_047, None), Fault::WindowClosed);
        assert!(ENTRIES.iter().filter(|entry| entry.class == Class::Window).count() == 1);
        assert!(
            matches!(fault(131_051, None), Fault::Rejected { .. }),
            "131051 is an unsupported type, ours to fix"
        );
    }

    #[test]
    fn a_hint_is_a_floor_beside_our_own() {
        let after = |code, hint: Option<u64>| match fault(code, hint.map(Duration::from_secs)) {
            Fault::Retry { after, .. } => after.map(|after| after.as_secs()),
            other => panic!("{code} is {other:?}"),
        };
        assert_eq!(after(130_429, None), Some(5));
        assert_eq!(after(130_429, Some(30)), Some(30));
        assert_eq!(after(131_056, Some(1)), Some(6));
        assert_eq!(after(131_000, None), None);
        assert_eq!(after(131_000, Some(9)), Some(9));
    }

    #[test]
    fn unknown_codes_are_ours_and_permissions_are_the_accounts() {
        assert!(matches!(fault(999_999, None), Fault::Rejected { why } if why.code == "whatsapp.999999"));
        assert!(matches!(fault(273, None), Fault::Unauthorized { .. }));
    }

    #[test]
    fn every_sentence_is_for_a_person() {
        for entry in ENTRIES {
            assert!(entry.sentence.ends_with('.') && entry.sentence.len() > 20, "{}", entry.code);
            assert!(entry.sentence.chars().next().unwrap().is_uppercase(), "{}", entry.code);
        }
    }
}
