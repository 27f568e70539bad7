#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 The hostcap authors
# SPDX-License-Identifier: Apache-2.0

# lab.sh: boots real kernels on emulated SEV hosts, runs the agent there, and compares where each ladder stops with
# lab.tsv; then the same with a secure processor played by a program in the guest, and with PCI functions handed out.
# 10 to 20 seconds a row, 90 with libvirt, some minutes for pci-vanishing.
#   HOSTCAP_LAB_ROWS="snp iommu-pt"   these rows only
#   HOSTCAP_LAB_OUT=DIR               keep each row's report, tape and kernel log
#   HOSTCAP_LAB_RECORD=1              make each row's tape one of Tapes/
#   HOSTCAP_SHARED=DIR                the folder that holds lab/ (default: ../shared)
#   HOSTCAP_LAB_AGENT=FILE            test this agent instead of building one
set -uo pipefail
cd "$(dirname "$0")/../.." || exit 1

tests=$PWD/Tests/Machines
lab=$(realpath -m "${HOSTCAP_SHARED:-../shared}")/lab
cache=${LAB_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/hostlab}
patched=${LAB_QEMU:-$cache/qemu-lab}
wanted=${HOSTCAP_LAB_ROWS:-}
passed=0 failed=0 skipped=0
export LAB_CACHE=$cache LAB_QEMU=$patched

missing() {
  echo "SKIPPED test-lab: no $1"
  exit 0
}
[ -x "$lab/boot.sh" ] || missing "$lab/boot.sh"
[ -x "$patched" ] || missing "$patched, which $lab/qemu/build.sh makes"
[ -d "$cache/kernel/boot" ] || missing "$cache/kernel, which $lab/get-kernel.sh fetches"

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
out=${HOSTCAP_LAB_OUT:-$work/out}
mkdir -p "$out"

agent=$work/hostcap-agent
if [ -z "${HOSTCAP_LAB_AGENT:-}" ]; then make --silent agent || exit 1; fi
strip -o "$agent" "${HOSTCAP_LAB_AGENT:-.build/release/hostcap-agent}" || exit 1

cc -D_GNU_SOURCE -O2 -Wall -Wextra -static -o "$work/begin" "$tests/begin.c" || exit 1

is_wanted() { [ -z "$wanted" ] || [[ " $wanted " == *" $1 "* ]]; }

# verdict NAME STATUS LINE: counts, prints.
verdict() {
  printf '%-7s %-24s %s\n' "$2" "$1" "$3"
  case $2 in
    ok) passed=$((passed + 1)) ;;
    SKIPPED) skipped=$((skipped + 1)) ;;
    *) failed=$((failed + 1)) ;;
  esac
}

# profile NAME SED: the lab's profile, changed.
profile() {
  grep -q '^@cpu' "$lab/profiles/$1.args" || echo '@cpu EPYC-Milan'
  sed "$([ "$2" = - ] || echo "$2")" "$lab/profiles/$1.args"
}

# lacks_switch SED: which switch of QEMU's a row's change to the profile wants in vain; qemu.sh builds one that has it.
lacks_switch() {
  local device=lab-cpu-cc switch=snpsup
  case $1 in
    *snpsup=*) ;;
    *hang-cmd=*) device=lab-psp switch=hang-cmd ;;
    *) return 1 ;;
  esac
  [[ $("$patched" -device "$device,help" 2>&1) != *"$switch"* ]] && echo "$switch"
}

# Without the bit by which the kernel knows that it is a guest.
as_machine='/^@cpu/{/-hypervisor/!s/$/,-hypervisor/}'

# boot NAME PROFILE SED WORDS COMMAND [boot.sh's options]: what the guest leaves in /out lies in $out/NAME afterwards.
boot() {
  local name=$1 base=$2 change=$3 words=$4 command=$5
  shift 5
  rm -rf "${out:?}/$name"
  mkdir -p "$out/$name"
  profile "$base" "$change" | sed "$as_machine" >"$work/$name.args"
  [ "$words" = - ] || set -- --append "$words" "$@"
  "$lab/boot.sh" --profile "$work/$name.args" --bin "$agent" --timeout 170 --out "$out/$name" "$@" \
    -- "$command; dmesg > /out/dmesg" >"$out/$name/log" 2>&1
}

# stops FILE VARIANT: where the four ladders of a report stop, parted by tabs; with libvirt also what contradicts.
stops() {
  python3 - "$@" <<'PYTHON'
import json, sys

report, with_libvirt = json.load(open(sys.argv[1])), sys.argv[2] == "libvirt"
climbs = {climb["id"]: climb for climb in report["capabilities"]}
found = []
for name in ("amd.sme", "amd.sev", "amd.sev-es", "amd.sev-snp"):
    climb = climbs[name]
    stop, unknown = climb["stopsAt"], climb["firstUnknown"]
    if climb["state"] in ("blocked", "absent") and stop:
        found.append(f"{stop['rung']} {stop['reason']}")
    # As in MachineTests: where no libvirt runs, what holds up to KVM is called ready here.
    elif not with_libvirt and climb["state"] == "unknown" and unknown and not stop and not climb.get(
        "disputed") and unknown["layer"] in ("qemu", "libvirt", "guestFirmware"):
        found.append("ready")
    elif climb["state"] == "unknown" and unknown:
        found.append(f"? {unknown['rung']} {unknown['reason']}")
    elif climb["state"] == "unknown" and stop:
        found.append(f"? {stop['rung']} {stop['reason']}")
    else:
        found.append(climb["state"])
if with_libvirt:
    found.append(" ".join(each["id"] for each in report["contradictions"]) or "-")
print("\t".join(found))
PYTHON
}

run_agent='./hostcap-agent --skip pci,sriov,passthrough,libvirt --format json --output /out/report.json --tape /out/tape.jsonl'

# With libvirt, whose cache of QEMU's capabilities takes an emulated machine half a minute to fill: before the agent asks.
start_libvirt='mkdir -p /run/libvirt /var/lib/libvirt /var/cache/libvirt
libvirtd -d
for i in $(seq 200); do [ -S /run/libvirt/libvirt-sock ] && break; sleep 0.2; done
virsh -c qemu:///system domcapabilities --machine q35 > /out/domcapabilities.xml
deadline=60'
run_agent_with_libvirt="echo \$deadline > /out/deadline
cut -d' ' -f1 /proc/uptime > /out/start
${run_agent/,libvirt/} --deadline \$deadline
cut -d' ' -f1 /proc/uptime > /out/end"

# One deadline is all that a daemon without an answer may cost; the rest of the work is the emulation's.
too_long() {
  local took deadline
  took=$(seconds "$1") deadline=$(<"$1/deadline")
  [ "$took" -gt $((deadline + 30)) ] && echo "$took s, and the deadline is $deadline s"
}

# seconds FOLDER: how long the agent took in the guest.
seconds() { paste "$1/start" "$1/end" | awk '{ printf "%.0f", $2 - $1 }'; }

# Prints the ladders that are ready although the kernel would not begin such a guest.
too_much() {
  paste <(cut -f2- <<<"$1" | tr '\t' '\n') <(tr '\t' '\n' <"$2") <(printf 'amd.sev\namd.sev-es\namd.sev-snp\n') |
    awk -F'\t' '$1 == "ready" && $2 != "ok" { print $3 " is ready, but KVM_SEV_INIT2: " $2; found = 1 } END { exit !found }'
}

# A tape for MachineTests.swift, without what names the lab and without libvirt's list of CPU models, long and not asked for.
record() {
  [ -n "${HOSTCAP_LAB_RECORD:-}" ] || return 0
  sed -E '/"ask":"file:\/etc\/os-release"/d; s/ lab\.[a-z]+=redacted//g
    /"ask":"libvirt:domain-capabilities"/s#  <cpu>.*</cpu>\\n##' "$out/$1/tape.jsonl" >"$tests/Tapes/$1.jsonl"
}

# row NAME PROFILE SED WORDS BEFORE STOPS...
row() {
  local name=$1 base=${2%/*} variant=${2#*/} change=$3 words=$4 before=$5 found expected complaint
  local run=$run_agent options=(--bin "$work/begin")
  shift 5
  if complaint=$(lacks_switch "$change"); then
    verdict "$name" SKIPPED "$patched has no $complaint; Tests/Machines/qemu.sh builds one that has"
    return
  fi
  [ "$before" != - ] || before=:
  case $variant in
    libvirt)
      [ -f "$cache/root.squashfs" ] || {
        verdict "$name" SKIPPED "no $cache/root.squashfs, which $lab/mkroot.sh makes"
        return
      }
      before="$start_libvirt"$'\n'"$before" run=$run_agent_with_libvirt
      options+=(--root "$cache/root.squashfs" --add "$tests/firmware.json" --timeout 400)
      ;;
    stock)
      local LAB_QEMU
      LAB_QEMU=$(command -v qemu-system-x86_64) || {
        verdict "$name" SKIPPED 'no qemu-system-x86_64'
        return
      }
      ;;
    6.1)
      local LAB_CACHE=$cache-6.1
      [ -d "$LAB_CACHE/kernel/boot" ] || {
        verdict "$name" SKIPPED "no $LAB_CACHE/kernel: $lab/get-kernel.sh $LAB_CACHE/kernel linux-image-6.1.0-N-amd64"
        return
      }
      ;;
  esac
  boot "$name" "$base" "$change" "$words" "$before
$run
./begin > /out/begin" "${options[@]}" || true
  expected=$(IFS=$'\t' && echo "$*")
  found=$(stops "$out/$name/report.json" "$variant" 2>/dev/null) || {
    verdict "$name" FAILED "no report: $(tail -1 "$out/$name/log")"
    return
  }
  record "$name"
  if complaint=$(too_much "$found" "$out/$name/begin"); then
    verdict "$name" FAILED "$complaint"
  elif [ "$variant" = libvirt ] && complaint=$(too_long "$out/$name"); then
    verdict "$name" FAILED "$complaint"
  elif [ "$found" = "$expected" ]; then
    verdict "$name" ok "${found//$'\t'/ | }"
  else
    verdict "$name" FAILED "${found//$'\t'/ | }"
    printf '%-32s %s\n' '  expected' "${expected//$'\t'/ | }"
  fi
}

# shellcheck source-path=SCRIPTDIR
source "$tests/secure-processor.sh"
# shellcheck source-path=SCRIPTDIR
source "$tests/devices.sh"

printf '%-7s %-24s %s\n' '' row 'amd.sme | amd.sev | amd.sev-es | amd.sev-snp'
while IFS=$'\t' read -r name base change words before sme sev es snp says; do
  [[ $name == '#'* || -z $name ]] && continue
  is_wanted "$name" && row "$name" "$base" "$change" "$words" "$before" "$sme" "$sev" "$es" "$snp" \
    ${says:+"$says"} </dev/null
done <"${HOSTCAP_LAB_TABLE:-$tests/lab.tsv}"

watch_the_secure_processor
watch_the_devices

echo "$passed passed, $failed failed$([ "$skipped" -eq 0 ] || echo ", $skipped skipped")"
[ "$failed" -eq 0 ]
