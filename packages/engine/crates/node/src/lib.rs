//! `laconic:node`: what Node's built-ins, written in JavaScript, need of the engine.

mod class;
mod codec;
mod context;
mod details;
mod host;
mod search;
mod strings;
mod ticks;
mod uncaught;

use rquickjs::module::{Declarations, Exports, ModuleDef};
use rquickjs::prelude::Func;
use rquickjs::{Ctx, Result};

pub use ticks::{has_ticks, run_ticks};
pub use uncaught::{handles_exception, handles_rejection};

const NAMES: [&str; 19] = [
    "byteLength",
    "classNumber",
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
        Ok(())
    }

    fn evaluate<'js>(_: &Ctx<'js>, exports: &Exports<'js>) -> Result<()> {
        codecs(exports)?;
        exports.export("classNumber", Func::from(class::number))?;
        exports.export("getContext", Func::from(context::get))?;
        exports.export("setContext", Func::from(context::set))?;
        exports.export("onTicks", Func::from(ticks::on_ticks))?;
        exports.export("onUncaught", Func::from(uncaught::on_uncaught))?;
        exports.export("wantTicks", Func::from(ticks::want_ticks))?;
        exports.export("promiseDetails", Func::from(details::promise))?;
        exports.export("proxyDetails", Func::from(details::proxy))?;
        exports.export("getIds", Func::from(host::ids))?;
        exports.export("cpuTimes", Func::from(host::cpu_times))?;
        exports.export("resourceUsage", Func::from(host::resource_usage))?;
        exports.export("writeDescriptor", Func::from(host::write))?;
        Ok(())
    }
}

fn codecs(exports: &Exports<'_>) -> Result<()> {
    exports.export("byteLength", Func::from(codec::byte_length))?;
    exports.export("fromText", Func::from(codec::from_text))?;
    exports.export("toText", Func::from(codec::to_text))?;
    exports.export("writeText", Func::from(codec::write_text))?;
    exports.export("isUtf8", Func::from(codec::is_utf8))?;
    exports.export("compareBytes", Func::from(search::compare))?;
    exports.export("indexOfBytes", Func::from(search::index_of))?;
    Ok(())
}
