# SPDX-FileCopyrightText: 2026 The hostcap authors
# SPDX-License-Identifier: Apache-2.0

"""What it costs: our children, and Spark's executors, which are none."""

import os
import resource
import threading

TICK = os.sysconf("SC_CLK_TCK")


def seconds_of_children():
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


class Executors(threading.Thread):
    """Processor seconds of what the workers start, as it was last seen."""

    def __init__(self, cluster):
        super().__init__(daemon=True)
        self.workers, self.seconds, self.done = set(), {}, threading.Event()
        for name in ("worker1.pid", "worker2.pid"):
            with open(os.path.join(cluster, name), encoding="ascii") as file:
                self.workers.add(file.read().strip())

    def run(self):
        while not self.done.wait(0.2):
            for pid in filter(str.isdigit, os.listdir("/proc")):
                try:
                    with open(f"/proc/{pid}/stat", encoding="utf-8", errors="replace") as file:
                        fields = file.read().rsplit(")", 1)[1].split()
                except OSError:
                    continue
                if fields[1] in self.workers:
                    self.seconds[pid] = (int(fields[11]) + int(fields[12])) / TICK

    def total(self):
        self.done.set()
        self.join()
        return sum(self.seconds.values())
