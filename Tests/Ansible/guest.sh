#!/bin/sh
# SPDX-FileCopyrightText: 2026 The hostcap authors
# SPDX-License-Identifier: Apache-2.0

# Runs inside the lab's machine: a network of QEMU's, and sshd until /tmp/stop is there.
# The lab's machine has cards of its own, on no network.
for path in /sys/class/net/*/device/driver; do
  case $(readlink "$path") in */virtio_net) card=$(basename "${path%/device/driver}") ;; esac
done
ip address add 10.0.2.15/24 dev "$card"
ip link set "$card" up
ip route add default via 10.0.2.2
mkdir -p /run/sshd /root/.ssh
cp /payload/key.pub /root/.ssh/authorized_keys
chmod -R go= /root/.ssh
chown -R root:root /root/.ssh
ssh-keygen -A >/dev/null
/usr/sbin/sshd
seconds=0
while [ "$seconds" -lt 1500 ] && [ ! -e /tmp/stop ]; do
  sleep 1
  seconds=$((seconds + 1))
done
