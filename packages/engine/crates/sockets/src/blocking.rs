//! Running a program to its end, while nothing else happens: `spawnSync`.

use std::io::{self, Read, Write};
use std::os::fd::AsRawFd;
use std::os::unix::net::UnixStream;
use std::time::{Duration, Instant};

use crate::child::{Program, Started, collect};

/// Most bytes that are read at a time.
const CHUNK: usize = 64 * 1024;

/// When a program is ended before its own end, and by which signal.
pub struct Limits {
    until: Option<Instant>,
    largest: usize,
    signal: i32,
}

impl Limits {
    /// @param timeout milliseconds; 0 is for ever
    pub fn new(timeout: f64, largest: f64, signal: i32) -> Limits {
        let timeout = (timeout > 0.0).then(|| Duration::from_secs_f64(timeout / 1000.0));
        let until = timeout.and_then(|timeout| Instant::now().checked_add(timeout));
        Limits { until, largest: largest as usize, signal }
    }

    /// Milliseconds that are left, as poll() has them.
    fn left(&self) -> i32 {
        self.until.map_or(-1, |until| {
            let left = until.saturating_duration_since(Instant::now()).as_millis() + 1;
            left.try_into().unwrap_or(i32::MAX)
        })
    }

    fn is_over(&self) -> bool {
        self.until.is_some_and(|until| until <= Instant::now())
    }
}

/// How it went.
pub struct Outcome {
    pub pid: u32,
    pub end: [i32; 2],
    /// What came by each pipe, by the program's descriptors.
    pub outputs: Vec<Option<Vec<u8>>>,
    /// Why it was ended.
    pub errno: Option<i32>,
}

/// One of the program's pipes.
struct Pipe {
    stream: Option<UnixStream>,
    content: Vec<u8>,
}

pub fn run(program: Program, input: Vec<u8>, limits: &Limits) -> io::Result<Outcome> {
    let Started { pid, exit, pipes } = program.start()?;
    let mut pipes: Vec<_> = pipes.into_iter().map(|stream| Pipe { stream, content: Vec::new() }).collect();
    let has_pipe: Vec<bool> = pipes.iter().map(|pipe| pipe.stream.is_some()).collect();
    let mut sent = 0;
    let mut errno = None;
    let mut end = None;
    loop {
        feed(&mut pipes, &input, &mut sent);
        if errno.is_none() {
            errno = limits.is_over().then_some(-libc::ETIMEDOUT);
            if pipes.iter().any(|pipe| pipe.content.len() > limits.largest) {
                errno = Some(-libc::ENOBUFS);
            }
            if errno.is_some() {
                // SAFETY: the call takes numbers alone; the process is not collected yet, or the signal fails.
                unsafe { libc::kill(pid as libc::pid_t, limits.signal) };
            }
        }
        if end.is_none() {
            end = collect(pid, libc::WNOHANG)?;
        }
        // What a program of its own still holds open is not waited for once this one was ended.
        let is_done = pipes.iter().skip(1).all(|pipe| pipe.stream.is_none()) || errno.is_some();
        if let Some(end) = end.filter(|_| is_done) {
            let outputs = pipes.into_iter().zip(has_pipe).enumerate().map(|(index, (mut pipe, is_pipe))| {
                pipe.content.truncate(limits.largest);
                (is_pipe && index > 0).then_some(pipe.content)
            });
            return Ok(Outcome { pid, end, outputs: outputs.collect(), errno });
        }
        let timeout = if errno.is_some() { -1 } else { limits.left() };
        wait(&pipes, sent < input.len(), end.is_none().then(|| exit.descriptor()), timeout)?;
        for pipe in pipes.iter_mut().skip(1) {
            pipe.read(limits.largest);
        }
    }
}

/// Writes what the program takes; its input ends when all is written, or when it takes no more.
fn feed(pipes: &mut [Pipe], input: &[u8], sent: &mut usize) {
    let Some(pipe) = pipes.first_mut() else { return };
    while let Some(stream) = &mut pipe.stream {
        if *sent == input.len() {
            pipe.stream = None;
            return;
        }
        match stream.write(&input[*sent..]) {
            Ok(count) => *sent += count,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => return,
            Err(_) => pipe.stream = None,
        }
    }
}

impl Pipe {
    fn read(&mut self, largest: usize) {
        let mut chunk = [0; CHUNK];
        while let Some(stream) = &mut self.stream {
            match stream.read(&mut chunk) {
                Ok(0) => self.stream = None,
                Ok(count) => {
                    self.content.extend_from_slice(&chunk[..count]);
                    if self.content.len() > largest {
                        return;
                    }
                }
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => return,
                Err(_) => self.stream = None,
            }
        }
    }
}

/// Waits until a pipe or the program has something to tell.
fn wait(pipes: &[Pipe], is_writing: bool, exit: Option<i32>, timeout: i32) -> io::Result<()> {
    let mut watched: Vec<libc::pollfd> = pipes
        .iter()
        .enumerate()
        .filter_map(|(index, pipe)| {
            let events = if index == 0 && is_writing { libc::POLLOUT } else { libc::POLLIN };
            Some(libc::pollfd { fd: pipe.stream.as_ref()?.as_raw_fd(), events, revents: 0 })
        })
        .collect();
    watched.extend(exit.map(|fd| libc::pollfd { fd, events: libc::POLLIN, revents: 0 }));
    // SAFETY: the list is as long as it says.
    match unsafe { libc::poll(watched.as_mut_ptr(), watched.len() as libc::nfds_t, timeout) } {
        result if result < 0 => {
            let error = io::Error::last_os_error();
            if error.kind() == io::ErrorKind::Interrupted { Ok(()) } else { Err(error) }
        }
        _ => Ok(()),
    }
}
