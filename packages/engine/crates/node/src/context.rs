//! The async context, for `AsyncLocalStorage`.

use rquickjs::{Ctx, Value};

/// The current context; undefined when there is none.
pub fn get(ctx: Ctx<'_>) -> Value<'_> {
    laconic_quickjs::async_context(&ctx)
}

/// Replaces the current context.
pub fn set<'js>(ctx: Ctx<'js>, context: Value<'js>) {
    laconic_quickjs::set_async_context(&ctx, context);
}
