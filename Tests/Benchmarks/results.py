# SPDX-FileCopyrightText: 2026 The hostcap authors
# SPDX-License-Identifier: Apache-2.0
"""RESULTS.md, a part for each script that measures: rewritten by it, the others left as they are."""
import os
import pathlib
import re
import subprocess

PAGE = pathlib.Path(__file__).resolve().parent / "RESULTS.md"
HEAD = """<!--
SPDX-FileCopyrightText: 2026 The hostcap authors
SPDX-License-Identifier: Apache-2.0
-->

# What it costs

Written by the scripts beside this page, each its own part. Ratios hold for one run on one machine; times do not travel.
"""


def first(command, pattern):
    """What the pattern's group is in a program's output; empty: the program is not there or says something else."""
    try:
        run = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=60)
    except (OSError, subprocess.TimeoutExpired):
        return ""
    found = re.search(pattern, run.stdout.decode(errors="replace"))
    return found.group(1) if found else ""


def machine(program):
    """Machine, load, versions and commit, a line each."""
    model = re.search(r"model name\s*: *(.*)", pathlib.Path("/proc/cpuinfo").read_text(encoding="utf-8"))
    memory = re.search(r"MemTotal: *(\d+)", pathlib.Path("/proc/meminfo").read_text(encoding="ascii"))
    uname = os.uname()
    versions = [
        ("", first(["swift", "--version"], r"(Swift version [0-9.]+)")),
        ("pciutils", first(["lspci", "--version"], r"version ([0-9.]+)")),
        ("hwloc", first(["lstopo-no-graphics", "--version"], r"([0-9]+\.[0-9.]+)")),
        ("libvirt", first(["virt-host-validate", "--version"], r"([0-9]+\.[0-9.]+)")),
        ("facter", first(["facter", "--version"], r"([0-9]+\.[0-9.]+)")),
        ("lshw", first(["dpkg-query", "-W", "-f=${Version}", "lshw"], r"([0-9][^ ]*)")),
        ("ansible", first(["ansible", "--version"], r"core ([0-9.]+)")),
    ]
    return [
        f"machine   {model.group(1) if model else uname.machine}, {os.cpu_count()} CPUs, {int(memory.group(1)) >> 20} GiB,"
        f" load {os.getloadavg()[0]:.2f}",
        f"software  {uname.sysname} {uname.release}, " + ", ".join(f"{name} {text}".strip() for name, text in versions if text),
        f"commit    {first(['git', 'describe', '--always', '--dirty'], r'([^ ]+)')}, agent of"
        f" {os.stat(program).st_size} bytes".replace("\n", ""),
    ]


def write(part, script, lines):
    text = PAGE.read_text(encoding="utf-8") if PAGE.exists() else HEAD
    body = "\n".join([f"## {part}", "", f"`Tests/Benchmarks/{script}`:", "", *("    " + line if line else "" for line in lines), ""])
    found = re.search(rf"^## {part}\n.*?(?=^## |\Z)", text, flags=re.MULTILINE | re.DOTALL)
    text = text[:found.start()] + body + "\n" + text[found.end():] if found else text.rstrip("\n") + "\n\n" + body
    PAGE.write_text(text.rstrip("\n") + "\n", encoding="utf-8")
    print(f"written: {os.path.relpath(PAGE)}", flush=True)
