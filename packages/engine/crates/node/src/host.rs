//! Facts of the process that `process` gives.

use core::mem::MaybeUninit;
use std::io::{self, Write};

use laconic_quickjs::bytes::bytes;
use rquickjs::{Ctx, Exception, Result, TypedArray, Value};

use crate::strings;

/// `[uid, euid, gid, egid, ppid]`.
pub fn ids() -> Vec<u32> {
    // SAFETY: the calls only read the process's credentials.
    unsafe { vec![libc::getuid(), libc::geteuid(), libc::getgid(), libc::getegid(), libc::getppid() as u32] }
}

/// Microseconds of processor time, `[user, system]`.
pub fn cpu_times() -> Vec<f64> {
    let usage = usage();
    vec![microseconds(usage.ru_utime), microseconds(usage.ru_stime)]
}

/// The numbers of `process.resourceUsage()`, in the order in which Node lists them.
pub fn resource_usage() -> Vec<f64> {
    let usage = usage();
    let counts = [
        usage.ru_maxrss,
        usage.ru_ixrss,
        usage.ru_idrss,
        usage.ru_isrss,
        usage.ru_minflt,
        usage.ru_majflt,
        usage.ru_nswap,
        usage.ru_inblock,
        usage.ru_oublock,
        usage.ru_msgsnd,
        usage.ru_msgrcv,
        usage.ru_nsignals,
        usage.ru_nvcsw,
        usage.ru_nivcsw,
    ];
    let times = [microseconds(usage.ru_utime), microseconds(usage.ru_stime)];
    times.into_iter().chain(counts.into_iter().map(|count| count as f64)).collect()
}

fn usage() -> libc::rusage {
    let mut usage = MaybeUninit::<libc::rusage>::zeroed();
    // SAFETY: getrusage fills the struct, which is plain numbers and valid as zeroes too.
    unsafe {
        libc::getrusage(libc::RUSAGE_SELF, usage.as_mut_ptr());
        usage.assume_init()
    }
}

fn microseconds(time: libc::timeval) -> f64 {
    time.tv_sec as f64 * 1e6 + time.tv_usec as f64
}

/// Writes bytes, or a string as UTF-8, to stdout (1) or stderr (2), whole.
pub fn write<'js>(ctx: Ctx<'js>, descriptor: i32, chunk: Value<'js>) -> Result<()> {
    let outcome = if let Some(text) = chunk.as_string() {
        strings::with_utf8(text, |bytes| send(descriptor, bytes))
    } else {
        let array = TypedArray::<u8>::from_value(chunk)?;
        // SAFETY: writing runs no JavaScript.
        send(descriptor, unsafe { bytes(&array) })
    };
    outcome.map_err(|error| Exception::throw_message(&ctx, &format!("write: {error}")))
}

fn send(descriptor: i32, bytes: &[u8]) -> io::Result<()> {
    if descriptor == 1 {
        let mut out = io::stdout().lock();
        out.write_all(bytes).and_then(|()| out.flush())
    } else {
        io::stderr().write_all(bytes)
    }
}
