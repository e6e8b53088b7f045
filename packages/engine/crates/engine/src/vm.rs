//! The JavaScript virtual machine of an app.

use std::future::Future;
use std::pin::pin;
use std::task::{Context, Poll, Waker};
use std::time::Instant;

use rquickjs::{AsyncContext, AsyncRuntime, CatchResultExt, Ctx, Object};

use crate::failure::{Failure, Status};
use crate::linked::Linked;
use crate::modules::BuiltIns;
use crate::reactor::Reactor;
use crate::script_memory::ScriptMemory;
use crate::{deadline, memory, rejections, stack};

/// QuickJS with its globals, and what drives it.
pub struct Vm {
    runtime: AsyncRuntime,
    context: AsyncContext,
    reactor: Reactor,
}

/// Frames in an error's stack. QuickJS's default of 10 is Node's too; framework code eats that.
const STACK_TRACE_LIMIT: i32 = 30;

/// Bytes of heap before QuickJS looks for garbage for the first time; it sets each later mark itself, to
/// half as much again as it found alive. Its own first mark of 256 KB is passed by what it is made of,
/// and then several times by any app that is loaded, which makes objects and no garbage.
const FIRST_COLLECTION: usize = 8 << 20;

impl Vm {
    /// A machine with these features and without an app. Opens no descriptor and starts no thread.
    pub fn new(linked: &Linked) -> Result<Vm, Failure> {
        let failed = |error: rquickjs::Error| {
            Failure::new(Status::InitFailed, "EngineError", format!("The engine could not start: {error}."))
        };
        memory::limit_to_function();
        let memory = ScriptMemory::new().ok_or(rquickjs::Error::Allocation).map_err(failed)?;
        let runtime = AsyncRuntime::new_with_alloc(memory).map_err(failed)?;
        ready(runtime.set_gc_threshold(FIRST_COLLECTION));
        ready(runtime.set_max_stack_size(stack::available()));
        ready(runtime.set_loader(BuiltIns(linked.clone()), BuiltIns(linked.clone())));
        ready(runtime.set_interrupt_handler(Some(Box::new(deadline::interrupt))));
        ready(runtime.set_host_promise_rejection_tracker(Some(Box::new(rejections::track))));
        let context = ready(AsyncContext::full(&runtime)).map_err(failed)?;
        let vm = Vm { runtime, context, reactor: Reactor::default() };
        vm.with(|ctx| {
            laconic_quickjs::allow_waiting(&ctx);
            linked
                .announce(&ctx)
                .and_then(|()| {
                    ctx.globals().get::<_, Object>("Error")?.set("stackTraceLimit", STACK_TRACE_LIMIT)
                })
                .catch(&ctx)
                .map_err(|error| Failure::caught(error, Status::InitFailed))
        })?;
        Ok(vm)
    }

    /// Runs `act` in the machine.
    pub fn with<R>(&self, act: impl for<'js> FnOnce(Ctx<'js>) -> R) -> R {
        let mut result = None;
        let task = OnThisThread(|ctx: Ctx<'_>| result = Some(act(ctx)));
        ready(self.context.with(|ctx| task.run(ctx)));
        result.unwrap_or_else(|| unreachable!("the task ran before `ready` returned"))
    }

    /// Adapts the machine to the stack of the thread that is about to use it, and leaves behind the async
    /// context in which an earlier request may have ended.
    pub fn enter_thread(&self) {
        ready(self.runtime.set_max_stack_size(stack::available()));
        self.with(|ctx| {
            laconic_quickjs::set_async_context(&ctx, rquickjs::Value::new_undefined(ctx.clone()))
        });
    }

    /// Frees what only garbage refers to, when memory runs low: buffers that belong to Rust do not make
    /// QuickJS look for garbage by itself.
    pub fn collect_when_scarce(&self) {
        if memory::wants_collection() {
            self.collect();
        }
    }

    /// Frees what only garbage refers to.
    pub fn collect(&self) {
        ready(self.runtime.run_gc());
        memory::collected();
    }

    /// Whether JavaScript waits for something that only the reactor can bring about.
    pub fn has_futures(&self) -> bool {
        ready(self.runtime.is_job_pending())
    }

    /// Drives those futures, and connections, until one makes progress, or until `wake`.
    pub fn wait_for_io(&mut self, wake: Option<Instant>) -> std::io::Result<()> {
        self.reactor.wait(&self.runtime, &self.context, wake)
    }

    /// What waits for sockets and files.
    pub fn reactor(&mut self) -> &mut Reactor {
        &mut self.reactor
    }
}

/// A closure that never leaves the thread that made it, in a place that would let it.
struct OnThisThread<F>(F);

// SAFETY: `Vm::with` runs the closure before it returns, on the thread that called it.
unsafe impl<F> Send for OnThisThread<F> {}

impl<F> OnThisThread<F> {
    fn run<'js>(self, ctx: Ctx<'js>)
    where
        F: FnOnce(Ctx<'js>),
    {
        (self.0)(ctx);
    }
}

/// The result of a future that does not wait: the machine's lock is only ever taken by the thread
/// that holds the app.
pub fn ready<F: Future>(future: F) -> F::Output {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(result) => result,
        Poll::Pending => unreachable!("the machine is in use by another thread, or entered twice"),
    }
}
