#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The hostcap authors
# SPDX-License-Identifier: Apache-2.0
"""fleet.py HOSTCAP PYTHON_WITH_DUCKDB [--smoke] [--hosts N] [--data FOLDER]

Measures what a fleet costs: wall time, processor time of all threads, and the most memory that the process owned itself
(RssAnon; pages of files that it maps are the system's). Exit status 1: an answer differs, or something failed.
"""
import argparse
import csv
import glob
import io
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time

sys.dont_write_bytecode = True
HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "Fleet"))

from fleetgen import fleet, scopes  # noqa: E402

STATES = ["ready", "blocked", "absent", "unknown", "notApplicable"]
# Questions of the public board: what `fleet board --public` asks.
CLOSED = ["history", "rejected", "span", "hosts", "changes", "remarks"]
DUCKDB = """
import sys, duckdb
path, old = sys.argv[1:]
duckdb.sql("SET enable_progress_bar = false")
rows = duckdb.sql(f'''
  SELECT c.id, CASE WHEN expired THEN 'unknown' ELSE c.state END AS state, COUNT(*)
  FROM (SELECT UNNEST(report.capabilities) AS c, report.source.observedAt < '{old}' AS expired
        FROM read_json('{path}', format = 'newline_delimited', maximum_object_size = 33554432, columns = {{
          report: 'STRUCT(source STRUCT(observedAt VARCHAR), capabilities STRUCT(id VARCHAR, state VARCHAR)[])'}}))
  GROUP BY ALL''').fetchall()
print("\\n".join("\\t".join(map(str, row)) for row in rows))
"""
JQ = """reduce (inputs.report | (.source.observedAt < $old) as $expired | .capabilities[]
  | [.id, if $expired then "unknown" else .state end] | join("\t")) as $key ({}; .[$key] += 1)
  | to_entries[] | "\\(.key)\t\\(.value)" """


class Run:
    """One command: its output, wall and processor seconds, and peak of own memory in MiB."""

    def __init__(self, command, statuses=(0,)):
        start = time.perf_counter()
        with tempfile.TemporaryFile() as out:
            child = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=out)
            self.anon, done = 0, threading.Event()
            watch = threading.Thread(target=self.watch, args=(child.pid, done))
            watch.start()
            _, status, usage = os.wait4(child.pid, 0)
            child.returncode = os.waitstatus_to_exitcode(status)
            self.wall = time.perf_counter() - start
            done.set()
            watch.join()
            out.seek(0)
            self.output = out.read().decode()
        self.cpu = usage.ru_utime + usage.ru_stime
        if child.returncode not in statuses:
            sys.exit(f"fleet.py: {' '.join(command)[:300]}: exit {child.returncode}")

    def watch(self, pid, done):
        while not done.wait(0.02):
            try:
                with open(f"/proc/{pid}/status", encoding="ascii") as file:
                    for line in file:
                        if line.startswith("RssAnon:"):
                            self.anon = max(self.anon, int(line.split()[1]) / 1024)
            except OSError:
                return


class Results:
    """Goals are of 100,000 hosts: of fewer, it is not said whether they are met."""

    def __init__(self, hosts):
        self.lines, self.good, self.judges = [], True, hosts >= 100_000

    def say(self, line=""):
        print(line, flush=True)
        self.lines.append(line)

    def head(self):
        self.say("| what | wall s | CPU s | own memory MiB | goal | |\n|---|---:|---:|---:|---|---|")

    def row(self, what, run, goal="", note="", most=None, room=None):
        met = ""
        if most is not None and self.judges:
            met = "met" if run.wall <= most and (room is None or run.anon <= room) else "missed"
        notes = "; ".join(filter(None, [met, note]))
        memory = f"{run.anon:.0f}" if run.anon else "too short"
        self.say(f"| {what} | {run.wall:.2f} | {run.cpu:.2f} | {memory} | {goal} | {notes} |")

    def equal(self, name, ours, theirs):
        same = ours == theirs
        self.good &= same
        return "equal" if same else f"DIFFERS from {name}: {sorted(set(ours) ^ set(theirs))[:4]}"


def told(command):
    return subprocess.run(command, cwd=HERE, stdout=subprocess.PIPE, text=True, check=False).stdout.strip()


def machine(results, hostcap, duckdb):
    with open("/proc/cpuinfo", encoding="utf-8") as file:
        model = next((line.split(":")[1].strip() for line in file if line.startswith("model name")), "unknown")
    with open("/proc/meminfo", encoding="utf-8") as file:
        memory = int(file.readline().split()[1]) // 2**20
    commit = told(["git", "describe", "--always", "--dirty"]) or "no commit"
    python = [duckdb, "-c", "import duckdb; print(duckdb.__version__)"]
    tools = [f"hostcap {told([hostcap, '--version'])} ({commit})", f"DuckDB {told(python)}"]
    tools += [told(["jq", "--version"])] if shutil.which("jq") else []
    system = f"{os.uname().sysname} {os.uname().release}"
    results.say(f"Machine: {model}, {os.cpu_count()} processors, {memory} GiB, {system}; load {os.getloadavg()[0]:.1f} at "
                f"the start. {', '.join(tools)}.")


def counted(lines):
    """(capability, hosts, by state…) of lines `capability state count`."""
    table = {}
    for line in lines:
        name, state, count = line.split("\t")
        table.setdefault(name, dict.fromkeys(STATES, 0))[state] += int(count)
    return sorted((name, sum(by.values()), *by.values()) for name, by in table.items())


def ours(text):
    rows = csv.DictReader(io.StringIO(text))
    names = ["hosts", *STATES[:4], "not_applicable"]
    return sorted((row["capability"], *(int(row[name]) for name in names)) for row in rows)


def straight(results, hostcap, duckdb, paths, at, old):
    results.say("\n## Straight over lines: `hostcap fleet summary`\n")
    results.head()
    mine = Run([hostcap, "fleet", "summary", *paths, "--at", at, "--format", "csv"])
    results.row("hostcap, every byte validated", mine, "10 s, 64 MiB", most=10, room=64)
    answer = ours(mine.output)
    others = [("DuckDB", [duckdb, "-c", DUCKDB, paths[0], old])]
    if shutil.which("jq"):
        others.append(("jq", ["jq", "-n", "-r", "--arg", "old", old, JQ, *paths]))
    for name, command in others:
        run = Run(command)
        note = results.equal(name, answer, counted(run.output.strip().split("\n")))
        results.row(name, run, note=f"{note}; {run.wall / mine.wall:.1f} x wall, {run.cpu / mine.cpu:.1f} x CPU")


def stored(results, hostcap, paths, at, work):
    results.say("\n## With a store\n")
    results.head()
    db = os.path.join(work, "db")
    run = Run([hostcap, "fleet", "ingest", *paths, "--db", db])
    size = os.path.getsize(os.path.join(db, "fleet.sqlite"))
    results.row("`fleet ingest`", run, "60 s", f"{size / 2**20:.0f} MiB of rows", most=60)
    listed = told([hostcap, "fleet", "query", "--format", "csv"])
    for name in [row["query"] for row in csv.DictReader(io.StringIO(listed))]:
        run = Run([hostcap, "fleet", "query", name, "--db", db, "--at", at, "--format", "csv"])
        public = name not in CLOSED
        rows = len(list(csv.reader(io.StringIO(run.output)))) - 1
        results.row(f"`fleet query {name}`", run, "1 s" if public else "", f"{rows} rows", most=1 if public else None)
    key, out = os.path.join(work, "key"), os.path.join(work, "board")
    with open(key, "wb") as file:
        file.write(os.urandom(32))
    run = Run([hostcap, "fleet", "board", "--db", db, "--at", at, "--out", out, "--public", "--key", key])
    results.row("public board", run, "5 s", f"{files(out)} files", most=5)
    shutil.rmtree(out)
    run = Run([hostcap, "fleet", "board", "--db", db, "--at", at, "--out", out])
    results.row("internal board with a page for each host", run, "60 s", f"{files(out)} files", most=60)
    shutil.rmtree(out)


def files(folder):
    return sum(len(names) for _, _, names in os.walk(folder))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("hostcap")
    parser.add_argument("duckdb")
    parser.add_argument("--smoke", action="store_true")
    parser.add_argument("--hosts", type=int)
    parser.add_argument("--data")
    options = parser.parse_args()
    hosts = options.hosts or (500 if options.smoke else 100_000)
    work = tempfile.mkdtemp(prefix="hostcap-bench-")
    results = Results(hosts)
    try:
        results.say("# What a fleet costs\n\nWritten by `Tests/Benchmarks/fleet.sh`.\n")
        machine(results, options.hostcap, options.duckdb)
        data = options.data or os.path.join(work, "reports")
        wanted = argparse.Namespace(hosts=hosts, runs=1, drift=0.0, seed=1, form="ndjson", out=data, expect=None,
                                    dirty=0.0, duplicates=0.0, late=0.0, large=0, max_age=None,
                                    jobs=os.cpu_count() or 1)
        if not options.data:
            fleet.make(wanted)
        paths = sorted(glob.glob(os.path.join(data, "*.ndjson")))
        size = sum(map(os.path.getsize, paths))
        asked = scopes.scope(scopes.end(wanted))
        results.say(f"{hosts} hosts of `Tests/Fleet/generate.py`, {size / 1e9:.2f} GB of reports, "
                    f"{size / hosts / 1000:.1f} kB each. Hardly two of them say the same of all their capabilities.")
        straight(results, options.hostcap, options.duckdb, paths, asked.at_time, asked.expired_time)
        stored(results, options.hostcap, paths, asked.at_time, work)
        results.say(f"\nLoad {os.getloadavg()[0]:.1f} at the end.")
    finally:
        shutil.rmtree(work)
    # A smaller fleet is a trial.
    if hosts >= 100_000:
        with open(os.path.join(HERE, "RESULTS-fleet.md"), "w", encoding="utf-8") as file:
            file.write(HEAD + "\n".join(results.lines) + "\n")
    return 0 if results.good else 1


HEAD = """<!--
SPDX-FileCopyrightText: 2026 The hostcap authors
SPDX-License-Identifier: Apache-2.0
-->

"""

if __name__ == "__main__":
    sys.exit(main())
