# SPDX-FileCopyrightText: 2026 The hostcap authors
# SPDX-License-Identifier: Apache-2.0
"""check_dist.py DIST: spdx-tools takes the SBOMs of a release, in-toto the statement of how it was built, and both speak of its bytes."""
import hashlib
import json
import pathlib
import re
import sys

from google.protobuf import json_format
from in_toto_attestation.v1 import statement_pb2
from in_toto_attestation.v1.statement import Statement
from spdx_tools.spdx.parser.parse_anything import parse_file
from spdx_tools.spdx.validation.document_validator import validate_full_spdx_document

# What each program has inside, whatever else it has.
INSIDE = {"hostcap-agent": {"swift-runtime", "swift-argument-parser", "libexpat1-dev"},
          "hostcap": {"swift-runtime", "swift-argument-parser", "swift-crypto", "boringssl", "yams", "libyaml", "grdb.swift",
                      "libexpat1-dev"}}
OPENED = {"libpci.so.3", "libvirt.so.0"}


def digest(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


def related(bom, kind, side):
    names = {each["SPDXID"]: each["name"] for each in bom["packages"]}
    return {names[each[side]] for each in bom["relationships"] if each["relationshipType"] == kind and each[side] in names}


def sbom(path, release):
    errors = validate_full_spdx_document(parse_file(str(path)))
    assert not errors, f"{path.name}: {errors[0].validation_message}"
    bom = json.loads(path.read_text())
    program = re.match(r"(.+)-\d", path.name).group(1)
    main = next(each for each in bom["packages"] if each["name"] == program)
    deb = release / main["packageFileName"]
    assert main["checksums"] == [{"algorithm": "SHA256", "checksumValue": digest(deb)}], f"{path.name}: another package"
    binary = next(each for each in bom["files"] if each["fileName"] == f"./usr/bin/{program}")
    alone = next(each for each in release.glob(f"{program}-[0-9]*-*") if each.suffix != ".gz")
    sums = {each["algorithm"]: each["checksumValue"] for each in binary["checksums"]}
    assert sums["SHA256"] == digest(alone), f"{path.name}: another program"
    inside = related(bom, "STATIC_LINK", "relatedSpdxElement")
    assert INSIDE[program] <= inside, f"{path.name}: without {INSIDE[program] - inside}"
    assert "libc6" in related(bom, "DYNAMIC_LINK", "relatedSpdxElement"), f"{path.name}: without libc"
    assert OPENED <= related(bom, "OPTIONAL_DEPENDENCY_OF", "spdxElementId"), f"{path.name}: without what it opens"
    licences = {each["name"]: each["licenseConcluded"] for each in bom["packages"]}
    assert licences["swift-runtime"] == "Apache-2.0 WITH Swift-exception"
    return inside


def provenance(path, release):
    text = path.read_text()
    statement = json_format.Parse(text, statement_pb2.Statement())
    Statement.copy_from_pb(statement).validate()
    document = json.loads(text)
    assert document["predicateType"] == "https://slsa.dev/provenance/v1"
    subjects = {each["name"]: each["digest"]["sha256"] for each in document["subject"]}
    others = {each.name for each in release.iterdir()} - {path.name, "SHA256SUMS"}
    assert set(subjects) == others, f"{path.name}: speaks of {set(subjects) ^ others}"
    for name, said in subjects.items():
        assert said == digest(release / name), f"{path.name}: {name} is another"
    definition = document["predicate"]["buildDefinition"]
    assert re.fullmatch(r"[0-9a-f]{40}", definition["externalParameters"]["commit"])
    assert all(each["digest"] for each in definition["resolvedDependencies"])
    assert "/home/" not in text and "/tmp/" not in text, f"{path.name}: names a folder of the builder"
    return len(definition["resolvedDependencies"])


def main(release):
    sums = dict(line.split("  ")[::-1] for line in (release / "SHA256SUMS").read_text().splitlines())
    assert set(sums) == {each.name for each in release.iterdir()} - {"SHA256SUMS"}, "SHA256SUMS leaves something out"
    for name, said in sums.items():
        assert digest(release / name) == said, f"{name}: SHA256SUMS has another"
    boms = sorted(release.glob("*.spdx.json"))
    assert len(boms) == 2, f"{len(boms)} SBOMs"
    for path in boms:
        print(path.name, *sorted(sbom(path, release)))
    statement, = release.glob("*.provenance.json")
    print(statement.name, provenance(statement, release), "dependencies")
    changes, = release.glob("CHANGES-*.md")
    assert re.search(r"^### (Added|Changed|Fixed)$", changes.read_text(), re.MULTILINE), f"{changes.name} is empty"


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]))
