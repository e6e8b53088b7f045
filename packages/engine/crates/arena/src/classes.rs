//! Size classes: which block size serves a small request.

/// Requests above this size get whole units of their own.
pub const SMALL_MAX: usize = 8192;

/// Number of size classes.
pub const CLASSES: usize = 32;

/// Block size of each class: every 16 bytes up to 128, then four steps a doubling, so that a block
/// wastes at most a fifth of itself.
pub const SIZES: [u16; CLASSES] = sizes();

/// Class for each 16-byte granule of a request, so that the hot path is one table look-up.
static BY_GRANULE: [u8; SMALL_MAX / 16 + 1] = by_granule();

/// The smallest class that holds `size` bytes; `size` is at most [`SMALL_MAX`].
#[inline]
pub fn class_of(size: usize) -> usize {
    BY_GRANULE[size.div_ceil(16)] as usize
}

const fn sizes() -> [u16; CLASSES] {
    let mut sizes = [0; CLASSES];
    let mut class = 0;
    while class < CLASSES {
        sizes[class] = if class < 8 {
            16 * (class as u16 + 1)
        } else {
            let doubling = (class - 8) / 4;
            let step = (class - 8) % 4 + 1;
            (128 << doubling) + step as u16 * (32 << doubling)
        };
        class += 1;
    }
    sizes
}

const fn by_granule() -> [u8; SMALL_MAX / 16 + 1] {
    let sizes = sizes();
    let mut table = [0; SMALL_MAX / 16 + 1];
    let mut granule = 0;
    let mut class = 0;
    while granule < table.len() {
        if granule * 16 > sizes[class] as usize {
            class += 1;
        }
        table[granule] = class as u8;
        granule += 1;
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_request_gets_the_smallest_block_that_holds_it() {
        for size in 0..=SMALL_MAX {
            let class = class_of(size);
            assert!(SIZES[class] as usize >= size);
            assert!(class == 0 || (SIZES[class - 1] as usize) < size);
        }
        assert_eq!(SIZES[CLASSES - 1] as usize, SMALL_MAX);
    }

    #[test]
    fn every_block_size_keeps_the_default_alignment() {
        assert!(SIZES.iter().all(|size| size % 16 == 0));
    }
}
