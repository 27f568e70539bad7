# SPDX-FileCopyrightText: 2026 The hostcap authors
# SPDX-License-Identifier: Apache-2.0

"""Draws a host, and what becomes of it from run to run.

A host is a function of the seed and of its number, and a run of a host of the run's number too: neither how many hosts
there are nor how many processes draw them makes a difference.
"""

import hashlib
import random
from collections import namedtuple

from . import cards
from .cards import Card
from .hardware import GPUS, KERNELS, NICS, PLATFORMS, PROVIDERS, REGIONS, STORAGE, WEIGHTS
from .vocabulary import CAPABILITIES, CONTRADICTIONS, DEVICE_OUTCOMES, FINDINGS, LADDERS, OUTCOMES

# How a capability stands. stop and open: rung, reason and what was seen, or None.
Stand = namedtuple("Stand", "state stop open")
READY = Stand("ready", None, None)
NOT_APPLICABLE = Stand("notApplicable", None, None)
MAY_BE_GUEST = Stand("unknown", None, ("bare-metal", "source.may_be_guest", "CPUID: not asked"))
COUNTED = ["amd.sev", "amd.sev-es", "amd.sev-snp", "intel.tdx", "ibm.secure-execution"]
ZIPF = [1 / rank for rank in range(1, len(PROVIDERS) + 1)]


def place(seed, index):
    """Provider and region: the first providers have the most hosts, and each one to three regions."""
    rng = random.Random(f"{seed}/{index}/place")
    provider = rng.choices(range(len(PROVIDERS)), ZIPF)[0]
    return PROVIDERS[provider], REGIONS[rng.randrange(provider % 3 + 1)]


def number_of(provider, region, name):
    digest = hashlib.sha256(f"{provider}/{region}/{name}".encode()).digest()
    return int.from_bytes(digest[:8], "big") & 0x7fff_ffff_ffff_ffff


def weighted(rng, choices, key=lambda choice: choice[0]):
    return rng.choices(choices, [key(choice) for choice in choices])[0]


class Host:
    def __init__(self, seed, index):
        self.seed, self.index = seed, index
        self.provider, self.region = place(seed, index)
        # Names repeat in other regions, so that a name alone tells no host.
        twin = index % 2 and place(seed, index - 1) == (self.provider, self.region)
        self.name = f"compute-{index // 2:04d}{'b' if twin else ''}"
        self.number = number_of(self.provider, self.region, self.name)
        rng = random.Random(f"{seed}/{index}/host")
        self.platform = rng.choices(PLATFORMS, WEIGHTS)[0]
        self.board = rng.choice(self.platform.boards)
        self.environment = rng.choices(["bareMetal", "guest", "unknown"], [95, 3, 2])[0]
        self.kernel = None if rng.random() < 0.01 else rng.choice(KERNELS)
        self.bios = None if rng.random() < 0.05 else f"2.{rng.randrange(4)}.{rng.randrange(10)}"
        # Minutes of the day at which it reports, and days by which some are behind: their clock is wrong.
        self.minute = rng.randrange(720)
        self.behind = rng.choices([0, 2, 3, 7, 9], [94, 1, 2, 1, 2])[0]
        self.missing = self.draw_missing(rng)
        self.stands = {capability: self.draw_stand(rng, capability) for capability in CAPABILITIES}
        self.slots = {capability: self.draw_slots(rng) for capability in COUNTED}
        self.fillers = rng.randint(*self.platform.fillers)
        self.cards = []
        self.draw_cards(rng)
        self.findings = [rng.choice(FINDINGS) for _ in range(rng.choices([0, 1, 2, 5], [55, 30, 12, 3])[0])]
        self.contradictions = [rng.choice(CONTRADICTIONS) for _ in range(rng.choices([0, 1, 2], [90, 8, 2])[0])]

    def draw_missing(self, rng):
        """Capabilities that the host's version of the program does not know."""
        if rng.random() < 0.95:
            return frozenset()
        return frozenset(rng.choice([["arm.cca"], ["arm.cca", "ibm.secure-execution"], ["amd.sev-snp", "arm.cca"]]))

    def draw_stand(self, rng, capability):
        if self.environment == "guest":
            return NOT_APPLICABLE
        if self.environment == "unknown" and rng.random() < 0.7:
            return MAY_BE_GUEST
        if capability in self.platform.unable:
            reason = self.platform.unable[capability]
            return Stand("absent", ("silicon", reason, "its CPUID leaf says 0"), None)
        if capability == "iommu" and capability not in self.platform.able:
            return Stand("absent", ("acpi-table", None, "no ACPI"), None)
        if capability not in self.platform.able:
            return Stand("absent", ("vendor", "hardware.other_vendor", self.platform.vendor), None)
        chance = rng.random()
        if chance < 0.5:
            return READY
        if chance < 0.505:
            return Stand("ready", None, (LADDERS[capability][-1][0], "source.denied", "nobody asked"))
        if chance < 0.515:
            return Stand("unknown", None, None)
        _, state, rung, reason, because = weighted(rng, OUTCOMES[capability])
        last, decided = LADDERS[capability][-1][0], (rung, reason, because)
        if state == "unknown":
            return Stand(state, None, decided)
        if chance < 0.56 and rung != last:
            return Stand(state, decided, (last, "source.left_out", "left out by --skip libvirt"))
        if chance < 0.58 and state == "blocked":
            return Stand("unknown", decided, ("bare-metal", "source.denied", "CPUID: denied"))
        return Stand(state, decided, None)

    def draw_slots(self, rng):
        if rng.random() < 0.12:
            return rng.choice([None, None, None, 0, 1 << 20, (1 << 20) + 1, 1 << 40, "18446744073709551615"])
        return rng.choice([15, 99, 127, 382, 509])

    def draw_cards(self, rng):
        if self.platform.vendor == "ibm":
            return
        for _ in range(rng.choices([1, 2, 3], [50, 40, 10])[0]):
            self.add(self.draw_nic(rng))
        for _ in range(rng.choices([0, 1, 2, 4, 6], [10, 30, 40, 15, 5])[0]):
            self.add(self.draw_nvme(rng))
        gpus = rng.choices([0, 1, 2, 4, 8], [70, 10, 8, 8, 4])[0]
        first = gpus and self.draw_gpu(rng)
        for index in range(gpus):
            card = first if index == 0 else self.draw_gpu(rng, first.model if rng.random() < 0.95 else None)
            self.add(card)
        if self.platform.vendor == "intel" and rng.random() < 0.4:
            card = Card("qat", 0, self.free_place())
            card.vfs, card.assigned = [rng.choice([0, 0, 4])], 1
            self.add(card)
        if rng.random() < 0.8:
            self.add(Card("display", 0, self.free_place()))

    def free_place(self):
        taken = {card.place for card in self.cards}
        return next(place for place in range(240) if place not in taken)

    def add(self, card):
        card.place = self.free_place()
        self.cards.append(card.moved())

    def draw_outcome(self, rng):
        if rng.random() < 0.6:
            return cards.READY
        return weighted(rng, DEVICE_OUTCOMES)[1:]

    def draw_gpu(self, rng, model=None):
        model = rng.choices(range(len(GPUS)), [gpu[6] for gpu in GPUS])[0] if model is None else model
        card = Card("gpu", model, 0)
        card.mode = rng.choices(list(cards.GPU_MODES), [40, 25, 10, 2, 5, 3, 5, 9, 1])[0]
        card.outcomes = [self.draw_outcome(rng), self.draw_outcome(rng)]
        card.vfs = [rng.choice([0, 0, 2, 4])]
        card.vf_entries = rng.choice(["none", "own", "own", "with memory", "nameless"])
        card.assigned = rng.choice([None, 0, 1, 3])
        card.blind = rng.random() < 0.02
        return card

    def draw_nic(self, rng):
        card = Card("nic", rng.choices(range(len(NICS)), [nic[7] for nic in NICS])[0], 0)
        card.mode = rng.choices(["untold", "untold, blocked", "untold, none left", "untold, not known", "untold, hidden",
                                 "untold, plain"], [80, 3, 6, 2, 3, 6])[0]
        card.outcomes = [self.draw_outcome(rng), self.draw_outcome(rng), self.draw_outcome(rng)]
        card.vfs = [rng.choice([0, 0, 0, 2, 4, 8]), rng.choice([0, 0, 0, 4, 7])]
        card.assigned = rng.choice([None, 0, 1, 2, 3])
        card.blind, card.ghost = rng.random() < 0.02, rng.random() < 0.01
        return card

    def draw_nvme(self, rng):
        card = Card("nvme", rng.randrange(len(STORAGE)), 0)
        card.outcomes = [self.draw_outcome(rng)]
        return card

    # What happens from one run to the next.

    def drift(self, rng):
        for _ in range(rng.choice([1, 1, 2, 3])):
            getattr(self, rng.choice(EVENTS))(rng)

    def setting_changed(self, rng):
        capability = rng.choice(self.platform.able + ["iommu"])
        self.stands[capability] = self.draw_stand(rng, capability)

    def setting_fixed(self, rng):
        blocked = [name for name, stand in self.stands.items() if stand.state == "blocked"]
        if blocked:
            self.stands[rng.choice(blocked)] = READY

    def seen_otherwise(self, rng):
        """The same cause in other words: a new row, and no change."""
        found = [name for name, stand in self.stands.items() if stand.state == "blocked" and stand.stop]
        if found:
            name = rng.choice(found)
            rung, reason, because = self.stands[name].stop
            self.stands[name] = self.stands[name]._replace(stop=(rung, reason, because.rstrip("!") + "!" * rng.randrange(3)))

    def kernel_upgraded(self, rng):
        self.kernel = rng.choice(KERNELS)
        for name, stand in self.stands.items():
            if stand.stop and stand.stop[1] in ("kernel.no_sev_snp", "kernel.no_tdx", "kernel.no_sgx_guests"):
                self.stands[name] = READY

    def driver_bound(self, rng):
        if self.cards:
            card = rng.choice(self.cards).changed()
            card.outcomes = [self.draw_outcome(rng) for _ in card.outcomes]

    def functions_made(self, rng):
        able = [card for card in self.cards if card.kind in ("nic", "gpu", "qat")]
        if able:
            rng.choice(able).changed().vfs = [rng.choice([0, 2, 4, 6])]

    def card_taken(self, rng):
        if len(self.cards) > 1:
            self.cards.remove(rng.choice(self.cards))

    def card_put_in(self, rng):
        if self.platform.vendor != "ibm" and len(self.cards) < 24:
            self.add(rng.choice([self.draw_gpu, self.draw_nic, self.draw_nvme])(rng))

    def remark_changed(self, rng):
        if rng.random() < 0.5 and self.findings:
            self.findings.pop(rng.randrange(len(self.findings)))
        else:
            self.findings.append(rng.choice(FINDINGS))
        self.contradictions = [rng.choice(CONTRADICTIONS)] if rng.random() < 0.3 else []

    def program_changed(self, rng):
        self.missing = self.draw_missing(rng) if self.missing else frozenset(rng.sample(CAPABILITIES, 2))

    def slots_changed(self, rng):
        self.slots[rng.choice(COUNTED)] = self.draw_slots(rng)


EVENTS = ["setting_changed", "setting_changed", "setting_fixed", "setting_fixed", "seen_otherwise", "kernel_upgraded",
          "driver_bound", "driver_bound", "functions_made", "card_taken", "card_put_in", "remark_changed",
          "program_changed", "slots_changed"]
