# SPDX-FileCopyrightText: 2026 The hostcap authors
# SPDX-License-Identifier: Apache-2.0

"""One host through all runs: what it sends, in which run's file that arrives, and what of it must be taken."""

import random
import time
from collections import namedtuple
from functools import cached_property

from . import broken
from .host import Host, READY, Stand
from .report import report, rows
from .vocabulary import LADDERS

BASE = 1793491200  # 2026-11-01T00:00:00Z
DAY = 86400

Seen = namedtuple("Seen", "observed_at digest rows size")
# payload: a line of a stream without its end, or a file's bytes.
Delivery = namedtuple("Delivery", "run path payload")


def stamp(seconds):
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(seconds))


class Life:
    def __init__(self, index, options):
        self.options, self.streams = options, options.form == "ndjson"
        self.host = Host(options.seed, index)
        self.machine = f"{self.host.provider}/{self.host.region}/{self.host.name}"
        self.deliveries = []
        # By time: the reports of that time by digest. More than one: they contradict each other.
        self.observed = {}
        self.refused = set()
        self.live()

    def live(self):
        options, host = self.options, self.host
        rng = random.Random(f"{options.seed}/{host.index}/life")
        starts = 0 if rng.random() >= min(0.15, options.drift) else rng.randint(1, 3)
        gone, last, bad = 0, None, random.Random(f"{options.seed}/{host.index}/large")
        for run in range(options.runs):
            rng = random.Random(f"{options.seed}/{host.index}/{run}")
            if run == 0 and host.index < options.large:
                self.break_one(bad, run, stamp(BASE), "too-large")
            if run > 0 and rng.random() < options.drift:
                host.drift(rng)
            if run < starts:
                continue
            gone = max(0, gone - 1)
            if not gone and rng.random() < min(0.03, options.drift / 5):
                # Some are away for a day or two, others for good; of half of these the last report is sent again.
                gone = rng.choice([2, 3, 1 << 30])
            if gone > 1:
                if last and gone > 1000 and host.index % 2:
                    self.deliver(run, last, rng)
                continue
            last = self.observe(run, rng) or last

    def observe(self, run, rng):
        options, host = self.options, self.host
        seconds = BASE + (run - host.behind) * DAY + host.minute * 60 + rng.randrange(600)
        observed_at = stamp(seconds)
        if rng.random() < options.dirty:
            reason = broken.draw(rng, self.streams, options.max_age is not None)
            if reason == "conflict":
                self.contradict(rng, run, observed_at)
            else:
                self.break_one(rng, run, observed_at, reason)
                if rng.random() < 0.5:
                    return None
        text = self.take(observed_at, self.worded(report(host, observed_at).encode(), rng), rows(host))
        late = run + 1 < options.runs and rng.random() < options.late
        self.deliver(run + late, text, rng)
        if rng.random() < options.duplicates:
            self.deliver(min(run + rng.choice([0, 0, 1, 2]), options.runs - 1), text, rng)
        return text

    def worded(self, text, rng):
        """The same report, as another program might write it."""
        if rng.random() < 0.95:
            return text
        return rng.choice([text.replace(b'","', b'", "'), text.replace(b'"name":"hostcap"', b'"n\\u0061me" : "host\\u0063ap"'),
                           text[:-1] + b"\t}"])

    def take(self, observed_at, text, its_rows):
        digest = broken.digest(text)
        self.observed.setdefault(observed_at, {})[digest] = Seen(observed_at, digest, its_rows, len(text))
        return text

    def contradict(self, rng, run, observed_at):
        """One or two other reports of the same host and second."""
        host = self.host
        for _ in range(rng.choice([1, 1, 1, 2])):
            if rng.random() < 0.3:
                text = report(host, observed_at).encode()[:-1] + b" " * rng.randint(1, 9) + b"}"
                self.deliver(run, self.take(observed_at, text, rows(host)), rng)
                continue
            name = rng.choice(host.platform.able)
            before = host.stands[name]
            rung = LADDERS[name][-1][0]
            host.stands[name] = rng.choice([Stand("blocked", (rung, None, f"told otherwise, {rng.random()}"), None), READY])
            host.findings.append((None, f"told otherwise, {rng.random()}"))
            text = self.take(observed_at, report(host, observed_at).encode(), rows(host))
            host.findings.pop()
            host.stands[name] = before
            self.deliver(min(run + rng.choice([0, 0, 1]), self.options.runs - 1), text, rng)

    def break_one(self, rng, run, observed_at, reason):
        host, source = self.host, self.machine
        observed_at = broken.OF_TIME.get(reason, observed_at)
        text = report(host, observed_at).encode()
        if reason in broken.OF_REPORT:
            bare = self.streams and reason == "not-a-report" and rng.random() < 0.1
            text = broken.OF_REPORT["not an object" if bare else reason](text, rng)
        machine = self.machine
        if reason == "identity":
            machine = broken.bad_machine(host.provider, host.region, host.name, rng)
        payload = self.payload(text, rng, machine)
        if reason in broken.OF_PAYLOAD:
            payload = broken.OF_PAYLOAD[reason](payload, rng)
        if reason in broken.NAMELESS:
            source = f"run {run}"
        self.refused.add((source, reason, broken.digest(payload.rstrip(b" \t\r\n"))))
        self.deliveries.append(Delivery(run, self.machine, payload))
        if rng.random() < self.options.duplicates * 4 and reason != "too-large":
            # What names no machine is sent again in the same file only: in another it might be another refusal.
            later = min(run + rng.randrange(3), self.options.runs - 1)
            if self.streams or source == self.machine:
                self.deliveries.append(Delivery(run if source != self.machine else later, self.machine, payload))

    def deliver(self, run, text, rng):
        self.deliveries.append(Delivery(run, self.machine, self.payload(text, rng, self.machine)))

    def payload(self, text, rng, machine):
        if not self.streams:
            return text + rng.choice([b"\n", b"\n", b"\n", b"", b" \n\n", b"\r\n"])
        name = machine.encode()
        how = rng.random()
        if how < 0.94:
            return b'{"machine":"%b","report":%b}' % (name, text)
        if how < 0.96:
            return b'{"report":%b,"machine":"%b"}' % (text, name)
        if how < 0.98:
            return b' { "machine" : "%b" ,\t"report" : %b } \r' % (name, text)
        return b'{"machine":"%b","report":%b}' % (name.replace(b"/", b"\\/"), text)

    @cached_property
    def seen(self):
        """What must be taken, in order of time: of several at a second the one with the smallest digest."""
        return [self.observed[at][min(self.observed[at])] for at in sorted(self.observed)]

    @cached_property
    def refusals(self):
        """Reason of each input that is refused, as often as it is refused for something else."""
        found = [reason for _, reason, _ in self.refused]
        for digests in self.observed.values():
            found += ["conflict"] * (len(digests) - 1)
        return found
