#!/bin/sh
# SPDX-FileCopyrightText: 2026 The hostcap authors
# SPDX-License-Identifier: Apache-2.0

# Builds the C shims and their driver with the address and undefined-behaviour sanitizers and runs them.
# CC: the compiler; gcc, or clang where there is none.
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

cc=${CC:-gcc}
command -v "$cc" >/dev/null || cc=clang
sources=
for unit in cpuid helper ioctl klog libvirt pci root; do sources="$sources $shims/$unit.c"; done
# shellcheck disable=SC2086 # the list is meant to be split
"$cc" -std=gnu11 -g -O1 -Wall -Wextra -Werror -fsanitize=address,undefined -fno-sanitize-recover=all \
  -fno-omit-frame-pointer -I "$shims/include" $sources "$here/sanitize.c" -o "$work/driver" -ldl

ASAN_OPTIONS=detect_leaks=1:detect_stack_use_after_return=1 "$work/driver" "$tree"
echo "sanitize: clean ($("$cc" --version | head -n 1))"
