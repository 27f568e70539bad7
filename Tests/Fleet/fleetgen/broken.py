# SPDX-FileCopyrightText: 2026 The hostcap authors
# SPDX-License-Identifier: Apache-2.0

"""Inputs that must be refused, and why. Each has one fault only, so that no other reason can be right.

A payload is a line of a stream, or a file: what is broken in it is broken in both alike.
"""

import hashlib

# Longer than any report may be, whatever is counted: the line or the report.
TOO_LARGE = (16 << 20) + 4096
NEVER = "2046-01-02T03:04:05Z"
LONG_AGO = "2016-01-02T03:04:05Z"

# Of these the machine is not known: the input itself is what was refused.
NAMELESS = {"not-utf-8", "not-json", "duplicate-key", "too-deep", "identity", "too-large"}

NAME = b'"name":"hostcap"'
FACTS = b'"facts":{'


def digest(text):
    return hashlib.sha256(text).hexdigest()


def not_utf8(payload, rng):
    bad = rng.choice([b"\xff", b"\xc0\x80", b"\xed\xa0\x80", b"\xf5\x80\x80\x80", b"\xe2\x82", b"\x80"])
    return payload.replace(NAME, b'"name":"host' + bad + b'cap"', 1)


def truncated(payload, rng):
    payload = payload.strip()
    # Not within a character: that would be another fault.
    return payload[:rng.randrange(1, len(payload))].decode(errors="ignore").encode()


def swapped(old, new):
    return lambda payload, rng: payload.replace(old, new, 1)


NOT_JSON = [
    truncated, truncated, truncated,
    lambda payload, rng: payload.rstrip() + rng.choice([b" x", b"}", b",", b" {}", b"\x00", payload.strip()]),
    swapped(b'"effectiveUserID":0', b'"effectiveUserID":01'),
    swapped(b'"effectiveUserID":0', b'"effectiveUserID":+1'),
    swapped(b'"effectiveUserID":0', b'"effectiveUserID":1.'),
    swapped(b'"effectiveUserID":0', b'"effectiveUserID":NaN'),
    swapped(b'"effectiveUserID":0', b'"effectiveUserID":0x1f'),
    swapped(NAME, b'"name":"host\x01cap"'), swapped(NAME, b'"name":"host\tcap"'), swapped(NAME, b'"name":"host\\xcap"'),
    swapped(NAME, b'"name":"host\\u12g4cap"'), swapped(NAME, b"'name':'hostcap'"), swapped(NAME, NAME + b","),
    swapped(b'"contradictions":[', b'"contradictions":[}'), swapped(b'"accelerators":[', b'"accelerators":{'),
    swapped(NAME, b'"name" "hostcap"'), swapped(NAME, b'"name":nil'), swapped(NAME, b'"name":nulll'),
    swapped(NAME, b'"name":tru'), swapped(NAME, b'"name":False'),
]

DUPLICATE_KEY = [
    swapped(NAME, NAME + b"," + NAME),
    # The same key, written otherwise.
    swapped(NAME, NAME + b',"n\\u0061me":"hostcap"'),
    swapped(b'"schemaVersion":', b'"pci":null,"schemaVersion":'),
    # Where nobody reads.
    swapped(FACTS, FACTS + b'"zz.twice":{"evidence":[{"ask":"a","raw":{"x":[{"k":1,"k":1}]}}],"value":1},'),
    swapped(b'"privilege":{', b'"privilege":{"effectiveUserID":0,'),
]


def too_deep(payload, rng):
    # A hundred levels, or so many that a reader which calls itself runs out of stack.
    depth = rng.choice([100, 50000])
    open_, close = rng.choice([(b"[", b"]"), (b'{"a":', b"}")])
    nest = open_ * depth + b"1" + close * depth
    return payload.replace(FACTS, FACTS + b'"zz.deep":{"evidence":[],"value":' + nest + b"},", 1)


def too_large(payload, rng):
    return payload.replace(NAME, b'"name":"' + b"x" * TOO_LARGE + b'"', 1)


def first_of(key, element):
    """An element more at the beginning of a list."""
    def put(payload, rng):
        before, after = payload.split(key, 1)
        return before + key + element + (b"" if after.startswith(b"]") else b",") + after
    return put


WRONG_SHAPE = [
    swapped(b'"capabilities":[', b'"capabilitiez":['), swapped(b'"units":[', b'"unitz":['),
    swapped(b'"functions":[', b'"functionz":['), swapped(b'"facts":{', b'"factz":{'),
    swapped(b'"findings":[', b'"findingz":['), swapped(b'"source":{', b'"sourze":{'),
    swapped(b'"environment":{', b'"environmend":{'), swapped(b'"pci":{', b'"pzi":{'),
    first_of(b'"capabilities":[', b'"amd.sev"'), first_of(b'"units":[', b"[]"), first_of(b'"findings":[', b"null"),
    first_of(b'"contradictions":[', b'{"id":7}'), first_of(b'"physicalFunctions":[', b'{"address":1}'),
]
# In a stream, where what stands for the report is known.
NO_OBJECT = [lambda report, rng: rng.choice([b"[]", b"7", b'"report"', b"[[]]"])]


def one_of(choices):
    return lambda payload, rng: rng.choice(choices)(payload, rng)


# Faults of the payload, and of the report in it.
OF_PAYLOAD = {"not-utf-8": not_utf8, "not-json": one_of(NOT_JSON), "duplicate-key": one_of(DUPLICATE_KEY),
              "too-deep": too_deep, "too-large": too_large}
OF_REPORT = {"not-a-report": one_of(WRONG_SHAPE), "not an object": one_of(NO_OBJECT),
             "schema-version": one_of([swapped(b'"schemaVersion":"1.0.0"', b'"schemaVersion":"2.0.0"'),
                                       swapped(b'"schemaVersion":"1.0.0"', b'"schemaVersion":"10.0.0"')])}
# Faults of the time alone: what the report says of it.
OF_TIME = {"no-time": None, "future": NEVER, "too-old": LONG_AGO}


def bad_machine(provider, region, name, rng):
    """Names no host: a part is empty, begins with a dot, is too long or has what no name has. As JSON writes it."""
    return rng.choice([f"{provider}//{name}", f"/{region}/{name}", f"{provider}/{region}/", "", "//", f"{provider}/../{name}",
                       f"./{region}/{name}", f"{provider}/{region}/{name}\\u0007", f"{provider}/{region}/{name}\\n",
                       f"{provider}\\u0000/{region}/{name}", f"{provider}/{region}/\\u001b[31m{name}",
                       f"{provider}/{region}/{name} 2", f"{provider}/{region}/h\u00f6{name}", f"{provider}/{region}/" + "n" * 201])


def draw(rng, streams, with_age):
    """The reason of one broken input."""
    reasons = ["not-utf-8", "not-json", "not-json", "duplicate-key", "too-deep", "schema-version", "not-a-report",
               "not-a-report", "no-time", "future", "conflict", "conflict", "conflict"]
    if streams:
        reasons.append("identity")
    if with_age:
        reasons.append("too-old")
    return "too-large" if rng.random() < 0.002 else rng.choice(reasons)
