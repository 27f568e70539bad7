# SPDX-FileCopyrightText: 2026 The hostcap authors
# SPDX-License-Identifier: Apache-2.0
"""check_bom.py HOSTCAP WORK [short]: the strict validator of cyclonedx-python-lib takes the hardware BOMs that hostcap writes."""
import json
import os
import pathlib
import re
import subprocess
import sys

from cyclonedx.model.bom import Bom
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from verdict import check

TAPES = pathlib.Path(__file__).parent.parent / "Machines/Tapes"
SHARED = pathlib.Path(os.environ.get("HOSTCAP_SHARED", "../shared"))
# Real machines of other people's: two makers, a tree, a dump of PCI functions.
CORPUS = ["derived/cpuid-r/epyc-9334-genoa.txt", "derived/cpuid-r/epyc-7713-milan-2cpus.txt",
          "derived/cpuid-r/xeon-6731e-sierraforest.txt", "derived/harvester/all.sysfs.tar.gz"]
NAMES = re.compile(r"(?:[0-9a-f]{2}:){5}[0-9a-f]{2}|[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}")


def output(*words):
    done = subprocess.run([str(word) for word in words], capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(done.stderr.strip() or f"status {done.returncode}")
    return done.stdout


def references(bom):
    found = [bom["metadata"]["component"]["bom-ref"]] + [each["bom-ref"] for each in bom["components"]]
    return found + [each["bom-ref"] for each in bom.get("vulnerabilities", [])]


def sound(found, text, names=()):
    """What the schema does not ask: references that lead somewhere, and nothing that names a machine."""
    bom = json.loads(text)
    error = JsonStrictValidator(SchemaVersion.V1_6).validate_str(text)
    found.true(f"refused: {str(error)[:300]}", error is None)
    Bom.from_json(bom)
    all_references = references(bom)
    found.same("references given twice", len(all_references) - len(set(all_references)), 0)
    for each in bom["dependencies"]:
        found.sets("dependencies of nothing", [each["ref"], *each["dependsOn"]], set(all_references) & {each["ref"], *each["dependsOn"]})
    for each in bom.get("vulnerabilities", []):
        found.true(f"{each['bom-ref']} affects nothing", each["affects"])
        found.true(f"{each['bom-ref']} affects what is not there", {one["ref"] for one in each["affects"]} <= set(all_references))
    bare = {**bom, "serialNumber": ""}
    found.same("addresses and UUIDs", NAMES.findall(json.dumps(bare)), [])
    for name in names:
        found.true(f"{name} is named", name not in json.dumps(bare))
    return bom


def main(hostcap, work, short):
    folder = pathlib.Path(work) / "bom"
    folder.mkdir()
    tapes = [TAPES / "snp.jsonl"] if short else sorted(TAPES.glob("*.jsonl"))
    with check("the validator takes a lab machine's hardware BOM") as found:
        for tape in tapes:
            text = output(hostcap, "judge", "--format", "hbom", tape)
            found.same(f"{tape.name} twice", output(hostcap, "judge", "--format", "hbom", tape), text)
            bom = sound(found, text)
            kinds = {each["type"] for each in bom["components"]}
            found.true(f"{tape.name}: kinds {kinds}", {"device"} <= kinds)
        found.note = f"{len(tapes)} tapes"
    with check("a changed bill is refused") as found:
        bom = json.loads(text)
        bom["components"][0]["type"] = "driver"
        error = JsonStrictValidator(SchemaVersion.V1_6).validate_str(json.dumps(bom))
        found.true("type driver is taken", error is not None)
    corpus = [SHARED / "corpus" / name for name in CORPUS]
    if all(path.exists() for path in corpus):
        with check("and those of other people's machines") as found:
            machines = 0
            for path in corpus[:2] if short else corpus:
                text = output(hostcap, "render", "hbom", "--reports", path)
                machines += int(next(each["value"] for each in sound(found, text)["metadata"]["component"]["properties"]))
            found.note = f"{machines} machines"
    else:
        print(f"SKIPPED real machines: no {SHARED}/corpus; HOSTCAP_SHARED says where it is", file=sys.stderr)
    fleet = folder / "acme" / "north"
    fleet.mkdir(parents=True)
    reports = [output(hostcap, "judge", "--format", "json", TAPES / f"{name}.jsonl") for name in ("snp", "pci-amd", "pci-intel")]
    for number in range(12):
        (fleet / f"compute-{number}.json").write_text(reports[number % 3])
    # Of the moment of the youngest report: none of these is ever too old.
    moment = max(json.loads(path.read_text())["source"]["observedAt"] or "" for path in fleet.iterdir())
    names = [path.stem for path in fleet.iterdir()]
    for words, hidden in ((), names), (("--no-vulnerabilities",), names), (("--hosts",), ()):
        with check(" ".join(("the validator takes a fleet's hardware BOM", *words))) as found:
            text = output(hostcap, "render", "hbom", "--reports", folder, "--at", moment, *words)
            bom = sound(found, text, hidden)
            machines = [each for each in bom["components"] if any(
                one == {"name": "cdx:device:function", "value": "compute host"} for one in each["properties"])]
            counted = sum(int(one["value"]) for each in machines for one in each["properties"]
                          if one["name"] == "cdx:device:quantity")
            found.same("machines", counted, 12)
            found.same("with vulnerabilities", "vulnerabilities" in bom, "--no-vulnerabilities" not in words)
            hosts = [each["name"] for each in bom["components"] if each["bom-ref"].startswith("host:")]
            found.same("hosts", sorted(hosts), sorted(f"acme/north/{name}" for name in names) if words == ("--hosts",) else [])
            found.note = f"{len(bom['components'])} components of 12 hosts"


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], len(sys.argv) > 3)
