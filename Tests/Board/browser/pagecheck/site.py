# SPDX-FileCopyrightText: 2026 The hostcap authors
# SPDX-License-Identifier: Apache-2.0

"""What can be said of a board's files without a browser."""

import csv
import io
import json
import os
import posixpath
import re
import subprocess
import urllib.parse
from xml.etree import ElementTree

ATOM = "{http://www.w3.org/2005/Atom}"
# One line of the Prometheus text format.
METRIC = re.compile(r"(# (HELP|TYPE) [a-z_:]+ .+|[a-z_:]+(\{[a-z_]+=\"([^\"\\]|\\.)*\"(,[a-z_]+=\"([^\"\\]|\\.)*\")*\})? [0-9.eE+-]+)")


def manifest(folder):
    """Findings of sha256sum, and files that the manifest does not know."""
    path = os.path.join(folder, "site.manifest")
    # sha256sum itself takes no comments but in front of a `#`.
    run = subprocess.run(["sha256sum", "--check", "--strict", "--quiet", "site.manifest"], cwd=folder,
                         stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    found = [run.stdout.decode(errors="replace")[-500:]] if run.returncode else []
    with open(path, encoding="utf-8") as file:
        known = {text[66:].rstrip("\n") for text in file if not text.startswith("#")}
    there = {os.path.relpath(os.path.join(place, name), folder) for place, _, names in os.walk(folder) for name in names}
    return found + [f"{name}: not in the manifest" for name in sorted(there - known - {"site.manifest"})]


def build(folder):
    """The build id of a board, which is of its facts."""
    with open(os.path.join(folder, "site.manifest"), encoding="utf-8") as file:
        return re.search(r"# build ([0-9a-f]+)", file.read(200)).group(1)


def differing(first, second):
    """Paths of files that two folders do not share byte by byte."""
    one, other = dict(first), dict(second)
    return sorted(path for path in one.keys() | other.keys() if one.get(path) != other.get(path))


def validator():
    """A function that validates; None: python3-jsonschema is not installed."""
    try:
        import jsonschema
    except ImportError:
        return None

    def validate(schema, value):
        kind = jsonschema.validators.validator_for(schema, default=jsonschema.Draft202012Validator)
        kind.check_schema(schema)
        return [f"{'/'.join(map(str, error.absolute_path))}: {error.message[:200]}" for error in kind(schema).iter_errors(value)]
    return validate


def feeds(files):
    """Findings of the feeds against the schemas beside them, and how many there were; None: nothing can validate."""
    validate = validator()
    if validate is None:
        return None, 0
    found, count = [], 0
    for path, data in files.items():
        if path.startswith("feed/") and path.endswith(".json") and not path.endswith(".schema.json"):
            schema = files.get(path[:-5] + ".schema.json")
            count += 1
            found += [f"{path}: {what}" for what in validate(json.loads(schema), json.loads(data))] if schema else [f"{path}: no schema"]
    return found, count


def data(files):
    """Twins of tables have the same rows; the Atom feed and the metrics are in their forms."""
    found, count = [], 0
    for path, content in files.items():
        text = content.decode("utf-8")
        if path.endswith(".csv"):
            count += 1
            rows = list(csv.reader(io.StringIO(text, newline="")))
            if len({len(row) for row in rows}) > 1:
                found.append(f"{path}: rows of different lengths")
            twin = json.loads(files[path[:-4] + ".json"])
            if len(twin["rows"]) != len(rows) - 1:
                found.append(f"{path}: {len(rows) - 1} rows, and {len(twin['rows'])} as JSON")
        elif path.endswith(".atom"):
            count += 1
            root = ElementTree.fromstring(content)
            if root.tag != ATOM + "feed" or any(root.find(ATOM + name) is None for name in ("id", "title", "updated")):
                found.append(f"{path}: no Atom feed with id, title and updated")
            ids = [entry.findtext(ATOM + "id") for entry in root.iter(ATOM + "entry")]
            if None in ids or len(set(ids)) != len(ids):
                found.append(f"{path}: entries without ids of their own")
        elif path.endswith(".prom"):
            count += 1
            found += [f"{path}: {each[:120]}" for each in text.splitlines() if not METRIC.fullmatch(each)][:5]
    return found, count


def leaks(files, secrets):
    """Texts of the reports that a public board shows."""
    found = []
    # One expression for all is quick, and longer ones come first.
    pattern = re.compile(b"|".join(re.escape(each.encode()) for each in sorted(secrets, key=lambda each: (-len(each), each))))
    for path, content in files.items():
        hits = {hit.decode() for hit in pattern.findall(content)}
        found += [f"{path}: {secrets[hit]}: {hit[:80]}" for hit in sorted(hits)]
    return found


def links(pages, files):
    """Links that lead nowhere. Pages: by path, the ids of each and its links as [element, target]."""
    found, count = [], 0
    for path, page in pages.items():
        for element, target in page["links"]:
            count += 1
            parts = urllib.parse.urlsplit(target)
            if parts.scheme in ("https", "mailto") and element == "a":
                continue
            if parts.scheme or parts.netloc or parts.path.startswith("/"):
                found.append(f"{path}: <{element}> leads out of the folder: {target[:100]}")
                continue
            place = posixpath.normpath(posixpath.join(posixpath.dirname(path), urllib.parse.unquote(parts.path))) if parts.path else path
            anchor = urllib.parse.unquote(parts.fragment)
            if place not in files:
                found.append(f"{path}: there is no {target[:100]}")
            elif anchor and (place not in pages or anchor not in pages[place]["ids"]):
                found.append(f"{path}: there is no such place: {target[:100]}")
    return found, count
