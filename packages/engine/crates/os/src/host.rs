//! The machine: its names, its processors, and the files in which the kernel tells of them.

use core::ffi::{CStr, c_char};
use core::mem::MaybeUninit;
use std::path::Path;
use std::{fs, io, thread};

/// Name of the system, of the host, release, version and architecture.
pub fn system_names() -> Vec<String> {
    let mut names = MaybeUninit::<libc::utsname>::zeroed();
    // SAFETY: uname fills the struct, whose texts are empty when it fails.
    let names = unsafe {
        libc::uname(names.as_mut_ptr());
        names.assume_init()
    };
    vec![
        text(&names.sysname),
        text(&names.nodename),
        text(&names.release),
        text(&names.version),
        text(&names.machine),
    ]
}

fn text(field: &[c_char]) -> String {
    // SAFETY: the kernel ends the texts with a zero byte, within the field.
    unsafe { CStr::from_ptr(field.as_ptr()) }.to_string_lossy().into_owned()
}

/// Processors that this process may use.
pub fn parallelism() -> u32 {
    thread::available_parallelism().map_or(1, |count| count.get() as u32)
}

/// Reads a file of /proc as text; null when the file does not exist.
pub fn read_proc(name: String) -> Option<String> {
    fs::read_to_string(Path::new("/proc").join(name)).ok()
}

/// The priority of a process, or 1000 and the number of the error.
pub fn priority(pid: i32) -> i32 {
    // SAFETY: a plain system call. -1 is a priority too, so the error is cleared before.
    let priority = unsafe {
        *libc::__errno_location() = 0;
        libc::getpriority(libc::PRIO_PROCESS, pid as _)
    };
    match (priority, io::Error::last_os_error().raw_os_error()) {
        (-1, Some(error)) if error != 0 => 1000 + error,
        _ => priority,
    }
}

/// Gives a process a priority; returns the number of the error, 0 for none.
pub fn set_priority(pid: i32, priority: i32) -> i32 {
    // SAFETY: a plain system call.
    match unsafe { libc::setpriority(libc::PRIO_PROCESS, pid as _, priority) } {
        0 => 0,
        _ => io::Error::last_os_error().raw_os_error().unwrap_or(libc::EIO),
    }
}
