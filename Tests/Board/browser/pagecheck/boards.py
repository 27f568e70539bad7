# SPDX-FileCopyrightText: 2026 The hostcap authors
# SPDX-License-Identifier: Apache-2.0

"""Makes the boards that are looked at: a fleet that does not exist, its store, and what the program writes about it."""

import datetime
import json
import os
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
TESTS = os.path.normpath(os.path.join(HERE, "..", "..", ".."))
# A real kernel with SEV-SNP and iommu=pt: its ladder has real evidence, and stops where many do.
TAPE = os.path.join(TESTS, "Machines", "Tapes", "iommu-pt.jsonl")
TAPED = ("alder", "north", "compute-snp-1")
# Enough for every state, and few enough for two cores.
HOSTS, RUNS, SEED = 160, 2, 7
# Of these all reports are so many days older: a stale provider, and one of which nothing is known any more.
OLDER = {"oak": 3, "ginkgo": 12}
KEY = b"a key that keeps no secret, for a fleet that does not exist"

# Which processors a proof is invented for. The board shows it where guests of the kind can be started as well.
PROVEN = [
    ("alder", "amd.sev-snp", ("Milan", "Genoa")), ("alder", "intel.tdx", ("Emerald Rapids",)),
    ("birch", "amd.sev-snp", ("Genoa", "Turin")), ("cedar", "amd.sev", ("Rome", "Milan")),
    ("fir", "intel.tdx", ("Sapphire Rapids", "Emerald Rapids")),
]

PROVIDERS = """\
providers:
  - {name: alder, display_name: Alder Cloud, section: certified, contact: "mailto:lab@alder.example"}
  - {name: birch, display_name: Birch & Sons, section: certified, contact: "https://birch.example/contact"}
  - {name: cedar, section: certified, contact: "mailto:cloud@cedar.example"}
  - {name: dogwood, display_name: Dogwood Hosting, section: certified}
  - {name: elm, display_name: Elm, section: certified, contact: "mailto:ops@elm.example"}
  - {name: maple, display_name: Maple Research Network, section: experimental}
  - {name: nutmeg-1, display_name: Nutmeg, section: experimental, contact: "mailto:nutmeg@example.org"}
  - {name: oak, section: experimental}
"""

DEMAND = """\
release: {openstack: "2026.2"}
demands:
  - {name: SEV-SNP interop tests, capability: amd.sev-snp, hosts: 30}
  - {name: SNP on bare metal in the north, capability: amd.sev-snp, hosts: 24, region: north, layer: host}
  - {name: TDX for the health registry, capability: intel.tdx, hosts: 32}
  - {name: confidential tenants, capability: amd.sev, slots: 2000}
  - {name: large models, devices: 120, match: {kind: gpu}, memory_gib: 80}
  - {name: fast networks, devices: 64, match: {id: "15b3:101e"}}
"""


class Failure(Exception):
    pass


class Program:
    def __init__(self, path):
        self.path = os.path.abspath(path)

    def run(self, *arguments, refuses=False):
        """What it prints; ending otherwise than well is a failure, and so is refusing, unless that is foreseen."""
        run = subprocess.run([self.path, *arguments], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        if run.returncode not in ((0, 2) if refuses else (0,)):
            raise Failure(f"{' '.join(arguments[:3])} ended with {run.returncode}: {run.stderr.decode(errors='replace')[-1500:]}")
        return run.stdout


def moment(text):
    return datetime.datetime.strptime(text, "%Y-%m-%dT%H:%M:%SZ")


def shifted(text, **by):
    return f"{moment(text) + datetime.timedelta(**by):%Y-%m-%dT%H:%M:%SZ}"


def written(path, data):
    with open(path, "wb") as file:
        file.write(data if isinstance(data, bytes) else data.encode())
    return path


def line(machine, report):
    return json.dumps({"machine": machine, "report": report}, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


class Fleet:
    """A store, and what the board needs beside it."""

    def __init__(self, program, folder):
        self.program, self.folder = program, folder
        os.makedirs(folder, exist_ok=True)
        self.db = self.path("fleet.db")
        self.key = written(self.path("pseudonyms.key"), KEY)
        self.providers = written(self.path("providers.yaml"), PROVIDERS)
        self.demand = written(self.path("demand.yaml"), DEMAND)
        self.reports = []
        self.at = None

    def path(self, *parts):
        return os.path.join(self.folder, *parts)

    def generate(self):
        generator = os.path.join(TESTS, "Fleet", "generate.py")
        subprocess.run([sys.executable, generator, "--hosts", str(HOSTS), "--runs", str(RUNS), "--seed", str(SEED), "--out",
                        self.path("drawn"), "--expect", self.path("expected.json"), "--jobs", "2"],
                       check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        with open(self.path("expected.json"), encoding="utf-8") as file:
            self.at = json.load(file)["scope"]["at_time"]
        with open(self.path("reports.ndjson"), "wb") as out:
            for name in sorted(os.listdir(self.path("drawn"))):
                with open(self.path("drawn", name), "rb") as file:
                    for text in file:
                        if text.strip():
                            out.write(self.aged(text))
            out.write(self.taped())
        self.program.run("fleet", "ingest", self.path("reports.ndjson"), "--db", self.db, "--now", self.at)
        self.prove()

    def aged(self, text):
        """A line as it was drawn, or with an older date."""
        drawn = json.loads(text)
        machine, report = drawn["machine"], drawn["report"]
        days = OLDER.get(machine.split("/")[0])
        if days:
            report["source"]["observedAt"] = shifted(report["source"]["observedAt"], days=-days)
        self.reports.append((machine, report))
        return line(machine, report)

    def taped(self):
        """The one host that somebody has really asked."""
        report = json.loads(self.program.run("judge", TAPE, "--format", "json"))
        report["source"]["observedAt"] = shifted(self.at, hours=-13)
        self.reports.append(("/".join(TAPED), report))
        return line("/".join(TAPED), report)

    def prove(self):
        """Proofs of the first two classes of each kind."""
        answer = json.loads(self.program.run("fleet", "query", "provider_classes", "--db", self.db, "--at", self.at,
                                             "--format", "json"))
        rows = [row if isinstance(row, dict) else dict(zip(answer["columns"], row)) for row in answer["rows"]]
        files = []
        for provider, capability, codenames in PROVEN:
            fitting = sorted(row["class"] for row in rows if row["provider"] == provider
                             and any(codename in row["class"] for codename in codenames))
            for name in fitting[:2]:
                proof = {"proofVersion": "1.0.0", "provider": provider, "class": name, "capability": capability,
                         "provenAt": shifted(self.at, days=-4 - len(files), hours=9), "means": "attested guest"}
                files.append(written(self.path(f"proof-{len(files)}.json"), json.dumps(proof)))
        self.program.run("fleet", "ingest", *files, "--db", self.db, "--now", self.at)

    def board(self, name, public=False):
        """Writes a board, and returns its folder."""
        out = self.path(name)
        command = ["fleet", "board", "--db", self.db, "--at", self.at, "--since", shifted(self.at, days=-1), "--out", out,
                   "--providers", self.providers]
        command += ["--public", "--key", self.key] if public else ["--demand", self.demand]
        self.program.run(*command)
        return out

    def secrets(self):
        """What only the provider may read, of the reports themselves: text by what it is."""
        found = {}
        for machine, report in self.reports:
            found[machine.split("/")[2]] = "a host's name"
            facts = report["facts"]
            for fact in ("kernel.release", "kernel.command-line", "cpu.microcode"):
                value = facts.get(fact, {}).get("value")
                if isinstance(value, str) and len(value) > 4:
                    found[value] = fact
            for function in report["pci"]["functions"]:
                found[function["address"]] = "a PCI address"
        return found


def texts(folder):
    """Every file of a board by its path in it, sorted."""
    for place, folders, names in os.walk(folder):
        folders.sort()
        for name in sorted(names):
            path = os.path.join(place, name)
            with open(path, "rb") as file:
                yield os.path.relpath(path, folder), file.read()
