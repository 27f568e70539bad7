#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The hostcap authors
# SPDX-License-Identifier: Apache-2.0
"""node.py WORK AGENT GEN_HOST [--smoke]: the measurements of node.sh, as a table for people and for RESULTS.md."""
import os
import re
import shutil
import statistics
import subprocess
import sys

import measure
import results

# Virtual functions, and how they are spread: physical functions, virtual functions of each.
TREES = {64: (4, 16), 512: (16, 32), 4096: (32, 128)}
# The whole of `sh -c` stands before every program, so that what it costs is in each row, hello's included.
INSIDE = 'mount --rbind "$0" /sys && exec "$@"'
# Slower than this, a program is run once on that tree, and its calls are not counted.
PATIENCE_MS = 4000


def programs(work, agent, smoke):
    """Names, commands, and the exit statuses that are no failure."""
    out = os.path.join(work, "out")
    everything = [
        ("hello, Swift", [f"{work}/hello"], (0,)),
        ("hostcap-agent, report and tape",
         [agent, "--skip", "libvirt", "--assume-bare-metal", "--format", "json", "--tape", f"{out}.tape", "--output",
          f"{out}.json"], (0,)),
        ("hostcap-agent, report", [agent, "--skip", "libvirt", "--assume-bare-metal", "--format", "json", "--output",
                                   f"{out}.json"], (0,)),
        ("lspci -vvv", ["lspci", "-vvv", "-nn"], (0,)),
        ("lstopo", ["lstopo-no-graphics", "--of", "xml"], (0,)),
        # Their findings are their exit status.
        ("virt-host-validate", ["virt-host-validate", "qemu"], (0, 1)),
        ("facter", ["facter", "--json"], (0, 1)),
        ("lshw", ["lshw", "-json"], (0,)),
        ("ansible -m setup", ["ansible", "localhost", "-m", "setup"], (0,)),
    ]
    found = []
    for name, command, fine in everything:
        path = shutil.which(command[0])
        if smoke and name not in ("hello, Swift", "hostcap-agent, report and tape", "lspci -vvv"):
            continue
        if path is None:
            print(f"SKIPPED {name}: no {command[0]} here", flush=True)
            continue
        found.append((name, [path, *command[1:]], fine))
    return found


def inside(tree, command):
    """The command with the tree as /sys; None: this host's own."""
    return command if tree is None else ["/usr/bin/unshare", "-m", "/bin/sh", "-c", INSIDE, f"{tree}/sys", *command]


def calls(command):
    """System calls of the command and what it starts."""
    run = subprocess.run(["strace", "-f", "-c", "-U", "calls,name", "-o", "/dev/stderr", *command],
                         stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    total = re.search(rb"^ *(\d+) total$", run.stderr, flags=re.MULTILINE)
    return int(total.group(1)) if total else None


def floor(work, tree, loops):
    """Milliseconds of each way in one pass, median and least, and system calls."""
    run = subprocess.run([f"{work}/floor", tree or "", str(loops)], stdout=subprocess.PIPE, check=True)
    rows = [line.split() for line in run.stdout.decode().splitlines()[1:]]
    return {row[0]: {"functions": int(row[1]), "calls": int(row[2]), "median": float(row[4]), "least": float(row[5])}
            for row in rows}


def measured(work, tree, everything, runs):
    """A row a program, all of them in turns."""
    times = {name: [] for name, _, _ in everything}
    for turn in range(runs):
        for name, command, fine in everything:
            if turn > 0 and times[name][0][0] > PATIENCE_MS:
                continue
            times[name].append(measure.timed(inside(tree, command), fine))
    rows = []
    for name, command, fine in everything:
        walls, cpus = zip(*times[name])
        rows.append({
            "name": name, "runs": len(walls), "wall": statistics.median(walls), "least": min(walls),
            "cpu": statistics.median(cpus), "rss": measure.resident(inside(tree, command)),
            "calls": calls(inside(tree, command)) if walls[0] <= PATIENCE_MS else None,
        })
    return rows


def table(rows, base, unit):
    lines = [f"{'program':31} {'wall ms':>9} {'least':>9} {'cpu ms':>9} {'RSS KiB':>8} {'calls':>8} {unit:>8}"]
    for row in rows:
        rss = f"{row['rss']:8}" if row["rss"] else f"{'':8}"
        lines.append(
            f"{row['name']:31} {row['wall']:9.2f} {row['least']:9.2f} {row['cpu']:9.2f} {rss}"
            f" {row['calls'] or '':>8} {row['cpu'] / base:8.2f}")
    return lines


def of_tree(work, size, everything, runs, generator):
    tree = None
    if size:
        tree = os.path.join(work, f"t{size}")
        physical, virtual = TREES[size]
        subprocess.run([sys.executable, generator, tree, "--pfs", str(physical), "--vfs", str(virtual), "--gpus", "8"],
                       check=True, stdout=subprocess.DEVNULL)
    least = floor(work, tree, 2 * runs + 1)
    rows = measured(work, tree, everything, runs)
    functions = least["attrs"]["functions"]
    ways = [{"name": f"floor, {way}", "wall": least[way]["median"], "least": least[way]["least"],
             "cpu": least[way]["least"], "rss": None, "calls": least[way]["calls"]} for way in ("minimal", "attrs")]
    base = least["attrs"]["least"]
    title = f"{functions} functions" + (f", {size} of them virtual" if size else ": this host")
    if tree:
        shutil.rmtree(tree)
    return title, functions, base, ways + rows


def further(each):
    """What a function costs beyond those of the tree before."""
    points = [each[size] for size in TREES]
    slopes = [(after[1] - before[1]) * 1000 / (after[0] - before[0]) for before, after in zip(points, points[1:])]
    return ["report and tape, microseconds of processor time of a further function:"] + [
        f"  from {before[0]} to {after[0]} functions {slope:.0f}" for before, after, slope in zip(points, points[1:], slopes)]


def main():
    work, agent, generator = sys.argv[1:4]
    smoke = "--smoke" in sys.argv[4:]
    everything = programs(work, agent, smoke)
    lines = results.machine(agent)
    sizes, runs = ([64], 1) if smoke else ([None, *TREES], 11)
    each = {}
    for size in sizes:
        title, functions, base, rows = of_tree(work, size, everything, runs, generator)
        unit = "x attrs"
        lines += ["", title, *table(rows, base, unit)]
        by_name = {row["name"]: row for row in rows}
        full = by_name["hostcap-agent, report and tape"]
        each[size] = (functions, full["cpu"])
        print("\n".join(lines[-len(rows) - 3:]), flush=True)
    if not smoke:
        lines += ["", *further(each)]
        print("\n".join(lines[-3:]), flush=True)
        results.write("node", "node.sh", lines)


# The peers tell at length what a tree has not.
measure.SILENT.append(2)
measure.ctypes.CDLL(None).prctl(measure.PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
main()
