# SPDX-FileCopyrightText: 2026 The hostcap authors
# SPDX-License-Identifier: Apache-2.0
"""check_pci.py WORK PLAN...: Nova takes each host's device_spec and aliases, and offers exactly what was meant."""
import collections
import json
import pathlib
import sys

import deployments
import nova_host
import offers
from nova import exception, objects
from nova.pci import request
from nova.virt.libvirt import utils as libvirt
from verdict import check


def hostname(site, host):
    return site["hosts"].get(host, {}).get("hypervisor_hostname", host)


def with_providers(requests, devices):
    """What the scheduler adds from Placement's answer: the provider of each device, once for each."""
    for device_request in requests:
        device_request.spec = [
            spec | {"rp_uuids": ",".join(d.extra_info["rp_uuid"] for d in devices)} for spec in device_request.spec]
    return requests


def check_host(found, host, site, listed, offered):
    nova = nova_host.Host(listed)
    matches = nova.matches()
    found.sets(f"{host}: functions that a device_spec matches", matches, offered)
    for address, specs in matches.items():
        found.same(f"{host}: device_specs for {address}", len(specs), 1)
    tracker = nova.tracker()
    found.sets(f"{host}: devices in Nova's tracker", [d.address for d in tracker.pci_devs], offered)

    aliases, networks = collections.defaultdict(set), collections.defaultdict(set)
    for address, entry in offered.items():
        if "physical_network" in entry:
            networks[entry["physical_network"]].add(address)
        else:
            aliases[entry["alias"]].add(address)
    inventory = collections.Counter()
    if site["pci_in_placement"]:
        for alias, addresses in aliases.items():
            for address in addresses:
                owner = listed[address].get("parent_addr", address).upper()
                inventory[f"{hostname(site, host)}_{owner}", offers_class(site, alias)] += 1
    tree = nova_host.tree(hostname(site, host), tracker)
    counted = {
        (provider.name, name): entry["total"] for provider in nova_host.providers(tree)
        for name, entry in provider.inventory.items()}
    found.same(f"{host}: inventory in Placement", counted, dict(inventory))

    for entry in site["devices"]:
        alias = entry["alias"]
        if alias in aliases:
            check_request(found, f"{host}: {alias}", nova, aliases[alias], site,
                          lambda count: nova_host.request_devices(alias, count))
        elif alias in request.get_alias_from_config() and not site["pci_in_placement"]:
            found.true(f"{host}: {alias} finds a device",
                       not nova.tracker().stats.support_requests(nova_host.request_devices(alias, 1), {}))
    for network, addresses in networks.items():
        def of_port(count):
            spec = {"physical_network": network, "remote_managed": "false"}
            return [objects.InstancePCIRequest(count=count, spec=[spec], alias_name=None, request_id=nova_host.new_id())]
        check_request(found, f"{host}: {network}", nova, addresses, site, of_port)


def check_request(found, what, nova, addresses, site, ask):
    """All devices of an alias at once: those come, and one more is refused."""
    tracker = nova.tracker()
    with found.accepted(f"{what}: a request for {len(addresses)}"):
        nova_host.tree("any", tracker)  # tells each device its provider
        requests = ask(len(addresses))
        if site["pci_in_placement"] and requests[0].alias_name:
            with_providers(requests, [d for d in tracker.pci_devs if d.address in addresses])
        devices = tracker.stats.consume_requests(requests)
        found.sets(f"{what}: devices", [d.address for d in devices], addresses)
    if not (site["pci_in_placement"] and ask(1)[0].alias_name):
        try:
            devices = nova.tracker().stats.consume_requests(ask(len(addresses) + 1))
            found.true(f"{what}: Nova has one more: {[d.address for d in devices]}", False)
        except exception.PciDeviceRequestFailed:
            pass


def offers_class(site, alias):
    entry = next(e for e in site["devices"] if e["alias"] == alias)
    return entry.get("resource_class", "CUSTOM_" + alias.upper().replace("-", "_"))


def check_aliases(found, site, offered):
    known = request.get_alias_from_config()
    meant = {e["alias"]: e for entries in offered.values() for e in entries.values() if "physical_network" not in e}
    found.sets("aliases", set(known) - {"of-old"}, meant)
    for alias, (policy, specs) in known.items():
        found.true(f"{alias} has no device_type", all("dev_type" in spec for spec in specs))
        found.same(f"{alias}: numa_policy", policy, meant.get(alias, {}).get("numa_policy", "legacy"))


def check_plan(folder, region, work):
    site = json.loads((folder / "site.json").read_bytes())
    offered, plan, deployment = offers.offers(region, site), folder / "plan", site["deployment"]
    with check(f"aliases of {folder.name} for nova-api {nova_host.VERSION}") as found:
        nova_host.load(deployments.api_config(plan, deployment, work))
        check_aliases(found, site, offered)
    count = sum(map(len, offered.values()))
    with check(f"devices of {folder.name} for nova-compute {nova_host.VERSION}") as found:
        for host, report in region.items():
            with found.accepted(host):
                nova_host.load(deployments.compute_config(plan, deployment, host, work))
                if offered[host]:
                    found.same(f"{host}: ram_allocation_ratio", nova_host.CONF.ram_allocation_ratio, 1.0)
                    found.same(f"{host}: reserved_host_memory_mb", nova_host.CONF.reserved_host_memory_mb, 512)
                    if any("physical_network" not in entry for entry in offered[host].values()):
                        found.same(f"{host}: report_in_placement", nova_host.CONF.pci.report_in_placement,
                                   site["pci_in_placement"])
                if offers.ready(report) & offers.MODELS.keys():
                    found.same(f"{host}: machine type", libvirt.get_default_machine_type("x86_64"), "q35")
                request.get_alias_from_config()  # nova-compute does so at its start, and ends if they are refused
                check_host(found, host, site, offers.functions(report), offered[host])
        found.true("no device is offered at all", count > 0)
        functions = sum(len(offers.functions(report)) for report in region.values())
        found.note = f"{len(region)} hosts, {functions} functions, {count} offered"


def check_ourselves(region):
    """A PF's address stands for its VFs in Nova, so that one function a spec is worth a check."""
    with check(f"a PF's address stands for its VFs in nova {nova_host.VERSION}") as found:
        gpu = nova_host.Host(offers.functions(region["gpu-1"]))
        nova_host.load([])
        found.sets("matches", gpu.matches(['{"address": "0000:06:00.0"}']), [f"0000:06:00.{n}" for n in (0, 4, 5, 6, 7)])


def check_lost(work, own):
    """Nova cannot go back from report_in_placement: what has such providers and no longer says so ends at its start."""
    with check(f"a host that has lost its last device starts with nova-compute {nova_host.VERSION}") as found:
        host = nova_host.Host(offers.functions(offers.reports(work / "golden/reports")["gpu-1"]))
        nova_host.load(deployments.compute_config(work / "golden/plan", "osism", "gpu-1", own))
        tree = nova_host.tree("gpu-1.region.example", host.tracker())
        found.same("providers with the devices", len(nova_host.providers(tree)), 3)
        nova_host.load(deployments.compute_config(work / "lost/plan", "osism", "gpu-1", own))
        nova_host.update(tree, "gpu-1.region.example", host.tracker())
        found.same("providers without them", len(nova_host.providers(tree)), 1)


def main():
    work = pathlib.Path(sys.argv[1])
    region = offers.reports(work / "reports")
    own = work / f"nova-{nova_host.VERSION}"
    own.mkdir(exist_ok=True)
    check_ourselves(region)
    check_lost(work, own)
    for folder in map(pathlib.Path, sys.argv[2:]):
        check_plan(folder, region, own)


if __name__ == "__main__":
    main()
