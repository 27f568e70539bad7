#!/bin/sh
# SPDX-FileCopyrightText: 2026 The hostcap authors
# SPDX-License-Identifier: Apache-2.0

# Runs inside the lab's machine: a network of QEMU's, and sshd until /tmp/stop is there.
card=$(ls /sys/class/net | grep -v '^lo$' | head -n 1)
ip address add 10.0.2.15/24 dev "$card"
ip link set "$card" up
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
