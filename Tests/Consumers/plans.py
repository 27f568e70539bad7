# SPDX-FileCopyrightText: 2026 The hostcap authors
# SPDX-License-Identifier: Apache-2.0
"""plans.py HOSTCAP WORK [short]: reports of the hosts in hosts.tsv, and a plan for each release, deployment and way to
count PCI devices; below WORK:
  reports/HOST.json   plans/NAME/{site.json,site.yaml,plan/}   golden, worse, alone, lost: {reports,plan}/
"""
import concurrent.futures
import itertools
import json
import os
import pathlib
import shutil
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
TAPES = HERE.parent / "Machines/Tapes"
GOLDEN = HERE.parent / "Golden/Region/site.yaml"
CORPUS = pathlib.Path(os.environ.get("HOSTCAP_SHARED", "../shared")) / "corpus"
# The region of Tests/Golden; the same one after its SEV-SNP host was booted with iommu=pt; that host by itself; and the
# region after the last of its devices was lost.
GOLDEN_HOSTS = {
    "gpu-1": "pci-snp", "pci-1": "pci-amd", "pci-2": "pci-intel", "sev-1": "libvirt-sev-firmware",
    "snp-1": "libvirt-snp-firmware", "snp-2": "iommu-pt",
}
WORSE = {"snp-1": "iommu-pt"}
REGIONS = {"golden": GOLDEN_HOSTS, "worse": GOLDEN_HOSTS | WORSE, "alone": WORSE, "lost": GOLDEN_HOSTS}
# Models of one vendor and device id, which differ in the subsystem's.
TWINS = {"0000:00:08.0": "NVIDIA A16 (one of four GPUs)", "0000:04:00.0": "NVIDIA A2"}
RELEASES, DEPLOYMENTS = ["2025.1", "2026.1", "2026.2"], ["osism", "kolla", "kayobe", "nova"]


def run(*command):
    result = subprocess.run(command, capture_output=True, text=True)
    if result.returncode != 0:
        raise RuntimeError(f"{' '.join(map(str, command[1:]))}: {result.stderr.strip() or result.stdout.strip()}")


def cause(reason):
    return {"because": reason, "reason": reason, "fix": None, "fixKind": "none"}


def edit(report, how):
    """What hosts.tsv says of a report."""
    if how == "guest":
        report["environment"].update(kind="guest", assumed=False)
    if how == "without-snp":
        snp, = (c for c in report["capabilities"] if c["id"] == "amd.sev-snp")
        snp["stopsAt"]["layer"] = "firmware"
    if how == "if-ready":
        for fact, value in (("memory-bytes", 64 << 30), ("cpu.count", 32)):
            report["facts"].setdefault(fact, {"value": value, "evidence": []})
    for unit in report["pci"]["units"]:
        if how == "if-ready" and unit["state"] == "unknown":
            unit.update(state="ready", headline=None)
        if how == "lost" and unit["state"] == "ready":
            unit.update(state="blocked", headline=cause("pci.lost"))
        if how == "vendor" and unit["kind"] == "vf":
            unit["remarks"] += [cause("pci.managed_no"), cause("pci.guest_too_narrow")]
        if how == "twins" and unit["kind"] == "gpu":
            unit.update(state="ready", headline=None, remarks=[])
    if how == "twins":
        for function in report["pci"]["functions"]:
            if function["address"] in TWINS:
                function.update(vendor="10de", device="25b6")
        for accelerator in report["pci"]["accelerators"]:
            accelerator["name"] = TWINS.get(accelerator["address"], accelerator["name"])


def make_report(hostcap, folder, host, source, file, how):
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{host}.json"
    source = TAPES / f"{file}.jsonl" if source == "tape" else CORPUS / file
    run(hostcap, "judge", "--assume-bare-metal", "--format", "json", "--output", path, source)
    report = json.loads(path.read_bytes())
    edit(report, how)
    path.write_text(json.dumps(report))


def devices(folder):
    """What a site would name: some by model or kind, and every network card and drive by its id."""
    ids = {}
    for path in sorted(folder.glob("*.json")):
        pci = json.loads(path.read_bytes())["pci"]
        listed = {f["address"]: f for f in pci["functions"]}
        for unit in pci["units"]:
            function = listed.get(unit["members"][0], {})
            if unit["kind"] in ("network", "storage", "vf") and function.get("vendor") and function.get("device"):
                ids[f"{function['vendor']}:{function['device']}"] = unit["kind"]
    size = {"cpus": 1, "ram_gib": 1}
    yield {"alias": "vf-h100", "match": {"model": "NVIDIA H100 PCIe 80GB", "device_type": "type-VF"},
           "numa_policy": "preferred", "flavors": [size, {**size, "count": 2, "disk_gb": 20, "disk_type": "s"}]}
    yield {"alias": "a16", "match": {"model": TWINS["0000:00:08.0"]}, "flavors": [size]}
    yield {"alias": "a2", "match": {"model": TWINS["0000:04:00.0"]}, "flavors": [size]}
    yield {"alias": "gpu-whole", "match": {"kind": "gpu", "device_type": "type-PF"}, "flavors": [size]}
    yield {"alias": "gpu", "match": {"kind": "gpu"}, "resource_class": "CUSTOM_GPU_OF_ANY_KIND",
           "numa_policy": "legacy", "flavors": [size]}
    yield {"alias": "accelerator", "match": {"kind": "accelerator"}, "take_from_host": True, "flavors": [size]}
    for number, (id, kind) in enumerate(sorted(ids.items())):
        entry = {"alias": f"{kind}-{id.replace(':', '-')}", "match": {"id": id}}
        if kind == "vf" and id.startswith("8086:"):
            entry |= {"physical_network": "physnet-sriov", "trusted": True}
        else:
            entry |= {"flavors": [size], "numa_policy": ["required", "preferred", "legacy"][number % 3]}
        yield entry | {"take_from_host": kind == "network"}


def site(release, placement, deployment, hosts, entries):
    small = {"cpus": 2, "cpu_type": "V", "ram_gib": 1}
    return {
        "release": {"openstack": release}, "deployment": deployment, "pci_in_placement": placement,
        "reserved_host_memory_mb": 512, "name_pieces": ["hypervisor", "hwv", "generation"],
        "hosts": {host: {"hypervisor_hostname": f"{host}.region.example"} for host in hosts[::2]},
        "devices": entries,
        "confidential": [
            {"capability": capability, "flavors": [small, {**small, "cpu_type": "C", "disk_gb": 10}]}
            for capability in ("amd.sev-snp", "amd.sev-es", "amd.sev", "intel.tdx")],
        "flavors": [{"cpus": 1, "cpu_type": "V", "ram_gib": 2}, {"cpus": 2, "cpu_type": "L", "ram_gib": 1, "disk_gb": 20}],
    }


def combinations(is_short):
    """All of them, or four in which each release, deployment and way to count occurs."""
    if is_short:
        return [("2025.1", False, "kolla"), ("2026.1", True, "osism"), ("2026.2", True, "nova"), ("2026.2", False, "kayobe")]
    return itertools.product(RELEASES, [True, False], DEPLOYMENTS)


def main():
    hostcap, work, is_short = sys.argv[1], pathlib.Path(sys.argv[2]), sys.argv[3:] == ["short"]
    rows = [line.split("\t") for line in (HERE / "hosts.tsv").read_text().splitlines() if line and line[0] != "#"]
    if not CORPUS.is_dir():
        print(f"SKIPPED {sum(row[1] == 'corpus' for row in rows)} hosts of the corpus: no folder {CORPUS}", flush=True)
        rows = [row for row in rows if row[1] == "tape"]
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        jobs = [pool.submit(make_report, hostcap, work / "reports", *row) for row in rows]
        for name, region in REGIONS.items():
            how = "lost" if name == "lost" else "as-is"
            jobs += [pool.submit(make_report, hostcap, work / name / "reports", host, "tape", tape, how)
                     for host, tape in region.items()]
        for job in jobs:
            job.result()
        entries = list(devices(work / "reports"))
        jobs = [pool.submit(run, hostcap, "plan", work / name / "reports", "--site", GOLDEN, "--out", work / name / "plan")
                for name in REGIONS]
        for release, placement, deployment in combinations(is_short):
            folder = work / "plans" / f"{release}-{'placement' if placement else 'pools'}-{deployment}"
            folder.mkdir(parents=True)
            text = json.dumps(site(release, placement, deployment, [row[0] for row in rows], entries))
            (folder / "site.json").write_text(text)
            shutil.copy(folder / "site.json", folder / "site.yaml")  # JSON is YAML
            command = (hostcap, "plan", work / "reports", "--site", folder / "site.yaml", "--out", folder / "plan")
            jobs.append(pool.submit(run, *command))
        for job in jobs:
            job.result()
    print(f"ok plans ({len(rows)} hosts, {len(jobs)} plans)")


if __name__ == "__main__":
    try:
        main()
    except RuntimeError as error:
        print(f"FAILED plans: {error}")
