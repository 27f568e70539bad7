# SPDX-FileCopyrightText: 2026 The hostcap authors
# SPDX-License-Identifier: Apache-2.0

"""The answers, counted host by host over what was drawn, without SQL.

Each question is a table that hosts are added to; tables of many processes add up to one.
"""

import operator
from collections import namedtuple

# What is added up: sum, smallest, largest, number of different ones.
MERGE = {"sum": operator.add, "min": min, "max": max, "set": operator.or_}
STATES = ["ready", "blocked", "absent", "unknown", "notApplicable"]
BELOW_FIRMWARE, FIRMWARE = ("environment", "cpu"), ("firmware", "psp")
STAGES = ["none", "silicon", "firmware", "kernel", "hypervisor", "platform", "proven"]

Standing = namedtuple("Standing", "name state layer reason fix_kind fix because usable_from slots stage usable reached was "
                      "change changed_at")


class Table:
    """Rows by their key; kinds says how each further value adds up."""

    def __init__(self, kinds):
        self.merge, self.rows = [MERGE[kind] for kind in kinds.split()], {}
        self.only_sums = set(kinds.split()) == {"sum"}

    def add(self, key, *values):
        old = self.rows.get(key)
        if old is None:
            self.rows[key] = values
        elif self.only_sums:
            self.rows[key] = tuple(map(operator.add, old, values))
        else:
            self.rows[key] = tuple([merge(a, b) for merge, a, b in zip(self.merge, old, values)])

    def join(self, other):
        for key, values in other.rows.items():
            self.add(key, *values)


def ones(state, among=STATES):
    return [1 if state == each else 0 for each in among]


class Look:
    """One host at a moment: its last report, and what it says by then."""

    def __init__(self, life, wanted):
        self.life, self.host, self.scope = life, life.host, wanted
        self.seen = life.seen
        self.now = self.last(wanted.at_time)
        if self.now is None:
            return
        age = self.now.observed_at
        self.expired = age < wanted.expired_time
        self.freshness = "expired" if self.expired else "stale" if age < wanted.stale_time else "fresh"
        self.before = self.last(wanted.since_time)
        self.class_ = self.now.rows.host[1]

    def last(self, at):
        found = None
        for seen in self.seen:
            if seen.observed_at <= at:
                found = seen
        return found

    @property
    def let_through(self):
        wanted, host = self.scope, self.host
        return (wanted.one_provider in ("", host.provider) and wanted.one_region in ("", host.region)
                and wanted.one_host in ("", host.name))

    def since(self, name):
        """When the host began to say what it now says of a capability."""
        first = None
        for seen in reversed(self.seen):
            if seen.observed_at <= self.now.observed_at:
                if seen.rows.capabilities.get(name) != self.now.rows.capabilities[name]:
                    break
                first = seen.observed_at
        return first

    def standings(self):
        wanted = self.scope
        for name, row in self.now.rows.capabilities.items():
            if wanted.one_capability not in ("", name):
                continue
            told = self.told(name, row)
            if wanted.one_state in ("", told.state) and wanted.one_layer in ("", told.layer):
                yield told

    def told(self, name, row):
        changed_at = self.since(name)
        if self.expired:
            age = self.now.observed_at
            row = row._replace(state="unknown", layer="environment", reason="report.expired", fix_kind="none",
                               fix="collect a report", because="last report " + age, slots=0)
            changed_at = age
        usable = row.state == "ready" and row.usable_from != "" and row.usable_from <= self.scope.release_id
        stage = ("silicon" if row.layer in BELOW_FIRMWARE else "firmware" if row.layer in FIRMWARE else "kernel"
                 if row.layer == "kernel" else "hypervisor" if row.layer else "")
        reached = 0
        if usable:
            reached = STAGES.index("platform")
        elif row.state == "ready":
            reached = STAGES.index("hypervisor")
        elif row.state == "blocked":
            # It has passed every stage below the one that stops it.
            reached = ["silicon", "firmware", "kernel", "hypervisor"].index(stage)
        was = self.was(name)
        if was == row.state:
            change = "unchanged"
        elif row.state == "ready":
            change = "gained"
        elif was == "ready":
            change = "unknown" if row.state == "unknown" else "lost"
        else:
            change = "changed"
        return Standing(name, *row, stage, int(usable), reached, was, change, changed_at)

    def was(self, name):
        if self.before is None or name not in self.before.rows.capabilities:
            return "new"
        if self.before.observed_at < self.scope.expired_before:
            return "unknown"
        return self.before.rows.capabilities[name].state

    def vanished(self):
        """Capabilities that the report of before spoke of and that of now does not: name, was, change, since when."""
        wanted = self.scope
        if self.before is None or wanted.one_state not in ("", "unknown") or wanted.one_layer not in ("", "environment"):
            return
        for name in self.before.rows.capabilities:
            if name in self.now.rows.capabilities or wanted.one_capability not in ("", name):
                continue
            was = self.was(name)
            change = "unchanged" if was == "unknown" else "unknown" if was == "ready" else "changed"
            row = self.before.rows.capabilities[name]
            later = [seen for seen in self.seen if seen.observed_at > self.before.observed_at]
            yield name, was, change, next(seen.observed_at for seen in later if seen.rows.capabilities.get(name) != row)

    def devices(self):
        wanted = self.scope
        for row, units in self.now.rows.devices.items():
            if self.expired:
                row = row[:5] + ("unknown", "environment", "report.expired", "none", "collect a report")
            if wanted.one_state in ("", row[5]) and wanted.one_layer in ("", row[6]):
                yield row, units

    def pools(self):
        for id_, numbers in self.now.rows.pools.items():
            yield id_, numbers[:4] + (0,) if self.expired else numbers


KINDS = {
    "summary": "sum sum sum sum sum sum sum sum", "matrix": "sum sum sum sum sum sum sum max max max",
    "funnel": "sum sum sum sum sum sum sum sum", "gate": "sum sum sum sum sum set", "stops": "sum", "problems": "sum sum",
    "interop": "sum sum sum sum sum sum sum max", "class_capabilities": "sum sum sum sum sum sum sum", "drift": "sum",
    "provider_changes": "sum min", "fleet": "set set sum set sum sum sum min max", "providers": "set sum set sum sum sum sum max min",
    "classes": "set sum sum", "provider_classes": "sum", "devices": "sum sum sum sum sum sum sum",
    "provider_devices": "sum sum sum sum sum", "virtual_functions": "sum sum sum sum sum sum",
    "provider_virtual_functions": "sum sum sum sum sum sum", "remarks": "min sum sum", "rejections": "sum",
    "hosts": "sum", "changes": "sum", "history": "sum",
}
BY_HOST = ["hosts", "changes", "history"]


class Answers:
    """All questions at one scope."""

    def __init__(self, wanted, by_host=True):
        self.scope, self.by_host = wanted, by_host
        self.tables = {name: Table(kinds) for name, kinds in KINDS.items() if by_host or name not in BY_HOST}

    def join(self, other):
        for name, table in self.tables.items():
            table.join(other.tables[name])

    def add(self, life):
        for reason in life.refusals:
            self.tables["rejections"].add((reason,), 1)
        look = Look(life, self.scope)
        if self.by_host and look.let_through:
            self.add_history(life)
        if look.now is None or not look.let_through:
            return
        self.add_host(look)
        self.add_standings(look, list(look.standings()))
        self.add_devices(look)

    def add_host(self, look):
        provider, region, class_, age = look.host.provider, look.host.region, look.class_, look.now.observed_at
        fresh = ones(look.freshness, ["fresh", "stale", "expired"])
        self.tables["fleet"].add((), {provider}, {(provider, region)}, 1, {class_}, *fresh, age, age)
        self.tables["providers"].add((provider,), {region}, 1, {class_}, *fresh, 0, age, age)
        self.tables["classes"].add((class_,), {provider}, 1, fresh[0])
        self.tables["provider_classes"].add((provider, class_), 1)
        for id_, numbers in look.pools():
            self.tables["virtual_functions"].add((id_,), 1, *numbers)
            self.tables["provider_virtual_functions"].add((provider, id_), 1, *numbers)
        for key, (text, times) in look.now.rows.remarks.items():
            self.tables["remarks"].add(key, text, 1, times)

    def add_standings(self, look, standings):
        tables, host, age = self.tables, look.host, look.now.observed_at
        provider, region, class_ = host.provider, host.region, look.class_
        for name, was, change, since in look.vanished():
            tables["drift"].add((name, was, "unknown", change), 1)
            if change != "unchanged":
                tables["provider_changes"].add((provider, name, was, "unknown", change), 1, since)
                if self.by_host:
                    tables["changes"].add((provider, region, host.name, name, was, "unknown", change, "environment",
                                           "report.silent", "make a report with this hostcap"), 1)
        for s in standings:
            states = ones(s.state)
            unknown, blocked = states[3], s.state == "blocked"
            reached = [1 if s.reached >= stage else 0 for stage in range(1, 7)]
            tables["summary"].add((s.name,), 1, 0, s.usable, *states)
            tables["matrix"].add((provider, s.name), 1, 0, s.usable, *states[:4], s.reached if blocked else -1, "", age)
            tables["funnel"].add((provider, s.name), 1, *reached, unknown)
            tables["class_capabilities"].add((class_, s.name), 1, 0, s.usable, *states[:4])
            tables["interop"].add((provider, region, s.name), *ones(s.reached, range(7)), age)
            waits = s.state == "ready" and not s.usable and s.usable_from != ""
            tables["gate"].add((s.name,), 1, states[0], s.usable, int(waits), int(states[0] and s.usable_from == ""),
                               frozenset([s.usable_from] if waits else []))
            tables["drift"].add((s.name, s.was, s.state, s.change), 1)
            if s.change != "unchanged":
                tables["provider_changes"].add((provider, s.name, s.was, s.state, s.change), 1, s.changed_at)
                if self.by_host:
                    tables["changes"].add((provider, region, host.name, s.name, s.was, s.state, s.change, s.layer, s.reason,
                                           s.fix), 1)
            if blocked or unknown:
                cause = s.layer, s.reason, s.fix_kind, s.fix
                tables["stops"].add((provider, s.name, s.state, s.stage, *cause), 1)
                tables["problems"].add((s.name, s.state, *cause), 1, 1)
        if self.by_host and standings:
            states = [sum(column) for column in zip(*(ones(s.state) for s in standings))]
            tables["hosts"].add((provider, region, host.name, class_, look.now.rows.host[5], age, look.freshness,
                                 sum(s.usable for s in standings), *states[:4]), 1)

    def add_devices(self, look):
        found, of_provider, problems = {}, {}, {}
        for (kind, id_, model, type_, memory, state, *cause), units in look.devices():
            numbers = [units * one for one in ones(state)]
            found.setdefault((kind, id_, model, type_, memory), []).append((units, *numbers))
            of_provider.setdefault((look.host.provider, kind, id_, model, memory), []).append(
                (units, numbers[0], numbers[1], numbers[3]))
            # Devices are no answer to a question about one capability.
            if state in ("blocked", "unknown") and not self.scope.one_capability:
                subject = f"{kind} {id_}" if id_ else kind
                problems.setdefault((subject, state, *cause), []).append((units,))
        # A host counts once in each row, however many of its devices are in it.
        for name, rows in [("devices", found), ("provider_devices", of_provider), ("problems", problems)]:
            for key, many in rows.items():
                self.tables[name].add(key, 1, *map(sum, zip(*many)))

    def add_history(self, life):
        capability = self.scope.one_capability
        host, open_ = life.host, {}
        spans = []
        for seen in life.seen:
            rows = seen.rows.capabilities
            for name in list(open_):
                if rows.get(name) != open_[name][0]:
                    spans.append((name, open_.pop(name), seen.observed_at))
            for name, row in rows.items():
                open_.setdefault(name, (row, seen.observed_at))
        spans += [(name, span, "") for name, span in open_.items()]
        for name, (row, start), until in spans:
            if capability in ("", name):
                self.tables["history"].add((host.provider, host.region, host.name, name, start, until, row.state, row.layer,
                                            row.reason, row.because), 1)


def finished(answers):
    """Rows of every question, as the queries give them."""
    out = {}
    for name, table in answers.tables.items():
        finish = FINISH.get(name, plain)
        out[name] = sorted(([cell for cell in finish(key, values)] for key, values in table.rows.items()),
                           key=lambda row: [str(cell) for cell in row])
    if not out["fleet"]:
        out["fleet"] = [[0, 0, 0, 0, 0, 0, 0, "", ""]]
    return out


def plain(key, values):
    return [*key, *(len(value) if isinstance(value, (set, frozenset)) else value for value in values)]


def interop(key, values):
    best = max(stage for stage in range(7) if values[stage])
    return [*key, STAGES[best], values[best], "", values[7]]


def key_only(key, values):
    return list(key)


FINISH = {
    "interop": interop, "gate": lambda key, values: [*key, *values[:5], min(values[5], default="")],
    "hosts": key_only, "changes": key_only, "history": key_only,
}
