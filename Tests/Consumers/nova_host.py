# SPDX-FileCopyrightText: 2026 The hostcap authors
# SPDX-License-Identifier: Apache-2.0
"""A host as the nova-compute of this environment sees it, from its configuration and a report's PCI functions: Nova's
own parsers, device tracker and Placement translator. Only sysfs and the database are ours."""
import importlib.metadata
import json
import logging
import os
import uuid
import warnings
from unittest import mock

warnings.simplefilter("ignore")
logging.disable(logging.CRITICAL)
os.environ["OS_NOVA_DISABLE_EVENTLET_PATCHING"] = "1"  # it would change this process's threads

import nova.conf  # noqa: E402
from nova import config, context, objects  # noqa: E402,F401
from nova.compute import pci_placement_translator, provider_tree  # noqa: E402
from nova.pci import manager, request, whitelist  # noqa: E402

objects.register_all()
CONF = nova.conf.CONF
CONTEXT = context.get_admin_context()
VERSION = importlib.metadata.version("nova")


def load(files):
    """Reads files as a service does at its start, later ones before earlier ones, and Nova's aliases anew."""
    CONF([], project="nova", default_config_files=[str(file) for file in files], default_config_dirs=[])
    request.get_alias_from_config.cache_clear()


class Host:
    def __init__(self, functions):
        self.functions = functions

    def is_physical(self, domain, bus, slot, function):
        found = self.functions.get(f"{domain}:{bus}:{slot}.{function}")
        return found is not None and found["dev_type"] == "type-PF"

    def whitelist(self, specs=None):
        """Nova asks sysfs for one thing: whether an address is a physical function's, and so stands for its VFs too."""
        with mock.patch("nova.pci.utils.is_physical_function", self.is_physical):
            return whitelist.Whitelist(CONF.pci.device_spec if specs is None else specs)

    def matches(self, specs=None):
        """{address: specs that match}, without those that match none."""
        specs, found = self.whitelist(specs).specs, {}
        for address, function in self.functions.items():
            if len(address.split(":")[0]) == 4:  # Nova raises at longer domains, and its tracker skips them
                found[address] = [spec for spec in specs if spec.match(function)]
        return {address: matching for address, matching in found.items() if matching}

    def tracker(self):
        """With all of the host's functions in it."""
        empty = objects.PciDeviceList(objects=[])
        with mock.patch("nova.pci.utils.is_physical_function", self.is_physical), \
                mock.patch.object(objects.PciDeviceList, "get_by_compute_node", return_value=empty):
            node = objects.ComputeNode(id=1, uuid=str(uuid.uuid4()), numa_topology=None)
            tracker = manager.PciDevTracker(CONTEXT, node)
            tracker.update_devices_from_hypervisor_resources(json.dumps(list(self.functions.values())))
        return tracker


def tree(hostname, tracker):
    """The host's providers, and under it those of its PCI devices."""
    providers = provider_tree.ProviderTree()
    providers.new_root(hostname, str(uuid.uuid5(uuid.NAMESPACE_DNS, hostname)))
    providers.update_traits(hostname, ["COMPUTE_NODE", "OWNER_NOVA"])
    update(providers, hostname, tracker)
    return providers


def update(tree, hostname, tracker):
    pci_placement_translator.update_provider_tree_for_pci(tree, hostname, tracker, {}, [])


def providers(tree):
    return [tree.data(uuid) for uuid in tree.get_provider_uuids()]


def new_id():
    return str(uuid.uuid4())


def request_devices(alias, count):
    flavor = objects.Flavor(extra_specs={"pci_passthrough:alias": f"{alias}:{count}"})
    return request.get_pci_requests_from_flavor(flavor).requests
