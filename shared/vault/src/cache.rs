//! Opened data keys, for a few minutes.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use domain::ids::OrgId;
use jiff::Timestamp;

use crate::{DATA_KEY_CACHED_S, DataKey, OrgKey};

/// The most data keys in memory: organisations that one execution environment serves within five minutes.
const ENTRIES_MAX: usize = 256;

/// Keyed by organisation and wrapped key: another organisation's request for the same wrapped key is KMS's to refuse.
#[derive(Default)]
pub(crate) struct Cache {
    entries: Mutex<HashMap<(OrgId, OrgKey), Entry>>,
}

struct Entry {
    key: DataKey,
    opened_at: Timestamp,
}

impl Cache {
    /// The key, if it was opened less than five minutes before `now`. Older ones are wiped.
    pub(crate) fn get(&self, org: &OrgId, key: &OrgKey, now: Timestamp) -> Option<DataKey> {
        let mut entries = self.entries.lock().unwrap_or_else(PoisonError::into_inner);
        entries.retain(|_, entry| entry.is_fresh(now));
        entries.get(&(org.clone(), key.clone())).map(|entry| entry.key.clone())
    }

    pub(crate) fn insert(&self, org: &OrgId, key: &OrgKey, data_key: DataKey, now: Timestamp) {
        let mut entries = self.entries.lock().unwrap_or_else(PoisonError::into_inner);
        entries.retain(|_, entry| entry.is_fresh(now));
        if entries.len() >= ENTRIES_MAX {
            let oldest = entries
                .iter()
                .min_by_key(|(_, entry)| entry.opened_at)
                .map(|(place, _)| place.clone());
            oldest.and_then(|place| entries.remove(&place));
        }
        entries.insert(
            (org.clone(), key.clone()),
            Entry {
                key: data_key,
                opened_at: now,
            },
        );
    }
}

impl Entry {
    /// A key from the future is not fresh either: a clock that was set back must not prolong its life.
    fn is_fresh(&self, now: Timestamp) -> bool {
        (0..DATA_KEY_CACHED_S).contains(&now.duration_since(self.opened_at).as_secs()) && now >= self.opened_at
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use super::*;
    use std::time::Duration;

    #[test]
    fn a_key_lives_five_minutes_and_the_oldest_makes_room() {
        let (cache, org) = (Cache::default(), OrgId::parse("a").unwrap());
        let start: Timestamp = "2026-11-20T09:00:00Z".parse().unwrap();
        let key = |n: usize| OrgKey::new(&n.to_be_bytes());
        let data_key = || DataKey::new([7; 32]);
        for n in 0..ENTRIES_MAX {
            cache.insert(&org, &key(n), data_key(), start + Duration::from_millis(u64::try_from(n).unwrap()));
        }
        let last = start + Duration::from_millis(255);
        assert!((0..ENTRIES_MAX).all(|n| cache.get(&org, &key(n), last).is_some()));
        cache.insert(&org, &key(999), data_key(), last);
        assert!(cache.get(&org, &key(0), last).is_none() && cache.get(&org, &key(1), last).is_some());
        assert_eq!(cache.entries.lock().unwrap().len(), ENTRIES_MAX);

        assert!(cache.get(&org, &key(1), start + Duration::from_secs(300)).is_some());
        assert!(cache.get(&org, &key(1), start + Duration::from_millis(300_001)).is_none());
        assert!(
            cache.get(&OrgId::parse("b").unwrap(), &key(2), last).is_none(),
            "another organisation's key"
        );
        assert!(cache.get(&org, &key(2), start).is_none(), "opened after now");
        assert!(cache.get(&org, &key(999), start + Duration::from_secs(600)).is_none());
        assert!(
            cache.entries.lock().unwrap().is_empty(),
            "what is too old is wiped, not only hidden"
        );
    }
}
