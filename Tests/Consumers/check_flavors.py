# SPDX-FileCopyrightText: 2026 The hostcap authors
# SPDX-License-Identifier: Apache-2.0
"""check_flavors.py WORK VENVS PLAN...: Nova takes each flavor, and makes exactly what its name says of it; and
openstack-flavor-manager and the OpenStack client create all of them."""
import collections
import json
import os
import pathlib
import subprocess
import sys

import nova_host  # isort: skip  first: it decides how Nova is imported
import deployments
import fake_openstack
import offers
import jsonschema
import yaml
from nova import exception, objects
from nova.api.openstack import api_version_request
from nova.api.openstack.compute.schemas import flavors as schemas
from nova.api.openstack.compute.schemas import flavors_extraspecs
from nova.api.validation.extra_specs import validators
from nova.compute import api
from nova.virt import hardware
from verdict import check

# What a confidential flavor's name promises; the longest that fits is meant.
NAMES = {"cc-sev-es-": "amd-sev-es", "cc-sev-": "amd-sev", "cc-snp-": "amd-sev-snp", "cc-tdx-": "intel-tdx"}
# As PLAN.md wants them.
IMAGE = {"hw_firmware_type": "uefi", "hw_machine_type": "q35"}
STATELESS = {"hw_firmware_stateless": True}
IMAGES = {"amd-sev-snp": STATELESS, "intel-tdx": STATELESS | {"hw_video_model": "none"}}
# Nova's API has no validator for it: refused from 2.86 on, stored and used before.
WITHOUT_VALIDATOR = "hw:maxphysaddr_mode"


# From this microversion on extra specs are validated. Source: OpenStack Nova flavors_extraspecs.py.
VALIDATES = (2, 86)


def create_schema(version):
    """Source: OpenStack Nova nova/api/openstack/compute/flavors.py, FlavorsController.create."""
    if version >= (2, 102) and hasattr(schemas, "create_v2102"):
        return schemas.create_v2102
    return schemas.create_v255 if version >= (2, 55) else schemas.create


class Cloud:
    """Judges by Nova's request schemas and extra-spec validators; keeps what was created and what was refused."""

    services, newest = {}, api_version_request._MAX_API_VERSION

    def __init__(self):
        self.flavors, self.refused, self.versions = {}, [], set()

    def create(self, body, version):
        jsonschema.validate(body, create_schema(version))
        self.versions.add(version)
        flavor = dict(body["flavor"], extra_specs={})
        if any(flavor["name"] == other["name"] for other in self.flavors.values()):
            raise ValueError("there is a flavor of this name")
        flavor["id"] = flavor.get("id") if flavor.get("id") not in (None, "auto") else nova_host.new_id()
        self.flavors[flavor["id"]] = flavor
        return {"flavor": flavor}

    def set_extra_specs(self, id, body, version):
        jsonschema.validate(body, flavors_extraspecs.create)
        self.versions.add(version)
        for key, value in body["extra_specs"].items() if version >= VALIDATES else ():
            validators.validate(key, str(value))
        self.flavors[id]["extra_specs"].update(body["extra_specs"])
        return body

    def refuse(self, body, error):
        message = " ".join(str(error).split())[:300]
        self.refused.append(f"{json.dumps(body)[:200]}: {message}")
        return message


def flavors(plan):
    document = yaml.safe_load((plan / "flavors/flavors.yaml").read_text())
    defaults = {field["field"]: field["default"] for field in document["reference"] if "default" in field}
    return [defaults | flavor for flavor in document["mandatory"]]


def extra_specs(flavor):
    return {key: value for key, value in flavor.items() if ":" in key}


def of_nova(flavor):
    return objects.Flavor(
        name=flavor["name"], flavorid=flavor["name"], vcpus=flavor["cpus"], memory_mb=flavor["ram"], root_gb=flavor["disk"],
        ephemeral_gb=0, swap=0, extra_specs=extra_specs(flavor), is_public=flavor["public"])


def promised(name):
    return next((model for start, model in NAMES.items() if name.startswith(start)), None)


def takes(key, value):
    try:
        validators.validate(key, value)
        return True
    except exception.ValidationError:
        return False


def check_flavor(found, flavor):
    name, specs, model = flavor["name"], extra_specs(flavor), promised(flavor["name"])
    for key, value in specs.items():
        found.true(f"{name}: {key} is no text", isinstance(value, str))
        if key != WITHOUT_VALIDATOR:
            with found.accepted(f"{name}: {key}={value}"):
                validators.validate(key, value)
        elif takes(key, value):
            found.true(f"{name}: Nova has a validator for {key} now", False)
    image = {"id": "i", "name": "i", "properties": IMAGE | IMAGES.get(model, {})}
    with found.accepted(f"{name}: the flavor with its image"):
        constraint = hardware.get_mem_encryption_constraint(of_nova(flavor), objects.ImageMeta.from_dict(image))
        # Before 2025.2 Nova says True, and means plain SEV.
        made = "amd-sev" if constraint is True else getattr(constraint, "model", None)
        found.same(f"{name}: what Nova encrypts with", made, model)
        disk = None if flavor["disk"] else objects.BlockDeviceMapping(destination_type="volume", volume_size=None)
        api.API._validate_flavor_image_nostatus(nova_host.CONTEXT, image, of_nova(flavor), disk, validate_pci=True)
        hardware.get_maxphysaddr_mode(of_nova(flavor), objects.ImageMeta.from_dict(image))
    if model:
        found.true(f"{name}: has devices as well", "pci_passthrough:alias" not in specs)
        capability = next(c for c, (of, _) in offers.MODELS.items() if of == model)
        found.same(f"{name}: its trait", specs.get(f"trait:{offers.READY[capability]}"), "required")


def check_what_is_there(found, made, site, region, offered):
    """Confidential ones where a host is ready and the release can; others where enough devices are offered."""
    models = {promised(flavor["name"]) for flavor in made} - {None}
    ready = set().union(*map(offers.ready, region.values()))
    release = site["release"]["openstack"]
    found.sets("models", models, [m for c, (m, first) in offers.MODELS.items() if c in ready and first <= release])
    asked = {flavor.get("pci_passthrough:alias") for flavor in made} - {None}
    most = {entry["alias"]: 0 for entry in site["devices"]}
    for entries in offered.values():
        for alias, count in collections.Counter(entry["alias"] for entry in entries.values()).items():
            most[alias] = max(most[alias], count)
    counts = [(e["alias"], size.get("count", 1)) for e in site["devices"] for size in e.get("flavors", [])]
    found.sets("devices asked for", asked, [f"{alias}:{count}" for alias, count in counts if count <= most[alias]])
    found.true("a name twice", len({flavor["name"] for flavor in made}) == len(made))


def check_created(found, cloud, made):
    found.same("refused by Nova", cloud.refused, [])
    sizes = {f["name"]: (int(f["vcpus"]), int(f["ram"]), int(f["disk"]), f["os-flavor-access:is_public"], f["extra_specs"])
             for f in cloud.flavors.values()}
    meant = {f["name"]: (f["cpus"], f["ram"], f["disk"], f["public"], extra_specs(f)) for f in made}
    found.sets("flavors", sizes, meant)
    for name in sizes.keys() & meant.keys():
        found.same(name, sizes[name], meant[name])
    found.note = f"{len(made)} flavors, microversions {', '.join('.'.join(map(str, v)) for v in sorted(cloud.versions))}"


def create(found, command, work, path):
    cloud = Cloud()
    with fake_openstack.serve(cloud, work) as environment:
        result = subprocess.run(command, env=environment | {"PATH": path}, capture_output=True, text=True, timeout=300)
    found.same("exit status", result.returncode, 0)
    errors = [line for line in result.stderr.splitlines() if "ERROR" in line]
    found.same("errors", errors, [])  # the manager goes on after one, and ends with 0
    return cloud


def main():
    work, venvs = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
    region = offers.reports(work / "reports")
    own = work / f"nova-{nova_host.VERSION}"
    own.mkdir(exist_ok=True)
    for folder in map(pathlib.Path, sys.argv[3:]):
        site = json.loads((folder / "site.json").read_bytes())
        made = flavors(folder / "plan")
        with check(f"flavors of {folder.name} for nova-api {nova_host.VERSION}") as found:
            nova_host.load(deployments.api_config(folder / "plan", site["deployment"], own))
            check_what_is_there(found, made, site, region, offers.offers(region, site))
            for flavor in made:
                check_flavor(found, flavor)
            found.note = f"{len(made)} flavors, {sum(promised(f['name']) is not None for f in made)} confidential"
    plan = pathlib.Path(sys.argv[3]) / "plan"
    made = flavors(plan)
    with check(f"openstack-flavor-manager creates those of {plan.parent.name} at nova {nova_host.VERSION}") as found:
        manager = venvs / "nova34/bin/openstack-flavor-manager"
        url = (plan / "flavors/flavors.yaml").resolve().as_uri()
        command = [manager, "--name", "local", "--url", url, "--cloud", "fake"]
        check_created(found, create(found, command, own, os.environ["PATH"]), made)
    golden = work / "golden/plan"
    if nova_host.VERSION.startswith("34."):  # that region's release
        with check(f"create.sh creates those of the golden region at nova {nova_host.VERSION}") as found:
            path = f"{(venvs / 'client/bin').resolve()}:{os.environ['PATH']}"
            check_created(found, create(found, ["sh", golden / "flavors/create.sh"], own, path), flavors(golden))


if __name__ == "__main__":
    main()
