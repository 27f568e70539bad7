# SPDX-FileCopyrightText: 2026 The hostcap authors
# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash

# Sourced by lab.sh: rows that watch the secure processor's device, played by a program or driven by the kernel.

# The rungs that the secure processor's two answers decide: `verdict reason` for SEV and for SEV-SNP, parted by a tab.
firmware_rungs() {
  python3 - "$1" <<'PYTHON'
import json, sys

climbs = {climb["id"]: climb for climb in json.load(open(sys.argv[1]))["capabilities"]}
found = []
for ladder, name in (("amd.sev", "psp-initialised"), ("amd.sev-snp", "snp-initialised")):
    rung = next(each for each in climbs[ladder]["rungs"] if each["id"] == name)
    found.append(f"{rung['verdict']} {rung['reason'] or ''}".rstrip())
print("\t".join(found))
PYTHON
}

# trace FUNCTION: a command for the guest that has the kernel note each ioctl of a device: request and SEV command.
trace() {
  cat <<GUEST
mount -t tracefs tracefs /sys/kernel/tracing 2>/dev/null
echo 'p:sev $1 request=%si:x32 command=+u0(%dx):u32' > /sys/kernel/tracing/kprobe_events
echo 1 > /sys/kernel/tracing/events/kprobes/sev/enable
GUEST
}

# SEV_ISSUE_CMD with command 1 or 9 is all that may reach the device: others erase keys or commit firmware, even
# through a read-only descriptor.
only_status_commands() {
  local sent
  sent=$(sed -n 's/.*request=\(0x[0-9a-f]*\) command=\([0-9]*\).*/\1 \2/p' "$1/commands" | sort -u)
  [ "$sent" = $'0xc0105300 1\n0xc0105300 9' ] || {
    echo "sent: ${sent//$'\n'/, }"
    return 1
  }
}

# What strace saw of the agent and its helpers: questions to KVM, to the terminal, and SEV_ISSUE_CMD.
only_known_requests() {
  local strange
  strange=$(grep 'ioctl(' "$1/strace" | grep -vE 'ioctl\([0-9]+, (KVM_(GET_API_VERSION|CHECK_EXTENSION)|TCGETS|TIOCGWINSZ|SEV_ISSUE_CMD)')
  [ -s "$1/strace" ] && [ -z "$strange" ] || {
    echo "strace: ${strange:-nothing}"
    return 1
  }
}

# played NAME SETTINGS COMMAND: a host without a secure processor, where a program plays /dev/sev.
played() {
  local name=$1 command=$3
  { cat "$work/sev-device/milan.conf" && printf '%b' "$2"; } >"$work/device.conf"
  boot "$name" sev /lab-psp/d - "$(trace cuse:cuse_file_ioctl)
./sevcuse device.conf
while [ ! -c /dev/sev ]; do usleep 50000; done
$command
cat /sys/kernel/tracing/trace > /out/commands" --mods cuse --bin "$work/sev-device/sevcuse" --add "$work/device.conf" || true
}

# step NAME SETTINGS SEV SNP: what the two firmware rungs say; each request is watched on both sides of the kernel.
step() {
  local name=$1 found complaint
  played "$name" "$2" "strace -f -qq -e trace=ioctl -o /out/strace $run_agent"
  found=$(firmware_rungs "$out/$name/report.json" 2>/dev/null) || found='no report'
  if [ "$found" != "$3"$'\t'"$4" ]; then
    verdict "$name" FAILED "${found//$'\t'/ | }, expected $3 | $4"
  elif complaint=$(only_status_commands "$out/$name" && only_known_requests "$out/$name"); then
    verdict "$name" ok "${found//$'\t'/ | }; commands 1 and 9 only"
  else
    verdict "$name" FAILED "$complaint"
  fi
}

# A firmware that replies after two minutes. Two questions of three seconds, and what the emulation makes of the rest;
# whoever is left must be stuck in the kernel.
slow_step() {
  local timeout='unknown source.timeout'
  local name=$1 found complaint seconds left
  played "$name" 'delay_ms = 120000\n' "cut -d' ' -f1 /proc/uptime > /out/start
$run_agent --deadline 3
cut -d' ' -f1 /proc/uptime > /out/end
sleep 1
: > /out/left
for process in /proc/[0-9]*; do
  case \$(tr '\\0' ' ' < \$process/cmdline) in
    *hostcap-*) awk '/^(Name|State)/ { printf \"%s \", \$2 } END { print \"\" }' \$process/status >> /out/left ;;
  esac
done"
  found=$(firmware_rungs "$out/$name/report.json" 2>/dev/null) || found='no report'
  seconds=$(seconds "$out/$name")
  left=$(awk '$2 != "D"' "$out/$name/left") || left='?'
  if [ "$found" != "$timeout"$'\t'"$timeout" ] || ! grep -q 'no reply within 3 s' "$out/$name/report.json"; then
    verdict "$name" FAILED "${found//$'\t'/ | }"
  elif [ "$seconds" -gt 20 ]; then
    verdict "$name" FAILED "$seconds s for two deadlines of 3 s"
  elif [ -n "$left" ]; then
    verdict "$name" FAILED "left running: $left"
  elif complaint=$(only_status_commands "$out/$name"); then
    verdict "$name" ok "${found//$'\t'/ | }; $seconds s; left, in the kernel: $(wc -l <"$out/$name/left")"
  else
    verdict "$name" FAILED "$complaint"
  fi
}

# The same watch on the kernel's own driver.
driver_step() {
  local name=$1 complaint
  boot "$name" snp - - "$(trace ccp:sev_ioctl)
$run_agent
cat /sys/kernel/tracing/trace > /out/commands" || true
  if complaint=$(only_status_commands "$out/$name"); then
    verdict "$name" ok 'commands 1 and 9 only, in the kernel'"'"'s own driver'
  else
    verdict "$name" FAILED "$complaint"
  fi
}

# The device's program is built in a copy: what is shared stays as it is.
build_device() {
  [ -x "$work/sev-device/sevcuse" ] && return
  cp -r "$lab/sev-device" "$work/" && chmod -R u+w "$work/sev-device"
  make --silent -C "$work/sev-device" sevcuse >"$work/device.log" 2>&1
}

watched() {
  is_wanted "$1" || return 0
  [ "$2" = driver_step ] || build_device || {
    verdict "$1" SKIPPED "sevcuse does not build, libfuse3-dev is needed: $(grep -m1 -iE 'error|not found' "$work/device.log")"
    return 0
  }
  "$2" "$1" "${@:3}"
}

# What the rows expect stands beside them.
watch_the_secure_processor() {
  watched psp-driver driver_step
  watched psp-played step '' pass pass
  watched psp-uninitialised step 'state = 0\nsnp_state = 0\nrmp = 0\n' \
    'fail psp.sev_not_initialised' 'unknown source.absent'
  watched psp-error-3 step 'fail_cmd = 1\nfail_code = 3\n' 'fail psp.command_failed' pass
  watched psp-busy step 'fail_cmd = 1\nfail_errno = 16\nfail_code = 0\n' 'fail psp.dead' pass
  watched psp-slow slow_step
}
