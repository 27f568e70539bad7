# SPDX-FileCopyrightText: 2026 The hostcap authors
# SPDX-License-Identifier: Apache-2.0
"""check_results.py HOSTCAP WORK PROGRAMS: what test boards make of our results.

python-subunit, stestr and junitxml read the streams, Python's own XML parser the JUnit files, and a reader of SCS' shape
Sonobuoy's tree. All have to come to what the JSON report of the same tape says.
"""
import collections
import json
import os
import pathlib
import re
import subprocess
import sys
import xml.etree.ElementTree

import yaml

from verdict import check

TAPES = pathlib.Path(__file__).resolve().parent.parent / "Machines/Tapes"
# Blocked, ready, absent, a fail below hardware that is not known, Intel, and devices.
NAMES = ["iommu-pt", "libvirt-snp-firmware", "ecx-0", "pci-amd", "pci-intel", "pci-snp", "smee-off"]
KINDS = ["gpu", "vf", "network", "storage", "accelerator", "other"]
ADDRESS = re.compile(r"[0-9a-f]{2}:[0-9a-f]{2}\.[0-7]\b|(?:[0-9a-f]{2}:){5}[0-9a-f]{2}")
Tools = collections.namedtuple("Tools", "hostcap work programs")


def run(*command, given=None, at=None, status=(0,)):
    result = subprocess.run(command, capture_output=True, input=given, cwd=at)
    if result.returncode not in status:
        raise RuntimeError(f"{' '.join(map(str, command))}: {result.stderr.decode(errors='replace').strip()[-300:]}")
    return result.stdout


# What the JSON report comes to.

def rung_status(capability, rung):
    if rung["verdict"] in ("pass", "warn"):
        return "passed"
    fails = rung["verdict"] == "fail" and not rung["advisory"] and not rung["impliedBy"]
    return "failed" if fails and capability["state"] == "blocked" else "skipped"


def device_status(report, standings, advice=False):
    """One that is ready is enough; all have to be blocked to fail."""
    split = [s for s in standings if s and (s["headline"] or {}).get("reason") == "pci.vfs_enabled"]
    states = [(s or {"state": "unknown"})["state"] for s in standings if s not in split]
    if "ready" in states:
        return "passed"
    nameless = any(f["class"] is None for f in report["pci"]["functions"])
    blocked = "blocked" in states and "unknown" not in states and not split and not nameless and not advice
    return "failed" if blocked else "skipped"


def meant(report, ladders):
    cases = {}
    for capability in report["capabilities"]:
        name = f"hostcap.{capability['id']}"
        cases[name] = {"ready": "passed", "blocked": "failed"}.get(capability["state"], "skipped")
        asked = {rung["id"]: rung_status(capability, rung) for rung in capability["rungs"]}
        for rung in ladders[capability["id"]]:
            cases[f"{name}.{rung}"] = asked.get(rung, "skipped")
    pci = report["pci"]
    of_function = {member: unit for unit in pci["units"] for member in unit["members"]}
    for kind in KINDS:
        units = [unit for unit in pci["units"] if unit["kind"] == kind]
        cases[f"hostcap.pci.passthrough.{kind}"] = device_status(report, units, kind == "other")
    models = collections.defaultdict(list)
    for one in pci["accelerators"]:
        if one["classified"]:
            models["-".join(re.findall("[a-z0-9]+", one["name"].lower()))].append(of_function.get(one["address"]))
    for model, units in models.items():
        cases[f"hostcap.pci.passthrough.model.{model}"] = device_status(report, units)
    cases["hostcap.pci.sriov"] = device_status(report, [f["standing"] for f in pci["physicalFunctions"]])
    standings = [one["confidential"]["standing"] for one in pci["accelerators"]]
    cases["hostcap.pci.confidential"] = device_status(report, [s for s in standings if s])
    return cases


# What others read.

def from_junit(found, text):
    """Ids and statuses; the counts of every element are those of its cases."""
    cases = {}
    root = xml.etree.ElementTree.fromstring(text)
    for element in root.iter():
        if element.tag in ("testsuites", "testsuite") and "name" in element.attrib:
            said = [int(element.get(key, "0")) for key in ("tests", "failures", "errors", "skipped")]
            there = [len(list(element.iter(tag))) for tag in ("testcase", "failure", "error", "skipped")]
            found.same(f"counts of {element.get('name') or 'the suite'}", said, there)
    for case in root.iter("testcase"):
        name = f"{case.get('classname')}.{case.get('name')}"
        found.true(f"{name} twice", name not in cases)
        status = [s for tag, s in (("failure", "failed"), ("skipped", "skipped")) if case.find(tag) is not None]
        cases[name] = status[0] if status else "passed"
    return cases


def from_subunit2junitxml(found, stream, programs):
    """Its testsuite does not count skips."""
    text = run(programs / "bin/subunit2junitxml", given=stream, status=(0, 1))
    root = xml.etree.ElementTree.fromstring(text)
    root.set("skipped", str(len(list(root.iter("skipped")))))
    return from_junit(found, xml.etree.ElementTree.tostring(root))


def from_stats(stream, programs):
    lines = run(programs / "bin/subunit-stats", given=stream, status=(0, 1)).decode().splitlines()
    words = dict(line.split(":", 1) for line in lines if ":" in line)
    return {key: words[f"{key} tests"].strip() for key in ("Total", "Passed", "Failed", "Skipped")}


def from_sonobuoy(found, root):
    """File, suite, case, as SCS' handler walks them; what lies deeper it does not see."""
    cases = {}
    for file in root["items"]:
        for suite in file.get("items", ()):
            for case in suite.get("items", ()):
                found.true(f"{case['name']} has a level below", not case.get("items"))
                found.true(f"{case['name']} twice", case["name"] not in cases)
                cases[case["name"]] = case["status"]
    return cases


def stestr(found, tools, stream, counts, failed):
    folder = tools.work / "stestr"
    if not folder.exists():
        folder.mkdir()
        run(tools.programs / "bin/stestr", "init", at=folder)
    program = [tools.programs / "bin/stestr", "--test-path", "."]
    said = run(*program, "load", given=stream, at=folder, status=(0, 1)).decode()
    # In brackets stands what changed since the run before.
    numbers = {word: re.findall(rf"{word}(\d+)", said[-200:]) for word in ("Ran ", "failures=", "skips=")}
    for word, count in (("Ran ", sum(counts.values())), ("failures=", counts["failed"]), ("skips=", counts["skipped"])):
        found.same(f"stestr: {word.strip(' =')}", numbers[word], [str(count)] if count else [])
    listed = run(*program, "failing", "--list", at=folder, status=(0, 1)).decode().split()
    found.sets("stestr: failing", listed, failed)


def check_results(name, tools, tapes, expected, load, with_stestr=False):
    """All three forms of these tapes against the statuses that are meant."""
    def judge(form):
        return run(tools.hostcap, "judge", "--format", form, *tapes)

    counts = collections.Counter(expected.values())
    with check(f"{name}: JUnit") as found:
        text = judge("junit")
        found.same("cases", from_junit(found, text), expected)
        found.same("an address", ADDRESS.findall(text.decode()), [])
    with check(f"{name}: subunit") as found:
        stream = judge("subunit")
        found.same("subunit-stats", from_stats(stream, tools.programs), {
            "Total": str(len(expected)), "Passed": str(counts["passed"]), "Failed": str(counts["failed"]),
            "Skipped": str(counts["skipped"])})
        found.same("subunit2junitxml", from_subunit2junitxml(found, stream, tools.programs), expected)
        if with_stestr:
            stestr(found, tools, stream, counts, [key for key, status in expected.items() if status == "failed"])
    with check(f"{name}: Sonobuoy") as found:
        text = judge("sonobuoy")
        root = load(text)
        found.same("cases", from_sonobuoy(found, root), expected)
        found.same("machines", len(root["items"]), len(tapes))
        found.same("status", root["status"], "failed" if counts["failed"] else "passed")
        found.same("an address", ADDRESS.findall(text.decode()), [])


def check_requirements(tools):
    """Holds, fails and unknown, and the exit status that goes with them."""
    command = [tools.hostcap, "check", TAPES / "iommu-pt.jsonl"]
    for requirement in ("iommu", "amd.sev-snp", "gpu.passthrough>=1"):
        command += ["--require", requirement]
    expected = {
        "hostcap.check.iommu": "passed", "hostcap.check.amd.sev-snp": "failed",
        "hostcap.check.gpu.passthrough.at-least-1": "skipped"}
    with check("check --format junit and subunit") as found:
        found.same("junit", from_junit(found, run(*command, "--format", "junit", status=(1,))), expected)
        stream = run(*command, "--format", "subunit", status=(1,))
        found.same("subunit", from_subunit2junitxml(found, stream, tools.programs), expected)


def main():
    tools = Tools(os.path.abspath(sys.argv[1]), pathlib.Path(sys.argv[2]), pathlib.Path(sys.argv[3]).resolve())
    listing = json.loads(run(tools.hostcap, "list", "--format", "json"))
    ladders = {one["id"]: [rung["id"] for rung in one["rungs"]] for one in listing["capabilities"]}
    several, statuses = {}, set()
    for place, name in enumerate(NAMES, 1):
        tape = TAPES / f"{name}.jsonl"
        expected = meant(json.loads(run(tools.hostcap, "judge", "--format", "json", tape)), ladders)
        statuses |= set(expected.values())
        several |= {f"machine-{place}.{key}": status for key, status in expected.items()}
        check_results(name, tools, [tape], expected, yaml.safe_load, name == "iommu-pt")
    # Through libyaml, if it is there: a second parser, and faster.
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    tapes = [TAPES / f"{name}.jsonl" for name in NAMES]
    check_results("all machines", tools, tapes, several, lambda text: yaml.load(text, loader), True)
    check_requirements(tools)
    with check("the tapes come to every status") as found:
        found.sets("statuses", statuses, ["passed", "failed", "skipped"])


main()
