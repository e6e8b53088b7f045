//! What `setTimeout` and its siblings return: Node's `Timeout`.

use rquickjs::class::{Trace, Tracer};
use rquickjs::prelude::This;
use rquickjs::{Class, Ctx, JsLifetime, Result, methods};

use crate::queue;

/// A handle on a timer. Libraries call `.unref()` on it without asking whether it exists.
#[rquickjs::class]
#[derive(JsLifetime)]
pub struct Timeout {
    pub id: u64,
    has_fired: bool,
}

impl<'js> Trace<'js> for Timeout {
    fn trace<'a>(&self, _: Tracer<'a, 'js>) {}
}

impl Timeout {
    pub fn new(id: u64) -> Timeout {
        Timeout { id, has_fired: false }
    }

    pub fn fired(&mut self) {
        self.has_fired = true;
    }
}

#[methods(rename_all = "camelCase")]
impl Timeout {
    /// Keeps the event loop waiting for the timer, which is the default.
    #[qjs(rename = "ref")]
    fn reference<'js>(this: This<Class<'js, Timeout>>, ctx: Ctx<'js>) -> Result<Class<'js, Timeout>> {
        queue::set_referenced(&ctx, this.borrow().id, true)?;
        Ok(this.0)
    }

    fn unref<'js>(this: This<Class<'js, Timeout>>, ctx: Ctx<'js>) -> Result<Class<'js, Timeout>> {
        queue::set_referenced(&ctx, this.borrow().id, false)?;
        Ok(this.0)
    }

    fn has_ref(&self, ctx: Ctx<'_>) -> Result<bool> {
        Ok(!self.has_fired && queue::is_referenced(&ctx, self.id)?)
    }

    fn refresh<'js>(this: This<Class<'js, Timeout>>, ctx: Ctx<'js>) -> Result<Class<'js, Timeout>> {
        queue::refresh(&ctx, this.borrow().id)?;
        Ok(this.0)
    }

    fn close<'js>(this: This<Class<'js, Timeout>>, ctx: Ctx<'js>) -> Result<Class<'js, Timeout>> {
        queue::remove(&ctx, this.borrow().id)?;
        Ok(this.0)
    }

    /// The number that identifies the timer, so that `clearTimeout(+timer)` works.
    fn value_of(&self) -> f64 {
        self.id as f64
    }
}
