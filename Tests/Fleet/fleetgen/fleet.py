# SPDX-FileCopyrightText: 2026 The hostcap authors
# SPDX-License-Identifier: Apache-2.0

"""Makes a fleet with many processes: its files, and the answers to every question about it."""

from multiprocessing import Pool

from . import output
from .answers import Answers, finished
from .columns import COLUMNS
from .life import Life, stamp
from .scopes import edges, end, options_of, scopes

# Hosts of one piece of work. The bytes of an archive depend on it, so it never changes.
CHUNK = 256
# Beyond so many hosts the answers with a row for each host are left out, and of the filtered ones most.
MANY = 20000
SOME = 400


def wanted_scopes(options):
    return scopes(options) | (edges([Life(index, options) for index in range(min(40, options.hosts))])
                              if options.hosts <= MANY else {})


def end_of(options):
    """The moment after the last run: now, for who takes the reports in."""
    return stamp(end(options))


def by_host(options, name):
    return options.hosts <= SOME or options.hosts <= MANY and name == "plain"


def chunk(work):
    """Files' pieces of some hosts, and their part of the answers."""
    start, options, wanted = work
    lives = [Life(index, options) for index in range(start, min(start + CHUNK, options.hosts))]
    pieces = output.FORMS[options.form](lives, options) if options.out else {}
    parts = {}
    if options.expect or not options.out:
        for name, scope in wanted.items():
            parts[name] = Answers(scope, by_host(options, name))
            for life in lives:
                parts[name].add(life)
    return pieces, parts, sum(len(life.deliveries) for life in lives)


def make(options):
    """Writes the fleet and returns its answers, and how many inputs there are."""
    wanted = wanted_scopes(options)
    answers = {name: Answers(scope, by_host(options, name)) for name, scope in wanted.items()}
    writer = output.Writer(options) if options.out else None
    work = [(start, options, wanted) for start in range(0, options.hosts, CHUNK)]
    inputs = 0

    def take(results):
        nonlocal inputs
        for pieces, parts, count in results:
            inputs += count
            if writer:
                writer.add(pieces)
            for name, part in parts.items():
                answers[name].join(part)

    if options.jobs > 1 and len(work) > 1:
        with Pool(options.jobs) as pool:
            take(pool.imap(chunk, work, chunksize=1))
    else:
        take(map(chunk, work))
    if writer:
        writer.close()
    return answers, inputs


def expected(answers):
    """What the program must say: the plain answers first, and variants by name."""
    def told(each):
        queries = {name: {"columns": COLUMNS[name], "rows": rows} for name, rows in finished(each).items()}
        return {"scope": each.scope._asdict(), "options": options_of(each.scope), "queries": queries}
    plain = told(answers["plain"])
    plain["variants"] = {name: told(each) for name, each in answers.items() if name != "plain"}
    return plain
