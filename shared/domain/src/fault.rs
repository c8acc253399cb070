//! What can go wrong at a provider, named by what must happen next, and the one decision about it.

use std::time::Duration;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// Why something failed: a code to count by and a sentence for a person. Never a payload, a token or an address.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Why {
    /// Stable and greppable, `<provider>.<code>`: `whatsapp.131026`, `webhook.410`, `csv.too_large`.
    pub code: String,
    /// What happened and what to do about it, in one or two sentences.
    pub sentence: String,
}

impl Why {
    /// A reason from its two halves.
    pub fn new(code: impl Into<String>, sentence: impl Into<String>) -> Self {
        Self {
            code: code.into(),
            sentence: sentence.into(),
        }
    }
}

/// A failed provider call, named by what must happen next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// Not done, and worth trying again: 5xx before acceptance, 429, no connection.
    Retry {
        /// The provider's own hint; a floor for our delay.
        after: Option<Duration>,
        /// The reason.
        why: Why,
    },
    /// Sent, but no answer: it may have arrived.
    Unknown {
        /// The reason.
        why: Why,
    },
    /// WhatsApp 131047: nothing free-form may be sent to this person now.
    WindowClosed,
    /// This recipient cannot be reached: blocked, left, bounced, gone.
    Unreachable {
        /// The reason.
        why: Why,
    },
    /// Our token or app is refused; nothing on this Connection will work until a person mends it.
    Unauthorized {
        /// The reason.
        why: Why,
    },
    /// Our payload or settings are wrong; trying again cannot help.
    Rejected {
        /// The reason.
        why: Why,
    },
}

impl Fault {
    /// The reason as it is kept and shown.
    pub fn why(&self) -> Why {
        match self {
            Self::Retry { why, .. }
            | Self::Unknown { why }
            | Self::Unreachable { why }
            | Self::Unauthorized { why }
            | Self::Rejected { why } => why.clone(),
            Self::WindowClosed => Why::new(
                "whatsapp.131047",
                "WhatsApp's 24-hour window for this person is closed. It opens when they write, react or tap; the chart follows then.",
            ),
        }
    }

    /// One word for logs and attempt records.
    pub fn outcome(&self) -> Outcome {
        match self {
            Self::Retry { .. } => Outcome::Retry,
            Self::Unknown { .. } => Outcome::Unknown,
            Self::WindowClosed => Outcome::WindowClosed,
            Self::Unreachable { .. } => Outcome::Unreachable,
            Self::Unauthorized { .. } => Outcome::Unauthorized,
            Self::Rejected { .. } => Outcome::Rejected,
        }
    }
}

/// How one provider call ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// Taken by the provider.
    Accepted,
    /// See [`Fault::Retry`].
    Retry,
    /// See [`Fault::Unknown`].
    Unknown,
    /// See [`Fault::WindowClosed`].
    WindowClosed,
    /// See [`Fault::Unreachable`].
    Unreachable,
    /// See [`Fault::Unauthorized`].
    Unauthorized,
    /// See [`Fault::Rejected`].
    Rejected,
}

/// Waits before the second, third ... try, in seconds. The last one is followed by `failed`.
pub const RETRY_SCHEDULE_S: [u64; 5] = [10, 60, 300, 1_800, 7_200];

/// How long evidence of an unanswered send is awaited before the pulse's policy decides, at least.
pub const EVIDENCE_WAIT_S: u64 = 120;

/// The wait after try number `attempt` (1 for the first), in seconds; `None` after the last.
fn scheduled_s(attempt: u32) -> Option<u64> {
    let index = usize::try_from(attempt.max(1) - 1).unwrap_or(usize::MAX);
    RETRY_SCHEDULE_S.get(index).copied()
}

/// Whether `attempt` is a try more than are made.
pub fn is_beyond_the_last_try(attempt: u32) -> bool {
    attempt > 1 && scheduled_s(attempt - 1).is_none()
}

/// What to do when an unanswered send stays unexplained.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum WhenUnknown {
    /// Send again: rather twice than not at all.
    #[default]
    Retry,
    /// Leave it `unknown` and tell the owner: rather not at all than twice.
    Hold,
}

/// The decision about a fault.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Action {
    /// Try again after this long; the Delivery is `retrying`.
    RetryAfter(Duration),
    /// It may have arrived: look for evidence, first after this long; the Delivery is `unknown`.
    AwaitEvidence(Duration),
    /// Hold for the person's next message, or for a template; the Delivery is `awaiting_window`.
    AwaitWindow,
    /// Give up: `failed`. Then the fallback, and a Notice.
    Fail,
    /// Too late to be of use: `expired`. Then the fallback, and a Notice.
    Expire,
    /// The recipient is out of reach: `failed`; the Destination counts it.
    FailRecipient,
    /// The Connection needs a person: held until it is mended; `failed` where there is a fallback.
    HoldConnection,
}

/// The one decision: what happens after `fault` on try number `attempt` (1 for the first).
///
/// `jitter` in `0.0..=1.0` spreads the wait over `0..=schedule` (full jitter); a provider's hint is a floor. A try that could only start
/// after `expires_at` is not made.
pub fn decide(fault: &Fault, attempt: u32, expires_at: Timestamp, now: Timestamp, jitter: f32) -> Action {
    match fault {
        Fault::WindowClosed => Action::AwaitWindow,
        Fault::Unreachable { .. } => Action::FailRecipient,
        Fault::Unauthorized { .. } => Action::HoldConnection,
        Fault::Rejected { .. } => Action::Fail,
        // Each try that stays unanswered gives the next one more time, as any other fault does.
        Fault::Unknown { .. } => Action::AwaitEvidence(Duration::from_secs(scheduled_s(attempt).unwrap_or(0).max(EVIDENCE_WAIT_S))),
        Fault::Retry { after, .. } => {
            let Some(scheduled_s) = scheduled_s(attempt) else {
                return Action::Fail;
            };
            let share = if jitter.is_nan() { 1.0 } else { jitter.clamp(0.0, 1.0) };
            let spread = Duration::from_secs(scheduled_s).mul_f32(share);
            let wait = after.map_or(spread, |floor| spread.max(floor));
            let starts_at = now.checked_add(wait);
            match starts_at {
                Ok(starts_at) if starts_at < expires_at => Action::RetryAfter(wait),
                _ => Action::Expire,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use super::*;

    fn why() -> Why {
        Why::new("test", "test")
    }

    #[test]
    fn each_fault_has_its_action() {
        let now: Timestamp = "2026-11-20T09:00:00Z".parse().unwrap();
        let expires_at: Timestamp = "2026-11-20T15:00:00Z".parse().unwrap();
        let seconds = Duration::from_secs;
        let retry = |after: Option<u64>| Fault::Retry {
            after: after.map(seconds),
            why: why(),
        };
        let table = [
            (retry(None), 1, 1.0, Action::RetryAfter(seconds(10))),
            (retry(None), 1, 0.5, Action::RetryAfter(seconds(5))),
            (retry(None), 1, 0.0, Action::RetryAfter(seconds(0))),
            (retry(None), 2, 1.0, Action::RetryAfter(seconds(60))),
            (retry(None), 3, 1.0, Action::RetryAfter(seconds(300))),
            (retry(None), 4, 1.0, Action::RetryAfter(seconds(1_800))),
            (retry(None), 5, 1.0, Action::RetryAfter(seconds(7_200))),
            (retry(None), 6, 1.0, Action::Fail),
            (retry(None), u32::MAX, 1.0, Action::Fail),
            (retry(None), 0, 1.0, Action::RetryAfter(seconds(10))),
            (retry(Some(90)), 1, 1.0, Action::RetryAfter(seconds(90))),
            (retry(Some(3)), 1, 1.0, Action::RetryAfter(seconds(10))),
            (retry(Some(90)), 1, f32::NAN, Action::RetryAfter(seconds(90))),
            (retry(Some(6 * 3_600)), 1, 1.0, Action::Expire),
            (retry(Some(u64::MAX)), 1, 1.0, Action::Expire),
            (
                Fault::Unknown { why: why() },
                1,
                1.0,
                Action::AwaitEvidence(seconds(EVIDENCE_WAIT_S)),
            ),
            (Fault::Unknown { why: why() }, 3, 0.0, Action::AwaitEvidence(seconds(300))),
            (
                Fault::Unknown { why: why() },
                6,
                1.0,
                Action::AwaitEvidence(seconds(EVIDENCE_WAIT_S)),
            ),
            (Fault::WindowClosed, 1, 1.0, Action::AwaitWindow),
            (Fault::Unreachable { why: why() }, 1, 1.0, Action::FailRecipient),
            (Fault::Unauthorized { why: why() }, 1, 1.0, Action::HoldConnection),
            (Fault::Rejected { why: why() }, 1, 1.0, Action::Fail),
        ];
        for (fault, attempt, jitter, expected) in table {
            assert_eq!(
                decide(&fault, attempt, expires_at, now, jitter),
                expected,
                "{fault:?}, attempt {attempt}, jitter {jitter}"
            );
        }
        assert_eq!(
            decide(&retry(None), 1, now, now, 1.0),
            Action::Expire,
            "past its time, nothing is tried"
        );
        assert_eq!(
            [0, 1, 6, 7, u32::MAX].map(is_beyond_the_last_try),
            [false, false, false, true, true]
        );
    }
}
