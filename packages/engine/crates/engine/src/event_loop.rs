//! Running JavaScript until a promise is settled.

use std::thread;
use std::time::Instant;

use rquickjs::promise::PromiseState;
use rquickjs::{CaughtError, Ctx, Error, Persistent, Promise, Value, qjs};

use crate::deadline::Deadline;
use crate::failure::Failure;
use crate::rejections;
use crate::vm::Vm;
use laconic_timers::OnBehalfOf;

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

/// Looks at connections before a request, at most: a peer that keeps sending must not keep it waiting.
const CATCH_UP_ROUNDS: usize = 8;

/// Runs jobs, timers and I/O until `promise` is settled.
pub fn settle(vm: &mut Vm, promise: &Persistent<Promise<'static>>, deadline: &Deadline) -> Result<(), Stall> {
    loop {
        match vm.with(|ctx| turn(&ctx, promise, deadline)) {
            Turn::Settled => return Ok(()),
            Turn::Expired => return Err(Stall::Expired),
            Turn::Uncaught(failure) => return Err(Stall::Uncaught(failure)),
            Turn::Busy => look_at_io(vm)?,
            Turn::Waiting(idle) => wait(vm, &idle, deadline)?,
        }
    }
}

/// What happened to open connections while no request ran: the peer closed some, the time of others
/// is over. Without this a request would take a dead connection from its pool. What the app throws at
/// that is on no request's account.
pub fn catch_up(vm: &mut Vm, deadline: &Deadline) -> Result<(), Stall> {
    let is_open = vm.with(|ctx| {
        run_left_jobs(&ctx);
        laconic_sockets::is_open(&ctx)
    });
    if !is_open {
        return Ok(());
    }
    // An end is answered, and the answer reported, before the connection is gone.
    for _ in 0..CATCH_UP_ROUNDS {
        look_at_io(vm)?;
        let ran = vm.with(|ctx| {
            let ran = {
                let _nobody = OnBehalfOf::of(0);
                run_io(&ctx, deadline)
            };
            run_timers(&ctx, deadline);
            drain(&ctx, deadline);
            ran
        });
        if !ran {
            break;
        }
    }
    rejections::take_exception(laconic_timers::origin())
        .map_or(Ok(()), |failure| Err(Stall::Uncaught(failure)))
}

/// Runs jobs that the request before left, on its account: it had answered without waiting for them. Those that
/// go on for long take turns with the next request's.
fn run_left_jobs(ctx: &Ctx<'_>) {
    if has_jobs(ctx) {
        let _earlier = OnBehalfOf::of(laconic_timers::origin().saturating_sub(1));
        run_jobs(ctx, true);
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
    while run_jobs(ctx, is_fresh) && !deadline.has_passed() {
        is_fresh = false;
    }
}

enum Turn {
    Settled,
    Expired,
    Uncaught(Failure),
    /// Timers keep falling due: connections must not starve.
    Busy,
    /// Nothing to do until a timer is due, or until I/O.
    Waiting(Idle),
}

/// What an event loop without work may wait for.
struct Idle {
    /// When the next timer is due, whether or not it is waited for.
    timer: Option<Instant>,
    timer_is_awaited: bool,
    io_is_awaited: bool,
}

fn turn<'js>(ctx: &Ctx<'js>, promise: &Persistent<Promise<'static>>, deadline: &Deadline) -> Turn {
    let is_settled = || {
        let promise = promise.clone().restore(ctx);
        promise.is_ok_and(|promise| promise.state() != PromiseState::Pending)
    };
    let mut is_fresh = true;
    loop {
        let more = run_jobs(ctx, is_fresh);
        is_fresh = !more;
        if is_settled() {
            return Turn::Settled;
        }
        if deadline.has_passed() {
            return Turn::Expired;
        }
        if let Some(failure) = rejections::take_exception(laconic_timers::origin()) {
            return Turn::Uncaught(failure);
        }
        if more || run_io(ctx, deadline) {
            continue;
        }
        if !run_timers(ctx, deadline) {
            return Turn::Waiting(idle(ctx));
        }
        if laconic_sockets::is_open(ctx) {
            return Turn::Busy;
        }
    }
}

fn idle(ctx: &Ctx<'_>) -> Idle {
    Idle {
        timer: laconic_timers::next_deadline(ctx),
        timer_is_awaited: laconic_timers::is_awaited(ctx),
        io_is_awaited: laconic_sockets::is_awaited(ctx),
    }
}

/// Reports what happened to connections; false when nothing did.
fn run_io(ctx: &Ctx<'_>, deadline: &Deadline) -> bool {
    laconic_sockets::dispatch(ctx, || drain(ctx, deadline)).unwrap_or_else(|error| {
        rejections::uncaught(error);
        true
    })
}

/// Runs the timers that are due; false when there are none.
fn run_timers(ctx: &Ctx<'_>, deadline: &Deadline) -> bool {
    let ran = laconic_timers::run_due(ctx, rejections::uncaught, || {
        drain(ctx, deadline);
        Ok(())
    });
    ran.unwrap_or_else(|error| {
        rejections::uncaught(error);
        true
    })
}

/// Runs some jobs of the queue; false when it is empty.
/// The ticks of `process.nextTick` are run first of all when JavaScript has just returned, then
/// whenever no job is left, as in Node.
fn run_jobs(ctx: &Ctx<'_>, is_fresh: bool) -> bool {
    if is_fresh {
        laconic_quickjs::set_async_context(ctx, Value::new_undefined(ctx.clone()));
        run_ticks(ctx);
    }
    for _ in 0..JOBS_BETWEEN_LOOKS {
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

/// Runs what `process.nextTick` queued.
pub fn run_ticks(ctx: &Ctx<'_>) {
    if let Err(error) = laconic_node::run_ticks(ctx) {
        rejections::uncaught(CaughtError::from_error(ctx, error));
    }
}

fn wait(vm: &mut Vm, idle: &Idle, deadline: &Deadline) -> Result<(), Stall> {
    let wake = deadline.or_earlier(idle.timer);
    if idle.io_is_awaited || vm.has_futures() {
        return vm.wait_for_io(wake).map_err(Stall::System);
    }
    match wake {
        Some(wake) if idle.timer_is_awaited => {
            // A connection that no request waits for is looked at nevertheless while time passes.
            if vm.with(|ctx| laconic_sockets::is_open(&ctx)) {
                return vm.wait_for_io(Some(wake)).map_err(Stall::System);
            }
            thread::sleep(wake.saturating_duration_since(Instant::now()));
            Ok(())
        }
        _ => Err(Stall::Idle),
    }
}

/// Takes note of I/O that is already there.
fn look_at_io(vm: &mut Vm) -> Result<(), Stall> {
    vm.wait_for_io(Some(Instant::now())).map_err(Stall::System)
}
