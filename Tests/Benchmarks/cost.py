#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The hostcap authors
# SPDX-License-Identifier: Apache-2.0

"""Fits what a fleet costs to what was measured, and says what more hosts would cost.

    cost.py                     # the points of cost.tsv beside it
    cost.py --hosts 100000 1000000 10000000 --points more.tsv

A point is a line: step, hosts, value, unit, load of the machine then. A step's cost is a + b * hosts, both at least 0, with the
least squares of relative errors, for points lie powers of ten apart. Fewer than two sizes fit nothing, and are said so.
"""

import argparse
import collections
import os
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
UNITS = {"bytes": [(1e12, "TB"), (1e9, "GB"), (1e6, "MB"), (1e3, "kB"), (1, "B")],
         "cpu-seconds": [(3600, "CPU h"), (1, "CPU s")], "wall-seconds": [(3600, "h"), (1, "s")]}


def points(path):
    """By step and unit: hosts and value."""
    out = collections.defaultdict(list)
    with open(path, encoding="utf-8") as file:
        for number, line in enumerate(file, 1):
            if line.startswith("#") or not line.strip():
                continue
            fields = line.rstrip("\n").split("\t")
            if len(fields) != 5 or fields[3] not in UNITS:
                sys.exit(f"{path}: line {number}: is no point: step, hosts, value, unit, load")
            try:
                hosts, value = int(fields[1]), float(fields[2])
            except ValueError:
                sys.exit(f"{path}: line {number}: hosts and value are numbers")
            if hosts < 1 or value <= 0:
                sys.exit(f"{path}: line {number}: hosts and value are above 0")
            out[fields[0], fields[3]].append((hosts, value))
    return dict(out)


def fit(pairs):
    """a and b of a + b * hosts. Minimises the sum of ((a + b * hosts) / value - 1)^2; a negative one is 0 instead."""
    u, v = [1 / value for _, value in pairs], [hosts / value for hosts, value in pairs]
    uu, vv, uv = sum(x * x for x in u), sum(y * y for y in v), sum(x * y for x, y in zip(u, v))
    su, sv = sum(u), sum(v)
    determinant = uu * vv - uv * uv
    a, b = (su * vv - sv * uv) / determinant, (uu * sv - uv * su) / determinant
    if a < 0:
        return 0.0, sv / vv
    return (a, b) if b >= 0 else (su / uu, 0.0)


def worst(pairs, a, b):
    """The largest relative error at a point."""
    return max(abs((a + b * hosts) / value - 1) for hosts, value in pairs)


def told(value, unit):
    for size, name in UNITS[unit]:
        if value >= size:
            return f"{value / size:.3g} {name}"
    return f"{value:.3g} {UNITS[unit][-1][1]}"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--points", default=os.path.join(HERE, "cost.tsv"))
    parser.add_argument("--hosts", type=int, nargs="+", default=[100_000, 1_000_000, 10_000_000])
    options = parser.parse_args()
    print("| step | points | a | b, a host | worst | " + " | ".join(f"{hosts:,} hosts" for hosts in options.hosts) + " |")
    print("|---|---|---|---|---|" + "---|" * len(options.hosts))
    for (step, unit), pairs in points(options.points).items():
        listed = ", ".join(f"{hosts:,}: {told(value, unit)}" for hosts, value in sorted(pairs))
        if len({hosts for hosts, _ in pairs}) < 2:
            print(f"| {step} | {listed} | not fitted: one size | | |" + " |" * len(options.hosts))
            continue
        a, b = fit(pairs)
        costs = " | ".join(told(a + b * hosts, unit) for hosts in options.hosts)
        print(f"| {step} | {listed} | {told(a, unit)} | {told(b, unit)} | {100 * worst(pairs, a, b):.0f} % | {costs} |")


if __name__ == "__main__":
    main()
