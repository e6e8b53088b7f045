//! What is in a directory.

use std::ffi::{CStr, OsStr};
use std::io;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::FileTypeExt;

use rquickjs::convert::List;

use crate::outcome::{Outcome, Path};

/// Types as in `fs.constants.UV_DIRENT_*`.
fn kind(file_type: std::fs::FileType) -> u32 {
    match () {
        () if file_type.is_file() => 1,
        () if file_type.is_dir() => 2,
        () if file_type.is_symlink() => 3,
        () if file_type.is_fifo() => 4,
        () if file_type.is_socket() => 5,
        () if file_type.is_char_device() => 6,
        () if file_type.is_block_device() => 7,
        () => 0,
    }
}

fn as_path(path: &CStr) -> &std::path::Path {
    std::path::Path::new(OsStr::from_bytes(path.to_bytes()))
}

/// Names and types, in two lists of one length, sorted by name as Node gives them.
pub fn read_directory(path: Path) -> Outcome<List<(Vec<String>, Vec<u32>)>> {
    let read = || -> io::Result<Vec<(Vec<u8>, u32)>> {
        let mut entries = Vec::new();
        for entry in std::fs::read_dir(as_path(&path.0))? {
            let entry = entry?;
            entries.push((entry.file_name().as_bytes().to_vec(), kind(entry.file_type()?)));
        }
        entries.sort();
        Ok(entries)
    };
    let split = |entries: Vec<(Vec<u8>, u32)>| {
        let named =
            entries.into_iter().map(|(name, kind)| (String::from_utf8_lossy(&name).into_owned(), kind));
        List(named.unzip())
    };
    read().map(split).into()
}

/// The path without symbolic links.
pub fn real_path(path: Path) -> Outcome<String> {
    std::fs::canonicalize(as_path(&path.0)).map(|path| path.to_string_lossy().into_owned()).into()
}

/// Where a symbolic link leads.
pub fn read_link(path: Path) -> Outcome<String> {
    std::fs::read_link(as_path(&path.0)).map(|path| path.to_string_lossy().into_owned()).into()
}
