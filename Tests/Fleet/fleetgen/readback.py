# SPDX-FileCopyrightText: 2026 The hostcap authors
# SPDX-License-Identifier: Apache-2.0

"""The rules by which a report becomes rows, once more, over the report's own JSON.

Only for checking that what the generator wrote is what it drew. The answers rest on what was drawn.
"""

from .report import Capability, MOST_SLOTS, NOT_BEGUN, Rows, sums


def rows_of(report):
    facts = {name: fact["value"] for name, fact in report["facts"].items()}
    environment = report["environment"]["kind"]
    functions = {each["address"]: each for each in report["pci"]["functions"]}
    accelerators = {each["address"]: each for each in report["pci"]["accelerators"]}
    physical = {each["address"]: each for each in report["pci"]["physicalFunctions"]}
    devices, models = {}, []
    for unit in report["pci"]["units"]:
        address = unit["members"][0]
        parent = functions.get(address, {}).get("physicalFunction")
        own = accelerators.get(address)
        type_ = type_of(parent, own, physical.get(address))
        model = (own or accelerators.get(parent) or {}).get("name")
        if type_ != "type-VF" and model is not None:
            models.append(model)
        cause = unit["headline"] or {}
        row = (unit["kind"], id_of(functions.get(address)), model or "", type_, (own or {}).get("memoryGiB") or 0, unit["state"],
               *((cause.get(name) or "").replace(address, "ADDRESS") for name in ("layer", "reason", "fixKind", "fix")))
        devices[row] = devices.get(row, 0) + 1
    board = " ".join(facts[name] for name in ("machine.vendor", "machine.product") if name in facts)
    processor = facts.get("cpu.codename", facts.get("cpu.brand", ""))
    cards = [f"{models.count(model)} x {model}" for model in sorted(set(models))]
    class_ = ", ".join(part for part in [board, processor or "unknown processor", *cards] if part)
    works = any(each["id"] == "iommu" and each["state"] == "ready" for each in report["capabilities"])
    pools = sums((id_of(functions.get(each["address"])), *(each[name] or 0 for name in ("totalVFs", "activeVFs", "assignedVFs")),
                  (each["freeVFs"] or 0) if works and each["standing"]["state"] == "ready" else 0)
                 for each in physical.values())
    return Rows((environment, class_, board, processor, "", facts.get("kernel.release", "")),
                capabilities(report, facts), devices, pools, remarks(report))


def id_of(function):
    parts = [function["vendor"], function["device"]] if function else [None]
    return "" if None in parts else ":".join(parts)


def type_of(parent, own, physical):
    if parent is not None:
        return "type-VF"
    if own and own["novaDeviceType"]:
        return own["novaDeviceType"]
    if physical and (physical["totalVFs"] or 0) > 0:
        if (physical["standing"]["headline"] or {}).get("reason") != "sriov.hidden_by_kernel":
            return "type-PF"
    return "type-PCI"


def capabilities(report, facts):
    all_, out = {each["id"]: each for each in report["capabilities"]}, {}
    for name, each in all_.items():
        ready = each["state"] == "ready"
        cause = {} if ready else each["stopsAt"] or each["firstUnknown"] or {}
        slots = facts.get(name + ".slots-total", 0)
        slots = min(slots, MOST_SLOTS) if isinstance(slots, int) else 0
        usable = usable_from(name, all_) if ready and report["environment"]["kind"] == "bareMetal" else ""
        out[name] = Capability(each["state"], *(cause.get(key) or "" for key in
                                                ("layer", "reason", "fixKind", "fix", "because")), usable, slots)
    return out


def usable_from(name, all_):
    if name == "amd.sev-es":
        snp = all_.get("amd.sev-snp")
        if snp is None or snp["state"] in ("ready", "unknown", "notApplicable"):
            return ""
        cause = snp["stopsAt"] or snp["firstUnknown"] or {}
        return "" if snp["state"] == "blocked" and cause.get("layer") not in NOT_BEGUN else "2025.2"
    return "2026.2" if name in ("amd.sev-snp", "intel.tdx") else "2025.1"


def remarks(report):
    told = {}
    for finding in report["findings"]:
        told.setdefault(("finding", finding["reason"] or ""), []).append(finding["because"])
    for contradiction in report["contradictions"]:
        told.setdefault(("contradiction", contradiction["id"]), []).append(contradiction["meaning"])
    return {key: (min(texts, key=str.encode), len(texts)) for key, texts in told.items()}
