#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The hostcap authors
# SPDX-License-Identifier: Apache-2.0

"""Makes boards of a fleet that does not exist, and opens every page of them in a browser.

    check.py HOSTCAP
    check.py HOSTCAP --update        # new goldens; look at each
    check.py HOSTCAP --keep look-here

Exit status 1: a finding. Without Chromium too, unless HOSTCAP_BROWSER_OPTIONAL is set; nothing is installed.
"""

import argparse
import base64
import os
import shutil
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor

# The source tree is left as it is.
sys.dont_write_bytecode = True

from pagecheck import boards, chromium, goldens, hostile, pages, png, site


class Checks:
    def __init__(self):
        self.good = self.bad = 0
        self.start = time.monotonic()

    def must(self, label, findings):
        """One line, and the first findings."""
        self.good, self.bad = self.good + (not findings), self.bad + bool(findings)
        print(f"{'FINDS' if findings else 'ok'}: {label}{f': {len(findings)} findings' if findings else ''}", flush=True)
        for what in findings[:12]:
            print(f"  {what}", flush=True)

    def end(self):
        print(f"{self.good} checks hold, {self.bad} do not; {time.monotonic() - self.start:.0f} s", flush=True)
        return 1 if self.bad else 0


def made(program, folder, pool, checks):
    """The boards by name, looked at as files; and the same once more, which may come later."""
    fleet = boards.Fleet(program, os.path.join(folder, "fleet"))
    fleet.generate()
    evil = hostile.HostileFleet(program, os.path.join(folder, "hostile"), fleet)
    work = {"internal": (fleet, "internal", False), "public": (fleet, "public", True),
            "hostile internal": (evil, "internal", False), "hostile public": (evil, "public", True)}
    written = {name: pool.submit(each.board, *how) for name, (each, *how) in work.items()}
    again = {name: pool.submit(fleet.board, name + "-again", name == "public") for name in ("internal", "public")}
    folders = {name: each.result() for name, each in written.items()}
    files = {name: dict(boards.texts(each)) for name, each in folders.items()}
    for name in work:
        checks.must(f"{name}: sha256sum agrees with the manifest", site.manifest(folders[name]))
        found, count = site.feeds(files[name])
        if found is None:
            print(f"NOT CHECKED: {name}: feeds against their schemas, for python3-jsonschema is not installed", flush=True)
        else:
            checks.must(f"{name}: {count} feeds are as their schemas say", found)
        found, count = site.data(files[name])
        checks.must(f"{name}: {count} tables, feeds and metrics in their forms", found)
    secrets = fleet.secrets()
    checks.must(f"public: none of {len(secrets)} texts that are the provider's own", site.leaks(files["public"], secrets))
    own = {machine.split("/")[2]: "a host's name" for machine, _ in evil.reports} | {hostile.PRIVATE: "a report's own words"}
    checks.must(f"hostile public: none of {len(own)} texts that are the provider's own", site.leaks(files["hostile public"], own))
    checks.must(f"hostile: {evil.hosts} of {len(evil.reports)} reports are taken", [] if evil.hosts == len(evil.reports) else ["some are refused"])
    # Else the search above may have looked for what is nowhere.
    checks.must("hostile internal: shows such texts to the provider", [
        f"{what} is not there" for what in (hostile.PRIVATE, "evil-0")
        if not any(what.encode() in each for each in files["hostile internal"].values())])
    return {name: (folders[name], files[name]) for name in work}, again


def repeated(sites, again, checks):
    for name, future in again.items():
        files = sites[name][1]
        checks.must(f"{name}: the same facts give the same {len(files)} files", site.differing(files, boards.texts(future.result())))


def looked(browser, name, folder, files, checks):
    look = pages.Look(browser, folder).all()
    checks.must(f"{name}: {len(look.pages)} pages, {look.counts['requests']} requests, nothing on the console, nothing leaves",
                [what for what in look.findings if ": console: " in what or ": request: " in what])
    checks.must(f"{name}: {look.counts['tables']} tables, {look.counts['texts']} texts in light or dark, {look.counts['symbols']} symbols",
                [what for what in look.findings if ": console: " not in what and ": request: " not in what])
    found, count = site.links(look.pages, files)
    checks.must(f"{name}: {count} links lead somewhere", found)
    return look


def escaped(good, evil, checks, name):
    """Whatever reports say, pages are of the same elements and attributes, and say it as text."""
    known = set().union(*(page["markup"] for page in good.pages.values()))
    found = [f"{path}: new markup: {', '.join(sorted(set(page['markup']) - known))}"
             for path, page in evil.pages.items() if set(page["markup"]) - known]
    found += [f"{path}: turns the text: {mark!r}" for path, page in evil.pages.items()
              for mark in hostile.MARKS if mark > "\u0600" and mark in page["text"] + page["title"]]
    if "internal" in name:
        shown = "".join(page["text"] for page in evil.pages.values())
        found += [f"is nowhere: {text[:40]}" for text in ("<script>alert(1)</script>", "\"><img src=x", "[U+202E]", "N" * 60)
                  if text not in shown]
    checks.must(f"{name}: hostile words stay words", found)


def browse(browser, sites, options, checks, folder):
    pages.listen(browser)
    missed, _ = pages.blind(browser, os.path.join(folder, "bad"))
    checks.must(f"the checks see the {len(pages.SEEN)} faults of a page that is all wrong", [f"not seen: {what}" for what in missed])
    looks = {name: looked(browser, name, *each, checks) for name, each in sites.items()}
    for audience in ("internal", "public"):
        escaped(looks[audience], looks[f"hostile {audience}"], checks, f"hostile {audience}")
    # The browser's own filters and none: decoded both must be the same picture.
    part = {"x": 0, "y": 0, "width": 320, "height": 120}
    browser.size(*pages.DESK)
    browser.open(pages.address(sites["internal"][0], "index.html"))
    plain = png.decoded(browser.picture(part))
    slow = png.decoded(base64.b64decode(browser.call("Page.captureScreenshot", clip=dict(part, scale=1))["data"]))
    again = png.decoded(png.encoded(plain))
    checks.must("pictures are read and written right", [] if plain.rows == slow.rows and png.difference(plain, again) == 0 else ["not"])
    internal = sites["internal"][0]
    if options.update:
        print("\n".join(goldens.update(browser, internal, site.build(internal))), flush=True)
    else:
        found, count, notes = goldens.compare(browser, internal, site.build(internal), options.keep and os.path.join(options.keep, "pictures"))
        for note in notes:
            print(note, flush=True)
        checks.must(f"{count} pictures are as the goldens", found)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("hostcap", metavar="HOSTCAP", help="the program")
    parser.add_argument("--update", action="store_true", help="write the goldens anew")
    parser.add_argument("--keep", metavar="DIR", help="where fleets, boards and pictures stay; empty or not there yet")
    options = parser.parse_args()
    path = chromium.find()
    if path is None:
        print("NOT CHECKED: no page was opened, for there is no Chromium; on Debian: apt-get install chromium", file=sys.stderr)
        return 0 if os.environ.get("HOSTCAP_BROWSER_OPTIONAL") else 1
    if options.keep and os.path.isdir(options.keep) and os.listdir(options.keep):
        parser.error(f"{options.keep} is not empty")
    checks = Checks()
    folder = options.keep or tempfile.mkdtemp(prefix="hostcap-board-")
    try:
        # What is not waited for is written while pages are looked at.
        with ThreadPoolExecutor(2) as pool:
            sites, again = made(boards.Program(options.hostcap), folder, pool, checks)
            with chromium.Browser(path) as browser:
                browse(browser, sites, options, checks, folder)
            repeated(sites, again, checks)
    except (boards.Failure, chromium.BrowserError, png.PictureError) as failure:
        checks.must("the check itself", [str(failure)])
    finally:
        if not options.keep:
            shutil.rmtree(folder, ignore_errors=True)
    return checks.end()


if __name__ == "__main__":
    sys.exit(main())
