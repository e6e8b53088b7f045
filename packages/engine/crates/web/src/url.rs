//! `laconic:url`: URLs as the WHATWG has them.
//!
//! A URL is its text and the places where its parts lie; JavaScript keeps both and hands the text back to
//! change a part.

use rquickjs::module::{Declarations, Exports, ModuleDef};
use rquickjs::prelude::{Func, Opt};
use rquickjs::{Array, Ctx, Exception, Result};
use url::{Position, Url, quirks};

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

/// Where the parts before the password begin and end, in the order in which JavaScript reads them.
const BEFORE_PASSWORD: [Position; 3] =
    [Position::AfterScheme, Position::BeforeUsername, Position::AfterUsername];

/// The same of those behind it. A query that is there and empty is not shown.
const AFTER_PASSWORD: [Position; 7] = [
    Position::BeforeHost,
    Position::AfterHost,
    Position::BeforePort,
    Position::AfterPort,
    Position::BeforePath,
    Position::AfterPath,
    Position::AfterQuery,
];

/// `[text, place, ...]`, or undefined when the text is no URL.
fn parse<'js>(ctx: Ctx<'js>, text: String, base: Opt<Option<String>>) -> Result<Option<Array<'js>>> {
    let base = match base.0.flatten() {
        None => None,
        Some(base) => match Url::parse(&base) {
            Ok(base) => Some(base),
            Err(_) => return Ok(None),
        },
    };
    let Ok(url) = Url::options().base_url(base.as_ref()).parse(&text) else { return Ok(None) };
    describe(&ctx, &url).map(Some)
}

/// The URL with another value for a part; what is not allowed changes nothing.
fn change<'js>(ctx: Ctx<'js>, text: String, part: String, value: String) -> Result<Array<'js>> {
    let mut url = known(&ctx, &text)?;
    // Each says whether the value was one; the setters of the class do not.
    let _ = match part.as_str() {
        "protocol" => quirks::set_protocol(&mut url, &value),
        "username" => quirks::set_username(&mut url, &value),
        "password" => quirks::set_password(&mut url, &value),
        "host" => quirks::set_host(&mut url, &value),
        "hostname" => quirks::set_hostname(&mut url, &value),
        "port" => quirks::set_port(&mut url, &value),
        "pathname" => Ok(quirks::set_pathname(&mut url, &value)),
        "search" => Ok(quirks::set_search(&mut url, &value)),
        "hash" => Ok(quirks::set_hash(&mut url, &value)),
        _ => return Err(Exception::throw_type(&ctx, &format!("a URL has no \"{part}\""))),
    };
    describe(&ctx, &url)
}

fn origin(ctx: Ctx<'_>, text: String) -> Result<String> {
    known(&ctx, &text).map(|url| quirks::origin(&url))
}

fn known(ctx: &Ctx<'_>, text: &str) -> Result<Url> {
    Url::parse(text).map_err(|error| Exception::throw_type(ctx, &format!("\"{text}\" is no URL: {error}")))
}

fn describe<'js>(ctx: &Ctx<'js>, url: &Url) -> Result<Array<'js>> {
    let described = Array::new(ctx.clone())?;
    described.set(0, url.as_str())?;
    let place = |position: &Position| url[..*position].len();
    // The crate's own places of a password that is not there are those of the "@", or behind the end.
    let username_end = place(&Position::AfterUsername);
    let password = match url.password() {
        Some(password) => [username_end + 1, username_end + 1 + password.len()],
        None => [username_end; 2],
    };
    let places = BEFORE_PASSWORD.iter().map(place).chain(password).chain(AFTER_PASSWORD.iter().map(place));
    for (index, place) in places.enumerate() {
        described.set(index + 1, place as u32)?;
    }
    Ok(described)
}
