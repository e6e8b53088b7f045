//! The features that one library holds, and which of them are in place in its machine.

use std::cell::RefCell;

use rquickjs::object::Property;
use rquickjs::runtime::UserDataGuard;
use rquickjs::{Ctx, Exception, Function, JsLifetime, Object, Result, Value};

use crate::failure::{Failure, Status};
use crate::feature::{BuiltIn, Feature};
use crate::globals::CORE;

/// Features in the order in which they build on one another, each once.
#[derive(Clone)]
pub struct Linked(Vec<&'static Feature>);

impl Linked {
    /// The features of a table, and all that they require.
    pub fn new(table: &[&'static Feature]) -> std::result::Result<Linked, Failure> {
        if let Some(foreign) = table.iter().position(|feature| !feature.is_ours()) {
            return Err(Failure::new(
                Status::BadBytecode,
                "EngineMismatch",
                format!(
                    "Entry {foreign} of the library's table of features is no feature of this engine. \
                     Rebuild the app with `npx @laconic/cli build`."
                ),
            ));
        }
        let mut linked = Linked(vec![&CORE]);
        table.iter().for_each(|feature| linked.add(feature));
        Ok(linked)
    }

    fn add(&mut self, feature: &'static Feature) {
        feature.requires.iter().for_each(|required| self.add(required));
        if !self.0.iter().any(|known| core::ptr::eq(*known, feature)) {
            self.0.push(feature);
        }
    }

    /// The module of that name, with or without a prefix, and its feature.
    pub fn module(&self, name: &str) -> Option<(&'static Feature, &'static BuiltIn)> {
        let name = name.strip_prefix("node:").or_else(|| name.strip_prefix("engine:")).unwrap_or(name);
        self.0.iter().find_map(|feature| {
            let module = feature.modules.iter().find(|module| module.name == name)?;
            Some((*feature, module))
        })
    }

    /// Puts in place what every app has and what cannot wait, and lets the other globals be found.
    pub fn announce(&self, ctx: &Ctx<'_>) -> Result<()> {
        // A new context has no user data that could be borrowed.
        let _ = ctx.store_userdata(Places::default());
        attach(ctx, &CORE)?;
        for feature in self.0.iter().copied() {
            match feature.is_early {
                true => attach(ctx, feature)?,
                false => feature.globals.iter().try_for_each(|name| announce(ctx, feature, name))?,
            }
        }
        Ok(())
    }
}

/// What a machine has of its features: those in place, and the accessors that stand for the others.
#[derive(Default)]
struct Places<'js> {
    attached: RefCell<Vec<&'static Feature>>,
    getters: RefCell<Vec<Function<'js>>>,
}

// SAFETY: the lifetime is that of the functions alone.
unsafe impl<'js> JsLifetime<'js> for Places<'js> {
    type Changed<'to> = Places<'to>;
}

/// Puts the feature in place, after those that it requires, unless it is.
pub fn attach(ctx: &Ctx<'_>, feature: &'static Feature) -> Result<()> {
    if !is_first(ctx, feature)? {
        return Ok(());
    }
    feature.requires.iter().try_for_each(|required| attach(ctx, required))?;
    let written = withdraw(ctx, feature)?;
    (feature.attach)(ctx)?;
    // What the app wrote to a name before anything read it stays.
    written.into_iter().try_for_each(|(name, descriptor)| define(ctx, name, descriptor))
}

fn is_first(ctx: &Ctx<'_>, feature: &'static Feature) -> Result<bool> {
    let places = places(ctx)?;
    let mut attached = places.attached.borrow_mut();
    let is_first = !attached.iter().any(|known| core::ptr::eq(*known, feature));
    if is_first {
        attached.push(feature);
    }
    Ok(is_first)
}

/// Defines an accessor that puts the feature in place when the name is read, and gives way to what is
/// written to it. Node's own late globals look the same.
fn announce<'js>(ctx: &Ctx<'js>, feature: &'static Feature, name: &'static str) -> Result<()> {
    let getter = Function::new(ctx.clone(), move |ctx: Ctx<'js>| {
        attach(&ctx, feature)?;
        ctx.globals().get::<_, Value>(name)
    })?;
    let setter = Function::new(ctx.clone(), move |ctx: Ctx<'js>, value: Value<'js>| {
        ctx.globals().prop(name, Property::from(value).writable().enumerable().configurable())
    })?;
    let descriptor = Object::new(ctx.clone())?;
    descriptor.set("get", getter.clone())?;
    descriptor.set("set", setter)?;
    descriptor.set("configurable", true)?;
    define(ctx, name, descriptor)?;
    places(ctx)?.getters.borrow_mut().push(getter);
    Ok(())
}

/// Takes the feature's accessors away; returns what the app has put in the place of some.
fn withdraw<'js>(ctx: &Ctx<'js>, feature: &'static Feature) -> Result<Vec<(&'static str, Object<'js>)>> {
    let mut written = Vec::new();
    for name in feature.globals {
        let object: Object = ctx.globals().get("Object")?;
        let describe: Function = object.get("getOwnPropertyDescriptor")?;
        let Some(descriptor) = describe.call::<_, Option<Object>>((ctx.globals(), *name))? else { continue };
        let getter = descriptor.get::<_, Value>("get")?.into_function();
        let is_ours = match getter {
            Some(getter) => places(ctx)?.getters.borrow().contains(&getter),
            None => false,
        };
        if !is_ours {
            written.push((*name, descriptor));
        }
        ctx.globals().remove(*name)?;
    }
    Ok(written)
}

fn define<'js>(ctx: &Ctx<'js>, name: &str, descriptor: Object<'js>) -> Result<()> {
    let object: Object = ctx.globals().get("Object")?;
    object.get::<_, Function>("defineProperty")?.call((ctx.globals(), name, descriptor))
}

fn places<'a, 'js>(ctx: &'a Ctx<'js>) -> Result<UserDataGuard<'a, Places<'js>>> {
    ctx.userdata().ok_or_else(|| Exception::throw_internal(ctx, "the engine's features are not announced"))
}
