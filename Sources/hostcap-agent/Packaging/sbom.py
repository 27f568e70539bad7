# SPDX-FileCopyrightText: 2026 The hostcap authors
# SPDX-License-Identifier: Apache-2.0
"""sbom.py --product NAME --version V --deb FILE --root DIR --output FILE: SPDX 2.3 of one program's package.

What is inside is read from the manifests, the linker's inputs and the program; what cannot be told stops it, with one line
and status 2. Source: SPDX specification 2.3, chapters 7 to 11.
"""
import argparse
import datetime
import hashlib
import json
import os
import pathlib
import re

import linkage

HOME = "https://github.com/SovereignCloudStack/hostcap"
RUNTIME_LICENCE = "Apache-2.0 WITH Swift-exception"


class Document:
    def __init__(self):
        self.packages, self.files, self.relationships = [], [], []

    def package(self, name, version, **more):
        """The element's id. One that is there already is not added again."""
        element = "SPDXRef-Package-" + re.sub(r"[^A-Za-z0-9.-]", "-", name)
        if all(each["SPDXID"] != element for each in self.packages):
            self.packages.append({
                "SPDXID": element, "name": name, "versionInfo": version, "downloadLocation": "NOASSERTION",
                "filesAnalyzed": False, "licenseConcluded": "NOASSERTION", "licenseDeclared": "NOASSERTION",
                "copyrightText": "NOASSERTION", **more})
        return element

    def relate(self, element, kind, other, **more):
        self.relationships.append(
            {"spdxElementId": element, "relationshipType": kind, "relatedSpdxElement": other, **more})

    def file(self, path, root):
        name = "./" + str(path.relative_to(root))
        element = "SPDXRef-File-" + re.sub(r"[^A-Za-z0-9.-]", "-", name[2:])
        kind = "BINARY" if name.startswith("./usr/bin/") else "ARCHIVE" if name.endswith(".gz") else "TEXT"
        self.files.append({
            "SPDXID": element, "fileName": name, "fileTypes": [kind], "licenseConcluded": "Apache-2.0",
            "licenseInfoInFiles": ["NOASSERTION"], "copyrightText": "2026 The hostcap authors",
            "checksums": [{"algorithm": algorithm.upper(), "checksumValue": linkage.digest(path, algorithm)}
                          for algorithm in ("sha1", "sha256")]})
        return element


def purl_of_debian(package, architecture="amd64"):
    version = package["version"].replace("+", "%2B").replace(":", "%3A").replace("~", "~")
    return f"pkg:deb/debian/{package['name'].replace('+', '%2B')}@{version}?arch={architecture}"


def reference(purl):
    return [{"referenceCategory": "PACKAGE-MANAGER", "referenceType": "purl", "referenceLocator": purl}]


def of_debian(document, package):
    known = linkage.licence(package["name"])
    return document.package(
        package["name"], package["version"], licenseConcluded=known, licenseDeclared=known,
        supplier="Organization: Debian", primaryPackagePurpose="LIBRARY",
        externalRefs=reference(purl_of_debian(package)),
        sourceInfo=f"source package {package['source']}; this build took {pathlib.Path(package['file']).name}")


def of_swift(document, identity):
    pin = linkage.pins()[identity]
    known, copyright_line = linkage.text_of_licence(identity)
    place = re.sub(r"^https://|\.git$", "", pin["location"])
    return document.package(
        identity, pin["version"], licenseConcluded=known, licenseDeclared=known, copyrightText=copyright_line,
        downloadLocation=f"git+{pin['location']}@{pin['revision']}", primaryPackagePurpose="LIBRARY",
        externalRefs=reference(f"pkg:swift/{place}@{pin['version']}"))


def describe(options):
    program = options.root / "usr/bin" / options.product
    document = Document()
    files = [document.file(path, options.root) for path in sorted(options.root.rglob("*"))
             if path.is_file() and not path.is_symlink()]
    binary = next(each for each in document.files if each["fileName"] == f"./usr/bin/{options.product}")
    # Source: SPDX 2.3, 7.9: the SHA1 of all files' SHA1s, sorted and joined.
    sums = sorted(each["checksums"][0]["checksumValue"] for each in document.files)
    main = document.package(
        options.product, options.version, filesAnalyzed=True, licenseConcluded="Apache-2.0",
        licenseDeclared="Apache-2.0", licenseInfoFromFiles=["NOASSERTION"],
        copyrightText="2026 The hostcap authors", primaryPackagePurpose="APPLICATION",
        supplier="Organization: The hostcap authors", packageFileName=options.deb.name, homepage=HOME,
        packageVerificationCode={"packageVerificationCodeValue": hashlib.sha1("".join(sums).encode()).hexdigest()},
        checksums=[{"algorithm": "SHA256", "checksumValue": linkage.digest(options.deb)}],
        externalRefs=reference(f"pkg:deb/hostcap/{options.product}@{options.version}?arch=amd64"))
    document.relate("SPDXRef-DOCUMENT", "DESCRIBES", main)
    for element in files:
        document.relate(main, "CONTAINS", element)

    parts = linkage.linked(options.product)
    runtime = document.package(
        "swift-runtime", linkage.toolchain()["version"], licenseConcluded=RUNTIME_LICENCE,
        licenseDeclared=RUNTIME_LICENCE, downloadLocation="https://www.swift.org/install/linux/",
        primaryPackagePurpose="LIBRARY", supplier="Organization: Swift project",
        comment="The standard library, its concurrency runtime, Dispatch, FoundationEssentials and the swift-collections "
        "inside it, as the toolchain brings them.")
    document.relate(main, "STATIC_LINK", runtime)
    for identity in parts.packages:
        document.relate(main, "STATIC_LINK", of_swift(document, identity))
    for name, carrier in parts.carried:
        known = linkage.licence(name)
        element = document.package(
            name, f"as in {carrier} {linkage.pins()[carrier]['version']}", licenseConcluded=known, licenseDeclared=known,
            primaryPackagePurpose="LIBRARY")
        document.relate(of_swift(document, carrier), "CONTAINS", element)
        document.relate(main, "STATIC_LINK", element)
    for package in linkage.static_libraries(parts.libraries):
        document.relate(main, "STATIC_LINK", of_debian(document, package))
    for package in linkage.needed(program):
        document.relate(main, "DYNAMIC_LINK", of_debian(document, package))
    for feature in linkage.loaded(program):
        element = document.package(
            " or ".join(feature["soname"]), "whichever is installed", primaryPackagePurpose="LIBRARY",
            comment=feature.get("description", ""))
        document.relate(element, "OPTIONAL_DEPENDENCY_OF", main,
                        comment="Loaded at run time if it is there; without it the program says what it could not see.")
    moment = datetime.datetime.fromtimestamp(int(os.environ["SOURCE_DATE_EPOCH"]), datetime.UTC)
    return {
        "spdxVersion": "SPDX-2.3", "dataLicense": "CC0-1.0", "SPDXID": "SPDXRef-DOCUMENT",
        "name": f"{options.product}-{options.version}",
        "documentNamespace": f"{HOME}/spdx/{options.product}-{options.version}-{binary['checksums'][1]['checksumValue'][:32]}",
        "creationInfo": {
            "created": moment.strftime("%Y-%m-%dT%H:%M:%SZ"),
            "creators": [f"Tool: hostcap-sbom-{options.version}", "Organization: The hostcap authors"]},
        "packages": sorted(document.packages, key=lambda each: each["SPDXID"]),
        "files": document.files, "relationships": document.relationships}


def main():
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    for name in ("product", "version"):
        arguments.add_argument(f"--{name}", required=True)
    for name in ("deb", "root", "output"):
        arguments.add_argument(f"--{name}", required=True, type=pathlib.Path)
    options = arguments.parse_args()
    try:
        document = describe(options)
    except (linkage.Gap, OSError) as error:
        linkage.stop(error)
    options.output.write_text(json.dumps(document, indent=2, ensure_ascii=False, sort_keys=True) + "\n")


if __name__ == "__main__":
    main()
