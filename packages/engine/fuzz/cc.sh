#!/bin/sh
# The C compiler of the fuzzers' build: the engine's own, zig's clang. What is compiled for the fuzzers
# is instrumented, what is compiled for build scripts and macros is not; both have the same target, but
# not the same folder. Zig has another name for the target than Rust, and detects undefined behaviour
# unless told not to.
for argument do
  shift
  case "$argument" in
  --target=*) ;;
  *) set -- "$@" "$argument" ;;
  esac
done
instrument=
case " $* " in
*"/$LACONIC_FUZZ_TARGET/"*) instrument="-fsanitize=address -fsanitize=fuzzer-no-link -fno-omit-frame-pointer -g1" ;;
esac
exec "$LACONIC_FUZZ_ZIG" cc -target "$LACONIC_FUZZ_ZIG_TARGET" -fno-sanitize=undefined "$@" $instrument
