#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The hostcap authors
# SPDX-License-Identifier: Apache-2.0
"""measure.py RUNS -- COMMAND… [-- COMMAND…]

Runs the commands in turns, RUNS times each, and prints for each: median and least wall time in milliseconds, median
processor time in milliseconds, largest resident size in KiB. The first command's are the unit of the ratio.
"""
import ctypes
import os
import statistics
import subprocess
import sys
import time

PR_SET_CHILD_SUBREAPER = 36  # linux/prctl.h
# Descriptors that lead nowhere; with 2 among them, what goes wrong is told by the exit status alone.
SILENT = [0, 1]


def timed(command, fine=(0,)):
    """Wall and processor time in milliseconds; what ends with another status than these ends the measurement too."""
    start = time.perf_counter()
    pid = os.posix_spawn(command[0], command, os.environ, file_actions=quiet())
    _, status, usage = os.wait4(pid, 0)
    wall = time.perf_counter() - start
    if os.waitstatus_to_exitcode(status) not in fine:
        sys.exit(f"{' '.join(command)}: exit {os.waitstatus_to_exitcode(status)}")
    return wall * 1000, (usage.ru_utime + usage.ru_stime) * 1000


def quiet():
    return [(os.POSIX_SPAWN_OPEN, fd, "/dev/null", os.O_RDWR, 0) for fd in SILENT]


def resident(command):
    """A child's largest resident size counts its parent's pages from before exec, and this interpreter is the larger.
    So a shell starts the command and leaves it to us to wait for; it begins when the shell is gone, which would else
    sometimes have waited for it."""
    gate, go = os.pipe()
    script = '{ read -r go; exec "$@" </dev/null; } <&%d >/dev/null & echo $!' % gate
    shell = subprocess.run(["/bin/sh", "-c", script, "sh", *command], stdout=subprocess.PIPE, pass_fds=[gate], check=True,
                           stderr=subprocess.DEVNULL if 2 in SILENT else None)
    os.close(gate)
    os.write(go, b"\n")
    os.close(go)
    _, _, usage = os.wait4(int(shell.stdout), 0)
    return usage.ru_maxrss


def main():
    runs = int(sys.argv[1])
    commands = []
    for word in sys.argv[2:]:
        if word == "--":
            commands.append([])
        else:
            commands[-1].append(word)
    if ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0) != 0:
        sys.exit("measure.py: prctl failed")
    times = [[] for _ in commands]
    for command in commands:
        timed(command)
    for _ in range(runs):
        for index, command in enumerate(commands):
            times[index].append(timed(command))
    unit = statistics.median(wall for wall, _ in times[0])
    print(f"{'wall ms':>9} {'least':>8} {'cpu ms':>8} {'RSS KiB':>9} {'ratio':>7}  command")
    for index, command in enumerate(commands):
        wall = statistics.median(wall for wall, _ in times[index])
        least = min(wall for wall, _ in times[index])
        cpu = statistics.median(cpu for _, cpu in times[index])
        name = " ".join([os.path.basename(command[0]), *command[1:]])
        print(f"{wall:9.2f} {least:8.2f} {cpu:8.2f} {resident(command):9} {wall / unit:7.2f}  {name}")


if __name__ == "__main__":
    main()
