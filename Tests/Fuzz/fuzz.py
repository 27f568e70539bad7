#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The hostcap authors
# SPDX-License-Identifier: Apache-2.0

"""Runs the fuzzers: fuzz.py PROGRAM FOLDER SECONDS. A line a target, the sum, and exit status 1 if there is a finding.

FOLDER/corpus keeps what was found to reach new code and is begun with next time; FOLDER/findings keeps what broke
something, and FOLDER/log what libFuzzer said. FUZZ_TARGETS="tape report" runs these only. SECONDS 0 runs what is in the
corpus once, as for a program that was built with another sanitizer. FUZZ_SEED=1 draws the same inputs every time, from an
empty corpus: what checks a change must not fail by another change's luck. Without it each run draws its own.
"""

import concurrent.futures
import os
import pathlib
import re
import subprocess
import sys
import time

HERE = pathlib.Path(__file__).resolve().parent
# Beside each other: more than two starve each other on the machines that check changes.
JOBS = min(2, os.cpu_count() or 1)
# Seconds that one input may take; MiB that the process may have.
TIMEOUT, MEMORY = 10, 1024


def words(folder, most=200):
    """What the seeds are made of, for libFuzzer to write into its inputs."""
    counts = {}
    for path in folder.iterdir():
        for word in set(re.findall(rb"[A-Za-z0-9_.:/@<-]{3,24}", path.read_bytes()[:4096])):
            counts[word] = counts.get(word, 0) + 1
    common = sorted(counts, key=lambda word: (-counts[word], word))[:most]
    return "".join(f'"{word.decode()}"\n' for word in sorted(common))


def run(program, folder, seconds, name, longest):
    corpus, seeds, findings = (folder / part / name for part in ("corpus", "seeds", "findings"))
    for place in (corpus, findings, folder / "log"):
        place.mkdir(parents=True, exist_ok=True)
    before = set(findings.iterdir())
    dictionary = folder / "seeds" / f"{name}.words"
    dictionary.write_text(words(seeds), encoding="ascii")
    arguments = [
        program, f"-max_len={longest}", f"-timeout={TIMEOUT}", f"-rss_limit_mb={MEMORY}", f"-artifact_prefix={findings}/",
        "-print_final_stats=1", "-reload=0", f"-report_slow_units={TIMEOUT}",
        f"-max_total_time={seconds}" if seconds else "-runs=0", corpus, seeds,
    ]
    if os.environ.get("FUZZ_SEED"):
        arguments.insert(1, f"-seed={int(os.environ['FUZZ_SEED'])}")
    # libFuzzer refuses an empty one.
    if dictionary.stat().st_size:
        arguments.insert(1, f"-dict={dictionary}")
    log = folder / "log" / f"{name}.txt"
    begun = time.monotonic()
    with open(log, "wb") as output:
        status = subprocess.run(
            arguments, stdout=output, stderr=subprocess.STDOUT,
            # Swift's own backtraces would take the signal from libFuzzer, which then keeps no input.
            env=os.environ | {"HOSTCAP_FUZZ_TARGET": name, "SWIFT_BACKTRACE": "enable=no"},
        ).returncode
    text = log.read_text(encoding="utf-8", errors="replace")

    def last(pattern):
        found = re.findall(pattern, text)
        return int(found[-1]) if found else 0

    executions = last(r"stat::number_of_executed_units:\s*(\d+)")
    found = sorted(set(findings.iterdir()) - before)
    rate = executions / max(time.monotonic() - begun, 0.001)
    print(
        f"{name:13} {executions:10} executions {rate:8.0f}/s  {last(r' cov: ([0-9]+)'):6} edges"
        f"  {last(r'stat::peak_rss_mb:[ ]*([0-9]+)'):5} MiB  {'no finding' if status == 0 else f'FINDING, see {log}'}",
        flush=True)
    for path in found:
        print(f"    {path}", flush=True)
    return executions, status != 0


def main():
    program, folder, seconds = pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2]).resolve(), int(sys.argv[3])
    folder.mkdir(parents=True, exist_ok=True)
    targets = folder / "targets"
    targets.write_bytes(subprocess.run([program, "--targets"], check=True, stdout=subprocess.PIPE).stdout)
    subprocess.run([HERE / "seeds.py", targets, folder / "seeds"], check=True)
    wanted = os.environ.get("FUZZ_TARGETS", "").split()
    all_targets = [line.split() for line in targets.read_text(encoding="ascii").splitlines()]
    unknown = set(wanted) - {name for name, _ in all_targets}
    if unknown:
        sys.exit(f"fuzz: no target {', '.join(sorted(unknown))}")
    chosen = [(name, longest) for name, longest in all_targets if not wanted or name in wanted]
    with concurrent.futures.ThreadPoolExecutor(JOBS) as pool:
        results = list(pool.map(lambda target: run(program, folder, seconds, *target), chosen))
    findings = sum(broken for _, broken in results)
    print(f"fuzz: {len(results)} targets, {sum(count for count, _ in results)} executions, {findings} findings")
    sys.exit(1 if findings else 0)


main()
