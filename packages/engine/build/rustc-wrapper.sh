#!/bin/sh
# What cargo runs for the crates of this workspace. laconic-arena needs one unstable function,
# std::alloc::set_alloc_error_hook: without it, memory that Rust cannot get ends the host's process.
# Only that crate may use it; cargo gives the others, and all dependencies, to rustc as they are.
case " $* " in
*" --crate-name laconic_arena "*) RUSTC_BOOTSTRAP=1 exec "$@" --cfg laconic_alloc_error_hook ;;
*) exec "$@" ;;
esac
