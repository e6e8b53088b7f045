//! Signals: SIGTERM, by which Lambda says that the sandbox ends, and SIGPIPE.

use std::io::{self, ErrorKind};
use std::os::fd::{AsRawFd, RawFd};
use std::sync::atomic::{AtomicI32, Ordering::Relaxed};

/// The end of the pipe that the signal's handler writes to.
static ALARM: AtomicI32 = AtomicI32::new(-1);

/// SIGTERM as something that can be waited for: a request that runs is answered first, whenever the signal comes.
pub struct Termination {
    /// Open as long as the process: the handler writes to its other end.
    alarm: RawFd,
}

impl Termination {
    /// From here on the signals do not end the process. A connection that was closed is an error of what is written to it:
    /// this program does not begin in Rust's own start-up, which sees to that.
    pub fn watch() -> io::Result<Termination> {
        let mut ends = [0; 2];
        // SAFETY: room for two descriptors.
        if unsafe { libc::pipe2(ends.as_mut_ptr(), libc::O_CLOEXEC | libc::O_NONBLOCK) } < 0 {
            return Err(io::Error::last_os_error());
        }
        ALARM.store(ends[1], Relaxed);
        // SAFETY: no handler is installed.
        unsafe { libc::signal(libc::SIGPIPE, libc::SIG_IGN) };
        // SAFETY: the handler does what a handler may: it reads an atomic and writes to a descriptor.
        unsafe { libc::signal(libc::SIGTERM, on_signal as *const () as libc::sighandler_t) };
        Ok(Termination { alarm: ends[0] })
    }

    /// Calls `act` when the signal came since this was asked. When `act` says that the process is to end, that is an error of
    /// the kind [`ErrorKind::Interrupted`].
    pub fn heed(&self, act: &mut dyn FnMut() -> bool) -> io::Result<()> {
        if self.take() && act() { Err(ErrorKind::Interrupted.into()) } else { Ok(()) }
    }

    /// Waits until there is something to read, and heeds the signal until then.
    pub fn wait(&self, stream: &impl AsRawFd, act: &mut dyn FnMut() -> bool) -> io::Result<()> {
        let wanted = |fd| libc::pollfd { fd, events: libc::POLLIN, revents: 0 };
        loop {
            let mut polled = [wanted(stream.as_raw_fd()), wanted(self.alarm)];
            // SAFETY: as many as the array has.
            let ready = unsafe { libc::poll(polled.as_mut_ptr(), 2, -1) };
            let error = io::Error::last_os_error();
            if ready < 0 && error.kind() != ErrorKind::Interrupted {
                return Err(error);
            }
            if ready > 0 && polled[0].revents != 0 {
                return Ok(());
            }
            self.heed(act)?;
        }
    }

    fn take(&self) -> bool {
        let mut bytes = [0_u8; 64];
        // SAFETY: as many bytes as there is room for; the descriptor does not block.
        unsafe { libc::read(self.alarm, bytes.as_mut_ptr().cast(), bytes.len()) > 0 }
    }
}

extern "C" fn on_signal(_: libc::c_int) {
    // SAFETY: the C library's errno of this thread, which is what the interrupted code may be about to read.
    let errno = unsafe { libc::__errno_location() };
    // SAFETY: as above; one byte of a constant. A pipe that is full already says the same.
    unsafe {
        let kept = *errno;
        libc::write(ALARM.load(Relaxed), b"t".as_ptr().cast(), 1);
        *errno = kept;
    }
}
