#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The hostcap authors
# SPDX-License-Identifier: Apache-2.0

"""check_compliance.py HOSTCAP WORK: the way of a compliance report, from hosts' reports to the monitor.

The scope is run as the SCS runner runs it, and a monitor on loopback, which verifies with ssh-keygen, answers what the real one
was seen to answer. Lines: ok …, FAILED ….
"""

import os
import re
import shlex
import subprocess
import sys

import yaml

from monitor import Monitor, faults, token
from verdict import check

TAPES = "Tests/Machines/Tapes"
AT = "2026-11-26T12:00:00Z"


class Work:
    def __init__(self, hostcap, folder):
        self.hostcap, self.folder = hostcap, folder
        os.makedirs(folder, exist_ok=True)

    def path(self, *names):
        return os.path.join(self.folder, *names)

    def run(self, *words, **options):
        return subprocess.run([self.hostcap, *words], capture_output=True, text=True, **options)

    def out(self, *words):
        result = self.run(*words)
        if result.returncode:
            raise RuntimeError(f"{words[:3]}: {result.stderr.strip()}")
        return result.stdout

    def write(self, name, data, mode=0o600):
        with open(self.path(name), "w", opener=lambda path, flags: os.open(path, flags, mode)) as file:
            file.write(data)
        return self.path(name)

    def key(self, name):
        subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", name, "-f", self.path(name)], check=True)
        with open(self.path(name + ".pub")) as file:
            return self.path(name), file.read().strip()


def verdict(what, is_so, why=""):
    with check(what) as found:
        found.true(why or "it is not so", is_so)


def reports(work):
    """Reports of machines of the lab, under names that nobody else may see."""
    folder = work.path("reports", "acme", "north")
    os.makedirs(folder, exist_ok=True)
    names = {}
    for number, tape in enumerate(["libvirt-snp-firmware", "iommu-pt", "pci-amd"]):
        names[f"zebra-{number}"] = tape
        with open(os.path.join(folder, f"zebra-{number}.json"), "w") as file:
            file.write(work.out("judge", f"{TAPES}/{tape}.jsonl", "--format", "json"))
    return work.path("reports"), names


def as_the_runner(work, scope, assignment):
    """What the runner makes of the scope: it fills in the variables, and reads `ID: WORD` lines by their last colon."""
    results, lines = {}, []
    for script in scope["scripts"]:
        if "executable" not in script:
            continue
        ids = [test["id"] for test in script["testcases"]]
        words = shlex.split(script["args"].format(testcases=" ".join(ids), **assignment))
        answer = work.run(*words)
        for line in answer.stdout.splitlines():
            name, _, word = line.rpartition(":")
            results[name] = {"PASS": 1, "ABORT": 0, "FAIL": -1}[word.strip()]
        lines += answer.stderr.splitlines()
        verdict("every testcase of the scope has its line", set(results) == set(ids), set(ids) ^ set(results))
    return results, lines


def main():
    work = Work(sys.argv[1], os.path.join(sys.argv[2], "compliance"))
    folder, names = reports(work)
    scope = yaml.safe_load(work.out("compliance", "scope"))
    manual = [test["id"] for script in scope["scripts"] if "executable" not in script for test in script["testcases"]]
    testcases = {test["id"] for script in scope["scripts"] for test in script["testcases"]}

    assignment = {name: "" for name in scope["variables"]}
    assignment.update(hostcap_reports=shlex.quote(folder), openstack_release="2026.2")
    scope["scripts"][0]["args"] += f" --at {AT}"
    results, lines = as_the_runner(work, scope, assignment)
    verdict("PASS, ABORT and FAIL all occur", set(results.values()) == {1, 0, -1}, results)
    private = re.compile("|".join(list(names) + [r"\d{4}:[0-9a-f]{2}:", "acme", "north", re.escape(folder)]))
    verdict("the script's lines name no host", not any(map(private.search, lines)), lines)

    common = ["--reports", folder, "--release", "2026.2", "--at", AT]
    for form in ("yaml", "json"):
        text = work.out("compliance", "report", "--subject", "acme-cloud", *common, "--format", form)
        work.write(f"report.{form}", text)
        document = yaml.safe_load(text)
        verdict(f"the {form} report keeps the field rules", not faults(document, testcases), faults(document, testcases))
        call = list(document["run"]["invocations"].values())[0]
        verdict(f"the {form} report is what the runner finds", call["results"] == results, call["results"])
        verdict(f"the {form} report names no host", not re.search("zebra|north|" + re.escape(folder), text))
    verdict("what people answer is left to them", manual == ["hostcap-release-tested"], manual)

    (own, public), (other, _) = work.key("monitor-key"), work.key("other-key")
    accounts = {token("acme-cloud"): ("acme-cloud", public), token("other"): ("other", public)}
    for name in ("acme-cloud", "other"):
        work.write(f"{name}.token", token(name) + "\n")
    with Monitor(accounts, testcases) as monitor:
        send(work, monitor, own, other)


def send(work, monitor, own, other):
    def submit(file, account="acme-cloud"):
        result = work.run("compliance", "submit", file, "--token-file", work.path(f"{account}.token"), "--url", monitor.url)
        return result.returncode, (result.stdout + result.stderr).strip()

    def sign(file, key=own, *more):
        return work.run("sign", file, "--key", key, "--output", file + ".sig", *more)

    for form in ("yaml", "json"):
        file = work.path(f"report.{form}")
        made = sign(file)
        verdict(f"hostcap signs the {form} report", made.returncode == 0, made.stderr)
        # One answer in two forms is one report.
        word = "taken" if form == "yaml" else "the monitor had it already"
        verdict(f"the monitor answers {word} to the {form} report", submit(file) == (0, word), submit(file))
    again = submit(work.path("report.yaml"))
    verdict("409 to a report that it has", again == (0, "the monitor had it already"), again)

    fresh = work.out("compliance", "report", "--subject", "acme-cloud", "--reports", work.path("reports"), "--at",
                     "2026-11-26T12:00:01Z")
    cases = {
        "a tampered report": (lambda file: work.write(os.path.basename(file), fresh.replace("ABORT", "PASS")), "verification failed"),
        "another key": (lambda file: sign(file, other), "verification failed"),
        "another namespace": (lambda file: sign(file, own, "--namespace", "file"), "verification failed"),
    }
    for what, (spoil, answer) in cases.items():
        file = work.write("fresh.yaml", fresh)
        sign(file)
        spoil(file)
        status, said = submit(file)
        verdict(f"401 to {what}", status == 2 and "401" in said and answer in said, (status, said))
    file = work.write("fresh.yaml", fresh)
    sign(file)
    status, said = submit(file, "other")
    verdict("401 to another account's subject", status == 2 and "401 Permission denied" in said, (status, said))
    status, said = submit(file)
    verdict("200 to the same file as it was", (status, said) == (0, "taken"), (status, said))
    os.chmod(work.path("acme-cloud.token"), 0o644)
    status, said = submit(file)
    verdict("a token that others may read is not sent", status == 2 and "chmod 600" in said, (status, said))


main()
