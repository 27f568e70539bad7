# SPDX-FileCopyrightText: 2026 The hostcap authors
# SPDX-License-Identifier: Apache-2.0

"""Opens every page of a board, listens to what the browser says about it, and asks the page itself."""

import os
import pathlib

HERE = os.path.dirname(os.path.abspath(__file__))
DESK, PHONE = (1280, 900), (390, 844)

with open(os.path.join(HERE, "inpage.js"), encoding="utf-8") as script:
    CHECKS = script.read()


def listen(browser):
    for domain in ("Page", "Runtime", "Log", "Network", "Audits"):
        browser.call(f"{domain}.enable")
    browser.call("Page.addScriptToEvaluateOnNewDocument", source=CHECKS)
    # As if somebody sat before it: else nothing in it has the focus.
    browser.call("Emulation.setFocusEmulationEnabled", enabled=True)


def address(folder, path=""):
    """file:///… of a folder's file; ends with a slash for the folder itself."""
    return pathlib.Path(folder).resolve().as_uri() + "/" + path


def heard(events, root):
    """Findings among what happened while a page was open, and how many requests there were."""
    found, requests, urls = [], 0, {}
    for event in events:
        method, what = event["method"], event["params"]
        if method == "Log.entryAdded":
            found.append(f"console: {what['entry']['source']}: {what['entry']['text'][:200]}")
        elif method == "Runtime.consoleAPICalled":
            found.append(f"console: {what['type']}: {str(what['args'])[:200]}")
        elif method == "Runtime.exceptionThrown":
            found.append(f"console: exception: {what['exceptionDetails']['text'][:200]}")
        elif method == "Audits.issueAdded":
            found.append(f"console: issue: {what['issue']['code']}: {str(what['issue']['details'])[:200]}")
        elif method == "Page.javascriptDialogOpening":
            found.append(f"console: a dialog opens: {what['message'][:100]}")
        elif method == "Network.requestWillBeSent":
            requests += 1
            url = urls[what["requestId"]] = what["request"]["url"]
            if not url.startswith(root):
                found.append(f"request: leaves the folder: {url[:200]}")
        elif method == "Network.loadingFailed":
            found.append(f"request: fails: {urls.get(what['requestId'], '?')[:200]}: {what['errorText']}")
    return found, requests


class Look:
    """What was found on the pages of a board."""

    def __init__(self, browser, folder):
        self.browser, self.folder, self.root = browser, folder, address(folder)
        self.pages, self.findings = {}, []
        self.counts = {"requests": 0, "tables": 0, "texts": 0, "symbols": 0}

    def all(self):
        paths = sorted(os.path.relpath(os.path.join(place, name), self.folder)
                       for place, _, names in os.walk(self.folder) for name in names if name.endswith(".html"))
        for number, path in enumerate(paths):
            # Pages of hosts are many, and alike: one of four is looked at in every way.
            self.one(path, fully=number % 4 == 0 or not path.startswith("host/") or len(paths) < 60)
        return self

    def ask(self, question):
        answer = self.browser.evaluate(f"hostcapChecks.{question}()")
        self.counts["texts"] += answer.get("texts", 0)
        self.counts["symbols"] += answer.get("symbols", 0)
        return answer

    def one(self, path, fully=True):
        """Structure and colours at a desk; fully: then in the dark, in forced colours, and on a phone."""
        browser, found = self.browser, []
        browser.emulate()
        browser.size(*DESK)
        browser.open(address(self.folder, path))
        page = self.ask("structure")
        found += page.pop("findings")
        found += ["light: " + what for what in self.ask("readable")["findings"]]
        found += ["1280 px: " + what for what in self.ask("narrow")["findings"]]
        if fully:
            browser.emulate(scheme="dark")
            found += ["dark: " + what for what in self.ask("readable")["findings"]]
            browser.emulate(forced=True)
            found += ["forced colours: " + what for what in self.ask("symbols")["findings"]]
            browser.emulate()
            browser.size(*PHONE)
            found += ["390 px: " + what for what in self.ask("narrow")["findings"]]
        # After a frame nothing of this page is on its way any more.
        page["text"] = browser.evaluate("new Promise((done) => requestAnimationFrame(() => done(document.body.textContent)))")
        events, requests = heard(browser.events, self.root)
        self.counts["requests"] += requests
        self.counts["tables"] += page["tables"]
        self.pages[path] = page
        self.findings += [f"{path}: {what}" for what in events + found]


# A page on which everything is wrong, and the beginnings of what must be said about it.
BAD = """<!doctype html>
<html><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src https:">
<style>body{background:#fff;color:#000}.pale{color:#999}.tiny{font-size:9px}a:focus{outline:none}
@media (prefers-color-scheme:dark){.night{color:#333;background:#000}}
.lines{background-image:repeating-linear-gradient(135deg,transparent 0 7px,rgb(0,0,0) 7px 8px)}
.veil{opacity:.3}.i{width:16px;height:16px;forced-color-adjust:none;color:#fefefe}.wide{width:1400px}</style></head>
<body><h1>One</h1><h3>Three</h3><p id="a" class="pale">pale</p><p id="a" class="night">night</p><p class="tiny">tiny</p>
<p class="lines">lines</p><p class="veil">veil</p><p class="wide">wide</p>
<table><tr><th>head</th><td>cell</td></tr><tr><td>one</td></tr></table>
<svg class="i" aria-hidden="true"><use href="#nowhere"/></svg><svg role="img"><text y="20">x</text></svg>
<svg role="img" aria-label="plot" width="90" height="30"><rect width="90" height="30" fill="#000"/><text y="20">dark</text></svg>
<a href="gone.html">gone</a> <a href="#gone">gone</a> <a href="/etc/hostname">out</a> <a href="javascript:alert(1)">run</a>
<img src="https://outside.example/x.png"><script>alert(1)</script><div tabindex="2" aria-labelledby="gone">x</div>
</body></html>
"""
SEEN = [
    "lang:", "title:", "landmarks:", "headings: h3 after h1", "ids: a is there twice", "ids: aria-labelledby names gone",
    "symbols: #nowhere", "tables: no caption", "tables: no scope", "tables: rows of", "names: an image without", "names: no alt",
    "keyboard: jumps", "focus: not seen", "text: 9px", "light: contrast: 2.85", "dark: contrast: 1.66", "hatching", "\"veil\"",
    "\"dark\"", "forced colours: symbols", "390 px: width: 14", "1280 px: width: 14", "request: ", "console: security",
]


def blind(browser, folder):
    """What the checks do not see of a page on which everything is wrong."""
    os.makedirs(folder, exist_ok=True)
    with open(os.path.join(folder, "bad.html"), "w", encoding="utf-8") as file:
        file.write(BAD)
    look = Look(browser, folder).all()
    return [what for what in SEEN if not any(what in finding for finding in look.findings)], look
