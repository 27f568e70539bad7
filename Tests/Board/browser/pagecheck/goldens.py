# SPDX-FileCopyrightText: 2026 The hostcap authors
# SPDX-License-Identifier: Apache-2.0

"""Pictures of five pages in four ways, and those that somebody has looked at and found good."""

import json
import os

from . import pages, png
from .boards import TAPED

FOLDER = os.path.normpath(os.path.join(pages.HERE, "..", "goldens"))
PAGES = {
    "index": "index.html", "capability": "capability/amd.sev-snp.html", "provider": "provider/alder.html",
    "host": "host/{}/{}/{}.html".format(*TAPED), "purchasing": "purchasing.html",
}
# A4 on its side, less margins, at 96 dots an inch.
WAYS = {
    "light": (pages.DESK, {}), "dark": (pages.DESK, {"scheme": "dark"}), "print": ((1032, 703), {"media": "print"}),
    "phone": (pages.PHONE, {}),
}
# Shares of a picture, and bytes.
MOST, LARGEST = 0.02, 150_000


def fonts(browser):
    """What letters are drawn with, of the page that is open: text, then code."""
    return f"{browser.font('h1')}, {browser.font('code')}"


def taken(browser, folder):
    """Pictures as PNG, and the places of main things, both by name; and the fonts."""
    pictures, boxes = {}, {}
    for page, path in PAGES.items():
        for way, (size, media) in WAYS.items():
            browser.emulate(**media)
            browser.size(*size)
            browser.open(pages.address(folder, path))
            pictures[f"{page}-{way}"] = browser.picture()
            boxes[f"{page}-{way}"] = browser.evaluate("hostcapChecks.boxes()")
    return pictures, boxes, fonts(browser)


def update(browser, folder, build):
    """Writes them anew, and returns lines to print."""
    pictures, boxes, drawn = taken(browser, folder)
    os.makedirs(FOLDER, exist_ok=True)
    for name in os.listdir(FOLDER):
        if name.endswith(".png"):
            os.unlink(os.path.join(FOLDER, name))
    total = 0
    for name, data in pictures.items():
        small = png.encoded(png.decoded(data))
        total += len(small)
        if len(small) >= LARGEST:
            raise png.PictureError(f"{name} has {len(small)} bytes, {LARGEST} are too many")
        with open(os.path.join(FOLDER, name + ".png"), "wb") as file:
            file.write(small)
    rows = ",\n".join(f"    {json.dumps(name)}: {json.dumps(boxes[name], separators=(',', ':'))}" for name in sorted(boxes))
    with open(os.path.join(FOLDER, "MADE"), "w", encoding="utf-8") as file:
        file.write(f'{{\n  "chromium": {json.dumps(browser.major)},\n  "fonts": {json.dumps(drawn)},\n  "build": {json.dumps(build)},\n'
                   f'  "boxes": {{\n{rows}\n  }}\n}}\n')
    return [f"{len(pictures)} goldens written, {total // 1000} kB: look at each before it goes in"]


def far(wanted, found):
    """How the places of main things differ, where letters are others: which there are, and roughly where."""
    if [box[0] for box in wanted] != [box[0] for box in found]:
        return f"other elements: {' '.join(box[0] for box in found)}, and were {' '.join(box[0] for box in wanted)}"
    for (name, x, _, width, height), (_, now_x, _, now_width, now_height) in zip(wanted, found):
        # Letters are wider or narrower by a fifth at most, and lines break elsewhere.
        if abs(x - now_x) > 40 + width * 0.25 or abs(width - now_width) > 60 + width * 0.25 or \
                abs(height - now_height) > 80 + height * 0.4:
            return f"<{name}> is {now_width} x {now_height} at {now_x}, was {width} x {height} at {x}"
    return None


def compare(browser, folder, build, keep=None):
    """Findings, how many pictures were compared, and lines to print first."""
    pictures, boxes, drawn = taken(browser, folder)
    try:
        with open(os.path.join(FOLDER, "MADE"), encoding="utf-8") as file:
            made = json.load(file)
    except OSError:
        return ["there are no goldens; make them by --update"], 0, []
    here, there = f"Chromium {browser.major}, {drawn}", f"Chromium {made['chromium']}, {made['fonts']}"
    notes = [f"pictures are drawn with {here}"]
    if keep:
        os.makedirs(keep, exist_ok=True)
        for name, data in pictures.items():
            with open(os.path.join(keep, name + ".png"), "wb") as file:
                file.write(data)
    found = []
    if here != there:
        notes.append(f"PIXELS NOT COMPARED: goldens were made with {there}; only the places of main things are compared")
        for name in pictures:
            what = far(made["boxes"].get(name, []), boxes[name])
            found += [f"{name}: {what}"] if what else []
        return found, len(pictures), notes
    for name, data in pictures.items():
        try:
            with open(os.path.join(FOLDER, name + ".png"), "rb") as file:
                share = png.difference(png.decoded(file.read()), png.decoded(data))
        except OSError:
            found.append(f"{name}: there is no golden of it")
            continue
        if share >= MOST:
            found.append(f"{name}: {share:.1%} of the pixels differ, {MOST:.0%} are too many")
    extra = {name[:-4] for name in os.listdir(FOLDER) if name.endswith(".png")} - pictures.keys()
    found += [f"{name}: a golden of nothing" for name in sorted(extra)]
    if found and build != made["build"]:
        found.append(f"the facts are others: build {build}, goldens are of {made['build']}; --update, and look at each")
    return found, len(pictures), notes
