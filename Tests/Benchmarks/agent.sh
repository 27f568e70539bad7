#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 The hostcap authors
# SPDX-License-Identifier: Apache-2.0

# agent.sh [--smoke]: what the agent costs, beside a Swift hello world. Prints, never judges: machines differ.
# Goals: stripped size <= 16 MiB; start to report <= 4 times hello; resident size <= 16 MiB on 512 functions.
# --smoke: three runs on a small tree, to see that everything still runs.
set -euo pipefail
cd "$(dirname "$0")/../.."
runs=30 physical=8 virtual=62
[ "${1:-}" = --smoke ] && runs=3 physical=1 virtual=4
shared=${HOSTCAP_SHARED:-../shared}
agent=$PWD/.build/release/hostcap-agent
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

[ -x "$agent" ] || { echo "agent.sh: $agent is not built: make agent" >&2; exit 1; }
swiftc -O -static-stdlib Tests/Benchmarks/hello.swift -o "$work/hello"

echo "machine   $(sed -n 's/^model name[^:]*: *//p' /proc/cpuinfo | head -1), $(nproc) CPUs, load $(cut -d' ' -f1 /proc/loadavg)"
echo "software  $(uname -sr), $(swift --version 2>/dev/null | sed -n 's/.*\(Swift version [^ ]*\).*/\1/p' | head -1)"
echo "commit    $(git describe --always --dirty 2>/dev/null || echo unknown)"
for binary in "$work/hello" "$agent"; do
  strip -o "$work/stripped" "$binary"
  printf '%-9s %s bytes stripped\n' "$(basename "$binary" | sed s/hostcap-//)" "$(stat -c %s "$work/stripped")"
done

echo
echo "start to report, this host, $runs runs"
python3 Tests/Benchmarks/measure.py "$runs" -- "$work/hello" -- "$agent" --skip libvirt --output "$work/report"

if [ ! -f "$shared/tools/gen_host.py" ]; then
  echo "SKIPPED: no $shared/tools/gen_host.py, so no tree to read"
  exit 0
fi
python3 "$shared/tools/gen_host.py" "$work/tree" --pfs "$physical" --vfs "$virtual" >/dev/null
echo
echo "a tree of $(find "$work/tree/sys/bus/pci/devices" -mindepth 1 | wc -l) functions, $runs runs"
python3 Tests/Benchmarks/measure.py "$runs" -- "$work/hello" \
  -- "$agent" --format json --root "$work/tree" --output "$work/report.json"
