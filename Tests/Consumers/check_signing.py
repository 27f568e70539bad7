# SPDX-FileCopyrightText: 2026 The hostcap authors
# SPDX-License-Identifier: Apache-2.0
"""check_signing.py HOSTCAP WORK: securesystemslib and in-toto take what hostcap signs, and hostcap what they sign."""
import base64
import copy
import hashlib
import json
import pathlib
import subprocess
import sys

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ed25519
from google.protobuf import json_format
from in_toto_attestation.v1 import resource_descriptor, statement_pb2
from in_toto_attestation.v1.statement import Statement
from securesystemslib.dsse import Envelope
from securesystemslib.exceptions import VerificationError
from securesystemslib.signer import CryptoSigner, SSlibKey
from verdict import check

TAPE = pathlib.Path(__file__).parent.parent / "Machines/Tapes/snp.jsonl"
PREDICATE = "https://hostcap.scs.community/attestation/report/v1"
PAYLOAD = "application/vnd.in-toto+json"


def run(*words):
    return subprocess.run([str(word) for word in words], capture_output=True, text=True)


def output(*words):
    done = run(*words)
    if done.returncode:
        raise RuntimeError(done.stderr)
    return done.stdout


def secret(path, text):
    path.write_bytes(text)
    path.chmod(0o600)
    return path


class Pair:
    """A key in a form that hostcap reads, and its public half for both sides."""

    def __init__(self, folder, name, form):
        private = ed25519.Ed25519PrivateKey.generate()
        self.file = secret(
            folder / name,
            private.private_bytes(serialization.Encoding.PEM, form, serialization.NoEncryption()))
        public = private.public_key()
        self.key, self.signer = SSlibKey.from_crypto(public), CryptoSigner(private)
        self.pem, self.line = folder / f"{name}.pem", folder / f"{name}.pub"
        self.pem.write_bytes(public.public_bytes(
            serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo))
        self.line.write_bytes(public.public_bytes(
            serialization.Encoding.OpenSSH, serialization.PublicFormat.OpenSSH))


def holds(envelope, key):
    """Whether securesystemslib takes it. Its reader changes what it is given."""
    try:
        return key.keyid in Envelope.from_dict(copy.deepcopy(envelope)).verify([key], 1)
    except (VerificationError, ValueError):
        return False


def changed(envelope):
    """One bit of the payload, and one of the signature, each by itself."""
    for name in ("payload", "sig"):
        other = copy.deepcopy(envelope)
        place = other if name == "payload" else other["signatures"][0]
        for index in range(0, len(base64.b64decode(place[name])), 61):
            octets = bytearray(base64.b64decode(place[name]))
            octets[index] ^= 1
            yield f"{name}, byte {index}", {
                **other, **({"payload": base64.b64encode(octets).decode()} if name == "payload" else {
                    "signatures": [{**other["signatures"][0], "sig": base64.b64encode(octets).decode()}]})}


def ours(hostcap, work, report, pair, name):
    with check(f"securesystemslib and in-toto take what hostcap signs with {name}") as found:
        file = work / f"{name}.dsse"
        output(hostcap, "sign", report, "--dsse", "--key", pair.file, "--output", file, "--provider", "acme",
               "--layer", "kaas", "--release", "2026.2-rc1")
        envelope = json.loads(file.read_bytes())
        found.same("keyid", [s["keyid"] for s in envelope["signatures"]], [pair.key.keyid])
        found.true("securesystemslib refuses it", holds(envelope, pair.key))
        found.same("payloadType", envelope["payloadType"], PAYLOAD)
        payload = base64.b64decode(envelope["payload"])
        statement = Statement.copy_from_pb(json_format.Parse(payload, statement_pb2.Statement()))
        with found.accepted("Statement.validate()"):
            statement.validate()
        found.same("predicateType", statement.pb.predicate_type, PREDICATE)
        digest = hashlib.sha256(report.read_bytes()).hexdigest()
        found.same("subject", [(s.name, dict(s.digest)) for s in statement.pb.subject],
                   [("report.json", {"sha256": digest})])
        predicate = json_format.MessageToDict(statement.pb.predicate)
        meant = {c["id"]: c["state"] for c in json.loads(report.read_bytes())["capabilities"]}
        found.same("capabilities", predicate["capabilities"], meant)
        found.same("what the provider says", [predicate[k] for k in ("provider", "layer", "release")],
                   ["acme", "kaas", "2026.2-rc1"])
        for public in (pair.pem, pair.line):
            found.same(f"hostcap with {public.name}", run(hostcap, "verify", file, "--key", public).returncode, 0)
    return envelope


def theirs(hostcap, work, report, pair, predicate):
    with check("hostcap takes what securesystemslib and in-toto sign") as found:
        digest = hashlib.sha256(report.read_bytes()).hexdigest()
        subject = resource_descriptor.ResourceDescriptor(name="their.json", digest={"sha256": digest})
        statement = Statement([subject.pb], PREDICATE, predicate)
        statement.validate()
        envelope = Envelope(json_format.MessageToJson(statement.pb, indent=None).encode(), PAYLOAD, {})
        envelope.sign(CryptoSigner.generate_ed25519())
        envelope.sign(CryptoSigner.generate_rsa())
        envelope.sign(pair.signer)
        file = work / "their.dsse"
        file.write_text(json.dumps(envelope.to_dict(), indent=2))
        done = run(hostcap, "verify", file, "--key", pair.pem, "--report", report, "--subject", "their.json")
        found.same("status", (done.returncode, done.stderr), (0, ""))
        found.true("the provider is not told", "provider: acme, kaas, release 2026.2-rc1" in done.stdout)
        found.note = f"{len(envelope.signatures)} signatures"


def refused(hostcap, work, envelope, pair, other):
    with check("what was changed is refused by both sides") as found:
        cases = list(changed(envelope))
        for what, text in cases:
            file = work / "changed.dsse"
            file.write_text(json.dumps(text))
            found.true(f"{what}: securesystemslib takes it", not holds(text, pair.key))
            done = run(hostcap, "verify", file, "--key", pair.pem)
            found.same(f"{what}: hostcap", (done.returncode, done.stderr.count("\n")), (2, 1))
        file.write_text(json.dumps(envelope))
        found.true("securesystemslib takes it by another key", not holds(envelope, other.key))
        found.same("hostcap by another key", run(hostcap, "verify", file, "--key", other.pem).returncode, 2)
        found.same("hostcap by both keys",
                   run(hostcap, "verify", file, "--key", other.pem, "--key", pair.line).returncode, 0)
        found.note = f"{len(cases)} changes"


def main():
    hostcap, work = pathlib.Path(sys.argv[1]).absolute(), pathlib.Path(sys.argv[2])
    work.mkdir(parents=True, exist_ok=True)
    report = work / "n1.json"
    # Whatever this machine's clock says, a host was asked before it.
    text = json.loads(output(hostcap, "judge", TAPE, "--format", "json"))
    text["source"]["observedAt"] = "2024-05-01T10:00:00Z"
    report.write_text(json.dumps(text))
    openssh = Pair(work, "openssh", serialization.PrivateFormat.OpenSSH)
    pkcs8 = Pair(work, "pkcs8", serialization.PrivateFormat.PKCS8)
    envelope = ours(hostcap, work, report, openssh, "openssh")
    ours(hostcap, work, report, pkcs8, "pkcs8")
    predicate = json.loads(base64.b64decode(envelope["payload"]))["predicate"]
    theirs(hostcap, work, report, pkcs8, predicate)
    refused(hostcap, work, envelope, openssh, pkcs8)


if __name__ == "__main__":
    main()
