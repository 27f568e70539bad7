# SPDX-FileCopyrightText: 2026 The hostcap authors
# SPDX-License-Identifier: Apache-2.0

"""Checks the answers against SQLite, the reports against the schema, and what was drawn against what was written."""

import glob
import json
import os
import sqlite3

from . import broken
from .answers import Answers, finished
from .columns import COLUMNS
from .life import Life
from .scopes import edges, end, scope, scopes

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "..")
# Columns of the tables that rows make, as they are drawn.
COLUMNS_OF = {name: text.split() for name, text in {
    "host_span": "environment class board cpu bios kernel capabilities devices virtual_functions remarks",
    "capability_fact": "capability state layer reason fix_kind fix because usable_from slots",
    "device_product": "kind id model type memory_gib", "device_outcome": "state layer reason fix_kind fix",
    "virtual_function_set": "id physical total active assigned free", "remark_set": "kind reason text times",
}.items()}


def read(*path):
    with open(os.path.join(ROOT, *path), encoding="utf-8") as file:
        return file.read()


class Store:
    """The tables in memory. What a row does not say of its columns is empty or 0: the answers rest on none of that."""

    def __init__(self):
        self.base = sqlite3.connect(":memory:")
        self.base.executescript(read("Sources", "Fleet", "Schema", "tables.sql"))
        self.empty = {}

    def put(self, table, **values):
        if table not in self.empty:
            columns = self.base.execute(f"PRAGMA table_info({table})")
            self.empty[table] = {column[1]: 0 if column[2] == "INTEGER" else "" for column in columns}
        row = self.empty[table] | values
        self.base.execute(f"INSERT INTO {table} ({', '.join(row)}) VALUES ({', '.join('?' * len(row))})", list(row.values()))

    def row(self, table, number, values):
        self.put(table, **number, **dict(zip(COLUMNS_OF[table], values)))


class Sets:
    """Numbers for rows and sets, each of which is put once. Any numbers will do, if one thing has one."""

    def __init__(self, store):
        self.store, self.numbers = store, {}

    def number(self, what, put):
        if what not in self.numbers:
            self.numbers[what] = len(self.numbers) + 1
            put(self.numbers[what])
        return self.numbers[what]

    def row(self, table, column, values):
        return self.number((table, values), lambda number: self.store.row(table, {column: number}, values))

    def set(self, table, members, put):
        def all_(number):
            for member in members:
                put({"set_id": number}, member)
        return self.number((table, frozenset(members)), all_) if members else 0

    def span(self, rows):
        """The row of host_span, without host and times."""
        def capability(number, item):
            fact = self.row("capability_fact", "fact", (item[0], *item[1]))
            self.store.put("capability_set", **number, capability=item[0], fact=fact)

        def device(number, item):
            row, units = item
            self.store.put("device_set", **number, product=self.row("device_product", "product", row[:5]),
                           outcome=self.row("device_outcome", "outcome", row[5:]), units=units)

        return (*rows.host, self.set("capability_set", rows.capabilities.items(), capability),
                self.set("device_set", rows.devices.items(), device),
                *(self.set(table, [(*key, *values) if table == "remark_set" else (key, *values) for key, values in all_.items()],
                           lambda number, row, table=table: self.store.row(table, number, row))
                  for table, all_ in (("virtual_function_set", rows.pools), ("remark_set", rows.remarks))))


def spans(life, sets):
    """What a host says, with the time from which it does and the time until which."""
    start, row = None, None
    for seen in life.seen:
        now = sets.span(seen.rows)
        if now != row:
            if row:
                yield row, start, seen.observed_at
            start, row = seen.observed_at, now
    if row:
        yield row, start, "9999"


def database(lives):
    store = Store()
    sets = Sets(store)
    for life in lives:
        host = life.host
        if life.seen:
            store.put("machine", host=host.number, provider=host.provider, region=host.region, name=host.name)
        for seen in life.seen:
            store.put("report", host=host.number, observed_at=seen.observed_at, digest=seen.digest)
        for row, start, end in spans(life, sets):
            store.row("host_span", {"host": host.number, "valid_from": start, "valid_to": end}, row)
        for number, reason in enumerate(life.refusals):
            store.put("rejected", **{"subject": life.machine, "reason": reason, "digest": str(number)})
    return store.base


def asked(store, scope):
    """What SQLite answers."""
    columns = ", ".join(f"'{value}' AS {name}" for name, value in scope._asdict().items())
    for (view,) in store.execute("SELECT name FROM temp.sqlite_schema WHERE type = 'view'").fetchall():
        store.execute(f"DROP VIEW temp.{view}")
    store.execute(f"CREATE TEMPORARY VIEW scope AS SELECT {columns}")
    store.executescript(read("Sources", "Fleet", "Schema", "views.sql"))
    for path in sorted(glob.glob(os.path.join(ROOT, "Sources", "Fleet", "SQL", "*.sql"))):
        name = os.path.basename(path)[:-4]
        if name in COLUMNS:
            cursor = store.execute(read("Sources", "Fleet", "SQL", name + ".sql"))
            rows = sorted((list(row) for row in cursor), key=lambda row: [str(cell) for cell in row])
            yield name, [column[0] for column in cursor.description], rows


def difference(expected, found, limit=4):
    """The first rows that only one side has, or None."""
    left, right = {json.dumps(row) for row in expected}, {json.dumps(row) for row in found}
    if left == right and len(expected) == len(found):
        return None
    return (f"{len(expected)} rows expected, {len(found)} found\n"
            + "".join(f"    expected {row}\n" for row in sorted(left - right)[:limit])
            + "".join(f"    found    {row}\n" for row in sorted(right - left)[:limit])).rstrip()


def against_sqlite(options):
    """Names of what differs, and how many answers and rows were compared."""
    lives = [Life(index, options) for index in range(options.hosts)]
    store, bad, answers, compared = database(lives), [], 0, 0
    # The program asks for no host by name, its own views do.
    one_host = {"host": scope(end(options), host=lives[0].host.name)}
    for scope_name, wanted in (scopes(options) | edges(lives) | one_host).items():
        drawn = Answers(wanted)
        for life in lives:
            drawn.add(life)
        drawn = finished(drawn)
        told = set()
        for name, columns, rows in asked(store, wanted):
            told.add(name)
            answers, compared = answers + 1, compared + len(rows)
            what = difference(drawn[name], rows) or (columns != COLUMNS[name] and f"columns {columns}")
            if what:
                bad.append(f"seed {options.seed}, {options.hosts} hosts, scope {scope_name}, {name}: {what}")
        bad += [f"there is no query {name}" for name in set(COLUMNS) - told]
    return bad, answers, compared


def against_schema(options, sample):
    """What the schema says of reports that must be taken; None: there is no validator."""
    try:
        import jsonschema
    except ImportError:
        return None
    schema = json.loads(read("Reports", "JSON", "Schema", "hostcap-report-1.0.0.schema.json"))
    validator, bad, count = jsonschema.Draft202012Validator(schema), [], 0
    for index in range(options.hosts):
        life = Life(index, options)
        taken = {seen.digest for seen in life.seen}
        for delivery in life.deliveries:
            text = delivery.payload.strip()
            if broken.digest(text) in taken and count < sample:
                count += 1
                for error in validator.iter_errors(json.loads(text)):
                    bad.append(f"host {index}: {'/'.join(map(str, error.path))}: {error.message[:200]}")
    return bad, count


def against_drawn(options):
    """Rows read back from the reports by the rules, against those that were drawn."""
    from .readback import rows_of
    bad, count = [], 0
    for index in range(options.hosts):
        life = Life(index, options)
        drawn = {seen.digest: seen.rows for seen in life.seen}
        for delivery in life.deliveries:
            rows = drawn.pop(broken.digest(delivery.payload.strip()), None)
            if rows is not None:
                count += 1
                found = rows_of(json.loads(delivery.payload))
                bad += [f"host {index}, {name}: drawn {left}, read back {right}" for name, left, right
                        in zip(rows._fields, rows, found) if left != right]
    return bad, count


def against_grammar(options):
    """What another reader says of broken inputs, as far as it tells such things apart."""
    bad, count = [], 0
    for index in range(options.hosts):
        life = Life(index, options)
        reasons = {digest: reason for _, reason, digest in life.refused}
        for delivery in life.deliveries:
            reason = reasons.get(broken.digest(delivery.payload.rstrip(b" \t\r\n")))
            if reason in ("not-utf-8", "not-json", "duplicate-key", "too-deep"):
                count += 1
                found = fault(delivery.payload)
                if found != reason:
                    bad.append(f"host {index}: {reason} is {found}: {delivery.payload[-200:]}")
    return bad, count


def fault(payload):
    def once(pairs):
        if len({key for key, _ in pairs}) < len(pairs):
            raise KeyError
        return dict(pairs)

    def never(name):
        raise ValueError(name)

    try:
        value = json.loads(payload.decode(), object_pairs_hook=once, parse_constant=never)
    except UnicodeDecodeError:
        return "not-utf-8"
    except KeyError:
        return "duplicate-key"
    except RecursionError:
        return "too-deep"
    except ValueError:
        return "not-json"
    depth = 0
    level = [value]
    while level:
        depth += 1
        level = [child for each in level if isinstance(each, (list, dict))
                 for child in (each.values() if isinstance(each, dict) else each)]
    return "too-deep" if depth > 65 else None
