# SPDX-FileCopyrightText: 2026 The hostcap authors
# SPDX-License-Identifier: Apache-2.0
"""check_provider.py WORK PLAN...: Nova's loader takes each host's provider configuration, and finds the traits meant."""
import json
import pathlib
import sys

import deployments
import nova_host
import offers
from nova.compute import provider_config
from verdict import check


def traits(entry):
    return entry.get("traits", {}).get("additional", [])


def device_traits(report, site, hostname, offered):
    """{provider: traits}: those that are true of each function behind it."""
    if not site["pci_in_placement"]:
        return {}
    listed = offers.functions(report)
    capable = {a["address"] for a in report["pci"]["accelerators"] if a["confidential"]["ccCapable"] == "yes"}
    found = {}
    for address, entry in offered.items():
        if "physical_network" not in entry:
            true = {"CUSTOM_HOSTCAP_PT_READY"}
            true |= {"CUSTOM_HOSTCAP_NUMA_KNOWN"} if listed[address]["numa_node"] is not None else set()
            true |= {"CUSTOM_HOSTCAP_CC_CAPABLE"} if address in capable else set()
            name = f"{hostname}_{listed[address].get('parent_addr', address).upper()}"
            found[name] = found.get(name, true) & true
    return found


def check_host(found, host, loaded, report, site, offered):
    ready = {offers.READY[capability] for capability in offers.ready(report)}
    entries = dict(loaded)
    own = entries.pop("$COMPUTE_NODE", None)
    found.sets(f"{host}: the host's traits", traits(own or {}), ready)
    hostname = site["hosts"].get(host, {}).get("hypervisor_hostname", host)
    meant = device_traits(report, site, hostname, offered)
    found.sets(f"{host}: providers", entries, meant)
    for name, entry in entries.items():
        found.sets(f"{host}: traits of {name}", traits(entry), meant.get(name, ()))
    for entry in loaded.values():
        found.sets(f"{host}: keys", entry, ["identification", "traits", "__source_file"])
        found.true(f"{host}: a trait twice", len(traits(entry)) == len(set(traits(entry))))
        found.true(f"{host}: not only traits of its own", all(t.startswith("CUSTOM_HOSTCAP_") for t in traits(entry)))


def main():
    work = pathlib.Path(sys.argv[1])
    region = offers.reports(work / "reports")
    own = work / f"nova-{nova_host.VERSION}"
    own.mkdir(exist_ok=True)
    for folder in map(pathlib.Path, sys.argv[2:]):
        site = json.loads((folder / "site.json").read_bytes())
        offered = offers.offers(region, site)
        with check(f"provider configurations of {folder.name} for nova-compute {nova_host.VERSION}") as found:
            count = 0
            for host, report in region.items():
                with found.accepted(host):
                    where = deployments.provider_config(folder / "plan", site["deployment"], host, own)
                    loaded = provider_config.get_provider_configs(str(where))
                    found.same(f"{host}: files", len(list(where.glob("*.yaml"))), 1)
                    check_host(found, host, loaded, report, site, offered[host])
                    count += len(loaded)
            found.note = f"{len(region)} hosts, {count} providers"


if __name__ == "__main__":
    main()
