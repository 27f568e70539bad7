# SPDX-FileCopyrightText: 2026 The hostcap authors
# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash

# Sourced by lab.sh: rows that hand out PCI functions of an emulated host and compare the agent's report with the kernel,
# lspci and libvirt; that take VFs away from under it; and that watch what it does to the host.

run_agent_on_devices='./hostcap-agent --assume-bare-metal --format json --output /out/report.json --tape /out/tape.jsonl'

# Beside what the profiles have: the console's display, and two functions that a bus of the old kind puts into one group.
more_devices='s/^-device bochs-display.*/&\
-device VGA,bus=pcie.0,addr=8.0,romfile=\
-device pcie-root-port,id=rp8,bus=pcie.0,chassis=1,slot=8,addr=9.0\
-device pcie-pci-bridge,id=pb1,bus=rp8\
-device e1000,bus=pb1,addr=1.0,romfile= -device e1000,bus=pb1,addr=2.0,romfile=/'

# NICs with VFs whose drivers the host uses and without, a VF and a display for a guest. The last name is the second NIC's.
hand_out='modprobe igbvf
virtual 0000:01:00.0 4 0
virtual 0000:02:00.0 3
virtual 0000:81:00.0 3 0
bind vfio-pci 0000:02:10.0 0000:03:00.0'
# The accelerator has no driver of its own in the lab.
hand_out_accelerator='modprobe pci-pf-stub
bind pci-pf-stub 0000:06:00.0
virtual 0000:06:00.0 4 0
bind vfio-pci 0000:06:00.4 0000:06:00.5'

# judged NAME STATUS LINES: the first line is the row's, the others tell what is wrong.
judged() {
  verdict "$1" "$([ "$2" -eq 0 ] && echo ok || echo FAILED)" "$3"
}

# boot_devices NAME PROFILE SED COMMAND [boot.sh's options]: as an emulated machine that says it is one.
boot_devices() {
  local name=$1 base=$2 change=$3 command=$4 as_machine=''
  shift 4
  boot "$name" "$base" "$change" - ". ./guest.sh
$command" --add "$tests/guest.sh" "$@" || true
}

# compared NAME: the guest's reports against all others' words.
compared() {
  local said status
  said=$(python3 "$tests/devices.py" same "$out/$1" "$1" 2>&1)
  status=$?
  record "$1"
  judged "$1" "$status" "$said"
}

# same_step NAME PROFILE SED COMMAND
same_step() {
  boot_devices "$1" "$2" "$3" "$4
(cd /payload && ${run_agent_on_devices/ --format/ --skip libvirt --format})
copy
offer" --bin "$work/hold"
  compared "$1"
}

# 200 scans while a NIC's 7 VFs go: 50 times, four scans each, ever later. The kernel sleeps a second each time, and a PF's
# numbers cannot be read while it does. A small host, so that a scan does not take long.
vanishing_step() {
  local said status
  boot_devices "$1" amd '/^-.*\(rp1\|rp3\|rp5\|nvme\)/d' 'virtual 0000:81:00.0 3 0
scan() {
  /payload/hostcap-agent --assume-bare-metal --only pci,sriov,passthrough --skip libvirt --format json > /out/$1.json
  echo $? > /out/$1.status
}
scan quiet
for round in $(seq 0 49); do
  virtual 0000:01:00.0 7 0
  for number in 0 1 2 3; do scan $((round * 4 + number)) & done
  usleep $((round * 40000))
  echo 0 > 0000:01:00.0/sriov_numvfs
  wait
done' --timeout 590
  said=$(python3 "$tests/vanishing.py" "$out/$1" 0000:01:00.0 2>&1)
  status=$?
  judged "$1" "$status" "$said"
}

# watched_calls NAME: nothing but reading in the trace, and who slept sleeps on, as long awake as before.
watched_calls() {
  local said status
  said=$(python3 "$tests/../LiveHost/read-only.py" "$out/$1/strace" --output /out/report.json \
    --output /out/tape.jsonl --asleep "$(cut -d' ' -f1 "$out/$1/asleep" | paste -sd,)" 2>&1)
  status=$?
  if ! cmp -s "$out/$1/asleep" "$out/$1/asleep-after"; then
    said+=$'\n'$(diff "$out/$1/asleep" "$out/$1/asleep-after" 2>&1)
    status=1
  fi
  echo "$said"
  return $status
}

# Functions that sleep: what VFIO holds and nobody uses, in D3hot; one without a driver, by name only.
fall_asleep='bind vfio-pci 0000:03:00.0 0000:81:00.0
echo auto > 0000:04:00.0/power/control
sleep 1
asleep > /out/asleep'
run_agent_under_strace="(cd /payload && strace -f -y -e trace=%file,%desc,%network,ioctl -o /out/strace $run_agent_on_devices)
asleep > /out/asleep-after"

# A whole run as root on a host with KVM and a secure processor.
strace_step() {
  local said status
  boot_devices "$1" snp - "$hand_out_accelerator
$fall_asleep
$run_agent_under_strace"
  said=$(watched_calls "$1")
  status=$?
  grep -q ' 0000:81:00.0 ' <<<" $(paste -sd' ' "$out/$1/asleep") " || status=1
  judged "$1" "$status" "$said, asleep: $(wc -l <"$out/$1/asleep")"
}

# libvirt's list is the kernel's, until there are more and, without udevd, nobody tells it.
libvirt_step() {
  local said status
  [ -f "$cache/root.squashfs" ] || {
    verdict "$1" SKIPPED "no $cache/root.squashfs, which $lab/mkroot.sh makes"
    return
  }
  boot_devices "$1" amd "$more_devices" "$hand_out
$start_libvirt
ask=
for device in \$(virsh -c qemu:///system nodedev-list --cap pci); do ask=\"\$ask nodedev-dumpxml \$device;\"; done
virsh -c qemu:///system \"\$ask\" > /out/nodedev.xml
asleep > /out/asleep
${run_agent_under_strace/ --format/ --libvirt-devices --deadline 60 --format}
copy
echo 0 > 0000:81:00.0/sriov_numvfs
virtual 0000:81:00.0 5 0
(cd /payload && ./hostcap-agent --only libvirt --libvirt-devices --deadline 60 --format json --output /out/stale.json)" \
    --root "$cache/root.squashfs" --timeout 400
  said=$(python3 "$tests/devices.py" same "$out/$1" pci-amd,pci-libvirt 2>&1 && python3 "$tests/devices.py" stale "$out/$1" 2 2>&1 &&
    watched_calls "$1")
  status=$?
  judged "$1" "$status" "${said//$'\n'/; }"
}

watched_devices() {
  is_wanted "$1" || return 0
  "$2" "$1" "${@:3}"
}

# What the rows expect stands in devices.tsv.
watch_the_devices() {
  cc -D_GNU_SOURCE -O2 -Wall -Wextra -static -o "$work/hold" "$tests/hold.c" || exit 1
  watched_devices pci-amd same_step amd "$more_devices" "$hand_out"
  watched_devices pci-intel same_step intel "$more_devices" "$hand_out"
  watched_devices pci-snp same_step snp - "$hand_out_accelerator"
  watched_devices pci-strace strace_step
  watched_devices pci-libvirt libvirt_step
  watched_devices pci-vanishing vanishing_step
}
