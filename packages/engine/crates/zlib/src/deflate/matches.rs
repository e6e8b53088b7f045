//! The search for the longest match.

use super::window::{MAX_MATCH, Window};

impl Window {
    /// The longest match for the bytes at `start`, beginning with `candidate` and going back through
    /// its chain, provided that it is longer than `previous_length`. Sets `match_start`.
    pub fn longest_match(&mut self, mut candidate: usize) -> usize {
        let mut chain = self.chain;
        let mut best = self.previous_length;
        if self.previous_length >= self.good {
            chain >>= 2;
        }
        let nice = self.nice.min(self.lookahead);
        let limit = self.start.saturating_sub(self.max_distance());
        let longest = MAX_MATCH.min(self.lookahead);
        let scan = &self.bytes[self.start..self.start + longest];
        let mut ending = self.pair(self.start + best - 1);
        loop {
            // Most candidates end here: they have to be longer than the best, so equal at its end.
            if self.pair(candidate + best - 1) == ending {
                let length = common_prefix(scan, &self.bytes[candidate..candidate + longest]);
                if length > best {
                    self.match_start = candidate;
                    best = length;
                    if length >= nice {
                        break;
                    }
                    ending = self.pair(self.start + best - 1);
                }
            }
            candidate = self.before(candidate);
            chain -= 1;
            if candidate <= limit || chain == 0 {
                break;
            }
        }
        best.min(self.lookahead)
    }

    #[inline]
    fn pair(&self, position: usize) -> [u8; 2] {
        [self.bytes[position], self.bytes[position + 1]]
    }
}

/// How many bytes two slices of one length have in common at their start.
#[inline]
pub fn common_prefix(left: &[u8], right: &[u8]) -> usize {
    let (left_words, left_rest) = left.as_chunks::<8>();
    let (right_words, right_rest) = right.as_chunks::<8>();
    for (index, (left, right)) in left_words.iter().zip(right_words).enumerate() {
        let difference = u64::from_le_bytes(*left) ^ u64::from_le_bytes(*right);
        if difference != 0 {
            return index * 8 + difference.trailing_zeros() as usize / 8;
        }
    }
    let rest = left_rest.iter().zip(right_rest).take_while(|(left, right)| left == right).count();
    left_words.len() * 8 + rest
}
