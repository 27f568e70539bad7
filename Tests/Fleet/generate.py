#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The hostcap authors
# SPDX-License-Identifier: Apache-2.0

"""Writes a fleet of host reports, and the answers to every question about it.

    generate.py --hosts 1000 --runs 3 --out fleet --expect answers.json
    generate.py --self-check

A host's reports depend on the seed, its number and the run, and on nothing else. 100,000 hosts have 5 GB of reports a run.
Where there is drift a few hosts appear only in later runs; --drift 0: all are there from the first.
"""

import argparse
import json
import os
import sys
import time

# The source tree is left as it is.
sys.dont_write_bytecode = True

from fleetgen import fleet, selfcheck


def options(arguments=None):
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--hosts", type=int, default=10, metavar="N")
    parser.add_argument("--runs", type=int, default=1, metavar="K", help="time steps, a day each")
    parser.add_argument("--drift", type=float, default=0.03, help="share of hosts that change from run to run")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--form", choices=["ndjson", "files", "tar"], default="ndjson")
    parser.add_argument("--out", metavar="FOLDER", help="where it goes; empty or not there yet")
    parser.add_argument("--expect", metavar="FILE", help="the answers, as JSON")
    parser.add_argument("--dirty", type=float, default=0.0, help="share of reports that come broken")
    parser.add_argument("--duplicates", type=float, default=0.0, help="share of reports that come twice")
    parser.add_argument("--late", type=float, default=0.0, help="share of reports that come a run late")
    parser.add_argument("--large", type=int, default=0, metavar="N", help="inputs of more than 16 MiB")
    parser.add_argument("--max-age", type=int, metavar="DAYS", help="send reports of 2016, which are older than that")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--self-check", action="store_true", help="check the answers against SQLite and the schema")
    return parser.parse_args(arguments)


def self_check():
    """The plain answers and SQLite's must be the same, and reports must be valid."""
    bad, answers, rows = [], 0, 0
    shapes = [(10, seed) for seed in range(30)] + [(300, seed) for seed in range(100, 103)]
    for hosts, seed in shapes:
        wanted = options(["--hosts", str(hosts), "--runs", "3", "--drift", "0.5", "--seed", str(seed), "--dirty", "0.1",
                          "--duplicates", "0.05", "--late", "0.1", "--form", ["ndjson", "files"][seed % 2]])
        found = selfcheck.against_sqlite(wanted)
        bad, answers, rows = bad + found[0], answers + found[1], rows + found[2]
    print(f"{'differs' if bad else 'ok'}: {answers} answers with {rows} rows against SQLite {selfcheck.sqlite3.sqlite_version}")
    wanted = options(["--hosts", "150", "--runs", "2", "--drift", "0.5", "--duplicates", "0.05", "--form", "files"])
    found = selfcheck.against_drawn(wanted)
    print(f"{'differs' if found[0] else 'ok'}: rows of {found[1]} reports, read back, against what was drawn")
    bad += found[0]
    found = selfcheck.against_grammar(options(["--hosts", "400", "--runs", "2", "--dirty", "0.9"]))
    print(f"{'differs' if found[0] else 'ok'}: {found[1]} broken inputs are broken as they should be")
    bad += found[0]
    found = selfcheck.against_schema(wanted, 150)
    if found is None:
        print("NOT CHECKED: reports against the schema, for python3-jsonschema is not installed", file=sys.stderr)
    else:
        print(f"{'differs' if found[0] else 'ok'}: {found[1]} reports against the schema")
        bad += found[0]
    for what in bad[:20]:
        print(what)
    return 1 if bad else 0


def main():
    wanted = options()
    if wanted.self_check:
        return self_check()
    start = time.time()
    answers, inputs = fleet.make(wanted)
    if wanted.expect:
        with open(wanted.expect, "w", encoding="utf-8") as file:
            json.dump(fleet.expected(answers), file, ensure_ascii=False, separators=(",", ":"))
    print(f"{wanted.hosts} hosts, {inputs} inputs, {time.time() - start:.1f} s", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
