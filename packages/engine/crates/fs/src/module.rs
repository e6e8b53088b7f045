//! `laconic:fs`.

use rquickjs::module::{Declarations, Exports, ModuleDef};
use rquickjs::prelude::Func;
use rquickjs::{Ctx, Result};

use crate::{calls, directory, status};

/// Declares and exports the same names.
macro_rules! exports {
    ($($name:literal => $function:expr,)*) => {
        pub struct FsModule;

        impl ModuleDef for FsModule {
            fn declare(declarations: &Declarations<'_>) -> Result<()> {
                $(declarations.declare($name)?;)*
                Ok(())
            }

            fn evaluate<'js>(_: &Ctx<'js>, exports: &Exports<'js>) -> Result<()> {
                $(exports.export($name, Func::from($function))?;)*
                Ok(())
            }
        }
    };
}

exports! {
    "access" => calls::access,
    "chmod" => calls::chmod,
    "chown" => calls::chown,
    "close" => calls::close,
    "copyFile" => calls::copy_file,
    "fchmod" => calls::fchmod,
    "fchown" => calls::fchown,
    "fdatasync" => calls::fdatasync,
    "fstat" => status::fstat,
    "fstatExact" => status::fstat_exact,
    "fsync" => calls::fsync,
    "ftruncate" => calls::ftruncate,
    "lchown" => calls::lchown,
    "link" => calls::link,
    "makeTemporary" => calls::make_temporary,
    "mkdir" => calls::mkdir,
    "open" => calls::open,
    "read" => calls::read,
    "readAll" => calls::read_all,
    "readDirectory" => directory::read_directory,
    "readLink" => directory::read_link,
    "realPath" => directory::real_path,
    "rename" => calls::rename,
    "rmdir" => calls::rmdir,
    "setTimes" => calls::set_times,
    "stat" => status::stat,
    "statExact" => status::stat_exact,
    "statfs" => status::statfs,
    "symlink" => calls::symlink,
    "unlink" => calls::unlink,
    "write" => calls::write,
}
