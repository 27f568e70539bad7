# SPDX-FileCopyrightText: 2026 The hostcap authors
# SPDX-License-Identifier: Apache-2.0
"""What the deployments make of a plan's files before Nova reads them."""
import pathlib

import jinja2
import yaml
from oslo_config import iniparser

# Where a plan has its overlays for kolla-ansible, and its host variables.
KOLLA = {
    "osism": ("environments/kolla/files/overlays", "inventory/host_vars"),
    "kolla": ("config", "inventory/host_vars"),
    "kayobe": ("kolla/config", "kolla/inventory/host_vars"),
}
# What stands in nova.conf without a plan.
BASE = """[DEFAULT]
ram_allocation_ratio = 1.5
reserved_host_memory_mb = 256

[libvirt]
virt_type = kvm

[pci]
alias = { "name": "of-old", "vendor_id": "8086", "product_id": "0443", "device_type": "type-PCI" }
"""


class Overlays(iniparser.BaseParser):
    """kolla-ansible's merge_configs: a key takes the place of all lines that it had in the files before."""

    def __init__(self):
        self.sections, self.of_file, self.section = {}, {}, None

    def add(self, text):
        # Overlays are templates there: a pair of braces in a row would be taken for one.
        rendered = jinja2.Environment(undefined=jinja2.StrictUndefined, keep_trailing_newline=True).from_string(text).render()
        if rendered != text:
            raise ValueError("Jinja makes another text of it")
        self.of_file = {}
        self.parse(text.splitlines())
        for section, keys in self.of_file.items():
            self.sections.setdefault(section, {}).update(keys)

    def new_section(self, section):
        self.section = self.of_file.setdefault(section, {})

    def assignment(self, key, value):
        self.section.setdefault(key, []).append("\n  ".join(value))

    def text(self):
        return "".join(
            f"[{section}]\n" + "".join(f"{key} = {value}\n" for key, values in keys.items() for value in values)
            for section, keys in self.sections.items())


def compute_config(plan, deployment, host, work):
    """nova-compute's configuration on a host: files, later ones before earlier ones."""
    base = work / "nova.conf"
    if deployment == "nova":
        base.write_text(BASE.split("[pci]")[0])
        return [base, *sorted((plan / host / "nova.conf.d").glob("*.conf"))]
    overlays, _ = KOLLA[deployment]
    merged = Overlays()
    merged.add(BASE)
    for file in (plan / overlays / "nova.conf", plan / overlays / "nova" / host / "nova.conf"):
        if file.exists():
            merged.add(file.read_text())
    base.write_text(merged.text())
    return [base]


def api_config(plan, deployment, work):
    """That of nova-api and the scheduler."""
    if deployment == "nova":
        return sorted((plan / "controllers/nova.conf.d").glob("*.conf"))
    return compute_config(plan, deployment, "no-such-host", work)


def provider_config(plan, deployment, host, work):
    """The folder that nova-compute reads, made from the host's variables as kolla-ansible makes it."""
    if deployment == "nova":
        return plan / host / "provider_config"
    folder = pathlib.Path(work) / "provider_config" / host
    folder.mkdir(parents=True, exist_ok=True)
    variables = yaml.safe_load((plan / KOLLA[deployment][1] / f"{host}.yml").read_text())
    if set(variables) != {"nova_cell_compute_provider_config"}:
        raise ValueError(f"variables {sorted(variables)}")
    text = yaml.safe_dump(variables["nova_cell_compute_provider_config"], indent=4, default_flow_style=False)
    (folder / "provider_config.yaml").write_text(text)
    return folder
