//! Giving up what is no longer this process's: the peers of a restored process talked to another one, and the
//! parent of a forked one goes on using the same connections.

use std::io;
use std::mem;
use std::os::fd::{AsRawFd, FromRawFd, OwnedFd, RawFd};

use crate::event::Event;
use crate::handle::Resource;

/// libuv's number for a lookup that may succeed when it is tried again.
const TRY_AGAIN: i32 = -3001;

/// How a connection is given up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Parting {
    /// It is closed.
    Closed,
    /// Another process has it too, and waits for it by the same epoll: this process's descriptor is closed,
    /// and nothing else is done that the other one would notice.
    Shared,
}

impl Resource {
    /// Gives up what the handle has; what JavaScript is told of it is what the system says of a connection
    /// that was reset. `None` when there is nothing that could be lost.
    pub fn part(&mut self, parting: Parting) -> Option<Event> {
        let reset = |operation| Event::failed(operation, &io::Error::from_raw_os_error(libc::ECONNRESET));
        let event = match self {
            Resource::Connecting(_) | Resource::OpeningDatagrams(_) => reset("connect"),
            Resource::Stream(_) | Resource::Datagrams(_) => reset("read"),
            Resource::Binding(_) => reset("listen"),
            Resource::BindingDatagrams(_) => reset("bind"),
            Resource::Running(_) => Event::failed("wait", &io::Error::from_raw_os_error(libc::ECHILD)),
            Resource::Listener(_) => reset("accept"),
            Resource::LookingUp(_) | Resource::NamingAddress(_) => Event::Failed("lookup", TRY_AGAIN),
            Resource::Spent => return None,
        };
        let lost = mem::replace(self, Resource::Spent);
        match parting {
            Parting::Closed => drop(lost),
            Parting::Shared => close_copy(lost),
        }
        Some(event)
    }

    fn descriptor(&self) -> Option<RawFd> {
        match self {
            Resource::Stream(stream) => Some(stream.socket().options().as_raw_fd()),
            Resource::Listener(listener) => Some(listener.as_raw_fd()),
            Resource::Datagrams(socket) => Some(socket.as_raw_fd()),
            Resource::Running(exit) => Some(exit.descriptor()),
            // What is being opened keeps its descriptor to itself.
            _ => None,
        }
    }
}

/// Closes the descriptor alone. Dropping the socket would take it out of the epoll that the parent waits on.
fn close_copy(lost: Resource) {
    let descriptor = lost.descriptor();
    mem::forget(lost);
    if let Some(descriptor) = descriptor {
        // SAFETY: the descriptor is open, and its owner was just forgotten.
        drop(unsafe { OwnedFd::from_raw_fd(descriptor) });
    }
}
