//! The built-in modules, importable with and without `node:`.

use std::sync::atomic::{AtomicBool, Ordering::Relaxed};

use rquickjs::loader::{Loader, Resolver};
use rquickjs::module::ModuleDef;
use rquickjs::{Ctx, Error, Module, Result};

type Declare = for<'js> fn(Ctx<'js>, &str) -> Result<Module<'js>>;

struct BuiltIn {
    name: &'static str,
    declare: Declare,
    /// Whether its functions ask tokio for its reactor before they return.
    needs_reactor: bool,
}

/// Set once a module was imported whose functions need the reactor at once.
static REACTOR_NEEDED: AtomicBool = AtomicBool::new(false);

/// Whether the reactor has to be there before the app's function is called.
pub fn reactor_is_needed() -> bool {
    REACTOR_NEEDED.load(Relaxed)
}

/// Names of the built-in modules, without `node:`.
pub fn built_in_modules() -> impl Iterator<Item = &'static str> {
    BUILT_INS.iter().map(|built_in| built_in.name)
}

static BUILT_INS: [BuiltIn; 25] = [
    plain::<laconic_node::NodeModule>("laconic:node"),
    plain::<llrt_assert::AssertModule>("assert"),
    plain::<llrt_async_hooks::AsyncHooksModule>("async_hooks"),
    plain::<llrt_buffer::BufferModule>("buffer"),
    asynchronous::<llrt_child_process::ChildProcessModule>("child_process"),
    plain::<llrt_console::ConsoleModule>("console"),
    plain::<llrt_crypto::CryptoModule>("crypto"),
    asynchronous::<llrt_dgram::DgramModule>("dgram"),
    plain::<llrt_dns::DnsModule>("dns"),
    plain::<llrt_events::EventsModule>("events"),
    plain::<llrt_fs::FsModule>("fs"),
    plain::<llrt_fs::FsPromisesModule>("fs/promises"),
    plain::<llrt_http::HttpsModule>("https"),
    asynchronous::<llrt_net::NetModule>("net"),
    plain::<llrt_os::OsModule>("os"),
    plain::<llrt_path::PathModule>("path"),
    plain::<llrt_perf_hooks::PerfHooksModule>("perf_hooks"),
    plain::<crate::process::ProcessModule>("process"),
    plain::<llrt_stream_web::StreamWebModule>("stream/web"),
    plain::<llrt_string_decoder::StringDecoderModule>("string_decoder"),
    plain::<llrt_timers::TimersModule>("timers"),
    plain::<llrt_tty::TtyModule>("tty"),
    plain::<llrt_url::UrlModule>("url"),
    plain::<llrt_util::UtilModule>("util"),
    plain::<llrt_zlib::ZlibModule>("zlib"),
];

const fn plain<M: ModuleDef>(name: &'static str) -> BuiltIn {
    BuiltIn { name, declare: declare::<M>, needs_reactor: false }
}

const fn asynchronous<M: ModuleDef>(name: &'static str) -> BuiltIn {
    BuiltIn { name, declare: declare::<M>, needs_reactor: true }
}

fn declare<'js, M: ModuleDef>(ctx: Ctx<'js>, name: &str) -> Result<Module<'js>> {
    Module::declare_def::<M, _>(ctx, name)
}

fn find(name: &str) -> Option<&'static BuiltIn> {
    let name = name.strip_prefix("node:").unwrap_or(name);
    BUILT_INS.iter().find(|built_in| built_in.name == name)
}

/// Resolves and loads built-in modules, and nothing else: an app is one module.
pub struct BuiltIns;

impl Resolver for BuiltIns {
    fn resolve<'js>(&mut self, _: &Ctx<'js>, base: &str, name: &str) -> Result<String> {
        match find(name) {
            Some(built_in) => Ok(built_in.name.into()),
            None => Err(Error::new_resolving_message(
                base,
                name,
                "the engine has no such module; a bundle may import built-in modules only",
            )),
        }
    }
}

impl Loader for BuiltIns {
    fn load<'js>(&mut self, ctx: &Ctx<'js>, name: &str) -> Result<Module<'js>> {
        let built_in = find(name).ok_or_else(|| Error::new_loading(name))?;
        REACTOR_NEEDED.fetch_or(built_in.needs_reactor, Relaxed);
        (built_in.declare)(ctx.clone(), name)
    }
}
