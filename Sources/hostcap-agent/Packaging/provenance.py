# SPDX-FileCopyrightText: 2026 The hostcap authors
# SPDX-License-Identifier: Apache-2.0
"""provenance.py --version V --output FILE SUBJECT...: an in-toto statement of how the files were built.

It says what anybody can check by building again: commit, dependencies, toolchain, libraries. It names no time and no machine,
so that two builds of a commit give the same statement; who vouches for it signs it.
Source: in-toto attestation framework, Statement v1; SLSA Provenance v1.
"""
import argparse
import json
import os
import pathlib
import re

import linkage
from sbom import HOME, purl_of_debian


def build_flags():
    """The variable RELEASE of the Makefile, on one line, without the folder that was built in."""
    text = (linkage.TOP / "Makefile").read_text()
    found = re.search(r"^RELEASE := ((?:.*\\\n)*.*)$", text, re.MULTILINE)
    if not found:
        raise linkage.Gap("the Makefile has no RELEASE")
    return " ".join(found.group(1).replace("\\\n", " ").split())


def dependencies(commit):
    yield {"name": "hostcap", "uri": f"git+{HOME}@{commit}", "digest": {"gitCommit": commit}}
    for pin in linkage.pins().values():
        yield {"name": pin["identity"], "uri": f"git+{pin['location']}@{pin['version']}",
               "digest": {"gitCommit": pin["revision"]}}
    libraries = sorted(set(linkage.linked("hostcap").libraries + linkage.linked("hostcap-agent").libraries))
    for package in linkage.static_libraries(libraries):
        yield {"name": pathlib.Path(package["file"]).name, "uri": purl_of_debian(package),
               "digest": {"sha256": linkage.digest(package["file"])}}
    toolchain = linkage.toolchain()
    yield {"name": f"swift {toolchain['version']}", "uri": "https://www.swift.org/install/linux/",
           "digest": {"sha256": linkage.digest(toolchain["compiler"])},
           "annotations": {"file": toolchain["compiler"].name}}


def statement(options):
    commit = linkage.said("git", "rev-parse", "HEAD").strip()
    # What is not in the commit could not be built again by anybody.
    if linkage.said("git", "status", "--porcelain", "--untracked-files=no").strip():
        print("hostcap: provenance: this tree has changes that are in no commit; the statement says so")
        commit_note = {"annotations": {"dirty": True}}
    else:
        commit_note = {}
    found = list(dependencies(commit))
    found[0].update(commit_note)
    return {
        "_type": "https://in-toto.io/Statement/v1",
        "subject": [{"name": path.name, "digest": {"sha256": linkage.digest(path)}} for path in options.subjects],
        "predicateType": "https://slsa.dev/provenance/v1",
        "predicate": {
            "buildDefinition": {
                "buildType": f"{HOME}/blob/main/SECURITY.md#releases",
                "externalParameters": {"source": HOME, "commit": commit, "target": "make dist"},
                "internalParameters": {
                    "SOURCE_DATE_EPOCH": os.environ["SOURCE_DATE_EPOCH"], "release": build_flags(),
                    "architecture": linkage.said("dpkg", "--print-architecture").strip()},
                "resolvedDependencies": found},
            "runDetails": {"builder": {"id": os.environ.get("HOSTCAP_BUILDER_ID", f"{HOME}/local-build"),
                                       "version": {"hostcap": options.version}}}}}


def main():
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--version", required=True)
    arguments.add_argument("--output", required=True, type=pathlib.Path)
    arguments.add_argument("subjects", nargs="+", type=pathlib.Path)
    options = arguments.parse_args()
    try:
        document = statement(options)
    except (linkage.Gap, OSError) as error:
        linkage.stop(error)
    options.output.write_text(json.dumps(document, indent=2, sort_keys=True) + "\n")


if __name__ == "__main__":
    main()
