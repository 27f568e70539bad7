# SPDX-FileCopyrightText: 2026 The hostcap authors
# SPDX-License-Identifier: Apache-2.0

"""A headless Chromium that is told what to do through a pair of pipes: no port, nothing to install."""

import base64
import fcntl
import json
import os
import select
import shutil
import signal
import tempfile
import time

NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"]
# One command, or one page. A slow machine with other work to do still makes it.
PATIENCE = 60


class BrowserError(Exception):
    pass


def find():
    """Where the browser is; None: there is none."""
    named = os.environ.get("HOSTCAP_BROWSER")
    return shutil.which(named) if named else next(filter(None, map(shutil.which, NAMES)), None)


def parents():
    """Parent by process, of all that run."""
    found = {}
    for name in os.listdir("/proc"):
        if name.isdigit():
            try:
                with open(f"/proc/{name}/stat", encoding="utf-8", errors="replace") as file:
                    # The second field is a name in parentheses, and may hold anything.
                    found[int(name)] = int(file.read().rsplit(")", 1)[1].split()[1])
            except (OSError, IndexError, ValueError):
                pass
    return found


def descendants(pid):
    """A process's own children, and theirs."""
    found, above = [], parents()
    for child in above:
        at = child
        while at in above and at != pid:
            at = above[at]
        if at == pid and child != pid:
            found.append(child)
    return found


class Browser:
    """One browser with one tab. Messages are JSON, each ended by a zero byte; it reads from descriptor 3 and writes to 4."""

    def __init__(self, path):
        self.profile = tempfile.mkdtemp(prefix="hostcap-browser-")
        self.pid = None
        to_browser, self.write_end = os.pipe()
        self.read_end, from_browser = os.pipe()
        # Out of the way of 3 and 4, which are handed over.
        theirs = [fcntl.fcntl(each, fcntl.F_DUPFD_CLOEXEC, 16) for each in (to_browser, from_browser)]
        os.close(to_browser)
        os.close(from_browser)
        arguments = [
            path, "--headless", "--remote-debugging-pipe", f"--user-data-dir={self.profile}", "--no-first-run",
            "--font-render-hinting=none", "--force-color-profile=srgb", "--hide-scrollbars", "--disable-gpu",
            "--disable-lcd-text", "--disable-background-networking", "--disable-component-update", "--disable-sync",
            "--disable-extensions", "--no-default-browser-check", "--lang=en", "--force-device-scale-factor=1",
            # Where a container's /dev/shm is small.
            "--disable-dev-shm-usage",
        ] + (["--no-sandbox"] if os.geteuid() == 0 else []) + ["about:blank"]
        self.log = os.path.join(self.profile, "log")
        self.pid = os.posix_spawn(path, arguments, dict(os.environ), file_actions=[
            (os.POSIX_SPAWN_DUP2, theirs[0], 3), (os.POSIX_SPAWN_DUP2, theirs[1], 4),
            (os.POSIX_SPAWN_OPEN, 0, "/dev/null", os.O_RDONLY, 0),
            (os.POSIX_SPAWN_OPEN, 1, self.log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600),
            (os.POSIX_SPAWN_DUP2, 1, 2)])
        for each in theirs:
            os.close(each)
        self.buffer, self.searched = bytearray(), 0
        self.number, self.session, self.events = 0, None, []
        self.media = self.window = None
        try:
            self.version = self.call("Browser.getVersion")["product"]
            target = next(each for each in self.call("Target.getTargets")["targetInfos"] if each["type"] == "page")
            self.session = self.call("Target.attachToTarget", targetId=target["targetId"], flatten=True)["sessionId"]
        except BaseException:
            self.close()
            raise

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    @property
    def major(self):
        """`156` of `HeadlessChrome/156.0.8078.108`."""
        return self.version.split("/")[-1].split(".")[0]

    def receive(self, deadline):
        """The next message, or None after the deadline."""
        while True:
            end = self.buffer.find(b"\0", self.searched)
            if end >= 0:
                message = json.loads(self.buffer[:end])
                del self.buffer[:end + 1]
                self.searched = 0
                return message
            self.searched = len(self.buffer)
            ready, _, _ = select.select([self.read_end], [], [], max(0, deadline - time.monotonic()))
            if not ready:
                return None
            data = os.read(self.read_end, 1 << 20)
            if not data:
                with open(self.log, encoding="utf-8", errors="replace") as file:
                    raise BrowserError("the browser has ended: " + file.read()[-2000:])
            self.buffer += data

    def call(self, method, **parameters):
        """A command's result. What happens meanwhile is kept in `events`."""
        self.number += 1
        message = {"id": self.number, "method": method, "params": parameters}
        if self.session:
            message["sessionId"] = self.session
        data = json.dumps(message).encode() + b"\0"
        while data:
            data = data[os.write(self.write_end, data):]
        deadline = time.monotonic() + PATIENCE
        while True:
            answer = self.receive(deadline)
            if answer is None:
                raise BrowserError(f"{method}: no answer in {PATIENCE} s")
            if answer.get("id") == self.number:
                if "error" in answer:
                    raise BrowserError(f"{method}: {answer['error'].get('message')}")
                return answer["result"]
            if "method" in answer:
                self.take(answer)

    def take(self, event):
        self.events.append(event)
        # A dialog stops everything until somebody answers.
        if event["method"] == "Page.javascriptDialogOpening":
            self.number += 1
            answer = {"id": self.number, "method": "Page.handleJavaScriptDialog", "params": {"accept": False},
                      "sessionId": self.session}
            os.write(self.write_end, json.dumps(answer).encode() + b"\0")

    def open(self, url):
        """Loads a page; the events since are its own."""
        self.events = []
        result = self.call("Page.navigate", url=url)
        if result.get("errorText"):
            raise BrowserError(f"{url}: {result['errorText']}")
        deadline = time.monotonic() + PATIENCE
        while not any(event["method"] == "Page.loadEventFired" for event in self.events):
            event = self.receive(deadline)
            if event is None:
                raise BrowserError(f"{url}: not loaded in {PATIENCE} s")
            if "method" in event:
                self.take(event)

    def evaluate(self, expression):
        """The value of a JavaScript expression. The page's own policy does not bind who debugs it."""
        result = self.call("Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True)
        if "exceptionDetails" in result:
            details = result["exceptionDetails"]
            raise BrowserError("a check failed to run: " + details.get("exception", {}).get("description", details["text"]))
        return result["result"].get("value")

    def emulate(self, media="", scheme="light", forced=False):
        if self.media == (media, scheme, forced):
            return
        self.media = media, scheme, forced
        features = [{"name": "prefers-color-scheme", "value": scheme},
                    {"name": "forced-colors", "value": "active" if forced else "none"}]
        self.call("Emulation.setEmulatedMedia", media=media, features=features)

    def size(self, width, height):
        if self.window == (width, height):
            return
        self.window = width, height
        self.call("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=False)

    def picture(self, clip=None):
        """PNG bytes of the window, or of a part of the page: x, y, width and height."""
        options = {"clip": dict(clip, scale=1), "captureBeyondViewport": True} if clip else {}
        return base64.b64decode(self.call("Page.captureScreenshot", format="png", optimizeForSpeed=True, **options)["data"])

    def font(self, selector="body p"):
        """The font that a piece of the page's text is drawn with."""
        self.call("DOM.enable")
        self.call("CSS.enable")
        root = self.call("DOM.getDocument", depth=0)["root"]["nodeId"]
        node = self.call("DOM.querySelector", nodeId=root, selector=selector)["nodeId"]
        fonts = self.call("CSS.getPlatformFontsForNode", nodeId=node)["fonts"]
        self.call("CSS.disable")
        self.call("DOM.disable")
        return max(fonts, key=lambda font: font["glyphCount"])["familyName"] if fonts else "none"

    def close(self):
        if self.pid is None:
            return
        pid, self.pid, self.session = self.pid, None, None
        mine = descendants(pid)
        # Without its pipes it ends by itself; what does not is ended by number.
        os.close(self.write_end)
        os.close(self.read_end)
        deadline = time.monotonic() + 3
        while os.waitpid(pid, os.WNOHANG)[0] == 0:
            if time.monotonic() > deadline:
                os.kill(pid, signal.SIGKILL)
                os.waitpid(pid, 0)
                break
            time.sleep(0.02)
        for child in mine:
            # A number may have gone to somebody else's process in these moments: only ours has our profile or program.
            try:
                with open(f"/proc/{child}/cmdline", "rb") as file:
                    if b"chrom" in file.read():
                        os.kill(child, signal.SIGKILL)
            except OSError:
                pass
        shutil.rmtree(self.profile, ignore_errors=True)
