//! Programs that the app starts.

use std::ffi::OsString;
use std::fs::File;
use std::io;
use std::os::fd::{AsRawFd, BorrowedFd, FromRawFd, OwnedFd, RawFd};
use std::os::unix::net::UnixStream;
use std::os::unix::process::CommandExt;
use std::process::Command;
use std::task::{Context, Poll};

use tokio::io::Interest;
use tokio::io::unix::AsyncFd;

use crate::event::Event;

/// What becomes of one descriptor of the program.
pub enum Channel {
    /// Both ends of a connection; ours is given back.
    Pipe,
    Ignore,
    /// A descriptor of this process.
    Shared(RawFd),
}

/// A program and how to run it.
pub struct Program {
    pub file: OsString,
    pub arguments: Vec<OsString>,
    pub arg0: Option<OsString>,
    pub environment: Vec<(OsString, OsString)>,
    pub folder: Option<OsString>,
    pub uid: Option<u32>,
    pub gid: Option<u32>,
    pub is_detached: bool,
    pub channels: Vec<Channel>,
}

/// A program that runs.
pub struct Started {
    pub pid: u32,
    pub exit: Exit,
    /// Our ends of its pipes, by its descriptors.
    pub pipes: Vec<Option<UnixStream>>,
}

impl Program {
    pub fn start(self) -> io::Result<Started> {
        let mut command = Command::new(&self.file);
        command.args(&self.arguments).env_clear().envs(self.environment);
        if let Some(arg0) = &self.arg0 {
            command.arg0(arg0);
        }
        if let Some(folder) = &self.folder {
            command.current_dir(folder);
        }
        if let Some(gid) = self.gid {
            command.gid(gid);
        }
        if let Some(uid) = self.uid {
            command.uid(uid);
        }
        if self.is_detached {
            // SAFETY: setsid is among what may be called between fork and exec.
            unsafe {
                command.pre_exec(|| if libc::setsid() < 0 { Err(io::Error::last_os_error()) } else { Ok(()) })
            };
        }
        let mut pipes = Vec::new();
        let mut further = Vec::new();
        for (number, channel) in self.channels.iter().enumerate() {
            let (ours, theirs) = open(channel)?;
            pipes.push(ours);
            match number {
                0 => drop(command.stdin(theirs)),
                1 => drop(command.stdout(theirs)),
                2 => drop(command.stderr(theirs)),
                _ => further.push((number as RawFd, theirs)),
            }
        }
        further_descriptors(&mut command, further)?;
        let child = command.spawn()?;
        Ok(Started { pid: child.id(), exit: Exit::of(child.id())?, pipes })
    }
}

/// Our end, and the program's.
fn open(channel: &Channel) -> io::Result<(Option<UnixStream>, OwnedFd)> {
    Ok(match channel {
        Channel::Pipe => {
            let (ours, theirs) = UnixStream::pair()?;
            ours.set_nonblocking(true)?;
            (Some(ours), theirs.into())
        }
        Channel::Ignore => (None, File::options().read(true).write(true).open("/dev/null")?.into()),
        Channel::Shared(descriptor) => {
            // SAFETY: it is only copied, which fails for what is not open.
            (None, unsafe { BorrowedFd::borrow_raw(*descriptor) }.try_clone_to_owned()?)
        }
    })
}

/// Descriptors beyond the standard three, which the standard library does not know of.
fn further_descriptors(command: &mut Command, further: Vec<(RawFd, OwnedFd)>) -> io::Result<()> {
    // Above all places that the program's take, so that none is written over before it is copied.
    let Some(beyond) = further.iter().map(|(number, _)| *number + 1).max() else { return Ok(()) };
    let mut copies = Vec::new();
    for (number, theirs) in further {
        // SAFETY: the descriptor is open.
        let copy = unsafe { libc::fcntl(theirs.as_raw_fd(), libc::F_DUPFD_CLOEXEC, beyond) };
        if copy < 0 {
            return Err(io::Error::last_os_error());
        }
        // SAFETY: it was made just now.
        copies.push((number, unsafe { OwnedFd::from_raw_fd(copy) }));
    }
    // SAFETY: dup2 is among what may be called between fork and exec; the copies live as long as the command.
    unsafe {
        command.pre_exec(move || {
            for (number, copy) in &copies {
                if libc::dup2(copy.as_raw_fd(), *number) < 0 {
                    return Err(io::Error::last_os_error());
                }
            }
            Ok(())
        })
    };
    Ok(())
}

/// Waits for a program's end.
pub enum Exit {
    /// Not yet known to the event loop: there may be none.
    New(OwnedFd, u32),
    Watched(AsyncFd<OwnedFd>, u32),
}

impl Exit {
    fn of(pid: u32) -> io::Result<Exit> {
        // SAFETY: the call takes numbers alone.
        match unsafe { libc::syscall(libc::SYS_pidfd_open, pid, 0) } {
            number if number < 0 => Err(io::Error::last_os_error()),
            // SAFETY: the system made it just now.
            number => Ok(Exit::New(unsafe { OwnedFd::from_raw_fd(number as RawFd) }, pid)),
        }
    }

    /// Reports the end; true when it came.
    pub fn poll(&mut self, cx: &mut Context<'_>, report: &mut impl FnMut(Event)) -> bool {
        match self.poll_end(cx) {
            Poll::Pending => false,
            Poll::Ready(Ok([code, signal])) => {
                report(Event::Exit(code, signal));
                true
            }
            Poll::Ready(Err(error)) => {
                report(Event::failed("wait", &error));
                true
            }
        }
    }

    fn poll_end(&mut self, cx: &mut Context<'_>) -> Poll<io::Result<[i32; 2]>> {
        if let Exit::New(descriptor, pid) = self {
            let pid = *pid;
            // SAFETY: an owned descriptor stays open and the same for as long as it lives.
            let watched =
                unsafe { AsyncFd::register_with_interest(descriptor.try_clone()?, Interest::READABLE) };
            *self = Exit::Watched(watched?, pid);
        }
        let Exit::Watched(descriptor, pid) = self else { return Poll::Pending };
        loop {
            let mut guard = std::task::ready!(descriptor.poll_read_ready(cx))?;
            match collect(*pid, libc::WNOHANG)? {
                Some(end) => return Poll::Ready(Ok(end)),
                None => guard.clear_ready(),
            }
        }
    }

    pub fn descriptor(&self) -> RawFd {
        match self {
            Exit::New(descriptor, _) => descriptor.as_raw_fd(),
            Exit::Watched(descriptor, _) => descriptor.as_raw_fd(),
        }
    }
}

/// The code and the signal with which a program ended; one of them is not there (-1, 0).
pub fn collect(pid: u32, options: libc::c_int) -> io::Result<Option<[i32; 2]>> {
    let mut status = 0;
    loop {
        // SAFETY: the call fills the number alone.
        match unsafe { libc::waitpid(pid as libc::pid_t, &mut status, options) } {
            0 => return Ok(None),
            ended if ended > 0 => break,
            _ => {
                let error = io::Error::last_os_error();
                if error.kind() != io::ErrorKind::Interrupted {
                    return Err(error);
                }
            }
        }
    }
    Ok(Some(if libc::WIFEXITED(status) {
        [libc::WEXITSTATUS(status), 0]
    } else {
        [-1, libc::WTERMSIG(status)]
    }))
}
