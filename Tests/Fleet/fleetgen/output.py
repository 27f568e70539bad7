# SPDX-FileCopyrightText: 2026 The hostcap authors
# SPDX-License-Identifier: Apache-2.0

"""Writes what hosts deliver: one file a run, one folder a run, or one archive a run."""

import gzip
import io
import os
import random
import tarfile


def folder(run, layer):
    """What comes again, late or broken for a host lies in further folders of its run: a folder holds a name once."""
    return f"run-{run:03d}" if layer == 0 else f"run-{run:03d}.{layer}"


def layered(deliveries):
    """Each delivery with the folder that it lies in."""
    used = {}
    for delivery in deliveries:
        key = delivery.run, delivery.path
        used[key] = used.get(key, -1) + 1
        yield folder(delivery.run, used[key]), delivery


def stream(lives, options):
    """Bytes of the streams by file name."""
    lines = {}
    for life in lives:
        rng = random.Random(f"{options.seed}/{life.host.index}/blank")
        for delivery in life.deliveries:
            pieces = lines.setdefault(f"run-{delivery.run:03d}.ndjson", [])
            pieces += [delivery.payload, b"\n"]
            if options.dirty and rng.random() < 0.01:
                pieces.append(rng.choice([b"\n", b"   \n", b"\t\n", b"\r\n", b"\n\n\n"]))
    return {name: b"".join(pieces) for name, pieces in lines.items()}


def files(lives, options):
    """Writes them where they belong; there is nothing left to put together."""
    made = set()
    for life in lives:
        for place, delivery in layered(life.deliveries):
            path = os.path.join(options.out, place, delivery.path + ".json")
            parent = os.path.dirname(path)
            if parent not in made:
                os.makedirs(parent, exist_ok=True)
                made.add(parent)
            with open(path, "wb") as file:
                file.write(delivery.payload)
    return {}


def tar(lives, options):
    """Pieces of archives by file name, each compressed on its own: gzip allows that, and many processes need it."""
    members = {}
    for life in lives:
        for place, delivery in layered(life.deliveries):
            info = tarfile.TarInfo(delivery.path + ".json")
            info.size, info.mtime = len(delivery.payload), 1793491200
            pieces = members.setdefault(place + ".tar.gz", [])
            pieces += [info.tobuf(tarfile.PAX_FORMAT), delivery.payload, b"\0" * (-len(delivery.payload) % 512)]
    return {name: compressed(b"".join(pieces)) for name, pieces in members.items()}


def compressed(data):
    out = io.BytesIO()
    with gzip.GzipFile(fileobj=out, mode="wb", compresslevel=1, mtime=0) as file:
        file.write(data)
    return out.getvalue()


FORMS = {"ndjson": stream, "files": files, "tar": tar}
ENDS = {"tar": compressed(b"\0" * 1024)}


class Writer:
    """Puts the pieces of each file together, in the order of hosts."""

    def __init__(self, options):
        self.options, self.open = options, {}
        os.makedirs(options.out, exist_ok=True)
        if os.listdir(options.out):
            raise SystemExit(f"{options.out} is not empty")

    def add(self, pieces):
        for name, data in pieces.items():
            if name not in self.open:
                self.open[name] = open(os.path.join(self.options.out, name), "wb")
            self.open[name].write(data)

    def close(self):
        for file in self.open.values():
            file.write(ENDS.get(self.options.form, b""))
            file.close()
