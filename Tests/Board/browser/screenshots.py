#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The hostcap authors
# SPDX-License-Identifier: Apache-2.0

"""Takes the README's pictures: board.png, board-dark.png, ladder.png and purchasing.png.

    screenshots.py HOSTCAP OUTDIR

The same program and browser give the same bytes.
"""

import argparse
import os
import sys
import tempfile

# The source tree is left as it is.
sys.dont_write_bytecode = True

from pagecheck import boards, chromium, goldens, pages, png

LARGEST = 200_000
# The columns of one group, which fit side by side, and so many whole rows as a look takes in.
BOARD, COLUMNS = (1280, 800), "index-group-cpu-tee.html"
ROWS = """Math.max(...[...document.querySelectorAll("tbody tr:not(.section)")].map((row) => Math.ceil(row.getBoundingClientRect().bottom))
  .filter((bottom) => bottom <= innerHeight))"""
# The heading of the ladder that stops, and its table to the second rung after that.
LADDER = """(() => {
  const heading = document.getElementById("amd.sev-snp");
  const region = heading.parentElement.querySelector(".region");
  region.style.maxHeight = "none";
  const last = region.querySelector(".stop + tr + tr");
  return [Math.floor(heading.getBoundingClientRect().top + scrollY) - 16, Math.ceil(last.getBoundingClientRect().bottom + scrollY)];
})()"""
FIGURE = "Math.ceil(document.querySelector('figure').getBoundingClientRect().bottom + scrollY) + 8"


def pictures(browser, folder):
    """PNG by name."""
    def show(path, size=BOARD, **media):
        browser.emulate(**media)
        browser.size(*size)
        browser.open(pages.address(folder, path))

    def part(width, top, bottom):
        return browser.picture({"x": 0, "y": top, "width": width, "height": bottom - top})

    for name, scheme in (("board.png", "light"), ("board-dark.png", "dark")):
        show(COLUMNS, scheme=scheme)
        yield name, part(BOARD[0], 0, browser.evaluate(ROWS))
    show(goldens.PAGES["host"], (1280, 900))
    yield "ladder.png", part(1280, *browser.evaluate(LADDER))
    show(goldens.PAGES["purchasing"], (896, 900))
    yield "purchasing.png", part(896, 0, browser.evaluate(FIGURE))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("hostcap", metavar="HOSTCAP", help="the program")
    parser.add_argument("out", metavar="OUTDIR", help="where the pictures go")
    options = parser.parse_args()
    path = chromium.find()
    if path is None:
        print("no picture was taken, for there is no Chromium; on Debian: apt-get install chromium", file=sys.stderr)
        return 1
    try:
        with tempfile.TemporaryDirectory(prefix="hostcap-board-") as folder:
            fleet = boards.Fleet(boards.Program(options.hostcap), folder)
            fleet.generate()
            board = fleet.board("internal")
            os.makedirs(options.out, exist_ok=True)
            with chromium.Browser(path) as browser:
                pages.listen(browser)
                for name, data in pictures(browser, board):
                    small = png.encoded(png.decoded(data))
                    if len(small) >= LARGEST:
                        raise png.PictureError(f"{name} has {len(small)} bytes, {LARGEST} are too many")
                    boards.written(os.path.join(options.out, name), small)
                    print(f"{name}: {len(small) // 1000} kB")
                print(f"drawn with Chromium {browser.major}, {goldens.fonts(browser)}")
    except (boards.Failure, chromium.BrowserError, png.PictureError) as failure:
        print(f"screenshots.py: {failure}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
