#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The hostcap authors
# SPDX-License-Identifier: Apache-2.0

"""Measures what a fleet costs on Spark, as lines for Tests/Benchmarks/cost.tsv.

    points.py HOSTCAP --spark-home HOME --hosts 1000 10000 --copies 1 10
    points.py HOSTCAP --hosts 1000 10000 100000 --without-spark

Each size is a generated fleet of one report a host. Copies are its facts again under other hosts' numbers and names: for who
has no room for so many reports. Needs a cluster: make spark-up; a hostcap built for release.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time

# The source tree is left as it is.
sys.dont_write_bytecode = True
HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "Fleet"))

from fleetgen import fleet

from sparkcheck.costs import Executors, seconds_of_children
from sparkcheck.session import Session

# What a copy has of its own; everything else of a fact may be shared.
OWN = ["machine", "report", "host_seen"]


def size_of(folder):
    return sum(os.path.getsize(os.path.join(parent, name)) for parent, _, names in os.walk(folder) for name in names)


def copied(facts, out, copies):
    """The facts, and those of hosts that differ in number and name alone."""
    shutil.copytree(facts, out)
    for table in OWN:
        for name in sorted(os.listdir(os.path.join(facts, table))):
            with open(os.path.join(facts, table, name), encoding="utf-8") as file:
                rows = [json.loads(line) for line in file]
            for copy in range(1, copies):
                with open(os.path.join(out, table, f"copy-{copy}-{name}"), "w", encoding="utf-8") as file:
                    for row in rows:
                        more = {"host": (row["host"] + copy * 1_000_003) % (1 << 63)}
                        more |= {"name": f"{row['name']}-{copy}"} if "name" in row else {}
                        file.write(json.dumps(row | more, ensure_ascii=False, separators=(",", ":")) + "\n")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("hostcap")
    parser.add_argument("--cluster", default=".build/spark")
    parser.add_argument("--spark-home")
    parser.add_argument("--without-spark", action="store_true", help="reports, ingest, SQLite's answers and facts only")
    parser.add_argument("--hosts", type=int, nargs="+", default=[1000])
    parser.add_argument("--copies", type=int, nargs="+", default=[1])
    parser.add_argument("--timeout", type=int, default=3600)
    options = parser.parse_args()
    hostcap = os.path.abspath(options.hostcap)
    master = ""
    if not options.without_spark:
        if not options.spark_home:
            parser.error("--spark-home is missing")
        with open(os.path.join(options.cluster, "master"), encoding="ascii") as file:
            master = file.read().strip()

    def point(step, hosts, value, unit):
        print(f"{step}\t{hosts}\t{value:.6g}\t{unit}\t{os.getloadavg()[0]:.1f}", flush=True)

    for hosts in options.hosts:
        folder = tempfile.mkdtemp(prefix="hostcap-spark-points-")
        try:
            wanted = argparse.Namespace(hosts=hosts, runs=1, drift=0.0, seed=1, form="ndjson", out=os.path.join(folder, "reports"),
                                        expect=None, dirty=0.0, duplicates=0.0, late=0.0, large=0, max_age=None, jobs=2)
            fleet.make(wanted)
            point("reports", hosts, size_of(wanted.out), "bytes")
            sqlite(hostcap, wanted, os.path.join(folder, "db"), point)
            before = seconds_of_children()
            subprocess.run([hostcap, "fleet", "facts", wanted.out, "--output", os.path.join(folder, "facts")], check=True)
            point("facts", hosts, seconds_of_children() - before, "cpu-seconds")
            shutil.rmtree(wanted.out)
            point("facts", hosts, size_of(os.path.join(folder, "facts")), "bytes")
            for copies in [] if options.without_spark else options.copies:
                measure(options, hostcap, master, folder, hosts, copies, fleet.end_of(wanted), point)
        finally:
            shutil.rmtree(folder)


def sqlite(hostcap, wanted, db, point):
    """What the store costs: to fill, to keep and to ask."""
    now, before = fleet.end_of(wanted), seconds_of_children()
    subprocess.run([hostcap, "fleet", "ingest", wanted.out, "--db", db, "--now", now], check=True, stdout=subprocess.DEVNULL,
                   stderr=subprocess.DEVNULL)
    point("ingest", wanted.hosts, seconds_of_children() - before, "cpu-seconds")
    point("fleet.sqlite", wanted.hosts, os.path.getsize(os.path.join(db, "fleet.sqlite")), "bytes")
    listed = subprocess.run([hostcap, "fleet", "query", "--format", "csv"], check=True, stdout=subprocess.PIPE).stdout.decode()
    before = seconds_of_children()
    for name in [line.split(",")[0] for line in listed.split("\r\n")[1:] if line]:
        subprocess.run([hostcap, "fleet", "query", name, "--db", db, "--at", now, "--format", "json"], check=True,
                       stdout=subprocess.DEVNULL)
    point("sqlite-all-queries", wanted.hosts, seconds_of_children() - before, "cpu-seconds")
    shutil.rmtree(db)


def measure(options, hostcap, master, folder, hosts, copies, now, point):
    facts = os.path.join(folder, f"facts-{copies}")
    copied(os.path.join(folder, "facts"), facts, copies)
    script = subprocess.run([hostcap, "fleet", "query", "--engine", "spark", "--data", facts, "--at", now, "--sql"], check=True,
                            stdout=subprocess.PIPE, env=os.environ | {"TMPDIR": folder}).stdout.decode()
    executors = Executors(options.cluster)
    executors.start()
    before, begun = seconds_of_children(), time.monotonic()
    answers = Session(options.spark_home, master, folder, {}).run([script], options.timeout)
    wall = time.monotonic() - begun
    driver = seconds_of_children() - before
    point("spark-all-queries", hosts * copies, executors.total() + driver, "cpu-seconds")
    point("spark-all-queries", hosts * copies, wall, "wall-seconds")
    print(f"# {len(answers[0])} queries, {sum(map(len, answers[0]))} rows, driver {driver:.0f} s", file=sys.stderr, flush=True)
    shutil.rmtree(facts)


if __name__ == "__main__":
    main()
