//! Numbers that look random and are the same every time: splitmix64, by Sebastiano Vigna, from
//! <https://prng.di.unimi.it/splitmix64.c>, which is in the public domain.

pub(super) struct Random(u64);

impl Random {
    /// The numbers of one plan: no plan's depend on how many others there are.
    pub(super) fn new(seed: u64, plan: usize) -> Self {
        let mut mixed = Self(seed);
        Self(mixed.next() ^ (plan as u64).wrapping_mul(0x2545_f491_4f6c_dd1d))
    }

    /// Another line of numbers, which begins where this one stands.
    pub(super) fn branch(&mut self) -> Self {
        Self(self.next())
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// From 0 to one less than `n`.
    pub(super) fn below(&mut self, n: u32) -> u32 {
        u32::try_from(self.next() % u64::from(n)).expect("a remainder is below its divisor")
    }

    /// From the first to the last, both included.
    pub(super) fn between(&mut self, first: u32, last: u32) -> u32 {
        first + self.below(last - first + 1)
    }

    /// True so many times in a hundred.
    pub(super) fn chance(&mut self, percent: u32) -> bool {
        self.below(100) < percent
    }

    pub(super) fn pick<T: Copy>(&mut self, of: &[T]) -> T {
        of[self.below(u32::try_from(of.len()).expect("lists are short")) as usize]
    }
}
