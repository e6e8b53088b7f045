//! `navigator`, as Node has it.

use std::thread;

use rquickjs::class::{JsClass, Trace};
use rquickjs::function::Constructor;
use rquickjs::object::Property;
use rquickjs::{Array, Class, Ctx, Function, JsLifetime, Object, Result, methods};

use crate::process::{NODE_VERSION, arch};

const LANGUAGE: &str = "en-US";

/// The class of the one object.
#[rquickjs::class]
#[derive(Trace, JsLifetime)]
pub struct Navigator<'js> {
    languages: Array<'js>,
}

/// Puts the class and its object on the global object.
pub fn init(ctx: &Ctx<'_>) -> Result<()> {
    let languages = Array::new(ctx.clone())?;
    languages.set(0, LANGUAGE)?;
    ctx.globals()
        .get::<_, Object>("Object")?
        .get::<_, Function>("freeze")?
        .call::<_, ()>((languages.clone(),))?;
    let navigator = Class::instance(ctx.clone(), Navigator { languages })?;
    let class = Class::<Navigator>::create_constructor(ctx)?;
    ctx.globals().prop(Navigator::NAME, Property::from(class).writable().configurable())?;
    ctx.globals().prop("navigator", Property::from(navigator).writable().enumerable().configurable())
}

#[methods(rename_all = "camelCase")]
impl<'js> Navigator<'js> {
    #[qjs(constructor)]
    fn new(ctx: Ctx<'js>) -> Result<Navigator<'js>> {
        let class: Constructor<'js> = ctx.globals().get("TypeError")?;
        let error: Object<'js> = class.construct(("Illegal constructor",))?;
        error.set("code", "ERR_ILLEGAL_CONSTRUCTOR")?;
        Err(ctx.throw(error.into_value()))
    }

    #[qjs(get, enumerable, configurable)]
    fn hardware_concurrency(&self) -> u32 {
        thread::available_parallelism().map_or(1, |count| count.get() as u32)
    }

    #[qjs(get, enumerable, configurable)]
    fn language(&self) -> &'static str {
        LANGUAGE
    }

    #[qjs(get, enumerable, configurable)]
    fn languages(&self) -> Array<'js> {
        self.languages.clone()
    }

    #[qjs(get, enumerable, configurable)]
    fn user_agent(&self) -> String {
        format!("Node.js/{}", NODE_VERSION.split('.').next().unwrap_or(NODE_VERSION))
    }

    #[qjs(get, enumerable, configurable)]
    fn platform(&self) -> String {
        format!("Linux {}", if arch() == "x64" { "x86_64" } else { arch() })
    }
}
