//! The object on the global one, for the dispatcher.

use rquickjs::prelude::{Func, This};
use rquickjs::{Ctx, Exception, Function, Object, Result, TypedArray, Value};

use crate::slot;

/// The key that host and dispatcher share, as `Symbol.for` knows it: a name would be the app's to see.
const KEY: &str = "laconic.stream";

/// Puts it on the global object.
pub fn init(ctx: &Ctx<'_>) -> Result<()> {
    let stream = Object::new(ctx.clone())?;
    stream.set("isOpen", Func::from(slot::is_open))?;
    stream.set("begin", Func::from(begin))?;
    stream.set("write", Func::from(write))?;
    let symbol: Object = ctx.globals().get("Symbol")?;
    let registered: Function = symbol.get("for")?;
    let key: Value = registered.call((This(symbol), KEY))?;
    ctx.globals().set(key, stream)
}

fn begin(ctx: Ctx<'_>, content_type: String) -> Result<()> {
    slot::begin(&content_type).map_err(|error| broken(&ctx, &error))
}

/// A string, or the bytes of a `Uint8Array`.
fn write<'js>(ctx: Ctx<'js>, chunk: Value<'js>) -> Result<()> {
    let written = if let Some(text) = chunk.as_string() {
        let text = text.to_string()?;
        slot::write(text.as_bytes())
    } else {
        let array = TypedArray::<u8>::from_value(chunk)?;
        // SAFETY: a sink runs no JavaScript.
        let bytes = unsafe { laconic_quickjs::bytes::present_bytes(&ctx, &array) }?;
        slot::write(bytes)
    };
    written.map_err(|error| broken(&ctx, &error))
}

fn broken(ctx: &Ctx<'_>, error: &std::io::Error) -> rquickjs::Error {
    Exception::throw_message(ctx, &format!("The response cannot be sent any more: {error}."))
}
