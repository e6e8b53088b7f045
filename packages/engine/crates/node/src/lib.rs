//! `laconic:node`: what Node's built-ins, written in JavaScript, need of the engine.

mod codec;
mod context;
mod details;
mod host;
mod search;
mod strings;
mod ticks;
mod uncaught;

use llrt_utils::module::export_default;
use rquickjs::module::{Declarations, Exports, ModuleDef};
use rquickjs::prelude::Func;
use rquickjs::{Ctx, Object, Result};

pub use ticks::{has_ticks, run_ticks};
pub use uncaught::{handles_exception, handles_rejection};

const NAMES: [&str; 18] = [
    "byteLength",
    "compareBytes",
    "cpuTimes",
    "fromText",
    "getContext",
    "getIds",
    "indexOfBytes",
    "onTicks",
    "onUncaught",
    "promiseDetails",
    "proxyDetails",
    "resourceUsage",
    "setContext",
    "toText",
    "wantTicks",
    "isUtf8",
    "writeDescriptor",
    "writeText",
];

/// The module.
pub struct NodeModule;

impl ModuleDef for NodeModule {
    fn declare(declare: &Declarations) -> Result<()> {
        for name in NAMES {
            declare.declare(name)?;
        }
        declare.declare("default")?;
        Ok(())
    }

    fn evaluate<'js>(ctx: &Ctx<'js>, exports: &Exports<'js>) -> Result<()> {
        export_default(ctx, exports, |default| {
            codecs(default)?;
            default.set("getContext", Func::from(context::get))?;
            default.set("setContext", Func::from(context::set))?;
            default.set("onTicks", Func::from(ticks::on_ticks))?;
            default.set("onUncaught", Func::from(uncaught::on_uncaught))?;
            default.set("wantTicks", Func::from(ticks::want_ticks))?;
            default.set("promiseDetails", Func::from(details::promise))?;
            default.set("proxyDetails", Func::from(details::proxy))?;
            default.set("getIds", Func::from(host::ids))?;
            default.set("cpuTimes", Func::from(host::cpu_times))?;
            default.set("resourceUsage", Func::from(host::resource_usage))?;
            default.set("writeDescriptor", Func::from(host::write))
        })
    }
}

fn codecs<'js>(default: &Object<'js>) -> Result<()> {
    default.set("byteLength", Func::from(codec::byte_length))?;
    default.set("fromText", Func::from(codec::from_text))?;
    default.set("toText", Func::from(codec::to_text))?;
    default.set("writeText", Func::from(codec::write_text))?;
    default.set("isUtf8", Func::from(codec::is_utf8))?;
    default.set("compareBytes", Func::from(search::compare))?;
    default.set("indexOfBytes", Func::from(search::index_of))
}
