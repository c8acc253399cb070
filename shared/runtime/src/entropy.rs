//! Randomness: for ids, tokens and jitter.

use std::sync::{Arc, Mutex, PoisonError};

use ring::rand::{SecureRandom, SystemRandom};

/// Where random bytes come from. Clones draw from the same source.
#[derive(Debug, Clone)]
pub struct Entropy(Origin);

#[derive(Debug, Clone)]
enum Origin {
    System,
    Seeded(Arc<Mutex<u64>>),
}

impl Entropy {
    /// The operating system's generator: fit for tokens and secrets.
    pub fn system() -> Self {
        Self(Origin::System)
    }

    /// The same bytes for the same seed, for tests; anybody can guess them.
    pub fn seeded(seed: u64) -> Self {
        Self(Origin::Seeded(Arc::new(Mutex::new(seed))))
    }

    /// `N` random bytes.
    ///
    /// # Panics
    /// Where the operating system gives none: nothing may go on with guessable ids.
    pub fn bytes<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0; N];
        match &self.0 {
            Origin::System => SystemRandom::new()
                .fill(&mut bytes)
                .expect("the operating system gives random bytes"),
            Origin::Seeded(state) => {
                let mut state = state.lock().unwrap_or_else(PoisonError::into_inner);
                for chunk in bytes.chunks_mut(8) {
                    chunk.copy_from_slice(&split_mix(&mut state).to_le_bytes()[..chunk.len()]);
                }
            }
        }
        bytes
    }

    /// 128 random bits: what `generate` of an id wants.
    pub fn bits(&self) -> u128 {
        u128::from_le_bytes(self.bytes())
    }

    /// Evenly from `0.0..1.0`: what `decide` wants.
    pub fn jitter(&self) -> f32 {
        let [a, b, c] = self.bytes();
        let numerator = u32::from_le_bytes([a, b, c, 0]);
        #[expect(clippy::cast_precision_loss, reason = "24 bits fit a f32 exactly")]
        let jitter = numerator as f32 / (1 << 24) as f32;
        jitter
    }
}

/// One step of SplitMix64 (Steele, Lea, Flood 2014).
fn split_mix(state: &mut u64) -> u64 {
    *state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
    let z = (*state ^ (*state >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seed_repeats_and_clones_share() {
        let (one, other) = (Entropy::seeded(7), Entropy::seeded(7));
        assert_eq!(one.bits(), other.bits());
        assert_ne!(
            one.clone().bytes::<5>(),
            one.bytes::<5>(),
            "a clone goes on where the other stopped"
        );
        // The published first output for seed 1234567.
        assert_eq!(u64::from_le_bytes(Entropy::seeded(1_234_567).bytes()), 6_457_827_717_110_365_317);
    }

    #[test]
    fn the_system_does_not_repeat() {
        assert_ne!(Entropy::system().bits(), Entropy::system().bits());
    }

    #[test]
    fn jitter_fills_its_range() {
        let entropy = Entropy::seeded(1);
        let drawn: Vec<f32> = std::iter::repeat_with(|| entropy.jitter()).take(10_000).collect();
        assert!(drawn.iter().all(|jitter| (0.0..1.0).contains(jitter)));
        assert!(drawn.iter().any(|jitter| *jitter < 0.01) && drawn.iter().any(|jitter| *jitter > 0.99));
    }
}
