//! Numbers that look random and are the same everywhere.

/// A stream of numbers of its own for each record (SplitMix64, Steele, Lea
/// and Flood, "Fast splittable pseudorandom number generators", 2014).
pub(super) struct Random {
    state: u64,
}

impl Random {
    /// The stream of a record, or of anything else that has a number.
    pub(super) fn new(seed: u64, n: u64) -> Random {
        Random {
            state: mix(mix(seed).wrapping_add(n)),
        }
    }

    pub(super) fn next(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        mix(self.state)
    }

    /// From 0, below 1.
    pub(super) fn unit(&mut self) -> f64 {
        #[expect(clippy::cast_precision_loss, reason = "53 bits fit")]
        let bits = (self.next() >> 11) as f64;
        bits / (1u64 << 53) as f64
    }

    /// Below `n`, which is small.
    pub(super) fn below(&mut self, n: u64) -> u64 {
        ((self.next() >> 32) * n) >> 32
    }

    /// A place in a list that is not empty.
    pub(super) fn index(&mut self, n: usize) -> usize {
        usize::try_from(self.below(n as u64)).unwrap_or_default()
    }

    /// About normal: four numbers added up.
    fn standard(&mut self) -> f64 {
        let sum: f64 = (0..4).map(|_| self.unit()).sum();
        (sum - 2.0) * 3f64.sqrt()
    }

    pub(super) fn normal(&mut self, mean: f64, deviation: f64) -> u64 {
        whole(mean + deviation * self.standard())
    }

    pub(super) fn log_normal(&mut self, median: f64, sigma: f64) -> u64 {
        whole(median * (sigma * self.standard()).exp())
    }

    /// A rank from 0: beyond `r` lies a share of `(1 + r / scale)^-power`.
    pub(super) fn pareto(&mut self, scale: f64, power: f64) -> u64 {
        whole(scale * ((1.0 - self.unit()).powf(-1.0 / power) - 1.0) - 0.5)
    }
}

/// The nearest whole number that is not negative.
fn whole(x: f64) -> u64 {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a float is cast to the nearest number there is"
    )]
    let whole = x.round() as u64;
    whole
}

fn mix(mut z: u64) -> u64 {
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}
