//! What the system says of a file.

use std::io;
use std::mem::MaybeUninit;

use rquickjs::{Ctx, Result, TypedArray};

use crate::outcome::{Outcome, Path, call};

/// dev, mode, nlink, uid, gid, rdev, blksize, ino, size, blocks, then seconds and nanoseconds of
/// access, modification, change and birth.
pub type Fields = [i64; 18];

/// `statx`, by its number: the C library's function is younger than the oldest that is supported.
pub fn statx(directory: i32, path: &core::ffi::CStr, flags: i32) -> io::Result<Fields> {
    let mut status = MaybeUninit::<libc::statx>::zeroed();
    let mask = libc::STATX_BASIC_STATS | libc::STATX_BTIME;
    call(|| {
        // SAFETY: the path ends with NUL, and the kernel fills the structure.
        unsafe { libc::syscall(libc::SYS_statx, directory, path.as_ptr(), flags, mask, status.as_mut_ptr()) }
    })?;
    // SAFETY: zeroed, and filled by the kernel; every bit pattern is valid.
    let status = unsafe { status.assume_init() };
    let time = |time: libc::statx_timestamp| [time.tv_sec, i64::from(time.tv_nsec)];
    let [atime, mtime, ctime] = [status.stx_atime, status.stx_mtime, status.stx_ctime].map(time);
    // A file system without births: Node gives the change, too.
    let has_birth = status.stx_mask & libc::STATX_BTIME != 0;
    let birth = if has_birth { time(status.stx_btime) } else { ctime };
    Ok([
        libc::makedev(status.stx_dev_major, status.stx_dev_minor) as i64,
        i64::from(status.stx_mode),
        i64::from(status.stx_nlink),
        i64::from(status.stx_uid),
        i64::from(status.stx_gid),
        libc::makedev(status.stx_rdev_major, status.stx_rdev_minor) as i64,
        i64::from(status.stx_blksize),
        status.stx_ino as i64,
        status.stx_size as i64,
        status.stx_blocks as i64,
        atime[0],
        atime[1],
        mtime[0],
        mtime[1],
        ctime[0],
        ctime[1],
        birth[0],
        birth[1],
    ])
}

fn of_path(path: &Path, follows: bool) -> io::Result<Fields> {
    statx(libc::AT_FDCWD, &path.0, if follows { 0 } else { libc::AT_SYMLINK_NOFOLLOW })
}

fn of_descriptor(descriptor: i32) -> io::Result<Fields> {
    statx(descriptor, c"", libc::AT_EMPTY_PATH)
}

fn numbers(fields: io::Result<Fields>) -> Outcome<Vec<f64>> {
    fields.map(|fields| fields.map(|field| field as f64).to_vec()).into()
}

fn exact<'js>(ctx: Ctx<'js>, fields: io::Result<Fields>) -> Result<Outcome<TypedArray<'js, i64>>> {
    Ok(match fields {
        Ok(fields) => Outcome::Done(TypedArray::new_copy(ctx, fields)?),
        Err(error) => Err(error).into(),
    })
}

/// The fields as numbers.
pub fn stat(path: Path, follows: bool) -> Outcome<Vec<f64>> {
    numbers(of_path(&path, follows))
}

pub fn fstat(descriptor: i32) -> Outcome<Vec<f64>> {
    numbers(of_descriptor(descriptor))
}

/// The fields as a `BigInt64Array`.
pub fn stat_exact<'js>(ctx: Ctx<'js>, path: Path, follows: bool) -> Result<Outcome<TypedArray<'js, i64>>> {
    exact(ctx, of_path(&path, follows))
}

pub fn fstat_exact<'js>(ctx: Ctx<'js>, descriptor: i32) -> Result<Outcome<TypedArray<'js, i64>>> {
    exact(ctx, of_descriptor(descriptor))
}

/// type, bsize, blocks, bfree, bavail, files, ffree of the file system.
pub fn statfs(path: Path) -> Outcome<Vec<f64>> {
    let mut status = MaybeUninit::<libc::statfs64>::zeroed();
    // SAFETY: the path ends with NUL, and the kernel fills the structure.
    let result = call(|| unsafe { libc::statfs64(path.0.as_ptr(), status.as_mut_ptr()) });
    // SAFETY: zeroed, and filled by the kernel; every bit pattern is valid.
    let status = unsafe { status.assume_init() };
    result
        .map(|_| {
            vec![
                status.f_type as f64,
                status.f_bsize as f64,
                status.f_blocks as f64,
                status.f_bfree as f64,
                status.f_bavail as f64,
                status.f_files as f64,
                status.f_ffree as f64,
            ]
        })
        .into()
}
