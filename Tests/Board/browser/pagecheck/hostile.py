# SPDX-FileCopyrightText: 2026 The hostcap authors
# SPDX-License-Identifier: Apache-2.0

"""A small fleet whose reports mean ill: wherever a report has words of its own, they are markup, or turn the text around."""

import itertools
import json

from .boards import Fleet, line, shifted, written

PRIVATE = "ask Ada, telephone 0170 5551234, to change it"
MARKS = "\u202egnp.exe\u2066 \u200f\u061c"
TEXTS = [
    "<script>alert(1)</script>",
    "\"><img src=x onerror=alert(1)>",
    "' onmouseover='alert(1)' x='",
    MARKS + " turned",
    "</td></table></main></style></title><svg onload=alert(1)>",
    PRIVATE,
    "--><!-- ]]> <?php ?> &lt;b&gt; &#60;i&#62;",
    "javascript:alert(1)//https://outside.example/x.png",
    "<base href=\"https://outside.example/\"><meta http-equiv=refresh content=0>",
    # No C0: a report that has one is refused, and then none of its words would be looked at.
    "\u0085\u009b2J\ufffe end of \u2028 line",
]
# Nothing of a length that somebody would give it.
LONG = ["N" * 4096, "<b>\u00fc</b> " * 400]
# Keys whose values are words; all others are of lists that a report is held to.
WORDS = {"because", "fix", "title", "raw", "check", "commandLine", "specification", "name", "driver", "meaning"}
# Of these the public board tells nothing; a class or a model is called what its maker calls it, and that is told.
CLOSED = WORDS - {"name"} | {"kernel.release", "firmware.version", "cpu.microcode"}
FACTS = ["cpu.brand", "machine.product", "machine.vendor", "kernel.release", "firmware.version", "cpu.microcode"]

PROVIDERS = """\
providers:
  - {name: alder, display_name: "<script>alert(2)</script>", contact: "mailto:x@alder.example?subject=<script>\\"'"}
  - {name: birch, display_name: "%s", section: certified, contact: "https://birch.example/\\"><script>alert(3)</script>"}
""" % ("B" * 300)
DEMAND = """\
release: {openstack: "2026.2"}
demands:
  - {name: "<img src=x onerror=alert(4)>", capability: amd.sev-snp, hosts: 3}
  - {name: "%s", capability: amd.sev, hosts: 3}
""" % ("D" * 300)


class HostileFleet(Fleet):
    def __init__(self, program, folder, good):
        super().__init__(program, folder)
        self.at = good.at
        self.providers = written(self.path("providers.yaml"), PROVIDERS)
        self.demand = written(self.path("demand.yaml"), DEMAND)
        drawn = [report for machine, report in good.reports if report["pci"]["accelerators"]]
        taped = good.reports[-1][1]
        # What is not text may stay as it is: a copy a host, each with the next words in its fields.
        words = itertools.cycle(TEXTS + LONG)
        data = b""
        for number, report in enumerate([taped, taped, *drawn[:4], taped]):
            copy = json.loads(json.dumps(report))
            self.spoil(copy, words)
            # Off the beat, so that each field meets each text.
            next(words)
            copy["source"]["observedAt"] = shifted(self.at, hours=-1 - number)
            self.reports.append((f"{['alder', 'birch'][number % 2]}/north/evil-{number}", copy))
            data += line(*self.reports[-1])
        written(self.path("reports.ndjson"), data)
        program.run("fleet", "ingest", self.path("reports.ndjson"), "--db", self.db, "--now", self.at, refuses=True)
        answer = json.loads(program.run("fleet", "query", "providers", "--db", self.db, "--at", self.at, "--format", "json"))
        self.hosts = sum(row["hosts"] if isinstance(row, dict) else row[answer["columns"].index("hosts")]
                         for row in answer["rows"])

    def spoil(self, value, words, key=""):
        if isinstance(value, dict):
            for name, each in value.items():
                if name in WORDS and isinstance(each, str):
                    value[name] = self.word(words, name)
                elif key == "facts" and name in FACTS and isinstance(each.get("value"), str):
                    each["value"] = self.word(words, name)
                else:
                    self.spoil(each, words, name)
        elif isinstance(value, list):
            for each in value:
                self.spoil(each, words, key)

    def word(self, words, name):
        text = next(words)
        return next(words) if text == PRIVATE and name not in CLOSED else text
