//! `laconic:url`.
//!
//! A URL is its text and the places where its parts lie; JavaScript keeps both and hands the text back to
//! change a part.

use rquickjs::module::{Declarations, Exports, ModuleDef};
use rquickjs::prelude::{Func, Opt};
use rquickjs::{Array, Ctx, Exception, Result};

use super::record::Record;

pub struct UrlModule;

impl ModuleDef for UrlModule {
    fn declare(declare: &Declarations<'_>) -> Result<()> {
        declare.declare("parse")?;
        declare.declare("change")?;
        declare.declare("origin")?;
        Ok(())
    }

    fn evaluate<'js>(_: &Ctx<'js>, exports: &Exports<'js>) -> Result<()> {
        exports.export("parse", Func::from(parse))?;
        exports.export("change", Func::from(change))?;
        exports.export("origin", Func::from(origin))?;
        Ok(())
    }
}

/// `[text, place, ...]`, or undefined when the text is no URL.
fn parse<'js>(ctx: Ctx<'js>, text: String, base: Opt<Option<String>>) -> Result<Option<Array<'js>>> {
    let base = match base.0.flatten() {
        None => None,
        Some(base) => match Record::parse(&base, None) {
            None => return Ok(None),
            base => base,
        },
    };
    let url = Record::parse(&text, base.as_ref());
    url.map(|url| describe(&ctx, &url)).transpose()
}

/// The URL with another value for a part; what is not allowed changes nothing.
fn change<'js>(ctx: Ctx<'js>, text: String, part: String, value: String) -> Result<Array<'js>> {
    let mut url = known(&ctx, &text)?;
    match part.as_str() {
        "protocol" => url.set_protocol(&value),
        "username" => url.set_username(&value),
        "password" => url.set_password(&value),
        "host" => url.set_host(&value),
        "hostname" => url.set_hostname(&value),
        "port" => url.set_port(&value),
        "pathname" => url.set_pathname(&value),
        "search" => url.set_search(&value),
        "hash" => url.set_hash(&value),
        _ => return Err(Exception::throw_type(&ctx, &format!("a URL has no \"{part}\""))),
    }
    describe(&ctx, &url)
}

fn origin(ctx: Ctx<'_>, text: String) -> Result<String> {
    known(&ctx, &text).map(|url| url.origin())
}

fn known(ctx: &Ctx<'_>, text: &str) -> Result<Record> {
    Record::parse(text, None).ok_or_else(|| Exception::throw_type(ctx, &format!("\"{text}\" is no URL")))
}

fn describe<'js>(ctx: &Ctx<'js>, url: &Record) -> Result<Array<'js>> {
    let (text, places) = url.serialize();
    let described = Array::new(ctx.clone())?;
    described.set(0, text)?;
    for (index, place) in places.into_iter().enumerate() {
        described.set(index + 1, place as u32)?;
    }
    Ok(described)
}
