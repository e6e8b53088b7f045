//! Waiting for sockets, files and other threads.

use std::future::{Future, poll_fn};
use std::pin::pin;
use std::task::{Context, Poll};
use std::time::Instant;

use rquickjs::{AsyncContext, AsyncRuntime, CaughtError, Error};
use tokio::runtime::{Builder, Runtime};

use crate::rejections;
use crate::vm::ready;

/// A tokio runtime that is made when it is first needed: it opens descriptors, which an initialised
/// app must not hold, and most requests never wait for any.
#[derive(Default)]
pub struct Reactor(Option<Runtime>);

impl Reactor {
    /// Forgets the runtime without closing it: its descriptors are another process's too, and closing
    /// them here would tell the system to stop waiting on them there.
    pub fn abandon(&mut self) {
        std::mem::forget(self.0.take());
    }

    /// Closes every socket and forgets what waited for it.
    pub fn stop(&mut self) {
        if let Some(tokio) = self.0.take() {
            // Not joined: a thread that waits for a file system would hold up the host.
            tokio.shutdown_background();
        }
    }

    /// Makes the runtime unless it exists.
    pub fn start(&mut self) -> std::io::Result<&Runtime> {
        if self.0.is_none() {
            self.0 = Some(Builder::new_current_thread().enable_all().build()?);
        }
        self.0.as_ref().ok_or_else(|| std::io::Error::other("the runtime that was just made is gone"))
    }

    /// Drives the futures that JavaScript waits for, and its connections, until one makes progress, or
    /// until `wake`.
    pub fn wait(
        &mut self,
        runtime: &AsyncRuntime,
        context: &AsyncContext,
        wake: Option<Instant>,
    ) -> std::io::Result<()> {
        let tokio = self.start()?;
        let progress =
            poll_fn(|cx| {
                // In a statement of its own: one that waits holds the machine's lock for as long as it lives.
                let polled = pin!(runtime.execute_pending_job()).poll(cx);
                match polled {
                    Poll::Ready(Ok(false)) | Poll::Pending => poll_sockets(context, cx),
                    Poll::Ready(Ok(true)) => Poll::Ready(()),
                    Poll::Ready(Err(exception)) => {
                        // A job of the queue threw.
                        ready(exception.0.with(|ctx| {
                            rejections::uncaught(CaughtError::from_error(&ctx, Error::Exception))
                        }));
                        Poll::Ready(())
                    }
                }
            });
        tokio.block_on(async {
            match wake {
                Some(wake) if wake <= Instant::now() => {
                    // The driver runs only when its task waits: without this, what is there would not be seen.
                    tokio::task::yield_now().await;
                    // Asked once. tokio's timers count whole milliseconds: a timeout that is over can take one more.
                    let mut progress = pin!(progress);
                    poll_fn(|cx| {
                        let _ = progress.as_mut().poll(cx);
                        Poll::Ready(())
                    })
                    .await;
                }
                Some(wake) => {
                    // Elapsed or progress: either way the loop looks again.
                    let _ = tokio::time::timeout_at(wake.into(), progress).await;
                }
                None => progress.await,
            }
        });
        Ok(())
    }
}

fn poll_sockets(context: &AsyncContext, cx: &mut Context<'_>) -> Poll<()> {
    // The task's context cannot go into the closure, which has to be sendable; its waker can.
    let waker = cx.waker().clone();
    let progress =
        ready(context.with(move |ctx| laconic_sockets::poll(&ctx, &mut Context::from_waker(&waker))));
    if progress { Poll::Ready(()) } else { Poll::Pending }
}
