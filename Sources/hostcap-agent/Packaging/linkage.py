# SPDX-FileCopyrightText: 2026 The hostcap authors
# SPDX-License-Identifier: Apache-2.0
"""What a program of ours is made of, read from the manifests and from the program itself, not from memory."""
import collections
import functools
import hashlib
import json
import pathlib
import re
import subprocess
import sys

TOP = pathlib.Path(__file__).resolve().parents[3]

# Licences by what a package is called; one that is missing stops the release. Each was read in the package's own text:
# its LICENSE file, or /usr/share/doc/NAME/copyright.
LICENCES = {
    "swift-argument-parser": "Apache-2.0 WITH Swift-exception", "swift-crypto": "Apache-2.0", "swift-asn1": "Apache-2.0",
    "yams": "MIT", "grdb.swift": "MIT", "boringssl": "Apache-2.0", "libyaml": "MIT",
    "libexpat1-dev": "MIT", "libseccomp-dev": "LGPL-2.1-only", "libsimdjson": "Apache-2.0", "libsqlite3-0": "blessing",
    "libc6": "LGPL-2.1-or-later", "libgcc-s1": "GPL-3.0-or-later WITH GCC-exception-3.1",
    "libstdc++6": "GPL-3.0-or-later WITH GCC-exception-3.1",
    "libpci3": "GPL-2.0-or-later", "libvirt0": "LGPL-2.1-or-later", "libarchive13": "BSD-2-Clause",
}
# A line of the licence's own text, which a package's LICENSE has to have: nobody changes a licence unnoticed.
LICENCE_TEXTS = {
    "Apache-2.0": "Apache License", "Apache-2.0 WITH Swift-exception": "Runtime Library Exception",
    "MIT": "Permission is hereby granted, free of charge",
}
# Sources that a package carries inside its own, by the target that they are.
CARRIED = {"CCryptoBoringSSL": "boringssl", "CYaml": "libyaml"}


class Gap(Exception):
    """Something that the SBOM would have to leave out."""


def said(*words, folder=TOP):
    done = subprocess.run([str(word) for word in words], capture_output=True, text=True, cwd=folder)
    if done.returncode:
        raise Gap(f"{' '.join(map(str, words))}: {done.stderr.strip().splitlines()[-1:]}")
    return done.stdout


def digest(path, algorithm="sha256"):
    with open(path, "rb") as file:
        return hashlib.file_digest(file, algorithm).hexdigest()


def licence(name):
    for key, value in LICENCES.items():
        if name == key or key == "libsimdjson" and re.fullmatch(r"libsimdjson\d*(-dev)?", name) \
                or key == "libarchive13" and name.startswith("libarchive13"):
            return value
    raise Gap(f"no licence is known for {name}")


@functools.cache
def manifest(folder):
    return json.loads(said("swift", "package", "dump-package", folder=folder))


@functools.cache
def pins():
    found = {}
    for pin in json.loads((TOP / "Package.resolved").read_text())["pins"]:
        state = pin["state"]
        found[pin["identity"]] = {
            "identity": pin["identity"], "location": pin["location"], "revision": state["revision"],
            "version": state.get("version") or state["revision"]}
    return found


def checkout(identity):
    folders = {path.name.lower(): path for path in (TOP / ".build/checkouts").iterdir()}
    if identity not in folders:
        raise Gap(f"{identity} is not below .build/checkouts")
    return folders[identity]


def text_of_licence(identity):
    texts = sorted(checkout(identity).glob("LICENSE*"))
    name, words = licence(identity), texts[0].read_text() if texts else ""
    if LICENCE_TEXTS[name] not in words:
        raise Gap(f"{identity}: its LICENSE is not that of {name}")
    found = re.search(r"^\s*(Copyright \(c\) .+)$", words, re.IGNORECASE | re.MULTILINE)
    return name, found.group(1).strip() if found else "NOASSERTION"


Linked = collections.namedtuple("Linked", "packages carried libraries")


def linked(product):
    """The Swift packages, the sources they carry and the libraries that a product's targets name, by their manifests."""
    packages, carried, libraries, seen = set(), set(), [], set()

    def walk(identity, target):
        if (identity, target) in seen:
            return
        seen.add((identity, target))
        folder = checkout(identity) if identity else TOP
        found = [each for each in manifest(folder)["targets"] if each["name"] == target]
        if not found:
            raise Gap(f"{identity or 'hostcap'} has no target {target}")
        if target in CARRIED:
            carried.add((CARRIED[target], identity))
        for setting in found[0].get("settings", []):
            if setting["tool"] == "linker" and "linkedLibrary" in setting["kind"]:
                libraries.append(setting["kind"]["linkedLibrary"]["_0"])
        for dependency in found[0]["dependencies"]:
            (kind, words), = ((key, value) for key, value in dependency.items())
            condition = next((word for word in words if isinstance(word, dict) and "platformNames" in word), None)
            if condition and condition["platformNames"] and "linux" not in condition["platformNames"]:
                continue
            if kind == "product":
                enter(words[1].lower(), words[0])
            elif kind == "target" or words[0] in {each["name"] for each in manifest(folder)["targets"]}:
                walk(identity, words[0])
            else:
                enter(words[0].lower(), words[0])

    def enter(identity, name):
        if identity not in pins():
            raise Gap(f"{identity} is not in Package.resolved")
        packages.add(identity)
        for each in manifest(checkout(identity))["products"]:
            if each["name"] == name:
                for target in each["targets"]:
                    walk(identity, target)

    walk("", product)
    return Linked(sorted(packages), sorted(carried), sorted(set(libraries)))


def debian(path):
    """Name and version of the package that a file is from, and its upstream."""
    name = said("dpkg", "-S", path).split(",")[0].split(":")[0].strip()
    version, source = said("dpkg-query", "-W", "-f", "${Version}\t${source:Package}", name).split("\t")
    return {"name": name, "version": version, "source": source, "file": str(path)}


def static_libraries(names):
    """`:libexpat.a` is the archive itself."""
    for name in names:
        if name.startswith(":") and name.endswith(".a"):
            yield owner(str(pathlib.Path(said("cc", f"-print-file-name={name[1:]}").strip()).resolve()))


def needed(program):
    """What the loader brings, by the program's own list."""
    listing = said("objdump", "-p", program)
    found = {}
    for name in re.findall(r"^\s*NEEDED\s+(\S+)", listing, re.MULTILINE):
        path = next((line.split("=> ")[1].split()[0] for line in said("ldconfig", "-p").splitlines()
                     if line.strip().startswith(f"{name} (") and "x86-64" in line), None)
        if path is None:
            raise Gap(f"{name} is not on this machine")
        package = owner(path)
        found[package["name"]] = package
    return [found[name] for name in sorted(found)]


def owner(path):
    """`/lib` may be a link to `/usr/lib`, and dpkg knows one name of the file."""
    for each in (path, str(pathlib.Path(path).resolve()), path.removeprefix("/usr"), f"/usr{path}"):
        try:
            return debian(each)
        except Gap:
            continue
    raise Gap(f"no package has {path}")


def loaded(program):
    """What it opens at run time if it is there: the ELF note that says so. Source: systemd's ELF_DLOPEN_METADATA."""
    sections = said("readelf", "-S", "-W", program)
    if ".note.dlopen" not in sections:
        return []
    with open(program, "rb") as file:
        octets = file.read()
    found = {}
    for text in re.findall(rb'\[\{"feature".*?\}\]', octets, re.DOTALL):
        for feature in json.loads(text):
            found[feature["feature"]] = feature
    return [found[name] for name in sorted(found)]


@functools.cache
def toolchain():
    version = re.search(r"Swift version (\S+)", said("swift", "--version"))
    compiler = pathlib.Path(said("sh", "-c", "command -v swiftc").strip()).resolve().with_name("swift-frontend")
    return {"version": version.group(1), "compiler": compiler}


def stop(error):
    print(f"hostcap: sbom: {error}", file=sys.stderr)
    sys.exit(2)
