# SPDX-FileCopyrightText: 2026 The hostcap authors
# SPDX-License-Identifier: Apache-2.0

"""A host's report, and the rows that a fleet's tables must get from it."""

from collections import namedtuple
from functools import lru_cache

from . import cards
from .hardware import PLATFORMS
from .text import capability, contradiction, fact, finding, fix_of, quoted
from .vocabulary import CAPABILITIES, LAYER_OF

# host: environment, class, board, cpu, bios, kernel. The others by their key: a capability's id; all of a device but its
# number; an id; a kind and a reason.
Rows = namedtuple("Rows", "host capabilities devices pools remarks")
Capability = namedtuple("Capability", "state layer reason fix_kind fix because usable_from slots")

# Where SEV-SNP may stop so that it does not take the secure processor from SEV-ES guests.
NOT_BEGUN = {"environment", "cpu", "firmware", "kernel", "psp"}
MOST_SLOTS = 1 << 20


@lru_cache(maxsize=None)
def fillers(vendor, count):
    return tuple(cards.fillers(vendor, count))


def board_of(host):
    return " ".join(part for part in host.board if part)


def class_of(host, models):
    processor = host.platform.codename or host.platform.brand or "unknown processor"
    parts = [board_of(host), processor] + [f"{models.count(model)} x {model}" for model in sorted(set(models))]
    return ", ".join(part for part in parts if part)


def usable_from(host, name):
    stands, missing = host.stands, host.missing
    if host.environment != "bareMetal" or stands[name].state != "ready":
        return ""
    if name in ("amd.sev-snp", "intel.tdx"):
        return "2026.2"
    if name != "amd.sev-es":
        return "2025.1"
    snp = stands["amd.sev-snp"]
    if "amd.sev-snp" in missing or snp.state in ("ready", "unknown", "notApplicable"):
        return ""
    if snp.state == "blocked" and LAYER_OF["amd.sev-snp", snp.stop[0]] not in NOT_BEGUN:
        return ""
    return "2025.2"


def capability_row(host, name):
    stand = host.stands[name]
    cause = None if stand.state == "ready" else stand.stop or stand.open
    layer, reason, because = "", None, ""
    if cause:
        rung, reason, because = cause
        layer = LAYER_OF[name, rung]
    fix_kind, fix = fix_of(reason)
    slots = host.slots.get(name)
    slots = min(slots, MOST_SLOTS) if isinstance(slots, int) else 0
    return Capability(stand.state, layer, reason or "", fix_kind or "", fix or "", because, usable_from(host, name), slots)


def sums(tuples):
    """Tuples of a key and numbers, added up by key, each with how many there were."""
    out = {}
    for key, *numbers in tuples:
        old = out.get(key)
        out[key] = (1, *numbers) if old is None else (old[0] + 1, *(a + b for a, b in zip(old[1:], numbers)))
    return out


def remark_rows(host):
    told = [(("finding", reason or ""), text) for reason, text in host.findings]
    told += [(("contradiction", name), text) for name, text in host.contradictions]
    out = {}
    for key, text in told:
        times, smallest = out.get(key, (0, text))
        out[key] = (times + 1, min(smallest, text, key=str.encode))
    return {key: (text, times) for key, (times, text) in out.items()}


def rows(host):
    pieces = [card.pieces(host.environment == "guest") for card in host.cards]
    models = [model for piece in pieces for model in piece.models]
    devices = {}
    for piece in pieces:
        for device in piece.devices:
            devices[device] = devices.get(device, 0) + 1
    platform = host.platform
    pools = sums(pool for piece in pieces for pool in piece.pools)
    if "iommu" in host.missing or capability_row(host, "iommu")[0] != "ready":
        # Without an IOMMU that works no VF is anybody's.
        pools = {id_: (*numbers[:-1], 0) for id_, numbers in pools.items()}
    return Rows(
        (host.environment, class_of(host, models), board_of(host), platform.codename or platform.brand or "", "",
         host.kernel or ""),
        {name: capability_row(host, name) for name in CAPABILITIES if name not in host.missing},
        devices, pools, remark_rows(host))


@lru_cache(maxsize=None)
def processor_facts(index):
    platform = PLATFORMS[index]
    known = [("cpu.count", 64), ("cpu.family", 25), ("cpu.hypervisor", False), ("cpu.microcode", "0xa101148"),
             ("cpu.linear-address-bits", 57), ("cpu.physical-address-bits", 52), ("cpu.online", 64), ("cpu.vendor", platform.vendor),
             ("iommu.units", ["ivhd0", "ivhd1", "ivhd2", "ivhd3"]), ("memory-bytes", 824633720832), ("numa.nodes", 2),
             ("cpu.codename", platform.codename), ("cpu.brand", platform.brand),
             # A fact that looks like a count of guests and is none of theirs.
             ("iommu.slots-free", 12), ("amd.sev.slots-free", 99999)]
    return [(name, fact(name, value, "cpuid:0x00000001/0x0@0", "EAX=0x00a10f11 EBX=0x00000000 ECX=0x7ed8320b EDX=0x178bfbfd"))
            for name, value in known if value is not None]


def facts(host):
    drawn = [("firmware.version", host.bios), ("kernel.release", host.kernel), ("machine.vendor", host.board[0]),
             ("machine.product", host.board[1]), ("kernel.command-line", "ro quiet iommu=pt"),
             ("pci.functions", host.fillers)]
    drawn += [(f"{name}.slots-total", slots) for name, slots in host.slots.items()]
    told = [(name, fact(name, value, "file:/proc/sys/kernel/osrelease", str(value))) for name, value in drawn if value is not None]
    return "{" + ",".join(text for _, text in sorted(processor_facts(PLATFORMS.index(host.platform)) + told)) + "}"


ENVIRONMENT = ('{"assumed":false,"because":null,"evidence":[{"ask":"cpuid:0x00000001/0x0@0","raw":"ECX=0x7ed8320b"}],'
               '"hypervisor":%s,"kind":"%s"}')


def listed(pieces, name, more=()):
    all_ = list(more)
    for piece in pieces:
        all_ += getattr(piece, name)
    return "[" + ",".join(text for _, text in sorted(all_)) + "]"


def report(host, observed_at):
    """The report's text, in one line; observed_at: None for a report that does not say."""
    pieces = [card.pieces(host.environment == "guest") for card in host.cards]
    hypervisor = '"KVM"' if host.environment == "guest" else "null"
    capabilities = ",".join(capability(name, host.stands[name]) for name in CAPABILITIES if name not in host.missing)
    findings = ",".join(finding(reason, text) for reason, text in host.findings)
    contradictions = ",".join(contradiction(name, text) for name, text in host.contradictions)
    functions = listed(pieces, "functions", fillers(host.platform.vendor, host.fillers))
    version = "0.0.9" if host.missing else "0.1.0"
    return (f'{{"capabilities":[{capabilities}],"contradictions":[{contradictions}],'
            f'"environment":{ENVIRONMENT % (hypervisor, host.environment)},"facts":{facts(host)},"findings":[{findings}],'
            f'"generator":{{"name":"hostcap","version":"{version}"}},"pci":{{"accelerators":{listed(pieces, "accelerators")},'
            f'"functions":{functions},"physicalFunctions":{listed(pieces, "physicals")},"units":{listed(pieces, "units")}}},'
            f'"schemaVersion":"1.0.0","source":{{"observedAt":{quoted(observed_at) if observed_at else "null"},"origin":"live",'
            f'"privilege":{{"effectiveCapabilities":"000001ffffffffff","effectiveUserID":0}}}}}}')
