#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 The hostcap authors
# SPDX-License-Identifier: Apache-2.0

# check.sh [FOLDER]: what make deb made (default: .build/packages) is in order: lintian, the age of glibc, the unit's
# exposure and system calls, and a clean Debian on which the packages are installed, run and purged. Needs root.
set -uo pipefail
cd "$(dirname "$0")/../.." || exit 1
packages=$(realpath "${1:-.build/packages}")
unit=Sources/hostcap-agent/Packaging/hostcap-agent.service
# A Debian without anything: made once, copied for each run.
base=${HOSTCAP_DEBIAN_ROOT:-$PWD/.build/debian-root}
work=$(mktemp -d)
trap 'umount -l "$work/root/proc" "$work/root/sys" "$work/root/dev" 2>/dev/null; rm -rf --one-file-system "$work"' EXIT
passed=0 failed=0

ok() { passed=$((passed + 1)) && echo "ok      $1"; }
fail() {
  failed=$((failed + 1))
  echo "FAILED  $1"
  [ $# -lt 2 ] || sed 's/^/        /' "$2" | head -20
}
# expect WHAT COMMAND...: it succeeds.
expect() {
  local what=$1
  shift
  if "$@" >"$work/log" 2>&1; then ok "$what"; else fail "$what" "$work/log"; fi
}

missing=()
for need in apparmor_parser:apparmor promtool:prometheus prometheus-node-exporter:prometheus-node-exporter curl:curl lintian:lintian systemd-analyze:systemd debootstrap:debootstrap strace:strace; do
  command -v "${need%%:*}" >/dev/null || missing+=("${need##*:}")
done
if [ ${#missing[@]} -gt 0 ]; then
  export DEBIAN_FRONTEND=noninteractive
  apt-get update -qq && apt-get install -qq -y --no-install-recommends "${missing[@]}" >/dev/null || exit 1
fi

shopt -s nullglob
debs=("$packages"/*.deb)
[ ${#debs[@]} -eq 2 ] || { fail "two packages in $packages" /dev/null; exit 1; }

for deb in "${debs[@]}"; do
  lintian "$deb" >"$work/lintian" 2>&1
  if grep -q '^[EW]:' "$work/lintian"; then
    fail "lintian $(basename "$deb")" "$work/lintian"
  else
    ok "lintian $(basename "$deb")"
  fi
  dpkg-deb -x "$deb" "$work/unpacked"
done
for program in "$work"/unpacked/usr/bin/*; do
  youngest=$(objdump -T "$program" | grep -o 'GLIBC_[0-9.]*' | sed 's/GLIBC_//' | sort -Vu | tail -1)
  if [ "$(printf '%s\n2.34\n' "$youngest" | sort -V | tail -1)" = 2.34 ]; then
    ok "$(basename "$program") runs from glibc $youngest on"
  else
    fail "$(basename "$program") wants glibc $youngest"
  fi
done

# A release made of these packages: what it says of itself is read by those whom it is written for.
python=${HOSTCAP_CONSUMERS:-.build/consumers}/bom/bin/python
if ! "$python" -c 'import spdx_tools, in_toto_attestation' 2>/dev/null; then
  python3 -m venv "$work/venv" && "$work/venv/bin/pip" install -q --disable-pip-version-check \
    $(awk -F '\t' '$1 == "bom" { print $2 "==" $3 }' Tests/Consumers/programs.tsv) >"$work/log" 2>&1
  python=$work/venv/bin/python
fi
expect "a release is made of the packages" Sources/hostcap-agent/Packaging/dist.sh "$packages" "$work/dist"
expect "its digests, SBOMs and statement hold" "$python" Tests/Packages/check_dist.py "$work/dist"

# Exposure: 0.0 is a service that can do nothing.
exposure=$(systemd-analyze security --offline=true "$unit" 2>/dev/null | sed -nE 's/.*exposure level.*: ([0-9.]+).*/\1/p')
if awk -v e="$exposure" 'BEGIN { exit !(e != "" && e <= 2.0) }'; then
  ok "the unit's exposure is $exposure"
else
  fail "the unit's exposure is ${exposure:-not known}, more than 2.0"
fi

expect "the AppArmor profile can be read" apparmor_parser -Q -K -T "$work/unpacked/etc/apparmor.d/usr.bin.hostcap-agent"

# Every call that a run makes is one the unit's filter lets through.
strace -f -qq -o "$work/calls" "$work/unpacked/usr/bin/hostcap-agent" --output /dev/null >/dev/null 2>&1
sed -E 's/^[0-9]+ +//' "$work/calls" | grep -oE '^[a-z_0-9]+' | sort -u >"$work/used"
# sets FILTER...: the calls of the sets, those of sets within them as well.
expand() {
  local set
  for set; do
    systemd-analyze syscall-filter "$set" 2>/dev/null | sed -nE 's/^ +([@a-z_0-9-]+)$/\1/p' | while read -r name; do
      case $name in @*) expand "$name" ;; *) echo "$name" ;; esac
    done
  done
}
read -ra allowed < <(sed -nE 's/^SystemCallFilter=(@.*)/\1/p' "$unit")
read -ra denied < <(sed -nE 's/^SystemCallFilter=~(.*)/\1/p' "$unit")
# What is named behind the sets is let through whatever they say.
read -ra named < <(sed -nE 's/^SystemCallFilter=([a-z].*)/\1/p' "$unit")
{
  comm -23 <(expand "${allowed[@]}" | sort -u) <(expand "${denied[@]}" | sort -u)
  printf '%s\n' "${named[@]}"
} | sort -u >"$work/let-through"
comm -23 "$work/used" "$work/let-through" >"$work/refused"
if [ -s "$work/used" ] && [ ! -s "$work/refused" ]; then
  ok "$(wc -l <"$work/used") system calls, all let through by the unit"
else
  fail "the unit's filter refuses calls of a run" "$work/refused"
fi

# Metrics, by Prometheus' own words and as node-exporter serves them.
mkdir "$work/textfile"
"$work/unpacked/usr/bin/hostcap-agent" --publish prometheus="$work/textfile/hostcap.prom" >"$work/log" 2>&1
expect "promtool finds nothing in the metrics" sh -c "promtool check metrics <'$work/textfile/hostcap.prom'"
port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
prometheus-node-exporter --collector.disable-defaults --collector.textfile --collector.textfile.directory="$work/textfile" \
  --web.listen-address="127.0.0.1:$port" >"$work/exporter" 2>&1 &
exporter=$!
for _ in $(seq 50); do curl -fs "http://127.0.0.1:$port/metrics" >"$work/served" 2>/dev/null && break; sleep 0.2; done
kill "$exporter"
wait "$exporter" 2>/dev/null
grep '^hostcap_' "$work/textfile/hostcap.prom" | cut -d' ' -f1 | sort >"$work/written"
grep '^hostcap_' "$work/served" | cut -d' ' -f1 | sort >"$work/seen"
if [ -s "$work/written" ] && diff "$work/written" "$work/seen" >"$work/log" && grep -q '^node_textfile_scrape_error 0' "$work/served"; then
  ok "node-exporter serves all $(wc -l <"$work/written") series"
else
  fail "node-exporter does not serve them" "$work/log"
fi

if [ ! -d "$base/usr" ]; then
  echo "making a Debian 12 at $base"
  debootstrap --variant=minbase bookworm "$base" ${HOSTCAP_DEBIAN_MIRROR:+"$HOSTCAP_DEBIAN_MIRROR"} >"$work/log" 2>&1 || {
    fail "debootstrap" "$work/log"
    rm -rf --one-file-system "$base"
    exit 1
  }
fi
cp -a "$base" "$work/root"
mount -t proc proc "$work/root/proc" && mount --rbind /sys "$work/root/sys" && mount --rbind /dev "$work/root/dev"
mount --make-rslave "$work/root/sys"
mount --make-rslave "$work/root/dev"
files() { (cd "$work/root" && find . -xdev \( -path ./proc -o -path ./sys -o -path ./dev -o -path ./var/lib/dpkg -o -path ./tmp -o -path ./var/log -o -path ./var/cache \) -prune -o -print | sort); }
inside() { chroot "$work/root" env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin DEBIAN_FRONTEND=noninteractive "$@"; }

# What the packages depend on comes from the distribution, and stays.
needed=$(for deb in "${debs[@]}"; do dpkg-deb -f "$deb" Depends; done | tr ',' '\n' | sed 's/(.*//; s/ //g' | sort -u | tr '\n' ' ')
expect "their dependencies are there" inside sh -c "apt-get install -qq -y --no-install-recommends $needed"
files >"$work/before"
cp "${debs[@]}" "$work/root/tmp/"
expect "dpkg -i" inside sh -c 'dpkg -i /tmp/*.deb'
expect "the agent runs and publishes" inside hostcap-agent --publish json=/var/lib/hostcap/report.json --publish prometheus=/var/lib/hostcap/textfile/hostcap.prom
expect "the operator's program runs" inside sh -c 'hostcap plan --init /var/lib/hostcap/report.json >/tmp/site.yaml && hostcap plan /var/lib/hostcap/report.json --site /tmp/site.yaml --out /tmp/plan'
expect "a fleet of one has a board" inside sh -c 'hostcap fleet ingest /var/lib/hostcap/report.json --db /tmp/fleet && hostcap fleet summary --db /tmp/fleet && hostcap fleet board --db /tmp/fleet --out /tmp/board && test -s /tmp/board/index.html'
expect "dpkg -P" inside dpkg -P hostcap-agent hostcap
files >"$work/after"
if diff "$work/before" "$work/after" >"$work/log"; then ok "purging leaves nothing"; else fail "purging leaves something" "$work/log"; fi

echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
