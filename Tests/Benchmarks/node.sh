#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 The hostcap authors
# SPDX-License-Identifier: Apache-2.0

# node.sh [--smoke]: what hostcap-agent costs on a node, beside the floor (the same files opened and read by a C program)
# and seven programs that operators know, in one go: on this host and on trees of 64, 512 and 4,096 virtual functions,
# each program with the tree as /sys in a mount namespace of its own. Writes the node's part of RESULTS.md. As root.
# --smoke: the floor, lspci and the agent, once, on the smallest tree; writes nothing.
# Goals: the report with its tape within 1.5 times the floor's way `attrs`, 24 MiB, and the same time for a function on
# all trees within a fifth; on a host of a few functions 3 ms of processor time beyond a Swift program that says hello.
set -euo pipefail
cd "$(dirname "$0")/../.."
smoke=${1:-}
shared=${HOSTCAP_SHARED:-../shared}
if [ "$(id -u)" -ne 0 ] || ! unshare -m true 2>/dev/null; then
  echo "SKIPPED node.sh: needs root and mount namespaces"
  exit 0
fi
if [ ! -f "$shared/tools/floor.c" ]; then
  echo "SKIPPED node.sh: no $shared/tools/floor.c to be the floor"
  exit 0
fi
[ -x .build/release/hostcap-agent ] || { echo "node.sh: hostcap-agent is not built: make agent" >&2; exit 1; }

# What each is for: the peers, in the order of the table, and strace, which counts calls.
packages='pciutils hwloc-nox lshw libvirt-clients facter ansible-core strace'
[ "$smoke" = --smoke ] && packages='pciutils strace'
missing=$(for package in $packages; do
  dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q '^install ok installed' || echo "$package"; done)
if [ -n "$missing" ]; then
  echo "installing" $missing
  # shellcheck disable=SC2086
  DEBIAN_FRONTEND=noninteractive sh -c 'apt-get update -qq && apt-get install -qq -y --no-install-recommends "$@" >/dev/null' sh $missing
fi

work=$(mktemp -d /dev/shm/hostcap-node.XXXXXX)
trap 'rm -rf "$work"' EXIT
cc -O2 -o "$work/floor" "$shared/tools/floor.c"
swiftc -O -static-stdlib Tests/Benchmarks/hello.swift -o "$work/hello"
python3 Tests/Benchmarks/node.py "$work" "$PWD/.build/release/hostcap-agent" "$shared/tools/gen_host.py" $smoke
