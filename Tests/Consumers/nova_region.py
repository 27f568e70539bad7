# SPDX-FileCopyrightText: 2026 The hostcap authors
# SPDX-License-Identifier: Apache-2.0
"""nova_region.py FOLDER SITE: what Nova puts into Placement for a planned region, and what its scheduler asks there for
each flavor, as JSON. Made by Nova's own code from the plan's files and the reports: see nova_host.py."""
import json
import pathlib
import sys
import tempfile

import nova_host  # isort: skip  first: it decides how Nova is imported
import check_flavors
import deployments
import offers
import yaml
from nova import objects
from nova.compute import provider_config, resource_tracker
from nova.objects import fields
from nova.pci import request
from nova.scheduler import utils
from nova.virt.libvirt import driver

# What libvirt's driver says of a host of today without our help. Source: OpenStack Nova nova/virt/libvirt/driver.py.
CAPABILITIES = [
    "COMPUTE_SECURITY_STATELESS_FIRMWARE", "COMPUTE_SECURITY_UEFI_SECURE_BOOT", "COMPUTE_ADDRESS_SPACE_PASSTHROUGH",
    "COMPUTE_SOCKET_PCI_NUMA_AFFINITY"]
NOVA_TRAITS = {model: "HW_CPU_X86_" + model.replace("-", "_").upper() for model in fields.MemEncryptionModel.ALL}


def host_providers(folder, site, deployment, host, report, work):
    """The host's providers. Nova's are generous: every host has contexts of every model, as if Nova had taken the
    kernel's word for it. So what keeps a guest off a host that is not ready is the plan alone."""
    plan, hostname = folder / "plan", site["hosts"].get(host, {}).get("hypervisor_hostname", host)
    nova_host.load(deployments.compute_config(plan, deployment, host, work))
    tree = nova_host.tree(hostname, nova_host.Host(offers.functions(report)).tracker())
    conf, facts = nova_host.CONF, {name: fact["value"] for name, fact in report["facts"].items()}
    tree.update_inventory(hostname, {
        "VCPU": {"total": facts["cpu.count"], "allocation_ratio": 4.0},
        "MEMORY_MB": {"total": facts["memory-bytes"] >> 20, "reserved": conf.reserved_host_memory_mb,
                      "allocation_ratio": conf.ram_allocation_ratio or 1.5},
        "DISK_GB": {"total": 1000},
    })
    tree.add_traits(hostname, *CAPABILITIES)
    contexts = {
        model.replace("-", "_"): {"total": 9, "max_unit": 1, "traits": [trait]} for model, trait in NOVA_TRAITS.items()}
    driver.LibvirtDriver._ensure_memory_encryption_providers(None, contexts, tree, hostname)
    tracker = resource_tracker.ResourceTracker.__new__(resource_tracker.ResourceTracker)
    tracker.absent_providers = set()
    configured = provider_config.get_provider_configs(str(deployments.provider_config(plan, deployment, host, work)))
    tracker._merge_provider_configs(configured, tree)
    names = {provider.uuid: provider.name for provider in nova_host.providers(tree)}
    return [
        {"name": p.name, "parent": names.get(p.parent_uuid), "inventory": p.inventory, "traits": sorted(p.traits)}
        for p in nova_host.providers(tree)]


def question(flavor):
    """The query for allocation candidates, as the scheduler asks it for a new server from an image that suits."""
    model = check_flavors.promised(flavor["name"])
    properties = check_flavors.IMAGE | check_flavors.IMAGES.get(model, {})
    image = objects.ImageMeta.from_dict({"id": nova_host.new_id(), "name": "i", "properties": properties})
    nova_flavor = check_flavors.of_nova(flavor)
    spec = objects.RequestSpec.from_components(
        nova_host.CONTEXT, nova_host.new_id(), image, nova_flavor, None, request.get_pci_requests_from_flavor(nova_flavor),
        {}, None, None, project_id="p", user_id="u")
    return utils.resources_from_request_spec(nova_host.CONTEXT, spec, None).to_querystring()


def main():
    folder, site = pathlib.Path(sys.argv[1]), yaml.safe_load(pathlib.Path(sys.argv[2]).read_text())
    with tempfile.TemporaryDirectory() as work:
        work, region, deployment = pathlib.Path(work), offers.reports(folder / "reports"), site["deployment"]
        hosts = {host: host_providers(folder, site, deployment, host, report, work) for host, report in region.items()}
        nova_host.load(deployments.api_config(folder / "plan", deployment, work))
        made = check_flavors.flavors(folder / "plan")
        questions = {flavor["name"]: question(flavor) for flavor in made}
    json.dump({
        "hosts": hosts, "questions": questions, "flavors": {flavor["name"]: flavor for flavor in made},
        "ready": {host: sorted(offers.ready(report)) for host, report in region.items()},
        "offers": {host: {address: entry["alias"] for address, entry in found.items()}
                   for host, found in offers.offers(region, site).items()},
    }, sys.stdout)


if __name__ == "__main__":
    main()
