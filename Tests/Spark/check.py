#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The hostcap authors
# SPDX-License-Identifier: Apache-2.0

"""Every query on SQLite, on a Spark cluster and on DuckDB: the same rows, to the byte.

    check.py HOSTCAP --hosts 10 1000 --seeds 30        # many fleets, in one session of Spark for each size
    check.py HOSTCAP --only program --only board       # by the program itself
    check.py HOSTCAP --only killed                     # a worker dies in the middle
    check.py HOSTCAP --only once --hosts 100000        # one fleet, with Spark as it is set for large ones

Needs a cluster: make spark-up. Exit status 1: an answer differs.
"""

import argparse
import filecmp
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time

# The source tree is left as it is.
sys.dont_write_bytecode = True
HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "Fleet"))

from fleetgen import fleet, scopes

from sparkcheck.costs import Executors, seconds_of_children
from sparkcheck.session import Failure, Session


class Fleet:
    """One generated fleet: its reports, its store, its facts, and what SQLite answers."""

    def __init__(self, check, hosts, seed):
        self.check, self.hosts, self.seed = check, hosts, seed
        self.folder = check.path(f"{hosts}-{seed}")
        os.makedirs(self.folder)
        options = {"hosts": hosts, "runs": check.options.runs, "drift": 0.4, "seed": seed, "form": "ndjson", "out": self.path("reports"),
                   "expect": None, "dirty": 0.05, "duplicates": 0.1, "late": 0.1, "large": 0, "max_age": None,
                   "jobs": os.cpu_count() or 1}
        self.options = argparse.Namespace(**options)
        fleet.make(self.options)
        self.now = fleet.end_of(self.options)
        self.inputs = [self.path("reports", name) for name in sorted(os.listdir(self.path("reports")))]
        check.program("ingest", *self.inputs, "--db", self.path("db"), "--now", self.now)
        self.facts = self.make_facts()
        # Each seed asks something else: filters, moments, releases.
        asked = list(scopes.scopes(self.options).items())
        self.scope, wanted = asked[seed % len(asked)]
        self.asked = scopes.options_of(wanted)

    def path(self, *parts):
        return os.path.join(self.folder, *parts)

    def make_facts(self):
        """Of the store; or of the reports in pieces, as many machines would, one of them twice."""
        if self.seed % 2:
            self.check.program("facts", self.path("db"), "--output", self.path("facts"))
            return [self.path("facts")]
        pieces = random.Random(self.seed).sample(self.inputs, len(self.inputs))
        for number, piece in enumerate(pieces + pieces[:1]):
            self.check.program("facts", piece, "--output", self.path(f"facts-{number % 2}"), "--now", self.now)
        return [self.path("facts-0"), self.path("facts-1")]

    def script(self):
        """All queries, as the program tells them Spark."""
        return self.check.program("query", "--engine", "spark", "--data", *self.facts, *self.asked, "--sql")

    def answer(self, name, *more):
        out = json.loads(self.check.program("query", name, *more, *self.asked, "--format", "json"))
        return [[row[column] for column in out["columns"]] for row in out["rows"]]

    def sqlite(self, name):
        return self.answer(name, "--db", self.path("db"))


class Check:
    def __init__(self, options, folder):
        self.options, self.folder, self.good, self.bad, self.rows = options, folder, 0, 0, 0
        self.names = [line.split(",")[0] for line in self.program("query", "--format", "csv").split("\r\n")[1:] if line]
        self.texts = {name: self.program("query", name, "--sql") for name in self.names}

    def path(self, *parts):
        return os.path.join(self.folder, *parts)

    def program(self, *arguments):
        """What it prints; refusing reports is no failure."""
        run = subprocess.run([self.options.hostcap, "fleet", *arguments], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                             stderr=subprocess.PIPE, env=os.environ | {"TMPDIR": self.folder})
        if run.returncode not in (0, 2) or run.returncode == 2 and arguments[0] == "query":
            raise Failure(f"{arguments[0]} ended with {run.returncode}: {run.stderr.decode(errors='replace')[-500:]}")
        return run.stdout.decode()

    def must(self, label, holds, what=""):
        self.good, self.bad = self.good + bool(holds), self.bad + (not holds)
        if not holds:
            print(f"DIFFERS: {label}: {what}", flush=True)

    def same(self, label, wanted, found):
        """To the byte, in any order; how rows follow each other must be the same too, where the query says so."""
        self.rows += len(wanted)
        left, right = ([json.dumps(row, ensure_ascii=False).encode() for row in rows] for rows in (wanted, found))
        ours, theirs = set(left), set(right)
        only = [row for row in left if row not in theirs][:2], [row for row in right if row not in ours][:2]
        self.must(label, sorted(left) == sorted(right), f"{len(left)} rows, {len(right)} found; {only}")
        self.must(f"{label}, order", left == right or sorted(left) != sorted(right), "the rows follow each other otherwise")

    def session(self, settings=None):
        return Session(self.options.spark_home, self.options.master, self.folder, settings)

    def seeds(self):
        """Many fleets of each size, every query."""
        from sparkcheck import duck
        for hosts in self.options.hosts:
            begun = time.time()
            fleets = [Fleet(self, hosts, seed) for seed in range(self.options.first, self.options.first + self.options.seeds)]
            made = time.time()
            found = self.session().run([each.script() for each in fleets], self.options.timeout)
            spark = time.time()
            for each, answers in zip(fleets, found):
                self.must(f"{hosts} hosts, seed {each.seed}", len(answers) == len(self.names), f"{len(answers)} answers")
                database = duck.base(each.script())
                for name, rows in zip(self.names, answers):
                    label = f"{name}, {hosts} hosts, seed {each.seed}, {each.scope}"
                    wanted = each.sqlite(name)
                    self.same(f"{label}, Spark", wanted, rows)
                    self.same(f"{label}, DuckDB", wanted, duck.answer(database, self.texts[name]))
                database.close()
                shutil.rmtree(each.folder)
            print(f"{len(fleets)} fleets of {hosts} hosts, {len(self.names)} queries: made in {made - begun:.0f} s, "
                  f"Spark {spark - made:.0f} s, SQLite and DuckDB {time.time() - spark:.0f} s", flush=True)

    def once(self):
        """One fleet of each size, with Spark as it is set for large ones."""
        from sparkcheck import duck
        for hosts in self.options.hosts:
            each = Fleet(self, hosts, 1)
            script = each.script()
            executors = Executors(self.options.cluster)
            executors.start()
            begun, before = time.time(), seconds_of_children()
            found = self.session({}).run([script], self.options.timeout)
            wall, cost = time.time() - begun, seconds_of_children() - before + executors.total()
            print(f"{hosts} hosts, {self.options.runs} times: {len(self.names)} queries on Spark in {wall:.0f} s, {cost:.0f} "
                  f"processor seconds; load {os.getloadavg()[0]:.1f}", flush=True)
            self.must(f"{hosts} hosts, once", len(found[0]) == len(self.names), f"{len(found[0])} answers")
            database = duck.base(script)
            for name, rows in zip(self.names, found[0]):
                wanted = each.sqlite(name)
                self.same(f"{name}, {hosts} hosts, once, Spark", wanted, rows)
                self.same(f"{name}, {hosts} hosts, once, DuckDB", wanted, duck.answer(database, self.texts[name]))
            database.close()
            shutil.rmtree(each.folder)

    def killed(self):
        """SIGKILL for a worker and what it has started, once an answer is there."""
        each = Fleet(self, self.options.hosts[0], 3)
        with open(os.path.join(self.options.cluster, "worker1.pid"), encoding="ascii") as file:
            worker = int(file.read())
        gone = []

        def during(rows):
            if not gone and os.path.getsize(rows) > 200:
                # For a moment a worker may have another child, which is none of its executors.
                children = subprocess.run(["ps", "-o", "pid=,args=", "--ppid", str(worker)], stdout=subprocess.PIPE, text=True)
                executors = [int(line.split()[0]) for line in children.stdout.splitlines() if "ExecutorBackend" in line]
                gone.extend([worker, *executors])
                for pid in gone:
                    os.kill(pid, signal.SIGKILL)

        found = self.session({"spark.sql.shuffle.partitions": "4"}).run([each.script()], self.options.timeout, during)
        with open(self.path("session.log"), encoding="utf-8", errors="replace") as file:
            self.must("a worker and its executor were killed", len(gone) == 2 and "Lost executor" in file.read(), f"{gone}")
        for name, rows in zip(self.names, found[0]):
            self.same(f"{name}, a worker killed", each.sqlite(name), rows)
        print(f"a worker and its executor killed: {each.hosts} hosts, {len(self.names)} queries", flush=True)

    def spark(self):
        return ["--engine", "spark", "--master", self.options.master, "--spark-home", self.options.spark_home, "--timeout",
                str(self.options.timeout)]

    def by_program(self):
        """From start to end: facts, segments and a store."""
        each = Fleet(self, 10, 5)
        segments = [os.path.join(each.path("db", "segments"), name) for name in sorted(os.listdir(each.path("db", "segments")))]
        ways = [("hosts", each.facts), ("matrix", segments), ("rejected", [each.path("db")])]
        for name, data in ways[:1] if self.options.short else ways:
            self.same(f"{name} by the program", each.sqlite(name), each.answer(name, *self.spark(), "--data", *data))

    def board(self):
        """Both boards of the same store, with rows of both engines: file by file."""
        each = Fleet(self, 10, 7)
        key = self.path("key")
        with open(key, "wb") as file:
            file.write(bytes(range(32)))
        for label, more in [("internal", []), ("public", ["--public", "--key", key])]:
            for engine, options in [("sqlite", []), ("spark", [*self.spark(), "--data", *each.facts])]:
                self.program("board", "--db", each.path("db"), "--at", each.now, "--out", self.path(f"{label}-{engine}"), *more, *options)
            pages = sorted(files(self.path(f"{label}-sqlite")))
            self.must(f"the {label} board's files", pages and pages == sorted(files(self.path(f"{label}-spark"))), "others")
            _, wrong, missing = filecmp.cmpfiles(self.path(f"{label}-sqlite"), self.path(f"{label}-spark"), pages, shallow=False)
            self.must(f"the {label} board, {len(pages)} files", not wrong and not missing, f"{wrong[:5]} {missing[:5]}")
            print(f"{label} board: {len(pages)} files", flush=True)


def files(folder):
    return [os.path.relpath(os.path.join(parent, name), folder) for parent, _, names in os.walk(folder) for name in names]


WAYS = {"seeds": Check.seeds, "once": Check.once, "program": Check.by_program, "board": Check.board, "killed": Check.killed}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("hostcap", help="the program")
    parser.add_argument("--cluster", default=".build/spark", help="where make spark-up has put it")
    parser.add_argument("--spark-home", required=True, help="the folder with bin/spark-sql")
    parser.add_argument("--master", help="its URL; as make spark-up has it, if not given")
    parser.add_argument("--only", action="append", choices=WAYS, help="this way only; may be given more than once")
    parser.add_argument("--hosts", type=int, nargs="+", default=[10])
    parser.add_argument("--seeds", type=int, default=2)
    parser.add_argument("--runs", type=int, default=3, help="times that each host reports")
    parser.add_argument("--short", action="store_true", help="less of what repeats")
    parser.add_argument("--first", type=int, default=0, help="the first seed")
    parser.add_argument("--timeout", type=int, default=3600, help="seconds of one session")
    options = parser.parse_args()
    options.hostcap = os.path.abspath(options.hostcap)
    if not options.master:
        with open(os.path.join(options.cluster, "master"), encoding="ascii") as file:
            options.master = file.read().strip()
    folder = tempfile.mkdtemp(prefix="hostcap-spark-check-")
    try:
        check = Check(options, folder)
        for way in options.only or [way for way in WAYS if way != "once"]:
            try:
                WAYS[way](check)
            except Failure as failure:
                check.must(way, False, str(failure))
    finally:
        shutil.rmtree(folder)
    print(f"{check.good} of {check.good + check.bad} right, {check.rows} rows")
    return 1 if check.bad else 0


if __name__ == "__main__":
    sys.exit(main())
