# SPDX-FileCopyrightText: 2026 The hostcap authors
# SPDX-License-Identifier: Apache-2.0
"""The `openstack` command, as far as placement-cleanup.sh uses it: it takes a tenth of a second where the real one, with
which check_placement.py runs one host, takes three. PLACEMENT is the service's address; calls go to PLACEMENT_CALLS."""
import argparse
import json
import os
import sys
import urllib.parse
import urllib.request


def call(method, path, version, body=None):
    request = urllib.request.Request(
        os.environ["PLACEMENT"] + path, method=method, data=None if body is None else json.dumps(body).encode(),
        headers={"X-Auth-Token": "admin", "OpenStack-API-Version": f"placement {version}", "Content-Type": "application/json"})
    with urllib.request.urlopen(request) as reply:
        return json.loads(reply.read() or b"null")


def main():
    parser = argparse.ArgumentParser(allow_abbrev=False)
    parser.add_argument("--os-placement-api-version", default="1.0")
    parser.add_argument("words", nargs=3, metavar="resource provider")
    parser.add_argument("rest", nargs=argparse.REMAINDER)
    options = parser.parse_args()
    with open(os.environ["PLACEMENT_CALLS"], "a") as log:
        print(" ".join(sys.argv[1:]), file=log)
    rest = argparse.ArgumentParser(allow_abbrev=False)
    version = options.os_placement_api_version
    if options.words == ["resource", "provider", "list"]:
        for option in ("--name", "-f", "-c"):
            rest.add_argument(option, required=True)
        given = rest.parse_args(options.rest)
        assert (given.f, given.c) == ("value", "uuid")
        query = urllib.parse.urlencode({"name": given.name})
        for provider in call("GET", f"/resource_providers?{query}", version)["resource_providers"]:
            print(provider["uuid"])
    elif options.words == ["resource", "provider", "trait"] and options.rest[0] == "list":
        rest.add_argument("-f", required=True)
        rest.add_argument("uuid")
        given = rest.parse_args(options.rest[1:])
        assert given.f == "value"
        print("\n".join(call("GET", f"/resource_providers/{given.uuid}/traits", version)["traits"]))
    elif options.words == ["resource", "provider", "trait"] and options.rest[0] == "set":
        rest.add_argument("--trait", action="append", default=[])
        rest.add_argument("uuid")
        given = rest.parse_args(options.rest[1:])
        generation = call("GET", f"/resource_providers/{given.uuid}", version)["generation"]
        call("PUT", f"/resource_providers/{given.uuid}/traits", version,
             {"resource_provider_generation": generation, "traits": given.trait})
    else:
        sys.exit(f"no such command here: {sys.argv[1:]}")


if __name__ == "__main__":
    main()
