# SPDX-FileCopyrightText: 2026 The hostcap authors
# SPDX-License-Identifier: Apache-2.0

"""Moments and filters that a fleet is asked about."""

from calendar import timegm
from collections import namedtuple
from time import strptime

from .host import PROVIDERS, REGIONS
from .life import BASE, DAY, stamp

# Like the view `scope`, in the order of its columns. The empty text lets everything through.
Scope = namedtuple("Scope", "at_time since_time stale_time expired_time expired_before proof_time release_id one_provider "
                   "one_region one_host one_capability one_state one_layer")
FILTERS = ["provider", "region", "host", "capability", "state", "layer"]


def scope(at, since=None, release="2026.2", **filters):
    """A report is stale after two days and expired after seven, a proof holds ninety days; since: seven days before."""
    since = at - 7 * DAY if since is None else since
    return Scope(stamp(at), stamp(since), stamp(at - 2 * DAY), stamp(at - 7 * DAY), stamp(since - 7 * DAY),
                 stamp(at - 90 * DAY), release, *(filters.get(name, "") for name in FILTERS))


def end(options):
    return BASE + options.runs * DAY


def scopes(options):
    """Each with a name; the first is the plain one."""
    at = end(options)
    earlier = at - DAY * max(1, options.runs // 2)
    first, second = PROVIDERS[0], PROVIDERS[1]
    out = {"plain": scope(at), "since yesterday": scope(at, since=at - DAY)}
    if options.hosts > 20000:
        return out | {"provider": scope(at, at - DAY, provider=first)}
    return out | {
        "provider": scope(at, at - DAY, provider=first),
        "region": scope(at, at - DAY, region=REGIONS[0]),
        "provider and region": scope(at, at - DAY, provider=second, region=REGIONS[1]),
        "capability": scope(at, at - DAY, capability="amd.sev-snp"),
        "state": scope(at, at - DAY, state="blocked"),
        "layer": scope(at, at - DAY, layer="kernel"),
        "state and layer": scope(at, at - DAY, state="unknown", layer="environment"),
        "release 2025.1": scope(at, release="2025.1"),
        "release 2025.2": scope(at, release="2025.2"),
        "earlier": scope(earlier),
        "earlier, since its yesterday": scope(earlier, since=earlier - DAY),
        "within the last run": scope(at - DAY + 6 * 3600, since=at - 2 * DAY + 6 * 3600),
        "some stale": scope(at + DAY + 6 * 3600, since=at - DAY),
        "some expired": scope(at + 6 * DAY + 6 * 3600, since=at + DAY),
        "all expired, as before": scope(at + 30 * DAY, since=at + 20 * DAY),
        "before everything": scope(BASE - 40 * DAY),
    }


def edges(lives):
    """The seconds at which a report comes, becomes stale and expires, before and after, and those at which rows change."""
    seen = [life.seen for life in lives if life.seen]
    if not seen:
        return {}
    last = seconds_of(seen[0][-1].observed_at)
    out = {f"edge {number}": scope(last + seconds, since=min(last, last + seconds)) for number, seconds in
           enumerate([0, -1, 2 * DAY, 2 * DAY + 1, 7 * DAY, 7 * DAY + 1])}
    for name in seen[0][0].rows._fields:
        changed = [now for each in seen for before, now in zip(each, each[1:])
                   if getattr(before.rows, name) != getattr(now.rows, name)]
        if changed:
            at = seconds_of(changed[0].observed_at)
            out[f"change of {name}"] = scope(at, since=at - DAY)
            out[f"since a change of {name}"] = scope(at + DAY, since=at)
    return out


def seconds_of(text):
    return timegm(strptime(text, "%Y-%m-%dT%H:%M:%SZ"))


def options_of(wanted):
    """The scope as options of the program."""
    out = ["--at", wanted.at_time, "--since", wanted.since_time, "--release", wanted.release_id]
    for name in FILTERS:
        value = getattr(wanted, "one_" + name)
        out += ["--" + name, value] if value else []
    return out
