#!/bin/sh
# SPDX-FileCopyrightText: 2026 The hostcap authors
# SPDX-License-Identifier: Apache-2.0

# Builds all the C and C++ of ours and drivers for it with the address and undefined-behaviour sanitizers and runs them.
# CC, CXX: the compilers; gcc, or clang where there is none.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
shims=$here/../../Sources/CHost
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

tree=$work/root
mkdir -p "$tree/folder" "$tree/d/e"
echo outside >"$work/secret"
echo inside >"$tree/inside"
ln -s "$work/secret" "$tree/absolute"
ln -s ../secret "$tree/relative"
ln -s loop "$tree/loop"
ln -s back "$tree/there"
ln -s there "$tree/back"
ln -s .. "$tree/up"
ln -s ../../inside "$tree/d/e/f"
ln -s "$(printf 'folder/../%.0s' $(seq 300))inside" "$tree/long"

mkdir "$work/packed"
seq 5000 >"$work/packed/numbers"
ln "$work/packed/numbers" "$work/packed/same"
ln -s numbers "$work/packed/link"
tar -C "$work" --sort=name -czf "$work/packed.tar.gz" packed

checked() {
  "$@" -g -O1 -Wall -Wextra -Werror -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer
}
export ASAN_OPTIONS=detect_leaks=1:detect_stack_use_after_return=1

cc=${CC:-gcc}
command -v "$cc" >/dev/null || cc=clang
checked "$cc" -std=gnu11 -I "$shims/include" "$shims"/*.c "$here"/sanitize*.c -o "$work/driver" -lexpat -lseccomp -ldl -lm
"$work/driver" "$tree" "$work/packed.tar.gz"

cxx=${CXX:-g++}
command -v "$cxx" >/dev/null || cxx=clang++
fleet=$shims/../CFleet
checked "$cxx" -std=c++17 -I "$fleet/include" "$fleet"/*.cpp "$here/../StrictJSON/sanitize.cpp" -o "$work/fleet" -lsimdjson
"$work/fleet"
echo "sanitize: clean ($("$cc" --version | head -n 1))"
