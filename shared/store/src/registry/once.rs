//! Requests that must not be done twice: an `Idempotency-Key` is remembered for a day with what was answered.
//!
//! The record also keeps the moment and the random bits of the first try. Ids are made from them, so a second try after a crash makes the
//! same things again instead of other ones.

use domain::ids::OrgId;
use jiff::{Timestamp, ToSpan};
use serde::{Deserialize, Serialize};

use crate::error::StoreError;
use crate::item::{TTL, n, with_doc};
use crate::keys::Key;
use crate::table::Versioned;
use crate::{Store, keys};

const WHAT: &str = "idempotency record";

/// How long a request is remembered, in hours.
const LIFE_H: i64 = 24;

/// After so long a try that has not answered is taken for dead, in seconds: twice what a function may run.
const TRY_LIFE_S: i64 = 60;

#[derive(Debug, Clone, Serialize, Deserialize)]
struct Record {
    /// SHA-256 (hex) of the request.
    request: String,
    /// Of the first try.
    at: Timestamp,
    /// Of the first try.
    seed: u128,
    /// When the try under way began; nothing where it failed on our side, and the next may take it up at once.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    tried_at: Option<Timestamp>,
    /// What was answered, in the caller's own form.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    answer: Option<String>,
}

/// The right to do a request.
#[derive(Debug, Clone)]
pub struct Begun {
    /// When it was first tried; time for everything it makes.
    pub at: Timestamp,
    /// Random bits of the first try; ids for everything it makes.
    pub seed: u128,
    /// The request's record, where it is remembered.
    record: Option<Held>,
}

#[derive(Debug, Clone)]
struct Held {
    key: Key,
    record: Record,
    revision: u64,
}

impl Begun {
    /// A request that nobody asked to remember.
    pub fn unremembered(at: Timestamp, seed: u128) -> Self {
        Self { at, seed, record: None }
    }
}

/// The answer to a claim.
#[derive(Debug)]
pub enum OnceClaim {
    /// Do it.
    Begun(Begun),
    /// It was done; this was answered.
    Done(String),
    /// Someone is doing it now.
    Running,
    /// The key was used for another request.
    Other,
}

impl Store {
    /// Claims a request by its name (the caller's key, scoped as the caller likes) and the SHA-256 (hex) of its content.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn begin_once(&self, org: &OrgId, name: &str, request: &str, seed: u128, now: Timestamp) -> Result<OnceClaim, StoreError> {
        let key = keys::once(org, &super::sha256_hex(name.as_bytes()));
        let fresh = Record {
            request: request.to_owned(),
            at: now,
            seed,
            tried_at: Some(now),
            answer: None,
        };
        let mut item = with_doc(&key, WHAT, &fresh)?;
        item.insert("revision".to_owned(), n(1));
        item.insert(TTL.to_owned(), n(now.as_second() + LIFE_H * 3_600));
        if self.table.put_new_item(WHAT, item).await? {
            return Ok(begun(key, fresh, 1));
        }
        let Some(Versioned { doc: there, revision }) = self.table.get_versioned::<Record>(WHAT, &key).await? else {
            return Ok(OnceClaim::Running);
        };
        let next = match judge(there, fresh, now) {
            Judged::Take(record) => record,
            Judged::Answer(claim) => return Ok(claim),
        };
        match self.table.replace(WHAT, &key, &next, revision).await {
            Ok(()) => Ok(begun(key, next, revision + 1)),
            Err(StoreError::Conflict { .. }) => Ok(OnceClaim::Running),
            Err(error) => Err(error),
        }
    }

    /// Remembers what was answered.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn finish_once(&self, begun: Begun, answer: String) -> Result<(), StoreError> {
        let Some(Held { key, mut record, revision }) = begun.record else {
            return Ok(());
        };
        record.answer = Some(answer);
        self.table.replace(WHAT, &key, &record, revision).await
    }

    /// Lets the next try take a request up at once, with the moment and the bits of the first: this one failed on our side, and what it
    /// made so far must not be made twice.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn interrupt_once(&self, begun: Begun) -> Result<(), StoreError> {
        let Some(Held { key, mut record, revision }) = begun.record else {
            return Ok(());
        };
        record.tried_at = None;
        self.table.replace(WHAT, &key, &record, revision).await
    }

    /// Forgets a request that was refused: the same key may be used again.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn abandon_once(&self, begun: Begun) -> Result<(), StoreError> {
        match begun.record {
            Some(held) => self.table.delete(WHAT, &held.key).await,
            None => Ok(()),
        }
    }
}

fn begun(key: Key, record: Record, revision: u64) -> OnceClaim {
    OnceClaim::Begun(Begun {
        at: record.at,
        seed: record.seed,
        record: Some(Held { key, record, revision }),
    })
}

#[derive(Debug)]
enum Judged {
    Take(Record),
    Answer(OnceClaim),
}

/// What a record that is there means for the same key now. The table's own deletion may come days late, so age is judged here.
fn judge(there: Record, fresh: Record, now: Timestamp) -> Judged {
    let later = |from: Timestamp, span: jiff::Span| from.checked_add(span).unwrap_or(Timestamp::MAX);
    if later(there.at, LIFE_H.hours()) <= now {
        return Judged::Take(fresh);
    }
    if there.request != fresh.request {
        return Judged::Answer(OnceClaim::Other);
    }
    match there.answer {
        Some(answer) => Judged::Answer(OnceClaim::Done(answer)),
        None if there.tried_at.is_none_or(|tried_at| later(tried_at, TRY_LIFE_S.seconds()) <= now) => Judged::Take(Record {
            tried_at: Some(now),
            ..there
        }),
        None => Judged::Answer(OnceClaim::Running),
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use super::*;

    fn record(at: &str, tried_at: &str, answer: Option<&str>) -> Record {
        Record {
            request: "a".into(),
            at: at.parse().unwrap(),
            seed: 1,
            tried_at: Some(tried_at.parse().unwrap()),
            answer: answer.map(Into::into),
        }
    }

    #[test]
    fn a_record_is_judged_by_age_request_and_answer() {
        let nine = "2026-11-20T09:00:00Z";
        let fresh = |now: &str| Record {
            seed: 2,
            ..record(now, now, None)
        };
        let judged = |there: Record, now: &str| judge(there, fresh(now), now.parse().unwrap());

        assert!(
            matches!(judged(record(nine, nine, Some("done")), "2026-11-21T08:59:59Z"), Judged::Answer(OnceClaim::Done(answer)) if answer == "done")
        );
        assert!(matches!(
            judged(record(nine, nine, None), "2026-11-20T09:00:59Z"),
            Judged::Answer(OnceClaim::Running)
        ));
        assert!(
            matches!(
                judged(record(nine, nine, Some("done")), "2026-11-21T09:00:00Z"),
                Judged::Take(Record { seed: 2, .. })
            ),
            "a day later it is new"
        );
        let other = Record {
            request: "b".into(),
            ..record(nine, nine, Some("done"))
        };
        assert!(matches!(judged(other, "2026-11-20T09:00:01Z"), Judged::Answer(OnceClaim::Other)));

        let Judged::Take(again) = judged(record(nine, nine, None), "2026-11-20T09:01:00Z") else {
            panic!("a dead try is taken over")
        };
        assert_eq!(
            (again.at, again.seed),
            (nine.parse().unwrap(), 1),
            "with the moment and the bits of the first"
        );
        assert_eq!(again.tried_at, Some("2026-11-20T09:01:00Z".parse().unwrap()));

        let interrupted = Record {
            tried_at: None,
            ..record(nine, nine, None)
        };
        let Judged::Take(again) = judged(interrupted, "2026-11-20T09:00:01Z") else {
            panic!("a try that failed on our side is taken over at once")
        };
        assert_eq!(
            (again.at, again.seed),
            (nine.parse().unwrap(), 1),
            "with the moment and the bits of the first"
        );
    }

    #[test]
    fn all_bits_of_the_seed_survive() {
        let kept = Record {
            seed: u128::MAX,
            ..record("2026-11-20T09:00:00Z", "2026-11-20T09:00:00Z", None)
        };
        let read: Record = serde_json::from_str(&serde_json::to_string(&kept).unwrap()).unwrap();
        assert_eq!(read.seed, u128::MAX);
    }
}
