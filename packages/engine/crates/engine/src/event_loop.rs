//! Running JavaScript until a promise is settled.

use std::thread;
use std::time::Instant;

use rquickjs::promise::PromiseState;
use rquickjs::{CaughtError, Ctx, Error, Persistent, Promise, Value, qjs};

use crate::deadline::Deadline;
use crate::failure::Failure;
use crate::vm::Vm;
use crate::{modules, rejections};

/// Why a promise was not waited for to the end.
#[derive(Debug)]
pub enum Stall {
    /// The deadline passed.
    Expired,
    /// Nothing is left that could settle it.
    Idle,
    /// A callback threw, and nothing could catch it.
    Uncaught(Failure),
    /// The system refused what waiting needs.
    System(std::io::Error),
}

/// Jobs run between two looks at the clock and at the promise. A chain of jobs that never ends must
/// neither outlive the deadline nor keep a settled promise waiting.
const JOBS_BETWEEN_LOOKS: usize = 256;

/// Runs jobs, timers and I/O until `promise` is settled.
pub fn settle(vm: &mut Vm, promise: &Persistent<Promise<'static>>, deadline: &Deadline) -> Result<(), Stall> {
    loop {
        let has_reactor = vm.reactor().handle().is_some();
        match vm.with(|ctx| turn(&ctx, promise, deadline, has_reactor)) {
            Turn::Settled => return Ok(()),
            Turn::Expired => return Err(Stall::Expired),
            Turn::Uncaught(failure) => return Err(Stall::Uncaught(failure)),
            Turn::Waiting(timer) => wait(vm, timer, deadline)?,
            Turn::NeedsReactor => {
                vm.reactor().start().map_err(Stall::System)?;
                let reactor = vm.reactor().handle();
                let _entered = reactor.as_ref().map(|reactor| reactor.enter());
                return settle(vm, promise, deadline);
            }
        }
    }
}

/// Whether jobs are queued.
pub fn has_jobs(ctx: &Ctx<'_>) -> bool {
    // SAFETY: the runtime of a live context, which the caller has locked.
    unsafe { qjs::JS_IsJobPending(qjs::JS_GetRuntime(ctx.as_raw().as_ptr())) }
}

/// Runs the jobs that are queued, as far as the deadline allows.
pub fn drain(ctx: &Ctx<'_>, deadline: &Deadline) {
    let mut is_fresh = true;
    while run_jobs(ctx, is_fresh, true) && !deadline.has_passed() {
        is_fresh = false;
    }
}

enum Turn {
    Settled,
    Expired,
    Uncaught(Failure),
    /// Nothing to do until this timer is due, or until I/O.
    Waiting(Option<Instant>),
    /// A module was imported whose functions ask for the reactor.
    NeedsReactor,
}

fn turn<'js>(
    ctx: &Ctx<'js>,
    promise: &Persistent<Promise<'static>>,
    deadline: &Deadline,
    has_reactor: bool,
) -> Turn {
    let is_settled = || {
        let promise = promise.clone().restore(ctx);
        promise.is_ok_and(|promise| promise.state() != PromiseState::Pending)
    };
    let mut is_fresh = true;
    loop {
        let more = run_jobs(ctx, is_fresh, has_reactor);
        is_fresh = !more;
        if is_settled() {
            return Turn::Settled;
        }
        if deadline.has_passed() {
            return Turn::Expired;
        }
        if let Some(failure) = rejections::take_exception(llrt_timers::origin()) {
            return Turn::Uncaught(failure);
        }
        if modules::reactor_is_needed() && !has_reactor {
            return Turn::NeedsReactor;
        }
        if more {
            continue;
        }
        let ran = llrt_timers::run_due(ctx, rejections::uncaught, || {
            drain(ctx, deadline);
            Ok(())
        });
        match ran {
            Ok(false) => return Turn::Waiting(llrt_timers::next_deadline(ctx)),
            Ok(true) => {}
            Err(error) => rejections::uncaught(error),
        }
    }
}

/// Runs some jobs of the queue, up to one after which the reactor is needed; false when it is empty.
/// The ticks of `process.nextTick` are run first of all when JavaScript has just returned, then
/// whenever no job is left, as in Node.
fn run_jobs(ctx: &Ctx<'_>, is_fresh: bool, has_reactor: bool) -> bool {
    if is_fresh {
        laconic_quickjs::set_async_context(ctx, Value::new_undefined(ctx.clone()));
        run_ticks(ctx);
    }
    for _ in 0..JOBS_BETWEEN_LOOKS {
        if !has_reactor && modules::reactor_is_needed() {
            return true;
        }
        let mut of = core::ptr::null_mut();
        // SAFETY: the runtime of a live context, which the caller has locked.
        let outcome = unsafe {
            let runtime = qjs::JS_GetRuntime(ctx.as_raw().as_ptr());
            qjs::JS_ExecutePendingJob(runtime, &mut of)
        };
        match outcome {
            0 if laconic_node::has_ticks() => run_ticks(ctx),
            0 => return false,
            1.. => {}
            _ => rejections::uncaught(CaughtError::from_error(ctx, Error::Exception)),
        }
    }
    true
}

fn run_ticks(ctx: &Ctx<'_>) {
    if let Err(error) = laconic_node::run_ticks(ctx) {
        rejections::uncaught(CaughtError::from_error(ctx, error));
    }
}

fn wait(vm: &mut Vm, timer: Option<Instant>, deadline: &Deadline) -> Result<(), Stall> {
    let wake = deadline.or_earlier(timer);
    if vm.has_futures() {
        return vm.wait_for_futures(wake).map_err(Stall::System);
    }
    match (timer, wake) {
        (Some(_), Some(wake)) => thread::sleep(wake.saturating_duration_since(Instant::now())),
        _ => return Err(Stall::Idle),
    }
    Ok(())
}
