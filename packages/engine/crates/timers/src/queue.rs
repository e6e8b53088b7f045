//! The timers of a context, in the order in which they fall due.

use std::cell::RefCell;
use std::collections::{BTreeMap, HashMap};
use std::time::{Duration, Instant};

use rquickjs::function::Args;
use rquickjs::{CatchResultExt, CaughtError, Class, Ctx, Exception, Function, JsLifetime, Result, Value};

use crate::origin::{OnBehalfOf, origin};
use crate::timeout::Timeout;

/// When a timer fires.
#[derive(Clone, Copy)]
pub enum Schedule {
    /// Before every timer with a delay.
    Immediate,
    /// After this many milliseconds.
    Once(u64),
    /// Every so many milliseconds.
    Every(u64),
}

/// A timer falls due in the order of its deadline, then of its number. `None` sorts first: immediate.
type Key = (Option<Instant>, u64);

struct Timer<'js> {
    callback: Function<'js>,
    arguments: Vec<Value<'js>>,
    schedule: Schedule,
    /// False after `unref()`: the event loop does not wait for it.
    referenced: bool,
    handle: Option<Class<'js, Timeout>>,
    /// The request that set it.
    origin: u64,
    /// The async context of the code that started the timer, which the callback runs in.
    context: Value<'js>,
}

#[derive(Default)]
struct Queue<'js> {
    due: BTreeMap<Key, Timer<'js>>,
    keys: HashMap<u64, Key>,
    /// How many of them the event loop waits for.
    referenced: usize,
    last_id: u64,
}

#[derive(Default, JsLifetime)]
pub struct Timers<'js>(RefCell<Queue<'js>>);

// SAFETY: the type parameter is the only thing that 'js appears in, and it changes with it.
unsafe impl<'js> JsLifetime<'js> for Queue<'js> {
    type Changed<'to> = Queue<'to>;
}

/// Queues a timer and returns its number.
pub fn add<'js>(
    ctx: &Ctx<'js>,
    callback: Function<'js>,
    arguments: Vec<Value<'js>>,
    schedule: Schedule,
    handle: Option<Class<'js, Timeout>>,
) -> Result<u64> {
    with_queue(ctx, |queue| {
        queue.last_id += 1;
        let id = queue.last_id;
        let context = laconic_quickjs::async_context(ctx);
        let timer =
            Timer { callback, arguments, schedule, referenced: true, handle, origin: origin(), context };
        queue.insert(id, timer);
        id
    })
}

/// Removes a timer; one that has fired or never was is no error.
pub fn remove(ctx: &Ctx<'_>, id: u64) -> Result<()> {
    // Dropped after the borrow ends: freeing a value may run a finaliser.
    let removed = with_queue(ctx, |queue| queue.take(id))?;
    drop(removed);
    Ok(())
}

/// Sets whether the event loop waits for the timer.
pub fn set_referenced(ctx: &Ctx<'_>, id: u64, referenced: bool) -> Result<()> {
    with_queue(ctx, |queue| {
        if let Some(timer) = queue.keys.get(&id).and_then(|key| queue.due.get_mut(key)) {
            queue.referenced -= usize::from(timer.referenced);
            queue.referenced += usize::from(referenced);
            timer.referenced = referenced;
        }
    })
}

/// Whether the event loop waits for the timer; false when it has fired.
pub fn is_referenced(ctx: &Ctx<'_>, id: u64) -> Result<bool> {
    with_queue(ctx, |queue| {
        queue.keys.get(&id).and_then(|key| queue.due.get(key)).is_some_and(|timer| timer.referenced)
    })
}

/// Starts the timer's delay again from now.
pub fn refresh(ctx: &Ctx<'_>, id: u64) -> Result<()> {
    with_queue(ctx, |queue| {
        if let Some(timer) = queue.take(id) {
            queue.insert(id, timer);
        }
    })
}

/// When the next timer falls due. A deadline in the past means that it is due now.
pub fn next_deadline(ctx: &Ctx<'_>) -> Option<Instant> {
    with_queue(ctx, |queue| {
        let first = queue.due.keys().next()?;
        Some(first.0.unwrap_or_else(Instant::now))
    })
    .ok()
    .flatten()
}

/// Removes the timers that a request set.
pub fn remove_of(ctx: &Ctx<'_>, origin: u64) -> Result<()> {
    let removed = with_queue(ctx, |queue| {
        let of = |(id, key): (&u64, &Key)| (queue.due.get(key)?.origin == origin).then_some(*id);
        let ids: Vec<u64> = queue.keys.iter().filter_map(of).collect();
        ids.into_iter().filter_map(|id| queue.take(id)).collect::<Vec<_>>()
    })?;
    drop(removed);
    Ok(())
}

/// Whether the event loop has to wait for a timer, though nothing else keeps it alive.
pub fn is_awaited(ctx: &Ctx<'_>) -> bool {
    with_queue(ctx, |queue| queue.referenced > 0).unwrap_or(false)
}

/// Runs the timers that are due, each followed by `after` (which drains the job queue), as Node does
/// between timers. Timers that these start wait for the next turn. `uncaught` is told what a callback
/// throws. Returns whether one ran.
pub fn run_due<'js>(
    ctx: &Ctx<'js>,
    mut uncaught: impl FnMut(CaughtError<'js>),
    mut after: impl FnMut() -> std::result::Result<(), CaughtError<'js>>,
) -> std::result::Result<bool, CaughtError<'js>> {
    let now = Instant::now();
    let newest = with_queue(ctx, |queue| queue.last_id).catch(ctx)?;
    let mut ran = false;
    while let Some(due) = with_queue(ctx, |queue| queue.pop_due(now, newest)).catch(ctx)? {
        ran = true;
        let mut call = Args::new(ctx.clone(), due.arguments.len());
        call.push_args(due.arguments).catch(ctx)?;
        // Node's callbacks find their own timer there: `clearInterval(this)`.
        if let Some(handle) = due.handle {
            call.this(handle).catch(ctx)?;
        }
        let _origin = OnBehalfOf::of(due.origin);
        laconic_quickjs::set_async_context(ctx, due.context);
        let outcome = due.callback.call_arg::<Value>(call).catch(ctx);
        laconic_quickjs::set_async_context(ctx, Value::new_undefined(ctx.clone()));
        if let Err(error) = outcome {
            uncaught(error);
        }
        after()?;
    }
    Ok(ran)
}

/// A timer's call, out of the queue.
struct Due<'js> {
    origin: u64,
    callback: Function<'js>,
    arguments: Vec<Value<'js>>,
    context: Value<'js>,
    handle: Option<Class<'js, Timeout>>,
}

impl<'js> Queue<'js> {
    fn insert(&mut self, id: u64, timer: Timer<'js>) {
        let deadline = match timer.schedule {
            Schedule::Immediate => None,
            // A delay below one millisecond is one, as in Node.
            Schedule::Once(delay) | Schedule::Every(delay) => {
                Some(Instant::now() + Duration::from_millis(delay.max(1)))
            }
        };
        self.referenced += usize::from(timer.referenced);
        self.keys.insert(id, (deadline, id));
        self.due.insert((deadline, id), timer);
    }

    fn take(&mut self, id: u64) -> Option<Timer<'js>> {
        let taken = self.keys.remove(&id).and_then(|key| self.due.remove(&key));
        self.referenced -= usize::from(taken.as_ref().is_some_and(|timer| timer.referenced));
        taken
    }

    fn pop_due(&mut self, now: Instant, newest: u64) -> Option<Due<'js>> {
        let id = self
            .due
            .keys()
            .take_while(|(deadline, _)| deadline.is_none_or(|deadline| deadline <= now))
            .find(|(_, id)| *id <= newest)?
            .1;
        let timer = self.take(id)?;
        let call = Due {
            callback: timer.callback.clone(),
            arguments: timer.arguments.clone(),
            origin: timer.origin,
            context: timer.context.clone(),
            handle: timer.handle.clone(),
        };
        if let Schedule::Every(_) = timer.schedule {
            self.insert(id, timer);
        } else if let Some(handle) = &timer.handle {
            handle.borrow_mut().fired();
        }
        Some(call)
    }
}

fn with_queue<'js, R>(ctx: &Ctx<'js>, act: impl FnOnce(&mut Queue<'js>) -> R) -> Result<R> {
    if ctx.userdata::<Timers>().is_none() {
        let _ = ctx.store_userdata(Timers::default());
    }
    let timers = ctx
        .userdata::<Timers>()
        .ok_or_else(|| Exception::throw_internal(ctx, "timers are not available here"))?;
    Ok(act(&mut timers.0.borrow_mut()))
}
