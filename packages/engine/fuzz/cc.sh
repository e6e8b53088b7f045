#!/bin/sh
# The C compiler of the fuzzers' build: what is compiled for the fuzzers is instrumented, what is
# compiled for build scripts and macros is not. Both have the same target, but not the same folder.
case " $* " in
*"/$LACONIC_FUZZ_TARGET/"*) exec "${LACONIC_FUZZ_CC:-cc}" $LACONIC_FUZZ_CFLAGS "$@" ;;
*) exec "${LACONIC_FUZZ_CC:-cc}" "$@" ;;
esac
