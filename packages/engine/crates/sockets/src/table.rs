//! The handles of a context, and the events that they have yet to report.

use std::cell::RefCell;
use std::collections::{BTreeMap, VecDeque};
use std::task::Context;

use rquickjs::{CatchResultExt, CaughtError, Ctx, Exception, Function, JsLifetime, Result};

use crate::event::Event;
use crate::handle::Resource;
use crate::parting::Parting;

pub struct Handle<'js> {
    pub resource: Resource,
    /// Called with each event.
    pub listener: Option<Function<'js>>,
    /// False after `unref()`: no request waits for it.
    pub referenced: bool,
}

#[derive(Default)]
pub struct Table<'js> {
    handles: BTreeMap<u64, Handle<'js>>,
    /// A closed handle's last event goes to the listener that it had.
    events: VecDeque<(u64, Option<Function<'js>>, Event)>,
    last_id: u64,
}

#[derive(Default, JsLifetime)]
struct Sockets<'js>(RefCell<Table<'js>>);

// SAFETY: the type parameter is the only thing that 'js appears in, and it changes with it.
unsafe impl<'js> JsLifetime<'js> for Table<'js> {
    type Changed<'to> = Table<'to>;
}

impl<'js> Table<'js> {
    pub fn insert(&mut self, resource: Resource, listener: Option<Function<'js>>) -> u64 {
        self.last_id += 1;
        self.handles.insert(self.last_id, Handle { resource, listener, referenced: true });
        self.last_id
    }

    pub fn get(&mut self, id: u64) -> Option<&mut Handle<'js>> {
        self.handles.get_mut(&id)
    }

    /// Queues an event as if the system had reported it.
    pub fn report(&mut self, id: u64, event: Event) {
        self.events.push_back((id, None, event));
    }

    /// Takes the handle out. Its listener hears `Close`, and nothing that was queued before.
    pub fn close(&mut self, id: u64) -> Option<Handle<'js>> {
        let handle = self.handles.remove(&id)?;
        self.events.retain(|(of, _, _)| *of != id);
        self.events.push_back((id, handle.listener.clone(), Event::Close));
        Some(handle)
    }

    /// Moves every handle on; true when there is something to report.
    fn poll(&mut self, cx: &mut Context<'_>) -> bool {
        let Table { handles, events, .. } = self;
        let mut accepted = Vec::new();
        for (id, handle) in handles.iter_mut() {
            handle.resource.poll(cx, &mut |event| events.push_back((*id, None, event)), &mut |stream| {
                accepted.push((*id, stream));
            });
        }
        for (server, stream) in accepted {
            let id = self.insert(Resource::Stream(stream), None);
            self.report(server, Event::Connection(id));
        }
        !self.events.is_empty()
    }

    fn part(&mut self, parting: Parting) {
        let Table { handles, events, .. } = self;
        for (id, handle) in handles {
            events.extend(handle.resource.part(parting).map(|event| (*id, None, event)));
        }
    }

    fn next_event(&mut self) -> Option<(Option<Function<'js>>, Event)> {
        let (id, listener, event) = self.events.pop_front()?;
        let listener = listener.or_else(|| self.handles.get(&id)?.listener.clone());
        Some((listener, event))
    }
}

/// Acts on the context's table, which is made when the module is evaluated.
pub fn with_table<'js, R>(ctx: &Ctx<'js>, act: impl FnOnce(&mut Table<'js>) -> R) -> Result<R> {
    if ctx.userdata::<Sockets>().is_none() {
        let _ = ctx.store_userdata(Sockets::default());
    }
    let sockets = ctx
        .userdata::<Sockets>()
        .ok_or_else(|| Exception::throw_internal(ctx, "sockets are not available here"))?;
    Ok(act(&mut sockets.0.borrow_mut()))
}

/// Acts on the table unless it was never used.
fn look<'js, R: Default>(ctx: &Ctx<'js>, look: impl FnOnce(&mut Table<'js>) -> R) -> R {
    ctx.userdata::<Sockets>().map(|sockets| look(&mut sockets.0.borrow_mut())).unwrap_or_default()
}

/// Whether there are handles at all.
pub fn is_open(ctx: &Ctx<'_>) -> bool {
    look(ctx, |table| !table.handles.is_empty() || !table.events.is_empty())
}

/// Whether a handle may report something that a request waits for.
pub fn is_awaited(ctx: &Ctx<'_>) -> bool {
    look(ctx, |table| {
        !table.events.is_empty()
            || table.handles.values().any(|handle| handle.referenced && handle.resource.is_active())
    })
}

/// Moves every handle on without waiting, within a tokio runtime; true when `dispatch` has work.
pub fn poll(ctx: &Ctx<'_>, cx: &mut Context<'_>) -> bool {
    look(ctx, |table| table.poll(cx))
}

/// Gives up what the handles have, as `link::part` says.
pub fn part(ctx: &Ctx<'_>, parting: Parting) {
    look(ctx, |table| table.part(parting));
}

/// Reports what is queued, as `link::dispatch` says.
pub fn dispatch<'js>(ctx: &Ctx<'js>, after: &mut dyn FnMut()) -> std::result::Result<bool, CaughtError<'js>> {
    let count = look(ctx, |table| table.events.len());
    for _ in 0..count {
        // The table is let go of before the call: the listener will come back for it.
        let Some((listener, event)) = look(ctx, Table::next_event) else { break };
        if let Some(listener) = listener {
            let arguments = event.into_arguments(ctx).catch(ctx)?;
            listener.call_arg::<()>(arguments).catch(ctx)?;
            after();
        }
    }
    Ok(count > 0)
}
