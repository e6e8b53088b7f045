//! `fetch` and its classes, apart from one another: an app that answers with a `Response` needs no
//! HTTP client and no TLS.

use llrt_fetch::{fetch, form_data, headers, request, response};
use llrt_http::HTTP_CLIENT;
use llrt_utils::class::CustomInspectExtension;
use llrt_utils::result::ResultExt;
use rquickjs::{Class, Ctx, Result};

/// `fetch` itself, with the client that all requests share.
pub fn attach_client(ctx: &Ctx<'_>) -> Result<()> {
    fetch::init(HTTP_CLIENT.as_ref().or_throw(ctx)?.clone(), &ctx.globals())
}

/// `FormData`, `Headers`, `Request` and `Response`.
pub fn attach_classes(ctx: &Ctx<'_>) -> Result<()> {
    let globals = ctx.globals();
    Class::<form_data::FormData>::define(&globals)?;
    Class::<request::Request>::define(&globals)?;
    Class::<response::Response>::define(&globals)?;
    Class::<headers::Headers>::define_with_custom_inspect(&globals)
}
