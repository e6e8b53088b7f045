//! What the modules of LLRT that are still features need in the context. Goes with the last of them.

use llrt_utils::primordials::{BasePrimordials, Primordial};
use rquickjs::{Ctx, Result};

/// What each of them asks for.
pub fn init(ctx: &Ctx<'_>) -> Result<()> {
    llrt_utils::time::init();
    BasePrimordials::init(ctx)
}

/// LLRT's buffers, whose class is declared in the global scope, where it would hide Node's.
pub fn buffer(ctx: &Ctx<'_>) -> Result<()> {
    llrt_buffer::init(ctx)?;
    laconic_quickjs::forget_global_class(ctx, c"Buffer");
    Ok(())
}
