# SPDX-FileCopyrightText: 2026 The hostcap authors
# SPDX-License-Identifier: Apache-2.0

"""zuul_schema.py FILE...: every object in Zuul's configuration passes Zuul's own schema, and the files of a job are there."""

import os
import sys
from unittest.mock import MagicMock

import voluptuous
import yaml
from zuul import configloader

PARSERS = {"job": configloader.JobParser, "project": configloader.ProjectParser}
wrong = []

for path in sys.argv[1:]:
    with open(path, encoding="utf-8") as file:
        objects = yaml.safe_load(file)
    for each in objects:
        (kind, body), = each.items()
        parser = PARSERS[kind](MagicMock())
        try:
            (getattr(parser, "schema", None) or parser.getSchema())(body)
        except voluptuous.Invalid as error:
            wrong.append(f"{kind} {body.get('name', '')}: {error}")
        for phase in ("pre-run", "run", "post-run"):
            if phase in body and not os.path.exists(body[phase]):
                wrong.append(f"{kind} {body['name']}: {phase}: no file {body[phase]}")

print("\n".join(wrong) or "nothing wrong")
sys.exit(bool(wrong))
