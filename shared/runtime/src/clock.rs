//! The time.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use jiff::Timestamp;

/// Where `now` comes from. Clones tell the same time.
#[derive(Debug, Clone)]
pub struct Clock(Hands);

#[derive(Debug, Clone)]
enum Hands {
    System,
    Manual(Arc<Mutex<Timestamp>>),
}

impl Clock {
    /// The machine's own clock.
    pub fn system() -> Self {
        Self(Hands::System)
    }

    /// A clock that stands at `start` until it is moved: for tests and for the local host.
    pub fn manual(start: Timestamp) -> Self {
        Self(Hands::Manual(Arc::new(Mutex::new(start))))
    }

    /// The moment.
    #[expect(clippy::disallowed_methods, reason = "the one place that reads the clock")]
    pub fn now(&self) -> Timestamp {
        match &self.0 {
            Hands::System => Timestamp::now(),
            Hands::Manual(at) => *at.lock().unwrap_or_else(PoisonError::into_inner),
        }
    }

    /// Moves a manual clock, and every clone of it, forward.
    ///
    /// # Panics
    /// For the system clock, which nobody moves, and beyond the year 9999.
    pub fn advance(&self, by: Duration) {
        let Hands::Manual(at) = &self.0 else {
            panic!("only Clock::manual can be moved")
        };
        let mut at = at.lock().unwrap_or_else(PoisonError::into_inner);
        *at = at.checked_add(by).expect("a manual clock stays before the year 10000");
    }

    /// Starts to measure a duration: by the monotonic clock, or by the manual one.
    #[expect(clippy::disallowed_methods, reason = "the one place that reads the monotonic clock")]
    pub fn stopwatch(&self) -> Stopwatch {
        Stopwatch {
            clock: self.clone(),
            started_at: self.now(),
            started: Instant::now(),
        }
    }
}

/// A running measurement.
#[derive(Debug, Clone)]
pub struct Stopwatch {
    clock: Clock,
    started_at: Timestamp,
    started: Instant,
}

impl Stopwatch {
    /// The time since the start.
    pub fn elapsed(&self) -> Duration {
        match &self.clock.0 {
            Hands::System => self.started.elapsed(),
            Hands::Manual(_) => self.clock.now().duration_since(self.started_at).try_into().unwrap_or_default(),
        }
    }

    /// The same in whole milliseconds, for the log field `duration_ms`.
    pub fn elapsed_ms(&self) -> u64 {
        u64::try_from(self.elapsed().as_millis()).unwrap_or(u64::MAX)
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use super::*;

    #[test]
    fn a_manual_clock_moves_with_its_clones() {
        let start: Timestamp = "2026-11-20T09:00:00Z".parse().unwrap();
        let clock = Clock::manual(start);
        let (clone, watch) = (clock.clone(), clock.stopwatch());
        assert_eq!((clock.now(), watch.elapsed_ms()), (start, 0));
        clone.advance(Duration::from_millis(1_500));
        assert_eq!(clock.now(), "2026-11-20T09:00:01.5Z".parse().unwrap());
        assert_eq!(watch.elapsed_ms(), 1_500);
    }

    #[test]
    #[should_panic(expected = "only Clock::manual can be moved")]
    fn nobody_moves_the_system_clock() {
        Clock::system().advance(Duration::ZERO);
    }

    #[test]
    fn the_system_clock_goes_on() {
        let clock = Clock::system();
        let watch = clock.stopwatch();
        let first = clock.now();
        assert!(clock.now() >= first && first > "2026-01-01T00:00:00Z".parse().unwrap());
        assert!(watch.elapsed() < Duration::from_secs(60));
    }
}
