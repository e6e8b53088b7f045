//! All randomness of the engine comes through here, so that it can be seeded anew after a restore.

use core::ffi::{c_int, c_uint, c_void};
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

use rquickjs::prelude::Func;
use rquickjs::{Ctx, Object, Result};

/// The C symbol that every `getrandom` crate and the standard library call. Ours goes straight to
/// the kernel: libc's could leave a pointer to itself in the heap, and a fallback to /dev/urandom a
/// descriptor. Local to the library by its version script.
///
/// # Safety
/// `buffer` is valid for writes of `length` bytes.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn getrandom(buffer: *mut c_void, length: usize, flags: c_uint) -> isize {
    // SAFETY: the caller's promise is what the system call asks for.
    unsafe { libc::syscall(libc::SYS_getrandom, buffer, length, flags as c_int) as isize }
}

/// State of `Math.random`; 0 means not seeded.
static STATE: AtomicU64 = AtomicU64::new(0);

/// Replaces `Math.random`: QuickJS seeds its own from the clock, inside a context that it does not
/// let us reach.
pub fn init(ctx: &Ctx<'_>) -> Result<()> {
    ctx.globals().get::<_, Object>("Math")?.set("random", Func::from(random))
}

/// A number in [0, 1), from xorshift64*. Not for secrets, as everywhere in JavaScript.
fn random() -> f64 {
    let mut state = STATE.load(Relaxed);
    if state == 0 {
        state = seed();
    }
    state ^= state >> 12;
    state ^= state << 25;
    state ^= state >> 27;
    STATE.store(state, Relaxed);
    (state.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 11) as f64 / (1u64 << 53) as f64
}

/// Makes `Math.random` start another sequence. All other native code asks the kernel each time.
pub fn reseed() {
    STATE.store(0, Relaxed);
}

fn seed() -> u64 {
    let mut bytes = [0u8; 8];
    // SAFETY: the buffer is valid for eight bytes. Should the kernel fail, the seed is the constant below.
    unsafe { getrandom(bytes.as_mut_ptr().cast(), bytes.len(), 0) };
    u64::from_ne_bytes(bytes) | 1
}
