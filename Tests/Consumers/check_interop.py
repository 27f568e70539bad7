#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The hostcap authors
# SPDX-License-Identifier: Apache-2.0

"""check_interop.py HOSTCAP WORK PROGRAMS: reno lints and reports a release note of two states of a fleet, and
whitebox-tempest-plugin's own options read what is written for them. Lines: ok …, FAILED ….
"""

import os
import re
import subprocess
import sys

from oslo_config import cfg
from whitebox_tempest_plugin import config as whitebox

from verdict import check

TAPES = "Tests/Machines/Tapes"
BEFORE = {"snp-1": "libvirt-snp-firmware", "sev-1": "libvirt-sev-firmware", "gpu-1": "pci-snp"}
AFTER = BEFORE | {"snp-1": "iommu-pt"}


def run(*words, cwd=None, status=(0,)):
    result = subprocess.run(words, capture_output=True, text=True, cwd=cwd)
    if result.returncode not in status:
        raise RuntimeError(f"{words[:3]}: {result.returncode}: {(result.stderr or result.stdout).strip()[:400]}")
    return result.stdout


def reports(hostcap, folder, tapes):
    os.makedirs(folder, exist_ok=True)
    for host, tape in tapes.items():
        with open(os.path.join(folder, f"{host}.json"), "w") as file:
            file.write(run(hostcap, "judge", f"{TAPES}/{tape}.jsonl", "--format", "json"))
    return folder


def reno(hostcap, work, programs, before, after):
    notes = os.path.join(work, "repository", "releasenotes", "notes")
    os.makedirs(notes)
    for first, second in ((before, after), (after, before)):
        # 1: something was lost, which is no failure to say so.
        run(hostcap, "fleet", "compare", "--before", first, "--after", second, "--release", "2026.2", "--notes", notes,
            status=(0, 1))
    repository = os.path.join(work, "repository")
    git = ("git", "-c", "user.name=a", "-c", "user.email=a@example.org")
    run("git", "init", "-q", ".", cwd=repository)
    run("git", "add", "-A", cwd=repository)
    run(*git, "commit", "-qm", "notes", cwd=repository)
    with check("reno lints the release notes") as found:
        with found.accepted("reno lint"):
            run(f"{programs}/bin/reno", "lint", ".", cwd=repository)
        found.same("notes", len(os.listdir(notes)), 2)
    with check("reno reports what got lost and what got ready") as found:
        text = run(f"{programs}/bin/reno", "report", ".", cwd=repository)
        found.true("no known issue", "Known Issues" in text and "can no longer be used on" in text)
        found.true("no new feature", "New Features" in text and "can be used on" in text)
        found.true("no fix", "iommu=pt" in text)
        found.true("a host is named", not re.search("snp-1|sev-1|gpu-1", text))
    with open(os.path.join(notes, "hostcap-0123456789abcdef.yaml"), "w") as file:
        file.write("---\nsurprises:\n- a section that there is not\n")
    run("git", "add", "-A", cwd=repository)
    run(*git, "commit", "-qm", "bad", cwd=repository)
    with check("reno lint sees a section that there is not") as found:
        lint = subprocess.run([f"{programs}/bin/reno", "lint", "."], cwd=repository, capture_output=True)
        found.same("status", lint.returncode, 1)


def tempest(hostcap, work, folder):
    site = os.path.join(work, "site.yaml")
    with open(site, "w") as file:
        file.write("""\
release: {openstack: "2026.2"}
devices:
  - {alias: net, match: {id: "8086:10ca"}, physical_network: physnet-sriov}
  - {alias: gpu-test, match: {id: "1234:1111"}, flavors: [{cpus: 1, ram_gib: 1}]}
""")
    conf = os.path.join(work, "whitebox.conf")
    run(hostcap, "render", "tempest", "--reports", folder, "--site", site, "--output", conf,
        "--at", "2026-11-26T12:00:00Z")
    options = cfg.ConfigOpts()
    for group, own in ((whitebox.general_group, whitebox.general_opts), (whitebox.hardware_group, whitebox.hardware_opts)):
        options.register_group(group)
        options.register_opts(own, group=group)
    with check("whitebox-tempest-plugin reads its options") as found:
        with found.accepted("oslo.config"):
            options(["--config-file", conf], project="whitebox")
        hardware = options["whitebox-hardware"]
        found.same("max_compute_nodes", options.whitebox.max_compute_nodes, 1)
        found.same("sriov_physnet", hardware.sriov_physnet, "physnet-sriov")
        found.same("sriov_nic_vendor_id", hardware.sriov_nic_vendor_id, "8086")
        found.same("sriov_vf_product_id", hardware.sriov_vf_product_id, "10ca")
        found.same("sriov_pf_product_id", hardware.sriov_pf_product_id, "10c9")
        found.same("sriov_vnic_type", hardware.sriov_vnic_type, "direct")
        found.same("cpu_topology", hardware.cpu_topology, {"0": [0, 1], "1": [2, 3]})
        found.same("configured_hugepage_sizes", hardware.configured_hugepage_sizes, [2048])
        found.same("smt_hosts", hardware.smt_hosts, ["net-1"])
        text = open(conf).read()
        found.true("no alias of a whole device", "pci_passthrough_alias = gpu-test" in text)


def spoken(folder, path):
    """A report of a machine with VFs, which says of its processors what that tape's kernel was not asked."""
    import json
    with open(os.path.join(path, "gpu-1.json")) as file:
        report = json.load(file)
    for name, value in {"numa.cpus": ["0: 0-1", "1: 2-3"], "cpu.smt": True, "memory.huge-pages-kib": ["2048"]}.items():
        report["facts"][name] = {"evidence": [], "value": value}
    os.makedirs(folder, exist_ok=True)
    with open(os.path.join(folder, "net-1.json"), "w") as file:
        json.dump(report, file)
    return folder


def main():
    hostcap, work, programs = sys.argv[1], os.path.join(sys.argv[2], "interop"), os.path.abspath(sys.argv[3])
    before = reports(hostcap, os.path.join(work, "before"), BEFORE)
    after = reports(hostcap, os.path.join(work, "after"), AFTER)
    reno(hostcap, work, programs, before, after)
    tempest(hostcap, work, spoken(os.path.join(work, "spoken"), reports(hostcap, os.path.join(work, "pci"), {"gpu-1": "pci-amd"})))


main()
