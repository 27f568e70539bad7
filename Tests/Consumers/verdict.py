# SPDX-FileCopyrightText: 2026 The hostcap authors
# SPDX-License-Identifier: Apache-2.0
"""One line for each check, which run.sh counts: `ok CHECK` or `FAILED CHECK: WHY`."""
import contextlib


class Check:
    """What is wrong with one thing; one cause is shown, and how many more there are."""

    def __init__(self):
        self.causes, self.note = [], ""

    def same(self, what, found, meant):
        if found != meant:
            self.causes.append(f"{what}: {found!r}, and not {meant!r}")

    def sets(self, what, found, meant):
        found, meant = set(found), set(meant)
        if found - meant:
            self.causes.append(f"{what}: too much: {sorted(found - meant)}")
        if meant - found:
            self.causes.append(f"{what}: missing: {sorted(meant - found)}")

    def true(self, what, holds):
        if not holds:
            self.causes.append(what)

    @contextlib.contextmanager
    def accepted(self, what):
        """Whatever the block raises is a refusal."""
        try:
            yield
        except Exception as error:  # the programs have no common class of errors
            reason = " ".join(str(error).split())
            self.causes.append(f"{what}: refused: {type(error).__name__}: {reason[:300]}")


@contextlib.contextmanager
def check(name):
    found = Check()
    with found.accepted("the check"):
        yield found
    name += f" ({found.note})" if found.note else ""
    if found.causes:
        more = f" (and {len(found.causes) - 1} more)" if len(found.causes) > 1 else ""
        print(f"FAILED {name}: {found.causes[0]}{more}", flush=True)
    else:
        print(f"ok {name}", flush=True)
