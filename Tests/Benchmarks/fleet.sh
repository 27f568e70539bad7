#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 The hostcap authors
# SPDX-License-Identifier: Apache-2.0

# fleet.sh [--smoke] [--hosts N] [--data FOLDER]: what a fleet of 100,000 hosts costs on this machine, beside DuckDB
# and jq over the same lines with equal answers. Prints, and judges only that answers are equal: machines differ.
# It takes some 12 GB of disk below TMPDIR and, most of it for making the fleet, half an hour on two cores.
# --smoke: 500 hosts, to see that everything still runs. RESULTS-fleet.md is of 100,000 or more.
# --data: a fleet that generate.py has made before, of as many hosts, with --drift 0.
set -euo pipefail
cd "$(dirname "$0")/../.."
hostcap=${HOSTCAP:-$PWD/.build/release/hostcap}
[ -x "$hostcap" ] || { echo "fleet.sh: $hostcap is not built: make operator" >&2; exit 1; }
duckdb=$PWD/.build/duckdb/bin/python
if [ ! -x "$duckdb" ]; then
  echo "installing DuckDB below .build"
  python3 -m venv .build/duckdb
  .build/duckdb/bin/pip install --quiet --disable-pip-version-check duckdb
fi
command -v jq >/dev/null || echo "SKIPPED: no jq, so no comparison with it: apt-get install jq" >&2
exec python3 Tests/Benchmarks/fleet.py "$hostcap" "$duckdb" "$@"
