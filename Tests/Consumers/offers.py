# SPDX-FileCopyrightText: 2026 The hostcap authors
# SPDX-License-Identifier: Apache-2.0
"""What a region should offer, worked out from the reports and the site alone. Written apart from hostcap's planner and
from the files that it writes, so that the two can disagree."""
import collections
import json
import pathlib

READY = {
    "amd.sev": "CUSTOM_HOSTCAP_AMD_SEV_READY", "amd.sev-es": "CUSTOM_HOSTCAP_AMD_SEV_ES_READY",
    "amd.sev-snp": "CUSTOM_HOSTCAP_AMD_SEV_SNP_READY", "intel.tdx": "CUSTOM_HOSTCAP_INTEL_TDX_READY",
    "arm.cca": "CUSTOM_HOSTCAP_ARM_CCA_READY", "intel.sgx": "CUSTOM_HOSTCAP_INTEL_SGX_READY",
    "ibm.secure-execution": "CUSTOM_HOSTCAP_IBM_SECURE_EXECUTION_READY", "iommu": "CUSTOM_HOSTCAP_IOMMU_READY",
}
# hw:mem_encryption_model, and the first release whose Nova starts such guests.
MODELS = {
    "amd.sev": ("amd-sev", "2025.1"), "amd.sev-es": ("amd-sev-es", "2025.2"), "amd.sev-snp": ("amd-sev-snp", "2026.2"),
    "intel.tdx": ("intel-tdx", "2026.2"),
}


def reports(folder):
    return {path.stem: json.loads(path.read_bytes()) for path in sorted(pathlib.Path(folder).glob("*.json"))}


def is_bare_metal(report):
    return report["environment"]["kind"] == "bareMetal"


def ready(report):
    """Capabilities that a host may be found by. With SEV-SNP on, SEV-ES is not safe (CVE-2025-48514), and what stops above
    the firmware is on."""
    if not is_bare_metal(report):
        return set()
    found = {c["id"] for c in report["capabilities"] if c["state"] == "ready" and c["id"] in READY}
    snp, = (c for c in report["capabilities"] if c["id"] == "amd.sev-snp")
    early = ("environment", "cpu", "firmware", "kernel", "psp")
    is_off = snp["state"] == "absent" or snp["state"] == "blocked" and snp["stopsAt"]["layer"] in early
    return found if is_off else found - {"amd.sev-es"}


def functions(report):
    """PCI functions as Nova's driver lists them, by address."""
    physical = {p["address"] for p in report["pci"]["physicalFunctions"] if (p["totalVFs"] or 0) > 0}
    listed = {}
    for function in report["pci"]["functions"]:
        address, parent = function["address"], function["physicalFunction"]
        kind = "type-VF" if parent else "type-PF" if address in physical else "type-PCI"
        vendor, device = function["vendor"] or "ffff", function["device"] or "ffff"
        listed[address] = {
            "address": address, "vendor_id": vendor, "product_id": device, "dev_type": kind, "status": "available",
            "dev_id": "pci_" + address.translate(str.maketrans(":.", "__")), "label": f"label_{vendor}_{device}",
            "numa_node": function["numaNode"], "capabilities": {}, **({"parent_addr": parent} if parent else {}),
        }
    return listed


def offers(region, site):
    """{host: {address: the site's entry}}: ready, alone in its group, and what the entry asks for."""
    offered = {}
    for host, report in region.items():
        listed = functions(report)
        models = {a["address"]: a["name"] for a in report["pci"]["accelerators"]}
        kept = {}
        for unit in report["pci"]["units"] if is_bare_metal(report) else []:
            address = unit["members"][0]
            function = listed.get(address)
            entry = function and suits(site["devices"], unit, function, models)
            if entry and is_assignable(unit, function, entry):
                kept[address] = entry
        # Of a PF and its VFs the VFs, and VFs of one PF all under the alias of the first.
        parents = {listed[address].get("parent_addr") for address in kept}
        kept = {address: entry for address, entry in kept.items() if address not in parents}
        owners = {}
        for address, entry in kept.items():
            owners.setdefault(listed[address].get("parent_addr", address), entry["alias"])
        offered[host] = {
            address: entry for address, entry in kept.items()
            if owners[listed[address].get("parent_addr", address)] == entry["alias"]
        }
    offered = of_one_type(offered, region)
    return offered if site["pci_in_placement"] else told_apart(offered, region, site)


def suits(entries, unit, function, models):
    """The first entry that does; a VF has its PF's model."""
    device = {
        "kind": unit["kind"], "id": f"{function['vendor_id']}:{function['product_id']}",
        "device_type": function["dev_type"],
        "model": models.get(function["address"]) or models.get(function.get("parent_addr")),
    }
    return next((e for e in entries if all(device[k] == v for k, v in e["match"].items())), None)


def is_assignable(unit, function, entry):
    remarks = {remark["reason"] for remark in unit["remarks"]}
    held = "pci.host_driver_bound" in remarks and function["dev_type"] != "type-VF"
    lost = entry.get("numa_policy") in ("required", "socket") and function["numa_node"] is None
    return (
        unit["state"] == "ready" and len(unit["members"]) == 1 and int(function["address"].split(":")[0], 16) <= 0xFFFF
        and "ffff" not in (function["vendor_id"], function["product_id"])
        and not lost and (not held or entry.get("take_from_host", False)))


def of_one_type(offered, region):
    """An alias is of the type that most of its devices have, and of equally many of the whole card."""
    types = {host: {a: f["dev_type"] for a, f in functions(report).items()} for host, report in region.items()}
    count = collections.defaultdict(collections.Counter)
    for host, entries in offered.items():
        for address, entry in entries.items():
            count[entry["alias"]][types[host][address]] += 1
    order = ["type-VF", "type-PCI", "type-PF"]
    main = {alias: max(seen, key=lambda t: (seen[t], order.index(t))) for alias, seen in count.items()}
    return {
        host: {a: e for a, e in entries.items() if types[host][a] == main[e["alias"]]} for host, entries in offered.items()
    }


def told_apart(offered, region, site):
    """Without Placement Nova tells devices apart by id and type alone: of aliases that share those the site's first."""
    listed = {host: functions(report) for host, report in region.items()}

    def key(host, address):
        return tuple(listed[host][address][name] for name in ("vendor_id", "product_id", "dev_type"))

    first = {}
    for entry in site["devices"]:
        for host, entries in offered.items():
            for address, of in entries.items():
                if of["alias"] == entry["alias"]:
                    first.setdefault(key(host, address), entry["alias"])
    return {
        host: {a: e for a, e in entries.items() if first[key(host, a)] == e["alias"]} for host, entries in offered.items()}
