# SPDX-FileCopyrightText: 2026 The hostcap authors
# SPDX-License-Identifier: Apache-2.0

"""Columns of every answer, in order."""

FATES = "hosts proven usable ready blocked absent unknown"

COLUMNS = {name: text.split() for name, text in {
    "changes": "provider region host capability was now change layer reason fix",
    "class_capabilities": "class capability " + FATES,
    "classes": "class providers hosts fresh",
    "devices": "kind id model type memory_gib hosts total ready blocked absent unknown not_applicable",
    "drift": "capability was now change hosts",
    "fleet": "providers regions hosts classes fresh stale expired oldest newest",
    "funnel": "provider capability hosts silicon firmware kernel hypervisor platform proven unknown",
    "gate": "capability hosts ready usable waiting never usable_from",
    "history": "provider region host capability from_time to_time state layer reason because",
    "hosts": "provider region host class kernel observed_at freshness usable ready blocked absent unknown",
    "interop": "provider region capability stage hosts proven_at newest",
    "matrix": f"provider capability {FATES} farthest proven_at newest",
    "problems": "subject state layer reason fix_kind fix hosts units",
    "provider_changes": "provider capability was now change hosts since",
    "provider_classes": "provider class hosts",
    "provider_devices": "provider kind id model memory_gib hosts total ready blocked unknown",
    "provider_virtual_functions": "provider id hosts physical total active assigned free",
    "providers": "provider regions hosts classes fresh stale expired signed newest oldest",
    "rejections": "reason inputs",
    "remarks": "kind reason text hosts times",
    "stops": "provider capability state stage layer reason fix_kind fix hosts",
    "summary": f"capability {FATES} not_applicable",
    "virtual_functions": "id hosts physical total active assigned free",
}.items()}
