//! A set of small numbers.

/// Numbers that are in it, a bit each: a hundred thousand fit the fastest memory there is.
#[derive(Debug, Default)]
pub struct Bits(Vec<u64>);

impl Bits {
    /// Puts a number in.
    pub fn set(&mut self, number: usize) {
        let at = number >> 6;
        if self.0.len() <= at {
            self.0.resize(at + 1, 0);
        }
        if let Some(word) = self.0.get_mut(at) {
            *word |= 1 << (number & 63);
        }
    }

    /// Whether a number is in it.
    pub fn get(&self, number: usize) -> bool {
        self.0.get(number >> 6).is_some_and(|word| word >> (number & 63) & 1 == 1)
    }
}

impl FromIterator<usize> for Bits {
    fn from_iter<I: IntoIterator<Item = usize>>(numbers: I) -> Self {
        let mut bits = Self::default();
        numbers.into_iter().for_each(|number| bits.set(number));
        bits
    }
}
