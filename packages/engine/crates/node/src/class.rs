//! What kind of object a value is, whatever its prototype says.

use rquickjs::{Value, qjs};

/// The number of an object's class, which objects that hold the same kind of state have in common; 0 for what is no
/// object. The numbers differ from one QuickJS to the next: compare them with that of a known object.
pub fn number(value: Value<'_>) -> u32 {
    // SAFETY: a live value of this context.
    if value.is_object() { unsafe { qjs::JS_GetClassID(value.as_raw()) } } else { 0 }
}
