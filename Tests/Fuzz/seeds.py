#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The hostcap authors
# SPDX-License-Identifier: Apache-2.0

"""What the fuzzers begin with: seeds.py TARGETS FOLDER, where TARGETS has a line `name longest` each.

Below FOLDER each target gets a folder of files that fit it: what is kept in Inputs, tapes and reports of this repository,
and real dumps beside the checkout, cut to the target's longest input. Nothing of it goes into the repository.
"""

import bz2
import gzip
import hashlib
import io
import json
import lzma
import os
import pathlib
import shutil
import sys
import tarfile

TESTS = pathlib.Path(__file__).resolve().parent.parent
SHARED = pathlib.Path(os.environ.get("HOSTCAP_SHARED") or TESTS.parent.parent / "shared")
# Of one target: more only make the start slow.
MOST = 60
PACKED = {".xz": lzma.decompress, ".bz2": bz2.decompress, ".gz": gzip.decompress}
# As Question's libvirt documents are numbered.
DOCUMENTS = {b"<capabilities": 0, b"<domainCapabilities": 1}


def files(*patterns, below=SHARED / "corpus"):
    """The bytes of every file that fits, unpacked, in the order of their names."""
    for pattern in patterns:
        for path in sorted(below.glob(pattern)):
            if path.is_file():
                data = path.read_bytes()
                try:
                    yield PACKED.get(path.suffix, bytes)(data)
                except (OSError, EOFError, lzma.LZMAError):
                    yield data


def cut(data, longest, at=b"\n"):
    """As much as fits, to the end of a line or a block."""
    if len(data) <= longest:
        return data
    return data[: data.rfind(at, 0, longest) + len(at)]


def tapes():
    """Each tape in this repository in parts, every one with the first lines of all: who and what it is."""
    for path in sorted((TESTS / "Machines" / "Tapes").glob("*.jsonl")):
        yield path.read_bytes().split(b"\n")[:-1]


def parts(lines, longest):
    head, rest = lines[:1], lines[1:]
    for offset in range(3):
        part, size = list(head), len(head[0]) + 1
        for line in rest[offset::3]:
            if size + len(line) < longest:
                part.append(line)
                size += len(line) + 1
        yield b"\n".join(part) + b"\n"


def tape_seeds(longest):
    for lines in list(tapes())[::3]:
        yield from parts(lines, longest)


def redaction_seeds(longest):
    kinds = {"kernel-log": 0, "file:/proc/cmdline": 1, "libvirt:capabilities": 2, "libvirt:node-devices": 9}
    for lines in tapes():
        for line in map(json.loads, lines[1:]):
            if line["ask"] in kinds and "text" in line:
                for key in (0, 1):
                    yield bytes([2 * kinds[line["ask"]] + key]) + cut(line["text"].encode(), longest - 1)


def value_seeds(longest):
    seen = set()
    for lines in tapes():
        for line in map(json.loads, lines[1:]):
            shape = line["ask"].split("/")[:3][-1][:6], line["ask"].split(":")[0]
            if shape not in seen:
                seen.add(shape)
                yield line["ask"].encode()
            if len(line.get("text", "")) < longest:
                yield line["text"].encode() if "text" in line else b"0"


def tree_seeds(longest):
    """Small archives of the smallest files of large ones: a header is 512 bytes."""
    for path in sorted((SHARED / "corpus/raw").glob("**/*.t*[zr2]*")):
        try:
            source = tarfile.open(path)
        except (tarfile.TarError, OSError, EOFError, lzma.LZMAError):
            continue
        output = io.BytesIO()
        with tarfile.open(fileobj=output, mode="w", format=tarfile.USTAR_FORMAT) as small:
            room = longest - 1024
            for member in source.getmembers()[:4000:3]:
                need = 512 + (member.size + 511) // 512 * 512
                if member.isdir() or need > min(room, 4096) or len(member.name) > 99:
                    continue
                try:
                    small.addfile(member, source.extractfile(member) if member.isfile() else None)
                except (tarfile.TarError, OSError, KeyError, ValueError):
                    continue
                room -= need
        archive = output.getvalue().rstrip(b"\0")
        yield archive + bytes(-len(archive) % 512 + 1024)


def configuration_seeds(longest):
    spaces = [data for data in files("raw/libvirt/virpcitestdata/*.config") if len(data) in (256, 4096)]
    for first, second in zip(spaces, spaces[1:]):
        size = min(len(first), len(second), longest // 2)
        yield first[:size] + second[:size]


def libvirt_seeds(longest):
    for data in files("raw/libvirt/domaincapsdata/*.xml", "raw/libvirt/vircaps2xmldata/*.xml", "raw/kubevirt/*.xml"):
        for start, number in DOCUMENTS.items():
            if start in data[:2000] and len(data) < longest:
                yield bytes([number]) + data


def reports():
    """Golden reports, each list cut to two."""

    def short(value):
        if isinstance(value, list):
            return [short(each) for each in value[:2]]
        return {key: short(each) for key, each in value.items()} if isinstance(value, dict) else value

    for data in files("Golden/JSON/*.json", below=TESTS):
        yield json.dumps(short(json.loads(data))).encode()


def admission_seeds(_):
    for number, report in enumerate(reports()):
        yield b"1" + report
        yield b"0" + json.dumps({"machine": f"acme/r1/n{number}", "report": json.loads(report)}).encode()


def text(*patterns, at=b"\n", below=SHARED / "corpus"):
    return lambda longest: (cut(data, longest, at) for data in files(*patterns, below=below))


def whole(*patterns, below=SHARED / "corpus"):
    return lambda longest: (data for data in files(*patterns, below=below) if len(data) <= longest)


SEEDS = {
    "tape": tape_seeds,
    "redaction": redaction_seeds,
    "values": value_seeds,
    "import-cpuid": [
        whole("raw/libvirt/cputestdata/*cpuid*.xml"),
        text("derived/cpuid-r/*", "raw/libcpuid/**/*.test*", "raw/hwloc/**/pu0"),
    ],
    "import-pci": [
        text("raw/pciutils/tests/*"), text("raw/checkbox/udevadm/*.txt", "raw/**/*.umockdev", at=b"\n\n"),
        whole("raw/libvirt/virpcitestdata/*.config"),
    ],
    "import-xml": whole("raw/**/*.xml"),
    "import-json": whole("raw/**/*.json", "raw/**/*.replies"),
    "import-text": [text("raw/linuxhw-lscpu/**/*"), text("raw/archspec/**/*", "raw/vdsm/cpuinfo*"),
                    whole("raw/**/*.sig"), text("raw/procfs/*.ttar")],
    "import-acpi": [text("raw/linuxhw-acpi/**/*"), whole("raw/libvirt/viracpidata/*")],
    "import-tree": tree_seeds,
    "pci-config": configuration_seeds,
    "libvirt": libvirt_seeds,
    "report": lambda longest: reports(),
    "admission": admission_seeds,
    "site": whole("Golden/Region/site.yaml", below=TESTS),
    "flavors": text("Golden/Region/plan/flavors/*.yaml", below=TESTS),
    "signable": whole("consumers/examples/compliance*", below=SHARED),
}


def write(name, longest, folder):
    place = folder / name
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir(parents=True)
    kept = [path.read_bytes() for path in sorted((TESTS / "Fuzz/Inputs" / name).iterdir())]
    sources = SEEDS.get(name, [])
    found = []
    for source in sources if isinstance(sources, list) else [sources]:
        own = [data for data in source(longest) if 0 < len(data) <= longest]
        # Spread over all of them, whose neighbours are alike.
        share = MOST // (len(sources) if isinstance(sources, list) else 1)
        found += own[:: max(1, -(-len(own) // share))]
    for data in kept + found:
        (place / hashlib.sha256(data).hexdigest()[:16]).write_bytes(data)
    return len(list(place.iterdir()))


def main():
    folder = pathlib.Path(sys.argv[2])
    if not (SHARED / "corpus").is_dir():
        print(f"SKIPPED: {SHARED}/corpus is missing; the fuzzers begin WITHOUT real dumps", flush=True)
    with open(sys.argv[1], encoding="ascii") as targets:
        counts = [f"{name} {write(name, int(longest), folder)}" for name, longest in map(str.split, targets)]
    print("seeds:", ", ".join(counts), flush=True)


main()
