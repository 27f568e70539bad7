# SPDX-FileCopyrightText: 2026 The hostcap authors
# SPDX-License-Identifier: Apache-2.0

# For run.sh: a machine of the lab, with a real kernel that runs as an SEV-SNP host, reached over ssh on loopback.
#   LAB_SSH_ROOT=FILE   its file system (default: made once by the lab's mkroot.sh)

lab=$(realpath -m "$repository/${HOSTCAP_SHARED:-../shared}/lab")
lab_cache=${LAB_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/hostlab}
lab_root=${LAB_SSH_ROOT:-$lab_cache/ssh.squashfs}
lab_pid=
lab_net=

lab_is_there() {
  [ -x "$lab/boot.sh" ] && [ -d "$lab_cache/kernel/boot" ] && command -v qemu-system-x86_64 >/dev/null
}

lab_start() {
  if [ ! -f "$lab_root" ]; then
    command -v mksquashfs >/dev/null || apt-get install -qq -y --no-install-recommends squashfs-tools >/dev/null || return 1
    ROOT_PACKAGES='openssh-server python3 python3-apt iproute2 kmod' ROOT_BACKPORTS='' \
      "$lab/mkroot.sh" "$lab_root" || return 1
  fi
  ssh-keygen -q -t ed25519 -N '' -f "$work/key" || return 1
  lab_port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
  # passt gives the machine its network: the lab's QEMU has none of its own. It runs as nobody.
  command -v passt >/dev/null || apt-get install -qq -y --no-install-recommends passt >/dev/null || return 1
  chmod 711 "$work" && mkdir -m 777 "$work/net"
  passt --foreground --quiet --socket "$work/net/socket" --tcp-ports "127.0.0.1/$lab_port:22" --udp-ports none \
    --address 10.0.2.15 --netmask 24 --gateway 10.0.2.2 --ipv4-only >"$work/passt.log" 2>&1 &
  lab_net=$!
  for _ in $(seq 50); do [ -S "$work/net/socket" ] && break; sleep 0.1; done
  "$lab/boot.sh" --profile snp --root "$lab_root" --mods virtio_net --timeout 1500 --add "$work/key.pub:/payload/key.pub" \
    --qemu "-netdev stream,id=ssh,server=off,addr.type=unix,addr.path=$work/net/socket -device virtio-net-pci,netdev=ssh,romfile=,bus=pcie.0,addr=1b.0" \
    --script "$repository/Tests/Ansible/guest.sh" >"$work/lab.log" 2>&1 &
  lab_pid=$!
  lab_ssh="-i $work/key -o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null -o LogLevel=ERROR"
  for _ in $(seq 40); do
    # shellcheck disable=SC2086
    timeout 5 ssh $lab_ssh -o ConnectTimeout=2 -p "$lab_port" root@127.0.0.1 true 2>/dev/null && return 0
    kill -0 "$lab_pid" 2>/dev/null || break
    sleep 1
  done
  return 1
}

lab_stop() {
  [ -n "$lab_pid" ] || return 0
  # shellcheck disable=SC2086
  ssh $lab_ssh -o ConnectTimeout=2 -p "$lab_port" root@127.0.0.1 touch /tmp/stop 2>/dev/null
  for _ in $(seq 10); do kill -0 "$lab_pid" 2>/dev/null || break; sleep 1; done
  kill "$lab_pid" 2>/dev/null
  kill "$lab_net" 2>/dev/null
}

lab_check() {
  if ! lab_is_there; then
    echo "SKIPPED a machine of the lab: no $lab/boot.sh, or no kernel or QEMU for it"
    return 0
  fi
  if ! lab_start; then
    fail "the lab's machine does not answer" "$work/lab.log"
    return 0
  fi
  echo "snp-1 ansible_host=127.0.0.1 ansible_port=$lab_port ansible_user=root ansible_ssh_private_key_file=$work/key \
ansible_ssh_common_args='$lab_ssh' ansible_become=false ansible_python_interpreter=/usr/bin/python3" >"$work/lab.ini"
  local play="ansible-playbook -i lab.ini hostcap.hostcap.collect -e hostcap_source=file -e hostcap_reports=$work/lab-reports"
  $play -e "hostcap_file=$(echo "$packages"/hostcap-agent_*.deb)" -e '{"hostcap_options": ["--skip", "libvirt"]}' >lab-1.log 2>&1
  if [ $? -eq 0 ] && grep -q '"kind": "bareMetal"' lab-reports/snp-1.json; then
    ok "a machine of the lab is collected over ssh"
  else
    fail "a machine of the lab is not collected" lab-1.log
  fi
  grep -q 'snp-1: changed.*ready: amd_sme' lab-1.log && ok "its summary is a host's" || fail "its summary" lab-1.log
  $play -e "hostcap_file=$(echo "$packages"/hostcap-agent_*.deb)" -e '{"hostcap_options": ["--skip", "libvirt"]}' >lab-2.log 2>&1
  [ "$(recap changed snp-1 lab-2.log)" = 0 ] && ok "its second run changes nothing" || fail "its second run changes something" lab-2.log
}
