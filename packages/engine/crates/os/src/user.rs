//! The users that the system knows.

use core::ffi::{CStr, c_char};
use core::mem::MaybeUninit;
use core::ptr;

/// Longest entry that is read, in bytes.
const LONGEST_ENTRY: usize = 1 << 20;

/// `[name, home, shell]` of a user. Else one text, the number of the error: 2 when there is no such user.
pub fn of(uid: u32) -> Vec<String> {
    let mut buffer: Vec<c_char> = vec![0; 1024];
    loop {
        let mut entry = MaybeUninit::<libc::passwd>::zeroed();
        let mut found = ptr::null_mut();
        // SAFETY: the entry and the buffer are valid for writes, of the length given.
        let error = unsafe {
            libc::getpwuid_r(uid, entry.as_mut_ptr(), buffer.as_mut_ptr(), buffer.len(), &mut found)
        };
        if error == libc::ERANGE && buffer.len() < LONGEST_ENTRY {
            buffer.resize(buffer.len() * 2, 0);
            continue;
        }
        if found.is_null() {
            return vec![if error == 0 { libc::ENOENT } else { error }.to_string()];
        }
        // SAFETY: the call filled the entry; its texts lie in the buffer, which is still there.
        return unsafe {
            let entry = entry.assume_init();
            vec![text(entry.pw_name), text(entry.pw_dir), text(entry.pw_shell)]
        };
    }
}

/// # Safety
/// Null, or a text that ends with a zero byte.
unsafe fn text(field: *const c_char) -> String {
    if field.is_null() {
        return String::new();
    }
    // SAFETY: the caller's promise.
    unsafe { CStr::from_ptr(field) }.to_string_lossy().into_owned()
}
