//! One function a system call.

use std::fs::File;
use std::io::{self, Read};
use std::mem::ManuallyDrop;
use std::os::fd::FromRawFd;

use laconic_quickjs::bytes::{bytes, writable};
use rquickjs::{ArrayBuffer, Ctx, Error, Exception, Result, TypedArray};

use crate::outcome::{Outcome, Path, call};
use crate::status::statx;

type Number = Outcome<f64>;

/// Bytes read between two looks at the clock.
const LARGEST_READ: u64 = 8 << 20;
const SMALLEST_READ: usize = 32;

/// Stands for the descriptor's own position.
const HERE: f64 = -1.0;

pub fn open(path: Path, flags: i32, mode: u32) -> Number {
    // SAFETY: the path ends with NUL.
    call(|| unsafe { libc::open64(path.0.as_ptr(), flags | libc::O_CLOEXEC, mode) }).into()
}

pub fn close(descriptor: i32) -> Number {
    // SAFETY: a number that is no descriptor is refused. Not repeated: it is closed in any case.
    match unsafe { libc::close(descriptor) } {
        0 => Outcome::Done(0.0),
        _ => Err(io::Error::last_os_error()).into(),
    }
}

/// Reads into the array from `offset` on; returns how many bytes.
pub fn read<'js>(
    ctx: Ctx<'js>,
    descriptor: i32,
    array: TypedArray<'js, u8>,
    offset: usize,
    length: usize,
    position: f64,
) -> Result<Number> {
    // SAFETY: no JavaScript runs before the system has written to it.
    let bytes = unsafe { writable(&ctx, &array) }?;
    let target = bytes.get_mut(offset..offset + length).ok_or_else(|| out_of_range(&ctx))?;
    let target = target.as_mut_ptr().cast();
    let result = call(|| {
        // SAFETY: as above.
        unsafe {
            if position == HERE {
                libc::read(descriptor, target, length) as i64
            } else {
                libc::pread64(descriptor, target, length, position as i64) as i64
            }
        }
    });
    Ok(result.into())
}

fn out_of_range(ctx: &Ctx<'_>) -> Error {
    Exception::throw_range(ctx, "the range is not in the array")
}

/// Writes the array's bytes from `offset` on; returns how many were taken.
pub fn write<'js>(
    ctx: Ctx<'js>,
    descriptor: i32,
    array: TypedArray<'js, u8>,
    offset: usize,
    length: usize,
    position: f64,
) -> Result<Number> {
    // SAFETY: no JavaScript runs before the system has read it.
    let bytes = unsafe { bytes(&array) }.get(offset..offset + length).ok_or_else(|| out_of_range(&ctx))?;
    let result = call(|| {
        // SAFETY: the slice is readable.
        unsafe {
            if position == HERE {
                libc::write(descriptor, bytes.as_ptr().cast(), length) as i64
            } else {
                libc::pwrite64(descriptor, bytes.as_ptr().cast(), length, position as i64) as i64
            }
        }
    });
    Ok(result.into())
}

/// All that is left of an open file. One that is too large for the memory, or has no end, is an error.
pub fn read_all(ctx: Ctx<'_>, descriptor: i32) -> Result<Outcome<ArrayBuffer<'_>>> {
    // SAFETY: not dropped, so that the descriptor stays open and its owner's.
    let file = ManuallyDrop::new(unsafe { File::from_raw_fd(descriptor) });
    let size = file.metadata().map_or(0, |metadata| metadata.len());
    let mut bytes = Vec::new();
    bytes.try_reserve_exact(usize::try_from(size).unwrap_or(usize::MAX)).map_err(|_| Error::Allocation)?;
    loop {
        laconic_quickjs::poll(&ctx)?;
        // Rest of what is reserved, and a look at whether more has come.
        bytes.try_reserve(SMALLEST_READ).map_err(|_| Error::Allocation)?;
        match (&*file).take(LARGEST_READ).read_to_end(&mut bytes) {
            Ok(0) => return Ok(Outcome::Done(ArrayBuffer::new(ctx, bytes)?)),
            Ok(_) => {}
            Err(error) if error.kind() == io::ErrorKind::OutOfMemory => return Err(Error::Allocation),
            Err(error) => return Ok(Err(error).into()),
        }
    }
}

/// Copies a file with its permissions. `is_exclusive` refuses a target that is there.
pub fn copy_file(from: Path, to: Path, is_exclusive: bool) -> Number {
    let copy = || -> io::Result<f64> {
        let source = open_file(&from, libc::O_RDONLY, 0)?;
        let status = statx(std::os::fd::AsRawFd::as_raw_fd(&source), c"", libc::AT_EMPTY_PATH)?;
        let mode = status[1] as u32;
        if mode & libc::S_IFMT == libc::S_IFDIR {
            return Err(io::Error::from_raw_os_error(libc::EISDIR));
        }
        let exclusive = if is_exclusive { libc::O_EXCL } else { 0 };
        let mut target = open_file(&to, libc::O_WRONLY | libc::O_CREAT | exclusive, mode & 0o777)?;
        let target_status = statx(std::os::fd::AsRawFd::as_raw_fd(&target), c"", libc::AT_EMPTY_PATH)?;
        // The same file: there is nothing to do, and truncating it would lose it.
        if (target_status[0], target_status[7]) == (status[0], status[7]) {
            return Ok(0.0);
        }
        target.set_len(0)?;
        io::copy(&mut &source, &mut target)?;
        target.set_permissions(std::os::unix::fs::PermissionsExt::from_mode(mode & 0o7777))?;
        Ok(0.0)
    };
    copy().into()
}

fn open_file(path: &Path, flags: i32, mode: u32) -> io::Result<File> {
    // SAFETY: the path ends with NUL.
    let descriptor = call(|| unsafe { libc::open64(path.0.as_ptr(), flags | libc::O_CLOEXEC, mode) })?;
    // SAFETY: just opened, and nobody else's.
    Ok(unsafe { File::from_raw_fd(descriptor as i32) })
}

/// Makes a folder with a random end of its name; returns the name.
pub fn make_temporary(prefix: Path) -> Outcome<String> {
    let mut template = prefix.0.into_bytes();
    template.extend_from_slice(b"XXXXXX\0");
    // SAFETY: ends with NUL, and is written to in place.
    if unsafe { libc::mkdtemp(template.as_mut_ptr().cast()) }.is_null() {
        return Err(io::Error::last_os_error()).into();
    }
    template.pop();
    Outcome::Done(String::from_utf8_lossy(&template).into_owned())
}

/// Times in seconds; `descriptor` or, with -1, `path`.
pub fn set_times(descriptor: i32, path: Path, access: f64, modification: f64, follows: bool) -> Number {
    let times = [access, modification].map(|time| libc::timespec {
        tv_sec: time.floor() as libc::time_t,
        tv_nsec: ((time - time.floor()) * 1e9) as libc::c_long,
    });
    let flags = if follows { 0 } else { libc::AT_SYMLINK_NOFOLLOW };
    // SAFETY: the path ends with NUL, and there are two times.
    call(|| unsafe {
        if descriptor >= 0 {
            libc::futimens(descriptor, times.as_ptr())
        } else {
            libc::utimensat(libc::AT_FDCWD, path.0.as_ptr(), times.as_ptr(), flags)
        }
    })
    .into()
}

/// Functions that only pass their arguments on.
macro_rules! passed_on {
    ($($name:ident($($argument:ident: $kind:ty),*) $call:expr;)*) => {
        $(pub fn $name($($argument: $kind),*) -> Number {
            // SAFETY: paths end with NUL, and the rest are numbers, which the kernel checks.
            call(|| unsafe { $call }).into()
        })*
    };
}

passed_on! {
    access(path: Path, mode: i32) libc::access(path.0.as_ptr(), mode);
    chmod(path: Path, mode: u32) libc::chmod(path.0.as_ptr(), mode);
    fchmod(descriptor: i32, mode: u32) libc::fchmod(descriptor, mode);
    chown(path: Path, user: u32, group: u32) libc::chown(path.0.as_ptr(), user, group);
    lchown(path: Path, user: u32, group: u32) libc::lchown(path.0.as_ptr(), user, group);
    fchown(descriptor: i32, user: u32, group: u32) libc::fchown(descriptor, user, group);
    fsync(descriptor: i32) libc::fsync(descriptor);
    fdatasync(descriptor: i32) libc::fdatasync(descriptor);
    ftruncate(descriptor: i32, length: f64) libc::ftruncate64(descriptor, length as i64);
    link(from: Path, to: Path) libc::link(from.0.as_ptr(), to.0.as_ptr());
    symlink(target: Path, path: Path) libc::symlink(target.0.as_ptr(), path.0.as_ptr());
    mkdir(path: Path, mode: u32) libc::mkdir(path.0.as_ptr(), mode);
    rename(from: Path, to: Path) libc::rename(from.0.as_ptr(), to.0.as_ptr());
    rmdir(path: Path) libc::rmdir(path.0.as_ptr());
    unlink(path: Path) libc::unlink(path.0.as_ptr());
}
