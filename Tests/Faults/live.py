#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The hostcap authors
# SPDX-License-Identifier: Apache-2.0
"""live.py AGENT [--seconds N] - system calls fail under a running agent, one way at a time.

strace makes a call, or that call and every later one, end in an errno or in nothing. Whatever happens, the agent ends
with 0 and a report that is JSON, or with 2 and one line; by no signal; and it calls nothing ready, and lets no rung pass,
that it did not without the fault. As root, for then nothing is refused that we did not refuse.

What happens before the first look at the host - the loader, the C library, the arguments - is left alone: only calls
behind the first one that names /proc or /sys count. A read that blocks for ever is tested elsewhere.
"""
import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time

CALLS = ["openat", "openat2", "read", "pread64", "getdents64", "readlinkat", "ioctl", "newfstatat", "fstat", "statx"]
ERRNOS = ["error=ENOENT", "error=EACCES", "error=EPERM", "error=EIO", "error=EINTR"]
# Ending in 0 is an empty file, an empty folder, an empty link; for an open it would be somebody else's descriptor.
EMPTY = ["read", "pread64", "getdents64", "readlinkat"]
# A file system that answers EINTR to every read for ever is a read that blocks for ever.
ENDLESS = {("read", "error=EINTR"), ("openat", "error=EINTR"), ("openat2", "error=EINTR")}


def report(output):
    """Every verdict by name, for comparison."""
    document = json.loads(output)
    names = {}
    for ladder in document["capabilities"]:
        names[ladder["id"]] = ladder["state"]
        for rung in ladder["rungs"]:
            names[ladder["id"] + "/" + rung["id"]] = rung["verdict"]
    for unit in document["pci"]["units"]:
        names["unit " + unit["members"][0]] = unit["state"]
    for function in document["pci"]["physicalFunctions"]:
        names["vfs of " + function["address"]] = function["standing"]["state"]
    return names


def strength(verdict):
    return {"ready": 2, "pass": 2, "warn": 1}.get(verdict, 0)


class Machine:
    def __init__(self, agent, tree):
        self.command = [agent, "--format", "json", "--deadline", "2"] + (["--root", tree] if tree else [])
        self.name = tree or "this machine"
        plain = subprocess.run(self.command, capture_output=True, timeout=60)
        if plain.returncode != 0:
            sys.exit(f"live.py: {self.name}: exit {plain.returncode} without a fault: {plain.stderr[:300]!r}")
        self.whole = report(plain.stdout)
        self.first, self.counts = self.traced()

    def traced(self):
        """How many calls of each kind a run makes, and the first of them that is about the host."""
        with tempfile.NamedTemporaryFile("r") as log:
            names = ",".join(CALLS)
            subprocess.run(
                ["strace", "-f", "--seccomp-bpf", "-qq", "-o", log.name, "-e", f"trace={names}", "-e", "signal=none"] + self.command,
                capture_output=True, timeout=120, check=True)
            first, counts, begun, own = {}, dict.fromkeys(CALLS, 0), False, {}
            for line in log:
                match = re.match(r"(\d+) +(\w+)\((.*)", line)
                if not match or match[2] not in counts:
                    continue
                thread, call, rest = match.groups()
                own[thread, call] = own.get((thread, call), 0) + 1
                # strace counts by thread: what the loader did in the first one is behind every "when".
                about = re.search(r'"/?(proc|sys)\b(?!/self/(maps|exe))', rest)
                begun = begun or bool(about)
                if begun:
                    first.setdefault(call, own[thread, call])
                counts[call] = max(counts[call], own[thread, call])
            return first, counts

    def injections(self):
        for call in CALLS:
            if call not in self.first:
                continue
            ways = ERRNOS + (["retval=0"] if call in EMPTY else [])
            low, high = self.first[call], self.counts[call]
            for way in ways:
                spread = sorted({low + (high - low) * part // 12 for part in range(13)})
                for when in spread:
                    yield call, way, str(when)
                    if (call, way) not in ENDLESS:
                        yield call, way, f"{when}+"

    def attempt(self, call, way, when):
        command = ["strace", "-f", "--seccomp-bpf", "-qq", "-o", "/dev/null", "-e", f"trace={call}",
                   "-e", f"inject={call}:{way}:when={when}"] + self.command
        try:
            run = subprocess.run(command, capture_output=True, timeout=60)
        except subprocess.TimeoutExpired:
            return "did not end within 60 s"
        if run.returncode == 2:
            lines = run.stderr.decode(errors="replace").splitlines()
            if run.stdout:
                return "exit 2 after a part of a report"
            return None if len(lines) == 1 and lines[0].startswith("hostcap") else f"exit 2 and says {lines[:3]}"
        # The loader of the first process makes such calls too, and has the same number for them as the one that reads.
        if run.returncode == 127 and b"error while loading shared libraries" in run.stderr:
            return None
        if run.returncode != 0:
            return f"exit {run.returncode}: {run.stderr[-300:]!r}"
        try:
            found = report(run.stdout)
        except (ValueError, KeyError) as error:
            return f"no report: {error}"
        stronger = [f"{name}: {self.whole.get(name, 'nothing')} became {verdict}" for name, verdict in found.items()
                    if strength(verdict) > strength(self.whole.get(name))]
        return "; ".join(sorted(stronger)[:4]) or None


def main():
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("agent")
    options.add_argument("--seconds", type=float, default=60)
    options = options.parse_args()
    if not shutil.which("strace"):
        sys.exit("live.py: strace is missing")
    if os.geteuid() != 0:
        print("SKIPPED: live.py needs root; no system call was made to fail")
        return
    with tempfile.TemporaryDirectory() as folder:
        tree = generated(folder)
        sweep([Machine(options.agent, place) for place in ([None, tree] if tree else [None])], options.seconds)


def generated(folder):
    """A synthetic host's tree, with physical and virtual functions; None without the generator."""
    beside = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../../shared")
    generator = os.path.join(os.environ.get("HOSTCAP_SHARED", beside), "tools/gen_host.py")
    if not os.access(generator, os.R_OK):
        print(f"SKIPPED: {generator} is missing; calls failed on this machine only")
        return None
    tree = os.path.join(folder, "host")
    subprocess.run([sys.executable, generator, tree, "--pfs", "2", "--vfs", "4", "--cpu", "milan"], check=True,
                   stdout=subprocess.DEVNULL)
    return tree


def sweep(machines, seconds):
    queue = [(machine, trial) for machine in machines for trial in machine.injections()]
    # A stride without a common divisor visits all in an order that mixes them.
    step = next(number for number in (7919, 7907, 7901) if len(queue) % number)
    begun, tried, failures = time.monotonic(), 0, []
    for index in range(len(queue)):
        if time.monotonic() - begun > seconds:
            break
        machine, trial = queue[index * step % len(queue)]
        tried += 1
        complaint = machine.attempt(*trial)
        if complaint:
            failures.append(f"{machine.name}: {':'.join(trial)}: {complaint}")
            print("FAILED", failures[-1])
    print(f"live faults: {tried} of {len(queue)} tried on {len(machines)} hosts in "
          f"{time.monotonic() - begun:.0f} s, {len(failures)} failed")
    sys.exit(1 if failures or not tried else 0)


main()
