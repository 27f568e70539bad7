#!/bin/sh
# SPDX-FileCopyrightText: 2026 The hostcap authors
# SPDX-License-Identifier: Apache-2.0

# run.sh: the real Nova, Placement, openstack-flavor-manager and OpenStack client judge what `hostcap plan` writes, and
# other people's readers what hostcap gives to the interop suite: python-subunit, stestr, junitxml, securesystemslib, in-toto,
# reno, whitebox-tempest-plugin, cyclonedx-python-lib. Three minutes on two cores; the first run installs the programs of programs.tsv from PyPI,
# some minutes more.
#   HOSTCAP_CONSUMERS_SHORT=1    four of the 24 plans: a minute
#   HOSTCAP_CONSUMERS=DIR        where the programs are kept (default: .build/consumers)
#   HOSTCAP_SHARED=DIR           the folder that holds corpus/ (default: ../shared)
#   HOSTCAP=FILE                 the program to test (default: .build/debug/hostcap)
#   HOSTCAP_CONSUMERS_WORK=DIR   keep reports, plans and logs there; it has to be empty
set -u
cd "$(dirname "$0")/../.." || exit 1
here=Tests/Consumers
programs=${HOSTCAP_CONSUMERS:-.build/consumers}
work=${HOSTCAP_CONSUMERS_WORK:-$(mktemp -d)}
jobs=
export PYTHONDONTWRITEBYTECODE=1 PYTHONWARNINGS=ignore

# Servers are threads of the checks, and end with them.
finish() {
  for job in $jobs; do kill "$job" 2>/dev/null; done
  [ -n "${HOSTCAP_CONSUMERS_WORK:-}" ] || rm -rf "$work"
}
trap finish EXIT
trap 'exit 1' INT TERM HUP

die() {
  echo "FAILED $1"
  exit 1
}

install() {
  [ -x "$programs/$name/bin/python" ] || python3 -m venv "$programs/$name" || return
  "$programs/$name/bin/pip" install -q --disable-pip-version-check "$@"
}

# environment NAME PACKAGE==VERSION...: makes it, or does nothing if it is there with these versions.
environment() {
  name=$1
  shift
  [ "$(cat "$programs/$name.stamp" 2>/dev/null)" = "$*" ] && return
  echo "installing $*"
  mkdir -p "$programs"
  rm -f "$programs/$name.stamp"
  if ! install "$@" >"$programs/$name.log" 2>&1; then
    die "programs: $* cannot be installed: $(tail -n 1 "$programs/$name.log")"
  fi
  echo "$*" >"$programs/$name.stamp"
}

# check NAME COMMAND...: in the background; its lines go to NAME.out.
check() {
  name=$1
  shift
  {
    "$@" >"$work/$name.out" 2>"$work/$name.err" ||
      echo "FAILED $name ended with status $?: $(tail -n 1 "$work/$name.err")" >>"$work/$name.out"
  } &
  jobs="$jobs $!"
}

# nova VERSION RELEASE: what the Nova of a release makes of that release's plans.
nova() {
  python=$programs/nova$1/bin/python
  set -- "$work/plans/$2"-*/
  "$python" "$here/check_pci.py" "$work" "$@" && "$python" "$here/check_provider.py" "$work" "$@" &&
    "$python" "$here/check_flavors.py" "$work" "$programs" "$@"
}

scripts() {
  for plan in "$work"/*/plan "$work"/plans/*/plan; do
    for script in aggregates.sh placement-cleanup.sh flavors/create.sh; do
      sh -n "$plan/$script" && "$programs/client/bin/shellcheck" "$plan/$script" && echo "${plan#"$work"/}" >>"$work/sound"
    done >"$work/shellcheck" 2>&1 || echo "FAILED shellcheck: $(head -n 20 "$work/shellcheck" | tr '\n' ' ')"
  done
  echo "ok sh and shellcheck take the scripts ($(grep -c . "$work/sound"))"
}

hostcap=${HOSTCAP:-.build/debug/hostcap}
[ -x "$hostcap" ] || die "programs: no $hostcap: swift build"
cp "$hostcap" "$work/hostcap" # a build beside this one must not change it under way
names=$(sed '/^#/d; /^$/d' "$here/programs.tsv" | cut -f 1 | sort -u)
for name in $names; do
  # shellcheck disable=SC2046 # a word for each package
  environment "$name" $(awk -F '\t' -v name="$name" '$1 == name { print $2 "==" $3 }' "$here/programs.tsv")
done

python3 "$here/plans.py" "$work/hostcap" "$work" ${HOSTCAP_CONSUMERS_SHORT:+short} >"$work/plans.out" 2>"$work/plans.err" ||
  die "plans: $(tail -n 1 "$work/plans.err")"
cat "$work/plans.out"
if ! grep -q '^FAILED' "$work/plans.out"; then
  check placement "$programs/placement/bin/python" "$here/check_placement.py" "$work" "$programs"
  check nova34 nova 34 2026.2
  check nova33 nova 33 2026.1
  check nova31 nova 31 2025.1
  check scripts scripts
  check results "$programs/results/bin/python" "$here/check_results.py" "$work/hostcap" "$work" "$programs/results"
  check signing "$programs/signing/bin/python" "$here/check_signing.py" "$work/hostcap" "$work/signing"
  check compliance "$programs/client/bin/python" "$here/check_compliance.py" "$work/hostcap" "$work"
  check bom "$programs/bom/bin/python" "$here/check_bom.py" "$work/hostcap" "$work" ${HOSTCAP_CONSUMERS_SHORT:+short}
  check interop "$programs/interop/bin/python" "$here/check_interop.py" "$work/hostcap" "$work" "$programs/interop"
  # shellcheck disable=SC2086 # a word for each job
  wait $jobs
  jobs=
  for name in nova31 nova33 nova34 placement scripts results signing compliance interop bom; do cat "$work/$name.out"; done
fi

passed=$(cat "$work"/*.out | grep -c '^ok ')
failed=$(cat "$work"/*.out | grep -c '^FAILED ')
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
