# SPDX-FileCopyrightText: 2026 The hostcap authors
# SPDX-License-Identifier: Apache-2.0

"""For devices.sh: reports of a host from which one PF's VFs went while it was looked at.

vanishing.py FOLDER PF   N.json and N.status of 200 scans, against quiet.json
"""

import collections, json, re, sys

folder, parent = sys.argv[1:]
wrong = []


def load(name):
    with open(f"{folder}/{name}") as file:
        return json.load(file)


def routing_id(address):
    bus, device, function = (int(part, 16) for part in re.split("[:.]", address)[1:])
    return bus << 8 | device << 3 | function


def virtual_functions(physical):
    """Routing ids. By number, for the link to the PF goes before the VF does."""
    first = routing_id(physical["address"]) + physical["firstVFOffset"]
    return {first + number * physical["vfStride"] for number in range(physical["totalVFs"])}


def others(report):
    """What neither is that PF nor one of its VFs."""
    pci, mine = report["pci"], lambda address: address == parent or routing_id(address) in virtual
    return {
        "contradictions": report["contradictions"],
        "functions": [each for each in pci["functions"] if not mine(each["address"])],
        "physicalFunctions": [each for each in pci["physicalFunctions"] if not mine(each["address"])],
        "units": [each for each in pci["units"] if not mine(each["members"][0])],
    }


quiet = load("quiet.json")
virtual = next(virtual_functions(each) for each in quiet["pci"]["physicalFunctions"] if each["address"] == parent)
quiet = others(quiet)
seen, halves = collections.Counter(), 0
for number in range(200):
    with open(f"{folder}/{number}.status") as file:
        status = file.read().strip()
    if status != "0":
        wrong.append(f"scan {number} ended with {status}")
        continue
    report = load(f"{number}.json")
    wrong += [f"scan {number}: {key} differ" for key, value in others(report).items() if value != quiet[key]]
    functions = sum(routing_id(each["address"]) in virtual for each in report["pci"]["functions"])
    for unit in report["pci"]["units"]:
        if routing_id(unit["members"][0]) in virtual and unit["state"] not in ("ready", "unknown"):
            wrong.append(f"scan {number}: {unit['members'][0]} is {unit['state']}: {unit['headline']['because']}")
    active = [each["activeVFs"] for each in report["pci"]["physicalFunctions"] if each["address"] == parent]
    if len(active) != 1:
        wrong.append(f"scan {number} lacks the PF")
    halves += active != [functions]
    seen[functions] += 1
if not halves:
    wrong.append("no VF went in the middle of a scan")
counts = ", ".join(f"{count} with {number}" for number, count in sorted(seen.items()))
print(f"200 scans: {counts} VFs; {halves} whose PF was read before or after them")
for line in wrong[:20]:
    print(f"  {line}")
sys.exit(bool(wrong))
