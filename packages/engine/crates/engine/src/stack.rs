//! How much of the calling thread's stack JavaScript may use.
//!
//! The host calls from threads of its own making, some with little stack. QuickJS throws a
//! RangeError at a depth that it is told; told too much, deep recursion is a crash of the host.

use core::cell::Cell;
use core::mem::MaybeUninit;
use std::thread;

/// Kept free below JavaScript's share, for the Rust and C functions that it calls.
const RESERVE: usize = 256 * 1024;

/// What a main thread without a limit is taken to have; the mappings below it are not ours to know.
const LARGEST_MAIN_STACK: usize = 8 << 20;

/// Less than this is too little.
const SMALLEST: usize = 768 * 1024;

/// Stack of a thread that stands in for one with too little.
const LARGER: usize = 4 << 20;

/// Taken when the system does not say where the stack ends.
const FALLBACK: usize = 64 * 1024;

thread_local! {
    /// Lowest address of this thread's stack; 0 when not yet known.
    static LOWEST: Cell<usize> = const { Cell::new(0) };
}

/// Bytes of stack that JavaScript may use, called from here.
pub fn available() -> usize {
    let here = MaybeUninit::<u8>::uninit();
    let here = here.as_ptr() as usize;
    let lowest = LOWEST.with(|lowest| {
        if lowest.get() == 0 {
            let main = if is_main_thread() { main_lowest(here) } else { None };
            lowest.set(main.or_else(thread_lowest).unwrap_or(here - FALLBACK));
        }
        lowest.get()
    });
    let left = here.saturating_sub(lowest);
    // A small stack keeps a quarter, so that something is left for JavaScript. QuickJS takes 0 for no limit.
    (left - RESERVE.min(left / 4)).max(1)
}

/// Whether the calling thread has too little stack for the C and Rust code that JavaScript reaches:
/// compression and TLS take more of it than a thread may have whose host asked for 64 KiB.
pub fn is_small() -> bool {
    available() < SMALLEST
}

/// Runs `act` on a thread of its own with a stack of the usual size; here, when there can be none.
///
/// # Safety
/// Nothing that `act` touches is tied to the calling thread: it runs to its end on another one while
/// this one waits.
pub unsafe fn on_larger<R>(act: impl FnOnce() -> R) -> R {
    let mut result = None;
    let mut act = Some(act);
    let mut run = || result = act.take().map(|act| act());
    let task = Elsewhere(&mut run);
    let joined = thread::scope(|scope| {
        let task = task;
        let larger = thread::Builder::new().stack_size(LARGER).spawn_scoped(scope, move || task.run());
        larger.map(|larger| larger.join())
    });
    match joined {
        Ok(Err(panic)) => std::panic::resume_unwind(panic),
        Ok(Ok(())) => {}
        Err(_) => run(),
    }
    result.unwrap_or_else(|| unreachable!("the task ran, here or there"))
}

/// A closure that is called on another thread.
struct Elsewhere<'a>(&'a mut dyn FnMut());

// SAFETY: `on_larger`'s caller promises that the closure may run on another thread.
unsafe impl Send for Elsewhere<'_> {}

impl Elsewhere<'_> {
    fn run(self) {
        (self.0)();
    }
}

fn is_main_thread() -> bool {
    // SAFETY: both calls only read the caller's identity.
    unsafe { libc::syscall(libc::SYS_gettid) as libc::pid_t == libc::getpid() }
}

/// pthread_getattr_np reads and parses /proc/self/maps for the main thread. The file name that the
/// kernel puts at the very top of the stack says the same for nothing. `None` on any other stack: after a
/// fork, the thread that forked is the main one, and keeps the stack that it had.
fn main_lowest(here: usize) -> Option<usize> {
    // SAFETY: getauxval only reads; getrlimit fills the struct when it returns 0.
    let (top, limit) = unsafe {
        let top = libc::getauxval(libc::AT_EXECFN) as usize;
        let mut limit = MaybeUninit::<libc::rlimit>::uninit();
        if top == 0 || libc::getrlimit(libc::RLIMIT_STACK, limit.as_mut_ptr()) != 0 {
            return None;
        }
        (top, limit.assume_init().rlim_cur as usize)
    };
    top.checked_sub(limit.min(LARGEST_MAIN_STACK)).filter(|lowest| (*lowest..top).contains(&here))
}

fn thread_lowest() -> Option<usize> {
    let mut attributes = MaybeUninit::<libc::pthread_attr_t>::uninit();
    let (mut lowest, mut size, mut guard) = (core::ptr::null_mut(), 0, 0);
    // SAFETY: the attributes are initialised by the first call when it returns 0, read by the
    // others, and destroyed once.
    unsafe {
        if libc::pthread_getattr_np(libc::pthread_self(), attributes.as_mut_ptr()) != 0 {
            return None;
        }
        libc::pthread_attr_getstack(attributes.as_ptr(), &mut lowest, &mut size);
        libc::pthread_attr_getguardsize(attributes.as_ptr(), &mut guard);
        libc::pthread_attr_destroy(attributes.as_mut_ptr());
    }
    (size != 0).then_some(lowest as usize + guard)
}
