#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The hostcap authors
# SPDX-License-Identifier: Apache-2.0

"""Runs the program over a fleet that does not exist and compares every answer with the generator's.

    check.py HOSTCAP --hosts 10
    check.py HOSTCAP --hosts 300 --only killed --keep look-here

The same reports in another order, in pieces, twice, or with the program killed in between must give the same answers.
Exit status 1: an answer differs.
"""

import argparse
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from multiprocessing.pool import ThreadPool

# The source tree is left as it is.
sys.dont_write_bytecode = True

from fleetgen import fleet
from fleetgen.selfcheck import difference


class Program:
    def __init__(self, path, now, jobs):
        self.path, self.now, self.jobs = os.path.abspath(path), now, jobs

    def command(self, paths, db, more=()):
        return [self.path, "fleet", "ingest", *paths, "--db", db, "--now", self.now, *more]

    def ingest(self, paths, db, more=()):
        """Refusing is no failure; anything else is."""
        run = subprocess.run(self.command(paths, db, more), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                             stderr=subprocess.PIPE)
        if run.returncode not in (0, 2):
            raise Failure(f"ingest ended with {run.returncode}: {run.stderr.decode(errors='replace')[-2000:]}")

    def ask(self, name, source, options, columns):
        command = [self.path, "fleet", "query", name, *source, *options, "--format", "json"]
        run = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        if run.returncode not in (0, 2):
            raise Failure(f"query {name} ended with {run.returncode}: {run.stderr.decode(errors='replace')[-2000:]}")
        return rows_of(run.stdout, columns)


class Failure(Exception):
    pass


def rows_of(text, columns):
    """Rows as lists, sorted as the generator sorts them, from the program's JSON."""
    answer = json.loads(text)
    if answer["columns"] != columns:
        raise Failure(f"columns {answer['columns']}, expected {columns}")
    rows = [[row[name] for name in columns] if isinstance(row, dict) else row for row in answer["rows"]]
    return sorted(rows, key=lambda row: [str(cell) for cell in row])


class Check:
    def __init__(self, program, options, folder):
        self.program, self.options, self.folder = program, options, folder
        self.rng = random.Random(options.seed)
        self.good = self.bad = 0
        self.expected = {}

    def path(self, *parts):
        return os.path.join(self.folder, *parts)

    def fleet(self, form, name=None, max_age=None):
        """The generated fleet's paths, run by run, made once for each form."""
        name = name or form
        out = self.path(name)
        if name not in self.expected:
            arguments = {"form": form, "out": out, "expect": "yes", "max_age": max_age}
            answers, _ = fleet.make(argparse.Namespace(**vars(self.options) | arguments))
            self.expected[name] = fleet.expected(answers)
            with open(self.path(name + ".json"), "w", encoding="utf-8") as file:
                json.dump(self.expected[name], file)
        return [os.path.join(out, name) for name in sorted(os.listdir(out))]

    def compare(self, label, source, form="ndjson", scopes=None):
        """Every answer at every scope, or at those named."""
        plain = self.expected[form]
        for name, wanted in {"plain": plain, **plain["variants"]}.items():
            if scopes is None or name in scopes:
                self.compare_at(f"{label}, {name}", source, wanted)

    def compare_at(self, label, source, wanted):
        def one(item):
            query, answer = item
            try:
                rows = self.program.ask(query, source, wanted["options"], answer["columns"])
            except (Failure, ValueError, KeyError) as failure:
                return query, str(failure)
            return query, difference(answer["rows"], rows)

        with ThreadPool(self.program.jobs) as pool:
            found = pool.map(one, sorted(wanted["queries"].items()))
        bad = [(query, what) for query, what in found if what]
        rows = sum(len(answer["rows"]) for answer in wanted["queries"].values())
        self.good, self.bad = self.good + len(found) - len(bad), self.bad + len(bad)
        print(f"{'DIFFERS' if bad else 'ok'}: {label}: {len(found) - len(bad)} of {len(found)} answers, {rows} rows", flush=True)
        for query, what in bad[:5]:
            print(f"  {query} ({' '.join(wanted['options'])}): {what}")

    def must(self, label, holds, what=""):
        self.good, self.bad = self.good + bool(holds), self.bad + (not holds)
        print(f"{'ok' if holds else 'DIFFERS'}: {label}{'' if holds else ': ' + what}", flush=True)

    def doctor(self, label, db):
        run = subprocess.run([self.program.path, "fleet", "doctor", "--db", db], stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        self.must(f"{label}, the store is in order", run.returncode == 0, run.stdout.decode(errors="replace")[-1000:])

    # Ways to take the same reports in.

    def whole(self):
        self.fleet("ndjson")
        self.program.ingest([self.path("ndjson")], self.path("whole.db"))
        self.compare("all at once", ["--db", self.path("whole.db")])
        self.doctor("all at once", self.path("whole.db"))

    def aged(self):
        """Old reports among them, and a limit."""
        paths, db = self.fleet("ndjson", "aged", max_age=400), self.path("aged.db")
        self.program.ingest(paths, db, ["--max-age", "400"])
        self.compare("with a limit of age", ["--db", db], "aged", SOME[:1])

    def twice(self):
        paths, db = self.fleet("ndjson"), self.path("twice.db")
        self.program.ingest(paths + paths, db)
        self.program.ingest(paths[::-1], db)
        self.compare("everything twice, and again", ["--db", db], scopes=SOME)
        self.doctor("everything twice, and again", db)

    def late(self):
        db = self.path("late.db")
        for path in self.fleet("ndjson")[::-1]:
            self.program.ingest([path], db)
        self.compare("the last run first", ["--db", db], scopes=SOME)
        self.doctor("the last run first", db)

    def pieces(self):
        """Lines dealt out to files, which come one by one in any order."""
        lines, db = [], self.path("pieces.db")
        for path in self.fleet("ndjson"):
            with open(path, "rb") as file:
                lines += file.read().split(b"\n")
        self.rng.shuffle(lines)
        count = 7
        os.mkdir(self.path("pieces"))
        for number in range(count):
            path = self.path("pieces", f"{number}.ndjson")
            with open(path, "wb") as file:
                file.write(b"\n".join(lines[number::count]))
            self.program.ingest([path], db)
        self.compare(f"in {count} shuffled pieces", ["--db", db], scopes=SOME)
        self.doctor(f"in {count} shuffled pieces", db)

    def straight(self):
        # Without a store the moment that is asked about is now, and later reports are refused: only the last one will do.
        self.fleet("ndjson")
        self.compare("straight from lines", [self.path("ndjson")], scopes=LAST)

    def files(self):
        paths = self.fleet("files")
        self.program.ingest([self.path("files")], self.path("files.db"))
        self.compare("one file a report", ["--db", self.path("files.db")], "files", SOME)
        self.compare("straight from files", paths, "files", LAST[:1])

    def tar(self):
        paths = self.fleet("tar")
        self.program.ingest(paths, self.path("tar.db"))
        self.compare("archives", ["--db", self.path("tar.db")], "tar", SOME)
        self.compare("straight from archives", paths, "tar", LAST[:1])

    def killed(self):
        paths, db = self.fleet("ndjson"), self.path("killed.db")
        start = time.time()
        self.program.ingest(paths, self.path("measure.db"))
        whole, killed = time.time() - start, 0
        for _ in range(self.options.kills):
            with subprocess.Popen(self.program.command(self.rng.sample(paths, len(paths)), db), stdin=subprocess.DEVNULL,
                                  stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as run:
                try:
                    run.wait(self.rng.uniform(0, whole))
                except subprocess.TimeoutExpired:
                    run.send_signal(signal.SIGKILL)
                    killed += 1
        self.program.ingest(paths, db)
        self.compare(f"killed {killed} times", ["--db", db], scopes=SOME)
        # Segments that no row names are what is left of the killed runs, and harmless.
        subprocess.run([self.program.path, "fleet", "doctor", "--repair", "--db", db], stdout=subprocess.DEVNULL)
        self.doctor(f"killed {killed} times", db)


WAYS = ["whole", "aged", "twice", "late", "pieces", "straight", "files", "tar", "killed"]
SOME = ["plain", "since yesterday", "earlier", "some expired"]
LAST = ["plain", "since yesterday", "state", "capability"]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("hostcap", help="the program")
    parser.add_argument("--only", action="append", choices=WAYS, help="this way only; may be given more than once")
    parser.add_argument("--kills", type=int, default=8, help="how often ingest is killed")
    parser.add_argument("--keep", metavar="FOLDER", help="leave what was made here; not there yet")
    for name, kind, default in [("hosts", int, 10), ("runs", int, 4), ("drift", float, 0.5), ("seed", int, 1), ("dirty", float, 0.1),
                                ("duplicates", float, 0.1), ("late", float, 0.1), ("large", int, 1), ("jobs", int, os.cpu_count() or 1)]:
        parser.add_argument("--" + name, type=kind, default=default, help=f"as of generate.py; {default}")
    options = parser.parse_args()
    folder = options.keep or tempfile.mkdtemp(prefix="hostcap-fleet-")
    os.makedirs(folder, exist_ok=True)
    now = fleet.end_of(options)
    check = Check(Program(options.hostcap, now, options.jobs), options, folder)
    try:
        for way in options.only or WAYS:
            try:
                getattr(check, way)()
            except Failure as failure:
                check.must(way, False, str(failure))
    finally:
        if not options.keep:
            shutil.rmtree(folder)
    print(f"{check.good} of {check.good + check.bad} right: {options.hosts} hosts, {options.runs} runs, seed {options.seed}")
    return 1 if check.bad else 0


if __name__ == "__main__":
    sys.exit(main())
