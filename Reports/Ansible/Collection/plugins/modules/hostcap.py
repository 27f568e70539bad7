#!/usr/bin/python
# -*- coding: utf-8 -*-

# SPDX-FileCopyrightText: 2026 The hostcap authors
# SPDX-License-Identifier: Apache-2.0

from __future__ import annotations

DOCUMENTATION = r"""
---
module: hostcap
short_description: Look at a host with hostcap-agent
version_added: 0.1.0
description:
  - Runs C(hostcap-agent), which says what the host can do for confidential guests and PCI passthrough, and publishes its
    report in one or several forms.
  - The module reports a change only if a state, a reason, a fact or a device has changed, or a file was missing. When the
    host was looked at, and words such as how much memory is free, do not count.
  - In check mode the host is looked at, and nothing is written.
options:
  program:
    description: The agent.
    type: path
    default: /usr/bin/hostcap-agent
  options:
    description: Options for it, such as C(--skip libvirt).
    type: list
    elements: str
    default: []
  publish:
    description:
      - Forms of the report and the files that get them, each written whole or not at all with mode C(0644).
      - Their folders have to be there.
    type: dict
    default: {}
  foreign_folders:
    description: Folders of other programs. Where one is not there, nothing is published to it.
    type: list
    elements: str
    default: []
author:
  - The hostcap authors (@hostcap)
attributes:
  check_mode:
    description: Nothing is written.
    support: full
  diff_mode:
    description: Shows the state of every capability before and after.
    support: full
  facts:
    description: The summary becomes the fact C(hostcap).
    support: full
  platform:
    description: The agent reads Linux.
    support: full
    platforms: linux
extends_documentation_fragment: []
"""

EXAMPLES = r"""
- name: Look at the host
  hostcap.hostcap.hostcap:
    publish:
      json: /var/lib/hostcap/report.json
      ansible: /etc/ansible/facts.d/hostcap.fact
  register: hostcap_run

- name: Stop where SEV-SNP guests cannot start
  ansible.builtin.assert:
    that: ansible_facts.hostcap.capabilities.amd_sev_snp.state == 'ready'
    fail_msg: "{{ ansible_facts.hostcap.capabilities.amd_sev_snp.fix }}"
"""

RETURN = r"""
changes:
  description: What has changed, one line each; empty where there was no report before.
  returned: success
  type: list
  elements: str
  sample: ["amd.sev-snp: blocked (kernel.iommu_passthrough) -> ready"]
ansible_facts:
  description: The summary, as the form C(ansible) has it.
  returned: success
  type: dict
  contains:
    hostcap:
      description: States of capabilities with reason and fix, counts of devices, models of accelerators.
      type: dict
      returned: success
"""

import json
import os

from ansible.module_utils.basic import AnsibleModule


def load(path):
    """A document, or nothing where there is none that can be read."""
    try:
        with open(path, encoding="utf-8") as file:
            return json.load(file)
    except (OSError, ValueError):
        return None


def substance(value):
    """A report without what differs between two looks at the same host: the time, and words such as free memory."""
    if isinstance(value, dict):
        passing = ("because", "evidence", "observedAt")
        return {key: substance(each) for key, each in value.items() if key not in passing}
    if isinstance(value, list):
        return [substance(each) for each in value]
    return value


def is_report(value):
    """Whether it has what is read of it here; an old file may hold anything."""
    try:
        states(value)
        return isinstance(value, dict) and isinstance(value["capabilities"], list)
    except (KeyError, TypeError, AttributeError, IndexError):
        return False


def states(report):
    """A line for each capability and each device that is not ready."""
    lines = {}
    if not isinstance(report, dict):
        return lines
    for capability in report.get("capabilities", []):
        stop = capability.get("stopsAt") or capability.get("firstUnknown")
        reason = stop.get("reason") if stop and capability["state"] != "ready" else None
        lines[capability["id"]] = capability["state"] + (f" ({reason})" if reason else "")
    for unit in report.get("pci", {}).get("units", []):
        headline = unit.get("headline")
        reason = headline.get("reason") if headline else None
        lines[unit["members"][0]] = unit["state"] + (f" ({reason})" if reason else "")
    return lines


def page(lines):
    return "".join(f"{name}: {state}\n" for name, state in sorted(lines.items()))


def main():
    module = AnsibleModule(
        argument_spec={
            "program": {"type": "path", "default": "/usr/bin/hostcap-agent"},
            "options": {"type": "list", "elements": "str", "default": []},
            "publish": {"type": "dict", "default": {}},
            "foreign_folders": {"type": "list", "elements": "str", "default": []},
        },
        supports_check_mode=True,
    )
    absent = [folder for folder in module.params["foreign_folders"] if not os.path.isdir(folder)]
    wanted = {
        form: path
        for form, path in module.params["publish"].items()
        if os.path.dirname(path) not in [folder.rstrip("/") for folder in absent]
    }
    program = module.params["program"]
    if not os.access(program, os.X_OK):
        # In check mode it may be about to be installed.
        if module.check_mode:
            module.exit_json(changed=True, changes=[], msg=f"{program} is not there yet")
        module.fail_json(msg=f"{program} is not there, or cannot be run")

    # What is asked of the agent besides: its whole report and the summary, for ourselves.
    ours = {form: os.path.join(module.tmpdir, form) for form in ("json", "ansible")}
    missing = [form for form, path in wanted.items() if not os.path.exists(path)]
    before = load(wanted["json"]) if "json" in wanted else None

    command = [program] + module.params["options"]
    # What lies there from last time must not be taken for this run's: ours is read.
    for form, path in list(ours.items()) + ([] if module.check_mode else list(wanted.items())):
        command += ["--publish", f"{form}={path}"]
    status, dummy, complaint = module.run_command(command)
    if status != 0:
        module.fail_json(msg=complaint.strip() or f"{program} ended with status {status}", rc=status)

    after = load(ours["json"])
    summary = load(ours["ansible"])
    if not is_report(after) or not isinstance(summary, dict) or "capabilities" not in summary:
        module.fail_json(msg=f"{program} has written no report")
    if not is_report(before):
        before = None

    old, new = states(before), states(after)
    changes = []
    if before is not None:
        for name in sorted(set(old) | set(new)):
            if old.get(name) != new.get(name):
                changes.append(f"{name}: {old.get(name, 'not there')} -> {new.get(name, 'not there')}")
    result = {
        "changed": bool(missing) or ("json" in wanted and substance(before) != substance(after)),
        "changes": changes,
        "ansible_facts": {"hostcap": summary},
    }
    if module._diff:
        result["diff"] = {
            "before_header": "hostcap",
            "after_header": "hostcap",
            "before": page(old),
            "after": page(new),
        }
    module.exit_json(**result)


if __name__ == "__main__":
    main()
