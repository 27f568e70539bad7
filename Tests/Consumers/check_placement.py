# SPDX-FileCopyrightText: 2026 The hostcap authors
# SPDX-License-Identifier: Apache-2.0
"""check_placement.py WORK VENVS: a real Placement, filled as Nova fills it for the golden region, has for each flavor
exactly the hosts that are ready; and placement-cleanup.sh takes one back that no longer is."""
import json
import logging
import os
import pathlib
import subprocess
import sys
import threading
import urllib.error
import urllib.parse
import urllib.request
import uuid
import wsgiref.simple_server

import offers
from verdict import check

HERE = pathlib.Path(__file__).resolve().parent
SITE = HERE.parent / "Golden/Region/site.yaml"
RACK = "CUSTOM_RACK_7"  # the operator's own trait, which has to stay
SNP = "CUSTOM_HOSTCAP_AMD_SEV_SNP_READY"


class Quiet(wsgiref.simple_server.WSGIRequestHandler):
    def log_message(self, *_):
        pass


class Placement:
    """The service, on loopback and with a database in a file."""

    def __init__(self, work):
        (work / "placement.conf").write_text(
            f"[api]\nauth_strategy = noauth2\n[placement_database]\nconnection = sqlite:///{work}/placement.db\n")
        manage = pathlib.Path(sys.executable).parent / "placement-manage"
        command = [manage, "--config-file", work / "placement.conf", "db", "sync"]
        subprocess.run(command, check=True, capture_output=True)
        os.environ["OS_PLACEMENT_CONFIG_DIR"] = str(work)
        from placement.wsgi import api  # reads the configuration as it is imported
        logging.disable(logging.CRITICAL)  # it has a line for each request
        server = wsgiref.simple_server.make_server("127.0.0.1", 0, api.application, handler_class=Quiet)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        self.url = f"http://127.0.0.1:{server.server_port}"

    def call(self, method, path, body=None):
        request = urllib.request.Request(
            self.url + path, method=method, data=None if body is None else json.dumps(body).encode(),
            headers={"X-Auth-Token": "admin", "OpenStack-API-Version": "placement 1.39", "Content-Type": "application/json"})
        try:
            with urllib.request.urlopen(request) as reply:
                return json.loads(reply.read() or b"null")
        except urllib.error.HTTPError as error:
            raise RuntimeError(f"{method} {path}: {error.code} {error.read().decode()}") from None

    def providers(self):
        return {p["name"]: p["uuid"] for p in self.call("GET", "/resource_providers")["resource_providers"]}

    def traits(self):
        return {
            name: set(self.call("GET", f"/resource_providers/{id}/traits")["traits"])
            for name, id in self.providers().items()}

    def put(self, provider):
        """As Nova does it: what an operator or an earlier configuration gave to a compute node stays there."""
        known, traits = self.providers(), set(provider["traits"])
        id = known.get(provider["name"]) or str(uuid.uuid4())
        if provider["name"] not in known:
            parent = {"parent_provider_uuid": known[provider["parent"]]} if provider["parent"] else {}
            self.call("POST", "/resource_providers", {"name": provider["name"], "uuid": id, **parent})
        elif not provider["parent"]:
            traits |= {t for t in self.traits()[provider["name"]] if t.startswith("CUSTOM_")}
        for name in provider["inventory"]:
            if name.startswith("CUSTOM_"):
                self.call("PUT", f"/resource_classes/{name}")
        generation = self.call("GET", f"/resource_providers/{id}")["generation"]
        self.call("PUT", f"/resource_providers/{id}/inventories",
                  {"resource_provider_generation": generation, "inventories": provider["inventory"]})
        self.set_traits(id, traits)

    def set_traits(self, id, traits):
        for name in traits:
            if name.startswith("CUSTOM_"):
                self.call("PUT", f"/traits/{name}")
        generation = self.call("GET", f"/resource_providers/{id}")["generation"]
        self.call("PUT", f"/resource_providers/{id}/traits",
                  {"resource_provider_generation": generation, "traits": sorted(traits)})

    def candidates(self, question):
        """Root providers of hosts that could take a guest; a trait that nobody has is refused, which finds none."""
        try:
            found = self.call("GET", f"/allocation_candidates?{question}")
        except RuntimeError as error:
            if "No such trait" in str(error):
                return set()
            raise
        roots = {s["root_provider_uuid"] for s in found["provider_summaries"].values()}
        return {name for name, id in self.providers().items() if id in roots}


def region(folder, venvs):
    command = [venvs / "nova34/bin/python", HERE / "nova_region.py", folder, SITE]
    result = subprocess.run(command, capture_output=True, text=True)
    if result.returncode != 0:
        raise RuntimeError(result.stderr.strip().splitlines()[-1])
    return json.loads(result.stdout)


def meant(nova, flavor):
    """Hosts that are ready for a flavor and large enough, as Placement calls them."""
    alias, _, count = flavor.get("pci_passthrough:alias", "").partition(":")
    model = flavor.get("hw:mem_encryption_model")
    found = set()
    for host, providers in nova["hosts"].items():
        inventory = providers[0]["inventory"]
        memory = inventory["MEMORY_MB"]
        room = (memory["total"] - memory["reserved"]) * memory["allocation_ratio"]
        is_large = inventory["VCPU"]["total"] >= flavor["cpus"] and room >= flavor["ram"]
        has_devices = not alias or list(nova["offers"][host].values()).count(alias) >= int(count)
        is_ready = not model or any(offers.MODELS.get(c, [None])[0] == model for c in nova["ready"][host])
        if is_large and has_devices and is_ready:
            found.add(providers[0]["name"])
    return found


def clean_up(plan, work, environment):
    """Runs the plan's script; gives what it did with the command."""
    calls = work / "calls"
    calls.write_text("")
    result = subprocess.run(["sh", plan / "placement-cleanup.sh"], env=environment | {"PLACEMENT_CALLS": str(calls)},
                            capture_output=True, text=True, timeout=300)
    if result.returncode != 0:
        raise RuntimeError(f"exit {result.returncode}: {result.stderr.strip()[-300:]}")
    return [line for line in calls.read_text().splitlines() if " trait set " in line]


def fake(placement, work):
    command = work / "bin/openstack"
    command.parent.mkdir()
    command.write_text(f'#!/bin/sh\nexec {sys.executable} -S {HERE}/fake_client.py "$@"\n')
    command.chmod(0o755)
    return {"PATH": f"{command.parent}:{os.environ['PATH']}", "PLACEMENT": placement.url}


def main():
    work, venvs = pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2]).resolve()
    own = work / "placement"
    own.mkdir()
    placement, before = Placement(own), region(work / "golden", venvs)
    with check("Placement takes what Nova makes of the golden region") as found:
        for host, providers in before["hosts"].items():
            for provider in providers:
                with found.accepted(provider["name"]):
                    placement.put(provider)
            root = placement.providers()[providers[0]["name"]]
            placement.set_traits(root, set(providers[0]["traits"]) | {RACK})
        found.note = f"{len(placement.providers())} providers"
    rows = [line.split("|") for line in (work / "golden/plan/PLAN.md").read_text().splitlines() if line.count("|") == 7]
    said = {row[1].strip(): row[5].strip() for row in rows}
    for name, flavor in before["flavors"].items():
        with check(f"hosts for {name}") as found:
            hosts = placement.candidates(before["questions"][name])
            found.sets("hosts", hosts, meant(before, flavor))
            found.same("hosts in PLAN.md", said.get(name), str(len(hosts)))
            found.note = ", ".join(sorted(hosts))

    environment = fake(placement, own)
    with check("placement-cleanup.sh of a region that is as planned takes nothing back") as found:
        traits = placement.traits()
        found.same("traits set", clean_up(work / "golden/plan", own, environment), [])
        found.same("traits", placement.traits(), traits)

    after = region(work / "worse", venvs)
    host, = (h for h in before["ready"] if "amd.sev-snp" in before["ready"][h])
    hostname = before["hosts"][host][0]["name"]
    flavor = next(name for name in before["flavors"] if name.startswith("cc-snp"))
    with check(f"{host} without SEV-SNP: found until placement-cleanup.sh has run") as found:
        for provider in after["hosts"][host]:
            placement.put(provider)
        found.true("the new plan has a flavor for SEV-SNP", flavor not in after["flavors"])
        found.same("hosts before", placement.candidates(before["questions"][flavor]), {hostname})
        traits = placement.traits()
        clean_up(work / "worse/plan", own, environment)
        found.same("hosts after", placement.candidates(before["questions"][flavor]), set())
        gone = traits[hostname] - placement.traits()[hostname]
        found.sets("traits that went", gone, {SNP, "CUSTOM_HOSTCAP_AMD_SEV_READY"})
        traits[hostname] -= gone
        found.same("traits that stayed", placement.traits(), traits)
        found.same("a second run's changes", clean_up(work / "worse/plan", own, environment), [])
    with check("the same with the real OpenStack client") as found:
        import fake_openstack
        placement.set_traits(placement.providers()[hostname], traits[hostname] | {SNP})
        cloud = type("Cloud", (), {"services": {"placement": placement.url}, "flavors": {}})()
        with fake_openstack.serve(cloud, own) as client:
            clean_up(work / "alone/plan", own, client | {"PATH": f"{venvs}/client/bin:{os.environ['PATH']}"})
        found.same("traits", placement.traits(), traits)


if __name__ == "__main__":
    main()
