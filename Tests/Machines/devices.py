# SPDX-FileCopyrightText: 2026 The hostcap authors
# SPDX-License-Identifier: Apache-2.0

"""For devices.sh: compares the agent's report with what the kernel, lspci and libvirt said of the same functions.

devices.py same FOLDER MACHINE,…   report.json with sysfs, groups, lspci, lspci-vvv, nodedev.xml, offered, and with
                                   these machines' rows in devices.tsv
devices.py stale FOLDER COUNT      stale.json, whose libvirt has missed that many functions
"""

import collections, json, os, re, sys
from xml.etree import ElementTree

DIFFER = "libvirt.pci-functions-differ"
wrong = []


def same(what, ours, theirs):
    if ours != theirs:
        wrong.append(f"{what}: hostcap {ours}, expected {theirs}")


def load(path):
    with open(path) as file:
        return json.load(file)


def read(folder, name):
    with open(f"{folder}/{name}") as file:
        return file.read()


def by_address(objects):
    return {each["address"]: each for each in objects}


def kernel(folder):
    """What sysfs said, as the report words it: functions and physical functions."""
    functions = collections.defaultdict(dict)
    for line in read(folder, "sysfs").splitlines():
        address, name, value = re.match(r"([^/]+)/([^:]+):(.*)", line).groups()
        functions[address][name] = value
    listed, physical = {}, {}
    for address, files in functions.items():
        number = lambda name: int(files[name]) if name in files else None
        digits = lambda name: files[name].removeprefix("0x")
        listed[address] = {
            "address": address, "vendor": digits("vendor"), "device": digits("device"), "class": digits("class"),
            "subsystemVendor": digits("subsystem_vendor"), "subsystemDevice": digits("subsystem_device"),
            "driver": files.get("driver", ""), "iommuGroup": number("iommu_group"),
            "numaNode": None if files.get("numa_node") == "-1" else number("numa_node"),
            "physicalFunction": files.get("physfn"),
        }
        if "sriov_totalvfs" in files:
            virtual = sorted(value for name, value in files.items() if name.startswith("virtfn"))
            held = sum(functions[each].get("driver") == "vfio-pci" for each in virtual)
            physical[address] = {
                "address": address, "totalVFs": number("sriov_totalvfs"), "activeVFs": number("sriov_numvfs"),
                "assignedVFs": held, "freeVFs": number("sriov_totalvfs") - held, "virtualFunctions": virtual,
                "firstVFOffset": number("sriov_offset"), "vfStride": number("sriov_stride"),
                "vfDevice": digits("sriov_vf_device").zfill(4),
                "driversAutoprobe": files["sriov_drivers_autoprobe"] == "1",
            }
    return listed, physical


def compare_objects(what, ours, theirs):
    """Keys that only the report has are not compared: later versions add some."""
    same(f"set of {what}", sorted(ours), sorted(theirs))
    for address in sorted(set(ours) & set(theirs)):
        for key, value in theirs[address].items():
            same(f"{address} {key}", ours[address].get(key), value)


def compare_groups(folder, functions):
    theirs = collections.defaultdict(list)
    for line in read(folder, "groups").split():
        theirs[int(line.split("/")[0])].append(line.split("/")[-1])
    ours = collections.defaultdict(list)
    for address, function in functions.items():
        if function["iommuGroup"] is not None:
            ours[function["iommuGroup"]].append(address)
    same("groups", {group: sorted(ours[group]) for group in sorted(ours)},
         {group: sorted(theirs[group]) for group in sorted(theirs)})
    return len(theirs)


def compare_lspci(folder, functions, physical):
    """Its machine-readable form for functions, and its reading of the SR-IOV capability."""
    seen = []
    for record in read(folder, "lspci").strip().split("\n\n"):
        fields = dict(line.split(":\t", 1) for line in record.splitlines())
        function = functions.get(fields["Slot"], {})
        seen.append(fields["Slot"])
        theirs = {
            "class": fields["Class"] + fields["ProgIf"], "vendor": fields["Vendor"], "device": fields["Device"],
            "subsystemVendor": fields.get("SVendor", "0000"), "subsystemDevice": fields.get("SDevice", "0000"),
            "driver": fields.get("Driver", ""), "numaNode": fields.get("NUMANode"),
            "iommuGroup": fields.get("IOMMUGroup"),
        }
        for key, value in theirs.items():
            ours = function.get(key)
            same(f"{fields['Slot']} {key} (lspci)", str(ours) if isinstance(ours, int) else ours, value)
    same("functions (lspci)", sorted(functions), sorted(seen))
    for text in re.split(r"\n(?=[0-9a-f]{4}:)", read(folder, "lspci-vvv")):
        address = text.split(" ", 1)[0]
        # Here belong the sizes of BARs ("Region 0: … [size=16M]") and "DevCap: … TEE-IO+", once reports have them.
        found = re.search(
            r"Number of VFs: (\d+).*?VF offset: (\d+), stride: (\d+), Device ID: ([0-9a-f]{4})", text, re.S)
        ours = physical.get(address)
        same(f"{address} is a PF (lspci)", ours is not None, found is not None)
        if found and ours:
            same(f"{address} SR-IOV (lspci)",
                 [str(ours[key]) for key in ("activeVFs", "firstVFOffset", "vfStride", "vfDevice")],
                 list(found.groups()))


def compare_libvirt(folder, report, functions, physical):
    """Each function's `virsh nodedev-dumpxml`, one after the other. Its drivers are as old as its last udev event."""
    def address(element):
        words = [int(element.get(key), 16) for key in ("domain", "bus", "slot", "function")]
        return "{:04x}:{:02x}:{:02x}.{:x}".format(*words)
    seen = []
    for device in ElementTree.fromstring(f"<all>{read(folder, 'nodedev.xml')}</all>"):
        pci = device.find("capability[@type='pci']")
        own = "{:04x}:{:02x}:{:02x}.{:x}".format(
            *(int(pci.findtext(key)) for key in ("domain", "bus", "slot", "function")))
        seen.append(own)
        function = functions.get(own, {})
        identity = [pci.find(key).get("id").removeprefix("0x") for key in ("vendor", "product")]
        same(f"{own} ids (libvirt)", [function.get("vendor"), function.get("device")], identity)
        group = pci.find("iommuGroup")
        same(f"{own} group (libvirt)", function.get("iommuGroup"), None if group is None else int(group.get("number")))
        if group is not None:
            mates = [a for a, f in functions.items() if f["iommuGroup"] == function.get("iommuGroup")]
            same(f"{own} group members (libvirt)", sorted(mates), sorted(address(a) for a in group))
        node = pci.find("numa")
        same(f"{own} node (libvirt)", function.get("numaNode"), None if node is None else int(node.get("node")))
        parent = pci.find("capability[@type='phys_function']/address")
        same(f"{own} PF (libvirt)", function.get("physicalFunction"), None if parent is None else address(parent))
        children = pci.find("capability[@type='virt_functions']")
        if own in physical:
            listed = [] if children is None else [address(a) for a in children]
            same(f"{own} VFs (libvirt)", physical[own]["virtualFunctions"], sorted(listed))
    same("functions (libvirt)", sorted(functions), sorted(seen))
    same("fact libvirt.pci-functions", report["facts"]["libvirt.pci-functions"]["value"], len(functions))
    same("libvirt.pci-functions-differ", DIFFER in [each["id"] for each in report["contradictions"]], False)


def stale(folder, count):
    found = [each["meaning"] for each in load(f"{folder}/stale.json")["contradictions"] if each["id"] == DIFFER]
    same(DIFFER, len(found), 1)
    same("what it says", f"libvirt does not list {count} of the kernel's functions" in "".join(found), True)
    return f"then {count} more that libvirt has missed"


def compare_offers(folder, report):
    """What is ready VFIO hands out. More than that it may: it minds neither resets nor who else can have the memory."""
    offers = dict(line.split(" ", 1) for line in read(folder, "offered").splitlines())
    ready = [unit["members"] for unit in report["pci"]["units"] if unit["state"] == "ready"]
    for address in sum(ready, []):
        same(f"{address} ready (VFIO)", "ok", offers.get(address))
    return len(sum(ready, []))


def verdicts(report):
    """A line of devices.tsv for each unit and each physical function, but for the machine's name."""
    standings = [("pci.passthrough", " ".join(unit["members"]), unit) for unit in report["pci"]["units"]]
    standings += [("pci.sriov", each["address"], each["standing"]) for each in report["pci"]["physicalFunctions"]]
    lines = []
    for ladder, members, standing in standings:
        headline = standing["headline"]
        state = f"{standing['state']} {headline['reason']}" if headline else standing["state"]
        reasons = [each["reason"] or "" for each in standing["remarks"]]
        lines.append("\t".join([ladder, members, state, " ".join(reasons) or "-"]))
    return lines


def compare_verdicts(report, machines):
    with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "devices.tsv")) as file:
        rows = [line.rstrip("\n").split("\t", 1) for line in file if not line.startswith("#")]
    expected = [row for machine, row in rows if machine in machines.split(",")]
    found = verdicts(report)
    wrong.extend(f"not expected: {line}" for line in found if line not in expected)
    wrong.extend(f"missing: {line}" for line in expected if line not in found)
    return len(found)


def compare(folder, machines):
    report = load(f"{folder}/report.json")
    functions, physical = by_address(report["pci"]["functions"]), by_address(report["pci"]["physicalFunctions"])
    listed, parents = kernel(folder)
    compare_objects("functions", functions, listed)
    compare_objects("physical functions", physical, parents)
    groups = compare_groups(folder, functions)
    compare_lspci(folder, functions, physical)
    if os.path.exists(f"{folder}/nodedev.xml"):
        compare_libvirt(folder, report, functions, physical)
    held = f"; VFIO hands out {compare_offers(folder, report)}" if os.path.exists(f"{folder}/offered") else ""
    judged = compare_verdicts(report, machines)
    virtual = sum(each["activeVFs"] for each in physical.values())
    return f"{len(functions)} functions, {groups} groups, {virtual} VFs of {len(physical)} PFs, {judged} verdicts{held}"


command, folder, subject = sys.argv[1:]
print({"same": compare, "stale": stale}[command](folder, subject))
for line in wrong[:20]:
    print(f"  {line}")
sys.exit(bool(wrong))
