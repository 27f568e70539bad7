# SPDX-FileCopyrightText: 2026 The hostcap authors
# SPDX-License-Identifier: Apache-2.0

"""A compliance monitor that answers as the real one was seen to: on loopback, for as long as it is used.

Observed against the real one (SovereignCloudStack/standards, commit 077174d): a report is answered with 200, the same again
with 409, a tampered body, another namespace and another account's subject with 401, application/yaml with 415.
"""

import base64
import http.server
import json
import os
import subprocess
import tempfile
import threading

import yaml

# The signature ends there, and the report begins behind the ampersand that curl writes.
SEPARATOR = b"-----END SSH SIGNATURE-----\n&"
FIELDS = {"spec", "checked_at", "reference_date", "subject", "run"}
RUN = {"uuid", "argv", "assignment", "sections", "forced_version", "forced_tests", "invocations"}
INVOCATION = {"id", "cmd", "results", "rc", "stdout", "stderr", "info", "warning", "error", "critical"}
FORMS = {"application/x-signed-yaml": lambda text: list(yaml.safe_load_all(text)),
         "application/x-signed-json": lambda text: [json.loads(text)]}


def faults(report, testcases):
    """What of the field rules a report does not keep."""
    found = [f"lacks {key}" for key in sorted(FIELDS - report.keys())]
    run = report.get("run", {})
    found += [f"run lacks {key}" for key in sorted(RUN - run.keys())]
    if str(report.get("checked_at", "")).endswith(("Z", "+00:00")):
        found.append("checked_at has a time zone, and is compared with times that have none")
    for name, call in run.get("invocations", {}).items():
        found += [f"invocation lacks {key}" for key in sorted(INVOCATION - call.keys())]
        if call.get("id") != name:
            found.append("an invocation's key is not its id")
        for test, value in call.get("results", {}).items():
            if test not in testcases:
                found.append(f"{test} is no testcase of the scope")
            if value not in (1, 0, -1):
                found.append(f"{test} comes to {value}")
        said = {line.rpartition(":")[0]: line.rpartition(":")[2].strip() for line in call.get("stdout", [])}
        words = {"PASS": 1, "ABORT": 0, "FAIL": -1}
        if {test: words.get(word) for test, word in said.items()} != call.get("results"):
            found.append("results are not what stdout says")
        for signal in ("info", "warning", "error", "critical"):
            if call.get(signal) != sum(line.lower().startswith(signal) for line in call.get("stderr", [])):
                found.append(f"{signal} is not the number of such lines")
    return found


class Monitor:
    """Accounts by token: the subject, and a file with the public key."""

    def __init__(self, accounts, testcases):
        self.accounts, self.testcases, self.reports = accounts, testcases, {}
        outer = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
                status, answer = outer.answer(self.path, self.headers, body)
                self.send_response(status)
                self.end_headers()
                self.wfile.write(json.dumps(answer).encode())

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.server.shutdown()
        self.server.server_close()

    def answer(self, path, headers, body):
        form = FORMS.get(headers.get("Content-Type"))
        token = headers.get("Authorization", "").removeprefix("Basic ")
        if path != "/reports":
            return 404, {"detail": "Not Found"}
        if token not in self.accounts:
            return 401, {"detail": "Incorrect username or password"}
        if form is None:
            return 415, {"detail": "Unsupported Media Type"}
        signature, found, report = body.partition(SEPARATOR)
        subject, key = self.accounts[token]
        if not found or not self.verified(signature + SEPARATOR[:-1], report, subject, key):
            return 401, {"detail": "verification failed"}
        documents = form(report)
        for document in documents:
            if document["subject"] != subject:
                return 401, {"detail": "Permission denied"}
            wrong = faults(document, self.testcases)
            if wrong:
                return 500, {"detail": "; ".join(wrong)}
            if document["run"]["uuid"] in self.reports:
                return 409, {"detail": "Conflict: report already present"}
        self.reports.update({document["run"]["uuid"]: document for document in documents})
        return 200, None

    @staticmethod
    def verified(signature, report, subject, key):
        with tempfile.TemporaryDirectory() as folder:
            files = {"signers": f"{subject} {key}\n".encode(), "sig": signature}
            for name, data in files.items():
                with open(os.path.join(folder, name), "wb") as file:
                    file.write(data)
            return subprocess.run(
                ["ssh-keygen", "-Y", "verify", "-f", os.path.join(folder, "signers"), "-I", subject, "-n", "report",
                 "-s", os.path.join(folder, "sig")], input=report, capture_output=True).returncode == 0


def token(name):
    return base64.b64encode(f"{name}:secret of {name}".encode()).decode()
