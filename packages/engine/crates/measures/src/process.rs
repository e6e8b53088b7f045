//! Figures of this process and its machine.

use std::fs::{self, File};
use std::os::unix::fs::FileExt;
use std::sync::OnceLock;
use std::time::Duration;

/// How long the machine runs; in Lambda, the sandbox.
pub fn machine_uptime() -> Duration {
    let mut time = libc::timespec { tv_sec: 0, tv_nsec: 0 };
    // SAFETY: the struct is valid for the write; the clock exists on every Linux since 2.6.39.
    unsafe { libc::clock_gettime(libc::CLOCK_BOOTTIME, &mut time) };
    Duration::new(time.tv_sec.max(0) as u64, time.tv_nsec as u32)
}

/// How long this process runs, to a hundredth of a second; none where /proc cannot be read.
pub fn age() -> Option<Duration> {
    let stat = fs::read_to_string("/proc/self/stat").ok()?;
    // SAFETY: asks for a constant of the system.
    let per_second = unsafe { libc::sysconf(libc::_SC_CLK_TCK) };
    let started = Duration::from_secs_f64(start_ticks(&stat)? as f64 / per_second as f64);
    machine_uptime().checked_sub(started)
}

/// Field 22 of proc(5)'s stat. The second one, a name in brackets, may hold blanks and brackets.
fn start_ticks(stat: &str) -> Option<u64> {
    let (_, rest) = stat.rsplit_once(") ")?;
    rest.split(' ').nth(19)?.parse().ok()
}

/// Resident memory of the process in bytes; 0 if /proc cannot be read. A forked child gets its parent's.
pub fn resident_bytes() -> u64 {
    // Kept open: finding the file takes six times as long as reading it.
    static STATM: OnceLock<Option<File>> = OnceLock::new();
    let mut text = [0; 128];
    let statm = STATM.get_or_init(|| File::open("/proc/self/statm").ok()).as_ref();
    let length = statm.and_then(|statm| statm.read_at(&mut text, 0).ok()).unwrap_or_default();
    let statm = core::str::from_utf8(&text[..length]).unwrap_or_default();
    // SAFETY: asks for a constant of the system.
    let page = unsafe { libc::sysconf(libc::_SC_PAGESIZE) } as u64;
    statm.split(' ').nth(1).and_then(|pages| pages.parse::<u64>().ok()).unwrap_or_default() * page
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_the_start_behind_any_name() {
        let stat = "4711 (a) b (c) S 1 4711 4711 0 -1 4194304 100 0 0 0 1 2 0 0 20 0 1 0 987654 1000 20";
        assert_eq!(start_ticks(stat), Some(987_654));
    }

    #[test]
    fn knows_this_process() {
        let age = age().expect("/proc can be read");
        assert!(age <= machine_uptime());
        assert!(resident_bytes() > 100_000);
    }
}
