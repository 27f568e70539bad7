# SPDX-FileCopyrightText: 2026 The hostcap authors
# SPDX-License-Identifier: Apache-2.0

"""Cards and what is built in: how they look in a report, and what a fleet must count them as.

What they count as is written down beside what is drawn, never read back from the JSON.
"""

from .hardware import FILLERS, GPUS, NICS, ROOTS, STORAGE
from .text import accelerator, fix_of, function, physical_function, unit
from .vocabulary import VFS_ENABLED

READY = ("ready", None, None, None, None)
NOT_APPLICABLE = ("notApplicable", None, None, None, None)
NO_DRIVER = ("blocked", "driver", "kernel", "sriov.no_driver", "no driver is bound")
HIDDEN = ("blocked", "kernel", "kernel", "sriov.hidden_by_kernel", "no sriov_totalvfs")
OFF = ("blocked", "firmware", "firmware", "sriov.off_in_firmware", "TotalVFs = 0")

# How a GPU shows: what the report calls it, the VFs that its SR-IOV capability has (none: not listed there), and what
# it then is to Nova.
GPU_MODES = {
    "whole": ("type-PCI", "total", READY, "type-PCI"),
    "shared": ("type-PF", "total", READY, "type-PF"),
    "untold": (None, "total", READY, "type-PF"),
    "untold, blocked": (None, "total", NO_DRIVER, "type-PF"),
    "untold, none left": (None, 0, OFF, "type-PCI"),
    "untold, not known": (None, "null", READY, "type-PCI"),
    "untold, hidden": (None, "total", HIDDEN, "type-PCI"),
    "untold, plain": (None, None, None, "type-PCI"),
    "a VF, alone": ("type-VF", None, None, "type-VF"),
}


def shown(mode, in_guest):
    nova, vfs, standing, type_ = GPU_MODES[mode]
    # In a guest nothing is judged, and so nothing says that the kernel hides them.
    return nova, vfs, standing, "type-PF" if in_guest and standing is HIDDEN else type_


class Card:
    """One card. What is drawn of it stays until drift changes it, and so does what was made of it."""

    def __init__(self, kind, model, place):
        self.kind, self.model, self.place = kind, model, place
        self.mode, self.outcomes, self.vfs, self.vf_entries, self.assigned = "", [READY], [0], "none", 0
        self.blind = self.ghost = False
        self.moved()

    def moved(self):
        self.root = ROOTS[self.place % 8]
        self.bus, self.numa = self.root + 1 + self.place // 8, self.place % 2
        return self.changed()

    def changed(self):
        self.made = None
        return self

    def pieces(self, in_guest):
        if self.made is None or self.made.in_guest != in_guest:
            self.made = Pieces(in_guest)
            getattr(self, "make_" + self.kind)(self.made)
        return self.made

    def address(self, routing):
        return f"0000:{self.bus:02x}:{routing >> 3:02x}.{routing & 7}"

    def outcome(self, port):
        return self.outcomes[port % len(self.outcomes)]

    def make_gpu(self, made):
        vendor, device, name, memory, total, vf_device, _ = GPUS[self.model]
        nova, vfs, standing, type_ = shown(self.mode, made.in_guest)
        address = self.address(0)
        id_ = "" if self.blind else f"{vendor}:{device}"
        members = [address]
        driver = "vfio-pci" if self.outcome(0) is READY else "nvidia"
        made.function(address, "030200", vendor, None if self.blind else device, driver, self, 0, detailed=True)
        if name is None:
            members.append(self.address(1))
            made.function(self.address(1), "040300", vendor, "22e8", "", self, 0)
        made.accelerators.append((address, accelerator(address, "gpu", name, memory, nova)))
        count = self.vfs[0] if type_ == "type-PF" else 0
        made.unit("gpu", members, VFS_ENABLED if count else self.outcome(0), id_, name, type_, memory)
        if vfs is not None:
            total = {"total": total, "null": None}.get(vfs, vfs)
            self.make_vfs(made, 0, count, total, standing, id_, vendor, vf_device, "030200", name)

    def make_nic(self, made):
        vendor, device, total, vf_device, ports, driver, name, _ = NICS[self.model]
        id_ = "" if self.blind else f"{vendor}:{device}"
        for port in range(ports):
            address = self.address(port)
            if self.ghost:
                made.physical(address, "", (total, 0, None, total), vf_device, [], READY)
                continue
            bound = "vfio-pci" if self.outcome(port) is READY else driver
            made.function(address, "020000", None if self.blind else vendor, device, bound, self, port)
            if name:
                made.accelerators.append((address, accelerator(address, "dpu", name, None, None)))
            nova, vfs, standing, type_ = shown(self.mode, made.in_guest)
            count = self.vfs[port % len(self.vfs)] if type_ == "type-PF" else 0
            made.unit("network", [address], VFS_ENABLED if count else self.outcome(port), id_, name, type_, None)
            if vfs is not None:
                left = {"total": total, "null": None}.get(vfs, vfs)
                self.make_vfs(made, port, count, left, standing, id_, vendor, vf_device, "020000", name)

    def make_vfs(self, made, port, count, total, standing, id_, vendor, vf_device, class_code, name):
        """A physical function's entry and its virtual functions. Some are guests' already."""
        parent, names = self.address(port), []
        for index in range(min(count, total or 0)):
            address = self.address(8 + port * 64 + index)
            names.append(address)
            made.function(address, class_code, vendor, vf_device, "vfio-pci", self, 8 + index, parent=parent)
            # A VF without an entry of its own goes by its PF's name; with one that has no name, by none.
            model, memory = name, None
            if self.vf_entries != "none":
                model = None if self.vf_entries == "nameless" or not name else name + " (virtual function)"
                memory = 6 if self.vf_entries == "with memory" else None
                nova = "type-VF" if index % 2 else None
                made.accelerators.append((address, accelerator(address, "gpu", model, memory, nova)))
            outcome = self.outcome(port + index) if index % 4 == 3 else READY
            made.unit("vf", [address], outcome, f"{vendor}:{vf_device}", model, "type-VF", memory)
        assigned = None if self.assigned is None else len(names) * self.assigned // 3
        active = len(names) if total is not None else None
        free = None if total is None else total - (assigned or 0)
        made.physical(parent, id_, (total, active, assigned, free), vf_device, names, standing)

    def make_nvme(self, made):
        vendor, device = STORAGE[self.model]
        address = self.address(0)
        driver = "vfio-pci" if self.outcome(0) is READY else "nvme"
        made.function(address, "010802", vendor, device, driver, self, 0)
        made.unit("storage", [address], self.outcome(0), f"{vendor}:{device}", None, "type-PCI", None)

    def make_qat(self, made):
        address, name = self.address(0), "Intel QAT 4xxx"
        made.function(address, "0b4000", "8086", "4940", "4xxx", self, 0)
        made.accelerators.append((address, accelerator(address, "crypto", name, None, "type-PF")))
        count = self.vfs[0]
        made.unit("accelerator", [address], VFS_ENABLED if count else self.outcome(0), "8086:4940", name, "type-PF", None)
        self.make_vfs(made, 0, count, 16, READY, "8086:4940", "8086", "4941", "0b4000", name)

    def make_display(self, made):
        address = self.address(0)
        made.function(address, "030000", "1a03", "2000", "ast", self, 0)
        made.accelerators.append((address, accelerator(address, "gpu", None, None, "type-PCI")))
        outcome = ("absent", "management-display", "cpu", "pci.management_display", "1a03:2000")
        made.unit("gpu", [address], outcome, "1a03:2000", None, "type-PCI", None)


class Pieces:
    """What a card adds to a report, by address, and what it adds to a fleet's tables."""

    def __init__(self, in_guest):
        self.in_guest = in_guest
        self.functions, self.accelerators, self.physicals, self.units = [], [], [], []
        self.devices, self.pools, self.models = [], [], []

    def function(self, address, class_code, vendor, device, driver, card, group, parent=None, detailed=False):
        text = function(address, class_code, vendor, device, driver, card.root, card.place * 256 + group, card.numa, parent,
                        detailed)
        self.functions.append((address, text))

    def unit(self, kind, members, outcome, id_, model, type_, memory):
        outcome = NOT_APPLICABLE if self.in_guest else outcome
        state, _, layer, reason, _ = outcome
        # A fleet's tables say ADDRESS where a report has the device's own.
        fix_kind, fix = fix_of(reason)
        self.units.append((members[0], unit(kind, members, outcome)))
        self.devices.append((kind, id_, model or "", type_, memory or 0, state, layer or "", reason or "", fix_kind or "",
                             fix or ""))
        if type_ != "type-VF" and model is not None:
            self.models.append(model)

    def physical(self, address, id_, numbers, vf_device, names, standing):
        standing = NOT_APPLICABLE if self.in_guest else standing
        self.physicals.append((address, physical_function(address, numbers, vf_device, names, standing)))
        counts = [number or 0 for number in numbers]
        if standing[0] != "ready":
            counts[3] = 0
        self.pools.append((id_, *counts))


def fillers(kind, count):
    """Functions that stay with the host."""
    vendor, choices = FILLERS[kind]
    made = []
    for index in range(count):
        root, slot = ROOTS[index % 8], index // 8
        class_code, device, driver = choices[index % len(choices)]
        address = f"0000:{root:02x}:{slot + 1:02x}.0"
        made.append((address, function(address, class_code, vendor, device, driver, root, index, root >> 7)))
    return made
